"""The residual graph of a plan as a matrix over nodes, kept up to date move by move.

Chains of moves are short and change the plan at a few nodes only: their rows are made again.
Weights are whole numbers below 2⁶⁰ in size.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matcher.assign.arcs import tree_arcs
from matcher.assign.network import Face, Network, Worth
from matcher.problem import Numbers

NONE, REACHED = -(2**62), -(2**61)


class Residual:
    """A plan, `pair_of`, that is changed chain by chain; `loads` is what its nodes hold.

    `moves` is, from node to node, the most that somebody's move adds to the plan's worth (`NONE`:
    nobody can), `mover` who: the pair they move to, or -1 less the person who leaves for no seat.
    """

    def __init__(self, network: Network, face: Face, worth: Worth, pair_of: Numbers) -> None:
        self.network, self.face, self.worth = network, face, worth
        self.pair_of = pair_of.copy()
        self.loads = network.loads(pair_of)
        self.at = np.where(pair_of >= 0, network.opening[pair_of], network.top)
        self.pairs = np.flatnonzero(face.pairs)
        size = network.nodes
        self.moves = np.full((size, size), NONE)
        self.mover = np.zeros((size, size), np.int64)
        for node in np.unique(self.at).tolist():
            self._make_row(node)

    def change_load(self, node: int, more: bool) -> bool:
        """Make the load of a node one more or one less by the best chain of moves; False where
        there is none.

        Other nodes keep their floors and ceilings, those that do not are changed no further away.
        """
        above = int(self.network.above[node])
        downwards = more == (node < self.network.tree.root)
        start, end = (above, node) if downwards else (node, above)
        floor = np.minimum(self.face.floor, self.loads)
        ceiling = np.maximum(self.face.ceiling, self.loads)
        tails, heads = tree_arcs(self.network, floor, ceiling, self.loads)
        own = np.isin(tails, (start, end)) & np.isin(heads, (start, end))
        tails, heads = tails[~own], heads[~own]
        arcs = self.moves.copy()
        arcs[tails, heads] = np.maximum(arcs[tails, heads], 0)
        path = _longest_path(arcs, start, end)
        for tail, head in pairwise(path):
            if arcs[tail, head] == self.moves[tail, head]:
                self._move(int(self.mover[tail, head]))
        for touched in path:
            self._make_row(touched)
        self.loads = self.network.loads(self.pair_of)
        return bool(path)

    def _move(self, mover: int) -> None:
        network = self.network
        if mover >= 0:
            person = network.person[mover]
            self.pair_of[person], self.at[person] = mover, network.opening[mover]
        else:
            person = -1 - mover
            self.pair_of[person], self.at[person] = -1, network.top[person]

    def _make_row(self, node: int) -> None:
        """Find the best move from a node to each other."""
        network = self.network
        self.moves[node] = NONE
        pairs = self.pairs[self.at[network.person[self.pairs]] == node]
        mine = self.pair_of[network.person[pairs]]
        held = np.where(mine >= 0, self.worth[mine], 0) if self.worth.size else mine
        self._offer(node, network.opening[pairs], self.worth[pairs] - held, pairs)
        people = np.flatnonzero((self.at == node) & (self.pair_of >= 0) & ~self.face.must_sit)
        self._offer(node, network.top[people], -self.worth[self.pair_of[people]], -1 - people)
        self.moves[node, node] = NONE

    def _offer(self, node: int, heads: Numbers, weight: Worth, mover: Numbers) -> None:
        order = np.argsort(weight, kind="stable")
        heads, weight, mover = heads[order], weight[order], mover[order]
        self.moves[node, heads] = weight
        self.mover[node, heads] = mover


def _longest_path(arcs: Worth, start: int, end: int) -> list[int]:
    """Return the nodes of a longest path, of the longest one with the fewest arcs; none where the
    end is not reached. AssertionError where a cycle improves the plan."""
    distance = np.full(len(arcs), NONE)
    distance[start] = 0
    risen = np.array([start])
    for _ in range(len(arcs) + 1):
        through = (distance[risen, None] + arcs[risen]).max(axis=0)
        risen = np.flatnonzero((through > distance) & (through > REACHED))
        if not risen.size:
            break
        distance[risen] = through[risen]
    else:
        raise AssertionError("the plan is not the best one")
    if distance[end] <= REACHED:
        return []
    return _fewest_arcs((distance[:, None] + arcs == distance) & (arcs > REACHED), start, end)


def _fewest_arcs(tight: NDArray[np.bool_], start: int, end: int) -> list[int]:
    before = np.full(len(tight), -1)
    before[start] = start
    front = np.array([start])
    while before[end] < 0:
        reached = np.flatnonzero(tight[front].any(axis=0) & (before < 0))
        before[reached] = front[np.argmax(tight[np.ix_(front, reached)], axis=0)]
        front = reached
    path = [end]
    while path[-1] != start:
        path.append(int(before[path[-1]]))
    return path[::-1]
