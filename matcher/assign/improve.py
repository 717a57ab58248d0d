"""A plan made better, or made to keep floors and limits, move by move, in whole numbers.

A cycle of the residual graph is a chain of moves that leaves every load as it is; a path from one
end of a node's arc to the other changes the load of that node alone. Whichever solver gave the
plan, what stands at the end is exact.
"""

from __future__ import annotations

import numpy as np

from matcher.assign.arcs import LEAST, LEAVES, STAYS, Arcs, dual_arcs
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
        arcs = dual_arcs(network, face, worth, pair_of)
        cycle, labels = _improving_cycle(arcs, network.nodes)
        if not cycle:
            return pair_of, labels - labels[network.tree.root]
        _apply(arcs, cycle, pair_of)


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


def _apply(arcs: Arcs, path: list[int], pair_of: Numbers) -> None:
    """Move the people along the arcs of a path."""
    for at in path:
        if arcs.pair[at] != STAYS:
            pair_of[arcs.person[at]] = -1 if arcs.pair[at] == LEAVES else arcs.pair[at]


def _improving_cycle(arcs: Arcs, nodes: int) -> tuple[list[int], Worth]:
    """Return the arcs of a cycle of weight above 0, none where there is none, and the labels.

    Labels rise from 0; a cycle of the arcs by which they rose last has a weight above 0.
    """
    distance, by = np.zeros(nodes, np.int64), np.full(nodes, -1, np.int64)
    if not arcs.head.size:
        return [], distance
    heads, starts, counts = np.unique(arcs.head, return_index=True, return_counts=True)
    for sweep in range(nodes + LOOK_EVERY + 1):
        through = distance[arcs.tail] + arcs.weight
        best = np.maximum.reduceat(through, starts)
        risen = best > distance[heads]
        if not risen.any():
            return [], distance
        reaching = np.flatnonzero(through == np.repeat(np.where(risen, best, LEAST), counts))
        by[arcs.head[reaching]] = reaching
        distance[heads[risen]] = best[risen]
        cycle = _cycle_of(arcs, by) if sweep % LOOK_EVERY == LOOK_EVERY - 1 else []
        if cycle:
            if arcs.weight[cycle].sum() <= 0:
                raise AssertionError("the cycle does not improve the plan")
            return cycle, distance
    raise AssertionError("labels rise without a cycle")


def _cycle_of(arcs: Arcs, by: Numbers) -> list[int]:
    """Return the arcs of a cycle among the arcs into each node (-1: none), none if there is
    none."""
    step = np.where(by >= 0, arcs.tail[by], -1)
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
