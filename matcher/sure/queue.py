"""What a reviewer looks at first: proposals by doubt, and who is proposed under other weights."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.pipeline import Result
from matcher.rules import RULES
from matcher.score import break_down_pairs
from matcher.sure.draws import Draws
from matcher.sure.flips import Flip, Flips


@dataclass(frozen=True)
class Doubt:
    """How sure a proposal is, or (`opening` -1) that somebody has none, by places.

    `stays` is in how many draws it is the same, `hosted` in how many the person has any opening,
    `flips` are the changes of one weight at which the person first stands elsewhere, the nearest
    first; all are None where scores are given. `conditions` are the rules still open, `unknown`
    the criteria that an unknown fact leaves open and that have a weight, `by_lottery` says whether
    equally good plans differ here, `on_record` whether the seat is the person's already.
    """

    candidate: int
    opening: int
    stays: int | None
    hosted: int | None
    flips: tuple[Flip, ...] | None
    conditions: tuple[str, ...]
    unknown: tuple[str, ...]
    by_lottery: bool
    on_record: bool

    @property
    def nearest(self) -> Flip | None:
        """The smallest change of one weight at which the person stands elsewhere."""
        return self.flips[0] if self.flips else None


def line_up(result: Result, draws: Draws | None, flips: Flips | None) -> tuple[Doubt, ...]:
    """Return everybody who takes part: those proposed first, by doubt, then those without a host.

    Of proposals the more doubtful stays in fewer draws, then flips at a smaller change, then has
    more conditions, then more unknown, then was decided by lottery. People without a host come by
    the draws in which they have one, most first, then as the others. All by id at last.
    """
    unknown = _unknown(result)
    doubts = (
        _doubt(result, draws, flips, person, unknown.get(person, ()))
        for person in result.problem.present.tolist()
    )
    return tuple(sorted(doubts, key=lambda doubt: _place(doubt, result.problem.candidate_ids)))


def _place(doubt: Doubt, ids: tuple[str, ...]) -> tuple[object, ...]:
    nearest = doubt.nearest
    return (
        doubt.opening < 0,
        -(doubt.hosted or 0) if doubt.opening < 0 else doubt.stays or 0,
        (nearest is None, nearest.distance if nearest else 0),
        -len(doubt.conditions),
        -len(doubt.unknown),
        not doubt.by_lottery,
        ids[doubt.candidate],
    )


def _doubt(
    result: Result,
    draws: Draws | None,
    flips: Flips | None,
    person: int,
    unknown: tuple[str, ...],
) -> Doubt:
    plan, row = result.plan, int(result.plan.row[person])
    opening = int(plan.opening[person])
    open_rules = int(result.screening.open_rules[row]) if row >= 0 else 0
    return Doubt(
        person,
        opening,
        None if draws is None else int(draws.stays[person]),
        None if draws is None else int(draws.hosted[person]),
        None if flips is None else flips.of(person),
        tuple(rule.name for bit, rule in enumerate(RULES) if open_rules >> bit & 1),
        unknown,
        bool(plan.by_lottery[person]),
        bool(result.problem.locked[person] >= 0),
    )


def _unknown(result: Result) -> dict[int, tuple[str, ...]]:
    """Return the criteria of proposals with a weight whose value is not known, by candidate."""
    plan, scores = result.plan, result.scores
    placed = np.flatnonzero(plan.row >= 0)
    open_ones = scores.low[plan.row[placed]] != scores.high[plan.row[placed]]
    people = placed[open_ones]
    lines = break_down_pairs(result.problem, result.facts, people, plan.opening[people])
    weighed = np.array(lines.weights)[:, None] > 0
    return {
        person: tuple(name for name, is_open in zip(lines.criteria, column, strict=True) if is_open)
        for person, column in zip(
            people.tolist(), ((lines.low != lines.high) & weighed).T.tolist(), strict=True
        )
    }
