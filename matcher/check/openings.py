"""The openings' table, understood."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np

from matcher.check import cells
from matcher.check.asked import add_nights, add_wishes, check_fewest, count_seats
from matcher.check.named import NamedCells
from matcher.check.regimes import note_regimes
from matcher.check.rows import Rows
from matcher.check.sheet import Sheet
from matcher.check.wishes import read_wishes
from matcher.errors import Issue
from matcher.forms import load_form
from matcher.language import say
from matcher.problem import NO_DAY, UNKNOWN, Numbers, OrderNeed, Wish, day_number, day_of
from matcher.read import Table
from matcher.settings import Settings
from matcher.vocabulary import Vocabulary

STAGES = {"i": 1, "ii": 2, "iii": 3}
REGIMES = {"titp": 0, "esd": 1}
STAGE_WORDS = {
    form.format(word): number
    for number, words in ((1, "1 i 一"), (2, "2 ii 二"), (3, "3 iii 三"))
    for word in words.split()
    for form in ("{}", "{}号", "第{}号", "技能実習{}号", "第{}号技能実習", "tahap {}", "stage {}")
}
REGIME_WORDS = {
    **dict.fromkeys(("技能実習", "技能実習制度", "magang", "magang teknis", "ginou jisshuu"), 0),
    **dict.fromkeys(("育成就労", "育成就労制度", "ikusei shuro", "ikusei shurou"), 1),
}
CLOSED = ("stage", "regime", "min_japanese", "conditions", "any_trade")
AROUND = 15 * 365  # days
FEW_TENTHS = 20  # people interviewed for ten seats


@dataclass(frozen=True)
class OpeningCells(Rows):
    """The columns of the table in the rows' order, not yet in the order of the ids."""

    ids: list[str]
    hosts: list[str]
    operations: list[str]
    days: dict[str, Numbers]
    codes: dict[str, Numbers]
    establishments: list[str]
    supervisors: list[str]
    senders: list[tuple[str, ...]]
    needs: list[tuple[OrderNeed, ...]]
    wishes: list[str]
    wish_reasons: list[str]

    def wishes_of(self, row: int) -> tuple[Wish, ...]:
        """Return what the host of one job order wishes, by kind."""
        return read_wishes(row, self.wishes[row], self.wish_reasons[row])


@dataclass(frozen=True)
class Known:
    """The ids that the tables beside the openings hold; None where there is no such table, or it
    could not be read. `owners` are the hosts of the establishments, "" where a row is faulty."""

    hosts: Collection[str] | None
    owners: Mapping[str, str] | None
    supervisors: Collection[str] | None


def check_openings(
    table: Table, settings: Settings, vocabulary: Vocabulary, known: Known
) -> tuple[Sheet, OpeningCells]:
    """Return the table under check and its values."""
    sheet = Sheet(table, load_form("openings"), settings.read)
    _check_demand(sheet)
    parse = NamedCells(vocabulary, settings.job_types, settings.read.date_order)
    ids = sheet.ids("opening_id")
    host_ids = _hosts(sheet, known.hosts)
    operations = _operations(sheet, parse)
    codes = _codes(sheet, parse)
    on = day_number(settings.on)
    days = {
        column: sheet.days(column, NO_DAY, (on - AROUND, on + AROUND))
        for column in (
            "entry_from",
            "entry_to",
            "order_closes",
            "interview_on",
            "plan_filing_on",
        )
    }
    values = OpeningCells(
        ids=ids,
        hosts=host_ids,
        operations=operations,
        days=days,
        codes=codes,
        establishments=_establishments(sheet, known, host_ids),
        supervisors=sheet.values(
            "supervisor_id", cells.known_id(known.supervisors, say("supervising organisation")), ""
        ),
        senders=sheet.values("senders", parse.senders, ()),
        needs=sheet.values("skills", parse.order_needs, ()),
        wishes=sheet.text("wishes"),
        wish_reasons=sheet.values("wish_reason", cells.free_text, ""),
    )
    for column in ("interview_mode", "work"):
        sheet.values(column, cells.free_text, "")
    _check_window(sheet, days, settings)
    check_fewest(sheet, codes)
    _notices(sheet, codes, known)
    note_regimes(sheet, values, settings)
    return sheet, values


def _check_demand(sheet: Sheet) -> None:
    """Refuse demand that names only a kejuruan: no host, no job type, no plan."""
    for place, part in enumerate(sheet.table.parts):
        named = part.columns.keys()
        if "kejuruan" in named and not named & {"host_id", "host_name", "operation_no"}:
            reason = say("demand by kejuruan without hosts is no job order: never for a plan")
            mend = say("name host_id, operation_no and seats of each job order")
            sheet.refuse_whole(place, "kejuruan", "DEMAND_ONLY", reason, mend)


def _hosts(sheet: Sheet, hosts: Collection[str] | None) -> list[str]:
    """Return each order's host: by id, else by name where the table has no ids."""
    known = cells.known_id(hosts, say("host"))
    found = sheet.values("host_id", known, "", required=True, instead="host_name")
    column = "host_id" if sheet.has("host_id") else "host_name"
    for part, rows in sheet.rows_by_part:
        if "host_id" not in part.columns and "host_name" in part.columns and len(rows):
            reason = say("no host_id: the hosts' names stand in for it")
            sheet.note(rows[0], "host_name", "ID_MADE", reason)
    if hosts is None and sheet.readable:
        reason = say("no table of hosts: they are taken from the job orders; quotas not checked")
        sheet.issues.append(Issue("HOSTS_FROM_ORDERS", sheet.file, 0, column, "", reason))
    return found


