"""What one component is solved as: a whole matrix, or its cells alone where that is too large.

Rows are people and blockers, columns are seats, then one column of each row that may stay out.
Where every seat must be covered a whole matrix is made square by vacancies and fillers. Cells are
doubled instead: each row gets a mirrored column, each seat a mirrored row. Who has no seat takes
the own mirror, an empty seat is taken by its own, and the rest of the mirrors repeat the plan: so
each full matching is one plan, each plan one of them, and the cells are twice as many at most.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_array
from scipy.sparse.csgraph import min_weight_full_bipartite_matching

from matcher.assign.improve import Impossible
from matcher.problem import Flags, Numbers

MOST_CELLS = 1 << 23  # of a whole matrix: 64 MiB


@dataclass(frozen=True)
class Form:
    """A component before it is laid out: the cells at `rows` and `columns` of pairs, which rows
    (people, then blockers) may stay out, which seats a blocker shuts (`blocked`: blockers by
    seats), and which seats may stay empty (None: all, and none must be covered)."""

    rows: Numbers
    columns: Numbers
    stays: Flags
    blocked: Flags
    idle: Flags | None

    @property
    def people(self) -> int:
        """How many rows are people's."""
        return self.stays.size - len(self.blocked)

    @property
    def seats(self) -> int:
        """How many columns are seats."""
        seats: int = self.blocked.shape[1]
        return seats

    def lay_out(self) -> Matrix | Cells:
        """Return the component as a whole matrix where it is small enough, as cells otherwise."""
        if self.stays.size * (self.seats + self.people) <= MOST_CELLS:
            return self._matrix()
        return self._cells()

    def _matrix(self) -> Matrix:
        rows, people, seats = self.stays.size, self.people, self.seats
        cost = np.full((rows, seats + people), np.inf)
        free = np.flatnonzero(self.stays)
        cost[free, seats + free] = 0
        cost[people:, :seats][self.blocked] = 0
        if self.idle is not None:
            cost = self._squared(cost, np.flatnonzero(self.idle))
        return Matrix(cost, self.rows, self.columns)

    def _squared(self, cost: NDArray[np.float64], idle: Numbers) -> NDArray[np.float64]:
        """Return the matrix made square, so that every seat is covered."""
        rows, columns = cost.shape
        vacancies = np.full((idle.size, columns + idle.size), np.inf)
        vacancies[np.arange(idle.size), idle] = 0
        vacancies[np.arange(idle.size), columns + np.arange(idle.size)] = 0
        cost = np.hstack([cost, np.full((rows, idle.size), np.inf)])
        fillers = np.full((columns - rows, columns + idle.size), np.inf)
        fillers[:, self.seats :] = 0
        return np.vstack([cost, vacancies, fillers])

    def _cells(self) -> Cells:
        rows, seats = self.stays.size, self.seats
        free = np.flatnonzero(self.stays)
        blocker, shut = np.nonzero(self.blocked)
        to_seats = (
            np.concatenate([self.rows, self.people + blocker]),
            np.concatenate([self.columns, shut]),
        )
        down, across = [to_seats[0], free], [to_seats[1], seats + free]
        size = (rows, seats + rows)
        if self.idle is not None:
            empty = np.flatnonzero(self.idle)
            down += [rows + empty, rows + to_seats[1]]
            across += [empty, seats + to_seats[0]]
            size = (rows + seats, seats + rows)
        return Cells(_joined(down), _joined(across), self.rows.size, size)


@dataclass(frozen=True)
class Matrix:
    """A whole matrix, made once: all of `cost` stands (`inf`: forbidden) but the cells of pairs,
    at `rows` and `columns`, which are written anew each time."""

    cost: NDArray[np.float64]
    rows: Numbers
    columns: Numbers

    def greatest(self, worth: Numbers) -> int:
        """Return what no sum of cells exceeds, whatever is chosen, of pairs worth so much."""
        return len(self.cost) * int(np.abs(worth).max(initial=0))

    def choose(self, gain: NDArray[np.float64]) -> tuple[Numbers, Numbers]:
        """Return the rows and columns of the assignment with the greatest sum of `gain` (by cell
        of a pair; -inf: not allowed); `Impossible` where there is none."""
        self.cost[self.rows, self.columns] = -gain
        try:
            return linear_sum_assignment(self.cost)
        except ValueError as fault:
            raise Impossible from fault


@dataclass(frozen=True)
class Cells:
    """The cells alone of a matrix: those of `pairs`, as many as that, then those worth nothing."""

    rows: Numbers
    columns: Numbers
    pairs: int
    shape: tuple[int, int]

    def greatest(self, worth: Numbers) -> int:
        """As of `Matrix`; cells are shifted to be above 0."""
        span = int(worth.max(initial=0)) - int(worth.min(initial=0))
        return self.shape[0] * (span + 1)

    def choose(self, gain: NDArray[np.float64]) -> tuple[Numbers, Numbers]:
        """As `Matrix.choose`."""
        cost = np.zeros(self.rows.size)
        np.negative(gain, out=cost[: self.pairs])
        rows, columns, allowed = self.rows, self.columns, np.isfinite(cost)
        if not allowed.all():
            rows, columns, cost = rows[allowed], columns[allowed], cost[allowed]
        cost -= cost.min(initial=0) - 1  # a cell of 0 would be no cell
        try:
            return min_weight_full_bipartite_matching(
                csr_array((cost, (rows, columns)), shape=self.shape)
            )
        except ValueError as fault:
            raise Impossible from fault


def _joined(ends: list[Numbers]) -> Numbers:
    return np.concatenate([end.astype(np.int32) for end in ends])
