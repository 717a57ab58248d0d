"""Tuples of whole numbers as single ones, which add and compare as the tuples do."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod

import numpy as np
from numpy.typing import NDArray

Worth = NDArray[np.int64]


@dataclass(frozen=True)
class Packing:
    """Tuples as single whole numbers, place by place in a radix that excludes any carry.

    Every sum the solver or a path can reach stays below half a place's radix, so packed numbers
    add and compare as the tuples do and can be unpacked again.
    """

    radix: tuple[int, ...]
    terms: int

    @staticmethod
    def of(largest: NDArray[np.int64], terms: int) -> Packing:
        """Return the packing for sums of up to `terms` numbers no greater than `largest`."""
        return Packing(tuple(2 * terms * int(most) + 1 for most in largest), terms)

    @property
    def fits(self) -> bool:
        """Whether 60 bits are enough."""
        return prod(self.radix) < 2**60

    def pack(self, tuples: Worth) -> Worth:
        """Return the tuples (one a row) as single numbers; OverflowError where 60 bits are too
        few."""
        if not self.fits:
            raise OverflowError("the batch is too large to be packed")
        packed = np.zeros(tuples.shape[:-1], np.int64)
        for place, radix in enumerate(self.radix):
            packed *= radix
            packed += tuples[..., place]
        return packed

    def unpack(self, packed: Worth) -> Worth:
        """Return the tuples of packed numbers, one a row."""
        places: list[Worth] = []
        rest = packed.astype(np.int64)
        if not self.radix:
            return np.zeros((*rest.shape, 0), np.int64)
        for radix in reversed(self.radix[1:]):
            low = (rest + radix // 2) % radix - radix // 2
            places.append(low)
            rest = (rest - low) // radix
        places.append(rest)
        return np.stack(places[::-1], axis=-1)
