"""Everybody who takes part and has no seat: since when, and what for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.fit import Facts
from matcher.problem import NO_DAY, Flags, Numbers, Problem, day_of
from matcher.problem.outcomes import STATES, UNDERWAY, Outcome, current_steps
from matcher.rules import RULES
from matcher.score import Scores
from matcher.screen import Screening, judge
from matcher.shortlist.basis import LONG_WAIT

OPEN, SET, FULL, FLOOR, REFUSED = "open", "set", "full", "floor", "refused"
TRAINED = next(place for place, rule in enumerate(RULES) if rule.name == "trained_for")


@dataclass(frozen=True)
class Waiting:
    """One person without a seat; `days` waited and the `month` from which they can enter
    ("2023-04") are None and "" where not recorded.

    `openings` are those they may be proposed for now: no rule refuses the pair, and a seat is free
    there; `conditional` of these still have something to be shown. `cause` is OPEN (there are
    such), SET (a decision, or a reserve's turn, sets them at the one), FULL (no seat is free where
    rules allow), FLOOR (worth less than the batch's least score) or REFUSED: no job order is
    allowed, mostly by `rule` (its name, else "").

    `steps` are the last steps of their pairs, in the order of the openings; `trade` is their
    kejuruan, "" where not recorded.
    """

    candidate: int
    trade: str
    days: int | None
    month: str
    openings: int
    conditional: int
    cause: str
    rule: str
    steps: tuple[Outcome, ...]

    @property
    def last(self) -> Outcome | None:
        """The latest step on record, of one day the one that is furthest."""
        return max(self.steps, key=lambda step: (step.on, STATES.index(step.state)), default=None)

    @property
    def underway(self) -> str:
        """The furthest state of a pair that is underway, "" where none is."""
        states = [step.state for step in self.steps if step.state in UNDERWAY]
        return max(states, key=UNDERWAY.index, default="")


@dataclass(frozen=True)
class Trade:
    """The people of one trade who wait; `free` may be proposed somewhere without a condition,
    `conditional` only with one, `nowhere` not now: together they are the people.

    `median` (rounded down) and `longest` are days waited, None where nobody's are recorded.
    `underway` counts people by their furthest state, `months` by the month they can enter from.
    """

    name: str
    people: int
    free: int
    conditional: int
    nowhere: int
    median: int | None
    longest: int | None
    over: int
    undated: int
    underway: dict[str, int]
    months: dict[str, int]


def find_waiting(
    problem: Problem,
    facts: Facts,
    screening: Screening,
    scores: Scores,
    seated: Collection[int],
) -> tuple[Waiting, ...]:
    """Return everybody who takes part and is not among the `seated`, who waits longest first
    (those whose day is not recorded last), then by id."""
    steps = _steps_of(problem)
    can = find_open_pairs(problem, facts, screening, scores)
    starts = np.searchsorted(screening.candidate, np.arange(len(problem.candidate_ids) + 1))
    waiting = []
    for person in problem.present.tolist():
        if person in seated:
            continue
        rows = slice(int(starts[person]), int(starts[person + 1]))
        openings = int(can[rows].sum())
        accepted = int(problem.candidates.accepted_on[person])
        cause = _cause(problem, person, openings, scores.score[rows])
        waiting.append(
            Waiting(
                person,
                problem.labels.kejuruan[person],
                None if accepted == NO_DAY else facts.on - accepted,
                _month_of_entry(problem, facts, person),
                openings,
                int((can & screening.conditional)[rows].sum()),
                cause,
                main_rule(problem, facts, screening, person) if cause == REFUSED else "",
                steps.get(person, ()),
            )
        )
    return tuple(sorted(waiting, key=_longest_first))


def find_open_pairs(problem: Problem, facts: Facts, screening: Screening, scores: Scores) -> Flags:
    """Return which pairs of the screening may be proposed now: at the one opening where a person
    is set, else where a seat is free below every quota, the score no less than the least."""
    free = find_free(problem, facts)
    place = problem.locked[screening.candidate]
    enough = scores.score >= problem.settings.objective.min_score
    can: Flags = np.where(place >= 0, screening.opening == place, free[screening.opening] & enough)
    return can


def find_free(problem: Problem, facts: Facts) -> Flags:
    """Return which openings have a seat left that no quota closes."""
    taken = np.bincount(problem.locked[problem.locked >= 0], minlength=len(problem.openings))
    free: Flags = problem.openings.seats > taken
    for cap in facts.quotas.caps:
        members = list(cap.openings)
        if cap.ceiling is not None and taken[members].sum() >= cap.ceiling:
            free[members] = False
    return free


def main_rule(problem: Problem, facts: Facts, screening: Screening, person: int) -> str:
    """Return the name of the rule that refuses a person at most of the openings they are trained
    for; where there is no such opening, the rule that asks for the training; "" where nothing
    refuses."""
    if screening.fails_of_candidates[person, TRAINED] == len(problem.openings):
        return RULES[TRAINED].name if len(problem.openings) else ""
    block = (1, len(problem.openings))
    answers = judge(problem.candidates.at([person]).down(), problem.openings.across(), facts)
    fails = [np.broadcast_to(failed, block) for failed, _ in answers]
    counts = [int((failed & ~fails[TRAINED]).sum()) for failed in fails]
    most = max(range(len(counts)), key=lambda rule: (counts[rule], -rule))
    return RULES[most].name if counts[most] else ""


def group_trades(waiting: Sequence[Waiting]) -> tuple[Trade, ...]:
    """Return the people who wait by trade, in the order of the names."""
    return tuple(
        _trade(name, [one for one in waiting if one.trade == name])
        for name in sorted({one.trade for one in waiting})
    )


def _trade(name: str, people: Sequence[Waiting]) -> Trade:
    days = sorted(one.days for one in people if one.days is not None)
    middle = (days[(len(days) - 1) // 2] + days[len(days) // 2]) // 2 if days else None
    free = sum(one.openings > one.conditional for one in people)
    nowhere = sum(not one.openings for one in people)
    underway = Counter(one.underway for one in people if one.underway)
    return Trade(
        name,
        len(people),
        free,
        len(people) - free - nowhere,
        nowhere,
        middle,
        days[-1] if days else None,
        sum(waited > LONG_WAIT for waited in days),
        len(people) - len(days),
        {state: underway[state] for state in UNDERWAY if state in underway},
        dict(sorted(Counter(one.month for one in people).items())),
    )


def _cause(problem: Problem, person: int, openings: int, scores: Numbers) -> str:
    if openings:
        return SET if problem.locked[person] >= 0 else OPEN
    if not scores.size:
        return REFUSED
    return FULL if (scores >= problem.settings.objective.min_score).any() else FLOOR


def _month_of_entry(problem: Problem, facts: Facts, person: int) -> str:
    """Return the month from which a person can enter: when they are available, else when their
    training ends, and no month before that of the scenario's day."""
    c = problem.candidates
    days = (int(c.available_from[person]), int(c.training_end[person]))
    day = next((day for day in days if day != NO_DAY), None)
    return "" if day is None else month_of(max(day, facts.on))


def month_of(day: int) -> str:
    """Return the month of a day number, as "2023-04"."""
    return day_of(day).isoformat()[:7]


def _steps_of(problem: Problem) -> dict[int, tuple[Outcome, ...]]:
    steps: dict[int, tuple[Outcome, ...]] = {}
    for (person, _), step in sorted(current_steps(problem.outcomes).items()):
        steps[person] = (*steps.get(person, ()), step)
    return steps


def _longest_first(one: Waiting) -> tuple[bool, int, int]:
    return (one.days is None, -(one.days or 0), one.candidate)
