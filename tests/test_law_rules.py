"""One test for each numbered rule of the law that screens, on both sides of each of its boundaries;
the ceilings of T1 to T5 are tested with the quotas."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from itertools import product

import numpy as np
import pytest

from matcher.explain.pairs import explain_pair
from matcher.explain.reasons import held_and_required, name_route
from matcher.fit import gather_facts
from matcher.fit.plans import add_months
from matcher.language import words_of
from matcher.pipeline import match
from matcher.problem import ESD, LEVELS, TITP, Standing, day_number
from matcher.rules import ROUTES, RULES, prior_experience_route
from matcher.rules.law import host_quota
from matcher.screen import judge
from tests.worlds import Row, World, decision, one_pair

PASS, FAIL, OPEN = "pass", "fail", "condition"
CARE = {"operation_no": "7-13-1", "prefecture": "Osaka", "monthly_wage": "190000"}
SPRING: Row = {"entry_from": "2027-05-01", "entry_to": "2027-06-30"}
UNDER_ESD: Row = {"regime": "esd", "entry_from": "2027-04-01", "entry_to": "2027-06-30"}
CONFIRMED = {"by": "JOE", "on": date(2022, 12, 1), "source": "told"}


def state(
    rule: str,
    person: Row | None = None,
    opening: Row | None = None,
    chosen: Mapping[str, object] | None = None,
    **beside: tuple[Row, ...],
) -> str:
    """Return the state of a rule for the welder and the job order that fit, some cells changed."""
    return state_in(world_of(person, opening, chosen, **beside), rule)


def world_of(
    person: Row | None = None,
    opening: Row | None = None,
    chosen: Mapping[str, object] | None = None,
    **beside: tuple[Row, ...],
) -> World:
    """Return the world of one pair with keys of the scenario and tables beside."""
    return replace(one_pair(person, opening), chosen=chosen or {}, beside=beside)


def state_in(world: World, rule: str) -> str:
    """Return the state of a rule for the first person at the first opening."""
    problem = world.problem()
    answers = judge(problem.candidates.at([0]), problem.openings.at([0]), gather_facts(problem))
    names = [one.name for one in RULES]
    fails, unknown = answers[names.index(rule)]
    assert not (fails & unknown).any()
    return FAIL if fails.any() else OPEN if unknown.any() else PASS


def told(world: World, rule: str) -> str:
    """Return what is held and what is required, in English."""
    problem = world.problem()
    held = held_and_required(problem, gather_facts(problem), rule, 0, 0)
    return " | ".join(map(words_of("en"), held))


def on(day: str) -> dict[str, object]:
    """Return the scenario's key for another day."""
    return {"on": date.fromisoformat(day)}


def ruled(key: str, *value: object) -> dict[str, object]:
    """Return `[law]` with one figure confirmed, or overridden by a value."""
    return {"law": {key: {**CONFIRMED, **({"value": value[0]} if value else {})}}}


# -- TITP: who may be a trainee ------------------------------------------------------------------


@pytest.mark.parametrize(
    ("birth", "expected"),
    [("2005-04-01", PASS), ("2005-04-02", OPEN), ("2005-08-31", OPEN), ("2005-09-01", FAIL)],
)
@pytest.mark.parametrize("regime", ["titp", "esd"])
def test_T7_L6_E9_eighteen_on_the_day_of_entry(birth: str, expected: str, regime: str) -> None:
    assert state("age", {"birth_date": birth}, {"regime": regime}) == expected


def test_T7_the_age_is_the_figure_of_the_law() -> None:
    person = {"birth_date": "2004-04-02"}
    assert state("age", person) == PASS
    assert state("age", person, None, ruled("adult_age", 19)) == OPEN


# 320 hours of 45 minutes are 427 JP (426.67); 60 days begin on 17 January.
TRAINED: Row = {
    "training_result": "lulus",
    "training_start": "2022-08-15",
    "training_end": "2022-11-30",
    "training_jp": "480",
    "jp_done": "480",
    "minutes_per_jp": "40",
}
# No time is left: what is short is refused.
NOW: Row = {"entry_from": "2022-12-12", "entry_to": "2022-12-12"}


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({}, PASS),
        ({"jp_done": "479"}, FAIL),  # 319 hours and 20 minutes
        ({"jp_done": "240", "school_hours_done": "160"}, PASS),
        ({"jp_done": "240", "school_hours_done": "159"}, FAIL),
        ({"jp_done": "240", "school_hours_planned": "160", "school_end": "2022-12-12"}, PASS),
        ({"jp_done": "240", "school_hours_planned": "160", "school_end": "2022-12-13"}, FAIL),
        ({"jp_done": "240", "school_hours_planned": "160"}, OPEN),
        ({"jp_done": "", "training_jp": ""}, OPEN),
        ({"jp_done": "", "training_jp": "480"}, PASS),  # passed, so all of it was done
        ({"minutes_per_jp": ""}, PASS),
        ({"minutes_per_jp": "", "jp_done": "479"}, OPEN),
        ({"minutes_per_jp": "", "jp_done": "427"}, OPEN),
        ({"minutes_per_jp": "", "jp_done": "426", "training_jp": "426"}, FAIL),
        ({"training_start": "2022-10-03"}, PASS),  # 59 days: two months have no fewer
        ({"training_start": "2022-10-04"}, FAIL),
        ({"training_start": ""}, OPEN),
    ],
)
def test_T9_c_320_hours_in_2_months(person: Row, expected: str) -> None:
    # The course as such is short, so that T9b has no say.
    short = {**TRAINED, "training_jp": "479", **person}
    assert state("prior_experience", short, NOW) == expected


