"""Small random networks under limits of every kind, floors on both sides; and brute force."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import numpy as np

from matcher.assign.network import Network, Tree
from matcher.problem import Numbers
from tests.limited_parts import (
    Hidden,
    draw_names,
    draw_pairs,
    draw_parts,
    draw_people_tree,
    draw_rows,
    draw_seat_tree,
    draw_share,
    draw_starts,
    draw_worth,
    with_floors,
)
from tests.networks import Places, Seats


def random_limited(
    seed: int,
    *,
    worst: bool | None = None,
    rows: bool = True,
    starts: bool = True,
    divided: bool = False,
    possible: bool = True,
) -> Network:
    """Return a network of up to 5 people and 4 openings with limits on both sides.

    `worst`: whether the objective has it (None: perhaps). `rows`, `starts` and `divided`: whether
    there may be some. Where not `possible`, floors are drawn as they come, so that perhaps no plan
    keeps them all; otherwise at least one does.
    """
    draw = random.Random(f"{seed} limited")
    people, openings = draw.choice([1, 2, 3, 4, 4, 5, 5, 5]), draw.choice([1, 2, 3, 3, 4, 4])
    parts = draw_parts(draw, openings) if divided else []
    tree = draw_seat_tree(draw, openings, parts)
    groups = draw_people_tree(draw, people)
    person, opening = draw_pairs(draw, people, openings, 0.75)
    names = draw_names(draw, worst)
    worth = draw_worth(draw, person.size, names)
    tries = min(person.size, draw.choice([2, 4, 20, 20]))
    hidden = Hidden.drawn(draw, tree, groups, (person, opening), tries)
    tree = with_floors(draw, tree, hidden.loads, possible)
    groups = with_floors(draw, groups, hidden.group_loads, possible)
    return Network(
        np.arange(people),
        tree,
        person,
        opening,
        np.arange(person.size),
        names,
        worth,
        (draw_share(draw, tree, parts, hidden),) if parts else (),
        groups=groups,
        rows=draw_rows(draw, hidden) if rows else (),
        starts=draw_starts(draw, hidden) if starts else (),
    )


def limited_plans(network: Network) -> Iterator[Seats]:
    """Yield every plan that keeps all limits: each person's pair, -1 for unplaced."""
    options = [
        [-1, *np.flatnonzero(network.person == person).tolist()]
        for person in range(network.people.size)
    ]
    listed = np.array(list(itertools.product(*options)), np.int64)
    kept = np.ones(len(listed), bool)
    seated = _counted(np.append(network.opening, -1)[listed], network.tree.leaves)
    loads, held = _loads(network.tree, seated), _loads(network.groups, np.minimum(listed, 0) + 1)
    for tree, load in ((network.tree, loads), (network.groups, held)):
        kept &= (load[:, :-1] <= tree.ceiling[:-1]).all(axis=1)
        kept &= (load[:, :-1] >= tree.floor[:-1]).all(axis=1)
    if network.closed is not None:
        kept &= ~np.append(network.closed, False)[listed].any(axis=1)
    if network.bound is not None:
        kept &= (listed[:, network.bound] >= 0).all(axis=1)
    for each in network.divided:
        kept &= loads[:, list(each.parts)].sum(axis=1) <= each.ceiling
    for row in network.rows:
        kept &= np.append(row.weight, 0)[listed].sum(axis=1) <= row.most
    for start in network.starts:
        filled = seated[:, start.opening]
        kept &= (filled == 0) | (filled >= start.least)
    yield from (tuple(plan) for plan in listed[kept].tolist())


def value_of(network: Network, plan: Seats | Numbers) -> Places:
    """Return the whole tuple by which plans are compared, `worst` as the people placed and then,
    for each score that a pair of the network has, ascending, less the pairs used of that score."""
    used = [int(pair) for pair in plan if pair >= 0]
    places: list[int] = []
    for at, name in enumerate(network.names):
        column = network.worth[:, at]
        if name == "worst":
            scores = column[used].tolist()
            places += [len(used), *(-scores.count(level) for level in np.unique(column).tolist())]
        else:
            places.append(int(column[used].sum()))
    return tuple(places)


def best_plans(network: Network) -> list[Seats]:
    """Return all plans that are the best before the lottery; none where none keeps the limits."""
    valued = [(value_of(network, plan), plan) for plan in limited_plans(network)]
    best = max((value for value, _ in valued), default=())
    return [plan for value, plan in valued if value == best]


def _counted(opening: Numbers, leaves: int) -> Numbers:
    """Return how many each opening holds, plans by openings."""
    counts: Numbers = (opening[:, :, None] == np.arange(leaves)).sum(axis=1)
    return counts


def _loads(tree: Tree, held: Numbers) -> Numbers:
    """Return how many each node holds, plans by nodes, from those of the leaves."""
    loads = np.zeros((len(held), tree.parent.size), np.int64)
    loads[:, : tree.leaves] = held
    for node in range(tree.root):
        loads[:, tree.parent[node]] += loads[:, node]
    return loads
