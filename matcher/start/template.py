"""The empty workbook of a new scenario: a sheet for each table, its columns with what belongs in
them, drop-downs for closed lists, and a guide."""

from __future__ import annotations

import io
from datetime import datetime

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from matcher.forms import FORMS, Column, load_form
from matcher.grid import column_letters
from matcher.language import Phrase, Words, say, words_of
from matcher.problem import CONDITIONS, LEVELS
from matcher.vocabulary import load_vocabulary

GUIDE, LISTS = say("Guide"), say("Lists")
ROWS = 2_000  # rows with formats and drop-downs
WIDEST, NARROWEST = 34, 12
CREATED = datetime(2000, 1, 1)  # the same bytes on any day
YES_NO = {"id": ("ya", "tidak"), "ja": ("はい", "いいえ"), "en": ("yes", "no")}
RESULTS = {
    "id": ("lulus", "tidak lulus", "dalam proses"),
    "ja": ("修了", "不合格", "受講中"),
    "en": ("passed", "not passed", "in progress"),
}
TEXT_KINDS = ("identifier", "text", "job_type", "reference", "job_types", "skills", "certificates")


def sheet_name(table: str, language: str) -> str:
    """Return the name of a table's sheet in a language."""
    return load_form(table).label.within(language)


def make_template(language: str) -> bytes:
    """Return the workbook; the same bytes for the same language."""
    words = words_of(language)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(
        buffer,
        {
            "in_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        },
    )
    book.set_properties({"created": CREATED})
    _Template(book, words).write()
    book.close()
    return buffer.getvalue()


class _Template:
    def __init__(self, book: Workbook, words: Words) -> None:
        self.book, self.words, self.language = book, words, words.language
        self.required = book.add_format(
            {
                "bold": True,
                "bg_color": "#1F4E79",
                "font_color": "#FFFFFF",
                "text_wrap": True,
                "valign": "top",
            }
        )
        self.optional = book.add_format(
            {"bold": True, "bg_color": "#DDEBF7", "text_wrap": True, "valign": "top"}
        )
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.text = book.add_format({"num_format": "@"})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.lists: dict[str, str] = {}

    def write(self) -> None:
        """Write every sheet: the tables first, then the guide and the lists."""
        sheets = {
            table: self.book.add_worksheet(sheet_name(table, self.language)) for table in FORMS
        }
        guide = self.book.add_worksheet(self.words(GUIDE))
        self._write_lists(self.book.add_worksheet(self.words(LISTS)))
        for table, sheet in sheets.items():
            self._write_table(sheet, table)
        self._write_guide(guide)

    def _write_table(self, sheet: Worksheet, table: str) -> None:
        form = load_form(table)
        columns = [column for column in form.columns if column.name in form.kept]
        for place, column in enumerate(columns):
            label = column.label.within(self.language)
            mark = " *" if column.required else ""
            sheet.write_string(
                0, place, label + mark, self.required if column.required else self.optional
            )
            sheet.write_comment(0, place, self._hint(column), {"author": "matcher", "x_scale": 2.2})
            width = min(WIDEST, max(NARROWEST, 2 + _width(label)))
            sheet.set_column(place, place, width, self._format(column))
            self._add_choices(sheet, place, column)
        sheet.set_row(0, 32)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, ROWS, len(columns) - 1)

    def _format(self, column: Column) -> Format | None:
        if column.kind == "day":
            return self.day
        return self.text if column.kind in TEXT_KINDS else None

    def _hint(self, column: Column) -> str:
        told = [column.note.within(self.language)]
        if column.example:
            told.append(self.words(say("Example: {example}", example=column.example)))
        return "\n".join(told)

    def _add_choices(self, sheet: Worksheet, place: int, column: Column) -> None:
        source = self.lists.get(_list_of(column))
        if source is None:
            return
        sheet.data_validation(
            1,
            place,
            ROWS,
            place,
            {
                "validate": "list",
                "source": source,
                "error_type": "warning",
                "error_title": "matcher",
                "error_message": self.words(say("This word is not on the list.")),
            },
        )

    def _write_lists(self, sheet: Worksheet) -> None:
        """Write the closed lists, one column each, and remember their ranges."""
        for place, (name, entries) in enumerate(self._entries().items()):
            sheet.write_string(0, place, name, self.optional)
            for row, entry in enumerate(entries, 1):
                sheet.write_string(row, place, entry)
            sheet.set_column(place, place, min(60, max(map(_width, entries)) + 2))
            letters = column_letters(place)
            quoted = self.words(LISTS).replace("'", "''")
            self.lists[name] = f"='{quoted}'!${letters}$2:${letters}${len(entries) + 1}"
        sheet.freeze_panes(1, 0)

    def _entries(self) -> dict[str, list[str]]:
        vocabulary = load_vocabulary()
        programmes = sorted(programme.name for programme in vocabulary.programmes.values())
        jobs = [
            f"{job.operation_no} {job.operation.within(self.language)}"
            for job in vocabulary.job_types.values()
        ]
        return {
            "yes_no": list(YES_NO[self.language]),
            "programme": programmes,
            "job_type": jobs,
            "prefecture": [name.within(self.language) for name in vocabulary.prefectures.values()],
            "province": sorted(vocabulary.provinces),
            "level": [*LEVELS[::-1]],
            "training_result": list(RESULTS[self.language]),
            "medical": ["fit", "unfit", "pending"],
            "sex": ["L", "P"],
            "stage": ["i", "ii", "iii"],
            "regime": ["titp", "esd"],
            "action": ["place", "forbid", "withdraw", "hold"],
            "conditions": list(CONDITIONS),
        }

    def _write_guide(self, sheet: Worksheet) -> None:
        titles: tuple[Phrase, ...] = (
            say("sheet"),
            say("column"),
            say("must be filled"),
            say("what belongs there"),
            say("example"),
        )
        sheet.set_column(0, 0, 18)
        sheet.set_column(1, 1, 30)
        sheet.set_column(2, 2, 14)
        sheet.set_column(3, 3, 70, self.wrapped)
        sheet.set_column(4, 4, 36, self.wrapped)
        for place, title in enumerate(titles):
            sheet.write_string(0, place, self.words(title), self.required)
        row = 1
        for table in FORMS:
            form = load_form(table)
            for column in form.columns:
                if column.name not in form.kept:
                    continue
                yes, no = YES_NO[self.language]
                for place, text in enumerate(
                    (
                        form.label.within(self.language),
                        column.label.within(self.language),
                        yes if column.required else no,
                        column.note.within(self.language),
                        column.example,
                    )
                ):
                    sheet.write_string(row, place, text)
                row += 1
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)


def _list_of(column: Column) -> str:
    """Return the list whose entries a column takes, "" for none."""
    if column.kind in (
        "yes_no",
        "programme",
        "job_type",
        "prefecture",
        "province",
        "sex",
        "action",
    ):
        return column.kind
    return "level" if column.kind == "level" else column.name


def _width(text: str) -> int:
    """Return how wide a text is, full-width letters counted twice."""
    return sum(2 if ord(letter) > 0x2E7F else 1 for letter in text)
