"""Step 2: tables of text become a `Problem`; every fault of every table is told at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from matcher.check import cells
from matcher.check.candidates import check_candidates
from matcher.check.columns import build_columns
from matcher.check.decisions import check_decisions
from matcher.check.openings import check_hosts, check_openings
from matcher.check.sheet import Sheet
from matcher.errors import InputError
from matcher.language import say
from matcher.problem import Decision, Problem
from matcher.read import Table, read_tables
from matcher.settings import FILE, Settings, parse_settings, read_settings_file
from matcher.vocabulary import Vocabulary, load_vocabulary

MANY = 10**9  # the seats of an opening whose own row is faulty: no second fault


def open_scenario(folder: Path, *, frozen: bool = False) -> Problem:
    """Return the problem of a scenario folder, or of the inputs `frozen` in a batch.

    Raises `UsageError` where there is no scenario and `InputError` with every issue found.
    """
    content = read_settings_file(folder)
    settings = parse_settings(content)
    tables = read_tables(folder, settings, frozen=frozen)
    problem = build_problem(tables, settings, load_vocabulary())
    inputs = {f"{name}.csv": table.content for name, table in tables.items()}
    return replace(problem, inputs={FILE: content, **inputs})


def build_problem(tables: dict[str, Table], settings: Settings, vocabulary: Vocabulary) -> Problem:
    """Return the problem that the tables state; raises `InputError` with every issue found."""
    sheets: list[Sheet] = []
    host_names: dict[str, str] | None = None
    if "hosts" in tables:
        sheet, host_names = check_hosts(tables["hosts"], vocabulary)
        sheets.append(sheet)
    known_hosts = host_names if host_names is not None and sheets[0].readable else None
    orders, openings = check_openings(tables["openings"], settings, vocabulary, known_hosts)
    sheets.append(orders)
    people, candidates = check_candidates(
        tables["candidates"], settings, vocabulary, _spellings(vocabulary)
    )
    sheets.append(people)
    decisions: list[Decision] = []
    if "decisions" in tables:
        seats = {
            opening: MANY if row in orders.bad else int(openings.codes["seats"][row])
            for row, opening in enumerate(openings.ids)
        }
        paid = zip(candidates.ids, candidates.codes["deposit"], strict=True)
        sheet, decisions = check_decisions(
            tables["decisions"],
            set(candidates.ids) if people.readable else None,
            seats if orders.readable else None,
            {person for person, deposit in paid if deposit > 0},
            settings.on,
        )
        sheets.append(sheet)
    issues = sorted((issue for sheet in sheets for issue in sheet.issues), key=lambda i: i.place)
    counts = tuple(sorted((sheet.count for sheet in sheets), key=lambda count: count.file))
    if any(issue.severity == "error" for issue in issues):
        raise InputError(say("The inputs have faults; nothing was run."), tuple(issues), counts)
    problem = build_columns(candidates, openings, decisions, settings, vocabulary, host_names)
    return replace(problem, notes=tuple(issues), counts=counts)


def _spellings(vocabulary: Vocabulary) -> dict[str, int]:
    """Return the place of each spelling of a programme; the name of a whole field (kejuruan) is
    none, for many programmes stand in it."""
    programmes = vocabulary.programmes
    places = {name: place for place, name in enumerate(sorted(programmes))}
    fields = {cells.folded(programme.kejuruan) for programme in programmes.values()}
    spellings = {
        alias: places[programme.programme_id]
        for programme in programmes.values()
        for alias in (*programme.aliases, programme.name)
        if cells.folded(alias) not in fields
    }
    return spellings | places
