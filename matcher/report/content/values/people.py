"""A person: the row of the list, and the card with all that is shown of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Line:
    """One criterion of a breakdown: `part` is "fit", "consideration" or "given"; value and ends per
    mille; `facts` are those behind the value, in sentences."""

    criterion: str
    label: str
    part: str
    value: int
    low: int
    high: int
    weight: int
    contribution: int
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Other:
    """Another job order for a person: what the plan would lose by it (None: not known or none) and
    why it is not proposed (`verdict` the machine name, `why` told)."""

    rank: int
    opening: str
    work: str
    host: str
    score: int
    loss_people: int | None
    loss_points: int | None
    verdict: str
    why: str


@dataclass(frozen=True)
class Ruled:
    """A rule that is not met (`state` "fail") or still to be shown ("unknown"): at the person's own
    job order, or at `openings` of them and for instance at `opening`. Texts but the rule's name are
    "" where only counts are shown."""

    rule: str
    label: str
    state: str
    held: str
    required: str
    source: str
    next: str
    due: date | None
    who: str
    openings: int
    opening: str


@dataclass(frozen=True)
class Card:
    """All that is shown of a person: breakdown of the proposal (empty without one), rules still
    open there, other job orders, rules over all job orders, the moves that would find a host, what
    would be enough in this round, how sure the proposal is, what is on record."""

    lines: tuple[Line, ...]
    open_rules: tuple[Ruled, ...]
    others: tuple[Other, ...]
    rules: tuple[Ruled, ...]
    takes: tuple[str, ...]
    enough: tuple[str, ...]
    sure: tuple[str, ...]
    record: tuple[str, ...]


@dataclass(frozen=True)
class Person:
    """A row of the list of people. `id` is as shown (a number that stands for it in a blind copy),
    `name` "" where not recorded or hidden. `state` is the machine name, `told` the state in words.
    Opening, work, host, prefecture are "" without a proposal, score and its parts None.
    `conditions` are the rules still open, `due` the first day by which one is to be shown; `doubts`
    are the reasons to look twice, in words; `stays` in how many draws the proposal is the same;
    `why` of somebody without a host is the reason in one sentence ("" for others)."""

    place: int
    id: str
    name: str
    state: str
    told: str
    centre: str
    school: str
    programme: str
    trade: str
    opening: str
    work: str
    host: str
    prefecture: str
    score: int | None
    low: int | None
    high: int | None
    fit: int | None
    consideration: int | None
    conditions: tuple[str, ...]
    due: date | None
    doubts: tuple[str, ...]
    stays: int | None
    why: str
