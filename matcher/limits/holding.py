"""What limits hold under a plan, and a problem without one of them."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matcher.language import Phrase
from matcher.limits.kinds import PEOPLE, Limits, PairLimit, SetLimit, StartLimit, SumLimit
from matcher.problem import Flags, Numbers, Problem

Limit = SetLimit | SumLimit | PairLimit | StartLimit
FULL, AT_FLOOR, WITHIN, EMPTY = "full", "at_floor", "within", "empty"
MIN_SEATS = -1


@dataclass(frozen=True)
class Holding:
    """One limit as a plan keeps it: `held` of at least `floor` and at most `ceiling` (people, or
    the sum of a budget; None where there is none). `kind` is people, seats, budget, together,
    apart or min_seats, `state` one of `FULL`, `AT_FLOOR`, `WITHIN`, or `EMPTY`: an opening that
    does not go ahead."""

    key: str
    entry: int
    label: Phrase
    kind: str
    floor: int | None
    ceiling: int | None
    held: int | None
    state: str


def hold_limits(limits: Limits, seats_of: Numbers) -> tuple[Holding, ...]:
    """Return what each limit holds where each candidate has the opening of `seats_of` (-1: none),
    seats on record among them."""
    every: tuple[Limit, ...] = (*limits.sets, *limits.sums, *limits.pairs, *limits.starts)
    return tuple(hold_limit(limit, seats_of) for limit in every)


def counted_in(limit: SetLimit, seats_of: Numbers) -> Flags:
    """Return by candidate who counts in a limit on a set."""
    placed = seats_of >= 0
    if limit.side == PEOPLE:
        return placed & np.isin(np.arange(placed.size), limit.members)
    return placed & np.isin(seats_of, limit.members)


def hold_limit(limit: Limit, seats_of: Numbers) -> Holding:
    """Return what one limit holds; see `hold_limits`."""
    floor: int | None = None
    ceiling: int | None = None
    match limit:
        case SetLimit():
            held, kind = int(counted_in(limit, seats_of).sum()), limit.side
            floor, ceiling = limit.floor or None, limit.ceiling
        case SumLimit():
            placed = np.flatnonzero(seats_of >= 0)
            brought = limit.of_people[placed] + limit.of_openings[seats_of[placed]]
            held, kind, ceiling = int(brought.sum()), "budget", limit.most
        case StartLimit():
            held, kind, floor = int((seats_of == limit.opening).sum()), "min_seats", limit.least
        case PairLimit():
            return Holding(
                limit.key, limit.entry, limit.label, limit.kind, None, None, None, WITHIN
            )
    state = WITHIN
    if ceiling is not None and held >= ceiling:
        state = FULL
    elif floor is not None and held <= floor:
        state = AT_FLOOR if held else EMPTY
    return Holding(limit.key, limit.entry, limit.label, kind, floor, ceiling, held, state)


def without_entry(problem: Problem, entry: int) -> Problem:
    """Return the problem without a `[[limits]]` table (by its place), or, for `MIN_SEATS`, without
    the openings' `min_seats`."""
    if entry == MIN_SEATS:
        none = np.zeros_like(problem.openings.min_seats)
        return replace(problem, openings=replace(problem.openings, min_seats=none))
    tables = problem.settings.limits
    rest = (*tables[:entry], *tables[entry + 1 :])
    return replace(problem, settings=problem.settings.model_copy(update={"limits": rest}))
