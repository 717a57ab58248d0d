"""How wide columns and how high rows of the workbook are, by the texts that stand in them."""

from __future__ import annotations

from collections.abc import Sequence, Set

from matcher.report.book.values import UNITS, Cell, Column, Kind
from matcher.report.sheets.widths import EDGES, count_lines, text_width
from matcher.report.sheets.workbook import LINE, TALLEST

WIDTHS: dict[Kind, int] = {
    "whole": 8,
    "points": 9,
    "exact": 9,
    "tenths": 8,
    "hundredths": 8,
    "share": 8,
    "day": 13,
}
BEHIND: dict[Kind, int] = {"points": 3, "exact": 5, "tenths": 2, "hundredths": 3, "share": 1}
HEAD_WORD, HEAD_KANJI = 14, 8  # a longer word of a head is broken, one of kanji sooner


def row_height(texts: Sequence[str], widths: Sequence[int]) -> int:
    """Return the height of a row (points) whose texts wrap at the widths of their columns."""
    lines = (
        sum(count_lines(line, max(1, width - EDGES)) for line in text.split("\n"))
        for text, width in zip(texts, widths, strict=True)
    )
    return min(TALLEST, 4 + LINE * max(lines))


def wrapped_lines(text: str, width: int) -> int:
    """Return about how many lines a text takes in a column whose width is in digits, which are
    wider than most letters: rather one more than one less."""
    if 2 * len(text) <= width:
        return 1
    size = len(text) if text.isascii() else text_width(text)
    return 1 if 10 * size <= 11 * width else -(-size // width)


def column_width(column: Column, cells: Set[Cell]) -> int:
    """Return the width of a column: what its different cells want, a text no more than it may, room
    for its head."""
    words = column.title.split()
    most = {word: HEAD_WORD if word.isascii() else HEAD_KANJI for word in words}
    head = max((min(most[word], text_width(word)) for word in words), default=1) + EDGES
    if column.kind != "text":
        return max(head, WIDTHS[column.kind], _number_width(column.kind, cells))
    widest = max((_text_width(text, column.width) for text in cells), default=1)
    return max(head, min(column.width, widest * 11 // 10) + EDGES)


def _number_width(kind: Kind, cells: Set[Cell]) -> int:
    most = max((abs(cell) for cell in cells if isinstance(cell, int)), default=0)
    return len(f"{most // UNITS.get(kind, 1):,}") + BEHIND.get(kind, 0) + EDGES


def _text_width(cell: Cell, most: int) -> int:
    text = cell if isinstance(cell, str) else str(cell or "")
    return len(text) if text.isascii() or len(text) >= most else text_width(text)
