"""What goes with rows that are left out rather than mended (`run --skip-bad-rows`)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Protocol, TypeVar

from matcher.check.sheet import Sheet
from matcher.errors import Count, Issue
from matcher.language import say
from matcher.personal import mask_numbers
from matcher.problem import Decision


class Named(Protocol):
    """A row that names a person, a job order or both ("": none), and where it stands."""

    @property
    def candidate_id(self) -> str: ...
    @property
    def opening_id(self) -> str: ...
    @property
    def file(self) -> str: ...
    @property
    def sheet(self) -> str: ...
    @property
    def line(self) -> int: ...


Naming = TypeVar("Naming", bound=Named)


def may_skip(sheets: Sequence[Sheet], refused: Iterable[Issue]) -> bool:
    """Return whether nothing but rows of these tables is refused: questions, whole files and
    decisions are never left out."""
    places = {(part.file, part.sheet) for sheet in sheets for part in sheet.table.parts}
    return all(issue.action == "row" and (issue.file, issue.sheet) in places for issue in refused)


def refuse_without(owners: Sheet, sheet: Sheet, column: str) -> None:
    """Refuse the rows that name, in a column, a row of another table that is left out."""
    key = owners.form.required[0]
    left = {owners.kept[key][row] for row in owners.accepted}
    if not owners.bad or column not in sheet.kept:
        return
    for row in sheet.accepted:
        name = sheet.kept[column][row]
        if name and name not in left:
            reason, mend = say("the row of {name} is left out", name=name), say("mend that row")
            sheet.error(row, column, "UNKNOWN_NAME", reason, mend)


def left_decisions(
    decisions: Iterable[Decision], present: Collection[str], still_open: Collection[str]
) -> tuple[list[Decision], list[Issue]]:
    """Return the decisions about people and orders that were not left out, and notes on the
    others."""
    left, notes = [], []
    for decision in decisions:
        named = ((decision.candidate_id, present), (decision.opening_id, still_open))
        if all(not name or name in known for name, known in named):
            left.append(decision)
        else:
            reason = say("the decision names a row that is left out")
            cell = (decision.file, decision.line, "action", decision.action)
            notes.append(Issue("SKIPPED", *cell, reason, None, decision.sheet))
    return left, notes


def left_rows(
    named: Iterable[Naming], present: Collection[str], still_open: Collection[str]
) -> tuple[list[Naming], list[Issue]]:
    """Return the rows about people and orders that were not left out, and notes on the others."""
    left, notes = [], []
    for row in named:
        gone = ""
        if row.candidate_id and row.candidate_id not in present:
            gone = "candidate_id"
        elif row.opening_id and row.opening_id not in still_open:
            gone = "opening_id"
        else:
            left.append(row)
        if gone:
            reason = say("it names a row of another table that is left out")
            cell = (row.file, row.line, gone, mask_numbers(getattr(row, gone)))
            notes.append(Issue("SKIPPED", *cell, reason, None, row.sheet))
    return left, notes


def leave_out(sheet: Sheet, named: Iterable[Named], left: Iterable[Named]) -> None:
    """Count the rows that are not left as ignored, and keep them out of the batch."""
    gone = {(d.file, d.sheet, d.line) for d in named}
    gone -= {(d.file, d.sheet, d.line) for d in left}
    for part, rows in sheet.rows_by_part:
        for row in rows:
            if (part.file, part.sheet, sheet.line(row)) in gone:
                sheet.twice.add(row)


def rows_left_out(sheet: Sheet) -> list[str]:
    """Return the refused rows of a table as “id (place)”, personal numbers masked."""
    ids = sheet.kept.get(sheet.form.required[0], [""] * len(sheet))
    read = [
        (ids[row] or "?", sheet.part_of(row).name, sheet.line(row)) for row in sorted(sheet.bad)
    ]
    unread = [("?", i.file, i.line) for i in sheet.table.issues if i.action == "row"]
    return [mask_numbers(f"{name} ({file}:{line})") for name, file, line in (*read, *unread)]


def skipped_notes(counts: Iterable[Count]) -> list[Issue]:
    """Return a note for each file of which rows are left out."""
    return [
        Issue(
            "SKIPPED",
            count.file,
            0,
            "",
            "",
            say("{n} refused rows are left out (--skip-bad-rows)", n=count.refused),
        )
        for count in counts
        if count.refused
    ]
