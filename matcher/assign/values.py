"""What is read off the duals of the best plan: seat values, and what other pairs would cost.

Where sets are divided the answers are taken over all divisions, and are exact; where `milp` chose
the division they are that division's: seat values may then be too low, losses too great.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matcher.assign.best import Solved, solve_stages
from matcher.assign.divisions import MILP, divisions, fit_division, method_of
from matcher.assign.duals import highest_duals, lowest_duals, moves
from matcher.assign.network import Divided, Network, Worth
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


@dataclass(frozen=True)
class Losses:
    """By pair of the network: what the best plan loses by holding it, a tuple; `exists` is False
    where no plan can hold it."""

    row: Numbers
    loss: Worth
    exists: Flags


def value_seats(network: Network, pair_of: Numbers) -> SeatValues:
    """Return the lowest and highest seat values of the openings under the best plan, and the
    lowest of the caps."""
    ways = _ways(network, pair_of)
    best = _packed(network, pair_of)
    openings, nodes = network.tree.leaves, network.tree.parent.size
    gain = np.zeros(nodes, np.int64)
    cost, exists = np.full(nodes, LEAST), np.zeros(nodes, bool)
    for way, plan in ways:
        held = _packed(way, plan)
        gain = np.maximum(gain, held + lowest_duals(way, plan) - best)
        high, there = highest_duals(way, plan)
        cost = np.maximum(cost, np.where(there, held - high - best, LEAST))
        exists |= there
    of_divided = np.zeros(len(network.divided), np.int64)
    for at, each in enumerate(network.divided):
        for way, plan in _wider_ways(network, pair_of, at):
            held = _packed(way, plan) - best
            of_divided[at] = max(int(of_divided[at]), held)
            _raise_idle(gain, way, held + lowest_duals(way, plan), each)
    unpack = network.packing.unpack
    high = unpack(np.where(exists, -cost, 0)[:openings])
    low = unpack(gain)
    divided = unpack(of_divided)
    return SeatValues(network.names, low[:openings], high, exists[:openings], low, divided)


def weigh_losses(network: Network, pair_of: Numbers) -> Losses:
    """Return what each pair of the network would cost the best plan."""
    best = _packed(network, pair_of)
    loss = np.zeros(network.person.size, np.int64)
    exists = np.zeros(network.person.size, bool)
    for way, plan in _ways(network, pair_of):
        own, found = _losses_of(way, plan)
        own += best - _packed(way, plan)
        loss = np.where(found & (~exists | (own < loss)), own, loss)
        exists |= found
    return Losses(network.row, network.packing.unpack(loss), exists)


def _losses_of(network: Network, pair_of: Numbers) -> tuple[Worth, Flags]:
    """Return the packed loss of each pair on one tree, 0 where no plan holds it."""
    distance, exists = moves(network, pair_of)
    mine = pair_of[network.person]
    at = np.where(mine >= 0, network.opening[mine], network.tree.root)
    here = np.where(mine >= 0, network.packed[mine], 0)
    found = exists[network.opening, at]
    loss: Worth = distance[network.opening, at] + here - network.packed
    return np.where(found, loss, 0), found


def _ways(network: Network, pair_of: Numbers) -> list[Way]:
    """Return the divisions with a best plan of each; only the plan's where they are too many."""
    if not network.divided:
        return [(network, pair_of)]
    if method_of(network) == MILP:
        return [(fit_division(network, pair_of), pair_of)]
    return [_way(solve_stages(way)) for way in divisions(network)]


def _wider_ways(network: Network, pair_of: Numbers, at: int) -> Iterator[Way]:
    """Yield the divisions, with a best plan of each, of a divided set with one place more; only
    those next to the plan's where they are too many."""
    each = network.divided[at]
    if method_of(network) == MILP:
        way = fit_division(network, pair_of)
        for part in each.parts:
            yield _way(solve_stages(_with_ceiling(way, part, int(way.tree.ceiling[part]) + 1)))
        return
    wider = Divided(each.parts, each.ceiling + 1)
    divided = (*network.divided[:at], wider, *network.divided[at + 1 :])
    for way in divisions(replace(network, divided=divided)):
        yield _way(solve_stages(way))


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
    return replace(network, tree=replace(network.tree, ceiling=changed))


def _way(solved: Solved) -> Way:
    return solved.network, solved.pair_of


def _packed(network: Network, pair_of: Numbers) -> int:
    """Return the packed worth of a plan."""
    return int(network.packed[pair_of[pair_of >= 0]].sum())
