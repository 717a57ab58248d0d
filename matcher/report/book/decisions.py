"""The sheet on which officers write their decisions, as the table of decisions is read: those on
record, then empty rows with drop-downs."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from xlsxwriter.worksheet import Worksheet

from matcher.check.decision_words import ACTION_NAMES
from matcher.forms import Column, load_form
from matcher.grid import column_letters
from matcher.language import Name, Words, say
from matcher.report.book.values import Cell
from matcher.report.book.writer import Writer, clean
from matcher.report.content.values import Content

FORM = load_form("decisions")
LISTS = Name("Daftar pilihan", "選択肢", "Lists")
FREE_ROWS = 200
COLOUR = "#C00000"
DAY = "yyyy-mm-dd"
DAYS = (date(1940, 1, 1), date(2100, 1, 1))
WIDTHS = {"action": 32, "candidate_id": 18, "opening_id": 18, "reason": 50, "by": 24, "on": 16}
HEAD_HEIGHT = 32


def write_decisions(writer: Writer, sheet: Worksheet, lists: Worksheet, content: Content) -> None:
    """Write the sheet of decisions, and the hidden one with what its drop-downs offer."""
    columns = [column for column in FORM.columns if column.kept]
    ranges = _write_lists(writer, lists, content)
    last = len(content.decisions) + FREE_ROWS
    day = writer.book.add_format({"num_format": DAY, "align": "left"})
    for place, column in enumerate(columns):
        form = day if column.kind == "day" else writer.text
        sheet.set_column(place, place, WIDTHS[column.name], form)
        label = column.label.within(content.words.language) + (" *" if column.required else "")
        sheet.write_string(0, place, label, writer.head)
        _tell(sheet, place, column, content.words)
        _offer(sheet, place, column, ranges, last, content.words)
    sheet.set_row(0, HEAD_HEIGHT)
    for row, decided in enumerate(content.decisions, 1):
        action = ACTION_NAMES[decided.action].within(content.words.language)
        cells: tuple[Cell, ...] = (action, decided.person, decided.opening)
        for place, cell in enumerate((*cells, decided.reason, decided.by)):
            if cell:
                sheet.write_string(row, place, clean(str(cell)), writer.text)
        sheet.write_datetime(row, len(columns) - 1, decided.on, day)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    sheet.freeze_panes(1, 0)
    sheet.repeat_rows(0)
    sheet.print_area(0, 0, last, len(columns) - 1)
    sheet.set_tab_color(COLOUR)
    writer.set_page(sheet)


def _tell(sheet: Worksheet, place: int, column: Column, words: Words) -> None:
    """Write how a column is filled as a comment on its head."""
    told = column.note.within(words.language)
    size = {"width": 260, "height": 90, "font_size": 9}
    sheet.write_comment(0, place, told, {"author": "matcher", **size})


def _offer(
    sheet: Worksheet,
    place: int,
    column: Column,
    ranges: dict[str, str],
    last: int,
    words: Words,
) -> None:
    """Add a column's drop-down, or a warning where a date is none; neither forbids a cell."""
    rule: dict[str, object] = {"error_type": "warning", "error_title": "matcher"}
    if column.name in ranges:
        told = words(say("This word is not on the list. Keep it?"))
        rule |= {"validate": "list", "source": ranges[column.name], "error_message": told}
    elif column.kind == "day":
        told = words(say("This is not a date. Keep it?"))
        between = {"criteria": "between", "minimum": DAYS[0], "maximum": DAYS[1]}
        rule |= {"validate": "date", "error_message": told, **between}
    else:
        return
    sheet.data_validation(1, place, last, place, rule)


def _write_lists(writer: Writer, sheet: Worksheet, content: Content) -> dict[str, str]:
    """Write what the drop-downs offer; return where each column's stands, as a formula."""
    language = content.words.language
    offered: dict[str, Sequence[str]] = {
        "action": [name.within(language) for name in ACTION_NAMES.values()],
        "candidate_id": [person.id for person in content.people],
        "opening_id": [opening.id for opening in content.openings],
    }
    name = LISTS.within(language)
    ranges = {}
    sheet.hide()
    for place, (column, entries) in enumerate(offered.items()):
        sheet.set_column(place, place, 24, writer.text)
        letter = column_letters(place)
        if entries:
            ranges[column] = f"='{name}'!${letter}$1:${letter}${len(entries)}"
    for row in range(max(map(len, offered.values()))):
        for place, entries in enumerate(offered.values()):
            if row < len(entries):
                sheet.write_string(row, place, clean(entries[row]))
    return ranges
