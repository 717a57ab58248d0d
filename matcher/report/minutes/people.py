"""Whom the meeting decides on: proposals without conditions, conditional ones by the day of proof,
people without a host by the cause, people who take no part."""

from __future__ import annotations

import numpy as np

from matcher.explain.causes import cause_of_each
from matcher.explain.next import OF_VERDICTS, OTHER_ORDERS, SCORED, WAITS
from matcher.explain.pairs import RuleView, open_rules
from matcher.explain.verdicts import BELOW_FLOOR, CAPPED, LIMIT, judge_pairs
from matcher.explain.why_not import unplaced_people
from matcher.language import Fact, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import NO_DAY, Standing, day_of
from matcher.problem.outcomes import LOCKED, current_steps
from matcher.report.content.whys import tell_standing, tell_whys
from matcher.report.minutes.listed import HOST, ORDER, PERSON, Rows, list_rows, name_of
from matcher.report.minutes.values import Annex
from matcher.report.titled import work_of
from matcher.report.words import STATES, UNPLACED_CAUSES, told_score

CENTRE = say("centre")
# What follows for people without a host, by the cause.
NEXT: dict[str, Phrase] = {
    "full": WAITS,
    "quota": OF_VERDICTS[CAPPED],
    "limit": OF_VERDICTS[LIMIT],
    "floor": OF_VERDICTS[BELOW_FLOOR],
    "law": say("nothing for the people to do: hosts and organisations look at the job orders"),
    "trade": OTHER_ORDERS,
    "language": say("matched there again once proof of the level is on record"),
    "given": SCORED,
    "other": say("matched there again once proof of what is missing is on record"),
}
OF_STANDING = {Standing.HELD: STATES["held"], Standing.WITHDRAWN: STATES["withdrawn"]}


def list_free(result: Result, words: Words) -> Annex:
    """Return the proposals without conditions; those who passed the interview stand apart."""
    last = current_steps(result.problem.outcomes)
    settled: Rows = []
    new: Rows = []
    for person in _proposed(result, conditional=False):
        opening = int(result.plan.opening[person])
        step = last.get((person, opening))
        rows = settled if step is not None and step.state in LOCKED else new
        rows.append(_proposal(result, person, opening, words))
    titles = ((PERSON, 20), (CENTRE, 11), (ORDER, 9), (HOST, 20), (say("work"), 21))
    groups: list[tuple[Phrase | None, Rows]] = [(None, new)]
    if settled:
        groups = [
            (say("new proposals: {n}", n=len(new)), new),
            (say("passed the interview already: {n}", n=len(settled)), settled),
        ]
    title = say("Proposals without conditions")
    return list_rows(title, (*titles, (say("score"), 13)), groups, words)


def _proposal(result: Result, person: int, opening: int, words: Words) -> tuple[Fact, ...]:
    problem = result.problem
    score = int(result.scores.score[result.plan.row[person]])
    return (
        name_of(result, person),
        problem.labels.centres[person],
        problem.opening_ids[opening],
        *work_of(problem, opening, words),
        told_score(problem, score, 2),
    )


def list_conditional(result: Result, words: Words) -> Annex:
    """Return what is still to be shown before conditional proposals are approved, by day."""
    by_day: dict[int, Rows] = {}
    people = _proposed(result, conditional=True)
    for person in people:
        for view in open_rules(result, int(result.plan.row[person])):
            by_day.setdefault(view.due, []).append(_proof(result, person, view))
    titles = ((PERSON, 20), (ORDER, 9), (say("what is to be shown"), 48), (say("shown by"), 17))
    proofs = sum(map(len, by_day.values()))
    groups = [
        (say("by {day}: {n}", day=day_of(day), n=len(rows)), rows)
        for day, rows in sorted(by_day.items())
    ]
    told = say(
        "{n} proofs of {people} people, by the day on which each is due.",
        n=proofs,
        people=len(people),
    )
    title = say("Conditional proposals: what is to be shown, by when and by whom")
    return list_rows(title, titles, groups, words, (told,))


def _proof(result: Result, person: int, view: RuleView) -> tuple[Fact, ...]:
    told = say(
        "{label}: {held}; required {required}",
        label=view.rule.label,
        held=view.held,
        required=view.required,
    )
    opening = result.problem.opening_ids[result.plan.opening[person]]
    return name_of(result, person), opening, told, view.shown_by


def list_unplaced(result: Result, words: Words) -> Annex:
    """Return the people without a host so far, by the cause, with how long they have waited."""
    people = np.array(unplaced_people(result), np.int64)
    causes, whys = cause_of_each(result, people), tell_whys(result, judge_pairs(result))
    by_cause: dict[str, Rows] = {name: [] for name in UNPLACED_CAUSES}
    for person, cause in causes.items():
        by_cause[cause].append(_waiting(result, person, whys[person]))
    groups = [(_caption(cause, len(rows)), rows) for cause, rows in by_cause.items()]
    known = ((PERSON, 20), (CENTRE, 11), (say("trade"), 15))
    titles = (*known, (say("accepted on"), 12), (say("why"), 36))
    return list_rows(say("Without a host so far"), titles, groups, words)


def _caption(cause: str, people: int) -> Phrase:
    told = Phrase(UNPLACED_CAUSES[cause].message, {"n": people})
    return say("{rule}. Next: {next}.", rule=told, next=NEXT[cause])


def _waiting(result: Result, person: int, why: Phrase) -> tuple[Fact, ...]:
    labels, accepted = result.problem.labels, int(result.problem.candidates.accepted_on[person])
    return (
        name_of(result, person),
        labels.centres[person],
        labels.kejuruan[person],
        "" if accepted == NO_DAY else day_of(accepted),
        why,
    )


def list_without_part(result: Result, words: Words) -> Annex:
    """Return the people on hold and those who withdrew, with the reason on record."""
    problem = result.problem
    groups: list[tuple[Phrase | None, Rows]] = []
    for standing, told in OF_STANDING.items():
        people = np.flatnonzero(problem.standing == standing).tolist()
        rows: Rows = [
            (name_of(result, one), problem.labels.centres[one], tell_standing(result, one))
            for one in people
        ]
        groups.append((say("{state}: {n}", state=told, n=len(rows)), rows))
    titles = ((PERSON, 25), (CENTRE, 14), (say("reason"), 55))
    return list_rows(say("On hold, and withdrew"), titles, groups, words)


def _proposed(result: Result, *, conditional: bool) -> list[int]:
    """Return who is proposed, with or without a condition."""
    plan = result.plan
    return [
        person
        for person in np.flatnonzero(plan.opening >= 0).tolist()
        if bool(result.screening.conditional[plan.row[person]]) == conditional
    ]
