"""What a pair must be worth to win a seat: the highest value of the seat, for one person.

Whoever has no seat is in every best plan exactly when a changed pair is worth more than the best
plan loses by one place less at the opening for a person of the same groups; worth as much is a tie.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from matcher.assign import Network, fit_division, method_of
from matcher.assign.arcs import LEAST, find_links, longest
from matcher.assign.divisions import EVERY_DIVISION, MILP, solve_divisions
from matcher.assign.network import Face, Worth
from matcher.problem import Flags, Numbers


@dataclass(frozen=True)
class Asked:
    """By opening: what a pair of the person must be worth more than, a tuple of the names before
    `worst`; `exists` is False where no plan would have room for the person."""

    value: Worth
    exists: Flags


def asked_of(network: Network, pair_of: Numbers, person: int) -> Asked:
    """Return what a seat asks of a person (a place in the network) who has none in a best plan.

    Where `milp` chose, only plans beside this one are looked at: less may be enough.
    """
    closed = network.person == person
    if network.closed is not None:
        closed = closed | network.closed
    alone = replace(network, closed=closed)  # the person's own pairs are what changes
    openings = network.tree.leaves
    value, exists = np.zeros(openings, np.int64), np.zeros(openings, bool)
    ways = _ways(alone, pair_of)
    if network.groups.ceiling[person] > 0:
        best = max(_packed(way, plan) for way, plan in ways)
        for way, plan in ways:
            own, there = _distances(way, plan, person)
            own = own + best - _packed(way, plan)
            value = np.where(there & (~exists | (own < value)), own, value)
            exists |= there
    return Asked(ways[0][0].packing.unpack(value), exists)


def _ways(network: Network, pair_of: Numbers) -> list[tuple[Network, Numbers]]:
    match method_of(network):
        case method if method == EVERY_DIVISION:
            return [(solved.network, solved.pair_of) for solved in solve_divisions(network)]
        case method if method == MILP:
            return [(fit_division(network, pair_of), pair_of)]
        case _:
            return [(network, pair_of)]


def _distances(network: Network, pair_of: Numbers, person: int) -> tuple[Worth, Flags]:
    """Return what a plan loses, packed, by giving up a place at each opening for one above the
    person, and where it can."""
    links = find_links(network, Face.whole(network), network.packed, pair_of).reversed()
    start = np.full(network.nodes, LEAST)
    start[network.top[person]] = 0
    gained = longest(links, start)[: network.tree.leaves]
    there = gained != LEAST
    return np.where(there, -gained, 0), there


def _packed(network: Network, pair_of: Numbers) -> int:
    return int(network.packed[pair_of[pair_of >= 0]].sum())
