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


def write_packet(value: object, words: Words) -> str:
    """Return `value` (lists, tuples, dicts by name, texts, whole numbers, days, None) as JSON that
    may stand in a script element: an object of `value`, `texts` and `days`.

    A text that stands for another is "~" and its place in `texts`; days are written as ISO, and
    `days` tells each in the words of the language. The same packet for the same value.
    """
    written = _Written()
    packed = written.write(value)
    days = {day.isoformat(): words(day) for day in sorted(written.days)}
    text = f'{{"value":{packed},"texts":{_json(written.texts)},"days":{_json(days)}}}'
    for mark in ESCAPED:
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return text


class _Written(dict[object, str]):
    """How each value that was met is written; most texts and many rows stand in many cards."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self.days: set[date] = set()

    def write(self, value: object) -> str:
        """Return any value as it is written."""
        if isinstance(value, list):
            return f"[{','.join(map(self.write, value))}]"
        if isinstance(value, dict):
            parts = (f"{_json(name)}:{self.write(part)}" for name, part in value.items())
            return f"{{{','.join(parts)}}}"
        return self[value]

    def __missing__(self, value: object) -> str:
        """Write and note a value that does not change."""
        if isinstance(value, tuple):
            written = f"[{','.join(map(self.__getitem__, value))}]"
        elif isinstance(value, str):
            written = self._mark(visible(value))
        elif type(value) is int:  # not a truth value, which would be met as 0 or 1
            written = str(value)
        elif value is None:
            written = "null"
        elif isinstance(value, date):
            self.days.add(value)
            written = f'"{value.isoformat()}"'
        else:
            raise TypeError(f"not a value of a page: {type(value).__name__}")
        self[value] = written
        return written

    def _mark(self, shown: str) -> str:
        if len(shown) <= SHORT and shown[:1] != MARK:
            return _json(shown)
        self.texts.append(shown)
        return f'"{MARK}{len(self.texts) - 1}"'


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
