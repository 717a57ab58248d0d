"""Two places of the tuple by one linear program: what the first leaves open, the second decides.

A program of one place alone is slow where most plans are alike, as they are in how many people
they place. Joined, a unit of the first place weighs more than one of the second, though not beyond
all measure: whole duals show whether that was enough.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matcher.assign.milp.form import Floats, Form
from matcher.assign.milp.relaxed import MANY, Relaxed, relax
from matcher.assign.milp.whole import Whole, find_whole
from matcher.assign.network import Worth
from matcher.problem import Flags

TIMES = 20
ROOM = 2**50


@dataclass(frozen=True)
class Start:
    """Duals of a form's rows, and the pairs of the linear program that they are from: where the
    program of one place may start."""

    duals: Floats
    within: Flags


@dataclass(frozen=True)
class Joined:
    """The linear program of two places solved: its duals, what a unit of the first place weighs,
    and the pairs it was over."""

    duals: Floats
    weight: int
    within: Flags

    @property
    def first(self) -> Start:
        """Where the first place starts."""
        return Start(self.duals / self.weight, self.within)

    @property
    def second(self) -> Start:
        """Where the second place starts, once the first is a row more."""
        return Start(np.append(self.duals, -self.weight), self.within)

    def second_at(self, edges: Whole) -> Start:
        """Return where the second place starts, once every plan stands at the edges that the
        multipliers of the first are for."""
        return Start(self.duals - self.weight * (edges.own / edges.scale), self.within)


def relax_ahead(
    form: Form, worth: Worth, known: Flags | None, start: Start | None, then: Worth | None
) -> tuple[Relaxed, Joined | None] | None:
    """Return the linear program of a place solved (see `relax`), None where it has no solution;
    and, of many pairs, the one joined with the place after it (`then`), if that was asked."""
    if start is not None and known is not None:
        whole = find_whole(form, worth, start.duals)
        if whole.bound == int(worth[known].sum()):
            return Relaxed(start.within, start.duals, whole, known.astype(float)), None
    joined = None
    weight = 0 if then is None else TIMES * _largest(form, then)
    if then is not None and form.live.sum() > MANY and weight * _largest(form, worth) < ROOM:
        both = relax(form, weight * worth + then, known)
        if both is None:
            return None
        joined = Joined(both.duals, weight, both.within)
        start = joined.first
        first = replace(both, whole=find_whole(form, worth, start.duals))
        if first.whole.bound <= _reached(worth, first, known):
            return first, joined
    relaxed = relax(form, worth, known, None if start is None else start.within)
    return None if relaxed is None else (relaxed, joined)


def _reached(worth: Worth, relaxed: Relaxed, known: Flags | None) -> int:
    """Return what no bound from duals can be below: what the known plan has, and the one that may
    divide people, rounded down."""
    divided = int(np.floor(worth @ relaxed.shares + 1e-6))
    return divided if known is None else max(divided, int(worth[known].sum()))


def _largest(form: Form, worth: Worth) -> int:
    return int(np.abs(worth[form.live]).max(initial=1))
