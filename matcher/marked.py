"""An office's own sheets back, with a comment and a colour on each bad cell, to be mended and
handed in again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from matcher.errors import REFUSALS, Issue
from matcher.forms import Form, load_form
from matcher.grid import LIMITS, Grid, column_letters, plain_cell
from matcher.language import Words
from matcher.read.header import find_header
from matcher.read.text import TextFault, read_text
from matcher.settings import Read, Settings, split_path
from matcher.workbook import Mark, WorkbookFault, mark_workbook, read_workbook, sniff

CREATED = datetime(2000, 1, 1)  # the same bytes on any day
COLOURS = {"error": "#FFC7CE", "ask": "#FFEB9C"}
NARROWEST, WIDEST = 9, 40  # characters
COMMENT_WIDTH, COMMENT_LETTERS = 300, 40  # pixels, and how many narrow letters stand in them
LAST_ROW = 1_048_576
BETWEEN = " › "  # a file and its sheet
_NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_NO_TITLE = re.compile(r"[\[\]:*?/\\]")


def mark_sheets(
    folder: Path, settings: Settings, issues: Iterable[Issue], words: Words
) -> dict[str, tuple[str, bytes]]:
    """Return the name and content of a workbook for each input that has something to mend, by the
    input's own name: a workbook as it came, any other file with its cells where they stood.

    A file that cannot be opened, and a fault that has no place in a sheet, are not among them.
    """
    refused = [issue for issue in issues if issue.action in REFUSALS]
    marked: dict[str, tuple[str, bytes]] = {}
    files = _files(folder, settings)
    taken = {Path(file).name for file in files}
    for file, table in files.items():
        own = [issue for issue in refused if issue.file.partition(BETWEEN)[0] == file]
        with suppress(TextFault, WorkbookFault, OSError):
            content = _marked(folder / file, load_form(table), settings.read, own, words)
            if content:
                marked[file] = _free_name(Path(file), taken), content
    return marked


def _files(folder: Path, settings: Settings) -> dict[str, str]:
    """Return the scenario's files, each with the first table that lies in it."""
    found: dict[str, str] = {}
    for table, paths in settings.files.named.items():
        for path in paths:
            found.setdefault(split_path(folder, path)[0], table)
    return found


def _free_name(path: Path, taken: set[str]) -> str:
    """Return the name of a file's workbook, and add it to those taken: its own where it is one."""
    name, n = f"{path.stem}.xlsx", 2
    if path.suffix.lower() in (".xlsx", ".xlsm"):
        name = path.name
    else:
        while name in taken:
            name, n = f"{path.stem}-{n}.xlsx", n + 1
    taken.add(name)
    return name


def _marked(
    source: Path, form: Form, options: Read, issues: Sequence[Issue], words: Words
) -> bytes:
    """Return a file as a marked workbook, b"" where nothing in it is to be marked."""
    content = source.read_bytes() if issues else b""
    if sniff(content[:4096]) == "text":
        grid, _ = read_text(source.name, content, form, options)
        title = form.label.within(words.language)
        return _written({title: grid}, _marks_of_text(grid, title, form, options, issues, words))
    marks = [mark for issue in issues for mark in _marks_of(issue, words)]
    if not marks:
        return b""
    with TemporaryDirectory() as place:
        target = Path(place) / "marked.xlsx"
        try:
            mark_workbook(source, target, marks)
            return target.read_bytes()
        except WorkbookFault as fault:
            if fault.code != "FILE_KIND":
                raise
    workbook = read_workbook(source)
    return _written({grid.sheet: grid for grid in workbook.grids}, marks)


def _marks_of(issue: Issue, words: Words) -> Iterable[Mark]:
    """Return the marks of an issue in a workbook; one that names no sheet has none."""
    sheet = issue.sheet or issue.file.partition(BETWEEN)[2]
    column = issue.cell.rstrip("0123456789") or "A"
    for line in (issue.line, *issue.also) if sheet else ():
        yield _mark(issue, sheet, f"{column}{line}" if line else "", words)


def _marks_of_text(
    grid: Grid, title: str, form: Form, options: Read, issues: Iterable[Issue], words: Words
) -> list[Mark]:
    """Return the marks of a text file: its rows come one below another, its lines may not."""
    header = find_header(grid, form, options.columns)
    names = header.names if header else {}
    texts = header.texts if header else {}
    column_of = {name: column_letters(place) for place, name in names.items()}
    column_of |= {text: column_letters(place) for place, text in texts.items()}
    row_of = {line: row for row, line in enumerate(grid.lines, 1)}
    marks = []
    for issue in issues:
        column = column_of.get(issue.header) or column_of.get(issue.column) or "A"
        for line in (issue.line, *issue.also):
            marks.append(_mark(issue, title, f"{column}{row_of.get(line, 1)}", words))
    return marks


