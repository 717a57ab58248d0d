"""Duals in whole numbers, and the bound that they prove, whatever they were found by."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from math import lcm

import numpy as np

from matcher.assign.chunks import chunks
from matcher.assign.milp.form import NONE, Floats, Form
from matcher.assign.network import Worth

FINEST = 2**30
SIMPLE = 10_000
ROOM = 2**60


@dataclass(frozen=True)
class Whole:
    """Multipliers of a form's rows: `own` times the rows' weights is at least `scale` times the
    `worth` of every live pair, by `slack`. No plan has more than `top` / `scale`."""

    form: Form
    worth: Worth
    scale: int
    own: Worth
    top: int

    @cached_property
    def slack(self) -> Worth:
        """By how much each pair is above what it is worth, scaled."""
        slack = self.form.over(self.own)
        slack -= self.scale * self.worth
        return slack

    @property
    def bound(self) -> int:
        """The most that any plan has."""
        return self.top // self.scale

    def spare(self, total: int) -> int:
        """Return by how much (scaled) a plan with so much in total stays below the top: no plan
        at least as good uses a pair, or keeps off an edge, that costs more."""
        return self.top - self.scale * total


def find_whole(form: Form, worth: Worth, duals: Floats) -> Whole:
    """Return the multipliers next to some duals that bound best; they bound, whatever the duals.

    Tried are whole duals, those with the common denominator of what look like simple fractions,
    and a fine grid.
    """
    best: Whole | None = None
    for scale in _scales(form, worth, duals):
        found = _at_scale(form, worth, duals, scale)
        if best is None or found.top * best.scale < best.top * found.scale:
            best = found
    assert best is not None
    return best


def _scales(form: Form, worth: Worth, duals: Floats) -> list[int]:
    """Return the scales to try, all within what 64 bits hold; the greater the weights, the finer:
    the smaller are the duals."""
    reach = float(np.abs(worth).max(initial=1)) + form.reach(duals)
    heaviest = max((int(np.abs(weight).max(initial=1)) for weight in form.weights), default=1)
    finest = FINEST << heaviest.bit_length()
    while finest > 1 and finest * (reach + 1) * 4 > ROOM:
        finest //= 2
    broken = duals[np.abs(duals - np.rint(duals)) > 1e-7].tolist()
    parts = {Fraction(dual).limit_denominator(SIMPLE).denominator for dual in broken}
    common = 1
    for part in sorted(parts):
        common = lcm(common, part) if common <= finest else common
    return sorted({scale for scale in (1, common, finest) if scale <= finest})


def _at_scale(form: Form, worth: Worth, duals: Floats, scale: int) -> Whole:
    """Return the multipliers of one scale: each dual rounded, 0 where its sign is not allowed;
    then the people's own, the least that cover their pairs."""
    people = form.network.people.size
    own = np.rint(duals * scale).astype(np.int64)
    own[:people] = 0
    own[(own > 0) & (form.most == NONE) | (own < 0) & (form.least == -NONE)] = 0
    person, needed = form.network.person, np.full(people, -NONE, np.int64)
    above = form.over(own)
    for chunk in chunks(above.size):
        live = chunk.start + np.flatnonzero(form.live[chunk])
        np.maximum.at(needed, person[live], scale * worth[live] - above[live])
    may_fall = (form.least[:people] > -NONE) & (needed > -NONE)
    own[:people] = np.where(may_fall, needed, np.maximum(needed, 0))
    return Whole(form, worth, scale, own, _top(form, own))


def _top(form: Form, own: Worth) -> int:
    """Return the sum of each multiplier times the edge that it stands for."""
    above, below = np.flatnonzero(own > 0), np.flatnonzero(own < 0)
    edges = [(above, form.most), (below, form.least)]
    return sum(
        int(part) * int(edge)
        for at, side in edges
        for part, edge in zip(own[at], side[at], strict=True)
    )
