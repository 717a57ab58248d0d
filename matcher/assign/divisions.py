"""Ceilings on sets that cross: shared out among their parts in every way, each way a tree.

The best plan of all is the best of the divisions: exactly, and with the lottery. Where there are
too many to go through, `scipy.optimize.milp` (HiGHS) chooses one, a name of the objective after
the other, and the plan is the best of that division.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from matcher.assign.best import (
    ROUNDS,
    Draw,
    Solved,
    draw_lots,
    find_face,
    solve_stages,
    suffix_of,
    ties_of,
    total_of,
)
from matcher.assign.duals import seated
from matcher.assign.network import Divided, Network, Worth
from matcher.problem import Flags, Numbers

MOST = 64
TREE, EVERY_DIVISION, MILP = "tree", "divided", "milp"


def method_of(network: Network) -> str:
    """Return how the best plan of a network is found: on its tree, as the best of all divisions,
    or in a division that `milp` chooses."""
    if not network.divided:
        return TREE
    return EVERY_DIVISION if count_divisions(network) <= MOST else MILP


def find_best(network: Network, draw: Draw) -> tuple[Numbers, Flags]:
    """Return each person's pair in the best plan (-1: unplaced), and who was decided by lottery;
    see `find_plan`."""
    if method_of(network) == MILP:
        way = choose_division(network, draw("", np.arange(network.person.size)))
        pair_of = draw_lots(solve_stages(way), draw)
        return pair_of, find_ties(network, pair_of)
    equal = _best_of(solve_divisions(network))
    plans = [draw_lots(solved, draw) for solved in equal]
    return _drawn(plans, draw), _ties_among(equal)


def find_ties(network: Network, pair_of: Numbers) -> Flags:
    """Return whom plans as good as this one, before the lottery, would treat otherwise (of the
    division it keeps, where there are too many to go through).

    AssertionError where the plan is not a best one.
    """
    if method_of(network) != EVERY_DIVISION:
        return ties_of(find_face(fit_division(network, pair_of), pair_of))
    find_face(fit_division(network, pair_of), pair_of)
    equal = _best_of(solve_divisions(network))
    if equal[0].total != total_of(network, pair_of):
        raise AssertionError("the plan is not the best one")
    return _ties_among(equal)


def solve_divisions(network: Network) -> list[Solved]:
    """Return every division with a best plan of it."""
    return [solve_stages(way) for way in divisions(network)]


def divisions(network: Network) -> Iterator[Network]:
    """Yield the network of each way to share out the divided ceilings."""
    ways = [list(_shares(each.ceiling, _room(network, each))) for each in network.divided]
    for way in itertools.product(*ways):
        yield divide(network, way)


def divide(network: Network, shares: tuple[tuple[int, ...], ...]) -> Network:
    """Return the network with each divided ceiling shared out among its parts."""
    ceiling = network.tree.ceiling.copy()
    for each, share in zip(network.divided, shares, strict=True):
        ceiling[list(each.parts)] = share
    tree = replace(network.tree, ceiling=ceiling)
    division = bool(network.divided) or network.division
    return replace(network, tree=tree, divided=(), division=division)


def fit_division(network: Network, pair_of: Numbers) -> Network:
    """Return the first division that a plan keeps."""
    loads = network.tree.loads(seated(network, pair_of))
    shares = []
    for each in network.divided:
        share, room = loads[list(each.parts)].tolist(), _room(network, each)
        for at in range(len(share) - 1, -1, -1):
            share[at] += min(room[at] - share[at], each.ceiling - sum(share))
        shares.append(tuple(share))
    return divide(network, tuple(shares))


def count_divisions(network: Network) -> int:
    """Return how many ways there are to share out the divided ceilings."""
    product = 1
    for each in network.divided:
        ways = [1] + [0] * each.ceiling
        for room in _room(network, each):
            ways = [sum(ways[max(0, held - room) : held + 1]) for held in range(len(ways))]
        product *= ways[-1]
    return product


def _room(network: Network, each: Divided) -> list[int]:
    """Return how many each part of a divided set may have."""
    room: list[int] = network.tree.ceiling[list(each.parts)].tolist()
    return room


def _shares(total: int, room: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield the ways to share out a total among parts with so much room, in order."""
    if not room:
        if total == 0:
            yield ()
        return
    for share in range(max(0, total - sum(room[1:])), min(total, room[0]) + 1):
        for rest in _shares(total - share, room[1:]):
            yield (share, *rest)


