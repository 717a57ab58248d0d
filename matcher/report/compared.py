"""What `compare` prints: two batches beside each other."""

from __future__ import annotations

import pandas as pd

from matcher.explain.compare import Change, Comparison, Place
from matcher.language import Phrase, Words, say
from matcher.problem import Problem
from matcher.report.render import render_csv, render_json, render_table
from matcher.report.titled import titled
from matcher.report.words import STATES, told_score

TOTALS = {
    "people": say("people"),
    "present": say("taking part"),
    "proposed": say("proposed"),
    "conditional": say("of these conditional"),
    "unplaced": say("without a host so far"),
    "seats": say("seats"),
    "usable": say("seats open under quotas and limits"),
    "filled": say("seats filled"),
    "score": say("sum of scores"),
    "keep": say("kept as proposed before"),
}
KINDS_OF_DIFFERENCES = {
    "input": say("input"),
    "setting": say("setting"),
    "seed": say("lottery number"),
    "version": say("version"),
}
LETTERS = 40


def show_comparison(found: Comparison, problem: Problem, form: str, words: Words) -> str:
    """Return a comparison in the form asked for; `problem` is the second batch's."""
    match form:
        case "csv":
            return render_csv(table_changes(found))
        case "json":
            return render_json(_record(found))
        case _:
            return _tell(found, problem, words)


def table_changes(found: Comparison) -> pd.DataFrame:
    """Return one row for each candidate whose opening is another or who is in one batch alone;
    `state_before` and `state_after` are empty where the batch does not have the person."""
    rows = [
        (
            change.candidate_id,
            change.before.opening_id if change.before else "",
            change.after.opening_id if change.after else "",
            change.before.state if change.before else "",
            change.after.state if change.after else "",
        )
        for change in found.changes
    ]
    columns = ["candidate_id", "from", "to", "state_before", "state_after"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _record(found: Comparison) -> dict[str, object]:
    return {
        "changes": table_changes(found).to_dict("records"),
        "moved": len(found.moved),
        "only_seed": found.only_seed,
        "totals": {
            name: {"before": before, "after": after}
            for name, (before, after) in found.totals.items()
        },
        "differences": [
            {"kind": one.kind, "name": one.name, "before": one.before, "after": one.after}
            for one in found.differences
        ],
    }


def _tell(found: Comparison, problem: Problem, words: Words) -> str:
    parts = [words(_headline(found)) + "\n", _tell_totals(found, problem, words)]
    rows = [
        (words(KINDS_OF_DIFFERENCES[one.kind]), one.name, _short(one.before), _short(one.after))
        for one in found.differences
    ]
    sides = (say("first batch"), say("second batch"))
    titles = (say("what"), say("name"), *sides)
    parts.append(titled(say("Differences in what the batches were made from"), titles, rows, words))
    moves = [
        (change.candidate_id, _where(change.before, words), _where(change.after, words))
        for change in found.changes
    ]
    columns = (say("candidate"), *sides)
    parts.append(titled(say("People who stand elsewhere"), columns, moves, words))
    return "\n".join(parts)


def _headline(found: Comparison) -> Phrase:
    moved, alone = len(found.moved), _alone(found)
    if found.only_seed and not moved:
        return say("Only the lottery number differs; nobody stands elsewhere.")
    if found.only_seed:
        return say(
            "Only the lottery number differs: these {n} people were decided by lot.", n=moved
        )
    if not found.differences and not found.changes:
        return say("The two batches were made from the same, and propose the same.")
    if not found.changes:
        return say("The two batches propose the same; what they were made from differs.")
    return say(
        "{n} people of both batches stand elsewhere; {new} are new, {gone} are gone.",
        n=moved,
        new=sum(change.before is None for change in alone),
        gone=sum(change.after is None for change in alone),
    )


def _alone(found: Comparison) -> tuple[Change, ...]:
    return tuple(change for change in found.changes if not (change.before and change.after))


def _tell_totals(found: Comparison, problem: Problem, words: Words) -> str:
    rows = []
    for name, (before, after) in found.totals.items():
        told = [before, after, after - before]
        cells = [words(told_score(problem, n, 2) if name == "score" else n) for n in told]
        sign = "+" if after > before else ""
        rows.append((words(TOTALS[name]), cells[0], cells[1], f"{sign}{cells[2]}"))
    sides = (say("first batch"), say("second batch"), say("difference"))
    return render_table(["", *(words(title) for title in sides)], rows)


def _where(place: Place | None, words: Words) -> str:
    if place is None:
        return words(say("not in this batch"))
    state = words(STATES[place.state])
    return f"{place.opening_id} ({state})" if place.opening_id else state


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[:12]}…"
