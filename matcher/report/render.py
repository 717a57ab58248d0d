"""From rows and phrases to text, JSON and CSV."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import pandas as pd

BAR_WIDTH = 20
WIDE = 200


def render_json(content: object) -> str:
    """Return one JSON document, keys sorted."""
    return json.dumps(content, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def render_csv(table: pd.DataFrame) -> str:
    """Return a table as CSV: UTF-8 text, `,`, LF."""
    text: str = table.to_csv(index=False, lineterminator="\n")
    return text


def render_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, wide: int = WIDE) -> str:
    """Return a table of text whose columns line up, Japanese ones too; long cells fold at the
    terminal's width, or at `wide` where the text goes elsewhere."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False, header_style=None)
    for place, column in enumerate(columns):
        numbers = [row[place].lstrip("+-").replace(".", "").replace(",", "") for row in rows]
        right = bool(rows) and all(number.isdigit() or not number for number in numbers)
        table.add_column(Text(column), justify="right" if right else "left", overflow="fold")
    for row in rows:
        table.add_row(*map(Text, row))
    width = None if sys.stdout and sys.stdout.isatty() else wide
    console = Console(width=width, no_color=True, highlight=False, emoji=False)
    with console.capture() as captured:
        console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def bar(value: int) -> str:
    """Return a value per mille as a bar."""
    filled = (value * BAR_WIDTH + 500) // 1000
    return "█" * filled + "·" * (BAR_WIDTH - filled)
