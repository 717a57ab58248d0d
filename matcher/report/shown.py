"""What each command prints, in the form asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

import pandas as pd

from matcher.check.unknown import name_unknown
from matcher.errors import UsageError
from matcher.explain import summarise
from matcher.language import Words
from matcher.pipeline import Result
from matcher.report.blocking import list_blocking, table_blocking
from matcher.report.caps import list_caps, table_caps
from matcher.report.explained import show_explanation
from matcher.report.hosts import show_host, table_host
from matcher.report.limits import list_limits, record_limits, table_limits
from matcher.report.listing import (
    list_openings,
    list_placements,
    list_proofs,
    list_unplaced,
    show_opening,
)
from matcher.report.outcomes import (
    list_objections,
    list_outcomes,
    record_steps,
    table_objections,
    table_outcomes,
    tell_record,
)
from matcher.report.promises import show_settled, tell_settled
from matcher.report.questions import list_questions, table_questions
from matcher.report.render import render_csv, render_json, render_table
from matcher.report.reserves import list_reserves, table_reserves
from matcher.report.routes import list_routes, table_routes
from matcher.report.summary import tell_exchange_rates, tell_summary
from matcher.report.tables import (
    table_openings,
    table_placements,
    table_proofs,
)
from matcher.report.ties import list_ties, table_ties
from matcher.report.why_not import list_reasons, table_reasons
from matcher.report.wishes import list_wishes, table_wishes

LISTED: dict[str, Callable[[Result, Words], str]] = {
    "placements": list_placements,
    "unplaced": list_unplaced,
    "openings": list_openings,
    "proofs": list_proofs,
    "caps": list_caps,
    "routes": list_routes,
    "questions": list_questions,
    "wishes": list_wishes,
    "reserves": list_reserves,
    "outcomes": list_outcomes,
    "objections": list_objections,
    "ties": list_ties,
    "limits": list_limits,
    "blocking": list_blocking,
    "reasons": list_reasons,
}
LISTS = tuple(LISTED)


def show_summary(result: Result, form: str, words: Words) -> str:
    """Return the summary of a batch."""
    summary = summarise(result)
    left_out = sum(count.refused for count in result.problem.counts)
    numbers = {
        **asdict(summary),
        "present": summary.present,
        "empty": summary.empty,
        "rows_left_out": left_out,
        "seed": result.problem.settings.seed,
        "limits": record_limits(result, words),
        "settled": [words(line) for line in tell_settled(result.problem)],
    }
    if form == "json":
        return render_json(numbers)
    if form == "csv":
        plain = [(name, value) for name, value in numbers.items() if type(value) is int]
        return render_csv(pd.DataFrame(plain, columns=["number", "value"]))
    lines = [*tell_summary(result, summary), *tell_exchange_rates(result.problem)]
    return "".join(f"{words(line)}\n" for line in lines)


def show_batch(result: Result, what: str | None, form: str, words: Words) -> str:
    """Return the lists of a batch, one of them, or one candidate or opening."""
    problem = result.problem
    if what in problem.candidate_ids and what not in LISTS:
        return show_explanation(result, what, None, form, words)
    if what in problem.opening_ids and what not in LISTS:
        return _one_opening(result, what, form, words)
    if what in problem.lists.hosts and what not in LISTS:
        return _one_host(result, what, form, words)
    if what is not None and what not in LISTS:
        raise UsageError(
            name_unknown(
                problem,
                what,
                (*problem.candidate_ids, *problem.opening_ids, *problem.lists.hosts, *LISTS),
            )
        )
    if form == "text":
        told = "\n".join(LISTED[name](result, words) for name in ([what] if what else LISTS[:3]))
        return told + show_settled(problem, words)
    tables = _tables_of(result, words, everybody=what is None)
    if form == "csv":
        return render_csv(tables[what or "placements"]())
    if what == "limits":
        return render_json(record_limits(result, words))
    if what:
        return render_json(tables[what]().to_dict("records"))
    lists = {name: tables[name]().to_dict("records") for name in LISTS[:3]}
    settled = [words(line) for line in tell_settled(problem)]
    return render_json({**lists, "settled": settled})


def _tables_of(
    result: Result, words: Words, *, everybody: bool
) -> dict[str, Callable[[], pd.DataFrame]]:
    """Return how the table of each list is made; that of the placements with `everybody`, or only
    with those who are proposed."""
    placements = table_placements(result)
    placed = placements["opening_id"] != ""
    return {
        "placements": lambda: placements if everybody else placements[placed],
        "unplaced": lambda: placements[~placed],
        "openings": lambda: table_openings(result),
        "proofs": lambda: table_proofs(result, words),
        "caps": lambda: table_caps(result),
        "routes": lambda: table_routes(result),
        "questions": lambda: table_questions(result, words),
        "wishes": lambda: table_wishes(result, words),
        "reserves": lambda: table_reserves(result),
        "outcomes": lambda: table_outcomes(result),
        "objections": lambda: table_objections(result),
        "ties": lambda: table_ties(result),
        "limits": lambda: table_limits(result),
        "blocking": lambda: table_blocking(result),
        "reasons": lambda: table_reasons(result, words),
    }


def show_entries(find: str, search: str, form: str) -> str:
    """Return entries of the vocabulary; `find` names the function that finds them."""
    from matcher.vocabulary import load_vocabulary
    from matcher.vocabulary import search as searching

    rows = getattr(searching, find)(load_vocabulary(), search)
    if form == "json":
        return render_json(rows)
    if form == "csv":
        columns = list(getattr(searching, find)(load_vocabulary(), "")[0])
        return render_csv(pd.DataFrame(rows, columns=columns))
    if not rows:
        return "0\n"
    return render_table(list(rows[0]), [[str(cell) for cell in row.values()] for row in rows])


def _one_host(result: Result, host: str, form: str, words: Words) -> str:
    match form:
        case "json":
            return render_json(table_host(result, host).to_dict("records"))
        case "csv":
            return render_csv(table_host(result, host))
        case _:
            return show_host(result, host, words) + show_settled(result.problem, words)


def _one_opening(result: Result, opening: str, form: str, words: Words) -> str:
    place = result.problem.opening_ids.index(opening)
    table = table_openings(result)
    row = table[table["opening_id"] == opening]
    match form:
        case "json":
            reserves = table_reserves(result)
            own = reserves[reserves["opening_id"] == opening].to_dict("records")
            record: dict[str, object] = {"reserves": own, **record_steps(result, opening=place)}
            for name, value in row.to_dict("records")[0].items():
                record[str(name)] = value
            return render_json(record)
        case "csv":
            return render_csv(row)
        case _:
            told = show_opening(result, place, words) + tell_record(result, words, opening=place)
            return told + show_settled(result.problem, words)
