"""Shortages in words: what asks too much, who and what is there, what keeps others out, and the
least that would have to change."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.errors import Issue
from matcher.fit import Facts
from matcher.language import Phrase, say
from matcher.limits import PEOPLE, SEATS
from matcher.personal import mask_numbers
from matcher.problem import Numbers, Problem
from matcher.rules import RULES
from matcher.settings import FILE, limit_key
from matcher.shortages.flow import Cut
from matcher.shortages.found import CASES, CUTS, Shortages, decided_at
from matcher.shortages.misses import BELOW_FLOOR, count_misses
from matcher.shortages.required import (
    BUDGET,
    CEILING,
    FLOOR,
    LOCK,
    PAIR,
    SEAT,
    START,
    Change,
    Required,
    Thing,
)

MOST_RULES = 3
CODE = "SHORTAGE"


def tell_shortages(problem: Problem, facts: Facts, found: Shortages) -> tuple[Issue, ...]:
    """Return an error for each shortage, by limit; each says how to mend them all."""
    told = Telling(problem, facts, found.required)
    mend = told.mend(found)
    if found.instead:
        instead = tuple(map(told.change, found.instead))
        mend = say("{mend}; this does it as well: {changes}", mend=mend, changes=instead)
    tightest: dict[tuple[Thing, tuple[int, ...]], Cut] = {}
    for cut in sorted(found.cuts, key=lambda one: (one.floors, one.most)):
        tightest.setdefault((told.first(cut), cut.floors), cut)
    issues = [told.issue(told.first(cut), told.cut(cut), mend) for cut in tightest.values()]
    issues += [told.issue(thing, told.other(thing), mend) for thing in found.others]
    issues.sort(key=lambda issue: issue.place)
    first = say("as said at {place}", place=issues[0].column)
    return (issues[0], *(replace(issue, mend=first) for issue in issues[1:]))


class Telling:
    """The words for what must be kept of a problem."""

    def __init__(self, problem: Problem, facts: Facts, required: Required) -> None:
        self.problem, self.facts, self.required = problem, facts, required

    def issue(self, thing: Thing, reason: Phrase, mend: Phrase) -> Issue:
        """Return an error at the limit that a thing belongs to."""
        limits, (kind, at) = self.facts.limits, thing
        if kind in (FLOOR, CEILING):
            entry = limits.sets[at].entry
        elif kind in (BUDGET, PAIR):
            entry = (limits.sums if kind == BUDGET else limits.pairs)[at].entry
        else:
            file = ", ".join(self.problem.settings.files.named["openings"])
            column = "min_seats" if kind == START else "seats"
            return Issue(CODE, file, 0, column, "", reason, mend)
        return Issue(CODE, FILE, 0, limit_key(entry), "", reason, mend)

    def first(self, cut: Cut) -> Thing:
        """Return the thing at which a cut is told."""
        return (FLOOR, cut.floors[0]) if cut.floors else (CEILING, cut.ceilings[0])

    def cut(self, cut: Cut) -> Phrase:
        """Return what a cut shows: “at least 6 at job orders of care, and 4 at most are possible:
        4 people may be proposed there; …”."""
        sets = self.required.sets
        if not cut.floors:
            one = sets[cut.ceilings[0]]
            return say(
                "at most {most} {of}: {n} seats are on record there",
                most=one.ceiling or 0,
                of=self.place(cut.ceilings[0]),
                n=self.required.taken(one),
            )
        asked = sum(sets[at].floor for at in cut.floors)
        return say(
            "{floors}: no plan has more than {most} of these {asked}; {why}",
            floors=tuple(map(self._floor, cut.floors)),
            most=cut.most,
            asked=asked,
            why=(*self._held(cut), *self._kept_out(cut)),
        )

    def place(self, at: int) -> Phrase:
        """Return a set as the place where people are counted."""
        limits = self.facts.limits.sets
        if at < len(limits):
            label = limits[at].label
            if limits[at].side == PEOPLE:
                return say("among {label}", label=label)
            return say("at {label}", label=label)
        caps = [cap for cap in self.facts.quotas.caps if cap.ceiling is not None]
        return say("under the quota {quota}", quota=mask_numbers(caps[at - len(limits)].name))

    def _held(self, cut: Cut) -> list[Phrase]:
        """Return what a cut holds: the people and seats there are, and ceilings."""
        told = []
        on_record = sum(self.required.taken(self.required.sets[at]) for at in cut.floors)
        if on_record:
            told.append(say("{n} seats are on record there", n=on_record))
        if cut.people:
            there = len(cut.people)
            told.append(
                say("{n} people more may be proposed there", n=there)
                if on_record
                else (say("{n} people may be proposed there", n=there))
            )
        if cut.openings:
            places = np.array(cut.openings)
            taken = int(np.isin(self.required.held, places).sum())
            free = int(self.required.seats[places].sum()) - taken
            told.append(say("the job orders have {n} free seats", n=max(0, free)))
        told += [self._ceiling(at, cut.rooms[at]) for at in cut.ceilings]
        return told or [say("nobody may be proposed there")]

    def _floor(self, at: int) -> Phrase:
        return say("at least {least} {of}", least=self.required.sets[at].floor, of=self.place(at))

    def _ceiling(self, at: int, room: int | None = None) -> Phrase:
        """Return a ceiling, and how many are on record where it lets in `room` more."""
        most, of = self.required.sets[at].ceiling or 0, self.place(at)
        if room is None or room >= most:
            return say("at most {most} {of}", most=most, of=of)
        return say("at most {most} {of} ({n} of them on record)", most=most, of=of, n=most - room)

    def _kept_out(self, cut: Cut) -> list[Phrase]:
        """Return which single rules keep others out, each with how many people; none where seats
        and ceilings alone hold people back."""
        if not cut.people and (cut.openings or cut.ceilings):
            return []
        people, openings = self._members(cut, PEOPLE), self._members(cut, SEATS)
        at = np.isin(self.required.opening, openings)
        inside = np.isin(people, self.required.person[at]) | (self.required.held[people] >= 0)
        present = np.isin(people, self.problem.present)
        misses = count_misses(self.problem, self.facts, people[present & ~inside], openings)
        return [_miss(rule, n) for rule, n in misses[:MOST_RULES]]

    def _members(self, cut: Cut, side: str) -> Numbers:
        """Return the people, or the openings, that the floors of a cut are about; all where they
        are about the other side."""
        required = self.required
        own = [required.sets[at].members for at in cut.floors if required.sets[at].side == side]
        size = required.held.size if side == PEOPLE else required.seats.size
        return np.array(sorted({*sum(own, ())}), np.int64) if own else np.arange(size)

    def other(self, thing: Thing) -> Phrase:
        """Return that a limit cannot be kept beside the others."""
        kind, at = thing
        if kind in (FLOOR, CEILING):
            limit = self._floor(at) if kind == FLOOR else self._ceiling(at)
        elif kind == BUDGET:
            own = self.facts.limits.sums[at]
            limit = say("at most Rp {most} in all for {of}", most=own.most, of=own.label)
        elif kind == PAIR:
            limit = self.facts.limits.pairs[at].label
        elif kind == START:
            limit = self.facts.limits.starts[at].label
            if decided := decided_at(self.required, thing):
                ids = self.problem.candidate_ids
                limit = say(
                    "{limit} (set there by decision: {people})",
                    limit=limit,
                    people=tuple(mask_numbers(ids[person]) for person in decided),
                )
        else:
            limit = self.change(Change(thing, 1))
        return say(
            "{limit}: no plan keeps it together with the other limits, the seats and what is on"
            " record",
            limit=limit,
        )

    def mend(self, found: Shortages) -> Phrase:
        """Return the least changes, and why fewer do not do, or what is known of them."""
        changes = tuple(self.change(change) for change in found.repair.changes)
        if not found.fewest:
            return say(
                "these changes make the batch possible ({n}): {changes} (whether fewer do is not"
                " known)",
                n=found.repair.units,
                changes=changes,
            )
        why = {
            CUTS: say("fewer do not do: the shortages add up to as many"),
            CASES: say("fewer do not do: proved in whole numbers, cases: {n}", n=found.cases),
        }.get(found.proof, say("fewer do not do, as far as the solver says"))
        return say(
            "the least that makes the batch possible ({n}): {changes} ({why})",
            n=found.repair.units,
            changes=changes,
            why=why,
        )

    def change(self, change: Change) -> Phrase:
        """Return one change."""
        limits, required, (kind, at) = self.facts.limits, self.required, change.thing
        ids, orders = self.problem.candidate_ids, self.problem.opening_ids
        if kind in (FLOOR, CEILING):
            one, of = required.sets[at], self.place(at)
            old, more = one.floor, -change.by
            if kind == CEILING:
                old, more = one.ceiling or 0, change.by
                return say("`max` {new} instead of {old} {of}", new=old + more, old=old, of=of)
            return say("`min` {new} instead of {old} {of}", new=old + more, old=old, of=of)
        if kind == BUDGET:
            own = limits.sums[at]
            new = own.most + change.by
            return say(
                "a budget of Rp {new} instead of Rp {old} for {of}",
                new=new,
                old=own.most,
                of=own.label,
            )
        if kind == SEAT:
            old, where = int(required.seats[at]), mask_numbers(orders[at])
            return say(
                "{new} seats instead of {old} at {where}", new=old + change.by, old=old, where=where
            )
        if kind == LOCK:
            return say(
                "the decision that sets {person} at {opening} taken out",
                person=mask_numbers(ids[at]),
                opening=mask_numbers(orders[int(required.held[at])]),
            )
        label = (limits.pairs if kind == PAIR else limits.starts)[at].label
        return say("without “{limit}”", limit=label)


def _miss(rule: int, n: int) -> Phrase:
    if rule == BELOW_FLOOR:
        return say("{n} more have only a score below min_score", n=n)
    named = RULES[rule]
    return say("{n} more lack only “{rule}” ({source})", n=n, rule=named.label, source=named.source)
