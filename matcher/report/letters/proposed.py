"""What a candidate is told of a proposal: to which host, what is still to be shown, the answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from matcher.explain.due import PERSON, SCHOOL
from matcher.explain.pairs import RuleView, view_rules
from matcher.language import Fact, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import NO_DAY, day_of
from matcher.problem.outcomes import LOCKED, SAID_YES, Outcome, current_steps
from matcher.report.letters.terms import Terms
from matcher.report.letters.values import Section
from matcher.report.letters.why import IN_SHORT, OWN_TRADE
from matcher.report.words import STEPS

MOST_OPEN = 6
AFTER_INTERVIEW = ("interviewed", "reserve")
OFFER = say(
    "You are proposed to {host} for the work below. This is a proposal, not a decision. You decide"
    " first whether you want it; after the interview the host decides."
)
AGREED = say(
    "You are proposed to {host} for the work below, and your yes of {day} is on record. This is not"
    " a decision yet: after the interview the host decides."
)
MET = say(
    "You are proposed to {host} for the work below. On record: {step}, {day}. This is not a"
    " decision yet: the host decides."
)
SEAT = say("Your place at {host} for the work below is on record: {step}, {day}.")
CONDITIONS = say("The proposal is approved only once this is shown:")
OTHERS = say(
    "Facts of the job order that the host or the supervising organisation shows: {n}. There is"
    " nothing for you to do about them."
)
MAY_DECLINE = say(
    "You may say no, now or later, and need not say why. It costs you nothing: no money, not your"
    " place in the programme, not your waiting time."
)


class Proposals:
    """What letters say of the proposals of one result, in one language."""

    def __init__(self, result: Result, words: Words) -> None:
        self.result, self.problem, self.words = result, result.problem, words
        self.terms = Terms(result, words)
        self.steps = current_steps(self.problem.outcomes)

    def step(self, person: int, opening: int) -> Outcome | None:
        """Return the last step on record of a pair."""
        return self.steps.get((person, opening))

    def sections(self, person: int, opening: int) -> list[Section]:
        """Return the sections on somebody's proposal."""
        terms = self.terms
        return [
            self._section(None, self._opened(person, opening)),
            *self._to_show(person, opening),
            terms.work(opening),
            terms.pay(opening),
            terms.costs(person, opening),
            self._section(say("Your answer"), self._answer(person, opening)),
        ]

    def _section(self, title: Phrase | None, texts: Iterable[Phrase]) -> Section:
        return Section(self.words(title) if title else "", texts=tuple(map(self.words, texts)))

    def _opened(self, person: int, opening: int) -> list[Phrase]:
        """Return what is proposed and what speaks for it."""
        step = self.step(person, opening)
        facts: dict[str, Fact] = {"host": self.terms.host(opening)}
        decided = [
            say("It rests on a decision of the office of {day}.", day=day)
            for day in self._decided(person, opening)
        ]
        if step is not None and step.state in LOCKED:
            return [Phrase(SEAT.message, {**facts, "step": STEPS[step.state], "day": step.on})]
        if step is not None and step.state in AFTER_INTERVIEW:
            told = {**facts, "step": STEPS[step.state], "day": step.on}
            return [Phrase(MET.message, told), *decided]
        if step is not None and step.state in SAID_YES:
            day = self._said_yes(person, opening) or step.on
            return [Phrase(AGREED.message, {**facts, "day": day}), *decided]
        return [Phrase(OFFER.message, facts), *self.terms.fits(person, opening), *decided]

    def _decided(self, person: int, opening: int) -> list[date]:
        ids = self.problem.candidate_ids[person], self.problem.opening_ids[opening]
        return [
            one.on
            for one in self.problem.decisions
            if one.action == "place" and (one.candidate_id, one.opening_id) == ids
        ][-1:]

    def _said_yes(self, person: int, opening: int) -> date | None:
        days = [
            one.on
            for one in self.problem.outcomes
            if (one.candidate, one.opening, one.state) == (person, opening, "agreed")
        ]
        return max(days, default=None)

    def _to_show(self, person: int, opening: int) -> list[Section]:
        """Return what the person or the sending organisation has to show, and how much others."""
        views = view_rules(self.result, person, opening)
        if not views:
            return []
        own = [view for view in views if view.shown_by in (PERSON, SCHOOL)]
        after = []
        if len(own) > MOST_OPEN:
            more = len(own) - MOST_OPEN
            after.append(say("Besides, facts that the office can name: {n}.", n=more))
        if len(views) > len(own):
            after.append(Phrase(OTHERS.message, {"n": len(views) - len(own)}))
        return [
            Section(
                self.words(say("Still to be shown")),
                texts=(self.words(CONDITIONS),) if own else (),
                points=tuple(self.words(_open(view)) for view in own[:MOST_OPEN]),
                after=tuple(map(self.words, after)),
            )
        ]

    def _answer(self, person: int, opening: int) -> list[Phrase]:
        """Return that the person may say no, at no cost, and by when to answer."""
        step = self.step(person, opening)
        if step is not None and step.state in SAID_YES:
            return [MAY_DECLINE]
        lines = [MAY_DECLINE, say("Your name goes to the host only after you have said yes.")]
        o, on = self.problem.openings, self.result.facts.on
        days = [int(day[opening]) for day in (o.closes, o.interview_on)]
        to_come = [day for day in days if day != NO_DAY and day > on]
        if to_come:
            lines.append(say("Please answer before {day}.", day=day_of(min(to_come))))
        return lines


def _open(view: RuleView) -> Phrase:
    """Return what is still to be shown, by when and by whom."""
    facts: dict[str, Fact] = {"label": view.rule.label, "day": day_of(view.due)}
    facts["who"] = say("you") if view.shown_by is PERSON else view.shown_by
    if view.rule.name == OWN_TRADE:  # open only where the person has not answered
        told = say("{held}; say whether you accept it", held=IN_SHORT[OWN_TRADE])
        return say("{label}: {held}. By {day}, shown by: {who}", held=told, **facts)
    if view.rule.name in IN_SHORT:
        held = IN_SHORT[view.rule.name]
        return say("{label}: {held}. By {day}, shown by: {who}", held=held, **facts)
    facts |= {"held": view.held, "required": view.required}
    return say("{label}: {held}; required {required}. By {day}, shown by: {who}", **facts)
