"""Step 1: the files of a scenario, as tables of text with the line of every row.

Nothing is understood here: every cell is text as written. A file that cannot be read as a table
is an issue; a blank line is ignored and counted.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd

from matcher.errors import Issue
from matcher.language import Phrase, say
from matcher.settings import Settings
from matcher.spelling import is_unseen


@dataclass(frozen=True)
class Table:
    """A table of text: `frame` holds stripped NFC cells, `lines` the line each row begins
    on, `content` the file as it was."""

    name: str
    file: str
    frame: pd.DataFrame
    lines: tuple[int, ...]
    rows_read: int
    rows_refused: int
    rows_ignored: int
    issues: tuple[Issue, ...]
    content: bytes = b""


def read_tables(folder: Path, settings: Settings, *, frozen: bool = False) -> dict[str, Table]:
    """Return the tables that the scenario names, by their name; `frozen` ones lie in a batch,
    under their tables' names."""
    named = settings.files.model_dump(exclude_none=True)
    return {
        name: read_table(folder, name, file, f"{name}.csv" if frozen else file)
        for name, file in named.items()
    }


def read_table(folder: Path, name: str, file: str, stored: str | None = None) -> Table:
    """Return one CSV file (UTF-8, `,`) as a table; every fault of its form is an issue.

    `stored` is where it lies, where that is not the name people know it by.
    """
    path = folder / (stored or file)
    if path.suffix.lower() != ".csv":
        return _no_table(name, file, "FILE_KIND", say("not a .csv file"), say("save it as CSV"))
    try:
        content = path.read_bytes()
        text = content.decode("utf-8-sig")
    except FileNotFoundError:
        return _no_table(name, file, "NO_FILE", say("there is no such file"), say("mend [files]"))
    except UnicodeDecodeError:
        mend = say("save it as “CSV UTF-8”")
        return _no_table(name, file, "ENCODING", say("the file is not UTF-8 text"), mend)
    except (OSError, ValueError) as fault:
        what = fault.strerror if isinstance(fault, OSError) else fault
        reason = say("it cannot be opened: {fault}", fault=str(what))
        return _no_table(name, file, "FILE_OPEN", reason, say("close it elsewhere and run again"))
    try:
        return replace(_table(name, file, text), content=content)
    except csv.Error as fault:
        reason = say("not a CSV table: {fault}", fault=str(fault))
        return _no_table(name, file, "NOT_CSV", reason, say("save it again as CSV"))


def _table(name: str, file: str, text: str) -> Table:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    header = [clean(cell) for cell in next(reader, [])]
    issues = _header_issues(file, header)
    rows: list[list[str]] = []
    lines: list[int] = []
    read = refused = ignored = 0
    begins = reader.line_num + 1
    for row in reader:
        line, begins = begins, reader.line_num + 1
        read += 1
        if not any(cell.strip() for cell in row):
            ignored += 1
        elif len(row) != len(header):
            refused += 1
            reason = say("{n} cells where the header has {m}", n=len(row), m=len(header))
            mend = say("quote cells that hold a comma")
            issues.append(Issue("error", "ROW_LENGTH", file, line, "", "", reason, mend))
        else:
            unseen = _unseen_issues(file, line, header, row)
            issues += unseen
            refused += bool(unseen)
            if not unseen:
                rows.append([clean(cell) for cell in row])
                lines.append(line)
    frame = pd.DataFrame(rows, columns=pd.Index(header, dtype=object), dtype=object)
    return Table(name, file, frame, tuple(lines), read, refused, ignored, tuple(issues))


def clean(cell: str) -> str:
    """Return the cell without spaces around it, composed (NFC)."""
    return unicodedata.normalize("NFC", cell.strip())


def _header_issues(file: str, header: list[str]) -> list[Issue]:
    if not any(header):
        reason, mend = say("the file is empty"), say("write a header and rows")
        return [Issue("error", "EMPTY_FILE", file, 1, "", "", reason, mend)]
    if len(header) == 1 and ";" in header[0]:
        reason, mend = say("the cells are separated by semicolons"), say("save it with commas")
        return [Issue("error", "SEMICOLONS", file, 1, "", header[0][:60], reason, mend)]
    reason, mend = say("the column stands twice"), say("remove or rename one of them")
    twice = [
        Issue("error", "COLUMN_TWICE", file, 1, column, column, reason, mend)
        for column, times in Counter(header).items()
        if times > 1
    ]
    names = [str(place) for place in range(1, len(header) + 1)]
    return twice + _unseen_issues(file, 1, names, header)


def _unseen_issues(file: str, line: int, header: list[str], row: list[str]) -> list[Issue]:
    reason, mend = say("the cell holds an invisible control character"), say("type it anew")
    return [
        Issue("error", "UNSEEN_CHARACTER", file, line, column, ascii(cell)[1:-1], reason, mend)
        for column, cell in zip(header, row, strict=True)
        if not cell.isprintable() and any(map(is_unseen, cell))
    ]


def _no_table(name: str, file: str, code: str, reason: Phrase, mend: Phrase) -> Table:
    issue = Issue("error", code, file, 0, "", "", reason, mend)
    return Table(name, file, pd.DataFrame(), (), 0, 0, 0, (issue,))
