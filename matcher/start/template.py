"""The empty workbook of a new scenario: a sheet for each table, its columns with what belongs in
them, drop-downs for closed lists, and a guide."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime
from functools import cached_property

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from matcher.forms import FILLED_IN, Column, load_form
from matcher.grid import column_letters
from matcher.language import Name, Words, say, words_of
from matcher.start.choices import SEVERAL, YES_NO, example_of, list_entries, list_of

GUIDE = Name("Petunjuk", "記入方法", "Guide")
LISTS = Name("Daftar pilihan", "選択肢", "Lists")
ROWS = 2_000  # rows with drop-downs
WIDEST, NARROWEST = 30, 13  # characters
GUIDE_WIDTHS = (22, 40, 12, 58, 40)
LINE_HEIGHT = 15  # points
HEADER_HEIGHT = 3 * LINE_HEIGHT + 3
CREATED = datetime(2000, 1, 1)  # the same bytes on any day
DAYS = (date(1940, 1, 1), date(2100, 1, 1))
A4 = 9
WIDE = ("candidates", "openings")  # tables of more columns than a page is wide

THOUSANDS_KINDS = ("count", "money")
RULES = (
    say(
        "One row for each person, job order, host and so on. The dark columns (*) must be filled;"
        " leave the others blank where nothing is known: blank is neither zero nor no."
    ),
    say(
        "All but people and job orders may stay empty. Leave the headers as they are; columns that"
        " are not needed may be deleted, columns of your own are not read."
    ),
    say("Several entries in one cell are separated by semicolons."),
)


def sheet_name(table: str, language: str) -> str:
    """Return the name of a table's sheet in a language."""
    return load_form(table).label.within(language)


def make_template(language: str) -> bytes:
    """Return the workbook; the same bytes for the same language."""
    buffer = io.BytesIO()
    plain = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, **plain})
    book.set_properties({"created": CREATED})
    _Template(book, words_of(language)).write()
    book.close()
    return buffer.getvalue()


def shown_columns(table: str) -> list[Column]:
    """Return the columns that the template asks for: the row's id, its name, those that must be
    filled, then the others; a decision's as it is read out."""
    columns = [column for column in load_form(table).columns if column.kept]
    first = columns[0]
    if table == "decisions":
        return columns

    def rank(column: Column) -> int:
        return 0 if column is first else 1 if column.name == "name" else 3 - column.required

    return sorted(columns, key=rank)


