"""How well what a person can do meets what work needs: credit, skill fit, and must-haves.

Credit(n) = the greatest over held skills h of ⌊closeness(h, n) × min(level_h, level_n) / level_n⌋;
skill fit = ⌊Σ importance × credit / Σ importance⌋, per mille. Where no essential skill is reached
(closeness ≥ 400, any level, what every programme gives left out) the fit is at most 300.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Lists
from matcher.vocabulary import ESSENTIAL, Vocabulary
from matcher.vocabulary.skills import PARENT, SAME, SIBLING

UNREACHED_FIT = 300
STEPS = (SIBLING, PARENT, SAME)
REACHING = SIBLING
HIGHEST_LEVEL = 3
MUST_MET, MUST_TAUGHT, MUST_MISSING = 0, 1, 2
# Products of whole numbers are exact; some BLAS raise flags of lanes that they do not use.
UNFLAGGED = np.errstate(all="ignore")


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

    @UNFLAGGED
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

    @UNFLAGGED
    def weigh_jobs(self) -> tuple[NDArray[np.int32], NDArray[np.bool_], NDArray[np.bool_]]:
        """Return skill fit, whether an essential skill is reached, and whether one is by what is
        shown (a certificate, a record): profiles by operations."""
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
        reached, shown = (
            (levels > 0).astype(np.float32) @ near > 0
            for levels in (self.lists.profiles.own, self.lists.profiles.shown)
        )
        fit = np.where(reached, fit, np.minimum(fit, UNREACHED_FIT)).astype(np.int32)
        return fit, reached, shown

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
