"""The best plan of one whole number on a face, by an assignment of each component (`cells`).

Columns are seats, and an own "unplaced" column for everybody who need not sit. A cap below its
children's ceilings gets *blockers*: rows that must sit below it and so shut the seats that are too
many. Where nodes must be full every seat must be covered, by a vacancy where it may stay empty.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matcher.assign.cells import Cells, Form, Matrix
from matcher.assign.improve import Impossible, restore
from matcher.assign.network import Face, Network, Tree, Worth
from matcher.assign.pricing import solve_priced
from matcher.problem import Flags, Numbers

EXACT = 2**53


@dataclass(frozen=True)
class Block:
    """One component, laid out once, whatever its pairs are worth; a pair has as many cells
    (`repeats`) as its opening has seats.

    The first rows are the `people`, the first columns the seats of the openings in `seat`.
    """

    people: Numbers
    seat: Numbers
    pairs: Numbers
    repeats: Numbers
    laid_out: Matrix | Cells
    leaves: int

    def choose(self, network: Network, gain: Worth | NDArray[np.float64], pair_of: Numbers) -> None:
        """Write into `pair_of` the pairs of the greatest sum of `gain` (by pair of the network;
        -inf: not allowed); `Impossible` where seats that must be full cannot be."""
        rows, columns = self.laid_out.choose(np.repeat(gain[self.pairs], self.repeats))
        seated = (rows < self.people.size) & (columns < self.seat.size)
        people, seats = self.people[rows[seated]], self.seat[columns[seated]]
        keys = (
            network.person[self.pairs].astype(np.int64) * self.leaves + network.opening[self.pairs]
        )
        pair_of[people] = self.pairs[np.searchsorted(keys, people * self.leaves + seats)]


def solve_face(network: Network, face: Face, worth: Worth) -> Numbers:
    """Return each person's pair (-1: unplaced) in a plan of the face with the greatest sum of
    `worth`; `Impossible` where the face holds no plan."""
    return solve_priced(network, face, worth, _solve_whole)


def _solve_whole(network: Network, face: Face, worth: Worth) -> Numbers:
    """Return the plan from all pairs of the face.

    Floors and the people's groups are no columns of the matrix: the best plan without them is
    then restored to keep them.
    """
    pair_of = np.full(network.people.size, -1, np.int64)
    for block in lay_out(network, face):
        if block.laid_out.greatest(worth[block.pairs]) >= EXACT:
            raise OverflowError("the batch is too large for exact floats")
        block.choose(network, worth, pair_of)
    return restore(network, face, worth, pair_of)


def lay_out(network: Network, face: Face) -> Iterator[Block]:
    """Yield the components of a face as matrices; `Impossible` where somebody who must sit has no
    pair."""
    pairs = np.flatnonzero(face.pairs)
    seatable = np.bincount(network.person[pairs], minlength=network.people.size) > 0
    if (face.must_sit & ~seatable).any():
        raise Impossible
    room = _room(network, face, pairs)
    person_part, node_part = _components(network, face, pairs, room)
    nodes_of = _grouped(node_part)
    for part, chunk in _grouped(person_part[network.person[pairs]]).items():
        yield _lay_out_part(network, face, room, pairs[chunk], nodes_of[part])


def _lay_out_part(
    network: Network, face: Face, room: Numbers, pairs: Numbers, nodes: Numbers
) -> Block:
    tree = network.tree
    people, row = np.unique(network.person[pairs], return_inverse=True)
    openings = nodes[nodes < tree.leaves]
    seat = np.repeat(openings, room[openings])
    first = np.zeros(tree.leaves, np.int64)
    first[openings] = np.cumsum(room[openings]) - room[openings]
    seats = room[network.opening[pairs]]
    order = np.arange(seats.sum()) - np.repeat(np.cumsum(seats) - seats, seats)
    column = np.repeat(first[network.opening[pairs]], seats) + order
    blocked = _blockers(tree, face, room, nodes, seat)
    stays = np.append(~face.must_sit[people], np.zeros(len(blocked), bool))
    full = must_fill(face)
    idle = _may_stay_empty(tree, full, tree.root)[seat] if full[nodes].any() else None
    form = Form(np.repeat(row, seats), column, stays, blocked, idle)
    return Block(people, seat, pairs, seats, form.lay_out(), tree.leaves)


def must_fill(face: Face) -> Flags:
    """Return which nodes must hold all they may."""
    filled: Flags = (face.floor == face.ceiling) & (face.ceiling > 0)
    return filled


def _room(network: Network, face: Face, pairs: Numbers) -> Numbers:
    """Return how many people each node can hold: its ceiling, its children's room, and at an
    opening the people who may sit there."""
    tree, ceiling = network.tree, face.ceiling
    askers = np.bincount(network.opening[pairs], minlength=tree.leaves)
    room = np.zeros(tree.parent.size, np.int64)
    leaves = slice(tree.leaves)
    full = must_fill(face)[leaves]
    room[leaves] = np.where(full, ceiling[leaves], np.minimum(ceiling[leaves], askers))
    for node in range(tree.root):
        if node >= tree.leaves:
            room[node] = min(room[node], ceiling[node])
        room[tree.parent[node]] += room[node]
    return room


def _blockers(tree: Tree, face: Face, room: Numbers, nodes: Numbers, seat: Numbers) -> Flags:
    """Return, a row each, which seats may be shut by those that shut what a cap leaves over: they
    must sit below it, and not below a node that must be full."""
    rows = []
    below = np.zeros(tree.parent.size, np.int64)
    np.add.at(below, tree.parent[:-1], room[:-1])
    full = must_fill(face)
    for cap in nodes[nodes >= tree.leaves]:
        over = int(below[cap] - room[cap])
        if over:
            rows += [_may_stay_empty(tree, full, int(cap))[seat]] * over
    return np.array(rows, bool).reshape(len(rows), seat.size)


def _may_stay_empty(tree: Tree, full: Flags, top: int) -> Flags:
    """Return which openings stand below `top` with no node that must be full on the way."""
    open_to = np.zeros(tree.parent.size, bool)
    open_to[top] = True
    for node in range(top - 1, -1, -1):
        open_to[node] = open_to[tree.parent[node]] and not full[node]
    return open_to[: tree.leaves]


def _components(
    network: Network, face: Face, pairs: Numbers, room: Numbers
) -> tuple[Numbers, Numbers]:
    """Return the component of each person and node: joined by pairs, and by caps that can bind."""
    tree, people = network.tree, network.people.size
    below = np.zeros(tree.parent.size, np.int64)
    np.add.at(below, tree.parent[:-1], room[:-1])
    joins = must_fill(face)[: tree.parent.size] | (below > room)
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
