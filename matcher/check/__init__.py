"""Step 2: tables of text become a `Problem`; every fault of every table is told at once."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path

from matcher.check.candidates import CandidateCells, check_candidates
from matcher.check.columns import Around, build_columns
from matcher.check.decisions import check_decisions
from matcher.check.openings import Known, OpeningCells, check_openings
from matcher.check.parties import (
    EstablishmentCells,
    HostCells,
    SchoolCells,
    SupervisorCells,
    check_establishments,
    check_hosts,
    check_schools,
    check_supervisors,
)
from matcher.check.sheet import Sheet
from matcher.check.skipping import (
    leave_out,
    left_decisions,
    may_skip,
    refuse_without,
    rows_left_out,
    skipped_notes,
)
from matcher.check.words import check_words
from matcher.errors import Count, InputError, Issue
from matcher.language import say
from matcher.personal import KEY_FILE
from matcher.problem import Decision, Problem
from matcher.read import FROZEN, Progress, Table, read_tables
from matcher.settings import FILE, Read, Settings, declare, parse_settings, read_settings_file
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
    key = _read_key(folder / KEY_FILE)
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
    checked = _check_tables(tables, settings, vocabulary, key)
    people, orders = checked.people, checked.orders
    refused = [issue for issue in checked.issues if issue.severity == "error"]
    skipping = skip and may_skip(checked.of_rows, refused)
    if skipping:
        checked.refuse_orphans()
    if refused and not (skipping and people.accepted and orders.accepted):
        told = say("The inputs have faults; nothing was run.")
        raise InputError(told, _sorted(checked.issues), checked.tallies)
    present = {checked.candidates.ids[row] for row in people.accepted}
    still_open = {checked.openings.ids[row] for row in orders.accepted}
    left, dropped = left_decisions(checked.decisions, present, still_open)
    if checked.decided is not None and dropped:
        leave_out(checked.decided, checked.decisions, left)
    counts = checked.tallies
    problem = build_columns(
        checked.candidates.only(_in_order(people, checked.candidates.ids)),
        checked.openings.only(_in_order(orders, checked.openings.ids)),
        left,
        settings,
        vocabulary,
        checked.accepted_around(),
    )
    return replace(
        problem,
        notes=_sorted([*checked.issues, *dropped, *skipped_notes(counts)]),
        counts=counts,
        inputs={f"{sheet.table.name}.csv": _canonical(sheet) for sheet in checked.sheets},
        sources={f: d for sheet in checked.sheets for f, d in sheet.table.digests.items()},
        left_out=tuple(row for sheet in checked.of_rows for row in rows_left_out(sheet)),
    )


def read_people(table: Table, settings: Settings, key: bytes) -> Sheet:
    """Return the candidates' table under check: their ids and canonical cells."""
    return check_candidates(table, settings, load_vocabulary(), key)[0]


@dataclass(frozen=True)
class _Checked:
    """The tables under check and what they say; without a hosts table `hosts` is None, without
    decisions `decided` is. `beside` are the tables of establishments and organisations."""

    hosts: Sheet | None
    beside: list[Sheet]
    around: Around
    orders: Sheet
    openings: OpeningCells
    people: Sheet
    candidates: CandidateCells
    decided: Sheet | None
    decisions: list[Decision]

    @property
    def of_rows(self) -> list[Sheet]:
        """The tables of which refused rows may be left out."""
        hosts = [] if self.hosts is None else [self.hosts]
        return [*hosts, self.orders, self.people, *self.beside]

    def refuse_orphans(self) -> None:
        """Refuse the rows that name a row of another table that is left out."""
        beside = {sheet.table.name: sheet for sheet in self.beside}
        hosts, places = self.hosts, beside.get("establishments")
        if (supervisors := beside.get("supervisors")) is not None:
            for sheet in (hosts, self.orders):
                if sheet is not None:
                    refuse_without(supervisors, sheet, "supervisor_id")
        if hosts is not None:
            for sheet in (places, self.orders):
                if sheet is not None:
                    refuse_without(hosts, sheet, "host_id")
        if places is not None:
            refuse_without(places, self.orders, "establishment_id")

    def accepted_around(self) -> Around:
        """Return what the accepted rows of the tables beside people and orders say."""
        sheets = {sheet.table.name: sheet for sheet in self.beside}
        if self.hosts is not None:
            sheets["hosts"] = self.hosts
        kept = {
            field.name: cells.only(sheets[field.name].accepted)
            for field in fields(self.around)
            if (cells := getattr(self.around, field.name)) is not None
        }
        return Around(**{name: cells if cells.ids else None for name, cells in kept.items()})

    @property
    def sheets(self) -> list[Sheet]:
        """All tables."""
        decided = [] if self.decided is None else [self.decided]
        return [*self.of_rows, *decided]

    @property
    def issues(self) -> list[Issue]:
        """What is told of all tables so far."""
        return [issue for sheet in self.sheets for issue in sheet.issues]

    @property
    def tallies(self) -> tuple[Count, ...]:
        """The rows of all tables so far."""
        return tuple(count for sheet in self.sheets for count in sheet.tallies)