@pytest.mark.parametrize(
    ("hours", "expected"),
    [("160", PASS), ("159", FAIL), ("", OPEN)],
)
def test_T9_c_of_them_160_for_the_trade(hours: str, expected: str) -> None:
    # 0 JP in the trade and 320 hours at the sending organisation.
    person = {**TRAINED, "training_jp": "0", "jp_done": "0", "school_hours_done": "320"}
    assert state("prior_experience", {**person, "school_trade_hours": hours}, NOW) == expected


def test_T9_c_a_course_for_another_trade_is_not_for_the_trade() -> None:
    caregiver = {**TRAINED, "programme": "kes-caregiver", "training_jp": "960", "jp_done": "960"}
    assert state("prior_experience", caregiver, NOW) == FAIL
    assert state("prior_experience", caregiver) == OPEN
    taught = {**caregiver, "school_hours_done": "160", "school_trade_hours": "160"}
    assert state("prior_experience", taught, NOW) == OPEN  # the month of it is to be shown


@pytest.mark.parametrize(
    ("ends", "expected"),
    [("2023-04-01", PASS), ("2023-04-02", OPEN), ("2023-09-01", OPEN), ("", OPEN)],
)
def test_T9_c_what_is_planned_counts_where_training_ends_before_entry_does(
    ends: str, expected: str
) -> None:
    assert state("prior_experience", {"training_end": ends}) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(11, FAIL), (12, OPEN)],  # 65 hours at 40 a week are 11 days and 9 hours
)
def test_T9_c_short_is_a_condition_while_time_allows(days: int, expected: str) -> None:
    short = {**TRAINED, "jp_done": "340", "training_jp": "340", "minutes_per_jp": "45"}
    last = (date(2022, 12, 12) + timedelta(days)).isoformat()
    opening = {"entry_from": "2022-12-12", "entry_to": last}
    assert state("prior_experience", short, opening) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    # 320 hours less 120 done are 200: 35 days, whether they are planned or not.
    [(34, FAIL), (35, OPEN)],
)
def test_T9_c_planned_hours_take_their_time(days: int, expected: str) -> None:
    person = {"jp_done": "160", "training_jp": "340", "training_end": "2022-12-24"}
    last = (date(2022, 12, 12) + timedelta(days)).isoformat()
    opening = {"entry_from": "2022-12-12", "entry_to": last}
    assert state("prior_experience", person, opening) == expected


@pytest.mark.parametrize("done", ["", "200"])
def test_T9_c_what_is_not_recorded_refuses_no_sooner_than_what_is(done: str) -> None:
    # 200 JP are 133 hours: 187 are missing, and 48 days hold 274.
    blank = {"training_jp": "200", "jp_done": done, "training_result": ""}
    opening = {"entry_from": "2023-01-10", "entry_to": "2023-01-29"}
    assert state("prior_experience", {**TRAINED, **blank}, opening) == OPEN


@pytest.mark.parametrize(("days", "expected"), [(8, FAIL), (9, OPEN)])
def test_T9_c_missing_days_need_days(days: int, expected: str) -> None:
    # 50 days are recorded, until 30 November.
    person = {**TRAINED, "training_start": "2022-10-12", "training_jp": "479"}
    last = (date(2022, 12, 12) + timedelta(days)).isoformat()
    opening = {"entry_from": "2022-12-12", "entry_to": last}
    assert state("prior_experience", person, opening) == expected


@pytest.mark.parametrize(
    ("months", "expected"), [("6", PASS), ("5", OPEN), ("1", OPEN), ("", FAIL)]
)
def test_T9_six_months_of_experience_in_the_category(months: str, expected: str) -> None:
    person = {**TRAINED, "jp_done": "100", "training_jp": "100"}
    experience = f"7-7-1:{months}" if months else "6-6-1:60"
    assert state("prior_experience", {**person, "experience": experience}, NOW) == expected


