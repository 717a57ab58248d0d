"""A network as rows over its pairs: what the solver keeps, and what its answers are checked by."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csc_array, vstack

from matcher.assign.network import Network, Tree, Worth
from matcher.problem import Flags, Numbers

Floats = NDArray[np.float64]
Duals = TypeVar("Duals", Worth, Floats)

NONE = 2**62


@dataclass(frozen=True)
class Form:
    """Each row's sum over the pairs used lies between its `least` and `most` (±`NONE`: free).

    The rows are the nodes of the people's tree (first the people), the nodes of the openings'
    tree, both without root, the divided sets, the network's rows, and then what was `more`: numbers
    by pair. `live` are the pairs that may still be used. What weighs 1 in a row is told by end:
    `of_people` (rows by people) and `of_openings` (rows by openings).
    """

    network: Network
    of_people: csc_array
    of_openings: csc_array
    least: Worth
    most: Worth
    live: Flags
    more: tuple[Worth, ...] = ()

    @property
    def size(self) -> int:
        """How many rows there are."""
        return self.least.size

    @property
    def nodes(self) -> int:
        """The row of the first opening."""
        return self.network.groups.root

    @property
    def divided(self) -> int:
        """The row of the first divided set."""
        return self.nodes + self.network.tree.root

    @property
    def rows(self) -> int:
        """The first of the network's rows."""
        return self.divided + len(self.network.divided)

    @property
    def added(self) -> int:
        """The first of the added rows."""
        return self.rows + len(self.network.rows)

    @property
    def weights(self) -> Iterator[Worth]:
        """The weights of the rows behind those of trees and divided sets, by pair."""
        yield from (row.weight for row in self.network.rows)
        yield from self.more

    def with_least(self, worth: Worth, least: int) -> Form:
        """Return the form that also holds the sum of `worth` at `least` or more."""
        return replace(
            self,
            more=(*self.more, worth),
            least=np.append(self.least, least),
            most=np.append(self.most, NONE),
        )

    def over(self, duals: Duals) -> Duals:
        """Return by pair the sum of its weights times the duals of the rows, in whole numbers where
        these are."""
        found: Duals = (self.of_people.T @ duals[: self.nodes])[self.network.person]
        found += (self.of_openings.T @ duals[self.nodes : self.rows])[self.network.opening]
        for dual, weight in zip(duals[self.rows :].tolist(), self.weights, strict=True):
            if dual:
                found += dual * weight
        return found

    def reach(self, duals: Floats) -> float:
        """Return the most that `over` can come to at any pair, whatever the signs."""
        sizes = np.abs(duals)
        found = (self.of_people.T @ sizes[: self.nodes])[self.network.person]
        found += (self.of_openings.T @ sizes[self.nodes : self.rows])[self.network.opening]
        for size, weight in zip(sizes[self.rows :].tolist(), self.weights, strict=True):
            found += size * np.abs(weight)
        return float(found.max(initial=0))

    def columns(self, pairs: Numbers) -> csc_array:
        """Return the weights of some pairs, rows by pairs."""
        network = self.network
        ends = [
            self.of_people[:, network.person[pairs]],
            self.of_openings[:, network.opening[pairs]],
        ]
        return csc_array(vstack([*ends, *(csc_array(own[None, pairs]) for own in self.weights)]))

    def sums(self, chosen: Flags) -> Worth:
        """Return the sum of each row over the pairs chosen."""
        network, used = self.network, np.flatnonzero(chosen)
        people = np.bincount(network.person[used], minlength=network.people.size)
        openings = np.bincount(network.opening[used], minlength=network.tree.leaves)
        others = np.array([weight[used].sum() for weight in self.weights], np.int64)
        return np.concatenate([self.of_people @ people, self.of_openings @ openings, others])

    @property
    def loose(self) -> Form:
        """The form with the network's rows left open."""
        most = self.most.copy()
        most[self.rows : self.added] = NONE
        return replace(self, most=most)

    def without(self, pairs: Flags) -> Form:
        """Return the form without some pairs."""
        return replace(self, live=self.live & ~pairs)

    def keeps(self, chosen: Flags) -> bool:
        """Whether the pairs chosen are a plan that keeps every row and every start."""
        if (chosen & ~self.live).any():
            return False
        sums = self.sums(chosen)
        if ((sums > self.most) | (sums < self.least)).any():
            return False
        starts = self.network.starts
        loads = [(int(sums[self.nodes + start.opening]), start.least) for start in starts]
        return all(not load or load >= least for load, least in loads)


def form_of(network: Network) -> Form:
    """Return the rows of a network."""
    groups, tree = network.groups, network.tree
    nodes = _loads(tree)
    parts = [csc_array(nodes[list(each.parts)].sum(axis=0)[None, :]) for each in network.divided]
    held = np.concatenate([groups.floor[:-1], tree.floor[:-1]])
    ceilings = [each.ceiling for each in network.divided] + [row.most for row in network.rows]
    return Form(
        network,
        _loads(groups),
        csc_array(vstack([nodes, *parts])),
        np.append(np.where(held > 0, held, -NONE), np.full(len(ceilings), -NONE)),
        np.concatenate([groups.ceiling[:-1], tree.ceiling[:-1], np.array(ceilings, np.int64)]),
        np.ones(network.person.size, bool),
    )


def _loads(tree: Tree) -> csc_array:
    """Return which leaves each node but the root holds."""
    paths = [tree.above(leaf) for leaf in range(tree.leaves)]
    node = np.array([node for path in paths for node in path], np.int64)
    leaf = np.repeat(np.arange(tree.leaves), [len(path) for path in paths])
    shape = (tree.root, tree.leaves)
    return csc_array(coo_array((np.ones(node.size, np.int64), (node, leaf)), shape=shape))


def chosen_of(network: Network, pair_of: Numbers) -> Flags:
    """Return which pairs a plan uses."""
    chosen = np.zeros(network.person.size, bool)
    chosen[pair_of[pair_of >= 0]] = True
    return chosen


def plan_of(network: Network, chosen: Flags) -> Numbers:
    """Return each person's pair (-1: unplaced) of the pairs chosen."""
    pair_of = np.full(network.people.size, -1, np.int64)
    pair_of[network.person[chosen]] = np.flatnonzero(chosen)
    return pair_of
