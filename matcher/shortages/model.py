"""What must be kept as rows of whole numbers for `milp`, with columns for what may be changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, milp

from matcher.errors import MatcherError
from matcher.language import say
from matcher.problem import Flags, Numbers
from matcher.shortages.flow import Cut
from matcher.shortages.required import (
    BUDGET,
    CEILING,
    FLOOR,
    LOCK,
    PAIR,
    SEAT,
    START,
    Required,
    Row,
    Thing,
)
from matcher.shortages.rows import Rows

IMPOSSIBLE = 2  # how milp says that there is no answer
Values = NDArray[np.int64]
Sum = tuple[slice, int | None, int | None]


class Model:
    """What must be kept as rows over columns: pairs, whether openings start, how many units of each
    thing are changed (`units`), whether it is (`marks`), and one thing at a time (`picks`)."""

    def __init__(
        self,
        required: Required,
        cuts: Iterable[Cut] = (),
        *,
        pairs: bool = True,
        integral: bool = True,
    ) -> None:
        self.required, self.integral = required, integral and pairs
        self.things = tuple(_things(required))
        many = len(self.things)
        self.start = required.person.size if pairs else 0
        first = self.start + len(required.starts)
        self.units = slice(first, first + many)
        self.marks = slice(self.units.stop, self.units.stop + many)
        self.picks = slice(self.marks.stop, self.marks.stop + many)
        self.at = {thing: self.units.start + place for place, thing in enumerate(self.things)}
        self.rows = Rows(self.picks.stop)
        self.upper = np.ones(self.picks.stop)
        self.upper[self.units] = [_largest(required, thing) for thing in self.things]
        for cut in cuts:
            eased = {self.at[thing]: by for thing, by in cut.eased.items() if thing in self.at}
            self.rows.add(np.zeros(0, np.int64), 1, eased, least=cut.short)
        if pairs:
            self._write()

    def used(self, answer: Values) -> Flags:
        """Return the pairs that an answer uses."""
        used: Flags = answer[: self.start] > 0
        return used

    def _write(self) -> None:
        required, rows, at = self.required, self.rows, self.at
        person, opening = required.person, required.opening
        for _, pairs in _by(person):
            rows.add(pairs, 1, most=1)
        for place, pairs in _by(opening):
            rows.add(pairs, 1, {at[SEAT, place]: -1}, most=int(required.seats[place]))
        for pair in np.flatnonzero(required.on_record).tolist():
            lift = at.get((LOCK, int(person[pair])))
            rows.add(np.array([pair]), 1, {} if lift is None else {lift: 1}, least=1, most=1)
        for place, one in enumerate(required.sets):
            pairs = np.flatnonzero(required.inside(one))
            if one.floor:
                rows.add(pairs, 1, {at[FLOOR, place]: 1}, least=one.floor)
            if one.ceiling is not None:
                more = {} if one.law else {at[CEILING, place]: -1}
                rows.add(pairs, 1, more, most=one.ceiling)
        for row in required.rows:
            _add_row(rows, row, at[row.thing], _greatest(required, row))
        for place, start in enumerate(required.starts):
            pairs, column = np.flatnonzero(opening == start.opening), self.start + place
            dropped = {column: -start.least, at[START, start.at]: start.least}
            rows.add(pairs, 1, dropped, least=0)
            rows.add(pairs, 1, {column: -max(1, pairs.size)}, most=0)

    def solve(
        self,
        cost: slice | NDArray[np.int64] | None,
        sums: Sequence[Sum | tuple[Row, int]] = (),
        *,
        marked: int = 0,
        fixed: dict[int, int] | None = None,
        first: int | None = None,
        up: bool = False,
    ) -> Values | None:
        """Return the columns of the answer with the least (`up`: greatest) sum of `cost`, None
        where there is none.

        `cost` is a part of the columns (of picks: the place of the one picked) or a weight of each
        pair. `sums` bound parts of the columns, or rows over pairs from above. `marked` (the most
        units a thing takes) ties marks to units, `fixed` holds units by place, `first` has one
        thing picked from there on.
        """
        rows, many = self.rows.copy(), len(self.things)
        lower, upper = np.zeros(self.picks.stop), self.upper.copy()
        for one in sums:
            if isinstance(one[0], Row):
                rows.add(np.arange(one[0].weight.size), one[0].weight, most=one[1])
            else:
                rows.add(np.arange(one[0].start, one[0].stop), 1, least=one[1], most=one[2])
        for place in range(many if marked else 0):
            unit, mark = self.units.start + place, self.marks.start + place
            rows.add(np.array([unit, mark]), np.array([1, -marked]), most=0)
        if first is not None:
            picks = np.arange(self.picks.start, self.picks.stop)
            for place in range(many):
                pair = np.array([picks[place], self.units.start + place])
                rows.add(pair, np.array([1, -1]), most=0)
            rows.add(picks[first:], 1, least=1, most=1)
            upper[picks[:first]] = 0
        for place, value in (fixed or {}).items():
            lower[self.units.start + place] = upper[self.units.start + place] = value
        costs = np.zeros(self.picks.stop)
        if isinstance(cost, slice):
            costs[cost] = np.arange(1, many + 1) if cost == self.picks else 1
        elif cost is not None:
            costs[: cost.size] = cost
        return self._whole(rows, -costs if up else costs, Bounds(lower, upper))

    def _whole(self, rows: Rows, costs: NDArray[np.float64], bounds: Bounds) -> Values | None:
        """Return the answer in whole numbers. One that breaks a budget by what floats cannot see
        is cut off by its pairs, which no plan has together."""
        integrality = np.ones(costs.size, np.int8)
        if not self.integral:
            integrality[: self.start] = 0
        while True:
            answer = milp(
                costs,
                integrality=integrality,
                bounds=bounds,
                constraints=rows.constraint(),
                options={"mip_rel_gap": 0},
            )
            if answer.status == IMPOSSIBLE:
                return None
            if answer.x is None:
                raise MatcherError(say("The solver stopped without an answer."))
            found = np.rint(answer.x).astype(np.int64)
            broken = self._broken(found) if self.integral else []
            if not broken:
                return found
            for row in broken:
                used = self.used(found)
                more, less = used & (row.weight > 0), ~used & (row.weight < 0)
                pairs = np.flatnonzero(more | less)
                signs = np.where(more[pairs], 1, -1)
                rows.add(pairs, signs, {self.at[row.thing]: -1}, most=int(more.sum()) - 1)

    def _broken(self, found: Values) -> list[Row]:
        used = self.used(found)
        return [
            row
            for row in self.required.rows
            if not found[self.at[row.thing]] and int(row.weight[used].sum()) > row.most
        ]


def _add_row(rows: Rows, row: Row, unit: int, greatest: int) -> None:
    """Add a row that one unit of its thing lifts, in the smallest numbers that say the same."""
    shared = int(np.gcd.reduce(row.weight, initial=0)) or 1
    most = row.most // shared
    pairs = np.flatnonzero(row.weight)
    beyond = max(0, greatest // shared - most)
    rows.add(pairs, row.weight[pairs] // shared, {unit: -beyond}, most=most)


def _greatest(required: Required, row: Row) -> int:
    """Return the most that a row's sum comes to, whatever the plan: of each person the greatest."""
    of_person = np.zeros(required.held.size, np.int64)
    np.maximum.at(of_person, required.person, row.weight)
    return int(of_person.sum())


