"""A sheet for the day as a workbook: all that was read is written as text, never a formula."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from matcher.grid import plain_cell
from matcher.report.sheets.values import Cell, Column, Sheet, Sheets, visible
from matcher.report.sheets.widths import EDGES, count_lines, fit_columns

CREATED = datetime(2000, 1, 1)  # the same bytes on any day
A4 = 9
LINE, TALLEST = 14, 400  # points
# A number stays one: an office that knows the mark of a language's decimals by its code writes it
# so, one that does not writes decimals as its reader does.
POINTS = {"id": "[$-421]0.0"}
LONGEST_NAME = 31  # of a sheet, in the units a workbook counts
PLAIN = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\]")


def write_workbook(sheets: Sheets, sheet: Sheet) -> bytes:
    """Return the workbook of one sheet of `sheets`; the same bytes for the same sheet."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, PLAIN)
    book.set_properties({"created": CREATED, "title": sheets.title, "comments": sheets.mark})
    _Writer(book, sheets).write(book.add_worksheet(sheet_name(sheet.title)), sheet)
    book.close()
    return buffer.getvalue()


def sheet_name(title: str, ending: str = "") -> str:
    """Return the name of a sheet that a workbook takes, with its `ending` whole: at most 31 units
    of UTF-16, no letter in half, none of `[]:*?/\\`."""
    plain = _NOT_IN_NAMES.sub(" ", visible(title)).strip(" '")
    units = plain.encode("utf-16-le", "replace")[: 2 * (LONGEST_NAME - len(ending))]
    name = units.decode("utf-16-le", "ignore").rstrip(" '")
    return ("-" if name.casefold() in ("", "history") else name) + ending


class _Writer:
    def __init__(self, book: Workbook, sheets: Sheets) -> None:
        self.mark = sheets.mark
        font = {"font_size": 10, "valign": "top"}
        grid = {**font, "valign": "vcenter", "border": 1, "border_color": "#808080"}
        wrap = {"text_wrap": True}
        inner = {**grid, "align": "left", "indent": 1}
        self.title = book.add_format({**font, **wrap, "bold": True, "font_size": 14})
        self.plain = book.add_format({**font, **wrap})
        self.header = book.add_format({**inner, **wrap, "bold": True, "bg_color": "#DDEBF7"})
        self.caption = book.add_format({**inner, **wrap, "bold": True, "bg_color": "#F2F2F2"})
        self.text = book.add_format({**inner, **wrap, "num_format": "@"})
        self.whole = book.add_format({**grid, "num_format": "0", "align": "center"})
        self.points = book.add_format(
            {**inner, "num_format": POINTS.get(sheets.language, "0.0"), "align": "right"}
        )

    def write(self, page: Worksheet, sheet: Sheet) -> None:
        """Write one sheet: what it is, the table with its header on every page, the notes."""
        widths = fit_columns(sheet)
        for place, width in enumerate(widths):
            page.set_column(place, place, width)
        head = " · ".join(f"{label}: {_told(cell)}" for label, cell in sheet.head)
        self._line(page, 0, sheet.title, widths, self.title)
        self._line(page, 1, f"{self.mark} · {head}", widths, self.plain)
        page.write_row(2, 0, [visible(column.title) for column in sheet.columns], self.header)
        page.set_row(2, _height([column.title for column in sheet.columns], widths))
        row = 3
        for group in sheet.groups:
            if group.caption:
                self._line(page, row, group.caption, widths, self.caption)
                row += 1
            for cells in group.rows:
                self._row(page, row, cells, sheet.columns, widths)
                row += 1
        for note in sheet.notes:
            row += 1
            self._line(page, row, note, widths, self.plain)
        self._set_page(page, sheet)

    def _line(
        self, page: Worksheet, row: int, text: str, widths: Sequence[int], form: object
    ) -> None:
        """Write a text across all columns."""
        page.merge_range(row, 0, row, len(widths) - 1, "", form)
        page.write_string(row, 0, plain_cell(visible(text)), form)
        size = 1.4 if form is self.title else 1
        page.set_row(row, size * _height([visible(text)], [int(sum(widths) / size)]))

    def _row(
        self,
        page: Worksheet,
        row: int,
        cells: Sequence[Cell],
        columns: Sequence[Column],
        widths: Sequence[int],
    ) -> None:
        for place, (cell, column) in enumerate(zip(cells, columns, strict=True)):
            match cell:
                case Decimal():
                    page.write_number(row, place, cell, self.points)
                case int():
                    page.write_number(row, place, cell, self.whole)
                case "":
                    page.write_blank(row, place, None, self.text)
                case _:
                    page.write_string(row, place, plain_cell(visible(cell)), self.text)
            if column.choices:
                source = list(map(visible, column.choices))
                rule = {"validate": "list", "source": source, "show_error": False}
                page.data_validation(row, place, row, place, rule)
        texts = [visible(_told(cell)) for cell in cells]
        page.set_row(row, _height(texts, widths))

    def _set_page(self, page: Worksheet, sheet: Sheet) -> None:
        page.freeze_panes(3, sheet.row_header + 1)
        page.repeat_rows(0, 2)
        page.set_landscape()
        page.set_paper(A4)
        page.set_margins(0.4, 0.4, 0.6, 0.6)
        page.fit_to_pages(1, 0)
        page.set_header("&R" + self.mark.replace("&", "&&"))
        page.set_footer("&L&A&R&P / &N")


def _told(cell: Cell) -> str:
    return cell if isinstance(cell, str) else str(cell)


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Return the height of a row whose texts wrap at the widths of their columns."""
    lines = (
        count_lines(text, max(1, width - EDGES)) for text, width in zip(texts, widths, strict=True)
    )
    return min(TALLEST, 4 + LINE * max(1, *lines))
