"""The interview lists of a scenario or batch, in the form asked for."""

from __future__ import annotations

from matcher.check.unknown import name_unknown
from matcher.errors import UsageError
from matcher.language import Words, say
from matcher.pipeline import Result
from matcher.report.promises import tell_settled
from matcher.report.render import render_csv, render_json
from matcher.report.shortlist.records import record_shortlist, table_shortlist
from matcher.report.shortlist.told import (
    tell_lists,
    tell_shortlist,
    tell_unkept,
    tell_warnings,
)
from matcher.shortlist import Entry

__all__ = ["show_shortlist", "table_shortlist", "tell_aside"]


def show_shortlist(result: Result, form: str, words: Words, what: str | None = None) -> str:
    """Return the interview lists as text, JSON or CSV: all of them, or the lines of one job order,
    host or candidate. Raises `UsageError` for a name that is none of these."""
    entries = result.shortlist.entries if what is None else _entries_of(result, what)
    match form:
        case "json":
            settled = [words(line) for line in tell_settled(result.problem)]
            notes = [words(line) for line in tell_unkept(result)]
            record = record_shortlist(result, entries)
            return render_json({**record, "notes": notes, "settled": settled})
        case "csv":
            return render_csv(table_shortlist(result, entries))
        case _ if what is None:
            return tell_shortlist(result, words)
        case _:
            return tell_lists(result, entries, words)


def tell_aside(result: Result, words: Words) -> str:
    """Return what stands beside the lists as CSV, which has no place for it: warnings, and how
    many people are on no list."""
    left = len(result.shortlist.left_out)
    told = words(say("On no list: {n} people (named without --format csv).", n=left))
    return tell_warnings(result, words) + (f"{told}\n" if left else "")


def _entries_of(result: Result, what: str) -> tuple[Entry, ...]:
    problem, entries = result.problem, result.shortlist.entries
    if what in problem.opening_ids:
        place = problem.opening_ids.index(what)
        return tuple(entry for entry in entries if entry.opening == place)
    if what in problem.lists.hosts:
        host = problem.lists.hosts.index(what)
        return tuple(entry for entry in entries if problem.openings.host[entry.opening] == host)
    if what in problem.candidate_ids:
        person = problem.candidate_ids.index(what)
        return tuple(entry for entry in entries if entry.candidate == person)
    known = (*problem.candidate_ids, *problem.opening_ids, *problem.lists.hosts)
    raise UsageError(name_unknown(problem, what, known))
