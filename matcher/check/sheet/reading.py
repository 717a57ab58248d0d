"""The columns of a table become values, what is wrong with their cells becomes issues."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
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
from matcher.check.sheet.placed import Placed
from matcher.errors import Count, Issue, load_codes
from matcher.forms import Form
from matcher.language import Phrase, say
from matcher.personal import mask_all, mask_numbers
from matcher.read import Table
from matcher.settings import Read

T = TypeVar("T")
ID_KINDS = ("identifier", "reference")
NUMBER_KINDS = ("count", "money", "share", "hours")
LONGEST_AMOUNT = 13  # digits


class Reading(Placed):
    """Collects what is wrong with one table; rows with an error are refused.

    Rows are counted over all parts of the table. `kept` holds each read column in its canonical
    spelling, `bad` the refused rows, `twice` those left out because they repeat another, `whole`
    the parts refused whole.
    """

    def __init__(self, table: Table, form: Form, options: Read) -> None:
        super().__init__(table)
        self.form, self.options = form, options
        self.issues: list[Issue] = list(table.issues)
        self.bad: set[int] = set()
        self.twice: set[int] = set()
        self.whole: set[int] = set()
        self.kept: dict[str, list[str]] = {}

    def text(self, column: str) -> list[str]:
        """Return a column's canonical texts where it was read, else its texts tidied; blank where
        the column is absent."""
        if column not in self.kept:
            self.values(column, cells.free_text, "")
        return self.kept[column]

    def values(self, column: str, parse: Parse[T], blank: T, *, required: bool = False) -> list[T]:
        """Return the column's values: `blank` for blank cells and for faulty ones, which become
        issues."""
        return self.read(column, lambda _: parse, blank, required)

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

    def check_ids(self, column: str, ids: Sequence[str]) -> None:
        """Find ids that stand twice."""
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
                    reason = say("the same row as {place}; left out", place=self.place(rows[0]))
                    self.note(row, column, "ROW_TWICE", reason)
                continue
            places = tuple(self.place(row) for row in rows)
            reason = say("the id stands in rows that differ: {places}", places=places)
            for row in rows:
                self.error(row, column, "ID_TWICE", reason, say("give each row an id of its own"))

    def error(
        self, row: int, column: str, code: str, reason: Phrase, mend: Phrase | None = None
    ) -> None:
        """Refuse a row."""
        self.bad.add(row)
        self.issues.append(self._issue(code, [row], column, reason, mend))

    def note(
        self, row: int, column: str, code: str, reason: Phrase, also: Sequence[int] = ()
    ) -> None:
        """Tell something about a row that stays as it is, and `also` about others."""
        self.issues.append(self._issue(code, [row, *also], column, reason))

    def note_blanks(self, column: str, effect: Phrase) -> None:
        """Tell once in how many of the rows that are not refused a column is blank, and what that
        means."""
        texts = self.text(column)
        if self.bad:
            texts = [text for row, text in enumerate(texts) if row not in self.bad]
        if blanks := texts.count(""):
            reason = say(
                "blank in {n} of {all} rows: {effect}", n=blanks, all=len(texts), effect=effect
            )
            name = self.file if len(self.table.parts) == 1 else self.table.name
            self.issues.append(Issue("BLANKS", name, 0, column, "", reason))

    def refuse_whole(
        self, place: int, column: str, code: str, reason: Phrase, mend: Phrase | None = None
    ) -> None:
        """Refuse one part of the table whole."""
        part = self.table.parts[place]
        self.whole.add(place)
        where = (part.header_line, part.sheet, part.cell(part.header_line, column))
        line, sheet, cell = where
        header = part.headers.get(column, "")
        self.issues.append(
            Issue(code, part.file, line, column, "", reason, mend, sheet, cell, header)
        )

    @property
    def file(self) -> str:
        """The names of the table's files."""
        return ", ".join(dict.fromkeys(part.file for part in self.table.parts))

    @property
    def accepted(self) -> list[int]:
        """The rows that are neither refused nor left out."""
        out = self.bad | self.twice
        return [row for row in range(len(self)) if row not in out]

    @property
    def tallies(self) -> list[Count]:
        """Rows read = accepted + refused + ignored, by part."""
        unread = {
            (issue.file, issue.sheet)
            for issue in self.issues
            if issue.action == "file" and issue.code != "SETTINGS"
        }
        found = []
        for place, (part, rows) in enumerate(self.rows_by_part):
            bad = sum(row in self.bad for row in rows)
            twice = sum(row in self.twice and row not in self.bad for row in rows)
            if place in self.whole or (part.file, part.sheet) in unread:
                bad, twice = len(rows), 0
            found.append(
                Count(
                    part.name,
                    part.read,
                    len(rows) - bad - twice,
                    part.refused + bad,
                    part.ignored + twice,
                )
            )
        return found

    def read(
        self, column: str, parser: Callable[[int], Parse[T]], blank: T, required: bool
    ) -> list[T]:
        """Return the column's values, each part read by the parser of its place."""
        values: list[T] = []
        kept: list[str] = []
        for place, part in enumerate(self.table.parts):
            if column not in part.columns:
                values += [blank] * len(part)
                kept += [""] * len(part)
            else:
                found, texts = self._read_part(place, column, parser(place), blank, required)
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
                self._issue(question.code, sorted(rows), column, question.reason, question.mend)
            )
        return spread(values, codes), spread(texts, codes)

    def _parse(
        self, column: str, written: str, marks: str, parse: Parse[T], required: bool
    ) -> tuple[Found[T] | None, str]:
        """Return what one cell says and the code of what was done to it, "" for nothing; raises
        `CellFault`."""
        zero = self._kind(column) in NUMBER_KINDS
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
            self.issues.append(self._issue("ID_PADDED", rows, column, reason))
            return
        reason = say("read as {text}", text=self._shown(column, text))
        reason = reason if text else say("read as blank")
        self.issues.append(self._issue(code, rows, column, reason, became=text))

    def _refuse_mojibake(self, place: int, row: int, column: str) -> None:
        """Refuse a part whose text was decoded wrongly before it came here, once."""
        part = self.table.parts[place]
        if not any(issue.code == "MOJIBAKE" and issue.file == part.file for issue in self.issues):
            reason = say("text that was decoded wrongly before it came here")
            mend = say("export it again as a workbook, or as “CSV UTF-8”")
            self.issues.append(self._issue("MOJIBAKE", [row], column, reason, mend))

    def _issue(
        self,
        code: str,
        rows: Sequence[int],
        column: str,
        reason: Phrase,
        mend: Phrase | None = None,
        became: str | None = None,
    ) -> Issue:
        part, line = self.part_of(rows[0]), self.line(rows[0])
        written = self.written(rows[0], column)
        return Issue(
            code,
            part.file,
            line,
            column,
            self._shown(column, written),
            _masked(reason),
            _masked(mend) if mend else None,
            part.sheet,
            part.cell(line, column),
            part.headers.get(column, ""),
            became if became is None else self._shown(column, became),
            tuple(map(self.line, rows[1:])),
        )

    def _kind(self, column: str) -> str:
        known = self.form.column(column) if column else None
        return known.kind if known else "extra"

    def _shown(self, column: str, text: str) -> str:
        """Return a text as messages may show it: personal numbers masked."""
        kind = self._kind(column)
        if kind == "money" and sum(map(str.isdigit, text)) <= LONGEST_AMOUNT:
            return text
        return mask_numbers(text) if kind in ID_KINDS else mask_all(text)


def _masked(phrase: Phrase) -> Phrase:
    """Return a phrase whose facts out of cells show no personal numbers."""
    if not phrase.facts:
        return phrase
    facts = {
        name: mask_all(fact) if isinstance(fact, str) else fact
        for name, fact in phrase.facts.items()
    }
    return Phrase(phrase.message, facts)
