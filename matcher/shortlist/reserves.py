"""Who stands behind each opening's proposals: reserves that work together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matcher.assign import Plan
from matcher.assign.nesting import nest_ceilings
from matcher.limits import Limits, find_shut, may_join
from matcher.problem import Flags, Numbers, Problem, Standing
from matcher.problem.outcomes import current_steps
from matcher.quotas import Cap
from matcher.score import Scores
from matcher.screen import Screening, find_pair
from matcher.shortlist.basis import draw_tickets
from matcher.shortlist.lengths import (
    Ceilings,
    between,
    cap_ceilings,
    left_under,
    limit_ceilings,
    within_ceilings,
)
from matcher.shortlist.network import ListNetwork
from matcher.shortlist.pricing import MOST_PAIRS, Prices, best_pairs, find_missed, price_plan
from matcher.shortlist.solve import solve_lists

MOST = 3
NO_LIMITS = Limits()


@dataclass(frozen=True)
class Reserve:
    """One reserve of an opening, the first with rank 1; `row` is the pair's place in the
    screening, `proposed_at` the opening the person is proposed at now (-1: none)."""

    opening: int
    rank: int
    candidate: int
    row: int
    proposed_at: int


def find_reserves(
    problem: Problem,
    screening: Screening,
    scores: Scores,
    plan: Plan,
    caps: Sequence[Cap] = (),
    limits: Limits = NO_LIMITS,
) -> tuple[Reserve, ...]:
    """Return up to three reserves behind each opening that has a seat, by opening and rank; under
    each cap at most three times its ceiling, and nobody behind two openings.

    So under limits on job orders, too, but of one that crosses caps or other limits only at each
    job order by itself; nobody is a reserve whom some limit could never let have the seat beside
    those on record. Apart from that limits are kept by the plan, not by reserves.

    First come those whom the host named as reserve, then people without a proposal, as far as they
    reach: one behind every opening, then two, …; then people proposed elsewhere, who would leave a
    gap there. Of all such choices the one with the greatest sum of scores counts, then the lottery.
    """
    behind = _Behind(problem, screening, scores, plan, caps, limits)
    rows = behind.named()
    for proposed in (False, True):
        rows += behind.more(rows, proposed)
    rows.sort(key=lambda row: int(screening.opening[row]))  # keeps their order behind an opening
    reserves: list[Reserve] = []
    for row in rows:
        person, opening = int(screening.candidate[row]), int(screening.opening[row])
        follows = reserves and reserves[-1].opening == opening
        rank = reserves[-1].rank + 1 if follows else 1
        reserves.append(Reserve(opening, rank, person, row, int(plan.opening[person])))
    return tuple(reserves)


@dataclass(frozen=True)
class _Behind:
    """Who may stand behind which opening; reserves are pairs by their place in the screening."""

    problem: Problem
    screening: Screening
    scores: Scores
    plan: Plan
    caps: Sequence[Cap]
    limits: Limits

    @cached_property
    def lengths(self) -> Numbers:
        """How many reserves each opening has at most: none where it can never go ahead."""
        lengths = np.where(self.problem.openings.seats > 0, MOST, 0)
        lengths[list(find_shut(self.problem, self.caps, self.limits))] = 0
        return lengths

    @cached_property
    def ceilings(self) -> Ceilings:
        """How many each cap allows."""
        return _times_most(cap_ceilings(self.caps))

    @cached_property
    def limited(self) -> Ceilings:
        """How many each limit on job orders allows."""
        return _times_most(limit_ceilings(self.limits))

    @cached_property
    def callable(self) -> Flags:
        """Which screened pairs limits could let have a seat beside those on record."""
        screening, locked = self.screening, self.problem.locked
        return may_join(self.limits, screening.candidate, screening.opening, locked)

    def named(self) -> list[int]:
        """Return those whom hosts named as reserves, by rank (unranked ones last), day and ids, as
        far as lengths and caps allow; nobody twice, nor whom a rule refuses or the plan proposes
        there."""
        steps = [
            (step.rank == 0, step.rank, step.on, pair[1], pair[0])
            for pair, step in current_steps(self.problem.outcomes).items()
            if step.state == "reserve"
            and self.plan.opening[pair[0]] != pair[1]
            and self.problem.locked[pair[0]] < 0
            and self.problem.standing[pair[0]] == Standing.PRESENT
        ]
        rows: list[int] = []
        for *_, opening, person in sorted(steps):
            row = find_pair(self.screening, person, opening)
            if row >= 0 and self.callable[row] and person not in self.screening.candidate[rows]:
                taken = self._taken(rows)
                every = left_under([*self.ceilings, *self.limited], taken)
                above = [left for own, left in every if opening in own]
                if min([int(self.lengths[opening] - taken[opening]), *above]) > 0:
                    rows.append(row)
        return rows

    def more(self, rows: list[int], proposed: bool) -> list[int]:
        """Return the best reserves besides these, by score, then ticket: of the people proposed
        elsewhere, or of those without a proposal."""
        problem, screening = self.problem, self.screening
        at = self.plan.opening[screening.candidate]
        free = (problem.locked < 0) & ((self.plan.opening >= 0) == proposed)
        free[screening.candidate[rows]] = False
        found: Numbers = np.flatnonzero(
            free[screening.candidate]
            & self.callable
            & (at != screening.opening)
            & (self.scores.score >= problem.settings.objective.min_score)
        )
        found, network, chosen = self._best(found, self._taken(rows))
        listed = np.flatnonzero(chosen)
        score, ticket = network.score[listed], network.ticket[listed]
        ordered: list[int] = found[listed[np.lexsort((-ticket, -score))]].tolist()
        return ordered

    def _best(self, rows: Numbers, taken: Numbers) -> tuple[Numbers, ListNetwork, Flags]:
        """Return some of these pairs, their network, and which of them are the best lists of all:
        of many pairs the best are looked at first, then those that would make the lists better."""
        held: Numbers = rows
        if rows.size > MOST_PAIRS:
            held = rows[best_pairs(*self._ends(rows), self.scores.score[rows])]
        while True:
            network = self._network(held, taken)
            if network.divided and held.size < rows.size:
                held = rows
                continue
            chosen = solve_lists(network).chosen
            if held.size == rows.size:
                return held, network, chosen
            prices = price_plan(network, chosen)
            missed = self._missed(prices, np.setdiff1d(rows, held, assume_unique=True))
            if not missed.size:
                return held, network, chosen
            held = np.union1d(held, missed)

    def _missed(self, prices: Prices, rows: Numbers) -> Numbers:
        """Return which of the pairs left out would make the lists better."""
        score = self.scores.score
        rows = rows[find_missed(prices, *self._ends(rows), score[rows], None)]
        ends = self._ends(rows)
        ticket = draw_tickets(self.problem, zip(*ends, strict=True))
        return rows[find_missed(prices, *ends, score[rows], ticket)]

    def _ends(self, rows: Numbers) -> tuple[Numbers, Numbers]:
        return self.screening.candidate[rows], self.screening.opening[rows]

    def _taken(self, rows: list[int]) -> Numbers:
        return np.bincount(self.screening.opening[rows], minlength=self.lengths.size)

    def _network(self, rows: Numbers, taken: Numbers) -> ListNetwork:
        """Return the network of the places behind the openings: each person on one list, lists of
        single places that fill evenly."""
        limited = left_under(self.limited, taken)
        room = within_ceilings(self.lengths - taken, limited)
        nesting = nest_ceilings(room, left_under(self.ceilings, taken), between(limited))
        person = self.screening.candidate[rows].astype(np.int64)
        opening = self.screening.opening[rows].astype(np.int64)
        people = len(self.problem.candidate_ids)
        return ListNetwork(
            tree=nesting.tree,
            person=person,
            opening=opening,
            score=self.scores.score[rows],
            ticket=draw_tickets(self.problem, zip(person, opening, strict=True)),
            seats=np.ones(room.size, np.int64),
            taken=taken,
            day=np.full(room.size, -1),
            waiting=np.zeros(people, bool),
            held=np.zeros(people, np.int64),
            load_min=np.zeros(people, np.int64),
            load_max=np.ones(people, np.int64),
            divided=nesting.divided,
        )


def _times_most(ceilings: Ceilings) -> Ceilings:
    return [(openings, MOST * ceiling) for openings, ceiling in ceilings]
