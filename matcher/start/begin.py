"""A new scenario: from an empty workbook, or from what the office has."""

from __future__ import annotations

import csv
import io
import json
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.check import build_problem, read_people
from matcher.check.identity import KEY_TABLE, key_rows
from matcher.durable import write_folder
from matcher.errors import Count, InputError, Issue, UsageError
from matcher.language import say
from matcher.pipeline import check_problem
from matcher.read import Progress, Reader, Table
from matcher.settings import FILE, Read, Settings, parse_settings
from matcher.start.template import make_template, sheet_name
from matcher.vocabulary import load_vocabulary

WORKBOOKS = {"id": "isian.xlsx", "ja": "記入.xlsx", "en": "tables.xlsx"}
LAYOUT = ("candidates", "openings", "hosts", "decisions")
SOONEST, LATEST = 120, 240  # days from `on` to entry: matching happens 4 to 8 months before it


@dataclass(frozen=True)
class Begun:
    """What `new` made: the folder's files by name, the columns found by file (our name → header),
    and what is still wrong or worth knowing."""

    files: dict[str, bytes]
    found: dict[str, dict[str, str]]
    issues: tuple[Issue, ...]
    counts: tuple[Count, ...]


def begin_empty(name: str, on: date, language: str) -> dict[str, bytes]:
    """Return the files of an empty scenario: a workbook to fill in, and `scenario.toml`."""
    workbook = WORKBOOKS[language]
    files = {table: f"{workbook}#{sheet_name(table, language)}" for table in LAYOUT}
    toml = make_toml(name, on, language, {table: (path,) for table, path in files.items()}, Read())
    return {FILE: toml.encode(), workbook: make_template(language)}


def begin_with(
    name: str,
    on: date,
    language: str,
    paths: dict[str, Sequence[str]],
    declared: Read,
    progress: Progress | None = None,
) -> Begun:
    """Return a scenario made of an office's own files (`path` or `path#sheet`, by table).

    Raises `UsageError` where two files of one name come from different folders.
    """
    copies: dict[str, bytes] = {}
    named = {table: take_copies(given, copies)[1] for table, given in paths.items() if given}
    with TemporaryDirectory() as place:
        folder = Path(place)
        for file, content in copies.items():
            (folder / file).write_bytes(content)
        toml = make_toml(name, on, language, named, declared)
        reader = Reader(folder, parse_settings(toml.encode()).read, progress)
        tables = {table: reader.table(table, listed) for table, listed in named.items()}
    files = {table: _with_sheets(tables[table], listed) for table, listed in named.items()}
    columns = {**_mapping(tables.values()), **declared.columns}
    reading = declared.model_copy(update={"columns": columns, "sheet": None})
    toml = make_toml(name, on, language, files, reading)
    settings = parse_settings(toml.encode())
    key = secrets.token_hex(32).encode()
    made = {FILE: toml.encode(), **copies}
    rows = key_rows(read_people(tables["candidates"], settings, key))
    if rows:
        made[settings.read.key] = key + b"\n"
        made[KEY_TABLE] = table_bytes(rows)
    issues, counts = _check(tables, settings, key)
    found = {
        part.name: {column: part.headers[column] for column in part.columns}
        for table in tables.values()
        for part in table.parts
    }
    return Begun(made, found, issues, counts)


def take_copies(
    paths: Sequence[str], copies: dict[str, bytes] | None = None
) -> tuple[dict[str, bytes], tuple[str, ...]]:
    """Return the contents of files (`path` or `path#sheet`) under their own names, added to
    `copies`, and how [files] names them; raises `UsageError`."""
    copies = {} if copies is None else copies
    return copies, tuple(_copy(path, copies) for path in paths)


def _copy(path: str, copies: dict[str, bytes]) -> str:
    """Take a file's content under its own name; return how [files] names it."""
    whole = Path(path)
    file, _, sheet = (path, "", "") if whole.is_file() else path.rpartition("#")
    source = Path(file or path)
    try:
        content = source.read_bytes()
    except OSError as fault:
        told = say("There is no file {file}.", file=str(source))
        raise UsageError(told) from fault
    if copies.setdefault(source.name, content) != content or source.name == FILE:
        raise UsageError(say("Two different files are called {file}.", file=source.name))
    return f"{source.name}#{sheet}" if sheet else source.name


def _with_sheets(table: Table, listed: Sequence[str]) -> tuple[str, ...]:
    """Return the table's files as they were named, the sheets that were found behind them."""
    return tuple(
        f"{path}#{part.sheet}" if part.sheet and part.file == path else path
        for path, part in zip(listed, table.parts, strict=True)
    )


def _mapping(tables: Iterable[Table]) -> dict[str, str]:
    """Return our column of each header that was found, but those that mean different things in
    different tables."""
    found: dict[str, set[str]] = {}
    for table in tables:
        for part in table.parts:
            for column, header in part.headers.items():
                found.setdefault(header, set()).add(column)
    return {
        header: next(iter(columns))
        for header, columns in found.items()
        if len(columns) == 1 and columns != {header}
    }


def _check(
    tables: dict[str, Table], settings: Settings, key: bytes
) -> tuple[tuple[Issue, ...], tuple[Count, ...]]:
    try:
        problem = check_problem(build_problem(tables, settings, load_vocabulary(), key=key))
    except InputError as fault:
        return fault.issues, fault.counts
    return problem.notes, problem.counts


def write_scenario(folder: Path, files: dict[str, bytes]) -> None:
    """Write a new scenario's folder whole; raises `UsageError` where something stands there."""
    check_new(folder)
    write_folder(folder, files, check_new)


def check_new(folder: Path) -> None:
    """Raise `UsageError` where the folder exists and is not empty, or its parent is missing."""
    if folder.is_dir() and not any(folder.iterdir()):
        return
    if folder.exists():
        raise UsageError(say("{folder} exists already; name another.", folder=str(folder)))
    if not folder.resolve().parent.is_dir():
        raise UsageError(say("There is no folder {folder}.", folder=str(folder.resolve().parent)))


def make_toml(
    name: str, on: date, language: str, files: dict[str, tuple[str, ...]], read: Read
) -> str:
    """Return the text of `scenario.toml`, at most 15 lines."""
    first, last = on + timedelta(SOONEST), on + timedelta(LATEST)
    lines = [
        f"name = {_quoted(name)}",
        f"on = {on.isoformat()}",
        f'language = "{language}"',
        f"entry = [{first.isoformat()}, {last.isoformat()}]",
        "[files]",
    ]
    for table in LAYOUT:
        if table in files:
            paths = [_quoted(path) for path in files[table]]
            listed = paths[0] if len(paths) == 1 else f"[{', '.join(paths)}]"
                lines.append(f"{table} = {listed}")
    stated = read.model_dump(exclude_defaults=True)
    columns = stated.pop("columns", {})
    inline = [f"{key} = {_quoted(value)}" for key, value in stated.items()]
    if columns:
        pairs = ", ".join(
            f"{_quoted(header)} = {_quoted(name)}" for header, name in columns.items()
        )
        inline.append(f"columns = {{ {pairs} }}")
    return "\n".join([*lines, *(["[read]", *inline] if inline else [])]) + "\n"


def table_bytes(rows: Sequence[dict[str, str]]) -> bytes:
    """Return rows as CSV: UTF-8, `,`, LF."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _quoted(text: str) -> str:
    """Return a text as a TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
