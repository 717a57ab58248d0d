"""The least set of changes after which some plan keeps everything, found by `milp` and checked in
whole numbers.

Fewest units first (a person less at a floor, a place more under a ceiling or at an opening, a seat
on record taken back, a limit left out, a budget raised: one each), then fewest different things,
then the first things in their order, then the smallest amounts of budgets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.errors import MatcherError
from matcher.language import say
from matcher.problem import Flags
from matcher.shortages.cuts import leftover_cuts, try_flow
from matcher.shortages.flow import Cut
from matcher.shortages.model import Model, Values
from matcher.shortages.required import BUDGET, LOCK, Change, Required, Row, changed


@dataclass(frozen=True)
class Repair:
    """The least changes, in the order of their things; the pairs (person, opening) of a plan that
    keeps everything after them; and all cuts that were met."""

    changes: tuple[Change, ...]
    plan: tuple[tuple[int, int], ...]
    cuts: tuple[Cut, ...] = ()

    @property
    def units(self) -> int:
        """How many units the changes come to."""
        return sum(change.units for change in self.changes)


def find_repair(required: Required, cuts: Iterable[Cut] = ()) -> Repair:
    """Return the least changes (none where a plan keeps everything as it is).

    First only what cuts ask is weighed, with each new cut that its answer leaves: what keeps all
    cuts and gives a plan is the least. Then with all pairs, parts of people allowed; then whole.
    """
    pool = list(cuts)
    found = _from_cuts(required, pool)
    for integral in (False, True):
        found = found or _from_pairs(required, pool, integral)
    if found is None:
        raise MatcherError(say("The solver found no plan, however much is changed."))
    return replace(found, cuts=tuple(pool))


def repairable(required: Required, cuts: Iterable[Cut], most: int) -> bool:
    """Whether changes of at most so many units do, as far as the solver says."""
    model = Model(required, cuts)
    return model.solve(None, [(model.units, None, most)]) is not None


def _from_cuts(required: Required, pool: list[Cut]) -> Repair | None:
    """Return the least changes where the cuts alone tell them; what is found joins the pool."""
    while True:
        changes = _answer_cuts(required, pool)
        if changes is None:
            return None
        after = changed(required, changes)
        left = leftover_cuts(after)
        if not left:
            plan = try_flow(after)
            return Repair(changes, _used(after, plan)) if after.keeps(plan) else None
        if any(change.thing[0] == LOCK for change in changes):
            return None
        by = {change.thing: change.by for change in changes}
        for cut in left:
            more = sum(eased * by.get(thing, 0) for thing, eased in cut.eased.items())
            pool.append(replace(cut, short=cut.short + more))


def _answer_cuts(required: Required, pool: Sequence[Cut]) -> tuple[Change, ...] | None:
    """Return the least changes that satisfy the cuts; None where nothing does."""
    if not pool:
        return ()
    model = Model(required, pool, pairs=False)
    answer = _settle(model)
    return None if answer is None else _changes(model, answer)


def _from_pairs(required: Required, pool: Sequence[Cut], integral: bool) -> Repair | None:
    """Return the least changes, decided in whole people where `integral`; None where the plan that
    they would need is not one of whole people."""
    answer = _settle(Model(required, pool, integral=integral))
    if answer is None:
        return None
    model = Model(required, pool)
    fixed = dict(enumerate(answer[model.units].tolist()))
    found = _smallest_budgets(model, fixed)
    if found is None:
        return None
    used = model.used(found)
    changes = tuple(_with_amount(required, change, used) for change in _changes(model, found))
    return _checked(required, changes, used)


def _changes(model: Model, answer: Values) -> tuple[Change, ...]:
    units = answer[model.units].tolist()
    return tuple(Change(thing, by) for thing, by in zip(model.things, units, strict=True) if by)


def _settle(model: Model) -> Values | None:
    """Return the first of the answers of the least units that change the fewest things, None where
    there is no answer."""
    answer = model.solve(model.units)
    least = 0 if answer is None else int(answer[model.units].sum())
    if answer is None or not least:
        return answer
    sized = (model.units, least, least)
    fewest = model.solve(model.marks, [sized], marked=least)
    assert fewest is not None
    count = int((fewest[model.units] > 0).sum())
    together = [sized, (model.marks, None, count)]
    fixed: dict[int, int] = {}
    first, answer = 0, fewest
    while sum(fixed.values()) < least:
        found = model.solve(model.picks, together, marked=least, fixed=fixed, first=first)
        assert found is not None
        first = int(np.flatnonzero(found[model.picks])[0])
        fixed |= dict.fromkeys(set(range(first)) - set(fixed), 0)
        column = model.units.start + first
        more = model.solve(slice(column, column + 1), together, marked=least, fixed=fixed, up=True)
        assert more is not None
        fixed[first] = int(more[column])
        first, answer = first + 1, more
    return answer


def _smallest_budgets(model: Model, fixed: dict[int, int]) -> Values | None:
    """Return the answer of those units by thing that raises the budgets least, in their order."""
    held: list[tuple[Row, int]] = []
    answer = None
    for at, thing in enumerate(model.things):
        if thing[0] == BUDGET and fixed[at]:
            row = next(row for row in model.required.rows if row.thing == thing)
            answer = model.solve(row.weight, held, fixed=fixed)
            if answer is None:
                return None
            held.append((row, int(row.weight[model.used(answer)].sum())))
    return model.solve(None, fixed=fixed) if answer is None else answer


def _with_amount(required: Required, change: Change, used: Flags) -> Change:
    if change.thing[0] != BUDGET:
        return change
    rows = [row for row in required.rows if row.thing == change.thing]
    return Change(change.thing, max(int(row.weight[used].sum()) - row.most for row in rows))


def _checked(required: Required, changes: tuple[Change, ...], used: Flags) -> Repair:
    """Return the repair once its plan keeps everything in whole numbers."""
    after = changed(required, changes)
    places = {pair: at for at, pair in enumerate(_pairs(after))}
    plan = np.zeros(after.person.size, bool)
    plan[[places[pair] for at, pair in enumerate(_pairs(required)) if used[at]]] = True
    if not after.keeps(plan):
        raise MatcherError(say("The solver's plan does not keep the limits in whole numbers."))
    return Repair(changes, _used(after, plan))


def _used(required: Required, plan: Flags) -> tuple[tuple[int, int], ...]:
    people, openings = required.person[plan].tolist(), required.opening[plan].tolist()
    return tuple(zip(people, openings, strict=True))


def _pairs(required: Required) -> list[tuple[int, int]]:
    return list(zip(required.person.tolist(), required.opening.tolist(), strict=True))
