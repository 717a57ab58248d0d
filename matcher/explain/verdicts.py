"""Why an eligible pair is not in the plan: one verdict each, the first that applies.

`refused` a rule fails · `below_floor` worth less than the floor, or than staying unplaced ·
`decided` a placement on record stands · `capped` no seat, or a full cap above it · `tied` lost by
the lottery alone · `better_elsewhere` the seat is free and the person is worth more where placed ·
`costs_a_place` fewer people would be placed · `outscored` the sum of all scores would be lower.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.assign import Losses, Network, pairs_of, seated
from matcher.pipeline import Result
from matcher.problem import Flags, Numbers

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
    """A pair that no rule refuses and that is not proposed; `loss` is None where no plan can hold
    it."""

    candidate: int
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
    taken = np.bincount(
        result.problem.locked[result.problem.locked >= 0], minlength=network.tree.openings
    )
    stated = network.tree.ceiling + network.tree.loads(taken)
    name[network.row] = name_verdicts(network, losses, pairs_of(network, plan), stated)
    name[plan.row[plan.row >= 0]] = PROPOSED
    return Verdicts(name, loss, exists)


def name_verdicts(
    network: Network, losses: Losses, pair_of: Numbers, stated: Numbers
) -> NDArray[np.str_]:
    """Return the verdict of each unused pair of a network; `stated` are the nodes' ceilings
    before people placed by decision took theirs."""
    tree = network.tree
    loads = tree.loads(seated(network, pair_of))
    full = np.append(loads[:-1] == tree.ceiling[:-1], False)
    paths = [tree.above(opening) for opening in range(tree.openings)]
    closed = np.array([(stated[path] == 0).any() for path in paths], bool)
    mine = pair_of[network.person]
    at = np.where(mine >= 0, network.opening[mine], -1)
    capped = np.zeros(at.size, bool)
    if full[tree.openings :].any():
        own = [set(path) for path in paths] + [set()]
        caps = [{node for node in path[1:] if full[node]} for path in paths]
        capped[:] = [bool(caps[j] - own[a]) for j, a in zip(network.opening, at, strict=True)]
    kinds = np.array([BY_PLACE[place] for place in network.names])
    return np.select(
        [
            ~losses.exists & closed[network.opening],
            ~losses.exists,
            (losses.loss == 0).all(axis=1),
            ~full[network.opening] & capped,
            ~full[network.opening] & (at < 0),
            ~full[network.opening],
        ],
        [*map(np.array, (CAPPED, DECIDED, TIED, CAPPED, BELOW_FLOOR, BETTER_ELSEWHERE))],
        kinds[np.argmax(losses.loss != 0, axis=1)],
    )


def alternatives_of(
    result: Result, verdicts: Verdicts, candidate: int, shown: int = SHOWN
) -> tuple[Alternative, ...]:
    """Return a person's eligible openings not proposed, those of least loss first, then those
    that no plan could hold; equal ones by id."""
    start, stop = np.searchsorted(result.screening.candidate, [candidate, candidate + 1])
    return _least_loss(result, verdicts, range(start, stop), shown)


def rivals_of(
    result: Result, verdicts: Verdicts, opening: int, shown: int = SHOWN
) -> tuple[Alternative, ...]:
    """Return the people eligible at an opening but not proposed there, in the same order."""
    rows = np.flatnonzero(result.screening.opening == opening).tolist()
    return _least_loss(result, verdicts, rows, shown)


def _least_loss(
    result: Result, verdicts: Verdicts, rows: Iterable[int], shown: int
) -> tuple[Alternative, ...]:
    found = [
        Alternative(
            int(result.screening.candidate[row]),
            int(result.screening.opening[row]),
            int(result.scores.score[row]),
            tuple(verdicts.loss[row].tolist()) if verdicts.exists[row] else None,
            str(verdicts.name[row]),
        )
        for row in rows
        if verdicts.name[row] != PROPOSED
    ]
    found.sort(key=lambda a: (a.loss is None, a.loss or (), -a.score, a.opening, a.candidate))
    return tuple(found[:shown])
