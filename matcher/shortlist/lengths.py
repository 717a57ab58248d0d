"""How long interview lists should be, and what quotas and limits leave of that."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.assign.nesting import Between
from matcher.limits import SEATS, Limits
from matcher.problem import Numbers, Problem
from matcher.quotas import Cap
from matcher.settings import Shortlist as Asked

Ceilings = list[tuple[frozenset[int], int]]


def asked_length(asked: Asked, tenths: int, seats: int) -> int:
    """Return how many are interviewed for so many seats; `tenths` is the order's own ratio in
    tenths, below 0 where it states none."""
    if seats <= 0:
        return 0
    return -(-tenths * seats // 10) if tenths >= 0 else asked.per_seat * seats + asked.plus


def asked_lengths(problem: Problem, free: Numbers) -> Numbers:
    """Return how long the list of each opening should be for its free seats."""
    tenths = problem.openings.interview_tenths.tolist()
    asked = problem.settings.shortlist
    lengths = [asked_length(asked, *each) for each in zip(tenths, free.tolist(), strict=True)]
    return np.array(lengths, np.int64)


def cap_ceilings(caps: Sequence[Cap]) -> Ceilings:
    """Return the openings of each cap with a ceiling, and the ceiling."""
    return [(frozenset(cap.openings), cap.ceiling) for cap in caps if cap.ceiling is not None]


def limit_ceilings(limits: Limits) -> Ceilings:
    """Return the openings of each limit on job orders with a ceiling, and the ceiling."""
    return [
        (frozenset(one.members), one.ceiling)
        for one in limits.sets
        if one.side == SEATS and one.ceiling is not None
    ]


def between(ceilings: Ceilings) -> list[Between]:
    """Return ceilings as the tree takes those of limits: one that crosses others is left out."""
    return [Between(openings, 0, ceiling) for openings, ceiling in ceilings]


def list_ceilings(problem: Problem, ceilings: Ceilings, free: Numbers) -> Ceilings:
    """Return, for each ceiling on proposals, its openings and how many people their lists hold at
    most: what the greatest lists of any of their free seats hold, as many as the ceiling still
    allows."""
    asked, tenths = problem.settings.shortlist, problem.openings.interview_tenths
    had = problem.openings.seats - free
    lists = []
    for openings, ceiling in ceilings:
        own = sorted(openings)
        seats = max(0, min(ceiling - int(had[own].sum()), int(free[own].sum())))
        most = [0]
        for opening in own:
            lengths = [
                asked_length(asked, int(tenths[opening]), taken)
                for taken in range(min(int(free[opening]), seats) + 1)
            ]
            most = _widened(most, lengths, seats)
        lists.append((openings, most[-1]))
    return lists


def _widened(most: list[int], lengths: list[int], seats: int) -> list[int]:
    """Return the greatest lists by number of seats, with one opening more."""
    return [
        max(most[k - own] + lengths[own] for own in range(len(lengths)) if 0 <= k - own < len(most))
        for k in range(min(seats, len(most) + len(lengths) - 2) + 1)
    ]


def within_ceilings(lengths: Numbers, ceilings: Ceilings) -> Numbers:
    """Return what ceilings leave of each opening's length, each taken for itself."""
    within = lengths.copy()
    for openings, ceiling in ceilings:
        own = list(openings)
        within[own] = np.minimum(within[own], ceiling)
    return within


def left_under(ceilings: Ceilings, taken: Numbers) -> Ceilings:
    """Return the ceilings less those who are listed beforehand, never below 0."""
    return [
        (openings, max(0, ceiling - int(taken[list(openings)].sum())))
        for openings, ceiling in ceilings
    ]
