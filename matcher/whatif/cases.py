"""How much better than a plan another could be, in whole numbers: by bounds, and case by case.

A bound is that of the linear program's duals, made whole. Where it leaves something open, the plans
fall into two cases – a pair is used or not, an opening goes ahead or not – each with a bound of its
own, and so on; what no case leaves open is proved, whatever the solver says.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matcher.assign.milp.climb import narrowed
from matcher.assign.milp.form import Floats, Form, form_of
from matcher.assign.milp.highs import Divisible, find_duals
from matcher.assign.milp.places import places_of
from matcher.assign.milp.whole import Whole, find_whole
from matcher.assign.network import Network, Worth
from matcher.problem import Flags, Numbers

CASES = 400
PENALTY = 100


@dataclass(frozen=True)
class Gap:
    """The first name of the objective at which a better plan is not ruled out, and how much more a
    plan could have there at most."""

    name: str
    most: int


def find_gap(network: Network, pair_of: Numbers, first: Flags) -> Gap | None:
    """Return by how much a plan of the network could be better than this one, None where it is
    proved that none is, the lottery left out; `first` are the pairs to tell cases by."""
    form = form_of(network)
    for place in places_of(network, pair_of):
        most = _open(form.without(place.settled), place.worth, place.total, first)
        if most:
            return Gap(place.name, most)
        form = form.with_least(place.worth, place.total)
    return None


def _open(form: Form, worth: Worth, total: int, first: Flags) -> int:
    """Return how much more than a total a plan of the form could have, 0 where none has more."""
    waiting, most = [form], 0
    for _ in range(CASES):
        if not waiting:
            return most
        case = waiting.pop()
        if _empty(case):
            continue
        found = _relax(case, worth)
        whole = find_whole(case, worth, found.duals)
        if whole.bound <= total:
            continue
        case = _better(case, whole, total)
        parts = list(_divided(case, found.shares, first))
        waiting += parts
        if not parts:
            most = max(most, whole.bound - total)
    rest = [find_whole(case, worth, _relax(case, worth).duals).bound - total for case in waiting]
    return max([most, *rest])


def _empty(form: Form) -> bool:
    """Whether it is plain that a form holds no plan: a row cannot have what it must, or somebody
    who must sit has no pair left."""
    people = form.network.people.size
    pairs = np.bincount(form.network.person[form.live], minlength=people)
    short = (form.least[:people] > 0) & (pairs == 0)
    return bool(short.any() or (form.least > form.most).any())


def _relax(form: Form, worth: Worth) -> Divisible:
    """Return the linear program solved; rows that cannot be kept may be broken at a penalty, so
    that duals show that a case holds no plan."""
    penalty = PENALTY * float(np.abs(worth).max(initial=1))
    found = find_duals(form, worth, np.flatnonzero(form.live), penalty)
    if found is None:
        shape = np.zeros(form.live.size), np.zeros(form.size)
        return Divisible(-np.inf, *shape)
    return found


def _better(form: Form, whole: Whole, total: int) -> Form:
    """Return the form without what no plan with more than the total uses."""
    return narrowed(form, whole, whole.spare(total + 1))


def _divided(form: Form, shares: Floats, first: Flags) -> Iterator[Form]:
    """Yield the two cases of a form: the pair that the linear program divides most evenly, of the
    `first` ones if any, is used or not; else a start that its plan breaks goes ahead or not. None
    where there is nothing to tell cases by."""
    uneven = np.abs(shares - 0.5)
    broken = np.flatnonzero((uneven < 0.5 - 1e-7) & form.live)
    if broken.size:
        chosen = broken[first[broken]] if first[broken].any() else broken
        pair = int(chosen[np.argmin(uneven[chosen])])
        yield from _by_pair(form, pair)
        return
    loads = form.sums(shares > 0.5)
    for start in form.network.starts:
        row = form.nodes + start.opening
        if 0 < loads[row] < start.least and form.least[row] < start.least:
            yield _at(form, row, max(start.least, int(form.least[row])), int(form.most[row]))
            yield _at(form, row, int(form.least[row]), 0)
            return


def _by_pair(form: Form, pair: int) -> Iterator[Form]:
    """Yield the form in which a pair is used, and the one in which it is not."""
    person = int(form.network.person[pair])
    others = form.network.person == person
    others[pair] = False
    yield _at(form.without(others), person, 1, int(form.most[person]))
    alone = np.zeros_like(others)
    alone[pair] = True
    yield form.without(alone)


def _at(form: Form, row: int, least: int, most: int) -> Form:
    """Return the form with other edges of one row."""
    leasts, mosts = form.least.copy(), form.most.copy()
    leasts[row], mosts[row] = least, most
    return replace(form, least=leasts, most=mosts)
