"""The law as dated figures, each with its source and how sure it is: quotas, hours, levels of
language, fields, days of the change of regime, minimum wages.

The files (`*.toml`) hold the figures, this module what follows from them. A scenario confirms or
overrides single figures by its rulings (`[law]` in scenario.toml).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from matcher.law.book import Book, load_book
from matcher.law.figures import Figure, Ruling, Value, freeze
from matcher.law.rulings import Misruled, check_rulings
from matcher.law.wages import Floors

__all__ = ["Figure", "Law", "Misruled", "Ruling", "check_rulings", "freeze", "load_law"]

REGIMES = ("titp", "esd")


@dataclass(frozen=True)
class Law:
    """The book with a scenario's rulings applied."""

    book: Book
    figures: Mapping[str, Figure]

    def __getitem__(self, key: str) -> Figure:
        """Return the figure of a key."""
        return self.figures[key]

    def number(self, key: str) -> int:
        """Return the value of a figure that is a whole number."""
        value = self.figures[key].value
        assert isinstance(value, int), key
        return value

    def numbers(self, key: str) -> tuple[int, ...]:
        """Return the value of a figure that is a list of whole numbers."""
        value = self.figures[key].value
        assert isinstance(value, tuple), key
        return tuple(number for number in value if isinstance(number, int))

    def day(self, key: str) -> date:
        """Return the value of a figure that is a day."""
        value = self.figures[key].value
        assert isinstance(value, date), key
        return value

    def flag(self, key: str) -> bool:
        """Return the value of a figure that is yes or no."""
        value = self.figures[key].value
        assert isinstance(value, bool), key
        return value

    def text(self, key: str) -> str:
        """Return the value of a figure that is a level of Japanese."""
        value = self.figures[key].value
        assert isinstance(value, str), key
        return value

    def certain(self, key: str) -> bool:
        """Return whether a figure may refuse; one that is not certain makes a condition."""
        return self.figures[key].certain

    def base_number(self, staff: int) -> int:
        """Return N, the base number of trainees at a host with so many full-time staff (T1)."""
        return _cells(self["titp_base"], staff)[0]

    def stage_limit(self, staff: int, stage: int, excellent: bool) -> int:
        """Return how many trainees of a stage (1..3) a host may have, the small-host limit
        included (T2)."""
        times = self.numbers("titp_excellent" if excellent else "titp_ordinary")[stage - 1]
        most = self.numbers("titp_small_host")[stage - 1] * staff
        return min(times * self.base_number(staff), most)

    def construction_limit(self, staff: int, excellent: bool) -> int | None:
        """Return how many trainees of all stages a host in construction may have; None: no such
        limit (T3)."""
        return None if excellent else self.number("titp_construction") * staff

    def care_limits(self, care_staff: int, excellent: bool) -> tuple[int, int]:
        """Return how many care trainees an establishment may have: of stage (i), and in all
        (T4)."""
        if care_staff <= 0:
            return 0, 0
        first, whole, first_excellent, whole_excellent = _cells(self["titp_care"], care_staff)
        return (first_excellent, whole_excellent) if excellent else (first, whole)

    def esd_limit(self, staff: int, excellent: bool, region: bool) -> tuple[int, bool]:
        """Return how many people a host may have under ESD, and whether that is certain.

        A share of the staff is rounded down once, after the multiple of an excellent host;
        `region` (a designated area, and an excellent supervising-support body) counts for an
        excellent host only.
        """
        quota = self["esd_quota"]
        key = "esd_excellent_region" if region else "esd_excellent"
        times, sure = (self.number(key), self.certain(key)) if excellent else (1, True)
        (limit,) = _cells(quota, staff, times)
        return limit, sure and quota.certain_row(_row(quota, staff))

    def floors(self, prefecture: str | None, day: date) -> tuple[int, int | None]:
        """Return the lowest yen an hour that may be the minimum wage on a day, and the highest;
        None where the book has none for that time. No prefecture: over all of them."""
        return self._floors.between(prefecture, day)

    def field_open(self, ja_name: str) -> bool | None:
        """Return whether a field of ESD takes new people, by its Japanese name; None where there
        is no such field."""
        field = self.book.fields.get(ja_name)
        return None if field is None else bool(self.figures[field.key].value)

    def entries(self, regime: str | None = None, on: date | None = None) -> list[Figure]:
        """Return the book in its order: of one regime with what both share, and as in force on a
        day."""
        return [
            figure
            for figure in self.figures.values()
            if (regime is None or figure.regime in ("", regime))
            and (on is None or figure.holds_on(on))
        ]

    @cached_property
    def _floors(self) -> Floors:
        return Floors.of(self.book.years, self.figures)


def load_law(rulings: Mapping[str, Ruling] | None = None) -> Law:
    """Return the law under rulings; their keys and values are those `check_rulings` lets pass."""
    book = load_book()
    ruled = {key: book.figures[key].ruled(ruling) for key, ruling in (rulings or {}).items()}
    return Law(book, {**book.figures, **ruled})


def _row(figure: Figure, count: int) -> int:
    """Return which row of a table holds for a count; their number where none reaches it."""
    rows = _rows(figure)
    return next((place for place, row in enumerate(rows) if count <= _whole(row[0])), len(rows))


def _rows(figure: Figure) -> tuple[tuple[Value, ...], ...]:
    assert isinstance(figure.value, tuple)
    return tuple(row for row in figure.value if isinstance(row, tuple))


def _whole(cell: Value) -> int:
    assert isinstance(cell, int)
    return cell


def _cells(figure: Figure, count: int, times: int = 1) -> tuple[int, ...]:
    """Return what a table says for a count, so many times over; shares are rounded down."""
    rows, place = _rows(figure), _row(figure, count)
    if place == len(rows):
        return tuple(times * share * count // whole for share, whole in figure.above)
    return tuple(times * (cell if isinstance(cell, int) else count) for cell in rows[place][1:])
