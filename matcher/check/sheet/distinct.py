"""Each distinct cell of a column once, and what is true of cells of any kind."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.check.cells import Cell, CellFault, Found, Parse
from matcher.grid import LIMITS
from matcher.language import say
from matcher.read import Part

T = TypeVar("T")
Key = TypeVar("Key", bound=Hashable)
# What Excel writes of an error into a text file; those of a workbook are marked.
ERRORS = frozenset(
    (
        *("#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"),
        *("#FIELD!", "#BLOCKED!", "#CONNECT!", "#GETTING_DATA", "#UNKNOWN!"),
    )
)


class RowsOf:
    """The rows of each distinct code, found when first asked for."""

    def __init__(self, codes: NDArray[np.integer]) -> None:
        self.codes = codes
        self.order: NDArray[np.integer] | None = None

    def __call__(self, code: int) -> list[int]:
        if self.order is None:
            self.order = np.argsort(self.codes, kind="stable")
            self.ends = np.cumsum(np.bincount(self.codes))
        first = int(self.ends[code - 1]) if code else 0
        return [int(row) for row in self.order[first : int(self.ends[code])]]


def spread(values: list[T], codes: NDArray[np.integer]) -> list[T]:
    """Return the value of each row's cell, given those of the distinct cells."""
    held = np.empty(len(values), dtype=object)
    held[:] = values
    rows: list[T] = held[codes].tolist()
    return rows


def distinct_cells(part: Part, column: str) -> tuple[NDArray[np.integer], list[tuple[str, str]]]:
    """Return the code of each row's cell, and each distinct cell as text and marks."""
    texts, marks = part.columns[column], part.marks.get(column)
    if not marks:
        return texts.codes, [(text, "") for text in texts.distinct]
    return _numbered([(text, marks.get(row, "")) for row, text in enumerate(texts)])


def _numbered(keys: Sequence[Key]) -> tuple[NDArray[np.integer], list[Key]]:
    """Return the number of each key among the distinct ones, in the order they come."""
    numbers = {key: number for number, key in enumerate(dict.fromkeys(keys))}
    return np.fromiter(map(numbers.__getitem__, keys), np.intp, len(keys)), list(numbers)


def parse_cell(
    text: str, marks: str, parse: Parse[T], required: bool, zero: bool = True
) -> Found[T] | None:
    """Return what a cell says, None where it is blank; raises `CellFault`, also for a formula's 0
    where it cannot be `zero`."""
    if not text:
        if "merged" in marks:
            raise CellFault(
                "MERGED_CELL",
                say("covered by a merged cell"),
                say("take the merge apart and fill each cell"),
            )
        if "formula" in marks:
            raise CellFault(
                "FORMULA_NO_VALUE",
                say("a formula without a stored result"),
                say("open the workbook in Excel, save it, and run again"),
            )
        if required:
            raise blank_fault()
        return None
    if "error" in marks.split() or text in ERRORS:
        raise CellFault(
            "CELL_ERROR",
            say("an error of a formula: {error}", error=text),
            say("mend the formula, or write the value"),
        )
    if len(text) > LIMITS.cell_characters:
        raise CellFault(
            "CELL_TOO_LONG",
            say("more than {n} characters", n=LIMITS.cell_characters),
            say("shorten it"),
        )
    if marks and text == "0" and not zero and "formula" in marks.split():
        raise CellFault(
            "FORMULA_ZERO",
            say("a formula gives 0, as of a blank cell"),
            say("write the value, or leave the cell blank"),
        )
    return parse(Cell(text, marks))


def blank_fault() -> CellFault:
    """Return the fault of a required cell that is blank."""
    return CellFault("BLANK", say("the cell is blank"), say("this column must be filled"))
