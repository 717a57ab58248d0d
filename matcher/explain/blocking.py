"""What blocks the plan of a batch, and what a stable plan gives up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from matcher.errors import MatcherError
from matcher.pipeline import Result, match
from matcher.stable import Blocking, find_blocking

BEST = ("placements", "score")


@dataclass(frozen=True)
class Forgone:
    """People proposed, and the sum of their scores, in a stable plan and in the best one of the
    objective `BEST`."""

    proposed: int
    score: int
    best_proposed: int
    best_score: int


def blocking_pairs(result: Result) -> tuple[Blocking, ...]:
    """Return the pairs that block the plan of a result, by candidate and opening."""
    return find_blocking(
        result.problem, result.facts, result.screening, result.scores, result.plan.opening
    )


def weigh_stable(result: Result) -> Forgone | None:
    """Return what the stable plan of a result has of people and scores, and what the best plan of
    placements, then score, has, found by matching the same problem without its mode; None where
    that finds no plan, since limits cannot be kept or a solver stops."""
    problem = result.problem
    objective = problem.settings.objective.model_copy(update={"mode": None, "order": BEST})
    settings = problem.settings.model_copy(update={"objective": objective})
    try:
        best = match(replace(problem, settings=settings))
    except MatcherError:
        return None
    return Forgone(*_totals(result), *_totals(best))


def _totals(result: Result) -> tuple[int, int]:
    rows = result.plan.row[result.plan.row >= 0]
    return rows.size, int(result.scores.score[rows].sum())