class _Template:
    """Writes the workbook's sheets: the tables first, then the guide and the lists."""

    def __init__(self, book: Workbook, words: Words) -> None:
        self.book, self.words, self.language = book, words, words.language
        self.entries = list_entries(self.language)
        header = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1}
        self.required = book.add_format(
            {**header, "bg_color": "#1F4E79", "font_color": "#FFFFFF", "border_color": "#9DB7D1"}
        )
        self.optional = book.add_format(
            {**header, "bg_color": "#DDEBF7", "border_color": "#9DB7D1"}
        )
        self.bold = book.add_format({"bold": True, "font_size": 14})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
        self.text = book.add_format({"num_format": "@"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd", "align": "left"})
        self.thousands = book.add_format({"num_format": "#,##0"})
        self.general = book.add_format()

    def write(self) -> None:
        """Write every sheet."""
        tables = {
            table: self.book.add_worksheet(sheet_name(table, self.language)) for table in FILLED_IN
        }
        for table, sheet in tables.items():
            self._write_table(sheet, shown_columns(table))
            if table not in WIDE:
                sheet.fit_to_pages(1, 0)
        self._write_guide(self.book.add_worksheet(GUIDE.within(self.language)))
        self._write_lists(self.book.add_worksheet(LISTS.within(self.language)))

    def _write_table(self, sheet: Worksheet, columns: Sequence[Column]) -> None:
        for place, column in enumerate(columns):
            sheet.write_string(0, place, self._label(column), self._header(column))
            self._comment(sheet, place, column)
            sheet.set_column(place, place, self._width(column), self._format(column))
            self._validate(sheet, place, column)
        named = 2 if columns[1].name == "name" else 1
        sheet.set_row(0, HEADER_HEIGHT)
        sheet.freeze_panes(1, named)
        sheet.repeat_rows(0)
        sheet.repeat_columns(0, named - 1)
        self._set_page(sheet)

    def _label(self, column: Column) -> str:
        return column.label.within(self.language) + (" *" if column.required else "")

    def _header(self, column: Column) -> Format:
        return self.required if column.required else self.optional

    def _format(self, column: Column) -> Format:
        if column.kind == "day":
            return self.day
        if column.kind in THOUSANDS_KINDS:
            return self.thousands
        return self.general if column.kind in ("share", "hours") else self.text

    def _width(self, column: Column) -> int:
        """Return a column's width: that of half its header, its example and its drop-down."""
        entries = () if column.kind in SEVERAL else self.entries.get(list_of(column), ())
        texts = (example_of(column, self.language), self._label(column)[::2], *entries)
        return max(NARROWEST, min(WIDEST, 2 + max(map(_width, texts))))

    def _comment(self, sheet: Worksheet, place: int, column: Column) -> None:
        told = column.note.within(self.language)
        if example := example_of(column, self.language):
            told += "\n" + self.words(say("Example: {example}", example=example))
        lines = sum(1 + _width(line) // 36 for line in told.split("\n"))
        size = {"width": 260, "height": 16 + 18 * lines, "font_size": 9}
        sheet.write_comment(0, place, told, {"author": "matcher", **size})

    def _validate(self, sheet: Worksheet, place: int, column: Column) -> None:
        """Add a column's drop-down, or a warning where a date is none; neither forbids a cell."""
        name = list_of(column)
        rule: dict[str, object] = {"error_type": "warning", "error_title": "matcher"}
        if name:
            rule |= {
                "validate": "list",
                "source": f"={self.ranges[name]}",
                "show_error": column.kind not in SEVERAL,
                "error_message": self.words(say("This word is not on the list. Keep it?")),
            }
        elif column.kind == "day":
            rule |= {
                "validate": "date",
                "criteria": "between",
                "minimum": DAYS[0],
                "maximum": DAYS[1],
                "error_message": self.words(say("This is not a date. Keep it?")),
            }
        else:
            return
        sheet.data_validation(1, place, ROWS, place, rule)

    @cached_property
    def ranges(self) -> dict[str, str]:
        """Where the entries of each list stand."""
        sheet = LISTS.within(self.language).replace("'", "''")
        letters = {name: column_letters(place) for place, name in enumerate(self.entries)}
        return {
            name: f"'{sheet}'!${letters[name]}$2:${letters[name]}${len(entries) + 1}"
            for name, entries in self.entries.items()
        }

    def _write_lists(self, sheet: Worksheet) -> None:
        titles: dict[str, str] = {}
        for column in (column for table in FILLED_IN for column in shown_columns(table)):
            titles.setdefault(list_of(column), column.label.within(self.language))
        titles["yes_no"] = " / ".join(YES_NO[self.language])
        for place, (name, entries) in enumerate(self.entries.items()):
            sheet.write_string(0, place, titles[name], self.optional)
            sheet.write_column(1, place, entries, self.text)
            width = max(map(_width, (*entries, titles[name][:NARROWEST]))) + 2
            sheet.set_column(place, place, min(60, width), self.text)
        sheet.set_row(0, HEADER_HEIGHT)
        sheet.freeze_panes(1, 0)
        self._set_page(sheet)

    def _write_guide(self, sheet: Worksheet) -> None:
        sheet.write_string(0, 0, GUIDE.within(self.language), self.bold)
        for row, line in enumerate(RULES, 1):
            text = self.words(line)
            sheet.merge_range(row, 0, row, len(GUIDE_WIDTHS) - 1, text, self.wrapped)
            sheet.set_row(row, _height([text], [sum(GUIDE_WIDTHS)]))
        first = len(RULES) + 2
        titles = (say("sheet"), say("column"), say("to be filled"), say("what"), say("example"))
        for place, (title, width) in enumerate(zip(titles, GUIDE_WIDTHS, strict=True)):
            sheet.set_column(place, place, width)
            sheet.write_string(first, place, self.words(title), self.required)
        asked = [(table, column) for table in FILLED_IN for column in shown_columns(table)]
        for row, (table, column) in enumerate(asked, first + 1):
            texts = self._guide_row(table, column)
            sheet.write_row(row, 0, texts, self.wrapped)
            sheet.set_row(row, _height(texts, GUIDE_WIDTHS))
        sheet.freeze_panes(first + 1, 0)
        sheet.repeat_rows(first)
        self._set_page(sheet)
        sheet.fit_to_pages(1, 0)

    def _guide_row(self, table: str, column: Column) -> Sequence[str]:
        return (
            sheet_name(table, self.language),
            self._label(column),
            YES_NO[self.language][0] if column.required else "",
            column.note.within(self.language),
            example_of(column, self.language),
        )

    def _set_page(self, sheet: Worksheet) -> None:
        sheet.set_landscape()
        sheet.set_paper(A4)
        sheet.set_margins(0.4, 0.4, 0.5, 0.5)
        sheet.set_footer("&L&A&R&P / &N")


def _width(text: str) -> int:
    """Return how wide a text is, full-width letters counted twice."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)


def _height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Return the height of a row whose texts wrap at the widths of their columns."""
    lines = (1 + _width(text) // width for text, width in zip(texts, widths, strict=True))
    return LINE_HEIGHT * max(lines)
