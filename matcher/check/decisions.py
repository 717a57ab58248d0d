"""The decisions' table, understood: what people decided, with reason, name and date."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date

from matcher.check import cells
from matcher.check.cells import Cell, CellFault, Found
from matcher.check.sheet import Sheet
from matcher.forms import load_form
from matcher.language import say
from matcher.problem import NO_DAY, WAIVE, Decision, day_number, day_of
from matcher.read import Table
from matcher.rules import KINDS_OF_RULES, WAIVABLE
from matcher.settings import Read
from matcher.spelling import did_you_mean

ACTIONS = ("place", "forbid", "withdraw", "hold")
DECISION = "DECISION"
AROUND = 15 * 365  # days
FACT = say("the fact itself would have to change; see `matcher explain`")
NEVER_WAIVED = {
    "law": (say("a rule of the law is never waived"), FACT),
    "promise": (say("a promise of the programme is never waived"), FACT),
    "person": (
        say("only the person can lift what the person does not accept"),
        say("record the person's new answer in `accepts` or `refuses`"),
    ),
    "office": (
        say("a decision is not waived by another one"),
        say("take the other decision's row out"),
    ),
}
EARLIEST = day_number(date.min)


def check_decisions(
    table: Table,
    candidates: Collection[str] | None,
    seats: Mapping[str, int] | None,
    held: Collection[str],
    today: date,
    options: Read,
) -> tuple[Sheet, list[Decision]]:
    """Return the table under check and its decisions.

    `seats` counts those of each opening, `held` names people held for a deposit; ids are not
    looked up where the table that holds them could not be read (None).
    """
    sheet = Sheet(table, load_form("decisions"), options)
    actions = sheet.values("action", _action, "", required=True)
    people = sheet.values("candidate_id", cells.known_id(candidates, say("candidate")), "")
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
            _check_named(sheet, row, decision)
            if decision.on > today:
                late = say("decided after the day the scenario counts from")
                sheet.note(row, "on", "AFTER_ON", late)
    _check_locks(sheet, decisions, seats or {}, held)
    return sheet, [d for row, d in enumerate(decisions) if row not in sheet.bad]


def _action(written: Cell) -> Found[str]:
    return Found(_known_action(written.text), written.text)


def _known_action(cell: str) -> str:
    if cell.startswith("enforce:"):
        mend = say("show the wish to the meeting instead")
        raise CellFault(DECISION, say("enforcing a wish is not carried out by this version"), mend)
    if not cell.startswith(WAIVE):
        if cell in ACTIONS:
            return cell
        known = (*ACTIONS, *(WAIVE + rule for rule in WAIVABLE))
        mend = did_you_mean(cell, known) or say("one of: {words}", words=known)
        raise CellFault(DECISION, say("not a decision"), mend)
    rule = cell.removeprefix(WAIVE)
    if rule not in KINDS_OF_RULES:
        mend = did_you_mean(rule, WAIVABLE) or say("one of: {words}", words=WAIVABLE)
        raise CellFault(DECISION, say("there is no rule “{rule}”", rule=rule), mend)
    refusal = NEVER_WAIVED.get(KINDS_OF_RULES[rule])
    if refusal:
        raise CellFault(DECISION, *refusal)
    return cell


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
    sheet: Sheet, decisions: list[Decision], seats: Mapping[str, int], held: Collection[str]
) -> None:
    out = set(held) | {
        name
        for decision in decisions
        if decision.action in ("withdraw", "hold")
        for name in (decision.candidate_id, decision.opening_id)
        if name
    }
    people: Counter[str] = Counter()
    taken: Counter[str] = Counter()
    for row, decision in enumerate(decisions):
        person, opening = decision.candidate_id, decision.opening_id
        if decision.action != "place" or row in sheet.bad:
            continue
        people[person] += 1
        taken[opening] += 1
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
