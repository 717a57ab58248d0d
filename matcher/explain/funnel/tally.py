"""Counting pairs and people by rule, block by block: nothing of the size of all pairs is held."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.pipeline import Result
from matcher.problem import Flags, Numbers, Standing
from matcher.rules import RULES
from matcher.screen import judge

BLOCK = 1 << 17  # pairs
FEW = 8  # openings an operation that a block is reckoned with at least: counts take more room
FAILS, ALONE, TRAINED, OPEN, OPEN_ALONE = MEASURES = range(5)
TRADE = "trained_for"
Counts = NDArray[np.int32]
Bits = NDArray[np.uint32]


class Tally:
    """Sums of pairs and people by group, measure (`FAILS` …) and rule, of people whom one rule
    alone empties by group and rule, and by group of what all rules together do."""

    def __init__(self, groups: int) -> None:
        shape = (groups, len(MEASURES), len(RULES))
        self.pairs, self.people = np.zeros(shape, np.int64), np.zeros(shape, np.int64)
        self.emptied = np.zeros((groups, len(RULES)), np.int64)
        self.refused, self.conditional, self.free, self.without = np.zeros((4, groups), np.int64)

    def add(self, counts: Counts, free: Counts, kept: Counts, pairs: Counts) -> None:
        """Add people: `counts` by person, group, measure and rule; by person and group the pairs
        without any condition, those that no rule refuses (`kept`), and all."""
        self.pairs += counts.sum(axis=0, dtype=np.int64)
        self.people += np.count_nonzero(counts, axis=0)
        empty = kept == 0
        self.emptied += np.count_nonzero(counts[:, :, ALONE] * empty[..., None], axis=0)
        self.without += empty.sum(axis=0)
        self.free += free.sum(axis=0)
        self.conditional += (kept - free).sum(axis=0)
        self.refused += (pairs - kept).sum(axis=0)


class Tallies:
    """The tallies of some people at some openings: of the `whole` (one group), by centre (in the
    order of `centre_names`), by category and by operation (groups in the order of their codes,
    those without an opening here left out)."""

    def __init__(self, result: Result, people: Flags, openings: Flags) -> None:
        problem = result.problem
        self.centre_names = tuple(sorted(set(problem.labels.centres)))
        place = {centre: at for at, centre in enumerate(self.centre_names)}
        centre_of = np.array([place[c] for c in problem.labels.centres], np.int64)
        columns = _Columns(result, np.flatnonzero(openings))
        self.whole = Tally(1)
        self.centres = [Tally(1) for _ in self.centre_names]
        self.operations = Tally(columns.jobs.size)
        self.categories = Tally(columns.categories.size)
        rows = np.flatnonzero(people & (problem.standing == Standing.PRESENT))
        for block in _blocks(rows, max(columns.places.size, FEW * columns.jobs.size)):
            parts = columns.count(block)
            self.operations.add(*parts)
            parts = [np.add.reduceat(part, columns.category_starts, axis=1) for part in parts]
            self.categories.add(*parts)
            parts = [part.sum(axis=1, dtype=np.int32, keepdims=True) for part in parts]
            self.whole.add(*parts)
            for centre in np.unique(centre_of[block]):
                own = centre_of[block] == centre
                self.centres[centre].add(*(part[own] for part in parts))


class _Columns:
    """Openings sorted by category and operation, and what people's pairs with them come to."""

    def __init__(self, result: Result, places: Numbers) -> None:
        o = result.problem.openings
        self.result = result
        self.places = places[np.lexsort((o.job[places], o.category[places]))]
        self.jobs, self.starts = _runs(o.job[self.places])
        self.categories, self.category_starts = _runs(o.category[self.places[self.starts]])
        self.sizes = np.diff(self.starts, append=self.places.size)
        self.job_at = np.repeat(np.arange(self.jobs.size), self.sizes)
        self.trade = sum(np.uint32(1 << at) for at, rule in enumerate(RULES) if rule.name == TRADE)
        self.across = np.full(len(o), -1, np.int64)
        self.across[self.places] = np.arange(self.places.size)

    def count(self, rows: Numbers) -> list[Counts]:
        """Return the pairs by person, operation, measure and rule; then by person and operation
        the pairs without any condition, those that no rule refuses, and all."""
        problem = self.result.problem
        c, o = problem.candidates.at(rows).down(), problem.openings.at(self.places).across()
        counts = np.zeros((rows.size, self.jobs.size, len(MEASURES), len(RULES)), np.int32)
        failed = np.zeros((rows.size, self.places.size), np.uint32)
        for bit, (fails, _) in enumerate(judge(c, o, self.result.facts)):
            if fails.any():
                failed |= fails.astype(np.uint32) << np.uint32(bit)
                wide = fails.shape[1] == self.places.size
                counts[:, :, FAILS, bit] = self._sum(fails) if wide else fails * self.sizes
        still_open = self._open(rows)
        for measure, bits in (
            (TRAINED, np.where(failed & self.trade == 0, failed, 0)),
            (OPEN, still_open),
        ):
            self._spread(bits, counts[:, :, measure])
        counts[:, :, ALONE] = self._single(failed)
        counts[:, :, OPEN_ALONE] = self._single(still_open)
        kept = failed == 0
        pairs = np.broadcast_to(self.sizes.astype(np.int32), (rows.size, self.jobs.size))
        return [counts, self._sum(kept & (still_open == 0)), self._sum(kept), pairs]

    def _spread(self, bits: Bits, counts: Counts) -> None:
        """Write into `counts`, by person, operation and rule, the pairs with the rule's bit; most
        have none."""
        down, across = np.nonzero(bits)
        held, key = bits[down, across], down * self.jobs.size + self.job_at[across]
        size = bits.shape[0] * self.jobs.size
        for bit in range(len(RULES)):
            marked = held & np.uint32(1 << bit) != 0
            if marked.any():
                found = np.bincount(key[marked], minlength=size)
                counts[:, :, bit] = found.reshape(bits.shape[0], self.jobs.size)

    def _sum(self, mask: Flags) -> Counts:
        return np.add.reduceat(mask, self.starts, axis=1, dtype=np.int32)

    def _single(self, bits: Bits) -> Counts:
        """Return the pairs with a single bit, by person, operation and that bit's rule."""
        down, across = np.nonzero((bits != 0) & (bits & (bits - np.uint32(1)) == 0))
        bit = np.bitwise_count(bits[down, across] - np.uint32(1)).astype(np.int64)
        shape = (bits.shape[0], self.jobs.size, len(RULES))
        key = (down * shape[1] + self.job_at[across]) * shape[2] + bit
        found = np.bincount(key, minlength=shape[0] * shape[1] * shape[2])
        return found.astype(np.int32).reshape(shape)

    def _open(self, rows: Numbers) -> Bits:
        """Return the rules still open, as bits, of the block's pairs that no rule refuses."""
        screening = self.result.screening
        table = np.zeros((rows.size, self.places.size), np.uint32)
        ends = np.array([rows[0], rows[-1] + 1], screening.candidate.dtype)
        start, stop = np.searchsorted(screening.candidate, ends)
        candidate = screening.candidate[start:stop]
        column = self.across[screening.opening[start:stop]]
        down = np.full(rows[-1] + 1 - rows[0], -1, np.int64)
        down[rows - rows[0]] = np.arange(rows.size)
        row = down[candidate - rows[0]]
        mine = (row >= 0) & (column >= 0)
        table[row[mine], column[mine]] = screening.open_rules[start:stop][mine]
        return table


def _blocks(rows: Numbers, width: int) -> Iterator[Numbers]:
    """Yield the people in blocks of about `BLOCK` pairs; nothing where there are no pairs."""
    step = max(1, BLOCK // max(1, width))
    for start in range(0, rows.size if width else 0, step):
        yield rows[start : start + step]


def _runs(codes: Numbers) -> tuple[Numbers, Numbers]:
    """Return the codes of a column in which equal ones stand together, each once, and where each
    begins."""
    starts = np.flatnonzero(np.append(True, codes[1:] != codes[:-1])[: codes.size])
    return codes[starts], starts
