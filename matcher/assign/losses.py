"""What other pairs would cost the best plan: of all pairs in one pass, or of one person's alone.

Where sets are divided the answers are taken over all divisions, and are exact; where `milp` chose
the division they are that division's, and may be too great.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.assign.arcs import LEAST, find_links
from matcher.assign.best import find_face, total_of
from matcher.assign.chunks import chunks
from matcher.assign.duals import moves, tied_pairs
from matcher.assign.network import Face, Network, Worth
from matcher.assign.paths import best_to, own_pairs, seat_of
from matcher.assign.values import Way, packed_total, ways_of
from matcher.problem import Flags, Numbers

Weigh = Callable[[Network, Numbers], tuple[Worth, Flags]]


@dataclass(frozen=True)
class Losses:
    """By pair of the network: what the best plan loses by holding it, a tuple of the names before
    `worst`; `exists` is False where no plan can hold it.

    `first` is the place (among all names) of the first name of which something is lost, the
    number of names where nothing is; `counted`: that is `worst`, and fewer people would be placed.
    `loss` is int32 where all of it fits, else int64; `first` is int8.
    """

    row: Numbers
    loss: Numbers
    exists: Flags
    first: Numbers
    counted: Flags

    @staticmethod
    def none(places: int) -> Losses:
        """Return the losses of no pair, of so many names."""
        no, first = np.zeros(0, bool), np.zeros(0, np.int8)
        return Losses(np.arange(0), np.zeros((0, places), np.int64), no, first, no)

    def at(self, pairs: Numbers | slice) -> Losses:
        """Return those of the pairs at some places."""
        return Losses(
            self.row[pairs],
            self.loss[pairs],
            self.exists[pairs],
            self.first[pairs],
            self.counted[pairs],
        )


def weigh_losses(network: Network, pair_of: Numbers) -> Losses:
    """Return what each pair of the network would cost the best plan."""
    return _weigh(network, pair_of, slice(None), _all_losses)


def losses_of(network: Network, pair_of: Numbers, person: int) -> Losses:
    """Return what each pair of one person of the network would cost the best plan, by one search
    from the person's own place; those of `weigh_losses` at `own_pairs`."""
    pairs = own_pairs(network, person)
    return _weigh(network, pair_of, pairs, lambda way, plan: _own_losses(way, plan, person))


def _weigh(network: Network, pair_of: Numbers, pairs: Numbers | slice, weigh: Weigh) -> Losses:
    """Return the losses of some pairs, the least over all ways; `weigh` gives them for one."""
    best, row = packed_total(network, pair_of), network.row[pairs]
    loss = np.zeros(row.size, np.int64)
    exists = np.zeros(row.size, bool)
    ways = ways_of(network, pair_of)
    for way, plan in ways:
        own, found = weigh(way, plan)
        own += best - packed_total(way, plan)
        np.copyto(loss, own, where=found & (~exists | (own < loss)))
        exists |= found
        del own
    places = _unpack(network, loss)
    first, counted = _first_losses(network, ways, pair_of, pairs, places)
    return Losses(row, places, exists, first, counted)


def _unpack(network: Network, packed: Worth) -> Numbers:
    """Return the tuples of packed numbers, in int32 where all of them fit, else in int64."""
    most, unpack = 0, network.packing.unpack
    for chunk in chunks(packed.size):
        most = max(most, int(np.abs(unpack(packed[chunk])).max(initial=0)))
    short = most <= np.iinfo(np.int32).max
    places = np.zeros((packed.size, network.led), np.int32 if short else np.int64)
    for chunk in chunks(packed.size):
        places[chunk] = unpack(packed[chunk])
    return places


def _first_losses(
    network: Network, ways: list[Way], pair_of: Numbers, pairs: Numbers | slice, places: Numbers
) -> tuple[Numbers, Flags]:
    """Return the first name of which each pair loses something, and where that is the count of
    `worst`: a pair that is in a plan of the face after a name loses nothing of it."""
    led, names = network.led, len(network.names)
    size = len(places)
    first = np.full(size, names, np.int8)
    for at in range(led - 1, -1, -1):
        first[places[:, at] != 0] = at
    counted = np.zeros(size, bool)
    if led == names:
        return first, counted
    best = total_of(network, pair_of)
    held = np.zeros((names - led + 1, size), bool)
    for way, plan in ways:
        if total_of(way, plan) == best:
            used = (plan[network.person] == np.arange(network.person.size))[pairs]
            for at, face in enumerate(find_face(way, plan).after):
                held[at] |= face.pairs[pairs] & (used | tied_pairs(way, face, plan)[0][pairs])
    for at in range(names - led, -1, -1):
        first[(first >= led) & ~held[at]] = led + max(0, at - 1)
    return first, (first == led) & ~held[0]


def _all_losses(network: Network, pair_of: Numbers) -> tuple[Worth, Flags]:
    """Return the packed loss of each pair on one tree, 0 where no plan holds it."""
    distance, exists = moves(network, pair_of)
    placed = pair_of >= 0
    at, here = network.top.copy(), np.zeros(pair_of.size, np.int64)
    at[placed] = network.opening[pair_of[placed]]
    here[placed] = network.packed[pair_of[placed]]
    found = Face.whole(network).pairs
    loss = np.zeros(network.person.size, np.int64)
    for chunk in chunks(loss.size):
        person, opening = network.person[chunk], network.opening[chunk]
        found[chunk] &= exists[opening, at[person]]
        own = distance[opening, at[person]] + here[person] - network.packed[chunk]
        loss[chunk] = np.where(found[chunk], own, 0)
    return loss, found


def _own_losses(network: Network, pair_of: Numbers, person: int) -> tuple[Worth, Flags]:
    """Return the packed loss of each pair of one person, as `_all_losses` does."""
    pairs, face = own_pairs(network, person), Face.whole(network)
    links = find_links(network, face, network.packed, pair_of)
    end, here = seat_of(network, pair_of, person)
    gain = best_to(links.reversed(), end, network.nodes)[network.opening[pairs]]
    found = (gain != LEAST) & face.pairs[pairs]
    return np.where(found, here - network.packed[pairs] - gain, 0), found
