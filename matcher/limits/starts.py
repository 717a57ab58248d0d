"""Openings that go ahead only with enough people (`min_seats`), those that go ahead already, and
those that never can."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

import numpy as np

from matcher.errors import Issue
from matcher.language import Phrase, say
from matcher.limits.kinds import SEATS, Limits, SetLimit, StartLimit
from matcher.personal import mask_numbers
from matcher.problem import Problem
from matcher.quotas import Cap, lock_cells

STABLE = "stable"


def gather_starts(problem: Problem) -> Iterator[StartLimit]:
    """Yield the `min_seats` of openings, but of those that go ahead already."""
    openings, going = problem.openings, find_going(problem)
    for place in np.flatnonzero((openings.min_seats > 1) & (openings.seats > 0)).tolist():
        if place in going:
            continue
        least, name = int(openings.min_seats[place]), problem.opening_ids[place]
        label = say(
            "{opening} with at least {least} people or none",
            opening=mask_numbers(name),
            least=least,
        )
        yield StartLimit(f"min_seats:{name}", label, place, least)


def find_going(problem: Problem) -> dict[int, int]:
    """Return the openings that go ahead whoever else is proposed, each with its people on record:
    outcomes are facts, and where people choose (mode "stable") nobody can be asked to join a
    decision. Elsewhere an opening with seats by decision alone is to have its `min_seats`."""
    cells = lock_cells(problem)
    on_record = Counter(int(problem.locked[person]) for person in cells)
    choosing = problem.settings.objective.mode == STABLE
    going = {
        int(problem.locked[person])
        for person, cell in cells.items()
        if choosing or not cell.decided
    }
    return {opening: on_record[opening] for opening in sorted(going)}


def find_shut(
    problem: Problem, caps: Sequence[Cap], limits: Limits
) -> dict[int, tuple[Cap | SetLimit, ...]]:
    """Return the openings that can never go ahead, each with the quotas and limits on openings that
    leave it, seats on record counted off, fewer people than it needs. No plan proposes anybody
    there: a ceiling of 0 says the same, and that a tree holds."""
    on_record = problem.locked[problem.locked >= 0]
    held = np.bincount(on_record, minlength=len(problem.openings))
    least = {one.opening: one.least for one in limits.starts if not held[one.opening]}
    shut: dict[int, tuple[Cap | SetLimit, ...]] = {}
    sources: list[tuple[Cap | SetLimit, tuple[int, ...]]] = [(cap, cap.openings) for cap in caps]
    sources += [(one, one.members) for one in limits.sets if one.side == SEATS]
    for source, openings in sources if least else []:
        if source.ceiling is not None:
            left = source.ceiling - int(held[list(openings)].sum())
            for opening in openings:
                if left < least.get(opening, 0):
                    shut[opening] = (*shut.get(opening, ()), source)
    return shut


def tell_shut(problem: Problem, caps: Sequence[Cap], limits: Limits) -> tuple[Issue, ...]:
    """Return a note for each opening that can never go ahead (see `find_shut`), and why."""
    file = ", ".join(problem.settings.files.named["openings"])
    least = {one.opening: one.least for one in limits.starts}
    notes = []
    for opening, sources in sorted(find_shut(problem, caps, limits).items()):
        told = say(
            "{opening} cannot go ahead: it needs {n} people, and fewer may be there ({limits})",
            opening=mask_numbers(problem.opening_ids[opening]),
            n=least[opening],
            limits=tuple(name_source(one) for one in sources),
        )
        notes.append(Issue("NOT_AHEAD", file, 0, "min_seats", str(least[opening]), told))
    return tuple(notes)


def name_source(source: Cap | SetLimit) -> Phrase:
    """Return what people call a quota, with its arithmetic, or a limit, with its ceiling."""
    if isinstance(source, Cap):
        return say("quota {cap} ({arithmetic})", cap=source.name, arithmetic=source.arithmetic)
    return say("{label}: at most {n}", label=source.label, n=source.ceiling or 0)


def find_short_starts(problem: Problem) -> tuple[Issue, ...]:
    """Return a note for each opening that goes ahead with fewer people on record than its
    `min_seats`."""
    file = ", ".join(problem.settings.files.named["openings"])
    notes = []
    for opening, people in find_going(problem).items():
        least = int(problem.openings.min_seats[opening])
        if people < least:
            told = say(
                "{opening} goes ahead with {n} people on record, fewer than min_seats",
                opening=mask_numbers(problem.opening_ids[opening]),
                n=people,
            )
            notes.append(Issue("GOES_AHEAD", file, 0, "min_seats", str(least), told))
    return tuple(notes)
