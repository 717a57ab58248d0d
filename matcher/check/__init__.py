"""Step 2: tables of text become a `Problem`; every fault of every table is told at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from matcher.check.candidates import CandidateCells, check_candidates
from matcher.check.columns import build_columns
from matcher.check.decisions import check_decisions
from matcher.check.named import check_settled
from matcher.check.openings import OpeningCells, check_hosts, check_openings
from matcher.check.sheet import Sheet
from matcher.errors import Count, InputError, Issue
from matcher.forms import FORMS, fold, load_form
from matcher.language import say
from matcher.personal import mask_numbers
from matcher.problem import Decision, Problem
from matcher.read import FROZEN, Progress, Table, read_tables
from matcher.settings import FILE, Read, Settings, declare, parse_settings, read_settings_file
from matcher.spelling import did_you_mean
from matcher.vocabulary import Vocabulary, load_vocabulary

MANY = 10**9  # the seats of an opening whose own row is faulty: no second fault


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
    key = _read_key(folder / settings.read.key)
    problem = build_problem(tables, reading, load_vocabulary(), key=key, skip=skip)
    return replace(problem, settings=settings, inputs={FILE: content, **problem.inputs})


def build_problem(
    tables: dict[str, Table],
    settings: Settings,
    vocabulary: Vocabulary,
    *,
    key: bytes = b"",
    skip: bool = False,
) -> Problem:
    """Return the problem that the tables state; raises `InputError` with every issue found."""
    sheets: list[Sheet] = []
    host_names: dict[str, str] | None = None
    if "hosts" in tables:
        sheet, host_names = check_hosts(tables["hosts"], settings, vocabulary)
        sheets.append(sheet)
    known_hosts = host_names if host_names and sheets[0].readable else None
    orders, openings = check_openings(tables["openings"], settings, vocabulary, known_hosts)
    people, candidates = check_candidates(tables["candidates"], settings, vocabulary, key)
    sheets += [orders, people]
    decisions: list[Decision] = []
    if "decisions" in tables:
        sheet, decisions = _decisions(
            tables["decisions"], orders, people, openings, candidates, settings
        )
        sheets.append(sheet)
    tables_of_rows = sheets[:-1] if "decisions" in tables else sheets
    refused = [i for sheet in sheets for i in sheet.issues if i.severity == "error"]
    may_skip = skip and all(
        issue.action == "row" and (issue.file, issue.sheet) in _places(tables_of_rows)
        for issue in refused
    )
    if may_skip and known_hosts is not None:
        _refuse_without_host(sheets[0], orders, openings)
    issues = [issue for sheet in sheets for issue in sheet.issues]
    if refused and not (may_skip and people.accepted and orders.accepted):
        told = say("The inputs have faults; nothing was run.")
        counts = tuple(count for sheet in sheets for count in sheet.tallies)
        raise InputError(told, _sorted(issues), counts)
    left, dropped = _left(decisions, people, orders, openings, candidates)
    if len(left) < len(decisions):
        _leave_out(sheets[-1], decisions, left)
    counts = tuple(count for sheet in sheets for count in sheet.tallies)
    rows = _in_order(people, candidates.ids), _in_order(orders, openings.ids)
    problem = build_columns(
        candidates.only(rows[0]), openings.only(rows[1]), left, settings, vocabulary, host_names
    )
    skipped = [
        Issue(
            "SKIPPED",
            c.file,
            0,
            "",
            "",
            say("{n} refused rows are left out (--skip-bad-rows)", n=c.refused),
        )
        for c in counts
        if c.refused
    ]
    return replace(
        problem,
        notes=_sorted([*issues, *dropped, *skipped]),
        counts=counts,
        inputs={f"{sheet.table.name}.csv": _canonical(sheet) for sheet in sheets},
        sources={f: d for sheet in sheets for f, d in sheet.table.digests.items()},
        left_out=tuple(name for sheet in tables_of_rows for name in _left_out(sheet)),
    )


def check_words(settings: Settings, vocabulary: Vocabulary) -> None:
    """Raise `InputError` where the scenario's own words (`[job_types]`, `[read] columns`) name no
    job type or column."""
    issues = [
        Issue(
            "SETTINGS",
            FILE,
            0,
            f"job_types.{word}",
            settings.job_types[word],
            say("unknown {what}", what=say("job type")),
            did_you_mean(settings.job_types[word], vocabulary.job_types),
        )
        for word in check_settled(settings.job_types, vocabulary)
    ]
    folded: dict[str, str] = {}
    for word, number in settings.job_types.items():
        other = folded.setdefault(fold(word), word)
        if settings.job_types[other] != number:
            reason = say("“{word}” and “{other}” are one word", word=word, other=other)
            issues.append(Issue("SETTINGS", FILE, 0, f"job_types.{word}", number, reason))
        if word.strip()[:1].isdigit():
            reason = say("a number of the list means itself")
            issues.append(Issue("SETTINGS", FILE, 0, f"job_types.{word}", number, reason))
    known = {column.name for table in FORMS for column in load_form(table).columns}
    issues += [
        Issue(
            "SETTINGS",
            FILE,
            0,
            f"read.columns.{header}",
            column,
            say("there is no such column"),
            did_you_mean(column, known),
        )
        for header, column in settings.read.columns.items()
        if column and column not in known
    ]
    if issues:
        raise InputError(say("The scenario has faults."), tuple(issues))


def read_people(table: Table, settings: Settings, key: bytes) -> Sheet:
    """Return the candidates' table under check: their ids and canonical cells."""
    return check_candidates(table, settings, load_vocabulary(), key)[0]


