"""What a parser of cells gives: the value and its canonical spelling, or a fault."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, TypeVar

from matcher.language import Phrase

T = TypeVar("T")


class CellFault(Exception):
    """A cell that cannot be understood: its code (`matcher/codes.csv`), why, how to mend it."""

    def __init__(self, code: str, reason: Phrase, mend: Phrase | None) -> None:
        super().__init__(reason.message)
        self.code = code
        self.reason = reason
        self.mend = mend


class Cell(NamedTuple):
    """A cell that is not blank: its text as written, and its marks (`matcher/grid.py`)."""

    text: str
    marks: str = ""

    def has(self, mark: str) -> bool:
        """Return whether the cell carries a mark."""
        return bool(self.marks) and mark in self.marks.split()


class Found(NamedTuple, Generic[T]):
    """A cell understood: its value and its canonical spelling, which reads as the same value
    without a note. `code` says what was done where the spelling differs from what was written;
    a blank `text` means the cell says that nothing is known."""

    value: T
    text: str
    code: str = ""


Parse = Callable[[Cell], Found[T]]
