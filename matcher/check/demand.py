"""The table of demand by kejuruan, understood: people asked for without a host, never for a
plan."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from matcher.check import cells
from matcher.check.cells import Cell, Found
from matcher.check.outcomes import AROUND
from matcher.check.sheet import Sheet
from matcher.forms import load_form
from matcher.language import say
from matcher.problem import NO_DAY, Demand, day_number
from matcher.read import Table
from matcher.settings import Settings
from matcher.vocabulary import Vocabulary

MOST_PEOPLE = 10_000_000


def check_demand(
    table: Table, settings: Settings, vocabulary: Vocabulary
) -> tuple[Sheet, list[Demand]]:
    """Return the table under check and its accepted rows, in order."""
    sheet = Sheet(table, load_form("demand"), settings.read)
    known = {
        cells.folded(programme.kejuruan): programme.kejuruan
        for programme in vocabulary.programmes.values()
    }

    def kejuruan(cell: Cell) -> Found[str]:
        found = cells.one_line(cell)
        name = known.get(cells.folded(found.text), found.text)
        return Found(name, name, found.code if name == found.text else "READ_AS")

    around = day_number(settings.on)
    window = (around - AROUND, around + AROUND)
    trades = sheet.values("kejuruan", kejuruan, "", required=True)
    people = sheet.counts("people", 1, MOST_PEOPLE, units=cells.PEOPLE, required=True)
    first, last = (sheet.days(column, NO_DAY, window) for column in ("entry_from", "entry_to"))
    wishes = sheet.values("wishes", cells.free_text, "")
    sheet.values("source", cells.free_text, "")
    for row in range(len(sheet)):
        if row in sheet.bad:
            continue
        if NO_DAY != last[row] < first[row]:
            reason = say("the entry window ends before it begins")
            sheet.error(row, "entry_to", "DATES_CROSS", reason, say("correct one of the dates"))
    _note_rows(sheet, trades, set(known.values()))
    found = [
        Demand(trades[row], int(people[row]), int(first[row]), int(last[row]), wishes[row])
        for row in sheet.accepted
    ]
    return sheet, sorted(
        found, key=lambda d: (d.kejuruan, d.entry_from, d.entry_to, d.people, d.wishes)
    )


def _note_rows(sheet: Sheet, trades: Sequence[str], known: Collection[str]) -> None:
    """Tell of trades that no programme has, and of rows that stand twice and count twice."""
    unknown = [row for row in sheet.accepted if trades[row] not in ("", *known)]
    if unknown:
        reason = say("no programme of this trade is known; it is shown as it stands")
        sheet.note(unknown[0], "kejuruan", "UNUSUAL", reason, unknown[1:])
    first: dict[tuple[str, ...], int] = {}
    for row in sheet.accepted:
        same = first.setdefault(tuple(column[row] for column in sheet.kept.values()), row)
        if same != row:
            reason = say("the same row as {place}; both count", place=sheet.place(same))
            sheet.note(row, "kejuruan", "UNUSUAL", reason)
