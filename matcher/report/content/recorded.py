"""What stands on record of each job order: decisions of officers, steps of earlier proposals."""

from __future__ import annotations

from matcher.check.decision_words import ACTION_NAMES
from matcher.language import Fact, Phrase, say
from matcher.problem import Decision
from matcher.problem.outcomes import Outcome
from matcher.report.content.basis import Basis
from matcher.report.words import STEPS


def tell_records(basis: Basis) -> list[tuple[str, ...]]:
    """Return what is on record of each opening: decisions that name it, and every step of
    earlier proposals."""
    problem = basis.problem
    found: list[list[str]] = [[] for _ in problem.opening_ids]
    places = {name: place for place, name in enumerate(problem.opening_ids)}
    for decision in problem.decisions:
        if decision.opening_id in places:
            told = tell_decision(decision, basis.blind, person=decision.candidate_id)
            found[places[decision.opening_id]].append(basis.words(told))
    for step in problem.outcomes:
        found[step.opening].append(basis.words(_step(basis, step)))
    return [tuple(lines) for lines in found]


def tell_decision(
    decision: Decision, blind: bool, *, person: str = "", opening: str = ""
) -> Phrase:
    """Return a decision as a phrase: whom (by the id) or at which opening, what, and, but in
    a blind copy, why and by whom."""
    action: Fact = ACTION_NAMES[decision.action]
    if opening:
        action = say("{opening} – {action}", opening=opening, action=action)
    if person:
        action = say("{person} – {action}", person=person, action=action)
    if blind:
        return say("{day}: {what}", day=decision.on, what=action)
    return say(
        "{day}: {what}; {reason} ({by})",
        day=decision.on,
        what=action,
        reason=decision.reason,
        by=decision.by,
    )


def _step(basis: Basis, step: Outcome) -> Phrase:
    state: Fact = STEPS[step.state]
    if step.rank:
        state = say("{state}, rank {rank}", state=state, rank=step.rank)
    person = basis.problem.candidate_ids[step.candidate]
    told = say("{person} – {action}", person=person, action=state)
    return say("{day}: {what}", day=step.on, what=told)
