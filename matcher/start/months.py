"""The next month's people beside the last one's: who is new, changed or gone, before anything is
taken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import tomlkit

from matcher.check import read_people
from matcher.check.identity import KEY_TABLE, fold_name, key_rows
from matcher.check.sheet import Sheet
from matcher.durable import write_file
from matcher.errors import Count, InputError, Issue, UsageError
from matcher.language import say
from matcher.read import Progress, Reader
from matcher.settings import FILE, Read, Settings, declare, parse_settings, read_settings_file
from matcher.start.begin import table_bytes, take_copies


@dataclass(frozen=True)
class Change:
    """One cell of a person's row that reads otherwise now."""

    candidate_id: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Month:
    """What came: people by id who are new, gone or changed, pairs of a gone and a new id that may
    be one person, and the files as they would stand in the scenario."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changes: tuple[Change, ...]
    perhaps_same: tuple[tuple[str, str], ...]
    kept: int
    issues: tuple[Issue, ...]
    counts: tuple[Count, ...]
    files: dict[str, bytes]


def compare_months(
    folder: Path,
    people: Sequence[str],
    *,
    instead_of: str | None = None,
    on: date | None = None,
    declared: Read | None = None,
    progress: Progress | None = None,
) -> Month:
    """Return what a scenario's people would become with the files given in place of its own (or
    `instead_of` one of them). Raises `InputError` with the faults of the new files."""
    content = read_settings_file(folder)
    settings = declare(parse_settings(content), declared)
    listed = settings.files.named["candidates"]
    if instead_of is not None and instead_of not in listed:
        told = say("{file} is none of the scenario's files: {files}", file=instead_of, files=listed)
        raise UsageError(told)
    copies, named = take_copies(people)
    left = [path for path in listed if path != instead_of] if instead_of else []
    paths = (*left, *named)
    key = _key(folder, settings)
    before = _read(folder, listed, settings, key, progress)
    with TemporaryDirectory() as place:
        for path in left:
            file = path if (folder / path).is_file() else path.rpartition("#")[0]
            (Path(place) / file).write_bytes((folder / file).read_bytes())
        for file, bytes_ in copies.items():
            (Path(place) / file).write_bytes(bytes_)
        after = _read(Path(place), paths, settings, key, progress)
    issues = tuple(sorted(after.issues, key=lambda issue: issue.place))
    if any(issue.severity == "error" for issue in issues):
        told = say("The new files have faults; nothing was taken.")
        raise InputError(told, issues, tuple(after.tallies))
    files = {**copies, FILE: _with_people(content, paths, on)}
    rows = key_rows(after)
    if rows:
        files[KEY_TABLE] = table_bytes(rows)
    return _month(before, after, issues, files)


def take_month(folder: Path, month: Month) -> None:
    """Write the new files into the scenario's folder, `scenario.toml` last.

    Raises `UsageError` where a file of that name with other content is there already.
    """
    for name, content in month.files.items():
        path = folder / name
        if name not in (FILE, KEY_TABLE) and path.exists() and path.read_bytes() != content:
            told = say("{file} is there already with other content; rename the new one.", file=name)
            raise UsageError(told)
    for name in sorted(month.files, key=lambda name: (name == FILE, name)):
        write_file(folder / name, month.files[name])


def _read(
    folder: Path, paths: Sequence[str], settings: Settings, key: bytes, progress: Progress | None
) -> Sheet:
    table = Reader(folder, settings.read, progress).table("candidates", tuple(paths))
    return read_people(table, settings, key)


def _key(folder: Path, settings: Settings) -> bytes:
    path = folder / settings.read.key
    return path.read_bytes() if path.is_file() else b""


def _month(
    before: Sheet, after: Sheet, issues: tuple[Issue, ...], files: dict[str, bytes]
) -> Month:
    old, now = _people(before), _people(after)
    changes = [
        Change(person, column, old[person].get(column, ""), now[person].get(column, ""))
        for person in sorted(old.keys() & now.keys())
        for column in dict.fromkeys([*old[person], *now[person]])
        if old[person].get(column, "") != now[person].get(column, "")
    ]
    new, gone = sorted(now.keys() - old.keys()), sorted(old.keys() - now.keys())
    traits = {_trait(now[person]): person for person in new if now[person].get("name")}
    same = [(person, traits[t]) for person in gone if (t := _trait(old[person])) in traits]
    return Month(
        tuple(new),
        tuple(gone),
        tuple(changes),
        tuple(same),
        len(old.keys() & now.keys()),
        issues,
        tuple(after.tallies),
        files,
    )


def _people(sheet: Sheet) -> dict[str, dict[str, str]]:
    columns = [name for name in sheet.form.kept if name in sheet.kept and name != "candidate_id"]
    return {
        sheet.kept["candidate_id"][row]: {
            column: sheet.kept[column][row] for column in columns if sheet.kept[column][row]
        }
        for row in sheet.accepted
    }


def _trait(person: dict[str, str]) -> tuple[str, str]:
    return fold_name(person.get("name", "")), person.get("birth_date", "")


def _with_people(content: bytes, paths: Sequence[str], on: date | None) -> bytes:
    """Return `scenario.toml` with the candidates' files (and the day) put in, the rest as it is."""
    document = tomlkit.parse(content.decode("utf-8-sig"))
    if "files" not in document:
        document["files"] = tomlkit.table()
    files = document["files"]
    files["candidates"] = paths[0] if len(paths) == 1 else list(paths)  # type: ignore[index]
    if on is not None:
        document["on"] = on
    return tomlkit.dumps(document).encode()
