"""Step 5: the one best plan: as the objective's names say in order, ties by the lottery.

Each stage finds the best plan of one whole number on the face of the plans left, derives its
duals, and keeps the pairs of reduced cost 0, the people who must sit and the nodes that must be
full. After the lottery one plan is left, whatever the solver, thread or order of rows.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.assign.duals import (
    highest_duals,
    lowest_duals,
    moves,
    narrowed,
    seated,
    tied_pairs,
)
from matcher.assign.lottery import tickets
from matcher.assign.network import Face, Network, Worth, build_network
from matcher.assign.solve import EXACT, solve_face
from matcher.problem import Flags, Numbers, Problem
from matcher.score import Scores
from matcher.screen import Screening

ROUNDS = 8
Draw = Callable[[str, Numbers], Worth]


@dataclass(frozen=True)
class Plan:
    """Who is proposed for which opening (-1: nobody's), by place of the candidate.

    `row` is the pair's place in the screening; `by_lottery` marks those whom equally good plans
    would treat otherwise.
    """

    opening: NDArray[np.int32]
    row: NDArray[np.int64]
    by_lottery: Flags


@dataclass(frozen=True)
class SeatValues:
    """What a seat more adds (`low`) and a seat less costs (`high`, where `exists`): tuples by
    opening, one column per name of the objective."""

    names: tuple[str, ...]
    low: Worth
    high: Worth
    exists: Flags


@dataclass(frozen=True)
class Losses:
    """By pair of the network: what the best plan loses by holding it, a tuple; `exists` is False
    where no plan can hold it."""

    row: Numbers
    loss: Worth
    exists: Flags


def assign_seats(problem: Problem, screening: Screening, scores: Scores) -> Plan:
    """Return the best plan; raises OverflowError where whole numbers of 60 bits are too few."""
    network = build_network(problem, screening, scores)
    candidates = [problem.candidate_ids[place] for place in network.people]

    def draw(suffix: str, pairs: Numbers) -> Worth:
        worth = np.zeros(network.person.size, np.int64)
        ids = (
            (candidates[network.person[pair]], problem.opening_ids[network.opening[pair]])
            for pair in pairs
        )
        worth[pairs] = tickets(problem.settings.seed + suffix, ids)
        return worth

    pair_of, tied = find_plan(network, draw)
    return _plan(problem, screening, network, pair_of, tied)


def find_plan(network: Network, draw: Draw) -> tuple[Numbers, Flags]:
    """Return each person's pair in the best plan (-1: unplaced), and who was decided by lottery.

    `draw` gives the tickets of pairs in a round of the lottery, by the suffix of its seed.
    """
    face = Face.whole(network)
    pair_of: Numbers = np.full(network.people.size, -1, np.int64)
    for worth in stages(network):
        pair_of = solve_face(network, face, worth)
        face, _ = narrowed(network, face, worth, pair_of)
    tied, by_lottery = _ties(network, face, pair_of)
    for draws in range(1, ROUNDS):
        if not tied.any():
            return pair_of, by_lottery
        worth = draw("" if draws == 1 else f"#{draws}", np.flatnonzero(face.pairs))
        pair_of = solve_face(network, face, worth)
        face, _ = narrowed(network, face, worth, pair_of)
        tied, _ = tied_pairs(network, face, pair_of)
    raise AssertionError("the lottery did not decide")


def find_ties(network: Network, pair_of: Numbers) -> Flags:
    """Return whom plans as good as this one, before the lottery, would treat otherwise.

    AssertionError where the plan is not a best one.
    """
    face = Face.whole(network)
    for worth in stages(network):
        face, _ = narrowed(network, face, worth, pair_of)
    return _ties(network, face, pair_of)[1]


def _ties(network: Network, face: Face, pair_of: Numbers) -> tuple[Flags, Flags]:
    """Return the pairs and the people that equally good plans treat otherwise."""
    tied, people = tied_pairs(network, face, pair_of)
    people[network.person[tied]] = True
    return tied, people


def stages(network: Network) -> list[Worth]:
    """Return the numbers to be made greatest, one stage after the other: all places packed into
    one where floats hold it exactly, else place by place."""
    if not network.person.size:
        return []
    rows = 2 * (network.people.size + int(network.tree.ceiling.sum())) + 2
    try:
        if rows * int(np.abs(network.packed).max()) < EXACT:
            return [network.packed]
    except OverflowError:
        pass
    return [network.worth[:, place] for place in range(len(network.names))]


def pairs_of(network: Network, plan: Plan) -> Numbers:
    """Return each person's pair of the network under a plan (-1: unplaced)."""
    rows = plan.row[network.people]
    at = np.searchsorted(network.row, rows)
    return np.where(rows >= 0, at, -1)


def value_seats(network: Network, pair_of: Numbers) -> SeatValues:
    """Return the lowest and highest seat values of the openings under the best plan."""
    openings = slice(0, network.tree.openings)
    low = lowest_duals(network, pair_of)[openings]
    high, exists = highest_duals(network, pair_of)
    unpack = network.packing.unpack
    return SeatValues(network.names, unpack(low), unpack(high[openings]), exists[openings])


def weigh_losses(network: Network, pair_of: Numbers) -> Losses:
    """Return what each pair of the network would cost the best plan."""
    distance, exists = moves(network, pair_of)
    mine = pair_of[network.person]
    at = np.where(mine >= 0, network.opening[mine], network.tree.root)
    here = np.where(mine >= 0, network.packed[mine], 0)
    loss = distance[network.opening, at] + here - network.packed
    found = exists[network.opening, at]
    return Losses(network.row, network.packing.unpack(np.where(found, loss, 0)), found)


def _plan(
    problem: Problem, screening: Screening, network: Network, pair_of: Numbers, tied: Flags
) -> Plan:
    opening = problem.locked.astype(np.int32)
    row = np.full(opening.size, -1, np.int64)
    placed = np.flatnonzero(pair_of >= 0)
    opening[network.people[placed]] = network.opening[pair_of[placed]]
    row[network.people[placed]] = network.row[pair_of[placed]]
    for person in np.flatnonzero(problem.locked >= 0):
        row[person] = find_pair(screening, int(person), int(opening[person]))
    by_lottery = np.zeros(opening.size, bool)
    by_lottery[network.people] = tied
    return Plan(opening, row, by_lottery)


def find_pair(screening: Screening, candidate: int, opening: int) -> int:
    """Return the place of a pair in the screening, -1 where it was refused."""
    start, stop = np.searchsorted(screening.candidate, [candidate, candidate + 1])
    at = start + np.searchsorted(screening.opening[start:stop], opening)
    found = at < stop and screening.opening[at] == opening
    return int(at) if found else -1


__all__ = [
    "EXACT",
    "Losses",
    "Network",
    "Plan",
    "SeatValues",
    "assign_seats",
    "build_network",
    "find_pair",
    "find_plan",
    "find_ties",
    "pairs_of",
    "seated",
    "stages",
    "value_seats",
    "weigh_losses",
]
