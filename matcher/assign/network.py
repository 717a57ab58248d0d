"""What the solver sees: people, a tree of seats and caps, and what each pair is worth.

Nodes 0..m-1 are the openings, then come the caps, and the last node is the root. A node's ceiling
is the most people its subtree may hold; the root has none. What a pair is worth is a tuple of
whole numbers, one place per name of the objective; tuples add place by place and compare
lexicographically.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from matcher.assign.packing import Packing, Worth
from matcher.problem import Flags, Numbers

__all__ = ["WORST", "Divided", "Face", "Network", "Packing", "Row", "Start", "Tree", "Worth"]

WORST = "worst"


@dataclass(frozen=True)
class Tree:
    """`parent` of each node (the root's is itself), and of each node but the root the `ceiling`,
    the most people its subtree may hold, and the `floor`, the fewest it must.

    The first nodes are the leaves, the last is the root. A parent stands behind its children, so
    going through the nodes in order goes upwards.
    """

    leaves: int
    parent: Numbers
    ceiling: Numbers
    floor: Numbers

    @staticmethod
    def without_floors(leaves: int, parent: Numbers, ceiling: Numbers) -> Tree:
        """Return the tree whose nodes may stay empty."""
        return Tree(leaves, parent, ceiling, np.zeros_like(ceiling))

    @staticmethod
    def plain(ceiling: Numbers) -> Tree:
        """Return the tree of leaves alone, with their ceilings."""
        parent = np.full(ceiling.size + 1, ceiling.size, np.int64)
        return Tree.without_floors(ceiling.size, parent, np.append(ceiling, 0).astype(np.int64))

    @property
    def root(self) -> int:
        """The last node."""
        return self.parent.size - 1

    def loads(self, seated: Numbers) -> Numbers:
        """Return how many people each node holds, from those of each leaf."""
        loads = np.zeros(self.parent.size, np.int64)
        loads[: self.leaves] = seated
        np.add.at(loads, self.parent[: self.leaves], seated)
        for node in range(self.leaves, self.root):
            loads[self.parent[node]] += loads[node]
        return loads

    def above(self, node: int) -> list[int]:
        """Return the node and all above it, the root left out."""
        path = []
        while node != self.root:
            path.append(node)
            node = int(self.parent[node])
        return path


@dataclass(frozen=True)
class Divided:
    """A ceiling over the loads of several nodes together: the parts of a set that crosses others,
    which no one node of the tree can hold."""

    parts: tuple[int, ...]
    ceiling: int


@dataclass(frozen=True)
class Row:
    """A limit that no tree holds, over the pairs of a network: the sum of `weight` (one whole
    number a pair) over the pairs used is at most `most`."""

    key: str
    weight: Worth
    most: int


@dataclass(frozen=True)
class Start:
    """An opening that goes ahead only with at least `least` people: it holds none or so many."""

    opening: int
    least: int


@dataclass(frozen=True)
class Network:
    """`person` and `opening` are the two ends of each allowed pair, sorted by both; they
    and `row` are int32 where they come from a screening.

    `row` is the pair's place in the screening, `people` the candidate of each person, `worth` one
    column per place of the objective, `names` the places' names. Where sets are `divided`, the
    tree alone does not keep their ceilings: each `division` of them is a network without.

    `groups` is the tree on the people's side: its leaves are the people (ceiling 1), its other
    nodes the limits on sets of them; the two trees have one root. `rows` and `starts` are what no
    tree holds. Of the name `worst` the column holds the score of the pair (see `stages`).
    `closed` pairs are not used and `bound` people have a seat in every plan (None: none).
    """

    people: Numbers
    tree: Tree
    person: Numbers
    opening: Numbers
    row: Numbers
    names: tuple[str, ...]
    worth: Worth
    divided: tuple[Divided, ...] = ()
    division: bool = False
    groups: Tree = field(kw_only=True)
    rows: tuple[Row, ...] = ()
    starts: tuple[Start, ...] = ()
    closed: Flags | None = None
    bound: Flags | None = None

    @property
    def loose(self) -> Network:
        """The network without what no tree holds."""
        return self.bound_by(rows=(), starts=())

    def bound_by(self, **bounds: Any) -> Network:
        """Return the same pairs under other trees, sets, rows, starts, `closed` pairs or `bound`
        people, named as the fields are. What is packed stays so where it would be packed alike."""
        other = replace(self, **bounds)
        if "packed" in vars(self) and self.packing.fits and self.packing.terms == other.terms:
            vars(other).update(packing=self.packing, packed=self.packed)
        return other

    @property
    def led(self) -> int:
        """How many names come before `worst` (all, where it is not named): the places that are
        packed, of which values and losses are numbers."""
        return self.names.index(WORST) if WORST in self.names else len(self.names)

    @property
    def nodes(self) -> int:
        """How many nodes plans are compared over: those of the tree, the root last, then the
        groups of the people's tree that are neither a person nor the root."""
        return self.tree.parent.size + self.groups.root - self.groups.leaves

    @cached_property
    def above(self) -> Numbers:
        """The node above each node (the root's is itself)."""
        return np.concatenate([self.tree.parent, self._common(self.groups.parent)[self._inner]])

    @cached_property
    def top(self) -> Numbers:
        """The node above each person: their lowest group, or the root."""
        return self._common(self.groups.parent)[: self.groups.leaves]

    @property
    def _inner(self) -> slice:
        return slice(self.groups.leaves, self.groups.root)

    def _common(self, nodes: Numbers) -> Numbers:
        """Return nodes of the people's tree, persons left out, by their numbers among all."""
        shifted = self.tree.parent.size + nodes - self.groups.leaves
        return np.where(nodes == self.groups.root, self.tree.root, shifted)

    @cached_property
    def bounds(self) -> tuple[Numbers, Numbers]:
        """The floors and the ceilings of the nodes, the root's left open."""
        inner, most = self._inner, np.iinfo(np.int64).max
        floor = np.concatenate([self.tree.floor, self.groups.floor[inner]]).astype(np.int64)
        ceiling = np.concatenate([self.tree.ceiling, self.groups.ceiling[inner]]).astype(np.int64)
        floor[self.tree.root], ceiling[self.tree.root] = 0, most
        return floor, ceiling

    def loads(self, pair_of: Numbers) -> Numbers:
        """Return how many people of a plan each node holds."""
        placed = pair_of >= 0
        seated = np.bincount(self.opening[pair_of[placed]], minlength=self.tree.leaves)
        return np.concatenate(
            [self.tree.loads(seated), self.groups.loads(placed.astype(np.int64))[self._inner]]
        )

    @cached_property
    def packing(self) -> Packing:
        """How tuples of this network become single numbers.

        Where that takes more than 60 bits, and no two divisions are compared, there is room for
        paths alone, not for whole plans: a path takes two pairs a node at most, and what is read
        off a plan is a difference of two.
        """
        led = self.worth[:, : self.led]
        largest = np.maximum(led.max(axis=0, initial=1), -led.min(axis=0, initial=0))
        whole = Packing.of(largest, self.terms)
        if whole.fits or self.divided or self.division:
            return whole
        return Packing.of(largest, 4 * (self.nodes + 2))

    @property
    def terms(self) -> int:
        """How many terms the sums of whole plans and of paths have at most."""
        return 4 * (max(self.nodes, self.people.size) + 2)

    @cached_property
    def packed(self) -> Worth:
        """The worth of each pair as one number (`worst` and what follows it left out); it adds
        and compares as the tuple does."""
        return self.packing.pack(self.worth[:, : self.led])


@dataclass(frozen=True)
class Face:
    """The set of best plans so far: pairs still allowed, people who must sit, and by node of the
    network (`Network.nodes`) the fewest and the most people it holds in all of them."""

    pairs: Flags
    must_sit: Flags
    floor: Numbers
    ceiling: Numbers

    @staticmethod
    def whole(network: Network) -> Face:
        """Return the face of all plans."""
        floor, ceiling = network.bounds
        leaves = slice(network.groups.leaves)
        pairs = (network.groups.ceiling[leaves] > 0)[network.person]
        sits = network.groups.floor[leaves] > 0
        if network.closed is not None:
            pairs &= ~network.closed
        if network.bound is not None:
            sits = sits | network.bound
        return Face(pairs, sits, floor, ceiling)

    def same(self, other: Face) -> bool:
        """Whether it is described as another."""
        parts = ((one.pairs, one.must_sit, one.floor, one.ceiling) for one in (self, other))
        return all(np.array_equal(mine, its) for mine, its in zip(*parts, strict=True))

    def holds(self, loads: Numbers) -> bool:
        """Whether a plan with so many people at the nodes keeps the floors and ceilings."""
        return bool(((self.floor <= loads) & (loads <= self.ceiling)).all())

    def allows(self, pair_of: Numbers) -> bool:
        """Whether a plan uses allowed pairs alone and gives a seat to all who must sit."""
        placed = pair_of >= 0
        return bool(self.pairs[pair_of[placed]].all() and (placed | ~self.must_sit).all())
