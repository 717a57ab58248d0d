"""What the child says to its parent: one JSON object a line, on standard output."""

from __future__ import annotations

import json
from typing import IO

from matcher.grid import Limits
from matcher.workbook.sheets import Row, Tally

_BATCH = 1 << 18


class Wire:
    """Sends sheets in batches of rows, and how far the reading is."""

    def __init__(self, stream: IO[bytes], limits: Limits) -> None:
        self._stream = stream
        self._limits = limits
        self._tally = Tally(limits)
        self._rows: list[tuple[int, list[str], dict[int, str], int]] = []
        self._weight = 0
        self._expected = self._read = self._percent = 0

    def send(self, **message: object) -> None:
        """Send one message."""
        text = json.dumps(message, ensure_ascii=False, separators=(",", ":"))
        self._stream.write(text.encode("utf-8", "replace") + b"\n")
        self._stream.flush()

    def expect(self, size: int) -> None:
        """Set how many bytes there are to read."""
        self._expected = size

    def count(self, size: int) -> None:
        """Count bytes read, and say so at each whole percent."""
        self._read += size
        percent = min(99, 100 * self._read // (self._expected or 1))
        if percent > self._percent:
            self._percent = percent
            self.send(percent=percent)

    def again(self) -> None:
        """Take back every sheet sent: they come anew from another reader."""
        self._rows, self._weight, self._tally = [], 0, Tally(self._limits)
        self.send(again=True)

    def begin(self, name: str, visible: bool, date_1904: bool) -> None:
        """Begin a sheet."""
        self.send(sheet=name, visible=visible, date_1904=date_1904)

    def row(self, row: Row) -> None:
        """Send a row, with others."""
        self._tally.add(row)
        self._rows.append((row.line, row.texts, row.marks, int(row.hidden)))
        self._weight += 20 + 8 * len(row.texts) + sum(map(len, row.texts))
        if self._weight > _BATCH:
            self._flush()

    def end(self, merged: list[tuple[int, int, int, int]]) -> None:
        """End a sheet with its merged ranges."""
        self._flush()
        for start in range(0, len(merged), 10_000):
            self.send(merged=merged[start : start + 10_000])

    def _flush(self) -> None:
        if self._rows:
            self.send(rows=self._rows)
        self._rows, self._weight = [], 0