@pytest.mark.parametrize(
    ("lessons", "days", "expected"),
    [
        ("480", "2022-11-30", OPEN),  # 320 hours, of which the record has 100
        ("479", "2022-11-30", FAIL),
        ("479", "2023-02-10", FAIL),  # 180 days, but not until entry
    ],
)
def test_T9b_a_course_is_a_condition_from_320_hours(lessons: str, days: str, expected: str) -> None:
    person = {**TRAINED, "training_jp": lessons, "jp_done": "100", "training_end": days}
    assert state("prior_experience", person, NOW) == expected


@pytest.mark.parametrize(
    ("start", "expected"),
    [("2022-06-03", OPEN), ("2022-06-04", FAIL)],  # 181 and 180 days
)
def test_T9b_a_course_is_a_condition_from_6_months(start: str, expected: str) -> None:
    person = {**TRAINED, "training_jp": "100", "jp_done": "100", "training_start": start}
    assert state("prior_experience", person, NOW) == expected


def test_T9b_a_confirmed_length_passes() -> None:
    by_hours = {**TRAINED, "training_jp": "480", "jp_done": "100"}
    by_months = {**TRAINED, "training_jp": "100", "jp_done": "100", "training_start": "2022-06-03"}
    for person, key in ((by_hours, "titp_course_hours"), (by_months, "titp_course_months")):
        assert state("prior_experience", person, NOW, ruled(key)) == PASS
        assert route(world_of(person, NOW, ruled(key))) == "course"
    # Days at a sending organisation are not the course's own.
    apart = {"training_start": "2022-06-04", "school_start": "2022-01-01"}
    shared = {**by_months, **apart, "school_end": "2022-11-30"}
    assert state("prior_experience", shared, NOW, ruled("titp_course_months")) == FAIL
    longer = ruled("titp_course_hours", 321)
    assert state("prior_experience", by_hours, NOW, longer) == FAIL


def test_T9_a_the_agreement_is_claimed_once_for_all() -> None:
    nothing = {**TRAINED, "training_jp": "0", "jp_done": "0"}
    claimed = {"promises": {"prior_experience": "MoU Kemnaker–JOE 2022"}}
    assert state("prior_experience", nothing, NOW) == FAIL
    assert state("prior_experience", nothing, NOW, claimed) == PASS
    problem = world_of(nothing, NOW, claimed).problem()
    named = name_route(problem, gather_facts(problem), 0, 0)
    assert named is not None
    assert words_of("en")(named) == "claimed by the programme: MoU Kemnaker–JOE 2022"


def route(world: World) -> str:
    """Return the route on which the first person passes T9 at the first opening."""
    problem = world.problem()
    c, o = problem.candidates.at([0]), problem.openings.at([0])
    return ROUTES[prior_experience_route(c, o, gather_facts(problem)).item()]


def test_T9_the_route_is_recorded_in_the_order_of_preference() -> None:
    claimed = {"promises": {"prior_experience": "MoU"}}
    course = ruled("titp_course_hours")
    worked = {"experience": "7-7-2:6"}
    short = {**TRAINED, "jp_done": "100", "training_jp": "480"}
    assert route(world_of(worked, None, claimed)) == "experience"
    assert route(world_of({}, None, claimed)) == "training"
    assert route(world_of(short, NOW, {**claimed, **course})) == "course"
    assert route(world_of({**short, "training_jp": "100"}, NOW, claimed)) == "agreement"
    assert route(world_of({**short, "training_jp": "100"}, NOW)) == ""
    assert route(world_of(worked, {"stage": "ii"}, claimed)) == ""
    assert route(world_of(worked, UNDER_ESD, claimed)) == ""


def test_T9_the_reason_shows_the_arithmetic() -> None:
    person = {**TRAINED, "jp_done": "340", "training_jp": "340", "minutes_per_jp": "45"}
    world = world_of(person, {"entry_from": "2023-06-01", "entry_to": "2023-06-01"})
    text = told(world, "prior_experience")
    assert "340 JP × 45 minutes = 255 hours recorded, 65 hours short of 320" in text
    assert "by June 1, 2023" in text
    view = explain_pair(match(world.problem()), 0, 0)
    assert view.prior_experience is None and view.conditional