def _establishments(sheet: Sheet, known: Known, hosts: list[str]) -> list[str]:
    """Return each order's establishment; one of another host is an error."""
    parse = cells.known_id(known.owners, say("establishment"))
    found = sheet.values("establishment_id", parse, "")
    for row, place in enumerate(found):
        owner = (known.owners or {}).get(place, "") if place else ""
        if owner and owner != hosts[row] and row not in sheet.bad:
            reason = say("the establishment {place} belongs to {host}", place=place, host=owner)
            mend = say("correct host_id or establishment_id")
            sheet.error(row, "establishment_id", "UNKNOWN_NAME", reason, mend)
    return found


def _operations(sheet: Sheet, parse: NamedCells) -> list[str]:
    """Return each order's operation; the job category stands in where there is no other column."""
    return sheet.values("operation_no", parse.job_type, "", required=True, instead="job_category")


def _codes(sheet: Sheet, parse: NamedCells) -> dict[str, Numbers]:
    parsers = {
        "prefecture": parse.prefecture,
        "stage": cells.choice(STAGES, aliases=STAGE_WORDS),
        "regime": cells.choice(REGIMES, aliases=REGIME_WORDS),
        "min_japanese": cells.tested_level,
        "conditions": parse.conditions,
        "any_trade": cells.yes_no,
    }
    codes = {
        column: sheet.numbers(column, parser, kind=np.int8 if column in CLOSED else np.int32)
        for column, parser in parsers.items()
    }
    codes["min_seats"] = sheet.counts("min_seats", 0, 100_000, units=cells.PEOPLE)
    codes["interview_tenths"] = sheet.tenths("interview_ratio", 1, 100, units=("x", "倍"))
    codes["contract_months"] = sheet.counts("contract_months", 1, 600, units=cells.MONTHS)
    codes["monthly_hours"] = sheet.counts("monthly_hours", 1, 744, units=cells.HOURS)
    codes["seats"] = count_seats(sheet)
    codes["cost_to_candidate"] = sheet.money("cost_to_candidate", "IDR")
    for money in ("monthly_wage", "deductions", "net_pay"):
        codes[money] = sheet.money(money, "JPY")
    sheet.values("wishes", cells.free_text, "")
    add_wishes(sheet)
    add_nights(sheet, codes["conditions"])
    return codes


def _check_window(sheet: Sheet, days: dict[str, Numbers], settings: Settings) -> None:
    starts, ends = days["entry_from"], days["entry_to"]
    _fill_one_day(sheet, starts, ends)
    written = zip(sheet.text("entry_from"), sheet.text("entry_to"), strict=True)
    for row, (first, last) in enumerate(written):
        both = sheet.written(row, "entry_from").strip() and sheet.written(row, "entry_to").strip()
        if row in sheet.bad and both and not (first and last):
            continue  # an end that is faulty is told already
        if bool(first) != bool(last):
            column = "entry_to" if first else "entry_from"
            reason = say("only one end of the entry window is given")
            sheet.error(row, column, "WINDOW", reason, say("give both dates or neither"))
        elif not first and settings.entry is None:
            reason = say("no entry window here and no `entry` in scenario.toml")
            mend = say("fill entry_from and entry_to, or write `entry`")
            sheet.error(row, "entry_from", "WINDOW", reason, mend)
        elif NO_DAY != ends[row] < starts[row]:
            reason = say("the entry window ends before it begins")
            sheet.error(row, "entry_to", "DATES_CROSS", reason, say("correct one of the dates"))
    if settings.entry is not None:
        starts[starts == NO_DAY] = day_number(settings.entry[0])
        ends[ends == NO_DAY] = day_number(settings.entry[1])


def _fill_one_day(sheet: Sheet, starts: Numbers, ends: Numbers) -> None:
    """Read a planned day of entry, in a file without a column for the window's end, as a window of
    that day."""
    for part, rows in sheet.rows_by_part:
        if "entry_to" in part.columns or "entry_from" not in part.columns:
            continue
        filled = [row for row in rows if starts[row] != NO_DAY]
        for row in filled:
            ends[row] = starts[row]
            sheet.kept["entry_to"][row] = day_of(int(starts[row])).isoformat()
        if filled:
            reason = say("only the first day of entry is given: the window is that day")
            sheet.note(filled[0], "entry_from", "ONE_DAY", reason, filled[1:])


def _notices(sheet: Sheet, codes: dict[str, Numbers], known: Known) -> None:
    if known.hosts is not None:
        sheet.note_blanks("prefecture", say("the host's stands in, where it is recorded"))
    sheet.note_blanks("senders", say("every sending organisation may send"))
    sheet.note_blanks("monthly_wage", say("proposals there wait until it is known"))
    sheet.note_blanks("monthly_hours", say("proposals there wait until they are known"))
    few = codes["interview_tenths"]
    rows = np.flatnonzero((few != UNKNOWN) & (few < FEW_TENTHS)).tolist()
    if rows := [row for row in rows if row not in sheet.bad]:
        reason = say("fewer than 2 for a seat; hosts usually interview 2 to 3")
        sheet.note(rows[0], "interview_ratio", "UNUSUAL", reason, rows[1:])
    for row in np.flatnonzero(codes["seats"] == 0):
        if int(row) not in sheet.bad:
            sheet.note(int(row), "seats", "NO_SEATS", say("a job order without seats gets nobody"))
