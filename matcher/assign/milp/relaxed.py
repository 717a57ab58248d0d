"""The linear program of a form: over few of many pairs, then more as duals ask."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.assign.milp.form import Floats, Form
from matcher.assign.milp.highs import Divisible, find_duals
from matcher.assign.milp.rough import rough_duals
from matcher.assign.milp.whole import Whole, find_whole
from matcher.assign.network import Worth
from matcher.assign.pricing import first_of_ends
from matcher.problem import Flags, Numbers

MANY = 5_000
FIRST, MORE = 3, 4
ROUNDS = 60


@dataclass(frozen=True)
class Relaxed:
    """A program over some pairs (`within`): its duals, as found and whole, and how much of each
    pair its plan uses, which may divide people."""

    within: Flags
    duals: Floats
    whole: Whole
    shares: Floats

    @property
    def used(self) -> Flags:
        """The pairs used at all."""
        return self.shares > 1e-9

    @property
    def rounded(self) -> Flags:
        """The pairs used for more than one half."""
        return self.shares > 0.5


def relax(
    form: Form, worth: Worth, known: Flags | None, within: Flags | None = None
) -> Relaxed | None:
    """Return the form's linear program solved; None where it has no solution.

    `known` are the pairs of a plan that keeps the form, where one is known; `within` those that
    the program starts with, where they are too many for all at once.
    """
    if np.count_nonzero(form.live) > MANY:
        first = _first_pairs(form, worth) if within is None else within & form.live
        return _generate(form, worth, known, first)
    found = find_duals(form, worth, np.flatnonzero(form.live))
    return None if found is None else _relaxed(form, worth, found, form.live)


def _relaxed(form: Form, worth: Worth, found: Divisible, within: Flags) -> Relaxed:
    whole = find_whole(form, worth, found.duals)
    return Relaxed(within, found.duals, whole, found.shares)


def _first_pairs(form: Form, worth: Worth) -> Flags:
    gain = worth - form.over(rough_duals(form, worth))
    return best_of_each(form.network.person, gain, form.live, FIRST)


def _generate(form: Form, worth: Worth, known: Flags | None, within: Flags) -> Relaxed | None:
    """Return the program over all live pairs solved, by programs over some of them: until no pair
    is missing, or the bound over all pairs is as low as the program's value."""
    person, opening, live = form.network.person, form.network.opening, form.live
    largest = float(np.abs(worth).max(initial=1, where=live))
    penalty = 0.0 if known is not None else 100 * largest
    if known is not None:
        within = within | known
    for _ in range(ROUNDS):
        found = find_duals(form, worth, np.flatnonzero(within), penalty)
        if found is None:
            return None
        relaxed = _relaxed(form, worth, found, within)
        if relaxed.whole.bound <= found.value + 1e-3:
            break
        gain = form.over(found.duals)
        np.subtract(worth, gain, out=gain)
        if not (live & ~within & (gain > 1e-9 * largest)).any():
            break
        more = best_of_each(person, gain, live, MORE) | best_of_each(opening, gain, live, MORE)
        within = within | more
        del gain
    return relaxed


def best_of_each(end: Numbers, gain: Worth | Floats, among: Flags, most: int) -> Flags:
    """Return the `most` pairs of greatest gain at each end, of some pairs."""
    many = np.full(int(end.max(initial=-1)) + 1, most)
    if among.all():
        return first_of_ends(end, gain, many)
    within, pairs = np.zeros(end.size, bool), np.flatnonzero(among)
    within[pairs[first_of_ends(end[pairs], gain[pairs], many)]] = True
    return within
