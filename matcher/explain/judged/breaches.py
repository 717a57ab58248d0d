"""What a plan breaks: rules, seats, quotas, limits, seats on record, people on hold, the floor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.explain.pairs import FAILS, view_rules
from matcher.language import Phrase, say
from matcher.limits import APART, TOGETHER, PairLimit, SetLimit, StartLimit, SumLimit
from matcher.limits.holding import hold_limit
from matcher.pipeline import Result
from matcher.problem import Numbers, Standing
from matcher.screen import find_pair

RULE, BELOW_FLOOR, ON_HOLD, ON_RECORD = "rule", "below_floor", "on_hold", "on_record"
SEATS, QUOTA, LIMIT = "seats", "quota", "limit"


@dataclass(frozen=True)
class Breach:
    """Something that a plan breaks: its `kind`, the candidate and the opening it is about (-1:
    neither, or several), the machine `name` of the rule, quota or limit and what people call it
    (`label`), what the plan has and what is required."""

    kind: str
    candidate: int
    opening: int
    name: str
    label: Phrase | str
    held: Phrase | int
    required: Phrase | int


def find_breaches(result: Result, opening_of: Numbers) -> tuple[Breach, ...]:
    """Return all that a plan (by candidate the opening, -1: none) breaks: of people in the order of
    ids, then seats, quotas and limits."""
    problem = result.problem
    absent = problem.standing != Standing.PRESENT
    # A seat kept for somebody on hold or withdrawn is taken, whatever the plan says of the person.
    seats_of = np.where(absent & (problem.locked >= 0), problem.locked, opening_of)
    return (
        *_of_people(result, opening_of),
        *_of_seats(result, seats_of),
        *_of_quotas(result, seats_of),
        *_of_limits(result, seats_of),
    )


def _of_people(result: Result, opening_of: Numbers) -> Iterator[Breach]:
    problem = result.problem
    for person in range(opening_of.size):
        at, locked = int(opening_of[person]), int(problem.locked[person])
        if problem.standing[person] != Standing.PRESENT:
            if at >= 0:
                yield _absent(result, person, at)
            continue
        if locked >= 0 and at != locked:
            yield _moved(result, person, at)
        if at >= 0:
            yield from _of_pair(result, person, at)


def _absent(result: Result, person: int, at: int) -> Breach:
    held = result.problem.standing[person] == Standing.HELD
    told = say("the person is on hold") if held else say("the person withdrew")
    label = say("people who take part")
    return Breach(ON_HOLD, person, at, ON_HOLD, label, told, say("no proposal"))


def _moved(result: Result, person: int, at: int) -> Breach:
    ids = result.problem.opening_ids
    here: Phrase = say("no place")
    if at >= 0:
        here = say("at {opening}", opening=ids[at])
    kept = say("at {opening}", opening=ids[result.problem.locked[person]])
    return Breach(ON_RECORD, person, at, ON_RECORD, say("seat on record"), here, kept)


def _of_pair(result: Result, person: int, at: int) -> Iterator[Breach]:
    """Yield the rules that a pair fails; of one that fails none, whether it is below the floor."""
    row = find_pair(result.screening, person, at)
    if row < 0:
        for view in view_rules(result, person, at):
            if view.state == FAILS:
                name, label = view.rule.name, view.rule.label
                yield Breach(RULE, person, at, name, label, view.held, view.required)
        return
    score, floor = int(result.scores.score[row]), result.problem.settings.objective.min_score
    if score < floor and result.problem.locked[person] != at:
        yield Breach(BELOW_FLOOR, person, at, "min_score", say("lowest score"), score, floor)


def _of_seats(result: Result, seats_of: Numbers) -> Iterator[Breach]:
    seats = result.problem.openings.seats
    filled = np.bincount(seats_of[seats_of >= 0], minlength=seats.size)
    for at in np.flatnonzero(filled > seats).tolist():
        label = say("seats of the job order")
        yield Breach(SEATS, -1, at, SEATS, label, int(filled[at]), _at_most(int(seats[at])))


def _of_quotas(result: Result, seats_of: Numbers) -> Iterator[Breach]:
    for cap in result.facts.quotas.caps:
        filled = int(np.isin(seats_of, cap.openings).sum())
        if cap.ceiling is not None and filled > cap.ceiling:
            yield Breach(
                QUOTA,
                -1,
                cap.openings[0] if len(cap.openings) == 1 else -1,
                cap.name,
                say("quota {cap} ({arithmetic})", cap=cap.name, arithmetic=cap.arithmetic),
                filled,
                _at_most(cap.ceiling),
            )


def _of_limits(result: Result, seats_of: Numbers) -> Iterator[Breach]:
    limits = result.facts.limits
    every: tuple[SetLimit | SumLimit | StartLimit, ...]
    every = (*limits.sets, *limits.sums, *limits.starts)
    for one in every:
        holding = hold_limit(one, seats_of)
        floor, ceiling, held = holding.floor, holding.ceiling, holding.held or 0
        if ceiling is not None and held > ceiling:
            yield Breach(LIMIT, -1, -1, one.key, one.label, held, _at_most(ceiling))
        may_be_empty = holding.kind == "min_seats" and not held
        if floor is not None and held < floor and not may_be_empty:
            least = say("at least {n}", n=floor)
            yield Breach(LIMIT, -1, -1, one.key, one.label, held, least)
    for pair in limits.pairs:
        if not _keeps(pair, seats_of):
            yield _parted(result, pair, seats_of)


def _keeps(pair: PairLimit, seats_of: Numbers) -> bool:
    one, other = (int(seats_of[person]) for person in pair.candidates)
    if one < 0 or other < 0:
        return pair.kind == APART or one == other
    same = one == other or (0 <= pair.place_of[one] == pair.place_of[other])
    return bool(same) == (pair.kind == TOGETHER)


def _parted(result: Result, pair: PairLimit, seats_of: Numbers) -> Breach:
    ids = result.problem.opening_ids
    one, other = (ids[at] if at >= 0 else "–" for at in seats_of[list(pair.candidates)].tolist())
    together = say("at the same place, or both without one")
    required = together if pair.kind == TOGETHER else say("never at the same place")
    return Breach(
        LIMIT,
        -1,
        -1,
        pair.key,
        pair.label,
        say("{one} and {other}", one=one, other=other),
        required,
    )


def _at_most(number: int) -> Phrase:
    return say("at most {n}", n=number)
