"""The sheets of job orders: seats and who is proposed, and who stands behind them."""

from __future__ import annotations

from matcher.language import say
from matcher.report.book.people import BLUE, GREEN, score_column
from matcher.report.book.values import Cell, Column, Page
from matcher.report.content.values import Content, Opening


def opening_page(content: Content) -> Page:
    """Return the sheet of job orders."""
    words, given = content.words, content.given
    columns = (
        Column(words(say("job order"))),
        Column(words(say("host number")), leads="hosts"),
        Column(words(say("host")), width=24),
        Column(words(say("work")), width=26),
        Column(words(say("prefecture")), width=12),
        Column(words(say("entry from")), "day"),
        Column(words(say("entry by")), "day"),
        Column(words(say("seats")), "whole"),
        Column(words(say("closed by quota or limit")), "whole"),
        Column(words(say("filled")), "whole"),
        Column(words(say("conditional")), "whole"),
        Column(words(say("share filled")), "share", bar=1),
        Column(words(say("may be proposed")), "whole"),
        Column(words(say("proposed")), width=26),
        Column(words(say("reserves")), "whole"),
        Column(words(say("refuses most")), width=30),
        Column(words(say("one seat more adds")), width=34),
        Column(words(say("one seat more adds (people)")), "whole", needed=False),
        Column(
            words(say("one seat more adds (points)")), "whole" if given else "points", needed=False
        ),
        Column(words(say("job group")), width=18),
        Column(words(say("regime")), width=10),
        Column(words(say("interview")), "day"),
        Column(words(say("closing date of the order")), "day"),
        Column(words(say("supervising organisation")), width=24),
    )
    rows = tuple(_opening(one) for one in content.openings)
    note = say(
        "Job orders: {n}; seats {seats}, filled {filled}.",
        n=len(rows),
        seats=sum(one.seats for one in content.openings),
        filled=sum(one.filled for one in content.openings),
    )
    title = words(say("Job orders"))
    return Page("openings", title, words(note), columns, rows, GREEN, printed=15)


def reserve_page(content: Content) -> Page:
    """Return the sheet of reserves by job order."""
    words = content.words
    columns = (
        Column(words(say("job order")), leads="openings"),
        Column(words(say("host")), width=24),
        Column(words(say("work")), width=36),
        Column(words(say("rank")), "whole"),
        Column(words(say("candidate"))),
        Column(words(say("name")), needed=False),
        score_column(words, content.given),
        Column(words(say("proposed now at")), width=16, leads="openings"),
    )
    rows = tuple(
        (
            *(one.id, one.host, one.work, held.rank, held.person, held.name),
            *(held.score, held.proposed_at),
        )
        for one in content.openings
        for held in one.reserves
    )
    note = words(say("Who comes next when somebody proposed there does not go."))
    return Page("reserves", words(say("Reserves")), note, columns, rows, BLUE)


def _opening(one: Opening) -> tuple[Cell, ...]:
    return (
        *(one.id, one.host_id, one.host, one.work, one.prefecture),
        *(one.entry_from, one.entry_to),
        *(one.seats, one.closed, one.filled, one.conditional, _share(one.filled, one.seats)),
        *(one.eligible, "; ".join(one.proposed), len(one.reserves), _refuses_most(one)),
        *(one.one_more, one.more_people, one.more_points),
        *(one.group, one.regime, one.interview, one.closes, one.supervisor),
    )


def _share(filled: int, seats: int) -> int | None:
    return 100 * filled // seats if seats else None


def _refuses_most(one: Opening) -> str:
    most = max(one.refused, key=lambda rule: rule.fails, default=None)
    return f"{most.label} ({most.fails})" if most and most.fails else ""
