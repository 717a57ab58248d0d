"""The rows of the list of people."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from functools import cache

from matcher.assign import Plan
from matcher.explain.due import due_of
from matcher.language import Phrase
from matcher.pipeline import Result
from matcher.problem import UNKNOWN, Standing, day_of
from matcher.report.content.basis import Basis
from matcher.report.content.blind import Shown
from matcher.report.content.values import Person
from matcher.report.words import RULE_NAMES, STATES, state_of
from matcher.rules import RULES
from matcher.sure.draws import Draws
from matcher.vocabulary import load_vocabulary

HALTED = {Standing.HELD: "held", Standing.WITHDRAWN: "withdrawn"}


class Rows:
    """Makes the row of each person of a result in one language, each text told once."""

    def __init__(self, result: Result, shown: Shown, draws: Draws | None) -> None:
        basis = Basis(result, shown)
        self.result, self.problem, self.shown = result, result.problem, shown
        self.words, self.draws = shown.words, draws
        self.host, self.prefecture = cache(basis.host), cache(basis.prefecture)
        self.work, self.open_rules = cache(basis.texts.work), cache(self._open_rules)
        self.programmes = [self.words(name) for name in _programmes(result)]
        self.states = {state: self.words(told) for state, told in STATES.items()}

    def row(self, person: int, doubts: Iterable[Phrase], why: Phrase | None) -> Person:
        """Return the row of a candidate, with the reasons to look twice and why without a host."""
        problem, labels, c = self.problem, self.problem.labels, self.problem.candidates
        school, programme = int(c.school[person]), int(c.programme[person])
        opening, row = (int(each[person]) for each in (self._plan.opening, self._plan.row))
        bits = int(self.result.screening.open_rules[row]) if row >= 0 else 0
        rules, due = self.open_rules(bits, opening)
        placed = opening >= 0
        state = HALTED.get(
            Standing(int(problem.standing[person])), state_of(opening >= 0, bits > 0)
        )
        plan_stays = self.draws.stays if self.draws else None
        return Person(
            place=self.shown.places[person],
            id=self.shown.ids[person],
            name=self.shown.names[person],
            state=state,
            told=self.states[state],
            centre=labels.centres[person],
            school=problem.lists.schools[school] if school != UNKNOWN else "",
            programme=self.programmes[programme] if programme != UNKNOWN else "",
            trade=labels.kejuruan[person],
            opening=problem.opening_ids[opening] if placed else "",
            work=self.work(opening) if placed else "",
            host=self.host(int(problem.openings.host[opening])) if placed else "",
            prefecture=self.prefecture(opening) if placed else "",
            **self._scores(row),
            conditions=rules,
            due=due,
            doubts=tuple(map(self.words, doubts)),
            stays=int(plan_stays[person]) if placed and plan_stays is not None else None,
            why=self.words(why) if why else "",
        )

    def _scores(self, row: int) -> dict[str, int | None]:
        """Return the score of a pair of the screening, its ends and parts; a given score has no
        parts."""
        scores = self.result.scores
        if row < 0:
            return dict.fromkeys(("score", "low", "high", "fit", "consideration"))
        score, fit = int(scores.score[row]), int(scores.fit[row])
        own = self.problem.given is None
        return {
            "score": score,
            "low": int(scores.low[row]),
            "high": int(scores.high[row]),
            "fit": fit if own else None,
            "consideration": score - fit if own else None,
        }

    @property
    def _plan(self) -> Plan:
        return self.result.plan

    def _open_rules(self, bits: int, opening: int) -> tuple[tuple[str, ...], date | None]:
        """Return the rules still open at an opening, and the first day by which one is to be
        shown."""
        rules = [rule.name for bit, rule in enumerate(RULES) if bits >> bit & 1]
        days = [due_of(self.result, rule, opening)[0] for rule in rules]
        told = tuple(self.words(RULE_NAMES[rule]) for rule in rules)
        return told, day_of(min(days)) if days else None


def _programmes(result: Result) -> list[str]:
    known = load_vocabulary().programmes
    return [known[name].name if name in known else name for name in result.problem.lists.programmes]