def _mark(issue: Issue, sheet: str, cell: str, words: Words) -> Mark:
    mend = f" → {words(issue.mend)}" if issue.mend else ""
    colour = "ask" if issue.action == "ask" else "error"
    return Mark(sheet, cell, colour, f"{words(issue.reason)}{mend} [{issue.code}]")


def _written(grids: dict[str, Grid], marks: Iterable[Mark]) -> bytes:
    """Return a new workbook of grids, by the name of their sheet: each cell where it stood, as
    text or, where it was one, as a number; and the marks."""
    if any(len(grid.rows) > LAST_ROW for grid in grids.values()):
        return b""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": CREATED})
    found: dict[str, dict[str, list[Mark]]] = {}
    for mark in marks:
        found.setdefault(mark.sheet, {}).setdefault(mark.cell or "A1", []).append(mark)
    shown = []
    for title, grid in grids.items():
        sheet = book.add_worksheet(_NO_TITLE.sub("_", title)[:31])
        _Sheet(book, sheet, grid, found.get(title, {})).write()
        if grid.visible:
            shown.append(sheet)
        else:
            sheet.hide()
    if shown:
        shown[0].activate()
        shown[0].set_first_sheet()
    book.close()
    return buffer.getvalue()


class _Sheet:
    """Writes one grid with the marks of its cells."""

    def __init__(
        self, book: Workbook, sheet: Worksheet, grid: Grid, marks: dict[str, list[Mark]]
    ) -> None:
        self.book, self.sheet, self.grid, self.marks = book, sheet, grid, marks
        self.formats: dict[tuple[str, str], Format] = {}

    def write(self) -> None:
        """Write the cells, then the comments."""
        self.sheet.set_landscape()
        for place in range(max(map(len, self.grid.rows), default=0)):
            held = max(_width(row[place]) for row in self.grid.rows if place < len(row))
            width = max(NARROWEST, min(WIDEST, held + 2))
            self.sheet.set_column(place, place, width, self._format("@", ""))
        for top, left, bottom, right in self.grid.merged:
            with suppress(OverlappingRange):
                blank = self._format("@", "")
                self.sheet.merge_range(top - 1, left, bottom - 1, right, "", blank)
        colour_of = {cell: self._colour(marks) for cell, marks in self.marks.items()}
        for row, (line, cells) in enumerate(zip(self.grid.lines, self.grid.rows, strict=True)):
            if self.grid.sheet:
                row = line - 1
            if line in self.grid.hidden:
                self.sheet.set_row(row, None, None, {"hidden": True})
            for place, text in enumerate(cells):
                if text:
                    colour = colour_of.pop(f"{column_letters(place)}{row + 1}", "")
                    self._write(row, place, text, self.grid.marks.get((line, place), ""), colour)
        for cell, colour in colour_of.items():
            self.sheet.write_blank(cell, None, self._format("@", colour))
        for cell, marks in self.marks.items():
            self._comment(cell, "\n\n".join(dict.fromkeys(mark.text for mark in marks)))

    def _write(self, row: int, place: int, text: str, marks: str, colour: str) -> None:
        held = marks.split()
        if "number" in held and not {"padded", "date"} & set(held) and _NUMBER.fullmatch(text):
            style = self._format("0.##%" if "percent" in held else "General", colour)
            self.sheet.write_number(row, place, float(text), style)
        else:
            most = LIMITS.cell_characters
            text = text if len(text) <= most else f"{text[: most - 1]}…"
            self.sheet.write_string(row, place, plain_cell(text), self._format("@", colour))

    def _comment(self, cell: str, text: str) -> None:
        lines = sum(1 + _width(line) // COMMENT_LETTERS for line in text.split("\n"))
        size = {"width": COMMENT_WIDTH, "height": min(600, 24 + 18 * lines)}
        self.sheet.write_comment(cell, text, {"author": "matcher", **size})

    def _colour(self, marks: Sequence[Mark]) -> str:
        return COLOURS["error" if any(mark.colour == "error" for mark in marks) else "ask"]

    def _format(self, number: str, colour: str) -> Format:
        key = number, colour
        if key not in self.formats:
            fill = {"bg_color": colour} if colour else {}
            self.formats[key] = self.book.add_format({"num_format": number, **fill})
        return self.formats[key]


def _width(text: str) -> int:
    """Return how wide a text is, full-width letters counted twice."""
    return len(text) if text.isascii() else sum(2 if ord(c) > 0x2E7F else 1 for c in text)
