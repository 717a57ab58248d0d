"""Reserves come first: a free seat falls to those whom the host named as its reserves.

They are called before the plan is found, in the order of their rank at the host, if no rule
refuses the pair and no quota or limit is in the way; who cannot be called is told with the reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from matcher.errors import Issue
from matcher.fit import Facts
from matcher.language import Phrase, say
from matcher.limits import find_obstacle
from matcher.personal import mask_numbers
from matcher.problem import Numbers, Problem, Standing
from matcher.problem.outcomes import Outcome, current_steps
from matcher.quotas import Cap
from matcher.rules import RULES
from matcher.screen import Screening, find_pair, judge

NOT_CALLED = "RESERVE_WAITS"
UNRANKED = 10**9


def call_reserves(problem: Problem, facts: Facts, screening: Screening) -> Problem:
    """Return the problem with free seats locked for reserves, who are its `called`, and a note for
    each reserve who cannot be called although a seat is free.

    The earlier calls of the problem, if any, are taken back first.
    """
    problem = take_back(problem)
    locked = problem.locked.copy()
    called: list[int] = []
    waiting: list[tuple[Outcome, Phrase]] = []
    for step in reserves_in_order(problem):
        taken = np.bincount(locked[locked >= 0], minlength=len(problem.openings))
        if locked[step.candidate] == step.opening:
            continue
        if taken[step.opening] >= problem.openings.seats[step.opening]:
            continue
        why = _hindrance(problem, facts, screening, locked, taken, step)
        if why is None:
            locked[step.candidate] = step.opening
            called.append(step.candidate)
        else:
            waiting.append((step, why))
    taken = np.bincount(locked[locked >= 0], minlength=len(problem.openings))
    notes = tuple(
        _note(problem, step, why)
        for step, why in waiting
        if taken[step.opening] < problem.openings.seats[step.opening]
    )
    if not called and not notes:
        return problem
    return replace(
        problem, locked=locked, called=tuple(sorted(called)), notes=(*problem.notes, *notes)
    )


def take_back(problem: Problem) -> Problem:
    """Return the problem before any reserve was called."""
    notes = tuple(note for note in problem.notes if note.code != NOT_CALLED)
    if not problem.called and len(notes) == len(problem.notes):
        return problem
    locked = problem.locked.copy()
    locked[list(problem.called)] = -1
    return replace(problem, locked=locked, called=(), notes=notes)


def names_limit(notes: Sequence[Issue]) -> bool:
    """Return whether a limit keeps a reserve waiting, by the notes of a problem."""
    whys = (note.reason.facts.get("why") for note in notes if note.code == NOT_CALLED)
    return any(isinstance(why, Phrase) and "limit" in why.facts for why in whys)


def reserves_in_order(problem: Problem) -> list[Outcome]:
    """Return the reserves' last steps by rank (those without one last), date and ids."""
    steps = [s for s in current_steps(problem.outcomes).values() if s.state == "reserve"]
    return sorted(
        steps,
        key=lambda s: (
            s.rank or UNRANKED,
            s.on,
            problem.opening_ids[s.opening],
            problem.candidate_ids[s.candidate],
        ),
    )


def _hindrance(
    problem: Problem,
    facts: Facts,
    screening: Screening,
    locked: Numbers,
    taken: Numbers,
    step: Outcome,
) -> Phrase | None:
    """Return why a reserve cannot have a free seat, None where nothing is in the way."""
    person, opening = step.candidate, step.opening
    if problem.standing[person] == Standing.HELD:
        return say("the person is on hold")
    if problem.standing[person] != Standing.PRESENT:
        return say("the person withdrew")
    if locked[person] >= 0:
        elsewhere = mask_numbers(problem.opening_ids[locked[person]])
        return say("the person has a seat at {opening}", opening=elsewhere)
    if find_pair(screening, person, opening) < 0:
        c, o = problem.candidates.at([person]), problem.openings.at([opening])
        answers = zip(RULES, judge(c, o, facts), strict=True)
        labels = tuple(rule.label for rule, (fails, _) in answers if fails.any())
        return say("not met: {rules}", rules=labels)
    cap = _full_cap(facts.quotas.caps, taken, opening)
    if cap is None:
        return find_obstacle(facts.limits, person, opening, locked)
    return say(
        "the quota {cap} is full ({arithmetic})",
        cap=mask_numbers(cap.name),
        arithmetic=cap.arithmetic,
    )


def _full_cap(caps: Sequence[Cap], taken: Numbers, opening: int) -> Cap | None:
    above = (cap for cap in caps if cap.ceiling is not None and opening in cap.openings)
    return next((cap for cap in above if taken[list(cap.openings)].sum() >= cap.ceiling), None)


def _note(problem: Problem, step: Outcome, why: Phrase) -> Issue:
    told = say(
        "{person} is a reserve at {opening}, where a seat is free, and is not called: {why}",
        person=mask_numbers(problem.candidate_ids[step.candidate]),
        opening=mask_numbers(problem.opening_ids[step.opening]),
        why=why,
    )
    where = (step.file, step.line, "state", step.state)
    return Issue(NOT_CALLED, *where, told, sheet=step.sheet)
