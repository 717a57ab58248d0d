"""What the meeting looks at: figures, what is to be shown, questions, decisions, experience."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Figure:
    """A number of the summary with its label; `of` is the whole it is a part of, if any."""

    name: str
    label: str
    value: int
    of: int | None = None


@dataclass(frozen=True)
class Due:
    """Something to be shown by a day, by somebody, before a proposal is approved."""

    due: date
    who: str
    person: str
    name: str
    opening: str
    label: str
    held: str
    required: str
    source: str


@dataclass(frozen=True)
class Asked:
    """A question after the plan, which leaves nobody out."""

    kind: str
    host: str
    school: str
    openings: tuple[str, ...]
    people: tuple[str, ...]
    text: str


@dataclass(frozen=True)
class Decided:
    """A decision on record, as the table of decisions has it; `reason` and `by` are "" in a blind
    copy."""

    action: str
    person: str
    opening: str
    reason: str
    by: str
    on: date


@dataclass(frozen=True)
class Experience:
    """How a proposal meets prior experience (前職要件): route told, numbers, the official form,
    and what paper is on file as far as recorded ("" where nothing is)."""

    person: str
    name: str
    opening: str
    host: str
    work: str
    route: str
    open: bool
    months: int
    hours: int
    trade_hours: int
    form: str
    on_file: str
