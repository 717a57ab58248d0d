"""The codes that the columns hold, and the days and ages they count: a column of codes holds
`UNKNOWN` where the input is blank, a column of days (counted from 1970-01-01) holds `NO_DAY`."""

from __future__ import annotations

from datetime import date
from enum import IntEnum

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.integer]
Flags = NDArray[np.bool_]

UNKNOWN = -1
NOT_TESTED = -2
NO, YES = 0, 1
UNFIT, FIT, PENDING = 0, 1, 2
NOT_PASSED, PASSED, IN_PROGRESS = 0, 1, 2
NO_DAY = int(np.iinfo(np.int32).min)
LEVELS = ("none", "N5", "N4", "N3", "N2", "N1")
CONDITIONS = (
    "pork",
    "alcohol",
    "night_shift",
    "heights",
    "cold_store",
    "no_prayer_place",
    "no_headscarf",
)
WAIVE = "waive:"
ENFORCE = "enforce:"
WISHES = (
    *("sex", "age", "height", "weight", "strength", "handedness", "sight", "marital"),
    *("religion", "headscarf", "tattoo", "other"),
)
ENFORCEABLE = ("sex", "age")
WISH_CUT, WISH_UNKNOWN = 1, 2
DECLINED, FAILED = 1, 2
PAYERS = ("kemnaker", "school", "joe", "host", "person")
TITP, ESD = 0, 1
PORK = 1 << CONDITIONS.index("pork")
OTHER_WISH, UNKNOWN_WISH = -1, -2
EPOCH = date(1970, 1, 1).toordinal()
ADULT = 18


class Standing(IntEnum):
    """Whether a candidate takes part in the run."""

    PRESENT = 0
    HELD = 1
    WITHDRAWN = 2


def day_number(day: date) -> int:
    """Return the days from 1970-01-01 to `day`."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    """Return the date that is `number` days after 1970-01-01."""
    return date.fromordinal(int(number) + EPOCH)


def coming_of_age(birth: int, years: int = ADULT) -> int:
    """Return the day number of the birthday on which somebody is of age, by default the 18th (1
    March for those born on 29 February); `NO_DAY` where the birth date is not recorded."""
    if birth == NO_DAY:
        return NO_DAY
    born = day_of(birth)
    try:
        return day_number(born.replace(year=born.year + years))
    except ValueError:
        return day_number(born.replace(year=born.year + years, month=3, day=1))


def age_on(birth: int, on: date) -> int:
    """Return the whole years of somebody born on a day number, -1 where it is `NO_DAY`."""
    if birth == NO_DAY:
        return -1
    born = day_of(birth)
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))
