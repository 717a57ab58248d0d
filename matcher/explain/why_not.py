"""Why somebody is not proposed, at every job order: all rules that say no or are open, or the
verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from matcher.explain.next import next_of_verdict
from matcher.explain.pairs import RuleView, view_rules
from matcher.explain.stops import tell_stops
from matcher.explain.verdicts import PROPOSED, REFUSED, Verdicts, judge_pairs
from matcher.language import Phrase
from matcher.pipeline import Result
from matcher.problem import Standing
from matcher.screen import find_pair


@dataclass(frozen=True)
class WhyNot:
    """Why a person is not proposed at an opening: `rules` that fail or are open, all of them, and
    the verdict with its numbers (see `PairView`).

    `next` is what happens next by the verdict, None where rules say no: then each says it by
    itself (`next_of_rule`).
    """

    candidate: int
    opening: int
    verdict: str
    loss: tuple[int, ...] | None
    impossible: bool
    rules: tuple[RuleView, ...]
    stops: tuple[Phrase, ...]
    next: Phrase | None


def unplaced_people(result: Result) -> list[int]:
    """Return who takes part and has no host so far."""
    return [person for person in result.problem.present.tolist() if result.plan.opening[person] < 0]


def why_not(result: Result, people: Iterable[int]) -> Iterator[WhyNot]:
    """Yield for each of some people who take part why not, at every opening but their own."""
    verdicts = judge_pairs(result)
    for person in people:
        if result.problem.standing[person] != Standing.PRESENT:
            continue
        for opening in range(len(result.problem.opening_ids)):
            found = _why_not(result, verdicts, person, opening)
            if found.verdict != PROPOSED:
                yield found


def _why_not(result: Result, verdicts: Verdicts, person: int, opening: int) -> WhyNot:
    row = find_pair(result.screening, person, opening)
    rules = view_rules(result, person, opening)
    if row < 0:
        return WhyNot(person, opening, REFUSED, None, False, rules, (), None)
    verdict = str(verdicts.name[row])
    placed = bool(result.plan.opening[person] >= 0)
    return WhyNot(
        person,
        opening,
        verdict,
        verdicts.loss_of(row),
        bool(verdicts.impossible[row]),
        rules,
        tell_stops(result, verdicts, row) if verdict != PROPOSED else (),
        next_of_verdict(verdict, placed=placed),
    )
