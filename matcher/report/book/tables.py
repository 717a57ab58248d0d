"""The sheets that are tables already: problems, settings, audit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal

from matcher.language import Words
from matcher.report.book.values import Cell, Column, Kind, Page
from matcher.report.content.values import Content, Table

GREY = "#7F7F7F"
PLACES: dict[Kind, int] = {"tenths": 1, "hundredths": 2}


def table_pages(content: Content) -> Iterator[Page]:
    """Yield the sheets of problems, settings and audit."""
    tables = {"problems": content.problems, "settings": content.settings, "audit": content.audit}
    for name, table in tables.items():
        yield table_page(name, table, content.words)


def table_page(name: str, table: Table, words: Words) -> Page:
    """Return the sheet of a table; a column of numbers or days alone is one of them."""
    kinds = [_kind([row[place] for row in table.rows]) for place in range(len(table.titles))]
    columns = tuple(map(Column, table.titles, kinds, [60] * len(kinds)))
    rows = tuple(
        tuple(_cell(cell, kind, words) for cell, kind in zip(row, kinds, strict=True))
        for row in table.rows
    )
    return Page(name, table.title, table.note, columns, rows, GREY, frozen=0)


def _kind(cells: Sequence[str | int | Decimal | date]) -> Kind:
    held = [cell for cell in cells if cell != ""]
    types = set(map(type, held))
    if types == {Decimal}:
        for kind, places in PLACES.items():
            if all(cell == round(cell, places) for cell in held if isinstance(cell, Decimal)):
                return kind
    return "whole" if types == {int} else "day" if types == {date} else "text"


def _cell(cell: str | int | Decimal | date, kind: Kind, words: Words) -> Cell:
    if not isinstance(cell, Decimal):
        return cell
    return int(cell.scaleb(PLACES[kind])) if kind in PLACES else words(cell)
