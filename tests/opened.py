"""What two batches say alike, whatever the order of the rows of their inputs."""

from __future__ import annotations

import io
from collections.abc import Mapping

from python_calamine import CalamineWorkbook

from matcher.batch.notes import OF_PLACES
from matcher.batch.reports import WORKBOOK
from matcher.language import LANGUAGES, words_of
from matcher.report.content.tables import PROBLEMS
from matcher.report.sheets.workbook import sheet_name

NOTES_ON = {sheet_name(words_of(language)(PROBLEMS)) for language in LANGUAGES}


def other_files(one: Mapping[str, bytes], two: Mapping[str, bytes]) -> set[str]:
    """Return the files that differ beyond what names lines and files of the inputs as they came."""
    names = {name for name in one.keys() | two.keys() if one.get(name) != two.get(name)}
    if sheets_of(one[WORKBOOK]) == sheets_of(two[WORKBOOK]):
        names.discard(WORKBOOK)
    return names - set(OF_PLACES) - {"manifest.json"}


def sheets_of(workbook: bytes) -> dict[str, object]:
    """Return the cells of each sheet of a workbook but those of the notes on the inputs."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(workbook))
    names = [name for name in book.sheet_names if name not in NOTES_ON]
    assert len(names) == len(book.sheet_names) - 1
    return {name: book.get_sheet_by_name(name).to_python() for name in names}
