"""Anybody's plan beside the best one: what it breaks, what is open in it, how far it is from the
best, who stands elsewhere, and what blocks it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.assign.divisions import TREE
from matcher.check.stated import Stated
from matcher.explain.judged.breaches import Breach, find_breaches
from matcher.explain.judged.distance import Distance, measure
from matcher.explain.pairs import OPEN, RuleView, view_rules
from matcher.pipeline import Result
from matcher.proof import show_best
from matcher.screen import find_pair
from matcher.stable import Blocking, find_blocking

__all__ = ["Breach", "Distance", "Elsewhere", "Judged", "OpenPair", "judge_plan"]


@dataclass(frozen=True)
class OpenPair:
    """A proposal of a plan that is conditional, and the rules still open."""

    candidate: int
    opening: int
    rules: tuple[RuleView, ...]


@dataclass(frozen=True)
class Elsewhere:
    """Somebody whom a plan has at another opening than the product's own (-1: none)."""

    candidate: int
    stated: int
    best: int


@dataclass(frozen=True)
class Judged:
    """What there is to say of a plan. `proposed` counts its proposals; `unnamed` are the people
    who take part and whom it does not name.

    `distances` compare, name by name of the objective, what may be compared: pairs that no rule
    refuses and that are not below `min_score`, of people who take part. `blocking` pairs are as
    `matcher.stable` defines them. `proved` is whether the product's own plan is proved the best, in
    whole numbers.
    """

    file: str
    proposed: int
    unnamed: tuple[int, ...]
    breaches: tuple[Breach, ...]
    open: tuple[OpenPair, ...]
    distances: tuple[Distance, ...]
    elsewhere: tuple[Elsewhere, ...]
    blocking: tuple[Blocking, ...]
    stable: bool
    proved: bool

    @property
    def ahead(self) -> int:
        """Whether the plan's totals come before the best's (1), are equal (0) or behind (-1): by
        the first name in which they differ."""
        first = next((d for d in self.distances if d.plan != d.best), None)
        return 0 if first is None else (1 if first.plan > first.best else -1)

    @property
    def best(self) -> bool:
        """Whether it breaks nothing and no better plan is known; in mode "stable", whether it is
        the stable one itself."""
        if self.breaches:
            return False
        return not self.elsewhere if self.stable else self.ahead >= 0

    @property
    def by_lottery(self) -> bool:
        """Whether it is as good as the product's own and differs by the lottery alone."""
        return self.best and not self.ahead and bool(self.elsewhere)


def judge_plan(result: Result, stated: Stated) -> Judged:
    """Return what there is to say of a stated plan beside the result of the same problem."""
    problem, opening = result.problem, stated.opening
    best = result.plan.opening
    present = problem.present
    weighed = (problem, result.facts, result.screening, result.scores)
    return Judged(
        stated.file,
        int((opening >= 0).sum()),
        tuple(present[~stated.named[present]].tolist()),
        find_breaches(result, opening),
        _open_pairs(result, stated),
        measure(result, opening),
        tuple(
            Elsewhere(person, int(opening[person]), int(best[person]))
            for person in present[opening[present] != best[present]].tolist()
        ),
        find_blocking(*weighed, opening),
        result.stable,
        result.stable or is_proved(result),
    )


def is_proved(result: Result) -> bool:
    """Return whether a plan is proved the best of its objective: no name has a gap."""
    if result.plan.method == TREE:
        return True
    return not any(bound["gap"] for bound in show_best(result).bounds)


def _open_pairs(result: Result, stated: Stated) -> tuple[OpenPair, ...]:
    found = []
    for person in np.flatnonzero(stated.opening >= 0).tolist():
        opening = int(stated.opening[person])
        row = find_pair(result.screening, person, opening)
        if row >= 0 and result.screening.conditional[row]:
            rules = (view for view in view_rules(result, person, opening) if view.state == OPEN)
            found.append(OpenPair(person, opening, tuple(rules)))
    return tuple(found)
