"""The best plans of a network in which at most so many people give up a pair.

The ends are found as any plan is: the plan with the fewest moves, and the best one with as few
moves as it takes. Between them "so many keep their pair" is one more row of the network. What is
proved in whole numbers is told apart from what the solver says.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from matcher.assign import Impossible, NoAnswer
from matcher.assign.beside import keeps
from matcher.assign.best import Draw, total_of
from matcher.assign.divisions import MILP, find_best
from matcher.assign.network import Network, Row, Worth
from matcher.problem import Flags, Numbers
from matcher.whatif.cases import Gap, find_gap
from matcher.whatif.hull import Hull, find_hull, keeping

Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Held:
    """A network (its names without `keep`), the pairs that people `kept`, at most one of each
    used, and how many people move in every plan besides (`gone`: they have no pair to keep)."""

    network: Network
    kept: Flags
    gone: int
    draw: Draw

    @property
    def people(self) -> int:
        """How many people had a place, those left out whose seat is on record there."""
        return self.gone + np.unique(self.network.person[self.kept]).size

    def only(self, pairs: Numbers) -> Held:
        """Return the same of some of the pairs alone."""
        network, kept = self.network, self.kept[pairs]
        part = replace(
            network,
            person=network.person[pairs],
            opening=network.opening[pairs],
            row=network.row[pairs],
            worth=network.worth[pairs],
            rows=tuple(replace(row, weight=row.weight[pairs]) for row in network.rows),
            closed=None if network.closed is None else network.closed[pairs],
        )
        gone = self.people - np.unique(part.person[kept]).size

        def draw(suffix: str, some: Numbers) -> Worth:
            return self.draw(suffix, pairs[some])[pairs]

        return Held(part, kept, gone, draw)

    def moved(self, pair_of: Numbers) -> int:
        """Return how many people a plan moves."""
        return self.people - int(self.kept[pair_of[pair_of >= 0]].sum())


@dataclass(frozen=True)
class Within:
    """The best plan with at most `budget` people moved; of all as good, one with the fewest.

    `proved`: none within the budget is better, the lottery left out. Else `gap` is how much more
    one could have at the first name that is open; None where that is not known.
    """

    budget: int
    pair_of: Numbers
    proved: bool
    gap: Gap | None = None


def plans_within(
    held: Held, most: int, progress: Progress | None = None
) -> tuple[tuple[Within, ...], tuple[int, int] | None]:
    """Return the best plan for each budget, from the fewest moves that any plan takes to those
    beyond which more bring nothing; and the first and last budget left out, None where none is.

    Of more than `most` plans the last, and the first budgets, are found. Raises as `find_best`.
    """
    if progress:
        progress("curve", 0)
    first, last = _fewest(held), _best(held, None)
    low, high = first.budget, last.budget
    if high < low:  # the solver stopped early
        first, low = last, high
    end = high - 1 if high - low < most else low + max(most, 2) - 2
    hull = Hull((), ())
    if end > low:
        with suppress(OverflowError):  # then nothing is ruled out beforehand
            ends = first.pair_of, last.pair_of
            hull = find_hull(held.network, held.kept, held.people, end, ends)
    found = _between(held, hull, first, end, progress) | {high: last}
    plans = [first]
    for budget in (*range(low + 1, end + 1), *range(max(high, low + 1), high + 1)):
        plan, known = found.get(budget), plans[-1]
        if plan is None or _total(held, plan) < _total(held, known):  # here too
            plan = replace(known, proved=False, gap=None)
        plans.append(replace(plan, budget=budget))
    return tuple(plans), (end + 1, high - 1) if end < high - 1 else None


def _between(
    held: Held, hull: Hull, first: Within, end: int, progress: Progress | None
) -> dict[int, Within]:
    """Return the plans of the budgets above the first's, down from `end`: a plan that takes fewer
    moves is that of the budgets down to these."""
    found: dict[int, Within] = {}
    budget, low = end, first.budget
    while budget > low:
        if progress:
            progress("curve", 100 * (end - budget) // (end - low))
        lower = budget - 1
        with suppress(Impossible, NoAnswer):
            plan = _best_of(held, hull, first, budget)
            lower = min(lower, max(held.moved(plan.pair_of) - 1, low))
            found |= dict.fromkeys(range(lower + 1, budget + 1), plan)
        budget = lower
    if progress:
        progress("curve", 100)
    return found


def _best_of(held: Held, hull: Hull, first: Within, budget: int) -> Within:
    """Return the best plan of a budget, found among the pairs that the hull leaves: all that a
    plan as good as the best one known can use."""
    known = [held.network.worth[first.pair_of[first.pair_of >= 0]].sum(axis=0)]
    for corner in hull.corners:
        if corner.moved <= budget and keeps(held.network, corner.pair_of):
            known.append(corner.total)
    left = hull.leaves(budget, max(known, key=lambda total: tuple(total.tolist())))
    if left is None:
        return _best(held, budget)
    pairs = np.flatnonzero(left)
    plan = _best(held.only(pairs), budget)
    pair_of = np.where(plan.pair_of >= 0, pairs[plan.pair_of], -1)
    return replace(plan, pair_of=pair_of)


def _fewest(held: Held) -> Within:
    """Return the best of the plans with the fewest moves."""
    network = keeping(held.network, held.kept, 0)
    return _found(held, network, network)


def _best(held: Held, budget: int | None) -> Within:
    """Return the best plan with at most so many moves (None: any number), and of all as good the
    one with the fewest."""
    network = held.network
    if budget is not None:
        row = Row("moves", -held.kept.astype(np.int64), budget - held.people)
        network = replace(network, rows=(*network.rows, row))
    return _found(held, keeping(network, held.kept, len(network.names)), network)


def _found(held: Held, network: Network, compared: Network) -> Within:
    """Return the best plan of a network, and what is proved of it by the names `compared`: on
    trees, as the best without what stands outside, and as the best of all divisions it is by how
    it is found."""
    pair_of, _, method, _ = find_best(network, held.draw)
    gap = find_gap(compared, pair_of, held.kept) if method == MILP else None
    return Within(held.moved(pair_of), pair_of, gap is None, gap)


def _total(held: Held, plan: Within) -> tuple[int | tuple[int, ...], ...]:
    return total_of(held.network, plan.pair_of)
