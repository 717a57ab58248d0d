"""The sheets that are tables already: problems, settings, audit."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from matcher.report.book.values import Cell, Column, Kind, Page
from matcher.report.content.values import Content, Table

GREY = "#7F7F7F"


def table_pages(content: Content) -> Iterator[Page]:
    """Yield the sheets of problems, settings and audit."""
    tables = {"problems": content.problems, "settings": content.settings, "audit": content.audit}
    for name, table in tables.items():
        yield table_page(name, table)


def table_page(name: str, table: Table) -> Page:
    """Return the sheet of a table; a column of whole numbers or days alone is one of them."""
    columns = tuple(
        Column(title, _kind([row[place] for row in table.rows]), width=60)
        for place, title in enumerate(table.titles)
    )
    rows: tuple[tuple[Cell, ...], ...] = table.rows
    return Page(name, table.title, table.note, columns, rows, GREY, frozen=0)


def _kind(cells: list[str | int | date]) -> Kind:
    held = {type(cell) for cell in cells if cell != ""}
    return "whole" if held == {int} else "day" if held == {date} else "text"
