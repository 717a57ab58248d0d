"""Interview lists as text: the numbers, the lists, what to look at, who stands on none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

import numpy as np

from matcher.language import Fact, Phrase, Words, say
from matcher.limits import PEOPLE
from matcher.pipeline import Result
from matcher.problem import NO, NO_DAY, Numbers, day_of
from matcher.report.promises import show_settled
from matcher.report.render import render_table
from matcher.report.shortlist.counts import ListCounts, count_lists
from matcher.report.shortlist.words import LEFT_OUT, LIST_METHODS, NEXT, SHORTER, state_on_list
from matcher.report.titled import titled, work_of
from matcher.report.words import told_score
from matcher.shortlist import Entry

LINE = (say("rank"), say("candidate"), say("name"), say("score"), say("state"))


def tell_shortlist(result: Result, words: Words) -> str:
    """Return the interview lists of a result as text."""
    counts = count_lists(result)
    parts = [
        "".join(f"{words(line)}\n" for line in _numbers(result, counts)),
        tell_warnings(result, words),
        _overview(result, words),
        *_lists(result, result.shortlist.entries, words),
        _left_out(result, words),
    ]
    told = "\n".join(part for part in parts if part)
    return told + show_settled(result.problem, words)


def tell_warnings(result: Result, words: Words) -> str:
    """Return which lists are shorter than asked and why, and what else the office should look at;
    nothing where there is nothing."""
    lines = (*_shorter(result, count_lists(result)), *_warnings(result), *tell_unkept(result))
    return "".join(f"{words(line)}\n" for line in lines)


def _numbers(result: Result, counts: ListCounts) -> Iterator[Phrase]:
    settings = result.problem.settings
    yield say(
        "PROPOSAL, not yet a decision. Interview lists of {name}, as of {day}.",
        name=settings.name,
        day=settings.on,
    )
    facts: dict[str, Fact] = {"lists": counts.lists, "free": counts.free, "asked": counts.asked}
    facts |= {"listed": counts.listed, "short": counts.short, "beyond": counts.beyond}
    yield (
        say(
            "{lists} lists for {free} free seats. Places asked {asked}, listed {listed}: {short}"
            " fewer than asked, and {beyond} more who stand there as recorded.",
            **facts,
        )
        if counts.beyond
        else say(
            "{lists} lists for {free} free seats. Places asked {asked}, listed {listed}: {short}"
            " fewer than asked.",
            **facts,
        )
    )
    yield say(
        "People taking part {present}: on a list {on_list}, with a seat already {seated}, on no"
        " list {on_none}. Waiting more than 180 days: {listed} of {waiting} on a list.",
        present=counts.present,
        on_list=counts.on_list,
        seated=counts.seated,
        on_none=counts.on_none,
        listed=counts.waiting_listed,
        waiting=counts.waiting,
    )
    chosen = settings.shortlist
    if chosen.load_min > 1:
        yield say(
            "On fewer than {least} lists: {n} people.", least=chosen.load_min, n=counts.below_least
        )
    yield say(
        "No name goes to a host before the person agreed: {n} of {listed} names still wait for the"
        " person's answer.",
        n=counts.unanswered,
        listed=counts.listed,
    )
    yield LIST_METHODS[result.shortlist.method]
    if not result.facts.quotas.checked:
        yield (
            say("Quotas not checked: there is no table of hosts.")
            if result.problem.hosts is None
            else say("Quotas not checked: rules and quotas are left out.")
        )


def _shorter(result: Result, counts: ListCounts) -> Iterator[Phrase]:
    """Yield which lists are shorter than asked, by the reason."""
    lists = result.shortlist
    short = [opening for opening, why in enumerate(lists.why) if why]
    if not short:
        return
    yield say(
        "{n} lists are shorter than asked, by {short} places; they are lowered evenly, one person"
        " a seat everywhere before two:",
        n=len(short),
        short=counts.short,
    )
    for why, told in SHORTER.items():
        own = [opening for opening in short if lists.why[opening] == why]
        if own:
            yield _bullet(told, tuple(_of(result, opening, lists.asked) for opening in own))


def _warnings(result: Result) -> Iterator[Phrase]:
    """Yield what the office should look at."""
    problem, lists = result.problem, result.shortlist
    thin = np.flatnonzero(lists.length < lists.least).tolist()
    if thin:
        yield say(
            "Fewer than two people a seat ({n} lists, {empty} of them empty): {openings}.",
            n=len(thin),
            empty=int((lists.length[thin] == 0).sum()),
            openings=tuple(_of(result, opening, lists.least) for opening in thin),
        )
    listed, day = lists.length > 0, problem.openings.interview_on
    undated = np.flatnonzero(listed & (day == NO_DAY)).tolist()
    if undated:
        yield say(
            "No day of interview recorded ({n} lists), so clashes of days are not seen there:"
            " {openings}.",
            n=len(undated),
            openings=tuple(problem.opening_ids[opening] for opening in undated),
        )
    past = np.flatnonzero(listed & (day != NO_DAY) & (day < result.facts.on)).tolist()
    if past:
        yield say(
            "The day of interview is past ({n} lists): {openings}.",
            n=len(past),
            openings=tuple(problem.opening_ids[opening] for opening in past),
        )
    unwilling = {e.candidate for e in lists.entries if problem.labels.consents[e.candidate] == NO}
    if unwilling:
        yield say(
            "On lists, but do not agree that their particulars are passed on to a host: {people}.",
            people=tuple(problem.candidate_ids[person] for person in sorted(unwilling)),
        )
    ended = [entry for entry in lists.entries if entry.row < 0]
    if ended:
        pairs = tuple(
            say(
                "{candidate} at {opening}",
                candidate=problem.candidate_ids[entry.candidate],
                opening=problem.opening_ids[entry.opening],
            )
            for entry in ended
        )
        yield say("Underway, though a rule does not allow it by now: {pairs}.", pairs=pairs)


def tell_unkept(result: Result) -> Iterator[Phrase]:
    """Yield which limits of the scenario the lists do not keep."""
    limits = result.facts.limits
    on_people = any(one.floor or one.side == PEOPLE for one in limits.sets)
    if on_people or limits.sums or limits.pairs or limits.starts:
        yield say(
            "Limits on people, budgets and floors are kept by the plan, not by the lists; ceilings"
            " on job orders are kept here, too."
        )
    if result.shortlist.crossing:
        yield say(
            "A limit on job orders that crosses quotas or other limits is kept by each list, not by"
            " its lists together."
        )


def _bullet(told: Phrase, openings: tuple[Phrase, ...]) -> Phrase:
    return say("  · {cause}: {openings}", cause=told, openings=openings)


def _of(result: Result, opening: int, wanted: Numbers) -> Phrase:
    return say(
        "{opening} {listed} of {wanted}",
        opening=result.problem.opening_ids[opening],
        listed=int(result.shortlist.length[opening]),
        wanted=int(wanted[opening]),
    )


def _overview(result: Result, words: Words) -> str:
    """Return one line per list."""
    lists = result.shortlist
    rows = [
        (
            result.problem.opening_ids[opening],
            *work_of(result.problem, opening, words),
            words(_day(result, opening)),
            str(int(lists.free[opening])),
            str(int(lists.asked[opening])),
            str(int(lists.length[opening])),
        )
        for opening in np.flatnonzero((lists.asked > 0) | (lists.length > 0)).tolist()
    ]
    titles = (
        *(say("job order"), say("host"), say("work"), say("interview")),
        *(say("free seats"), say("asked"), say("listed")),
    )
    return titled(say("Interview lists"), titles, rows, words)


def tell_lists(result: Result, entries: Sequence[Entry], words: Words) -> str:
    """Return some lines of the lists, each under its opening."""
    nowhere = words(say("On no list."))
    told = "\n".join(_lists(result, entries, words)) or f"{nowhere}\n"
    return told + show_settled(result.problem, words)


def _lists(result: Result, listed: Sequence[Entry], words: Words) -> Iterator[str]:
    """Yield lines of the lists, each list's under its opening."""
    problem, lists = result.problem, result.shortlist
    for opening, entries in groupby(listed, lambda entry: entry.opening):
        host, work = work_of(problem, opening, words)
        head = say(
            "{opening} · {host} · {work} · {day} · {listed} of {asked}",
            opening=problem.opening_ids[opening],
            host=host,
            work=work,
            day=_day(result, opening),
            listed=int(lists.length[opening]),
            asked=int(lists.asked[opening]),
        )
        rows = [_line(result, entry, words) for entry in entries]
        yield f"{words(head)}\n" + render_table([words(name) for name in LINE], rows)


