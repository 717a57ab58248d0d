"""The corners of the change-budget curve's hull, and what they rule out between them.

A multiplier on every pair that is kept turns the budget into worth: the best plans by that worth
are corners, found on the trees alone. Of an edge between two corners the duals say, in whole
numbers, which pairs no plan of a budget can use that is as good as one that is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matcher.assign.best import follow, solve_stages
from matcher.assign.duals import peoples_duals
from matcher.assign.network import WORST, Network, Worth
from matcher.problem import Flags, Numbers

KEEP = "keep"


@dataclass(frozen=True)
class Corner:
    """A plan, how many people it moves, and what it is worth, place by place."""

    moved: int
    total: Worth
    pair_of: Numbers


@dataclass(frozen=True)
class Edge:
    """From a corner on `wide` moves bring `rise`: `wide` times the total of a plan that moves k
    people is at most `wide` times the corner's and (k - its moves) times `rise`, less the `slack`
    of each pair that the plan uses (tuples, compared lexicographically)."""

    start: Corner
    wide: int
    rise: Worth
    slack: Worth

    def leaves(self, budget: int, total: Worth) -> Flags:
        """Return which pairs a plan within a budget can use that has at least a total."""
        spare = self.wide * (self.start.total - total) + self.rise * (budget - self.start.moved)
        less, equal = np.zeros(len(self.slack), bool), np.ones(len(self.slack), bool)
        for own, most in zip(self.slack.T, spare.tolist(), strict=True):
            less |= equal & (own < most)
            equal &= own == most
        return less | equal


@dataclass(frozen=True)
class Hull:
    """The corners by their moves, and the edges between them."""

    corners: tuple[Corner, ...]
    edges: tuple[Edge, ...]

    def leaves(self, budget: int, total: Worth) -> Flags | None:
        """Return which pairs a plan within a budget can use that has at least a total, by the
        edge above the budget; None where there is none."""
        above = [edge for edge in self.edges if edge.start.moved < budget]
        return above[-1].leaves(budget, total) if above else None


def find_hull(
    network: Network,
    kept: Flags,
    people: int,
    most: int,
    ends: tuple[Numbers, Numbers],
) -> Hull:
    """Return the hull up to the edge above a budget; of plans that keep the trees, whatever stands
    outside them. None of it where `worst` is compared by: that is no sum.

    `ends` are the plans with the fewest moves and the best with as few as it takes, found anew
    where something stands outside the trees.
    """
    if WORST in network.names or not network.person.size:
        return Hull((), ())
    trees = replace(network.loose, divided=())
    if network.rows or network.starts or network.divided:
        at_ends = [keeping(trees, kept, at) for at in (0, len(network.names))]
        ends = (solve_stages(at_ends[0]).pair_of, solve_stages(at_ends[1]).pair_of)
    first, last = (_corner(trees, kept, people, plan) for plan in ends)
    edges = tuple(_edges(trees, kept, people, first, last, most))
    if last.moved < most:
        none = np.zeros_like(last.total)
        edges += (Edge(last, 1, none, _slack(trees, last.pair_of)),)
    return Hull((*(edge.start for edge in edges), last), edges)


def keeping(network: Network, kept: Flags, at: int) -> Network:
    """Return a network that is also compared by how many keep their pair, as its name `at`."""
    names = (*network.names[:at], KEEP, *network.names[at:])
    return replace(network, names=names, worth=np.insert(network.worth, at, kept, axis=1))


def _edges(
    network: Network, kept: Flags, people: int, start: Corner, end: Corner, most: int
) -> Iterator[Edge]:
    """Yield the edges between two corners that begin below a budget."""
    if start.moved >= min(end.moved, most):
        return
    wide, rise = end.moved - start.moved, end.total - start.total
    leaning = replace(network, worth=wide * network.worth + kept[:, None] * rise)
    pair_of = solve_stages(leaning).pair_of
    found = _corner(network, kept, people, pair_of)
    above = wide * (found.total - start.total) - rise * (found.moved - start.moved)
    if not above.any():
        yield Edge(start, wide, rise, _slack(leaning, pair_of))
        return
    yield from _edges(network, kept, people, start, found, most)
    yield from _edges(network, kept, people, found, end, most)


def _corner(network: Network, kept: Flags, people: int, pair_of: Numbers) -> Corner:
    used = pair_of[pair_of >= 0]
    moved = people - int(kept[used].sum())
    return Corner(moved, network.worth[used].sum(axis=0), pair_of)


def _slack(network: Network, pair_of: Numbers) -> Worth:
    """Return by how much the duals of a best plan cover each pair beyond its worth, a tuple."""
    parts = []
    for step in follow(network, pair_of):
        people = peoples_duals(network, step.worth, pair_of, step.duals)
        places = len(step.names)
        if places == 1:
            worth, own, duals = step.worth[:, None], people[:, None], step.duals[:, None]
        else:
            unpack = network.packing.unpack
            worth, own, duals = network.worth[:, :places], unpack(people), unpack(step.duals)
        parts.append(own[network.person] + duals[network.opening] - worth)
    slack: Worth = np.hstack(parts)
    return slack
