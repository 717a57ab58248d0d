"""The places of the six aims, as tuples of a network in packed words."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.problem import Numbers
from matcher.shortlist.network import ListNetwork
from matcher.shortlist.words import NEVER, Packed, Words

WAITING, LOADED, LEVEL = 0, 1, 2
"""The first places; level after level the third aim's follow, then these, counted from behind."""
SCORE, SQUARES, TICKET = -3, -2, -1


@dataclass(frozen=True)
class Places:
    """Where each aim stands in a tuple's words; `first` is the lowest level that a unit of any
    list can have, and `levels` how many there are from there."""

    words: Words
    first: int
    levels: int

    @staticmethod
    def of(network: ListNetwork) -> Places:
        """Return the places of a connected network's tuples, with bounds on all that a path adds.

        A path enters a list at most once: at most one person more waits no longer, one more is
        loaded, and one person's number of lists rises. It meets each opening and each cap at most
        once, and a candidate for a better path is one arc longer than a path: so it adds at most
        openings + 2 times the greatest score or ticket. A unit of a level comes where the path
        leaves an opening upwards, and goes where it comes down to one: once for each cap, once at
        the end and at the start.
        """
        openings, caps = network.tree.leaves, network.tree.root - network.tree.leaves
        lowest = network.taken // network.seats + 1
        highest = -(-(network.taken + network.tree.ceiling[:openings]) // network.seats)
        first = int(lowest.min(initial=1))
        levels = max(0, int(highest.max(initial=0)) - first + 1)
        bounds = [1, 1, *[caps + 2] * levels]
        bounds.append((openings + 2) * max(1, int(network.score.max(initial=1))))
        bounds.append(2 * int(network.load_max.max(initial=1)) + 1)
        bounds.append((openings + 2) * max(1, int(network.ticket.max(initial=1))))
        return Places(Words.of(bounds), first, levels)

    def of_pairs(self, network: ListNetwork) -> Packed:
        """Return the scores and tickets of the pairs: words × pairs."""
        size = self.levels + 5
        values = {size + SCORE: network.score, size + TICKET: network.ticket}
        return self.words.pack({**values}, network.score.shape)

    def of_slots(self, network: ListNetwork, people: Numbers, listed: Numbers) -> Packed:
        """Return what people's next list is worth besides its pair, with so many of the plan's
        lists theirs by now: words × people; people without a list left cannot."""
        lists = network.held[people] + listed
        slots = self.words.pack(
            {
                WAITING: network.waiting[people] & (lists == 0),
                LOADED: lists < network.load_min[people],
                self.levels + 5 + SQUARES: -(2 * lists + 1),
            },
            people.shape,
        )
        slots[0, lists >= network.load_max[people]] = NEVER
        return slots

    def of_levels(self) -> Packed:
        """Return what a unit of each level is worth, from `first` on: words × levels."""
        levels = np.zeros((self.words.count, self.levels), np.int64)
        for level in range(self.levels):
            levels[:, level] = self.words.pack({LEVEL + level: 1})
        return levels
