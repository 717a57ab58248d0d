"""The child's messages put together again as grids; nothing it says is believed unseen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from matcher.grid import Grid, Limits
from matcher.workbook.faults import Fault


@dataclass
class _Sheet:
    name: str
    visible: bool
    date_1904: bool
    rows: dict[int, list[str]] = field(default_factory=dict)
    marks: dict[tuple[int, int], str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)


class Gathered:
    """What has come of a workbook so far."""

    def __init__(self, limits: Limits, progress: Callable[[int], None]) -> None:
        self.kind = ""
        self.macros = self.external_links = False
        self._limits = limits
        self._progress = progress
        self._percent = -1
        self._places = 0
        self._sheets: list[_Sheet] = []
        # Statuses and centres stand in thousands of cells: each is kept once.
        self._shared: dict[str, str] = {}

    def take(self, message: dict[str, Any]) -> None:
        """Take in one message; Fault where it is not as agreed."""
        try:
            self._take(message)
        except (KeyError, TypeError, ValueError, IndexError, AttributeError) as nonsense:
            raise Fault("WORKBOOK_BROKEN") from nonsense

    def grids(self) -> tuple[Grid, ...]:
        """Return the sheets, their rows in the order of their lines."""
        return tuple(
            Grid(
                sheet.name,
                [sheet.rows[line] for line in sorted(sheet.rows)],
                sorted(sheet.rows),
                sheet.marks,
                frozenset(sheet.hidden),
                sheet.visible,
                tuple(sheet.merged),
                sheet.date_1904,
            )
            for sheet in self._sheets
        )

    def _take(self, message: dict[str, Any]) -> None:
        if "percent" in message:
            self._tell(int(message["percent"]))
        elif "rows" in message:
            for line, texts, marks, hidden in message["rows"]:
                self._row(self._sheets[-1], int(line), texts, marks, bool(hidden))
        elif "sheet" in message:
            name, visible = str(message["sheet"]), bool(message["visible"])
            self._sheets.append(_Sheet(name, visible, bool(message["date_1904"])))
        elif "merged" in message:
            for top, left, bottom, right in message["merged"]:
                self._sheets[-1].merged.append((int(top), int(left), int(bottom), int(right)))
        elif "again" in message:
            self._sheets, self._places = [], 0
        else:
            self.kind = str(message["done"])
            self.macros = bool(message["macros"])
            self.external_links = bool(message["external_links"])
            self._tell(100)

    def _row(
        self, sheet: _Sheet, line: int, texts: list[str], marks: dict[str, str], hidden: bool
    ) -> None:
        share = self._shared.setdefault
        row = [share(text, text) for text in map(str, texts)]
        self._places += len(row) + 1
        if self._places > 16 * self._limits.cells or len(row) > self._limits.columns:
            raise Fault("SHEET_TOO_LARGE", limit=self._limits.cells)
        earlier = sheet.rows.get(line)
        sheet.rows[line] = row if earlier is None else _over(earlier, row)
        for column, mark in marks.items():
            sheet.marks[line, int(column)] = share(str(mark), str(mark))
        if hidden:
            sheet.hidden.add(line)

    def _tell(self, percent: int) -> None:
        if self._percent < percent <= 100:
            self._percent = percent
            self._progress(percent)


def _over(earlier: list[str], row: list[str]) -> list[str]:
    """Return a row that a file holds in two pieces."""
    width = max(len(earlier), len(row))
    pairs = zip(*(cells + [""] * (width - len(cells)) for cells in (earlier, row)), strict=True)
    return [later or before for before, later in pairs]
