"""Who reaches a least load above one, and how quotas that cross are divided, chosen by HiGHS.

Each aim in order is made the greatest by `milp`, with the aims before it held. Of each answer only
the choice is taken; the best plan with it is found and weighed in whole numbers, and where it is
no better than the one before (floats are not exact), that one stands. Among choices equal in every
other aim the greatest sum of tickets is not promised: the lottery decides within a choice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import coo_array, csr_array

from matcher.assign import fit_division
from matcher.problem import Flags, Numbers
from matcher.shortlist.flow import solve_tree
from matcher.shortlist.network import ListNetwork
from matcher.shortlist.places import SQUARES
from matcher.shortlist.quotas import quotas_of
from matcher.shortlist.worth import count_levels, total_of

NODES = 200
"""Branches after which HiGHS gives the best plan it has, so that every run ends, and alike."""
COARSE = 20
"""Bits of a ticket that HiGHS is not shown: floats would not tell them apart."""
Cells = tuple[NDArray[Any], NDArray[Any], NDArray[Any]]


def choose_plan(network: ListNetwork, start: Flags) -> Flags:
    """Return the best plan that HiGHS's choices lead to, no worse than the one given."""
    model = _model(network)
    best, total = start, total_of(network, start)
    held: list[LinearConstraint] = []
    for place, aim in enumerate(model.aims):
        if not aim.any():
            continue
        most = model.before[place] + int(np.maximum(aim * model.upper, 0).sum())
        if place == len(model.aims) + SQUARES:
            most = min(most, model.before[place] + _most_even(network, model, best, total[1]))
        found = _greatest(model, aim, held) if total[place] < most else None
        if found is not None:
            plan = _best_with(network, *found)
            best, total = max(
                (best, total), (plan, total_of(network, plan)), key=lambda one: one[1]
            )
        if place == len(model.aims) - 1:
            break
        held.append(LinearConstraint(aim[None], lb=total[place] - model.before[place]))
    return best


def _most_even(network: ListNetwork, model: _Model, plan: Flags, loaded: int) -> int:
    """Return the most of the fifth aim that as many lists as a plan has could have with so many
    people loaded, if anybody could come onto any list."""
    need = np.maximum(network.load_min - network.held, 0)
    cost = -model.aims[SQUARES][model.steps]
    who, one, columns = model.who, np.ones(model.who.size), np.arange(model.who.size)
    each = np.arange(need.size)
    last = np.full(need.size, need.size)
    cells = _joined(
        (who, columns, -one),
        (each, who.size + each, need),
        (last, who.size + each, -np.ones(need.size)),
    )
    rows, most = _stacked([(cells, np.append(0 * need, -loaded))], who.size + need.size)
    lists = np.append(one, 0 * need)[None]
    answer = milp(
        np.append(cost, 0 * need).astype(float),
        integrality=np.append(0 * who, need > 0),
        bounds=Bounds(0, 1),
        constraints=[LinearConstraint(rows, ub=most), LinearConstraint(lists, *[plan.sum()] * 2)],
        options={"mip_rel_gap": 0, "node_limit": NODES},
    )
    return -math.ceil((answer.mip_dual_bound or 0) - 0.5)


def _best_with(network: ListNetwork, loaded: Flags, plan: Flags) -> Flags:
    """Return the best plan in the division that a plan keeps, with these people loaded (those
    who need no list for it left aside).

    Nobody else counts as loaded here, and each list up to the least load counts one: so as many
    count as can only where all of them reach theirs.
    """
    tree = network.tree
    if network.divided:
        tree = fit_division(quotas_of(network), np.flatnonzero(plan)).tree
    load_min: Numbers = np.where(loaded, network.load_min, 0)
    return solve_tree(replace(network, tree=tree, divided=(), load_min=load_min))


@dataclass(frozen=True)
class _Model:
    """Columns: the pairs; who waits no longer; who is loaded; each opening's new units of each
    level; each person's first, second, … new list. Rows are at most `most`. By aim the columns'
    worths, and what there is `before`; `who` has the `steps` of lists."""

    rows: csr_array
    most: Numbers
    upper: Numbers
    whole: NDArray[np.int8]
    pairs: int
    loaded: slice
    steps: slice
    who: Numbers
    aims: tuple[NDArray[np.int64], ...]
    before: tuple[int, ...]


def _greatest(
    model: _Model, aim: NDArray[np.int64], held: list[LinearConstraint]
) -> tuple[Flags, Flags] | None:
    """Return who is loaded and which pairs are listed in the plan that HiGHS finds best; None
    where it finds none."""
    answer = milp(
        -aim.astype(float),
        integrality=model.whole,
        bounds=Bounds(0, model.upper),
        constraints=[LinearConstraint(model.rows, ub=model.most), *held],
        options={"mip_rel_gap": 0, "node_limit": NODES},
    )
    if answer.x is None:
        return None
    chosen = np.asarray(answer.x) > 0.5
    return chosen[model.loaded], chosen[: model.pairs]


