"""What a person's training comes to on the day of entry, in clock minutes, and when what is still
missing could be done (T9)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import numpy as np

from matcher.fit.lessons import minutes_of_lesson
from matcher.fit.plans import add_months
from matcher.law import Law
from matcher.problem import (
    IN_PROGRESS,
    NO_DAY,
    NOT_PASSED,
    PASSED,
    UNKNOWN,
    Candidates,
    Flags,
    Numbers,
    day_number,
)

MINUTES_A_WEEK = 40 * 60


@dataclass(frozen=True)
class Training:
    """By person: lesson hours, and clock minutes as a least and a most end that differ where
    something is not recorded.

    `lessons` is what counts of the centre's lesson hours in the least end; `at_centre` those in
    minutes, `at_school` the minutes at the sending organisation, `in_trade` those of them for the
    trade; `to_come` is what is planned and not yet done. `days` are those between the dates of
    training, `UNKNOWN` without dates; `over` is the last day of it, or the day of the batch.
    `unrecorded` are people whose lesson hours are written nowhere.
    """

    lessons: Numbers
    at_centre: tuple[Numbers, Numbers]
    at_school: tuple[Numbers, Numbers]
    in_trade: tuple[Numbers, Numbers]
    to_come: Numbers
    days: Numbers
    over: Numbers
    unrecorded: Flags

    def total(self, end: int) -> Numbers:
        """Return all minutes, in the least (0) or the most (1) end."""
        return self.at_centre[end] + self.at_school[end]

    def for_trade(self, end: int, *, own: bool) -> Numbers:
        """Return the minutes for the trade; `own`: the lesson hours are for it."""
        return self.in_trade[end] + (self.at_centre[end] if own else 0)

    def suffices(self, law: Law) -> Flags:
        """Return whose training is enough where the lesson hours are for the trade."""
        hours, months = law.number("titp_hours"), law.number("titp_months")
        trade, trade_months = law.number("titp_trade_hours"), law.number("titp_trade_months")
        return (
            (self.total(0) >= 60 * hours)
            & (self.for_trade(0, own=True) >= 60 * trade)
            & (self.days >= fewest_days(max(months, trade_months)))
        )

    def missing(self, law: Law, *, own: bool) -> Numbers:
        """Return the minutes still missing where all that is not recorded counts."""
        total, trade = law.number("titp_hours"), law.number("titp_trade_hours")
        short = np.maximum(60 * total - self.total(1), 60 * trade - self.for_trade(1, own=own))
        return np.maximum(short, 0)

    def ready(self, law: Law, on: int, *, own: bool) -> Numbers:
        """Return the first day on which nothing would be missing, `NO_DAY` where nothing is
        known to be: what is planned and what is missing at 40 hours a week from the day `on`
        (our convention), missing days after the last day of training."""
        missing = self.missing(law, own=own)
        weekly = -(-7 * (self.to_come + missing) // MINUTES_A_WEEK)
        by_hours = np.where((missing > 0) & ~self.unrecorded, on + weekly, NO_DAY)
        least = fewest_days(law.number("titp_months"))
        few = (self.days != UNKNOWN) & (self.days < least)
        by_days = np.where(few, self.over + least - self.days, NO_DAY)
        return np.maximum(by_hours, by_days)


@lru_cache
def fewest_days(months: int) -> int:
    """Return the fewest days that so many calendar months have: two have 59 at least."""
    starts = [day_number(date(2023, month, 1)) for month in range(1, 13)]
    return min(add_months(start, months) - start for start in starts)


def training_of(
    c: Candidates, on: int, *, ends_in_time: bool, school_in_time: bool = True
) -> Training:
    """Return the training of people; `ends_in_time`: it ends before the entry window does, so
    that what is planned counts whole, and `school_in_time` the same of the sending organisation's
    hours. Those planned without a last day count in the most end only."""
    done, planned = np.maximum(c.jp_done, 0), np.maximum(c.training_jp, c.jp_done).clip(0)
    running = c.training_result == IN_PROGRESS
    silent = (c.training_result == UNKNOWN) | (c.jp_done == UNKNOWN)
    sure = running & (c.training_end != NO_DAY) if ends_in_time else np.zeros_like(running)
    sure = sure | ((c.training_result == PASSED) & (c.jp_done == UNKNOWN))
    lessons = np.where(sure, planned, done)
    most = np.where((running | silent) & ends_in_time, planned, done)
    short, long = minutes_of_lesson(c)
    done_there, planned_there = c.school_hours_done.clip(0), c.school_hours_planned.clip(0)
    dated = c.school_end != NO_DAY
    school = 60 * (done_there + np.where(dated & school_in_time, planned_there, 0))
    at_most = 60 * (done_there + np.where(school_in_time, planned_there, 0))
    stated = c.school_trade_hours != UNKNOWN
    trade = 60 * c.school_trade_hours.clip(0)
    future = (running | (c.training_result == UNKNOWN)) & ~(
        (c.training_end != NO_DAY) & (c.training_end < on)
    )
    return Training(
        lessons,
        (lessons * short, most * long),
        (school, at_most),
        (np.minimum(trade, school), np.where(stated, trade, at_most)),
        np.where(future & (c.jp_done != UNKNOWN), planned - done, 0) * short
        + 60 * c.school_hours_planned.clip(0),
        c.training_days if school_in_time else c.course_days,
        np.maximum(c.training_end, on),
        (c.training_jp == UNKNOWN) & (running | silent),
    )


def course_suffices(c: Candidates, law: Law) -> tuple[Flags, Flags]:
    """Return whose course at the centre is long enough to stand for prior experience (T9b) where
    it is for the trade: by figures that are certain, and by any."""
    short, long = minutes_of_lesson(c)
    hours, months = law.number("titp_course_hours"), law.number("titp_course_months")
    long_by_days = c.course_days >= fewest_days(months)
    result, lessons = c.training_result, c.training_jp.clip(0)
    coming = (result == PASSED) | ((result == IN_PROGRESS) & (c.training_end != NO_DAY))
    by_hours = (lessons * short >= 60 * hours) & law.certain("titp_course_hours")
    by_months = long_by_days & law.certain("titp_course_months")
    possible = (lessons * long >= 60 * hours) | long_by_days
    return coming & (by_hours | by_months), (result != NOT_PASSED) & possible
