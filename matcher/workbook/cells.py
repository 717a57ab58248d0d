"""What a cell of a workbook says: numbers, dates and texts as Excel shows them."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from decimal import Decimal
from math import isfinite

LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LONG = 16

_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_WHOLE = re.compile(r"([+-]?)0*([0-9]+)")
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LINE_ENDS = re.compile(r"\r\n?")
_REFERENCE = re.compile(r"([A-Za-z]{1,9})([0-9]{1,9})")
_EPOCH, _EPOCH_1904 = datetime(1899, 12, 30), datetime(1904, 1, 1)
_FIRST_SERIAL = 61
"""1 March 1900: Excel's days before it are off by one, there was no 29 February."""


def number_text(raw: str) -> str | None:
    """Return a stored number in plain decimals of 15 digits, None for what is none.

    A whole number that is stored with more digits keeps them: they were written by a program,
    and whether they can be trusted is for the check to say.
    """
    raw = raw.strip()
    if not _NUMBER.fullmatch(raw):
        return None
    whole = _WHOLE.fullmatch(raw)
    if whole is not None:
        sign, digits = whole.groups()
        return f"-{digits}" if sign == "-" and digits != "0" else digits
    value = float(raw)
    if not isfinite(value):
        return None
    text = format(Decimal(f"{value:.15g}"), "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def is_long(number: str) -> bool:
    """Whether a number's text has 16 digits or more before its point."""
    return len(number) >= LONG and len(number.lstrip("-").partition(".")[0]) >= LONG


def date_text(serial: float, date_1904: bool) -> str | None:
    """Return a serial number as an ISO date, with a time behind it unless it is midnight; None
    where Excel's calendar has no such day or its day is in doubt."""
    if not (1 if date_1904 else _FIRST_SERIAL) <= serial < 3_000_000:
        return None
    days, part = divmod(serial, 1)
    try:
        seconds = timedelta(seconds=round(part * 86_400))
        moment = (_EPOCH_1904 if date_1904 else _EPOCH) + timedelta(days=days) + seconds
    except OverflowError:
        return None
    return moment_text(moment)


def moment_text(moment: datetime) -> str:
    """Return a moment in ISO form, midnight as the date alone."""
    midnight = not (moment.hour or moment.minute or moment.second)
    return moment.date().isoformat() if midnight else moment.isoformat(timespec="seconds")


def serial_of(moment: datetime) -> float:
    """Return the serial number of a moment in the calendar of 1900."""
    return (moment - _EPOCH) / timedelta(days=1)


def plain_text(text: str) -> str:
    """Return a text with one kind of line end and no halves of characters."""
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    if not text.isascii() and any("\ud800" <= letter <= "\udfff" for letter in text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def stored_text(text: str) -> str:
    """Return a text of an .xlsx part: `_xHHHH_` decoded once, then as `plain_text`."""
    if "_x" in text:
        text = _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text)
    return plain_text(text)


def column_number(letters: str) -> int:
    """Return the number of a column from its letters, from 1; ValueError for anything else."""
    if not (letters.isascii() and letters.isalpha()):
        raise ValueError(letters)
    number = 0
    for letter in letters.upper()[:9]:
        number = number * 26 + ord(letter) - 64
    return number


def area_of(reference: str) -> tuple[int, int, int, int] | None:
    """Return a range as A1:C3 in lines from 1 and columns from 0, None for what is none."""
    ends = [_REFERENCE.fullmatch(end) for end in reference.replace("$", "").split(":")]
    if not 1 <= len(ends) <= 2 or None in ends:
        return None
    (top, left), (bottom, right) = (
        (int(end[2]), column_number(end[1]) - 1) for end in (ends[0], ends[-1]) if end
    )
    inside = 1 <= top <= bottom <= LAST_ROW and left <= right < LAST_COLUMN
    return (top, left, bottom, right) if inside else None
