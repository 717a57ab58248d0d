"""The minutes of the meeting that decides on a batch (Berita Acara, 議事録): what was proposed,
what was decided, who signs. What only the meeting knows is left to be filled in by hand."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from matcher.explain import Summary, summarise
from matcher.language import Words, say
from matcher.pipeline import Result
from matcher.report.html import render_page
from matcher.report.minutes.annexes import annexes_of
from matcher.report.minutes.basis import tell_basis
from matcher.report.minutes.days import tell_day
from matcher.report.minutes.items import items_of
from matcher.report.minutes.listed import capital
from matcher.report.minutes.values import BLANK, Attendee, Meeting, Minutes

__all__ = ["Attendee", "Meeting", "Minutes", "make_minutes", "write_minutes"]

FOLDER = Path(__file__).parent
PAGE, STYLE = "minutes.html", "minutes.css"
ROWS = 6  # of attendees, where none is named
HEADINGS = {
    "letterhead": say("Room for the letterhead of the office"),
    "mark": say(
        "Draft until signed. For the office: it names people and is not passed on to hosts."
    ),
    "basis": say("Basis"),
    "figures": say("Result of matching"),
    "decisions": say("Decisions"),
    "people_decide": say(
        "People decide. A proposal holds as far as this meeting adopts it; after that the host"
        " decides in the interview, and the person is free to decline."
    ),
    "other": say("Other decisions of the meeting:"),
    "signer": say("name and office"),
}
PRESENT = (say("no."), say("name"), say("office held"), say("signature"))
SIGNERS = (say("Chair of the meeting"), say("Minutes taken by"), say("Acknowledged by"))


def make_minutes(
    result: Result, words: Words, digests: Mapping[str, str], meeting: Meeting
) -> Minutes:
    """Return the minutes of a meeting on a batch as plain values in one language. `digests` are
    the SHA-256 of the batch's files by name."""
    summary, settings = summarise(result), result.problem.settings
    annexes = annexes_of(result, summary, words, digests)
    number, place = meeting.number or BLANK, meeting.place or BLANK
    opening = say(
        "Today, {day}, at {place}, a meeting was held on the proposals of candidates for job orders"
        " in {name}, as of {on}. Present were:",
        day=tell_day(meeting.day, words),
        place=place,
        name=settings.name,
        on=settings.on,
    )
    closing = say(
        "These minutes were drawn up truthfully, to be used as is due. They are signed by those"
        " named above and below."
    )
    told = {name: words(phrase) for name, phrase in HEADINGS.items()}
    running = words(say("Minutes, number {number}", number=number))
    return Minutes(
        words.language,
        {**told, "running": running},
        words(say("Minutes of the meeting")),
        words(say("on the proposals of candidates for job orders, {name}", name=settings.name)),
        words(say("Number: {number}", number=number)),
        words(opening),
        tuple(capital(words(name)) for name in PRESENT),
        meeting.attendees or (Attendee(""),) * ROWS,
        tuple(map(words, tell_basis(result, summary))),
        _figures(summary, words),
        items_of(result.problem, summary, annexes, words),
        words(closing),
        words(say("{place}, {day}", place=place, day=meeting.day or BLANK)),
        tuple(map(words, SIGNERS)),
        tuple(annexes.values()),
    )


def write_minutes(minutes: Minutes) -> bytes:
    """Return minutes as a page to print, in UTF-8; the same bytes for the same minutes."""
    return render_page(FOLDER, PAGE, STYLE, {"minutes": minutes, "told": minutes.words})


def _figures(summary: Summary, words: Words) -> tuple[tuple[tuple[str, int], ...], ...]:
    """Return the numbers of people and those of seats; none is called closed where nothing closes
    any."""
    closed = ((say("closed by quota or limit"), summary.seats - summary.usable),)
    people = (
        (say("people"), summary.people),
        (say("people who take part"), summary.present),
        (say("on hold"), summary.held),
        (say("withdrew"), summary.withdrawn),
        (say("people proposed"), summary.proposed),
        (say("of these conditional"), summary.conditional),
        (say("without a host so far"), summary.unplaced),
    )
    seats = (
        (say("seats on order"), summary.seats),
        *(closed if summary.quotas_checked or summary.limited else ()),
        (say("seats filled"), summary.filled),
        (say("seats without people"), summary.empty),
    )
    return tuple(
        tuple((capital(words(name)), number) for name, number in figures)
        for figures in (people, seats)
    )
