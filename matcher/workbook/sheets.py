"""The cells of an .xlsx workbook, row by row as they stand in the file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element, iterparse

from openpyxl.worksheet._reader import (
    CELL_TAG,
    FORMULA_TAG,
    INLINE_STRING,
    ROW_TAG,
    VALUE_TAG,
)
from openpyxl.xml.constants import SHEET_MAIN_NS

from matcher.grid import Limits, column_letters
from matcher.workbook.cells import (
    LAST_COLUMN,
    LAST_ROW,
    area_of,
    column_number,
    date_text,
    is_long,
    number_text,
    stored_text,
)
from matcher.workbook.faults import Fault
from matcher.workbook.parts import Cleaned
from matcher.workbook.styles import Style

_PLAIN = Style()
_DIGITS = "0123456789"
_SPACES = (f"{{{SHEET_MAIN_NS}}}", "{http://purl.oclc.org/ooxml/spreadsheetml/main}", "")
_USUAL = (CELL_TAG, FORMULA_TAG, INLINE_STRING, ROW_TAG, VALUE_TAG)
_NAMES = {
    space + name: name
    for space in _SPACES
    for name in (*(tag.rpartition("}")[2] for tag in _USUAL), "mergeCell", "si", "t", "r")
}


class Row(NamedTuple):
    """A row of a sheet: its line, cells without trailing blanks, marks by column."""

    line: int
    texts: list[str]
    marks: dict[int, str]
    hidden: bool


class Tally:
    """How much of what is allowed in one workbook has been read."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.cells = self.places = self.characters = 0

    def add(self, row: Row) -> None:
        """Count a row; its blank places cost less than its cells, so more are allowed."""
        limits = self.limits
        self.places += len(row.texts)
        self.cells += sum(map(bool, row.texts)) + (not row.texts)
        self.characters += sum(map(len, row.texts))
        if self.cells > limits.cells or self.places > 8 * limits.cells:
            raise Fault("SHEET_TOO_LARGE", limit=limits.cells)
        characters = limits.inflated_bytes // 4
        if self.characters > characters:
            raise Fault("FILE_TOO_LARGE", what="text", limit=characters)


def row_of(line: int, cells: dict[int, str], marks: dict[int, str], hidden: bool) -> Row:
    """Return the row of cells with values by column."""
    texts = [""] * (max(cells) + 1) if cells else []
    for column, text in cells.items():
        texts[column] = text
    return Row(line, texts, marks, hidden)


def read_strings(stream: Cleaned) -> list[str]:
    """Return the shared texts: runs joined, readings (furigana) left out."""
    strings = []
    for _, element in iterparse(stream, events=("end",)):
        if _NAMES.get(element.tag) == "si":
            strings.append(_joined(element))
            element.clear()
    return strings


def _joined(element: Element) -> str:
    found = []
    for part in element:
        name = _NAMES.get(part.tag)
        if name == "t":
            found.append(part.text or "")
        elif name == "r":
            found += [text.text or "" for text in part if _NAMES.get(text.tag) == "t"]
    return stored_text("".join(found))


