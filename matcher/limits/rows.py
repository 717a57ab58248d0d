"""Sums and pairs of people as rows over pairs: what no tree holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.limits.kinds import APART, Limits, PairLimit, SumLimit
from matcher.problem import Numbers


@dataclass(frozen=True)
class RowOver:
    """A limit that no tree holds as a row over given pairs: Σ `weight` over the pairs used ≤
    `most`, seats on record already counted off. `key` is the limit's, alone or before a ":"."""

    key: str
    weight: NDArray[np.int64]
    most: int

    @property
    def tight(self) -> RowOver:
        """The same row in the smallest whole numbers that say the same: a better bound."""
        step = int(np.gcd.reduce(self.weight, initial=0)) or 1
        return RowOver(self.key, self.weight // step, self.most // step)


def rows_over(
    limits: Limits, candidate: Numbers, opening: Numbers, locked: Numbers
) -> tuple[RowOver, ...]:
    """Return the sums and the pairs of people as rows over the pairs (`candidate`, `opening`).

    `locked` is by candidate the opening of a seat on record (-1: none); those pairs are not among
    the pairs and count as used.
    """
    rows = [_sum_row(limit, candidate, opening, locked) for limit in limits.sums]
    for limit in limits.pairs:
        rows += _pair_rows(limit, candidate, opening, locked)
    return tuple(rows)


def spent(limit: SumLimit, locked: Numbers) -> int:
    """Return what the seats on record bring to a sum."""
    people = np.flatnonzero(locked >= 0)
    return int(limit.of_people[people].sum() + limit.of_openings[locked[people]].sum())


def _sum_row(limit: SumLimit, candidate: Numbers, opening: Numbers, locked: Numbers) -> RowOver:
    weight = limit.of_people[candidate] + limit.of_openings[opening]
    return RowOver(limit.key, weight, limit.most - spent(limit, locked))


def _pair_rows(
    limit: PairLimit, candidate: Numbers, opening: Numbers, locked: Numbers
) -> Iterator[RowOver]:
    """Yield the rows of two people, place by place: at most one of them there, or neither without
    the other."""
    place = limit.place_of[opening]
    pairs = [np.flatnonzero(candidate == person) for person in limit.candidates]
    seats = [int(locked[person]) for person in limit.candidates]
    seated = [int(limit.place_of[seat]) if seat >= 0 else None for seat in seats]
    reached = [{*place[own].tolist(), *own_seat(at)} for own, at in zip(pairs, seated, strict=True)]
    apart = limit.kind == APART
    for where in sorted(reached[0] & reached[1] if apart else reached[0] | reached[1]):
        one, other = (np.zeros(candidate.size, np.int64) for _ in pairs)
        one[pairs[0]], other[pairs[1]] = place[pairs[0]] == where, place[pairs[1]] == where
        first, second = (int(at == where) for at in seated)
        key = f"{limit.key}:{where}"
        if apart:
            yield RowOver(key, one + other, 1 - first - second)
        else:
            yield RowOver(key, one - other, second - first)
            yield RowOver(key, other - one, first - second)


def own_seat(place: int | None) -> list[int]:
    """Return the place of a seat on record, if there is one."""
    return [] if place is None else [place]
