"""The dual side of a plan: longest paths over openings, caps, groups and root, never per seat.

The duals π of the nodes are cumulative (π of the root is 0; an opening's holds all caps above
it, a group's is that of its people with the sign turned). A plan is best exactly when no improving
cycle exists; then the constraints π_b ≥ π_a + weight have solutions, the lowest and the highest of
which are longest paths.
"""

from __future__ import annotations

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matcher.assign.arcs import LEAST, find_links, longest
from matcher.assign.chunks import chunks
from matcher.assign.network import Face, Network, Worth
from matcher.problem import Flags, Numbers

FAR = 2**61
ROWS = 48  # rows of distances that are worked on together


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
    for chunk in chunks(worth.size):
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
