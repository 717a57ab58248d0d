"""The funnel in words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from matcher.explain.funnel import CENTRE, OPERATION, Funnel, RuleCount
from matcher.language import Fact, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import Flags
from matcher.report.funnel.columns import fit_table, fold
from matcher.report.words import KINDS, VERDICTS
from matcher.rules import Rule
from matcher.vocabulary import load_vocabulary

LISTED = 12


def headline(funnel: Funnel, centre: str | None) -> Phrase:
    """Return who and what a scope holds, and how many are proposed in it."""
    facts: dict[str, Fact] = {
        "people": funnel.people,
        "openings": funnel.openings,
        "seats": funnel.seats,
        "pairs": funnel.pairs,
        "proposed": funnel.proposed,
        "conditional": funnel.proposed_conditional,
    }
    who = say("{n} people take part", n=funnel.people)
    if centre is not None:
        name: Fact = centre or say("not recorded")
        who = say("{n} people of {centre} take part", n=funnel.people, centre=name)
    if funnel.away:
        who = say("{who} ({n} more are on hold or withdrew)", who=who, n=funnel.away)
    return say(
        "{who}; {openings} job orders with {seats} seats; {pairs} pairs. Proposed here {proposed},"
        " of these {conditional} conditional.",
        who=who,
        **facts,
    )


def tell_lines(lines: Sequence[Phrase], words: Words) -> str:
    """Return sentences as text, each on lines of its own."""
    return "".join(f"{line}\n" for told in lines for line in fold(words(told)))


def tell_works(result: Result, works: Sequence[str], openings: Flags) -> list[Phrase]:
    """Return which operations were meant, those with a job order in the batch."""
    jobs, lists = load_vocabulary().job_types, result.problem.lists
    here = [no for no in works if no in lists.operations]
    if not openings.any():
        named = tuple(say("{no} {job}", no=no, job=jobs[no].operation) for no in works[:LISTED])
        return [say("No job order of this batch is for: {works}.", works=named)]
    named = tuple(say("{no} {job}", no=no, job=jobs[no].operation) for no in here)
    return [say("Work: {works}.", works=named)]


def tell_left(funnel: Funnel, verdicts: dict[str, int]) -> list[Phrase]:
    """Return what the rules leave of the pairs, and what became of it."""
    if not funnel.pairs:
        return []
    lines = [
        say(
            "Refused {refused} pairs; left {left}: {free} without a condition, {conditional}"
            " conditional. People with nothing left here: {without} of {people}; proposed"
            " elsewhere: {elsewhere}.",
            refused=funnel.refused,
            left=funnel.free + funnel.conditional,
            free=funnel.free,
            conditional=funnel.conditional,
            without=funnel.without,
            people=funnel.people,
            elsewhere=funnel.elsewhere,
        )
    ]
    lines += [
        say(
            "{rule}: alone it leaves {n} people with nothing here ({why}).",
            rule=count.rule.label,
            n=count.emptied,
            why=_why(count.rule),
        )
        for count in sorted(funnel.rules, key=lambda count: -count.emptied)
        if count.emptied
    ]
    if verdicts:
        ended = tuple(
            say("{verdict} {n}", verdict=VERDICTS[name], n=n) for name, n in verdicts.items()
        )
        lines.append(say("The pairs that are left: {ended}.", ended=ended))
    return lines


def _why(rule: Rule) -> Phrase:
    """Return a rule's kind and source, once where they are the same."""
    kind = KINDS[rule.kind]
    if kind == rule.source:
        return kind
    return say("{kind}; {source}", kind=kind, source=rule.source)


def tell_rules(funnel: Funnel, words: Words) -> str:
    """Return the rules of a scope as a table of text, those that refuse most first; their sources
    are in JSON, and in the sentences on those that alone leave people with nothing."""
    rows = [
        (
            words(count.rule.label),
            words(KINDS[count.rule.kind]),
            *map(
                words,
                (
                    count.fails,
                    count.alone,
                    count.trained,
                    count.people_failing,
                    count.emptied,
                    count.unknowns,
                    count.unknowns_alone,
                ),
            ),
        )
        for count in funnel.working
    ]
    if not rows:
        return words(say("No rule refuses a pair here or leaves one conditional.")) + "\n"
    titles = (
        say("rule"),
        say("kind"),
        say("refuses (pairs)"),
        say("it alone"),
        say("of trained people"),
        say("of people"),
        say("people it alone empties"),
        say("conditional (pairs)"),
        say("only by it"),
    )
    return fit_table([words(title) for title in titles], rows)


def tell_batch(funnels: Sequence[Funnel], verdicts: dict[str, int], words: Words) -> str:
    """Return the funnel of a batch: the whole, then by work (everybody at its job orders) and by
    centre (its people at every job order) the rules that count."""
    whole = funnels[0]
    lines = [headline(whole, None), *tell_left(whole, verdicts)]
    parts = [tell_lines(lines, words), tell_rules(whole, words)]
    scopes: tuple[tuple[str, Phrase, Phrase, Callable[[Funnel], tuple[str, int]]], ...] = (
        (
            OPERATION,
            say("By work"),
            say("job orders"),
            lambda funnel: (_work(funnel, words), funnel.openings),
        ),
        (
            CENTRE,
            say("By centre"),
            say("people"),
            lambda funnel: (funnel.name or words(say("not recorded")), funnel.people),
        ),
    )
    for scope, title, own, begin in scopes:
        rows = [_line(funnel, *begin(funnel), words) for funnel in funnels if funnel.scope == scope]
        titles = (
            title,
            own,
            say("with nothing left"),
            say("proposed"),
            say("refuses most"),
            say("pairs"),
            say("of trained people"),
            say("pairs"),
        )
        parts.append(fit_table([words(one) for one in titles], rows))
    return "\n".join(parts)


def _work(funnel: Funnel, words: Words) -> str:
    return f"{funnel.name} {words(load_vocabulary().job_types[funnel.name].operation)}"


def _line(funnel: Funnel, name: str, size: int, words: Words) -> tuple[str, ...]:
    most = max(funnel.rules, key=lambda count: count.fails)
    trained = max(funnel.rules, key=lambda count: count.trained)
    return (
        name,
        *map(words, (size, funnel.without, funnel.proposed)),
        *_most(most, most.fails, words),
        *_most(trained, trained.trained, words),
    )


def _most(count: RuleCount, pairs: int, words: Words) -> tuple[str, str]:
    return (words(count.rule.label), words(pairs)) if pairs else ("", "")
