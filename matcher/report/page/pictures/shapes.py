"""Shapes of SVG at whole numbers, all text escaped; a picture is `WIDE` units wide."""

from __future__ import annotations

from functools import cache
from unicodedata import combining, east_asian_width

from markupsafe import Markup, escape

from matcher.report.sheets.values import visible

WIDE = 360
SIZE = 12
HALF_EM = 58  # hundredths of the size: a letter of the wider of the usual fonts


def element(name: str, *inside: str, **attributes: str | int) -> Markup:
    """Return an element; a "_" in a name stands for "-", one at its end for nothing."""
    told = "".join([f' {_name(key)}="{_value(value)}"' for key, value in attributes.items()])
    return Markup(f"<{name}{told}>{''.join(map(escape, inside))}</{name}>")


@cache
def _name(key: str) -> str:
    return key.rstrip("_").replace("_", "-")


def _value(value: str | int) -> str:
    return str(value) if isinstance(value, int) else escape(value)


def join(*parts: str) -> Markup:
    """Return texts one after another, escaped where they are not marked up."""
    return Markup("".join(map(escape, parts)))


def write(x: int, y: int, text: str, room: int, kind: str = "", size: int = SIZE) -> Markup:
    """Return a text at a point, shortened to the room in units; `kind` are classes of the style
    ("end", "middle": what of it stands at `x`)."""
    shown = shorten(visible(text), room, size)
    return element("text", shown, x=x, y=y, class_=f"size-{size} {kind}".strip())


def shorten(text: str, room: int, size: int = SIZE) -> str:
    """Return as much of a text as has room, "…" for what is left out."""
    room = room * 100 // size
    used = cut = 0
    for at, letter in enumerate(text):
        used += _width(letter)
        if used <= room - HALF_EM * 2:
            cut = at + 1
        if used > room:
            return text[:cut].rstrip() + "…"
    return text


def shorten_before(text: str, behind: str, room: int, size: int = SIZE) -> str:
    """Return a text shortened so that what stands behind it has its room too."""
    taken = -(-size * sum(map(_width, behind)) // 100)
    return shorten(visible(text), room - taken, size) + behind


def _width(letter: str) -> int:
    if combining(letter):
        return 0
    return 100 if east_asian_width(letter) in "WFA" else HALF_EM


def box(x: int, y: int, width: int, height: int, kind: str, **more: str | int) -> Markup:
    """Return a rectangle of one look."""
    return element("rect", x=x, y=y, width=width, height=height, class_=kind, **more)


def stroke(points: list[tuple[int, int]], kind: str) -> Markup:
    """Return a line through points."""
    return element("polyline", points=" ".join(f"{x},{y}" for x, y in points), class_=kind)
