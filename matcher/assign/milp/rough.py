"""Rough duals, by ascent: good enough to say which pairs a linear program should start with."""

from __future__ import annotations

import numpy as np

from matcher.assign.milp.form import NONE, Floats, Form
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
    least, most = form.least[people:], form.most[people:]
    has_most, has_least = most < NONE, least > -NONE
    weight = _heaviest(form)[people:]
    size = np.maximum(np.where(has_most, most, np.where(has_least, least, 1)), weight)
    size = np.maximum(size, 1) * np.maximum(weight, 1)
    person = form.network.person[live]
    best, lowest = np.zeros(size.size), np.inf
    duals = best
    for turn in range(ROUNDS):
        gain = (worth - form.over(np.append(np.zeros(people), duals)))[live]
        takes, got = _take(person, gain)
        edge = np.where(duals > 0, most, np.where(duals < 0, least, 0))
        bound = got + float(duals @ edge)
        if bound < lowest:
            best, lowest = duals, bound
        taken = np.zeros(form.live.size, bool)
        taken[live[takes]] = True
        load = form.sums(taken)[people:]
        over = np.where(has_most & ((duals > 0) | (load > most)), load - most, 0)
        under = np.where(has_least & ((duals < 0) | (load < least)), load - least, 0)
        step = FIRST_STEP * float(np.ptp(worth[live]) or 1) / (1 + turn / SLOWS_AFTER)
        duals = duals + step * np.where(over != 0, over, under) / size
        duals = np.clip(duals, np.where(has_least, -np.inf, 0), np.where(has_most, np.inf, 0))
    return np.append(np.zeros(people), best)


def _heaviest(form: Form) -> Worth:
    """Return the greatest weight of each row at any live pair, without its sign."""
    behind = [int(np.abs(weight[form.live]).max(initial=0)) for weight in form.weights]
    heaviest: Worth = np.minimum(form.sums(form.live), 1)
    heaviest[form.rows :] = behind
    return heaviest


def _take(person: Numbers, gain: Floats) -> tuple[Numbers, float]:
    """Return the place of each person's pair of greatest gain above 0, and the sum of these
    gains."""
    first = np.flatnonzero(np.diff(person, prepend=-1))
    greatest = np.maximum.reduceat(gain, first)
    lengths = np.diff(np.append(first, person.size))
    takes = np.flatnonzero((gain == np.repeat(greatest, lengths)) & (gain > 0))
    taken = takes[np.flatnonzero(np.diff(person[takes], prepend=-1))]
    return taken, float(np.maximum(greatest, 0).sum())
