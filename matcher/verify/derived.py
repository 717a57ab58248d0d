"""What follows from the frozen inputs alone: the pairs a plan may use, and all that bounds it.

Rules, criteria, quotas and limits are the functions that `run` calls; nothing here solves.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from matcher.fit import Facts
from matcher.limits import PEOPLE, SEATS, RowOver, find_shut, rows_over
from matcher.problem import Flags, Numbers, Problem
from matcher.problem.outcomes import KEPT, current_steps
from matcher.score import Scores
from matcher.screen import Screening
from matcher.weighing import weigh

PERSON, OPENING, SET, ROW = "people", "openings", "sets", "rows"
QUOTA = "quota:"


@dataclass(frozen=True)
class Bounded:
    """A floor and a ceiling (None: none) on how many of the pairs used have an end among `members`:
    places of candidates or of openings, by `side`. `kind` and `key` name it in a proof."""

    kind: str
    key: str
    side: str
    members: tuple[int, ...]
    floor: int
    ceiling: int | None


@dataclass(frozen=True)
class Derived:
    """A batch's problem weighed anew. Seats on record are no part of what a proof is about: their
    pairs are left out, and they are counted off every floor (not below 0) and ceiling."""

    problem: Problem
    facts: Facts
    screening: Screening
    scores: Scores

    @staticmethod
    def of(problem: Problem) -> Derived:
        """Return the problem weighed; raises `InputError` for seats on record that cannot be."""
        return Derived(*weigh(problem))

    @cached_property
    def free(self) -> Numbers:
        """The pairs that a plan may use, by place in the screening."""
        allowed = self.problem.locked[self.screening.candidate] < 0
        return np.flatnonzero(allowed & (self.scores.score >= self.least))

    @property
    def least(self) -> int:
        """The score below which no pair is used."""
        return self.problem.settings.objective.min_score

    @cached_property
    def kept(self) -> Flags:
        """Which of the free pairs an earlier plan promised."""
        problem, free = self.problem, self.free
        steps = current_steps(problem.outcomes)
        promised = {*problem.earlier, *(at for at, step in steps.items() if step.state in KEPT)}
        ends = zip(self.screening.candidate[free], self.screening.opening[free], strict=True)
        return np.array([(int(i), int(j)) in promised for i, j in ends], bool)

    @cached_property
    def bounded(self) -> tuple[Bounded, ...]:
        """Every floor and ceiling that people, seats, quotas and limits set."""
        return tuple(self._bounded())

    @cached_property
    def rows(self) -> tuple[RowOver, ...]:
        """The sums and the pairs of people, as rows over the free pairs; of rows with one key the
        second is `key#2`, and so on."""
        candidate, opening = self.screening.candidate[self.free], self.screening.opening[self.free]
        seen = Counter[str]()
        rows = []
        over = rows_over(self.facts.limits, candidate, opening, self.problem.locked)
        for row in (one.tight for one in over):
            seen[row.key] += 1
            rows.append(
                replace(row, key=f"{row.key}#{seen[row.key]}") if seen[row.key] > 1 else row
            )
        return tuple(rows)

    @cached_property
    def shut(self) -> frozenset[int]:
        """The openings that can never go ahead, which hold nobody in any plan."""
        return frozenset(find_shut(self.problem, self.facts.quotas.caps, self.facts.limits))

    def _bounded(self) -> Iterator[Bounded]:
        problem, locked = self.problem, self.problem.locked
        taken = np.bincount(locked[locked >= 0], minlength=len(problem.openings))
        for place in problem.present[locked[problem.present] < 0].tolist():
            yield Bounded(PERSON, problem.candidate_ids[place], PEOPLE, (place,), 0, 1)
        started = {start.opening: start.least for start in self.facts.limits.starts}
        shut = self.shut
        for place, (key, held) in enumerate(zip(problem.opening_ids, taken.tolist(), strict=True)):
            floor = max(0, started.get(place, 0) - held) if held else 0  # none, or it goes ahead
            left = 0 if place in shut else int(problem.openings.seats[place]) - held
            yield Bounded(OPENING, key, SEATS, (place,), floor, left)
        for cap in self.facts.quotas.caps:
            if cap.ceiling is not None:
                left = cap.ceiling - int(taken[list(cap.openings)].sum())
                yield Bounded(SET, QUOTA + cap.name, SEATS, cap.openings, 0, left)
        for limit in self.facts.limits.sets:
            here = list(limit.members)
            held = (locked[here] >= 0) if limit.side == PEOPLE else taken[here]
            on_record = int(held.sum())
            ceiling = None if limit.ceiling is None else limit.ceiling - on_record
            floor = max(0, limit.floor - on_record)
            yield Bounded(SET, limit.key, limit.side, limit.members, floor, ceiling)
