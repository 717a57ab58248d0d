"""Tables that fit a page without breaking a word: cells fold between words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING

from matcher.report.render import render_table

if TYPE_CHECKING:
    from rich.console import Console

PAGE = 100  # columns
NARROWEST = 8  # columns of what is written without spaces
BETWEEN = 2


def fit_table(titles: Sequence[str], rows: Sequence[Sequence[str]], page: int = PAGE) -> str:
    """Return a table at most `page` columns wide, wider only where the longest words are."""
    columns = list(zip(titles, *rows, strict=True))
    widths = _widths(columns, page - BETWEEN * (len(columns) - 1))
    folded = [
        ["\n".join(fold(cell, width)) for cell in column]
        for column, width in zip(columns, widths, strict=True)
    ]
    heads, *lines = zip(*folded, strict=True)
    return render_table(heads, lines, wide=max(page, sum(widths) + BETWEEN * len(widths)))


def fit_filled(titles: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a table as `fit_table` does, columns in which nothing stands left out."""
    filled = [place for place in range(len(titles)) if any(row[place] for row in rows)]
    return fit_table(
        [titles[place] for place in filled], [[row[place] for place in filled] for row in rows]
    )


def fold(text: str, width: int = PAGE) -> list[str]:
    """Return a text's lines of at most so many columns, a Japanese character taking two; only a
    word longer than a line is broken."""
    from rich.text import Text

    return [line.plain.rstrip() for line in Text(text).wrap(_console(), width)] or [""]


def _widths(columns: Sequence[Sequence[str]], room: int) -> list[int]:
    """Return the width of each column: as its longest word, then widened one by one where most
    lines are saved, as long as there is room."""
    widths = [max(_narrowest(cell) for cell in column) for column in columns]
    extra = [_extra(column, width) for column, width in zip(columns, widths, strict=True)]
    while sum(widths) < room and any(extra):
        at = extra.index(max(extra))
        widths[at] += 1
        extra[at] = _extra(columns[at], widths[at])
    return widths


def _narrowest(cell: str) -> int:
    """Return how wide a cell must be: its longest word; a Japanese one breaks anywhere."""
    from rich.cells import cell_len

    def need(word: str) -> int:
        wide = cell_len(word)
        return wide if wide == len(word) else min(wide, NARROWEST)

    return max(map(need, cell.split()), default=0)


def _extra(column: Sequence[str], width: int) -> int:
    """Return how many lines a column's cells need beyond the first of each."""
    return sum(len(fold(cell, width)) - 1 for cell in column)


@lru_cache(maxsize=1)
def _console() -> Console:
    from rich.console import Console

    return Console(width=PAGE, no_color=True, highlight=False, emoji=False)
