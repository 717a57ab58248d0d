"""What a workbook's formats say of its cells: only what is needed, so that broken ones do not
matter (fills, borders and named styles are never looked at)."""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree.ElementTree import Element

from openpyxl.styles.numbers import BUILTIN_FORMATS

# Excel's own formats whose codes depend on its language: in East Asia all of them are dates.
_DATES_BY_LANGUAGE = {*range(27, 37), *range(50, 59)}
_SILENT = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.I | re.S)
_ELAPSED = re.compile(r"\[(?:h+|m+|s+)\]", re.I)
_NO_DATE = re.compile(r"General|G/標準|E[+-]|AM/PM|A/P", re.I)
_FRACTION = re.compile(r"(s)\.0+", re.I)


class Style(NamedTuple):
    """A cell format: `kind` "", "date", "percent" or "elapsed" (hours
    or minutes as parts of a day) or "padded" (to `width` digits)."""

    kind: str = ""
    width: int = 0
    struck: bool = False


def local_name(element: Element) -> str:
    """Return an element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def read_styles(root: Element) -> list[Style]:
    """Return the cell formats of a stylesheet in their order."""
    codes: dict[int, str] = {}
    struck: list[bool] = []
    formats: list[Style] = []
    for part in root:
        name = local_name(part)
        if name == "numFmts":
            codes |= {int(code.get("numFmtId", "-1")): code.get("formatCode", "") for code in part}
        elif name == "fonts":
            struck = [any(_is_strike(mark) for mark in font) for font in part]
    for part in root:
        if local_name(part) == "cellXfs":
            for form in part:
                kind, width = kind_of_format(int(form.get("numFmtId", "0")), codes)
                font = int(form.get("fontId", "0"))
                formats.append(Style(kind, width, font < len(struck) and struck[font]))
    return formats


def kind_of_format(number: int, codes: dict[int, str]) -> tuple[str, int]:
    """Return what a number format makes of a number, and to how many digits it pads."""
    if number not in codes and number in _DATES_BY_LANGUAGE:
        return "date", 0
    code = codes.get(number, BUILTIN_FORMATS.get(number, "General"))
    sections = _SILENT.sub("", code).split(";")
    first = sections[0].strip()
    if len(first) > 1 and not first.strip("0"):
        return "padded", len(first)
    if any(map(_ELAPSED.search, sections[:3])):
        return "elapsed", 0
    if any(map(_is_date, sections[:3])):
        return "date", 0
    return ("percent" if "%" in first else ""), 0


def _is_date(section: str) -> bool:
    if _ELAPSED.search(section):
        return False
    section = _FRACTION.sub(r"\1", _NO_DATE.sub("", section))
    return not re.search(r"[0#?]", section) and bool(re.search(r"[ymdhsgeb]", section, re.I))


def _is_strike(mark: Element) -> bool:
    return local_name(mark) == "strike" and mark.get("val", "1") not in ("0", "false")
