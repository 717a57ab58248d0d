"""A network in its connected parts: joined by pairs, and by ceilings that can bind."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from matcher.assign.network import Tree
from matcher.problem import Numbers
from matcher.shortlist.network import ListNetwork


def split(network: ListNetwork) -> list[tuple[Numbers, ListNetwork]]:
    """Return each part with its pairs' places in the whole network.

    Pairs that no plan can list are left out, and with them caps that hold as much as lies below
    them in any case; ceilings and `load_max` are no higher than what can come there.
    """
    tree = network.tree
    room = _room(network)
    most = np.minimum(
        network.load_max, network.held + np.bincount(network.person, minlength=network.held.size)
    )
    pairs = np.flatnonzero(
        (most > network.held)[network.person] & (room[: tree.leaves] > 0)[network.opening]
    )
    above = _binding_parents(tree, room)
    people = network.waiting.size
    joined = np.flatnonzero(above[:-1] != tree.root)
    a = np.concatenate([network.person[pairs], people + joined])
    b = np.concatenate([people + network.opening[pairs], people + above[joined]])
    size = people + tree.parent.size
    graph = coo_array((np.ones(a.size, np.int8), (a, b)), shape=(size, size))
    _, part = connected_components(graph, directed=False)
    whole = replace(
        network, load_max=most, tree=Tree.without_floors(tree.leaves, above, room), divided=()
    )
    return [
        (pairs[chunk], _part(whole, pairs[chunk], np.flatnonzero(part == name)))
        for name, chunk in _grouped(part[network.person[pairs]])
    ]


def _room(network: ListNetwork) -> Numbers:
    """Return how many each node can hold: no more than it may, than its children can, than its
    parent can."""
    tree = network.tree
    room = tree.ceiling.astype(np.int64)
    asked = np.bincount(network.opening, minlength=tree.leaves)
    room[: tree.leaves] = np.minimum(room[: tree.leaves], asked)
    below = np.zeros(tree.parent.size, np.int64)
    for node in range(tree.root):
        if node >= tree.leaves:
            room[node] = min(room[node], below[node])
        below[tree.parent[node]] += room[node]
    room[tree.root] = below[tree.root]
    for node in range(tree.root - 1, -1, -1):
        room[node] = min(room[node], room[tree.parent[node]])
    return room


def _binding_parents(tree: Tree, room: Numbers) -> Numbers:
    """Return for each node the nearest node above it that can bind, or the root."""
    below = np.zeros(tree.parent.size, np.int64)
    np.add.at(below, tree.parent[:-1], room[:-1])
    above = tree.parent.copy()
    for node in range(tree.root - 1, -1, -1):
        parent = int(tree.parent[node])
        if parent != tree.root and below[parent] <= room[parent]:
            above[node] = above[parent]
    return above


def _part(network: ListNetwork, pairs: Numbers, members: Numbers) -> ListNetwork:
    """Return a part as a network of its own, from its pairs and its people and nodes (these
    behind the people)."""
    tree, size = network.tree, network.waiting.size
    people = members[members < size]
    nodes = members[members >= size] - size
    used = np.zeros(tree.parent.size, bool)
    used[network.opening[pairs]] = True
    for node in nodes:
        used[tree.parent[node]] |= used[node]
    nodes = nodes[used[nodes] & (nodes != tree.root)]
    openings = nodes[nodes < tree.leaves]
    own = np.full(tree.parent.size, nodes.size, np.int64)
    own[nodes] = np.arange(nodes.size)
    own_person = np.zeros(size, np.int64)
    own_person[people] = np.arange(people.size)
    parent = np.append(own[tree.parent[nodes]], nodes.size)
    ceiling = np.append(tree.ceiling[nodes], 0)
    return ListNetwork(
        tree=Tree.without_floors(openings.size, parent, ceiling),
        person=own_person[network.person[pairs]],
        opening=own[network.opening[pairs]],
        score=network.score[pairs],
        ticket=network.ticket[pairs],
        seats=network.seats[openings],
        taken=network.taken[openings],
        day=network.day[openings],
        waiting=network.waiting[people],
        held=network.held[people],
        load_min=network.load_min[people],
        load_max=network.load_max[people],
    )


def _grouped(parts: Numbers) -> list[tuple[int, Numbers]]:
    """Return the places of each part, by its name."""
    order = np.argsort(parts, kind="stable")
    names, starts = np.unique(parts[order], return_index=True)
    return list(zip(names.tolist(), np.split(order, starts[1:]), strict=False))
