"""The columns of a table become values, what is wrong with their cells becomes issues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.check import cells
from matcher.check.cells import CellFault, Found, Parse
from matcher.check.sheet.distinct import (
    RowsOf,
    blank_fault,
    distinct_cells,
    parse_cell,
    read_plain,
    spread,
)
from matcher.check.sheet.telling import NUMBER_KINDS, Telling
from matcher.errors import Issue, load_codes
from matcher.language import Phrase, say

T = TypeVar("T")
FEW_PLACES = 10


class Reading(Telling):
    """A table whose columns are read into values; each distinct cell is parsed once."""

    def text(self, column: str) -> list[str]:
        """Return a column's canonical texts where it was read, else its texts tidied; blank where
        the column is absent."""
        if column not in self.kept:
            self.values(column, cells.free_text, "")
        return self.kept[column]

    def values(
        self,
        column: str,
        parse: Parse[T],
        blank: T,
        *,
        required: bool = False,
        instead: str = "",
    ) -> list[T]:
        """Return the column's values: `blank` for blank cells and for faulty ones, which become
        issues. In a part without the column, `instead` names the one that stands in for it."""
        return self.read(column, lambda _: parse, blank, required, instead)

    def numbers(
        self,
        column: str,
        parse: Parse[int],
        blank: int = -1,
        *,
        required: bool = False,
        kind: type[np.integer] = np.int32,
    ) -> NDArray[np.integer]:
        """Return the column's values as an array of whole numbers."""
        return np.array(self.values(column, parse, blank, required=required), kind)

    def ids(self, column: str) -> list[str]:
        """Return the column of this table's own ids; one that stands twice is an error on both
        rows, unless the rows are the same: then the later is left out."""
        ids = self.values(column, cells.identifier(), "", required=True)
        self.check_ids(column, ids)
        return ids

    def check_ids(
        self, column: str, ids: Sequence[str], sources: Mapping[str, str] | None = None
    ) -> None:
        """Find ids that stand twice; `sources` names the column they come from by part."""
        if len(set(ids)) == len(ids):
            return
        rows_of: dict[str, list[int]] = defaultdict(list)
        for row, name in enumerate(ids):
            if name:
                rows_of[name].append(row)
        for rows in rows_of.values():
            if len(rows) == 1:
                continue
            if len({self.whole_row(row) for row in rows}) == 1:
                for row in rows[1:]:
                    self.twice.add(row)
                    reason = say(
                        "the same row as {place} in all columns that are read; left out",
                        place=self.place(rows[0]),
                    )
                    self.note(row, column, "ROW_TWICE", reason)
                continue
            places = tuple(self.place(row) for row in rows[:FEW_PLACES])
            more = (f"… +{len(rows) - FEW_PLACES}",) if len(rows) > FEW_PLACES else ()
            reason = say("the id stands in rows that differ: {places}", places=places + more)
            mend = say("correct the number, or take one of the rows out")
            for row in rows:
                source = (sources or {}).get(self.part_of(row).name, column)
                self.error(row, source, "ID_TWICE", reason, mend)

    def note_blanks(self, column: str, effect: Phrase) -> None:
        """Tell once in how many of the rows that are not refused a column is blank, and what that
        means."""
        if not self.table.columns:
            return
        if not self.has(column):
            name = self.file if len(self.table.parts) == 1 else self.table.name
            reason = say("there is no such column: {effect}", effect=effect)
            self.issues.append(Issue("BLANKS", name, 0, column, "", reason))
            return
        texts = self.text(column)
        if self.bad:
            texts = [text for row, text in enumerate(texts) if row not in self.bad]
        if blanks := texts.count(""):
            reason = say(
                "blank in {n} of {all} rows: {effect}", n=blanks, all=len(texts), effect=effect
            )
            name = self.file if len(self.table.parts) == 1 else self.table.name
            self.issues.append(Issue("BLANKS", name, 0, column, "", reason))

    def read(
        self,
        column: str,
        parser: Callable[[int], Parse[T]],
        blank: T,
        required: bool,
        instead: str = "",
    ) -> list[T]:
        """Return the column's values, each part read by the parser of its place."""
        values: list[T] = []
        kept: list[str] = []
        for place, part in enumerate(self.table.parts):
            name = column if column in part.columns else instead
            if name not in part.columns:
                values += [blank] * len(part)
                kept += [""] * len(part)
            else:
                found, texts = self._read_part(place, name, parser(place), blank, required)
                values += found
                kept += texts
        self.kept[column] = kept
        return values

    def _read_part(
        self, place: int, column: str, parse: Parse[T], blank: T, required: bool
    ) -> tuple[list[T], list[str]]:
        """Return the values and canonical texts of one part; each distinct cell is parsed once."""
        part, start = self.table.parts[place], self.starts[place]
        codes, written, marks = distinct_cells(part, column)
        values, texts, later = read_plain(written, marks, parse, blank)
        rows_of = RowsOf(codes)
        asked: dict[object, tuple[CellFault, list[int]]] = {}
        for code in later:
            values[code], texts[code] = blank, ""
            if not written[code].isascii() and cells.has_mojibake(written[code]):
                self._refuse_mojibake(place, start + rows_of(code)[0], column)
            try:
                found, done = self._parse(column, written[code], marks[code], parse, required)
            except CellFault as fault:
                rows = [start + row for row in rows_of(code)]
                self._refuse(column, rows, fault, written[code], asked)
                continue
            if found is not None and found.text:
                values[code], texts[code] = found.value, found.text
            if done:
                rows = [start + row for row in rows_of(code)]
                self._tell_read(column, rows, done, texts[code])
        for question, rows in asked.values():
            self.bad.update(rows)
            self.issues.append(
                self.issue(question.code, sorted(rows), column, question.reason, question.mend)
            )
        return spread(values, codes), spread(texts, codes)

    def _parse(
        self, column: str, written: str, marks: str, parse: Parse[T], required: bool
    ) -> tuple[Found[T] | None, str]:
        """Return what one cell says and the code of what was done to it, "" for nothing; raises
        `CellFault`."""
        zero = self.kind(column) in NUMBER_KINDS
        tidied, done = cells.tidy(written)
        found = parse_cell(tidied, marks, parse, required, zero)
        text = found.text if found else ""
        if found and not text and required:
            raise blank_fault()
        if found and (text != tidied or not done):
            done = found.code
        told = text != written or ("padded" in marks and not zero)
        return found, (done or "SPACES") if told else ""

    def _refuse(
        self,
        column: str,
        rows: list[int],
        fault: CellFault,
        written: str,
        asked: dict[object, tuple[CellFault, list[int]]],
    ) -> None:
        """Refuse rows, or ask once for all cells of the column that raise the same question."""
        if load_codes()[fault.code][0] == "row":
            for row in rows:
                self.error(row, column, fault.code, fault.reason, fault.mend)
        else:
            key = (fault.code, written) if fault.code == "JOB_TYPE" else fault.code
            asked.setdefault(key, (fault, []))[1].extend(rows)

    def _tell_read(self, column: str, rows: Sequence[int], code: str, text: str) -> None:
        """Tell what cells were read as, where that is not what is written or was typed."""
        if text == self.written(rows[0], column):
            reason = say("the zeros at its front are those that the cell shows")
            self.issues.append(self.issue("ID_PADDED", rows, column, reason))
            return
        reason = say("read as {text}", text=self.shown(column, text))
        reason = reason if text else say("read as blank")
        self.issues.append(self.issue(code, rows, column, reason, became=text))

    def _refuse_mojibake(self, place: int, row: int, column: str) -> None:
        """Refuse a part whose text was decoded wrongly before it came here, once."""
        part = self.table.parts[place]
        told = {(i.file, i.sheet) for i in self.issues if i.code == "MOJIBAKE"}
        if (part.file, part.sheet) not in told:
            reason = say("text that was decoded wrongly before it came here")
            mend = say("export it again as a workbook, or as “CSV UTF-8”")
            self.issues.append(self.issue("MOJIBAKE", [row], column, reason, mend))