def _decisions(
    table: Table,
    orders: Sheet,
    people: Sheet,
    openings: OpeningCells,
    candidates: CandidateCells,
    settings: Settings,
) -> tuple[Sheet, list[Decision]]:
    seats = {
        opening: MANY if row in orders.bad else int(openings.codes["seats"][row])
        for row, opening in enumerate(openings.ids)
    }
    paid = zip(candidates.ids, candidates.codes["deposit"], strict=True)
    return check_decisions(
        table,
        set(candidates.ids) if people.readable else None,
        seats if orders.readable else None,
        {person for person, deposit in paid if deposit > 0},
        settings.on,
        settings.read,
    )


def _left(
    decisions: Iterable[Decision],
    people: Sheet,
    orders: Sheet,
    openings: OpeningCells,
    candidates: CandidateCells,
) -> tuple[list[Decision], list[Issue]]:
    """Return the decisions about rows that were not left out, and notes on the others."""
    present = {candidates.ids[row] for row in people.accepted} | {""}
    open_now = {openings.ids[row] for row in orders.accepted} | {""}
    left, notes = [], []
    for decision in decisions:
        if decision.candidate_id in present and decision.opening_id in open_now:
            left.append(decision)
        else:
            reason = say("the decision names a row that is left out")
            notes.append(
                Issue("SKIPPED", decision.file, decision.line, "action", decision.action, reason)
            )
    return left, notes


def _left_out(sheet: Sheet) -> list[str]:
    """Return the refused rows of a table as “id (place)”, personal numbers masked."""
    ids = sheet.kept.get(sheet.form.required[0], [""] * len(sheet))
    read = [
        (ids[row] or "?", sheet.part_of(row).name, sheet.line(row)) for row in sorted(sheet.bad)
    ]
    unread = [("?", i.file, i.line) for i in sheet.table.issues if i.action == "row"]
    return [mask_numbers(f"{name} ({file}:{line})") for name, file, line in (*read, *unread)]


def _in_order(sheet: Sheet, ids: Sequence[str]) -> list[int]:
    return sorted(sheet.accepted, key=ids.__getitem__)


def _places(sheets: Iterable[Sheet]) -> set[tuple[str, str]]:
    return {(part.file, part.sheet) for sheet in sheets for part in sheet.table.parts}


def _refuse_without_host(hosts: Sheet, orders: Sheet, openings: OpeningCells) -> None:
    """Refuse the job orders of hosts whose own rows are left out."""
    left = {hosts.kept["host_id"][row] for row in hosts.accepted}
    for row in orders.accepted:
        if openings.hosts[row] not in left:
            reason, mend = say("the row of this host is left out"), say("mend the host's row")
            orders.error(row, "host_id", "UNKNOWN_NAME", reason, mend)


def _leave_out(sheet: Sheet, decisions: Iterable[Decision], left: Iterable[Decision]) -> None:
    """Count the decisions that are not left as ignored, and keep them out of the batch."""
    gone = {(d.file, d.line) for d in decisions} - {(d.file, d.line) for d in left}
    for part, rows in sheet.rows_by_part:
        for row in rows:
            if (part.name, sheet.line(row)) in gone:
                sheet.twice.add(row)


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
    rows = sorted([sheet.kept[column][row] for column in columns] for row in sheet.accepted)
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
