"""The tables of those around an opening, understood: hosts, establishments, supervising and sending
organisations."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from matcher.check import cells
from matcher.check.cells import Cell, Found
from matcher.check.named import NamedCells
from matcher.check.named_lists import list_of, read_as
from matcher.check.rows import Rows
from matcher.check.sheet import Sheet
from matcher.forms import load_form
from matcher.language import say
from matcher.problem import NO, NO_DAY, UNKNOWN, YES, Numbers, day_number
from matcher.read import Table
from matcher.settings import Settings
from matcher.vocabulary import Vocabulary

MOST_PEOPLE = 10_000_000
AROUND = 15 * 365  # days
ALL = "all"
TRAINEES = ("trainees_1", "trainees_2", "trainees_3")
HOST_COUNTS = ("full_time_staff", *TRAINEES, "promised", "esd_people", "rooms_women", "rooms_men")
PERMITS = {"specific": NO, "general": YES}
PERMIT_WORDS = {
    **dict.fromkeys(("特定", "特定監理事業", "specified", "khusus"), NO),
    **dict.fromkeys(("一般", "一般監理事業", "umum", "unggul", "優良"), YES),
}
INDONESIA = {cells.folded(word) for word in ("indonesia", "ID", "IDN", "インドネシア", "印尼")}
EVERY = {cells.folded(word) for word in (ALL, "semua", "全", "全て", "すべて", "全職種", "全国")}
LICENCES = {
    cells.folded(word): regime
    for regime, words in (
        ("titp", "titp; 技能実習; magang; magang teknis"),
        ("esd", "esd; 育成就労; ikusei shuro"),
        ("", "none; tidak; tidak ada; なし; 無"),
    )
    for word in words.split("; ")
}


@dataclass(frozen=True)
class HostCells(Rows):
    """The hosts' columns in the rows' order."""

    ids: list[str]
    names: list[str]
    codes: dict[str, Numbers]
    supervisors: list[str]


@dataclass(frozen=True)
class EstablishmentCells(Rows):
    """The establishments' columns in the rows' order."""

    ids: list[str]
    hosts: list[str]
    codes: dict[str, Numbers]


@dataclass(frozen=True)
class SupervisorCells(Rows):
    """The supervising organisations' columns in the rows' order."""

    ids: list[str]
    codes: dict[str, Numbers]
    countries: list[tuple[str, ...]]
    categories: list[tuple[str, ...]]


@dataclass(frozen=True)
class SchoolCells(Rows):
    """The sending organisations' columns in the rows' order; a licence is None where blank."""

    ids: list[str]
    licences: list[tuple[str, ...] | None]
    class_sizes: list[int]

    def class_size(self, school: str) -> int:
        """Return the people in one class of a school, `UNKNOWN` where that is not recorded."""
        return self.class_sizes[self.ids.index(school)] if school in self.ids else UNKNOWN


def check_hosts(
    table: Table, settings: Settings, vocabulary: Vocabulary, supervisors: Collection[str] | None
) -> tuple[Sheet, HostCells]:
    """Return the table under check and its values; `supervisors` is None without their table."""
    sheet = Sheet(table, load_form("hosts"), settings.read)
    parse = NamedCells(vocabulary, settings.job_types)
    ids = sheet.ids("host_id")
    codes = {
        column: sheet.counts(column, 0, MOST_PEOPLE, units=cells.PEOPLE) for column in HOST_COUNTS
    }
    for column in ("excellent", "designated_area"):
        codes[column] = sheet.numbers(column, cells.yes_no)
    codes["prefecture"] = sheet.numbers("prefecture", parse.prefecture)
    _check_counted(sheet, day_number(settings.on))
    known = cells.known_id(supervisors, say("supervising organisation"))
    values = HostCells(
        ids,
        sheet.values("name", cells.one_line, ""),
        codes,
        sheet.values("supervisor_id", known, ""),
    )
    waits = say("proposals there wait until it is known (quota)")
    sheet.note_blanks("full_time_staff", waits)
    nobody = say("counted as nobody; proposals that it bears on wait until it is known (quota)")
    for column in TRAINEES:
        sheet.note_blanks(column, nobody)
    sheet.note_blanks("excellent", say("read as not excellent"))
    if sheet.has("designated_area"):
        sheet.note_blanks("designated_area", say("read as outside"))
    sheet.note_blanks("promised", say("read as nobody"))
    return sheet, values


def _check_counted(sheet: Sheet, on: int) -> None:
    """Note the days of a count that are still to come; the day is told and bears on nothing."""
    days = sheet.days("counted_on", NO_DAY, (on - AROUND, on + AROUND))
    for row in np.flatnonzero(days > on).tolist():
        sheet.note(row, "counted_on", "UNUSUAL", say("after the day the scenario counts from"))


def check_establishments(
    table: Table, settings: Settings, hosts: Collection[str] | None
) -> tuple[Sheet, EstablishmentCells]:
    """Return the table under check and its values; `hosts` is None without a hosts table."""
    sheet = Sheet(table, load_form("establishments"), settings.read)
    ids = sheet.ids("establishment_id")
    known = cells.known_id(hosts, say("host"))
    owners = sheet.values("host_id", known, "", required=True)
    codes = {
        column: sheet.counts(column, 0, MOST_PEOPLE, units=cells.PEOPLE)
        for column in ("care_staff", *TRAINEES)
    }
    sheet.values("name", cells.one_line, "")
    return sheet, EstablishmentCells(ids, owners, codes)


def check_supervisors(
    table: Table, settings: Settings, vocabulary: Vocabulary
) -> tuple[Sheet, SupervisorCells]:
    """Return the table under check and its values."""
    sheet = Sheet(table, load_form("supervisors"), settings.read)
    jobs = NamedCells(vocabulary, settings.job_types)
    on = day_number(settings.on)
    ids = sheet.ids("supervisor_id")
    sheet.values("name", cells.one_line, "")
    codes = {
        "general": sheet.numbers("permit", cells.choice(PERMITS, aliases=PERMIT_WORDS)),
        "permit_until": sheet.days("permit_until", NO_DAY, (on - AROUND, on + AROUND)),
        "esd_permit": sheet.numbers("esd_permit", cells.yes_no),
    }

    def categories(cell: Cell) -> Found[tuple[str, ...]]:
        if cells.folded(cell.text) in EVERY:
            return Found((ALL,), ALL, "" if cell.text == ALL else "WORD_FORM")
        return jobs.job_wishes(cell)

    return sheet, SupervisorCells(
        ids,
        codes,
        sheet.values("countries", _names, ()),
        sheet.values("categories", categories, ()),
    )


def check_schools(
    table: Table, settings: Settings, vocabulary: Vocabulary
) -> tuple[Sheet, SchoolCells]:
    """Return the table under check and its values."""
    sheet = Sheet(table, load_form("schools"), settings.read)
    ids = sheet.ids("school")
    sheet.values("name", cells.one_line, "")
    sizes: list[int] = sheet.counts("class_size", 1, 100_000, units=cells.PEOPLE).tolist()
    sheet.values("province", NamedCells(vocabulary, settings.job_types).province, "")
    licences: list[tuple[str, ...] | None] = sheet.values("licence", _licence, None)
    return sheet, SchoolCells(ids, licences, sizes)


def names_indonesia(countries: tuple[str, ...]) -> int:
    """Return whether a permit's countries hold Indonesia: YES, NO, or `UNKNOWN` where blank."""
    if not countries:
        return UNKNOWN
    named = {cells.folded(name) for name in countries}
    return YES if named & (INDONESIA | EVERY) else NO


def count_codes(values: Numbers, rows: list[int]) -> Numbers:
    """Return a column at rows, `UNKNOWN` for the row -1."""
    return np.append(values, UNKNOWN)[rows].astype(np.int32)


def _names(cell: Cell) -> Found[tuple[str, ...]]:
    parts = cells.finer_parts(cell.text)
    return Found(tuple(parts), *cells.listed(cell.text, parts))


def _licence(cell: Cell) -> Found[tuple[str, ...] | None]:
    if cells.folded(cell.text) in LICENCES and not LICENCES[cells.folded(cell.text)]:
        return Found((), "none", "" if cell.text == "none" else "WORD_FORM")
    found, text, code = list_of(cell, _regime)
    return Found(tuple(sorted(set(found))) or None, text, code)


def _regime(part: str) -> Found[str]:
    regime = LICENCES.get(cells.folded(part), "")
    if not regime:
        raise cells.CellFault("NOT_A_WORD", say("not a regime"), say("one of: titp, esd, none"))
    return Found(regime, regime, read_as(part, regime))
