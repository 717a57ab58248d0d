"""The best plan on one tree a side: stage by stage as the objective's names say, then by lottery.

Each stage finds the best plan of one whole number on the face of the plans left, derives its
duals, and keeps the pairs of reduced cost 0, the people who must sit and what the nodes must hold.
After the lottery one plan is left, whatever the solver, thread or order of rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from matcher.assign.duals import tied_pairs
from matcher.assign.network import WORST, Face, Network, Worth
from matcher.assign.pricing import narrowed
from matcher.assign.solve import EXACT, solve_face
from matcher.assign.worst import follow_levels, raise_lowest
from matcher.problem import Flags, Numbers

ROUNDS = 8
Draw = Callable[[str, Numbers], Worth]
Total = tuple[int | tuple[int, ...], ...]


@dataclass(frozen=True)
class Solved:
    """A network, one of its best plans (each person's pair, -1: unplaced) and the face of all
    plans as good before the lottery.

    `after` holds the faces after the names from `worst` on, where it is named: after the count
    of those placed, then after each name.
    """

    network: Network
    pair_of: Numbers
    face: Face
    after: tuple[Face, ...] = ()

    @property
    def total(self) -> Total:
        """What the plan is worth, place by place; see `total_of`."""
        return total_of(self.network, self.pair_of)


@dataclass(frozen=True)
class Step:
    """What one stage adds to a plan's certificate: the places `at` of the tuple (several packed
    into one number, or `levels` of `worst`), and its duals."""

    names: tuple[str, ...]
    duals: Worth
    worth: Worth
    face: Face
    level: int | None = None


def total_of(network: Network, pair_of: Numbers) -> Total:
    """Return what a plan is worth, place by place, as tuples that compare as plans do: of `worst`
    the people placed, then their scores, the lowest first."""
    used = network.worth[pair_of[pair_of >= 0]]
    total: list[int | tuple[int, ...]] = []
    for name, column in zip(network.names, used.T, strict=True):
        if name == WORST:
            total += [column.size, tuple(sorted(column.tolist()))]
        else:
            total.append(int(column.sum()))
    return tuple(total)


def find_plan(network: Network, draw: Draw) -> tuple[Numbers, Flags]:
    """Return each person's pair in the best plan (-1: unplaced), and who was decided by lottery.

    `draw` gives the tickets of pairs in a round of the lottery, by the suffix of its seed.
    `Impossible` where no plan keeps all floors.
    """
    solved = solve_stages(network)
    return draw_lots(solved, draw), ties_of(solved)


def solve_stages(network: Network) -> Solved:
    """Return a best plan before the lottery, and its face; `Impossible` where there is none."""
    face = Face.whole(network)
    pair_of: Numbers = np.full(network.people.size, -1, np.int64)
    after: list[Face] = []
    for names, worth in stages(network):
        if names == (WORST,):
            pair_of, face, counted = raise_lowest(network, face, worth)
            after += [counted, face]
            continue
        pair_of = solve_face(network, face, worth)
        face, _ = narrowed(network, face, worth, pair_of)
        if after:
            after.append(face)
    return Solved(network, pair_of, face, tuple(after))


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
    breaks a ceiling or a floor."""
    face = Face.whole(network)
    after: list[Face] = []
    for step in follow(network, pair_of):
        face = step.face
        if WORST in step.names and step.level is None:
            after = [face, face]
        elif after and step.names == (WORST,):
            after[1] = face
        elif after:
            after.append(face)
    return Solved(network, pair_of, face, tuple(after))


def follow(network: Network, pair_of: Numbers) -> Iterator[Step]:
    """Yield the stages of a best plan in order; AssertionError where it is not one."""
    face = Face.whole(network)
    if not (face.holds(network.loads(pair_of)) and face.allows(pair_of)):
        raise AssertionError("the plan breaks a ceiling or a floor")
    for names, worth in stages(network):
        if names == (WORST,):
            for level in follow_levels(network, face, worth, pair_of):
                face = level.face
                yield Step(names, level.duals, level.worth, face, level.score)
            continue
        face, duals = narrowed(network, face, worth, pair_of)
        yield Step(names, duals, worth, face)


def ties_of(solved: Solved) -> Flags:
    """Return whom plans as good as this one, before the lottery, would treat otherwise."""
    tied, people = tied_pairs(solved.network, solved.face, solved.pair_of)
    people[solved.network.person[tied]] = True
    return people


def stages(network: Network) -> list[tuple[tuple[str, ...], Worth]]:
    """Return the numbers to be made greatest, one stage after the other, each with its names: all
    places before `worst` packed into one where it compares whole plans and floats hold it
    exactly, else place by place. The stage of `worst` has the pairs' scores."""
    columns: list[tuple[tuple[str, ...], Worth]]
    columns = [((name,), network.worth[:, at]) for at, name in enumerate(network.names)]
    led = network.led
    some = led > 1 and network.person.size > 0
    whole = some and 2 * network.people.size <= network.packing.terms
    rows = 2 * (network.people.size + int(network.tree.ceiling.sum())) + 2
    try:
        if whole and rows * int(np.abs(network.packed).max()) < EXACT:
            return [(network.names[:led], network.packed), *columns[led:]]
    except OverflowError:
        pass
    return columns
