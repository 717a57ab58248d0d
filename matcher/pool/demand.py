"""What is asked for by kejuruan with no host yet, beside the people who wait and the real seats."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.fit import Facts
from matcher.pool.coverage import Scope
from matcher.pool.waiting import month_of
from matcher.problem import NO_DAY, Demand, Problem


@dataclass(frozen=True)
class Asked:
    """People asked for of a `kejuruan` in a `month` of entry, the first of its window; "" where
    none is stated, which comes behind all months.

    `by_then` are all those asked for of the kejuruan up to this row. Up to this month, `waiting`
    are the trade's people as in `Coverage`, `seats` the free seats on order that suit them, `left`
    how many of the people these seats cannot take, and `missing` how many of those asked for by
    then are more than the people left. `wishes` are told, no more.
    """

    kejuruan: str
    month: str
    people: int
    by_then: int
    waiting: int
    seats: int
    left: int
    wishes: tuple[str, ...]

    @property
    def missing(self) -> int:
        """People asked for beyond those whom real orders leave."""
        return max(0, self.by_then - self.left)


def weigh_demand(problem: Problem, facts: Facts, scope: Scope) -> tuple[Asked, ...]:
    """Return what is asked for by kejuruan and month, in that order."""
    demand: dict[str, dict[str, list[Demand]]] = {}
    for row in problem.demand:
        month = "" if row.entry_from == NO_DAY else month_of(max(row.entry_from, facts.on))
        demand.setdefault(row.kejuruan, {}).setdefault(month, []).append(row)
    rows = []
    for kejuruan, months in sorted(demand.items()):
        by_then = 0
        for month in sorted(months, key=lambda month: (not month, month)):
            people = sum(row.people for row in months[month])
            by_then += people
            covered = scope.cover(kejuruan, month)
            counts = (people, by_then, covered.people, covered.seats, covered.people_without)
            wishes = tuple(row.wishes for row in months[month] if row.wishes)
            rows.append(Asked(kejuruan, month, *counts, wishes))
    return tuple(rows)
