"""A new scenario: from an empty workbook, or from what the office has."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.check import build_problem, read_people
from matcher.check.identity import NUMBERS, key_rows, key_table, needs_key
from matcher.check.sheet import Sheet
from matcher.errors import Count, InputError, Issue, UsageError
from matcher.forms import FILLED_IN, FORMS, load_form
from matcher.grid import LIMITS
from matcher.language import say, words_of
from matcher.personal import KEY_FILE, KEY_TABLE
from matcher.pipeline import check_problem
from matcher.read import Progress, Table, read_tables
from matcher.settings import FILE, Read, Settings, parse_settings, split_path
from matcher.start.template import make_template, sheet_name
from matcher.vocabulary import load_vocabulary

WORKBOOKS = {"id": "isian.xlsx", "ja": "記入.xlsx", "en": "tables.xlsx"}
SOONEST, LATEST = 120, 240  # days from `on` to entry: matching happens 4 to 8 months before it
LONGEST_NAME = 80


@dataclass(frozen=True)
class Begun:
    """What `new` made: the folder's files by name, the headers found by file (header → our
    column), and what is wrong or worth knowing."""

    files: dict[str, bytes]
    found: dict[str, dict[str, str]]
    issues: tuple[Issue, ...]
    counts: tuple[Count, ...]

    @property
    def faulty(self) -> bool:
        """Whether something is to be answered or mended before anything can be run."""
        return any(issue.severity == "error" for issue in self.issues)


def begin_empty(name: str, on: date, language: str) -> dict[str, bytes]:
    """Return the files of an empty scenario: a workbook to fill in, and `scenario.toml`."""
    workbook = WORKBOOKS[language]
    files = {table: (f"{workbook}#{sheet_name(table, language)}",) for table in FILLED_IN}
    toml = make_toml(name, on, language, files)
    parse_settings(toml)
    return {FILE: toml, workbook: make_template(language)}


def begin_with(
    name: str,
    on: date,
    language: str,
    paths: Mapping[str, Sequence[str]],
    declared: Read,
    progress: Progress | None = None,
) -> Begun:
    """Return a scenario made of an office's own files (`path` or `path#sheet`, by table).

    Raises `UsageError` where a file cannot be taken, `InputError` where one holds no table and
    no answer in `scenario.toml` can help.
    """
    copies: dict[str, bytes] = {}
    named = {table: take_files(given, copies) for table, given in paths.items() if given}
    settings = parse_settings(make_toml(name, on, language, named, declared))
    with TemporaryDirectory() as folder:
        for file, content in copies.items():
            (Path(folder) / file).write_bytes(content)
        tables = read_tables(Path(folder), settings, progress=progress)
    _check_readable(tables)
    key = secrets.token_hex(32).encode()
    people = read_people(tables["candidates"], settings, key)
    files = {table: with_sheets(tables[table], listed) for table, listed in named.items()}
    columns = {**_mapping(tables.values()), **_numbers(people), **declared.columns}
    reading = declared.model_copy(update={"columns": columns, "sheet": None})
    made = {FILE: make_toml(name, on, language, files, reading), **copies}
    if needs_key(people):
        made[KEY_FILE] = key + b"\n"
        made[KEY_TABLE] = key_table(key_rows(people))
    issues, counts = _check(tables, settings, key)
    return Begun(made, _found(tables.values()), issues, counts)


def take_files(paths: Sequence[str], copies: dict[str, bytes]) -> tuple[str, ...]:
    """Add the contents of files (`path` or `path#sheet`) to `copies` under their own names;
    return how [files] names them. Raises `UsageError`."""
    named = tuple(_take(path, copies) for path in paths)
    for name in named:
        if named.count(name) > 1:
            raise UsageError(say("{file} is named twice.", file=name))
    return named


def _take(path: str, copies: dict[str, bytes]) -> str:
    file, sheet = split_path(Path(), path)
    source = Path(file)
    try:
        if source.stat().st_size > LIMITS.file_bytes:
            n = LIMITS.file_bytes >> 20
            raise UsageError(say("{file} is larger than {n} MiB.", file=str(source), n=n))
        content = source.read_bytes()
    except (FileNotFoundError, IsADirectoryError) as fault:
        raise UsageError(say("There is no file {file}.", file=str(source))) from fault
    if source.name in (FILE, KEY_TABLE, KEY_FILE):
        told = say("{file} is a name that matcher keeps for itself; rename it.", file=source.name)
        raise UsageError(told)
    if copies.setdefault(source.name, content) != content:
        raise UsageError(say("Two different files are called {file}.", file=source.name))
    return f"{source.name}#{sheet}" if sheet else source.name


def _check_readable(tables: Mapping[str, Table]) -> None:
    """Raise `InputError` where a file is none that can be read: another must come in its place."""
    issues = [issue for table in tables.values() for issue in table.issues]
    read = {part.file for table in tables.values() for part in table.parts if part.header_line}
    if any(issue.action == "file" and issue.file not in read for issue in issues):
        told = say("A file holds no table that can be read; nothing was written.")
        raise InputError(told, tuple(issues))


def with_sheets(table: Table, listed: Sequence[str]) -> tuple[str, ...]:
    """Return the table's files as they were named, the sheets that were found behind them."""
    return tuple(
        f"{path}#{part.sheet}" if part.sheet and part.file == path else path
        for path, part in zip(listed, table.parts, strict=True)
    )


