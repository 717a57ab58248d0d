"""What people open of a batch: the page and the workbook, in one language."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.batch.notes import OF_PLACES
from matcher.language import Words
from matcher.pipeline import Result
from matcher.report.book import write_book
from matcher.report.content import gather_content
from matcher.report.page import write_report
from matcher.report.sheets import KEY, key_table

WORKBOOK = "workbook.xlsx"
REPORT, DETAILS = "report.html", "details/"


def report_files(
    result: Result,
    words: Words,
    digests: Mapping[str, str],
    *,
    blind: bool = False,
    thorough: bool = False,
) -> dict[str, bytes]:
    """Return the page (with its details, where a batch is large) and the workbook, by their names;
    of a `blind` copy also the key to its numbers. `digests` are the SHA-256 of the batch's files by
    name. See `gather_content`."""
    others = {name: digest for name, digest in digests.items() if not depends_on_form(name)}
    content = gather_content(result, words, others, blind=blind, thorough=thorough)
    files = {**write_report(content), WORKBOOK: write_book(content)}
    if content.keys:
        files[KEY] = key_table(content.keys)
    return files


def depends_on_form(name: str) -> bool:
    """Return whether a file of a batch tells of places in the files as they came, or is a page or
    workbook itself: the page rests on none of them."""
    return name in (REPORT, WORKBOOK, *OF_PLACES) or name.startswith(DETAILS)
