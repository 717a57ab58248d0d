"""Columns and rows of text held by what is distinct: large tables repeat themselves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

import numpy as np
import pandas as pd
from numpy.typing import NDArray


class Texts(Sequence[str]):
    """A column: `distinct` texts in the order they come, and the code of each row's."""

    def __init__(self, values: Sequence[str] | NDArray[np.object_]) -> None:
        held = values
        if not isinstance(held, np.ndarray):
            held = np.empty(len(values), dtype=object)
            held[:] = list(values)
        self.codes: NDArray[np.integer]
        self.codes, distinct = pd.factorize(held)
        self.distinct: list[str] = list(distinct)

    def __len__(self) -> int:
        return self.codes.size

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        if isinstance(row, slice):
            return [self.distinct[code] for code in self.codes[row]]
        return self.distinct[int(self.codes[row])]


class Square(Sequence[list[str]]):
    """Rows of one width, held by column."""

    def __init__(self, columns: Sequence[NDArray[np.object_]]) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return self.columns[0].size

    @overload
    def __getitem__(self, row: int) -> list[str]: ...
    @overload
    def __getitem__(self, row: slice) -> list[list[str]]: ...
    def __getitem__(self, row: int | slice) -> list[str] | list[list[str]]:
        if isinstance(row, slice):
            return [self[place] for place in range(*row.indices(len(self)))]
        return [column[row] for column in self.columns]
