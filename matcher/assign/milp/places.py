"""The places of the tuple by which plans are compared, seen from a plan."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.assign.network import WORST, Network, Worth
from matcher.problem import Flags, Numbers


@dataclass(frozen=True)
class Place:
    """What each pair is worth at one place, and what a plan has there.

    `settled` are the pairs that a plan at least as good at the places before cannot use: those of
    scores that this plan does not use, below the `level` of `worst`; after `worst`, all others too.
    """

    name: str
    level: int | None
    worth: Worth
    total: int
    settled: Flags


def places_of(network: Network, pair_of: Numbers) -> tuple[Place, ...]:
    """Return the places in order: one for each name, of `worst` the people placed and each score
    that the plan uses, ascending."""
    used = pair_of[pair_of >= 0]
    settled = np.zeros(network.person.size, bool)
    places: list[Place] = []

    def add(name: str, level: int | None, worth: Worth) -> None:
        places.append(Place(name, level, worth, int(worth[used].sum()), settled.copy()))

    for name, column in zip(network.names, network.worth.T, strict=True):
        if name != WORST:
            add(name, None, column)
            continue
        add(name, None, np.ones(column.size, np.int64))
        levels = np.unique(column[used])
        unused = ~np.isin(column, levels)
        for level in levels.tolist():
            settled |= unused & (column < level)
            add(name, level, level_worth(column, level))
        settled |= unused
    return tuple(places)


def level_worth(scores: Worth, level: int) -> Worth:
    """Return -1 for each pair of a score."""
    worth: Worth = -(scores == level).astype(np.int64)
    return worth
