"""The candidates' table, understood."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matcher.check import cells
from matcher.check.cells import CellFault
from matcher.check.sheet import Sheet
from matcher.language import Phrase, say
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
from matcher.settings import Settings, did_you_mean
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

Certificates = tuple[tuple[str, int], ...]
Levels = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Wishes:
    """What a person wishes and refuses by name: operations or categories, and prefectures."""

    conditions: int
    jobs: tuple[str, ...]
    prefectures: tuple[str, ...]


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
    parse = _Parsers(vocabulary)
    values = CandidateCells(
        ids=ids,
        days=days,
        codes=_codes(sheet, programmes),
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
    for unused in ("school_start", "school_end", "japanese_test_date"):
        sheet.numbers(unused, cells.day, NO_DAY)
    return days


def _codes(sheet: Sheet, programmes: dict[str, int]) -> dict[str, Numbers]:
    count = cells.whole(0, 100_000)
    parsers = {
        "training_jp": count,
        "minutes_per_jp": cells.whole(30, 60),
        "jp_done": count,
        "school_hours_done": count,
        "school_hours_planned": count,
        "training_result": cells.choice(RESULTS),
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
    for unused in ("school_trade_hours",):
        sheet.numbers(unused, count)
    for money in ("deposit", "cost_to_candidate"):
        codes[money] = sheet.numbers(money, cells.whole(0), kind=np.int64)
    programme = cells.reference(programmes, say("programme"))
    codes["programme"] = sheet.numbers("programme", programme, required=True)
    return codes


def _check_days(sheet: Sheet, days: dict[str, Numbers], on: int) -> None:
    century = 36525
    for row, birth in enumerate(days["birth_date"].tolist()):
        if birth != NO_DAY and not on - century <= birth < on:
            reason = say("nobody of this birth date can be a candidate")
            sheet.error(row, "birth_date", "BIRTH_DATE", reason, say("correct the date"))
    starts, ends = days["training_start"], days["training_end"]
    for row in np.flatnonzero((starts != NO_DAY) & (ends != NO_DAY) & (ends < starts)).tolist():
        reason = say("the training ends before it starts")
        sheet.error(row, "training_end", "DATES_CROSS", reason, say("correct one of the dates"))
    for row in np.flatnonzero(days["accepted_on"] > on).tolist():
        reason = say("accepted after the day the scenario counts from")
        mend = say("correct the date, or `on` in scenario.toml")
        sheet.error(row, "accepted_on", "AFTER_ON", reason, mend)


def _note_blanks(sheet: Sheet) -> None:
    sheet.note_blanks("wants_abroad", say("taken as not refused"))
    sheet.note_blanks("deposit", say("taken as none recorded"))
    sheet.note_blanks("available_from", say("the end of the training stands in for it"))
    sheet.note_blanks("coe_refused", say("an earlier visa refusal must be declared (T14)"))
    for row, answer in enumerate(sheet.values("coe_refused", _quiet_yes_no, -1)):
        if answer == 1:
            sheet.note(row, "coe_refused", "VISA_REFUSED", say("must be declared (T14)"))


def _quiet_yes_no(cell: str) -> int:
    return cells.WORDS_OF_YES_AND_NO.get(cell.casefold(), -1)


class _Parsers:
    """The list cells of a candidate, which name entries of the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self.prefecture_names = {
            spelling: english
            for english, name in vocabulary.prefectures.items()
            for spelling in (english, name.ja, name.ja.rstrip("都府県"))
        }

    def certificates(self, cell: str) -> Certificates:
        """`unit_code@valid_until; …`, the date optional."""
        found = []
        for part in cells.parts(cell):
            unit, mark, until = part.partition("@")
            known(unit.strip(), self.vocabulary.units, say("SKKNI unit"))
            found.append((unit.strip(), cells.day(until.strip()) if mark else NO_DAY))
        return tuple(sorted(found))

    def skills(self, cell: str) -> Levels:
        """`skill_id:level; …`."""
        found = []
        for part in cells.parts(cell):
            skill, level = cells.pair(part, ":", "skill_id:level")
            known(skill, self.vocabulary.skills, say("skill"))
            found.append((skill, cells.whole(1, 3)(level)))
        return tuple(sorted(found))

    def experience(self, cell: str) -> Levels:
        """`operation_no:months; …`, added up by job category."""
        months: dict[str, int] = {}
        for part in cells.parts(cell):
            operation, worked = cells.pair(part, ":", "operation_no:months")
            known(operation, self.vocabulary.job_types, say("job type"))
            category = self.vocabulary.job_types[operation].category_no
            months[category] = months.get(category, 0) + cells.whole(0, 1200)(worked)
        return tuple(sorted(months.items()))

    def expected(self, cell: str) -> tuple[int, int]:
        """`N4@2023-03-31`."""
        level, when = cells.pair(cell, "@", "N4@2023-03-31")
        return cells.tested_level(level), cells.day(when)

    def job_wishes(self, cell: str) -> tuple[str, ...]:
        """Operations or job categories, in order of preference."""
        jobs = self.vocabulary.job_types
        named = jobs.keys() | {job.category_no for job in jobs.values()}
        return tuple(known(part, named, say("job type")) for part in cells.parts(cell))

    def prefecture_wishes(self, cell: str) -> tuple[str, ...]:
        """Prefectures, in order of preference."""
        return tuple(self._prefecture(part) for part in cells.parts(cell))

    def refusals(self, cell: str) -> Wishes:
        """Conditions of the closed list, operations or categories, and prefectures."""
        conditions, jobs, prefectures = 0, [], []
        for part in cells.parts(cell):
            if part in self.prefecture_names:
                prefectures.append(self.prefecture_names[part])
            elif part[0].isdigit():
                jobs.append(self.job_wishes(part)[0])
            else:
                conditions |= cells.conditions(part)
        return Wishes(conditions, tuple(sorted(jobs)), tuple(sorted(prefectures)))

    def accepted(self, cell: str) -> int:
        """Conditions of the closed list; operations and prefectures accepted need no answer."""
        return self.refusals(cell).conditions

    def _prefecture(self, part: str) -> str:
        known(part, self.prefecture_names, say("prefecture"))
        return self.prefecture_names[part]


def known(name: str, names: Iterable[str], what: Phrase) -> str:
    """Return `name` where it is one of `names`, else raise with the nearest of them."""
    if name not in names:
        mend = did_you_mean(name, names)
        raise CellFault(say("unknown {what}: {name}", what=what, name=name), mend)
    return name
