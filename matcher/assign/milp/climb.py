"""One place of the tuple: the plans of a form with the greatest sum of one whole number.

Duals of the linear program, made whole, bound what any plan has. A plan as good as the bound is
proved best; otherwise `milp` searches the pairs that a better plan could use.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matcher.assign.improve import Impossible
from matcher.assign.milp.ahead import Joined, Start, relax_ahead
from matcher.assign.milp.form import Form
from matcher.assign.milp.highs import IMPOSSIBLE, LARGE, OPTIMAL, STOPPED, Answer, find_plan
from matcher.assign.milp.relaxed import MANY, Relaxed, best_of_each
from matcher.assign.milp.whole import Whole
from matcher.assign.network import Worth
from matcher.problem import Flags

NEAR = 3


class NoAnswer(Exception):
    """The solver stopped before it found any plan that keeps every floor and ceiling."""


@dataclass(frozen=True)
class Won:
    """The form of all plans as good so far, one of them, what the solver says of it, and where
    the linear program of the place after it may start, if anything is known of that."""

    form: Form
    chosen: Flags
    said: str
    start: Start | None = None


def climb(
    form: Form,
    worth: Worth,
    known: Flags | None,
    start: Start | None = None,
    then: Worth | None = None,
) -> Won:
    """Return what is left of a form when the sum of `worth` must be as great as the best plan's
    that is found.

    `known` is a plan that keeps the form, None where none is known yet; no worse one is returned.
    `start` is where the linear program may start, `then` the place that comes after.
    `Impossible` where no plan keeps the form, `NoAnswer` where none was found.
    """
    found = relax_ahead(form, worth, known, start, then)
    if found is None:
        raise Impossible
    relaxed, joined = found
    best, said = known, OPTIMAL
    for answer in _searches(form, worth, relaxed, known):
        said = answer.said
        best = _better(worth, answer.chosen, best)
        if best is not None and relaxed.whole.bound == _sum(worth, best):
            said = OPTIMAL
            break
    if best is None:
        raise Impossible if said == IMPOSSIBLE else NoAnswer
    return _kept(form, worth, relaxed.whole, joined, Won(form, best, said))


def _searches(form: Form, worth: Worth, relaxed: Relaxed, known: Flags | None) -> Iterator[Answer]:
    """Yield answers, each over more of the pairs that a best plan could use, until one is over all
    of them: first the linear program's own, where it divides nobody."""
    best, within = known, np.zeros_like(form.live)
    if form.keeps(relaxed.rounded):
        yield Answer(relaxed.rounded, STOPPED)
        best = _better(worth, relaxed.rounded, best)
    if form.live.sum() > MANY:
        within = _near(form, relaxed, best)
        answer = find_plan(form, worth, np.flatnonzero(within))
        yield answer
        best = _better(worth, answer.chosen, best)
    if best is None:
        within = form.live
        answer = find_plan(form, worth, np.flatnonzero(within))
        yield answer
        if answer.chosen is None:
            return
        best = answer.chosen
    spare = relaxed.whole.spare(_sum(worth, best))
    narrow = narrowed(form, relaxed.whole, spare)
    if (narrow.live & ~within).any() or int(np.abs(worth).max(initial=0)) > LARGE:
        shifted = _shifted(form, worth, relaxed.whole, spare)
        yield find_plan(narrow, shifted, np.flatnonzero(narrow.live))


def _near(form: Form, relaxed: Relaxed, known: Flags | None) -> Flags:
    """Return the pairs of least slack of each person, and those of the plans at hand."""
    near = best_of_each(form.network.person, -relaxed.whole.slack, form.live, NEAR) | relaxed.used
    return near if known is None else near | known


def narrowed(form: Form, whole: Whole, spare: int) -> Form:
    """Return the form without what costs a plan more than it can spare: pairs with more slack are
    out, rows with a greater multiplier stand at their edge."""
    most = np.where(whole.own < -spare, form.least, form.most)
    least = np.where(whole.own > spare, form.most, form.least)
    return replace(form, live=form.live & (whole.slack <= spare), least=least, most=most)


def _shifted(form: Form, worth: Worth, whole: Whole, spare: int) -> Worth:
    """Return numbers that rank the plans of the narrowed form as their worth does, and are small:
    less what all of them have alike, by the rows that stand at an edge."""
    fixed = np.where(np.abs(whole.own) > spare, whole.own, 0)
    shifted: Worth = whole.scale * worth - form.over(fixed)
    return shifted


def _kept(form: Form, worth: Worth, whole: Whole, joined: Joined | None, won: Won) -> Won:
    """Return the plan won with the form of the plans that have at least the sum that it has."""
    total = _sum(worth, won.chosen)
    spare = whole.spare(total)
    narrow, start = narrowed(form, whole, spare), None
    if joined is not None:
        start = joined.second if spare else joined.second_at(whole)
    return replace(won, form=narrow.with_least(worth, total) if spare else narrow, start=start)


def _better(worth: Worth, chosen: Flags | None, known: Flags | None) -> Flags | None:
    """Return the plan of the greater sum, the known one where they are alike."""
    if chosen is None or known is None:
        return known if chosen is None else chosen
    return chosen if _sum(worth, chosen) > _sum(worth, known) else known


def _sum(worth: Worth, chosen: Flags) -> int:
    return int(worth[chosen].sum())
