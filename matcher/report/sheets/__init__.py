"""The sheets for the day: what each host may see of the people it interviews, and who goes where
by centre; each in a workbook and a page to print of its own, so that none is handed another's."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Sequence

from matcher.language import Words
from matcher.pipeline import Result
from matcher.report.sheets.centres import sheets_for_centres
from matcher.report.sheets.common import KEY, OVERVIEW
from matcher.report.sheets.hosts import sheets_for_hosts
from matcher.report.sheets.page import write_page
from matcher.report.sheets.values import Key, Sheets
from matcher.report.sheets.workbook import write_workbook
from matcher.shortlist import Shortlist

__all__ = ["AUDIENCES", "KEY", "OVERVIEW", "Sheets", "key_table", "make_sheets", "sheet_files"]

AUDIENCES: dict[str, Callable[[Result, Shortlist, Words, bool], Sheets]] = {
    "hosts": sheets_for_hosts,
    "centres": sheets_for_centres,
}


def make_sheets(
    result: Result, shortlist: Shortlist, audience: str, words: Words, *, blind: bool = False
) -> Sheets:
    """Return the sheets of an audience (of `AUDIENCES`) as plain values; a `blind` copy names
    nobody and has numbers of its own."""
    return AUDIENCES[audience](result, shortlist, words, blind)


def sheet_files(sheets: Sheets) -> dict[str, bytes]:
    """Return the workbook and the page of each sheet, and of a blind copy its key apart, by the
    path within a folder; what the office alone may see is in a folder of its own."""
    files = {}
    for sheet in sheets.all:
        files[f"{sheet.file}.xlsx"] = write_workbook(sheets, sheet)
        files[f"{sheet.file}.html"] = write_page(sheets, sheet)
    if sheets.keys:
        files[KEY] = key_table(sheets.keys)
    return files


def key_table(keys: Sequence[Key]) -> bytes:
    """Return who is behind the numbers of a blind copy, as CSV for the office alone."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["sheet", "number", "candidate_id"])
    writer.writerows((key.sheet, key.number, key.candidate_id) for key in keys)
    return text.getvalue().encode()
