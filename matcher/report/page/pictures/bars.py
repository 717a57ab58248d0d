"""Bars below one another, each with its label above and its number behind: the funnel, seats by job
group, and how many proposals stay in how many draws."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

from markupsafe import Markup

from matcher.language import Phrase, Words, say
from matcher.report.content.values import Bar
from matcher.report.page.pictures.figure import Numbers, frame
from matcher.report.page.pictures.patterns import CLOSED, FIRM, FREE, OPEN_RULES, fill
from matcher.report.page.pictures.shapes import SIZE, WIDE, write

ROW, HIGH, BAR_TOP = 40, 16, 17
LONGEST = 280  # a bar; behind it stands its number
PARTS: tuple[tuple[str, Phrase], ...] = (
    (FIRM, say("proposed without conditions")),
    (OPEN_RULES, say("proposed, conditional")),
    (FREE, say("free")),
    (CLOSED, say("closed by quota or limit")),
)


def draw_funnel(steps: Sequence[Bar], words: Words) -> Markup:
    """Return how many people are left after each step, from all to proposals without conditions."""
    title = say("From all people to proposals")
    reading = say("Each bar is a step; its length is how many people are left after it.")
    return _draw("funnel", title, reading, (say("step"), say("people")), steps, (), words)


def draw_groups(groups: Sequence[Bar], words: Words) -> Markup:
    """Return the seats of each job group and what they hold: `parts` in the order of `PARTS`."""
    title = say("Seats by job group")
    reading = say("Each bar is a job group; its length is its seats, its parts what they hold.")
    titles = (say("job group"), say("seats"))
    return _draw("groups", title, reading, titles, groups, PARTS, words)


def draw_doubt(bars: Sequence[Bar], draws: int, words: Words) -> Markup:
    """Return how many proposals stay the same in how many of `draws` draws, least sure first."""
    title = say("How sure the proposals are")
    reading = say(
        "{draws} draws change the weights a little. Each bar is how many proposals are the same in"
        " so many of them; those on top are the ones to look at twice.",
        draws=draws,
    )
    titles = (say("the same in"), say("proposals"))
    return _draw("doubt", title, reading, titles, bars, (), words)


def _draw(
    name: str,
    title: Phrase,
    reading: Phrase,
    titles: tuple[Phrase, Phrase],
    bars: Sequence[Bar],
    parts: tuple[tuple[str, Phrase], ...],
    words: Words,
) -> Markup:
    looks = tuple((look, words(told)) for look, told in parts)
    heads = (*map(words, titles), *(told for _, told in looks))
    most = max((bar.whole for bar in bars), default=0)
    drawn = [
        shape
        for at, bar in enumerate(bars)
        for shape in _draw_bar(name, bar, at, most, parts, words)
    ]
    rows: tuple[tuple[str | int, ...], ...] = tuple(
        (_label(bar), bar.whole, *bar.parts[: len(parts)]) for bar in bars
    )
    height = len(bars) * ROW
    return frame(name, title, reading, drawn, height, Numbers(heads, rows), words, looks)


def _label(bar: Bar) -> str:
    return f"{bar.label} · {bar.note}" if bar.note else bar.label


def _draw_bar(
    name: str,
    bar: Bar,
    at: int,
    most: int,
    parts: tuple[tuple[str, Phrase], ...],
    words: Words,
) -> Iterator[Markup]:
    top = at * ROW
    yield write(0, top + SIZE, _label(bar), WIDE)
    ends = accumulate(bar.parts[: len(parts)], initial=0) if parts else (0, bar.whole)
    looks = [look for look, _ in parts] or [FIRM]
    for look, (low, high) in zip(looks, pairwise(ends), strict=False):
        left, right = (_scale(end, most) for end in (low, high))
        if right > left:
            yield fill(name, look, left, top + BAR_TOP, right - left, HIGH)
    yield write(_scale(bar.whole, most) + 5, top + BAR_TOP + 13, words(bar.whole), WIDE - LONGEST)


def _scale(count: int, most: int) -> int:
    return count * LONGEST // most if most else 0
