"""The tables of a batch by their files' names."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from matcher.language import words_of
from matcher.pipeline import Result
from matcher.report.caps import table_caps
from matcher.report.funnel import table_funnel
from matcher.report.limits import table_limits
from matcher.report.questions import table_questions
from matcher.report.reserves import table_reserves
from matcher.report.routes import table_routes
from matcher.report.tables import (
    table_alternatives,
    table_breakdown,
    table_issues,
    table_openings,
    table_placements,
    table_refusals,
)
from matcher.report.ties import table_ties
from matcher.report.wishes import table_wishes

PLACEMENTS = "placements.csv"
TABLES: dict[str, Callable[[Result], pd.DataFrame]] = {
    PLACEMENTS: table_placements,
    "alternatives.csv": table_alternatives,
    "reserves.csv": table_reserves,
    "breakdown.csv": table_breakdown,
    "refusals.csv": table_refusals,
    "openings.csv": table_openings,
    "caps.csv": table_caps,
    "ties.csv": table_ties,
    "limits.csv": table_limits,
    "routes.csv": table_routes,
    "funnel.csv": table_funnel,
    "wishes.csv": lambda result: table_wishes(result, words_of("en")),
    "questions.csv": lambda result: table_questions(result, words_of("en")),
    "problems.csv": lambda result: table_issues(result.problem.notes),
}
# Tables that are made again when a batch is opened: what the inputs, as they are, come to.
RECOMPUTED = (
    *(PLACEMENTS, "reserves.csv", "refusals.csv", "caps.csv", "routes.csv", "wishes.csv"),
    *("questions.csv", "ties.csv"),
)
