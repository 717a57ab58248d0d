"""An audit as text of at most 100 columns, in the reader's language."""

from __future__ import annotations

from dataclasses import astuple

from matcher.audit import Audit, GroupAudit, Grouping
from matcher.audit.blind import Trial
from matcher.audit.rates import FEWEST
from matcher.language import Fact, Phrase, Words, say
from matcher.pipeline import Result
from matcher.report.audit.blind import tell_blind, tell_wishes
from matcher.report.audit.drivers import tell_drivers
from matcher.report.audit.words import (
    GROUPINGS,
    WIDTH,
    chance,
    group_name,
    mean_points,
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
        "Neither sex nor name nor province is scored, and no rule looks at them unless an officer"
        " enforces a host's wish. Gaps come from who is in which class: where a class has many"
        " women and few fitting seats, fewer women are proposed. So each gap has beside it the rule"
        " and the criterion that differ most, and how many of the group would be proposed at the"
        " rates of their own trades. That is where to look first, no proof of the cause."
    ),
)


def tell_audit(result: Result, audit: Audit, trials: tuple[Trial, ...], words: Words) -> str:
    """Return the audit as text: who, groups, drivers, waiting, blind test, how to read it."""
    sections = (
        _who(result, audit, words),
        *(_grouping(grouping, words) for grouping in audit.groupings),
        tell_drivers(audit, words),
        _waiting(audit, words),
        tell_wishes(audit, words),
        tell_blind(audit, trials, words),
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


def _grouping(grouping: Grouping, words: Words) -> str:
    rows = [_group(grouping.name, group, words) for group in grouping.groups]
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
    head = f"{words(GROUPINGS[grouping.name])}\n\n"
    return head + render_table([words(title) for title in titles], rows, wide=WIDTH)


def _group(grouping: str, group: GroupAudit, words: Words) -> tuple[str, ...]:
    proposals = group.proposals.own
    return (
        words(group_name(grouping, group.name)),
        f"{proposals.count}/{proposals.of} ({group.conditional})",
        with_interval(group.proposals),
        words(group.refusals.own.count),
        with_interval(group.refusals),
        mean_points(group.score, proposals.count, words),
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
    elif group.impact and group.impact.is_signal(group.proposals):
        said.append(SIGNAL)
    return tuple(said)


def _waiting(audit: Audit, words: Words) -> str:
    rows = [
        (
            words(GROUPINGS[grouping.name]),
            words(group_name(grouping.name, group.name)),
            *map(words, counts),
        )
        for grouping in audit.groupings
        for group in grouping.groups
        if any(counts := astuple(group.waiting))
    ]
    head = words(say("Waiting more than 180 days, by group"))
    if not rows:
        nobody = words(say("nobody"))
        return paragraph(f"{head}: {nobody}")
    titles = (Phrase(""), say("group"), say("proposed"), say("not proposed"), say("no date"))
    return f"{head}\n\n" + render_table(
        [words(title) if title.message else "" for title in titles], rows, wide=WIDTH
    )


def _how_to_read(words: Words) -> str:
    head = words(say("How to read this"))
    return f"{head}\n\n" + "".join(paragraph(words(line), "· ") for line in HOW_TO_READ)
