"""Workbooks that calamine reads: .xls, .xlsb, .ods, and an .xlsx that the other reader cannot.

calamine shows the error of a formula as a blank cell and knows neither number formats (so no
"padded" and no "percent"), formulas, hidden rows nor struck text: such cells carry no such marks.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from matcher.grid import Limits, column_letters
from matcher.workbook.cells import moment_text, plain_text, serial_of
from matcher.workbook.faults import Fault
from matcher.workbook.sheets import Row, numbered, row_of
from matcher.workbook.styles import Style
from matcher.workbook.wire import Wire

_PLAIN = Style()
_FIRST_DAY = date(1900, 3, 1)
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_BOOKS = tuple(name.encode("utf-16-le") for name in ("Workbook", "Book"))
_MACROS = "_VBA_PROJECT_CUR".encode("utf-16-le")


def ole_macros(content: bytes) -> bool:
    """Return whether an old workbook holds macros; Fault where it is none or encrypted."""
    if _ENCRYPTED in content:
        raise Fault("PASSWORD")
    if not any(name in content for name in _BOOKS):
        raise Fault("FILE_KIND")
    return _MACROS in content


def send_sheets(content: bytes, limits: Limits, wire: Wire) -> None:
    """Read every sheet with cells and send it."""
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for place, about in enumerate(book.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            sheet = book.get_sheet_by_index(place)
            wire.begin(plain_text(about.name), about.visible == SheetVisibleEnum.Visible, False)
            for row in _rows(sheet, limits):
                wire.row(row)
            wire.end([(*start, *end) for start, end in _merged(sheet)])
    except PasswordError as fault:
        raise Fault("PASSWORD") from fault
    except CalamineError as fault:
        raise Fault("WORKBOOK_BROKEN") from fault


def _merged(sheet: CalamineSheet) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        yield (top + 1, left), (bottom + 1, right)


def _rows(sheet: CalamineSheet, limits: Limits) -> Iterator[Row]:
    top, left = sheet.start or (0, 0)
    for line, values in enumerate(sheet.to_python(skip_empty_area=True), top + 1):
        cells: dict[int, str] = {}
        marks: dict[int, str] = {}
        for column, value in enumerate(values, left):
            text, mark = _cell(value)
            if not text:
                continue
            if column >= limits.columns:
                cell = f"{column_letters(column)}{line}"
                raise Fault("TOO_WIDE", cell=cell, limit=limits.columns)
            cells[column] = text[: limits.cell_characters + 1]
            if mark:
                marks[column] = mark
        if cells:
            yield row_of(line, cells, marks, False)


def _cell(value: object) -> tuple[str, str]:
    match value:
        case str():
            return plain_text(value), ""
        case bool():
            return ("TRUE" if value else "FALSE"), "bool"
        case int() | float():
            return numbered(repr(value), _PLAIN, False)
        case datetime() if value.date() >= _FIRST_DAY:
            return moment_text(value), "date"
        case date() if not isinstance(value, datetime) and value >= _FIRST_DAY:
            return value.isoformat(), "date"
        case datetime():
            serial = serial_of(value)
        case date():
            serial = serial_of(datetime.combine(value, time()))
        case time():
            moment = datetime.combine(_FIRST_DAY, value)
            serial = (moment - datetime.combine(_FIRST_DAY, time())) / timedelta(days=1)
        case timedelta():
            text, mark = numbered(repr(value / timedelta(days=1)), _PLAIN, False)
            return text, f"{mark} elapsed"
        case _:
            return plain_text(str(value)), ""
    return numbered(repr(serial), _PLAIN, False)[0], "number date"
