"""The dual side of a plan: longest paths over openings, caps and root, never per seat.

The duals π of the nodes are cumulative (π of the root is 0; an opening's holds all caps above
it). A plan is best exactly when no improving cycle exists; then the constraints
π_b ≥ π_a + weight have solutions, the lowest and the highest of which are longest paths.
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


@dataclass(frozen=True)
class Arcs:
    """Constraints π[head] ≥ π[tail] + weight, sorted by head."""

    tail: Numbers
    head: Numbers
    weight: Worth

    def reversed(self) -> Arcs:
        """Return the same arcs the other way round."""
        return _sorted(self.head, self.tail, self.weight)


def dual_arcs(network: Network, face: Face, worth: Worth, pair_of: Numbers) -> Arcs:
    """Return the constraints that a plan puts on the duals of the nodes."""
    tree = network.tree
    loads = tree.loads(seated(network, pair_of))
    nodes = np.arange(tree.root)
    floors = nodes[~face.must_fill[:-1]]
    slack = nodes[loads[:-1] < tree.ceiling[:-1]]
    pairs = np.flatnonzero(face.pairs)
    mine = pair_of[network.person[pairs]]
    placed = mine >= 0
    at = np.where(placed, network.opening[mine], tree.root)
    gain = worth[pairs] - np.where(placed, worth[mine], 0)
    other = at != network.opening[pairs]
    may_leave = pair_of[(pair_of >= 0) & ~face.must_sit]
    return _sorted(
        np.concatenate([tree.parent[floors], slack, at[other], network.opening[may_leave]]),
        np.concatenate(
            [
                floors,
                tree.parent[slack],
                network.opening[pairs][other],
                np.full(may_leave.size, tree.root),
            ]
        ),
        np.concatenate(
            [np.zeros(floors.size + slack.size, np.int64), gain[other], -worth[may_leave]]
        ),
    )


def potentials(network: Network, face: Face, worth: Worth, pair_of: Numbers) -> Worth:
    """Return valid duals of the nodes; AssertionError where the plan is not best on the face."""
    arcs = dual_arcs(network, face, worth, pair_of)
    start = np.zeros(network.tree.parent.size, np.int64)
    duals: Worth = _longest(arcs, start)
    lowered: Worth = duals - duals[-1]
    return lowered


def lowest_duals(network: Network, pair_of: Numbers) -> Worth:
    """Return the lowest packed duals: what one more place at a node and above it adds."""
    return potentials(network, Face.whole(network), network.packed, pair_of)


def highest_duals(network: Network, pair_of: Numbers) -> tuple[Worth, Flags]:
    """Return the highest packed duals (what the loss of one place costs) and where they exist."""
    arcs = dual_arcs(network, Face.whole(network), network.packed, pair_of)
    start = np.full(network.tree.parent.size, LEAST)
    start[-1] = 0
    to_root = _longest(arcs.reversed(), start)
    exists = to_root != LEAST
    return np.where(exists, -to_root, 0), exists


def moves(network: Network, pair_of: Numbers) -> tuple[Worth, Flags]:
    """Return the least packed loss of moving one place's worth from node to node (residual
    distances, nodes by nodes) and where a path exists."""
    arcs = dual_arcs(network, Face.whole(network), network.packed, pair_of)
    nodes = network.tree.parent.size
    distance = np.full((nodes, nodes), FAR, np.int64)
    np.minimum.at(distance, (arcs.tail, arcs.head), -arcs.weight)
    distance[np.arange(nodes), np.arange(nodes)] = 0
    for via in range(nodes):
        np.minimum(distance, distance[:, via, None] + distance[via], out=distance)
    return distance, distance < FAR // 2


def peoples_duals(network: Network, worth: Worth, pair_of: Numbers, duals: Worth) -> Worth:
    """Return the duals of the people: what they are worth where they sit less its dual, or 0."""
    placed = pair_of >= 0
    mine = np.where(placed, pair_of, 0)
    if not worth.size:
        return np.zeros(pair_of.size, np.int64)
    return np.where(placed, worth[mine] - duals[network.opening[mine]], 0)


def narrowed(network: Network, face: Face, worth: Worth, pair_of: Numbers) -> tuple[Face, Worth]:
    """Return the face of the plans as good as this one, and the duals that show it."""
    duals = potentials(network, face, worth, pair_of)
    people = peoples_duals(network, worth, pair_of, duals)
    tight = people[network.person] + duals[network.opening] == worth
    steps = duals - duals[network.tree.parent]
    return (
        Face(face.pairs & tight, face.must_sit | (people > 0), face.must_fill | (steps > 0)),
        duals,
    )


def tied_pairs(network: Network, face: Face, pair_of: Numbers) -> tuple[Flags, Flags]:
    """Return which pairs of the face are in some of its plans but not in all, and which people
    are placed in some but not in all.

    `face` must hold exactly the plans as good as `pair_of`. Two ends lie in one strongly
    connected component of the residual graph exactly when an equally good plan differs there.
    """
    tree, people = network.tree, network.people.size
    loads = tree.loads(seated(network, pair_of))
    pairs = np.flatnonzero(face.pairs)
    used = pair_of[network.person[pairs]] == pairs
    person, opening = network.person[pairs], people + network.opening[pairs]
    nodes = np.arange(tree.root)
    loose = ~face.must_fill[:-1]
    up = nodes[loose & (loads[:-1] < tree.ceiling[:-1])]
    down = nodes[loose & (loads[:-1] > 0)]
    out = np.flatnonzero(pair_of < 0)
    leave = np.flatnonzero((pair_of >= 0) & ~face.must_sit)
    root = people + tree.root
    tails = [person[~used], opening[used], people + up, people + tree.parent[down]]
    heads = [opening[~used], person[used], people + tree.parent[up], people + down]
    tails += [np.full(out.size, root), leave]
    heads += [out, np.full(leave.size, root)]
    tail, head = np.concatenate(tails), np.concatenate(heads)
    size = people + tree.parent.size
    graph = coo_array((np.ones(tail.size, np.int8), (tail, head)), shape=(size, size))
    _, part = connected_components(graph, directed=True, connection="strong")
    tied = np.zeros(network.person.size, bool)
    tied[pairs] = part[person] == part[opening]
    return tied, part[:people] == part[root]


def seated(network: Network, pair_of: Numbers) -> Numbers:
    """Return how many people of the plan sit at each opening."""
    taken = network.opening[pair_of[pair_of >= 0]]
    return np.bincount(taken, minlength=network.tree.leaves)


def _sorted(tail: Numbers, head: Numbers, weight: Worth) -> Arcs:
    order = np.argsort(head, kind="stable")
    return Arcs(tail[order], head[order], weight[order])


def _longest(arcs: Arcs, start: Worth) -> Worth:
    """Return the longest distances; `LEAST` marks nodes not reached."""
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
