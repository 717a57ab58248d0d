"""The pool as tables for machines: never translated, whole, in a fixed order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pandas as pd

from matcher.pool import Pool, Waiting
from matcher.problem import NO_DAY, Problem, day_of
from matcher.problem.outcomes import UNDERWAY

PEOPLE = (
    *("candidate_id", "trade", "accepted_on", "days", "enters_from", "openings", "conditional"),
    *("waits_for", "rule", "last_state", "last_opening", "last_on"),
)
TRADES = (
    *("trade", "people", "free", "conditional", "nowhere", "median_days", "longest_days"),
    *("over_180_days", "no_date", *UNDERWAY),
)
COVERAGE = (
    *("trade", "month", "people", "openings", "seats", "most", "seats_without", "people_without"),
)
GAPS = ("opening_id", "operation_no", "month", "seats")
DEMAND = (
    *("kejuruan", "month", "people", "by_then", "waiting", "seats", "left", "missing", "wishes"),
)


def table_people(problem: Problem, pool: Pool) -> pd.DataFrame:
    """Return one row per person who waits, the longest first; `waits_for` is the cause of
    `Waiting`."""
    return _table(PEOPLE, [_person(problem, one) for one in pool.waiting])


def table_trades(problem: Problem, pool: Pool) -> pd.DataFrame:
    """Return one row per trade; the states underway count people by their furthest one."""
    rows = [
        (
            *(trade.name, trade.people, trade.free, trade.conditional, trade.nowhere),
            *("" if days is None else days for days in (trade.median, trade.longest)),
            *(trade.over, trade.undated),
            *(trade.underway.get(state, 0) for state in UNDERWAY),
        )
        for trade in pool.trades
    ]
    return _table(TRADES, rows)


def table_coverage(problem: Problem, pool: Pool) -> pd.DataFrame:
    """Return one row per trade ("*": all together) and month up to which is counted ("": all)."""
    rows = [
        (
            *("*" if row.trade is None else row.trade, row.month, row.people, row.openings),
            *(row.seats, row.most, row.seats_without, row.people_without),
        )
        for row in pool.coverage
    ]
    return _table(COVERAGE, rows)


def table_gaps(problem: Problem, pool: Pool) -> pd.DataFrame:
    """Return one row per job order with free seats that nobody who waits fits."""
    rows = [
        (
            problem.opening_ids[gap.opening],
            problem.lists.operations[problem.openings.job[gap.opening]],
            *(gap.month, gap.seats),
        )
        for gap in pool.gaps
    ]
    return _table(GAPS, rows)


def table_demand(problem: Problem, pool: Pool) -> pd.DataFrame:
    """Return one row per kejuruan and month that is asked for with no host yet."""
    rows = [
        (
            *(row.kejuruan, row.month, row.people, row.by_then, row.waiting, row.seats),
            *(row.left, row.missing, "; ".join(row.wishes)),
        )
        for row in pool.asked
    ]
    return _table(DEMAND, rows)


TABLES: Mapping[str, Callable[[Problem, Pool], pd.DataFrame]] = {
    "trades": table_trades,
    "people": table_people,
    "coverage": table_coverage,
    "gaps": table_gaps,
    "demand": table_demand,
}


def _person(problem: Problem, one: Waiting) -> tuple[object, ...]:
    accepted = int(problem.candidates.accepted_on[one.candidate])
    last = one.last
    return (
        *(problem.candidate_ids[one.candidate], one.trade),
        "" if accepted == NO_DAY else day_of(accepted).isoformat(),
        "" if one.days is None else one.days,
        *(one.month, one.openings, one.conditional, one.cause, one.rule),
        *(
            (last.state, problem.opening_ids[last.opening], last.on.isoformat())
            if last
            else ("", "", "")
        ),
    )


def _table(columns: tuple[str, ...], rows: Sequence[tuple[object, ...]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=pd.Index(columns), dtype=object)
