"""The sheets for the day as one page to print: HTML without scripts, nothing loaded from anywhere,
all that was read escaped."""

from __future__ import annotations

from pathlib import Path

from matcher.language import words_of
from matcher.report.html import render_page
from matcher.report.sheets.values import Cell, Sheet, Sheets, visible
from matcher.report.sheets.widths import ROOM, fit_columns, share_page

FOLDER = Path(__file__).parent
STYLE, PAGE = "page.css", "page.html"


def write_page(sheets: Sheets, sheet: Sheet) -> bytes:
    """Return the page of one sheet of `sheets` in UTF-8; the same bytes for the same sheet."""
    words = words_of(sheets.language)

    def told(cell: Cell) -> str:
        return visible(cell if isinstance(cell, str) else words(cell))

    values = {"sheets": sheets, "sheet": sheet, "shares": share_page(sheet), "told": told}
    crowded = sum(fit_columns(sheet)) > ROOM
    return render_page(FOLDER, PAGE, STYLE, {**values, "crowded": crowded})
