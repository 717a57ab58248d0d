"""The rows of the lists: one value for each field of their form (see `fields`)."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.language import Phrase, Words, say
from matcher.report.content.values import Centre, Content, Host, Opening, Person
from matcher.report.page.links import Places

Row = tuple[object, ...]
SEATS = {
    "full": say("all filled"),
    "free": say("seats free"),
    "empty": say("nobody proposed"),
    "closed": say("closed"),
}
RULE_STATES = {"fail": say("not met"), "unknown": say("still to be shown")}


def list_people(people: Sequence[Person], places: Places) -> list[Row]:
    """Return a row for each person."""
    return [
        (
            *(one.id, one.name, (one.state, one.told), one.due),
            *(places.link("openings", one.opening), one.work),
            *(places.host_of(one.opening, one.host), one.prefecture),
            *(one.centre, one.school, one.programme, one.trade),
            *(one.score, one.fit, one.consideration),
            *(one.conditions, one.doubts, one.why),
        )
        for one in people
    ]


def list_openings(openings: Sequence[Opening], places: Places, words: Words) -> list[Row]:
    """Return a row for each job order."""
    return [
        (
            *(one.id, told_state(seats_state(one), SEATS, words)),
            *(places.host_of(one.id, one.host), one.prefecture, one.work, one.group),
            *(one.supervisor, one.regime),
            *(one.entry_from, one.entry_to, one.interview, one.closes),
            *(one.seats, one.closed, one.filled, one.conditional, one.eligible),
            *(one.more_people, one.more_points),
        )
        for one in openings
    ]


def list_hosts(hosts: Sequence[Host]) -> list[Row]:
    """Return a row for each host."""
    return [
        (
            *(one.id, one.name, one.prefecture, one.supervisor),
            *(one.staff, one.counted_on, one.excellent, _present(one)),
            *(one.seats, one.closed, one.filled, one.conditional, one.questions),
        )
        for one in hosts
    ]


def list_centres(centres: Sequence[Centre]) -> list[Row]:
    """Return a row for each training centre."""
    return [
        (
            *(one.name, one.people, one.present, one.proposed),
            *(one.conditional, one.unplaced, one.held, one.withdrawn),
        )
        for one in centres
    ]


def list_rows(
    content: Content, kind: str, first: int, last: int | None, places: Places
) -> list[Row]:
    """Return the rows of one list from place `first` up to `last` (None: to its end)."""
    part = slice(first, last)
    match kind:
        case "people":
            return list_people(content.people[part], places)
        case "openings":
            return list_openings(content.openings[part], places, content.words)
        case "hosts":
            return list_hosts(content.hosts[part])
        case _:
            return list_centres(content.centres[part])


def told_state(state: str, names: dict[str, Phrase], words: Words) -> tuple[str, str]:
    """Return the machine name of a state and its words."""
    return state, words(names[state])


def seats_state(opening: Opening) -> str:
    """Return whether the open seats of a job order are "full", some "free", all "empty", or
    whether it is "closed"."""
    usable = opening.seats - opening.closed
    if usable <= 0 and not opening.filled:
        return "closed"
    if opening.filled >= usable:
        return "full"
    return "free" if opening.filled else "empty"


def _present(host: Host) -> int | None:
    """Return all trainees present, None as soon as one stage is not recorded."""
    known = [n for n in host.present if n is not None]
    return sum(known) if len(known) == len(host.present) else None
