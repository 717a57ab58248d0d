"""How well what a person can do meets what work needs: credit, skill fit, and what rules look at.

Credit(n) = the greatest over held skills h of ⌊closeness(h, n) × min(level_h, level_n) / level_n⌋;
skill fit = ⌊Σ importance × credit / Σ importance⌋, per mille. Where no essential skill is reached
(closeness ≥ 400, any level, what every programme gives left out) the fit is at most 300.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.law import Law, load_law
from matcher.problem import Lists, Numbers, Problem, day_number
from matcher.quotas import Quotas, gather_quotas
from matcher.vocabulary import ESSENTIAL, Vocabulary, load_vocabulary
from matcher.vocabulary.skills import PARENT, SAME, SIBLING

T = TypeVar("T", bound=np.generic)
UNREACHED_FIT = 300
STEPS = (SIBLING, PARENT, SAME)
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
    law: Law
    quotas: Quotas
    min_skill_fit: int
    cost_cap: int
    lists: Lists
    fit: NDArray[np.int32]
    reached: NDArray[np.bool_]
    extra: NDArray[np.int32]
    must: NDArray[np.int8]


def look_up(table: NDArray[T], rows: Numbers, columns: Numbers) -> NDArray[T]:
    """Return `table[rows, columns]`; for a block of pairs whole rows are taken, not cells."""
    if rows.ndim == 2 and rows.shape[1] == columns.shape[0] == 1:
        return table[:, columns[0]][rows[:, 0]]
    width = table.shape[1]
    cells: NDArray[T] = table.take(rows.astype(np.intp) * width + columns % width)
    return cells


def gather_facts(problem: Problem) -> Facts:
    """Return the facts of a problem."""
    lists, settings = problem.lists, problem.settings
    needs = Needs(load_vocabulary(), lists)
    fit, reached = needs.weigh_jobs()
    extra, must = needs.weigh_orders()
    law = load_law(settings.rulings)
    return Facts(
        day_number(settings.on),
        law,
        gather_quotas(problem, law),
        settings.objective.min_skill_fit,
        settings.costs.cap,
        lists,
        fit,
        reached,
        extra,
        must,
    )


class Needs:
    """What the jobs and orders of a problem need, against what its profiles hold."""

    def __init__(self, vocabulary: Vocabulary, lists: Lists) -> None:
        graph = vocabulary.graph
        self.lists = lists
        self.jobs = [vocabulary.job_type_skills[number] for number in lists.operations]
        self.index, self.closeness = graph.index, graph.table
        named = [(n.skill_id, n.level) for needs in self.jobs for n in needs]
        named += [(n.skill_id, n.level) for needs in lists.needs for n in needs]
        self.place = {need: at for at, need in enumerate(sorted(set(named)))}
        self.whole = self.credits(lists.profiles.whole)

    def credits(self, levels: NDArray[np.int8]) -> NDArray[np.int32]:
        """Return the credit (per mille) of each profile (down) for each need in `place`."""
        held = np.flatnonzero(levels.any(axis=0))
        needed = np.array([self.index[skill] for skill, _ in self.place], np.intp)
        level = np.array([level for _, level in self.place], np.int32)
        closeness = self.closeness[np.ix_(held, needed)]
        credit = np.zeros((len(levels), len(needed)), np.int32)
        near_enough = [(near, (closeness >= near).astype(np.float32)) for near in STEPS]
        for reached in range(1, HIGHEST_LEVEL + 1):
            holders = (levels[:, held] >= reached).astype(np.float32)
            for near, kin in near_enough:
                worth = near * np.minimum(reached, level) // level
                np.maximum(credit, np.where(holders @ kin > 0, worth, 0), out=credit)
        return credit

    def weigh_jobs(self) -> tuple[NDArray[np.int32], NDArray[np.bool_]]:
        """Return skill fit and whether an essential skill is reached: profiles by operations."""
        importance = np.zeros((len(self.place), len(self.jobs)), np.float64)
        essential = np.zeros((len(self.index), len(self.jobs)), np.float32)
        for operation, needs in enumerate(self.jobs):
            for need in needs:
                importance[self.place[need.skill_id, need.level], operation] += need.importance
                if need.importance == ESSENTIAL:
                    essential[self.index[need.skill_id], operation] = 1
        total = importance.sum(axis=0).astype(np.int64)
        fit = (self.whole @ importance).astype(np.int64) // total
        near = (self.closeness >= REACHING).astype(np.float32) @ essential
        reached = (self.lists.profiles.own > 0).astype(np.float32) @ near > 0
        return np.where(reached, fit, np.minimum(fit, UNREACHED_FIT)).astype(np.int32), reached

    def weigh_orders(self) -> tuple[NDArray[np.int32], NDArray[np.int8]]:
        """Return the orders' extra needs (equal importance, -1 where none) and the state of their
        must-haves: profiles by lists of needs."""
        extra = np.full((len(self.whole), len(self.lists.needs)), -1, np.int32)
        must = np.zeros(extra.shape, np.int8)
        shown = self.credits(self.lists.profiles.shown)
        for column, needs in enumerate(self.lists.needs):
            places = [self.place[need.skill_id, need.level] for need in needs]
            if places:
                extra[:, column] = self.whole[:, places].sum(axis=1) // len(places)
            musts = [at for at, need in zip(places, needs, strict=True) if need.must]
            evident = (shown[:, musts] == SAME).all(axis=1)
            taught = (self.whole[:, musts] == SAME).all(axis=1)
            must[:, column] = np.where(
                evident, MUST_MET, np.where(taught, MUST_TAUGHT, MUST_MISSING)
            )
        return extra, must