def _check_tables(
    tables: dict[str, Table], settings: Settings, vocabulary: Vocabulary, key: bytes
) -> _Checked:
    hosts, beside, around = _check_around(tables, settings, vocabulary)
    orders, openings = check_openings(
        tables["openings"], settings, vocabulary, _known(hosts, beside, around)
    )
    people, candidates = check_candidates(tables["candidates"], settings, vocabulary, key)
    decided: Sheet | None = None
    decisions: list[Decision] = []
    if "decisions" in tables:
        seats = {
            opening: MANY if row in orders.bad else int(openings.codes["seats"][row])
            for row, opening in enumerate(openings.ids)
        }
        paid = zip(candidates.ids, candidates.codes["deposit"], strict=True)
        decided, decisions = check_decisions(
            tables["decisions"],
            set(candidates.ids) if people.readable else None,
            seats if orders.readable else None,
            {person for person, deposit in paid if deposit > 0},
            {openings.ids[row]: openings.wishes_of(row) for row in orders.accepted},
            settings.on,
            settings.read,
        )
    return _Checked(hosts, beside, around, orders, openings, people, candidates, decided, decisions)


def _check_around(
    tables: dict[str, Table], settings: Settings, vocabulary: Vocabulary
) -> tuple[Sheet | None, list[Sheet], Around]:
    """Return the hosts' table under check, those of establishments and organisations, and what
    they say."""
    hosts: Sheet | None = None
    beside: list[Sheet] = []
    host_cells: HostCells | None = None
    establishments: EstablishmentCells | None = None
    supervisors: SupervisorCells | None = None
    schools: SchoolCells | None = None
    if "supervisors" in tables:
        sheet, supervisors = check_supervisors(tables["supervisors"], settings, vocabulary)
        beside.append(sheet)
    kumiai = _ids(supervisors.ids, beside[0]) if supervisors else None
    if "hosts" in tables:
        hosts, host_cells = check_hosts(tables["hosts"], settings, vocabulary, kumiai)
    if "establishments" in tables:
        owners = _ids(host_cells.ids, hosts) if host_cells and hosts is not None else None
        sheet, establishments = check_establishments(tables["establishments"], settings, owners)
        beside.append(sheet)
    if "schools" in tables:
        sheet, schools = check_schools(tables["schools"], settings, vocabulary)
        beside.append(sheet)
    around = Around(
        host_cells if host_cells and host_cells.ids else None,
        establishments if establishments and establishments.ids else None,
        supervisors if supervisors and supervisors.ids else None,
        schools,
    )
    return hosts, beside, around


def _known(hosts: Sheet | None, beside: Sequence[Sheet], around: Around) -> Known:
    """Return the ids that job orders may name."""
    sheets = {sheet.table.name: sheet for sheet in beside}
    known_hosts = owners = supervisors = None
    if around.hosts and hosts is not None:
        known_hosts = _ids(around.hosts.ids, hosts)
    if around.establishments and sheets["establishments"].readable:
        found = around.establishments
        rows = range(len(found.ids))
        bad = sheets["establishments"].bad
        owners = {found.ids[row]: "" if row in bad else found.hosts[row] for row in rows}
    if around.supervisors:
        supervisors = _ids(around.supervisors.ids, sheets["supervisors"])
    return Known(known_hosts, owners, supervisors)


def _ids(ids: Sequence[str], sheet: Sheet) -> frozenset[str] | None:
    """Return the ids of a table, None where it could not be read whole or holds none."""
    return frozenset(filter(None, ids)) or None if sheet.readable else None


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
