"""Given scores: anybody's numbers for pairs, instead of our own criteria."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.problem.codes import Numbers


@dataclass(frozen=True)
class Given:
    """The score (whole, 0..10⁹) of each listed pair, sorted by candidate and opening; a pair that
    is not listed has none and is refused. `openings` is how many there are."""

    candidate: NDArray[np.int32]
    opening: NDArray[np.int32]
    score: NDArray[np.int64]
    openings: int

    @cached_property
    def _keys(self) -> NDArray[np.int64]:
        return self.candidate.astype(np.int64) * self.openings + self.opening

    def find(self, candidate: Numbers, opening: Numbers) -> Numbers:
        """Return the place of each pair in the list, -1 where it is not listed; the two arrays
        broadcast to the pairs."""
        wanted = candidate.astype(np.int64) * self.openings + opening
        at = np.searchsorted(self._keys, wanted)
        found = np.append(self._keys, -1)[at] == wanted
        return np.where(found, at, -1)
