"""How far a plan fills every ceiling, and what it would take to come in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matcher.fit import Facts
from matcher.problem import Flags, Numbers, Problem
from matcher.screen import Screening
from matcher.stable.ceilings import Ceilings, gather_ceilings, highest_lowest
from matcher.stable.ranking import Ranking

OPEN = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Filling:
    """A plan under ceilings, seats on record taken off both.

    `opening_of` is by candidate the opening at which the plan has each (-1: none), people with a
    seat on record left out; `row` the place in the screening of the pair, -1 where it is not
    allowed. `people` are those below each set, the best ranked first. `waiting` marks the openings
    without anybody that go ahead only with several.
    """

    ceilings: Ceilings
    ranking: Ranking
    opening_of: Numbers
    row: Numbers
    people: tuple[Numbers, ...]
    waiting: Flags

    @cached_property
    def rank(self) -> Numbers:
        """By candidate, the rank of the own pair; behind all where it is not allowed."""
        last = self.ranking.rank.size
        return np.where(self.row >= 0, np.append(self.ranking.rank, last)[self.row], last)

    @cached_property
    def bar(self) -> Numbers:
        """By set, the rank before which a pair comes in: that of the last whom the ceiling holds,
        -1 where it holds nobody, `OPEN` where there is room."""
        bars = []
        for people, room in zip(self.people, self.ceilings.room.tolist(), strict=True):
            filled = people.size >= room
            bars.append((int(self.rank[people[room - 1]]) if room else -1) if filled else OPEN)
        return np.array(bars, np.int64)

    @cached_property
    def binding(self) -> Numbers:
        """By opening, the set at or above it with the least bar, the lowest of several."""
        least = [min(sets, key=lambda at: self.bar[at]) for sets in self.ceilings.above]
        return np.array(least, np.int64)

    def wanted(self, screening: Screening) -> Flags:
        """Return which screened pairs every ceiling would take in, at openings that go ahead."""
        bar = np.where(self.waiting, -1, self.bar[self.binding])
        come_in: Flags = self.ranking.rank < bar[screening.opening]
        return come_in

    def preferred(self, screening: Screening) -> Flags:
        """Return which screened pairs are allowed, and liked better than what the person has."""
        own = np.append(self.ranking.liking, OPEN)[self.row]
        better: Flags = self.ranking.allowed & (self.ranking.liking < own[screening.candidate])
        return better

    def displaced(self, opening: int, left: int) -> tuple[int, ...]:
        """Return the people who would go if somebody wanted came in at an opening, `left` being
        the opening that the newcomer leaves (-1: none): one at most where ceilings nest."""
        above, room = self.ceilings.above, self.ceilings.room
        relieved = above[left] if left >= 0 else ()
        full = [
            at
            for at in above[opening]
            if at not in relieved and self.people[at].size >= room[at] and self.people[at].size
        ]
        gone = []
        while full:
            lowest = {at: int(self.rank[self.people[at][-1]]) for at in full}
            out = int(self.people[highest_lowest(full, lowest)][-1])
            gone.append(out)
            relieved = above[int(self.opening_of[out])]
            full = [at for at in full if at not in relieved]
        return tuple(gone)


def fill(
    problem: Problem,
    facts: Facts,
    screening: Screening,
    ranking: Ranking,
    opening_of: Numbers,
) -> Filling:
    """Return how a plan (by candidate the opening, -1: none) fills the ceilings of a problem."""
    ceilings = gather_ceilings(problem, facts)
    moving = np.where(problem.locked >= 0, -1, opening_of).astype(np.int64)
    row = ranking.places(screening, moving)
    rank = np.append(ranking.rank, ranking.rank.size)[row]
    own: list[list[int]] = [[] for _ in ceilings.above]
    for person in np.flatnonzero(moving >= 0).tolist():
        own[moving[person]].append(person)
    people = []
    for members in ceilings.members:
        below = np.array([person for opening in members for person in own[opening]], np.int64)
        people.append(below[np.lexsort((below, rank[below]))])
    waiting = np.zeros(len(own), bool)
    for start in facts.limits.starts:
        held = bool(own[start.opening]) or (problem.locked == start.opening).any()
        waiting[start.opening] = start.least > 1 and not held
    return Filling(ceilings, ranking, moving, row, tuple(people), waiting)
