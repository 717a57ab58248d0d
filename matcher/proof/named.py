"""Which floor or ceiling of the inputs each node of the solver's trees stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from matcher.assign.network import Divided, Network, Row, Tree, Worth
from matcher.limits import PEOPLE, SEATS
from matcher.verify.derived import OPENING, PERSON, SET, Bounded, Derived

Key = tuple[str, str]
Members = frozenset[int]


@dataclass(frozen=True)
class Side:
    """One tree with the floors and ceilings of the inputs by their members (its leaves)."""

    tree: Tree
    by_members: dict[Members, list[Bounded]]
    below: list[Members]

    @staticmethod
    def of(tree: Tree, places: Sequence[int], bounded: Sequence[Bounded], side: str) -> Side:
        """Return the side whose leaves are the `places` of people or openings."""
        leaf_of = {place: leaf for leaf, place in enumerate(places)}
        by_members: dict[Members, list[Bounded]] = {}
        for one in bounded:
            if one.side == side:
                members = frozenset(leaf_of[at] for at in one.members if at in leaf_of)
                by_members.setdefault(members, []).append(one)
        below: list[set[int]] = [{leaf} for leaf in range(tree.leaves)]
        below += [set() for _ in range(tree.leaves, tree.parent.size)]
        for node in range(tree.root):
            below[tree.parent[node]] |= below[node]
        return Side(tree, by_members, [frozenset(members) for members in below])

    def key(self, members: Members, above: bool) -> Key | None:
        """Return the tightest ceiling (`above`), else the tightest floor, on just these leaves;
        None where the inputs have none."""
        found = self.by_members.get(members, [])
        if above:
            found = sorted(
                (one for one in found if one.ceiling is not None), key=lambda one: one.ceiling or 0
            )
        else:
            found = sorted(found, key=lambda one: -one.floor)
        return (found[0].kind, found[0].key) if found else None

    def spread(self, duals: Worth) -> Iterator[tuple[int, Key, Worth]]:
        """Yield the nodes with own duals that are not 0, from the top, each with what it stands
        for; a node that stands for nothing in the inputs (a part of a set that was divided) leaves
        its own duals to the nodes below it."""
        parent = self.tree.parent
        own = duals - duals[parent]
        children: dict[int, list[int]] = {}
        for node in range(self.tree.root):
            children.setdefault(int(parent[node]), []).append(node)
        for node in range(self.tree.root - 1, -1, -1):
            if not own[node].any():
                continue
            key = self.key(self.below[node], tuple(own[node].tolist()) > (0,) * own.shape[1])
            if key is not None:
                yield node, key, own[node]
            else:
                own[children[node]] += own[node]


@dataclass(frozen=True)
class Sides:
    """The people's tree and the openings'."""

    people: Side
    openings: Side
    ids: tuple[list[str], list[str]]

    @staticmethod
    def of(derived: Derived, network: Network) -> Sides:
        """Return both sides of a network."""
        problem, bounded = derived.problem, derived.bounded
        places = network.people.tolist()
        openings = range(len(problem.openings))
        return Sides(
            Side.of(network.groups, places, bounded, PEOPLE),
            Side.of(network.tree, openings, bounded, SEATS),
            ([problem.candidate_ids[place] for place in places], list(problem.opening_ids)),
        )

    def spread(
        self, groups: Worth, nodes: Worth
    ) -> tuple[dict[Key, Worth], dict[str, dict[str, str]]]:
        """Return the own duals of what the nodes of both trees stand for, given cumulative ones,
        and the set next above each person, opening and set."""
        own: dict[Key, Worth] = {}
        parents: dict[str, dict[str, str]] = {PERSON: {}, OPENING: {}, SET: {}}
        of_people = (PERSON, self.people, groups, self.ids[0])
        for kind, side, duals, ids in (of_people, (OPENING, self.openings, nodes, self.ids[1])):
            stands_for: dict[int, Key] = {}
            for node, key, part in side.spread(duals):
                own[key] = part + own.get(key, 0)
                stands_for[node] = key
            for leaf, name in enumerate(ids):
                path = [stands_for[node] for node in side.tree.above(leaf) if node in stands_for]
                _link([(kind, name), *path], parents)
        return own, parents

    def divided(self, each: Divided) -> Key:
        """Return the ceiling that a divided set stands for."""
        members = frozenset().union(*(self.openings.below[part] for part in each.parts))
        key = self.openings.key(members, above=True)
        if key is None:
            raise AssertionError("a divided set stands for nothing in the inputs")
        return key


def name_row(derived: Derived, row: Row) -> tuple[Key, int]:
    """Return the ceiling (1) or floor (-1) of a set that crosses others, for which a row stands."""
    key, _, end = row.key.rpartition(":")
    if not any((one.kind, one.key) == (SET, key) for one in derived.bounded):
        raise AssertionError(f"a row stands for nothing in the inputs: {row.key}")
    return (SET, key), 1 if end == "max" else -1


def _link(path: Sequence[Key], parents: dict[str, dict[str, str]]) -> None:
    """Note of each end of a path upwards what stands next above it."""
    chain = list(dict.fromkeys(path))
    for (kind, key), (_, above) in pairwise(chain):
        parents[kind][key] = above
