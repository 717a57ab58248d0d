"""What a plan says of its duals: constraints π[head] ≥ π[tail] + weight between the nodes, as arcs
or as links, and the longest ways along them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.assign.chunks import chunks
from matcher.assign.network import Face, Network, Worth
from matcher.problem import Flags, Numbers

LEAST = np.iinfo(np.int64).min
LEAVES, STAYS = -1, -2


@dataclass(frozen=True)
class Links:
    """Constraints π[head] ≥ π[tail] + weight, sorted by head, of two nodes one at most: of the
    arcs between them the one of greatest weight."""

    tail: Numbers
    head: Numbers
    weight: Worth

    def of(self, some: list[int]) -> Links:
        """Return some of the links, in the order given."""
        return Links(self.tail[some], self.head[some], self.weight[some])

    def reversed(self) -> Links:
        """Return the same links the other way round."""
        order = np.argsort(self.tail, kind="stable")
        return Links(self.head[order], self.tail[order], self.weight[order])


@dataclass(frozen=True)
class Arcs:
    """Constraints π[head] ≥ π[tail] + weight, sorted by head: what a plan can be changed by.

    `person` is who moves along the arc and `pair` where to (`LEAVES`: to no seat); arcs between a
    node and the one above it move nobody (`STAYS`).
    """

    tail: Numbers
    head: Numbers
    weight: Worth
    person: Numbers
    pair: Numbers

    def of(self, some: Flags) -> Arcs:
        """Return some of the arcs."""
        return Arcs(
            self.tail[some],
            self.head[some],
            self.weight[some],
            self.person[some],
            self.pair[some],
        )

    def on_way(self, gain: Worth) -> Flags:
        """Return which arcs lie on a path of greatest weight, given the most that a path from each
        node adds."""
        through = gain[self.head]
        on_way: Flags = (through != LEAST) & (through + self.weight == gain[self.tail])
        return on_way

    def reversed(self) -> Arcs:
        """Return the same arcs the other way round."""
        return _sorted(self.head, self.tail, self.weight, self.person, self.pair)


def dual_arcs(
    network: Network, face: Face, worth: Worth, pair_of: Numbers, gain: Worth | None = None
) -> Arcs:
    """Return the constraints that a plan puts on the duals of the nodes; where the most that a path
    from each node to one of them adds is given (`gain`, see `longest`), those alone that lie on
    such a path, which are few."""
    tails, heads = tree_arcs(network, face.floor, face.ceiling, network.loads(pair_of))
    leaver = np.flatnonzero((pair_of >= 0) & ~face.must_sit)
    left, idle = pair_of[leaver], np.full(tails.size, STAYS)
    out = np.full(leaver.size, LEAVES)
    parts = [
        Arcs(tails, heads, np.zeros(tails.size, np.int64), idle, idle),
        Arcs(network.opening[left], network.top[leaver], -worth[left], leaver, out),
    ]
    for moving in _moves(network, face, worth, pair_of):
        parts.append(moving if gain is None else moving.of(moving.on_way(gain)))
    if gain is not None:
        parts[:2] = [part.of(part.on_way(gain)) for part in parts[:2]]
    return _sorted(
        np.concatenate([part.tail for part in parts]),
        np.concatenate([part.head for part in parts]),
        np.concatenate([part.weight for part in parts]),
        np.concatenate([part.person for part in parts]),
        np.concatenate([part.pair for part in parts]),
    )


def find_links(network: Network, face: Face, worth: Worth, pair_of: Numbers) -> Links:
    """Return the constraints of `dual_arcs`, of those between the same two nodes the greatest: so
    many pairs are far fewer links, and are looked at a chunk at a time."""
    tails, heads = tree_arcs(network, face.floor, face.ceiling, network.loads(pair_of))
    leaver = np.flatnonzero((pair_of >= 0) & ~face.must_sit)
    left = pair_of[leaver]
    idle = Links(tails, heads, np.zeros(tails.size, np.int64))
    leaving = Links(network.opening[left], network.top[leaver], -worth[left])
    parts = [idle, leaving]
    for moving in _moves(network, face, worth, pair_of):
        links = Links(moving.tail, moving.head, moving.weight)
        parts.append(_greatest([links], network.nodes))
    return _greatest(parts, network.nodes)


def _moves(network: Network, face: Face, worth: Worth, pair_of: Numbers) -> Iterator[Arcs]:
    """Yield the arcs of people who take up a pair of the face elsewhere, a chunk of the pairs at a
    time."""
    for chunk in chunks(network.person.size):
        pairs = chunk.start + np.flatnonzero(face.pairs[chunk])
        person, opening = network.person[pairs], network.opening[pairs]
        mine = pair_of[person]
        placed = mine >= 0
        at = np.where(placed, network.opening[mine], network.top[person])
        gain = worth[pairs] - np.where(placed, worth[mine], 0)
        yield Arcs(at, opening, gain, person, pairs).of(at != opening)


def _greatest(parts: list[Links], nodes: int) -> Links:
    """Return of the links between the same two nodes, in any order, the one of greatest weight."""
    tail = np.concatenate([part.tail for part in parts])
    head = np.concatenate([part.head for part in parts])
    weight = np.concatenate([part.weight for part in parts])
    key = head.astype(np.int64) * nodes + tail
    order = np.argsort(key, kind="stable")
    starts = np.flatnonzero(np.diff(key[order], prepend=-1))
    first = order[starts]
    return Links(tail[first], head[first], np.maximum.reduceat(weight[order], starts))


def tree_arcs(
    network: Network, floor: Numbers, ceiling: Numbers, loads: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the arcs between each node and the one above it: a node that may hold one more has
    no part of its own above 0, one that may hold one fewer (or has no floor) none below 0."""
    root = network.tree.root
    nodes = np.delete(np.arange(network.nodes), root)
    more = nodes[loads[nodes] < ceiling[nodes]]
    fewer = nodes[(loads[nodes] > floor[nodes]) | (floor[nodes] == 0)]
    above = network.above
    up = (np.where(more < root, more, above[more]), np.where(more < root, above[more], more))
    down = (
        np.where(fewer < root, above[fewer], fewer),
        np.where(fewer < root, fewer, above[fewer]),
    )
    return np.concatenate([up[0], down[0]]), np.concatenate([up[1], down[1]])


def longest(arcs: Arcs | Links, start: Worth) -> Worth:
    """Return the longest distances from the nodes that have a start; `LEAST` marks nodes not
    reached. AssertionError where a cycle improves the plan."""
    if not arcs.head.size:
        return start
    heads, starts = np.unique(arcs.head, return_index=True)
    distance = start.copy()
    for _ in range(start.size + 1):
        reach = distance[arcs.tail]
        through = np.where(reach == LEAST, LEAST, reach + arcs.weight)
        best = np.maximum(np.maximum.reduceat(through, starts), distance[heads])
        if np.array_equal(best, distance[heads]):
            return distance
        distance[heads] = best
    raise AssertionError("the plan is not the best one")


def _sorted(tail: Numbers, head: Numbers, weight: Worth, person: Numbers, pair: Numbers) -> Arcs:
    short = head.max(initial=0) < 2**16  # numbers of 16 bits are sorted by radix
    order = np.argsort(head.astype(np.uint16) if short else head, kind="stable")
    return Arcs(tail[order], head[order], weight[order], person[order], pair[order])
