"""Who waits for what, and where people or orders are missing: before there is a plan.

Many people may wait while orders are looked for. What is counted here rests on the rules and on
what is on record alone: no plan is made.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.fit import Facts
from matcher.pool.coverage import Coverage, Gap, Scope
from matcher.pool.demand import Asked, weigh_demand
from matcher.pool.waiting import Trade, Waiting, find_waiting, group_trades
from matcher.problem import Problem, Standing
from matcher.problem.outcomes import LOCKED, current_steps
from matcher.score import Scores
from matcher.screen import Screening

__all__ = [
    "Asked",
    "Coverage",
    "Gap",
    "Pool",
    "Trade",
    "Waiting",
    "view_pool",
]


@dataclass(frozen=True)
class Pool:
    """Everybody without a seat, those who wait longest first, and the same by trade; coverage by
    trade and month, the orders that nobody fits, and what is asked for by kejuruan with no host.

    People of the scenario = those who wait + `seated` (passed the interview, or later) + `held` +
    `withdrawn`.
    """

    waiting: tuple[Waiting, ...]
    trades: tuple[Trade, ...]
    coverage: tuple[Coverage, ...]
    gaps: tuple[Gap, ...]
    asked: tuple[Asked, ...]
    seated: int
    held: int
    withdrawn: int


def view_pool(problem: Problem, facts: Facts, screening: Screening, scores: Scores) -> Pool:
    """Return the pool of a problem."""
    seated = {
        person
        for (person, _), step in current_steps(problem.outcomes).items()
        if step.state in LOCKED and problem.standing[person] == Standing.PRESENT
    }
    waiting = find_waiting(problem, facts, screening, scores, seated)
    scope = Scope.of(problem, facts, screening, scores, waiting)
    return Pool(
        waiting,
        group_trades(waiting),
        scope.cover_trades(),
        scope.find_gaps(),
        weigh_demand(problem, facts, scope),
        len(seated),
        int((problem.standing == Standing.HELD).sum()),
        int((problem.standing == Standing.WITHDRAWN).sum()),
    )
