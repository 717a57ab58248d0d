"""What became of earlier proposals, in numbers: where each pair stands, what the plan keeps of the
earlier one, and the objections that wait for an answer."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.assign import pairs_to_keep
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.problem.outcomes import ENDED, KEPT, LOCKED, STATES, Objection, Outcome, current_steps
from matcher.screen import find_pair

SEAT, CALLED, RESERVE, KEEP, ELSEWHERE = "seat", "called", "reserve", "keep", "elsewhere"
OPEN, LATE, ANSWERED = "open", "late", "answered"


@dataclass(frozen=True)
class OutcomeCounts:
    """Pairs by their last step: `seated` and `underway` by state; ended by the person (`declined`),
    by the host (`failed`) or by a missed interview (`no_show`).

    `called` are reserves to whom a free seat falls. Of the `earlier` pairs, those that `keep`
    keeps, the plan keeps `kept`, and `gone` no plan may hold any more. `objections` wait for their
    answer, `late` of them longer than they should.
    """

    seated: dict[str, int]
    called: int
    underway: dict[str, int]
    declined: int
    failed: int
    no_show: int
    earlier: int
    kept: int
    gone: int
    objections: int
    late: int


def count_outcomes(result: Result) -> OutcomeCounts:
    """Return the numbers of a result."""
    problem, plan = result.problem, result.plan
    last = Counter(step.state for step in current_steps(problem.outcomes).values())
    states = {state: last[state] for state in STATES if last[state]}
    earlier = pairs_to_keep(problem)
    rows = {pair: find_pair(result.screening, *pair) for pair in earlier}
    waiting = [one for one in problem.objections if one.open]
    return OutcomeCounts(
        {state: n for state, n in states.items() if state in LOCKED},
        len(problem.called),
        {state: n for state, n in states.items() if state not in (*LOCKED, *ENDED)},
        last["declined"],
        last["failed"],
        last["no_show"],
        len(earlier),
        sum(int(plan.opening[person]) == opening for person, opening in earlier),
        sum(row < 0 for row in rows.values()),
        len(waiting),
        sum(state_of(problem, one) == LATE for one in waiting),
    )


def due_day(problem: Problem, objection: Objection) -> date:
    """Return the day by which an objection is to be answered."""
    return objection.on + timedelta(days=problem.settings.objections.days)


def state_of(problem: Problem, objection: Objection) -> str:
    """Return "open", "late" where its day is over, the outcome, or "answered" without one."""
    if not objection.open:
        return objection.outcome or ANSWERED
    return LATE if due_day(problem, objection) < problem.settings.on else OPEN


def next_run(problem: Problem, step: Outcome) -> str:
    """Return what the last step of a pair means for the next run: "seat", "called", "reserve",
    "elsewhere", "keep", or the effect of its reason (one of `problem.outcomes.EFFECTS`)."""
    if step.state in LOCKED:
        return SEAT
    if step.state == RESERVE:
        seat = int(problem.locked[step.candidate])
        if seat not in (-1, step.opening):
            return ELSEWHERE
        return CALLED if seat == step.opening and step.candidate in problem.called else RESERVE
    return KEEP if step.state in KEPT else step.effect


def objections_in_order(problem: Problem) -> list[Objection]:
    """Return the objections, open ones first, by the day they are due, then by ids and text."""
    return sorted(
        problem.objections,
        key=lambda one: (not one.open, one.on, one.candidate, one.opening, one.text),
    )
