"""The rows of a table that lies in several parts: which part and line each stands in."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import accumulate

from matcher.read import Part, Table


class Placed:
    """A table whose rows are counted over all its parts."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.starts = [0, *accumulate(map(len, table.parts))]

    def __len__(self) -> int:
        return len(self.table)

    def has(self, column: str) -> bool:
        """Return whether any part has the column."""
        return any(column in part.columns for part in self.table.parts)

    def place(self, row: int) -> str:
        """Return where a row stands, as people would look for it."""
        part, line = self.part_of(row), self.line(row)
        return f"{part.name}:{line}" if len(self.table.parts) > 1 else str(line)

    @property
    def rows_by_part(self) -> Iterable[tuple[Part, range]]:
        """Each part with its rows."""
        for part, start in zip(self.table.parts, self.starts, strict=False):
            yield part, range(start, start + len(part))

    def written(self, row: int, column: str) -> str:
        """Return a cell as it was written, "" where the file has no such column."""
        part, start = self.at(row)
        if column not in part.columns:
            return ""
        return str(part.columns[column][row - start])

    def marks(self, row: int, column: str) -> str:
        """Return the marks of a cell."""
        part, start = self.at(row)
        held = part.marks.get(column, {})
        return held.get(row - start, "")

    def part_of(self, row: int) -> Part:
        """Return the part a row stands in."""
        return self.at(row)[0]

    def line(self, row: int) -> int:
        """Return the line of a row in its file."""
        part, start = self.at(row)
        return part.lines[row - start]

    def whole_row(self, row: int) -> tuple[str, ...]:
        """Return a row's cells as written, spaces around them taken off."""
        return tuple(self.written(row, column).strip() for column in self.table.columns)

    def at(self, row: int) -> tuple[Part, int]:
        """Return the part a row stands in, and the part's first row."""
        place = bisect_right(self.starts, row) - 1
        return self.table.parts[place], self.starts[place]
