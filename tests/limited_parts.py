"""What random networks under limits are drawn from, around a hidden plan that keeps them all."""

from __future__ import annotations

import itertools
import random
from dataclasses import dataclass

import numpy as np

from matcher.assign.network import Divided, Row, Start, Tree, Worth
from matcher.problem import Numbers

NAMES = ("placements", "score", "worst", "keep")
ORDERS = [order for size in (1, 2, 3, 4) for order in itertools.permutations(NAMES, size)]


@dataclass(frozen=True)
class Hidden:
    """A plan that keeps all ceilings, which floors and rows are drawn around."""

    person: Numbers
    opening: Numbers
    used: list[int]
    loads: Numbers
    group_loads: Numbers

    @staticmethod
    def drawn(
        draw: random.Random, tree: Tree, groups: Tree, pairs: tuple[Numbers, Numbers], tries: int
    ) -> Hidden:
        """Return a plan of those of `tries` pairs, in an order by chance, that have room."""
        person, opening = pairs
        loads, held = np.zeros_like(tree.ceiling), np.zeros_like(groups.ceiling)
        used: list[int] = []
        for pair in draw.sample(range(person.size), tries):
            above, around = tree.above(int(opening[pair])), groups.above(int(person[pair]))
            room = (loads[above] < tree.ceiling[above]).all()
            if room and (held[around] < groups.ceiling[around]).all():
                loads[above] += 1
                held[around] += 1
                used.append(pair)
        return Hidden(person, opening, used, loads, held)

    @property
    def people(self) -> int:
        """How many people have pairs, those between them too."""
        return int(self.person.max(initial=1)) + 1

    @property
    def openings(self) -> int:
        """How many openings have pairs, those between them too."""
        return int(self.opening.max(initial=0)) + 1


def draw_parts(draw: random.Random, openings: int) -> list[int]:
    """Return the openings that a divided set holds; each is a part of its own."""
    if openings < 2 or draw.random() < 0.3:
        return []
    return sorted(draw.sample(range(openings), draw.randint(2, min(3, openings))))


def draw_share(draw: random.Random, tree: Tree, parts: list[int], hidden: Hidden) -> Divided:
    """Return a ceiling over the caps of `parts` together, never more than they have in all."""
    nodes = tuple(range(tree.leaves, tree.leaves + len(parts)))
    held, most = int(hidden.loads[parts].sum()), int(tree.ceiling[parts].sum())
    return Divided(nodes, min(held + draw.choice([0, 0, 1]), most))


def draw_seat_tree(draw: random.Random, openings: int, parts: list[int]) -> Tree:
    """Return the openings under one or two levels of caps, an own cap above each of `parts`."""
    seats = [draw.choice([0, 1, 1, 1, 2, 2, 2, 3]) for _ in range(openings)]
    hosts, region = draw.randint(0, openings), draw.random() < 0.5
    first = openings + len(parts)
    root = first + hosts + region
    host_of = [first + draw.randrange(hosts) if hosts else root for _ in range(openings)]
    parent = [*host_of, *(host_of[part] for part in parts)]
    for at, part in enumerate(parts):
        parent[part] = openings + at
    parent += [root - 1 if region and draw.random() < 0.7 else root for _ in range(hosts)]
    parent += [root] * region + [root]
    ceiling = [*seats, *(seats[part] for part in parts)]
    ceiling += [draw.choice([0, 1, 1, 2, 2, 2, 3, 3, 3, 4]) for _ in range(hosts)]
    ceiling += [draw.randint(1, 4)] * region + [0]
    return tree_of(openings, parent, ceiling)


def draw_people_tree(draw: random.Random, people: int) -> Tree:
    """Return the people under up to two levels of groups."""
    groups = draw.choice([0, 1, 2, 2, 3])
    region = groups > 0 and draw.random() < 0.4
    root = people + groups + region
    parent = [
        people + draw.randrange(groups) if groups and draw.random() < 0.85 else root
        for _ in range(people)
    ]
    parent += [root - 1 if region and draw.random() < 0.7 else root for _ in range(groups)]
    parent += [root] * region + [root]
    ceiling = [1] * people + [draw.choice([0, 1, 1, 2, 2, 2, 3, 3, 4]) for _ in range(groups)]
    ceiling += [draw.randint(1, 4)] * region + [0]
    return tree_of(people, parent, ceiling)


def tree_of(leaves: int, parent: list[int], ceiling: list[int]) -> Tree:
    return Tree.without_floors(leaves, np.array(parent, np.int64), np.array(ceiling, np.int64))