def test_T9_is_the_same_on_a_block_as_on_each_pair() -> None:
    base = world_of({}, {}, ruled("titp_course_hours"))
    people = [
        {**TRAINED, "jp_done": done, "training_result": result, "training_end": end, **more}
        for done, result, end, more in product(
            ("", "100", "480"),
            ("lulus", "dalam proses", ""),
            ("2022-11-30", "2023-05-15", ""),
            ({}, {"programme": "kes-caregiver"}, {"experience": "7-7-1:6; 7-13-1:3"}),
        )
    ]
    orders = [
        {"entry_from": first, "entry_to": last, "operation_no": job, "regime": regime}
        for (first, last), job, regime in product(
            (
                ("2022-12-12", "2022-12-12"),
                ("2023-05-01", "2023-05-31"),
                ("2023-01-01", "2023-03-01"),
            ),
            ("7-7-2", "7-13-1"),
            ("titp", "esd"),
        )
    ]
    world = replace(
        base,
        candidates=tuple(
            {**base.candidates[0], **row, "candidate_id": f"C{n}"} for n, row in enumerate(people)
        ),
        openings=tuple(
            {**base.openings[0], **row, "opening_id": f"O{n}"} for n, row in enumerate(orders)
        ),
    )
    problem = world.problem()
    facts = gather_facts(problem)
    c, o = problem.candidates, problem.openings
    size = (len(c), len(o))
    places = [place for place, rule in enumerate(RULES) if rule.kind == "law"]
    block = judge(c.down(), o.across(), facts)
    wide = {place: [np.broadcast_to(mask, size) for mask in block[place]] for place in places}
    routes = np.broadcast_to(prior_experience_route(c.down(), o.across(), facts), size)
    assert len(set(routes.ravel().tolist())) == len(ROUTES) - 1  # all but the agreement
    for i, j in product(range(size[0]), range(size[1])):
        one = judge(c.at([i]), o.at([j]), facts)
        assert prior_experience_route(c.at([i]), o.at([j]), facts).item() == routes[i, j]
        for place in places:
            assert [bool(mask.any()) for mask in one[place]] == [
                bool(mask[i, j]) for mask in wide[place]
            ]


@pytest.mark.parametrize(
    ("recommended", "expected"),
    [("2022-03-31", OPEN), ("2022-04-01", PASS), ("2022-12-01", PASS), ("", PASS)],
)
def test_T10_a_recommendation_is_valid_for_a_year(recommended: str, expected: str) -> None:
    person = {"recommended_on": recommended}
    assert state("recommendation", person) == expected
    later = {"recommended_on": "2022-12-01"}
    assert state("recommendation", later, SPRING, on("2026-11-25")) == OPEN
    assert state("recommendation", later, UNDER_ESD, on("2026-11-25")) == PASS  # E9


@pytest.mark.parametrize(
    ("former", "stage", "regime", "expected"),
    [
        ("tidak", "i", "titp", PASS),
        ("ya", "i", "titp", FAIL),
        ("", "i", "titp", OPEN),
        ("ya", "ii", "titp", OPEN),
        ("tidak", "ii", "titp", FAIL),
        ("tidak", "iii", "titp", FAIL),
        ("", "ii", "titp", OPEN),
        ("tidak", "ii", "esd", PASS),
        ("ya", "i", "esd", PASS),
        ("", "i", "esd", PASS),
    ],
)
def test_T11_the_same_stage_only_once(former: str, stage: str, regime: str, expected: str) -> None:
    opening = {"stage": stage, "regime": regime}
    assert state("former_trainee", {"former_trainee": former}, opening) == expected


def test_T12_stage_iii_is_always_to_be_shown() -> None:
    assert state("stage_iii") == PASS
    assert state("stage_iii", None, {"stage": "ii"}) == PASS
    assert state("stage_iii", None, {"stage": "iii"}) == OPEN
    assert state("stage_iii", None, {"stage": "iii", "regime": "esd"}) == PASS


@pytest.mark.parametrize(
    ("excellent", "permit", "expected"),
    [
        ("ya", "general", OPEN),
        ("tidak", "general", FAIL),
        ("", "general", FAIL),
        ("ya", "specific", FAIL),
        ("ya", "", OPEN),
    ],
)
def test_T5_stage_iii_asks_excellence_of_both(excellent: str, permit: str, expected: str) -> None:
    beside = {
        "hosts": (host(excellent=excellent, supervisor_id="K1"),),
        "supervisors": (kumiai(permit=permit),),
    }
    assert state("stage_iii", None, {"stage": "iii"}, None, **beside) == expected


def host(**cells: str) -> Row:
    """Return the row of the host of the job order that fits."""
    return {"host_id": "H1", "full_time_staff": "40", **cells}


def kumiai(**cells: str) -> Row:
    """Return the row of a supervising organisation whose permit has what the job order needs."""
    return {
        "supervisor_id": "K1",
        "permit": "general",
        "permit_until": "2028-12-31",
        "countries": "Indonesia; Vietnam",
        "categories": "7-7; 7-4-2",
        "esd_permit": "ya",
        **cells,
    }


@pytest.mark.parametrize(
    ("deposit", "standing"),
    [("0", Standing.PRESENT), ("1", Standing.HELD), ("", Standing.PRESENT)],
)
def test_T13_a_deposit_holds_the_case(deposit: str, standing: Standing) -> None:
    assert one_pair({"deposit": deposit}).problem().standing[0] == standing


@pytest.mark.parametrize(("answer", "notes"), [("ya", 1), ("tidak", 0), ("", 0)])
def test_T14_an_earlier_refusal_is_a_note(answer: str, notes: int) -> None:
    problem = one_pair({"coe_refused": answer}).problem()
    assert sum(issue.code == "VISA_REFUSED" for issue in problem.notes) == notes


