"""Why an eligible pair is not in the plan: one verdict each, the first that applies.

`refused` a rule fails · `below_floor` worth less than the floor, or than staying unplaced ·
`decided` a placement on record stands · `capped` no seat, or a full cap above it · `tied` lost by
the lottery alone · `better_elsewhere` the seat is free and the person is worth more where placed ·
`costs_a_place` fewer people would be placed · `outscored` the sum of all scores would be lower.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.assign import pairs_of, seated
from matcher.pipeline import Result
from matcher.problem import Flags

PROPOSED, REFUSED = "proposed", "refused"
BELOW_FLOOR, DECIDED, CAPPED, TIED = "below_floor", "decided", "capped", "tied"
BETTER_ELSEWHERE, COSTS_A_PLACE, OUTSCORED = "better_elsewhere", "costs_a_place", "outscored"
BY_PLACE = {"placements": COSTS_A_PLACE, "score": OUTSCORED}
SHOWN = 5


@dataclass(frozen=True)
class Verdicts:
    """Of each pair of the screening: its verdict, and what the plan would lose by it (one column
    per name of the objective; `exists` is False where no plan can hold the pair)."""

    name: NDArray[np.str_]
    loss: NDArray[np.int64]
    exists: Flags


@dataclass(frozen=True)
class Alternative:
    """An eligible opening that a person is not proposed for."""

    opening: int
    score: int
    loss: tuple[int, ...] | None
    verdict: str


def judge_pairs(result: Result) -> Verdicts:
    """Return the verdict of each pair that no rule refuses."""
    network, losses, plan = result.network, result.losses, result.plan
    size = result.screening.candidate.size
    name = np.full(size, BELOW_FLOOR, dtype="<U16")
    worth_it = result.scores.score >= result.problem.settings.objective.min_score
    name[worth_it & (result.problem.locked[result.screening.candidate] >= 0)] = DECIDED
    loss = np.zeros((size, len(network.names)), np.int64)
    exists = np.zeros(size, bool)
    loss[losses.row], exists[losses.row] = losses.loss, losses.exists
    name[network.row] = _of_network(result)
    name[plan.row[plan.row >= 0]] = PROPOSED
    return Verdicts(name, loss, exists)


def _of_network(result: Result) -> NDArray[np.str_]:
    network, losses, problem = result.network, result.losses, result.problem
    pair_of = pairs_of(network, result.plan)
    free = seated(network, pair_of) < network.tree.ceiling[: network.tree.openings]
    no_seats = problem.openings.seats[network.opening] == 0
    unplaced = pair_of[network.person] < 0
    kinds = np.array([BY_PLACE[place] for place in network.names])
    first = kinds[np.argmax(losses.loss != 0, axis=1)]
    at_free = np.where(unplaced, BELOW_FLOOR, BETTER_ELSEWHERE)
    return np.select(
        [
            ~losses.exists & no_seats,
            ~losses.exists,
            (losses.loss == 0).all(axis=1),
            free[network.opening],
        ],
        [np.array(CAPPED), np.array(DECIDED), np.array(TIED), at_free],
        first,
    )


def alternatives_of(
    result: Result, verdicts: Verdicts, candidate: int, shown: int = SHOWN
) -> tuple[Alternative, ...]:
    """Return a person's eligible openings not proposed, those of least loss first, then those
    that no plan could hold; equal ones by id."""
    screening = result.screening
    start, stop = np.searchsorted(screening.candidate, [candidate, candidate + 1])
    found = [
        Alternative(
            int(screening.opening[row]),
            int(result.scores.score[row]),
            tuple(int(x) for x in verdicts.loss[row]) if verdicts.exists[row] else None,
            str(verdicts.name[row]),
        )
        for row in range(start, stop)
        if verdicts.name[row] != PROPOSED
    ]
    found.sort(
        key=lambda other: (other.loss is None, other.loss or (), -other.score, other.opening)
    )
    return tuple(found[:shown])


@dataclass(frozen=True)
class Rival:
    """A person who may be proposed for an opening and is not."""

    candidate: int
    score: int
    loss: tuple[int, ...] | None
    verdict: str


def rivals_of(
    result: Result, verdicts: Verdicts, opening: int, shown: int = SHOWN
) -> tuple[Rival, ...]:
    """Return the people eligible at an opening but not proposed there: those first whose proposal
    would cost the plan least, then those that no plan could propose; equal ones by id."""
    rows = np.flatnonzero((result.screening.opening == opening) & (verdicts.name != PROPOSED))
    found = [
        Rival(
            int(result.screening.candidate[row]),
            int(result.scores.score[row]),
            tuple(int(x) for x in verdicts.loss[row]) if verdicts.exists[row] else None,
            str(verdicts.name[row]),
        )
        for row in rows
    ]
    found.sort(key=lambda r: (r.loss is None, r.loss or (), -r.score, r.candidate))
    return tuple(found[:shown])
