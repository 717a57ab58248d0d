"""Who of an interview list may be named to the host: the person's yes comes first."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.language import Phrase, say
from matcher.problem import NO, UNKNOWN, YES, Problem
from matcher.problem.outcomes import AT_HOST
from matcher.shortlist import Entry

MAY_BE_NAMED = ("agreed", *AT_HOST)


@dataclass(frozen=True)
class Named:
    """Who of a list may be named to the host, and how many may not: `awaited` have not said yes
    to this order yet, `unasked` have not been asked whether their particulars may be passed on,
    `withheld` have said no to that."""

    entries: tuple[Entry, ...]
    awaited: int
    unasked: int
    withheld: int

    @property
    def to_follow(self) -> int:
        """How many may still come on the list."""
        return self.awaited + self.unasked


def find_named(problem: Problem, entries: tuple[Entry, ...]) -> Named:
    """Return who of some entries may be named: the person said yes to the order, and to passing
    on their particulars (blank is no yes)."""
    awaited = unasked = withheld = 0
    named = []
    for entry in entries:
        consent = _consent(problem, entry.candidate)
        if consent == NO:
            withheld += 1
        elif entry.state not in MAY_BE_NAMED:
            awaited += 1
        elif consent != YES:
            unasked += 1
        else:
            named.append(entry)
    return Named(tuple(named), awaited, unasked, withheld)


def _consent(problem: Problem, candidate: int) -> int:
    consents = problem.labels.consents
    return consents[candidate] if consents else UNKNOWN


def tell_unnamed(named: list[Named]) -> list[Phrase]:
    """Return what the office should know of those who are not named."""
    awaited, unasked, withheld = (
        sum(getattr(one, name) for one in named) for name in ("awaited", "unasked", "withheld")
    )
    told = []
    if awaited:
        told.append(
            say("Not named yet, the person's yes to the job order is awaited: {n}.", n=awaited)
        )
    if unasked:
        told.append(
            say(
                "Not named, consent to pass particulars on is not recorded: {n}. Ask them"
                " (consent_export).",
                n=unasked,
            )
        )
    if withheld:
        told.append(say("Left out, not agreed to be named to a host: {n}.", n=withheld))
    return told
