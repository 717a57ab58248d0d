"""What stands on record beside the plan: decisions of officers, objections, and the files by which
the batch is known."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.check.decision_words import ACTION_NAMES
from matcher.explain.outcomes import due_day, objections_in_order, state_of
from matcher.language import Fact, Phrase, Words, say
from matcher.law.book import book_version
from matcher.pipeline import Result
from matcher.problem import WAIVE, Decision
from matcher.problem.outcomes import Objection
from matcher.report.minutes.listed import ORDER, PERSON, Rows, list_rows, name_of
from matcher.report.minutes.values import Annex
from matcher.report.words import OBJECTIONS
from matcher.vocabulary import load_vocabulary

WHOLE = ("withdraw", "hold")  # of one person or of one job order
KNOWN_BY = ("placements.csv", "proof.json")


def list_decisions(result: Result, words: Words) -> Annex:
    """Return the decisions of officers on record, waivers apart, each with reason, name and day."""
    decided: Rows = []
    waived: Rows = []
    for decision in result.problem.decisions:
        rows = waived if decision.action.startswith(WAIVE) else decided
        rows.append(_decision(result, decision))
    told = say("Requirements of job orders waived: {n}", n=len(waived))
    groups: list[tuple[Phrase | None, Rows]] = [(None, decided), (told, waived)]
    titles = (
        *((say("decision"), 18), (PERSON, 20), (ORDER, 9), (say("reason"), 23)),
        *((say("decided by"), 12), (say("day"), 12)),
    )
    return list_rows(say("Decisions of officers on record"), titles, groups, words)


def _decision(result: Result, decision: Decision) -> tuple[Fact, ...]:
    ids = result.problem.candidate_ids
    whole = decision.action in WHOLE
    person: Fact = "" if whole else say("everybody")
    if decision.candidate_id:
        person = name_of(result, ids.index(decision.candidate_id))
    order: Fact = decision.opening_id or ("" if whole else say("every job order"))
    action = ACTION_NAMES[decision.action]
    return action, person, order, decision.reason, decision.by, decision.on


def list_objections(result: Result, words: Words) -> Annex:
    """Return the objections on record, open ones first, with their answers."""
    rows: Rows = [_objection(result, one) for one in objections_in_order(result.problem)]
    titles = (
        *((PERSON, 20), (ORDER, 9), (say("objection"), 27)),
        *((say("day"), 13), (say("answer"), 25)),
    )
    return list_rows(say("Objections on record"), titles, [(None, rows)], words)


def _objection(result: Result, one: Objection) -> tuple[Fact, ...]:
    problem = result.problem
    state = OBJECTIONS[state_of(problem, one)]
    answer = say("{state}; to be answered by {day}", state=state, day=due_day(problem, one))
    if one.answered_on is not None:
        answer = say(
            "{state}: {answer} ({by}, {day})",
            state=state,
            answer=one.answer,
            by=one.by or say("not recorded"),
            day=one.answered_on,
        )
    opening = problem.opening_ids[one.opening] if one.opening >= 0 else ""
    return name_of(result, one.candidate), opening, one.text, one.on, answer


def list_files(digests: Mapping[str, str], words: Words) -> Annex:
    """Return by what the batch is known: the SHA-256 of its files of `KNOWN_BY`."""
    rows: Rows = [
        *((name, digests[name]) for name in KNOWN_BY if name in digests),
        (say("book of rules"), book_version()),
        (say("names of work and skills"), load_vocabulary().version),
    ]
    told = say(
        "These minutes rest on the batch with these files; `matcher verify BATCH` checks it anew"
        " without a solver."
    )
    titles = ((say("file or version"), 22), (say("SHA-256"), 72))
    return list_rows(say("Files and versions of the batch"), titles, [(None, rows)], words, (told,))
