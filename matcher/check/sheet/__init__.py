"""One table under check: its columns become values, its faults become issues."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.check import cells
from matcher.check.cells import Cell, Found, Parse
from matcher.check.sheet.distinct import distinct_cells
from matcher.check.sheet.reading import Reading
from matcher.check.sheet.telling import NUMBER_KINDS
from matcher.forms import Form
from matcher.language import say
from matcher.read import Part, Table
from matcher.settings import Read
from matcher.spelling import did_you_mean

FEWEST_RANKS = 8
STAND_INS = {
    "candidate_id": ("participant_no", "transaction_code", "nik", "name"),
    "birth_date": ("birth_place_and_date",),
    "host_id": ("host_name",),
    "operation_no": ("job_category",),
    "seats": ("seats_men", "seats_women"),
}


class Sheet(Reading):
    """A table under check, its dates and numbers read as each file writes them."""

    def __init__(self, table: Table, form: Form, options: Read) -> None:
        super().__init__(table, form, options)
        self.readable = form.required[0] in table.columns and table.whole
        self._styles = [self._number_style(part) for part in table.parts]
        self._know_columns()
        self._note_marks()

    def days(
        self,
        column: str,
        blank: int,
        window: tuple[int, int] | None,
        *,
        required: bool = False,
        behind_comma: bool = False,
    ) -> NDArray[np.integer]:
        """Return the column's days, those `behind_comma` from “place, date”; the order of day and
        month is the declared one, else the one that the column's own cells in that file prove."""

        def parser(place: int) -> Parse[int]:
            part = self.table.parts[place]
            order: str | None = self.options.date_order
            if order is None and column in part.columns:
                texts = self._distinct(part, column)
                if behind_comma:
                    texts = [text.rpartition(",")[2] for text in texts]
                proved = cells.prove_date_order(texts)
                order = next(iter(proved)) if len(proved) == 1 else None
                self._check_swapped(place, column)
            parse = cells.day(order, window)
            return _behind_comma(parse) if behind_comma else parse

        return np.array(self.read(column, parser, blank, required), np.int32)

    def counts(
        self,
        column: str,
        low: int,
        high: int,
        blank: int = -1,
        *,
        units: cells.Units = (),
        required: bool = False,
        kind: type[np.integer] = np.int32,
    ) -> NDArray[np.integer]:
        """Return the column's whole numbers, in the number style of each file."""

        def parser(place: int) -> Parse[int]:
            return cells.whole(low, high, style=self._styles[place], units=units)

        return np.array(self.read(column, parser, blank, required), kind)

    def tenths(
        self, column: str, low: int, high: int, *, units: cells.Units = ()
    ) -> NDArray[np.integer]:
        """Return the column's numbers of at most one decimal, in tenths (15 for 1.5)."""

        def parser(place: int) -> Parse[int]:
            return cells.tenths(low, high, style=self._styles[place], units=units)

        return np.array(self.read(column, parser, -1, False), np.int32)

    def money(self, column: str, currency: str, blank: int = -1) -> NDArray[np.integer]:
        """Return the column's amounts, whole, in its currency and the number style of each file."""

        def parser(place: int) -> Parse[int]:
            return cells.money(self._styles[place], currency=currency)

        return np.array(self.read(column, parser, blank, False), np.int64)

    def shares(self, column: str) -> None:
        """Check a column of 0 to 100; one that holds shares of 1 throughout, or each rank once,
        is refused whole."""
        for place, part in enumerate(self.table.parts):
            if column in part.columns:
                self._check_scores(place, part, column)
        self.read(column, lambda place: cells.share(self._styles[place]), -1, False)

    def _distinct(self, part: Part, column: str) -> list[str]:
        return part.columns[column].distinct

    def _number_style(self, part: Part) -> str | None:
        if self.options.number_style:
            return self.options.number_style
        proved: set[str] = set()
        for column in self.form.columns:
            if column.kind in NUMBER_KINDS and column.name in part.columns:
                marks = part.marks.get(column.name, {})
                texts = part.columns[column.name]
                plain = (
                    {text for row, text in enumerate(texts) if row not in marks}
                    if marks
                    else set(texts.distinct)
                )
                proved |= cells.prove_number_style(plain)
        return next(iter(proved)) if len(proved) == 1 else None

    def _check_swapped(self, place: int, column: str) -> None:
        _, texts, marks = distinct_cells(self.table.parts[place], column)
        if cells.half_swapped([cell for cell in map(Cell, texts, marks) if cell.text]):
            reason = say("dates of which Excel has swapped day and month in part")
            mend = say("export the column again as text")
            self.refuse_whole(place, column, "DATE_HALF_SWAPPED", reason, mend)

    def _check_scores(self, place: int, part: Part, column: str) -> None:
        codes, texts, marks = distinct_cells(part, column)
        held = [cell for cell in map(Cell, texts, marks) if cell.text.strip()]
        if cells.looks_like_shares(held):
            reason = say("a column of 0 to 100 holds only shares of 1")
            mend = say("write percent (87), or format the column as a percentage")
            self.refuse_whole(place, column, "PERCENT", reason, mend)
        times = np.bincount(codes, minlength=len(texts))
        once = all(times[code] == 1 for code, text in enumerate(texts) if text.strip())
        ranks = {str(rank) for rank in range(1, len(held) + 1)}
        if once and len(held) >= FEWEST_RANKS and {cell.text.strip() for cell in held} == ranks:
            reason = say("every number from 1 to {n} once: ranks, not scores?", n=len(held))
            mend = say("put the scores here, or take the column out")
            self.refuse_whole(place, column, "LOOKS_LIKE_RANK", reason, mend)

    def _know_columns(self) -> None:
        for place, part in enumerate(self.table.parts):
            if not part.header_line:
                continue
            for column in self.form.required:
                if column not in part.columns and not self.stands_in(part, column):
                    reason = say("a required column is missing")
                    near = did_you_mean(column, part.unknown) or say("add the column to the header")
                    self.refuse_whole(place, column, "COLUMN_MISSING", reason, near)

    def _note_marks(self) -> None:
        """Tell what a workbook says of its cells besides their texts."""
        told = {
            "formula": ("FORMULAS", say("formulas; their stored results were read")),
            "struck": ("STRUCK", say("struck through and read like others; is that meant?")),
        }
        for part, rows in self.rows_by_part:
            for mark, (code, reason) in told.items():
                for column, marks in part.marks.items():
                    found = [
                        rows.start + row
                        for row, held in sorted(marks.items())
                        if mark in held.split() and part.columns[column][row]
                    ]
                    if found:
                        self.note(found[0], column, code, reason, found[1:])

    def stands_in(self, part: Part, column: str) -> bool:
        """Return whether other columns of a part can stand in for a required one."""
        return any(name in part.columns for name in STAND_INS.get(column, ()))


def _behind_comma(parse: Parse[int]) -> Parse[int]:
    """Return the parser of “place, date”, of which only the date is read."""

    def parse_date(cell: Cell) -> Found[int]:
        found = parse(Cell(cell.text.rpartition(",")[2].strip(), cell.marks))
        return Found(found.value, found.text, found.code or "DATE_FORM")

    return parse_date
