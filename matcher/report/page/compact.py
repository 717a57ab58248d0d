"""Values as JSON within a page: every text made visible, and long ones written once."""

from __future__ import annotations

import json
from datetime import date

from matcher.language import Words
from matcher.report.sheets.values import visible

SHORT = 6  # a shorter text costs no more than the mark that would stand for it
MARK = "~"
# What could end the script element, or a line within it, is written by its number.
ESCAPED = ("<", ">", "&", "\u2028", "\u2029")


def pack(value: object, words: Words) -> dict[str, object]:
    """Return `value` (lists, dicts by name, texts, whole numbers, days, None) as `value`, `texts`
    and `days`.

    A text that stands for another is "~" and its place in `texts`; days are written as ISO, and
    `days` tells each in the words of the language. The same packet for the same value.
    """
    packer = _Packer()
    packed = packer.put(value)
    days = {day.isoformat(): words(day) for day in sorted(packer.days)}
    return {"value": packed, "texts": packer.texts, "days": days}


def write_json(value: object) -> str:
    """Return `value` as JSON that may stand in a script element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for mark in ESCAPED:
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


class _Packer:
    """The texts and days met so far."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.days: set[date] = set()
        self._marks: dict[str, str] = {}

    def put(self, value: object) -> object:
        """Return a value as it is written."""
        if isinstance(value, str):
            return self._marks.get(value) or self._mark(value)
        if value is None or isinstance(value, int):
            return value
        if isinstance(value, list | tuple):
            return [self.put(part) for part in value]
        if isinstance(value, date):
            self.days.add(value)
            return value.isoformat()
        if isinstance(value, dict):
            return {name: self.put(part) for name, part in value.items()}
        raise TypeError(f"not a value of a page: {type(value).__name__}")

    def _mark(self, text: str) -> str:
        shown = visible(text)
        if len(shown) > SHORT or shown[:1] == MARK:
            self.texts.append(shown)
            shown = f"{MARK}{len(self.texts) - 1}"
        self._marks[text] = shown
        return shown