def _best_of(solved: list[Solved]) -> list[Solved]:
    best = max(one.total for one in solved)
    return [one for one in solved if one.total == best]


def _drawn(plans: list[Numbers], draw: Draw) -> Numbers:
    """Return the plan with the greatest sum of tickets, round by round."""
    for draws in range(1, ROUNDS):
        if all(np.array_equal(plan, plans[0]) for plan in plans):
            return plans[0]
        used = np.unique(np.concatenate([plan[plan >= 0] for plan in plans]))
        worth = draw(suffix_of(draws), used)
        sums = [int(worth[plan[plan >= 0]].sum()) for plan in plans]
        plans = [plan for plan, held in zip(plans, sums, strict=True) if held == max(sums)]
    raise AssertionError("the lottery did not decide")


def _ties_among(equal: list[Solved]) -> Flags:
    """Return whom the best plans of all divisions together treat otherwise."""
    tied = np.logical_or.reduce([ties_of(solved) for solved in equal])
    plans = np.stack([solved.pair_of for solved in equal])
    others: Flags = tied | (plans != plans[0]).any(axis=0)
    return others


def choose_division(network: Network, tickets: Worth) -> Network:
    """Return the division of the plan that HiGHS finds best: of each name of the objective in
    order, then of the tickets.

    Each answer is rounded and checked in whole numbers; one that breaks a ceiling or gives up
    something of an earlier name (floats are not exact) is left out, and the one before stands.
    """
    rows, most = _ceilings(network)
    chosen = np.zeros(network.person.size, bool)
    kept: list[tuple[Worth, int]] = []
    for worth in (*network.worth.T, tickets):
        found = _greatest(rows, most, worth, kept)
        if (rows @ found.astype(np.int64) > most).any():
            break
        if any(int(earlier[found].sum()) < held for earlier, held in kept):
            break
        chosen = found
        kept.append((worth, int(worth[chosen].sum())))
    pair_of = np.full(network.people.size, -1, np.int64)
    pair_of[network.person[chosen]] = np.flatnonzero(chosen)
    return fit_division(network, pair_of)


def _greatest(
    rows: csr_array, most: Numbers, worth: Worth, kept: list[tuple[Worth, int]]
) -> NDArray[np.bool_]:
    """Return the pairs of a plan with the greatest sum of `worth` that gives up nothing kept."""
    bounds = [LinearConstraint(rows, ub=most)]
    if kept:
        earlier = np.stack([one for one, _ in kept])
        bounds.append(LinearConstraint(earlier, lb=[held for _, held in kept]))
    answer = milp(
        -worth.astype(float),
        integrality=np.ones(worth.size, np.int8),
        bounds=Bounds(0, 1),
        constraints=bounds,
        options={"mip_rel_gap": 0},
    )
    if answer.x is None:
        return np.zeros(worth.size, bool)
    return np.asarray(answer.x) > 0.5


def _ceilings(network: Network) -> tuple[csr_array, Numbers]:
    """Return the rows of people, openings, caps and divided ceilings over the pairs, and the most
    that each may hold."""
    tree, pairs = network.tree, np.arange(network.person.size)
    shares = {part: at for at, each in enumerate(network.divided) for part in each.parts}
    first = network.people.size
    cells = [(network.person, pairs)]
    for pair, opening in zip(pairs, network.opening, strict=True):
        path = tree.above(int(opening))
        held = [tree.root + shares[node] if node in shares else node for node in path]
        cells.append((first + np.array(held), np.full(len(held), pair)))
    row = np.concatenate([row for row, _ in cells])
    column = np.concatenate([column for _, column in cells])
    size = first + tree.root + len(network.divided)
    rows = coo_array((np.ones(row.size, np.int64), (row, column)), shape=(size, pairs.size))
    totals = [each.ceiling for each in network.divided]
    most = np.concatenate([np.ones(first, np.int64), tree.ceiling[:-1], totals])
    return csr_array(rows), most.astype(np.int64)
