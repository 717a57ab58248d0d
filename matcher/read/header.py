"""Where a table's header stands, and which of our columns each of its cells names."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.forms import Column, Form, fold
from matcher.grid import Grid

HEADER_ROWS = 30


@dataclass(frozen=True)
class Header:
    """A header row: its index among the grid's rows, how many rows it takes, its texts by place,
    and our columns by place (None: known to be unused)."""

    index: int
    height: int
    texts: dict[int, str]
    columns: dict[int, Column | None]

    @property
    def known(self) -> int:
        """How many different columns that a table uses it names."""
        return len(set(self.names.values()))

    @property
    def names(self) -> dict[int, str]:
        """Our names of the used columns, by place."""
        return {
            place: column.name
            for place, column in self.columns.items()
            if column and column.kind != "unused"
        }


def find_header(grid: Grid, form: Form, declared: Mapping[str, str]) -> Header | None:
    """Return the header among the first rows: the one that names the most columns.

    The first row that holds anything needs one known column, a later one two; `declared` are the
    office's own headers (`[read] columns`).
    """
    own = {fold(text): name for text, name in declared.items()}
    best: Header | None = None
    seen = 0
    for index, row in enumerate(grid.rows[:HEADER_ROWS]):
        if not any(cell.strip() for cell in row):
            continue
        header = _name_columns(index, 1, dict(enumerate(row)), form, own)
        enough = 1 if not seen else 2
        seen += 1
        if header.known >= max(enough, best.known + 1 if best else 0):
            best = header
    if best is None:
        return None
    joined = _join(grid, best, form, own)
    return joined if joined and joined.known > best.known else best


def goes_on(grid: Grid, header: Header, form: Form) -> bool:
    """Return whether a header of one row seems to go on in the next: texts stand there under a
    cell merged over several columns, and nothing in the required ones."""
    line, next_one = grid.lines[header.index], header.index + 1
    wide = [area for area in grid.merged if area[0] <= line <= area[2] and area[3] > area[1]]
    if header.height > 1 or not wide or next_one >= len(grid.rows):
        return False
    below = grid.rows[next_one]
    filled = {place for place, text in enumerate(below) if text.strip()}
    required = {place for place, name in header.names.items() if name in form.required}
    under = filled & {place for area in wide for place in range(area[1], area[3] + 1)}
    return grid.lines[next_one] == line + 1 and len(under) > 1 and not filled & required


def _name_columns(
    index: int, height: int, texts: Mapping[int, str], form: Form, own: Mapping[str, str]
) -> Header:
    kept = {place: " ".join(text.split()) for place, text in texts.items() if text.strip()}
    columns: dict[int, Column | None] = {}
    for place, text in kept.items():
        declared = own.get(fold(text))
        if declared is not None and (not declared or form.column(declared)):
            columns[place] = form.column(declared)
            continue
        column = form.find(text)
        if column is not None:
            columns[place] = column
    return Header(index, height, kept, columns)


def _join(grid: Grid, header: Header, form: Form, own: Mapping[str, str]) -> Header | None:
    """Return the header joined with the row above or below it where merged cells span both."""
    for above in (header.index - 1, header.index):
        if above < 0 or above + 1 >= len(grid.rows):
            continue
        wide = _spread(grid, above)
        if wide is None:
            continue
        lower = dict(enumerate(grid.rows[above + 1]))
        texts = {}
        for place in range(max([*wide, *lower], default=-1) + 1):
            top, low = wide.get(place, "").strip(), lower.get(place, "").strip()
            texts[place] = low if not top else top if not low or low == top else f"{top} {low}"
        shared = {
            place: low if low and form.find(texts[place]) is None else texts[place]
            for place, low in ((p, lower.get(p, "").strip()) for p in texts)
        }
        joined = _name_columns(above, 2, shared, form, own)
        if joined.known > header.known:
            return joined
    return None


def _spread(grid: Grid, index: int) -> dict[int, str] | None:
    """Return a row's texts, each merged over several columns put under all of them; None where
    none is."""
    line = grid.lines[index]
    ranges = [area for area in grid.merged if area[0] <= line <= area[2] and area[3] > area[1]]
    if not ranges:
        return None
    texts = dict(enumerate(grid.rows[index]))
    for _, left, _, right in ranges:
        for place in range(left + 1, min(right, left + HEADER_ROWS) + 1):
            texts[place] = texts.get(left, "")
    return texts
