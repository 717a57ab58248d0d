"""An office's own sheets back, with a comment and a colour on each bad cell, to be mended and
handed in again."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from xlsxwriter.exceptions import OverlappingRange
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from matcher.errors import REFUSALS, Issue
from matcher.forms import load_form
from matcher.grid import LIMITS, Grid, column_letters
from matcher.language import Words
from matcher.read.header import Header, find_header
from matcher.read.text import TextFault, read_text
from matcher.settings import Read, Settings
from matcher.workbook import Mark, WorkbookFault, mark_workbook, read_workbook, sniff

CREATED = datetime(2000, 1, 1)  # the same bytes on any day
COLOURS = {"error": "#FFC7CE", "ask": "#FFEB9C"}
COLUMN_WIDTH = 18
COMMENT_WIDTH = 300  # pixels
LAST_ROW = 1_048_576
FIRST_CELL = re.compile("[0-9]+$")


def mark_sheets(
    folder: Path, settings: Settings, issues: Iterable[Issue], words: Words
) -> dict[str, bytes]:
    """Return a workbook for each input that has something to mend, by name: a workbook as it
    came, any other file with its cells as they stood. Files that cannot be read have none."""
    refused = [issue for issue in issues if issue.action in REFUSALS]
    marked: dict[str, bytes] = {}
    for file, table in _files(folder, settings).items():
        own = [_marks_of(issue, words) for issue in refused if _file_of(issue) == file]
        with suppress(TextFault, WorkbookFault, OSError):
            content = _marked(folder / file, table, settings.read, [m for ms in own for m in ms])
            marked[_name(file, marked)] = content
    return marked
