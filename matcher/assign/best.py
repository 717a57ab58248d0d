"""The best plan on one tree: stage by stage as the objective's names say, then by lottery.

Each stage finds the best plan of one whole number on the face of the plans left, derives its
duals, and keeps the pairs of reduced cost 0, the people who must sit and the nodes that must be
full. After the lottery one plan is left, whatever the solver, thread or order of rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.assign.duals import narrowed, seated, tied_pairs
from matcher.assign.network import Face, Network, Worth
from matcher.assign.solve import EXACT, solve_face
from matcher.problem import Flags, Numbers

ROUNDS = 8
Draw = Callable[[str, Numbers], Worth]


@dataclass(frozen=True)
class Solved:
    """A network, one of its best plans (each person's pair, -1: unplaced) and the face of all
    plans as good before the lottery."""

    network: Network
    pair_of: Numbers
    face: Face

    @property
    def total(self) -> tuple[int, ...]:
        """The worth of the plan, place by place."""
        return total_of(self.network, self.pair_of)


def total_of(network: Network, pair_of: Numbers) -> tuple[int, ...]:
    """Return what a plan is worth, place by place."""
    placed = network.worth[pair_of[pair_of >= 0]]
    return tuple(int(place) for place in placed.sum(axis=0))


def find_plan(network: Network, draw: Draw) -> tuple[Numbers, Flags]:
    """Return each person's pair in the best plan (-1: unplaced), and who was decided by lottery.

    `draw` gives the tickets of pairs in a round of the lottery, by the suffix of its seed.
    """
    solved = solve_stages(network)
    return draw_lots(solved, draw), ties_of(solved)


def solve_stages(network: Network) -> Solved:
    """Return a best plan before the lottery, and its face."""
    face = Face.whole(network)
    pair_of: Numbers = np.full(network.people.size, -1, np.int64)
    for worth in stages(network):
        pair_of = solve_face(network, face, worth)
        face, _ = narrowed(network, face, worth, pair_of)
    return Solved(network, pair_of, face)


def draw_lots(solved: Solved, draw: Draw) -> Numbers:
    """Return the plan of the face that the lottery decides for."""
    network, face, pair_of = solved.network, solved.face, solved.pair_of
    for draws in range(1, ROUNDS):
        if not tied_pairs(network, face, pair_of)[0].any():
            return pair_of
        worth = draw(suffix_of(draws), np.flatnonzero(face.pairs))
        pair_of = solve_face(network, face, worth)
        face, _ = narrowed(network, face, worth, pair_of)
    if tied_pairs(network, face, pair_of)[0].any():
        raise AssertionError("the lottery did not decide")
    return pair_of


def suffix_of(draws: int) -> str:
    """Return what a round of the lottery appends to the seed."""
    return "" if draws == 1 else f"#{draws}"


def find_face(network: Network, pair_of: Numbers) -> Solved:
    """Return the face of a plan on a tree; AssertionError where the plan is not a best one, or
    breaks a ceiling."""
    loads = network.tree.loads(seated(network, pair_of))
    if (loads[:-1] > network.tree.ceiling[:-1]).any():
        raise AssertionError("the plan breaks a ceiling")
    face = Face.whole(network)
    for worth in stages(network):
        face, _ = narrowed(network, face, worth, pair_of)
    return Solved(network, pair_of, face)


def ties_of(solved: Solved) -> Flags:
    """Return whom plans as good as this one, before the lottery, would treat otherwise."""
    tied, people = tied_pairs(solved.network, solved.face, solved.pair_of)
    people[solved.network.person[tied]] = True
    return people


def stages(network: Network) -> list[Worth]:
    """Return the numbers to be made greatest, one stage after the other: all places packed into
    one where it compares whole plans and floats hold it exactly, else place by place."""
    if not network.person.size:
        return []
    whole = 2 * network.people.size <= network.packing.terms
    rows = 2 * (network.people.size + int(network.tree.ceiling.sum())) + 2
    try:
        if whole and rows * int(np.abs(network.packed).max()) < EXACT:
            return [network.packed]
    except OverflowError:
        pass
    return [network.worth[:, place] for place in range(len(network.names))]
