"""Fit of the proposals of each trade: from the least to the greatest, the middle half as a box."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from matcher.language import Words, say
from matcher.report.content.values import Spread
from matcher.report.page.pictures.figure import Numbers, frame
from matcher.report.page.pictures.shapes import SIZE, WIDE, box, shorten_before, stroke, write
from matcher.report.words import points

ROW, MIDDLE, HIGH = 40, 26, 12
EDGE = 12  # so that the marks of the axis stay within the picture
QUARTERS = 4


def draw_fit(spreads: Sequence[Spread], most: int, words: Words) -> Markup:
    """Return the spread of fit of each trade on a line from nothing to `most` (millionths)."""
    reading = say(
        "Each line goes from the least to the greatest fit of the proposals of a trade; the box"
        " holds the middle half of them, the mark in it stands at the middle one."
    )
    titles = (
        say("trade"),
        say("proposals"),
        say("least"),
        say("first quarter"),
        say("middle"),
        say("third quarter"),
        say("greatest"),
    )
    foot = len(spreads) * ROW
    drawn = [*_draw_axis(foot, most, words)]
    for at, spread in enumerate(spreads):
        drawn += _draw_spread(spread, at * ROW, most, words)
    numbers = Numbers(tuple(map(words, titles)), tuple(_list(one, words) for one in spreads))
    title = say("Fit by trade")
    return frame("fit", title, reading, drawn, foot + 2 * SIZE, numbers, words)


def _list(spread: Spread, words: Words) -> tuple[str | int, ...]:
    ends = (spread.least, spread.first, spread.middle, spread.third, spread.greatest)
    return (spread.label, spread.people, *(words(points(end, 2)) for end in ends))


def _draw_axis(foot: int, most: int, words: Words) -> Iterator[Markup]:
    for quarter in range(QUARTERS + 1):
        x = _scale(most * quarter // QUARTERS, most)
        side = "start" if quarter == 0 else "end" if quarter == QUARTERS else "middle"
        yield stroke([(x, SIZE + 4), (x, foot + 4)], "grid")
        at = points(most * quarter // QUARTERS, 1 if most * quarter % (QUARTERS * 10_000) else 0)
        yield write(x, foot + SIZE + 6, words(at), 80, f"quiet {side}")


def _draw_spread(spread: Spread, top: int, most: int, words: Words) -> Iterator[Markup]:
    ends = (spread.least, spread.first, spread.middle, spread.third, spread.greatest)
    least, first, middle, third, greatest = (_scale(end, most) for end in ends)
    y, high = top + MIDDLE, HIGH // 2
    counted = f" · {words(say('people: {n}', n=spread.people))}"
    told = shorten_before(spread.label, counted, WIDE)
    yield write(0, top + SIZE, told, WIDE, "haloed")
    yield stroke([(least, y), (greatest, y)], "whisker")
    yield stroke([(least, y - 4), (least, y + 4)], "whisker")
    yield stroke([(greatest, y - 4), (greatest, y + 4)], "whisker")
    yield box(first, y - high, max(1, third - first), HIGH, "firm")
    yield stroke([(middle, y - high - 2), (middle, y + high + 2)], "centre")


def _scale(value: int, most: int) -> int:
    return EDGE + (value * (WIDE - 2 * EDGE) // most if most else 0)
