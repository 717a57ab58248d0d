"""What is asked of a plan before it is done, read from the words of a call:

    place C O · forbid C O · forbid C · forbid O · withdraw C · withdraw O · seats O +2 ·
    seats O -1 · waive RULE C · waive RULE C O · waive RULE O · weight skill_fit=500

any number of them in a row. A word that is both a candidate's and a job order's id is the
candidate's.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.check.asked import MOST_SEATS
from matcher.check.decisions import NEVER_WAIVED
from matcher.check.unknown import name_unknown
from matcher.criteria import CRITERIA
from matcher.errors import UsageError
from matcher.language import Phrase, say
from matcher.problem import Problem
from matcher.rules import KINDS_OF_RULES, RULES, WAIVABLE
from matcher.spelling import did_you_mean

PLACE, FORBID, WITHDRAW = "place", "forbid", "withdraw"
CHANGE_SEATS, WAIVE_RULE, SET_WEIGHT = "seats", "waive", "weight"
FORMS = {
    PLACE: "place CANDIDATE OPENING",
    FORBID: "forbid CANDIDATE [OPENING] | forbid OPENING",
    WITHDRAW: "withdraw CANDIDATE | withdraw OPENING",
    CHANGE_SEATS: "seats OPENING +N | seats OPENING -N",
    WAIVE_RULE: "waive RULE CANDIDATE [OPENING] | waive RULE OPENING",
    SET_WEIGHT: "weight CRITERION=N",
}
NEEDED = {PLACE: 2, FORBID: 1, WITHDRAW: 1, CHANGE_SEATS: 2, WAIVE_RULE: 2, SET_WEIGHT: 1}
ONE_MORE = (FORBID, WAIVE_RULE)  # those that may name a job order beside the candidate
RULE_NAMES = {rule.name: rule.label for rule in RULES}
CRITERION_NAMES = {criterion.name: criterion.label for criterion in CRITERIA}
CHANGE = re.compile(r"[+-]0*([1-9][0-9]{0,5})")
WEIGHT = re.compile(r"([^=]+)=0*(0|1000|[1-9][0-9]{0,2})")


@dataclass(frozen=True)
class Override:
    """One thing that is asked: `kind` is place, forbid, withdraw, seats, waive or weight.

    `candidate_id` and `opening_id` are "" where none is named, `name` is the rule waived or the
    criterion weighed, `amount` the seats more (less than 0: fewer) or the new weight per mille.
    """

    kind: str
    candidate_id: str = ""
    opening_id: str = ""
    name: str = ""
    amount: int = 0

    def __str__(self) -> str:
        """Return the override as it is written in a call."""
        if self.kind == SET_WEIGHT:
            return f"{self.kind} {self.name}={self.amount}"
        amount = f"{self.amount:+}" if self.kind == CHANGE_SEATS else ""
        parts = (self.kind, self.name, self.candidate_id, self.opening_id, amount)
        return " ".join(filter(None, parts))


def read_overrides(words: Iterable[str], problem: Problem) -> tuple[Override, ...]:
    """Return the overrides that the words of a call state; raises `UsageError` for what is none,
    for unknown ids, rules and criteria, and for what cannot be asked of this problem."""
    left, found = list(words), []
    while left:
        kind = left.pop(0)
        if kind not in FORMS:
            raise UsageError(_no_kind(kind))
        size = NEEDED[kind]
        if len(left) < size:
            raise UsageError(_misread(kind))
        if kind in ONE_MORE and len(left) > size and left[size] not in FORMS:
            size += left[size - 1] in problem.candidate_ids
        found.append(_read(kind, left[:size], problem))
        del left[:size]
    overrides = tuple(found)
    check_overrides(problem, overrides)
    return overrides


def _read(kind: str, words: Sequence[str], problem: Problem) -> Override:
    """Return the override that a kind and its words state."""
    if kind == SET_WEIGHT:
        weight = WEIGHT.fullmatch(words[0])
        if not weight:
            raise UsageError(_misread(kind))
        return Override(kind, name=weight[1], amount=int(weight[2]))
    if kind == CHANGE_SEATS:
        if not CHANGE.fullmatch(words[1]):
            raise UsageError(_misread(kind))
        return Override(kind, opening_id=words[0], amount=int(words[1]))
    name, who = (words[0], words[1:]) if kind == WAIVE_RULE else ("", words)
    if len(who) == 2:
        return Override(kind, who[0], who[1], name)
    whose = who[0] in problem.candidate_ids
    if not whose and who[0] not in problem.opening_ids:
        known = (*problem.candidate_ids, *problem.opening_ids)
        raise UsageError(name_unknown(problem, who[0], known))
    return Override(kind, who[0] if whose else "", "" if whose else who[0], name)


def _no_kind(word: str) -> Phrase:
    near = did_you_mean(word, FORMS)
    if near:
        return say("“{word}” is nothing that can be asked: {near}", word=word, near=near)
    return say(
        "“{word}” is nothing that can be asked; one of: {forms}",
        word=word,
        forms=tuple(FORMS.values()),
    )


def _misread(kind: str) -> Phrase:
    if kind == CHANGE_SEATS:
        return say("Write {form}: how many seats more or fewer.", form=FORMS[kind])
    if kind == SET_WEIGHT:
        return say("Write {form}, N a whole number from 0 to 1000.", form=FORMS[kind])
    return say("Write {form}.", form=FORMS[kind])


# -- What can be asked ---------------------------------------------------------------------------


def check_overrides(problem: Problem, overrides: Sequence[Override]) -> None:
    """Raise `UsageError` for what cannot be asked of a problem, whatever stands on record."""
    asked: set[tuple[str, str, str, str]] = set()
    for one in overrides:
        what = (one.kind, one.candidate_id, one.opening_id, one.name)
        if what in asked:
            raise UsageError(say("“{what}” is asked twice.", what=str(one)))
        asked.add(what)
        for name, known in (
            (one.candidate_id, problem.candidate_ids),
            (one.opening_id, problem.opening_ids),
        ):
            if name and name not in known:
                raise UsageError(name_unknown(problem, name, known))
        fault = _fault(problem, one)
        if fault:
            raise UsageError(fault)


def _fault(problem: Problem, one: Override) -> Phrase | None:
    """Return what is wrong with one override whose ids are known."""
    named = bool(one.candidate_id) + bool(one.opening_id)
    match one.kind:
        case "place":
            return None if named == 2 else _misread(one.kind)
        case "forbid":
            return None if named else _misread(one.kind)
        case "withdraw":
            return None if named == 1 else _misread(one.kind)
        case "seats":
            return _fault_of_seats(problem, one)
        case "waive":
            return _fault_of_waiver(one.name) if named else _misread(one.kind)
        case "weight":
            return _fault_of_weight(problem, one)
        case _:
            return _no_kind(one.kind)


def _fault_of_seats(problem: Problem, one: Override) -> Phrase | None:
    if not one.opening_id or not one.amount or one.candidate_id:
        return _misread(one.kind)
    seats = int(problem.openings.seats[problem.opening_ids.index(one.opening_id)])
    if seats + one.amount < 0:
        return say(
            "{opening} has {seats} seats, so that {n} fewer cannot be asked.",
            opening=one.opening_id,
            seats=seats,
            n=-one.amount,
        )
    if seats + one.amount > MOST_SEATS:
        return say(
            "{opening} has {seats} seats, so that {n} more cannot be asked: at most {most} in all.",
            opening=one.opening_id,
            seats=seats,
            n=one.amount,
            most=MOST_SEATS,
        )
    return None


def _fault_of_waiver(rule: str) -> Phrase | None:
    if rule in WAIVABLE:
        return None
    if rule not in KINDS_OF_RULES:
        near = did_you_mean(rule, WAIVABLE) or say("one of: {words}", words=WAIVABLE)
        return say("There is no rule “{rule}”: {near}", rule=rule, near=near)
    never = NEVER_WAIVED.get(KINDS_OF_RULES[rule])
    if never is None:
        return say("“{rule}” is not waived: take the decision out that enforces it.", rule=rule)
    reason, mend = never
    return say("“{rule}” is not waived: {reason}; {mend}.", rule=rule, reason=reason, mend=mend)


def _fault_of_weight(problem: Problem, one: Override) -> Phrase | None:
    if problem.given is not None:
        return say("The scores of this batch are given, so that no weight plays a part in them.")
    if one.name not in CRITERION_NAMES:
        known = tuple(CRITERION_NAMES)
        near = did_you_mean(one.name, known) or say("one of: {words}", words=known)
        return say("There is no criterion “{name}”: {near}", name=one.name, near=near)
    return None if 0 <= one.amount <= 1000 else _misread(one.kind)


# -- How it is told ------------------------------------------------------------------------------


def tell_override(one: Override) -> Phrase:
    """Return an override in a reader's words."""
    who, where = one.candidate_id, one.opening_id
    match one.kind:
        case "place":
            return say("a seat at {opening} is fixed for {person}", person=who, opening=where)
        case "withdraw" if who:
            return say("{person} withdraws", person=who)
        case "withdraw":
            return say("job order {opening} is withdrawn", opening=where)
        case "seats":
            change = f"{one.amount:+}"
            return say("seats of {opening}: {change}", opening=where, change=change)
        case "weight":
            name = CRITERION_NAMES[one.name]
            return say("weight of “{name}”: {n} of 1000", name=name, n=one.amount)
        case "forbid":
            return say("not to be proposed: {pairs}", pairs=_pairs(who, where))
        case _:
            rule, pairs = RULE_NAMES[one.name], _pairs(who, where)
            return say("the rule “{rule}” is waived: {pairs}", rule=rule, pairs=pairs)


def _pairs(who: str, where: str) -> Phrase:
    if who and where:
        return say("{person} at {opening}", person=who, opening=where)
    if who:
        return say("{person} at every job order", person=who)
    return say("everybody at {opening}", opening=where)
