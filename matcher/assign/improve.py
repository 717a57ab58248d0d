"""A plan made better, or made to keep floors and limits, move by move, in whole numbers.

A cycle of the residual graph is a chain of moves that leaves every load as it is; a path from one
end of a node's arc to the other changes the load of that node alone. Whichever solver gave the
plan, what stands at the end is exact.
"""

from __future__ import annotations

import numpy as np

from matcher.assign.arcs import LEAST, Links, find_links, tree_arcs
from matcher.assign.network import Face, Network, Worth
from matcher.assign.residual import Residual
from matcher.problem import Numbers

LOOK_EVERY = 4  # sweeps


class Impossible(Exception):
    """No plan keeps every floor, ceiling and limit; owners of `matcher.shortages` say why."""


def improve(network: Network, face: Face, worth: Worth, pair_of: Numbers) -> tuple[Numbers, Worth]:
    """Return a plan of the face with the greatest sum of `worth`, from one of its plans, and
    valid duals of it: improving cycles are taken as long as there are any."""
    pair_of = pair_of.copy()
    while True:
        links = find_links(network, face, worth, pair_of)
        cycle, labels = _improving_cycle(links, network.nodes)
        if not cycle:
            return pair_of, labels - labels[network.tree.root]
        _apply(network, face, worth, pair_of, links.of(cycle))


def restore(network: Network, face: Face, worth: Worth, pair_of: Numbers) -> Numbers:
    """Return the best plan of the face, from a best plan of those that keep only some of its
    floors and ceilings; `Impossible` where the face holds no plan.

    Each step brings one load one nearer to its bounds by the best chain of moves, so that the
    plan stays the best of those with bounds as far away as its own loads.
    """
    if (face.floor > face.ceiling).any():
        raise Impossible
    if face.holds(network.loads(pair_of)):
        return pair_of
    if not face.pairs.any():
        raise Impossible
    plan = Residual(network, face, worth, pair_of)
    while not face.holds(plan.loads):
        short = plan.loads < face.floor
        node = int(np.flatnonzero(short | (plan.loads > face.ceiling))[0])
        if not plan.change_load(node, bool(short[node])):
            raise Impossible
    return plan.pair_of


def _apply(network: Network, face: Face, worth: Worth, pair_of: Numbers, cycle: Links) -> None:
    """Move one person along each link of a cycle, in place, or nobody where a node may hold one
    more or one fewer; no two links have one tail, so that nobody moves twice."""
    tails, heads = tree_arcs(network, face.floor, face.ceiling, network.loads(pair_of))
    idle = set(zip(tails.tolist(), heads.tolist(), strict=True))
    at = np.where(pair_of >= 0, network.opening[pair_of], network.top)
    ends = zip(cycle.tail.tolist(), cycle.head.tolist(), cycle.weight.tolist(), strict=True)
    for tail, head, weight in ends:
        if weight == 0 and (tail, head) in idle:
            continue
        if head < network.tree.leaves:
            pairs = np.flatnonzero((network.opening == head) & face.pairs)
            pairs = pairs[at[network.person[pairs]] == tail]
            mine = pair_of[network.person[pairs]]
            gain = worth[pairs] - np.where(mine >= 0, worth[mine], 0)
            pair = int(pairs[gain == weight][0])
            pair_of[network.person[pair]] = pair
        else:
            here = np.flatnonzero((at == tail) & (network.top == head) & ~face.must_sit)
            here = here[pair_of[here] >= 0]
            pair_of[here[-worth[pair_of[here]] == weight][0]] = -1


def _improving_cycle(links: Links, nodes: int) -> tuple[list[int], Worth]:
    """Return the links of a cycle of weight above 0, none where there is none, and the labels.

    Labels rise from 0; a cycle of the links by which they rose last has a weight above 0.
    """
    distance, by = np.zeros(nodes, np.int64), np.full(nodes, -1, np.int64)
    if not links.head.size:
        return [], distance
    heads, starts, counts = np.unique(links.head, return_index=True, return_counts=True)
    for sweep in range(nodes + LOOK_EVERY + 1):
        through = distance[links.tail] + links.weight
        best = np.maximum.reduceat(through, starts)
        risen = best > distance[heads]
        if not risen.any():
            return [], distance
        reaching = np.flatnonzero(through == np.repeat(np.where(risen, best, LEAST), counts))
        by[links.head[reaching]] = reaching
        distance[heads[risen]] = best[risen]
        cycle = _cycle_of(links, by) if sweep % LOOK_EVERY == LOOK_EVERY - 1 else []
        if cycle:
            if links.weight[cycle].sum() <= 0:
                raise AssertionError("the cycle does not improve the plan")
            return cycle, distance
    raise AssertionError("labels rise without a cycle")


def _cycle_of(links: Links, by: Numbers) -> list[int]:
    """Return the links of a cycle among the links into each node (-1: none), none if there is
    none."""
    step = np.where(by >= 0, links.tail[by], -1)
    colour = np.zeros(by.size, np.int64)
    for first in np.flatnonzero(by >= 0).tolist():
        node = first
        while node >= 0 and not colour[node]:
            colour[node] = first + 1
            node = int(step[node])
        if node >= 0 and colour[node] == first + 1:
            cycle, at = [int(by[node])], int(step[node])
            while at != node:
                cycle.append(int(by[at]))
                at = int(step[at])
            return cycle
    return []
