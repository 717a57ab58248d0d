"""What a batch says, as plain values in the words of one language: page and workbook only write
them. Scores and parts of scores are whole millionths (given scores whole, as given)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from matcher.language import Words
from matcher.report.content.values.meeting import Asked, Decided, Due, Experience, Figure
from matcher.report.content.values.orders import Centre, Host, Opening, Quota, Reserve, RuleCount
from matcher.report.content.values.people import Card, Line, Other, Person, Ruled
from matcher.report.content.values.pictures import Bar, Flow, Pictures, Spread, Step, Tile
from matcher.report.sheets.values import BLANK, Key

__all__ = [
    "Asked",
    "Bar",
    "Card",
    "Centre",
    "Content",
    "Decided",
    "Due",
    "Experience",
    "Figure",
    "Flow",
    "Host",
    "Line",
    "Opening",
    "Other",
    "Person",
    "Pictures",
    "Quota",
    "Reserve",
    "RuleCount",
    "Ruled",
    "Spread",
    "Step",
    "Table",
    "Tile",
]


@dataclass(frozen=True)
class Table:
    """A table for reviewers or of a sheet without a form of its own: titles and rows of text,
    numbers and days."""

    title: str
    note: str
    titles: tuple[str, ...]
    rows: tuple[tuple[str | int | Decimal | date, ...], ...]

    def held(self, place: int) -> list[str | int | Decimal | date]:
        """Return what stands in a column, blank cells left out."""
        return [row[place] for row in self.rows if row[place] not in ("", BLANK)]


@dataclass(frozen=True)
class Content:
    """Everything that page and workbook show, in one language.

    `summary` are the sentences to be read out, `asked` what the meeting is asked to decide,
    `notes` what a reader must know of this copy (blind, given scores, rulings). `settings`,
    `problems`, `audit` are tables; `review` are the tables for reviewers (proof, draws, curve,
    checkpoints). `draws` is how many draws the numbers `stays` are of (0: none made). `card_of`
    gives the card of a person by place. `decisions` is empty, and `keys` are not, in a blind copy.
    """

    words: Words
    name: str
    on: date
    title: str
    mark: str
    blind: bool
    given: bool
    figures: tuple[Figure, ...]
    summary: tuple[str, ...]
    asked: tuple[str, ...]
    notes: tuple[str, ...]
    people: tuple[Person, ...]
    openings: tuple[Opening, ...]
    hosts: tuple[Host, ...]
    centres: tuple[Centre, ...]
    dues: tuple[Due, ...]
    doubtful: tuple[int, ...]
    questions: tuple[Asked, ...]
    decisions: tuple[Decided, ...]
    experience: tuple[Experience, ...]
    pictures: Pictures
    settings: Table
    problems: Table
    audit: Table
    review: tuple[Table, ...]
    draws: int
    card_of: Callable[[int], Card]
    keys: tuple[Key, ...]