CAREGIVER: Row = {"programme": "kes-caregiver"}


@pytest.mark.parametrize(
    ("level", "stage", "expected"),
    [
        ("N5", "i", FAIL),
        ("N4", "i", PASS),
        ("JFT-Basic A2", "i", OPEN),
        ("", "i", OPEN),
        ("N5", "ii", FAIL),
        ("N4", "ii", OPEN),
        ("N3", "ii", PASS),
        ("", "ii", OPEN),
        ("N3", "iii", PASS),
        ("N4", "iii", OPEN),
    ],
)
def test_T15_care_n4_at_entry_and_n3_or_studying_for_stage_ii(
    level: str, stage: str, expected: str
) -> None:
    person, opening = {**CAREGIVER, "japanese_level": level}, {**CARE, "stage": stage}
    assert state("japanese_law", person, opening) == expected


def test_T15_asks_nothing_of_other_work() -> None:
    for stage in ("i", "ii"):
        assert state("japanese_law", {"japanese_level": ""}, {"stage": stage}) == PASS


@pytest.mark.parametrize(
    ("person", "expected"),
    [
        ({"experience": "7-13-1:6"}, PASS),
        ({"experience": "7-13-1:5"}, OPEN),
        ({"experience": "7-7-2:60"}, FAIL),
        ({"skills": "care.body:1"}, PASS),
        ({"skills": "welding.cutting:3"}, FAIL),
        ({"programme": "kes-caregiver"}, OPEN),
        ({"programme": "kes-caregiver", "skills": "care.mobility:1"}, PASS),
        ({}, FAIL),
    ],
)
def test_T16_care_has_its_own_list_of_experience(person: Row, expected: str) -> None:
    assert state("care_experience", person, CARE) == expected
    assert state("care_experience", person) == PASS
    assert state("care_experience", person, {**CARE, "regime": "esd"}) == PASS
    assert state("prior_experience", {**TRAINED, "jp_done": "0", **person}, CARE) == PASS


# -- The place: pay and permit -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("wage", "hours", "prefecture", "expected"),
    [
        ("157760", "160", "Aichi", PASS),  # 986 yen × 160 hours
        ("157759", "160", "Aichi", FAIL),
        ("157760", "161", "Aichi", FAIL),
        ("136480", "160", "Okinawa", PASS),  # 853 yen × 160 hours
        ("136479", "160", "Okinawa", FAIL),
        ("136480", "160", "", OPEN),
        ("136479", "160", "", FAIL),  # less than anywhere in Japan
        ("171520", "160", "", PASS),  # 1,072 yen × 160 hours: enough in Tokyo
        ("171519", "160", "", OPEN),
        ("", "160", "Aichi", OPEN),
        ("157760", "", "Aichi", OPEN),
    ],
)
def test_W_the_minimum_wage_of_the_prefecture(
    wage: str, hours: str, prefecture: str, expected: str
) -> None:
    opening = {"monthly_wage": wage, "monthly_hours": hours, "prefecture": prefecture}
    assert state("minimum_wage", None, opening) == expected


@pytest.mark.parametrize(
    ("wage", "first", "last", "expected"),
    [
        # The floor of Aichi: 1,140 yen from 2025 on, 1,195 yen at some day of 2026-10-01 to 12-02.
        ("182400", "2026-08-01", "2026-09-30", PASS),
        ("182399", "2026-08-01", "2026-09-30", FAIL),
        ("182400", "2026-08-01", "2026-10-01", OPEN),
        ("191200", "2026-08-01", "2026-10-01", PASS),
        ("182399", "2026-12-01", "2026-12-01", FAIL),
        ("182400", "2026-12-01", "2026-12-01", OPEN),
        ("182400", "2026-12-02", "2026-12-02", FAIL),
        ("191199", "2027-04-01", "2027-09-30", FAIL),
        ("191200", "2027-04-01", "2027-09-30", PASS),
        ("999999", "2027-04-01", "2027-10-01", OPEN),  # the rates of 2027 are not known
        ("999999", "2023-10-01", "2023-10-01", OPEN),
    ],
)
def test_W_on_the_day_of_entry(wage: str, first: str, last: str, expected: str) -> None:
    opening = {"monthly_wage": wage, "monthly_hours": "160", "entry_from": first, "entry_to": last}
    assert state("minimum_wage", None, opening) == expected


