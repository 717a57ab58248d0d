"""What is on record of a person: decisions, steps of earlier proposals, objections."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property

from matcher.explain.outcomes import LATE, due_day, objections_in_order, state_of
from matcher.explain.reasons import name_reason
from matcher.language import Fact, Phrase, say
from matcher.problem import Decision, Problem
from matcher.problem.outcomes import Objection, Outcome
from matcher.report.content.blind import Shown
from matcher.report.content.recorded import tell_decision
from matcher.report.content.values import Decided
from matcher.report.words import OBJECTIONS, STEPS

ELSE = "…"


def list_decisions(problem: Problem, shown: Shown) -> tuple[Decided, ...]:
    """Return the decisions on record, none in a blind copy."""
    if shown.blind:
        return ()
    return tuple(
        Decided(one.action, one.candidate_id, one.opening_id, one.reason, one.by, one.on)
        for one in problem.decisions
    )


class Record:
    """What is on record of everybody, told of one person at a time without naming others."""

    def __init__(self, problem: Problem, shown: Shown) -> None:
        self.problem, self.shown = problem, shown
        self.decisions: dict[str, list[Decision]] = defaultdict(list)
        for decision in problem.decisions:
            self.decisions[decision.candidate_id].append(decision)
        self.steps: dict[int, list[Outcome]] = defaultdict(list)
        for step in problem.outcomes:
            self.steps[step.candidate].append(step)
        self.objections: dict[int, list[Objection]] = defaultdict(list)
        for objection in objections_in_order(problem):
            self.objections[objection.candidate].append(objection)

    def tell(self, person: int, opening: int) -> tuple[str, ...]:
        """Return decisions about the person, and those about everybody at the job order proposed
        (-1: none), steps of earlier proposals and objections."""
        return tuple(map(self.shown.words, self._of(person, opening)))

    def _of(self, person: int, opening: int) -> Iterator[Phrase]:
        for decision in self.decisions.get(self.problem.candidate_ids[person], ()):
            yield self._decision(person, decision)
        for decision in self.decisions.get("", ()) if opening >= 0 else ():
            if decision.opening_id in ("", self.problem.opening_ids[opening]):
                yield self._decision(person, decision)
        for step in self.steps.get(person, ()):
            yield self._step(step)
        for objection in self.objections.get(person, ()):
            yield self._objection(person, objection)

    def _decision(self, person: int, one: Decision) -> Phrase:
        told = replace(one, reason=self.without_others(person, one.reason))
        return tell_decision(told, self.shown.blind, opening=one.opening_id)

    def _step(self, step: Outcome) -> Phrase:
        facts: dict[str, Fact] = {
            "opening": self.problem.opening_ids[step.opening],
            "day": step.on,
            "state": STEPS[step.state],
        }
        if step.reason_code:
            return say("{opening}, {day}: {state} ({reason})", reason=name_reason(step), **facts)
        if step.rank:
            facts["state"] = say("{state}, rank {rank}", rank=step.rank, state=STEPS[step.state])
        return say("{opening}, {day}: {state}", **facts)

    def _objection(self, person: int, one: Objection) -> Phrase:
        due, state = due_day(self.problem, one), state_of(self.problem, one)
        facts: dict[str, Fact] = {"day": one.on, "state": OBJECTIONS[state]}
        if self.shown.blind:
            return say("Objection of {day}: {state}", **facts)
        facts["text"] = self.without_others(person, one.text)
        if not one.open:
            facts["answer"] = self.without_others(person, one.answer)
            return say("Objection of {day}: “{text}”; {state}: {answer}", **facts)
        if state == LATE:
            return say(
                "Objection of {day}: “{text}”; was to be answered by {due}, late", due=due, **facts
            )
        return say("Objection of {day}: “{text}”; to be answered by {due}", due=due, **facts)

    def without_others(self, person: int, text: str) -> str:
        """Return what somebody wrote without the ids and names of other people; a plain number is
        no id there."""
        problem, folded = self.problem, _plain(text)
        names = problem.candidate_ids[person], problem.labels.candidate_names[person]
        own = set(map(_plain, names))
        found = [written for name, written in self._names if name in folded]
        if not found:
            return text

        def kept(one: re.Match[str]) -> str:
            return one[0] if _plain(one[0]) in own else ELSE

        return re.sub("|".join(found), kept, text, flags=re.IGNORECASE)

    @cached_property
    def _names(self) -> tuple[tuple[str, str], ...]:
        """The ids and names of everybody as they are compared and as they may be written, the
        longest first."""
        ids = (one for one in self.problem.candidate_ids if not one.isdecimal())
        names = {*ids, *self.problem.labels.candidate_names} - {""}
        ordered = sorted(names, key=lambda name: (-len(name), name))
        return tuple((_plain(name), _as_written(name)) for name in ordered)


def _plain(text: str) -> str:
    """Return a text as names are compared: of either case, however wide the gaps."""
    return " ".join(text.casefold().split())


def _as_written(name: str) -> str:
    """Return the pattern of a name; one of the Latin alphabet is no part of a longer word."""
    pattern = r"\s+".join(map(re.escape, name.split()))
    return rf"(?<!\w){pattern}(?!\w)" if name.isascii() else pattern
