"""A list as an annex holds it: numbered rows under captions."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import count

from matcher.language import Fact, Phrase, Words, say
from matcher.pipeline import Result
from matcher.report.minutes.values import Annex
from matcher.report.sheets.values import BLANK, Group

Titles = tuple[tuple[Phrase, int], ...]  # what a column is called, and its share of the width
Rows = list[tuple[Fact, ...]]
PERSON, ORDER, HOST = say("candidate"), say("job order"), say("host")
NUMBER = (say("no."), 6)


def list_rows(
    title: Phrase,
    titles: Titles,
    groups: Iterable[tuple[Phrase | None, Rows]],
    words: Words,
    lines: tuple[Phrase, ...] = (),
) -> Annex:
    """Return an annex of rows, numbered through all groups (a caption, None: none, and its rows);
    an empty one where there are no rows. A blank cell is shown as a dash."""
    numbers = count(1)
    told = tuple(
        Group(
            words(caption) if caption else "",
            tuple((next(numbers), *(words(cell) or BLANK for cell in row)) for row in rows),
        )
        for caption, rows in groups
        if rows
    )
    if not told:
        return Annex("", "")
    names, shares = zip(NUMBER, *titles, strict=True)
    heads = tuple(capital(words(name)) for name in names)
    return Annex("", words(title), tuple(map(words, lines)), heads, shares, told)


def capital(text: str) -> str:
    """Return a text with a capital."""
    return text[:1].upper() + text[1:]


def name_of(result: Result, candidate: int) -> str:
    """Return a candidate's number and name."""
    problem = result.problem
    return f"{problem.candidate_ids[candidate]} {problem.labels.candidate_names[candidate]}".strip()
