"""What is held and what is required, for each rule that a pair fails or leaves open."""

from __future__ import annotations

from matcher.explain.reasons.experience import OF_EXPERIENCE, name_route
from matcher.explain.reasons.given import OF_GIVEN
from matcher.explain.reasons.law import OF_LAW
from matcher.explain.reasons.orders import OF_ORDERS
from matcher.explain.reasons.outcomes import OF_OUTCOMES, name_reason
from matcher.explain.reasons.people import OF_PEOPLE
from matcher.explain.reasons.worded import (
    ANSWERS,
    MEDICALS,
    NOT_RECORDED,
    RESULTS,
    Held,
    Reason,
    day_or_blank,
    job_name,
    level_name,
    skill_name,
)
from matcher.fit import Facts
from matcher.problem import Problem

__all__ = [
    "ANSWERS",
    "MEDICALS",
    "NOT_RECORDED",
    "REASONS",
    "RESULTS",
    "day_or_blank",
    "held_and_required",
    "job_name",
    "level_name",
    "name_reason",
    "name_route",
    "skill_name",
]

REASONS: dict[str, Reason] = {
    **OF_PEOPLE,
    **OF_EXPERIENCE,
    **OF_LAW,
    **OF_ORDERS,
    **OF_OUTCOMES,
    **OF_GIVEN,
}


def held_and_required(
    problem: Problem, facts: Facts, rule: str, candidate: int, opening: int
) -> Held:
    """Return what is recorded of the person and what the rule asks at the opening."""
    return REASONS[rule](problem, facts, candidate, opening)