class Sheet:
    """One sheet being read; `merged` is whole once `rows` has ended."""

    def __init__(
        self, strings: list[str], styles: list[Style], date_1904: bool, limits: Limits
    ) -> None:
        self.merged: list[tuple[int, int, int, int]] = []
        self._strings = strings
        self._styles = styles
        self.date_1904 = date_1904
        self._limits = limits
        self._line = 0
        self._columns: dict[str, int] = {}

    def rows(self, stream: Cleaned) -> Iterator[Row]:
        """Yield the rows that hold anything; sizes that the sheet declares are not looked at."""
        for _, element in iterparse(stream, events=("end",)):
            name = _NAMES.get(element.tag)
            if name == "row":
                yield from self._rows(element)
                element.clear()
            elif name == "mergeCell":
                area = area_of(element.get("ref", ""))
                if area is not None:
                    self.merged.append(area)
                if len(self.merged) > self._limits.cells:
                    raise Fault("SHEET_TOO_LARGE", limit=self._limits.cells)

    def _rows(self, element: Element) -> Iterator[Row]:
        number = element.get("r")
        self._line = self._line + 1 if number is None else self._whole(number)
        hidden = element.get("hidden", "0") in ("1", "true") or _has_no_height(element)
        by_line: dict[int, tuple[dict[int, str], dict[int, str]]] = {}
        column = 0
        for cell in element:
            if _NAMES.get(cell.tag) != "c":
                continue
            line, column = self._place(cell.get("r"), number, column)
            if not len(cell):
                continue
            text, mark = self._cell(cell)
            if not text and not mark:
                continue
            if text and column > self._limits.columns:
                name = f"{column_letters(column - 1)}{line}"
                raise Fault("TOO_WIDE", cell=name, limit=self._limits.columns)
            cells, marks = by_line.setdefault(line, ({}, {}))
            if text:
                cells[column - 1] = text
            if mark:
                marks[column - 1] = mark
        for line, (cells, marks) in by_line.items():
            yield row_of(line, cells, marks, hidden)

    def _whole(self, number: str) -> int:
        line = float(number)
        if not 1 <= line <= LAST_ROW:
            raise Fault("CELL_OUTSIDE", cell=number[:20])
        return int(line)

    def _place(self, reference: str | None, row: str | None, column: int) -> tuple[int, int]:
        """Return the line and column (from 1) of a cell that names its place or follows one."""
        if reference is None:
            line, column = self._line, column + 1
        else:
            letters = reference.rstrip(_DIGITS)
            digits = reference[len(letters) :]
            line = self._line if digits == row else int(digits[:9] or "0")
            try:
                column = self._columns[letters]
            except KeyError:
                column = self._columns[letters] = column_number(letters)
        if not 1 <= column <= LAST_COLUMN or not 1 <= line <= LAST_ROW:
            raise Fault("CELL_OUTSIDE", cell=(reference or f"row {line}")[:20])
        return line, column

    def _cell(self, cell: Element) -> tuple[str, str]:
        """Return a cell's text and marks."""
        kind = cell.get("t", "n")
        formula, value, text = False, None, ""
        for part in cell:
            name = _NAMES.get(part.tag)
            if name == "v":
                value = part.text or ""
            elif name == "f":
                formula = True
            elif name == "is":
                text = _joined(part)
        style = _PLAIN
        number = cell.get("s")
        if number is not None and 0 <= int(number) < len(self._styles):
            style = self._styles[int(number)]
        mark = ""
        if value is not None and kind != "inlineStr":
            text, mark = self._value(kind, value, style)
        if formula and (text or value is None or kind != "str"):
            mark = f"{mark} formula" if mark else "formula"
        if text and style.struck:
            mark = f"{mark} struck" if mark else "struck"
        return text[: self._limits.cell_characters + 1], mark

    def _value(self, kind: str, value: str, style: Style) -> tuple[str, str]:
        match kind:
            case "s":
                index = int(value) if value else -1
                if not 0 <= index < len(self._strings):
                    raise ValueError("no such shared text")
                return self._strings[index], ""
            case "b":
                return ("TRUE" if value.strip() in ("1", "true") else "FALSE"), "bool"
            case "e":
                return stored_text(value) or "#VALUE!", "error"
            case "d":
                return _iso(value)
            case "n":
                return numbered(value, style, self.date_1904)
        return stored_text(value), ""


def numbered(value: str, style: Style, date_1904: bool) -> tuple[str, str]:
    """Return the text and marks of a stored number in a format."""
    number = number_text(value)
    if number is None:
        return stored_text(value), ""
    if style.kind == "date":
        shown = date_text(float(value), date_1904) if len(number) < 20 else None
        return (number, "number date") if shown is None else (shown, "date")
    if style.kind == "padded" and number.isdecimal() and len(number) < style.width:
        return number.zfill(min(style.width, 64)), "number padded"
    mark = f"number {style.kind}" if style.kind in ("percent", "elapsed") else "number"
    return number, f"{mark} long" if is_long(number) else mark


def _iso(value: str) -> tuple[str, str]:
    """Return a date that is stored in ISO form, as strict workbooks have them."""
    day, _, time = stored_text(value).strip().removesuffix("Z").partition("T")
    time = time.partition(".")[0]
    return (day if time in ("", "00:00:00", "00:00") else f"{day}T{time}"), "date"


def _has_no_height(row: Element) -> bool:
    return row.get("ht") in ("0", "0.0")
