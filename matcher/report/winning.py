"""What would be enough for a host in this round, as text and as a record."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from matcher.explain.reasons.worded import CONDITION_NAMES, level_name, skill_name
from matcher.explain.winning import Change, Miss, Win, Winning
from matcher.explain.winning.changes import (
    ANY_TRADE,
    CERTIFICATE,
    CONDITION,
    JAPANESE,
    SKILL,
    valid_until,
)
from matcher.language import Fact, Name, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import UNKNOWN, Problem
from matcher.report.chains import tell_changes
from matcher.report.records import loss_by_name
from matcher.vocabulary import load_vocabulary

MOST_NAMES = 3
TITLE = say("What would be enough in this round")


def tell_winning(result: Result, found: Winning | None, words: Words) -> str:
    """Return the section on what would be enough; nothing for whoever needs none."""
    if found is None:
        return ""
    lines = [words(TITLE), *(f"  · {words(line)}" for line in winning_lines(result, found))]
    return "\n" + "\n".join(lines) + "\n"


def record_winning(result: Result, found: Winning | None) -> dict[str, object] | None:
    """Return what would be enough for JSON; None for whoever needs nothing."""
    if found is None:
        return None
    problem, nearest = result.problem, found.nearest
    return {
        "applies": found.applies,
        "tried": found.tried,
        "hopeful": found.hopeful,
        "runs": found.runs,
        "exact": found.exact,
        "winners": [_record(problem, win) for win in found.winners],
        "ties": [_record(problem, tie) for tie in found.ties],
        "nearest": None
        if nearest is None
        else {
            **_change(nearest.change),
            "opening_id": problem.opening_ids[nearest.opening],
            "short": loss_by_name(result, nearest.short),
            "at_least": found.least,
        },
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "kind": change.kind,
        "name": change.name,
        "from": change.before,
        "to": change.after,
        "cells": dict(change.cells),
    }


def _record(problem: Problem, win: Win) -> dict[str, object]:
    return {
        **_change(win.change),
        "opening_id": problem.opening_ids[win.opening],
        "conditional": win.conditional,
        "confirmed": win.confirmed,
    }


def winning_lines(result: Result, found: Winning) -> list[Phrase]:
    """Return what would be enough, sentence by sentence."""
    if not found.applies:
        return [say("Scores are given and rules left out: no fact of the person's row counts.")]
    problem = result.problem
    confirmed = [win for win in found.winners if win.confirmed]
    level = int(problem.candidates.level[found.candidate])
    told = _alike(confirmed or found.winners, level)
    lines = [_enough(problem, *one) for one in told]
    lines += [_tied(problem, *one) for one in _alike(found.ties, level)]
    if not lines:
        lines.append(_none(found))
    if found.nearest is not None:
        lines.append(_nearest(result, found, found.nearest))
    if any(win.change.kind in (CONDITION, ANY_TRADE) for win in (*found.winners, *found.ties)):
        lines.append(say("What a person accepts is the person's own answer, and stays so."))
    if any(win.change.kind in (JAPANESE, CERTIFICATE) for win in (*found.winners, *found.ties)):
        on = problem.settings.on
        told_days = say(
            "A test is taken as of {on}, a new certificate as valid until {until}.",
            on=on,
            until=valid_until(on),
        )
        lines.append(told_days)
    return [*lines, *_tried(found)]


def _alike(wins: Sequence[Win], level: int) -> list[tuple[Phrase, Win]]:
    """Return the changes by what they come to: those of one kind and one number of steps that lead
    to the same job order together, with the first of them."""

    def key(win: Win) -> tuple[object, ...]:
        return (win.change.place[:2], win.opening, win.conditional)

    order: dict[tuple[object, ...], int] = {}
    for win in wins:
        order.setdefault(key(win), len(order))
    found = []
    for _, group in groupby(sorted(wins, key=lambda win: order[key(win)]), key):
        same = list(group)
        names = tuple(_fact(win.change, level) for win in same[:MOST_NAMES])
        found.append((_one_of(names, len(same)), same[0]))
    return found


def _one_of(names: tuple[Phrase, ...], n: int) -> Phrase:
    if n == 1:
        return names[0]
    if n == len(names):
        return say("one of these alone: {facts}", facts=names)
    return say("one of these alone: {facts}; or one of {n} more", facts=names, n=n - len(names))


def _enough(problem: Problem, fact: Phrase, win: Win) -> Phrase:
    told: dict[str, Fact] = {"fact": fact, "opening": problem.opening_ids[win.opening]}
    if win.conditional:
        return say(
            "{fact}: in this round this would be enough to be proposed at {opening}, with something"
            " still to be shown",
            **told,
        )
    return say(
        "{fact}: in this round this would be enough to be proposed at {opening}",
        **told,
    )


def _tied(problem: Problem, fact: Phrase, tie: Win) -> Phrase:
    return say(
        "{fact}: as good as others at {opening}; the lottery would decide",
        fact=fact,
        opening=problem.opening_ids[tie.opening],
    )


def _fact(change: Change, level: int) -> Phrase:
    """Return the fact as it would be, and as it is recorded (`level`: the code of Japanese)."""
    match change.kind:
        case kind if kind == JAPANESE:
            if level == UNKNOWN:
                return say("Japanese {after} (not recorded so far)", after=change.after)
            return say(
                "Japanese {after} (recorded: {before})",
                after=change.after,
                before=level_name(level),
            )
        case kind if kind == SKILL:
            skill = skill_name(change.name)
            if change.before == "0":
                return say(
                    "{skill} at level {after} (not recorded so far)",
                    skill=skill,
                    after=change.after,
                )
            return say(
                "{skill} at level {after} (held: {before})",
                skill=skill,
                after=change.after,
                before=change.before,
            )
        case kind if kind == CERTIFICATE:
            return say(
                "a certificate of {unit} {title}", unit=change.name, title=_title(change.name)
            )
        case kind if kind == CONDITION:
            condition = CONDITION_NAMES[change.name]
            return say("{condition}, where the person accepted it", condition=condition)
        case _:
            return say("work outside the person's trade, where the person accepted it")


def _title(unit: str) -> Name:
    return load_vocabulary().units[unit].title


def _none(found: Winning) -> Phrase:
    if found.exact:
        return say("No single change of these facts would be enough.")
    return say("No single change that was tried by a run would be enough.")


def _nearest(result: Result, found: Winning, miss: Miss) -> Phrase:
    """Return the nearest miss, with what the best plan with it would have less."""
    problem = result.problem
    short = loss_by_name(result, miss.short) or {}
    people, kept, score = (short.get(name, 0) for name in ("placements", "keep", "score"))
    told: dict[str, Fact] = {
        "fact": _fact(miss.change, int(problem.candidates.level[found.candidate])),
        "opening": problem.opening_ids[miss.opening],
        "changes": tell_changes(problem, people, kept, score),
    }
    if found.least:
        return say(
            "Nearest: {fact}; at {opening} the best plan would still have, people and points, at"
            " least: {changes}",
            **told,
        )
    return say(
        "Nearest: {fact}; at {opening} the best plan would still have, people and points:"
        " {changes}",
        **told,
    )


def _tried(found: Winning) -> list[Phrase]:
    """Return what was tried, and what was not."""
    tried = say(
        "Tried: {n} single changes of Japanese, of conditions, and of skills and certificates of"
        " the person's own work, counted at job orders that ask for them; all else as recorded.",
        n=found.tried,
    )
    lines = [tried]
    if found.runs:
        lines.append(say("Runs made with one fact changed, to confirm: {n}.", n=found.runs))
    left = sum(not win.confirmed for win in found.winners)
    if left and any(win.confirmed for win in found.winners):
        lines.append(say("{n} more would be enough by the values of the seats alone.", n=left))
    if not found.exact:
        lines.append(say("Others were not tried by a run, and may be enough too."))
    return lines
