"""The candidates' table, understood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.check import cells
from matcher.check.named import Certificates, Levels, NamedCells, Wishes
from matcher.check.sheet import Sheet
from matcher.criteria import LONGEST_JP, SHORTEST_JP
from matcher.language import say
from matcher.problem import (
    FIT,
    IN_PROGRESS,
    NO_DAY,
    NOT_PASSED,
    PASSED,
    PENDING,
    UNFIT,
    UNKNOWN,
    Numbers,
    day_number,
)
from matcher.read import Table
from matcher.settings import Settings
from matcher.vocabulary import Vocabulary

REQUIRED = ("candidate_id", "birth_date", "programme")
OPTIONAL = tuple(
    [
        "name",
        "sex",
        "province",
        "centre",
        "school",
        "training_start",
        "training_end",
        "training_jp",
        "minutes_per_jp",
        "jp_done",
        "school_start",
        "school_end",
        "school_hours_done",
        "school_hours_planned",
        "school_trade_hours",
        "training_result",
        "attendance",
        "assessment",
        "certificates",
        "skills",
        "experience",
        "employment",
        "japanese_level",
        "japanese_test_date",
        "japanese_expected",
        "former_trainee",
        "coe_refused",
        "available_from",
        "passport_until",
        "medical",
        "family_consent",
        "wishes_job_types",
        "wishes_prefectures",
        "refuses",
        "accepts",
        "accepts_any_trade",
        "accepted_on",
        "deposit",
        "cost_to_candidate",
        "costs",
        "consent_export",
        "wants_abroad",
    ]
)
RESULTS = {
    "lulus": PASSED,
    "passed": PASSED,
    "修了": PASSED,
    "tidak lulus": NOT_PASSED,
    "not passed": NOT_PASSED,
    "不合格": NOT_PASSED,
    "dalam proses": IN_PROGRESS,
    "in progress": IN_PROGRESS,
    "受講中": IN_PROGRESS,
}
MEDICALS = {"fit": FIT, "unfit": UNFIT, "pending": PENDING}

COUNTS = ("training_jp", "minutes_per_jp", "jp_done", "school_hours_done", "school_hours_planned")


@dataclass(frozen=True)
class CandidateCells:
    """The columns of the table in the rows' order, not yet in the order of the ids."""

    ids: list[str]
    days: dict[str, Numbers]
    codes: dict[str, Numbers]
    expected: list[tuple[int, int]]
    certificates: list[Certificates]
    skills: list[Levels]
    experience: list[Levels]
    job_wishes: list[tuple[str, ...]]
    prefecture_wishes: list[tuple[str, ...]]
    refuses: list[Wishes]
    accepts: list[int]
    schools: list[str]
    texts: dict[str, list[str]]


def check_candidates(
    table: Table, settings: Settings, vocabulary: Vocabulary, programmes: dict[str, int]
) -> tuple[Sheet, CandidateCells]:
    """Return the table under check and its values."""
    sheet = Sheet(table, REQUIRED, OPTIONAL)
    on = day_number(settings.on)
    ids = sheet.ids("candidate_id", cells.identifier)
    days = _days(sheet)
    _check_days(sheet, days, on)
    parse = NamedCells(vocabulary)
    values = CandidateCells(
        ids=ids,
        days=days,
        codes=_codes(sheet, programmes, sorted(vocabulary.programmes)),
        expected=sheet.values("japanese_expected", parse.expected, (UNKNOWN, NO_DAY)),
        certificates=sheet.values("certificates", parse.certificates, ()),
        skills=sheet.values("skills", parse.skills, ()),
        experience=sheet.values("experience", parse.experience, ()),
        job_wishes=sheet.values("wishes_job_types", parse.job_wishes, ()),
        prefecture_wishes=sheet.values("wishes_prefectures", parse.prefecture_wishes, ()),
        refuses=sheet.values("refuses", parse.refusals, Wishes(0, (), ())),
        accepts=sheet.values("accepts", parse.accepted, 0),
        schools=sheet.text("school"),
        texts={name: sheet.text(name) for name in ("name", "centre")},
    )
    _note_blanks(sheet)
    _note_lessons(sheet, values.codes)
    return sheet, values


def _days(sheet: Sheet) -> dict[str, Numbers]:
    days = {
        column: sheet.numbers(column, cells.day, NO_DAY)
        for column in (
            "training_start",
            "training_end",
            "available_from",
            "passport_until",
            "accepted_on",
        )
    }
    days["birth_date"] = sheet.numbers("birth_date", cells.day, NO_DAY, required=True)
    for column in ("school_start", "school_end", "japanese_test_date"):
        days[column] = sheet.numbers(column, cells.day, NO_DAY)
    return days


