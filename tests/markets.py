"""Random networks under limits of every kind, of hundreds of people."""

from __future__ import annotations

import random

import numpy as np

from matcher.assign.network import Network, Tree
from tests.limited_parts import (
    Hidden,
    draw_pairs,
    draw_parts,
    draw_rows,
    draw_share,
    draw_starts,
    draw_worth,
    tree_of,
    with_floors,
)


def random_market(
    seed: int,
    names: tuple[str, ...],
    *,
    rows: bool = True,
    starts: bool = True,
    divided: bool = False,
    most: int = 300,
) -> Network:
    """Return a network of up to `most` people, with caps, groups and floors of two levels, that
    some plan keeps; of few different scores."""
    draw = random.Random(f"{seed} market")
    people = draw.randint(most // 3, most)
    openings = people // 5
    parts = draw_parts(draw, openings) if divided else []
    tree = _large_seat_tree(draw, openings, parts)
    groups = _large_people_tree(draw, people)
    person, opening = draw_pairs(draw, people, openings, draw.choice([0.05, 0.1, 0.15]))
    hidden = Hidden.drawn(draw, tree, groups, (person, opening), person.size)
    return Network(
        np.arange(people),
        with_floors(draw, tree, hidden.loads, True),
        person,
        opening,
        np.arange(person.size),
        names,
        draw_worth(draw, person.size, names),
        (draw_share(draw, tree, parts, hidden),) if parts else (),
        groups=with_floors(draw, groups, hidden.group_loads, True),
        rows=draw_rows(draw, hidden) if rows else (),
        starts=draw_starts(draw, hidden) if starts else (),
    )


def _large_seat_tree(draw: random.Random, openings: int, parts: list[int]) -> Tree:
    """Return the openings under hosts and regions that hold less than the seats below them."""
    seats = [draw.randint(1, 9) for _ in range(openings)]
    hosts, regions = openings // 2 + 1, 3
    first = openings + len(parts)
    root = first + hosts + regions
    host_of = [first + draw.randrange(hosts) for _ in range(openings)]
    parent = [*host_of, *(host_of[part] for part in parts)]
    for at, part in enumerate(parts):
        parent[part] = openings + at
    parent += [first + hosts + draw.randrange(regions) for _ in range(hosts)]
    parent += [root] * (regions + 1)
    ceiling = [*seats, *(seats[part] for part in parts)]
    ceiling += [draw.randint(0, 12) for _ in range(hosts)]
    ceiling += [draw.randint(openings, 2 * openings) for _ in range(regions)]
    return tree_of(openings, parent, [*ceiling, 0])


def _large_people_tree(draw: random.Random, people: int) -> Tree:
    """Return the people under schools and centres."""
    schools, centres = people // 12 + 1, 4
    root = people + schools + centres
    parent = [people + draw.randrange(schools) for _ in range(people)]
    parent += [people + schools + draw.randrange(centres) for _ in range(schools)]
    parent += [root] * (centres + 1)
    ceiling = [1] * people + [draw.randint(4, 15) for _ in range(schools)]
    ceiling += [draw.randint(people // 6, people // 3) for _ in range(centres)]
    return tree_of(people, parent, [*ceiling, 0])
