"""Minimum wages on a day: what may be the floor while prefectures follow one after another, and
where a year is not known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from matcher.law.figures import Figure, Year


@dataclass(frozen=True)
class Floors:
    """The years of the book with their yen an hour by prefecture, the earliest first."""

    years: tuple[tuple[Year, dict[str, int]], ...]

    @classmethod
    def of(cls, years: tuple[Year, ...], figures: Mapping[str, Figure]) -> Floors:
        """Return the floors that the figures of the years give."""
        return cls(tuple((year, _by_prefecture(figures[year.key])) for year in years))

    def between(self, prefecture: str | None, day: date) -> tuple[int, int | None]:
        """Return the lowest and the highest yen an hour that may be the floor on a day.

        From the first day of a year's wages until the last both the old and the new are possible.
        New ones come every October: a year after its first day a year's wages are only the least
        the floor can be. Raises `KeyError` for a prefecture that is not known.
        """
        begun = [(year, yen) for year, yen in self.years if year.first <= day]
        if not begun:
            return 0, None
        year, yen = begun[-1]
        lowest, highest = _ends(yen, prefecture)
        if day < year.last:
            lowest = _ends(begun[-2][1], prefecture)[0] if len(begun) > 1 else 0
        return lowest, highest if day < _a_year_after(year.first) else None


def _by_prefecture(figure: Figure) -> dict[str, int]:
    assert isinstance(figure.value, tuple)
    yen: dict[str, int] = {}
    for pair in figure.value:
        assert isinstance(pair, tuple)
        name, amount = pair
        assert isinstance(name, str) and isinstance(amount, int)
        yen[name] = amount
    return yen


def _ends(yen: Mapping[str, int], prefecture: str | None) -> tuple[int, int]:
    if prefecture is None:
        return min(yen.values()), max(yen.values())
    return yen[prefecture], yen[prefecture]


def _a_year_after(day: date) -> date:
    return day.replace(year=day.year + 1)
