"""The table of routes: on which each proposal meets the prior-experience requirement (T9)."""

from __future__ import annotations

import pandas as pd

from matcher.explain.routes import find_routes
from matcher.language import Words, say
from matcher.pipeline import Result
from matcher.report.render import render_table
from matcher.report.words import ROUTE_NAMES

COLUMNS = ["candidate_id", "opening_id", "route", "months", "hours", "trade_hours", "form"]


def table_routes(result: Result) -> pd.DataFrame:
    """Return one row per proposal of the first stage of TITP; hours are clock hours at entry."""
    problem = result.problem
    rows = [
        (
            problem.candidate_ids[route.candidate],
            problem.opening_ids[route.opening],
            route.route,
            route.months,
            route.hours,
            route.trade_hours,
            route.form,
        )
        for route in find_routes(result)
    ]
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS), dtype=object)


def list_routes(result: Result, words: Words) -> str:
    """Return the routes as a table of text."""
    rows = [
        (candidate, opening, words(ROUTE_NAMES[route]), *numbers)
        for candidate, opening, route, *numbers in table_routes(result).to_numpy(str).tolist()
    ]
    head = words(say("Prior experience (T9) of the proposals: {n}", n=len(rows)))
    if not rows:
        return f"{head}\n"
    titles = (say("candidate"), say("job order"), say("route"), say("months in the trade"))
    more = (say("clock hours"), say("of them for the trade"), say("form"))
    return f"{head}\n\n" + render_table([words(title) for title in (*titles, *more)], rows)
