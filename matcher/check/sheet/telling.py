"""What is told about a table: its refused rows, its notes, and the counts that add up."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.check.sheet.placed import Placed
from matcher.errors import Count, Issue
from matcher.forms import Form
from matcher.language import Phrase, say
from matcher.personal import mask_all, mask_numbers
from matcher.read import Table
from matcher.settings import Read

ID_KINDS = ("identifier", "reference")
NUMBER_KINDS = ("count", "money", "share", "hours")
LONGEST_AMOUNT = 13  # digits
BOUNDS = ("low", "high")


class Telling(Placed):
    """Collects what is wrong with one table; rows with an error are refused.

    Rows are counted over all parts of the table. `kept` holds each read column in its canonical
    spelling, `bad` the refused rows, `twice` those left out because they repeat another, `whole`
    the parts that are refused as a whole.
    """

    def __init__(self, table: Table, form: Form, options: Read) -> None:
        super().__init__(table)
        self.form, self.options = form, options
        self.issues: list[Issue] = list(table.issues)
        self.bad: set[int] = set()
        self.twice: set[int] = set()
        self.whole: set[int] = set()
        self.kept: dict[str, list[str]] = {}

    def error(
        self, row: int, column: str, code: str, reason: Phrase, mend: Phrase | None = None
    ) -> None:
        """Refuse a row."""
        self.bad.add(row)
        self.issues.append(self.issue(code, [row], column, reason, mend))

    def blank(self, row: int, column: str) -> None:
        """Refuse a row for a required cell that is blank."""
        reason, mend = say("the cell is blank"), say("this column must be filled")
        self.error(row, column, "BLANK", reason, mend)

    def note(
        self, row: int, column: str, code: str, reason: Phrase, also: Sequence[int] = ()
    ) -> None:
        """Tell something about a row that stays as it is, and `also` about others, once in each
        part they stand in."""
        by_part: dict[int, list[int]] = {}
        for one in (row, *also):
            by_part.setdefault(id(self.part_of(one)), []).append(one)
        for rows in by_part.values():
            self.issues.append(self.issue(code, rows, column, reason))

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

    def issue(
        self,
        code: str,
        rows: Sequence[int],
        column: str,
        reason: Phrase,
        mend: Phrase | None = None,
        became: str | None = None,
    ) -> Issue:
        """Return what is told of rows that stand in one part."""
        part, start = self.at(rows[0])
        line, written = part.lines[rows[0] - start], self.written(rows[0], column)
        return Issue(
            code,
            part.file,
            line,
            column,
            self.shown(column, written),
            masked(reason),
            masked(mend) if mend else None,
            part.sheet,
            part.cell(line, column),
            part.headers.get(column, ""),
            became if became is None else self.shown(column, became),
            tuple([part.lines[row - start] for row in rows[1:]]),
        )

    def kind(self, column: str) -> str:
        """Return the kind of a column, "extra" for one that no form has."""
        known = self.form.column(column) if column else None
        return known.kind if known else "extra"

    def shown(self, column: str, text: str) -> str:
        """Return a text as messages may show it: personal numbers masked."""
        kind = self.kind(column)
        if kind == "money" and sum(map(str.isdigit, text)) <= LONGEST_AMOUNT:
            return text
        return mask_numbers(text) if kind in ID_KINDS else mask_all(text)


def masked(phrase: Phrase) -> Phrase:
    """Return a phrase whose facts out of cells show no personal numbers."""
    if not phrase.facts:
        return phrase
    facts = {
        name: mask_all(fact) if isinstance(fact, str) and name not in BOUNDS else fact
        for name, fact in phrase.facts.items()
    }
    return Phrase(phrase.message, facts)
