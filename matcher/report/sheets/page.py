"""The sheets for the day as one page to print: HTML without scripts, nothing loaded from anywhere,
all that was read escaped."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from matcher.language import words_of
from matcher.report.sheets.values import Cell, Sheet, Sheets, visible
from matcher.report.sheets.widths import ROOM, fit_columns, share_page

FOLDER = Path(__file__).parent
STYLE, PAGE = "page.css", "page.html"


def write_page(sheets: Sheets, sheet: Sheet) -> bytes:
    """Return the page of one sheet of `sheets` in UTF-8; the same bytes for the same sheet."""
    words = words_of(sheets.language)
    style = (FOLDER / STYLE).read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()

    def told(cell: Cell) -> str:
        return visible(cell if isinstance(cell, str) else words(cell))

    values = {"sheets": sheets, "sheet": sheet, "shares": share_page(sheet), "told": told}
    crowded = sum(fit_columns(sheet)) > ROOM
    return _template().render(values, crowded=crowded, style=style, digest=digest).encode()


@lru_cache(maxsize=1)
def _template() -> Template:
    environment = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template(PAGE)
