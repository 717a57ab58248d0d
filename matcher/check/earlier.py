"""The table of an earlier plan, understood: who was proposed where."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.check import cells
from matcher.check.outcomes import KnownRows
from matcher.check.sheet import Sheet
from matcher.forms import load_form
from matcher.language import say
from matcher.read import Table
from matcher.settings import Read


@dataclass(frozen=True)
class Promised:
    """One row; `opening_id` is "" where the person had no place."""

    candidate_id: str
    opening_id: str
    file: str
    sheet: str
    line: int


def check_earlier(table: Table, known: KnownRows, options: Read) -> tuple[Sheet, list[Promised]]:
    """Return the table under check and its rows; those that name people or job orders of then who
    are here no more are told and left out."""
    sheet = Sheet(table, load_form("earlier"), options)
    people = sheet.ids("candidate_id")
    openings = sheet.values("opening_id", cells.identifier(), "")
    gone = {"candidate_id": (people, known.candidates), "opening_id": (openings, known.seats)}
    for column, (names, held) in gone.items():
        rows = [
            row
            for row in sheet.accepted
            if held is not None and names[row] and names[row] not in held
        ]
        if rows:
            reason = say("of the earlier plan and here no more; the row is left out")
            sheet.note(rows[0], column, "EARLIER_GONE", reason, rows[1:])
            sheet.twice.update(rows)
    wheres = [(part.file, part.sheet, line) for part in table.parts for line in part.lines]
    return sheet, [Promised(people[row], openings[row], *wheres[row]) for row in sheet.accepted]
