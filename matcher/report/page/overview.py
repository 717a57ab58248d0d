"""The first screen and the part for reviewers as values of the template: they work without the
script, so every link and number is told here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby

from matcher.language import Words, say
from matcher.report.content.values import Content, Due, Figure, Table
from matcher.report.page.fields import capital
from matcher.report.page.labels import anchor
from matcher.report.page.links import DETAILS, Link, Places
from matcher.report.words import points

MAIN = ("proposed", "conditional", "unplaced", "filled", "dues", "doubtful")
DOUBTS_SHOWN = 10
DUES_SHOWN = 300
ROWS_SHOWN = 500
QUESTIONS_SHOWN = 100


@dataclass(frozen=True)
class Linked:
    """A text and the address behind it ("": none)."""

    text: str
    address: str


@dataclass(frozen=True)
class Tile:
    """A number of the summary: told, of how many (""), and the part of it in whole per mille
    (None without a whole)."""

    label: str
    value: str
    of: str
    share: int | None


@dataclass(frozen=True)
class Shown:
    """What is to be shown: the rule, what is recorded and required, by whom, the source."""

    label: str
    told: str
    who: str
    source: str


@dataclass(frozen=True)
class Day:
    """What is to be shown by one day: told (day, number, who), and the rows."""

    title: str
    rows: tuple[tuple[Linked, Linked, Shown], ...]


@dataclass(frozen=True)
class Doubt:
    """A proposal to look at twice."""

    person: Linked
    opening: Linked
    score: str
    why: tuple[str, ...]


@dataclass(frozen=True)
class Rows:
    """A table told: `numbers` says which columns hold numbers alone, `rest` what is left out."""

    title: str
    note: str
    titles: tuple[str, ...]
    numbers: tuple[bool, ...]
    rows: tuple[tuple[str, ...], ...]
    rest: str


def linked(kind: str, link: Link | str | None) -> Linked:
    """Return the text and the address of a link as the first page has it."""
    if link is None or isinstance(link, str):
        return Linked(link or "", "")
    key, number, told = link
    page = f"{DETAILS}{kind}-{number:04}.html" if number else ""
    return Linked(told or key, page + anchor(kind, key))


def show_figures(figures: Sequence[Figure], words: Words) -> dict[str, list[Tile]]:
    """Return the summary's numbers: `main` ones as tiles, and the `rest` of those that are not
    nought."""
    tiles = {
        one.name: Tile(
            capital(one.label),
            words(one.value),
            words(say("of {of}", of=one.of)) if one.of is not None else "",
            1000 * one.value // one.of if one.of else None,
        )
        for one in figures
    }
    rest = [tiles[one.name] for one in figures if one.name not in MAIN and one.value]
    return {"main": [tiles[name] for name in MAIN if name in tiles], "rest": rest}


def show_dues(content: Content, places: Places) -> tuple[list[Day], str]:
    """Return what is to be shown by each day, and what is left out."""
    dues, words = content.dues[:DUES_SHOWN], content.words
    counts = Counter(due.due for due in content.dues)
    days = [
        _day(day, counts[day], list(rows), places, words)
        for day, rows in groupby(dues, lambda due: due.due)
    ]
    return days, _left(len(content.dues) - len(dues), words)


def show_doubtful(content: Content, places: Places) -> tuple[list[Doubt], str]:
    """Return the most doubtful proposals, and how many more there are."""
    words = content.words
    shown = content.doubtful[:DOUBTS_SHOWN]
    rows = []
    for one in (content.people[place] for place in shown):
        score = "" if one.score is None else one.score if content.given else points(one.score, 2)
        person = linked("people", places.person(one.id))
        opening = linked("openings", places.link("openings", one.opening) or one.opening)
        rows.append(Doubt(person, opening, words(score), one.doubts))
    more = len(content.doubtful) - len(shown)
    told = say("… and {n} more in the list of candidates", n=more)
    return rows, words(told) if more else ""


def show_questions(
    content: Content, places: Places
) -> tuple[list[tuple[str, tuple[Linked, ...], str]], str]:
    """Return who is asked, about which job orders, and what; and what is left out."""
    shown = content.questions[:QUESTIONS_SHOWN]
    rows = [
        (
            one.host or one.school,
            tuple(linked("openings", places.link("openings", key) or key) for key in one.openings),
            one.text,
        )
        for one in shown
    ]
    return rows, _left(len(content.questions) - len(shown), content.words)


def show_table(table: Table, words: Words) -> Rows:
    """Return a table told, with its first 500 rows."""
    rows = table.rows[:ROWS_SHOWN]
    columns = map(table.held, range(len(table.titles)))
    numbers = tuple(
        bool(held) and all(isinstance(cell, int | Decimal) for cell in held) for held in columns
    )
    told = tuple(tuple(words(cell) for cell in row) for row in rows)
    return Rows(
        table.title,
        table.note,
        table.titles,
        numbers,
        told,
        _left(len(table.rows) - len(rows), words),
    )


def _day(day: date, n: int, dues: list[Due], places: Places, words: Words) -> Day:
    who = tuple(dict.fromkeys(due.who for due in dues if due.who))
    title = (
        say("{day}: {n} to be shown ({who})", day=day, n=n, who=who)
        if who
        else say("{day}: {n} to be shown", day=day, n=n)
    )
    rows = tuple(
        (
            linked("people", places.person(due.person)),
            linked("openings", places.link("openings", due.opening) or due.opening),
            Shown(due.label, _told(due, words), due.who, due.source),
        )
        for due in dues
    )
    return Day(words(title), rows)


def _told(due: Due, words: Words) -> str:
    if not due.held and not due.required:
        return ""
    nothing = say("not recorded")
    told = say(
        "recorded: {held}; required: {required}",
        held=due.held or nothing,
        required=due.required or nothing,
    )
    return words(told)


def _left(n: int, words: Words) -> str:
    return words(say("… and {n} more in workbook.xlsx", n=n)) if n > 0 else ""
