"""Amounts of money, in whole rupiah or yen."""

from __future__ import annotations

import re

from matcher.check.cells.figures import not_a_number, of_text, of_workbook, plain_number
from matcher.check.cells.found import Cell, CellFault, Found, Parse
from matcher.check.cells.numbers import LARGEST, finish_whole
from matcher.check.cells.text import is_no_data
from matcher.language import say
from matcher.problem import UNKNOWN

CURRENCIES = ("IDR", "JPY")
_CURRENCIES = {
    **dict.fromkeys(("rp", "rp.", "idr", "rupiah", "ルピア"), "IDR"),
    **dict.fromkeys(("¥", "jpy", "yen", "円"), "JPY"),
}
_SCALES = {
    "": 1,
    **dict.fromkeys(("ribu", "rb"), 10**3),
    **dict.fromkeys(("juta", "jt"), 10**6),
    **dict.fromkeys(("miliar", "milyar"), 10**9),
    "万": 10**4,
}
_NOTHING = ("gratis", "tanpa biaya", "free", "free of charge", "無料")
_AMOUNT = re.compile(
    r"(?P<sign>-?) ?(?P<front>rp\.?|idr|¥|jpy)? ?(?P<number>-?[0-9](?:[0-9., ]*[0-9])?)"
    r"(?P<nothing>[,.]-{1,2})? ?(?P<scale>ribu|rb|juta|jt|miliar|milyar|万)?\.?"
    r" ?(?P<back>rupiah|ルピア|idr|円|yen|jpy)?"
)


def money(
    style: str | None = None, *, currency: str | None = None, low: int = 0, high: int = LARGEST
) -> Parse[int]:
    """Return the parser of whole amounts; `currency` is the column's (one of `CURRENCIES`), and
    an amount in another is refused.

    Money has no three decimals: with a currency beside it, `25.000` is twenty-five thousand.
    """

    def parse(cell: Cell) -> Found[int]:
        if cell.has("number"):
            if cell.has("date") or cell.has("percent"):
                raise not_a_number()
            return finish_whole(cell, of_workbook(cell.text), low, high)
        if is_no_data(cell.text):
            return Found(UNKNOWN, "", "NO_DATA_WORD")
        text = plain_number(cell.text)
        if text in _NOTHING and low <= 0:
            return Found(0, "0", "NUMBER_FORM")
        found = None if cell.has("date") or cell.has("bool") else _AMOUNT.fullmatch(text)
        if not found:
            raise not_a_number()
        _check_currency(found, currency)
        sure = bool(found["front"] or found["back"] or found["nothing"]) and not found["scale"]
        number = found["sign"] + found["number"]
        value = of_text(number, style, behind_one_mark="thousands" if sure else "")
        return finish_whole(cell, value * _SCALES[found["scale"] or ""], low, high)

    return parse


def _check_currency(found: re.Match[str], currency: str | None) -> None:
    written = {_CURRENCIES[found[side]] for side in ("front", "back") if found[side]}
    if len(written) > 1 or (currency and written - {currency}):
        raise CellFault(
            "NOT_A_NUMBER",
            say("an amount in another currency"),
            say("write the amount in {currency}, digits only", currency=currency or "IDR"),
        )
