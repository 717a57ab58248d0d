"""Ties in the open: which placements are in every best plan, and which the lottery chose among
equally good ones, with whom they could be exchanged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.assign.beside import fit_division
from matcher.assign.best import find_face
from matcher.assign.divisions import MILP, RELAXED, find_ties
from matcher.assign.duals import tied_pairs
from matcher.pipeline import Result
from matcher.problem import Flags, Numbers

Pairs = tuple[Numbers, Numbers]


@dataclass(frozen=True)
class Tie:
    """A proposal (`opening` -1: somebody without a host), and whether all best plans before the
    lottery have it (None: not known, where limits that no tree holds leave it open).

    `others` are the people whose place an equally good plan gives to this person, or who have this
    place in one; `free` the openings with a free place where the person is in one. Others may have
    to move too. Both are None where they are not listed:
    where divided quotas leave several trees, or no objective is followed. Where there are limits
    that no tree holds they are those of the tree beside the plan: others may be tied too.
    """

    candidate: int
    opening: int
    in_every: bool | None
    others: tuple[int, ...] | None
    free: tuple[int, ...] | None


def find_ties_of(result: Result) -> tuple[Tie, ...]:
    """Return a tie for each person who takes part, by candidate."""
    return _ties(result, result.problem.present)


def _ties(result: Result, people: Numbers) -> tuple[Tie, ...]:
    plan = result.plan
    listed = not result.stable and (plan.method in (MILP, RELAXED) or not result.whole.divided)
    held = _held(result) if listed and plan.by_lottery[people].any() else None
    open_ones = _perhaps_tied(result)
    return tuple(_tie(result, person, held, bool(open_ones[person])) for person in people.tolist())


def _perhaps_tied(result: Result) -> Flags:
    """Return who may be tied: of plans that need not keep what no tree holds, there are more."""
    plan, whole = result.plan, result.whole
    if plan.method not in (MILP, RELAXED):
        return plan.by_lottery
    tied = np.zeros(plan.opening.size, bool)
    tied[whole.people] = plan.method == MILP or find_ties(whole.loose, result.pair_of)[0]
    return tied


def tie_of(result: Result, candidate: int) -> Tie | None:
    """Return the tie of one person, None of whoever takes no part."""
    present = result.problem.present
    return next(iter(_ties(result, present[present == candidate])), None)


def _held(result: Result) -> Pairs:
    """Return the pairs that some best plan holds (of the tree beside the plan), by candidate and
    opening."""
    pair_of = result.pair_of
    network = fit_division(result.whole, pair_of)
    face = find_face(network, pair_of).face
    used = pair_of[network.person] == np.arange(network.person.size)
    held = face.pairs & (used | tied_pairs(network, face, pair_of)[0])
    return network.people[network.person[held]], network.opening[held]


def _tie(result: Result, person: int, held: Pairs | None, perhaps: bool) -> Tie:
    plan, problem = result.plan, result.problem
    opening = int(plan.opening[person])
    if not plan.by_lottery[person]:
        return Tie(person, opening, None if perhaps else True, (), ())
    if held is None:
        return Tie(person, opening, False, None, None)
    people, openings = held
    mine = openings[people == person]
    there = np.isin(plan.opening, mine[mine != opening]) & (problem.locked < 0)
    others = {*np.flatnonzero(there).tolist(), *people[openings == opening].tolist()} - {person}
    if opening >= 0:  # whoever sits at the same opening is no exchange
        others -= set(np.flatnonzero(plan.opening == opening).tolist())
    filled = np.bincount(result.seats_of[result.seats_of >= 0], minlength=len(problem.openings))
    free = mine[(filled[mine] < problem.openings.seats[mine]) & (mine != opening)]
    return Tie(person, opening, False, tuple(sorted(others)), tuple(sorted(free.tolist())))
