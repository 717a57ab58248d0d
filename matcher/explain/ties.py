"""Ties in the open: which placements are in every best plan, and which the lottery chose among
equally good ones, with whom they could be exchanged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.assign.best import find_face
from matcher.assign.divisions import MILP, RELAXED, fit_division
from matcher.assign.duals import tie_groups
from matcher.pipeline import Result
from matcher.problem import Numbers


@dataclass(frozen=True)
class Tie:
    """A proposal (`opening` -1: somebody without a host), and whether all best plans before the
    lottery have it.

    `others` are the people with whom equally good plans exchange it, `free` the openings with a
    free place among those that such plans fill otherwise. Both are None where they are not listed:
    where divided quotas leave several trees, or no objective is followed. Where there are limits
    that no tree holds they are those of the tree beside the plan: others may be tied too.
    """

    candidate: int
    opening: int
    in_every: bool
    others: tuple[int, ...] | None
    free: tuple[int, ...] | None


def find_ties_of(result: Result) -> tuple[Tie, ...]:
    """Return a tie for each person who takes part, by candidate."""
    plan = result.plan
    tied = np.flatnonzero(plan.by_lottery)
    listed = not result.stable and (plan.method in (MILP, RELAXED) or not result.whole.divided)
    groups = _groups(result) if listed and tied.size else None
    return tuple(_tie(result, int(person), groups) for person in result.problem.present)


def tie_of(result: Result, candidate: int) -> Tie | None:
    """Return the tie of one person, None of whoever takes no part."""
    found = (tie for tie in find_ties_of(result) if tie.candidate == candidate)
    return next(found, None)


@dataclass(frozen=True)
class _Groups:
    """Of each candidate (-1: seat on record) and of each opening the group within which equally
    good plans differ."""

    people: Numbers
    openings: Numbers


def _groups(result: Result) -> _Groups:
    pair_of = result.pair_of
    network = fit_division(result.whole, pair_of)
    of_people, of_nodes = tie_groups(network, find_face(network, pair_of).face, pair_of)
    people = np.full(result.plan.opening.size, -1, np.int64)
    people[network.people] = of_people
    return _Groups(people, of_nodes[: network.tree.leaves])


def _tie(result: Result, person: int, groups: _Groups | None) -> Tie:
    plan, problem = result.plan, result.problem
    opening, in_every = int(plan.opening[person]), not plan.by_lottery[person]
    if in_every:
        return Tie(person, opening, True, (), ())
    if groups is None:
        return Tie(person, opening, False, None, None)
    own = groups.people[person]
    same = np.flatnonzero((groups.people == own) & plan.by_lottery)
    filled = np.bincount(result.seats_of[result.seats_of >= 0], minlength=len(problem.openings))
    free = np.flatnonzero((groups.openings == own) & (filled < problem.openings.seats))
    return Tie(
        person,
        opening,
        False,
        tuple(int(other) for other in same if other != person),
        tuple(free.tolist()),
    )
