"""The next month's people beside the last one's: who is new, changed or gone, before anything is
taken."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import tomlkit

from matcher.check import read_people
from matcher.check.identity import fold_name, key_rows, key_table
from matcher.check.sheet import Sheet
from matcher.durable import write_file
from matcher.errors import Count, InputError, Issue, UsageError
from matcher.language import say
from matcher.personal import KEY_FILE, KEY_TABLE
from matcher.read import Progress, Reader, Table
from matcher.settings import (
    FILE,
    Read,
    Settings,
    declare,
    parse_settings,
    read_settings_file,
    split_path,
)
from matcher.start.begin import take_files, with_sheets

Person = dict[str, str]


@dataclass(frozen=True)
class Change:
    """One cell of a person's row that reads otherwise now."""

    candidate_id: str
    column: str
    before: str
    after: str


@dataclass(frozen=True)
class Month:
    """What came: people by id who are new, gone or changed, how many stay, pairs of a gone and a
    new id that may be one person, and what of last month's list was not compared: its refused rows
    and the files that could not be read. `names` are those of all, `files` what would be written,
    by name."""

    new: tuple[str, ...]
    gone: tuple[str, ...]
    changes: tuple[Change, ...]
    kept: int
    perhaps_same: tuple[tuple[str, str], ...]
    refused_before: int
    unread_before: tuple[str, ...]
    names: Mapping[str, str]
    issues: tuple[Issue, ...]
    counts: tuple[Count, ...]
    files: Mapping[str, bytes]


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
    of `instead_of`, one of them). Raises `InputError` with the faults of the new files."""
    content = read_settings_file(folder)
    own = parse_settings(content)
    listed = own.files.named["candidates"]
    stay = _staying(folder, listed, instead_of)
    copies: dict[str, bytes] = {}
    given = take_files(people, copies)
    names = _free_names(folder, copies)
    came = tuple(_renamed(path, names) for path in given)
    if repeated := {*stay} & {*came}:
        raise UsageError(say("{file} is named twice.", file=sorted(repeated)[0]))
    key = _read(folder / KEY_FILE)
    settings = declare(own, declared)
    before = _people(folder, listed, own, key, progress)[1]
    with TemporaryDirectory() as place:
        new = {names[file]: held for file, held in copies.items()}
        for file, held in {**_files_of(folder, stay), **new}.items():
            (Path(place) / file).parent.mkdir(parents=True, exist_ok=True)
            (Path(place) / file).write_bytes(held)
        later = settings.model_copy(update={"on": on or settings.on})
        table, after = _people(Path(place), (*stay, *came), later, key, progress)
    issues = tuple(sorted(after.issues, key=lambda issue: issue.place))
    if any(issue.severity == "error" for issue in issues):
        told = say("The new list has faults; nothing was taken.")
        raise InputError(told, issues, tuple(after.tallies))
    files = {**new, FILE: _with_people(content, with_sheets(table, (*stay, *came)), on, declared)}
    if rows := key_rows(after):
        files[KEY_TABLE] = key_table(rows, _read(folder / KEY_TABLE))
    return _month(before, after, issues, files)


def take_month(folder: Path, month: Month) -> None:
    """Write the new files into the scenario's folder, `scenario.toml` last: until it stands
    nothing is taken."""
    for name in sorted(month.files, key=lambda name: name == FILE):
        write_file(folder / name, month.files[name])


def _staying(folder: Path, listed: Sequence[str], instead_of: str | None) -> tuple[str, ...]:
    """Return the scenario's files that stay beside the new ones."""
    if instead_of is None:
        return ()
    gone = [path for path in listed if instead_of in (path, split_path(folder, path)[0])]
    if not gone:
        told = say(
            "{file} is none of the scenario's files: {files}", file=instead_of, files=tuple(listed)
        )
        raise UsageError(told)
    return tuple(path for path in listed if path not in gone)


