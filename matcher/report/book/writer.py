"""How a page becomes a sheet: texts as text, numbers as numbers, heads that stay and filter, links
between sheets, widths and a print area."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import replace
from datetime import date
from functools import cached_property

from xlsxwriter.format import Format
from xlsxwriter.url import Url
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from matcher.grid import LIMITS, plain_cell
from matcher.language import Words
from matcher.report.book.sizes import column_width, row_height, wrapped_lines
from matcher.report.book.values import UNITS, Cell, Column, Kind, Page
from matcher.report.sheets.values import BLANK, visible
from matcher.report.sheets.workbook import A4, LINE, TALLEST

NARROWEST_FIRST = 12  # the way back to the summary stands in it
HEAD = 2  # the row of the heads, from 0
MOST_LINKS = 65_530  # of a sheet
LOCALES = {"id": "[$-421]"}  # of decimals and thousands, for offices that know the code
DAYS = {"id": "[$-421]d mmm yyyy", "ja": "yyyy/mm/dd", "en": "[$-809]d mmm yyyy"}
# What a cell without a format of its own has: most hold text, and so cost nothing more.
USUAL = {"font_name": "Calibri", "font_size": 10, "valign": "top", "text_wrap": True}
NUMBERS: dict[Kind, str] = {
    "whole": "#,##0",
    "points": "0.00",
    "exact": "0.0000",
    "tenths": "0.0",
    "hundredths": "0.00",
    "share": "0%",
}
GAP = "_-"  # behind a number, as wide as that sign: an indent is lost behind bars in LibreOffice
BAR = "#9DC3E6"
LONGEST_MARK = 120  # letters, of two units each at most
# A text as a cell holds it, how many lines it takes, and where it leads.
Told = tuple[str, int, Url | None]


class Writer:
    """Writes pages into a workbook; `names` are those of the sheets, by page."""

    def __init__(self, book: Workbook, words: Words, mark: str, names: Mapping[str, str]) -> None:
        self.book, self.words, self.mark, self.names = book, words, mark, names
        self.rows: dict[str, dict[str, int]] = {}
        one_line = {"text_wrap": False}
        self.title = book.add_format({**one_line, "bold": True, "font_size": 14})
        self.plain = book.add_format({})
        self.bold = book.add_format({"bold": True})
        self.link = book.add_format(
            {**one_line, "num_format": "@", "font_color": "#0563C1", "underline": 1}
        )
        self.head = book.add_format(
            {"valign": "vcenter", "bold": True, "bg_color": "#DDEBF7", "border": 1}
        )
        self.text = book.add_format({"num_format": "@"})

    @cached_property
    def kinds(self) -> dict[Kind, Format | None]:
        """The format of each kind of column, None for the usual one."""
        locale = LOCALES.get(self.words.language, "")
        numbers = {kind: f"{locale}{number}" for kind, number in NUMBERS.items()}
        numbers["day"] = DAYS[self.words.language]
        made: dict[Kind, Format | None] = {
            kind: self.book.add_format({"num_format": number + GAP, "align": "right"})
            for kind, number in numbers.items()
        }
        return {"text": None, **made}

    def place(self, pages: Sequence[Page]) -> None:
        """Note on which row the first of each key will stand, so that other sheets lead there."""
        for page in pages:
            found = self.rows[page.name] = {}
            for row, cells in enumerate(page.rows, HEAD + 2):
                found.setdefault(str(cells[page.key]), row)

    def write(self, sheet: Worksheet, page: Page) -> None:
        """Write one page: its title, what it is, the table."""
        page = without_empty(page)
        cells = [{row[place] for row in page.rows} for place in range(len(page.columns))]
        widths = list(map(column_width, page.columns, cells))
        widths[0] = max(widths[0], NARROWEST_FIRST)
        # What names a row stays text when somebody types over it.
        unique = len(self.rows[page.name]) == len(page.rows)
        for place, (column, width) in enumerate(zip(page.columns, widths, strict=True)):
            own = self.text if place == page.key and unique else self.kinds[column.kind]
            sheet.set_column(place, place, width, own)
        self._write_top(sheet, page, widths)
        heads = [clean_lines(column.title) for column in page.columns]
        for place, head in enumerate(heads):
            sheet.write_string(HEAD, place, head, self.head)
        sheet.set_row(HEAD, row_height(heads, widths))
        self._write_rows(sheet, page, list(map(self._tell, page.columns, cells, widths)))
        last = HEAD + max(1, len(page.rows))
        if page.rows:
            sheet.autofilter(HEAD, 0, last, len(widths) - 1)
            self._add_bars(sheet, page, last)
        else:
            sheet.write_string(HEAD + 1, 0, BLANK, self.text)
        sheet.freeze_panes(HEAD + 1, page.frozen)
        sheet.repeat_rows(HEAD)
        sheet.print_area(0, 0, last, min(page.printed or len(widths), len(widths)) - 1)
        sheet.set_tab_color(page.colour)
        self.set_page(sheet)

    def set_page(self, sheet: Worksheet, *, landscape: bool = True) -> None:
        """Set how a sheet is printed: A4, as wide as the page, marked in its margins."""
        if landscape:
            sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(0.4, 0.4, 0.6, 0.6)
        sheet.fit_to_pages(1, 0)
        sheet.hide_gridlines(0)
        sheet.set_header("&R" + visible(self.mark)[:LONGEST_MARK].replace("&", "&&"))
        sheet.set_footer("&L&A&R&P / &N")

    def lead(self, sheet: Worksheet, row: int, place: int, page: str, text: str, to: int) -> None:
        """Write a text that leads to a row (from 1) of another page's sheet."""
        sheet.write_url(row, place, self._link(page, text, to), self.link)

    def _link(self, page: str, text: str, to: int) -> Url:
        name = self.names[page].replace("'", "''")
        link = Url(f"internal:'{name}'!A{to}")
        link.text = text
        return link

    def _write_top(self, sheet: Worksheet, page: Page, widths: Sequence[int]) -> None:
        sheet.write_string(0, 0, clean(page.title), self.title)
        sheet.set_row(0, 22)
        self.lead(sheet, 1, 0, "summary", f"← {self.names['summary']}", 1)
        note = clean(" · ".join(filter(None, (self.mark, page.note))))
        if len(widths) > 2:
            sheet.merge_range(1, 1, 1, len(widths) - 1, "", self.plain)
        sheet.write_string(1, 1, note, self.plain)
        sheet.set_row(1, row_height([note], [sum(widths[1 : page.printed or None]) or max(widths)]))

    def _tell(self, column: Column, cells: Set[Cell], width: int) -> dict[str, Told]:
        """Return how each text of a column is written: most stand in many of its rows."""
        rows = self.rows.get(column.leads, {})
        told: dict[str, Told] = {}
        for cell in cells:
            if isinstance(cell, str):
                text, to = clean(cell), rows.get(cell)
                link = self._link(column.leads, text, to) if to else None
                told[cell] = (text, wrapped_lines(text, width), link)
        return told

    def _write_rows(self, sheet: Worksheet, page: Page, told: Sequence[Mapping[str, Told]]) -> None:
        leading = sum(column.leads in self.rows for column in page.columns)
        linked = leading * len(page.rows) < MOST_LINKS
        units = [UNITS.get(column.kind, 1) for column in page.columns]
        write_string, write_number = sheet.write_string, sheet.write_number
        for row, cells in enumerate(page.rows, HEAD + 1):
            lines = 1
            for place, cell in enumerate(cells):
                if not cell and cell != 0:
                    continue
                if isinstance(cell, str):
                    text, taken, link = told[place][cell]
                    if taken > lines:
                        lines = taken
                    if link and linked:
                        sheet.write_url(row, place, link, self.link)
                    else:
                        write_string(row, place, text)
                elif isinstance(cell, int):
                    write_number(row, place, cell / units[place])
                else:
                    self._write_day(sheet, row, place, cell, page.columns[place].kind)
            if lines > 1:
                sheet.set_row(row, min(TALLEST, 2 + LINE * lines))

    def _write_day(self, sheet: Worksheet, row: int, place: int, day: date, kind: Kind) -> None:
        if kind == "day" and day.year >= 1900:
            sheet.write_datetime(row, place, day, self.kinds["day"])
        else:
            sheet.write_string(row, place, self.words(day), self.text)

    def _add_bars(self, sheet: Worksheet, page: Page, last: int) -> None:
        for place, column in enumerate(page.columns):
            if column.bar:
                sheet.conditional_format(HEAD + 1, place, last, place, bars(column.bar))


