"""From the cells of the tables to the typed columns and lists of a `Problem`."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TypeVar

import numpy as np

from matcher.check.candidates import CandidateCells
from matcher.check.decided import (
    decided_rows,
    decision_order,
    forbidden_cells,
    locked_seats,
    standing_of,
    waived_cells,
)
from matcher.check.lists import Shared
from matcher.check.openings import OpeningCells
from matcher.problem import (
    PORK,
    UNKNOWN,
    Candidates,
    Decision,
    Labels,
    Lists,
    Numbers,
    Openings,
    Problem,
    eighteenth_birthday,
)
from matcher.settings import Settings
from matcher.vocabulary import CARE, Vocabulary

Key = TypeVar("Key", bound=Hashable)
CARE_LEVEL = 2


def build_columns(
    people: CandidateCells,
    orders: OpeningCells,
    decisions: list[Decision],
    settings: Settings,
    vocabulary: Vocabulary,
    host_names: dict[str, str],
) -> Problem:
    """Return the problem; people and orders come in the order of their ids."""
    candidate_ids, opening_ids = tuple(people.ids), tuple(orders.ids)
    ordered = tuple(sorted(decisions, key=decision_order))
    rows, decision_row = decided_rows(ordered, candidate_ids)
    shared = Shared(people, orders, settings, vocabulary)
    openings = _openings(shared)
    candidates = _candidates(shared, decision_row)
    lists = shared.lists(
        forbidden=forbidden_cells(ordered, rows, opening_ids),
        waived=waived_cells(ordered, rows, opening_ids),
    )
    standing, causes = standing_of(ordered, candidate_ids, people.codes["deposit"])
    labels = _labels(people, candidates, lists, vocabulary, host_names)
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
        (),
        (),
        {},
        {},
    )


def _labels(
    people: CandidateCells,
    candidates: Candidates,
    lists: Lists,
    vocabulary: Vocabulary,
    host_names: dict[str, str],
) -> Labels:
    return Labels(
        tuple(people.texts["name"]),
        tuple(people.texts["centre"]),
        tuple(
            vocabulary.programmes[lists.programmes[code]].kejuruan for code in candidates.programme
        ),
        tuple(host_names.get(host, "") for host in lists.hosts),
        tuple(people.codes["cost_to_candidate"].tolist()),
        tuple(people.codes["deposit"].tolist()),
    )


def _candidates(shared: Shared, decision_row: Numbers) -> Candidates:
    people, days, codes = shared.people, shared.people.days, shared.people.codes
    expected = np.array(people.expected, np.int32).reshape(-1, 2)
    columns: list[Numbers] = [
        np.arange(len(people.ids), dtype=np.int32),
        np.array([eighteenth_birthday(int(day)) for day in days["birth_date"]], np.int32),
        shared.profile,
        codes["programme"],
        days["training_end"],
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
        shared.certified,
        shared.experience,
        codes["japanese_level"],
        codes["jft"],
        expected[:, 0].astype(np.int8),
        expected[:, 1],
        codes["former_trainee"],
        days["available_from"],
        days["passport_until"],
        codes["medical"],
        codes["family_consent"],
        shared.job_wish,
        shared.place_wish,
        np.array([wish.conditions for wish in people.refuses], np.int8),
        np.array(people.accepts, np.int8),
        shared.refusal,
        codes["accepts_any_trade"],
        days["accepted_on"],
        np.array([shared.school_place(name) for name in people.schools], np.int32),
        codes["wants_abroad"],
        decision_row,
    ]
    return Candidates(*columns)


def _openings(shared: Shared) -> Openings:
    orders, days, codes = shared.orders, shared.orders.days, shared.orders.codes
    jobs = [shared.vocabulary.job_types[number] for number in orders.operations]
    care = np.array([job.operation_no == CARE for job in jobs], bool)
    pork = np.array([job.handles_pork for job in jobs], bool)
    conditions = np.maximum(codes["conditions"], 0)
    columns: list[Numbers] = [
        np.arange(len(orders.ids), dtype=np.int32),
        np.array([shared.hosts.index(host) for host in orders.hosts], np.int32),
        np.array([shared.operations.index(job.operation_no) for job in jobs], np.int32),
        np.array([shared.categories.index(job.category_no) for job in jobs], np.int32),
        codes["seats"],
        codes["prefecture"],
        np.where(codes["stage"] == UNKNOWN, 1, codes["stage"]),
        np.array([len(job.stage) for job in jobs], np.int32),
        days["entry_from"],
        days["entry_to"],
        days["order_closes"],
        np.where(care, CARE_LEVEL, 0).astype(np.int8),
        np.maximum(codes["min_japanese"], 0),
        shared.need,
        np.where(pork, conditions | PORK, conditions).astype(np.int8),
        shared.sender,
        codes["cost_to_candidate"],
        codes["any_trade"],
    ]
    return Openings(*columns)
