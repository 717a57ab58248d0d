"""A picture with its title, how to read it, and the same numbers as a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from matcher.language import Phrase, Words, say
from matcher.report.page.pictures.patterns import define_patterns, show_looks
from matcher.report.page.pictures.shapes import WIDE, element
from matcher.report.sheets.values import visible

SPOKEN = 12


@dataclass(frozen=True)
class Numbers:
    """The table of a picture: titles, and rows of a label and what is told of it."""

    titles: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def frame(
    name: str,
    title: Phrase,
    reading: Phrase,
    drawn: Sequence[Markup],
    height: int,
    numbers: Numbers,
    words: Words,
    looks: tuple[tuple[str, str], ...] = (),
) -> Markup:
    """Return the figure `picture-NAME`: `reading` says how to read it, `drawn` are its shapes,
    `looks` the (look, name) of its parts."""
    key, named = f"picture-{name}", words(title)
    picture = element(
        "svg",
        element("title", named, id=f"{key}-title"),
        element("desc", _speak(numbers, words), id=f"{key}-desc"),
        define_patterns(name, tuple(look for look, _ in looks)),
        *drawn,
        viewBox=f"0 0 {WIDE} {height}",
        role="img",
        aria_labelledby=f"{key}-title",
        aria_describedby=f"{key}-desc",
    )
    caption = element("figcaption", element("h3", named), element("p", words(reading)))
    table = _tabulate(named, numbers, words)
    return element(
        "figure", caption, picture, show_looks(name, looks), table, class_="picture", id=key
    )


def _speak(numbers: Numbers, words: Words) -> str:
    rows = [
        f"{visible(str(label))}: {', '.join(_tell(cell, words) for cell in cells)}"
        for label, *cells in numbers.rows[:SPOKEN]
    ]
    return "; ".join([*rows, *(["…"] if len(numbers.rows) > SPOKEN else [])])


def _tabulate(title: str, numbers: Numbers, words: Words) -> Markup:
    head = [element("th", name, scope="col") for name in numbers.titles]
    rows = [
        element(
            "tr",
            element("th", _tell(label, words), scope="row"),
            *(element("td", _tell(cell, words), **_side(cell)) for cell in cells),
        )
        for label, *cells in numbers.rows
    ]
    table = element(
        "table", element("thead", element("tr", *head)), element("tbody", *rows), aria_label=title
    )
    room = element("div", table, class_="room", tabindex=0, role="group", aria_label=title)
    return element("details", element("summary", words(say("The numbers"))), room, class_="numbers")


def _side(cell: str | int) -> dict[str, str]:
    return {"class_": "number"} if isinstance(cell, int) else {}


def _tell(cell: str | int, words: Words) -> str:
    return visible(cell) if isinstance(cell, str) else words(cell)
