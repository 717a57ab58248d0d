"""The pool in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from matcher.language import Fact, Phrase, Words, say
from matcher.pool import Coverage, Pool, Trade, Waiting
from matcher.problem import Problem
from matcher.report.funnel.columns import fit_filled, fit_table
from matcher.report.funnel.telling import tell_lines
from matcher.report.titled import work_of
from matcher.report.words import RULE_NAMES, STEPS

LISTED = 15
MONTHS = 8  # a page holds no more side by side
NOT_RECORDED = say("not recorded")
ALL = say("all together")


def headline(problem: Problem, pool: Pool, words: Words) -> str:
    """Return how many wait, and who is not among them."""
    over = sum(trade.over for trade in pool.trades)
    facts: dict[str, Fact] = {"n": len(pool.waiting), "day": problem.settings.on, "over": over}
    told = say("Waiting for a host on {day}: {n} people, {over} of them over 180 days.", **facts)
    away = say(
        "Not among them: {seated} who passed an interview, {held} on hold, {withdrawn} who"
        " withdrew.",
        seated=pool.seated,
        held=pool.held,
        withdrawn=pool.withdrawn,
    )
    return tell_lines([told, away], words)


def tell_trades(problem: Problem, pool: Pool, alone: bool, words: Words) -> str:
    """Return who waits by trade: for what, since when, how far, and when they can enter."""
    titles = (
        *(say("trade"), say("people"), say("may be proposed"), say("only with a condition")),
        *(say("nowhere so far"), say("days waited, median"), say("longest"), say("over 180 days")),
        say("can enter from"),
    )
    rows = [_trade(trade, words) for trade in pool.trades]
    told = _counted(say("Who waits, by trade"), titles, rows, words)
    notes = [
        say("Underway, {trade}: {steps}.", trade=trade.name or NOT_RECORDED, steps=_underway(trade))
        for trade in pool.trades
        if trade.underway
    ]
    undated = sum(trade.undated for trade in pool.trades)
    if undated:
        notes.append(say("Without a day from which waiting counts: {n}.", n=undated))
    return told + tell_lines(notes, words)


def tell_people(problem: Problem, pool: Pool, alone: bool, words: Words) -> str:
    """Return the people who wait longest and those with no job order so far, or everybody where
    the list is shown `alone`."""
    if alone:
        return _people(say("Who waits, the longest first"), problem, pool.waiting, words)
    shown = pool.waiting[:LISTED]
    nowhere = [one for one in pool.waiting if not one.openings]
    told = _people(say("Who waits longest"), problem, shown, words)
    told += _more(len(pool.waiting) - len(shown), words)
    told += "\n" + _people(say("No job order so far"), problem, nowhere[:LISTED], words)
    return told + _more(len(nowhere) - LISTED, words)


def tell_coverage(problem: Problem, pool: Pool, alone: bool, words: Words) -> str:
    """Return people against seats by trade, then by month; every number where shown `alone`."""
    whole = [row for row in pool.coverage if alone or not row.month]
    titles: tuple[Phrase, ...] = (
        *(say("trade"), say("entry by"), say("people"), say("seats that suit them")),
        *(say("the seats can take"), say("seats without people"), say("people without seats")),
    )
    rows = [_coverage(row, words) for row in whole]
    if not alone:
        titles, rows = (titles[0], *titles[2:]), [(row[0], *row[2:]) for row in rows]
    notes = [
        say(
            "Seats may suit several trades: the lines are not to be added up. “The seats can"
            " take” is the most people who could sit there at once, within every quota, each"
            " trade by itself."
        )
    ]
    placed = sum(one.cause == "set" for one in pool.waiting)
    if placed:
        notes.append(say("Left out with their seats: {n} people set at a job order.", n=placed))
    told = _titled(say("People and free seats"), titles, rows, words) + tell_lines(notes, words)
    return told if alone else told + "\n" + _by_month(pool, words)


def tell_gaps(problem: Problem, pool: Pool, alone: bool, words: Words) -> str:
    """Return the job orders with free seats that nobody who waits fits, and the seats in all."""
    rows = [
        (
            problem.opening_ids[gap.opening],
            work_of(problem, gap.opening, words)[1],
            gap.month,
            words(gap.seats),
        )
        for gap in pool.gaps
    ]
    titles = (say("job order"), say("work"), say("entry from"), say("free seats"))
    return _counted(say("Job orders that nobody here fits"), titles, rows, words)


def tell_demand(problem: Problem, pool: Pool, alone: bool, words: Words) -> str:
    """Return what is asked for by kejuruan with no host yet."""
    titles = (
        *(say("kejuruan"), say("entry"), say("asked for"), say("by then"), say("waiting")),
        *(say("seats on order"), say("people left by these"), say("people missing")),
    )
    rows = [
        (
            row.kejuruan,
            row.month or words(say("not stated")),
            *map(words, (row.people, row.by_then, row.waiting, row.seats, row.left, row.missing)),
        )
        for row in pool.asked
    ]
    told = _counted(say("Asked for with no host yet"), titles, rows, words)
    notes = [
        say("Wish stated with {kejuruan}, not used: {wish}.", kejuruan=row.kejuruan, wish=wish)
        for row in pool.asked
        for wish in row.wishes
    ]
    return told + tell_lines(notes, words)


TOLD: Mapping[str, Callable[[Problem, Pool, bool, Words], str]] = {
    "trades": tell_trades,
    "people": tell_people,
    "coverage": tell_coverage,
    "gaps": tell_gaps,
    "demand": tell_demand,
}


def _people(title: Phrase, problem: Problem, people: Sequence[Waiting], words: Words) -> str:
    titles = (
        *(say("candidate"), say("name"), say("trade"), say("days waited"), say("waits for")),
        say("last step"),
    )
    rows = [_person(problem, one, words) for one in people]
    return _counted(title, titles, rows, words)


def _more(people: int, words: Words) -> str:
    if people <= 0:
        return ""
    return tell_lines([say("{n} more: `matcher pool … people`.", n=people)], words)


def _underway(trade: Trade) -> tuple[Phrase, ...]:
    return tuple(say("{step} {n}", step=STEPS[name], n=n) for name, n in trade.underway.items())


def _trade(trade: Trade, words: Words) -> tuple[str, ...]:
    months = tuple(
        say("{month}:{n}", month=month or NOT_RECORDED, n=n) for month, n in trade.months.items()
    )
    return (
        _name(trade.name, words),
        *map(words, (trade.people, trade.free, trade.conditional, trade.nowhere)),
        *("" if days is None else words(days) for days in (trade.median, trade.longest)),
        words(trade.over),
        words(months),
    )


def _person(problem: Problem, one: Waiting, words: Words) -> tuple[str, ...]:
    last = one.last
    step: Phrase | str = ""
    if last:
        step = say(
            "{opening}: {step}, {day}",
            opening=problem.opening_ids[last.opening],
            step=STEPS[last.state],
            day=last.on.isoformat(),
        )
    return (
        problem.candidate_ids[one.candidate],
        problem.labels.candidate_names[one.candidate],
        _name(one.trade, words),
        words(NOT_RECORDED if one.days is None else one.days),
        words(_waits_for(one)),
        words(step),
    )


def _waits_for(one: Waiting) -> Phrase:
    """Return what somebody waits for in a few words."""
    match one.cause:
        case "set":
            return say("set at a job order")
        case "full":
            return say("a seat: all that suit are taken or closed by quota")
        case "floor":
            return say("a job order that suits better: below the floor of this batch")
        case "refused" if one.rule == "trained_for":
            return say("a job order of the trade")
        case "refused" if one.rule:
            return say("no job order allowed: {rule}", rule=RULE_NAMES[one.rule])
        case "refused":
            return say("a job order")
    if one.conditional == one.openings:
        return say("{n} job orders, all conditional", n=one.openings)
    return say("{n} job orders, {m} conditional", n=one.openings, m=one.conditional)


def _coverage(row: Coverage, words: Words) -> tuple[str, ...]:
    counts = (row.people, row.seats, row.most, row.seats_without, row.people_without)
    month = row.month or words(say("all months"))
    return (_name(row.trade, words), month, *map(words, counts))


def _by_month(pool: Pool, words: Words) -> str:
    """Return by trade and month how many the seats up to it can take, of those able to enter."""
    months = sorted({row.month for row in pool.coverage if row.month})
    shown = months[:MONTHS]
    trades = list(dict.fromkeys(row.trade for row in pool.coverage))
    cells = {(row.trade, row.month): row for row in pool.coverage}
    rows = [
        (
            _name(trade, words),
            *(f"{cells[trade, at].most} / {cells[trade, at].people}" for at in shown),
        )
        for trade in trades
    ]
    title = say("The seats up to each month can take / people who can enter by then")
    told = words(title) + "\n\n" + fit_table([words(say("trade")), *shown], rows)
    if len(shown) < len(months):
        note = say("{n} more months: `matcher pool … coverage`.", n=len(months) - len(shown))
        told += tell_lines([note], words)
    return told


def _name(trade: str | None, words: Words) -> str:
    return words(ALL if trade is None else trade or NOT_RECORDED)


def _counted(
    title: Phrase, titles: Sequence[Phrase], rows: Sequence[tuple[str, ...]], words: Words
) -> str:
    return _titled(say("{title}: {n}", title=title, n=len(rows)), titles, rows, words)


def _titled(
    title: Phrase, titles: Sequence[Phrase], rows: Sequence[tuple[str, ...]], words: Words
) -> str:
    """Return a table under its title, columns in which nothing stands left out."""
    if not rows:
        return f"{words(title)}\n"
    return f"{words(title)}\n\n" + fit_filled([words(name) for name in titles], rows)
