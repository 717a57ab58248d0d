"""Where a folder of batches stands: a line a batch, then what is open in the newest one."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from matcher.check.follow import Step
from matcher.language import Phrase, Words, say
from matcher.problem import NO, UNKNOWN, YES
from matcher.report.funnel.columns import fit_table
from matcher.report.funnel.telling import tell_lines
from matcher.report.status.batches import PROPOSED, Across, BatchTables
from matcher.report.words import STEPS

LISTED = 10
COLUMNS = (
    *("batch", "on", "schema", "people", "proposed", "conditional", "underway", "seated"),
    *("open_objections", "reserves"),
)
ASKED, NAMED = ("offered",), ("named", "interviewed")


def table_batches(across: Across) -> pd.DataFrame:
    """Return one row per batch; "" where a batch of another version does not say."""
    return pd.DataFrame(
        [_numbers(batch) for batch in across.batches], columns=pd.Index(COLUMNS), dtype=object
    )


def record_overview(across: Across) -> dict[str, object]:
    """Return the overview for JSON."""
    latest = across.latest
    return {
        "batches": [
            {name: None if cell == "" else cell for name, cell in zip(COLUMNS, row, strict=True)}
            for row in map(_numbers, across.batches)
        ],
        "latest": latest.folder,
        "without_our_rules": list(across.unruled),
        "to_offer": [
            {"candidate_id": row["candidate_id"], "opening_id": row["opening_id"]}
            for row in latest.to_offer
        ],
        "waits_for_answer": [_record(step) for step in latest.last_in(*ASKED)],
        "to_name": [_record(step) for step in latest.to_name(YES)],
        "to_ask_consent": [_record(step) for step in latest.to_name(UNKNOWN)],
        "no_consent": [_record(step) for step in latest.to_name(NO)],
        "named_no_result": [_record(step) for step in latest.last_in(*NAMED)],
        "reserves_called": [_record(step) for step in latest.called],
        "objections": [
            {
                "candidate_id": one.candidate,
                "opening_id": one.opening,
                "on": one.on.isoformat(),
                "due": one.due.isoformat(),
                "overdue": one.due < latest.on,
                "text": one.text,
            }
            for one in latest.open_objections
        ],
        "over_180_days": [
            {"candidate_id": who, "days": days, "proposed_at": _proposed_at(latest, who)}
            for days, who in latest.long_waiting
        ],
    }


def tell_overview(across: Across, words: Words) -> str:
    """Return the overview as text."""
    titles = (
        *(say("batch"), say("day"), say("people"), say("proposed"), say("of these conditional")),
        *(say("underway"), say("with a seat"), say("open objections"), say("reserves")),
    )
    numbers = map(_numbers, across.batches)
    rows = [tuple(words(cell) for cell in (*row[:2], *row[3:])) for row in numbers]
    head = words(say("Batches: {n}", n=len(rows)))
    told = f"{head}\n\n" + fit_table([words(title) for title in titles], rows)
    return told + "\n" + _open_now(across.latest, words)


def _open_now(batch: BatchTables, words: Words) -> str:
    """Return what somebody has to do next in a batch."""
    parts = [
        tell_lines([say("Open now in {batch} ({day}):", batch=batch.folder, day=batch.on)], words)
    ]
    if batch.whole:
        parts += [
            _line(say("Proposed, to be offered to the person"), _proposals(batch), words),
            _line(say("The person's answer is awaited"), _pairs(batch.last_in(*ASKED)), words),
            _line(say("Agreed, to be named to the host"), _pairs(batch.to_name(YES)), words),
            _unnamed(batch, words),
            _line(say("Named to the host, no result yet"), _pairs(batch.last_in(*NAMED)), words),
        ]
        called = say("A seat fell free for these reserves, the host is to be asked")
        parts += [_line(called, _pairs(batch.called), words), _objections(batch, words)]
    parts.append(_long_waits(batch, words))
    return "".join(parts)


def _line(title: Phrase, items: Sequence[Phrase], words: Words) -> str:
    more = len(items) - LISTED
    shown = tuple(items[:LISTED])
    if not items:
        return tell_lines([say("{title}: none.", title=title)], words)
    told = say("{title}, {n}: {items}", title=title, n=len(items), items=shown)
    if more > 0:
        told = say("{told}, {n} more", told=told, n=more)
    return tell_lines([say("{told}.", told=told)], words)


def _unnamed(batch: BatchTables, words: Words) -> str:
    """Return who agreed to the job order, but not, or not on record, to be named to a host."""
    unasked, withheld = batch.to_name(UNKNOWN), batch.to_name(NO)
    told = ""
    if unasked:
        title = say("Agreed, to be asked first whether particulars are passed on (consent_export)")
        told += _line(title, _pairs(unasked), words)
    if withheld:
        title = say("Agreed, but not that particulars are passed on: not named to the host")
        told += _line(title, _pairs(withheld), words)
    return told


def _proposals(batch: BatchTables) -> list[Phrase]:
    return [
        say("{who} at {opening}", who=row["candidate_id"], opening=row["opening_id"])
        for row in batch.to_offer
    ]


def _pairs(steps: Sequence[Step]) -> list[Phrase]:
    return [
        say(
            "{who} at {opening} ({step}, {day})",
            who=step.candidate_id,
            opening=step.opening_id,
            step=STEPS[step.state],
            day=step.on.isoformat(),
        )
        for step in steps
    ]


def _objections(batch: BatchTables, words: Words) -> str:
    items = [
        say(
            "{who}, answer due {day} (overdue): {text}",
            who=one.candidate,
            day=one.due.isoformat(),
            text=one.text,
        )
        if one.due < batch.on
        else say(
            "{who}, answer due {day}: {text}",
            who=one.candidate,
            day=one.due.isoformat(),
            text=one.text,
        )
        for one in batch.open_objections
    ]
    return _line(say("Objections without an answer"), items, words)


def _long_waits(batch: BatchTables, words: Words) -> str:
    """Return who waits over 180 days, those without a proposal first."""
    waits = sorted(batch.long_waiting, key=lambda one: _proposed_at(batch, one[1]) != "")
    items = [
        say("{who} {days} days, proposed at {opening}", who=who, days=days, opening=opening)
        if (opening := _proposed_at(batch, who))
        else say("{who} {days} days, without a proposal", who=who, days=days)
        for days, who in waits
    ]
    return _line(say("Waiting over 180 days without a seat"), items, words)


def _proposed_at(batch: BatchTables, candidate: str) -> str:
    return batch.placement[candidate]["opening_id"]


def _numbers(batch: BatchTables) -> tuple[str | int, ...]:
    steps: tuple[str | int, ...] = ("", "", "")
    if batch.whole:
        steps = (len(batch.underway), len(batch.seated), len(batch.open_objections))
    return (
        *(batch.folder, batch.on.isoformat(), batch.schema, len(batch.placements)),
        *(batch.count(*PROPOSED), batch.count("conditional"), *steps),
        "" if batch.reserves is None else len(batch.reserves),
    )


def _record(step: Step) -> dict[str, object]:
    return {
        "candidate_id": step.candidate_id,
        "opening_id": step.opening_id,
        "state": step.state,
        "on": step.on.isoformat(),
        "by": step.by,
    }
