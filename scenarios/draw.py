"""Drawing lots for made-up scenarios: the same on every Python version.

Only `random.Random(seed).random()` is used: it is the one part of `random` whose numbers are
promised never to change.
"""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, TypeVar

Item = TypeVar("Item")
Shape = dict[str, Any]  # a TOML file as read
Row = dict[str, str]  # a row of a table: cell by column


class Dice:
    """A seeded source of picks and orders."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def below(self, count: int) -> int:
        """Return a whole number from 0 to `count` - 1."""
        return int(self._random.random() * count)

    def between(self, low: int, high: int) -> int:
        """Return a whole number from `low` to `high`, both included."""
        return low + self.below(high - low + 1)

    def pick(self, items: Sequence[Item]) -> Item:
        """Return one of the items."""
        return items[self.below(len(items))]

    def shuffled(self, items: Sequence[Item]) -> list[Item]:
        """Return the items in a drawn order (Fisher and Yates)."""
        order = list(items)
        for last in range(len(order) - 1, 0, -1):
            other = self.below(last + 1)
            order[last], order[other] = order[other], order[last]
        return order

    def sample(self, items: Sequence[Item], count: int) -> list[Item]:
        """Return `count` different items, or all of them where there are fewer."""
        return self.shuffled(items)[:count]


def apportion(total: int, weights: Sequence[int]) -> list[int]:
    """Return whole numbers in proportion to the weights that add up to `total`.

    Largest remainder: each gets its share rounded down, then the largest remainders get one more.
    """
    whole = sum(weights)
    counts = [total * weight // whole for weight in weights]
    order = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in order[: total - sum(counts)]:
        counts[at] += 1
    return counts


def share(count: int, whole: int, size: int) -> int:
    """Return how many of `size` are `count` of `whole`, halves rounded up."""
    return (2 * count * size + whole) // (2 * whole)


def deal(dice: Dice, rows: Sequence[Sequence[Any]], count: int) -> list[list[Any]]:
    """Return one row for each of `count` places, by the weight each row ends with, shuffled."""
    counts = apportion(count, [row[-1] for row in rows])
    hand = [list(row[:-1]) for row, times in zip(rows, counts, strict=True) for _ in range(times)]
    return dice.shuffled(hand)


def deal_cells(dice: Dice, shares: Sequence[Sequence[Any]], count: int) -> list[str]:
    """Return one cell for each of `count` places from rows of [cell, weight]."""
    return [str(cell) for (cell,) in deal(dice, shares, count)]


def deal_dates(dice: Dice, ranges: Sequence[Sequence[Any]], count: int) -> list[str]:
    """Return one date for each of `count` places from rows of [from, to, weight]."""
    return [date_cell(dice, low, high) for low, high in deal(dice, ranges, count)]


def deal_numbers(dice: Dice, ranges: Sequence[Sequence[Any]], count: int) -> list[str]:
    """Return one number for each of `count` places from rows of [from, to, step, weight]."""
    return [
        "" if low == "" else str(low + step * dice.between(0, (high - low) // step))
        for low, high, step in deal(dice, ranges, count)
    ]


def date_cell(dice: Dice, low: date | str, high: date | str) -> str:
    """Return a day from `low` to `high` in ISO form, or nothing where they are blank."""
    if isinstance(low, str) or isinstance(high, str):
        return ""
    return (low + timedelta(days=dice.between(0, (high - low).days))).isoformat()


def listed(cells: Sequence[str]) -> str:
    """Return a list as one cell."""
    return "; ".join(cells)


def numbered(prefix: str, number: int, count: int, digits: int) -> str:
    """Return an id that is wide enough for `count` ids to sort as they are numbered."""
    return f"{prefix}{number:0{max(digits, len(str(count)))}}"
