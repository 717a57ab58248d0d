"""The distinct lists of a problem, that its columns point into."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.check.candidates import CandidateCells
from matcher.check.openings import OpeningCells
from matcher.problem import (
    NO_DAY,
    OTHER_WISH,
    UNKNOWN,
    UNKNOWN_WISH,
    Flags,
    Lists,
    Numbers,
    Profiles,
    day_number,
)
from matcher.settings import Settings
from matcher.vocabulary import Vocabulary

Key = TypeVar("Key", bound=Hashable)
HELD_LEVEL = 3


class Shared:
    """The distinct lists of a problem, and the columns that point into them."""

    def __init__(
        self,
        people: CandidateCells,
        orders: OpeningCells,
        settings: Settings,
        vocabulary: Vocabulary,
        establishments: Collection[str],
        supervisors: Collection[str],
    ) -> None:
        self.people, self.orders, self.vocabulary = people, orders, vocabulary
        self.establishments = sorted(establishments)
        self.supervisors = sorted(supervisors)
        self.on = day_number(settings.on)
        jobs = vocabulary.job_types
        self.operations = sorted(set(orders.operations))
        self.categories = sorted({jobs[job].category_no for job in self.operations})
        self.prefectures = sorted(vocabulary.prefectures)
        self.schools = sorted({s for s in people.schools if s}.union(*orders.senders))
        self.hosts = sorted(set(orders.hosts))
        valid = [
            tuple(unit for unit, until in held if until == NO_DAY or until >= self.on)
            for held in people.certificates
        ]
        programme = people.codes["programme"].tolist()
        self.certified = np.array([bool(units) for units in valid], np.int8)
        self.profile_keys, self.profile = _distinct(
            list(zip(programme, people.skills, valid, strict=True))
        )
        self.experience_keys, self.experience = _distinct(people.experience, first=())
        self.job_wish_keys, self.job_wish = _distinct(people.job_wishes, first=())
        self.place_wish_keys, self.place_wish = _distinct(people.prefecture_wishes, first=())
        self.refusal_keys, self.refusal = _distinct(
            [(wish.jobs, wish.prefectures) for wish in people.refuses], first=((), ())
        )
        self.sender_keys, self.sender = _distinct(orders.senders, first=())
        self.need_keys, self.need = _distinct(orders.needs, first=())

    def lists(
        self,
        forbidden: Flags,
        waived: NDArray[np.uint32],
        wish_cut: NDArray[np.int8],
        ended: NDArray[np.int8],
    ) -> Lists:
        """Return the lists that the columns point into."""
        jobs = [self.vocabulary.job_types[number] for number in self.operations]
        names = [{job.operation_no, job.category_no} for job in jobs]
        places = [{place} for place in self.prefectures]
        return Lists(
            tuple(self.operations),
            tuple(self.categories),
            tuple(self.prefectures),
            tuple(self.schools),
            tuple(self.hosts),
            tuple(self.establishments),
            tuple(self.supervisors),
            tuple(sorted(self.vocabulary.programmes)),
            self._profiles(),
            tuple(self.need_keys),
            self._months(),
            _ranks(self.job_wish_keys, [*names, set()]),
            _ranks(self.place_wish_keys, [*places, set()]),
            np.array([[bool(n & set(key[0])) for n in names] for key in self.refusal_keys], bool),
            np.array(
                [[bool(n & set(key[1])) for n in [*places, set()]] for key in self.refusal_keys],
                bool,
            ),
            np.array(
                [[school in key for key in self.sender_keys] for school in [*self.schools, ""]],
                bool,
            ),
            forbidden,
            waived,
            wish_cut,
            ended,
        )

    def school_place(self, name: str) -> int:
        """Return the place of a school, `UNKNOWN` where blank."""
        return self.schools.index(name) if name else UNKNOWN

    def supervisor_place(self, name: str) -> int:
        """Return the place of a supervising organisation, `UNKNOWN` where blank or not listed."""
        return self.supervisors.index(name) if name in self.supervisors else UNKNOWN

    def establishment_place(self, name: str) -> int:
        """Return the place of an establishment, `UNKNOWN` where blank or not listed."""
        return self.establishments.index(name) if name in self.establishments else UNKNOWN

    def _profiles(self) -> Profiles:
        index = self.vocabulary.graph.index
        programmes = sorted(self.vocabulary.programmes)
        shape = (len(self.profile_keys), len(index))
        shown, own = np.zeros(shape, np.int8), np.zeros(shape, np.int8)
        for row, (programme, skills, units) in enumerate(self.profile_keys):
            for skill, level in skills:
                shown[row, index[skill]] = max(level, shown[row, index[skill]])
            for unit in units:
                for skill in self.vocabulary.unit_skills.get(unit, ()):
                    shown[row, index[skill]] = HELD_LEVEL
            taught: Mapping[str, int] = {}
            if programme != UNKNOWN:
                taught = self.vocabulary.programme_skills[programmes[programme]]
            own[row] = shown[row]
            for skill, level in taught.items():
                own[row, index[skill]] = max(level, own[row, index[skill]])
        whole = own.copy()
        for skill, level in self.vocabulary.common_skills.items():
            whole[:, index[skill]] = np.maximum(whole[:, index[skill]], level)
        return Profiles(whole, own, shown)

    def _months(self) -> NDArray[np.int32]:
        months = np.zeros((len(self.experience_keys), len(self.categories)), np.int32)
        for row, key in enumerate(self.experience_keys):
            for category, worked in key:
                if category in self.categories:
                    months[row, self.categories.index(category)] = worked
        return months


def _distinct(keys: Sequence[Key], first: Key | None = None) -> tuple[list[Key], Numbers]:
    """Return the distinct keys in order, `first` in front, and the place of each given key."""
    distinct = sorted(set(keys) - {first}, key=repr)
    if first is not None:
        distinct.insert(0, first)
    place = {key: at for at, key in enumerate(distinct)}
    return distinct, np.array([place[key] for key in keys], np.int32)


def _ranks(wishes: Sequence[tuple[str, ...]], things: Sequence[set[str]]) -> NDArray[np.int16]:
    """Return the rank (1 first) of each thing in each list of wishes.

    0: nothing is wished; `OTHER_WISH`: not among those wished; `UNKNOWN_WISH`: wishes are stated
    and the thing, the last column, is not known.
    """
    ranks = np.full((len(wishes), len(things)), OTHER_WISH, np.int16)
    for row, wished in enumerate(wishes):
        for column, names in enumerate(things):
            found = [rank for rank, wish in enumerate(wished, 1) if wish in names]
            if found:
                ranks[row, column] = found[0]
        ranks[row, -1] = UNKNOWN_WISH
        if not wished:
            ranks[row] = 0
    return ranks