def _model(network: ListNetwork) -> _Model:
    people, openings = network.held.size, network.tree.leaves
    pairs, levels = network.person.size, count_levels(network)
    asked = np.bincount(network.person, minlength=people)
    units = np.clip(network.load_max - network.held, 0, asked)
    who, unit = _steps(units)
    first = pairs + np.array([0, people, 2 * people, 2 * people + levels * openings])
    size = int(first[3]) + who.size
    need = np.maximum(network.load_min - network.held, 0)
    taken = [_level(network, network.taken, level) for level in range(levels)]
    upper = np.concatenate(
        [
            np.ones(pairs, np.int64),
            network.waiting & (network.held == 0),
            need > 0,
            *(network.seats - own for own in taken),
            np.ones(who.size, np.int64),
        ]
    )
    each, own = np.arange(people), np.arange(pairs)
    one = np.ones(pairs, np.int64)
    blocks: list[tuple[Cells, Numbers]] = [
        (_joined((network.person, own, -one), (each, first[0] + each, np.ones(people))), 0 * each),
        (_joined((network.person, own, -one), (each, first[1] + each, need)), 0 * each),
        *_equal((network.person, own, one), (who, first[3] + np.arange(who.size)), people),
        *_equal(
            (network.opening, own, one),
            (np.tile(np.arange(openings), levels), first[2] + np.arange(levels * openings)),
            openings,
        ),
        *_ceilings(network),
    ]
    rows, most = _stacked(blocks, size)
    loaded = slice(int(first[1]), int(first[2]))
    whole = np.zeros(size, np.int8)
    whole[loaded] = 1
    whole[:pairs] = bool(network.divided)
    steps = slice(int(first[3]), size)
    aims = _aims(network, first, who, unit, taken)
    return _Model(rows, most, upper, whole, pairs, loaded, steps, who, *aims)


def _aims(
    network: ListNetwork, first: Numbers, who: Numbers, unit: Numbers, taken: list[Numbers]
) -> tuple[tuple[NDArray[np.int64], ...], tuple[int, ...]]:
    """Return the columns' worths by aim, and what of each aim there is without them."""
    people, openings, pairs = network.held.size, network.tree.leaves, network.person.size
    lists = network.held[who] + unit
    parts: list[tuple[int, Numbers]] = [(int(first[0]), np.ones(people, np.int64))]
    parts.append((int(first[1]), np.ones(people, np.int64)))
    for level in range(len(taken)):
        parts.append((int(first[2]) + level * openings, np.ones(openings, np.int64)))
    parts += [(0, network.score), (int(first[3]), -(2 * lists + 1)), (0, network.ticket >> COARSE)]
    aims = []
    for start, worths in parts:
        aim = np.zeros(int(first[3]) + who.size, np.int64)
        aim[start : start + worths.size] = worths
        aims.append(aim)
    return tuple(aims), total_of(network, np.zeros(pairs, bool))


def _level(network: ListNetwork, listed: Numbers, level: int) -> Numbers:
    """Return how many units of a level (from 0) lists of these sizes have."""
    units: Numbers = np.clip(listed - level * network.seats, 0, network.seats)
    return units


def _steps(sizes: Numbers) -> tuple[Numbers, Numbers]:
    """Return 0 0 1 2 2 2 and 0 1 0 0 1 2 for the sizes 2 1 3."""
    who = np.repeat(np.arange(sizes.size), sizes)
    return who, np.arange(who.size) - np.repeat(np.cumsum(sizes) - sizes, sizes)


def _joined(*cells: Cells) -> Cells:
    row, column, value = zip(*cells, strict=True)
    return np.concatenate(row), np.concatenate(column), np.concatenate(value)


def _equal(left: Cells, right: tuple[Numbers, Numbers], rows: int) -> list[tuple[Cells, Numbers]]:
    """Return the rows that make two sums equal."""
    row, column, value = _joined(left, (*right, -np.ones(right[0].size, np.int64)))
    zero = np.zeros(rows, np.int64)
    return [((row, column, value), zero), ((row, column, -value), zero)]


def _ceilings(network: ListNetwork) -> list[tuple[Cells, Numbers]]:
    """Return the rows of nodes, divided sets, and people's days."""
    tree = network.tree
    below = np.zeros((tree.parent.size, tree.leaves), bool)
    below[np.arange(tree.leaves), np.arange(tree.leaves)] = True
    for node in range(tree.root):
        below[tree.parent[node]] |= below[node]
    divided = [below[list(each.parts)].any(axis=0) for each in network.divided]
    held = np.array([*below[:-1], *divided]).reshape(-1, tree.leaves)
    row, pair = np.nonzero(held[:, network.opening])
    most = np.append(tree.ceiling[:-1], [each.ceiling for each in network.divided])
    day = network.day[network.opening]
    dated = np.flatnonzero(day >= 0)
    _, own = np.unique(np.stack([network.person, day])[:, dated], axis=1, return_inverse=True)
    return [
        ((row, pair, np.ones(pair.size)), most.astype(np.int64)),
        ((own, dated, np.ones(dated.size)), np.ones(int(own.max(initial=-1)) + 1, np.int64)),
    ]


def _stacked(blocks: list[tuple[Cells, Numbers]], columns: int) -> tuple[csr_array, Numbers]:
    row, column, value, most = [], [], [], []
    start = 0
    for cells, own in blocks:
        row.append(cells[0] + start)
        column.append(cells[1])
        value.append(cells[2])
        most.append(own)
        start += own.size
    at = (np.concatenate(row), np.concatenate(column))
    rows = coo_array((np.concatenate(value), at), shape=(start, columns))
    return csr_array(rows), np.concatenate(most)
