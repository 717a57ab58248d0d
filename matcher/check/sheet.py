"""One table under check: its columns become values, its faults become issues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import TypeVar

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from matcher.check.cells import CellFault
from matcher.errors import Count, Issue
from matcher.language import Phrase, say
from matcher.read import Table
from matcher.spelling import did_you_mean

T = TypeVar("T")


class Sheet:
    """Collects what is wrong with one table; rows with an error are refused."""

    def __init__(self, table: Table, required: tuple[str, ...], optional: tuple[str, ...]) -> None:
        self.table = table
        self.issues: list[Issue] = list(table.issues)
        self.bad: set[int] = set()
        broken = len(table.frame.columns) == 0 or table.frame.columns.has_duplicates
        self.frame = pd.DataFrame() if broken else table.frame
        self.readable = required[0] in self.frame
        if not broken:
            self._know_columns(required, optional)

    def __len__(self) -> int:
        return len(self.frame)

    def text(self, column: str) -> list[str]:
        """Return the cells of a column as text; blank where the column is absent."""
        if column not in self.frame:
            return [""] * len(self)
        return [str(cell) for cell in self.frame[column]]

    def values(
        self, column: str, parse: Callable[[str], T], blank: T, *, required: bool = False
    ) -> list[T]:
        """Return the column's values: `blank` for blank cells and for faulty ones, which become
        issues. Each distinct text is parsed once."""
        if column not in self.frame:
            return [blank] * len(self)
        codes, cells = pd.factorize(self.frame[column].to_numpy(dtype=object))
        known: list[T] = []
        for code, cell in enumerate(map(str, cells)):
            value = blank
            if cell:
                try:
                    value = parse(cell)
                except CellFault as fault:
                    self._refuse(np.flatnonzero(codes == code), column, "CELL", fault)
            elif required:
                empty = CellFault(say("the cell is blank"), say("this column must be filled"))
                self._refuse(np.flatnonzero(codes == code), column, "BLANK", empty)
            known.append(value)
        return [known[code] for code in codes]

    def numbers(
        self,
        column: str,
        parse: Callable[[str], int],
        blank: int = -1,
        *,
        required: bool = False,
        kind: type[np.integer] = np.int32,
    ) -> NDArray[np.integer]:
        """Return the column's values as an array of whole numbers."""
        return np.array(self.values(column, parse, blank, required=required), kind)

    def ids(self, column: str, parse: Callable[[str], str]) -> list[str]:
        """Return the column of this table's own ids; one that stands twice is an error on both."""
        ids = self.values(column, parse, "", required=True)
        rows_of: dict[str, list[int]] = defaultdict(list)
        for row, name in enumerate(ids):
            rows_of[name].append(row)
        for name, rows in rows_of.items():
            if name and len(rows) > 1:
                lines = tuple(str(self.table.lines[row]) for row in rows)
                reason = say("the id stands on lines {lines}", lines=lines)
                for row in rows:
                    mend = say("give each row an id of its own")
                    self.error(row, column, "ID_TWICE", reason, mend)
        return ids

    def error(
        self, row: int, column: str, code: str, reason: Phrase, mend: Phrase | None = None
    ) -> None:
        """Refuse a row."""
        self.bad.add(row)
        value, line = self._cell(row, column), self.table.lines[row]
        self.issues.append(Issue("error", code, self.table.file, line, column, value, reason, mend))

    def note(self, row: int, column: str, code: str, reason: Phrase) -> None:
        """Tell something about a row that stays as it is."""
        value, line = self._cell(row, column), self.table.lines[row]
        self.issues.append(Issue("note", code, self.table.file, line, column, value, reason))

    def note_blanks(self, column: str, effect: Phrase) -> None:
        """Tell once how many cells of a column are blank, and what that means."""
        blanks = self.text(column).count("")
        if blanks:
            reason = say(
                "blank in {n} of {all} rows: {effect}", n=blanks, all=len(self), effect=effect
            )
            self.issues.append(Issue("note", "BLANKS", self.table.file, 0, column, "", reason))

    @property
    def count(self) -> Count:
        """Rows read = accepted + refused + ignored."""
        accepted = len(self) - len(self.bad)
        refused = self.table.rows_refused + len(self.bad)
        if len(self.frame) != len(self.table.frame):
            refused += len(self.table.frame)
        return Count(
            self.table.file, self.table.rows_read, accepted, refused, self.table.rows_ignored
        )

    def _cell(self, row: int, column: str) -> str:
        return str(self.frame[column].iloc[row]) if column in self.frame else ""

    def _know_columns(self, required: tuple[str, ...], optional: tuple[str, ...]) -> None:
        present = [str(column) for column in self.frame.columns]
        for column in required:
            if column not in present:
                spare = [name for name in present if name not in required + optional]
                near = did_you_mean(column, spare) or say("add the column to the header")
                self._whole(1, column, "COLUMN_MISSING", say("a required column is missing"), near)
        for column in present:
            if column not in required + optional:
                reason = say("the column is not known and not used")
                mend = did_you_mean(column, required + optional)
                issue = Issue(
                    "note", "COLUMN_UNKNOWN", self.table.file, 1, column, "", reason, mend
                )
                self.issues.append(issue)

    def _whole(self, line: int, column: str, code: str, reason: Phrase, mend: Phrase) -> None:
        self.issues.append(Issue("error", code, self.table.file, line, column, "", reason, mend))

    def _refuse(self, rows: NDArray[np.integer], column: str, code: str, fault: CellFault) -> None:
        for row in rows:
            self.error(int(row), column, code, fault.reason, fault.mend)
