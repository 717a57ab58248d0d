"""The cells of the rows that are kept, by column, and what is known of them besides their text."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from itertools import zip_longest

import numpy as np

from matcher.grid import Grid
from matcher.read.texts import Square, Texts


def columns_of(grid: Grid, names: Mapping[int, str], kept: Sequence[int]) -> dict[str, Texts]:
    """Return the cells of each named column in the kept rows, blank where a row ends before it."""
    rows = grid.rows
    if isinstance(rows, Square):
        at = np.array(kept, np.intp)
        return {name: Texts(rows.columns[place][at]) for place, name in names.items()}
    every = list(zip_longest(*(rows[index] for index in kept), fillvalue=""))
    blank = ("",) * len(kept)
    return {
        name: Texts(every[place] if place < len(every) else blank) for place, name in names.items()
    }


def marks_of(
    grid: Grid, places: Mapping[str, int], lines: Sequence[int]
) -> dict[str, dict[int, str]]:
    """Return the marks of the rows that stand on `lines`, by column and row; "merged" for a cell
    that its neighbour covers."""
    marks: dict[str, dict[int, str]] = {}
    row_of = {line: row for row, line in enumerate(lines)}
    name_of = {place: name for name, place in places.items()}
    for (line, place), mark in grid.marks.items():
        if place in name_of and line in row_of:
            marks.setdefault(name_of[place], {})[row_of[line]] = mark
    for top, left, bottom, right in grid.merged:
        covered = range(bisect_left(lines, top), bisect_right(lines, bottom))
        for place in (place for place in name_of if left <= place <= right):
            for row in covered:
                if (lines[row], place) != (top, left):
                    marks.setdefault(name_of[place], {})[row] = "merged"
    return marks