def _free_names(folder: Path, copies: Mapping[str, bytes]) -> dict[str, str]:
    """Return the name in the folder of each new file, no two the same."""
    names: dict[str, str] = {}
    for file, content in copies.items():
        taken = {*names.values(), *copies} - {file}
        names[file] = _free_name(folder, file, content, taken)
    return names


def _free_name(folder: Path, file: str, content: bytes, taken: Collection[str]) -> str:
    """Return the name under which a file can stand in the folder: another where the name is
    `taken` or a file of its name with other content is there."""
    path, n = folder / file, 2
    while path.name in taken or (path.exists() and _read(path) != content):
        path = folder / f"{Path(file).stem}-{n}{Path(file).suffix}"
        n += 1
    return path.name


def _renamed(path: str, names: Mapping[str, str]) -> str:
    if path in names:
        return names[path]
    file = next(name for name in names if path.startswith(f"{name}#"))
    return names[file] + path.removeprefix(file)


def _files_of(folder: Path, paths: Sequence[str]) -> dict[str, bytes]:
    """Return the contents of the scenario's own files."""
    files = [split_path(folder, path)[0] for path in paths]
    return {file: _read(folder / file) for file in files}


def _people(
    folder: Path, paths: Sequence[str], settings: Settings, key: bytes, progress: Progress | None
) -> tuple[Table, Sheet]:
    reader = Reader(folder, settings.read, progress)
    table = reader.tables({"candidates": tuple(paths)})["candidates"]
    return table, read_people(table, settings, key)


def _read(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _month(
    before: Sheet, after: Sheet, issues: tuple[Issue, ...], files: Mapping[str, bytes]
) -> Month:
    old, now = _by_id(before), _by_id(after)
    stay = sorted(old.keys() & now.keys())
    changes = [
        Change(person, column, old[person].get(column, ""), now[person].get(column, ""))
        for person in stay
        for column in after.form.kept
        if old[person].get(column, "") != now[person].get(column, "")
    ]
    new, gone = sorted(now.keys() - old.keys()), sorted(old.keys() - now.keys())
    traits = {_trait(now[person]): person for person in new if now[person].get("name")}
    same = [(person, traits[t]) for person in gone if (t := _trait(old[person])) in traits]
    people = {**old, **now}
    return Month(
        new=tuple(new),
        gone=tuple(gone),
        changes=tuple(changes),
        kept=len(stay),
        perhaps_same=tuple(same),
        refused_before=sum(count.refused for count in before.tallies),
        unread_before=tuple(part.file for part in before.table.parts if not part.header_line),
        names={person: people[person].get("name", "") for person in people},
        issues=issues,
        counts=tuple(after.tallies),
        files=files,
    )


def _by_id(sheet: Sheet) -> dict[str, Person]:
    """Return what is kept of each accepted person, by id and column, without blanks."""
    columns = [name for name in sheet.form.kept if name in sheet.kept and name != "candidate_id"]
    return {
        sheet.kept["candidate_id"][row]: {
            column: sheet.kept[column][row] for column in columns if sheet.kept[column][row]
        }
        for row in sheet.accepted
    }


def _trait(person: Person) -> tuple[str, str]:
    return fold_name(person.get("name", "")), person.get("birth_date", "")


def _with_people(
    content: bytes, paths: Sequence[str], on: date | None, declared: Read | None
) -> bytes:
    """Return `scenario.toml` with the people's files, the day and what was declared put in, the
    rest as it is."""
    document = tomlkit.parse(content.decode("utf-8-sig"))
    stated = declared.model_dump(exclude_defaults=True) if declared else {}
    stated.pop("sheet", None)  # it stands behind the file's name
    for table, key, value in [
        ("files", "candidates", paths[0] if len(paths) == 1 else list(paths)),
        *(("read", key, value) for key, value in stated.items()),
    ]:
        if table not in document:
            document[table] = tomlkit.table()
        document[table][key] = value
    if on is not None:
        document["on"] = on
    return tomlkit.dumps(document).encode()
