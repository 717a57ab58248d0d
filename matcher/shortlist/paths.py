"""The best way from each node of a plan's residual graph back to the source, kept up to date.

Nodes are the openings, the caps and, last, the source, which is the root as well. An arc says what
it gains, as a packed tuple, to fill a place at a node from the next; one that cannot be has
`NEVER` as its first word.
"""

from __future__ import annotations

import numpy as np

from matcher.problem import Numbers
from matcher.shortlist.words import NEVER, POSSIBLE, find_greatest, is_greater


class Ways:
    """`arcs` (words × nodes × nodes), `gain` the best way's gain from each node to the source, and
    `to` the next node on it (the source's is itself; -1: no way)."""

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
        broken = (self.arcs[:, self._all, self.to] != self._first).any(axis=0) & (self.to >= 0)
        while True:
            more = broken | (broken[self.to] & (self.to >= 0))
            if np.array_equal(more, broken):
                break
            broken = more
        rows = np.flatnonzero(broken)
        if rows.size:
            self.search(rows)

    def search(self, rows: Numbers) -> None:
        """Find the ways of these nodes: Bellman and Ford, longer ways round by round, only through
        nodes that have improved."""
        self.gain[:, rows] = 0
        self.gain[0, rows] = NEVER
        self.to[rows] = -1
        arcs = self.arcs[:, rows]
        heads, found = self._all, arcs + self.gain[:, None]
        while heads.size:
            at = find_greatest(found)
            best = found[:, np.arange(rows.size), at]
            better = (best[0] > POSSIBLE) & is_greater(best, self.gain[:, rows])
            improved = rows[better]
            self.gain[:, improved] = best[:, better]
            self.to[improved] = heads[at[better]]
            heads, found = improved, arcs[:, :, improved] + self.gain[:, None, improved]
        found_to = self.to[rows]
        self._first[:, rows] = self.arcs[:, rows, found_to]

    def path(self, node: int) -> list[int]:
        """Return the nodes of the best way from a node to the source, both included."""
        nodes = [node]
        while nodes[-1] != self.to.size - 1:
            nodes.append(int(self.to[nodes[-1]]))
        return nodes
