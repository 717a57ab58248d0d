"""An office's own sheets back, with a comment and a colour on each bad cell, to be mended and
handed in again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter

from matcher.durable import write_folder
from matcher.errors import REFUSALS, Issue, UsageError
from matcher.forms import load_form
from matcher.grid import Grid
from matcher.language import Words, say
from matcher.read.text import TextFault, read_text
from matcher.settings import Settings
from matcher.workbook import Mark, WorkbookFault, mark_workbook, sniff

CREATED = datetime(2000, 1, 1)  # the same bytes on any day
COLOURS = {"error": "#F8CBAD", "ask": "#FFE699"}
SHEET = "matcher"
COLUMN_WIDTH = 18


def write_marked(
    folder: Path, settings: Settings, issues: Sequence[Issue], out: Path, words: Words
) -> tuple[str, ...]:
    """Write into the folder `out` one workbook for each input that has something to mend; return
    their names. Raises `UsageError` where `out` holds anything else."""
    refused = [issue for issue in issues if issue.action in REFUSALS]
    files: dict[str, bytes] = {}
    for table, paths in settings.files.named.items():
        for path in paths:
            file = path if (folder / path).is_file() else path.rpartition("#")[0]
            own = [issue for issue in refused if issue.file == file]
            source = folder / file
            if own and source.is_file() and _name(file) not in files:
                content = _marked(source, table, settings, own, words)
                if content is not None:
                    files[_name(file)] = content
    if files:
        write_folder(out, files, lambda place: _check_own(place, files))
    return tuple(files)


def _name(file: str) -> str:
    path = Path(file)
    return path.name if path.suffix.lower() in (".xlsx", ".xlsm") else f"{path.stem}.xlsx"


def _check_own(out: Path, files: Iterable[str]) -> None:
    if out.exists() and not {path.name for path in out.iterdir()} <= set(files):
        told = say("{folder} holds other files; name another folder with --out.", folder=str(out))
        raise UsageError(told)


def _marked(
    source: Path, table: str, settings: Settings, issues: Sequence[Issue], words: Words
) -> bytes | None:
    content = source.read_bytes()
    if sniff(content[:4096]) == "text":
        try:
            grid, _ = read_text(source.name, content, load_form(table), settings.read)
        except TextFault:
            return None
        return _from_text(grid, table, settings, issues, words)
    with TemporaryDirectory() as place:
        target = Path(place) / _name(source.name)
        try:
            mark_workbook(source, target, _marks(issues, words))
        except WorkbookFault:
            return None
        return target.read_bytes()


def _marks(issues: Iterable[Issue], words: Words) -> list[Mark]:
    marks = []
    for issue in issues:
        letters = re.sub("[0-9]", "", issue.cell) or "A"
        for line in (issue.line, *issue.also):
            cell = f"{letters}{line}" if line else ""
            marks.append(Mark(issue.sheet, cell, _colour(issue), _told(issue, words)))
    return marks


def _colour(issue: Issue) -> str:
    return "ask" if issue.action == "ask" else "error"


def _told(issue: Issue, words: Words) -> str:
    mend = f" → {words(issue.mend)}" if issue.mend else ""
    return f"{words(issue.reason)}{mend} [{issue.code}]"


def _from_text(
    grid: Grid, table: str, settings: Settings, issues: Sequence[Issue], words: Words
) -> bytes:
    """Return a text file as a workbook: every cell as text where it stood, and the marks."""
    from matcher.read.header import find_header

    header = find_header(grid, load_form(table), settings.read.columns)
    places = {name: place for place, name in header.names.items()} if header else {}
    row_of = {line: row for row, line in enumerate(grid.lines)}
    marks: dict[tuple[int, int], list[Issue]] = {}
    for issue in issues:
        for line in (issue.line or (grid.lines[0] if grid.lines else 0), *issue.also):
            if line in row_of:
                marks.setdefault((row_of[line], places.get(issue.column, 0)), []).append(issue)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_urls": False})
    book.set_properties({"created": CREATED})
    sheet = book.add_worksheet(SHEET)
    text = book.add_format({"num_format": "@"})
    formats = {
        name: book.add_format({"num_format": "@", "bg_color": colour})
        for name, colour in COLOURS.items()
    }
    width = max(map(len, grid.rows), default=1)
    sheet.set_column(0, max(0, width - 1), COLUMN_WIDTH, text)
    for row, cells in enumerate(grid.rows):
        for place, cell in enumerate(cells):
            if cell or (row, place) in marks:
                own = marks.get((row, place))
                sheet.write_string(row, place, cell, formats[_colour(own[0])] if own else text)
    for (row, place), own in marks.items():
        told = "\n".join(_told(issue, words) for issue in own)
        if place >= len(grid.rows[row]):
            sheet.write_blank(row, place, None, formats[_colour(own[0])])
        sheet.write_comment(row, place, told, {"author": SHEET, "x_scale": 2})
    if header:
        sheet.freeze_panes(header.index + header.height, 0)
    book.close()
    return buffer.getvalue()
