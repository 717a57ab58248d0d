"""What is on record and what is required, for the rules about what became of earlier proposals:
by whose answer a pair ended, when, and for which reason. Nobody is blamed."""

from __future__ import annotations

from matcher.check.outcome_words import REASON_NAMES
from matcher.explain.reasons.worded import NOT_RECORDED, Held, Reason
from matcher.fit import Facts
from matcher.language import Fact, Name, Phrase, say
from matcher.problem import UNKNOWN, Problem
from matcher.problem.outcomes import HOST, PREFECTURE, WORK, Outcome, closes_pair, current_steps


def find_ending(problem: Problem, candidate: int, opening: int, states: set[str]) -> Outcome | None:
    """Return the step by which a pair ended in one of the states: its own, else the latest one
    whose effect reaches the opening; None where there is none."""
    steps = [
        step
        for (person, _), step in current_steps(problem.outcomes).items()
        if person == candidate and step.state in states and _reaches(problem, step, opening)
    ]
    return max(steps, key=lambda step: (step.opening == opening, step.on), default=None)


def name_reason(step: Outcome) -> Name | Phrase:
    """Return the name of a step's reason."""
    return REASON_NAMES[step.reason_code] if step.reason_code else NOT_RECORDED


def _reaches(problem: Problem, step: Outcome, opening: int) -> bool:
    o, here = problem.openings, step.opening
    column = {WORK: o.job, HOST: o.host, PREFECTURE: o.prefecture}.get(step.effect)
    if step.opening == opening or column is None:
        return step.opening == opening and closes_pair(step.state, step.effect)
    return bool(column[here] == column[opening] != UNKNOWN)


def _declined(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    required = say("nothing, unless the person answers anew")
    step = find_ending(problem, i, j, {"declined"})
    if step is None:
        return say("the person said no"), required
    told = say(
        "the person declined {opening} on {day}; reason: {reason}",
        opening=problem.opening_ids[step.opening],
        day=step.on,
        reason=name_reason(step),
    )
    return told, required


def _interview(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    required = say("no result against it, or the host's yes on record")
    step = find_ending(problem, i, j, {"failed", "no_show"})
    if step is None:
        return say("not taken further at an earlier interview"), required
    told: dict[str, Fact] = {
        "opening": problem.opening_ids[step.opening],
        "day": step.on,
        "reason": name_reason(step),
    }
    if step.state == "no_show":
        held = say("did not come to the interview for {opening} on {day}; reason: {reason}", **told)
    else:
        held = say("not taken further by the host of {opening} on {day}; reason: {reason}", **told)
    return held, required


OF_OUTCOMES: dict[str, Reason] = {
    "declined": _declined,
    "interview": _interview,
}