def bars(full: int) -> dict[str, object]:
    """Return the bars of a column whose greatest value is `full`."""
    ends = {"min_type": "num", "min_value": 0, "max_type": "num", "max_value": full}
    return {"type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": BAR, **ends}


def without_empty(page: Page) -> Page:
    """Return a page without the columns that are not needed and hold nothing."""
    kept = [
        place
        for place, column in enumerate(page.columns)
        if column.needed or any(row[place] not in (None, "") for row in page.rows)
    ]
    if len(kept) == len(page.columns):
        return page
    columns = tuple(page.columns[place] for place in kept)
    rows = tuple(tuple(row[place] for place in kept) for row in page.rows)
    printed = sum(place < page.printed for place in kept)
    return replace(page, columns=columns, rows=rows, printed=printed)


def clean(text: str) -> str:
    """Return a text as a cell holds it: in one line, unseen characters shown, cut with “…” at the
    most a cell takes. One that the writer would take for marked-up text of its own gets a space."""
    text = visible(text)
    if 2 * len(text) > LIMITS.cell_characters:
        units = text.encode("utf-16-le")
        if len(units) > 2 * LIMITS.cell_characters:
            most = 2 * (LIMITS.cell_characters - 1)
            text = units[:most].decode("utf-16-le", "ignore") + "…"
    return plain_cell(text)


def clean_lines(text: str) -> str:
    """Return a head of several lines as a cell holds it."""
    return "\n".join(map(clean, text.split("\n")))
