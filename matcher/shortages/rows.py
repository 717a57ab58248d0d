"""Rows of whole numbers over columns, as they are written for `milp`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint
from scipy.sparse import coo_array, csr_array, vstack

from matcher.problem import Numbers


class Rows:
    """Rows of whole numbers over columns, with the least and the most of each."""

    def __init__(self, columns: int) -> None:
        self.columns = columns
        self.parts: list[tuple[Numbers, NDArray[np.int64]]] = []
        self.bounds: list[tuple[float, float]] = []

    def copy(self) -> Rows:
        """Return rows that may be added to apart from these."""
        other = Rows(self.columns)
        other.parts, other.bounds = list(self.parts), list(self.bounds)
        return other

    def add(
        self,
        columns: Numbers,
        factor: int | NDArray[np.int64],
        more: dict[int, int] | None = None,
        *,
        least: int | None = None,
        most: int | None = None,
    ) -> None:
        """Add the row: the sum of `factor` × `columns` and of `more` (factors by column)."""
        more = more or {}
        factors = np.broadcast_to(np.asarray(factor, np.int64), columns.shape)
        self.parts.append(
            (
                np.concatenate([columns, np.array(list(more), np.int64)]),
                np.concatenate([factors, np.array(list(more.values()), np.int64)]),
            )
        )
        self.bounds.append((-np.inf if least is None else least, np.inf if most is None else most))

    def constraint(self) -> LinearConstraint:
        """Return the rows as scipy takes them."""
        lower, upper = np.array(self.bounds, float).T
        return LinearConstraint(self._matrix().astype(float), lower, upper)

    def at_most(self) -> tuple[csr_array, NDArray[np.int64]]:
        """Return the factors of rows (rows by columns) that have a most alone, and that most, all
        whole: of each row with a least its negative."""
        matrix = self._matrix()
        above = [at for at, (_, most) in enumerate(self.bounds) if most < np.inf]
        below = [at for at, (least, _) in enumerate(self.bounds) if least > -np.inf]
        edges = [self.bounds[at][1] for at in above] + [-self.bounds[at][0] for at in below]
        turned = csr_array(vstack([matrix[above], -matrix[below]]))
        return turned, np.array(list(map(int, edges)), np.int64)

    def _matrix(self) -> csr_array:
        sizes = [columns.size for columns, _ in self.parts]
        row = np.repeat(np.arange(len(sizes)), sizes)
        column = np.concatenate([columns for columns, _ in self.parts])
        factor = np.concatenate([factors for _, factors in self.parts])
        return csr_array(coo_array((factor, (row, column)), shape=(len(sizes), self.columns)))