def _found(tables: Iterable[Table]) -> dict[str, dict[str, str]]:
    return {
        part.name: {header: column for column, header in part.headers.items()}
        for table in tables
        for part in table.parts
        if part.headers
    }


def _mapping(tables: Iterable[Table]) -> dict[str, str]:
    """Return our column of each header that was found, but those that another table reads
    otherwise."""
    found: dict[str, set[str]] = {}
    for table in tables:
        for part in table.parts:
            for column, header in part.headers.items():
                found.setdefault(header, set()).add(column)
    return {
        header: column
        for header, columns in found.items()
        if len(columns) == 1 and (column := next(iter(columns))) != header
        if _reads_alike(header, column)
    }


def _reads_alike(header: str, column: str) -> bool:
    """Return whether no table with such a column knows the header as another one."""
    forms = [form for form in map(load_form, FORMS) if form.column(column)]
    known = [form.find(header) for form in forms]
    return all(other is None or other.name == column for other in known)


def _numbers(people: Sheet) -> dict[str, str]:
    """Return the headers whose numbers serve as ids, so that they do next month too."""
    made = [issue for issue in people.issues if issue.code == "ID_MADE"]
    sources = {(issue.file, issue.sheet): issue.column for issue in made}
    serves: dict[str, set[bool]] = {}
    for part in people.table.parts:
        for column in part.headers.keys() & set(NUMBERS):
            served = sources.get((part.file, part.sheet)) == column
            serves.setdefault(part.headers[column], set()).add(served)
    return {header: "candidate_id" for header, served in sorted(serves.items()) if all(served)}


def _check(
    tables: dict[str, Table], settings: Settings, key: bytes
) -> tuple[tuple[Issue, ...], tuple[Count, ...]]:
    try:
        problem = check_problem(build_problem(tables, settings, load_vocabulary(), key=key))
    except InputError as fault:
        return fault.issues, fault.counts
    return problem.notes, problem.counts


def make_toml(
    name: str,
    on: date,
    language: str,
    files: Mapping[str, Sequence[str]],
    read: Read | None = None,
) -> bytes:
    """Return `scenario.toml`, at most 15 lines."""
    words = words_of(language)
    first, last = on + timedelta(SOONEST), on + timedelta(LATEST)
    counted = words(say("the day that ages and waiting count from"))
    window = words(say("the window of entry of job orders that state none"))
    lines = [
        f"name = {_quoted(name[:LONGEST_NAME])}",
        f"on = {on.isoformat()}  # {counted}",
        f'language = "{language}"',
        f"entry = [{first.isoformat()}, {last.isoformat()}]  # {window}",
        "[files]",
        *(f"{table} = {_listed(files[table])}" for table in FORMS if table in files),
        *_reading(read or Read()),
    ]
    return "".join(f"{line}\n" for line in lines).encode()


def _reading(read: Read) -> list[str]:
    """Return the lines of `[read]`: what was declared, and the columns found."""
    stated = read.model_dump(exclude_defaults=True)
    columns = stated.pop("columns", {})
    lines = [f"{key} = {_quoted(value)}" for key, value in stated.items()]
    if columns:
        pairs = (f"{_quoted(header)} = {_quoted(column)}" for header, column in columns.items())
        lines.append(f"columns = {{ {', '.join(pairs)} }}")
    return ["[read]", *lines] if lines else []


def _listed(paths: Sequence[str]) -> str:
    quoted = [_quoted(path) for path in paths]
    return quoted[0] if len(quoted) == 1 else f"[{', '.join(quoted)}]"


def _quoted(text: str) -> str:
    """Return a text as a TOML basic string; JSON's escapes are among TOML's."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
