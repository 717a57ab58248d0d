"""When the TITP plan of an opening can be filed and approved, in day numbers (E3)."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date
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
    does not have becomes its last, one beyond the calendar the calendar's last or first."""
    start = day_of(day)
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not MINYEAR <= year <= MAXYEAR:
        return day_number(date.max if months > 0 else date.min)
    last = calendar.monthrange(year, month + 1)[1]
    return day_number(date(year, month + 1, min(start.day, last)))


def time_plans(
    on: int, law: Law, filing_on: Numbers, interview_on: Numbers, entry_from: Numbers
) -> Plans:
    """Return the plans of openings by the columns of the same names.

    A plan is filed on the day that is stated, but, as it names the people, not before the batch or
    the interview, nor more months before entry than the law allows. Where the entry is not known,
    that does not count.
    """
    before = law.number("titp_filing_months_before")
    shorter, longer = law.numbers("titp_review_months")
    filed = [
        max(
            on,
            int(stated),
            int(talk),
            NO_DAY if entry == NO_DAY else add_months(int(entry), -before),
        )
        for stated, talk, entry in zip(filing_on, interview_on, entry_from, strict=True)
    ]
    return Plans(
        np.array(filed, np.int32),
        np.array([add_months(day, shorter) for day in filed], np.int32),
        np.array([add_months(day, longer) for day in filed], np.int32),
    )
