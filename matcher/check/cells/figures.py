"""What a number is, whatever marks stand between its thousands and before its decimals."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Context, Decimal

from matcher.check.cells.found import Cell, CellFault
from matcher.check.cells.text import plain
from matcher.language import Phrase, say

STYLES = ("id", "en")
_READINGS = {
    "id": re.compile(r"((?:[0-9]+|[1-9][0-9]{0,2}(?:\.[0-9]{3})+))(?:,([0-9]+))?"),
    "en": re.compile(r"((?:[0-9]+|[1-9][0-9]{0,2}(?:,[0-9]{3})+))(?:\.([0-9]+))?"),
}
_SPACED = re.compile(r"([1-9][0-9]{0,2}(?: [0-9]{3})+)(?:[.,]([0-9]+))?")
_OF_WORKBOOK = re.compile(r"-?[0-9]+(?:\.[0-9]+)?(?:[eE][+-]?[0-9]{1,3})?")
_WRITTEN = re.compile(r"[0-9](?:[0-9., ]*[0-9])?")
_MINUS = re.compile("^[‐‑‒–—―−ー] ?(?=[0-9])")
_SHOWN = Context(prec=15)
_LONGEST = 60


def plain_number(text: str) -> str:
    """Return a text folded for reading a number in it: width, minus signs, case."""
    return _MINUS.sub("-", plain(text).removeprefix("'")).casefold()


def of_workbook(text: str) -> Decimal:
    """Return a number as a workbook shows it."""
    if not _OF_WORKBOOK.fullmatch(text) or len(text) > _LONGEST:
        raise not_a_number()
    return Decimal(text)


def of_text(text: str, style: str | None, *, behind_one_mark: str = "") -> Decimal:
    """Return the number that is written, after `plain_number`.

    `style` is what the officer declared (one of `STYLES`); without it a number that reads
    otherwise in each is asked about. `behind_one_mark` says what the column knows of digits
    behind a single mark: "thousands" (money has no three decimals) or "decimals" (no share is
    1000 or more).
    """
    negative, digits = text.startswith("-"), text.removeprefix("-").removeprefix("+").strip(" ")
    if len(digits) > _LONGEST or text.startswith(("--", "-+")):
        raise not_a_number()
    readings = _readings(digits)
    if not readings:
        raise not_a_number()
    values = set(readings.values())
    if behind_one_mark and len(values) > 1:
        value = max(values) if behind_one_mark == "thousands" else min(values)
    elif style in readings or "" in readings:
        value = readings.get(style or "", readings.get("", Decimal(0)))
    elif style and not behind_one_mark:
        raise CellFault(
            "NOT_A_NUMBER",
            say("the marks are not those of the declared number style"),
            say("write digits only, as 640, or change --number-style"),
        )
    elif len(values) > 1:
        raise _which_style()
    else:
        value = values.pop()
    return -value if negative else value


def as_shown(value: Decimal) -> Decimal:
    """Return a number rounded to the 15 digits that Excel shows."""
    if value.as_tuple().exponent == 0 or len(value.as_tuple().digits) <= _SHOWN.prec:
        return value
    return _SHOWN.plus(value)


# Money has no three decimals: with a currency beside it a lone mark stands between thousands.
_MONEY = re.compile(
    r"(?:rp\.?|idr|¥|jpy) ?[0-9]{1,3}[.,][0-9]{3}"
    r"|[0-9]{1,3}[.,][0-9]{3} ?(?:rupiah|ルピア|idr|円|yen|jpy)"
)


def prove_number_style(cells: Iterable[Cell | str]) -> set[str]:
    """Return the styles ("id", "en") that are proved by numbers that only they can read."""
    proved: set[str] = set()
    for cell in (Cell(one) if isinstance(one, str) else one for one in cells):
        if cell.text.isascii() and cell.text.isdigit():  # the same in every style
            continue
        text = plain(cell.text)
        written = None if cell.has("number") else _WRITTEN.search(text)
        styles = _readings(written[0]) if written else {}
        if len(styles) == 1 and "" not in styles:
            proved |= styles.keys()
        elif len(styles) > 1 and _MONEY.fullmatch(text.casefold()):
            proved.add("en" if "," in text else "id")
    return proved


def not_a_number(mend: Phrase | None = None) -> CellFault:
    """Return the fault of a cell that is no number."""
    return CellFault("NOT_A_NUMBER", say("not a number"), mend or say("write digits only, as 640"))


def _readings(digits: str) -> dict[str, Decimal]:
    """Return what the digits mean in each style, under "" where the style does not matter."""
    if spaced := _SPACED.fullmatch(digits):
        return {"": _decimal(spaced[1], spaced[2])}
    found = {
        style: _decimal(match[1], match[2])
        for style, form in _READINGS.items()
        if (match := form.fullmatch(digits))
    }
    return {"": found["id"]} if digits.isdigit() and found else found


def _decimal(whole: str, decimals: str | None) -> Decimal:
    return Decimal(re.sub("[., ]", "", whole) + (f".{decimals}" if decimals else ""))


def _which_style() -> CellFault:
    return CellFault(
        "NUMBER_STYLE",
        say("the mark could stand between thousands or before decimals"),
        say(
            "state --number-style id (1.234,5) or en (1,234.5) (number_style under [read] in "
            "scenario.toml), or write digits only"
        ),
    )
