"""Why an eligible pair is not in the plan: one verdict each, the first that applies.

`refused` a rule fails · `below_floor` worth less than the floor, or than staying unplaced ·
`limit` a limit on people, a budget or the like stands · `decided` a seat on record stands ·
`capped` no seat, or a full quota or limit above it · `tied` lost by the lottery alone · `kept`
fewer pairs of the earlier plan would stay · `better_elsewhere` the seat is free and the person is
worth more where placed · `costs_a_place` fewer people would be placed · `lowers_the_lowest` the
lowest scores of the plan would be lower · `outscored` the sum of all scores would be lower.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.assign import Losses, Network
from matcher.explain.ceilings import Ceilings, ceilings_of
from matcher.explain.stable_verdicts import judge_stable
from matcher.pipeline import Result
from matcher.problem import Flags, Numbers

PROPOSED, REFUSED = "proposed", "refused"
BELOW_FLOOR, LIMIT, DECIDED, CAPPED, TIED = "below_floor", "limit", "decided", "capped", "tied"
BETTER_ELSEWHERE, COSTS_A_PLACE, OUTSCORED = "better_elsewhere", "costs_a_place", "outscored"
KEPT, LOWERS_THE_LOWEST = "kept", "lowers_the_lowest"
BY_PLACE = {
    "placements": COSTS_A_PLACE,
    "score": OUTSCORED,
    "worst": LOWERS_THE_LOWEST,
    "keep": KEPT,
}


@dataclass(frozen=True)
class Verdicts:
    """Of each pair of the screening: its verdict, and what the plan would lose by it (one column
    per name of the objective up to `worst`, which is no number; `exists` is False where no plan
    can hold the pair). `first` is the first name in which it loses (its place in the objective)."""

    name: NDArray[np.str_]
    loss: NDArray[np.int64]
    exists: Flags
    first: Numbers

    def loss_of(self, row: int) -> tuple[int, ...] | None:
        """Return what the plan would lose by a pair, None where no plan can hold it."""
        return tuple(self.loss[row].tolist()) if self.exists[row] else None


def judge_pairs(result: Result) -> Verdicts:
    """Return the verdict of each pair that no rule refuses."""
    if result.stable:
        return _judge_stable(result)
    network, losses = result.network, result.losses
    size = result.screening.candidate.size
    name = np.full(size, BELOW_FLOOR, dtype="<U20")
    worth_it = result.scores.score >= result.problem.settings.objective.min_score
    name[worth_it & (result.problem.locked[result.screening.candidate] >= 0)] = DECIDED
    loss, first = np.zeros((size, network.led), np.int64), np.full(size, len(network.names))
    exists = np.zeros(size, bool)
    loss[losses.row], exists[losses.row] = losses.loss[:, : network.led], losses.exists
    first[losses.row] = losses.first
    name[network.row] = name_verdicts(network, losses, result.pair_of, ceilings_of(result))
    waiting = [
        start.opening
        for start in result.facts.limits.starts
        if not (result.seats_of == start.opening).any()
    ]
    at_waiting = np.isin(result.screening.opening, waiting)
    name[at_waiting & ~exists & np.isin(name, (DECIDED, CAPPED))] = LIMIT
    name[result.plan.row[result.plan.row >= 0]] = PROPOSED
    return Verdicts(name, loss, exists, first)


def _judge_stable(result: Result) -> Verdicts:
    """Return the verdicts of a plan of proposals, under which nothing is lost."""
    size = result.screening.candidate.size
    none = np.zeros((size, 0), np.int64)
    return Verdicts(judge_stable(result), none, np.zeros(size, bool), np.zeros(size, np.int64))


def name_verdicts(
    network: Network, losses: Losses, pair_of: Numbers, ceilings: Ceilings
) -> NDArray[np.str_]:
    """Return the verdict of each unused pair of a network."""
    full, openings = ceilings.full, range(network.tree.leaves)
    closed = np.array([ceilings.closing(opening) is not None for opening in openings], bool)
    mine = pair_of[network.person]
    at = np.where(mine >= 0, network.opening[mine], -1)
    capped = np.zeros(at.size, bool)
    if full[network.tree.leaves :].any():
        ends = list(zip(network.opening.tolist(), at.tolist(), strict=True))
        found = {end: ceilings.capping(*end) is not None for end in set(ends)}
        capped[:] = [found[end] for end in ends]
    kinds = np.array([*(BY_PLACE[place] for place in network.names), TIED])
    kind = np.where(losses.counted, COSTS_A_PLACE, kinds[losses.first])
    barred = np.zeros(at.size, bool) if network.closed is None else network.closed
    free = ~full[network.opening]
    return np.select(
        [
            barred | ((at < 0) & shut_out(network, pair_of)[network.person]),
            ~losses.exists & closed[network.opening],
            ~losses.exists & has_room(network)[network.opening],
            ~losses.exists,
            kind == TIED,
            kind == KEPT,
            free & capped,
            free & (at < 0),
            free,
        ],
        [
            *map(np.array, (LIMIT, CAPPED, LIMIT, DECIDED, TIED, KEPT, CAPPED, BELOW_FLOOR)),
            np.array(BETTER_ELSEWHERE),
        ],
        kind,
    )


def shut_out(network: Network, pair_of: Numbers) -> Flags:
    """Return which people stand below a full limit on people."""
    groups = network.groups
    loads = groups.loads((pair_of >= 0).astype(np.int64))
    full = loads >= groups.ceiling
    full[: groups.leaves] = full[groups.root] = False
    for node in range(groups.root - 1, -1, -1):
        full[node] |= full[groups.parent[node]]
    return full[: groups.leaves]


def has_room(network: Network) -> Flags:
    """Return which openings could hold anybody, as far as ceilings say."""
    tree = network.tree
    room = tree.ceiling > 0
    room[tree.root] = True
    for node in range(tree.root - 1, -1, -1):
        room[node] &= room[tree.parent[node]]
    return room[: tree.leaves]
