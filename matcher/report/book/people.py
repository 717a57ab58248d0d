"""The sheets of people: proposals, people without one, other job orders, points, what is still to
be shown."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.language import Words, say
from matcher.report.book.values import Cell, Column, Page
from matcher.report.content.values import Content, Person
from matcher.report.words import LOSSES, PARTS, VERDICTS

GREEN, AMBER, BLUE = "#548235", "#BF8F00", "#2F75B5"
PROPOSED = ("placed", "conditional")
FULL = 100  # points


def proposal_page(content: Content) -> Page:
    """Return the sheet of all who are proposed, with where, why so and what is still to show."""
    words, given = content.words, content.given
    stays = say("draws that propose the same, of {n}", n=content.draws)
    columns = (
        Column(words(say("candidate")), leads="others"),
        Column(words(say("name")), width=20, needed=False),
        Column(words(say("state")), width=12),
        Column(words(say("centre")), width=14),
        Column(words(say("trade")), width=16),
        Column(words(say("job order")), leads="openings"),
        Column(words(say("work")), width=24),
        Column(words(say("host")), width=22),
        Column(words(say("prefecture")), width=12),
        score_column(words, given),
        Column(words(say("fit")), "points", bar=FULL, needed=False),
        Column(words(say("consideration")), "points", bar=FULL, needed=False),
        Column(words(say("still to be shown")), width=28),
        Column(words(say("by when")), "day"),
        Column(words(say("reasons to look twice")), width=60),
        Column(words(stays), "whole", needed=False),
        Column(words(say("programme")), width=26),
        Column(words(say("sending organisation")), width=16),
    )
    people = [person for person in content.people if person.state in PROPOSED]
    rows = tuple(_proposal(person, content) for person in people)
    note = words(say("Proposed: {n}, of these conditional: {m}.", n=len(rows), m=_open(people)))
    title = words(say("Proposals"))
    return Page("proposals", title, note, columns, rows, GREEN, frozen=2, printed=14)


def waiting_page(content: Content) -> Page:
    """Return the sheet of all who are not proposed, each with the reason."""
    words = content.words
    columns = (
        Column(words(say("candidate")), leads="others"),
        Column(words(say("name")), needed=False),
        Column(words(say("state")), width=16),
        Column(words(say("reason")), width=64),
        Column(words(say("trade")), width=16),
        Column(words(say("programme")), width=22),
        Column(words(say("centre")), width=14),
        Column(words(say("sending organisation")), width=16),
    )
    rows = tuple(
        (one.id, one.name, one.told, one.why, one.trade, one.programme, one.centre, one.school)
        for one in content.people
        if one.state not in PROPOSED
    )
    note = words(say("Nobody here is judged by it: the reason says what is missing or awaited."))
    return Page("waiting", words(say("Without a proposal")), note, columns, rows, AMBER, frozen=2)


def other_page(content: Content) -> Page:
    """Return the sheet of other job orders for each person, and why they are not proposed."""
    words, given = content.words, content.given
    columns = (
        Column(words(say("candidate"))),
        Column(words(say("rank")), "whole"),
        Column(words(say("job order"))),
        Column(words(say("work")), width=34),
        Column(words(say("host")), width=22),
        score_column(words, given),
        Column(words(LOSSES[0]), "whole", needed=False),
        Column(words(LOSSES[1]), "whole" if given else "points", needed=False),
        Column(words(say("why not")), width=66),
    )
    rows = tuple(
        (
            person.id,
            other.rank,
            other.opening,
            other.work,
            other.host,
            other.score,
            other.loss_people,
            other.loss_points,
            other.why or words(VERDICTS[other.verdict]),
        )
        for person in content.people
        for other in content.card_of(person.place).others
    )
    note = words(say("The five with the least loss to the plan, for each person."))
    return Page("others", words(say("Other job orders")), note, columns, rows, BLUE)


def point_page(content: Content) -> Page:
    """Return the sheet of how the points of each proposal come about."""
    words = content.words
    columns = (
        Column(words(say("candidate"))),
        Column(words(say("job order"))),
        Column(words(say("part")), width=16),
        Column(words(say("criterion")), width=28),
        Column(words(say("value of 1000")), "whole", bar=1000),
        Column(words(say("weight of 100")), "tenths"),
        Column(words(say("points")), "exact", bar=FULL),
        Column(words(say("could be")), width=14),
    )
    note = words(say("Points = value × weight / 1000; together they are the score."))
    rows = tuple(_points(content))
    title = words(say("Points by criterion"))
    return Page("points", title, note, columns, rows, BLUE, frozen=2)


def due_page(content: Content) -> Page:
    """Return the sheet of what is to be shown before a proposal is approved, by date."""
    words = content.words
    columns = (
        Column(words(say("by when")), "day"),
        Column(words(say("shown by")), width=22),
        Column(words(say("candidate")), leads="proposals"),
        Column(words(say("name")), needed=False),
        Column(words(say("job order")), leads="openings"),
        Column(words(say("what")), width=30),
        Column(words(say("recorded")), width=36),
        Column(words(say("required")), width=36),
        Column(words(say("source")), width=24),
    )
    rows = tuple(
        (
            due.due,
            due.who,
            due.person,
            due.name,
            due.opening,
            due.label,
            due.held,
            due.required,
            due.source,
        )
        for due in content.dues
    )
    title = words(say("To be shown before approval"))
    note = words(say("A conditional proposal is approved only once everything is shown."))
    return Page("dues", title, note, columns, rows, AMBER, key=2)


def score_column(words: Words, given: bool) -> Column:
    """Return the column of scores."""
    title = words(say("score"))
    return Column(title, "whole") if given else Column(title, "points", bar=FULL)


def _proposal(person: Person, content: Content) -> tuple[Cell, ...]:
    return (
        person.id,
        person.name,
        person.told,
        person.centre,
        person.trade,
        person.opening,
        person.work,
        person.host,
        person.prefecture,
        person.score,
        person.fit,
        person.consideration,
        "; ".join(person.conditions),
        person.due,
        "; ".join(person.doubts),
        person.stays,
        person.programme,
        person.school,
    )


def _open(people: list[Person]) -> int:
    return sum(person.state == "conditional" for person in people)


def _points(content: Content) -> Iterator[tuple[Cell, ...]]:
    parts = {name: content.words(told) for name, told in PARTS.items()}
    for person in content.people:
        if person.state not in PROPOSED:
            continue
        for line in content.card_of(person.place).lines:
            yield (
                person.id,
                person.opening,
                parts[line.part],
                line.label,
                line.value,
                line.weight,
                line.contribution,
                "" if line.low == line.high else f"{line.low}–{line.high}",
            )
