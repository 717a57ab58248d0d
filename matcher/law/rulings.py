"""Whether a scenario's rulings name figures of the book, and give them values of their shape."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from matcher.language import Phrase, say
from matcher.law.book import load_book
from matcher.law.figures import Figure
from matcher.vocabulary import load_vocabulary

LEVELS = ("N5", "N4", "N3", "N2", "N1")
MOST = 1_000_000
MOST_OF = {"adult_age": 100, "_years": 100, "_months": 120, "_hours": 100_000}
EXPECTED = {
    "number": say("a whole number is expected"),
    "day": say("a date is expected, as 2023-04-01"),
    "yes_no": say("true or false is expected"),
    "level": say("one of: {words}", words=LEVELS),
    "wages": say("a table of prefectures and yen an hour is expected"),
    "information": say("this entry has no figure; leave “value” away to confirm it"),
}


@dataclass(frozen=True)
class Misruled:
    """A ruling that cannot stand: `expected` says what would; None where the key is not known."""

    key: str
    expected: Phrase | None


def check_rulings(stated: Mapping[str, object]) -> list[Misruled]:
    """Return what is wrong with rulings, given as the value stated for each key (None where a
    figure is only confirmed)."""
    return list(_faults(stated))


def _faults(stated: Mapping[str, object]) -> Iterator[Misruled]:
    figures = load_book().figures
    for key, value in stated.items():
        if key not in figures:
            yield Misruled(key, None)
        elif value is not None and not (_fits(figures[key], value) and _is_small(key, value)):
            yield Misruled(key, _expected(figures[key]))


def _expected(figure: Figure) -> Phrase:
    if figure.shape in EXPECTED:
        return EXPECTED[figure.shape]
    assert isinstance(figure.stated, tuple)
    if figure.shape == "numbers":
        return say("a list of {n} whole numbers is expected", n=len(figure.stated))
    first, last = figure.stated[0], figure.stated[-1]
    assert isinstance(first, tuple) and isinstance(last, tuple) and isinstance(last[0], int)
    return say(
        "rows of {n} whole numbers each are expected, none falling, with every row of the table up"
        " to {last}; more may stand between",
        n=len(first),
        last=last[0],
    )


def _fits(figure: Figure, value: object) -> bool:
    match figure.shape:
        case "number":
            return _is_number(value)
        case "day":
            return isinstance(value, date) and not isinstance(value, datetime)
        case "yes_no":
            return isinstance(value, bool)
        case "level":
            return value in LEVELS
        case "numbers":
            return _are_alike(figure, value)
        case "rows":
            return _are_rows(figure, value)
        case "wages":
            return _are_wages(value)
        case _:
            return False


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= MOST


def _is_small(key: str, value: object) -> bool:
    """Return whether a number of years, months or hours is one that a calendar holds."""
    unit = next((unit for unit in MOST_OF if unit in key), None)
    numbers = value if isinstance(value, list | tuple) else [value]
    most = MOST_OF.get(unit or "", MOST)
    return unit is None or all(isinstance(n, int) and 0 <= n <= most for n in numbers)


def _are_numbers(value: object, count: int) -> bool:
    if not isinstance(value, list | tuple) or len(value) != count:
        return False
    return all(_is_number(number) for number in value)


def _are_alike(figure: Figure, value: object) -> bool:
    """Return whether these are as many numbers as the figure has, rising where its own rise."""
    assert isinstance(figure.stated, tuple)
    if not _are_numbers(value, len(figure.stated)):
        return False
    assert isinstance(value, list | tuple)
    own = [number for number in figure.stated if isinstance(number, int)]
    return own != sorted(own) or list(value) == sorted(value)


def _are_rows(figure: Figure, value: object) -> bool:
    """Return whether these are rows as wide as the figure's own; a row may end in the letter of
    what is counted where the figure's rows do."""
    assert isinstance(figure.stated, tuple) and isinstance(figure.stated[0], tuple)
    assert isinstance(figure.stated[-1], tuple)
    width = len(figure.stated[0])
    letter = any(isinstance(row, tuple) and row[-1] == figure.of for row in figure.stated)
    if not isinstance(value, list | tuple) or not value:
        return False
    for row in value:
        if not isinstance(row, list | tuple):
            return False
        whole = (*row[:-1], 0) if letter and row and row[-1] == figure.of else row
        if not _are_numbers(whole, width):
            return False
    ends = [row[0] for row in value]
    columns = list(zip(*value, strict=True))[1:]
    numbers = [[cell for cell in column if isinstance(cell, int)] for column in columns]
    rising = all(column == sorted(column) for column in numbers)
    own = {row[0] for row in figure.stated if isinstance(row, tuple)}
    complete = own <= set(ends) and ends[-1] == figure.stated[-1][0]
    return complete and ends == sorted(set(ends)) and rising


def _are_wages(value: object) -> bool:
    known = load_vocabulary().prefectures
    return isinstance(value, dict) and all(
        name in known and _is_number(yen) and yen > 0 for name, yen in value.items()
    )
