"""The best lists on one tree of ceilings, exactly: whole numbers all through.

A plan is a flow: from a source to each person (what the next list of theirs is worth besides its
pair), to the openings (one unit a pair, one a person and day), up through the caps to the root
(what the next unit of the opening's list is worth). All worths are tuples, each kind falls from
unit to unit. The root's children get their places one after the other, in any order: the best
plan with a place more is the one before, changed along the best path through the new place, from
the source or from a place that is given up, where that gains anything. So paths that have no
node and no person in common are taken at once. They are found on openings, caps and root alone:
who hands a place on from an opening to another is the one who gains the most by it.
"""

from __future__ import annotations

import itertools

import numpy as np

from matcher.problem import Flags, Numbers
from matcher.shortlist.network import ListNetwork
from matcher.shortlist.parts import split
from matcher.shortlist.paths import Ways
from matcher.shortlist.places import Places
from matcher.shortlist.standing import Standing
from matcher.shortlist.words import NEVER, POSSIBLE, Packed, is_greater

Path = tuple[list[int], list[int]]
"""Nodes up to the root, and who comes to each of them (-1: nobody)."""


def solve_tree(network: ListNetwork) -> Flags:
    """Return which pairs are listed in the best plan; `load_min` is 0 or 1 for everybody.

    Where a person needs more lists than one to reach `load_min`, each of these counts in the
    second aim: the plan is the best one if everybody who could do so reaches it.
    """
    chosen = np.zeros(network.person.size, bool)
    for pairs, part in split(network):
        chosen[pairs] = _Growing(part).grow()
    return chosen


class _Growing:
    """A plan of one part that grows, with its lists, its loads and its ways from the source."""

    def __init__(self, network: ListNetwork) -> None:
        places, nodes = Places.of(network), network.tree.parent.size
        self.network, self.first = network, places.first
        self.standing = Standing(network, places)
        self.ways = Ways(places.words.count, nodes)
        self.load = np.zeros(nodes, np.int64)
        self.levels = places.of_levels()
        self.wanted = np.zeros((places.words.count, nodes), np.int64)
        self.wanted[0] = NEVER
        self.left = self.wanted.copy()
        self._set_arcs(np.arange(nodes - 1))
        self._set_ends()
        self.ways.search(np.arange(nodes - 1))

    def grow(self) -> Flags:
        """Return the pairs of the best plan."""
        while paths := self._paths():
            self._carry_out(paths)
            self.ways.mend()
        chosen = np.zeros(self.network.person.size, bool)
        chosen[list(itertools.chain(*self.standing.listed))] = True
        return chosen

    def _paths(self) -> list[Path]:
        """Return best paths, each through one place more, that gain and have nothing in common."""
        total = self.wanted + self.ways.gain
        gains = (total[0] > POSSIBLE) & is_greater(total, np.zeros_like(total))
        nodes: set[int] = set()
        people: set[int] = set()
        paths = []
        for node in np.flatnonzero(gains).tolist():
            way = self.ways.path(node)
            if not nodes.isdisjoint(way[:-1]):
                continue
            path = self._shortcut(*self._forwards(way))
            movers = {who for who in path[1] if who >= 0}
            if people.isdisjoint(movers):
                nodes.update(way[:-1])
                people |= movers
                paths.append(path)
        return paths

    def _forwards(self, way: list[int]) -> Path:
        """Return a way back to the source as a path from there, and on to the root."""
        standing, openings = self.standing, self.network.tree.leaves
        first, root = way[-2], way[-1]
        nodes = [*way[-2::-1], root]
        enters = first < openings and not self.leaves[first]
        movers = [standing.entrant(first) if enters else -1]
        for node, to in itertools.pairwise(nodes):
            movers.append(standing.mover(node, to) if max(node, to) < openings else -1)
        return (nodes, movers) if enters else ([root, *nodes], [-1, *movers])

    def _shortcut(self, nodes: list[int], movers: list[int]) -> Path:
        """Return the path through each person once, as good as the one given.

        `movers[at]` is who comes to `nodes[at]`. A person who changes between openings of
        different days could come to any day of theirs that is free: if they do so twice (the
        first time perhaps from the source), then the places between are a circle, which gains
        nothing on a best path, and they can go at once where they go the last time.
        """
        at = 0
        while at < len(movers):
            again = [
                later
                for later in range(at + 1, len(movers))
                if movers[at] >= 0
                and movers[later] == movers[at]
                and self._passes_person(nodes, later)
                and (at == 0 or self._passes_person(nodes, at))
            ]
            if again:
                nodes = nodes[:at] + nodes[again[-1] :]
                movers = movers[:at] + movers[again[-1] :]
            at += 1
        return nodes, movers

    def _passes_person(self, nodes: list[int], at: int) -> bool:
        """Whether the change to a place of the path is to another day."""
        day = self.standing.day
        return bool(day[nodes[at - 1]] != day[nodes[at]])

    def _carry_out(self, paths: list[Path]) -> None:
        """Change the lists and the loads along paths, and the arcs with them."""
        openings = self.network.tree.leaves
        adds, drops, changed = [], [], []
        for nodes, movers in paths:
            adds += [(who, node) for who, node in zip(movers, nodes, strict=True) if who >= 0]
            for who, (node, to) in zip(movers[1:], itertools.pairwise(nodes), strict=True):
                if who >= 0:
                    drops.append((who, node))
                if max(node, to) >= openings:
                    lower, change = (node, 1) if node < to else (to, -1)
                    self.load[lower] += change
                    changed.append(lower)
        touched = self.standing.change(drops, adds)
        if touched.size:
            self.ways.arcs[:, touched, :openings] = self.standing.moves(touched)
        self._set_arcs(np.unique(changed))
        self._set_ends()

    def _set_arcs(self, nodes: Numbers) -> None:
        """Set what goes up from nodes and what may come down to them, by their loads."""
        tree, arcs = self.network.tree, self.ways.arcs
        load, parent = self.load[nodes], tree.parent[nodes]
        up, down = self._units(nodes, load + 1), -self._units(nodes, load)
        up[0, load == tree.ceiling[nodes]] = NEVER
        down[0, load == 0] = NEVER
        inner, top = parent != tree.root, parent == tree.root
        arcs[:, nodes[inner], parent[inner]] = up[:, inner]
        arcs[:, parent[inner], nodes[inner]] = down[:, inner]
        self.wanted[:, nodes[top]] = up[:, top]
        self.left[:, nodes[top]] = down[:, top]

    def _set_ends(self) -> None:
        """Set the arcs from the source: somebody enters a list, or a place of the root's child is
        given up."""
        openings = self.network.tree.leaves
        entry, left = self.standing.entry, self.left
        self.leaves = is_greater(left[:, :openings], entry)
        self.ways.arcs[:, -1, :-1] = left[:, :-1]
        self.ways.arcs[:, -1, :openings] = np.where(self.leaves, left[:, :openings], entry)

    def _units(self, nodes: Numbers, numbers: Numbers) -> Packed:
        """Return what the units of these numbers are worth at nodes: words × nodes."""
        network = self.network
        units = np.zeros((self.levels.shape[0], nodes.size), np.int64)
        below = nodes < network.tree.leaves
        own = nodes[below]
        level = -(-(network.taken[own] + numbers[below]) // network.seats[own]) - self.first
        units[:, below] = self.levels[:, np.clip(level, 0, self.levels.shape[1] - 1)]
        return units