def test_W_the_reason_shows_the_arithmetic() -> None:
    opening = {"monthly_wage": "157759", "monthly_hours": "160"}
    assert told(world_of(None, opening), "minimum_wage") == (
        "157,759 yen a month for 160 hours, in Aichi | 986 yen × 160 hours = 157,760 yen"
    )


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, PASS),
        ({"categories": "7-7-2"}, PASS),
        ({"categories": "7-7-1"}, FAIL),
        ({"categories": "7-4"}, FAIL),
        ({"categories": "semua"}, PASS),
        ({"categories": ""}, OPEN),
        ({"countries": "Vietnam"}, FAIL),
        ({"countries": ""}, OPEN),
        ({"permit_until": "2022-12-11"}, FAIL),  # over on the day of the batch
        ({"permit_until": "2022-12-12"}, OPEN),  # its last day
        ({"permit_until": "2023-08-30"}, OPEN),
        ({"permit_until": "2023-08-31"}, PASS),  # the last day of the window
        ({"permit_until": ""}, OPEN),
        ({"esd_permit": "tidak"}, PASS),
    ],
)
def test_section_3_the_permit_names_country_and_work(cells: Row, expected: str) -> None:
    beside = {"supervisors": (kumiai(**cells),)}
    named = {"supervisor_id": "K1"}
    assert state("supervisor_permit", None, named, None, **beside) == expected
    assert state("supervisor_permit", None, None, None, **beside) == OPEN
    through_host = {"hosts": (host(supervisor_id="K1"),), **beside}
    assert state("supervisor_permit", None, None, None, **through_host) == expected
    assert state("supervisor_permit") == PASS


@pytest.mark.parametrize(("answer", "expected"), [("ya", PASS), ("tidak", FAIL), ("", OPEN)])
def test_section_3_under_esd_the_new_permit_counts(answer: str, expected: str) -> None:
    old = kumiai(permit_until="2022-12-11", countries="Vietnam", esd_permit=answer)
    opening = {**UNDER_ESD, "supervisor_id": "K1"}
    assert state("supervisor_permit", None, opening, None, supervisors=(old,)) == expected


# -- The change of regime ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2027-03-31", "2027-03-31", PASS),
        ("2027-04-01", "2027-06-30", PASS),
        ("2027-06-30", "2027-07-01", OPEN),
        ("2027-07-01", "2027-07-31", FAIL),
    ],
)
def test_E3_titp_starts_by_30_june(first: str, last: str, expected: str) -> None:
    window = {"regime": "titp", "entry_from": first, "entry_to": last}
    assert state("regime_dates", None, window, on("2026-11-25")) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2027-01-31", PASS),  # approved by 31 March even after two months
        ("2027-02-01", OPEN),  # by 1 April, or by 1 March after one month
        ("2027-02-28", OPEN),
        ("2027-03-01", FAIL),  # by 1 April after one month
    ],
)
def test_E3_titp_plans_are_approved_by_31_march(day: str, expected: str) -> None:
    titp = {"regime": "titp", **SPRING}
    assert (
        state("regime_dates", None, {**titp, "plan_filing_on": day}, on("2026-11-25")) == expected
    )
    assert state("regime_dates", None, {**titp, "interview_on": day}, on("2026-11-25")) == expected
    assert state("regime_dates", None, titp, on(day)) == expected
    around = {**titp, "entry_from": "2027-03-31"}
    assert state("regime_dates", None, around, on(day)) == (PASS if expected == PASS else OPEN)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2026-12-31", PASS),  # approved by 28 February even after two months
        ("2027-01-31", OPEN),  # by 31 March, or by 28 February
        ("2027-02-01", FAIL),
    ],
)
def test_E3_a_plan_is_approved_before_entry(day: str, expected: str) -> None:
    winter = {"regime": "titp", "entry_from": "2027-02-01", "entry_to": "2027-02-28"}
    world = world_of(None, {**winter, "plan_filing_on": day}, on("2026-11-25"))
    assert state_in(world, "regime_dates") == expected
    if expected == FAIL:
        assert "approved March 1, 2027" in told(world, "regime_dates")
        assert "would need" not in told(world, "regime_dates")


@pytest.mark.parametrize("regime", ["titp", "esd"])
def test_E3_nobody_enters_in_a_window_that_is_over(regime: str) -> None:
    summer = {"regime": regime, "entry_from": "2027-05-01", "entry_to": "2027-06-30"}
    filed = {**summer, "plan_filing_on": "2027-01-15"}
    assert state("regime_dates", None, filed, on("2027-07-01")) == FAIL
    assert state("regime_dates", None, {**filed, "regime": "esd"}, on("2027-06-30")) == PASS


def test_E3_no_plan_is_filed_before_the_interview_or_too_early() -> None:
    titp = {"regime": "titp", **SPRING, "plan_filing_on": "2026-03-10"}
    early = world_of(None, titp, on("2026-09-01"))
    assert "plan filed November 1, 2026" in told(early, "regime_dates")
    today = world_of(None, titp, on("2026-11-25"))
    assert "plan filed November 25, 2026" in told(today, "regime_dates")
    talked = world_of(None, {**titp, "interview_on": "2027-03-01"}, on("2026-11-25"))
    assert state_in(talked, "regime_dates") == FAIL


