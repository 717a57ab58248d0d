"""What drives the gaps that are worth a look, told group by group."""

from __future__ import annotations

from matcher.audit import GroupAudit, Grouping
from matcher.audit.drivers import Driver
from matcher.language import Phrase, Words, say
from matcher.problem import Problem
from matcher.report.audit.words import (
    chance,
    decimal,
    group_name,
    mean_score,
    of_100,
    paragraph,
)
from matcher.report.words import CRITERION_NAMES, RULE_NAMES

NONE = say("none goes this way")


ALWAYS = "sex"


def tell_drivers(problem: Problem, grouping: Grouping, words: Words) -> str:
    """Return the rules and the criterion that differ most between everybody else and each group
    whose gap is worth a look, and by sex always; the other groups are named together."""
    names = {g.name: group_name(grouping.name, g.name) for g in grouping.groups}
    told = [group for group in grouping.sides if _is_told(grouping, group)]
    lines = []
    for group in told:
        lines.append(paragraph(words(_gap(group, words(names[group.name]), words))))
        told_of = _told(problem, group, grouping.name == ALWAYS, words)
        lines += [paragraph(words(line), "  · ") for line in told_of]
    left = {group.name for group in grouping.groups} - {group.name for group in told}
    if told and len(grouping.held) == 2:
        left -= {group.name for group in grouping.held}
    others = [group for group in grouping.groups if group.name in left]
    even = tuple(names[group.name] for group in others if not group.proposals.few)
    small = tuple(names[group.name] for group in others if group.proposals.few)
    if even:
        lines.append(paragraph(words(say("No gap worth a look: {groups}.", groups=even))))
    if small:
        lines.append(paragraph(words(say("Too few to say: {groups}.", groups=small))))
    return "".join(lines)


def _is_told(grouping: Grouping, group: GroupAudit) -> bool:
    asked = grouping.name == ALWAYS and not group.proposals.few
    return group.drivers is not None and (group.worth_a_look or asked)


def _gap(group: GroupAudit, name: str, words: Words) -> Phrase:
    own, rest = group.proposals.own, group.proposals.rest
    return say(
        "{group}: {count} of {of} proposed ({rate} of 100), everybody else {others} of {all}"
        " ({other_rate} of 100); at the rates of their trades {by_trade} people",
        group=name,
        count=own.count,
        of=own.of,
        rate=of_100(own, words),
        others=rest.count,
        all=rest.of,
        other_rate=of_100(rest, words),
        by_trade=decimal(group.by_trade, 1),
    )


def _told(problem: Problem, group: GroupAudit, always: bool, words: Words) -> list[Phrase]:
    """Return what drives the gaps of a group that are worth a look, or all of them."""
    drivers, nowhere = group.drivers, group.refusals
    if drivers is None:
        return []
    told = []
    if group.proposals.gap and (always or group.signal or group.unlikely):
        scores = _score(problem, drivers.scores, words)
        told += [
            say("pairs refused by a rule: {driver}", driver=_rule(drivers.refuses, words)),
            say("points where they may be proposed: {driver}", driver=scores),
        ]
    if nowhere.gap and (always or group.stranded):
        line = say(
            "nowhere: {count} of {of} ({rate} of 100), everybody else {others} of {all}"
            " ({other_rate} of 100), chance {p}; left without any by one rule alone: {driver}",
            count=nowhere.own.count,
            of=nowhere.own.of,
            rate=of_100(nowhere.own, words),
            others=nowhere.rest.count,
            all=nowhere.rest.of,
            other_rate=of_100(nowhere.rest, words),
            p=chance(nowhere.exact_p, words),
            driver=_rule(drivers.nowhere, words),
        )
        told.append(line)
    return told


def _rule(driver: Driver | None, words: Words) -> Phrase:
    if driver is None:
        return NONE
    return say(
        "{name}, {rate} of 100 ({count} of {of}), everybody else {other_rate} of 100 ({others} of"
        " {all})",
        name=RULE_NAMES[driver.name],
        rate=of_100(driver.own, words),
        count=driver.own.count,
        of=driver.own.of,
        other_rate=of_100(driver.rest, words),
        others=driver.rest.count,
        all=driver.rest.of,
    )


def _score(problem: Problem, driver: Driver | None, words: Words) -> Phrase:
    if driver is None:
        return NONE
    return say(
        "{name}, on average {points} ({of} pairs), everybody else {other_points} ({all} pairs)",
        name=CRITERION_NAMES[driver.name],
        points=mean_score(problem, driver.own, words),
        of=driver.own.of,
        other_points=mean_score(problem, driver.rest, words),
        all=driver.rest.of,
    )
