"""Rough duals, by ascent: good enough to say which pairs a linear program should start with."""

from __future__ import annotations

import numpy as np
from scipy.sparse import csc_array

from matcher.assign.milp.form import NONE, Form
from matcher.assign.milp.whole import Floats
from matcher.assign.network import Worth
from matcher.problem import Numbers

ROUNDS = 100
FIRST_STEP, SLOWS_AFTER = 0.3, 8


def rough_duals(form: Form, worth: Worth) -> Floats:
    """Return duals of the form's rows, the people's 0, that bound well, if not best.

    Each round everybody takes the pair of greatest worth less duals; the duals of rows that are
    over their edge rise, of those under it they fall, by less from round to round.
    """
    people, live = form.network.people.size, np.flatnonzero(form.live)
    matrix = csc_array(form.matrix[people:, live].astype(float))
    least, most = form.least[people:], form.most[people:]
    has_most, has_least = most < NONE, least > -NONE
    weight = np.asarray(abs(matrix).max(axis=1).todense()).ravel()
    size = np.maximum(np.where(has_most, most, np.where(has_least, least, 1)), weight)
    size = np.maximum(size, 1) * np.maximum(weight, 1)
    person = form.network.person[live]
    best, lowest = np.zeros(size.size), np.inf
    duals = best
    for turn in range(ROUNDS):
        gain = worth[live] - matrix.T @ duals
        taken, got = _take(person, gain)
        edge = np.where(duals > 0, most, np.where(duals < 0, least, 0))
        bound = got + float(duals @ edge)
        if bound < lowest:
            best, lowest = duals, bound
        load = matrix @ taken
        over = np.where(has_most & ((duals > 0) | (load > most)), load - most, 0)
        under = np.where(has_least & ((duals < 0) | (load < least)), load - least, 0)
        step = FIRST_STEP * float(np.ptp(worth[live]) or 1) / (1 + turn / SLOWS_AFTER)
        duals = duals + step * np.where(over != 0, over, under) / size
        duals = np.clip(duals, np.where(has_least, -np.inf, 0), np.where(has_most, np.inf, 0))
    return np.append(np.zeros(people), best)


def _take(person: Numbers, gain: Floats) -> tuple[Floats, float]:
    """Return 1 for each person's pair of greatest gain above 0, and the sum of these gains."""
    first = np.flatnonzero(np.diff(person, prepend=-1))
    greatest = np.maximum.reduceat(gain, first)
    lengths = np.diff(np.append(first, person.size))
    takes = np.flatnonzero((gain == np.repeat(greatest, lengths)) & (gain > 0))
    taken = np.zeros(person.size)
    taken[takes[np.flatnonzero(np.diff(person[takes], prepend=-1))]] = 1
    return taken, float(np.maximum(greatest, 0).sum())
