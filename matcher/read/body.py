"""The rows below a header: which are rows of the table and which are not, all of them counted."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from matcher.errors import Issue
from matcher.forms import Form
from matcher.grid import Grid, column_letters
from matcher.language import Phrase, say
from matcher.personal import mask_all
from matcher.read.columns import columns_of, marks_of
from matcher.read.footers import Footers
from matcher.read.header import Header
from matcher.read.table import Part
from matcher.read.texts import Square, Texts

OLD_LAST_LINE, LAST_LINE = 65_536, 1_048_576
SHOWN = 60


@dataclass
class Body:
    """Sorts the rows of one grid; `part` gives what came of it."""

    file: str
    grid: Grid
    header: Header
    form: Form
    hidden: str | None
    issues: list[Issue] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.names = self.header.names
        self.first = self.header.index + self.header.height
        self.header_line = self.grid.lines[self.header.index]
        required = {column.name for column in self.form.columns if column.required}
        self.required = [place for place, name in self.names.items() if name in required]
        self.named = max(self.header.texts, default=-1) + 1
        ends = 0 if self.grid.sheet else len(self.grid.rows[self.header.index])
        self.width = max(self.named, ends)
        self.second = len(self.grid.rows)
        self.spellings = {
            spelling.casefold()
            for column in self.form.columns
            for spelling in (column.name, *column.spellings)
        }
        # Lines of formulas without results look blank, and may be anybody's.
        self.unfinished = {
            line for (line, _), marks in self.grid.marks.items() if "formula" in marks.split()
        }
        self.plain = self._plain_rows()

    def part(self) -> Part:
        """Return the table's rows in this grid; issues about the others are in `issues`."""
        self._check_cut()
        kept, refused, ignored = self._sort_rows()
        lines = tuple(self.grid.lines[index] for index in kept)
        columns = columns_of(self.grid, self.names, kept)
        self._tell_unnamed(kept)
        places = {name: place for place, name in self.names.items()}
        return Part(
            self.file,
            self.grid.sheet,
            self.header_line,
            columns,
            lines,
            places,
            {name: self.header.texts[place] for place, name in self.names.items()},
            tuple(t for place, t in self.header.texts.items() if place not in self.header.columns),
            marks_of(self.grid, places, lines),
            self._read(),
            refused,
            ignored + self._blank(),
        )

    def _read(self) -> int:
        """Count the lines from the first to the last that holds anything, but the header's."""
        last = self.grid.lines[-1] if self.grid.lines else 0
        return (last if self.grid.sheet else len(self.grid.rows)) - self.header.height

    def _blank(self) -> int:
        return self._read() - (len(self.grid.rows) - self.header.height)

    def _check_cut(self) -> None:
        last = self.grid.lines[-1]
        if last in (OLD_LAST_LINE, LAST_LINE):
            reason = say("the table ends on line {line}, exactly where Excel cuts", line=last)
            mend = say("ask for the whole table, or add one line below if it is whole")
            self.tell("MAYBE_TRUNCATED", last, "", reason, mend)

    def _sort_rows(self) -> tuple[list[int], int, int]:
        kept: list[int] = []
        refused, ignored = 0, self.header.index
        if self.header.index:
            reason = say("lines left out above the header: {n}", n=self.header_line - 1)
            self.tell("HEADER_ROW", self.header_line, "", reason)
            self._check_above()
        footer = self._footer_rows()
        hidden = self._hidden_rows(footer)
        long: list[int] = []
        short: list[int] = []
        plain = np.zeros_like(self.plain) if hidden else self.plain
        plain[: self.first] = False
        others = np.flatnonzero(~plain)
        for index in others[others >= self.first].tolist():
            row, line = self.grid.rows[index], self.grid.lines[index]
            blank = self._blank_row(row) and line not in self.unfinished
            aside = index in footer or index in hidden or blank
            if aside or self._header_again(index):
                ignored += 1
            elif not self.grid.sheet and self._ragged(row, line, long, short):
                refused += 1
            else:
                kept.append(index)
        self._tell_lines("EMPTY_CELLS", long, say("empty cells behind the last header"))
        self._tell_lines("SHORT_ROW", short, say("the row ends early; its last cells are blank"))
        kept = sorted([*kept, *np.flatnonzero(plain).tolist()])
        whole = bisect_left(kept, self.second)
        return kept[:whole], refused + len(kept) - whole, ignored

    def _check_above(self) -> None:
        """Refuse the sheet where a table stands above the one that was found."""
        required = [column.name for column in self.form.columns if column.required]
        for index in range(self.header.index - 1):
            found = map(self.form.find, filter(str.strip, self.grid.rows[index]))
            used = {column.name for column in found if column and column.kind != "unused"}
            if len(used) >= 2 and 2 * len(used & set(required)) >= len(required):
                reason = say("a table of its own stands above; it would be lost")
                mend = say("put the second table into a sheet of its own")
                self.tell("SECOND_TABLE", self.grid.lines[index], "", reason, mend)

    def _plain_rows(self) -> NDArray[np.bool_]:
        """Return which rows are quickly seen to be the table's: every required cell filled, and
        the first of them no header. Only rows of one width are seen so."""
        rows = self.grid.rows
        if not isinstance(rows, Square) or len(self.required) < 2 or self.width < len(rows.columns):
            return np.zeros(len(rows), bool)
        plain = np.ones(len(rows), bool)
        for place in self.required:
            column = Texts(rows.columns[place])
            own = [
                bool(text.strip()) and text.strip().casefold() not in self.spellings
                for text in column.distinct
            ]
            plain &= np.array(own, bool)[column.codes]
        plain[self.first : self.first + 1] = False  # it may number the columns
        return plain

    def _blank_row(self, row: Sequence[str]) -> bool:
        return not any(row) or not "".join(row).strip()

    def _header_again(self, index: int) -> bool:
        row, line = self.grid.rows[index], self.grid.lines[index]
        numbers = [cell.strip().strip("()") for cell in row if cell.strip()]
        counted = [str(number) for number in range(1, len(numbers) + 1)]
        if index == self.first and len(numbers) > 2 and numbers == counted:
            self.tell("HEADER_AGAIN", line, "", say("the numbers of the columns; left out"))
            return True
        if all(
            self.form.find(row[place]) is None for place in self.required[:2] if place < len(row)
        ):
            return False
        texts = {place: " ".join(text.split()) for place, text in enumerate(row) if text.strip()}
        if texts == self.header.texts:
            self.tell("HEADER_AGAIN", line, "", say("the header again; left out"))
            return True
        found = {place: self.form.find(text) for place, text in texts.items()}
        used = {column.name for column in found.values() if column and column.kind != "unused"}
        if len(used) >= 2 and len(used) * 2 > len(texts):
            reason = say("a second header with other columns; its table would be lost")
            mend = say("put the second table into a sheet of its own")
            self.tell("SECOND_TABLE", line, "", reason, mend)
            self.second = min(self.second, index)
        return False

    def _ragged(self, row: list[str], line: int, long: list[int], short: list[int]) -> bool:
        """Return whether a row of a text file has too many or too few cells."""
        if self.named <= len(row) <= self.width:
            return False
        if len(row) > self.width:
            if not any(cell.strip() for cell in row[self.width :]):
                long.append(line)
                return False
            reason = say("{n} cells where the header has {m}", n=len(row), m=self.width)
            mend = say("quote cells that hold a separator, or take the extra cell out")
            self.tell("TOO_MANY_CELLS", line, row[self.width], reason, mend)
            if any(mark in cell for cell in row for mark in "“”„"):
                curly = say("typographic quotation marks (“ ”) do not quote a cell")
                self.tell("CURLY_QUOTES", line, "", curly)
            return True
        if any(place >= len(row) for place in self.required):
            reason = say("{n} cells where the header has {m}", n=len(row), m=self.width)
            self.tell("TOO_FEW_CELLS", line, "", reason, say("complete the row"))
            return True
        short.append(line)
        return False

    def _footer_rows(self) -> set[int]:
        """Return the rows of totals and signatures, each told."""
        others = np.flatnonzero(~self.plain)
        below = others[others >= self.first].tolist()
        found = Footers(self.grid, self.header, self.form).find(below)
        for index in sorted(found):
            text = " ".join(" ".join(map(mask_all, self.grid.rows[index])).split())
            reason = say("a total or a signature, no row of the table; left out")
            line, sheet = self.grid.lines[index], self.grid.sheet
            issue = Issue("FOOTER_ROW", self.file, line, "", text[:SHOWN], reason, None, sheet)
            self.issues.append(issue)
        return found

    def _hidden_rows(self, footer: set[int]) -> set[int]:
        hidden = {
            index
            for index in range(self.first, len(self.grid.rows))
            if self.grid.lines[index] in self.grid.hidden and index not in footer
        }
        if not hidden:
            return set()
        lines = [self.grid.lines[index] for index in sorted(hidden)]
        if self.hidden is None:
            reason = say("{n} rows are hidden or filtered out", n=len(hidden))
            mend = say("show them, or declare --hidden include or skip ([read] hidden)")
            self._tell_lines("HIDDEN_ROWS", lines, reason, mend)
            return set()
        if self.hidden == "skip":
            self._tell_lines("HIDDEN_READ", lines, say("hidden rows left out, as declared"))
            return hidden
        self._tell_lines("HIDDEN_READ", lines, say("hidden rows read, as declared"))
        return set()

    def _tell_unnamed(self, kept: list[int]) -> None:
        found: dict[int, list[int]] = {}
        if isinstance(self.grid.rows, Square) and len(self.header.texts) == self.width:
            return
        for index in kept:
            row, line = self.grid.rows[index], self.grid.lines[index]
            if len(row) > len(self.header.texts):
                for place, text in enumerate(row):
                    if text.strip() and place not in self.header.texts:
                        found.setdefault(place, []).append(line)
        for place, below in sorted(found.items()):
            reason = say(
                "{n} cells under no header in column {name}; not used",
                n=len(below),
                name=column_letters(place),
            )
            self._tell_lines("COLUMN_UNNAMED", below, reason)

    def _tell_lines(
        self, code: str, lines: list[int], reason: Phrase, mend: Phrase | None = None
    ) -> None:
        if lines:
            self.tell(code, lines[0], "", reason, mend)
            self.issues[-1] = replace(self.issues[-1], also=tuple(lines[1:]))

    def tell(
        self, code: str, line: int, value: str, reason: Phrase, mend: Phrase | None = None
    ) -> None:
        """Add an issue about a line of this grid."""
        sheet, shown = self.grid.sheet, mask_all(value)
        self.issues.append(Issue(code, self.file, line, "", shown, reason, mend, sheet))
