"""Small random networks with ties, nested caps and any order of objectives; and brute force."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator

import numpy as np

from matcher.assign.network import Network, Tree, Worth
from matcher.problem import Numbers

Places = tuple[int, ...]
Seats = tuple[int, ...]


def random_network(seed: int) -> Network:
    """Return a network of up to 5 people and 4 openings, often with two levels of caps."""
    draw = random.Random(seed)
    people, openings = draw.randint(1, 5), draw.randint(1, 4)
    seats = [draw.choice([0, 1, 1, 2]) for _ in range(openings)]
    tree = _random_tree(draw, seats)
    order = draw.choice([("placements", "score"), ("score", "placements"), ("score",)])
    greatest = draw.choice([1, 3, 9])
    alike = draw.random() < 0.3
    scores = np.array(
        [[draw.randint(0, greatest) for _ in range(openings)] for _ in range(people)], np.int64
    )
    if alike:
        scores[:] = scores[0]
    allowed = np.array([[draw.random() < 0.75 for _ in range(openings)] for _ in range(people)])
    person, opening = np.nonzero(allowed)
    worth = {
        "placements": np.ones(person.size, np.int64),
        "score": scores[person, opening] - draw.choice([0, 0, 1, 2]),
    }
    return Network(
        np.arange(people),
        tree,
        person,
        opening,
        np.arange(person.size),
        order,
        np.stack([worth[name] for name in order], axis=1),
    )


def plain_tree(parent: list[int], ceiling: list[int], openings: int) -> Tree:
    """Return a tree from lists; the root is the last node."""
    return Tree(openings, np.array(parent, np.int64), np.array(ceiling, np.int64))


def _random_tree(draw: random.Random, seats: list[int]) -> Tree:
    openings = len(seats)
    hosts = draw.randint(0, openings)
    if not hosts:
        return plain_tree([openings] * (openings + 1), [*seats, 0], openings)
    region = draw.random() < 0.5
    host_of = [draw.randrange(hosts) for _ in range(openings)]
    root = openings + hosts + region
    parent = [openings + host for host in host_of]
    parent += [root - 1 if region and draw.random() < 0.7 else root for _ in range(hosts)]
    parent += [root] * region + [root]
    ceiling = [*seats, *(draw.randint(0, 3) for _ in range(hosts))]
    ceiling += [draw.randint(0, 4)] * region + [0]
    return plain_tree(parent, ceiling, openings)


def plans(network: Network) -> Iterator[Seats]:
    """Yield every plan that keeps all ceilings: each person's pair, -1 for unplaced."""
    options = [
        [-1, *np.flatnonzero(network.person == person).tolist()]
        for person in range(network.people.size)
    ]
    tree = network.tree
    for plan in itertools.product(*options):
        seated = np.bincount(
            [network.opening[pair] for pair in plan if pair >= 0], minlength=tree.openings
        )
        if (tree.loads(seated)[:-1] <= tree.ceiling[:-1]).all():
            yield plan


def total(worth: Worth, plan: Seats | Numbers) -> Places:
    """Return the sum of the worth of a plan's pairs, place by place."""
    return tuple(int(x) for x in worth[[pair for pair in plan if pair >= 0]].sum(axis=0))


def with_ceilings(network: Network, nodes: list[int], change: int) -> Network:
    """Return the network with the ceilings of some nodes changed."""
    ceiling = network.tree.ceiling.copy()
    ceiling[nodes] += change
    tree = Tree(network.tree.openings, network.tree.parent, ceiling)
    return Network(
        network.people,
        tree,
        network.person,
        network.opening,
        network.row,
        network.names,
        network.worth,
    )
