"""What stands on the sheets of the workbook, as plain values; the writer only lays them out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

Cell = str | int | date | None
Kind = Literal["text", "whole", "points", "exact", "tenths", "hundredths", "share", "day"]
# How many of the whole numbers of a column make one as its cells show it.
UNITS: dict[Kind, int] = {
    "points": 10_000,
    "exact": 10_000,
    "tenths": 10,
    "hundredths": 100,
    "share": 100,
}


@dataclass(frozen=True)
class Column:
    """A column: its title, what stands in its cells (scores are millionths, shown as points with
    two decimals, exact ones with four; tenths; hundredths; a share in per cent), how wide a text
    may become before it wraps (characters, a kanji counts two). `bar` is the value at which a bar
    in the cell is full (0: no bars), `leads` the page on which the cell's text stands in the key
    column, "" for none. One that is not `needed` is left out where no row has anything in it."""

    title: str
    kind: Kind = "text"
    width: int = 24
    bar: int = 0
    leads: str = ""
    needed: bool = True


@dataclass(frozen=True)
class Page:
    """A sheet with one table. `name` is its machine name, `title` its name in people's words;
    `key` is the column by whose text other pages lead here, `frozen` how many columns stay when
    it is moved sideways, `colour` that of its tab; only the first `printed` columns are printed (0:
    all), so that they can be read on A4."""

    name: str
    title: str
    note: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    colour: str
    frozen: int = 1
    key: int = 0
    printed: int = 0
