"""Who of an interview list may be named to the host: the person's yes comes first."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.language import Phrase, say
from matcher.problem import NO, UNKNOWN, YES, Problem
from matcher.problem.outcomes import SAID_YES
from matcher.report.sheets.values import visible
from matcher.shortlist import Entry

MOST_TOLD = 10


@dataclass(frozen=True)
class Named:
    """Who of a list may be named to the host, and the candidates who may not: `awaited` have not
    said yes to this order yet, `unasked` have not been asked whether their particulars may be
    passed on, `withheld` have said no to that."""

    entries: tuple[Entry, ...]
    awaited: tuple[int, ...]
    unasked: tuple[int, ...]
    withheld: tuple[int, ...]

    @property
    def to_follow(self) -> int:
        """How many may still come on the list."""
        return len(self.awaited) + len(self.unasked)


def find_named(problem: Problem, entries: tuple[Entry, ...]) -> Named:
    """Return who of some entries may be named: the person said yes to the order, and to passing
    on their particulars (blank is no yes)."""
    awaited, unasked, withheld = [], [], []
    named = []
    for entry in entries:
        consent = consent_of(problem, entry.candidate)
        if consent == NO:
            withheld.append(entry.candidate)
        elif entry.state not in SAID_YES:
            awaited.append(entry.candidate)
        elif consent != YES:
            unasked.append(entry.candidate)
        else:
            named.append(entry)
    return Named(tuple(named), tuple(awaited), tuple(unasked), tuple(withheld))


def consent_of(problem: Problem, candidate: int) -> int:
    """Return YES, NO or UNKNOWN: whether a person's particulars may be passed on."""
    consents = problem.labels.consents
    return consents[candidate] if consents else UNKNOWN


def people_of(named: Iterable[Named], state: str) -> list[int]:
    """Return the people of some lists in one state (a field of `Named`), each once."""
    return sorted({person for one in named for person in getattr(one, state)})


def tell_people(problem: Problem, people: Sequence[int]) -> tuple[str, ...]:
    """Return people's candidate numbers."""
    return tuple(visible(problem.candidate_ids[person]) for person in people)


def tell_unnamed(problem: Problem, named: Sequence[Named]) -> list[Phrase]:
    """Return what the office should know of those who are not named, and whom to ask."""
    awaited, unasked, withheld = (
        people_of(named, state) for state in ("awaited", "unasked", "withheld")
    )
    told = []
    if awaited:
        told.append(
            say("Not named yet, people whose yes to the job order is awaited: {n}.", n=len(awaited))
        )
    if unasked:
        told.append(
            say(
                "Not named, people whose consent to pass particulars on is not recorded: {n}"
                " ({people}). Ask them (consent_export).",
                n=len(unasked),
                people=_tell_some(problem, unasked),
            )
        )
    if withheld:
        told.append(
            say(
                "Left out, people who have not agreed to be named to a host: {n} ({people}).",
                n=len(withheld),
                people=_tell_some(problem, withheld),
            )
        )
    return told


def _tell_some(problem: Problem, people: Sequence[int]) -> Phrase | tuple[str, ...]:
    some = tell_people(problem, people[:MOST_TOLD])
    more = len(people) - len(some)
    return say("{people} and {n} more", people=some, n=more) if more else some
