"""What a host wishes and the law restricts: free text, kept as it is written and read by kind.

Never an error, never scored, never screened unless an officer enforces one (`check/decisions.py`).
What is not recognised is of the kind "other".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from matcher.check.wish_words import (
    AGE_BOUNDS,
    AGE_RANGE,
    AGE_WORD,
    AGED,
    BY_WORD,
    COUNT_BEFORE,
    COUNT_BEHIND,
    DECADE,
    EITHER,
    LETTER,
    LETTERS,
    NO_AGE,
    NOT,
    NOTHING,
    SEXES,
)
from matcher.problem import WISHES, Wish

LONGEST = 200  # characters of one wish that are read; a longer one is "other"
YOUNGEST, OLDEST = 15, 75  # years; other numbers are no ages
# A comma or dot between digits stands in a number; a slash may stand in “s/d” and “TB/BB”.
_MARKS = re.compile(r"[;；、､|｜\n・。]|[,，](?![0-9])|(?<![0-9])[,，]")
_DASHES = re.compile("[‐‑‒–—―−~〜∼ー](?= *[0-9])|[‐‑‒–—―−~〜∼]")
Ends = tuple[int, int]


def read_wishes(opening: int, text: str, reason: str) -> tuple[Wish, ...]:
    """Return the wishes that the text of the job order at a place states, in the order of
    `WISHES`; one part of the text may state several."""
    return tuple(replace(wish, opening=opening, reason=reason) for wish in _stated(text))


def one_sex(wishes: Iterable[Wish], seats: int) -> str:
    """Return the sex ("L" or "P") that the wishes of one job order name for all of its seats; ""
    where they name numbers of each, numbers of some seats, or none."""
    named = [wish for wish in wishes if wish.kind == "sex"]
    sexes = {wish.sex for wish in named}
    whole = all(wish.count in (-1, seats) for wish in named)
    return sexes.pop() if len(sexes) == 1 and whole else ""


def one_range(wishes: Iterable[Wish]) -> Ends:
    """Return the ages that the wishes of one job order name, both included, -1 for an open end;
    (-1, -1) where they name none that all agree with."""
    named = [wish for wish in wishes if wish.kind == "age"]
    if any(wish.low == wish.high == -1 for wish in named):
        return -1, -1
    low = max((wish.low for wish in named), default=-1)
    high = min((wish.high for wish in named if wish.high >= 0), default=-1)
    return (low, high) if high < 0 or low <= high else (-1, -1)


@lru_cache(maxsize=1024)
def _stated(text: str) -> tuple[Wish, ...]:
    """Return the wishes of a text, of no opening yet; the same texts come again and again."""
    parts = [part.strip() for part in _MARKS.split(text)]
    found = [wish for part in parts if part for wish in _of_part(part)]
    return tuple(sorted(dict.fromkeys(found), key=lambda wish: WISHES.index(wish.kind)))


def _of_part(part: str) -> list[Wish]:
    plain = _plain(part)
    if len(part) > LONGEST:
        return [Wish(-1, "other", part, "")]
    if not plain or NOTHING.fullmatch(plain):
        return []
    kinds = _kinds(plain)
    wishes = [Wish(-1, kind, part, "") for kind in kinds]
    ages = _ages(plain, bare=not kinds)
    if ages is not None:
        ends, plain = ages
        wishes.append(Wish(-1, "age", part, "", low=ends[0], high=ends[1]))
    sexes = _sexes(plain, counted=not kinds)
    if sexes is None and not wishes:
        return []
    wishes += [Wish(-1, "sex", part, "", sex=sex, count=count) for sex, count in sexes or ()]
    return wishes or [Wish(-1, "other", part, "")]


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return " ".join(_DASHES.sub("-", folded).split()).strip(" .")


def _kinds(text: str) -> list[str]:
    """Return the kinds that a word names; a weight that is lifted is strength."""
    kinds = [kind for kind, words in BY_WORD.items() if words.search(text)]
    if (
        "strength" in kinds
        and "weight" in kinds
        and not re.search(r"berat badan|\bbb\b|体重", text)
    ):
        kinds.remove("weight")
    return kinds


def _ages(text: str, bare: bool) -> tuple[Ends, str] | None:
    """Return the ages of a text and what else it says; None where it names no age. Numbers without
    a word for age are ages only as a range, and only where nothing else is named (`bare`)."""
    said = bool(AGE_WORD.search(text) or (AGED.search(text) and not NO_AGE.search(text)))
    for match in AGE_RANGE.finditer(text) if said or bare else ():
        low = int(match[1])
        high = int(match[2]) + (9 if match[3] else 0) - (1 if match[4] else 0)
        if YOUNGEST <= low <= high <= OLDEST:
            return (low, high), _without(text, match)
    if decade := DECADE.search(text):
        low = int(decade[1]) * 10
        return (low, low + 9), _without(text, decade)
    if not said:
        return None
    ends, rest = _bounds(text)
    return ends, rest if ends != (-1, -1) else re.sub("[0-9]", " ", text)


def _bounds(text: str) -> tuple[Ends, str]:
    """Return the lowest and highest age that are stated one by one, and what else is said."""
    ends = {"low": -1, "high": -1}
    for pattern, end, step in AGE_BOUNDS:
        match = pattern.search(text)
        number = next(filter(None, match.groups()), "") if match else ""
        if match and number and YOUNGEST <= int(number) <= OLDEST:
            ends[end] = int(number) + step
            text = _without(text, match)
    if -1 < ends["high"] < ends["low"]:
        return (-1, -1), text
    return (ends["low"], ends["high"]), text


def _without(text: str, match: re.Match[str]) -> str:
    return f"{text[: match.start()]} {text[match.end() :]}"


def _sexes(text: str, counted: bool) -> list[tuple[str, int]] | None:
    """Return the sexes that a text names ("" where it names one it does not want), each with its
    number of people (-1: none is said); None where it says that either is welcome."""
    if letter := LETTER.fullmatch(text.strip()):
        return [(LETTERS[letter[2]], int(letter[1] or letter[3] or -1))]
    found = {sex: match for sex, words in SEXES.items() if (match := words.search(text))}
    if not found:
        return []
    if len(found) == 2 and EITHER.fullmatch(_rest(text, found.values())):
        return None
    if NOT.search(text):
        return [("", -1)]
    first = text.strip()[:1].isdigit()
    return [(sex, _count(text, match, first) if counted else -1) for sex, match in found.items()]


def _rest(text: str, found: Iterable[re.Match[str]]) -> str:
    for match in sorted(found, key=lambda one: -one.start()):
        text = _without(text, match)
    return text


def _count(text: str, match: re.Match[str], first: bool) -> int:
    """Return the number of people beside a sex; `first` where numbers stand before the sexes."""
    behind = COUNT_BEHIND.match(text[match.end() :])
    before = COUNT_BEFORE.search(text[: match.start()])
    number = (before or behind) if first else (behind or before)
    return int(number[1]) if number else -1
