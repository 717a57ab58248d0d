"""What stands in the minutes of a meeting, as plain values told in one language; the page only
writes them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from matcher.report.sheets.values import Group

BLANK = "…" * 12  # a place to be filled in by hand


@dataclass(frozen=True)
class Attendee:
    """Who was present, and for which office ("": to be filled in by hand)."""

    name: str
    office: str = ""


@dataclass(frozen=True)
class Meeting:
    """What the office states of its meeting; whatever is "" or None is left to be filled in."""

    number: str = ""
    day: date | None = None
    place: str = ""
    attendees: tuple[Attendee, ...] = ()


@dataclass(frozen=True)
class Item:
    """One matter for decision: what it is about, and the answers to be ticked by hand (the last
    may be written on); without answers it is only noted."""

    text: str
    answers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Annex:
    """A list behind the minutes: what it holds, lines to be read, and rows under captions ("":
    none), with a cell for each title; `shares` is how wide each column is, in per cent."""

    label: str
    title: str
    lines: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    shares: tuple[int, ...] = ()
    groups: tuple[Group, ...] = ()


@dataclass(frozen=True)
class Minutes:
    """The minutes of a meeting in one language: head, opening, who was present (`present` are
    titles of that table), what the plan rests on, its numbers (of
    people, of seats), what was decided, how it closes,
    who signs, and the annexes. `words` are the headings and notes of the page by name."""

    language: str
    words: dict[str, str]
    title: str
    about: str
    number: str
    opening: str
    present: tuple[str, ...]
    attendees: tuple[Attendee, ...]
    basis: tuple[str, ...]
    figures: tuple[tuple[tuple[str, int], ...], ...]
    items: tuple[Item, ...]
    closing: str
    signed: str
    signers: tuple[str, ...]
    annexes: tuple[Annex, ...]
