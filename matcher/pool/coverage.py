"""People who can enter by a month against the free seats of the job orders up to it, by trade.

Seats may suit several trades, and quotas hold several orders together, so seats and people are
not subtracted: the most people whom the seats can take is found as the greatest flow within
every quota, each trade by itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import maximum_flow

from matcher.assign import Network, build_network
from matcher.assign.divisions import MILP, choose_division, divisions, method_of
from matcher.fit import Facts
from matcher.pool.waiting import Waiting, find_free, month_of
from matcher.problem import Flags, Numbers, Problem
from matcher.score import Scores
from matcher.screen import Screening


@dataclass(frozen=True)
class Coverage:
    """People and seats of a `trade` (None: of all) up to a `month` of entry ("": all months).

    An order counts from the month in which its entry window begins, one begun before the
    scenario's day from the month of that day. `people` are those who wait, are not set at an
    order, and can enter by the end of the month or may be proposed at one of the orders. `seats`
    are the free seats of the `openings` where at least one of the people may be proposed, as many
    as the quotas allow; they may suit other trades as well. `most` is the greatest number of the
    people whom these seats can take at once.
    """

    trade: str | None
    month: str
    people: int
    openings: int
    seats: int
    most: int

    @property
    def seats_without(self) -> int:
        """Seats that nobody of the trade can be found for."""
        return self.seats - self.most

    @property
    def people_without(self) -> int:
        """People whom these seats cannot take."""
        return self.people - self.most


@dataclass(frozen=True)
class Gap:
    """A job order with free seats where nobody who waits may be proposed; `month` is that from
    which it counts."""

    opening: int
    month: str
    seats: int


@dataclass(frozen=True)
class Scope:
    """What is covered: the network of everybody, each opening's month and whether a seat is free
    there, and the people who wait and are not set at an order."""

    network: Network
    begins: NDArray[np.str_]
    free: Flags
    people: tuple[Waiting, ...]
    candidates: int

    @staticmethod
    def of(
        problem: Problem,
        facts: Facts,
        screening: Screening,
        scores: Scores,
        waiting: Sequence[Waiting],
    ) -> Scope:
        """Return the scope of a problem and its people who wait."""
        return Scope(
            build_network(problem, screening, scores, facts.quotas.caps),
            np.array([month_of(max(int(day), facts.on)) for day in problem.openings.entry_from]),
            find_free(problem, facts),
            tuple(one for one in waiting if problem.locked[one.candidate] < 0),
            len(problem.candidate_ids),
        )

    def cover_trades(self) -> tuple[Coverage, ...]:
        """Return the coverage of all trades together, then of each, up to each month in which an
        order begins and of all months."""
        trades = (None, *sorted({one.trade for one in self.people}))
        months = (*sorted(set(self.begins.tolist())), "")
        return tuple(self.cover(trade, month) for trade in trades for month in months)

    def find_gaps(self) -> tuple[Gap, ...]:
        """Return the orders with free seats that nobody in the pool fits, in their order."""
        network = self.network
        waiting = np.zeros(self.candidates, bool)
        waiting[[one.candidate for one in self.people]] = True
        fitting = network.opening[waiting[network.people[network.person]]]
        open_to_nobody = self.free & ~np.isin(np.arange(self.free.size), fitting)
        return tuple(
            Gap(place, str(self.begins[place]), int(network.tree.ceiling[place]))
            for place in np.flatnonzero(open_to_nobody).tolist()
        )

    def cover(self, trade: str | None, month: str) -> Coverage:
        """Return the coverage of a trade's people up to a month."""
        network = self.network
        people = [one for one in self.people if trade in (None, one.trade)]
        member = np.zeros(self.candidates, bool)
        member[[one.candidate for one in people]] = True
        begun = self.begins <= month if month else np.ones(self.begins.size, bool)
        pairs = member[network.people[network.person]]
        pairs &= (begun & self.free)[network.opening]
        named = set(network.people[network.person[pairs]].tolist())
        able = {one.candidate for one in people if not month or "" < one.month <= month}
        openings = np.unique(network.opening[pairs])
        return Coverage(
            trade,
            month,
            len(named | able),
            int(openings.size),
            count_most(_seats_alone(network, openings)),
            count_most(_only(network, pairs)),
        )


def count_most(network: Network) -> int:
    """Return the greatest number of people that a plan of a network can seat."""
    if not network.person.size:
        return 0
    if method_of(network) == MILP:
        return _flow_of(
            choose_division(network, lambda _, __: np.ones(network.person.size, np.int64))
        )
    return max(_flow_of(way) for way in divisions(network))


def _flow_of(network: Network) -> int:
    """Return how many people can be seated on a tree: the greatest flow from a source to people,
    openings and caps, and to the root."""
    tree, people = network.tree, network.people.size
    source, nodes = people + tree.parent.size, people + np.arange(tree.parent.size)
    tail = [np.full(people, source), network.person, nodes[:-1]]
    head = [np.arange(people), nodes[network.opening], nodes[tree.parent[:-1]]]
    ones = np.ones(people + network.person.size, np.int64)
    most = np.concatenate([ones, np.clip(tree.ceiling[:-1], 0, people)]).astype(np.int32)
    at = (np.concatenate(tail), np.concatenate(head))
    graph = csr_array(coo_array((most, at), shape=(source + 1, source + 1)))
    return int(maximum_flow(graph, source, int(nodes[-1])).flow_value)


def _only(network: Network, pairs: Flags) -> Network:
    """Return the network with these pairs alone, each worth one."""
    person, opening, row = network.person[pairs], network.opening[pairs], network.row[pairs]
    worth = np.ones((row.size, 1), np.int64)
    return replace(
        network, person=person, opening=opening, row=row, names=("placements",), worth=worth
    )


def _seats_alone(network: Network, openings: Numbers) -> Network:
    """Return the network as if each seat of these openings had a person of its own: what the
    quotas alone allow."""
    opening = np.repeat(openings, network.tree.ceiling[openings])
    people = np.arange(opening.size)
    return replace(
        network,
        people=people,
        person=people,
        opening=opening,
        row=people,
        names=("placements",),
        worth=np.ones((opening.size, 1), np.int64),
    )
