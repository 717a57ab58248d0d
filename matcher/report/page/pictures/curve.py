"""What moves bring: people proposed with at most so many moved away from earlier proposals."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from markupsafe import Markup

from matcher.language import Words, say
from matcher.report.content.values import Step
from matcher.report.page.pictures.figure import Numbers, frame
from matcher.report.page.pictures.shapes import SIZE, WIDE, box, element, stroke, write
from matcher.report.words import points

LEFT, RIGHT, TOP, FOOT = 34, WIDE - 14, 24, 200
HEIGHT = FOOT + 40
DOT, SIDE = 4, 12
ROOM = 20  # between two numbers of an axis


def draw_curve(steps: Sequence[Step], words: Words) -> Markup:
    """Return the curve of people over moves; the knee is a square, what is not proved is hollow."""
    title = say("What changes bring")
    reading = say(
        "To the right how many people may be moved away from what was proposed to them before,"
        " upwards how many people are proposed; from the square on, more moves bring little. A"
        " hollow mark is not proved to be the most."
    )
    titles = (say("moved at most"), say("people proposed"), say("points"), say("note"))
    numbers = Numbers(tuple(map(words, titles)), tuple(_list(step, words) for step in steps))
    drawn = [*_draw_frame(words), *_draw_steps(steps, words)]
    return frame("curve", title, reading, drawn, HEIGHT, numbers, words)


def _list(step: Step, words: Words) -> tuple[str | int, ...]:
    told = [say("more moves bring little")] if step.knee else []
    told += [] if step.proved else [say("not proved")]
    total = "–" if step.points is None else words(points(step.points, 2))
    return (step.moves, step.people, total, words(tuple(told)))


def _draw_frame(words: Words) -> Iterator[Markup]:
    yield stroke([(LEFT, TOP), (LEFT, FOOT), (RIGHT, FOOT)], "whisker")
    yield write(0, SIZE, words(say("people proposed")), WIDE)
    yield write(RIGHT, HEIGHT - 4, words(say("moved at most")), WIDE, "end")


def _draw_steps(steps: Sequence[Step], words: Words) -> Iterator[Markup]:
    spots = _place(steps)
    yield stroke(spots, "curve")
    for step, (x, y) in zip(steps, spots, strict=True):
        look = "mark" if step.proved else "mark hollow"
        if step.knee:
            yield box(x - SIDE // 2, y - SIDE // 2, SIDE, SIDE, look)
        else:
            yield element("circle", cx=x, cy=y, r=DOT, class_=look)
    told = [0, *(at for at, step in enumerate(steps) if step.knee), len(steps) - 1]
    for at in _apart([spots[at][1] for at in told]):
        people = words(steps[told[at]].people)
        yield write(LEFT - 4, spots[told[at]][1] + 4, people, LEFT, "quiet end")
    for at in _apart([spots[at][0] for at in told]):
        moves = words(steps[told[at]].moves)
        yield write(spots[told[at]][0], FOOT + SIZE + 4, moves, LEFT, "quiet middle")


def _apart(places: Sequence[int]) -> list[int]:
    """Which of some places have room for a text: the ends, and what is not near those before."""
    kept: list[int] = []
    for at in sorted({0, len(places) - 1}) + list(range(1, len(places) - 1)):
        if all(abs(places[at] - places[one]) >= ROOM for one in kept):
            kept.append(at)
    return kept


def _place(steps: Sequence[Step]) -> list[tuple[int, int]]:
    """Where the steps stand: from the fewest to the most of moves and of people."""
    moves, people = [step.moves for step in steps], [step.people for step in steps]
    return [
        (
            _scale(step.moves, moves, LEFT + 12, RIGHT - 8),
            _scale(step.people, people, FOOT - 12, TOP + 8),
        )
        for step in steps
    ]


def _scale(value: int, values: Sequence[int], start: int, end: int) -> int:
    least, most = min(values), max(values)
    return start + (end - start) * (value - least) // (most - least) if most > least else start
