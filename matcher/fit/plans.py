"""When the TITP plan of an opening can be filed and approved, in day numbers (E3)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from matcher.law import Law
from matcher.problem import NO_DAY, Numbers, day_number, day_of


@dataclass(frozen=True)
class Plans:
    """By opening: the day its plan is filed, or can be at the earliest, and the days on which it
    is approved after the shorter and after the longer review."""

    filed: Numbers
    soonest: Numbers
    latest: Numbers


@lru_cache(maxsize=1 << 16)
def add_months(day: int, months: int) -> int:
    """Return the day number so many months later (earlier where negative); a day that the month
    does not have becomes its last."""
    start = day_of(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return day_number(date(year, month + 1, min(start.day, last)))


def time_plans(
    on: int, law: Law, filing_on: Numbers, interview_on: Numbers, entry_from: Numbers
) -> Plans:
    """Return the plans of openings by the columns of the same names.

    A plan is filed on the day that is stated; else, at the earliest, on the day of the batch,
    on the day of the interview, or as many months before entry as the law allows, whichever comes
    last. Where the entry is not known, the batch and the interview alone count.
    """
    before = law.number("titp_filing_months_before")
    shorter, longer = law.numbers("titp_review_months")
    filed = [
        int(stated)
        if stated != NO_DAY
        else max(on, int(talk), add_months(int(entry), -before) if entry != NO_DAY else on)
        for stated, talk, entry in zip(filing_on, interview_on, entry_from, strict=True)
    ]
    return Plans(
        np.array(filed, np.int32),
        np.array([add_months(day, shorter) for day in filed], np.int32),
        np.array([add_months(day, longer) for day in filed], np.int32),
    )
