"""From the cells of the tables to the typed columns and lists of a `Problem`."""

from __future__ import annotations

import numpy as np

from matcher.check.around import (
    Around,
    build_establishments,
    build_hosts,
    build_supervisors,
    prefectures_of,
)
from matcher.check.candidates import CandidateCells
from matcher.check.decided import (
    Wished,
    decided_rows,
    decision_order,
    forbidden_cells,
    locked_seats,
    standing_of,
    waived_cells,
    wished_cells,
)
from matcher.check.ended import at_hosts, ended_cells, halt, seat, waive_at_hosts
from matcher.check.lists import Shared
from matcher.check.openings import OpeningCells
from matcher.check.parties import HostCells
from matcher.check.records import Records, placed_objections, placed_outcomes, placed_pairs
from matcher.check.regimes import levels_asked, settle_regimes
from matcher.law import load_law
from matcher.problem import (
    NO_DAY,
    PORK,
    UNKNOWN,
    Candidates,
    Decision,
    Labels,
    Lists,
    Numbers,
    Openings,
    Problem,
    age_on,
    coming_of_age,
)
from matcher.settings import Settings
from matcher.vocabulary import CARE, Vocabulary


def build_columns(
    people: CandidateCells,
    orders: OpeningCells,
    decisions: list[Decision],
    settings: Settings,
    vocabulary: Vocabulary,
    around: Around,
    records: Records,
) -> Problem:
    """Return the problem; people and orders come in the order of their ids."""
    candidate_ids, opening_ids = tuple(people.ids), tuple(orders.ids)
    ordered = tuple(sorted(decisions, key=decision_order))
    steps = records.steps
    named = {step.candidate_id for step in at_hosts(steps)}
    rows, decision_row = decided_rows(ordered, candidate_ids, named)
    shared = Shared(
        people,
        orders,
        settings,
        vocabulary,
        around.establishments.ids if around.establishments else (),
        around.supervisors.ids if around.supervisors else (),
    )
    openings = _openings(shared, settings, around.hosts)
    wishes = tuple(wish for row in range(len(opening_ids)) for wish in orders.wishes_of(row))
    wish_row, wish_cut = wished_cells(
        ordered,
        wishes,
        Wished(people.texts["sex"], people.days["birth_date"], openings.entry_from, openings.seats),
        opening_ids,
    )
    outcome_row, ended = ended_cells(steps, candidate_ids, opening_ids, openings)
    adult_age = load_law(settings.rulings).number("adult_age")
    candidates = _candidates(shared, adult_age, decision_row, wish_row, outcome_row)
    lists = shared.lists(
        forbidden=forbidden_cells(ordered, rows, opening_ids),
        waived=waive_at_hosts(waived_cells(ordered, rows, opening_ids), steps, rows, opening_ids),
        wish_cut=wish_cut,
        ended=ended,
    )
    decided = standing_of(ordered, candidate_ids, people.codes["deposit"])
    standing, causes = halt(steps, candidate_ids, *decided)
    locked = locked_seats(ordered, candidate_ids, opening_ids)
    labels = _labels(people, orders, candidates, lists, vocabulary, around, settings)
    return Problem(
        settings,
        candidate_ids,
        opening_ids,
        candidates,
        openings,
        lists,
        standing,
        causes,
        seat(steps, candidate_ids, opening_ids, locked),
        ordered,
        labels,
        (),
        (),
        {},
        {},
        hosts=build_hosts(shared, around.hosts) if around.hosts else None,
        establishments=build_establishments(shared, around.establishments)
        if around.establishments
        else None,
        supervisors=build_supervisors(shared, around.supervisors) if around.supervisors else None,
        wishes=wishes,
        outcomes=placed_outcomes(steps, candidate_ids, opening_ids),
        earlier=placed_pairs(records.earlier, candidate_ids, opening_ids),
        objections=placed_objections(records.objections, candidate_ids, opening_ids),
        demand=tuple(records.demand),
    )


