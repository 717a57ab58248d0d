"""The best plan of one whole number on a face, by `scipy.optimize.linear_sum_assignment`.

Columns are seats, and an own "unplaced" column for everybody who need not sit; a forbidden cell is
`inf`. A cap below its children's ceilings gets *blockers*: rows that must sit below it and so
shut the seats that are too many. Where nodes must be full every seat must be covered: seats that
may stay empty get a vacancy each, and filler rows make the matrix square.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matcher.assign.network import Face, Network, Tree, Worth
from matcher.problem import Numbers

EXACT = 2**53


def solve_face(network: Network, face: Face, worth: Worth) -> Numbers:
    """Return each person's pair (-1: unplaced) in a plan of the face with the greatest sum of
    `worth`."""
    pair_of = np.full(network.people.size, -1, np.int64)
    pairs = np.flatnonzero(face.pairs)
    room = _room(network, face, pairs)
    person_part, node_part = _components(network, face, pairs, room)
    nodes_of = _grouped(node_part)
    for part, chunk in _grouped(person_part[network.person[pairs]]).items():
        _solve_part(network, face, worth, room, pairs[chunk], nodes_of[part], pair_of)
    return pair_of


def _solve_part(
    network: Network,
    face: Face,
    worth: Worth,
    room: Numbers,
    pairs: Numbers,
    nodes: Numbers,
    pair_of: Numbers,
) -> None:
    """Solve one component and write its pairs into `pair_of`."""
    tree = network.tree
    people, row = np.unique(network.person[pairs], return_inverse=True)
    openings = nodes[nodes < tree.leaves]
    seat = np.repeat(openings, room[openings])
    seats_of = {int(o): np.flatnonzero(seat == o) for o in openings}
    cost = np.full((people.size, seat.size + people.size), np.inf)
    pair_at = np.full((people.size, tree.leaves), -1, np.int64)
    pair_at[row, network.opening[pairs]] = pairs
    for pair, at in zip(pairs, row, strict=True):
        cost[at, seats_of[int(network.opening[pair])]] = -worth[pair]
    free = np.flatnonzero(~face.must_sit[people])
    cost[free, seat.size + free] = 0
    cost = np.vstack([cost, _blockers(tree, face, room, nodes, seat, people.size)])
    if face.must_fill[nodes].any():
        cost = _squared(tree, face, cost, seat)
    if cost.shape[0] * int(np.abs(worth[pairs]).max()) >= EXACT:
        raise OverflowError("the batch is too large for exact floats")
    rows, columns = linear_sum_assignment(cost)
    for at, column in zip(rows, columns, strict=True):
        if at < people.size and column < seat.size:
            pair_of[people[at]] = pair_at[at, seat[column]]


def _room(network: Network, face: Face, pairs: Numbers) -> Numbers:
    """Return how many people each node can hold: its ceiling, its children's room, and at an
    opening the people who may sit there."""
    tree = network.tree
    askers = np.bincount(network.opening[pairs], minlength=tree.leaves)
    room = np.zeros(tree.parent.size, np.int64)
    room[: tree.leaves] = np.where(
        face.must_fill[: tree.leaves],
        tree.ceiling[: tree.leaves],
        np.minimum(tree.ceiling[: tree.leaves], askers),
    )
    for node in range(tree.root):
        if node >= tree.leaves:
            room[node] = min(room[node], tree.ceiling[node])
        room[tree.parent[node]] += room[node]
    return room


def _blockers(
    tree: Tree, face: Face, room: Numbers, nodes: Numbers, seat: Numbers, people: int
) -> NDArray[np.float64]:
    """Return the rows that shut the seats a cap leaves over: they must sit below it, and not
    below a node that must be full."""
    rows = []
    below = np.zeros(tree.parent.size, np.int64)
    np.add.at(below, tree.parent[:-1], room[:-1])
    for cap in nodes[nodes >= tree.leaves]:
        row = np.full(seat.size + people, np.inf)
        row[: seat.size][[_may_stay_empty(tree, face, int(o), int(cap)) for o in seat]] = 0
        rows += [row] * int(below[cap] - room[cap])
    return np.array(rows).reshape(-1, seat.size + people)


def _may_stay_empty(tree: Tree, face: Face, opening: int, top: int) -> bool:
    """Whether `top` is above `opening` with no node that must be full on the way."""
    path = [*tree.above(opening), tree.root]
    return top in path and not face.must_fill[path[: path.index(top)]].any()


def _squared(
    tree: Tree, face: Face, cost: NDArray[np.float64], seat: Numbers
) -> NDArray[np.float64]:
    """Return the matrix made square, so that every seat is covered."""
    idle = [at for at, o in enumerate(seat) if _may_stay_empty(tree, face, int(o), tree.root)]
    rows, columns = cost.shape
    vacancies = np.full((len(idle), columns + len(idle)), np.inf)
    vacancies[np.arange(len(idle)), idle] = 0
    vacancies[np.arange(len(idle)), columns + np.arange(len(idle))] = 0
    cost = np.hstack([cost, np.full((rows, len(idle)), np.inf)])
    fillers = np.full((columns - rows, columns + len(idle)), np.inf)
    fillers[:, seat.size :] = 0
    return np.vstack([cost, vacancies, fillers])


def _components(
    network: Network, face: Face, pairs: Numbers, room: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the component of each person and node: joined by pairs, and by caps that can bind."""
    tree, people = network.tree, network.people.size
    below = np.zeros(tree.parent.size, np.int64)
    np.add.at(below, tree.parent[:-1], room[:-1])
    joins = face.must_fill | (below > room)
    joins[tree.root] = False
    for node in range(tree.root - 1, -1, -1):
        joins[node] |= joins[tree.parent[node]]
    joined = np.flatnonzero(joins[tree.parent[:-1]])
    a = np.concatenate([network.person[pairs], people + joined])
    b = np.concatenate([people + network.opening[pairs], people + tree.parent[joined]])
    size = people + tree.parent.size
    graph = coo_array((np.ones(a.size, np.int8), (a, b)), shape=(size, size))
    _, part = connected_components(graph, directed=False)
    return part[:people], part[people:]


def _grouped(parts: Numbers) -> dict[int, Numbers]:
    """Return the places of each part, by its name."""
    order = np.argsort(parts, kind="stable")
    names, starts = np.unique(parts[order], return_index=True)
    groups = np.split(order, starts[1:])
    return {int(name): group for name, group in zip(names, groups, strict=False)}
