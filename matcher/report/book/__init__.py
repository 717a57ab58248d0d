"""The workbook that officers work in: what a batch says as sheets to filter, print and fill in."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from datetime import datetime

import xlsxwriter

from matcher.language import Phrase, say
from matcher.report.book.decisions import FORM, LISTS, write_decisions
from matcher.report.book.law import experience_page, quota_page
from matcher.report.book.orders import opening_page, reserve_page
from matcher.report.book.people import (
    due_page,
    other_page,
    point_page,
    proposal_page,
    waiting_page,
)
from matcher.report.book.summary import tell_filling, write_summary
from matcher.report.book.tables import table_pages
from matcher.report.book.values import Page
from matcher.report.book.writer import USUAL, Writer
from matcher.report.content.values import Content
from matcher.report.sheets.values import visible
from matcher.report.sheets.workbook import PLAIN, sheet_name

__all__ = ["make_pages", "write_book"]

CREATED = datetime(2000, 1, 1)  # the same bytes on any day
MANY_PEOPLE = 2_000  # with more, what each person could have instead stands in the tables alone
MANY_CELLS = 300_000  # with more, rows go to the disk as they are written
SUMMARY = say("Summary")
TABLES = "alternatives.csv, breakdown.csv"


def write_book(content: Content) -> bytes:
    """Return the workbook of a batch; the same bytes for the same content.

    A blind copy has no sheet for decisions, and one of very many people no other job orders and
    points: its first sheet says so.
    """
    pages = tuple(make_pages(content))
    large = sum(len(page.rows) * len(page.columns) for page in pages) > MANY_CELLS
    names = _name_sheets(content, pages)
    buffer = io.BytesIO()
    options = {
        **PLAIN,
        "in_memory": not large,
        "constant_memory": large,
        "default_format_properties": USUAL,
    }
    book = xlsxwriter.Workbook(buffer, options)
    mark, title = visible(content.mark), visible(content.title)
    book.set_properties({"created": CREATED, "title": title[:255], "comments": mark[:255]})
    writer = Writer(book, content.words, content.mark, names)
    writer.place(pages)
    sheets = {page: book.add_worksheet(name) for page, name in names.items()}
    write_summary(writer, sheets["summary"], content, pages, tuple(_notes(content, names)))
    for page in pages:
        writer.write(sheets[page.name], page)
    if not content.blind:
        lists = book.add_worksheet(LISTS.within(content.words.language))
        write_decisions(writer, sheets["decisions"], lists, content)
    book.close()
    return buffer.getvalue()


def make_pages(content: Content) -> Iterator[Page]:
    """Yield the pages of the workbook in their order."""
    yield proposal_page(content)
    yield waiting_page(content)
    yield due_page(content)
    yield opening_page(content)
    if len(content.people) <= MANY_PEOPLE:
        yield other_page(content)
    yield reserve_page(content)
    if len(content.people) <= MANY_PEOPLE and not content.given:
        yield point_page(content)
    yield quota_page(content)
    yield experience_page(content)
    yield from table_pages(content)


def _name_sheets(content: Content, pages: Sequence[Page]) -> dict[str, str]:
    """Return the name of each sheet, in their order, no two alike in whatever case."""
    words = content.words
    titles = {"summary": words(SUMMARY), **{page.name: page.title for page in pages}}
    if not content.blind:
        titles["decisions"] = words(FORM.label)
    taken = {_fold(LISTS.within(words.language))}
    names = {}
    for page, title in titles.items():
        name, number = sheet_name(title), 1
        while _fold(name) in taken:
            number += 1
            name = sheet_name(title, f" {number}")
        taken.add(_fold(name))
        names[page] = name
    return names


def _fold(name: str) -> str:
    return name.casefold()


def _notes(content: Content, names: dict[str, str]) -> Iterator[Phrase]:
    """Yield what a reader must know of the workbook itself."""
    if content.blind:
        yield say(
            "This is a blind copy: decisions are written in the office's own copy, so that nobody"
            " decides on a number that stands for a person."
        )
    else:
        yield tell_filling(names["decisions"])
    if len(content.people) > MANY_PEOPLE:
        yield say(
            "With so many people, other job orders and points by criterion are not sheets here;"
            " they stand in {files} of the batch.",
            files=TABLES,
        )
    yield say("What is changed in this workbook changes nothing in the batch.")
