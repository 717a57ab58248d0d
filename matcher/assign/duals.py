"""The dual side of a plan: longest paths over openings, caps, groups and root, never per seat.

The duals π of the nodes are cumulative (π of the root is 0; an opening's holds all caps above
it, a group's is that of its people with the sign turned). A plan is best exactly when no improving
cycle exists; then the constraints π_b ≥ π_a + weight have solutions, the lowest and the highest of
which are longest paths.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matcher.assign.network import Face, Network, Worth
from matcher.problem import Flags, Numbers

LEAST = np.iinfo(np.int64).min
FAR = 2**61
LEAVES, STAYS = -1, -2
CHUNK = 1 << 19  # pairs looked at together, for want of memory
ROWS = 48  # rows of distances that are worked on together


@dataclass(frozen=True)
class Links:
    """Constraints π[head] ≥ π[tail] + weight, sorted by head, of two nodes one at most: of the
    arcs between them the one of greatest weight."""

    tail: Numbers
    head: Numbers
    weight: Worth

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

    def reversed(self) -> Arcs:
        """Return the same arcs the other way round."""
        return _sorted(self.head, self.tail, self.weight, self.person, self.pair)


def dual_arcs(network: Network, face: Face, worth: Worth, pair_of: Numbers) -> Arcs:
    """Return the constraints that a plan puts on the duals of the nodes."""
    tails, heads = tree_arcs(network, face.floor, face.ceiling, network.loads(pair_of))
    idle = tails.size
    pairs = np.flatnonzero(face.pairs)
    person = network.person[pairs]
    mine = pair_of[person]
    placed = mine >= 0
    at = np.where(placed, network.opening[mine], network.top[person])
    gain = worth[pairs] - np.where(placed, worth[mine], 0)
    other = at != network.opening[pairs]
    leaver = np.flatnonzero((pair_of >= 0) & ~face.must_sit)
    left = pair_of[leaver]
    return _sorted(
        np.concatenate([tails, at[other], network.opening[left]]),
        np.concatenate([heads, network.opening[pairs][other], network.top[leaver]]),
        np.concatenate([np.zeros(idle, np.int64), gain[other], -worth[left]]),
        np.concatenate([np.full(idle, STAYS), person[other], leaver]),
        np.concatenate([np.full(idle, STAYS), pairs[other], np.full(leaver.size, LEAVES)]),
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
    for start in range(0, network.person.size, CHUNK):
        pairs = start + np.flatnonzero(face.pairs[start : start + CHUNK])
        person, opening = network.person[pairs], network.opening[pairs]
        mine = pair_of[person]
        placed = mine >= 0
        at = np.where(placed, network.opening[mine], network.top[person])
        gain = worth[pairs] - np.where(placed, worth[mine], 0)
        other = at != opening
        moving = Links(at[other], opening[other], gain[other])
        parts.append(_greatest([moving], network.nodes))
    return _greatest(parts, network.nodes)


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


def potentials(network: Network, face: Face, worth: Worth, pair_of: Numbers) -> Worth:
    """Return valid duals of the nodes; AssertionError where the plan is not best on the face."""
    links = find_links(network, face, worth, pair_of)
    duals: Worth = longest(links, np.zeros(network.nodes, np.int64))
    lowered: Worth = duals - duals[network.tree.root]
    return lowered


def lowest_duals(network: Network, pair_of: Numbers) -> Worth:
    """Return what one place more at a node of the tree and in all above it adds, packed."""
    links = find_links(network, Face.whole(network), network.packed, pair_of)
    start = np.full(network.nodes, LEAST)
    start[network.tree.root] = 0
    gain: Worth = np.maximum(longest(links, start), 0)[: network.tree.parent.size]
    return gain


def highest_duals(network: Network, pair_of: Numbers) -> tuple[Worth, Flags]:
    """Return what the loss of one place at a node of the tree costs, packed, and where somebody
    can be displaced."""
    links = find_links(network, Face.whole(network), network.packed, pair_of)
    start = np.full(network.nodes, LEAST)
    start[network.tree.root] = 0
    to_root = longest(links.reversed(), start)[: network.tree.parent.size]
    exists = to_root != LEAST
    return np.where(exists, -to_root, 0), exists


def moves(network: Network, pair_of: Numbers) -> tuple[Worth, Flags]:
    """Return the least packed loss of moving one place's worth from node to node (residual
    distances, nodes by nodes) and where a path exists."""
    links = find_links(network, Face.whole(network), network.packed, pair_of)
    nodes = network.nodes
    distance = np.full((nodes, nodes), FAR, np.int64)
    distance[links.tail, links.head] = -links.weight
    distance[np.arange(nodes), np.arange(nodes)] = 0
    starts = range(0, nodes, ROWS)
    for first in starts:
        through = range(first, min(first + ROWS, nodes))
        own = distance[first : first + ROWS]
        _shorten(own, own, through)
        for start in starts:
            if start != first:
                _shorten(distance[start : start + ROWS], own, through)
    return distance, distance < FAR // 2


def _shorten(distance: Worth, onward: Worth, through: range) -> None:
    """Shorten the distances from some nodes, in place, by the ways through others, `onward` their
    distances in order: once those among these others are the shortest, all at once."""
    for via, rest in zip(through, onward, strict=True):
        np.minimum(distance, distance[:, via, None] + rest, out=distance)


def peoples_duals(network: Network, worth: Worth, pair_of: Numbers, duals: Worth) -> Worth:
    """Return the duals of the people, cumulative: what they are worth where they sit less its
    dual, or their group's."""
    placed = pair_of >= 0
    if not worth.size:
        return -duals[network.top]
    mine = np.where(placed, pair_of, 0)
    return np.where(placed, worth[mine] - duals[network.opening[mine]], -duals[network.top])


