"""What a limit is: a set with a floor and a ceiling, a sum that a budget bounds, two people, or an
opening that goes ahead only with enough people."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.language import Phrase
from matcher.problem import Numbers

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
    an opening of which that is not recorded has a number of its own, which no other has.
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
