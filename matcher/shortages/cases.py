"""That fewer changes do not do, in whole numbers and by cases.

The rows of a `Model`, with one that allows only so few units, have no whole answer: what columns
may hold is halved until each part is closed, by a row that asks more than the part has or by whole
multipliers of rows that, added up, do. A solver proposes multipliers and where to halve; nothing
that it says is believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linprog
from scipy.sparse import csr_array, diags_array, eye_array, hstack

from matcher.shortages.model import Model, Values
from matcher.shortages.required import Required

MOST_BOXES = 1_000
MOST_WORK = 1_000_000  # boxes times factors of rows
ROOM = 2**60  # what sums stay below, for 64 bits to hold them
NEAR = 1e-6  # what counts as whole where a column is chosen
Floats = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Box:
    """The `least` and the `most` that each column may hold."""

    least: Values
    most: Values

    def halved(self, column: int, value: int) -> tuple[Box, Box]:
        """Return the boxes with a column above a value, and up to it."""
        least, most = self.least.copy(), self.most.copy()
        least[column], most[column] = value + 1, value
        return Box(least, self.most), Box(self.least, most)


@dataclass(frozen=True, eq=False)
class Claim:
    """That no whole columns in `box` have every row of `matrix` at its edge or below; `blocks` are
    the columns in the order in which they are halved."""

    matrix: csr_array
    edges: Values
    box: Box
    blocks: tuple[slice, ...]

    @property
    def fits(self) -> bool:
        """Whether 64 bits hold the sums of rows, whatever the columns hold, and of columns."""
        size = abs(self.matrix).astype(float)
        ones = np.ones(self.edges.size)
        sums = np.concatenate([size @ self.box.most, size.T @ ones, np.abs(self.edges)])
        return bool(sums.max(initial=0) < ROOM)

    @cached_property
    def signed(self) -> tuple[csr_array, csr_array]:
        """The factors above 0, and those below."""
        above, below = self.matrix.copy(), self.matrix.copy()
        above.data, below.data = np.maximum(above.data, 0), np.minimum(below.data, 0)
        return above, below

    @cached_property
    def divisors(self) -> Floats:
        """The largest factor of each row before the columns halved first, at least 1."""
        divisors, entries = np.ones(self.edges.size), self.matrix.tocoo()
        early = entries.col < self.blocks[0].start
        np.maximum.at(divisors, entries.row[early], np.abs(entries.data[early]))
        return divisors

    @cached_property
    def relaxed(self) -> csr_array:
        """The rows divided, each with a column for what it lies above its edge."""
        divided = diags_array(1 / self.divisors) @ self.matrix.astype(float)
        return csr_array(hstack([divided, -eye_array(self.edges.size)]))

    def broken(self, box: Box) -> bool:
        """Whether a row lies above its edge, whatever the columns hold in a box."""
        above, below = self.signed
        return bool((above @ box.least + below @ box.most > self.edges).any())

    def refuted(self, box: Box, duals: Floats) -> bool:
        """Whether rows lie above their edges once multiplied by whole numbers and added up,
        whatever the columns hold in a box, so that one does by itself.

        The numbers are next to the duals; those below 0 are 0. It is exact, whatever the duals.
        """
        duals = np.maximum(np.nan_to_num(duals, posinf=0, neginf=0), 0)
        shares = duals / (duals.max(initial=0) or 1)
        reach = float((abs(self.matrix).T @ shares).max(initial=0))
        scale = 2 ** int(np.log2(ROOM / (4 * (reach + 1))))
        whole = np.rint(shares * scale).astype(np.int64)
        factor = self.matrix.T @ whole
        least = np.where(factor > 0, box.least, box.most)
        return _product(factor, least) > _product(whole, self.edges)


def count_cases(required: Required, most: int) -> int:
    """Return by how many cases it is proved that changes of at most `most` units do not do; 0 where
    it is not: they do, or it takes more cases than are looked at."""
    claim = state_claim(required, most)
    if not claim.fits:
        return 0
    boxes, cases, seen = [claim.box], 0, 0
    limit = max(1, min(MOST_BOXES, MOST_WORK // max(1, claim.matrix.nnz)))
    while boxes:
        box = boxes.pop()
        seen += 1
        if seen > limit:
            return 0
        if claim.broken(box):
            cases += 1
            continue
        duals, shares = propose(claim, box)
        if claim.refuted(box, duals):
            cases += 1
            continue
        where = _where_to_halve(claim, box, shares)
        if where is None:
            return 0
        boxes += box.halved(*where)
    return cases


def state_claim(required: Required, most: int) -> Claim:
    """Return that no answer of the model has at most so many units."""
    model = Model(required)
    columns = model.units.stop  # the others say nothing of units
    rows = model.rows.copy()
    rows.add(np.arange(model.units.start, columns), 1, most=most)
    matrix, edges = rows.at_most()
    greatest = model.upper[:columns].astype(np.int64)
    greatest[model.units] = np.minimum(greatest[model.units], most)
    blocks = (model.units, slice(model.start, model.units.start), slice(0, model.start))
    box = Box(np.zeros_like(greatest), greatest)
    return Claim(csr_array(matrix[:, :columns]), edges, box, blocks)


def propose(claim: Claim, box: Box) -> tuple[Floats, Floats]:
    """Return a dual of each row, and what each column holds, where parts of people and units are
    allowed and what rows lie above their edges is least."""
    rows, columns = claim.matrix.shape
    least = np.concatenate([box.least, np.zeros(rows)])
    most = np.concatenate([box.most, np.full(rows, np.inf)])
    answer = linprog(  # type: ignore[call-overload]
        np.repeat([0.0, 1.0], [columns, rows]),
        A_ub=claim.relaxed,
        b_ub=claim.edges / claim.divisors,
        bounds=np.stack([least, most], axis=1),
        method="highs",
    )
    if answer.x is None:
        return np.zeros(rows), box.least.astype(float)
    return -answer.ineqlin.marginals / claim.divisors, answer.x[:columns]


def _where_to_halve(claim: Claim, box: Box, shares: Floats) -> tuple[int, int] | None:
    """Return a column and the value up to which its lower half goes: of the first block with parts
    the most divided; where all are whole, of a row that they break. None where they break none.
    """
    shares = np.clip(np.nan_to_num(shares), box.least, box.most)
    near = np.rint(shares).astype(np.int64)
    off = np.abs(shares - near)
    for block in claim.blocks:
        if off[block].max(initial=0) > NEAR:
            column = block.start + int(off[block].argmax())
            return column, int(np.floor(shares[column]))
    broken = np.flatnonzero(claim.matrix @ near > claim.edges)
    if not broken.size:
        return None
    own = claim.matrix[[broken[0]]].indices
    column = int(own[box.least[own] < box.most[own]].max())
    return column, min(int(near[column]), int(box.most[column]) - 1)


def _product(one: Values, other: Values) -> int:
    """Return the sum of products, which may be beyond 64 bits."""
    return int(np.dot(one.astype(object), other.astype(object)))
