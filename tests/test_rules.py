"""Each rule of `RULES` on both sides of each of its boundaries, and blocks against single pairs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from matcher.check import open_scenario
from matcher.criteria import CRITERIA
from matcher.errors import InputError
from matcher.explain.reasons import REASONS
from matcher.fit import Facts, gather_facts
from matcher.pipeline import match
from matcher.problem import NO_DAY, Problem, Standing, coming_of_age, day_number
from matcher.rules import RULES, WAIVABLE
from matcher.screen import judge
from tests.conftest import PILOT
from tests.worlds import ON, Row, World, decision, one_pair

PASS, FAIL, OPEN = "pass", "fail", "condition"
CARE = {"operation_no": "7-13-1"}


def states_of(world: World) -> dict[str, str]:
    """Return the state of each rule for the first person at the first opening."""
    problem = world.problem()
    c, o = problem.candidates.at([0]), problem.openings.at([0])
    answers = judge(c, o, gather_facts(problem))
    return {
        rule.name: FAIL if fails.any() else OPEN if unknown.any() else PASS
        for rule, (fails, unknown) in zip(RULES, answers, strict=True)
    }


def state(rule: str, person: Row | None = None, opening: Row | None = None) -> str:
    """Return the state of a rule for the welder and the job order that fit, some cells changed."""
    return states_of(one_pair(person, opening))[rule]


def test_the_pair_that_fits_passes_every_rule() -> None:
    assert set(states_of(one_pair()).values()) == {PASS}


@pytest.mark.parametrize(
    ("result", "ends", "expected"),
    [
        ("lulus", "2022-11-30", PASS),
        ("lulus", "2023-09-01", PASS),
        ("lulus", "", PASS),
        ("dalam proses", "2023-03-17", PASS),
        ("dalam proses", "2023-08-31", PASS),
        ("dalam proses", "2023-09-01", FAIL),
        ("dalam proses", "", OPEN),
        ("tidak lulus", "2022-11-30", FAIL),
        ("tidak lulus", "", FAIL),
        ("", "2023-08-31", OPEN),
        ("", "2023-09-01", FAIL),
        ("", "", OPEN),
    ],
)
def test_training_result(result: str, ends: str, expected: str) -> None:
    person = {"training_result": result, "training_end": ends}
    assert state("training_result", person) == expected


@pytest.mark.parametrize(
    ("medical", "expected"), [("fit", PASS), ("unfit", FAIL), ("pending", OPEN), ("", OPEN)]
)
def test_medical(medical: str, expected: str) -> None:
    assert state("medical", {"medical": medical}) == expected


@pytest.mark.parametrize(("answer", "expected"), [("ya", PASS), ("tidak", FAIL), ("", PASS)])
def test_wants_abroad(answer: str, expected: str) -> None:
    assert state("wants_abroad", {"wants_abroad": answer}) == expected


@pytest.mark.parametrize(
    ("birth", "expected"),
    [
        ("2005-03-31", PASS),
        ("2005-04-01", PASS),
        ("2005-04-02", OPEN),
        ("2005-08-31", OPEN),
        ("2005-09-01", FAIL),
    ],
)
def test_age_in_a_window_from_1_april_to_31_august(birth: str, expected: str) -> None:
    assert state("age", {"birth_date": birth}) == expected


@pytest.mark.parametrize(
    ("window", "expected"),
    [
        ("2022-03-01 2022-03-31", PASS),
        ("2022-02-28 2022-03-01", OPEN),
        ("2022-02-01 2022-02-28", FAIL),
    ],
)
def test_who_was_born_on_29_february_is_18_on_1_march(window: str, expected: str) -> None:
    start, end = window.split()
    opening = {"entry_from": start, "entry_to": end}
    assert state("age", {"birth_date": "2004-02-29"}, opening) == expected


def test_coming_of_ages() -> None:
    for birth, expected in (
        ("2004-02-28", "2022-02-28"),
        ("2004-02-29", "2022-03-01"),
        ("2004-03-01", "2022-03-01"),
        ("2002-02-28", "2020-02-28"),
    ):
        days = (day_number(type(ON).fromisoformat(text)) for text in (birth, expected))
        assert coming_of_age(next(days)) == next(days)


@pytest.mark.parametrize(
    ("operation", "stage", "expected"),
    [("7-7-2", "iii", PASS), ("3-23-1", "ii", PASS), ("3-23-1", "iii", FAIL), ("3-23-1", "", PASS)],
)
def test_job_stage(operation: str, stage: str, expected: str) -> None:
    assert state("job_stage", {}, {"operation_no": operation, "stage": stage}) == expected


@pytest.mark.parametrize(
    ("answer", "stage", "expected"),
    [
        ("tidak", "i", PASS),
        ("tidak", "", PASS),
        ("ya", "i", FAIL),
        ("", "i", OPEN),
        ("ya", "ii", OPEN),
        ("tidak", "ii", FAIL),
    ],
)
def test_former_trainee(answer: str, stage: str, expected: str) -> None:
    assert state("former_trainee", {"former_trainee": answer}, {"stage": stage}) == expected


@pytest.mark.parametrize(
    ("rule", "opening"),
    [("japanese_law", CARE), ("japanese_order", {"min_japanese": "N4"})],
)
@pytest.mark.parametrize(
    ("level", "coming", "expected"),
    [
        ("N3", "", PASS),
        ("N4", "", PASS),
        ("NAT-TEST 4Q", "", PASS),
        ("N5", "", FAIL),
        ("none", "", FAIL),
        ("", "", OPEN),
        ("belum tes", "", OPEN),
        ("N5", "N4@2023-04-01", OPEN),
        ("N5", "N3@2023-03-31", OPEN),
        ("N5", "N4@2023-04-02", FAIL),
        ("none", "N5@2023-03-31", FAIL),
        ("", "N4@2023-04-02", OPEN),
    ],
)
def test_language(rule: str, opening: Row, level: str, coming: str, expected: str) -> None:
    person = {"japanese_level": level, "japanese_expected": coming}
    assert state(rule, person, opening) == expected


@pytest.mark.parametrize("level", ["", "belum tes", "none", "N5"])
def test_language_is_not_asked_where_nothing_is_required(level: str) -> None:
    states = states_of(one_pair({"japanese_level": level}))
    assert states["japanese_law"] == states["japanese_order"] == PASS


@pytest.mark.parametrize(
    ("cells", "asked", "expected"),
    [
        ({}, "welding.cutting:1!", OPEN),
        ({"skills": "welding.cutting:1"}, "welding.cutting:1!", PASS),
        ({"skills": "welding.cutting:2"}, "welding.cutting:1!", PASS),
        ({}, "welding.cutting:2!", FAIL),
        ({"skills": "welding.cutting:1"}, "welding.cutting:2!", FAIL),
        ({"skills": "welding.cutting:2"}, "welding.cutting:2!", PASS),
        ({"certificates": "UNIT"}, "welding.inspect:3!", PASS),
        ({"certificates": "UNIT@2022-12-12"}, "welding.inspect:3!", PASS),
        ({"certificates": "UNIT@2022-12-11"}, "welding.inspect:2!", OPEN),
        ({"certificates": "UNIT@2022-12-11"}, "welding.inspect:3!", FAIL),
        ({}, "food.cut.fish:1!", FAIL),
        ({}, "food.cut.fish:1", PASS),
        ({"skills": "welding.cutting:1"}, "welding.cutting:1!; welding.prep:1!", OPEN),
        ({"skills": "welding.cutting:1"}, "welding.cutting:1!; food.cut.fish:1!", FAIL),
        ({}, "safety.general:1!", OPEN),
    ],
)
def test_must_skills(cells: Row, asked: str, expected: str) -> None:
    person = {column: cell.replace("UNIT", INSPECTION) for column, cell in cells.items()}
    assert state("must_skills", person, {"skills": asked}) == expected


INSPECTION = "C.25LAS01.026.1"


@pytest.mark.parametrize(
    ("cells", "opening", "expected"),
    [
        ({}, {}, PASS),
        ({"programme": "kes-caregiver"}, {}, FAIL),
        ({"programme": "kes-caregiver", "experience": "7-7-1:6"}, {}, PASS),
        ({"programme": "kes-caregiver", "experience": "7-7-1:5"}, {}, FAIL),
        ({"programme": "kes-caregiver", "experience": "7-7-1:3; 7-7-2:3"}, {}, PASS),
        ({"programme": "kes-caregiver", "experience": "6-6-1:60"}, {}, FAIL),
        ({"programme": "kes-caregiver", "accepts_any_trade": "ya"}, {"any_trade": "ya"}, PASS),
        ({"programme": "kes-caregiver", "accepts_any_trade": ""}, {"any_trade": "ya"}, OPEN),
        ({"programme": "kes-caregiver", "accepts_any_trade": "tidak"}, {"any_trade": "ya"}, FAIL),
        ({"programme": "kes-caregiver", "accepts_any_trade": "ya"}, {"any_trade": ""}, FAIL),
        ({"programme": "kes-caregiver", "accepts_any_trade": ""}, {"any_trade": "tidak"}, FAIL),
        ({"accepts_any_trade": "tidak"}, {"any_trade": "ya"}, PASS),
    ],
)
def test_trained_for(cells: Row, opening: Row, expected: str) -> None:
    assert state("trained_for", cells, opening) == expected


@pytest.mark.parametrize("above", [0, 1])
def test_trained_for_asks_the_least_skill_fit_itself(above: int) -> None:
    world = one_pair({}, {"operation_no": "7-7-1"})
    facts = gather_facts(world.problem())
    least = int(facts.fit[0, 0]) + above
    states = states_of(replace(world, objective={"min_skill_fit": least}))
    assert states["trained_for"] == (FAIL if above else PASS)


@pytest.mark.parametrize("operation", ["1-2-1", "4-6-1", "4-6-2", "4-7-1"])
@pytest.mark.parametrize(
    ("cells", "expected"),
    [({}, OPEN), ({"refuses": "pork"}, FAIL), ({"accepts": "pork"}, PASS)],
)
def test_work_with_pigs_implies_pork(operation: str, cells: Row, expected: str) -> None:
    assert state("conditions", cells, {"operation_no": operation}) == expected


@pytest.mark.parametrize(
    ("cells", "named", "expected"),
    [
        ({}, "", PASS),
        ({"refuses": "pork; heights"}, "", PASS),
        ({}, "heights", OPEN),
        ({"accepts": "heights"}, "heights", PASS),
        ({"refuses": "heights"}, "heights", FAIL),
        ({"accepts": "heights"}, "heights; alcohol", OPEN),
        ({"accepts": "heights", "refuses": "alcohol"}, "heights; alcohol", FAIL),
        ({"accepts": "heights", "refuses": "heights"}, "heights", FAIL),
    ],
)
def test_conditions(cells: Row, named: str, expected: str) -> None:
    assert state("conditions", cells, {"conditions": named}) == expected


@pytest.mark.parametrize(
    ("refuses", "expected"),
    [
        ("7-7-2", FAIL),
        ("7-7", FAIL),
        ("7-7-1", PASS),
        ("Aichi", FAIL),
        ("愛知県", FAIL),
        ("Osaka", PASS),
        ("", PASS),
    ],
)
def test_refused_work(refuses: str, expected: str) -> None:
    assert state("refused_work", {"refuses": refuses}) == expected


def test_a_place_not_known_is_a_condition_for_who_refuses_places() -> None:
    assert state("refused_work", {"refuses": "Osaka"}, {"prefecture": ""}) == OPEN


@pytest.mark.parametrize(
    ("closes", "expected"),
    [("2022-12-11", FAIL), ("2022-12-12", PASS), ("2022-12-13", PASS), ("", PASS)],
)
def test_order_open(closes: str, expected: str) -> None:
    assert state("order_open", {}, {"order_closes": closes}) == expected


@pytest.mark.parametrize(
    ("school", "senders", "expected"),
    [
        ("S1", "", PASS),
        ("", "", PASS),
        ("S1", "S1; S2", PASS),
        ("S2", "S1; S2", PASS),
        ("S3", "S1; S2", FAIL),
        ("", "S1; S2", OPEN),
    ],
)
def test_school_allowed(school: str, senders: str, expected: str) -> None:
    assert state("school_allowed", {"school": school}, {"senders": senders}) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2023-04-01", PASS), ("2023-08-31", PASS), ("2023-09-01", FAIL), ("", PASS)],
)
def test_entry_window(day: str, expected: str) -> None:
    assert state("entry_window", {"available_from": day}) == expected


# -- Decisions and standings ---------------------------------------------------------------------


@pytest.mark.parametrize(
    ("deposit", "standing"),
    [("", Standing.PRESENT), ("0", Standing.PRESENT), ("1", Standing.HELD)],
)
def test_a_deposit_holds_the_person(deposit: str, standing: Standing) -> None:
    result = match(one_pair({"deposit": deposit}).problem())
    assert result.problem.standing[0] == standing
    assert (result.plan.opening[0] == 0) == (standing == Standing.PRESENT)


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        (decision("forbid", "C1", "O1"), FAIL),
        (decision("forbid", "C1"), FAIL),
        (decision("forbid", "", "O1"), FAIL),
        (decision("hold", "", "O1"), FAIL),
        (decision("withdraw", "", "O1"), FAIL),
        (decision("forbid", "C2", "O1"), PASS),
        (decision("forbid", "C2"), PASS),
        (decision("forbid", "C1", "O2"), PASS),
        (decision("forbid", "", "O2"), PASS),
        (decision("place", "C1", "O1"), PASS),
        (decision("hold", "C1"), PASS),
    ],
)
def test_decisions(row: Row, expected: str) -> None:
    assert states_of(decided(row))["decision"] == expected


@pytest.mark.parametrize(
    ("action", "standing"), [("hold", Standing.HELD), ("withdraw", Standing.WITHDRAWN)]
)
def test_people_held_or_withdrawn_take_no_part(action: str, standing: Standing) -> None:
    result = match(decided(decision(action, "C1")).problem())
    assert result.problem.standing.tolist() == [standing, Standing.PRESENT]
    assert 0 not in result.screening.candidate
    assert result.plan.opening[0] == -1


def decided(*rows: Row) -> World:
    """Return two people and two openings, all alike, with decisions."""
    world = one_pair()
    return replace(
        world,
        candidates=(*world.candidates, {**world.candidates[0], "candidate_id": "C2"}),
        openings=(*world.openings, {**world.openings[0], "opening_id": "O2"}),
        decisions=rows,
    )


NOT_MET: dict[str, tuple[Row, Row]] = {
    "japanese_order": ({}, {"min_japanese": "N4"}),
    "must_skills": ({}, {"skills": "food.cut.fish:1!"}),
    "entry_window": ({"available_from": "2023-09-01"}, {}),
    "order_open": ({}, {"order_closes": "2022-12-11"}),
    "school_allowed": ({"school": "S3"}, {"senders": "S1"}),
}


def test_every_rule_has_a_bit_and_words_for_what_is_held() -> None:
    assert len(RULES) <= np.iinfo(np.uint32).bits
    assert set(REASONS) == {rule.name for rule in RULES}


def test_the_rules_of_orders_and_no_others_can_be_waived() -> None:
    assert set(WAIVABLE) == {*NOT_MET, "interview"}  # the latter: see test_next_run
    for rule in RULES:
        world = replace(one_pair(), decisions=(decision(f"waive:{rule.name}", "C1", "O1"),))
        if rule.waivable:
            assert rule.kind == "order"
            world.problem()
        else:
            with pytest.raises(InputError):
                world.problem()


@pytest.mark.parametrize("rule", NOT_MET)
@pytest.mark.parametrize(
    ("candidate_id", "opening_id", "lifted"),
    [("C1", "O1", True), ("C1", "", True), ("", "O1", True), ("C2", "", False), ("", "O2", False)],
)
def test_a_waiver_lifts_its_rule_where_it_says(
    rule: str, candidate_id: str, opening_id: str, lifted: bool
) -> None:
    person, opening = NOT_MET[rule]
    world = decided(decision(f"waive:{rule}", candidate_id, opening_id))
    states = states_of(world.with_person(0, **person).with_opening(0, **opening))
    assert states.pop(rule) == (PASS if lifted else FAIL)
    assert set(states.values()) == {PASS}


def test_a_waiver_lifts_a_condition_too() -> None:
    world = decided(decision("waive:japanese_order", "C1", "O1"))
    world = world.with_person(0, japanese_level="").with_opening(0, min_japanese="N4")
    assert states_of(world)["japanese_order"] == PASS
    assert states_of(replace(world, decisions=()))["japanese_order"] == OPEN


def test_a_waiver_does_not_lift_the_law_of_the_same_kind() -> None:
    world = decided(decision("waive:japanese_order", "C1", "O1")).with_opening(0, **CARE)
    assert states_of(world)["japanese_law"] == FAIL


# -- Blocks of pairs against one pair at a time --------------------------------------------------


@pytest.fixture(scope="module")
def pilot_facts() -> tuple[Problem, Facts]:
    """The pilot's problem and facts."""
    problem = open_scenario(PILOT)
    return problem, gather_facts(problem)


