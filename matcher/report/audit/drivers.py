"""What drives the gaps, told group by group."""

from __future__ import annotations

from matcher.audit import Audit, GroupAudit
from matcher.audit.drivers import Driver, Drivers
from matcher.language import Phrase, Words, say
from matcher.report.audit.words import (
    GROUPINGS,
    decimal,
    group_name,
    mean_points,
    of_100,
    paragraph,
)
from matcher.report.words import CRITERION_NAMES, RULE_NAMES

NONE = say("none goes this way")


def tell_drivers(audit: Audit, words: Words) -> str:
    """Return for each gap the rules and the criterion that differ most between a group and
    everybody else; groups too small to say anything about are named together."""
    lines = [paragraph(words(say("What drives the gaps (a group against everybody else)"))), "\n"]
    for grouping in audit.groupings:
        lines.append(paragraph(words(GROUPINGS[grouping.name])))
        even, small = [], []
        for group in grouping.groups:
            name = group_name(grouping.name, group.name)
            if group.proposals.few:
                small.append(name)
            elif group.drivers is None:
                even.append(name)
            else:
                lines.append(paragraph(words(_gap(group, words(name), words)), "  "))
                lines += [paragraph(words(line), "    · ") for line in _told(group.drivers, words)]
        if even:
            lines.append(paragraph(words(say("No gap: {groups}.", groups=tuple(even))), "  "))
        if small:
            told = say("Too few to say: {groups}.", groups=tuple(small))
            lines.append(paragraph(words(told), "  "))
    return "".join(lines)


def _gap(group: GroupAudit, name: str, words: Words) -> Phrase:
    own, rest = group.proposals.own, group.proposals.rest
    return say(
        "{group}: {count} of {of} proposed ({rate} of 100), everybody else {others} of {all}"
        " ({other_rate} of 100); at the rates of their trades {by_trade}",
        group=name,
        count=own.count,
        of=own.of,
        rate=of_100(own, words),
        others=rest.count,
        all=rest.of,
        other_rate=of_100(rest, words),
        by_trade=decimal(group.by_trade, 1),
    )


def _told(drivers: Drivers, words: Words) -> list[Phrase]:
    return [
        say("pairs refused by a rule: {driver}", driver=_rule(drivers.refuses, words)),
        say(
            "people left without any by one rule alone: {driver}",
            driver=_rule(drivers.closes, words),
        ),
        say("points where they may be proposed: {driver}", driver=_score(drivers.scores, words)),
    ]


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


def _score(driver: Driver | None, words: Words) -> Phrase:
    if driver is None:
        return NONE
    return say(
        "{name}, on average {points} ({of} pairs), everybody else {other_points} ({all} pairs)",
        name=CRITERION_NAMES[driver.name],
        points=mean_points(driver.own.count, driver.own.of, words),
        of=driver.own.of,
        other_points=mean_points(driver.rest.count, driver.rest.of, words),
        all=driver.rest.of,
    )
