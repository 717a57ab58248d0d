"""What interview lists are made from, and the network of the places still to be filled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matcher.assign.nesting import Nesting, nest_ceilings
from matcher.fit import Facts
from matcher.lottery import tickets
from matcher.problem import NO_DAY, Flags, Numbers, Problem
from matcher.score import Scores
from matcher.screen import Screening
from matcher.shortlist.lengths import (
    Ceilings,
    asked_lengths,
    between,
    cap_ceilings,
    left_under,
    limit_ceilings,
    list_ceilings,
    within_ceilings,
)
from matcher.shortlist.network import ListNetwork
from matcher.shortlist.recorded import Recorded, find_recorded

LONG_WAIT = 180


@dataclass(frozen=True)
class Basis:
    """A problem, what was made of it, and what follows for its lists."""

    problem: Problem
    facts: Facts
    screening: Screening
    scores: Scores

    @cached_property
    def recorded(self) -> Recorded:
        """What stands before any list is made."""
        return find_recorded(self.problem)

    @cached_property
    def asked(self) -> Numbers:
        """How long each opening's list should be."""
        return asked_lengths(self.problem, self.recorded.free)

    @cached_property
    def ceilings(self) -> Ceilings:
        """How many the lists under each quota hold at most."""
        caps = cap_ceilings(self.facts.quotas.caps)
        return list_ceilings(self.problem, caps, self.recorded.free)

    @cached_property
    def limited(self) -> Ceilings:
        """How many the lists under each limit on job orders hold at most."""
        return list_ceilings(self.problem, limit_ceilings(self.facts.limits), self.recorded.free)

    @cached_property
    def within(self) -> Numbers:
        """What quotas and limits leave of `asked`, each opening taken for itself."""
        return within_ceilings(self.asked, [*self.ceilings, *self.limited])

    @cached_property
    def nesting(self) -> Nesting:
        """The places that may still be filled, under quotas and limits."""
        taken = self.recorded.taken()
        limited = left_under(self.limited, taken)
        room = within_ceilings(np.maximum(self.asked - taken, 0), limited)
        return nest_ceilings(room, left_under(self.ceilings, taken), between(limited))

    @cached_property
    def allowed(self) -> Flags:
        """Which screened pairs are good enough, of people who have no seat nor a place set by an
        officer."""
        floor = self.problem.settings.objective.min_score
        free = self.problem.locked < 0
        kept: Flags = free[self.screening.candidate] & (self.scores.score >= floor)
        return kept

    def network(self) -> tuple[ListNetwork, Numbers]:
        """Return the network of the places still to be filled, and each of its pairs' place in
        the screening."""
        recorded, settings = self.recorded, self.problem.settings.shortlist
        taken, held, tree = recorded.taken(), recorded.held(), self.nesting.tree
        room = within_ceilings(tree.ceiling[: tree.leaves], left_under(self.ceilings, taken))
        rows = np.flatnonzero(
            self.allowed
            & (room > 0)[self.screening.opening]
            & (held < settings.load_max)[self.screening.candidate]
            & ~self._clashing()
        )
        person = self.screening.candidate[rows].astype(np.int64)
        opening = self.screening.opening[rows].astype(np.int64)
        network = ListNetwork(
            tree=tree,
            person=person,
            opening=opening,
            score=self.scores.score[rows],
            ticket=draw_tickets(self.problem, zip(person, opening, strict=True)),
            seats=np.maximum(recorded.free, 1),
            taken=taken,
            day=days_of(self.problem),
            waiting=find_waiting(self.problem, self.facts),
            held=held,
            load_min=np.full(held.size, settings.load_min),
            load_max=np.full(held.size, settings.load_max),
            divided=self.nesting.divided,
        )
        return network, rows

    def _clashing(self) -> Flags:
        """Return which screened pairs are fixed, or on the day of another fixed one of the same
        person."""
        day, screening = days_of(self.problem), self.screening
        clash = np.zeros(screening.candidate.size, bool)
        for person, opening in self.recorded.fixed:
            start, stop = screening.rows_of(person)
            own, on = screening.opening[start:stop], int(day[opening])
            clash[start:stop] |= (own == opening) | ((day[own] == on) & (on >= 0))
        return clash


def draw_tickets(problem: Problem, pairs: Iterable[tuple[int, int]]) -> Numbers:
    """Return the lottery tickets of pairs (candidate, opening), by the scenario's seed."""
    people, openings = problem.candidate_ids, problem.opening_ids
    ids = ((people[person], openings[opening]) for person, opening in pairs)
    return np.array(tickets(problem.settings.seed, ids), np.int64)


def days_of(problem: Problem) -> Numbers:
    """Return each opening's day of interview, -1 where it is not known."""
    day = problem.openings.interview_on.astype(np.int64)
    return np.where(day == NO_DAY, -1, day)


def find_waiting(problem: Problem, facts: Facts) -> Flags:
    """Return who was accepted more than 180 days ago."""
    accepted = problem.candidates.accepted_on.astype(np.int64)
    waiting: Flags = (accepted != NO_DAY) & (facts.on - accepted > LONG_WAIT)
    return waiting
