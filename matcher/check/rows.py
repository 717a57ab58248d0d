"""Columns by row, of which some rows are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any, Self

import numpy as np


class Rows:
    """A dataclass whose fields are columns (lists or arrays of equal length) or dicts of them."""

    def only(self, rows: Sequence[int]) -> Self:
        """Return the same columns at the rows given, in their order."""
        places = np.array(rows, np.intp)

        def chosen(column: Any) -> Any:
            if isinstance(column, dict):
                return {name: chosen(inner) for name, inner in column.items()}
            if isinstance(column, np.ndarray):
                return column[places]
            return [column[row] for row in rows]

        taken = {f.name: chosen(getattr(self, f.name)) for f in fields(self)}  # type: ignore[arg-type]
        return replace(self, **taken)  # type: ignore[type-var]
