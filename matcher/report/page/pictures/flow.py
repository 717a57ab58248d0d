"""Streams of people from training programmes to job types, as broad as they are many."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from matcher.language import Words, say
from matcher.report.content.values import Flow
from matcher.report.page.pictures.figure import Numbers, frame
from matcher.report.page.pictures.shapes import WIDE, box, element, shorten_before, write

POST, SPACE = 8, 8  # how broad a post is, and how far apart they stand
LEAST = 20  # a post is as high, that its name has room
BUDGET = 360  # units for all people
LEFT, RIGHT = POST, WIDE - POST


@dataclass(frozen=True)
class Post:
    """One end of streams: where it stands, and how high it is."""

    name: str
    people: int
    top: int
    high: int


def draw_flow(flows: Sequence[Flow], words: Words) -> Markup:
    """Return the streams in the order given: their ends stand in the order they are first named."""
    people = sum(flow.people for flow in flows)
    sources = _place([(flow.origin, flow.people) for flow in flows], people)
    goals = _place([(flow.goal, flow.people) for flow in flows], people)
    drawn = [*_draw_streams(flows, sources, goals, people)]
    drawn += _draw_posts(sources.values(), 0, POST + 4, "", words)
    drawn += _draw_posts(goals.values(), RIGHT, RIGHT - 4, "end", words)
    height = max(post.top + post.high for posts in (sources, goals) for post in posts.values())
    title = say("From programme to job type")
    reading = say(
        "On the left the training programmes, on the right the job types; a stream is as broad as"
        " the people proposed along it are many."
    )
    titles = (say("programme"), say("job type"), say("people"))
    numbers = Numbers(
        tuple(map(words, titles)), tuple((one.origin, one.goal, one.people) for one in flows)
    )
    return frame("flow", title, reading, drawn, height, numbers, words)


def _place(ends: Sequence[tuple[str, int]], people: int) -> dict[str, Post]:
    counts: dict[str, int] = {}
    for name, count in ends:
        counts[name] = counts.get(name, 0) + count
    posts: dict[str, Post] = {}
    top = 0
    for name, count in counts.items():
        high = max(LEAST, _scale(count, people))
        posts[name] = Post(name, count, top, high)
        top += high + SPACE
    return posts


def _draw_posts(
    posts: Iterable[Post], x: int, text_x: int, side: str, words: Words
) -> Iterator[Markup]:
    for post in posts:
        yield box(x, post.top, POST, post.high, "firm")
        y = post.top + post.high // 2 + 4
        room = WIDE // 2 - POST - 6
        told = shorten_before(post.name, f" {words(post.people)}", room)
        yield write(text_x, y, told, WIDE, f"haloed {side}".strip())


def _draw_streams(
    flows: Sequence[Flow], sources: dict[str, Post], goals: dict[str, Post], people: int
) -> Iterator[Markup]:
    left_used: dict[str, int] = {}
    right_used: dict[str, int] = {}
    for flow in flows:
        left = _edge(sources[flow.origin], left_used, flow.people)
        right = _edge(goals[flow.goal], right_used, flow.people)
        yield element("path", d=_stream(left, right), class_="stream")


def _edge(post: Post, used: dict[str, int], people: int) -> tuple[int, int]:
    """The next part of a post that is this stream's: its top and its foot."""
    low = used.get(post.name, 0)
    high = used[post.name] = low + people
    return (
        post.top + post.high * low // post.people,
        post.top + post.high * high // post.people,
    )


def _stream(left: tuple[int, int], right: tuple[int, int]) -> str:
    half = WIDE // 2
    return (
        f"M{LEFT},{left[0]} C{half},{left[0]} {half},{right[0]} {RIGHT},{right[0]}"
        f" V{right[1]} C{half},{right[1]} {half},{left[1]} {LEFT},{left[1]} Z"
    )


def _scale(count: int, people: int) -> int:
    return BUDGET * count // people if people else 0
