"""How near each change comes to a seat: its best pair against what the seats ask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.explain.winning.offers import Offers
from matcher.explain.winning.values import Asked
from matcher.problem import Flags, Numbers

MORE, EQUAL, LESS, NOWHERE = 1, 0, -1, -2


@dataclass(frozen=True)
class Prospect:
    """The best pair of a change (its place among the changes) that counts: the opening, whether a
    rule is still open there, and by how much it is worth more than is asked there (`ahead`, by the
    names before `worst`; below 0: less; empty where no place can be given up). `reach` is `MORE`,
    `EQUAL` or `LESS`, `NOWHERE` where there is none (opening -1). `elsewhere` is so too what the
    best pair that does not count is worth beside this one."""

    change: int
    reach: int
    opening: int
    conditional: bool
    ahead: tuple[int, ...]
    elsewhere: int = NOWHERE

    @property
    def plain(self) -> bool:
        """Whether the change is enough, or as good as that, without a seat that does not count
        being better, or as good so that the lottery decides which of the two it is."""
        most = LESS if self.reach == MORE else EQUAL
        return self.reach in (MORE, EQUAL) and self.elsewhere <= most


def prospects_of(offers: Offers, asked: Asked | None, counts: Flags) -> list[Prospect]:
    """Return the prospect of each change (`counts`: changes by openings); where nothing is `asked`
    (None: the plan is the best of no objective) every pair is `EQUAL`, the highest score the
    best."""
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
    counted = counts[offers.variant[order], network.opening[order]]
    best, others = (_first(offers.variant, order[kept]) for kept in (counted, ~counted))
    found = []
    for change in range(len(counts)):
        pair = best.get(change, -1)
        if pair < 0:
            found.append(Prospect(change, NOWHERE, -1, False, ()))
            continue
        opening, conditional = int(network.opening[pair]), bool(offers.conditional[pair])
        sign, own = LESS, ()
        if possible[pair]:
            sign, own = _sign(ahead[pair]), tuple(ahead[pair].tolist())
        elsewhere, other = NOWHERE, others.get(change, -1)
        if other >= 0 and possible[other]:
            elsewhere = _sign(ahead[other] - ahead[pair]) if possible[pair] else MORE
        found.append(Prospect(change, sign, opening, conditional, own, elsewhere))
    return found


def _first(variant: Numbers, order: Numbers) -> dict[int, int]:
    """Return the first pair of each change in an order."""
    changes, places = np.unique(variant[order], return_index=True)
    return dict(zip(changes.tolist(), order[places].tolist(), strict=True))


def _sign(ahead: Numbers) -> int:
    """Return the sign of a tuple: that of its first place that is not 0."""
    places = ahead[np.flatnonzero(ahead)[:1]]
    return int(np.sign(places[0])) if places.size else EQUAL
