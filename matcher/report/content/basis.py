"""What every part of the content is made from: a result, the words of one language, and how people
are shown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import numpy as np

from matcher.explain.seats import seats_within
from matcher.language import Words
from matcher.pipeline import Result
from matcher.problem import NO_DAY, Numbers, Problem, day_of
from matcher.report.content.blind import Shown
from matcher.report.sheets.texts import Texts
from matcher.report.sheets.values import BLANK


@dataclass(frozen=True, eq=False)
class Basis:
    """A result and how its people are `shown`."""

    result: Result
    shown: Shown

    @property
    def words(self) -> Words:
        """The words in which all is told."""
        return self.shown.words

    @property
    def blind(self) -> bool:
        """Whether nobody is to be known."""
        return self.shown.blind

    @property
    def problem(self) -> Problem:
        """What the result is of."""
        return self.result.problem

    @cached_property
    def texts(self) -> Texts:
        """Texts of the rows as they were read."""
        return Texts(self.problem, self.words)

    @cached_property
    def placed(self) -> Numbers:
        """The places of those proposed."""
        return np.flatnonzero(self.result.plan.opening >= 0)

    @cached_property
    def filled(self) -> Numbers:
        """How many seats of each opening are filled, or kept for somebody on hold or withdrawn."""
        return self._count(self.result.seats_of[self.result.seats_of >= 0])

    @cached_property
    def conditional(self) -> Numbers:
        """How many of the proposals of each opening are conditional."""
        rows = self.result.plan.row[self.placed]
        open_ones = self.placed[self.result.screening.conditional[rows]]
        return self._count(self.result.plan.opening[open_ones])

    @cached_property
    def closed(self) -> Numbers:
        """How many of the empty seats of each opening quotas and limits close."""
        return seats_within(self.result)[1]

    @cached_property
    def proposed_at(self) -> list[list[int]]:
        """The people proposed at each opening, the highest score first."""
        found: list[list[int]] = [[] for _ in range(len(self.problem.openings))]
        plan = self.result.plan
        scores = self.result.scores.score[plan.row[self.placed]]
        for at in np.lexsort((self.placed, -scores)).tolist():
            person = int(self.placed[at])
            found[int(plan.opening[person])].append(person)
        return found

    @cached_property
    def openings_of_hosts(self) -> list[list[int]]:
        """The openings of each host."""
        found: list[list[int]] = [[] for _ in self.problem.lists.hosts]
        for opening, host in enumerate(self.problem.openings.host.tolist()):
            found[host].append(opening)
        return found

    def people(self, places: Iterable[int]) -> tuple[str, ...]:
        """Return the ids shown of some candidates."""
        return tuple(self.shown.ids[person] for person in places)

    def host(self, host: int) -> str:
        """Return a host's name, its id where that is not recorded."""
        return self.problem.labels.host_names[host] or self.problem.lists.hosts[host]

    def prefecture(self, opening: int) -> str:
        """Return the prefecture of an opening, "" where it is not recorded."""
        told = self.texts.prefecture(opening)
        return "" if told == BLANK else told

    def day(self, number: int) -> date | None:
        """Return a day, None where it is not recorded."""
        return None if number == NO_DAY else day_of(number)

    def _count(self, openings: Numbers) -> Numbers:
        counts: Numbers = np.bincount(openings, minlength=len(self.problem.openings))
        return counts
