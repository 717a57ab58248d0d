"""What stands in a letter, as plain values in the words of one language; the page only writes
them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from unicodedata import east_asian_width

from matcher.language import Fact, Name, Phrase, Words, say
from matcher.report.sheets.values import visible

Tell = Callable[[Fact], str]
BLANKS = (say("For the office"), say("Telephone"), say("Signature"))
LONGEST, SHORT = 240, 100  # of one text in a letter, full-width letters counted twice


@dataclass(frozen=True)
class Section:
    """A part of a letter under a title: sentences, then lines of a label and what it holds, then
    points, then a table (titles, rows), then more sentences."""

    title: str
    texts: tuple[str, ...] = ()
    lines: tuple[tuple[str, str], ...] = ()
    points: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    after: tuple[str, ...] = ()


@dataclass(frozen=True)
class Letter:
    """A letter to one person or host. `file` is the path of its files in the folder, without
    ending, `id` whom it is to, `state` what the office's list says of it. `answers` are those to
    be ticked on the slip below (empty: none), `asked` what they answer, `signing` where it is
    signed. `foot` are the notes at the end, `blanks` what the office fills in by hand."""

    file: str
    id: str
    state: str
    title: str
    mark: str
    head: tuple[tuple[str, str], ...]
    greeting: str
    sections: tuple[Section, ...]
    asked: str
    answers: tuple[str, ...]
    signing: str
    foot: tuple[str, ...]
    blanks: tuple[str, ...]


@dataclass(frozen=True)
class Letters:
    """The letters of one audience in one language. `title` and `note` stand over the office's list
    of them, `titles` over its columns: whom to, what `beside` says of them by id, state, letter.
    `without` are rows of whoever has no letter (id, why not), `told` what the officer is told
    besides."""

    language: str
    title: str
    note: str
    titles: tuple[str, ...]
    letters: tuple[Letter, ...]
    without: tuple[tuple[str, str], ...]
    told: tuple[str, ...]
    beside: Mapping[str, tuple[str, ...]]


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return a text as it is seen, cut with “…” where it is longer than a letter has room for."""
    seen, room = visible(text).strip(), longest
    for place, mark in enumerate(seen):
        room -= 2 if east_asian_width(mark) in "WF" else 1
        if room < 0:
            return seen[:place].rstrip() + " …"
    return seen


def telling(words: Words, longest: int = LONGEST) -> Tell:
    """Return a function that tells facts in `words`, each no longer than there is room for."""
    return lambda fact: shortened(words(fact), longest)


def told_lines(
    lines: Iterable[tuple[Name | Phrase, Fact]], words: Words, longest: int = LONGEST
) -> tuple[tuple[str, str], ...]:
    """Return lines of a label, with a capital, and what it holds."""
    tell = telling(words, longest)
    titles = ((words(title), fact) for title, fact in lines)
    return tuple((title[:1].upper() + title[1:], tell(fact)) for title, fact in titles)
