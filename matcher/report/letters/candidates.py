"""Letters to candidates: what is proposed, or why nothing yet, and what the person may do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from matcher.explain.outcomes import LATE, due_day, state_of
from matcher.explain.pairs import view_rules
from matcher.language import Fact, Name, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import NO_DAY, Problem, Standing, day_of
from matcher.problem.outcomes import ENDED, LOCKED, SAID_YES
from matcher.report.letters.enough import what_is_enough
from matcher.report.letters.proposed import Proposals
from matcher.report.letters.values import (
    BLANKS,
    SHORT,
    Letter,
    Letters,
    Section,
    shortened,
    told_lines,
)
from matcher.report.letters.why import Why
from matcher.report.sheets.common import MARK, given_note
from matcher.report.sheets.names import file_names
from matcher.report.sheets.texts import label
from matcher.report.words import STATES, STEPS
from matcher.report.words import state_of as state_named

MOST_STEPS = 3
DEPARTED = "departed"
PROPOSED = ("placed", "conditional")
TITLES = {
    "placed": say("You are proposed to a host"),
    "conditional": say("You are proposed to a host, with conditions"),
    "seat": say("Your place at a host"),
    "unplaced": say("Without a host so far"),
    "held": say("Your process is on hold"),
}
ANSWERS = (say("yes"), say("no"), say("I have questions first"))
AFTER_YES = (say("no, after all"),)
NEXT = say(
    "You stay registered and are matched again in the next round, with the job orders of that"
    " round. You pay nothing for that."
)
RESERVE = say(
    "Job orders at which you are a reserve: {n}. If a seat there becomes free, you may be asked."
)
NO_DAY_KNOWN = say(
    "The day on which the programme accepted you is not recorded. Tell the office: your waiting"
    " time counts from it."
)
OBJECT = say(
    "If you think that something is wrong, tell {office} by {day}, in your own words, spoken or"
    " written. Your objection is put on record and answered within {n} days. It costs you nothing,"
    " and somebody you trust may make it for you."
)


def letters_to_candidates(result: Result, words: Words) -> Letters:
    """Return a letter to everybody but those who withdrew or have departed."""
    return _Candidates(result, words).make()


class _Candidates:
    def __init__(self, result: Result, words: Words) -> None:
        self.result, self.problem, self.words = result, result.problem, words
        self.proposals, self.why = Proposals(result, words), Why(result)
        self.files = file_names(self.problem.candidate_ids)

    def make(self) -> Letters:
        """Return the letters."""
        letters, without = [], []
        for person, name in enumerate(self.problem.candidate_ids):
            if self.problem.standing[person] == Standing.WITHDRAWN:
                without.append((name, self.words(STATES["withdrawn"])))
            elif self._departed(person):
                without.append((name, self.words(STEPS[DEPARTED])))
            else:
                letters.append(self._letter(person))
        gone = say("People without a letter, who withdrew or have departed: {n}.", n=len(without))
        note = say(
            "For the office only. Give everybody their own letter, never another's nor this list."
        )
        labels = self.problem.labels
        titles: list[Name | Phrase] = [
            label("candidates", "candidate_id"),
            label("candidates", "name"),
            label("candidates", "centre"),
            say("state"),
            say("letter"),
        ]
        return Letters(
            self.words.language,
            self.words(say("Letters to candidates")),
            self.words(note),
            tuple(map(self.words, titles)),
            tuple(letters),
            tuple(without),
            (self.words(gone),) if without else (),
            {
                key: (shortened(labels.candidate_names[at], SHORT), shortened(labels.centres[at]))
                for at, key in enumerate(self.problem.candidate_ids)
            },
        )

    def _departed(self, person: int) -> bool:
        step = self.proposals.step(person, int(self.problem.locked[person]))
        return step is not None and step.state == DEPARTED

    def _letter(self, person: int) -> Letter:
        words, problem = self.words, self.problem
        opening = int(self.result.plan.opening[person])
        kind = self._kind(person, opening)
        if opening >= 0:
            sections = self.proposals.sections(person, opening)
        else:
            sections = self._held(person) if kind == "held" else self._unplaced(person)
        own = problem.candidate_ids[person]
        name = shortened(problem.labels.candidate_names[person] or own, SHORT)
        open_answer = kind in PROPOSED
        return Letter(
            self.files[own],
            own,
            words(TITLES[kind] if kind == "seat" else STATES.get(kind, STATES["placed"])),
            words(TITLES[kind]),
            words(MARK) if open_answer else "",
            self._head(person),
            words(say("Dear {name},", name=name)),
            (*sections, *self._recorded(person, opening), self._objecting(person)),
            words(say("My answer to job order {opening}", opening=self._id(opening))),
            tuple(map(words, self._answers(person, opening))) if open_answer else (),
            words(say("Date and signature")),
            tuple(map(words, given_note(problem))),
            tuple(map(words, BLANKS)),
        )

    def _answers(self, person: int, opening: int) -> tuple[Phrase, ...]:
        """Return what a proposal can be answered: a yes on record is not asked for again."""
        step = self.proposals.step(person, opening)
        return AFTER_YES if step is not None and step.state in SAID_YES else ANSWERS

    def _kind(self, person: int, opening: int) -> str:
        """Return which of `TITLES` somebody's letter is."""
        if self.problem.standing[person] == Standing.HELD:
            return "held"
        if opening < 0:
            return "unplaced"
        step = self.proposals.step(person, opening)
        if step is not None and step.state in LOCKED:
            return "seat"
        return state_named(True, bool(view_rules(self.result, person, opening)))

    def _head(self, person: int) -> tuple[tuple[str, str], ...]:
        labels = self.problem.labels
        lines: list[tuple[Name | Phrase, Fact]] = [
            (label("candidates", "candidate_id"), self.problem.candidate_ids[person]),
            (label("candidates", "name"), labels.candidate_names[person]),
            (label("candidates", "centre"), labels.centres[person]),
            (say("as of"), self.problem.settings.on),
        ]
        return told_lines([line for line in lines if line[1] != ""], self.words, SHORT)

    def _held(self, person: int) -> list[Section]:
        """Return the sections of somebody on hold."""
        lines = self.why.held(person)
        seat = int(self.problem.locked[person])
        if seat >= 0:
            kept = say("A seat is kept for you at job order {opening}.", opening=self._id(seat))
            lines.append(kept)
        costs = self.proposals.terms.costs(person, None)
        return [self._section("", [*lines, self._waiting(person)]), costs]

    def _unplaced(self, person: int) -> list[Section]:
        """Return the sections of somebody without a host so far."""
        texts, points = self.why.unplaced(person)
        onward = [NEXT, self._waiting(person)]
        reserve = sum(one.candidate == person for one in self.result.reserves)
        if reserve:
            onward.append(Phrase(RESERVE.message, {"n": reserve}))
        enough = what_is_enough(self.result, person, self.words)
        return [
            self._section("", texts, points),
            self._section(say("What happens next"), onward),
            *([enough] if enough else []),
            self.proposals.terms.costs(person, None),
        ]

    def _waiting(self, person: int) -> Phrase:
        day = int(self.problem.candidates.accepted_on[person])
        if day == NO_DAY:
            return NO_DAY_KNOWN
        return say("Your waiting time counts on, from {day}.", day=day_of(day))

    def _recorded(self, person: int, opening: int) -> list[Section]:
        """Return the last steps on record at other job orders that have not ended."""
        points = [
            say("{opening}: {step}, {day}", opening=self._id(at), step=STEPS[one.state], day=one.on)
            for (who, at), one in sorted(self.proposals.steps.items())
            if who == person and at != opening and one.state not in ENDED
        ]
        title = say("Also on record")
        return [self._section(title, [], points[:MOST_STEPS])] if points else []

    def _objecting(self, person: int) -> Section:
        """Return how and by when to object, and what becomes of objections already made."""
        centre, settings = self.problem.labels.centres[person], self.problem.settings
        office = say("the office of {centre}", centre=shortened(centre, SHORT))
        facts: dict[str, Fact] = {
            "office": office if centre else say("the office"),
            "day": settings.on + timedelta(days=settings.objections.days),
            "n": settings.objections.days,
        }
        lines = [Phrase(OBJECT.message, facts), *_waiting_objections(self.problem, person)]
        return self._section(say("If you disagree"), lines)

    def _id(self, opening: int) -> str:
        return shortened(self.problem.opening_ids[opening], SHORT) if opening >= 0 else ""

    def _section(self, title: Fact, texts: list[Phrase], points: Iterable[Phrase] = ()) -> Section:
        told, pointed = tuple(map(self.words, texts)), tuple(map(self.words, points))
        return Section(self.words(title), texts=told, points=pointed)


def _waiting_objections(problem: Problem, person: int) -> list[Phrase]:
    """Return what is told of the objections of a person that wait for an answer."""
    told = []
    for one in sorted(problem.objections, key=lambda one: (one.on, one.opening)):
        if one.candidate != person or not one.open:
            continue
        facts: dict[str, Fact] = {"on": one.on, "due": due_day(problem, one)}
        late = state_of(problem, one) == LATE
        told.append(
            say("Your objection of {on} should have been answered by {due}; ask for it.", **facts)
            if late
            else say("Your objection of {on} is on record; it is answered by {due}.", **facts)
        )
    return told