def test_E3_a_plan_is_filed_six_months_before_entry_at_the_earliest() -> None:
    late = {"regime": "titp", "entry_from": "2027-06-30", "entry_to": "2027-06-30"}
    world = world_of(None, late, on("2026-11-25"))
    assert state_in(world, "regime_dates") == PASS  # filed 30 December, approved 28 February
    assert "plan filed December 30, 2026 at the earliest" in told(world, "regime_dates")


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        ("2027-03-01", "2027-03-31", FAIL),
        ("2027-03-31", "2027-04-01", OPEN),
        ("2027-04-01", "2027-04-30", PASS),
    ],
)
def test_E3_esd_starts_on_1_april(first: str, last: str, expected: str) -> None:
    window = {"regime": "esd", "entry_from": first, "entry_to": last}
    assert state("regime_dates", None, window, on("2026-11-25")) == expected


def test_E3_the_reason_names_the_regime_that_is_needed() -> None:
    late = {"regime": "titp", "entry_from": "2027-07-01", "entry_to": "2027-07-31"}
    assert "would need ESD" in told(world_of(None, late, on("2026-11-25")), "regime_dates")
    early = {"regime": "esd", "entry_from": "2027-03-01", "entry_to": "2027-03-31"}
    assert "would need TITP" in told(world_of(None, early, on("2026-11-25")), "regime_dates")


@pytest.mark.parametrize(
    ("window", "day", "stated", "expected", "noted"),
    [
        (("2027-03-01", "2027-03-31"), "2027-03-01", "", TITP, False),
        (("2027-04-01", "2027-06-30"), "2027-01-31", "", TITP, True),
        (("2027-04-01", "2027-06-30"), "2027-02-01", "", ESD, True),
        (("2027-03-31", "2027-04-01"), "2027-02-01", "", ESD, True),
        (("2027-06-30", "2027-07-31"), "2027-01-31", "", TITP, True),
        (("2027-07-01", "2027-07-31"), "2026-11-25", "", ESD, True),
        (("2027-07-01", "2027-07-31"), "2026-11-25", "titp", TITP, False),
        (("2027-03-01", "2027-03-31"), "2026-11-25", "esd", ESD, False),
    ],
)
def test_E3_a_blank_regime_is_settled_by_the_dates(
    window: tuple[str, str], day: str, stated: str, expected: int, noted: bool
) -> None:
    cells = {"entry_from": window[0], "entry_to": window[1], "regime": stated}
    problem = world_of(None, cells, on(day)).problem()
    assert problem.openings.regime.tolist() == [expected]
    assert [i.code for i in problem.notes if i.code == "REGIME_SETTLED"] == [
        "REGIME_SETTLED"
    ] * noted


# -- ESD -----------------------------------------------------------------------------------------


def test_E4_a_field_that_takes_people() -> None:
    fields = ("esd_field_accommodation", "esd_field_manufacturing")
    moulding = {**UNDER_ESD, "operation_no": "7-4-2"}
    assert state("esd_field", None, moulding) == PASS
    assert state("esd_field", None, moulding, ruled(fields[1], False)) == FAIL
    assert state("esd_field", None, moulding, ruled(fields[0], False)) == PASS
    assert state("esd_field", None, {**moulding, "regime": "titp"}, ruled(fields[1], False)) == PASS
    # Welding belongs to several fields: one that is open is enough.
    assert state("esd_field", None, UNDER_ESD, ruled(fields[1], False)) == PASS
    assert state("esd_field", None, {**UNDER_ESD, "operation_no": "7-14-2"}) == FAIL  # of no field


@pytest.mark.parametrize("level", ["", "belum tes", "none"])
def test_E5_without_n5_there_is_the_course(level: str) -> None:
    assert state("japanese_law", {"japanese_level": level}, UNDER_ESD) == OPEN
    text = told(world_of({"japanese_level": level}, UNDER_ESD), "japanese_law")
    assert "N5 or equal" in text
    assert "or a course of 100 hours within 320 hours of lectures" in text


@pytest.mark.parametrize("level", LEVELS[1:])
def test_E5_n5_or_better_passes(level: str) -> None:
    assert state("japanese_law", {"japanese_level": level}, UNDER_ESD) == PASS


@pytest.mark.parametrize(
    ("level", "expected", "confirmed"), [("N5", OPEN, FAIL), ("N4", PASS, PASS), ("", OPEN, OPEN)]
)
def test_E7_care_n4_is_a_condition_until_confirmed(
    level: str, expected: str, confirmed: str
) -> None:
    person, opening = {**CAREGIVER, "japanese_level": level}, {**CARE, **UNDER_ESD}
    assert state("japanese_law", person, opening) == expected
    assert state("japanese_law", person, opening, ruled("esd_care_level")) == confirmed


def test_E9_no_prior_experience_is_asked() -> None:
    nothing = {**TRAINED, "training_jp": "0", "jp_done": "0"}
    window = {"entry_from": "2027-04-01", "entry_to": "2027-04-01"}
    today = on("2027-04-01")
    assert state("prior_experience", nothing, {"regime": "titp", **window}, today) == FAIL
    assert state("prior_experience", nothing, {"regime": "esd", **window}, today) == PASS


