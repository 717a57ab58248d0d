"""A table as it came: the rows of each sheet or file it lies in, every cell still text."""

from __future__ import annotations

from dataclasses import dataclass, field

from matcher.errors import Issue
from matcher.grid import column_letters
from matcher.read.texts import Texts


@dataclass(frozen=True)
class Part:
    """The rows of a table in one sheet or text file.

    `columns` holds the cells as written by our name of the column, `lines` the line of each row,
    `places` the column of each in the file (from 0), `headers` its header there. `marks` is what
    is known of a cell besides its text, by column and row; the mark "merged" is a cell covered by
    its neighbour. Rows read = rows here + refused + ignored.
    """

    file: str
    sheet: str = ""
    header_line: int = 0
    columns: dict[str, Texts] = field(default_factory=dict)
    lines: tuple[int, ...] = ()
    places: dict[str, int] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    marks: dict[str, dict[int, str]] = field(default_factory=dict)
    read: int = 0
    refused: int = 0
    ignored: int = 0

    def __len__(self) -> int:
        return len(self.lines)

    @property
    def name(self) -> str:
        """The file, and its sheet where it has some."""
        return f"{self.file} › {self.sheet}" if self.sheet else self.file

    def cell(self, line: int, column: str) -> str:
        """Return the address of a cell in a workbook, as C17; "" elsewhere."""
        place = self.places.get(column)
        if not self.sheet or not line or place is None:
            return ""
        return f"{column_letters(place)}{line}"


@dataclass(frozen=True)
class Table:
    """A table in the parts it came in; `digests` are the SHA-256 of the files, by name."""

    name: str
    parts: tuple[Part, ...]
    issues: tuple[Issue, ...] = ()
    digests: dict[str, str] = field(default_factory=dict)

    def __len__(self) -> int:
        return sum(map(len, self.parts))

    @property
    def whole(self) -> bool:
        """Whether every part of the table could be read."""
        return all(part.header_line for part in self.parts)

    @property
    def columns(self) -> list[str]:
        """Our names of the columns that any part has, in their order there."""
        return list(dict.fromkeys(column for part in self.parts for column in part.columns))
