"""Ceilings on sets of openings as a tree; a set that crosses others is divided into parts. Limits
on sets of openings, or of people, stand in it too.

Of the openings' sets only those that can bind become nodes: one that holds as much as lies below
it in any case is left out. Sets are taken in their order; one that crosses a set taken before is
*divided* into the parts that the sets taken before leave whole. The parts are nodes, their
ceilings add up to the set's: each way to share it out is a tree of its own. Limits come behind
the sets; one that crosses what is taken before stands in no tree.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.assign.network import Divided, Tree
from matcher.problem import Numbers
from matcher.quotas.binding import Index, Openings, find_binding


@dataclass(frozen=True)
class Between:
    """A limit on a set of leaves: they hold at least `floor` and at most `ceiling` (None: any
    number)."""

    members: Openings
    floor: int
    ceiling: int | None


@dataclass(frozen=True)
class Placed:
    """Where a limit stands: at a `node` of its tree that is its own, or, `crossing` other sets, in
    no tree (node None); neither where it can stop nobody."""

    node: int | None = None
    crossing: bool = False


@dataclass(frozen=True)
class Nesting:
    """The tree, its parts not yet given their shares, and the divided sets.

    `node` is, by place of the set asked about, the lowest node that holds all of it (the root
    where none does); `divided_at` its place in `divided`, -1 where it is whole; `placed` says, by
    place of the limit, where it stands.
    """

    tree: Tree
    divided: tuple[Divided, ...]
    node: tuple[int, ...]
    divided_at: tuple[int, ...]
    placed: tuple[Placed, ...] = ()


@dataclass(frozen=True)
class _Piece:
    openings: Openings
    ceiling: int
    divided: int = -1
    floor: int = 0
    limit: int = -1


def nest_ceilings(
    seats: Numbers,
    sets: Sequence[tuple[Openings, int]],
    limits: Sequence[Between] = (),
    fewest: Numbers | None = None,
) -> Nesting:
    """Return the tree of openings with their seats, and the `fewest` people each must hold, under
    sets with their ceilings (none below 0) and limits.

    A divided set's parts have the most they can ever hold as their ceilings. No opening may stand
    under two divided sets.
    """
    pieces: list[_Piece] = []
    totals: list[int] = []
    divided_at = [-1] * len(sets)
    taken = Index()
    for place in find_binding(seats, sets):
        openings, ceiling = sets[place]
        parts = _parts(openings, [pieces[at].openings for at in taken.touching(openings)])
        if len(parts) > 1:
            divided_at[place] = len(totals)
            totals.append(ceiling)
        for part in parts:
            most = ceiling if len(parts) == 1 else int(seats[list(part)].sum())
            taken.add(part, len(pieces))
            pieces.append(_Piece(part, most, divided_at[place]))
    crossing = _add_limits(seats, limits, pieces, taken)
    ordered = _Ordered(pieces, seats.size)
    return Nesting(
        _tree(seats, ordered, np.zeros_like(seats) if fewest is None else fewest),
        tuple(Divided(ordered.parts_of(at), total) for at, total in enumerate(totals)),
        tuple(ordered.above(openings) for openings, _ in sets),
        tuple(divided_at),
        tuple(Placed(ordered.node_of(at), at in crossing) for at in range(len(limits))),
    )


def _add_limits(
    seats: Numbers, limits: Sequence[Between], pieces: list[_Piece], taken: Index
) -> set[int]:
    """Add the limits that can bind to the pieces; return those that cross a piece before them."""
    crossing = set()
    for place, limit in enumerate(limits):
        most = int(seats[list(limit.members)].sum())
        ceiling = most if limit.ceiling is None else min(limit.ceiling, most)
        if ceiling == most and limit.floor == 0:
            continue
        near = (pieces[at].openings for at in taken.touching(limit.members))
        if all(_nested(other, limit.members) for other in near):
            taken.add(limit.members, len(pieces))
            pieces.append(_Piece(limit.members, ceiling, floor=limit.floor, limit=place))
        else:
            crossing.add(place)
    return crossing


def _parts(openings: Openings, taken: Sequence[Openings]) -> list[Openings]:
    """Return the parts into which the sets that cross it cut a set, by their first openings."""
    crossing = [other for other in taken if other & openings and not _nested(other, openings)]
    parts: dict[tuple[bool, ...], set[int]] = {}
    for opening in sorted(openings):
        parts.setdefault(tuple(opening in other for other in crossing), set()).add(opening)
    return [frozenset(part) for part in parts.values()]


def _nested(a: Openings, b: Openings) -> bool:
    return a <= b or b <= a


class _Ordered:
    """The pieces in the order of their nodes, the smaller ones first."""

    def __init__(self, pieces: Sequence[_Piece], openings: int) -> None:
        self.pieces = sorted(pieces, key=lambda piece: len(piece.openings))
        self.first, self.root = openings, openings + len(pieces)
        self.index = Index()
        for at, piece in enumerate(self.pieces):
            self.index.add(piece.openings, at)
        self.limits = {piece.limit: self.first + at for at, piece in enumerate(self.pieces)}

    def above(self, openings: Openings, behind: int = -1) -> int:
        """Return the node of the first piece behind a place that holds all the openings, the root
        where there is none."""
        for at in self.index.holding.get(min(openings, default=-1), ()):
            if at > behind and openings <= self.pieces[at].openings:
                return self.first + at
        return self.root

    def node_of(self, limit: int) -> int | None:
        """Return the node that is a limit's own."""
        return self.limits.get(limit)

    def parts_of(self, divided: int) -> tuple[int, ...]:
        """Return the nodes of a divided set's parts."""
        return tuple(
            self.first + at for at, piece in enumerate(self.pieces) if piece.divided == divided
        )


def _tree(seats: Numbers, ordered: _Ordered, fewest: Numbers) -> Tree:
    parents = [ordered.above(frozenset([opening])) for opening in range(seats.size)]
    parents += [ordered.above(piece.openings, at) for at, piece in enumerate(ordered.pieces)]
    ceilings = [*seats.tolist(), *(piece.ceiling for piece in ordered.pieces), 0]
    floors = [*fewest.tolist(), *(piece.floor for piece in ordered.pieces), 0]
    return Tree(
        seats.size,
        np.array([*parents, ordered.root], np.int64),
        np.array(ceilings, np.int64),
        np.array(floors, np.int64),
    )
