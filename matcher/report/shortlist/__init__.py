"""The interview lists of a scenario or batch, in the form asked for."""

from __future__ import annotations

from matcher.language import Words
from matcher.pipeline import Result
from matcher.report.promises import tell_settled
from matcher.report.render import render_csv, render_json
from matcher.report.shortlist.records import record_shortlist, table_shortlist
from matcher.report.shortlist.told import tell_shortlist

__all__ = ["show_shortlist", "table_shortlist"]


def show_shortlist(result: Result, form: str, words: Words) -> str:
    """Return the interview lists as text, JSON or CSV."""
    match form:
        case "json":
            settled = [words(line) for line in tell_settled(result.problem)]
            return render_json({**record_shortlist(result), "settled": settled})
        case "csv":
            return render_csv(table_shortlist(result))
        case _:
            return tell_shortlist(result, words)
