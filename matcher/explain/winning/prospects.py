"""How near each change comes to a seat: its best pair against what the seats ask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.explain.winning.offers import Offers
from matcher.explain.winning.values import Asked
from matcher.problem import Numbers

MORE, EQUAL, LESS, NOWHERE = 1, 0, -1, -2


@dataclass(frozen=True)
class Prospect:
    """The best pair of a change (its place among the changes): the opening, whether a rule is still
    open there, and by how much it is worth more than is asked there (`ahead`, by the names before
    `worst`; below 0: less; empty where no place can be given up). `reach` is `MORE`, `EQUAL` or
    `LESS`, `NOWHERE` where the person may be proposed for nothing (opening -1)."""

    change: int
    reach: int
    opening: int
    conditional: bool
    ahead: tuple[int, ...]


def prospects_of(offers: Offers, asked: Asked | None, changes: int) -> list[Prospect]:
    """Return the prospect of each change; where nothing is `asked` (None: the plan is the best of
    no objective) every pair is `EQUAL`, the highest score the best."""
    network = offers.network
    places = network.led if asked is not None else 0
    ahead = np.zeros((network.person.size, places), np.int64)
    possible = np.ones(network.person.size, bool)
    if asked is not None:
        ahead = network.worth[:, :places] - asked.value[network.opening]
        possible = asked.exists[network.opening]
    # Of pairs equally far ahead the highest score, then the first opening.
    columns = [-network.opening, offers.score, *ahead.T[::-1], possible, -offers.variant]
    order = np.lexsort(columns)[::-1]
    first = np.unique(offers.variant[order], return_index=True)
    best = dict(zip(first[0].tolist(), order[first[1]].tolist(), strict=True))
    found = []
    for change in range(changes):
        pair = best.get(change, -1)
        if pair < 0:
            found.append(Prospect(change, NOWHERE, -1, False, ()))
            continue
        opening, conditional = int(network.opening[pair]), bool(offers.conditional[pair])
        sign, own = LESS, ()
        if possible[pair]:
            sign, own = _sign(ahead[pair]), tuple(ahead[pair].tolist())
        found.append(Prospect(change, sign, opening, conditional, own))
    return found


def _sign(ahead: Numbers) -> int:
    """Return the sign of a tuple: that of its first place that is not 0."""
    places = ahead[np.flatnonzero(ahead)[:1]]
    return int(np.sign(places[0])) if places.size else EQUAL
