"""Wishes of hosts that an officer enforced: whom they leave out, and the plan without them.

A result in which no wish is enforced costs nothing here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matcher.check.wish_words import WISH_LAWS, WISH_NAMES
from matcher.check.wishes import one_range, one_sex
from matcher.language import Phrase, say
from matcher.pipeline import Result, match
from matcher.problem import (
    ENFORCE,
    WISH_CUT,
    WISH_UNKNOWN,
    Decision,
    Problem,
    Wish,
)
from matcher.rules import RULES
from matcher.screen import judge

__all__ = [
    "WISH_LAWS",
    "WISH_NAMES",
    "Enforced",
    "Move",
    "Without",
    "find_enforced",
    "plan_without",
]
RULE = "enforced_wish"
SEXES = {"L": say("men"), "P": say("women")}


@dataclass(frozen=True)
class Enforced:
    """A wish that a decision on record enforces at an opening.

    `meaning` is how it is carried out, `wish` and `host_reason` are what the host wrote. `cut` are
    the people whom nothing else refuses there and whom this wish leaves out (who is left out by
    both sex and age is counted under sex alone), `unknown` those who wait because what the wish
    asks is not recorded.
    """

    decision: Decision
    opening: int
    kind: str
    meaning: Phrase
    wish: str
    host_reason: str
    law: Phrase
    cut: tuple[int, ...]
    unknown: tuple[int, ...]


@dataclass(frozen=True)
class PlanNumbers:
    """A plan in numbers: people proposed, of them conditional, total score (whole millionths)."""

    proposed: int
    conditional: int
    score: int


@dataclass(frozen=True)
class Move:
    """A person whose place is another without the enforced wishes; -1: none."""

    candidate: int
    opening: int
    without: int


@dataclass(frozen=True)
class Without:
    """The plan as it is (`enforced`) beside the best plan if no wish were enforced (`free`), and
    who stands elsewhere there."""

    enforced: PlanNumbers
    free: PlanNumbers
    moves: tuple[Move, ...]


def find_enforced(result: Result) -> tuple[Enforced, ...]:
    """Return the enforced wishes by opening and kind, each once."""
    problem = result.problem
    found = {}
    for decision in problem.decisions:
        if decision.action.startswith(ENFORCE):
            opening = problem.opening_ids.index(decision.opening_id)
            found[opening, decision.action.removeprefix(ENFORCE)] = decision
    return tuple(
        enforced
        for place in sorted({opening for opening, _ in found})
        for enforced in _at(result, place, {k: d for (o, k), d in found.items() if o == place})
    )


def plan_without(result: Result) -> Without | None:
    """Return the best plan if no wish were enforced; None where none is."""
    problem = result.problem
    if not any(decision.action.startswith(ENFORCE) for decision in problem.decisions):
        return None
    other = match(without_enforcement(problem))
    plans = (_numbers(result), _numbers(other))
    moved = np.flatnonzero(result.plan.opening != other.plan.opening).tolist()
    here, there = result.plan.opening, other.plan.opening
    moves = tuple(Move(person, int(here[person]), int(there[person])) for person in moved)
    return Without(*plans, moves)


def without_enforcement(problem: Problem) -> Problem:
    """Return the problem as it is if no wish is enforced."""
    nobody = np.zeros((1, len(problem.opening_ids)), np.int8)
    candidates = replace(problem.candidates, wish_row=np.zeros_like(problem.candidates.wish_row))
    return replace(
        problem,
        candidates=candidates,
        lists=replace(problem.lists, wish_cut=nobody),
        decisions=tuple(d for d in problem.decisions if not d.action.startswith(ENFORCE)),
    )


def _numbers(result: Result) -> PlanNumbers:
    rows = result.plan.row[result.plan.row >= 0]
    conditional = int(result.screening.conditional[rows].sum())
    return PlanNumbers(rows.size, conditional, int(result.scores.score[rows].sum()))


def _at(result: Result, opening: int, decisions: dict[str, Decision]) -> Iterator[Enforced]:
    """Yield the wishes enforced at one opening."""
    problem = result.problem
    here = [wish for wish in problem.wishes if wish.opening == opening]
    seats = int(problem.openings.seats[opening])
    answers = problem.lists.wish_cut[problem.candidates.wish_row, opening]
    eligible = _else_eligible(result, opening)
    for kind, decision in sorted(decisions.items()):
        stated = [wish for wish in here if wish.kind == kind]
        asked = one_sex(here, seats) if "sex" in decisions else ""
        left_out, unknown = (
            tuple(
                person
                for person in eligible
                if answers[person] == answer
                and kind == _cause(problem.labels.sexes[person], asked, answer)
            )
            for answer in (WISH_CUT, WISH_UNKNOWN)
        )
        yield Enforced(
            decision,
            opening,
            kind,
            _meaning(kind, here, seats),
            "; ".join(dict.fromkeys(wish.text for wish in stated)),
            stated[0].reason if stated else "",
            WISH_LAWS[kind],
            left_out,
            unknown,
        )


def _cause(sex: str, asked: str, answer: int) -> str:
    """Return the kind of wish that leaves somebody out, or waiting; the sex where both do."""
    if answer == WISH_CUT:
        return "sex" if asked and sex not in ("", asked) else "age"
    return "sex" if asked and not sex else "age"


def _else_eligible(result: Result, opening: int) -> list[int]:
    """Return the people who take part and whom no other rule refuses at an opening."""
    problem = result.problem
    people = problem.present
    c, o = problem.candidates.at(people).down(), problem.openings.at([opening]).across()
    refused = np.zeros((people.size, 1), bool)
    for rule, (fails, _) in zip(RULES, judge(c, o, result.facts), strict=True):
        if rule.name != RULE:
            refused = refused | fails
    return [int(person) for person in people[~refused[:, 0]]]


def _meaning(kind: str, here: list[Wish], seats: int) -> Phrase:
    """Return how a wish is carried out."""
    if kind == "sex":
        return say("only {people}", people=SEXES[one_sex(here, seats)])
    low, high = one_range(here)
    if high < 0:
        return say("{low} years or older on the first day of entry", low=low)
    if low < 0:
        return say("{high} years or younger on the first day of entry", high=high)
    return say("{low} to {high} years on the first day of entry", low=low, high=high)