Table = NDArray[np.integer] | NDArray[np.bool_]


def test_rules_on_a_block_are_the_rules_on_each_pair(pilot_facts: tuple[Problem, Facts]) -> None:
    problem, facts = pilot_facts
    size = (len(problem.candidate_ids), len(problem.opening_ids))
    c, o = problem.candidates.down(), problem.openings.across()
    block = tables(judge(c, o, facts), size)
    for i in range(size[0]):
        for j in range(i % 3, size[1], 3):
            one = judge(problem.candidates.at([i]), problem.openings.at([j]), facts)
            assert [bool(mask.any()) for pair in one for mask in pair] == block[:, i, j].tolist()


def test_criteria_on_a_block_are_the_criteria_on_each_pair(
    pilot_facts: tuple[Problem, Facts],
) -> None:
    problem, facts = pilot_facts
    size = (len(problem.candidate_ids), len(problem.opening_ids))
    c, o = problem.candidates.down(), problem.openings.across()
    block = tables([criterion.value(c, o, facts) for criterion in CRITERIA], size)
    for i in range(size[0]):
        for j in range(i % 3, size[1], 3):
            c, o = problem.candidates.at([i]), problem.openings.at([j])
            ends = [criterion.value(c, o, facts) for criterion in CRITERIA]
            assert [end.item() for pair in ends for end in pair] == block[:, i, j].tolist()


def tables(answers: Sequence[tuple[Table, Table]], size: tuple[int, int]) -> Table:
    """Return both arrays of each answer, spread over all pairs."""
    return np.array([np.broadcast_to(side, size) for answer in answers for side in answer])


def test_no_day_lies_before_every_date() -> None:
    assert day_number(type(ON).min) > NO_DAY