def _by(ends: Numbers) -> Iterator[tuple[int, Numbers]]:
    """Yield each end of pairs with its pairs."""
    order = np.argsort(ends, kind="stable")
    found, firsts = np.unique(ends[order], return_index=True)
    yield from zip(found.tolist(), np.split(order, firsts)[1:], strict=True)


def _things(required: Required) -> list[Thing]:
    """Return all that may be changed, in its order."""
    things = {(FLOOR, at) for at, one in enumerate(required.sets) if one.floor}
    things |= {
        (CEILING, at)
        for at, one in enumerate(required.sets)
        if one.ceiling is not None and not one.law
    }
    things |= {row.thing for row in required.rows}
    things |= {(START, one.at) for one in required.starts}
    things |= {(SEAT, one) for one in required.opening.tolist()}
    locked = np.flatnonzero(required.liftable & (required.held >= 0))
    things |= {(LOCK, person) for person in locked.tolist()}
    return sorted(things)


def _largest(required: Required, thing: Thing) -> int:
    """Return how many units of a thing a change may take at most."""
    kind, at = thing
    if kind == FLOOR:
        return required.sets[at].floor
    if kind == CEILING:
        return int(required.inside(required.sets[at]).sum())
    if kind == SEAT:
        return int((required.opening == at).sum())
    assert kind in (BUDGET, PAIR, START, LOCK)
    return 1
