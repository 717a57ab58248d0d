"""Tuples as a few whole numbers each, and the greatest of them.

The places of a tuple are packed side by side into *words* of 64 bits, as many words as they need:
sums of tuples add word by word and compare as the tuples do, place by place.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from matcher.problem import Flags, Numbers

Packed = NDArray[np.int64]

ROOM = 2**60
NEVER = -(2**61)
"""The first word of what cannot be: below every sum of packed tuples, also after one is added to
or taken from it, and twice it still fits."""
POSSIBLE = -(2**60)
"""First words below this stand for what cannot be."""
LOWEST = np.iinfo(np.int64).min


@dataclass(frozen=True)
class Words:
    """For each place the word that holds it and what it is multiplied by there.

    A place whose sums stay within ±b has the radix 2b + 1, and the radices of a word multiply to
    at most 2⁶⁰. So whatever stands behind a place adds up to less than half of its unit: no sum
    within the bounds carries into the place before, none reaches ±2⁵⁹, and two sums compare as
    their tuples.
    """

    word: tuple[int, ...]
    unit: tuple[int, ...]

    @staticmethod
    def of(bounds: Sequence[int]) -> Words:
        """Return the packing of places whose sums stay within ± these bounds; OverflowError
        where one place alone is too large for a word."""
        filled: list[list[int]] = [[]]
        whole = 1
        for bound in bounds:
            radix = 2 * bound + 1
            if radix > ROOM:
                raise OverflowError("sums are too large for 64 bits")
            if whole * radix > ROOM:
                filled.append([])
                whole = 1
            filled[-1].append(radix)
            whole *= radix
        word = [at for at, radices in enumerate(filled) for _ in radices]
        unit = [
            int(np.prod(radices[place + 1 :], dtype=np.int64))
            for radices in filled
            for place in range(len(radices))
        ]
        return Words(tuple(word), tuple(unit))

    @property
    def count(self) -> int:
        """How many words a tuple takes."""
        return self.word[-1] + 1

    def pack(self, values: dict[int, ArrayLike], shape: tuple[int, ...] = ()) -> Packed:
        """Return the tuples with these values by place (0 elsewhere): words × `shape`."""
        packed = np.zeros((self.count, *shape), np.int64)
        for place, value in values.items():
            packed[self.word[place]] += np.asarray(value, np.int64) * self.unit[place]
        return packed


def find_greatest(packed: Packed, lines: Numbers | None = None) -> Numbers:
    """Return the place of the (first) greatest tuple of each row: `packed` is words × rows ×
    columns, or words × tuples, of which the rows of `lines` are places."""
    first = packed[0] if lines is None else packed[0].take(lines)
    at: Numbers = first.argmax(axis=1)
    rows = np.arange(at.size)
    tied = first == first[rows, at][:, None]
    for word in packed[1:]:
        open_rows = np.flatnonzero(np.count_nonzero(tied, axis=1) > 1)
        if not open_rows.size:
            break
        own = word[open_rows] if lines is None else word.take(lines[open_rows])
        own = np.where(tied[open_rows], own, LOWEST)
        at[open_rows] = best = own.argmax(axis=1)
        tied[open_rows] = own == own[rows[: best.size], best][:, None]
    return at


def is_greater(packed: Packed, other: Packed) -> Flags:
    """Return where tuples are greater than others: words × anything."""
    greater: Flags = packed[-1] > other[-1]
    for word, than in zip(packed[-2::-1], other[-2::-1], strict=True):
        greater = (word > than) | ((word == than) & greater)
    return greater