def with_floors(draw: random.Random, tree: Tree, loads: Numbers, possible: bool) -> Tree:
    """Return the tree with floors: no more than the hidden plan holds, or as they come; rarely on
    leaves."""
    floor = np.zeros_like(tree.ceiling)
    for node in range(tree.root):
        if draw.random() < (0.05 if node < tree.leaves else 0.8):
            most = int(loads[node] if possible else tree.ceiling[node])
            floor[node] = draw.randint(max(0, most - 3), most)
    return Tree(tree.leaves, tree.parent, tree.ceiling, floor)


def draw_pairs(
    draw: random.Random, people: int, openings: int, share: float
) -> tuple[Numbers, Numbers]:
    allowed = [[draw.random() < share for _ in range(openings)] for _ in range(people)]
    person, opening = np.nonzero(np.array(allowed))
    return person.astype(np.int64), opening.astype(np.int64)


def draw_names(draw: random.Random, worst: bool | None) -> tuple[str, ...]:
    """Return any order of any of the names."""
    others = [name for name in NAMES if worst is None or name != "worst"]
    names = draw.sample(others, draw.randint(0 if worst else 1, len(others)))
    if worst:
        names.insert(draw.randint(0, len(names)), "worst")
    return tuple(names)


def draw_worth(draw: random.Random, pairs: int, names: tuple[str, ...]) -> Worth:
    """Return the places of pairs, of few different scores."""
    few = draw.choice([[0], [0, 1], [1, 2, 3], [0, 4, 9], [0, 5, 5, 5, 7]])
    score = np.array([draw.choice(few) for _ in range(pairs)], np.int64)
    columns = {
        "placements": np.ones(pairs, np.int64),
        "score": score - draw.choice([0, 0, 1, 4]),
        "worst": score,
        "keep": np.array([draw.random() < 0.3 for _ in range(pairs)], np.int64),
    }
    return np.stack([columns[name] for name in names], axis=1).astype(np.int64)


def draw_rows(draw: random.Random, hidden: Hidden) -> tuple[Row, ...]:
    """Return limits that no tree holds, which the hidden plan keeps."""
    found: list[Row] = []
    for at in range(draw.choice([0, 1, 1, 2])):
        kind = draw.choice([_budget, _crossing, _pair_of_people])
        found += [
            Row(f"limits.{at}:{number}", weight, most)
            for number, (weight, most) in enumerate(kind(draw, hidden))
        ]
    return tuple(found)


Sums = list[tuple[Worth, int]]


def _budget(draw: random.Random, hidden: Hidden) -> Sums:
    people = np.array([draw.choice([0, 0, 1, 2, 3]) for _ in range(hidden.people)], np.int64)
    openings = np.array([draw.choice([0, 1, 3]) for _ in range(hidden.openings)], np.int64)
    weight = people[hidden.person] + openings[hidden.opening]
    return [(weight, int(weight[hidden.used].sum()) + draw.choice([0, 0, 1, 2]))]


def _crossing(draw: random.Random, hidden: Hidden) -> Sums:
    """Return the ceiling of a set of people and openings, sometimes its floor too."""
    people = np.array([draw.random() < 0.6 for _ in range(hidden.people)])
    openings = np.array([draw.random() < 0.6 for _ in range(hidden.openings)])
    weight = (people[hidden.person] & openings[hidden.opening]).astype(np.int64)
    held = int(weight[hidden.used].sum())
    sums = [(weight, held + draw.choice([0, 0, 1]))]
    if held and draw.random() < 0.5:
        sums.append((-weight, -draw.randint(1, held)))
    return sums


def _pair_of_people(draw: random.Random, hidden: Hidden) -> Sums:
    """Return what keeps two people apart, or together, at one place or another."""
    a, b = draw.sample(range(hidden.people), 2)
    place_of = np.array([draw.randrange(3) for _ in range(hidden.openings)], np.int64)
    apart, together = [], []
    for place in np.unique(place_of):
        at = place_of[hidden.opening] == place
        one = ((hidden.person == a) & at).astype(np.int64)
        two = ((hidden.person == b) & at).astype(np.int64)
        apart.append((one + two, 1))
        together += [(one - two, 0), (two - one, 0)]
    kept = [
        sums
        for sums in (apart, together)
        if all(int(weight[hidden.used].sum()) <= most for weight, most in sums)
    ]
    return draw.choice(kept)


def draw_starts(draw: random.Random, hidden: Hidden) -> tuple[Start, ...]:
    """Return openings that need some people, which the hidden plan gives them or leaves empty."""
    found = []
    for opening in range(hidden.openings):
        held = int((hidden.opening[hidden.used] == opening).sum())
        if (hidden.opening == opening).any() and draw.random() < 0.4:
            found.append(Start(opening, draw.randint(1, held) if held else draw.randint(2, 3)))
    return tuple(found)
