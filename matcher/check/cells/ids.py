"""Ids and codes, and what spreadsheets do to them."""

from __future__ import annotations

import re
from collections.abc import Collection

from matcher.check.cells.found import Cell, CellFault, Found, Parse
from matcher.check.cells.text import is_no_data
from matcher.language import Phrase, say
from matcher.spelling import did_you_mean

LONGEST_ID = 64
EXCEL_DIGITS = 15
_EXPONENT = re.compile(r"[0-9](?:[.,][0-9]+)?[eE][+-][0-9]{1,3}")
_PLAIN = re.compile("[A-Za-z]{1,8}[-_]?[0-9]{1,15}")
_POINT_ZERO = re.compile(r"([0-9]+)[.,]0")
_FORMULA_TEXT = re.compile('="([^"]*)"')
_APOSTROPHES = "'’‘"
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}


def identifier(width: int | None = None) -> Parse[str]:
    """Return the parser of ids: up to 64 characters on one line.

    `width` is the length that each id has, where the column says so. An id whose digits Excel
    took is refused, never completed.
    """

    def parse(cell: Cell) -> Found[str]:
        if not cell.marks and not width and _PLAIN.fullmatch(cell.text):
            return Found(cell.text, cell.text)
        if cell.has("number") or cell.has("date") or cell.has("bool"):
            _refuse_ruined(cell)
        text, code = _unwrapped(cell.text)
        if not text or is_no_data(text, ("0000",)):
            return Found("", "", "NO_DATA_WORD")
        if _EXPONENT.fullmatch(text):
            raise _digits_lost()
        if match := _POINT_ZERO.fullmatch(text):
            if len(match[1]) > EXCEL_DIGITS:
                raise _digits_suspect()
            text, code = match[1], "ID_POINT_ZERO"
        _check_length(text, width)
        return Found(text, text, code)

    return parse


def known_id(known: Collection[str] | None, what: Phrase) -> Parse[str]:
    """Return the parser of ids that another table must hold, to the letter (None: any)."""
    parse_id = identifier()

    def parse(cell: Cell) -> Found[str]:
        found = parse_id(cell)
        if known is not None and found.text and found.value not in known:
            mend = did_you_mean(found.value, known)
            if found.value.isdigit() and (whole := _with_zeros(found.value, known)):
                raise CellFault(
                    "ID_ZEROS_LOST",
                    say("zeros at its front are lost"),
                    say("did you mean “{word}”?", word=whole),
                )
            raise CellFault(
                "UNKNOWN_NAME",
                say("unknown {what}", what=what),
                mend or say("correct the id, or add or mend its row"),
            )
        return found

    return parse


def _with_zeros(digits: str, known: Collection[str]) -> str:
    """Return the one known id that is these digits with zeros before them, "" where none is."""
    found = [name for name in known if name.startswith("0") and name.lstrip("0") == digits]
    return found[0] if len(found) == 1 else ""


def _refuse_ruined(cell: Cell) -> None:
    if cell.has("date"):
        raise CellFault(
            "CODE_IS_DATE",
            say("Excel turned this into a date; what it was cannot be known"),
            say("format the column as Text and type it again"),
        )
    if _EXPONENT.fullmatch(cell.text):
        raise _digits_lost()
    if cell.has("long") and cell.text.endswith("0"):
        raise _digits_suspect()
    if not cell.text.isascii() or not cell.text.isdigit():
        raise CellFault(
            "ID_IS_NUMBER",
            say("Excel turned this id into a number"),
            say("format the column as Text and type it again"),
        )


def _unwrapped(text: str) -> tuple[str, str]:
    """Return an id without what was put around it against Excel, and the code of what was done."""
    code = ""
    if "\n" in text:
        text, code = re.sub(r"\s*\n\s*", " ", text).strip(), "LINE_BREAK"
    folded = text.translate(_FULL_WIDTH).strip()
    if folded != text and folded.isascii():
        text, code = folded, "WIDTH"
    while text:
        match = _FORMULA_TEXT.fullmatch(text)
        bare = (match[1] if match else text.lstrip(_APOSTROPHES)).strip()
        if bare == text:
            break
        text, code = bare, "APOSTROPHE"
        if (folded := text.translate(_FULL_WIDTH).strip()).isascii():
            text = folded
    return text, code


def _check_length(text: str, width: int | None) -> None:
    if len(text) > LONGEST_ID:
        raise CellFault(
            "ID_FORM", say("too long for an id"), say("use at most 64 characters on one line")
        )
    if width is None or len(text) == width:
        return
    if len(text) < width and text.isascii() and text.isdigit():
        raise CellFault(
            "ID_ZEROS_LOST",
            say("shorter than {n} digits: zeros at its front may be lost", n=width),
            say("format the column as Text and type it again"),
        )
    raise CellFault(
        "ID_FORM",
        say("not {n} characters long", n=width),
        say("correct the id, or add or mend its row"),
    )


def _digits_lost() -> CellFault:
    return CellFault(
        "ID_DIGITS_LOST",
        say("Excel rounded this id; its last digits are lost"),
        say("format the column as Text and type it again"),
    )


def _digits_suspect() -> CellFault:
    return CellFault(
        "ID_DIGITS_SUSPECT",
        say("Excel keeps 15 digits of a number; the end of this id may be lost"),
        say("format the column as Text and type it again"),
    )
