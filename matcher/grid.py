"""A sheet of cells before anybody understands it: texts, their rows, and what a file says of a
cell besides its text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

# The marks a cell can carry, several in one string with spaces between:
# number   a number in the workbook, not text; `text` is what Excel would show of it, 15 digits
# long     the number has 16 digits or more
# padded   a number whose format shows zeros at its front; they are in `text`
# elapsed  hours and minutes that Excel keeps as parts of a day ([h]:mm)
# percent  a number shown as a percentage; `text` is the number before scaling (0.875)
# date     a date; `text` is ISO (2023-04-01), with a time behind it where it has one
# bool     TRUE or FALSE
# error    an error of a formula (#N/A)
# formula  the stored result of a formula; with an empty text it has none
# struck   struck through
Marks = dict[tuple[int, int], str]


@dataclass(frozen=True)
class Grid:
    """One sheet, or one text file (`sheet` is "").

    `rows` are the rows that hold anything, cells without trailing blanks; `lines` their numbers
    (from 1), `marks` what is known of a cell by (line, column), columns from 0; `hidden` the
    lines that are hidden or filtered out, `visible` whether the sheet is; `merged` ranges as
    (first line, first column, last line, last column), all included.
    """

    sheet: str
    rows: Sequence[list[str]]
    lines: Sequence[int]
    marks: Marks = field(default_factory=dict)
    hidden: frozenset[int] = frozenset()
    visible: bool = True
    merged: tuple[tuple[int, int, int, int], ...] = ()
    date_1904: bool = False


@dataclass(frozen=True)
class Limits:
    """What a file may hold; each is named in the error it raises."""

    file_bytes: int = 64 << 20
    inflated_bytes: int = 512 << 20
    members: int = 2_000
    cells: int = 2_000_000
    columns: int = 512
    cell_characters: int = 32_767
    memory_bytes: int = 1 << 30
    seconds: int = 120


LIMITS = Limits()


def column_letters(column: int) -> str:
    """Return the letters of a column counted from 0, as Excel shows them."""
    letters = ""
    while column >= 0:
        column, rest = divmod(column, 26)
        letters = chr(65 + rest) + letters
        column -= 1
    return letters


def plain_cell(text: str) -> str:
    """Return a text as xlsxwriter writes it unchanged: what it would take for marked-up text of its
    own (`<r>…</r>`) gets a space."""
    return f"{text} " if text.startswith("<r>") and text.endswith("</r>") else text
