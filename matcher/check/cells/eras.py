"""The years of Japanese eras."""

from __future__ import annotations

import re
from datetime import date

from matcher.check.cells.found import CellFault
from matcher.language import say

# Letter, name, the year before its first, its last year, in the order of the eras.
_ERAS = (
    ("M", "明治", 1867, 45),
    ("T", "大正", 1911, 15),
    ("S", "昭和", 1925, 64),
    ("H", "平成", 1988, 31),
    ("R", "令和", 2018, 99),
)
_NAMES = {name: era for era in _ERAS for name in (era[0], era[1], era[1][0])}
_GREGORIAN = date(1873, 1, 1)
_ERA = "(?P<era>[MTSHR]|明治?|大正?|昭和?|平成?|令和?)"
_YEAR = "(?P<year>元|[0-9]{1,4})"
_FORMS = (
    re.compile(
        rf"{_ERA}? ?{_YEAR} ?年 ?(?P<month>[0-9]{{1,2}}) ?月 ?(?P<day>[0-9]{{1,2}}) ?日", re.I
    ),
    re.compile(
        rf"{_ERA}[. ]?{_YEAR} ?([-/.]) ?(?P<month>[0-9]{{1,2}}) ?\3 ?(?P<day>[0-9]{{1,2}})", re.I
    ),
)


def japanese_day(text: str) -> tuple[date, str] | None:
    """Return the day of a date with 年月日 or of an era, and the code; None for other forms.

    A day past the end of an era, or before its beginning, in the year they share has one meaning
    (H31.5.1 is 2019-05-01); a year that the era never had has none.
    """
    found = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
    if found is None:
        return None
    year = 1 if found["year"] == "元" else int(found["year"])
    code = "DATE_FORM"
    if found["era"]:
        _, _, before, last = _NAMES[found["era"].upper()]
        if not 1 <= year <= last:
            raise CellFault(
                "DATE_IMPOSSIBLE",
                say("the era has no such year"),
                say("write year-month-day, as 2023-04-01"),
            )
        year, code = before + year, "ERA"
    elif found["year"] == "元" or len(found["year"]) != 4:
        raise CellFault(
            "DATE_ORDER",
            say("a year without its era or with too few digits"),
            say("write year-month-day, as 2023-04-01"),
        )
    day = a_day(year, int(found["month"]), int(found["day"]))
    if code == "ERA" and day < _GREGORIAN:
        raise no_such_day()
    return day, code


def a_day(year: int, month: int, day: int) -> date:
    """Return the date, where there is such a day."""
    try:
        return date(year, month, day)
    except ValueError:
        raise no_such_day() from None


def no_such_day() -> CellFault:
    """Return the fault of a date that never was."""
    return CellFault(
        "DATE_IMPOSSIBLE", say("there is no such day"), say("write year-month-day, as 2023-04-01")
    )
