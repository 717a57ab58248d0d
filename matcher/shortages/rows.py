"""Rows of whole numbers over columns, as they are written for `milp`."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import LinearConstraint
from scipy.sparse import coo_array, csr_array

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
        sizes = [columns.size for columns, _ in self.parts]
        row = np.repeat(np.arange(len(sizes)), sizes)
        column = np.concatenate([columns for columns, _ in self.parts])
        factor = np.concatenate([factors for _, factors in self.parts]).astype(float)
        shape = (len(sizes), self.columns)
        matrix = csr_array(coo_array((factor, (row, column)), shape=shape))
        lower, upper = np.array(self.bounds, float).T
        return LinearConstraint(matrix, lower, upper)
