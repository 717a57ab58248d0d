"""What each limit holds, what the plan loses by it, and who would stand elsewhere without it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.assign.build import kept_pairs
from matcher.limits.holding import Holding, hold_limits
from matcher.pipeline import Result


@dataclass(frozen=True)
class Shift:
    """A candidate whose opening is another without a limit; -1: none."""

    candidate: int
    opening: int
    without: int


@dataclass(frozen=True)
class LimitEffect:
    """One `[[limits]]` table (`entry` from 0; -1: the openings' `min_seats`), what each of its
    limits holds, and what the best plan without it has more than this one: people placed, the sum
    of scores (above `unplaced_worth` each), and pairs kept where the objective names `keep`.

    `loss` is None where that is not known: the plan without it was not sought, or (`tried`) none
    was found. Where `milp` chooses, the plans compared are those that it found.
    """

    entry: int
    holdings: tuple[Holding, ...]
    loss: dict[str, int] | None
    shifts: tuple[Shift, ...]
    tried: bool = True

    @property
    def binds(self) -> bool | None:
        """Whether the plan would be another without it, None where that is not known."""
        return None if self.loss is None else any(self.loss.values()) or bool(self.shifts)


def weigh_limits(result: Result) -> tuple[LimitEffect, ...]:
    """Return the effect of each `[[limits]]` table in order, then of `min_seats`: the plan beside
    the best one without, solved anew. Where a table cannot stop anything its effect is none,
    exactly, and nothing is solved; see `matcher.pipeline.Tables` for those left untried."""
    by_entry: dict[int, list[Holding]] = {}
    for holding in hold_limits(result.facts.limits, result.seats_of):
        by_entry.setdefault(holding.entry, []).append(holding)
    order = sorted(by_entry, key=lambda entry: (entry < 0, entry))
    return tuple(_effect(result, entry, tuple(by_entry[entry])) for entry in order)


def totals_of(result: Result) -> dict[str, int]:
    """Return what a plan has of the objective's names that are sums; people placed and the sum of
    scores in any case."""
    rows = result.plan.row[result.plan.row >= 0]
    score = int(result.scores.score[rows].sum())
    worth = result.problem.settings.objective.unplaced_worth * rows.size
    totals = {"placements": rows.size, "score": score - worth}
    if "keep" in result.problem.order:
        totals["keep"] = int(kept_pairs(result.problem, result.screening)[rows].sum())
    return totals


def _effect(result: Result, entry: int, holdings: tuple[Holding, ...]) -> LimitEffect:
    own, tables = totals_of(result), result.tables
    if entry in tables.untried:
        return LimitEffect(entry, holdings, None, (), tried=False)
    if entry not in tables.tried:
        return LimitEffect(entry, holdings, dict.fromkeys(own, 0), ())
    other = result.without_limits[entry]
    if other is None:
        return LimitEffect(entry, holdings, None, ())
    free = totals_of(other)
    here, there = result.plan.opening, other.plan.opening
    shifts = tuple(
        Shift(person, int(here[person]), int(there[person]))
        for person in np.flatnonzero(here != there).tolist()
    )
    return LimitEffect(entry, holdings, {name: free[name] - own[name] for name in own}, shifts)
