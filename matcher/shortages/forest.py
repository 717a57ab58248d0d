"""The sets of one side as a forest: what crosses others counts only with its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.problem import Numbers
from matcher.shortages.required import Bounded


@dataclass(frozen=True)
class Node:
    """The floor or the ceiling of a set (`at`, its place); of a set that crosses others taken
    before it each part has its ceiling, which asks less than the set does."""

    at: int
    members: frozenset[int]
    floor: int
    ceiling: int | None


@dataclass(frozen=True)
class Forest:
    """Nodes that are nested or apart; `above` is the next node above each of them, `over` of each
    member (-1: none)."""

    nodes: tuple[Node, ...]
    above: tuple[int, ...]
    over: Numbers


def grow_forest(members: int, sets: Sequence[tuple[int, Bounded]]) -> Forest:
    """Return the forest of sets (with their places), taken in their order."""
    nodes: list[Node] = []
    holding: list[list[int]] = [[] for _ in range(members)]
    for at, one in sets:
        own = frozenset(one.members)
        touched = sorted({node for member in own for node in holding[member]})
        crossing = [nodes[node].members for node in touched if _crosses(nodes[node].members, own)]
        parts = [own] if not crossing else _parts(own, crossing)
        grown = [Node(at, own, one.floor, None)] if one.floor and not crossing else []
        if one.ceiling is not None:
            grown += [Node(at, part, 0, one.ceiling) for part in parts]
        for node in grown:
            for member in node.members:
                holding[member].append(len(nodes))
            nodes.append(node)
    return _ordered(members, nodes)


def _crosses(one: frozenset[int], other: frozenset[int]) -> bool:
    return not (one <= other or other <= one)


def _parts(own: frozenset[int], crossing: Sequence[frozenset[int]]) -> list[frozenset[int]]:
    parts: dict[tuple[bool, ...], set[int]] = {}
    for member in sorted(own):
        parts.setdefault(tuple(member in other for other in crossing), set()).add(member)
    return [frozenset(part) for part in parts.values()]


def _ordered(members: int, nodes: Sequence[Node]) -> Forest:
    ordered = tuple(sorted(nodes, key=lambda node: len(node.members)))
    over, above = np.full(members, -1, np.int64), [-1] * len(ordered)
    highest = np.full(members, -1, np.int64)
    for place, node in enumerate(ordered):
        own = list(node.members)
        for below in {*highest[own].tolist()} - {-1}:
            above[below] = place
        over[[member for member in own if over[member] < 0]] = place
        highest[own] = place
    return Forest(ordered, tuple(above), over)