def _line(result: Result, entry: Entry, words: Words) -> tuple[str, ...]:
    return (
        str(entry.rank),
        result.problem.candidate_ids[entry.candidate],
        result.problem.labels.candidate_names[entry.candidate],
        words(told_score(result.problem, entry.score, 2)),
        words(state_on_list(entry)),
    )


def _day(result: Result, opening: int) -> Phrase:
    day = int(result.problem.openings.interview_on[opening])
    return say("no day recorded") if day == NO_DAY else say("{day}", day=day_of(day))


def _left_out(result: Result, words: Words) -> str:
    """Return who stands on no list and why, then what happens next."""
    problem, left_out = result.problem, result.shortlist.left_out
    rows = []
    for one in left_out:
        accepted = int(problem.candidates.accepted_on[one.candidate])
        rows.append(
            (
                problem.candidate_ids[one.candidate],
                problem.labels.candidate_names[one.candidate],
                problem.labels.kejuruan[one.candidate],
                "" if accepted == NO_DAY else str(result.facts.on - accepted),
                words(LEFT_OUT[one.reason]),
                words(tuple(problem.opening_ids[opening] for opening in one.openings)),
            )
        )
    titles = (say("candidate"), say("name"), say("trade"), say("days waited"), say("reason"))
    table = titled(say("On no list"), (*titles, say("job orders")), rows, words)
    reasons = {one.reason for one in left_out}
    follows = [words(told) for reason, told in NEXT.items() if reason in reasons]
    return table + "".join(f"{line}\n" for line in ("", *follows) if follows)
