"""An audit as text of at most 100 columns, in the reader's language."""

from __future__ import annotations

from dataclasses import astuple

from matcher.audit import Audit, GroupAudit, Grouping
from matcher.audit.blind import Trial
from matcher.audit.rates import FEWEST, Share
from matcher.language import Fact, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.report.audit.answer import answer
from matcher.report.audit.blind import tell_blind, tell_wishes
from matcher.report.audit.drivers import tell_drivers
from matcher.report.audit.ranked import tell_ranked
from matcher.report.audit.words import (
    GROUPINGS,
    WIDTH,
    chance,
    group_name,
    mean_score,
    paragraph,
    ratio_of,
    with_interval,
)
from matcher.report.render import render_table

TOO_FEW = say("too few to say")
SIGNAL = say("a signal to look at")
REFERENCE = say("compared with")
HOW_TO_READ = (
    say(
        "The numbers describe this batch and nothing else. “Proposed of people” are those proposed,"
        " of those taking part; in brackets how many of the proposals are conditional. “Nowhere”"
        " are people whom some rule refuses at every job order. Behind a rate stands its exact"
        " interval (Clopper–Pearson, 95 of 100)."
    ),
    say(
        "Ratio: the group's rate of proposals over that of the group with the highest rate among"
        " recorded groups of at least {fewest} people (“compared with”). Below 0.8 it is a signal"
        " to look at. It is no proof of unequal treatment, and a higher one is no proof of equal"
        " treatment.",
        fewest=FEWEST,
    ),
    say(
        "Chance: how likely chance alone makes the group and everybody else differ that much or"
        " more (Fisher's exact test, two-sided). With many groups, some are small by chance."
    ),
    say(
        "Too few to say: fewer than {fewest} people in the group or outside it, or fewer than"
        " {fewest} proposals to be expected there.",
        fewest=FEWEST,
    ),
    say(
        "Worth a look: a ratio below 0.8 with enough people, or a chance below 0.05 of such a gap"
        " in proposals or in people who may be proposed nowhere. Sex is always looked at. The"
        " other groups' rules and criteria are in --format json and csv."
    ),
    say(
        "Neither sex nor name nor province is scored, and no rule looks at them unless an officer"
        " enforces a host's wish. Gaps come from who is in which class: where a class has many"
        " women and few fitting seats, fewer women are proposed. So beside a gap stand the rule and"
        " the criterion that differ most from everybody else, and how many of the group would be"
        " proposed at the rates of their own trades. That is where to look first, no proof of the"
        " cause."
    ),
)


def tell_audit(result: Result, audit: Audit, trials: tuple[Trial, ...], words: Words) -> str:
    """Return the audit as text: who, groups with what drives their gaps, waiting, blind test, how
    to read it."""
    sections = (
        _who(result, audit, words),
        *(_grouping(result.problem, grouping, words) for grouping in audit.groupings),
        _waiting(audit, words),
        tell_wishes(audit, words),
        tell_blind(result.problem, audit, trials, words),
        tell_ranked(result, words),
        _how_to_read(words),
    )
    return "\n".join(sections)


def _who(result: Result, audit: Audit, words: Words) -> str:
    settings = result.problem.settings
    told = (
        say(
            "AUDIT of a proposal, not yet a decision. {name}, as of {day}.",
            name=settings.name,
            day=settings.on,
        ),
        say(
            "Of {people} people {present} take part; {proposed} are proposed, of these"
            " {conditional} conditional; {refused} may be proposed nowhere.",
            people=audit.people,
            present=audit.present,
            proposed=audit.proposed,
            conditional=audit.conditional,
            refused=audit.refused,
        ),
    )
    return "".join(paragraph(words(line)) for line in told)


def _grouping(problem: Problem, grouping: Grouping, words: Words) -> str:
    rows = [_group(problem, grouping.name, group, words) for group in grouping.groups]
    titles = (
        say("group"),
        say("proposed of people"),
        say("of 100"),
        say("nowhere"),
        say("of 100"),
        say("mean score"),
        say("ratio"),
        say("chance"),
        say("reading"),
    )
    answered = "".join(paragraph(words(line)) for line in answer(grouping, words))
    table = render_table([words(title) for title in titles], rows, wide=WIDTH)
    told = tell_drivers(problem, grouping, words)
    parts = (f"{words(GROUPINGS[grouping.name])}\n{answered}", table, told)
    return "\n".join(part for part in parts if part)


def _group(problem: Problem, grouping: str, group: GroupAudit, words: Words) -> tuple[str, ...]:
    proposals = group.proposals.own
    return (
        words(group_name(grouping, group.name)),
        f"{proposals.count}/{proposals.of} ({group.conditional})",
        with_interval(group.proposals),
        words(group.refusals.own.count),
        with_interval(group.refusals),
        mean_score(problem, Share(group.score, proposals.count), words),
        ratio_of(group.impact.ratio, words) if group.impact else "",
        chance(group.proposals.p, words),
        words(_reading(group)),
    )


def _reading(group: GroupAudit) -> tuple[Fact, ...]:
    """Return how a ratio is to be taken; nothing is said where it is no signal."""
    said: list[Phrase] = []
    if group.impact and group.impact.reference == group.name:
        said.append(REFERENCE)
    if group.proposals.few:
        said.append(TOO_FEW)
    elif group.signal:
        said.append(SIGNAL)
    return tuple(said)


def _waiting(audit: Audit, words: Words) -> str:
    """Return how many wait long, and the groups of those who wait on or have no date."""
    counts = [astuple(group.waiting) for group in audit.groupings[0].groups]
    proposed, unplaced, unknown = (sum(column) for column in zip(*counts, strict=True))
    told = say(
        "Waiting more than 180 days: {proposed} proposed, {unplaced} not proposed; no date"
        " recorded for {unknown}.",
        proposed=proposed,
        unplaced=unplaced,
        unknown=unknown,
    )
    rows = [
        (
            words(GROUPINGS[grouping.name]),
            words(group_name(grouping.name, group.name)),
            *map(words, astuple(group.waiting)),
        )
        for grouping in audit.groupings
        for group in grouping.groups
        if group.waiting.unplaced or group.waiting.unknown
    ]
    if not rows:
        return paragraph(words(told))
    titles = (say("group"), say("proposed"), say("not proposed"), say("no date"))
    table = render_table(["", *(words(title) for title in titles)], rows, wide=WIDTH)
    return f"{paragraph(words(told))}\n{table}"


def _how_to_read(words: Words) -> str:
    head = words(say("How to read this"))
    return f"{head}\n\n" + "".join(paragraph(words(line), "· ") for line in HOW_TO_READ)
