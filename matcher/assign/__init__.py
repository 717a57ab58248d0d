"""Step 5: the one best plan: as the objective's names say in order, ties by the lottery.

Seats and quotas are a tree of ceilings, on which the plan is found stage by stage (`best`); where
two quotas of a host cross, it is the best of the trees into which they divide (`divisions`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.assign.beside import fit_division, keeps
from matcher.assign.best import Draw, find_plan
from matcher.assign.build import (
    Nested,
    bind_limits,
    build_network,
    nest_limits,
    pairs_to_keep,
)
from matcher.assign.certificate import Bound, Stage, certify
from matcher.assign.divisions import (
    RELAXED,
    TREE,
    find_best,
    find_ties,
    method_of,
)
from matcher.assign.duals import seated
from matcher.assign.improve import Impossible
from matcher.assign.losses import Losses, losses_of, weigh_losses
from matcher.assign.milp import Claim, NoAnswer
from matcher.assign.nesting import Nesting
from matcher.assign.network import Network, Worth
from matcher.assign.values import SeatValues, value_seats
from matcher.limits import Limits
from matcher.lottery import tickets
from matcher.problem import Flags, Numbers, Problem, Standing
from matcher.quotas import Cap
from matcher.score import Scores
from matcher.screen import Screening, find_pair

NO_LIMITS = Limits()


@dataclass(frozen=True)
class Plan:
    """Who is proposed for which opening (-1: nobody's), by place of the candidate. People on hold
    or withdrawn are not proposed, even where a seat is kept for them.

    `row` is the pair's place in the screening; `by_lottery` marks those whom equally good plans
    would treat otherwise. `method` says how the best plan was found: on one tree a side ("tree"),
    on it although some limits are none of it, which the plan keeps all the same ("relaxed"), as
    the best of all divisions of quotas that cross ("divided"), or next to the plan that
    `scipy.optimize.milp` chose ("milp"): `claims` are what the solver says of it.
    """

    opening: NDArray[np.int32]
    row: NDArray[np.int64]
    by_lottery: Flags
    method: str = TREE
    claims: tuple[Claim, ...] = ()


def assign_seats(
    problem: Problem,
    screening: Screening,
    scores: Scores,
    caps: Sequence[Cap] = (),
    limits: Limits = NO_LIMITS,
) -> Plan:
    """Return the best plan under caps and limits; raises OverflowError where whole numbers of 60
    bits are too few, `Impossible` where no plan keeps them all."""
    return assign_network(
        problem, screening, build_network(problem, screening, scores, caps, limits)
    )


def assign_network(problem: Problem, screening: Screening, network: Network) -> Plan:
    """Return the best plan of a network of the problem; see `assign_seats`."""
    pair_of, tied, method, claims = find_best(network, draw_of(problem, network))
    plan = _plan(problem, screening, network, pair_of, tied, method)
    return replace(plan, claims=claims)


def draw_of(problem: Problem, network: Network) -> Draw:
    """Return what gives the tickets of a network's pairs, by the scenario's seed."""
    candidates = [problem.candidate_ids[place] for place in network.people]

    def draw(suffix: str, pairs: Numbers) -> Worth:
        worth = np.zeros(network.person.size, np.int64)
        ids = (
            (candidates[network.person[pair]], problem.opening_ids[network.opening[pair]])
            for pair in pairs
        )
        worth[pairs] = tickets(problem.settings.seed + suffix, ids)
        return worth

    return draw


def pairs_of(network: Network, plan: Plan) -> Numbers:
    """Return each person's pair of the network under a plan (-1: unplaced)."""
    rows = plan.row[network.people].astype(network.row.dtype)
    at = np.searchsorted(network.row, rows)
    return np.where(rows >= 0, at, -1)


def _plan(
    problem: Problem,
    screening: Screening,
    network: Network,
    pair_of: Numbers,
    tied: Flags,
    method: str,
) -> Plan:
    present = problem.standing == Standing.PRESENT
    opening = np.where(present, problem.locked, -1).astype(np.int32)
    row = np.full(opening.size, -1, np.int64)
    placed = np.flatnonzero(pair_of >= 0)
    opening[network.people[placed]] = network.opening[pair_of[placed]]
    row[network.people[placed]] = network.row[pair_of[placed]]
    for person in np.flatnonzero(present & (problem.locked >= 0)):
        row[person] = find_pair(screening, int(person), int(opening[person]))
    by_lottery = np.zeros(opening.size, bool)
    by_lottery[network.people] = tied
    return Plan(opening, row, by_lottery, method)


__all__ = [
    "RELAXED",
    "Bound",
    "Claim",
    "Impossible",
    "Losses",
    "Nested",
    "Nesting",
    "Network",
    "NoAnswer",
    "Plan",
    "SeatValues",
    "Stage",
    "assign_network",
    "assign_seats",
    "bind_limits",
    "build_network",
    "certify",
    "draw_of",
    "find_best",
    "find_plan",
    "find_ties",
    "fit_division",
    "keeps",
    "losses_of",
    "method_of",
    "nest_limits",
    "pairs_of",
    "pairs_to_keep",
    "seated",
    "value_seats",
    "weigh_losses",
]
