"""Openings that go ahead only with enough people (`min_seats`), and those that go ahead already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import numpy as np

from matcher.errors import Issue
from matcher.language import say
from matcher.limits.kinds import StartLimit
from matcher.personal import mask_numbers
from matcher.problem import Problem
from matcher.quotas import lock_cells

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
