"""The sheets that are tables already: problems, settings, audit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from matcher.language import Words
from matcher.report.book.values import UNITS, Cell, Column, Kind, Page
from matcher.report.content.values import Content, Table

GREY = "#7F7F7F"
# Of a column by what its cells are, decimals by the exponent they are told with.
KINDS: dict[object, Kind] = {int: "whole", date: "day", -1: "tenths", -2: "hundredths"}


def table_pages(content: Content) -> Iterator[Page]:
    """Yield the sheets of problems, settings and audit."""
    tables = {"problems": content.problems, "settings": content.settings, "audit": content.audit}
    for name, table in tables.items():
        yield table_page(name, table, content.words)


def table_page(name: str, table: Table, words: Words) -> Page:
    """Return the sheet of a table; a column of numbers or days alone is one of them."""
    kinds = [_kind(table.held(place)) for place in range(len(table.titles))]
    columns = tuple(
        Column(title, kind, width=60) for title, kind in zip(table.titles, kinds, strict=True)
    )
    rows = tuple(
        tuple(_cell(cell, kind, words) for cell, kind in zip(row, kinds, strict=True))
        for row in table.rows
    )
    return Page(name, table.title, table.note, columns, rows, GREY, frozen=0)


def _kind(cells: Sequence[str | int | Decimal | date]) -> Kind:
    forms = {
        cell.as_tuple().exponent if isinstance(cell, Decimal) else type(cell) for cell in cells
    }
    return KINDS.get(forms.pop(), "text") if len(forms) == 1 else "text"


def _cell(cell: str | int | Decimal | date, kind: Kind, words: Words) -> Cell:
    if not isinstance(cell, Decimal):
        return cell
    return int(cell * UNITS[kind]) if kind in UNITS else words(cell)
