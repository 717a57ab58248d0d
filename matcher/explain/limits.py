"""What each limit holds, what the plan loses by it, and who would stand elsewhere without it."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from matcher.assign import Impossible, NoAnswer, Plan, assign_network, bind_limits
from matcher.assign.alone import broken_rows
from matcher.assign.build import kept_pairs
from matcher.assign.divisions import RELAXED, TREE
from matcher.calling import names_limit
from matcher.errors import MatcherError
from matcher.limits import PEOPLE, SEATS, SetLimit, gather_limits
from matcher.limits.holding import WITHIN, Holding, hold_limits, without_entry
from matcher.pipeline import Result, match
from matcher.problem import Numbers

ON_TREES = (PEOPLE, SEATS, "min_seats")
TRIED_ALL = 2_000  # pairs up to which every table of limits is tried where `milp` chose


@dataclass(frozen=True)
class Tables:
    """The places of `[[limits]]` tables (-1: `min_seats`) without which the plan is sought anew,
    and of those that may cost something and are left `untried`."""

    tried: frozenset[int]
    untried: frozenset[int] = frozenset()


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


@lru_cache(maxsize=1)
def weigh_limits(result: Result) -> tuple[LimitEffect, ...]:
    """Return the effect of each `[[limits]]` table in order, then of `min_seats`: the plan beside
    the best one without, solved anew. Where a table cannot stop anything its effect is none,
    exactly, and nothing is solved; see `tables_of` for those left untried. Those of the latest
    result asked for are kept."""
    by_entry: dict[int, list[Holding]] = {}
    for holding in hold_limits(result.facts.limits, result.seats_of):
        by_entry.setdefault(holding.entry, []).append(holding)
    order, tables = sorted(by_entry, key=lambda entry: (entry < 0, entry)), tables_of(result)
    return tuple(_effect(result, tables, entry, tuple(by_entry[entry])) for entry in order)


def tables_of(result: Result) -> Tables:
    """Return the tables of a result that are tried and those that are not.

    On trees a set with room left costs nothing unless it keeps an opening from going ahead, and
    what no tree holds costs nothing where the best plan without it keeps it: such tables are in
    neither. Elsewhere every table is tried, but
    of many pairs only the tight ones: those with a set without room, or a limit that one person's
    move alone would break. While a limit keeps a reserve waiting every table is tried.
    """
    holdings = hold_limits(result.facts.limits, result.seats_of)
    every = frozenset(holding.entry for holding in holdings)
    if names_limit(result.problem.notes):
        return Tables(every)
    full = {holding.entry for holding in holdings if holding.state != WITHIN}
    shutting = itertools.chain.from_iterable(result.shut.values())
    full |= {source.entry for source in shutting if isinstance(source, SetLimit)}
    if result.plan.method in (TREE, RELAXED):
        on_trees = {holding.entry for holding in holdings if holding.kind in ON_TREES}
        return Tables(frozenset(on_trees if result.whole.divided else on_trees & full))
    if result.whole.person.size <= TRIED_ALL:
        return Tables(every)
    rows = broken_rows(result.whole, result.pair_of)
    keys = [f"{row.key}:" for row, broken in rows if broken.any()]
    full |= {one.entry for one in holdings if any(key.startswith(f"{one.key}:") for key in keys)}
    return Tables(frozenset(full), every - full)


def totals_of(result: Result) -> dict[str, int]:
    """Return what a plan has of the objective's names that are sums; people placed and the sum of
    scores in any case."""
    return _totals(result, result.plan)


def _totals(result: Result, plan: Plan) -> dict[str, int]:
    rows = plan.row[plan.row >= 0]
    score = int(result.scores.score[rows].sum())
    worth = result.problem.settings.objective.unplaced_worth * rows.size
    totals = {"placements": rows.size, "score": score - worth}
    if "keep" in result.problem.order:
        totals["keep"] = int(kept_pairs(result.problem, result.screening)[rows].sum())
    return totals


def _effect(
    result: Result, tables: Tables, entry: int, holdings: tuple[Holding, ...]
) -> LimitEffect:
    own = totals_of(result)
    if entry in tables.untried:
        return LimitEffect(entry, holdings, None, (), tried=False)
    if entry not in tables.tried:
        return LimitEffect(entry, holdings, dict.fromkeys(own, 0), ())
    try:
        free, there = _without(result, entry)
    except (MatcherError, Impossible, NoAnswer, OverflowError):
        return LimitEffect(entry, holdings, None, ())
    here = result.plan.opening
    shifts = tuple(
        Shift(person, int(here[person]), int(there[person]))
        for person in np.flatnonzero(here != there).tolist()
    )
    return LimitEffect(entry, holdings, {name: free[name] - own[name] for name in own}, shifts)


def _without(result: Result, entry: int) -> tuple[dict[str, int], Numbers]:
    """Return the totals of the plan without one table, and by candidate its opening (-1: none).

    The pairs are those of the result, and so is what rules and criteria say of them: limits have no
    part in that, but where one keeps a reserve from being called up.
    """
    problem = without_entry(result.problem, entry)
    if result.stable or names_limit(result.problem.notes):
        other = match(problem)
        return totals_of(other), other.plan.opening
    limits = gather_limits(problem)
    network = bind_limits(result.whole, problem, result.facts.quotas.caps, limits)
    plan = assign_network(problem, result.screening, network)
    return _totals(result, plan), plan.opening
