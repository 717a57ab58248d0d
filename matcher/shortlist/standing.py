"""Who is listed where in a growing plan, who may enter a list, and who may change lists."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Numbers
from matcher.shortlist.network import ListNetwork
from matcher.shortlist.places import Places
from matcher.shortlist.words import LOWEST, NEVER, Packed, find_greatest, is_greater


class Standing:
    """The pairs on each opening's list and, by opening, the best *entry*: what is gained by the
    person with a list left and that day free who gains the most by coming onto it.

    `worth` is what each pair is worth (words × pairs), `day` each opening's day as a number from
    0; openings whose day is not known have one of their own. One pair more, behind the others,
    stands for none.
    """

    def __init__(self, network: ListNetwork, places: Places) -> None:
        people, openings, pairs = network.held.size, network.tree.leaves, network.person.size
        self.network, self.places = network, places
        self.worth = np.zeros((places.words.count, pairs + 1), np.int64)
        self.worth[:, :-1] = places.of_pairs(network)
        self.worth[0, -1] = NEVER
        alone = np.where(network.day < 0, -1 - np.arange(openings), network.day)
        self.day: Numbers = np.unique(alone, return_inverse=True)[1]
        self.person = np.append(network.person, people)
        self.lists = np.zeros(people, np.int64)
        self.listed: list[list[int]] = [[] for _ in range(openings)]
        self._at: list[dict[int, int]] = [{} for _ in range(people)]
        self._starts = np.searchsorted(network.person, np.arange(people + 1))
        self._day = np.append(self.day[network.opening], 0)
        self._busy = np.zeros((people, openings), bool)
        self._free = np.append(np.ones(pairs, bool), False)
        self._askers = _in_rows(network.opening, openings)
        slot = places.of_slots(network, np.arange(people), self.lists)
        self._entries = self.worth.copy()
        self._entries[:, :-1] += slot[:, network.person]
        self._entrant = np.full(openings, pairs, np.int64)
        self.entry = np.zeros((places.words.count, openings), np.int64)
        self._find_entries(np.arange(openings))

    def change(self, drops: list[tuple[int, int]], adds: list[tuple[int, int]]) -> Numbers:
        """Take pairs of (person, opening) off the lists and put others on; return the openings
        whose people's moves may have changed."""
        touched = {opening for _, opening in drops}
        for person, opening in drops:
            self.listed[opening].remove(self._at[person].pop(opening))
            self._busy[person, self.day[opening]] = False
        for person, opening in adds:
            pair = self._pair(person, opening)
            self.listed[opening].append(pair)
            self._at[person][opening] = pair
            self._busy[person, self.day[opening]] = True
        people = sorted({person for person, _ in adds})
        for person in people:
            self.lists[person] = len(self._at[person])
            touched.update(self._at[person])
        if people:
            self._change_entries(np.array(people))
        return np.array(sorted(touched), np.int64)

    def entrant(self, opening: int) -> int:
        """Return who gains the most by coming onto a list."""
        return int(self.person[self._entrant[opening]])

    def mover(self, opening: int, to: int) -> int:
        """Return who gains the most by the change from one opening to another."""
        best, who = None, -1
        for own in self.listed[opening]:
            person = int(self.person[own])
            pair = self._pair(person, to)
            if pair >= 0 and (self._free[pair] or self.day[opening] == self.day[to]):
                gain = (self.worth[:, pair] - self.worth[:, own]).tolist()
                if best is None or gain > best:
                    best, who = gain, person
        return who

    def moves(self, openings: Numbers) -> Packed:
        """Return, for these openings, what the best change of one of their people to each other
        opening gains: words × these openings × openings."""
        sizes = np.array([len(self.listed[opening]) for opening in openings])
        moves = np.zeros((self.worth.shape[0], openings.size, len(self.listed)), np.int64)
        moves[0] = NEVER
        filled = sizes > 0
        pairs = np.array([one for opening in openings for one in self.listed[opening]], np.int64)
        if pairs.size:
            starts = (np.cumsum(sizes) - sizes)[filled]
            moves[:, filled] = _greatest_of_groups(self._gains(pairs), starts, sizes[filled])
        return moves

    def _gains(self, pairs: Numbers) -> Packed:
        """Return what listed pairs gain by a change to each opening: words × pairs × openings.

        On a day of its own opening a person is free for the others once that opening is left.
        """
        row, other = self._pairs_of(self.person[pairs])
        own = pairs[row]
        may = self._free[other] | ((self._day[other] == self._day[own]) & (other != own))
        row, other, own = row[may], other[may], own[may]
        gains = np.zeros((self.worth.shape[0], pairs.size, len(self.listed)), np.int64)
        gains[0] = NEVER
        gains[:, row, self.network.opening[other]] = self.worth[:, other] - self.worth[:, own]
        return gains

    def _change_entries(self, people: Numbers) -> None:
        """Find the entries anew where one of these people was the best or would now be."""
        row, own = self._pairs_of(people)
        self._free[own] = free = ~self._busy[people[row], self._day[own]]
        slot = self.places.of_slots(self.network, people, self.lists[people])
        entries = self.worth[:, own] + slot[:, row]
        entries[0, ~free] = NEVER
        self._entries[:, own] = entries
        changed = np.zeros(self.lists.size + 1, bool)
        changed[people] = True
        lost = changed[self.person[self._entrant]]
        at = self.network.opening[own]
        lost[at[is_greater(entries, self.entry[:, at])]] = True
        if lost.any():
            self._find_entries(np.flatnonzero(lost))

    def _find_entries(self, openings: Numbers) -> None:
        askers = self._askers[openings]
        at = find_greatest(self._entries, askers)
        self._entrant[openings] = pairs = askers[np.arange(openings.size), at]
        self.entry[:, openings] = self._entries[:, pairs]

    def _pairs_of(self, people: Numbers) -> tuple[Numbers, Numbers]:
        """Return all pairs of people, one person after the other, and the place among these people
        of each pair's."""
        starts = self._starts[people]
        sizes = self._starts[people + 1] - starts
        row = np.repeat(np.arange(people.size), sizes)
        return row, np.arange(row.size) + (starts - np.cumsum(sizes) + sizes)[row]

    def _pair(self, person: int, opening: int) -> int:
        """Return a pair's place, -1 where there is none."""
        start, stop = self._starts[person], self._starts[person + 1]
        own = self.network.opening[start:stop]
        at = int(np.searchsorted(own, opening))
        return int(start) + at if at < own.size and own[at] == opening else -1


def _in_rows(row: Numbers, rows: int) -> Numbers:
    """Return the places of each row's cells, in a line each; places behind them are `row.size`."""
    order = np.argsort(row, kind="stable")
    sizes = np.bincount(row, minlength=rows)
    starts = np.cumsum(sizes) - sizes
    lines = np.full((rows, int(sizes.max(initial=1))), row.size, np.int64)
    lines[row[order], np.arange(row.size) - starts[row[order]]] = order
    return lines


def _greatest_of_groups(packed: Packed, starts: Numbers, sizes: Numbers) -> Packed:
    """Return the greatest tuple of each column in each group of rows: words × groups ×
    columns."""
    greatest = np.empty((packed.shape[0], starts.size, packed.shape[2]), np.int64)
    tied: NDArray[np.bool_] | None = None
    for at, word in enumerate(packed):
        own = word if tied is None else np.where(tied, word, LOWEST)
        greatest[at] = np.maximum.reduceat(own, starts, axis=0)
        if at + 1 < packed.shape[0]:
            equal = own == np.repeat(greatest[at], sizes, axis=0)
            tied = equal
    return greatest
