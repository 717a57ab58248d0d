"""Small random networks with ties, nested caps and any order of objectives; and brute force."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from matcher.assign.nesting import Nesting, nest_ceilings
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
    return _random_pairs(draw, tree, people, openings)


def _random_pairs(draw: random.Random, tree: Tree, people: int, openings: int) -> Network:
    """Return a network with pairs of random worth, often alike."""
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
        groups=Tree.plain(np.ones(people, np.int64)),
    )


def plain_tree(parent: list[int], ceiling: list[int], openings: int) -> Tree:
    """Return a tree from lists; the root is the last node."""
    return Tree.without_floors(openings, np.array(parent, np.int64), np.array(ceiling, np.int64))


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
            [network.opening[pair] for pair in plan if pair >= 0], minlength=tree.leaves
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
    tree = replace(network.tree, ceiling=ceiling)
    return replace(network, tree=tree)


Sets = list[tuple[frozenset[int], int]]


def random_quotas(seed: int) -> tuple[Network, Nesting, Sets]:
    """Return a network of up to 4 people and 5 openings under the sets of a host: stages that
    do not meet, and totals (construction, care by establishment) that cross them; the nesting of
    the sets, and the sets with their ceilings."""
    draw = random.Random(seed)
    openings = draw.randint(2, 5)
    seats = np.array([draw.choice([1, 1, 2, 2]) for _ in range(openings)], np.int64)
    stage = [draw.randint(1, 3 if draw.random() < 0.2 else 2) for _ in range(openings)]
    kinds = draw.choice([["other", "built", "built"], ["other", "E1"], ["built", "E1", "E2"]])
    kind = [draw.choice(kinds) for _ in range(openings)]
    sets: Sets = []
    for number in (1, 2, 3):
        sets.append((_where(stage, number), draw.choice([0, 1, 2, 2, 3])))
    sets.append((_where(kind, "built"), draw.choice([0, 1, 2, 2, 3])))
    for home in ("E1", "E2"):
        own = _where(kind, home)
        sets.append((own & _where(stage, 1), draw.randint(0, 3)))
        sets.append((own, draw.choice([0, 1, 2, 2, 3])))
    sets = [(members, ceiling) for members, ceiling in sets if members]
    nesting = nest_ceilings(seats, sets)
    network = _random_pairs(draw, nesting.tree, draw.randint(2, 4), openings)
    return replace(network, divided=nesting.divided), nesting, sets


def _where(labels: Sequence[object], label: object) -> frozenset[int]:
    return frozenset(place for place, own in enumerate(labels) if own == label)


def quota_plans(network: Network, sets: Sets) -> list[Seats]:
    """Return every plan that keeps seats and sets: each person's pair, -1 for unplaced."""
    openings = network.tree.leaves
    seats = network.tree.ceiling[:openings].tolist()
    tree = plain_tree([openings] * (openings + 1), [*seats, 0], openings)
    return [
        plan
        for plan in plans(replace(network, tree=tree, divided=()))
        if all(
            sum(network.opening[pair] in members for pair in plan if pair >= 0) <= ceiling
            for members, ceiling in sets
        )
    ]


def raised(
    network: Network, sets: Sets, members: frozenset[int], change: int, opening: int | None = None
) -> list[Seats]:
    """Return the plans with the ceilings of all sets that hold `members` changed, and the seats
    of an opening."""
    ceiling = network.tree.ceiling.copy()
    if opening is not None:
        ceiling[opening] += change
    tree = replace(network.tree, ceiling=ceiling)
    changed = [(own, held + change if members <= own else held) for own, held in sets]
    return quota_plans(replace(network, tree=tree), changed)
