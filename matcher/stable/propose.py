"""Deferred acceptance: people propose in the order of their own ranking, openings and the ceilings
above them hold on to the best of those who proposed.

Where the ceilings nest, what they choose of all proposals so far is a greedy choice of a matroid:
whom it once lets go it never wants back, so the plan is stable, it is the one that everybody likes
best of all stable plans, and the order of proposals does not matter. Where ceilings cross, neither
is sure: people then propose in the order of ids, those let go behind all others, and what blocks
the plan is found by `find_blocking`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from heapq import heappop, heappush

import numpy as np
from numpy.typing import NDArray

from matcher.fit import Facts
from matcher.problem import Flags, Numbers, Problem, Standing
from matcher.score import Scores
from matcher.screen import Screening, find_pair
from matcher.stable.ceilings import Ceilings, gather_ceilings, highest_lowest
from matcher.stable.drawn import find_drawn
from matcher.stable.filling import fill
from matcher.stable.ranking import Ranking, rank_pairs


@dataclass(frozen=True)
class StablePlan:
    """Who is proposed for which opening (-1: nobody's), by place of the candidate, those with a
    seat on record at theirs; `row` is the pair's place in the screening, `by_lottery` marks those
    whom a ticket decided for or against (see `drawn`)."""

    opening: NDArray[np.int32]
    row: NDArray[np.int64]
    by_lottery: Flags


def stable_plan(problem: Problem, facts: Facts, screening: Screening, scores: Scores) -> StablePlan:
    """Return the plan in which people's proposals end."""
    ranking = rank_pairs(problem, facts, screening, scores)
    opening = np.where(problem.standing == Standing.PRESENT, problem.locked, -1).astype(np.int32)
    row = np.full(opening.size, -1, np.int64)
    for person in np.flatnonzero(opening >= 0).tolist():
        row[person] = find_pair(screening, person, int(opening[person]))
    held = _propose_until_all_start(problem, facts, screening, ranking)
    row[screening.candidate[held]] = held
    opening[screening.candidate[held]] = screening.opening[held]
    filling = fill(problem, facts, screening, ranking, opening)
    return StablePlan(opening, row, find_drawn(screening, filling))


def _propose_until_all_start(
    problem: Problem, facts: Facts, screening: Screening, ranking: Ranking
) -> Numbers:
    """Return the pairs in which proposals end where every opening has nobody or its `min_seats`:
    the one that lacks most people is closed, of several the first by id, and all propose anew."""
    ceilings, closed = gather_ceilings(problem, facts), set[int]()
    on_record = np.bincount(problem.locked[problem.locked >= 0], minlength=len(problem.openings))
    while True:
        held = _propose(screening, ranking, ceilings.closing(closed))
        filled = np.bincount(screening.opening[held], minlength=on_record.size)
        lacking = {
            start.opening: int(start.least - filled[start.opening] - on_record[start.opening])
            for start in facts.limits.starts
            if filled[start.opening] and start.opening not in closed
        }
        short = [opening for opening, number in lacking.items() if number > 0]
        if not short:
            return held
        closed.add(min(short, key=lambda opening: (-lacking[opening], opening)))


def _propose(screening: Screening, ranking: Ranking, ceilings: Ceilings) -> Numbers:
    """Return the pairs (places in the screening) in which proposals end."""
    rows = np.flatnonzero(ranking.allowed)
    rows = rows[np.lexsort((ranking.liking[rows], screening.candidate[rows]))]
    wanted: dict[int, deque[int]] = {}
    for person, row in zip(screening.candidate[rows].tolist(), rows.tolist(), strict=True):
        wanted.setdefault(person, deque()).append(row)
    held = _Held(screening, ranking, ceilings)
    asking = deque(wanted)
    while asking:
        person = asking.popleft()
        if wanted[person]:
            asking.extend(held.offer(wanted[person].popleft()))
    return np.flatnonzero(held.holds)


class _Held:
    """The pairs held so far; below every set with a ceiling, the lowest-ranked first."""

    def __init__(self, screening: Screening, ranking: Ranking, ceilings: Ceilings) -> None:
        self.person, self.opening = screening.candidate.tolist(), screening.opening.tolist()
        self.rank = ranking.rank.tolist()
        self.pair_at = np.argsort(ranking.rank).tolist()
        self.above, self.room = ceilings.above, ceilings.room.tolist()
        self.load = [0] * len(self.room)
        self.heaps: list[list[int]] = [[] for _ in self.room]
        self.holds = np.zeros(len(self.rank), bool)

    def offer(self, pair: int) -> list[int]:
        """Choose of the pairs held and one more; return the people who are then without a place.

        The choice goes down the ranking and takes each pair for which all ceilings have room.
        """
        sets = self.above[self.opening[pair]]
        full = [at for at in sets if self.load[at] == self.room[at]]
        lowest = {at: self._lowest(at) for at in full}
        if any(self.rank[pair] > rank for rank in lowest.values()):
            return [self.person[pair]]
        gone = []
        while full:
            out = self.pair_at[lowest[highest_lowest(full, lowest)]]
            self._drop(out)
            gone.append(self.person[out])
            relieved = self.above[self.opening[out]]
            full = [at for at in full if at not in relieved]
        self.holds[pair] = True
        for at in sets:
            self.load[at] += 1
            heappush(self.heaps[at], -self.rank[pair])
        return gone

    def _lowest(self, at: int) -> int:
        """Return the lowest rank held below a set, -1 (before all) where nothing is."""
        heap = self.heaps[at]
        while heap and not self.holds[self.pair_at[-heap[0]]]:
            heappop(heap)
        return -heap[0] if heap else -1

    def _drop(self, pair: int) -> None:
        self.holds[pair] = False
        for at in self.above[self.opening[pair]]:
            self.load[at] -= 1
