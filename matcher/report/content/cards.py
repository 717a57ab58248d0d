"""The card of a person, made when asked for. It names nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, cached_property

import numpy as np

from matcher.explain.alternatives import Alternative, alternatives_of
from matcher.explain.chains import cheapest_chain
from matcher.explain.evidence import facts_of
from matcher.explain.next import next_of_rule
from matcher.explain.pairs import FAILS, OPEN, RuleView, open_rules, refusals_of
from matcher.explain.stops import tell_stops
from matcher.explain.verdicts import CAPPED, LIMIT, Verdicts
from matcher.explain.winning import winning_changes
from matcher.language import say
from matcher.pipeline import Result
from matcher.problem import Numbers, Standing, day_of
from matcher.report.chains import chain_lines
from matcher.report.content.basis import Basis
from matcher.report.content.blind import Shown, tell_of_rule
from matcher.report.content.doubts import Sureness, tell_sureness
from matcher.report.content.record import Record
from matcher.report.content.values import Card, Line, Other, Ruled
from matcher.report.records import loss_by_name
from matcher.report.winning import winning_lines
from matcher.report.words import CRITERION_NAMES, VERDICTS, tell_source
from matcher.rules import RULES
from matcher.score import Breakdowns, break_down_pairs
from matcher.screen import find_pair

OF_SKILLS = frozenset(("skill_fit", "extra_needs"))
WRITTEN = frozenset(("decision", "enforced_wish"))  # rules that quote what an officer wrote
SMALL = 2_000  # people up to whom each is told at length


class Cards:
    """Makes the cards of a result in one language; in a `thorough` copy with what would be
    enough. People of a large batch are told less of: rules by count alone, and no moves."""

    def __init__(
        self,
        result: Result,
        shown: Shown,
        verdicts: Verdicts,
        sure: Sureness,
        *,
        thorough: bool,
    ) -> None:
        self.result, self.problem, self.shown = result, result.problem, shown
        self.words, self.verdicts, self.thorough = shown.words, verdicts, thorough
        self.sure, self.doubts = sure, {doubt.candidate: doubt for doubt in sure.queue}
        self.record = Record(self.problem, shown)
        self.small = len(self.problem.candidate_ids) <= SMALL
        basis = Basis(result, shown)
        self.tell_host, self.tell_work = cache(basis.host), cache(basis.texts.work)
        self.counted = cache(self._counted)
        self._told_facts: dict[tuple[str, int, int], tuple[str, ...]] = {}

    def card(self, place: int) -> Card:
        """Return the card of the person at a place of the list."""
        person = self.shown.order[place]
        opening = int(self.result.plan.opening[person])
        waits = opening < 0 and self.problem.standing[person] == Standing.PRESENT
        doubt = self.doubts.get(person)
        sure = tell_sureness(self.sure, doubt) if doubt else ()
        return Card(
            lines=self._lines(person, opening) if opening >= 0 else (),
            open_rules=self._open_rules(person, opening),
            others=tuple(self._others(person)),
            rules=self._rules(person, at_length=waits and self.small),
            takes=self._takes(person) if waits and self.small else (),
            enough=self._enough(person) if waits and self.thorough else (),
            sure=tuple(map(self.words, sure)),
            record=self.record.tell(person, opening),
        )

    @cached_property
    def _breakdowns(self) -> Breakdowns:
        """The breakdowns of all proposals, by the place in `_proposed`."""
        openings = self.result.plan.opening[self._proposed]
        return break_down_pairs(self.problem, self.result.facts, self._proposed, openings)

    @cached_property
    def _proposed(self) -> Numbers:
        return np.flatnonzero(self.result.plan.opening >= 0)

    def _lines(self, person: int, opening: int) -> tuple[Line, ...]:
        at = int(np.searchsorted(self._proposed, person))
        return tuple(
            Line(
                line.criterion,
                self.words(CRITERION_NAMES[line.criterion]),
                line.part,
                line.value,
                line.low,
                line.high,
                line.weight,
                line.contribution,
                self._facts(line.criterion, person, opening),
            )
            for line in self._breakdowns.of(at)
        )

    def _facts(self, criterion: str, person: int, opening: int) -> tuple[str, ...]:
        """Return the facts behind a value; those about skills are the same for many."""
        problem, facts = self.problem, self.result.facts

        def tell() -> tuple[str, ...]:
            found = facts_of(problem, facts, criterion, person, opening)
            return tuple(map(self.words, found))

        if criterion not in OF_SKILLS:
            return tell()
        of_orders = problem.openings.job if criterion == "skill_fit" else problem.openings.needs_row
        key = criterion, int(problem.candidates.profile[person]), int(of_orders[opening])
        if key not in self._told_facts:
            self._told_facts[key] = tell()
        return self._told_facts[key]

    def _open_rules(self, person: int, opening: int) -> tuple[Ruled, ...]:
        if opening < 0:
            return ()
        views = open_rules(self.result, int(self.result.plan.row[person]))
        return tuple(self._ruled(view, person, 1, opening) for view in views)

    def _others(self, person: int) -> Iterator[Other]:
        found = alternatives_of(self.result, self.verdicts, person)
        for rank, other in enumerate(found, 1):
            named = loss_by_name(self.result, other.loss) or {}
            yield Other(
                rank,
                self.problem.opening_ids[other.opening],
                self.tell_work(other.opening),
                self.tell_host(int(self.problem.openings.host[other.opening])),
                other.score,
                named.get("placements"),
                named.get("score"),
                other.verdict,
                self._why(other),
            )

    def _why(self, other: Alternative) -> str:
        """Return why not there; a blind copy names no limit, which may tell where people live."""
        told = VERDICTS[other.verdict]
        if other.verdict in (CAPPED, LIMIT) and not self.shown.blind:
            row = find_pair(self.result.screening, other.candidate, other.opening)
            stops = tell_stops(self.result, self.verdicts, row)
            told = say("{verdict} ({quota})", verdict=told, quota=stops) if stops else told
        return self.words(told)

    def _rules(self, person: int, *, at_length: bool) -> tuple[Ruled, ...]:
        """Return the rules over all job orders: with the first case, or by count alone."""
        if at_length:
            return tuple(
                self._ruled(one.first, person, one.openings, one.opening)
                for one in refusals_of(self.result, person)
            )
        screening = self.result.screening
        counts = (
            (FAILS, screening.fails_of_candidates[person]),
            (OPEN, screening.unknowns_of_candidates[person]),
        )
        return tuple(
            self.counted(at, state, int(count[at]))
            for state, count in counts
            for at in np.flatnonzero(count).tolist()
        )

    def _counted(self, at: int, state: str, openings: int) -> Ruled:
        """Return a rule by its place, by count alone."""
        rule = RULES[at]
        return Ruled(
            rule=rule.name,
            label=self.words(rule.label),
            state=state,
            held="",
            required="",
            source=self.words(tell_source(rule)),
            next="",
            due=None,
            who="",
            openings=openings,
            opening="",
        )

    def _ruled(self, view: RuleView, person: int, openings: int, opening: int) -> Ruled:
        name = view.rule.name
        held = tell_of_rule(self.shown, name, "held", view.held)
        required = tell_of_rule(self.shown, name, "required", view.required)
        if name in WRITTEN:
            held, required = (self.record.without_others(person, one) for one in (held, required))
        return Ruled(
            rule=name,
            label=self.words(view.rule.label),
            state=view.state,
            held=held,
            required=required,
            source=self.words(tell_source(view.rule)),
            next=self.words(next_of_rule(view)),
            due=day_of(view.due),
            who=self.words(view.shown_by),
            openings=openings,
            opening=self.problem.opening_ids[opening],
        )

    def _takes(self, person: int) -> tuple[str, ...]:
        chain = cheapest_chain(self.result, person, verdicts=self.verdicts)
        if chain is None:
            return ()
        title, *moves = chain_lines(self.result, chain, None)
        return tuple(map(self.words, moves if chain.least else (title, *moves)))

    def _enough(self, person: int) -> tuple[str, ...]:
        found = winning_changes(self.result, person)
        return tuple(map(self.words, winning_lines(self.result, found))) if found else ()
