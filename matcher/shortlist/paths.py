"""The best way from the source to each node of a plan's residual graph, kept up to date.

Nodes are the openings, the caps and, last, the source, which is the root as well. An arc says what
it gains, as a packed tuple, to hand one place on from a node to another; one that cannot be has
`NEVER` as its first word.
"""

from __future__ import annotations

import numpy as np

from matcher.problem import Numbers
from matcher.shortlist.words import NEVER, POSSIBLE, find_greatest, is_greater

LEAST, SHARE = 16, 8
"""A round of a search goes through this many nodes, and one more of so many that wait."""


class Ways:
    """`arcs` (words × from nodes × to nodes), `gain` what the best way from the source to each node
    gains, and `to` the node before on it (the source's is itself; -1: no way)."""

    def __init__(self, words: int, nodes: int) -> None:
        self.arcs = np.zeros((words, nodes, nodes), np.int64)
        self.arcs[0] = NEVER
        self.gain = np.zeros((words, nodes), np.int64)
        self.to = np.full(nodes, nodes - 1, np.int64)
        self._first = np.zeros((words, nodes), np.int64)
        self._all = np.arange(nodes)
        self.arcs[0, -1, -1] = 0

    def mend(self) -> None:
        """Find the best ways anew, after the plan was changed along best paths.

        No node's best way becomes better by that (the arcs that are new run against the paths,
        whose reduced gain is 0), so a way all of whose arcs stand is still a best one. The
        others' nodes are found anew, from those that stand.
        """
        broken = (self.arcs[:, self.to, self._all] != self._first).any(axis=0) & (self.to >= 0)
        while True:
            more = broken | (broken[self.to] & (self.to >= 0))
            if np.array_equal(more, broken):
                break
            broken = more
        rows = np.flatnonzero(broken)
        if rows.size:
            self.search(rows)

    def search(self, rows: Numbers) -> None:
        """Find the ways of these nodes from those of the others: Bellman and Ford, first through
        the nodes that lose the least against before, as few of them are bettered again."""
        before = self.gain[:, rows]
        self.gain[0, rows] = NEVER
        self.gain[1:, rows] = 0
        self.to[rows] = -1
        waiting = np.zeros(rows.size, bool)
        heads: Numbers = np.flatnonzero(self.to >= 0)
        while True:
            found = np.empty((len(self.arcs), rows.size, heads.size), np.int64)
            for at, word in enumerate(self.arcs):
                found[at] = word[np.ix_(heads, rows)].T
            found += self.gain[:, None, heads]
            own = find_greatest(found)
            best = found[:, np.arange(rows.size), own]
            better = (best[0] > POSSIBLE) & is_greater(best, self.gain[:, rows])
            improved = rows[better]
            self.gain[:, improved] = best[:, better]
            self.to[improved] = heads[own[better]]
            waiting |= better
            if not waiting.any():
                break
            ready = np.flatnonzero(waiting)
            loss = (before - self.gain[:, rows])[:, ready]
            ready = ready[np.lexsort(loss[::-1])[: LEAST + ready.size // SHARE]]
            waiting[ready] = False
            heads = rows[ready]
        found_to = self.to[rows]
        self._first[:, rows] = self.arcs[:, found_to, rows]

    def path(self, node: int) -> list[int]:
        """Return the nodes of the best way to a node back to the source, both included."""
        nodes = [node]
        while nodes[-1] != self.to.size - 1:
            nodes.append(int(self.to[nodes[-1]]))
        return nodes
