"""The candidates' table, understood."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.check import cells
from matcher.check.costs import Costs, costs, paid_by_person
from matcher.check.identity import fill_names, find_ids
from matcher.check.named import Certificates, Levels, NamedCells, Wishes
from matcher.check.people import note_people
from matcher.check.rows import Rows
from matcher.check.sheet import Sheet
from matcher.fit.lessons import LONGEST_JP, SHORTEST_JP
from matcher.forms import load_form
from matcher.language import say
from matcher.problem import NO_DAY, UNKNOWN, YES, Numbers, day_number
from matcher.read import Table
from matcher.settings import Settings
from matcher.vocabulary import Vocabulary

CENTURY = 36525  # days
AROUND = 15 * 365
MOST = 100_000  # lesson hours


@dataclass(frozen=True)
class CandidateCells(Rows):
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
    costs: list[Costs]


def check_candidates(
    table: Table,
    settings: Settings,
    vocabulary: Vocabulary,
    key: bytes,
    *,
    given: bool = False,
) -> tuple[Sheet, CandidateCells]:
    """Return the table under check and its values; `key` makes ids where the table has none. With
    `given` scores birth date and programme may be blank or absent."""
    sheet = Sheet(table, load_form("candidates", given=given), settings.read)
    on = day_number(settings.on)
    days = _days(sheet, on)
    fill_names(sheet)
    ids = find_ids(sheet, key)
    parse = NamedCells(vocabulary, settings.job_types, settings.read.date_order)
    values = CandidateCells(
        ids=ids,
        days=days,
        codes=_codes(sheet, parse),
        expected=sheet.values("japanese_expected", parse.expected, (UNKNOWN, NO_DAY)),
        certificates=sheet.values("certificates", parse.certificates, ()),
        skills=sheet.values("skills", parse.skills, ()),
        experience=sheet.values("experience", parse.experience, ()),
        job_wishes=sheet.values("wishes_job_types", parse.job_wishes, ()),
        prefecture_wishes=sheet.values("wishes_prefectures", parse.prefecture_wishes, ()),
        refuses=sheet.values("refuses", parse.refusals, Wishes(0, (), ())),
        accepts=sheet.values("accepts", parse.accepted, 0),
        schools=sheet.values("school", cells.one_line, ""),
        texts={
            "name": sheet.text("name"),
            "centre": sheet.values("centre", cells.one_line, ""),
            "sex": sheet.values("sex", cells.sex, ""),
            "province": sheet.values("province", parse.province, ""),
        },
        costs=sheet.values("costs", costs, ()),
    )
    _check_days(sheet, days, on)
    _check_apart(sheet)
    _settle_paid(sheet, values)
    for row in np.flatnonzero(values.codes["coe_refused"] == YES).tolist():
        sheet.note(row, "coe_refused", "VISA_REFUSED", say("must be declared (T14)"))
    _note_blanks(sheet, freed=given and settings.scores.rules)
    _note_lessons(sheet, values.codes)
    note_people(sheet, values.ids, values.days["birth_date"], vocabulary.provinces)
    return sheet, values


def _days(sheet: Sheet, on: int) -> dict[str, Numbers]:
    days = {
        column: sheet.days(column, NO_DAY, (on - AROUND, on + AROUND))
        for column in (
            "training_start",
            "training_end",
            "available_from",
            "passport_until",
            "accepted_on",
            "school_start",
            "school_end",
            "japanese_test_date",
            "recommended_on",
        )
    }
    days["birth_date"] = _births(sheet, (on - CENTURY * 6 // 10, on - CENTURY * 15 // 100))
    return days


def _births(sheet: Sheet, window: tuple[int, int]) -> Numbers:
    """Return the birth dates, from “place, date” (TTL) where a file has no other column."""
    apart = sheet.has("birth_place_and_date")
    needed = "birth_date" in sheet.form.required
    births = sheet.days("birth_date", NO_DAY, window, required=needed and not apart)
    if not apart:
        return births
    dates = sheet.kept["birth_date"]
    both = sheet.days("birth_place_and_date", NO_DAY, window, behind_comma=True)
    behind = sheet.kept.pop("birth_place_and_date")
    for row in range(len(sheet)):
        if births[row] == NO_DAY:
            births[row], dates[row] = both[row], behind[row]
        elif both[row] not in (NO_DAY, births[row]):
            reason = say("another date than the birth date of this row, which was read")
            sheet.note(row, "birth_place_and_date", "UNUSUAL", reason)
        if needed and births[row] == NO_DAY and row not in sheet.bad:
            sheet.blank(row, "birth_date")
    sheet.kept["birth_date"] = dates
    return births


def _codes(sheet: Sheet, parse: NamedCells) -> dict[str, Numbers]:
    codes = {
        "training_jp": sheet.counts("training_jp", 0, MOST, units=cells.JP),
        "minutes_per_jp": sheet.counts("minutes_per_jp", 30, 60, units=cells.MINUTES),
        "jp_done": sheet.counts("jp_done", 0, MOST, units=cells.JP),
    }
    for column in ("school_hours_done", "school_hours_planned", "school_trade_hours"):
        codes[column] = sheet.counts(column, 0, MOST, units=cells.HOURS)
    parsers = {
        "training_result": cells.result,
        "japanese_level": cells.level,
        "former_trainee": cells.yes_no,
        "coe_refused": cells.yes_no,
        "medical": cells.medical,
        "family_consent": cells.yes_no,
        "accepts_any_trade": cells.yes_no,
        "consent_export": cells.yes_no,
        "wants_abroad": cells.yes_no,
    }
    for column, parser in parsers.items():
        codes[column] = sheet.numbers(column, parser, kind=np.int8)
    codes["jft"] = np.array([cells.is_jft(text) for text in sheet.text("japanese_level")], np.int8)
    for money in ("deposit", "penalty", "cost_to_candidate"):
        codes[money] = sheet.money(money, "IDR")
    # T13 forbids both alike: together they are what the sending organisation has to return.
    either = (codes["deposit"] >= 0) | (codes["penalty"] >= 0)
    both = codes["deposit"].clip(0) + codes["penalty"].clip(0)
    codes["deposit"] = np.where(either, both, codes["deposit"])
    needed = "programme" in sheet.form.required
    codes["programme"] = sheet.numbers("programme", parse.programme, required=needed)
    return codes


def _check_apart(sheet: Sheet) -> None:
    """Check the columns that are kept and reported, and enter neither rule nor score."""
    sheet.values("employment", cells.free_text, "")
    for share in ("attendance", "assessment"):
        sheet.shares(share)


def _settle_paid(sheet: Sheet, values: CandidateCells) -> None:
    """Take what the person has paid from the costs by payer where its own column is blank; where
    both say it they should agree."""
    paid = values.codes["cost_to_candidate"]
    for row, held in enumerate(values.costs):
        own = paid_by_person(held)
        if paid[row] < 0:
            paid[row] = own
        elif own not in (-1, paid[row]):
            reason = say(
                "the person's own share is {own} here, and {paid} in cost_to_candidate, which"
                " counts",
                own=own,
                paid=int(paid[row]),
            )
            sheet.note(row, "costs", "UNUSUAL", reason)


def _check_days(sheet: Sheet, days: dict[str, Numbers], on: int) -> None:
    for row, birth in enumerate(days["birth_date"].tolist()):
        if birth != NO_DAY and not on - CENTURY <= birth < on:
            reason = say("nobody of this birth date can be a candidate")
            sheet.error(row, "birth_date", "BIRTH_DATE", reason, say("correct the date"))
        elif birth in cells.FILLERS:
            reason = say("a date often filled in where the birth date is missing; ask the person")
            sheet.note(row, "birth_date", "UNUSUAL", reason)
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


def _note_blanks(sheet: Sheet, *, freed: bool) -> None:
    if freed:
        sheet.note_blanks("birth_date", say("the age at entry is to be shown"))
        sheet.note_blanks("programme", say("training for the work is to be shown"))
    sheet.note_blanks("wants_abroad", say("taken as not refused"))
    sheet.note_blanks("deposit", say("taken as none recorded"))
    sheet.note_blanks("available_from", say("the end of the training stands in for it"))
    sheet.note_blanks(
        "coe_refused", say("to be asked: an earlier visa refusal must be declared (T14)")
    )
