"""What the scenario's `[[limits]]` come to: floors and ceilings on sets of people and of openings,
sums that a budget bounds, pairs of people, and openings that go ahead only with enough people.

Limits are the office's policy. People and seats on record count in all of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.language import Phrase
from matcher.problem import Numbers, Problem

PEOPLE, SEATS = "people", "seats"
TOGETHER, APART = "together", "apart"


@dataclass(frozen=True)
class SetLimit:
    """At least `floor` and at most `ceiling` (None: no ceiling) proposals with people, or at
    openings, of a set.

    `key` names the limit for machines (`limits.2:BLK Padang`), `label` for people; `entry` is the
    place (from 0) of its `[[limits]]` table, which several sets may share. `side` is `PEOPLE` or
    `SEATS`; `members` are places of candidates, or of openings.
    """

    key: str
    entry: int
    label: Phrase
    side: str
    members: tuple[int, ...]
    floor: int
    ceiling: int | None


@dataclass(frozen=True)
class SumLimit:
    """At most `most` for the sum, over all proposals, of what the person (`of_people`, by place of
    the candidate) and the opening (`of_openings`) bring; whole numbers not below 0."""

    key: str
    entry: int
    label: Phrase
    of_people: NDArray[np.int64]
    of_openings: NDArray[np.int64]
    most: int


@dataclass(frozen=True)
class PairLimit:
    """Two people (places of candidates) proposed at the same place or both not at all (`kind`
    `TOGETHER`), or never at the same place (`APART`).

    `place_of` is by opening the number of the place: of the opening, its host or its prefecture;
    -1 where that is not recorded, which is the same place as no other.
    """

    key: str
    entry: int
    label: Phrase
    kind: str
    candidates: tuple[int, int]
    place_of: Numbers


@dataclass(frozen=True)
class StartLimit:
    """An opening that goes ahead only with at least `least` people: it holds none or so many.
    From the openings' column `min_seats`, of which no `[[limits]]` table speaks (`entry` -1)."""

    key: str
    label: Phrase
    opening: int
    least: int
    entry: int = -1


@dataclass(frozen=True)
class Limits:
    """All limits of a scenario, in the order of `[[limits]]`, then of ids."""

    sets: tuple[SetLimit, ...] = ()
    sums: tuple[SumLimit, ...] = ()
    pairs: tuple[PairLimit, ...] = ()
    starts: tuple[StartLimit, ...] = ()

    @property
    def any(self) -> bool:
        """Whether there is any limit."""
        return bool(self.sets or self.sums or self.pairs or self.starts)


@dataclass(frozen=True)
class RowOver:
    """A limit that no tree holds as a row over given pairs: Σ `weight` over the pairs used ≤
    `most`, seats on record already counted off. `key` begins with the limit's."""

    key: str
    weight: NDArray[np.int64]
    most: int


def gather_limits(problem: Problem) -> Limits:
    """Return the limits of a problem."""
    return Limits()


def rows_over(
    limits: Limits, candidate: Numbers, opening: Numbers, locked: Numbers
) -> tuple[RowOver, ...]:
    """Return the sums and the pairs of people as rows over the pairs (`candidate`, `opening`).

    `locked` is by candidate the opening of a seat on record (-1: none); those pairs are not among
    the pairs and count as used.
    """
    return ()
