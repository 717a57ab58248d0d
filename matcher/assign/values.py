"""Seat values: what is read off the duals of the best plan.

Where sets are divided the answers are taken over all divisions, and are exact; where `milp` chose
the division they are that division's: seat values may then be too low.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from matcher.assign.beside import fit_division
from matcher.assign.best import Solved, solve_stages
from matcher.assign.divisions import MILP, TREE, method_of, solve_divisions
from matcher.assign.duals import highest_duals, lowest_duals
from matcher.assign.improve import Impossible, improve, restore
from matcher.assign.network import Divided, Face, Network, Worth
from matcher.problem import Flags, Numbers

Way = tuple[Network, Numbers]
LEAST = np.iinfo(np.int64).min


@dataclass(frozen=True)
class SeatValues:
    """What a seat more adds (`low`) and a seat less costs (`high`, where `exists`): tuples by
    opening, one column per name of the objective.

    `nodes` is what one place more at a node of the tree and in all above it adds, `divided` the
    same of divided sets.
    """

    names: tuple[str, ...]
    low: Worth
    high: Worth
    exists: Flags
    nodes: Worth
    divided: Worth


def value_seats(network: Network, pair_of: Numbers) -> SeatValues:
    """Return the lowest and highest seat values of the openings under the best plan, and the
    lowest of the caps."""
    ways = ways_of(network, pair_of)
    best = packed_total(network, pair_of)
    openings, nodes = network.tree.leaves, network.tree.parent.size
    gain = np.zeros(nodes, np.int64)
    cost, exists = np.full(nodes, LEAST), np.zeros(nodes, bool)
    for way, plan in ways:
        held = packed_total(way, plan)
        gain = np.maximum(gain, held + _gains(way, plan) - best)
        high, there = _costs(way, plan)
        cost = np.maximum(cost, np.where(there, held - high - best, LEAST))
        exists |= there
    of_divided = np.zeros(len(network.divided), np.int64)
    for at, each in enumerate(network.divided):
        for way, plan in _wider_ways(network, pair_of, at):
            held = packed_total(way, plan) - best
            of_divided[at] = max(int(of_divided[at]), held)
            _raise_idle(gain, way, held + _gains(way, plan), each)
    unpack = network.packing.unpack
    high = unpack(np.where(exists, -cost, 0)[:openings])
    low = unpack(gain)
    divided = unpack(of_divided)
    names = network.names[: network.led]
    return SeatValues(names, low[:openings], high, exists[:openings], low, divided)


def _gains(network: Network, pair_of: Numbers) -> Worth:
    """Return what one place more at each node of the tree and in all above it adds, packed: the
    lowest duals; below or at a node with a floor, by the plan made better."""
    gain = lowest_duals(network, pair_of)
    for node in _floored(network, pair_of):
        wider = _with_places(network, node, 1)
        plan, _ = improve(wider, Face.whole(wider), wider.packed, pair_of)
        gain[node] = packed_total(wider, plan) - packed_total(network, pair_of)
    return gain


def _costs(network: Network, pair_of: Numbers) -> tuple[Worth, Flags]:
    """Return what one place fewer costs, packed, and where there can be one fewer; see
    `_gains`."""
    cost, exists = highest_duals(network, pair_of)
    for node in _floored(network, pair_of):
        narrower = _with_places(network, node, -1)
        exists[node] = False
        with suppress(Impossible):
            plan = restore(narrower, Face.whole(narrower), narrower.packed, pair_of)
            cost[node], exists[node] = (
                packed_total(network, pair_of) - packed_total(narrower, plan),
                True,
            )
    return np.where(exists, cost, 0), exists


def _floored(network: Network, pair_of: Numbers) -> list[int]:
    """Return the nodes of the tree that hold just their floor, or stand below one that does."""
    tree = network.tree
    low = (tree.floor > 0) & (network.loads(pair_of)[: tree.parent.size] <= tree.floor)
    for node in range(tree.root - 1, -1, -1):
        low[node] |= low[tree.parent[node]] and tree.parent[node] != tree.root
    return np.flatnonzero(low[: tree.root]).tolist()


def _with_places(network: Network, node: int, change: int) -> Network:
    above = network.tree.above(node)
    ceiling = network.tree.ceiling.copy()
    ceiling[above] += change
    return network.bound_by(tree=replace(network.tree, ceiling=ceiling))


def ways_of(network: Network, pair_of: Numbers) -> list[Way]:
    """Return the divisions with a best plan of each; only the plan's where they are too many."""
    if method_of(network) == TREE:
        return [(network, pair_of)]
    if method_of(network) == MILP:
        return [(fit_division(network, pair_of), pair_of)]
    return [_way(solved) for solved in solve_divisions(network)]


def _wider_ways(network: Network, pair_of: Numbers, at: int) -> Iterator[Way]:
    """Yield the divisions, with a best plan of each, of a divided set with one place more; only
    those next to the plan's where they are too many."""
    each = network.divided[at]
    if method_of(network) == MILP:
        way = fit_division(network, pair_of)
        for part in each.parts:
            wider_part = _with_ceiling(way, part, int(way.tree.ceiling[part]) + 1)
            yield _way(solve_stages(wider_part))
        return
    wider = Divided(each.parts, each.ceiling + 1)
    divided = (*network.divided[:at], wider, *network.divided[at + 1 :])
    with suppress(Impossible):  # the parts may have no room for one more
        for solved in solve_divisions(replace(network, divided=divided)):
            yield _way(solved)


def _raise_idle(gain: Worth, way: Network, held: Worth, each: Divided) -> None:
    """Let nodes below a part with nothing of a widened set have what the others make of it: the
    place more counts above the part, and in the set."""
    parent = way.tree.parent
    for part in each.parts:
        if way.tree.ceiling[part]:
            continue
        below = [node for node in range(way.tree.root) if part in way.tree.above(node)]
        gain[below] = np.maximum(gain[below], held[parent[part]])


def _with_ceiling(network: Network, node: int, ceiling: int) -> Network:
    changed = network.tree.ceiling.copy()
    changed[node] = ceiling
    return network.bound_by(tree=replace(network.tree, ceiling=changed))


def _way(solved: Solved) -> Way:
    return solved.network, solved.pair_of


def packed_total(network: Network, pair_of: Numbers) -> int:
    """Return the packed worth of a plan."""
    return int(network.packed[pair_of[pair_of >= 0]].sum())