@pytest.mark.parametrize(
    ("paid", "cost", "wage", "expected"),
    [
        ("0", "0", "170000", PASS),
        ("0", "0", "", PASS),
        ("40200000", "4000000", "170000", PASS),  # 2 × 170,000 yen × 130 rupiah
        ("40200001", "4000000", "170000", OPEN),
        ("44200000", "0", "170000", PASS),
        ("900000000", "0", "170000", OPEN),  # a condition, never a failure
        ("", "0", "170000", OPEN),
        ("0", "", "170000", OPEN),
        ("1", "0", "", OPEN),
    ],
)
def test_E11_the_fee_cap_makes_conditions_only(
    paid: str, cost: str, wage: str, expected: str
) -> None:
    opening = {**UNDER_ESD, "cost_to_candidate": cost, "monthly_wage": wage}
    person = {"cost_to_candidate": paid}
    assert state("esd_fees", person, opening) == expected
    assert state("esd_fees", person, {**opening, "regime": "titp"}) == PASS


@pytest.mark.parametrize(
    ("cost", "settled", "expected"),
    [
        ("44200000", True, PASS),  # 2 months × 170,000 yen × 130 rupiah
        ("44200001", True, FAIL),
        ("44200001", False, OPEN),
    ],
)
def test_E11_once_confirmed_what_is_still_to_pay_may_refuse(
    cost: str, settled: bool, expected: str
) -> None:
    chosen = ruled("esd_fee_months") if settled else {}
    chosen = {**chosen, "costs": {"rupiah_per_yen": 130, "cap": 10**9}}
    person = {"cost_to_candidate": "0"}
    assert state("esd_fees", person, {**UNDER_ESD, "cost_to_candidate": cost}, chosen) == expected
    paid = {"cost_to_candidate": "99000000"}  # what was paid lowers no chance
    assert state("esd_fees", paid, {**UNDER_ESD, "cost_to_candidate": "0"}, chosen) == OPEN


def test_E11_the_rate_is_the_scenarios_or_the_books() -> None:
    person, opening = {"cost_to_candidate": "44200000"}, UNDER_ESD
    assert state("esd_fees", person, opening, {"costs": {"rupiah_per_yen": 129}}) == OPEN
    assert state("esd_fees", person, opening, {"costs": {"rupiah_per_yen": 130}}) == PASS
    assert state("esd_fees", person, opening, ruled("esd_fee_months", 1)) == OPEN
    text = told(world_of(person, opening), "esd_fees")
    assert "at most 2 months × 170,000 yen × 130 rupiah = Rp 44,200,000" in text


# -- Quota, cost, wishes -------------------------------------------------------------------------


@pytest.mark.parametrize("unsettled", [False, True])
def test_T2_what_is_not_known_of_a_quota_is_a_condition(unsettled: bool) -> None:
    problem = one_pair().problem()
    facts = gather_facts(problem)
    quotas = replace(facts.quotas, unsettled=np.array([unsettled]))
    facts = replace(facts, quotas=quotas)
    fails, unknown = host_quota(problem.candidates.down(), problem.openings.across(), facts)
    assert (bool(fails.any()), bool(unknown.any())) == (False, unsettled)


@pytest.mark.parametrize(
    ("cost", "expected"), [("0", PASS), ("3000000", PASS), ("3000001", FAIL), ("", OPEN)]
)
def test_cost_cap(cost: str, expected: str) -> None:
    cap = {"costs": {"cap": 3_000_000}}
    paid = {"cost_to_candidate": "99000000"}
    assert state("cost_cap", paid, {"cost_to_candidate": cost}, cap) == expected


@pytest.mark.parametrize(("sex", "expected"), [("L", PASS), ("P", FAIL), ("", OPEN)])
def test_enforced_wish(sex: str, expected: str) -> None:
    reason = "Asrama hanya untuk laki-laki"
    world = world_of({"sex": sex}, {"wishes": "laki-laki", "wish_reason": "asrama"})
    enforced = {**decision("enforce:sex", "", "O1"), "reason": reason}
    assert state_in(world, "enforced_wish") == PASS
    world = replace(world, decisions=(enforced,))
    assert state_in(world, "enforced_wish") == expected
    if expected != PASS:
        assert reason in told(world, "enforced_wish")


@pytest.mark.parametrize("months", [0, 1, 11, 12, 240])
def test_months_beyond_the_calendar_end_with_it(months: int) -> None:
    first, last = day_number(date.min), day_number(date.max)
    assert add_months(last, months) == last
    assert add_months(first, -months) == first
    assert add_months(day_number(date(9999, 11, 30)), 1) == day_number(date(9999, 12, 30))
    assert add_months(day_number(date(1, 2, 28)), -1) == day_number(date(1, 1, 28))
