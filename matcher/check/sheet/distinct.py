"""Each distinct cell of a column once, and what is true of cells of any kind."""

from __future__ import annotations

import re
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
_LOOSE_SPACE = re.compile(r"(?m)^ |  | $")
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
        rows: list[int] = self.order[first : int(self.ends[code])].tolist()
        return rows


def read_plain(
    texts: Sequence[str], marks: Sequence[str], parse: Parse[T], blank: T
) -> tuple[list[T], list[str], Sequence[int]]:
    """Return the value and canonical text of each distinct cell, and which are still to be read
    one by one: all where any needs tidying or is marked, else those that are not canonical."""
    if not _are_plain(texts, marks):
        return [blank] * len(texts), [""] * len(texts), range(len(texts))
    values: list[T] = []
    later: list[int] = []
    for code, text in enumerate(texts):
        value = blank
        try:
            found = parse(Cell(text)) if text else None
            if found and found.text == text and text not in ERRORS:
                value = found.value
            else:
                later.append(code)
        except CellFault:
            later.append(code)
        values.append(value)
    return values, list(texts), later


def _are_plain(texts: Sequence[str], marks: Sequence[str]) -> bool:
    whole = "\n".join(texts)
    return (
        whole.isascii()
        and whole.replace("\n", "").isprintable()
        and whole.count("\n") < max(len(texts), 1)
        and not _LOOSE_SPACE.search(whole)
        and not any(marks)
        and max(map(len, texts), default=0) <= LIMITS.cell_characters
    )


def spread(values: list[T], codes: NDArray[np.integer]) -> list[T]:
    """Return the value of each row's cell, given those of the distinct cells."""
    held = np.empty(len(values), dtype=object)
    held[:] = values
    rows: list[T] = held[codes].tolist()
    return rows


def distinct_cells(part: Part, column: str) -> tuple[NDArray[np.integer], list[str], Sequence[str]]:
    """Return the code of each row's cell, and the text and the marks of each distinct cell."""
    texts, marks = part.columns[column], part.marks.get(column)
    if not marks:
        return texts.codes, texts.distinct, [""] * len(texts.distinct)
    codes, pairs = _numbered([(text, marks.get(row, "")) for row, text in enumerate(texts)])
    return codes, [text for text, _ in pairs], [mark for _, mark in pairs]


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
