"""The steps of one person at one job order, in order: which may follow which."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from matcher.problem.outcomes import FOLLOWING, STATES, effect_of

# Beyond these the steps of a day keep the order of `STATES`.
MOST_A_DAY, MOST_STEPS = len(STATES), 100


@dataclass(frozen=True)
class Step:
    """One row of the outcomes' table; `rank` is 0 and `reason_code` "" where blank."""

    candidate_id: str
    opening_id: str
    state: str
    on: date
    by: str
    rank: int
    reason_code: str
    file: str
    sheet: str
    line: int

    @property
    def pair(self) -> tuple[str, str]:
        """Who and where."""
        return self.candidate_id, self.opening_id

    @property
    def effect(self) -> str:
        """What it means for the next run; see `effect_of`."""
        return effect_of(self.state, self.reason_code)

    @property
    def place(self) -> tuple[date, int, int, str, str]:
        """The order of one pair's steps, but for what a day of several needs."""
        return self.on, STATES.index(self.state), self.rank, self.reason_code, self.by


def in_order(steps: Sequence[Step]) -> list[Step]:
    """Return the steps of one pair by date; those of one day in the first order, after that of
    `STATES`, in which each may follow the one before, else in that of `STATES`."""
    by_place = sorted(steps, key=lambda step: step.place)
    whole = _chain("", by_place)
    if whole is not None:
        return whole
    ordered: list[Step] = []
    for _, of_day in groupby(by_place, lambda step: step.on):
        day = list(of_day)
        ordered += _chain(ordered[-1].state if ordered else "", day) or day
    return ordered


def _chain(before: str, steps: Sequence[Step]) -> list[Step] | None:
    """Return the first order of steps, day by day, that can follow a state, None where there is
    none."""
    most = max(Counter(step.on for step in steps).values(), default=0)
    if most > MOST_A_DAY or len(steps) > MOST_STEPS:
        return None
    dead: set[tuple[str, tuple[int, ...]]] = set()

    def go_on(before: str, left: tuple[int, ...]) -> list[Step] | None:
        if not left:
            return []
        for place in left if (before, left) not in dead else ():
            step = steps[place]
            if step.on == steps[left[0]].on and step.state in FOLLOWING[before]:
                rest = go_on(step.state, tuple(other for other in left if other != place))
                if rest is not None:
                    return [step, *rest]
        dead.add((before, left))
        return None

    return go_on(before, tuple(range(len(steps))))


def refused_steps(ordered: Sequence[Step]) -> list[tuple[Step, Step | None]]:
    """Return the steps of one pair that may not follow, each with the step before it (None: the
    first). After such a step the next may follow it or the one before it, so that one step amiss
    or left out is told once."""
    refused = []
    before: list[Step | None] = [None]
    for step in ordered:
        if any(step.state in FOLLOWING[last.state if last else ""] for last in before):
            before = [step]
        else:
            refused.append((step, before[-1]))
            before = [*before, step]
    return refused
