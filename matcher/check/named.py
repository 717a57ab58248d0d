"""Cells that name entries of the vocabulary: units, skills, job types, prefectures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from matcher.check import cells
from matcher.check.cells import CellFault
from matcher.language import Phrase, say
from matcher.problem import NO_DAY
from matcher.spelling import did_you_mean
from matcher.vocabulary import Vocabulary

Certificates = tuple[tuple[str, int], ...]
Levels = tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class Wishes:
    """What a person wishes and refuses by name: operations or categories, and prefectures."""

    conditions: int
    jobs: tuple[str, ...]
    prefectures: tuple[str, ...]


class NamedCells:
    """The list cells of a candidate that name entries of the vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        names = sorted(vocabulary.prefectures)
        places = places_of_prefectures(vocabulary)
        self.prefecture_names = {spelling: names[place] for spelling, place in places.items()}

    def certificates(self, cell: str) -> Certificates:
        """`unit_code@valid_until; …`, the date optional."""
        found = []
        for part in cells.parts(cell):
            unit, mark, until = part.partition("@")
            known(unit.strip(), self.vocabulary.units, say("SKKNI unit"))
            found.append((unit.strip(), cells.day(until.strip()) if mark else NO_DAY))
        return tuple(sorted(found))

    def skills(self, cell: str) -> Levels:
        """`skill_id:level; …`."""
        found = []
        for part in cells.parts(cell):
            skill, level = cells.pair(part, ":", "skill_id:level")
            known(skill, self.vocabulary.skills, say("skill"))
            found.append((skill, cells.whole(1, 3)(level)))
        return tuple(sorted(found))

    def experience(self, cell: str) -> Levels:
        """`operation_no:months; …`, added up by job category."""
        months: dict[str, int] = {}
        for part in cells.parts(cell):
            operation, worked = cells.pair(part, ":", "operation_no:months")
            known(operation, self.vocabulary.job_types, say("job type"))
            category = self.vocabulary.job_types[operation].category_no
            months[category] = months.get(category, 0) + cells.whole(0, 1200)(worked)
        return tuple(sorted(months.items()))

    def expected(self, cell: str) -> tuple[int, int]:
        """`N4@2023-03-31`."""
        level, when = cells.pair(cell, "@", "N4@2023-03-31")
        return cells.tested_level(level), cells.day(when)

    def job_wishes(self, cell: str) -> tuple[str, ...]:
        """Operations or job categories, in order of preference."""
        jobs = self.vocabulary.job_types
        named = jobs.keys() | {job.category_no for job in jobs.values()}
        return tuple(known(part, named, say("job type")) for part in cells.parts(cell))

    def prefecture_wishes(self, cell: str) -> tuple[str, ...]:
        """Prefectures, in order of preference."""
        return tuple(self._prefecture(part) for part in cells.parts(cell))

    def refusals(self, cell: str) -> Wishes:
        """Conditions of the closed list, operations or categories, and prefectures."""
        conditions, jobs, prefectures = 0, [], []
        for part in cells.parts(cell):
            if part in self.prefecture_names:
                prefectures.append(self.prefecture_names[part])
            elif part[0].isdigit():
                jobs.append(self.job_wishes(part)[0])
            else:
                conditions |= cells.conditions(part)
        return Wishes(conditions, tuple(sorted(jobs)), tuple(sorted(prefectures)))

    def accepted(self, cell: str) -> int:
        """Conditions of the closed list; operations and prefectures accepted need no answer."""
        return self.refusals(cell).conditions

    def _prefecture(self, part: str) -> str:
        known(part, self.prefecture_names, say("prefecture"))
        return self.prefecture_names[part]


def known(name: str, names: Iterable[str], what: Phrase) -> str:
    """Return `name` where it is one of `names`, else raise with the nearest of them."""
    if name not in names:
        mend = did_you_mean(name, names)
        raise CellFault(say("unknown {what}: {name}", what=what, name=name), mend)
    return name


def places_of_prefectures(vocabulary: Vocabulary) -> dict[str, int]:
    """Return the place of each spelling of a prefecture: English, Japanese, Japanese without the
    kind of prefecture at its end (京都 for 京都府)."""
    return {
        spelling: place
        for place, (english, name) in enumerate(sorted(vocabulary.prefectures.items()))
        for spelling in (english, name.ja, re.sub("[都府県]$", "", name.ja))
    }