def _labels(
    people: CandidateCells,
    orders: OpeningCells,
    candidates: Candidates,
    lists: Lists,
    vocabulary: Vocabulary,
    around: Around,
    settings: Settings,
) -> Labels:
    names = dict(zip(around.hosts.ids, around.hosts.names, strict=True)) if around.hosts else {}
    schools = around.schools
    licences = dict(zip(schools.ids, schools.licences, strict=True)) if schools else {}
    on = settings.on
    return Labels(
        tuple(people.texts["name"]),
        tuple(people.texts["centre"]),
        tuple(
            "" if code == UNKNOWN else vocabulary.programmes[lists.programmes[code]].kejuruan
            for code in candidates.programme
        ),
        tuple(names.get(host, "") for host in lists.hosts),
        tuple(people.codes["cost_to_candidate"].tolist()),
        tuple(people.codes["deposit"].tolist()),
        tuple(people.texts["sex"]),
        tuple(age_on(int(day), on) for day in people.days["birth_date"]),
        tuple(people.texts["province"]),
        tuple(people.costs),
        tuple(licences.get(school) for school in lists.schools),
        tuple(people.codes["coe_refused"].tolist()),
        tuple(people.codes["consent_export"].tolist()),
        tuple(schools.class_size(school) if schools else UNKNOWN for school in lists.schools),
    )


def _candidates(
    shared: Shared,
    adult_age: int,
    decision_row: Numbers,
    wish_row: Numbers,
    outcome_row: Numbers,
) -> Candidates:
    people, days, codes = shared.people, shared.people.days, shared.people.codes
    expected = np.array(people.expected, np.int32).reshape(-1, 2)
    columns: list[Numbers] = [
        np.arange(len(people.ids), dtype=np.int32),
        np.array([coming_of_age(int(day), adult_age) for day in days["birth_date"]], np.int32),
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
                "school_trade_hours",
            )
        ),
        days["school_end"],
        *_days_in_training(days),
        codes["training_result"],
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
        days["recommended_on"],
        codes["cost_to_candidate"],
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
        wish_row,
        outcome_row,
    ]
    return Candidates(*columns)


def _days_in_training(days: dict[str, Numbers]) -> tuple[Numbers, Numbers]:
    """Return the days that training and school take by their dates, shared ones once, and those of
    the training alone; `UNKNOWN` where no dates are."""
    spans = []
    for what in ("training", "school"):
        first, last = days[f"{what}_start"], days[f"{what}_end"]
        known = (first != NO_DAY) & (last != NO_DAY)
        spans.append((np.where(known, first, 0), np.where(known, last, -1), known))
    (a, b, in_training), (c, d, at_school) = spans
    shared = np.maximum(np.minimum(b, d) - np.maximum(a, c) + 1, 0) * (in_training & at_school)
    total = (b - a + 1) * in_training + (d - c + 1) * at_school - shared
    return (
        np.where(in_training | at_school, total, UNKNOWN).astype(np.int32),
        np.where(in_training, b - a + 1, UNKNOWN).astype(np.int32),
    )


def _openings(shared: Shared, settings: Settings, hosts: HostCells | None) -> Openings:
    orders, days, codes = shared.orders, shared.orders.days, shared.orders.codes
    jobs = [shared.vocabulary.job_types[number] for number in orders.operations]
    care = np.array([job.operation_no == CARE for job in jobs], bool)
    pork = np.array([job.handles_pork for job in jobs], bool)
    conditions = np.maximum(codes["conditions"], 0)
    regimes = settle_regimes(orders, settings)
    columns: list[Numbers] = [
        np.arange(len(orders.ids), dtype=np.int32),
        np.array([shared.hosts.index(host) for host in orders.hosts], np.int32),
        np.array([shared.establishment_place(name) for name in orders.establishments], np.int32),
        np.array([shared.supervisor_place(name) for name in orders.supervisors], np.int32),
        regimes,
        np.array([shared.operations.index(job.operation_no) for job in jobs], np.int32),
        np.array([shared.categories.index(job.category_no) for job in jobs], np.int32),
        codes["seats"],
        prefectures_of(orders, hosts),
        np.where(codes["stage"] == UNKNOWN, 1, codes["stage"]),
        np.array([len(job.stage) for job in jobs], np.int32),
        days["entry_from"],
        days["entry_to"],
        days["order_closes"],
        days["interview_on"],
        codes["interview_tenths"],
        days["plan_filing_on"],
        codes["monthly_wage"],
        codes["monthly_hours"],
        levels_asked(regimes, care, settings),
        np.maximum(codes["min_japanese"], 0),
        shared.need,
        np.where(pork, conditions | PORK, conditions).astype(np.int8),
        shared.sender,
        codes["cost_to_candidate"],
        codes["any_trade"],
        codes["min_seats"],
    ]
    return Openings(*columns)
