"""How well what a person can do meets what work needs: credit, skill fit, and what rules look at.

Credit(n) = the greatest over held skills h of ⌊closeness(h, n) × min(level_h, level_n) / level_n⌋;
skill fit = ⌊Σ importance × credit / Σ importance⌋, per mille. Where no essential skill is reached
(closeness ≥ 400, any level, what every programme gives left out) the fit is at most 300.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Lists, OrderNeed, Problem, day_number
from matcher.vocabulary import ESSENTIAL, Need, Vocabulary, load_vocabulary
from matcher.vocabulary.skills import PARENT, SAME, SIBLING

UNREACHED_FIT = 300
REACHING = SIBLING
HIGHEST_LEVEL = 3
MUST_MET, MUST_TAUGHT, MUST_MISSING = 0, 1, 2


@dataclass(frozen=True)
class Facts:
    """What rules and criteria look up beside the two columns of a pair.

    `fit` (per mille) and `reached` are profiles by operations; `extra` (per mille) and `must`
    (0 met, 1 only taught, 2 missing) are profiles by the openings' lists of needs.
    """

    on: int
    min_skill_fit: int
    cost_cap: int
    lists: Lists
    fit: NDArray[np.int32]
    reached: NDArray[np.bool_]
    extra: NDArray[np.int32]
    must: NDArray[np.int8]


def gather_facts(problem: Problem) -> Facts:
    """Return the facts of a problem."""
    lists, settings = problem.lists, problem.settings
    vocabulary = load_vocabulary()
    needs = [vocabulary.job_type_skills[number] for number in lists.operations]
    fit, reached = weigh_fit(vocabulary, lists, needs)
    extra, must = weigh_orders(vocabulary, lists)
    return Facts(
        day_number(settings.on),
        settings.objective.min_skill_fit,
        settings.costs.cap,
        lists,
        fit,
        reached,
        extra,
        must,
    )


def credits(
    closeness: NDArray[np.int16], levels: NDArray[np.int8], needed: list[tuple[int, int]]
) -> NDArray[np.int32]:
    """Return the credit (per mille) of each profile (down) for each needed (skill, level)."""
    skills = np.array([skill for skill, _ in needed], np.intp)
    level = np.array([level for _, level in needed], np.int32)
    credit = np.zeros((len(levels), len(needed)), np.int32)
    for held in range(1, HIGHEST_LEVEL + 1):
        holders = (levels >= held).astype(np.float32)
        for near in (SIBLING, PARENT, SAME):
            near_enough = (closeness[:, skills] >= near).astype(np.float32)
            worth = near * np.minimum(held, level) // level
            np.maximum(credit, np.where(holders @ near_enough > 0, worth, 0), out=credit)
    return credit


def weigh_fit(
    vocabulary: Vocabulary, lists: Lists, needs: list[tuple[Need, ...]]
) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
    """Return skill fit and whether an essential skill is reached: profiles by operations."""
    index, closeness = vocabulary.graph.index, vocabulary.graph.table
    needed = sorted({(index[n.skill_id], n.level) for listed in needs for n in listed})
    place = {need: at for at, need in enumerate(needed)}
    importance = np.zeros((len(needed), len(needs)), np.float64)
    essential = np.zeros((len(index), len(needs)), np.float32)
    for operation, listed in enumerate(needs):
        for need in listed:
            importance[place[index[need.skill_id], need.level], operation] += need.importance
            if need.importance == ESSENTIAL:
                essential[index[need.skill_id], operation] = 1
    credit = credits(closeness, lists.profiles.whole, needed)
    total = importance.sum(axis=0).astype(np.int64)
    fit = (credit @ importance).astype(np.int64) // np.maximum(total, 1)
    near = (closeness >= REACHING).astype(np.float32) @ essential
    reached = (lists.profiles.own > 0).astype(np.float32) @ near > 0
    return np.where(reached, fit, np.minimum(fit, UNREACHED_FIT)).astype(np.int32), reached


def weigh_orders(
    vocabulary: Vocabulary, lists: Lists
) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
    """Return the orders' extra needs (equal importance, -1 where none) and the state of their
    must-haves: profiles by lists of needs."""
    index, closeness = vocabulary.graph.index, vocabulary.graph.table
    profiles = lists.profiles
    extra = np.full((len(profiles.whole), len(lists.needs)), -1, np.int32)
    must = np.zeros(extra.shape, np.int8)
    for column, needs in enumerate(lists.needs):
        if needs:
            credit = credits(closeness, profiles.whole, _places(index, needs))
            extra[:, column] = credit.sum(axis=1) // len(needs)
        musts = tuple(need for need in needs if need.must)
        if musts:
            places = _places(index, musts)
            shown = (credits(closeness, profiles.shown, places) == SAME).all(axis=1)
            held = (credits(closeness, profiles.whole, places) == SAME).all(axis=1)
            must[:, column] = np.where(shown, MUST_MET, np.where(held, MUST_TAUGHT, MUST_MISSING))
    return extra, must


def _places(index: dict[str, int], needs: tuple[OrderNeed, ...]) -> list[tuple[int, int]]:
    return [(index[need.skill_id], need.level) for need in needs]
