"""The openings' and the hosts' tables, understood."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from matcher.check import cells
from matcher.check.named import known, places_of_prefectures
from matcher.check.sheet import Sheet
from matcher.language import say
from matcher.problem import NO_DAY, UNKNOWN, Numbers, OrderNeed, day_number
from matcher.read import Table
from matcher.settings import Settings
from matcher.vocabulary import Vocabulary

REQUIRED = ("opening_id", "host_id", "operation_no", "seats")
OPTIONAL = tuple(
    [
        "establishment_id",
        "supervisor_id",
        "senders",
        "prefecture",
        "regime",
        "stage",
        "entry_from",
        "entry_to",
        "order_closes",
        "interview_on",
        "interview_mode",
        "interview_ratio",
        "min_seats",
        "min_japanese",
        "skills",
        "monthly_wage",
        "monthly_hours",
        "deductions",
        "net_pay",
        "contract_months",
        "work",
        "conditions",
        "cost_to_candidate",
        "any_trade",
        "wishes",
        "wish_reason",
    ]
)
HOST_REQUIRED = ("host_id",)
HOST_OPTIONAL = tuple(
    [
        "name",
        "prefecture",
        "full_time_staff",
        "excellent",
        "trainees_1",
        "trainees_2",
        "trainees_3",
        "promised",
        "esd_people",
        "supervisor_id",
        "designated_area",
        "rooms_women",
        "rooms_men",
    ]
)
STAGES = {"i": 1, "ii": 2, "iii": 3}
REGIMES = {"titp": 0, "esd": 1}
CLOSED = ("stage", "regime", "min_japanese", "conditions", "any_trade")
ESD = REGIMES["esd"]


@dataclass(frozen=True)
class OpeningCells:
    """The columns of the table in the rows' order, not yet in the order of the ids."""

    ids: list[str]
    hosts: list[str]
    operations: list[str]
    days: dict[str, Numbers]
    codes: dict[str, Numbers]
    senders: list[tuple[str, ...]]
    needs: list[tuple[OrderNeed, ...]]


def check_openings(
    table: Table, settings: Settings, vocabulary: Vocabulary, hosts: Collection[str] | None
) -> tuple[Sheet, OpeningCells]:
    """Return the table under check and its values; `hosts` is None without a hosts table."""
    sheet = Sheet(table, REQUIRED, OPTIONAL)
    operations = {number: place for place, number in enumerate(sorted(vocabulary.job_types))}
    numbers = sorted(operations)
    ids = sheet.ids("opening_id", cells.identifier)
    host_ids = sheet.values("host_id", cells.identifier, "", required=True)
    if hosts is not None:
        sheet.values("host_id", cells.known_id(hosts, say("host")), "")
    job = sheet.values(
        "operation_no", cells.reference(operations, say("job type")), UNKNOWN, required=True
    )
    codes = _codes(sheet, places_of_prefectures(vocabulary))
    days = {
        column: sheet.numbers(column, cells.day, NO_DAY)
        for column in ("entry_from", "entry_to", "order_closes", "interview_on")
    }
    _check_window(sheet, days, settings)
    _notices(sheet, codes)
    values = OpeningCells(
        ids=ids,
        hosts=host_ids,
        operations=[numbers[place] for place in job],
        days=days,
        codes=codes,
        senders=sheet.values("senders", lambda cell: tuple(sorted(cells.parts(cell))), ()),
        needs=sheet.values("skills", lambda cell: _needs(cell, vocabulary), ()),
    )
    return sheet, values


def check_hosts(table: Table, vocabulary: Vocabulary) -> tuple[Sheet, dict[str, str]]:
    """Return the table under check and the hosts' names by id."""
    sheet = Sheet(table, HOST_REQUIRED, HOST_OPTIONAL)
    ids = sheet.ids("host_id", cells.identifier)
    counts = ["full_time_staff", "trainees_1", "trainees_2", "trainees_3", "promised", "esd_people"]
    for column in (*counts, "rooms_women", "rooms_men"):
        sheet.numbers(column, cells.whole(0, 10_000_000))
    for column in ("excellent", "designated_area"):
        sheet.numbers(column, cells.yes_no)
    sheet.numbers(
        "prefecture", cells.reference(places_of_prefectures(vocabulary), say("prefecture"))
    )
    return sheet, dict(zip(ids, sheet.text("name"), strict=True))


def _codes(sheet: Sheet, prefectures: dict[str, int]) -> dict[str, Numbers]:
    parsers = {
        "prefecture": cells.reference(prefectures, say("prefecture")),
        "stage": cells.choice(STAGES),
        "regime": cells.choice(REGIMES),
        "min_japanese": cells.tested_level,
        "conditions": cells.conditions,
        "any_trade": cells.yes_no,
        "min_seats": cells.whole(0, 100_000),
        "interview_ratio": cells.whole(1, 100),
        "contract_months": cells.whole(1, 600),
        "monthly_hours": cells.whole(1, 744),
    }
    codes = {
        column: sheet.numbers(column, parse, kind=np.int8 if column in CLOSED else np.int32)
        for column, parse in parsers.items()
    }
    codes["seats"] = sheet.numbers("seats", cells.whole(0, 100_000), 0, required=True)
    for money in ("cost_to_candidate", "monthly_wage", "deductions", "net_pay"):
        codes[money] = sheet.numbers(money, cells.whole(0), kind=np.int64)
    return codes


def _check_window(sheet: Sheet, days: dict[str, Numbers], settings: Settings) -> None:
    starts, ends = days["entry_from"], days["entry_to"]
    written = zip(sheet.text("entry_from"), sheet.text("entry_to"), strict=True)
    for row, (first, last) in enumerate(written):
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


def _notices(sheet: Sheet, codes: dict[str, Numbers]) -> None:
    sheet.note_blanks("senders", say("every sending organisation may send"))
    sheet.note_blanks("monthly_wage", say("the wage cannot be shown"))
    for row in np.flatnonzero(codes["min_seats"] > 1):
        sheet.note(int(row), "min_seats", "NOT_KEPT", say("read, but not yet kept by this version"))
    for row in np.flatnonzero(codes["regime"] == ESD):
        reason = say("the rules of ESD are not judged by this version")
        sheet.note(int(row), "regime", "NOT_JUDGED", reason)
    for row in np.flatnonzero(codes["seats"] == 0):
        if int(row) not in sheet.bad:
            sheet.note(int(row), "seats", "NO_SEATS", say("a job order without seats gets nobody"))


def _needs(cell: str, vocabulary: Vocabulary) -> tuple[OrderNeed, ...]:
    needs = []
    for part in cells.parts(cell):
        must = part.endswith("!")
        skill, level = cells.pair(part.removesuffix("!"), ":", "skill_id:level")
        known(skill, vocabulary.skills, say("skill"))
        needs.append(OrderNeed(skill, cells.whole(1, 3)(level), must))
    return tuple(sorted(needs, key=lambda need: (need.skill_id, need.level, need.must)))
