"""The list of people: where each stands, how sure that is, and a card of each on demand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from matcher.explain.verdicts import judge_pairs
from matcher.pipeline import Result
from matcher.report.content.blind import Shown
from matcher.report.content.cards import SMALL, Cards
from matcher.report.content.doubts import is_doubtful, tell_doubts, weigh_sureness
from matcher.report.content.record import list_decisions
from matcher.report.content.rows import Rows
from matcher.report.content.values import Card, Decided, Person
from matcher.report.content.whys import tell_whys
from matcher.sure.draws import Draws


@dataclass(frozen=True, eq=False)
class People:
    """The rows of people in the order shown, places of the doubtful ones (the most doubtful first),
    the draws made (None: none), the card of each by place, and the decisions on record (none in a
    blind copy)."""

    people: tuple[Person, ...]
    doubtful: tuple[int, ...]
    draws: Draws | None
    card_of: Callable[[int], Card]
    decisions: tuple[Decided, ...]


def find_people(result: Result, shown: Shown, *, thorough: bool = False) -> People:
    """Return the people of a result as `shown`; a `thorough` one has more draws, each weight
    alone, and what would be enough for people without a host. Cards are kept once made, but for
    those of a large batch."""
    verdicts = judge_pairs(result)
    sure = weigh_sureness(result, thorough=thorough)
    doubtful = [doubt for doubt in sure.queue if is_doubtful(sure, doubt)]
    doubts = {doubt.candidate: tuple(tell_doubts(sure, doubt)) for doubt in doubtful}
    whys = tell_whys(result, verdicts)
    rows = Rows(result, shown, sure.draws)
    cards = Cards(result, shown, verdicts, sure, thorough=thorough)
    size = len(shown.order)
    return People(
        tuple(rows.row(person, doubts.get(person, ()), whys.get(person)) for person in shown.order),
        tuple(shown.places[one.candidate] for one in doubtful),
        sure.draws,
        lru_cache(size if size <= SMALL else 0)(cards.card),
        list_decisions(result.problem, shown),
    )
