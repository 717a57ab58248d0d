"""What is to be shown before conditional proposals are approved, by day; what to ask."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.explain.pairs import open_rules
from matcher.explain.questions import (
    ALONE,
    ROOMS_SHORT,
    ROOMS_UNKNOWN,
    SEX_UNKNOWN,
    Question,
    ask_questions,
)
from matcher.problem import day_of
from matcher.report.content.basis import Basis
from matcher.report.content.blind import tell_of_rule
from matcher.report.content.values import Asked, Due
from matcher.report.words import tell_source

TELLING_OF_SEX = (ALONE, SEX_UNKNOWN, ROOMS_UNKNOWN, ROOMS_SHORT)


def list_dues(basis: Basis) -> tuple[Due, ...]:
    """Return what is to be shown, by day, job order, person and rule."""
    found = (due for person in basis.shown.order for due in _dues(basis, person))
    return tuple(sorted(found, key=lambda due: (due.due, due.opening)))


def _dues(basis: Basis, person: int) -> Iterator[Due]:
    result, words = basis.result, basis.words
    row = int(result.plan.row[person])
    for view in open_rules(result, row) if row >= 0 else ():
        yield Due(
            due=day_of(view.due),
            who=words(view.shown_by),
            person=basis.shown.ids[person],
            name=basis.shown.names[person],
            opening=result.problem.opening_ids[int(result.plan.opening[person])],
            label=words(view.rule.label),
            held=tell_of_rule(basis.shown, view.rule.name, "held", view.held),
            required=tell_of_rule(basis.shown, view.rule.name, "required", view.required),
            source=words(tell_source(view.rule)),
        )


def find_questions(basis: Basis) -> tuple[Question, ...]:
    """Return the questions after the plan; in a blind copy without those that tell of people's
    sex."""
    every = ask_questions(basis.result)
    return tuple(one for one in every if not (basis.blind and one.kind in TELLING_OF_SEX))


def list_questions(basis: Basis, questions: tuple[Question, ...]) -> tuple[Asked, ...]:
    """Return questions in words."""
    ids = basis.problem.opening_ids
    return tuple(
        Asked(
            kind=one.kind,
            host=one.host,
            school=one.school,
            openings=tuple(ids[opening] for opening in one.openings),
            people=basis.people(one.people),
            text=basis.words(one.text),
        )
        for one in questions
    )
