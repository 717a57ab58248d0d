"""Seats, quotas and limits as ceilings, as the plan fills them: which of them stops a pair."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matcher.limits import SEATS, SetLimit
from matcher.pipeline import Result
from matcher.problem import Flags, Numbers
from matcher.quotas import Cap


@dataclass(frozen=True)
class Ceilings:
    """Openings, then the quotas and limits on sets of them: for each opening the places of itself
    and all above it, the lowest first; what each may hold, those with a seat on record counted in,
    and what it holds. `sources` are the quotas and limits, in the order of their places."""

    above: tuple[tuple[int, ...], ...]
    stated: Numbers
    held: Numbers
    sources: tuple[Cap | SetLimit, ...] = ()

    @cached_property
    def full(self) -> Flags:
        """Which hold all they may."""
        return self.held >= self.stated

    def closing(self, opening: int) -> int | None:
        """Return the lowest place at or above an opening that never had room."""
        return next((at for at in self.above[opening] if not self.stated[at]), None)

    def capping(self, opening: int, mine: int) -> int | None:
        """Return the first full place above an opening that is not above the person's own
        (-1: none)."""
        own = self.above[mine] if mine >= 0 else ()
        full = self.full
        caps = (at for at in self.above[opening][1:] if full[at] and at not in own)
        return next(caps, None)

    def capped(self, opening: Numbers, mine: Numbers) -> Flags:
        """Return of which openings some full place is above them and not above the person's own
        (-1: none); see `capping`."""
        kind, caps = self._capped
        capped: Flags = caps[kind[opening], mine]
        return capped

    @cached_property
    def _capped(self) -> tuple[Numbers, Flags]:
        """By opening the number of the set of full places above it; by set and the person's own
        opening (the last column is that of -1) whether one of them is not above that."""
        count, full = len(self.above), self.full.tolist()
        sets = [tuple(at for at in above[1:] if full[at]) for above in self.above]
        numbers = {each: number for number, each in enumerate(dict.fromkeys(sets))}
        own = [*map(set, self.above), set[int]()]
        caps = np.array([[not inside.issuperset(each) for inside in own] for each in numbers], bool)
        return np.array([numbers[each] for each in sets], np.int64), caps.reshape(-1, count + 1)

    def full_above(self, opening: int) -> tuple[Cap | SetLimit, ...]:
        """Return the full quotas and limits above an opening, the lowest first."""
        openings = len(self.above)
        return tuple(self.sources[at - openings] for at in self.above[opening][1:] if self.full[at])


def ceilings_of(result: Result) -> Ceilings:
    """Return the seats, and the quotas and limits that set a ceiling, as the plan fills them."""
    problem, placed = result.problem, result.seats_of
    count = len(problem.openings)
    filled = np.bincount(placed[placed >= 0], minlength=count)
    caps = [cap for cap in result.facts.quotas.caps if cap.ceiling is not None]
    limits = seat_limits(result)
    members = [*(cap.openings for cap in caps), *(limit.members for limit in limits)]
    above: list[list[int]] = [[opening] for opening in range(count)]
    for at in sorted(range(len(members)), key=lambda at: len(members[at])):
        for opening in members[at]:
            above[opening].append(count + at)
    stated = [*(cap.ceiling for cap in caps), *(limit.ceiling for limit in limits)]
    return Ceilings(
        tuple(map(tuple, above)),
        np.array([*problem.openings.seats, *stated], np.int64),
        np.array([*filled, *(filled[list(each)].sum() for each in members)], np.int64),
        (*caps, *limits),
    )


def seat_limits(result: Result) -> tuple[SetLimit, ...]:
    """Return the limits that set a ceiling on openings."""
    sets = result.facts.limits.sets
    return tuple(one for one in sets if one.side == SEATS and one.ceiling is not None)
