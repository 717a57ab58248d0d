"""The table of given scores, understood: anybody's numbers for pairs of people and job orders."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.check import cells
from matcher.check.sheet import Sheet
from matcher.errors import Issue
from matcher.forms import load_form
from matcher.language import say
from matcher.problem import UNKNOWN, Given, Numbers
from matcher.read import Table
from matcher.settings import MOST_GIVEN, Read

FEW_PLACES = 10


@dataclass(frozen=True)
class ScoreCells:
    """The columns of the table in the rows' order: `person` and `order` are places in `people`
    and `orders`, the different ids that the table names."""

    people: tuple[str, ...]
    orders: tuple[str, ...]
    person: Numbers
    order: Numbers
    score: Numbers

    @property
    def pair(self) -> Numbers:
        """One number for each pair."""
        return self.person * len(self.orders) + self.order


@dataclass(frozen=True)
class Scored:
    """The table under check and what it says."""

    sheet: Sheet
    cells: ScoreCells

    def leave_out(self, present: Collection[str], still_open: Collection[str]) -> list[Issue]:
        """Leave out the rows that name people or job orders that are left out themselves; return
        the notes that tell so."""
        gone = ~(
            np.array([name in present for name in self.cells.people], bool)[self.cells.person]
            & np.array([name in still_open for name in self.cells.orders], bool)[self.cells.order]
        )
        rows = [row for row in self.sheet.accepted if gone[row]]
        self.sheet.twice.update(rows)
        if not rows:
            return []
        reason = say("{n} scores name a row that is left out", n=len(rows))
        return [Issue("SKIPPED", self.sheet.file, 0, "", "", reason)]

    def given(self, candidate_ids: Sequence[str], opening_ids: Sequence[str]) -> Given:
        """Return the accepted rows' scores, for people and openings in the order of their ids."""
        rows, found = np.array(self.sheet.accepted, np.intp), self.cells
        candidate = _places(found.people, candidate_ids)[found.person[rows]]
        opening = _places(found.orders, opening_ids)[found.order[rows]]
        order = np.lexsort((opening, candidate))
        score = found.score[rows][order].astype(np.int64)
        return Given(candidate[order], opening[order], score, len(opening_ids))


def check_scores(
    table: Table,
    candidates: Collection[str] | None,
    openings: Collection[str] | None,
    options: Read,
) -> Scored:
    """Return the table under check and its scores; ids are not looked up where the table that
    holds them could not be read (None)."""
    sheet = Sheet(table, load_form("scores"), options)
    people = sheet.values(
        "candidate_id", cells.known_id(candidates, say("candidate")), "", required=True
    )
    orders = sheet.values(
        "opening_id", cells.known_id(openings, say("job order")), "", required=True
    )
    score = sheet.counts("score", 0, MOST_GIVEN, UNKNOWN, required=True)
    named = [tuple(sorted(set(column))) for column in (people, orders)]
    found = ScoreCells(
        named[0], named[1], _numbered(people, named[0]), _numbered(orders, named[1]), score
    )
    _check_pairs(sheet, found)
    if sheet.table.whole and not len(sheet):
        reason = say("no pair is listed: nobody may be proposed anywhere")
        sheet.issues.append(Issue("NO_SCORES", sheet.file, 0, "", "", reason))
    return Scored(sheet, found)


def _check_pairs(sheet: Sheet, found: ScoreCells) -> None:
    """Find pairs that stand twice: with one score the later row is left out, with several scores
    each row is refused."""
    pair = found.pair
    order = np.argsort(pair, kind="stable")
    starts = np.flatnonzero(np.append(True, np.diff(pair[order]) != 0)[: order.size])
    ends = np.append(starts[1:], order.size)
    again: list[int] = []
    for at in np.flatnonzero(ends - starts > 1).tolist():
        rows = [row for row in order[starts[at] : ends[at]].tolist() if row not in sheet.bad]
        if len(set(found.score[rows].tolist())) > 1:
            _refuse_pair(sheet, rows)
        else:
            again += rows[1:]
    if again:
        sheet.twice.update(again)
        again.sort()
        reason = say("the same pair and score again; left out")
        sheet.note(again[0], "candidate_id", "ROW_TWICE", reason, again[1:])


def _refuse_pair(sheet: Sheet, rows: Sequence[int]) -> None:
    places = tuple(sheet.place(row) for row in rows[:FEW_PLACES])
    more = (f"… +{len(rows) - FEW_PLACES}",) if len(rows) > FEW_PLACES else ()
    reason = say("the pair stands in rows of different scores: {places}", places=places + more)
    mend = say("correct an id or the score, or take the other rows out")
    for row in rows:
        sheet.error(row, "score", "ID_TWICE", reason, mend)


def _numbered(column: Sequence[str], names: Sequence[str]) -> Numbers:
    """Return the place of each cell among the names."""
    place = {name: at for at, name in enumerate(names)}
    return np.fromiter(map(place.__getitem__, column), np.int64, len(column))


def _places(names: Sequence[str], ids: Sequence[str]) -> NDArray[np.int32]:
    """Return the place of each name among the ids, -1 where it is not there."""
    place = {name: at for at, name in enumerate(ids)}
    return np.array([place.get(name, -1) for name in names], np.int32)
