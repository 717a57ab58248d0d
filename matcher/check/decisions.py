"""The decisions' table, understood: what people decided, with reason, name and date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from matcher.check import cells
from matcher.check.cells import Cell, CellFault, Found
from matcher.check.decision_words import ACTION_NAMES
from matcher.check.decision_words import action as action_word
from matcher.check.outcomes import LATE_MEND, KnownRows
from matcher.check.sheet import Sheet
from matcher.check.wish_words import WISH_LAWS, WISH_NAMES
from matcher.check.wishes import one_range, one_sex
from matcher.forms import load_form
from matcher.language import LANGUAGES, say
from matcher.problem import (
    ENFORCE,
    ENFORCEABLE,
    NO_DAY,
    WAIVE,
    WISHES,
    Decision,
    Wish,
    day_number,
    day_of,
)
from matcher.read import Table
from matcher.rules import KINDS_OF_RULES, WAIVABLE
from matcher.settings import Read
from matcher.spelling import did_you_mean

DECISION = "DECISION"
AROUND = 15 * 365  # days
SEAT_ACTIONS = ("place", "forbid", "withdraw", "hold")
SHORTEST_REASON = 10  # letters and digits of a reason that names the work
FACT = say("the fact itself would have to change; see `matcher explain`")
NEVER_WAIVED = {
    "law": (say("a rule of the law is never waived"), FACT),
    "promise": (say("a promise of the programme is never waived"), FACT),
    "person": (
        say("only the person can lift what the person does not accept"),
        say("record the person's new answer: in `accepts`, `refuses` or the outcomes"),
    ),
    "office": (
        say("what the office itself recorded is not waived by a decision"),
        say("take out the other decision's row, or give the pair a score"),
    ),
}
SEATED_MEND = say("take the row out, or record in the outcomes what became of the seat")
EARLIEST = day_number(date.min)


def check_decisions(
    table: Table,
    known: KnownRows,
    seated: Mapping[str, str],
    wishes: Mapping[str, Sequence[Wish]],
    today: date,
    options: Read,
) -> tuple[Sheet, list[Decision]]:
    """Return the table under check and its decisions.

    `seated` names the opening at which a person has a seat on record, `wishes` are those of each
    opening whose row can be read.
    """
    seats = known.seats
    sheet = Sheet(table, load_form("decisions"), options)
    actions = sheet.values("action", _action, "", required=True)
    people = sheet.values("candidate_id", cells.known_id(known.candidates, say("candidate")), "")
    openings = sheet.values("opening_id", cells.known_id(seats, say("job order")), "")
    reasons = sheet.values("reason", cells.free_text, "", required=True)
    names = sheet.values("by", cells.one_line, "", required=True)
    around = day_number(today)
    days = sheet.days("on", NO_DAY, (around - AROUND, around + AROUND), required=True)
    wheres = [(part.file, part.sheet, line) for part in table.parts for line in part.lines]
    decisions = [
        Decision(action, person, opening, reason, by, day_of(max(int(when), EARLIEST)), *where)
        for action, person, opening, reason, by, when, where in zip(
            actions, people, openings, reasons, names, days, wheres, strict=True
        )
    ]
    for row, decision in enumerate(decisions):
        if row not in sheet.bad:
            if decision.action.startswith(ENFORCE):
                _check_enforced(sheet, row, decision, wishes, seats)
            else:
                _check_named(sheet, row, decision)
            if decision.on > today:
                late = say("decided after the day the scenario counts from")
                sheet.error(row, "on", "AFTER_ON", late, LATE_MEND)
    _check_locks(sheet, decisions, known, seated)
    _check_seated(sheet, decisions, seated)
    _check_enforced_once(sheet, decisions)
    return sheet, [d for row, d in enumerate(decisions) if row not in sheet.bad]


def _action(written: Cell) -> Found[str]:
    try:
        return action_word(written)
    except CellFault:
        raise _fault_of(written.text) from None


def _fault_of(cell: str) -> CellFault:
    """Return what is wrong with a word that is no decision."""
    if cell.startswith(ENFORCE):
        return _no_wish(cell.removeprefix(ENFORCE))
    if cell.startswith(WAIVE):
        return _no_waiver(cell.removeprefix(WAIVE))
    names = (name.within(language) for name in ACTION_NAMES.values() for language in LANGUAGES)
    near = did_you_mean(cell, (*ACTION_NAMES, *names))
    mend = near or say("one of: {words}", words=tuple(ACTION_NAMES))
    return CellFault(DECISION, say("not a decision"), mend)


def _no_waiver(rule: str) -> CellFault:
    if rule not in KINDS_OF_RULES:
        mend = did_you_mean(rule, WAIVABLE) or say("one of: {words}", words=WAIVABLE)
        return CellFault(DECISION, say("there is no rule “{rule}”", rule=rule), mend)
    refusal = NEVER_WAIVED.get(KINDS_OF_RULES[rule])
    if refusal:
        return CellFault(DECISION, *refusal)
    mend = say("take the decision out that enforces it")
    return CellFault(DECISION, say("an enforced wish is not waived"), mend)


def _no_wish(kind: str) -> CellFault:
    if kind in WISHES:
        reason = say(
            "the table of candidates keeps nothing to judge this wish by: {law}",
            law=WISH_LAWS[kind],
        )
        return CellFault(DECISION, reason, say("show the wish to the meeting instead"))
    mend = did_you_mean(kind, ENFORCEABLE) or say("one of: {words}", words=ENFORCEABLE)
    return CellFault(DECISION, say("there is no wish “{kind}”", kind=kind), mend)


def _check_enforced(
    sheet: Sheet,
    row: int,
    decision: Decision,
    wishes: Mapping[str, Sequence[Wish]],
    seats: Mapping[str, int] | None,
) -> None:
    """Find a wish that cannot be enforced: of a person, without a job order, not stated there or
    not so that it can be carried out, or without a reason in words."""
    kind, opening = decision.action.removeprefix(ENFORCE), decision.opening_id
    law = WISH_LAWS[kind]
    if decision.candidate_id:
        reason = say("a wish is enforced at a job order, not for one person")
        sheet.error(row, "candidate_id", DECISION, reason, say("leave candidate_id blank"))
    elif not opening:
        reason = say("to enforce a wish names the job order")
        sheet.error(row, "opening_id", "BLANK", reason, say("fill opening_id"))
    elif sum(map(str.isalnum, decision.reason)) < SHORTEST_REASON:
        reason = say(
            "enforcing a wish needs a written reason why the work requires it ({law})", law=law
        )
        mend = say("write it in a sentence; it is shown with the law in every output")
        sheet.error(row, "reason", DECISION, reason, mend)
    elif opening in wishes and all(wish.kind != kind for wish in wishes[opening]):
        reason = say("the job order states no wish of the kind “{kind}”", kind=WISH_NAMES[kind])
        mend = say("correct the job order's number, or take the row out")
        sheet.error(row, "opening_id", DECISION, reason, mend)
    elif opening in wishes:
        stated = tuple(wish.text for wish in wishes[opening] if wish.kind == kind)
        if kind == "sex" and not one_sex(wishes[opening], (seats or {}).get(opening, 0)):
            reason = say("“{stated}” does not name one sex for every seat", stated=stated)
            mend = say("ask for a job order of its own for each, or show the wish to the meeting")
            sheet.error(row, "opening_id", DECISION, reason, mend)
        elif kind == "age" and one_range(wishes[opening]) == (-1, -1):
            reason = say("“{stated}” names no ages from and to", stated=stated)
            mend = say("write the wish as 19-25 or “maks 25 tahun” in the job order")
            sheet.error(row, "opening_id", DECISION, reason, mend)


def _check_enforced_once(sheet: Sheet, decisions: list[Decision]) -> None:
    """Find wishes that two rows enforce: each has a reason, a name and a date of its own."""
    enforced = set()
    for row, decision in enumerate(decisions):
        if decision.action.startswith(ENFORCE) and row not in sheet.bad:
            what = (decision.action, decision.opening_id)
            if what in enforced:
                reason = say("the wish is enforced by an earlier row already")
                sheet.error(row, "action", DECISION, reason, say("keep one of the rows"))
            enforced.add(what)


def _check_named(sheet: Sheet, row: int, decision: Decision) -> None:
    person, opening = decision.candidate_id, decision.opening_id
    if decision.action == "place" and not (person and opening):
        column = "opening_id" if person else "candidate_id"
        reason = say("to place names a person and a job order")
        sheet.error(row, column, "BLANK", reason, say("fill both"))
    elif not person and not opening:
        reason = say("the decision names nobody and no job order")
        sheet.error(row, "candidate_id", "BLANK", reason, say("fill one of them, or both"))
    elif decision.action in ("withdraw", "hold") and person and opening:
        reason = say("a person or a job order is held or withdrawn, not a pair")
        sheet.error(row, "opening_id", "DECISION", reason, say("use `forbid` for a pair"))


def _check_locks(
    sheet: Sheet, decisions: list[Decision], known: KnownRows, seated: Mapping[str, str]
) -> None:
    """Find placements that contradict each other, the seats left, or who takes part."""
    seats = known.seats or {}
    out = set(known.held) | {
        name
        for decision in decisions
        if decision.action in ("withdraw", "hold")
        for name in (decision.candidate_id, decision.opening_id)
        if name
    }
    people: Counter[str] = Counter()
    taken = Counter(seated.values())
    for row, decision in enumerate(decisions):
        person, opening = decision.candidate_id, decision.opening_id
        if decision.action != "place" or row in sheet.bad:
            continue
        people[person] += 1
        taken[opening] += seated.get(person) != opening
        if people[person] > 1:
            reason = say("{person} is set by an earlier row already", person=person)
            sheet.error(row, "candidate_id", "LOCK", reason, say("keep one of the rows"))
        elif taken[opening] > seats.get(opening, taken[opening]):
            reason = say(
                "{opening} has {n} seats and all are taken by earlier rows",
                opening=opening,
                n=seats.get(opening, 0),
            )
            sheet.error(row, "opening_id", "LOCK", reason, say("take out one of these rows"))
        elif person in out or opening in out:
            who = person if person in out else opening
            reason = say("{who} is held or withdrawn", who=who)
            column = "candidate_id" if person in out else "opening_id"
            sheet.error(row, column, "LOCK", reason, say("keep one of the rows"))


def _check_seated(sheet: Sheet, decisions: list[Decision], seated: Mapping[str, str]) -> None:
    """Find decisions against a seat that an outcome records: another place for the person, the
    person or the job order held or withdrawn, or the pair forbidden."""
    filled = set(seated.values())
    for row, decision in enumerate(decisions):
        if row in sheet.bad or decision.action not in SEAT_ACTIONS:
            continue
        person, opening = decision.candidate_id, decision.opening_id
        own = seated.get(person, "")
        against = opening in ("", own) if decision.action == "forbid" else opening != own
        if own and against:
            reason = say("{person} has a seat at {opening} on record", person=person, opening=own)
            sheet.error(row, "candidate_id", "LOCK", reason, SEATED_MEND)
        elif not person and opening in filled:
            reason = say("{opening} has seats on record", opening=opening)
            sheet.error(row, "opening_id", "LOCK", reason, SEATED_MEND)
