"""The outcomes' table, understood: what became of proposals, step by step."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.check import cells
from matcher.check.ended import halted_people
from matcher.check.follow import Step, in_order, refused_steps
from matcher.check.outcome_words import STATE_NAMES, reason_code, state
from matcher.check.sheet import Sheet
from matcher.forms import load_form
from matcher.language import Phrase, say
from matcher.problem import NO_DAY, day_number, day_of
from matcher.problem.outcomes import AT_HOST, ENDED, FOLLOWING, LOCKED, REASON_OF, REASONS
from matcher.read import Table
from matcher.settings import Read
from matcher.spelling import did_you_mean

AROUND = 15 * 365  # days
MOST_RANKS = 1000
LATE_MEND = say("correct the date, or move `on` in scenario.toml to that day or later")
Pair = tuple[str, str]


@dataclass(frozen=True)
class KnownRows:
    """What the tables of people and job orders hold: ids (None where the table could not be read),
    the seats of each job order, the people held for a deposit, and those who do not agree that
    their particulars are passed on."""

    candidates: Collection[str] | None
    seats: Mapping[str, int] | None
    held: Collection[str]
    unwilling: Collection[str] = ()


@dataclass(frozen=True)
class Outcomes:
    """The table under check and its accepted steps, those of each pair in order."""

    sheet: Sheet
    steps: list[Step]

    @property
    def seated(self) -> dict[str, str]:
        """The job order at which each person has a seat by now."""
        last = {step.pair: step for step in self.steps}
        return {s.candidate_id: s.opening_id for s in last.values() if s.state in LOCKED}


def check_outcomes(table: Table, known: KnownRows, today: date, options: Read) -> Outcomes:
    """Return the table under check and its steps."""
    sheet = Sheet(table, load_form("outcomes"), options)
    steps = _read_steps(sheet, known, today)
    rows = {id(step): row for row, step in steps.items()}
    broken = {
        step.pair for row, step in steps.items() if not step.state or sheet.kept["on"][row] == ""
    }
    _leave_out_twice(sheet, steps)
    by_pair: dict[Pair, list[Step]] = defaultdict(list)
    for row, step in steps.items():
        if all(step.pair) and step.pair not in broken and row not in sheet.twice:
            by_pair[step.pair].append(step)
    ordered = {pair: in_order(by_pair[pair]) for pair in sorted(by_pair)}
    for pair, found in ordered.items():
        for step, before in refused_steps(found):
            broken.add(pair)
            _refuse_step(sheet, rows[id(step)], step, before, rows, found)
    for row, step in steps.items():
        _check_cells(sheet, row, step, today)
        if step.state == "named" and step.candidate_id in known.unwilling:
            reason = say("the person does not agree that particulars are passed on to a host")
            mend = say("record the person's yes in consent_export, or take the row out")
            sheet.error(row, "state", "STEP", reason, mend)
    current = [found[-1] for pair, found in ordered.items() if pair not in broken]
    _check_ranks(sheet, rows, current)
    _note_missing(sheet, rows, current)
    whole = [step for pair, found in ordered.items() if pair not in broken for step in found]
    _check_seats(sheet, rows, current, whole, known)
    accepted = set(sheet.accepted)
    return Outcomes(
        sheet, [s for found in ordered.values() for s in found if rows[id(s)] in accepted]
    )


def _read_steps(sheet: Sheet, known: KnownRows, today: date) -> dict[int, Step]:
    """Return the step of each row, "" where a cell is faulty."""
    around = day_number(today)
    columns = (
        sheet.values(
            "candidate_id", cells.known_id(known.candidates, say("candidate")), "", required=True
        ),
        sheet.values(
            "opening_id", cells.known_id(known.seats, say("job order")), "", required=True
        ),
        sheet.values("state", state, "", required=True),
        sheet.days("on", NO_DAY, (around - AROUND, around + AROUND), required=True).tolist(),
        sheet.values("by", cells.one_line, "", required=True),
        sheet.counts("rank", 1, MOST_RANKS, 0).tolist(),
        sheet.values("reason_code", reason_code, ""),
    )
    wheres = [(part.file, part.sheet, line) for part in sheet.table.parts for line in part.lines]
    return {
        row: Step(who, where, what, _day(day), by, rank, why, *place)
        for row, (who, where, what, day, by, rank, why, place) in enumerate(
            zip(*columns, wheres, strict=True)
        )
    }


def _day(number: int) -> date:
    return date.min if number == NO_DAY else day_of(number)


def _leave_out_twice(sheet: Sheet, steps: Mapping[int, Step]) -> None:
    """Leave out steps that are recorded twice alike."""
    first: dict[object, int] = {}
    for row, step in steps.items():
        if row in sheet.bad or not (all(step.pair) and step.state):
            continue
        same = first.setdefault((*step.pair, *step.place), row)
        if same != row:
            sheet.twice.add(row)
            reason = say("the same step as {place}; left out", place=sheet.place(same))
            sheet.note(row, "state", "ROW_TWICE", reason)


def _refuse_step(
    sheet: Sheet,
    row: int,
    step: Step,
    before: Step | None,
    rows: Mapping[int, int],
    found: Sequence[Step],
) -> None:
    """Refuse a step that may not follow the one before, and say what may."""
    name, after = STATE_NAMES[step.state], FOLLOWING[before.state if before else ""]
    earlier = found[: found.index(step)]
    mend: Phrase = say("the pair's steps end there; take this row out, or correct the other")
    if after:
        mend = say("what may follow: {words}", words=tuple(STATE_NAMES[word] for word in after))
    if step.state in AT_HOST and not any(one.state == "agreed" for one in earlier):
        reason = say(
            "no name goes to a host before the person agreed: “{state}” has no “{agreed}” before it"
            " at this job order",
            state=name,
            agreed=STATE_NAMES["agreed"],
        )
        mend = say("record the person's yes with its date first")
    elif before is None:
        reason = say("“{state}” cannot be the first step at a job order", state=name)
    else:
        reason = say(
            "“{state}” cannot follow “{before}” of {on} ({place})",
            state=name,
            before=STATE_NAMES[before.state],
            on=before.on,
            place=sheet.place(rows[id(before)]),
        )
    sheet.error(row, "state", "STEP", reason, mend)


def _check_cells(sheet: Sheet, row: int, step: Step, today: date) -> None:
    """Find a date to come, a rank without a reserve, a reason that does not fit its state."""
    if step.on > today:
        reason = say("later than the day the scenario counts from")
        sheet.error(row, "on", "AFTER_ON", reason, LATE_MEND)
    if not step.state:
        return
    name = STATE_NAMES[step.state]
    if step.rank and step.state != "reserve":
        reason = say("a rank goes with “{reserve}” only", reserve=STATE_NAMES["reserve"])
        sheet.error(row, "rank", "OUTCOME", reason, say("leave rank blank"))
    if step.reason_code and step.state not in ENDED:
        reason = say("no reason code goes with “{state}”", state=name)
        sheet.error(row, "reason_code", "OUTCOME", reason, say("leave reason_code blank"))
    elif step.reason_code and step.state not in REASON_OF[step.reason_code].states:
        reason = say("this reason code does not go with “{state}”", state=name)
        fitting = tuple(one.code for one in REASONS if step.state in one.states)
        near = did_you_mean(step.reason_code, fitting)
        mend = near or say("one of: {words}", words=fitting)
        sheet.error(row, "reason_code", "OUTCOME", reason, mend)


def _check_ranks(sheet: Sheet, rows: Mapping[int, int], current: Iterable[Step]) -> None:
    """Find two reserves of one rank at a job order."""
    ranked: dict[tuple[str, int], list[int]] = defaultdict(list)
    for step in current:
        if step.state == "reserve" and step.rank:
            ranked[step.opening_id, step.rank].append(rows[id(step)])
    for (opening, rank), found in ranked.items():
        for row in found if len(found) > 1 else ():
            reason = say("{opening} has two reserves of rank {n}", opening=opening, n=rank)
            sheet.error(row, "rank", "OUTCOME", reason, say("give each reserve a rank of its own"))


def _note_missing(sheet: Sheet, rows: Mapping[int, int], current: Iterable[Step]) -> None:
    """Tell what is taken where a reserve has no rank or an ending no reason code."""
    whole = [step for step in current if rows[id(step)] not in sheet.bad]
    steps = sorted(whole, key=lambda step: rows[id(step)])
    unranked = [rows[id(s)] for s in steps if s.state == "reserve" and not s.rank]
    if unranked:
        reason = say("a reserve without a rank: counts behind those with one")
        sheet.note(unranked[0], "rank", "RANK_MISSING", reason, unranked[1:])
    bare = [rows[id(s)] for s in steps if s.state in ENDED and not s.reason_code]
    if bare:
        reason = say("no reason code: this person is not proposed at this job order again")
        sheet.note(bare[0], "reason_code", "REASON_MISSING", reason, bare[1:])


def _check_seats(
    sheet: Sheet,
    rows: Mapping[int, int],
    current: Iterable[Step],
    steps: Iterable[Step],
    known: KnownRows,
) -> None:
    """Find seats on record that contradict each other, the job order or the person's standing."""
    locked = sorted((s for s in current if s.state in LOCKED), key=lambda s: (s.on, s.pair))
    halted = halted_people(steps)
    first: dict[str, Step] = {}
    taken: Counter[str] = Counter()
    for step in locked:
        row, person, opening = rows[id(step)], step.candidate_id, step.opening_id
        other = first.setdefault(person, step)
        taken[opening] += 1
        if other is not step:
            reason = say(
                "{person} has a seat at {opening} already ({place})",
                person=person,
                opening=other.opening_id,
                place=sheet.place(rows[id(other)]),
            )
            mend = say("record what became of one of the two seats")
            sheet.error(row, "candidate_id", "LOCK", reason, mend)
        elif taken[opening] > (known.seats or {}).get(opening, taken[opening]):
            n = (known.seats or {}).get(opening, 0)
            reason = say(
                "{opening} has {n} seats and all are taken by earlier rows", opening=opening, n=n
            )
            mend = say("record what became of one of these seats, or correct seats")
            sheet.error(row, "opening_id", "LOCK", reason, mend)
        elif person in known.held:
            reason = say("{who} is held or withdrawn", who=person)
            mend = say("correct the deposit, or record what became of the seat")
            sheet.error(row, "candidate_id", "LOCK", reason, mend)
        elif (end := halted.get(person)) is not None:
            reason = say(
                "{person} is on hold or withdrew at {opening} ({place})",
                person=person,
                opening=end.opening_id,
                place=sheet.place(rows[id(end)]),
            )
            mend = say("record what became of the seat too, or correct the reason code there")
            sheet.error(row, "candidate_id", "LOCK", reason, mend)
