"""Dates: ISO, day/month/year, month names, Japanese eras, Excel's serial numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, timedelta

from matcher.check.cells.eras import a_day, japanese_day, no_such_day
from matcher.check.cells.found import Cell, CellFault, Found, Parse
from matcher.check.cells.months import (
    Window,
    in_window,
    not_four_digits,
    with_month_name,
    without_weekday,
)
from matcher.check.cells.text import is_no_data, plain
from matcher.language import say
from matcher.problem import NO_DAY, day_number

ORDERS = ("dmy", "mdy", "ymd", "serial")
FILLERS = frozenset(day_number(date(year, 1, 1)) for year in (1900, 1970, 2000))
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_NUMERIC = re.compile(r"([0-9]+) *([-/.]| ) *([0-9]{1,2}) *\2 *([0-9]+)")
_TIME = re.compile(
    r"(?P<day>.*[0-9日)])(?:[ t]+|(?<=[日)]))"
    r"(?P<hour>[0-9]{1,2})[:.](?P<rest>[0-9]{2}(?:[:.][0-9]{2}(?:[.,][0-9]+)?)?)"
    r" ?(?P<half>[ap]\.?m\.?)?"
    r"(?P<zone> ?(?:z|utc|gmt|wib|wita|wit|jst|[+-][0-9]{2}:?[0-9]{2}))?"
)
_SERIAL = re.compile(r"([0-9]{5})(?:\.([0-9]+))?")
_EPOCH_1900 = date(1899, 12, 30)
_FIRST_SURE_DAY = date(1900, 3, 1)
_NO_DATES = re.compile("0{4}([-/.])00?\\1 ?00?|00?([-/.])00?\\2 ?0{4}")
_LONGEST = 60


def day(order: str | None = None, window: Window | None = None) -> Parse[int]:
    """Return the parser of dates as day numbers.

    `order` is what the officer declared (one of `ORDERS`); without it 01/02/2023 is asked about.
    `window` are the first and last day that make sense in the column: a year of two digits is
    read where exactly one century falls within.
    """

    def parse(cell: Cell) -> Found[int]:
        if cell.has("date"):
            return _of_workbook(cell)
        if _ISO.fullmatch(cell.text) and cell.text[:4] != "0000":
            return _found(cell, date_of_iso(cell.text), "")
        text = plain(cell.text).translate(_PLAIN_MARKS).casefold().removeprefix("'")
        if is_no_data(cell.text) or _NO_DATES.fullmatch(text):
            return Found(NO_DAY, "", "NO_DATA_WORD")
        if cell.has("bool") or len(text) > _LONGEST:
            raise _not_a_date()
        if cell.has("number") or re.fullmatch(r"[0-9]{5}(?:\.[0-9]+)?|[0-9]{8}", text):
            return _found(cell, _bare_number(text, order), "DATE_FORM")
        return _of_text(cell, text, order, window)

    return parse


def prove_date_order(texts: Iterable[str]) -> set[str]:
    """Return the orders ("dmy", "mdy") that are proved by dates with a part beyond 12."""
    proved = set()
    for text in texts:
        first, second, year = _day_and_month(text) or (0, 0, 0)
        if second <= 12 < first and _is_day(year, second, first):
            proved.add("dmy")
        elif first <= 12 < second and _is_day(year, first, second):
            proved.add("mdy")
    return proved


def half_swapped(cells: Iterable[Cell]) -> bool:
    """Return whether Excel seems to have read month/day where it could: the dates left as text
    all have a day beyond 12 and the real dates never have one, at least three of each."""
    texts, days = [], []
    for cell in cells:
        pair = None if cell.has("date") else _day_and_month(cell.text)
        if cell.has("date") and (found := _ISO.match(cell.text)):
            days.append(int(found[3]))
        elif pair:
            texts.append(max(pair[:2]))
    return len(texts) >= 3 <= len(days) and min(texts) > 12 >= max(days)


def date_of_iso(text: str) -> date:
    """Return the date of an ISO text, where there is such a day."""
    year, month, number = map(int, text.split("-"))
    return a_day(year, month, number)


_PLAIN_MARKS = str.maketrans(dict.fromkeys("‐‑‒–—―−", "-") | dict.fromkeys("’‘`´", "'"))


def _found(cell: Cell, value: date, code: str) -> Found[int]:
    text = value.isoformat()
    if text == cell.text:
        return Found(day_number(value), text)
    if not code or plain(cell.text) == text:
        code = "WIDTH"
    return Found(day_number(value), text, code)


def _of_workbook(cell: Cell) -> Found[int]:
    if cell.has("number"):
        raise no_such_day()
    text, timed = _without_time(plain(cell.text).casefold())
    if not _ISO.fullmatch(text):
        raise no_such_day()
    value = date_of_iso(text)
    if value < _FIRST_SURE_DAY:
        raise no_such_day()
    return _found(cell, value, "ZERO_TIME" if timed else "DATE_FORM")


def _of_text(cell: Cell, text: str, order: str | None, window: Window | None) -> Found[int]:
    text, timed = _without_time(text)
    text, weekday = without_weekday(text)
    read = japanese_day(text)
    if read is None:
        value = with_month_name(text, window) or _numeric(text, order, window)
        if value is None:
            raise _not_a_date()
        read = value, "DATE_FORM"
    value, code = read
    if weekday is not None and value.weekday() != weekday:
        raise CellFault(
            "DATE_IMPOSSIBLE",
            say("the day of the week is not that of the date"),
            say("correct one of the two"),
        )
    return _found(cell, value, "ZERO_TIME" if timed else code)


def _without_time(text: str) -> tuple[str, bool]:
    found = _TIME.fullmatch(text)
    if not found:
        return text, False
    midnight = int(found["hour"]) == (12 if found["half"] else 0) and "p" not in (
        found["half"] or ""
    )
    if not midnight or found["rest"].strip("0:.,") or found["zone"]:
        raise CellFault(
            "DATE_TIME",
            say("a time of day where a date is expected"),
            say("write year-month-day, as 2023-04-01"),
        )
    return found["day"].strip(), True


def _numeric(text: str, order: str | None, window: Window | None) -> date | None:
    found = _NUMERIC.fullmatch(text)
    if not found:
        return None
    first, middle, last = found[1], int(found[3]), found[4]
    if len(first) == 4 and len(last) <= 2:
        return a_day(int(first), middle, int(last))
    if len(first) <= 2 and len(last) == 4:
        return _in_order(int(first), middle, last, order)
    if len(first) > 2 or len(last) > 2:
        raise not_four_digits()
    if order not in ("dmy", "mdy", "ymd"):
        raise _which_order()
    if order == "ymd":
        return in_window(first, middle, int(last), window)
    number, month = (int(first), middle) if order == "dmy" else (middle, int(first))
    return in_window(last, month, number, window)


def _in_order(first: int, second: int, year: str, order: str | None) -> date:
    if order == "mdy" or (order != "dmy" and first <= 12 < second):
        return a_day(int(year), first, second)
    if order != "dmy" and first != second and 0 < first <= 12 and 0 < second <= 12:
        raise _which_order()
    return a_day(int(year), second, first)


def _bare_number(text: str, order: str | None) -> date:
    serial = _SERIAL.fullmatch(text)
    if serial and 10_000 <= int(serial[1]) <= 80_000:
        if order != "serial":
            raise CellFault(
                "DATE_SERIAL",
                say("a date as the number under which Excel keeps it"),
                say(
                    "format the column as a date, or state --date-order serial (date_order under "
                    "[read] in scenario.toml)"
                ),
            )
        if (serial[2] or "").strip("0"):
            raise CellFault(
                "DATE_TIME",
                say("a time of day where a date is expected"),
                say("write year-month-day, as 2023-04-01"),
            )
        return _EPOCH_1900 + timedelta(int(serial[1]))
    if not re.fullmatch("[0-9]{8}", text):
        raise _not_a_date()
    if 1900 <= int(text[:4]) <= 2100:
        return a_day(int(text[:4]), int(text[4:6]), int(text[6:]))
    if not 1900 <= int(text[4:]) <= 2100:
        raise _not_a_date()
    return _in_order(int(text[:2]), int(text[2:4]), text[4:], order)


def _is_day(year: int, month: int, day: int) -> bool:
    """Return whether there is such a day: one that does not exist proves nothing."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _day_and_month(text: str) -> tuple[int, int, int] | None:
    found = _NUMERIC.fullmatch(plain(text).translate(_PLAIN_MARKS))
    if not found or len(found[1]) > 2 or len(found[4]) != 4:
        return None
    return int(found[1]), int(found[3]), int(found[4])


def _not_a_date() -> CellFault:
    return CellFault("NOT_A_DATE", say("not a date"), say("write year-month-day, as 2023-04-01"))


def _which_order() -> CellFault:
    return CellFault(
        "DATE_ORDER",
        say("which part is the day and which the month is not plain"),
        say(
            "state --date-order dmy or mdy (date_order under [read] in scenario.toml), or write "
            "year-month-day, as 2023-04-01"
        ),
    )
