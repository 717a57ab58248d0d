"""What became of earlier proposals, and objections: as tables, as sentences of the summary, and as
the record of a person or job order."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd

from matcher.check.outcome_words import EFFECTS
from matcher.explain.outcomes import (
    LATE,
    OutcomeCounts,
    due_day,
    next_run,
    objections_in_order,
    state_of,
)
from matcher.explain.reasons import name_reason
from matcher.language import Fact, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.problem.outcomes import Objection, Outcome, current_steps
from matcher.report.render import render_table
from matcher.report.titled import titled
from matcher.report.words import NEXT_RUN, OBJECTIONS, STEPS

STEP_COLUMNS = [
    *("candidate_id", "opening_id", "state", "on", "by", "rank", "reason_code", "next_run"),
]
STEP_TITLES = (
    *(say("candidate"), say("job order"), say("state"), say("day"), say("by")),
    *(say("reason"), say("in the next run")),
)
OBJECTION_COLUMNS = [
    *("candidate_id", "opening_id", "on", "due", "state", "text", "answer", "answered_on", "by"),
]
SPOKEN = 12
Wanted = Callable[[int, int], bool]


def table_outcomes(result: Result) -> pd.DataFrame:
    """Return the last step of each pair, with what it means for the next run (see
    `explain.outcomes.next_run`)."""
    rows = [_step_row(result.problem, step) for step in _last(result.problem)]
    return pd.DataFrame(rows, columns=pd.Index(STEP_COLUMNS), dtype=object)


def list_outcomes(result: Result, words: Words) -> str:
    """Return the last step of each pair as a table of text."""
    rows = _told(result.problem, _last(result.problem), words)
    return titled(say("What became of earlier proposals"), STEP_TITLES, rows, words)


def table_objections(result: Result) -> pd.DataFrame:
    """Return the objections, open ones first, with the day they are due; `state` is "open",
    "late", or the outcome."""
    problem = result.problem
    rows = [_objection_row(problem, one) for one in objections_in_order(problem)]
    return pd.DataFrame(rows, columns=pd.Index(OBJECTION_COLUMNS), dtype=object)


def list_objections(result: Result, words: Words) -> str:
    """Return the objections as a table of text, open ones first."""
    rows = [
        (person, opening, on, due, words(OBJECTIONS[state]), text, answer)
        for person, opening, on, due, state, text, answer, _, _ in table_objections(result)
        .to_numpy(str)
        .tolist()
    ]
    titles = (say("candidate"), say("job order"), say("day"), say("to be answered by"))
    more = (say("state"), say("objection"), say("answer"))
    return titled(say("Objections"), (*titles, *more), rows, words)


def tell_outcomes(result: Result, counts: OutcomeCounts) -> list[Phrase]:
    """Return the summary's sentences on what became of earlier proposals, and on objections;
    nothing where nothing is on record."""
    lines = []
    if counts.seated:
        seats = _counted(counts.seated)
        lines.append(say("Seats that are somebody's already: {seats}.", seats=seats))
    if counts.called:
        lines.append(say("Reserves called up to a free seat: {n}.", n=counts.called))
    if counts.underway:
        lines.append(say("Earlier proposals underway: {states}.", states=_counted(counts.underway)))
    if counts.declined or counts.failed or counts.no_show:
        lines.append(
            say(
                "Earlier proposals that ended: {declined} declined by the person, {failed} not"
                " taken further by the host, {missed} did not come to the interview. Neither takes"
                " points or waiting time from anybody.",
                declined=counts.declined,
                failed=counts.failed,
                missed=counts.no_show,
            )
        )
    if counts.earlier:
        lines.append(
            say(
                "Proposed or underway before: {n}; there again now {kept}, no longer possible"
                " {gone}, not in this plan {other}.",
                n=counts.earlier,
                kept=counts.kept,
                gone=counts.gone,
                other=counts.earlier - counts.kept - counts.gone,
            )
        )
    return lines + _waiting_told(result.problem)


def _waiting_told(problem: Problem) -> list[Phrase]:
    waiting = [one for one in objections_in_order(problem) if one.open]
    if not waiting:
        return []
    cases: list[Phrase | str] = []
    for one in waiting[:SPOKEN]:
        person, due = problem.candidate_ids[one.candidate], due_day(problem, one)
        late = state_of(problem, one) == LATE
        cases.append(
            say("{person} (by {day}, late)", person=person, day=due)
            if late
            else say("{person} (by {day})", person=person, day=due)
        )
    if len(waiting) > SPOKEN:
        cases.append(f"… +{len(waiting) - SPOKEN}")
    told = say(
        "Objections that wait for an answer: {n}: {cases}.", n=len(waiting), cases=tuple(cases)
    )
    return [told]


def _counted(states: dict[str, int]) -> tuple[Phrase, ...]:
    return tuple(say("{state} {n}", state=STEPS[state], n=n) for state, n in states.items())


def tell_record(
    result: Result, words: Words, person: int | None = None, opening: int | None = None
) -> str:
    """Return the steps on record of a person, a job order or a pair, and the objections that wait
    for an answer; nothing where there are none. A pair's are also the person's objections that
    name no job order."""
    problem = result.problem
    wanted = _wanted(person, opening)
    steps = [step for step in problem.outcomes if wanted(step.candidate, step.opening)]
    waiting = _waiting(problem, wanted)
    told = ""
    if steps:
        told += "\n" + words(say("On record of earlier proposals:")) + "\n\n"
        titles = [words(title) for title in STEP_TITLES]
        told += render_table(titles, _told(problem, steps, words))
    if waiting:
        told += "\n" + words(say("Objections that wait for an answer:")) + "\n"
        told += "".join(f"  · {words(_objection(problem, one))}\n" for one in waiting)
    return told


def record_steps(
    result: Result, person: int | None = None, opening: int | None = None
) -> dict[str, list[dict[str, object]]]:
    """Return the same for JSON, under `outcomes` and `objections`."""
    problem = result.problem
    wanted = _wanted(person, opening)
    last = current_steps(problem.outcomes)
    steps = []
    for step in problem.outcomes:
        if wanted(step.candidate, step.opening):
            row = dict(zip(STEP_COLUMNS, _step_row(problem, step), strict=True))
            is_last = last[step.candidate, step.opening] is step
            steps.append(row if is_last else {**row, "next_run": ""})
    objections = [
        dict(zip(OBJECTION_COLUMNS, _objection_row(problem, one), strict=True))
        for one in _waiting(problem, wanted)
    ]
    return {"outcomes": steps, "objections": objections}


def _wanted(person: int | None, opening: int | None) -> Wanted:
    def wanted(candidate: int, at: int) -> bool:
        here = opening is None or at == opening or (at < 0 and person is not None)
        return here and person in (None, candidate)

    return wanted


def _waiting(problem: Problem, wanted: Wanted) -> list[Objection]:
    objections = objections_in_order(problem)
    return [one for one in objections if one.open and wanted(one.candidate, one.opening)]


def _last(problem: Problem) -> list[Outcome]:
    steps = current_steps(problem.outcomes)
    return [steps[pair] for pair in sorted(steps)]


def _step_row(problem: Problem, step: Outcome) -> tuple[object, ...]:
    return (
        problem.candidate_ids[step.candidate],
        problem.opening_ids[step.opening],
        step.state,
        step.on.isoformat(),
        step.by,
        step.rank or "",
        step.reason_code,
        next_run(problem, step),
    )


def _objection_row(problem: Problem, one: Objection) -> tuple[object, ...]:
    return (
        problem.candidate_ids[one.candidate],
        problem.opening_ids[one.opening] if one.opening >= 0 else "",
        one.on.isoformat(),
        due_day(problem, one).isoformat(),
        state_of(problem, one),
        one.text,
        one.answer,
        one.answered_on.isoformat() if one.answered_on else "",
        one.by,
    )


def _told(problem: Problem, steps: Iterable[Outcome], words: Words) -> list[tuple[str, ...]]:
    """Return steps as rows of text; what one means for the next run stands with a pair's last."""
    last = current_steps(problem.outcomes)
    return [
        (
            problem.candidate_ids[step.candidate],
            problem.opening_ids[step.opening],
            words(_state(step)),
            step.on.isoformat(),
            step.by,
            words(name_reason(step)) if step.reason_code else "",
            words(_meaning(problem, step)) if last[step.candidate, step.opening] is step else "",
        )
        for step in steps
    ]


def _state(step: Outcome) -> Fact:
    if not step.rank:
        return STEPS[step.state]
    return say("{state}, rank {rank}", state=STEPS[step.state], rank=step.rank)


def _meaning(problem: Problem, step: Outcome) -> Phrase:
    effect = next_run(problem, step)
    return NEXT_RUN[effect] if effect in NEXT_RUN else EFFECTS[effect]


def _objection(problem: Problem, one: Objection) -> Phrase:
    person = problem.candidate_ids[one.candidate]
    due = due_day(problem, one)
    facts: dict[str, Fact] = {"person": person, "day": one.on, "text": one.text, "due": due}
    if state_of(problem, one) == LATE:
        return say("{person}, {day}: “{text}”; was to be answered by {due}, late", **facts)
    return say("{person}, {day}: “{text}”; to be answered by {due}", **facts)
