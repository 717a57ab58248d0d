"""What the pictures show."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """A bar of a picture: a whole, parts of it by name (in the picture's order), and what else is
    told of it."""

    label: str
    whole: int
    parts: tuple[int, ...]
    note: str = ""


@dataclass(frozen=True)
class Tile:
    """A tile of a map or of a row of tiles: `code` places it (prefectures)."""

    code: str
    label: str
    filled: int
    whole: int


@dataclass(frozen=True)
class Flow:
    """People who go from a programme to a job type."""

    origin: str
    goal: str
    people: int


@dataclass(frozen=True)
class Spread:
    """Fit of the proposals of one trade: how many, and least, quartiles and greatest (millionths,
    exact values of people, lower of two in the middle)."""

    label: str
    people: int
    least: int
    first: int
    middle: int
    third: int
    greatest: int


@dataclass(frozen=True)
class Step:
    """A point of the change-budget curve: with at most so many moves, how many people and points;
    `knee` marks the point where more moves begin to bring little."""

    moves: int
    people: int
    points: int | None
    proved: bool
    knee: bool


@dataclass(frozen=True)
class Pictures:
    """What the pictures show; a picture without values is left out. `funnel` are the steps from
    all people to proposals without conditions, `doubt` how many proposals stay in how many draws
    (bars in order from least sure)."""

    funnel: tuple[Bar, ...]
    fit: tuple[Spread, ...]
    fit_of: int
    groups: tuple[Bar, ...]
    prefectures: tuple[Tile, ...]
    centres: tuple[Tile, ...]
    flow: tuple[Flow, ...]
    curve: tuple[Step, ...]
    doubt: tuple[Bar, ...]
