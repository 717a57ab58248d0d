"""Tables as a batch keeps them, as rows to be changed."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

Row = dict[str, str]


def read_rows(content: bytes) -> tuple[list[str], list[Row]]:
    """Return the columns and the rows of a table of a batch."""
    reader = csv.DictReader(io.StringIO(content.decode()), strict=True)
    return list(reader.fieldnames or ()), list(reader)


def write_rows(columns: Iterable[str], rows: Iterable[Row]) -> bytes:
    """Return a table's bytes; a cell that a row does not have is empty."""
    text = io.StringIO()
    writer = csv.DictWriter(text, list(columns), restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
