"""Placements on record that a quota no longer allows."""

from __future__ import annotations

import numpy as np

from matcher.errors import Issue
from matcher.language import say
from matcher.personal import mask_numbers
from matcher.problem import Problem
from matcher.quotas.caps import Quotas

MEND = say("take the row out, or correct what the table of hosts says")


def find_capped_locks(problem: Problem, quotas: Quotas) -> tuple[Issue, ...]:
    """Return an error for each placement on record under a cap that holds fewer than are set
    there."""
    issues = []
    opening_of = {
        problem.candidate_ids[person]: int(problem.locked[person])
        for person in np.flatnonzero(problem.locked >= 0)
    }
    placed = [
        decision
        for decision in problem.decisions
        if decision.action == "place"
        and decision.candidate_id in opening_of
        and problem.opening_ids[opening_of[decision.candidate_id]] == decision.opening_id
    ]
    for cap in quotas.caps:
        people = {name for name, place in opening_of.items() if place in cap.openings}
        if cap.ceiling is None or len(people) <= cap.ceiling:
            continue
        for decision in placed:
            if decision.candidate_id not in people:
                continue
            reason = say(
                "{person} cannot be set at {opening}: {n} are set under the quota {cap}"
                " ({arithmetic})",
                person=mask_numbers(decision.candidate_id),
                opening=mask_numbers(decision.opening_id),
                n=len(people),
                cap=mask_numbers(cap.name),
                arithmetic=cap.arithmetic,
            )
            where = (decision.file, decision.line, "action", "place")
            issues.append(Issue("LOCK_CAPPED", *where, reason, MEND, decision.sheet))
    return tuple(issues)
