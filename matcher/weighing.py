"""Steps 3 and 4 in order, before any plan: who is called up, what rules and criteria say."""

from __future__ import annotations

from dataclasses import replace

from matcher.calling import call_reserves, take_back
from matcher.errors import InputError, Issue
from matcher.fit import Facts, gather_facts
from matcher.language import Phrase, say
from matcher.limits import find_limited_locks
from matcher.problem import Problem
from matcher.quotas import find_capped_locks
from matcher.score import Scores, score_pairs
from matcher.screen import Screening, find_alarms, find_impossible_locks, screen_pairs


def weigh(problem: Problem) -> tuple[Problem, Facts, Screening, Scores]:
    """Return a problem with its reserves called up, and what rules and criteria say of it."""
    problem = take_back(problem)
    facts = check_locks(problem)
    screening = screen_pairs(problem, facts)
    problem = call_reserves(problem, facts, screening)
    return problem, facts, screening, score_pairs(problem, facts, screening)


def check_problem(problem: Problem) -> Problem:
    """Return the problem with its reserves called up and the alarms that screening gives among its
    notes; raises `InputError` as `match` does."""
    facts = check_locks(problem)
    screening = screen_pairs(problem, facts)
    problem = call_reserves(problem, facts, screening)
    return replace(problem, notes=(*problem.notes, *find_alarms(problem, facts, screening)))


def check_locks(problem: Problem) -> Facts:
    """Return the facts of a problem; raises `InputError` for seats on record that a rule refuses
    or a quota or limit does not allow."""
    facts = gather_facts(problem)
    impossible = find_impossible_locks(problem, facts)
    impossible += find_capped_locks(problem, facts.quotas)
    impossible += find_limited_locks(problem, facts.limits)
    if impossible:
        told = _told(impossible)
        raise InputError(told, (*problem.notes, *impossible), problem.counts)
    return facts


def _told(impossible: tuple[Issue, ...]) -> Phrase:
    if any(issue.column == "state" for issue in impossible):
        return say("A seat that is on record as somebody's cannot be kept; nothing was run.")
    return say("A proposal set by an officer cannot be kept; nothing was run.")
