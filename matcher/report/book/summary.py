"""The first sheet: what the batch says, its figures, and where everything else stands."""

from __future__ import annotations

from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from matcher.language import Phrase, Words, say
from matcher.report.book.sizes import row_height
from matcher.report.book.values import Page
from matcher.report.book.writer import Writer, bars, clean
from matcher.report.content.values import Content

WIDTHS = (52, 14, 14, 14)
COLOUR = "#1F4E79"
WORKBOOK = "workbook.xlsx"


def write_summary(
    writer: Writer,
    sheet: Worksheet,
    content: Content,
    pages: Sequence[Page],
    notes: Sequence[Phrase],
) -> None:
    """Write the summary, what the meeting is asked, figures, and a link to each sheet."""
    words = content.words
    for place, width in enumerate(WIDTHS):
        sheet.set_column(place, place, width, writer.plain)
    row = _lines(writer, sheet, 0, "", [])
    sheet.write_string(0, 0, clean(content.title), writer.title)
    sheet.set_row(0, 22)
    row = _lines(writer, sheet, 1, "", [content.mark, *content.notes])
    row = _lines(writer, sheet, row, "", content.summary)
    row = _lines(writer, sheet, row, words(say("The meeting is asked to decide")), content.asked)
    row = _figures(writer, sheet, row, content)
    row = _contents(writer, sheet, row, pages, words)
    row = _lines(writer, sheet, row, words(say("How to work with it")), list(map(words, notes)))
    sheet.print_area(0, 0, row, len(WIDTHS) - 1)
    sheet.set_tab_color(COLOUR)
    writer.set_page(sheet, landscape=False)
    sheet.hide_gridlines(2)


def tell_filling(name: str) -> Phrase:
    """Return how the sheet of decisions, of that name, is handed in."""
    return say(
        "Decisions are written on the sheet “{sheet}”: copy this workbook beside scenario.toml,"
        ' fill the sheet in, and name it under [files]: decisions = "{file}#{sheet}".',
        sheet=name,
        file=WORKBOOK,
    )


def _lines(writer: Writer, sheet: Worksheet, row: int, head: str, lines: Sequence[str]) -> int:
    """Write lines across the sheet under a head, a blank row behind; return the next row."""
    if not lines:
        return row
    if head:
        sheet.write_string(row, 0, clean(head), writer.bold)
        row += 1
    for line in lines:
        text = clean(line)
        sheet.merge_range(row, 0, row, len(WIDTHS) - 1, "", writer.plain)
        sheet.write_string(row, 0, text, writer.plain)
        sheet.set_row(row, row_height([text], [sum(WIDTHS)]))
        row += 1
    return row + 1


def _figures(writer: Writer, sheet: Worksheet, row: int, content: Content) -> int:
    if not content.figures:
        return row
    titles = (say("figure"), say("number"), say("of"), say("share"))
    for place, title in enumerate(titles):
        sheet.write_string(row, place, content.words(title), writer.head)
    first = row + 1
    for figure in content.figures:
        row += 1
        sheet.write_string(row, 0, clean(figure.label), writer.text)
        sheet.write_number(row, 1, figure.value, writer.kinds["whole"])
        if figure.of is not None:
            sheet.write_number(row, 2, figure.of, writer.kinds["whole"])
        if figure.of:
            share = 100 * figure.value // figure.of / 100
            sheet.write_number(row, 3, share, writer.kinds["share"])
    sheet.conditional_format(first, 3, row, 3, bars(1))
    return row + 2


def _contents(
    writer: Writer, sheet: Worksheet, row: int, pages: Sequence[Page], words: Words
) -> int:
    for place, title in enumerate((say("sheet"), say("rows"))):
        sheet.write_string(row, place, words(title), writer.head)
    counts = {page.name: len(page.rows) for page in pages}
    for page, name in writer.names.items():
        if page == "summary":
            continue
        row += 1
        writer.lead(sheet, row, 0, page, name, 1)
        if page in counts:
            sheet.write_number(row, 1, counts[page], writer.kinds["whole"])
    return row + 2
