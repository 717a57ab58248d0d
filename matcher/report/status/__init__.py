"""Where things stand across a folder of batches, as people and machines read it."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from matcher.errors import MatcherError, UsageError
from matcher.language import Words, say
from matcher.report.funnel.telling import tell_lines
from matcher.report.render import render_csv, render_json
from matcher.report.status.batches import Across
from matcher.report.status.order import record_order, rows_order, tell_order
from matcher.report.status.overview import record_overview, table_batches, tell_overview
from matcher.report.status.person import record_person, rows_person, tell_person
from matcher.spelling import did_you_mean

__all__ = ["show_status"]

Shown = tuple[
    Callable[[Across, Words], str],
    Callable[[Across], dict[str, object]],
    Callable[[Across], pd.DataFrame],
]


def show_status(across: Across, what: str | None, form: str, words: Words) -> str:
    """Return the overview, or one candidate or opening of any batch by its id (a candidate, where
    both have it).

    Raises `UsageError` where no batch has it, `MatcherError` where there is no batch.
    """
    if not across.batches:
        raise MatcherError(say("No batch can be read."))
    overview: Shown = (tell_overview, record_overview, table_batches)
    told, record, table = overview if what is None else _of_one(across, what)
    match form:
        case "json":
            return render_json(record(across))
        case "csv":
            return render_csv(table(across))
        case _:
            return told(across, words) + _unruled(across, words)


def _unruled(across: Across, words: Words) -> str:
    if not across.unruled:
        return ""
    told = say(
        "By given scores alone, our rules and quotas left out: {batches}.", batches=across.unruled
    )
    return "\n" + tell_lines([told], words)


def _of_one(across: Across, what: str) -> Shown:
    if what in across.candidates:
        return (
            lambda across, words: tell_person(across, what, words),
            lambda across: record_person(across, what),
            lambda across: pd.DataFrame(rows_person(across, what), dtype=object),
        )
    if what in across.openings:
        return (
            lambda across, words: tell_order(across, what, words),
            lambda across: record_order(across, what),
            lambda across: pd.DataFrame(rows_order(across, what), dtype=object),
        )
    near = did_you_mean(what, across.candidates | across.openings)
    if near:
        raise UsageError(say("There is no “{name}” in these batches: {near}", name=what, near=near))
    raise UsageError(say("There is no “{name}” in these batches.", name=what))
