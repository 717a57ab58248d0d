"""The names of months and days of the week, and years of two digits."""

from __future__ import annotations

import re
from datetime import date

from matcher.check.cells.eras import a_day
from matcher.check.cells.found import CellFault
from matcher.language import say
from matcher.problem import day_number

Window = tuple[int, int]

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januari january jan",
            "februari february pebruari feb peb",
            "maret march mar",
            "april apr",
            "mei may",
            "juni june jun",
            "juli july jul",
            "agustus august agt agu ags agus agst aug",
            "september sep sept",
            "oktober october okt oct",
            "november nopember nov nop",
            "desember december des dec",
        ),
        1,
    )
    for name in names.split()
}
_WEEKDAYS = {
    name: number
    for number, names in enumerate(
        (
            "senin sen monday mon 月",
            "selasa sel tuesday tue tues 火",
            "rabu rab wednesday wed 水",
            "kamis kam thursday thu thurs 木",
            "jumat jum'at jum friday fri 金",
            "sabtu sab saturday sat 土",
            "minggu ahad min sunday sun 日",
        )
    )
    for name in names.split()
}
_DAY_FIRST = re.compile(
    r"([0-9]{1,2})(?:st|nd|rd|th)?[-/., ]*([a-z]+)\.?[-/., ]*'?([0-9]{2}|[0-9]{4})"
)
_MONTH_FIRST = re.compile(r"([a-z]+)\.?[ -]*([0-9]{1,2})(?:st|nd|rd|th)?(?:, *| +)([0-9]{4})")
_YEAR_FIRST = re.compile(r"([0-9]{4})[-/., ]*([a-z]+)\.?[-/., ]*([0-9]{1,2})")
_WEEKDAY_FIRST = re.compile(r"([a-z]+(?:'[a-z]+)?)(?: *[,/] *| +)(.*)")
_WEEKDAY_LAST = re.compile(r"(.*日) ?(?:\(([月火水木金土日])(?:曜日?)?\)|([月火水木金土日])曜日?)")


def with_month_name(text: str, window: Window | None) -> date | None:
    """Return the date of a text with a month's name; None for other forms."""
    if (found := _DAY_FIRST.fullmatch(text)) and found[2] in _MONTHS:
        number, month, year = int(found[1]), _MONTHS[found[2]], found[3]
    elif (found := _MONTH_FIRST.fullmatch(text)) and found[1] in _MONTHS:
        number, month, year = int(found[2]), _MONTHS[found[1]], found[3]
    elif (found := _YEAR_FIRST.fullmatch(text)) and found[2] in _MONTHS:
        number, month, year = int(found[3]), _MONTHS[found[2]], found[1]
    else:
        return None
    return in_window(year, month, number, window)


def without_weekday(text: str) -> tuple[str, int | None]:
    """Return a date without the day of the week at its front or end, and that day (Monday 0)."""
    first, last = _WEEKDAY_FIRST.fullmatch(text), _WEEKDAY_LAST.fullmatch(text)
    if first and first[1] in _WEEKDAYS:
        return first[2], _WEEKDAYS[first[1]]
    if last:
        return last[1], _WEEKDAYS[last[2] or last[3]]
    return text, None


def in_window(year: str, month: int, number: int, window: Window | None) -> date:
    """Return the date; a year of two digits needs a window in which one century falls."""
    if len(year) == 4:
        return a_day(int(year), month, number)
    if len(year) != 2 or window is None:
        raise not_four_digits()
    possible = []
    for century in (1900, 2000):
        try:
            value = date(century + int(year), month, number)
        except ValueError:
            continue
        if window[0] <= day_number(value) <= window[1]:
            possible.append(value)
    if len(possible) != 1:
        raise not_four_digits()
    return possible[0]


def not_four_digits() -> CellFault:
    """Return the fault of a year that is short or long."""
    return CellFault(
        "NOT_A_DATE",
        say("the year has not four digits"),
        say("write year-month-day, as 2023-04-01"),
    )
