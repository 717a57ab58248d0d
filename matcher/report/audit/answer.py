"""What a grouping answers, in plain sentences before its table: the rates, whether a ratio is a
signal, and that neither is a proof."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.audit import GroupAudit, Grouping
from matcher.audit.rates import Rate
from matcher.language import Fact, Phrase, Words, say
from matcher.report.audit.words import chance, group_name, of_100, ratio_of

LISTED = 3
ONE_GROUP = say("Everybody who takes part is in one group: there is nothing to compare.")
NONE_BELOW = say(
    "no ratio is under 0.8 where there are enough people to say, which is no proof of equal"
    " treatment"
)
UNSAID = say("there are too few to say whether a ratio is under 0.8")


def answer(grouping: Grouping, words: Words) -> list[Phrase]:
    """Return what a grouping comes to; nothing where nobody takes part."""
    held = grouping.held
    if len(held) < 2:
        return [ONE_GROUP] if held else []
    names = {group.name: words(group_name(grouping.name, group.name)) for group in held}
    rates = tuple(_share(names[group.name], group.proposals, words) for group in held)
    said = [say("Proposed: {rates}; {verdict}.", rates=rates, verdict=_verdict(held, names, words))]
    if len(held) > LISTED:
        said = [_range(held, names, words)]
    elif any(group.refusals.own.count for group in held):
        nowhere = tuple(_share(names[group.name], group.refusals, words) for group in held)
        said.append(say("May be proposed nowhere: {shares}.", shares=nowhere))
    gaps = _gaps(grouping.sides, names, words)
    if gaps:
        also = say(
            "Also worth a look, since chance alone seldom makes such a gap: {gaps}.", gaps=gaps
        )
        said.append(also)
    return said


def _range(held: Sequence[GroupAudit], names: dict[str, str], words: Words) -> Phrase:
    """Return the lowest and the highest rate of those that say something, and the verdict."""
    verdict = _verdict(held, names, words)
    clear = [group for group in held if not group.proposals.few]
    if not clear:
        return say("Here {verdict}.", verdict=verdict)
    low = min(clear, key=lambda group: (group.proposals.own.exact or 0, -group.proposals.own.of))
    high = max(clear, key=lambda group: (group.proposals.own.exact or 0, group.proposals.own.of))
    return say(
        "Proposed: between {low} and {high}; {verdict}.",
        low=_end(low, names, words),
        high=_end(high, names, words),
        verdict=verdict,
    )


def _end(group: GroupAudit, names: dict[str, str], words: Words) -> Phrase:
    share = group.proposals.own
    return say(
        "{rate} of 100 ({group}: {count} of {of})",
        rate=of_100(share, words),
        group=names[group.name],
        count=share.count,
        of=share.of,
    )


def _share(name: str, rate: Rate, words: Words) -> Phrase:
    share = rate.own
    return say(
        "{group} {count} of {of} ({rate} of 100)",
        group=name,
        count=share.count,
        of=share.of,
        rate=of_100(share, words),
    )


def _verdict(held: Sequence[GroupAudit], names: dict[str, str], words: Words) -> Phrase:
    below = tuple(
        say("{group} ({ratio})", group=names[group.name], ratio=ratio_of(group.impact.ratio, words))
        for group in held
        if group.signal and group.impact
    )
    if below:
        return say(
            "under 0.8 of the highest rate: {groups}, which is a signal to look at and no proof of"
            " unequal treatment",
            groups=below,
        )
    compared = (
        group.impact and group.impact.reference != group.name and not group.proposals.few
        for group in held
    )
    return NONE_BELOW if any(compared) else UNSAID


def _gaps(sides: Sequence[GroupAudit], names: dict[str, str], words: Words) -> tuple[Fact, ...]:
    """Return the gaps that chance seldom makes and no ratio signals."""
    said: list[Fact] = []
    for group in sides:
        name = names[group.name]
        if group.unlikely and not group.signal:
            p = chance(group.proposals.p, words)
            said.append(say("{group}, proposals (chance {p})", group=name, p=p))
        if group.stranded:
            p = chance(group.refusals.exact_p, words)
            said.append(say("{group}, nowhere (chance {p})", group=name, p=p))
    return tuple(said)
