"""What stands in the sheets for the day, as plain values; workbook and page only write them."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from matcher.spelling import is_unseen

Cell = str | int | Decimal
BLANK = "–"


@dataclass(frozen=True)
class Column:
    """A column: its title, how wide it is at most while words stay whole (characters of a
    workbook, a kanji counts two), and what may be chosen where people write in it by hand."""

    title: str
    width: int
    choices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Group:
    """Rows that belong together under a caption ("": none)."""

    caption: str
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True)
class Sheet:
    """One sheet: `head` are labels and what they hold, `notes` stand below the table. A row has
    a cell for each column; its cell in column `row_header` says whose row it is. `file` is the
    path of its files within a folder, without ending."""

    title: str
    file: str
    head: tuple[tuple[str, Cell], ...]
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    notes: tuple[str, ...]
    row_header: int = 0


@dataclass(frozen=True)
class Key:
    """Who is behind a number of a blind copy: for the office alone."""

    sheet: str
    number: str
    candidate_id: str


@dataclass(frozen=True)
class Sheets:
    """All sheets of one audience in one language: the office's overview, and one for each host or
    centre, who is given that one alone. `mark` says what they are (no decision), `told` what the
    officer is told besides, `keys` are those of a blind copy."""

    language: str
    title: str
    mark: str
    overview: Sheet
    sheets: tuple[Sheet, ...]
    told: tuple[str, ...]
    keys: tuple[Key, ...]

    @property
    def all(self) -> tuple[Sheet, ...]:
        """The overview and the others."""
        return (self.overview, *self.sheets)


def visible(text: str) -> str:
    """Return a text in one line, characters that do not show as their number: ⟨U+202E⟩."""
    if text.isprintable():
        return text
    return "".join(
        " " if mark in "\t\n\r" else f"⟨U+{ord(mark):04X}⟩" if is_unseen(mark) else mark
        for mark in text
    )
