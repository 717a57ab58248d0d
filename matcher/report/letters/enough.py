"""What would have been enough in this round: only steps that belong to the programme, never a
promise."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.explain.reasons import level_name, skill_name
from matcher.explain.reasons.worded import CONDITION_NAMES
from matcher.explain.winning import Change, Winning, winning_changes
from matcher.explain.winning.changes import ANY_TRADE, CERTIFICATE, CONDITION, JAPANESE, SKILL
from matcher.language import Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import UNKNOWN
from matcher.report.letters.values import Section
from matcher.vocabulary import load_vocabulary

MOST_NAMES = 2
TITLE = say("What would have been enough in this round")
ONE_ALONE = say(
    "In this round one of these alone would have been enough for a proposal, all else as it is on"
    " record:"
)
NO_PROMISE = say(
    "This is no promise: another round has other job orders and other candidates. Japanese is"
    " taught at the sending organisation, and your trade at the training centre, as part of the"
    " programme. Pay nobody for a course or a test because of this letter."
)
OWN_ANSWER = say("What you accept is your own answer; nobody may press you to change it.")
NONE = say(
    "No single step in Japanese, in the skills of your trade or in what you accept would have been"
    " enough in this round."
)
NO_COURSE = say("So pay nobody for a course or a test because of this letter.")


def what_is_enough(result: Result, candidate: int, words: Words) -> Section | None:
    """Return what would have been enough for a seat; None where nothing is known of it."""
    found = winning_changes(result, candidate)
    if found is None or not found.applies:
        return None
    changes = [win.change for win in found.winners if win.confirmed]
    if not changes:
        told = (words(NONE), words(NO_COURSE)) if _none(found) else ()
        return Section(words(TITLE), texts=told) if told else None
    level = int(result.problem.candidates.level[candidate])
    points = _steps(changes, level)
    own = any(change.kind in (CONDITION, ANY_TRADE) for change in changes)
    return Section(
        words(TITLE),
        texts=(words(ONE_ALONE),),
        points=tuple(map(words, points)),
        after=(words(NO_PROMISE), *[words(OWN_ANSWER)] * own),
    )


def _none(found: Winning) -> bool:
    """Return whether no single change is enough, or as good so that the lottery would decide."""
    return found.exact and not found.winners and not found.ties


def _steps(changes: Sequence[Change], level: int) -> list[Phrase]:
    """Return the smallest step of each kind, skills and certificates of a kind together."""
    kinds = {
        kind: [one for one in changes if one.kind == kind]
        for kind in (JAPANESE, SKILL, CERTIFICATE, CONDITION, ANY_TRADE)
    }
    told = []
    if kinds[JAPANESE]:
        told.append(_japanese(kinds[JAPANESE][0], level))
    told += [
        say("{skill}, level {level}, shown", skill=skill_name(one.name), level=one.after)
        for one in kinds[SKILL][:MOST_NAMES]
    ]
    units = load_vocabulary().units
    told += [
        say("a valid certificate: {unit}", unit=units[one.name].title)
        for one in kinds[CERTIFICATE][:MOST_NAMES]
    ]
    more = sum(max(0, len(kinds[kind]) - MOST_NAMES) for kind in (SKILL, CERTIFICATE))
    if more:
        told.append(say("other skills or certificates of your trade: {n}", n=more))
    told += [
        say("{condition}, if you accept it", condition=CONDITION_NAMES[one.name])
        for one in kinds[CONDITION]
    ]
    if kinds[ANY_TRADE]:
        told.append(say("work outside your trade, if you accept it"))
    return told


def _japanese(change: Change, level: int) -> Phrase:
    if level == UNKNOWN:
        return say("Japanese {after} on record (so far: nothing)", after=change.after)
    return say(
        "Japanese {after} on record (so far: {before})",
        after=change.after,
        before=level_name(level),
    )
