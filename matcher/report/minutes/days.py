"""A day as minutes write it: the weekday, and in Indonesian the date spelled out."""

from __future__ import annotations

from datetime import date

from matcher.language import Phrase, Words, say
from matcher.report.minutes.values import BLANK

ONES = (
    *("", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("sepuluh", "sebelas"),
)


def tell_day(day: date | None, words: Words) -> Phrase:
    """Return a day with its weekday; places to be filled in where there is none."""
    if day is None:
        return say("{weekday}, {date}", weekday=BLANK, date=BLANK)
    from babel.dates import format_date

    weekday = str(format_date(day, "EEEE", locale=words.language))
    return say("{weekday}, {date}", weekday=weekday, date=_date(day, words))


def _date(day: date, words: Words) -> str:
    if words.language != "id":
        return words(day)
    from babel.dates import format_date

    month = str(format_date(day, "MMMM", locale="id"))
    spelled = f"{spell(day.day)} bulan {month} tahun {spell(day.year)}"
    return f"{spelled} ({day.day:02}-{day.month:02}-{day.year})"


def spell(number: int) -> str:
    """Return a whole number from 1 to 9999 in Indonesian words."""
    if number < len(ONES):
        return ONES[number]
    if number < 20:
        return f"{ONES[number - 10]} belas"
    for whole, name in ((1000, "ribu"), (100, "ratus"), (10, "puluh")):
        if number >= whole:
            many, rest = divmod(number, whole)
            head = f"se{name}" if many == 1 and whole > 10 else f"{spell(many)} {name}"
            return f"{head} {spell(rest)}".rstrip()
    raise ValueError(f"not between 1 and 9999: {number}")
