"""The best plan of a tree at other scores, quickly: what does not depend on them is made once.

A plan near the best one comes from `linear_sum_assignment`, in floats that hold part of the
lottery, or is a plan that was best at other scores. It is then made better in whole numbers, by
the objective, then by the lottery, until nothing improves it: that is the proof, and the plan the
one that `match` finds.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from math import prod

import numpy as np
from numpy.typing import NDArray

from matcher.assign.arcs import LEAST, STAYS, dual_arcs
from matcher.assign.best import ROUNDS, suffix_of
from matcher.assign.duals import narrow, tied_pairs
from matcher.assign.improve import improve
from matcher.assign.network import WORST, Face, Network, Packing, Worth
from matcher.assign.solve import Block, lay_out, solve_face
from matcher.lottery import TICKET_BYTES
from matcher.problem import Flags, Numbers
from matcher.settings.parts import MOST_OWN

Draw = Callable[[str], Worth]
WIDE = 2 ** (8 * TICKET_BYTES)
SWEEPS = 24
MOST_NODES = 1024  # so many tickets of 40 bits, each counted so often, are below 2⁶³


@dataclass(frozen=True, eq=False)
class Tree:
    """A network on trees with every pair that no rule refuses, whatever its score, and the tickets
    of all its pairs in a round of the lottery, by the suffix of its seed."""

    network: Network
    unplaced_worth: int
    draw: Draw

    @cached_property
    def packing(self) -> Packing | None:
        """How tuples become single numbers at any weights, None where 60 bits are too few."""
        network = self.network
        largest = np.abs(network.worth).max(axis=0, initial=1)
        if "score" in network.names:
            largest[network.names.index("score")] = MOST_OWN + self.unplaced_worth
        for terms in (max(network.nodes, network.people.size), network.nodes):
            packing = Packing.of(largest, 4 * (terms + 2))
            if packing.fits:
                return packing
        return None

    @property
    def quick(self) -> bool:
        """Whether plans can be found here: on one tree a side, all names packed."""
        network = self.network
        outside = network.divided or network.rows or network.starts or WORST in network.names
        return not outside and self.packing is not None

    def worth(self, score: Worth) -> Worth:
        """Return the pairs' worth at scores, packed."""
        assert self.packing is not None
        if "score" not in self.network.names:
            return self._fixed
        at = self.network.names.index("score")
        unit = prod(self.packing.radix[at + 1 :])
        worth: Worth = self._fixed + unit * (score - self.unplaced_worth)
        return worth

    @cached_property
    def _fixed(self) -> Worth:
        """The packed worth without the score."""
        assert self.packing is not None
        columns = self.network.worth.copy()
        if "score" in self.network.names:
            columns[:, self.network.names.index("score")] = 0
        return self.packing.pack(columns)

    def best(self, score: Worth, allowed: Flags, near: Numbers | None = None) -> Numbers:
        """Return each person's pair (-1: unplaced) in the best plan of the allowed pairs at scores,
        the lottery included, looked for from a plan `near` it if one is known.

        `Impossible` where no plan keeps every floor, OverflowError where floats are too few.
        """
        worth = self.worth(score)
        whole = Face.whole(self.network)
        face = replace(whole, pairs=whole.pairs & allowed)
        if near is not None and face.allows(near):
            return self._settle(face, worth, near)
        pair_of = self._assign(face, worth)
        if Standing(self, pair_of).is_best(worth, allowed):
            return pair_of
        return self._settle(face, worth, pair_of)

    def _settle(self, face: Face, worth: Worth, pair_of: Numbers) -> Numbers:
        """Return the best plan of a face, the lottery included, from one of its plans."""
        network = self.network
        for draws in range(ROUNDS):
            pair_of, duals = improve(network, face, worth, pair_of)
            face = narrow(network, face, worth, pair_of, duals)
            if draws and not tied_pairs(network, face, pair_of)[0].any():
                return pair_of
            worth = self.draw(suffix_of(draws + 1))
        raise AssertionError("the lottery did not decide")

    @cached_property
    def _chance(self) -> NDArray[np.float64]:
        """The tickets, so small that all of a plan together are less than one point of worth."""
        small = WIDE * 2.0 * max(1, self.network.people.size)
        chance: NDArray[np.float64] = self.draw("") / small
        return chance

    @cached_property
    def _blocks(self) -> tuple[Block, ...]:
        return tuple(lay_out(self.network, Face.whole(self.network)))

    def _assign(self, face: Face, worth: Worth) -> Numbers:
        """Return a plan of the face that is a best one or near it."""
        network = self.network
        gain = np.where(face.pairs, worth + self._chance, -np.inf)
        pair_of = np.full(network.people.size, -1, np.int64)
        if not face.must_sit.any():
            for block in self._blocks:
                block.choose(network, gain, pair_of)
            if face.holds(network.loads(pair_of)):
                return pair_of
        return solve_face(network, face, worth)


class Standing:
    """A plan of a tree, and by what moves it could be changed: made once, asked at many scores
    whether it still is the best one."""

    def __init__(self, tree: Tree, pair_of: Numbers) -> None:
        network = tree.network
        self.tree, self.pair_of = tree, pair_of
        whole = Face.whole(network)
        arcs = dual_arcs(network, whole, np.zeros(network.person.size, np.int64), pair_of)
        self.tail, self.head = arcs.tail, arcs.head
        self.heads, self.starts = np.unique(arcs.head, return_index=True)
        moves = arcs.pair != STAYS
        self.to = np.where(arcs.pair >= 0, arcs.pair, -1)
        self.mine = np.append(pair_of, -1)[np.where(moves, arcs.person, -1)]
        self.labels = np.zeros(network.nodes, np.int64)
        self.strict = self._gains(tree.draw("")) * (network.nodes + 1) + moves

    def is_best(self, worth: Worth, allowed: Flags) -> bool:
        """Return whether the plan is seen at once to be the only best one of the allowed pairs, the
        lottery included; False also where more would have to be looked at.

        A cycle of moves that changes the plan and loses nothing runs along arcs of slack 0. Of
        tickets it would have to lose; each of its moves counts a little besides, all together less
        than the smallest loss.
        """
        if (
            self.tree.network.nodes > MOST_NODES
            or not allowed[self.pair_of[self.pair_of >= 0]].all()
        ):
            return False
        gains = self._gains(worth)
        gains[~np.append(allowed, True)[self.to]] = LEAST // 4
        labels = self._labels(gains, self.labels)
        if labels is None:
            return False
        self.labels = labels - labels.min()
        tight = labels[self.head] == labels[self.tail] + gains
        strict = np.where(tight, self.strict, LEAST // 4)
        return self._labels(strict, np.zeros_like(labels)) is not None

    def _gains(self, worth: Worth) -> Worth:
        """Return what each arc's move adds."""
        with_none = np.append(worth, 0)
        gains: Worth = with_none[self.to] - with_none[self.mine]
        return gains

    def _labels(self, gains: Worth, start: Worth) -> Worth | None:
        """Return labels that no arc raises, None where that takes many sweeps or does not end."""
        if not self.heads.size:
            return start
        labels = start.copy()
        for _ in range(SWEEPS):
            best = np.maximum.reduceat(labels[self.tail] + gains, self.starts)
            risen = best > labels[self.heads]
            if not risen.any():
                return labels
            labels[self.heads[risen]] = best[risen]
        return None