def _codes(sheet: Sheet, programmes: dict[str, int], names: list[str]) -> dict[str, Numbers]:
    count = cells.whole(0, 100_000)
    parsers = {
        "training_jp": count,
        "minutes_per_jp": cells.whole(30, 60),
        "jp_done": count,
        "school_hours_done": count,
        "school_hours_planned": count,
        "training_result": cells.choice(RESULTS, ("lulus", "tidak lulus", "dalam proses")),
        "japanese_level": cells.level,
        "former_trainee": cells.yes_no,
        "coe_refused": cells.yes_no,
        "medical": cells.choice(MEDICALS),
        "family_consent": cells.yes_no,
        "accepts_any_trade": cells.yes_no,
        "wants_abroad": cells.yes_no,
    }
    codes = {
        column: sheet.numbers(column, parse, kind=np.int32 if column in COUNTS else np.int8)
        for column, parse in parsers.items()
    }
    sheet.numbers("school_trade_hours", count)
    sheet.numbers("consent_export", cells.yes_no)
    for share in ("attendance", "assessment"):
        sheet.numbers(share, cells.whole(0, 100))
    for money in ("deposit", "cost_to_candidate"):
        codes[money] = sheet.numbers(money, cells.whole(0), kind=np.int64)
    programme = cells.programme(programmes)
    codes["programme"] = sheet.numbers("programme", programme, required=True)
    _note_spellings(sheet, codes["programme"], names)
    return codes


def _note_spellings(sheet: Sheet, programmes: Numbers, names: list[str]) -> None:
    """Tell once for each spelling which programme it was read as."""
    told = set()
    for row, (cell, place) in enumerate(zip(sheet.text("programme"), programmes, strict=True)):
        if row not in sheet.bad and cell not in told and cell != names[place]:
            told.add(cell)
            sheet.note(row, "programme", "READ_AS", say("read as {name}", name=names[place]))


def _check_days(sheet: Sheet, days: dict[str, Numbers], on: int) -> None:
    century = 36525
    for row, birth in enumerate(days["birth_date"].tolist()):
        if birth != NO_DAY and not on - century <= birth < on:
            reason = say("nobody of this birth date can be a candidate")
            sheet.error(row, "birth_date", "BIRTH_DATE", reason, say("correct the date"))
    for what in ("training", "school"):
        starts, ends = days[f"{what}_start"], days[f"{what}_end"]
        for row in np.flatnonzero((starts != NO_DAY) & (ends != NO_DAY) & (ends < starts)).tolist():
            reason, mend = say("it ends before it starts"), say("correct one of the dates")
            sheet.error(row, f"{what}_end", "DATES_CROSS", reason, mend)
    for row in np.flatnonzero(days["accepted_on"] > on).tolist():
        reason = say("accepted after the day the scenario counts from")
        mend = say("correct the date, or `on` in scenario.toml")
        sheet.error(row, "accepted_on", "AFTER_ON", reason, mend)


def _note_lessons(sheet: Sheet, codes: dict[str, Numbers]) -> None:
    done, whole, minutes = (codes[name] for name in ("jp_done", "training_jp", "minutes_per_jp"))
    for row in np.flatnonzero((whole >= 0) & (done > whole)).tolist():
        reason = say("more lesson hours done than the training has")
        sheet.note(row, "jp_done", "MORE_THAN_ALL", reason)
    unusual = (minutes >= 0) & ((minutes < SHORTEST_JP) | (minutes > LONGEST_JP))
    for row in np.flatnonzero(unusual).tolist():
        reason = say("a lesson hour (JP) usually has 40 to 45 minutes")
        sheet.note(row, "minutes_per_jp", "UNUSUAL", reason)


def _note_blanks(sheet: Sheet) -> None:
    sheet.note_blanks("wants_abroad", say("taken as not refused"))
    sheet.note_blanks("deposit", say("taken as none recorded"))
    sheet.note_blanks("available_from", say("the end of the training stands in for it"))
    sheet.note_blanks(
        "coe_refused", say("to be asked: an earlier visa refusal must be declared (T14)")
    )
    for row, answer in enumerate(sheet.values("coe_refused", _quiet_yes_no, -1)):
        if answer == 1:
            sheet.note(row, "coe_refused", "VISA_REFUSED", say("must be declared (T14)"))


def _quiet_yes_no(cell: str) -> int:
    return cells.WORDS_OF_YES_AND_NO.get(cell.casefold(), -1)
