"""How a scenario is harmed: small functions, put together by the cases."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from matcher.settings import Read
from tests.corpus.draft import KEY, Cell, Draft, Harm, rows_xml

CANDIDATES, OPENINGS, HOSTS, DECISIONS = "candidates", "openings", "hosts", "decisions"


@dataclass(frozen=True)
class Case:
    """One damage: its name, the codes that opening the scenario gives (besides none), the harm.

    `gives` are canonical cells by id and column; `rows` the read, accepted, refused and ignored
    rows of the harmed table, where some are refused or ignored; `how` what the officer declares;
    `hostile` files are read under a limit of memory; `locked` names a file that cannot be opened.
    """

    name: str
    codes: tuple[str, ...]
    harms: tuple[Harm, ...]
    gives: dict[str, str] = field(default_factory=dict)
    rows: tuple[int, int, int, int] = (3, 3, 0, 0)
    table: str = CANDIDATES
    how: Read | None = None
    skip: bool = False
    hostile: bool = False
    locked: str = ""

    @property
    def row(self) -> str:
        """The row of the table of damage: A1 of `A1.csv`."""
        return self.name.partition(".")[0]


def case(
    name: str, codes: str, *harms: Harm, how: dict[str, Any] | None = None, **more: Any
) -> Case:
    """Return a case; `codes` with spaces between."""
    declared = Read(**how) if how else None
    return Case(name, tuple(codes.split()), harms, how=declared, **more)


def put(place: str, cell: Cell) -> Harm:
    """Write a cell: `C1.name`."""
    return lambda draft: draft.put(place, cell)


def fill(table: str, column: str, *cells: Cell) -> Harm:
    """Write the first cells of a column."""

    def harm(draft: Draft) -> None:
        ids = [row[0] for row in draft.tables[table][1:]]
        for key, cell in zip(ids, cells, strict=False):
            draft.put(f"{key}.{column}", cell)

    return harm


def rename(table: str, column: str, header: str) -> Harm:
    """Write another header over a column."""

    def harm(draft: Draft) -> None:
        top = draft.tables[table][0]
        place = top.index(column)
        draft.tables[table][0] = [*top[:place], header, *top[place + 1 :]]

    return harm


def drop(table: str, *columns: str) -> Harm:
    """Take columns out."""

    def harm(draft: Draft) -> None:
        for column in columns:
            place = draft.tables[table][0].index(column)
            for row in draft.tables[table]:
                del row[place]

    return harm


def without(table: str) -> Harm:
    """Take a table out."""

    def harm(draft: Draft) -> None:
        del draft.tables[table]

    return harm


def no_ids(draft: Draft) -> None:
    """Take the ids of people out; ids are made with a key."""
    drop(CANDIDATES, "candidate_id")(draft)
    draft.content["ids.key"] = KEY


def lines(table: str, at: int, *rows: list[Cell]) -> Harm:
    """Put rows before the row of an index (0: above the header, -1: at the end)."""

    def harm(draft: Draft) -> None:
        held = draft.tables[table]
        where = len(held) if at < 0 else at
        draft.tables[table] = [*held[:where], *map(list, rows), *held[where:]]

    return harm


def person(key: str, like: str = "C1", **cells: Cell) -> Harm:
    """Add a person like another, but for the cells given; name, numbers and NIK are blank."""

    def harm(draft: Draft) -> None:
        held = draft.tables[CANDIDATES]
        model = next(row for row in held if row[0] == like)
        own = dict(zip(held[0], model, strict=True)) | {"nik": "", "phone": "", "name": ""}
        own |= {"candidate_id": key, **cells}
        held.append([own[name] for name in held[0]])

    return harm


def again(key: str, **cells: Cell) -> Harm:
    """Add a row once more, with the cells given changed."""

    def harm(draft: Draft) -> None:
        table = {"C": CANDIDATES, "O": OPENINGS, "H": HOSTS}[key[0]]
        held = draft.tables[table]
        row = dict(zip(held[0], next(row for row in held if row[0] == key), strict=True))
        held.append(list({**row, **cells}.values()))

    return harm


def text(table: str, change: Any) -> Harm:
    """Write a table as a text file whose bytes are changed."""

    def harm(draft: Draft) -> None:
        draft.content[f"{table}.csv"] = change(draft.as_text(table))

    return harm


def swap(before: str, after: str, table: str = CANDIDATES) -> Harm:
    """Change the text of a table's file."""
    return text(table, lambda content: content.replace(before.encode(), after.encode()))


def book(table: str = CANDIDATES, **facts: Any) -> Harm:
    """Make a table a workbook with the facts of `Book`."""

    def harm(draft: Draft) -> None:
        held = draft.book(table)
        for name, fact in facts.items():
            setattr(held, name, fact)

    return harm


def part(name: str, pattern: str, after: str, table: str = CANDIDATES) -> Harm:
    """Change a part of a table's workbook, last of all."""
    from tests.corpus.draft import parts_of

    def harm(draft: Draft) -> None:
        held = draft.book(table)
        made = parts_of(draft.tables[table], held)[name].decode()
        changed = re.sub(pattern, lambda _: after, made, count=1)
        assert changed != made, pattern
        held.parts[name] = changed.encode()

    return harm


def file(name: str, content: bytes, table: str = CANDIDATES) -> Harm:
    """Put a file of any bytes in a table's place."""

    def harm(draft: Draft) -> None:
        draft.files[table] = name
        draft.content[name] = content

    return harm


def files(table: str, *names: str) -> Harm:
    """Name a table's files."""

    def harm(draft: Draft) -> None:
        draft.files[table] = names[0] if len(names) == 1 else list(names)

    return harm


def settings(before: str, after: str) -> Harm:
    """Change scenario.toml."""

    def harm(draft: Draft) -> None:
        assert before in draft.settings
        draft.settings = draft.settings.replace(before, after)

    return harm


def decide(*rows: tuple[str, str, str]) -> Harm:
    """Add decisions: what, about whom, at which order."""

    def harm(draft: Draft) -> None:
        header = ["action", "candidate_id", "opening_id", "reason", "by", "on"]
        told = [[*row, "made up", "Petugas Contoh", "2022-12-09"] for row in rows]
        draft.tables[DECISIONS] = [header, *told]

    return harm


def told(table: str, header: str, *rows: str) -> Harm:
    """Add a table of what happened or is asked for, its cells separated by commas."""

    def harm(draft: Draft) -> None:
        draft.tables[table] = [line.split(",") for line in (header, *rows)]

    return harm


def separated(mark: str) -> Harm:
    """Separate the cells of text files by another mark."""

    def harm(draft: Draft) -> None:
        draft.separator = mark

    return harm


def encoded(encoding: str, mark: bytes = b"") -> Harm:
    """Write text files in an encoding."""

    def harm(draft: Draft) -> None:
        draft.text = lambda content: mark + content.encode(encoding)

    return harm


def sheet(name: str, *rows: list[Cell], shown: bool = True, table: str = CANDIDATES) -> Harm:
    """Add a sheet to a table's workbook."""

    def harm(draft: Draft) -> None:
        draft.book(table).sheets.append((name, rows_xml(rows), shown))

    return harm
