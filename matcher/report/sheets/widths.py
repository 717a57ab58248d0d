"""How wide columns are: by what stands in them, so that words and short texts stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from unicodedata import east_asian_width

from matcher.report.sheets.values import Column, Sheet, visible

WHOLE = 18  # so wide a text, such as a date, stays on one line; of longer ones each word
LETTER, BOLD = 110, 125  # per cent of a digit, in the wider of the usual letters
EDGES = 2  # beside a text, to the lines of the table
ROOM = 160  # of a printed page


def text_width(text: str) -> int:
    """Return how wide a text is, full-width letters counted twice."""
    return sum(2 if east_asian_width(letter) in "WFA" else 1 for letter in text)


def count_lines(text: str, width: int) -> int:
    """Return how many lines a text takes that breaks between words, or in one that is longer."""
    lines, used = 1, 0
    for size in map(text_width, text.split()):
        if used and used + 1 + size > width:
            lines, used = lines + 1, 0
        used += size + bool(used)
        lines, used = lines + (used - 1) // width, (used - 1) % width + 1
    return lines


def fit_columns(sheet: Sheet) -> list[int]:
    """Return the width of each column with the room beside its text: where a page does not give
    each what it wants, what is over their words is divided."""
    bounds = _bounds(sheet)
    least = sum(low for low, _ in bounds)
    over = sum(wanted for _, wanted in bounds) - least
    given = min(over, max(0, ROOM - least))
    return [low + (wanted - low) * given // (over or 1) for low, wanted in bounds]


def share_page(sheet: Sheet) -> list[str]:
    """Return each column's share of a page's width, in per cent."""
    widths = fit_columns(sheet)
    tenths = (1000 * width // sum(widths) for width in widths)
    return [f"{share // 10}.{share % 10}" for share in tenths]


def _bounds(sheet: Sheet) -> list[tuple[int, int]]:
    """Return for each column what its words take at least, and what it wants."""
    rows = [row for group in sheet.groups for row in group.rows]
    return [
        _bound(column, [visible(str(row[place])) for row in rows])
        for place, column in enumerate(sheet.columns)
    ]


def _bound(column: Column, texts: Sequence[str]) -> tuple[int, int]:
    sizes = list(map(text_width, texts))
    words = [text_width(word) for text in texts for word in text.split()]
    whole = [*(size for size in sizes if size <= WHOLE), *(min(WHOLE, size) for size in words)]
    titles = [min(WHOLE, text_width(word)) for word in visible(column.title).split()]
    least = max(_room(max(whole, default=1), LETTER), _room(max(titles, default=1), BOLD))
    if any(sizes):
        wanted = min(column.width, _room(max(sizes), LETTER))
    else:  # to write in by hand
        wanted, least = column.width, max(least, column.width * 3 // 4)
    return least + EDGES, max(least, wanted) + EDGES


def _room(width: int, letter: int) -> int:
    return -(-width * letter // 100)
