"""Whole numbers, shares of a hundred and durations."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal

from matcher.check.cells.figures import (
    as_shown,
    not_a_number,
    of_text,
    of_workbook,
    plain_number,
)
from matcher.check.cells.found import Cell, CellFault, Found, Parse
from matcher.check.cells.text import is_no_data, plain
from matcher.language import say
from matcher.problem import UNKNOWN

Units = Collection[str] | Mapping[str, int]
LARGEST = 10**12
JP = ("jp", "jpl", "jam pelajaran")
HOURS = ("jam", "hour", "hours", "時間")
MINUTES = ("menit", "minute", "minutes", "分")
PEOPLE = ("orang", "org", "people", "persons", "名", "人")
MONTHS = dict.fromkeys(
    ("bulan", "bln", "month", "months", "ヶ月", "か月", "カ月", "ヵ月", "ケ月", "箇月"), 1
) | dict.fromkeys(("tahun", "thn", "year", "years", "年"), 12)
_PER_CENT = ("%", "persen", "percent", "per cent", "パーセント")
_PLAIN = re.compile("0|[1-9][0-9]{0,14}")
_WITH_UNIT = re.compile(r"([-+]?[0-9](?:[0-9., ]*[0-9])?) ?(.*)", re.DOTALL)


def whole(
    low: int = 0,
    high: int = LARGEST,
    *,
    style: str | None = None,
    units: Units = (),
) -> Parse[int]:
    """Return the parser of whole numbers between `low` and `high`, both allowed.

    `units` may stand behind the number (a mapping gives what to multiply by); any other is
    refused.
    """

    def parse(cell: Cell) -> Found[int]:
        if not cell.marks and _PLAIN.fullmatch(cell.text) and low <= int(cell.text) <= high:
            return Found(int(cell.text), cell.text)
        if is_no_data(cell.text) and not cell.has("number"):
            return Found(UNKNOWN, "", "NO_DATA_WORD")
        if cell.has("elapsed"):
            raise _is_elapsed()
        if cell.has("date") or cell.has("bool") or cell.has("percent"):
            raise _not_whole()
        if cell.has("number"):
            value = of_workbook(cell.text)
        else:
            body, factor = _without_unit(plain_number(cell.text), units)
            value = of_text(body, style) * factor
        return finish_whole(cell, value, low, high)

    return parse


def share(style: str | None = None) -> Parse[int]:
    """Return the parser of shares of a hundred; the value is the whole part.

    A share has no thousands, so that one mark is always that of decimals, whatever `style`."""

    def parse(cell: Cell) -> Found[int]:
        if is_no_data(cell.text) and not cell.has("number"):
            return Found(UNKNOWN, "", "NO_DATA_WORD")
        if cell.has("date") or cell.has("bool"):
            raise not_a_number()
        if cell.has("number"):
            written = of_workbook(cell.text)
        else:
            body, _ = _without_unit(plain_number(cell.text), _PER_CENT)
            written = of_text(body, style, behind_one_mark="decimals")
        value = as_shown(written)
        if cell.has("percent"):
            value *= 100
        _check_range(value, 0, 100)
        value = round(value, 12) if len(format(value, "f").partition(".")[2]) > 12 else value
        text = format(value, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        text = text.removeprefix("-")
        code = "FLOAT_NOISE" if value != written else "NUMBER_FORM"
        if cell.has("percent"):
            return Found(int(value), text, "PERCENT_SCALED" if text != cell.text else "")
        return Found(int(value), text, _code(cell, text, code))

    return parse


def tenths(low: int, high: int, *, style: str | None = None, units: Units = ()) -> Parse[int]:
    """Return the parser of numbers of at most one decimal between `low` and `high`, both allowed;
    the value is in tenths. A mark is always that of decimals, whatever `style`."""

    def parse(cell: Cell) -> Found[int]:
        if is_no_data(cell.text) and not cell.has("number"):
            return Found(UNKNOWN, "", "NO_DATA_WORD")
        if any(map(cell.has, ("date", "bool", "percent", "elapsed"))):
            raise not_a_number()
        if cell.has("number"):
            written = of_workbook(cell.text)
        else:
            body, _ = _without_unit(plain_number(cell.text), units)
            written = of_text(body, style, behind_one_mark="decimals")
        value = as_shown(written)
        if 10 * value != (10 * value).to_integral_value():
            reason, mend = say("more than one decimal"), say("write at most one, as 1.5")
            raise CellFault("NOT_A_NUMBER", reason, mend)
        _check_range(value, low, high)
        ten = int(10 * value)
        text = f"{ten // 10}.{ten % 10}" if ten % 10 else str(ten // 10)
        code = "FLOAT_NOISE" if value != written else "NUMBER_FORM"
        return Found(ten, text, _code(cell, text, code))

    return parse


def looks_like_shares(cells: Iterable[Cell]) -> bool:
    """Return whether a column of 0 to 100 holds shares of 1 instead: numbers of at most 1
    without a mark of per cent, one of them at least between 0 and 1."""
    values = []
    for cell in cells:
        text = plain(cell.text).replace(",", ".")
        if is_no_data(cell.text):
            continue
        if cell.has("percent") or not re.fullmatch(r"[0-9](?:\.[0-9]{1,20})?", text):
            return False
        values.append(Decimal(text))
    return bool(values) and max(values) <= 1 and any(0 < value < 1 for value in values)


def finish_whole(cell: Cell, written: Decimal, low: int, high: int) -> Found[int]:
    """Return a number found in a cell, where it is whole and within its bounds."""
    value = as_shown(written)
    if value != value.to_integral_value():
        raise _not_whole()
    _check_range(value, low, high)
    text = str(int(value))
    noise = value != written
    return Found(int(value), text, _code(cell, text, "FLOAT_NOISE" if noise else "NUMBER_FORM"))


def _code(cell: Cell, text: str, code: str) -> str:
    if text == cell.text:
        return ""
    return "WIDTH" if plain(cell.text) == text else code


def _check_range(value: Decimal, low: int, high: int) -> None:
    if not low <= value <= high:
        raise CellFault(
            "OUT_OF_RANGE",
            say("out of range"),
            say("between {low} and {high}", low=str(low), high=str(high)),
        )


def _without_unit(text: str, units: Units) -> tuple[str, int]:
    """Return the number before its unit, and what the unit multiplies it by."""
    found = _WITH_UNIT.fullmatch(text)
    if not found:
        raise not_a_number()
    unit = found[2].rstrip(".") or found[2]
    if not unit:
        return found[1], 1
    if unit in units:
        return found[1], units[unit] if isinstance(units, Mapping) else 1
    if unit in HOURS and "jp" in units:
        raise CellFault(
            "NOT_A_NUMBER",
            say("“{unit}” means clock hours, and this column counts lesson hours (JP)", unit=unit),
            say("write the number of lesson hours (JP)"),
        )
    raise CellFault(
        "NOT_A_NUMBER",
        say("“{part}” is not a unit of this column", part=unit[:40]),
        say("write digits only, as 640"),
    )


def _is_elapsed() -> CellFault:
    return CellFault(
        "NOT_A_NUMBER",
        say("hours and minutes ([h]:mm), which Excel keeps as parts of a day"),
        say("format the column as a number and write the hours"),
    )


def _not_whole() -> CellFault:
    return CellFault("NOT_A_NUMBER", say("not a whole number"), say("write digits only, as 640"))
