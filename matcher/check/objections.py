"""The objections' table, understood: what somebody objects to, and the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.check import cells
from matcher.check.outcome_words import answer as answer_word
from matcher.check.outcomes import AROUND, LATE_MEND, KnownRows
from matcher.check.sheet import Sheet
from matcher.forms import load_form
from matcher.language import say
from matcher.personal import mask_all
from matcher.problem import NO_DAY, day_number, day_of
from matcher.read import Table
from matcher.settings import Settings


@dataclass(frozen=True)
class Objected:
    """One row; `opening_id`, `answer`, `outcome` and `by` are "" and `answered_on` None where
    blank. Personal numbers are masked in `text` and `answer`."""

    candidate_id: str
    opening_id: str
    text: str
    on: date
    answer: str
    answered_on: date | None
    outcome: str
    by: str
    file: str
    sheet: str
    line: int


def check_objections(
    table: Table, known: KnownRows, settings: Settings
) -> tuple[Sheet, list[Objected]]:
    """Return the table under check and its objections."""
    sheet = Sheet(table, load_form("objections"), settings.read)
    around = day_number(settings.on)
    window = (around - AROUND, around + AROUND)
    columns = (
        sheet.values(
            "candidate_id", cells.known_id(known.candidates, say("candidate")), "", required=True
        ),
        sheet.values("opening_id", cells.known_id(known.seats, say("job order")), ""),
        sheet.values("text", cells.free_text, "", required=True),
        sheet.days("on", NO_DAY, window, required=True).tolist(),
        sheet.values("answer", cells.free_text, ""),
        sheet.days("answered_on", NO_DAY, window).tolist(),
        sheet.values("outcome", answer_word, ""),
        sheet.values("by", cells.one_line, ""),
    )
    wheres = [(part.file, part.sheet, line) for part in table.parts for line in part.lines]
    first: dict[object, int] = {}
    objections = []
    for row, (cell, where) in enumerate(zip(zip(*columns, strict=True), wheres, strict=True)):
        who, opening, text, made, told, answered, outcome, by = cell
        shown = mask_all(text), _day(made) or date.min, mask_all(told), _day(answered)
        objected = Objected(who, opening, *shown, outcome, by, *where)
        objections.append(objected)
        if row in sheet.bad:
            continue
        if (same := first.setdefault(cell, row)) != row:
            sheet.twice.add(row)
            reason = say("the same objection as {place}; left out", place=sheet.place(same))
            sheet.note(row, "text", "ROW_TWICE", reason)
            continue
        _check_answer(sheet, row, objected)
        _check_days(sheet, row, objected, settings)
    accepted = set(sheet.accepted)
    return sheet, [one for row, one in enumerate(objections) if row in accepted]


def _day(number: int) -> date | None:
    return None if number == NO_DAY else day_of(number)


def _check_answer(sheet: Sheet, row: int, objected: Objected) -> None:
    """Find an answer's day or outcome without what it rests on."""
    if objected.answered_on is not None and not objected.answer:
        reason = say("a day of the answer without an answer")
        sheet.error(
            row, "answer", "OBJECTION", reason, say("write the answer, or leave both blank")
        )
    elif objected.outcome and not (objected.answer and objected.answered_on):
        reason = say("an outcome needs the answer and its day")
        column = "answered_on" if objected.answer else "answer"
        sheet.error(row, column, "OBJECTION", reason, say("fill answer and answered_on"))


def _check_days(sheet: Sheet, row: int, objected: Objected, settings: Settings) -> None:
    """Find days to come or that cross, and tell of an objection that is overdue."""
    for column, day in (("on", objected.on), ("answered_on", objected.answered_on)):
        if day is not None and day > settings.on:
            reason = say("later than the day the scenario counts from")
            sheet.error(row, column, "AFTER_ON", reason, LATE_MEND)
    if objected.on > settings.on:
        return
    if objected.answered_on is not None and objected.answered_on < objected.on:
        reason = say("answered before it was made ({on})", on=objected.on)
        mend = say("correct one of the dates")
        sheet.error(row, "answered_on", "DATES_CROSS", reason, mend)
    due = objected.on + timedelta(settings.objections.days)
    if objected.answered_on is None and due < settings.on:
        reason = say("no answer yet; it was due by {due}", due=due)
        sheet.note(row, "on", "OVERDUE", reason)
