"""Step 2: tables of text become a `Problem`; every fault of every table is told at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from matcher.check.candidates import check_candidates
from matcher.check.checked import check_tables
from matcher.check.columns import build_columns
from matcher.check.sheet import Sheet
from matcher.check.skipping import (
    leave_out,
    left_decisions,
    may_skip,
    rows_left_out,
    skipped_notes,
)
from matcher.check.words import check_words, settled_notes
from matcher.errors import Count, InputError, Issue
from matcher.language import say
from matcher.personal import KEY_FILE
from matcher.problem import Problem
from matcher.read import FROZEN, Progress, Table, read_tables
from matcher.settings import FILE, Read, Settings, declare, parse_settings, read_settings_file
from matcher.vocabulary import Vocabulary, load_vocabulary


def open_scenario(
    folder: Path,
    *,
    frozen: bool = False,
    skip: bool = False,
    declared: Read | None = None,
    progress: Progress | None = None,
) -> Problem:
    """Return the problem of a scenario folder, or of the inputs `frozen` in a batch.

    `declared` overrides what the scenario declares of its files; with `skip` refused rows are left
    out where nothing else is wrong. Raises `UsageError` where there is no scenario and
    `InputError` with every issue found.
    """
    content = read_settings_file(folder)
    settings = declare(parse_settings(content), declared)
    check_words(settings, load_vocabulary())
    reading = settings.model_copy(update={"read": FROZEN, "job_types": {}}) if frozen else settings
    tables = read_tables(folder, reading, frozen=frozen, progress=progress)
    key = _read_key(folder / KEY_FILE)
    problem = build_problem(tables, reading, load_vocabulary(), key=key, skip=skip)
    notes = (*settled_notes(settings), *problem.notes)
    return replace(
        problem, settings=settings, notes=notes, inputs={FILE: content, **problem.inputs}
    )


def build_problem(
    tables: dict[str, Table],
    settings: Settings,
    vocabulary: Vocabulary,
    *,
    key: bytes = b"",
    skip: bool = False,
) -> Problem:
    """Return the problem that the tables state; raises `InputError` with every issue found."""
    checked = check_tables(tables, settings, vocabulary, key)
    people, orders = checked.people, checked.orders
    refused = [issue for issue in checked.issues if issue.severity == "error"]
    skipping = skip and may_skip(checked.of_rows, refused)
    lost: list[Issue] = []
    if skipping:
        checked.refuse_orphans()
        lost = checked.limited.unknown_names(accepted=True)
    if refused and not (skipping and not lost and people.accepted and orders.accepted):
        told = say("The inputs have faults; nothing was run.")
        raise InputError(told, _sorted([*checked.issues, *lost]), checked.tallies)
    present = {checked.candidates.ids[row] for row in people.accepted}
    still_open = {checked.openings.ids[row] for row in orders.accepted}
    left, dropped = left_decisions(checked.decisions, present, still_open)
    if checked.decided is not None and dropped:
        leave_out(checked.decided, checked.decisions, left)
    records, unrecorded = checked.records.left(present, still_open)
    dropped += unrecorded
    if checked.scored is not None and skipping:
        dropped += checked.scored.leave_out(present, still_open)
    if skipping:
        dropped += checked.limited.lost_groups()
    counts = checked.tallies
    problem = build_columns(
        checked.candidates.only(_in_order(people, checked.candidates.ids)),
        checked.openings.only(_in_order(orders, checked.openings.ids)),
        left,
        settings,
        vocabulary,
        checked.accepted_around(),
        records,
    )
    scored = checked.scored
    return replace(
        problem,
        given=scored.given(problem.candidate_ids, problem.opening_ids) if scored else None,
        notes=_sorted([*checked.issues, *dropped, *skipped_notes(counts)]),
        counts=counts,
        inputs={f"{sheet.table.name}.csv": _canonical(sheet) for sheet in checked.sheets},
        sources={f: d for sheet in checked.sheets for f, d in sheet.table.digests.items()},
        left_out=tuple(row for sheet in checked.of_rows for row in rows_left_out(sheet)),
    )


def read_people(table: Table, settings: Settings, key: bytes) -> Sheet:
    """Return the candidates' table under check: their ids and canonical cells."""
    given = settings.files.scores is not None
    return check_candidates(table, settings, load_vocabulary(), key, given=given)[0]


def _in_order(sheet: Sheet, ids: Sequence[str]) -> list[int]:
    return sorted(sheet.accepted, key=ids.__getitem__)


def _sorted(issues: Iterable[Issue]) -> tuple[Issue, ...]:
    return tuple(sorted(issues, key=lambda issue: issue.place))


def _canonical(sheet: Sheet) -> bytes:
    """Return the accepted rows of the columns that were given, in canonical spelling, sorted: what
    a batch keeps, and what reads as the same values again."""
    columns = [
        column.name
        for column in sheet.form.columns
        if column.name in sheet.kept
        and column.name in sheet.form.kept
        and (sheet.has(column.name) or any(sheet.kept[column.name]))
    ]
    accepted = sheet.accepted
    kept = ([sheet.kept[column][row] for row in accepted] for column in columns)
    rows = sorted(zip(*kept, strict=True))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return text.getvalue().encode()


def _read_key(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


__all__ = ["Count", "build_problem", "open_scenario", "read_people"]
