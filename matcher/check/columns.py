"""From the cells of the tables to the typed columns and lists of a `Problem`."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.check.candidates import CandidateCells
from matcher.check.decided import (
    decided_rows,
    decision_order,
    forbidden_cells,
    locked_seats,
    standing_of,
    waived_cells,
)
from matcher.check.openings import OpeningCells
from matcher.problem import (
    NO_DAY,
    OTHER_WISH,
    PORK,
    UNKNOWN,
    UNKNOWN_WISH,
    Candidates,
    Decision,
    Flags,
    Labels,
    Lists,
    Numbers,
    Openings,
    Problem,
    Profiles,
    day_number,
    eighteenth_birthday,
)
from matcher.settings import Settings
from matcher.vocabulary import CARE, Vocabulary

Key = TypeVar("Key", bound=Hashable)
HELD_LEVEL = 3
CARE_LEVEL = 2


def build_columns(
    people: CandidateCells,
    orders: OpeningCells,
    decisions: list[Decision],
    settings: Settings,
    vocabulary: Vocabulary,
    host_names: dict[str, str] | None,
) -> Problem:
    """Return the problem, candidates and openings in the order of their ids."""
    down = sorted(range(len(people.ids)), key=people.ids.__getitem__)
    across = sorted(range(len(orders.ids)), key=orders.ids.__getitem__)
    candidate_ids = tuple(people.ids[row] for row in down)
    opening_ids = tuple(orders.ids[row] for row in across)
    ordered = tuple(sorted(decisions, key=decision_order))
    rows, decision_row = decided_rows(ordered, candidate_ids)
    shared = _Shared(people, orders, settings, vocabulary)
    openings = shared.openings(across)
    candidates = shared.candidates(down, decision_row)
    lists = shared.lists(
        forbidden=forbidden_cells(ordered, rows, opening_ids),
        waived=waived_cells(ordered, rows, opening_ids),
    )
    standing, causes = standing_of(ordered, candidate_ids, people.codes["deposit"][down])
    labels = Labels(
        tuple(people.texts["name"][row] for row in down),
        tuple(people.texts["centre"][row] for row in down),
        tuple(
            vocabulary.programmes[lists.programmes[code]].kejuruan for code in candidates.programme
        ),
        tuple((host_names or {}).get(host, "") for host in lists.hosts),
        tuple(max(0, int(paid)) for paid in people.codes["cost_to_candidate"][down]),
    )
    return Problem(
        settings,
        candidate_ids,
        opening_ids,
        candidates,
        openings,
        lists,
        standing,
        causes,
        locked_seats(ordered, candidate_ids, opening_ids),
        ordered,
        labels,
        host_names is not None,
        (),
        (),
    )


class _Shared:
    """The distinct lists of a problem, and the columns that point into them."""

    def __init__(
        self,
        people: CandidateCells,
        orders: OpeningCells,
        settings: Settings,
        vocabulary: Vocabulary,
    ) -> None:
        self.people, self.orders, self.vocabulary = people, orders, vocabulary
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

    def candidates(self, down: list[int], decision_row: Numbers) -> Candidates:
        """Return the candidates' columns in the order of `down`."""
        people, days, codes = self.people, self.people.days, self.people.codes
        expected = np.array(people.expected, np.int32).reshape(-1, 2)
        columns: list[Numbers] = [
            np.arange(len(down), dtype=np.int32)[np.argsort(down)],
            np.array([eighteenth_birthday(int(day)) for day in days["birth_date"]], np.int32),
            self.profile,
            codes["programme"],
            *(days[name] for name in ("training_start", "training_end")),
            *(
                codes[name]
                for name in (
                    "training_jp",
                    "minutes_per_jp",
                    "jp_done",
                    "school_hours_done",
                    "school_hours_planned",
                    "training_result",
                )
            ),
            self.certified,
            self.experience,
            codes["japanese_level"],
            expected[:, 0].astype(np.int8),
            expected[:, 1],
            codes["former_trainee"],
            days["available_from"],
            days["passport_until"],
            codes["medical"],
            codes["family_consent"],
            self.job_wish,
            self.place_wish,
            np.array([wish.conditions for wish in people.refuses], np.int8),
            np.array(people.accepts, np.int8),
            self.refusal,
            codes["accepts_any_trade"],
            days["accepted_on"],
            np.array([self._school(name) for name in people.schools], np.int32),
            codes["wants_abroad"],
            decision_row[np.argsort(down)],
        ]
        order = np.array(down, np.intp)
        return Candidates(*(column[order] for column in columns))

    def openings(self, across: list[int]) -> Openings:
        """Return the openings' columns in the order of `across`."""
        orders, days, codes = self.orders, self.orders.days, self.orders.codes
        jobs = [self.vocabulary.job_types[number] for number in orders.operations]
        care = np.array([job.operation_no == CARE for job in jobs], bool)
        pork = np.array([job.handles_pork for job in jobs], bool)
        conditions = np.maximum(codes["conditions"], 0)
        columns: list[Numbers] = [
            np.arange(len(across), dtype=np.int32)[np.argsort(across)],
            np.array([self.hosts.index(host) for host in orders.hosts], np.int32),
            np.array([self.operations.index(job.operation_no) for job in jobs], np.int32),
            np.array([self.categories.index(job.category_no) for job in jobs], np.int32),
            codes["seats"],
            codes["prefecture"],
            np.where(codes["stage"] == UNKNOWN, 1, codes["stage"]),
            np.array([len(job.stage) for job in jobs], np.int32),
            np.maximum(codes["regime"], 0),
            days["entry_from"],
            days["entry_to"],
            days["order_closes"],
            np.where(care, CARE_LEVEL, 0).astype(np.int8),
            np.maximum(codes["min_japanese"], 0),
            self.need,
            np.where(pork, conditions | PORK, conditions).astype(np.int8),
            self.sender,
            codes["cost_to_candidate"],
            codes["any_trade"],
        ]
        order = np.array(across, np.intp)
        return Openings(*(column[order] for column in columns))

    def lists(self, forbidden: Flags, waived: NDArray[np.uint32]) -> Lists:
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
        )

    def _school(self, name: str) -> int:
        return self.schools.index(name) if name else UNKNOWN

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
            given = self.vocabulary.programme_skills[programmes[programme]]
            own[row] = shown[row]
            for skill, level in given.items():
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