def narrow(network: Network, face: Face, worth: Worth, pair_of: Numbers, duals: Worth) -> Face:
    """Return the face of the plans as good as this one, by valid duals."""
    people = peoples_duals(network, worth, pair_of, duals)
    pairs = face.pairs.copy()
    for start in range(0, worth.size, CHUNK):
        chunk = slice(start, start + CHUNK)
        least = people[network.person[chunk]] + duals[network.opening[chunk]]
        pairs[chunk] &= least == worth[chunk]
    own = duals - duals[network.above]
    own[network.tree.root + 1 :] *= -1
    return Face(
        pairs,
        face.must_sit | (people + duals[network.top] > 0),
        np.where(own > 0, face.ceiling, face.floor),
        np.where(own < 0, face.floor, face.ceiling),
    )


def tied_pairs(network: Network, face: Face, pair_of: Numbers) -> tuple[Flags, Flags]:
    """Return which pairs of the face are in some of its plans but not in all, and which people
    are placed in some but not in all.

    `face` must hold exactly the plans as good as `pair_of`.
    """
    people, nodes = tie_groups(network, face, pair_of)
    pairs = np.flatnonzero(face.pairs)
    tied = np.zeros(network.person.size, bool)
    tied[pairs] = people[network.person[pairs]] == nodes[network.opening[pairs]]
    return tied, people == nodes[network.top]


def tie_groups(network: Network, face: Face, pair_of: Numbers) -> tuple[Numbers, Numbers]:
    """Return the group of each person and of each node: two ends of a pair of the face are in one
    group exactly when an equally good plan differs there; people of one group are
    interchangeable.

    The groups are the strongly connected components of the residual graph; `face` must hold
    exactly the plans as good as `pair_of`.
    """
    people, root = network.people.size, network.tree.root
    loads = network.loads(pair_of)
    pairs = np.flatnonzero(face.pairs)
    used = pair_of[network.person[pairs]] == pairs
    person, opening = network.person[pairs], people + network.opening[pairs]
    nodes = np.delete(np.arange(network.nodes), root)
    up = nodes[loads[nodes] < face.ceiling[nodes]]
    down = nodes[loads[nodes] > face.floor[nodes]]
    above = network.above
    out = np.flatnonzero(pair_of < 0)
    leave = np.flatnonzero((pair_of >= 0) & ~face.must_sit)
    tails = [person[~used], opening[used], people + network.top[out], leave]
    heads = [opening[~used], person[used], out, people + network.top[leave]]
    for changing, away in ((up, True), (down, False)):
        lower = people + changing
        upper = people + above[changing]
        outwards = (changing < root) == away
        tails.append(np.where(outwards, lower, upper))
        heads.append(np.where(outwards, upper, lower))
    tail, head = np.concatenate(tails), np.concatenate(heads)
    size = people + network.nodes
    graph = coo_array((np.ones(tail.size, np.int8), (tail, head)), shape=(size, size))
    _, part = connected_components(graph, directed=True, connection="strong")
    return part[:people], part[people:]


def seated(network: Network, pair_of: Numbers) -> Numbers:
    """Return how many people of the plan sit at each opening."""
    taken = network.opening[pair_of[pair_of >= 0]]
    return np.bincount(taken, minlength=network.tree.leaves)


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
