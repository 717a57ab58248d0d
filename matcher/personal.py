"""Personal numbers (NIK, passports, phones) as messages may show them."""

from __future__ import annotations

import re

# Who is behind the ids that were made: for the office's own eyes.
KEY_FILE, KEY_TABLE = "ids.key", "key_table.csv"
_BETWEEN = r"[\s./'’‘()\u2010-\u2015\u2212-]{0,3}"
_LONG_NUMBER = re.compile(rf"\+?[0-9０-９](?:{_BETWEEN}[0-9０-９]){{8,}}")
_DATES = re.compile(
    r"(?:(?:[0-9]{4}([-/.])[0-9]{2}\1[0-9]{2}|[0-9]{2}([-/.])[0-9]{2}\2[0-9]{4})(?: |/|-|$))+"
    r"(?:[0-9]{2})?"
)
_PASSPORT = re.compile(r"\b[A-Z]{1,2}[ -]?[0-9]{7}\b", re.IGNORECASE)


def mask(text: str) -> str:
    """Return a personal number with its middle hidden: 3201********0001."""
    places = [place for place, character in enumerate(text) if character.isalnum()]
    kept = min(4, len(places) // 3)
    hidden = set(places[kept : len(places) - kept])
    return "".join("*" if place in hidden else mark for place, mark in enumerate(text))


def mask_numbers(text: str) -> str:
    """Return any text with its numbers of 9 digits and more masked, also those written with
    spaces, dots, hyphens or slashes; dates stay."""
    return _LONG_NUMBER.sub(_masked, text)


def mask_all(text: str) -> str:
    """Return any text with its long numbers and what looks like a passport's number masked."""
    return _PASSPORT.sub(lambda found: mask(found[0]), mask_numbers(text))


def _masked(match: re.Match[str]) -> str:
    return match[0] if _DATES.fullmatch(match[0]) else mask(match[0])
