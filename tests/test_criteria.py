"""Each criterion's low and high end, worked out by hand from the table of criteria."""

from __future__ import annotations

from datetime import timedelta

import pytest

from matcher import settings
from matcher.criteria import CRITERIA
from matcher.fit import gather_facts
from matcher.score import break_down
from tests.worlds import ON, Row, one_pair

Ends = tuple[int, int]
CARE = {"operation_no": "7-13-1"}


def ends(criterion: str, person: Row | None = None, opening: Row | None = None) -> Ends:
    """Return both ends of a criterion for the welder that fits, with some cells changed."""
    problem = one_pair(person, opening).problem()
    lines = {line.criterion: line for line in break_down(problem, gather_facts(problem), 0, 0)}
    return lines[criterion].low, lines[criterion].high


def value(criterion: str, person: Row | None = None, opening: Row | None = None) -> int:
    """Return the value of a criterion in which nothing is unknown."""
    low, high = ends(criterion, person, opening)
    assert low == high
    return low


def test_the_criteria_have_the_same_names_in_the_same_order_everywhere() -> None:
    names = tuple(criterion.name for criterion in CRITERIA)
    assert names == settings.CRITERIA
    assert names == tuple(settings.Weights.model_fields)
    assert names == tuple(settings.Unknown.model_fields)


def test_the_default_weights_are_those_of_the_table() -> None:
    weights = [getattr(settings.Weights(), criterion.name) for criterion in CRITERIA]
    assert weights == [380, 100, 120, 80, 60, 120, 100, 40]
    assert [criterion.part for criterion in CRITERIA] == ["fit"] * 5 + ["consideration"] * 3


@pytest.mark.parametrize(
    ("programme", "operation", "expected"),
    [
        ("las-pelat-gmaw-3g", "7-7-2", 1000),
        # service (300 of 4400) is not taught: 4100 / 4400
        ("kes-caregiver", "7-13-1", 931),
        ("kes-caregiver", "7-4-2", 0),
    ],
)
def test_skill_fit(programme: str, operation: str, expected: int) -> None:
    assert value("skill_fit", {"programme": programme}, {"operation_no": operation}) == expected


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("welding.cutting:1", 1000),
        ("welding.cutting:2", 500),
        ("welding.cutting:3", 333),
        ("welding.cutting:1!", 1000),
        ("food.cut.fish:1", 0),
        ("welding.cutting:2; food.cut.fish:1", 250),
        ("welding.cutting:3; welding.prep:2; food.cut.fish:1", 444),
        ("safety.general:1", 1000),
    ],
)
def test_extra_needs_are_of_equal_importance(asked: str, expected: int) -> None:
    assert value("extra_needs", {}, {"skills": asked}) == expected


def test_without_extra_needs_the_skill_fit_stands_in() -> None:
    for operation in ("7-7-2", "7-7-1", "5-6-1"):
        opening = {"operation_no": operation}
        assert value("extra_needs", {}, opening) == value("skill_fit", {}, opening)


PASSED: Row = {
    "training_result": "lulus",
    "training_end": "2022-11-30",
    "training_jp": "640",
    "jp_done": "0",
}


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, 300),
        ({"school_hours_done": "320"}, 500),
        ({"school_hours_done": "321"}, 500),
        ({"school_hours_done": "319"}, 499),
        ({"school_hours_done": "160"}, 400),
        ({"jp_done": "426"}, 499),
        ({"jp_done": "427"}, 500),
        ({"jp_done": "480", "minutes_per_jp": "40"}, 500),
        ({"jp_done": "479", "minutes_per_jp": "40"}, 499),
        ({"jp_done": "160", "school_hours_done": "200"}, 500),
        ({"jp_done": "160", "school_hours_done": "199"}, 499),
        ({"school_hours_planned": "0", "school_hours_done": ""}, 300),
        ({"certificates": "C.25LAS01.001.1"}, 700),
        ({"certificates": "C.25LAS01.001.1@2022-12-12"}, 700),
        ({"certificates": "C.25LAS01.001.1@2022-12-11"}, 300),
        ({"certificates": "C.25LAS01.001.1; C.25LAS01.026.1"}, 700),
        ({"experience": "7-7-1:6"}, 350),
        ({"experience": "7-7-1:11"}, 391),
        ({"experience": "7-7-1:12"}, 400),
        ({"experience": "7-7-1:7; 7-7-2:5"}, 400),
        ({"experience": "7-7-1:120"}, 400),
        ({"experience": "6-6-1:12"}, 300),
        ({"training_end": "2022-12-12"}, 300),
        ({"training_end": "2021-12-12"}, 300),  # 12 months ago
        ({"training_end": "2021-12-10"}, 299),
        ({"training_end": "2020-12-12"}, 250),  # 24 months
        ({"training_end": "2020-01-01"}, 202),
        ({"training_end": "2019-12-12", "training_start": ""}, 200),  # 36 months
        ({"training_end": "2015-01-01", "training_start": ""}, 200),
        ({"training_result": "tidak lulus"}, 100),
        ({"training_result": "tidak lulus", "training_end": "2023-03-17"}, 0),
    ],
)
def test_training_that_is_over(cells: Row, expected: int) -> None:
    assert value("training", {**PASSED, "training_start": "", **cells}) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        # 160 of 640 JP of 45 minutes done: 120 and 480 clock hours
        ({}, (75, 500)),
        ({"training_jp": "320"}, (75, 450)),
        ({"training_jp": ""}, (75, 375)),
        ({"training_jp": "320", "school_hours_planned": "79"}, (75, 499)),
        ({"training_jp": "320", "school_hours_planned": "80"}, (75, 500)),
        ({"jp_done": ""}, (0, 500)),
        ({"jp_done": "240", "minutes_per_jp": "", "training_jp": ""}, (100, 412)),
        ({"training_result": ""}, (75, 500)),
        ({"training_end": ""}, (75, 500)),
        ({"training_end": "2022-12-12"}, (175, 500)),
        ({"training_end": "2022-12-13"}, (75, 500)),
        ({"training_result": "lulus"}, (275, 375)),
        ({"training_result": "lulus", "training_end": ""}, (275, 375)),
        ({"certificates": "C.25LAS01.001.1", "experience": "7-7-2:12"}, (575, 1000)),
    ],
)
def test_training_that_is_not(cells: Row, expected: Ends) -> None:
    assert ends("training", cells) == expected


@pytest.mark.parametrize(
    ("opening", "levels"),
    [
        ({}, {"none": 200, "N5": 500, "N4": 800, "N3": 1000, "N2": 1000, "N1": 1000}),
        ({"min_japanese": "none"}, {"none": 200, "N5": 500, "N4": 800, "N3": 1000}),
        ({"min_japanese": "N5"}, {"N5": 600, "N4": 800, "N3": 1000, "N2": 1000, "N1": 1000}),
        ({"min_japanese": "N4"}, {"N4": 600, "N3": 800, "N2": 1000, "N1": 1000}),
        (CARE, {"N4": 600, "N3": 800, "N2": 1000, "N1": 1000}),
        ({**CARE, "min_japanese": "N5"}, {"N4": 600, "N3": 800}),
        ({**CARE, "min_japanese": "N3"}, {"N3": 600, "N2": 800, "N1": 1000}),
        ({"min_japanese": "N3"}, {"N3": 600, "N2": 800, "N1": 1000}),
        ({"min_japanese": "N2"}, {"N2": 600, "N1": 800}),
        ({"min_japanese": "N1"}, {"N1": 600}),
    ],
)
def test_language_that_is_known(opening: Row, levels: dict[str, int]) -> None:
    for level, expected in levels.items():
        assert value("language", {"japanese_level": level}, opening) == expected


@pytest.mark.parametrize("level", ["", "belum tes"])
@pytest.mark.parametrize(
    ("minimum", "high"),
    [("", 800), ("N5", 800), ("N4", 800), ("N3", 600), ("N2", 200), ("N1", 200)],
)
def test_language_that_is_not_known(level: str, minimum: str, high: int) -> None:
    person = {"japanese_level": level}
    assert ends("language", person, {"min_japanese": minimum}) == (200, high)


@pytest.mark.parametrize(
    ("level", "coming", "expected"),
    [
        ("N5", "N4@2023-04-01", (600, 600)),
        ("N5", "N2@2023-04-01", (600, 600)),
        ("none", "N4@2023-04-01", (600, 600)),
        ("N4", "N3@2023-04-01", (600, 600)),
        ("N3", "N2@2023-04-01", (800, 800)),
        ("", "N4@2023-04-01", (200, 800)),
    ],
)
def test_language_that_is_expected(level: str, coming: str, expected: Ends) -> None:
    person = {"japanese_level": level, "japanese_expected": coming}
    assert ends("language", person, {"min_japanese": "N4"}) == expected


@pytest.mark.parametrize(
    ("cells", "expected"),
    [
        ({}, (1000, 1000)),
        ({"available_from": "2023-04-01"}, (1000, 1000)),
        ({"available_from": "2023-04-02"}, (996, 996)),  # 1 of 152 days
        ({"available_from": "2023-06-16"}, (750, 750)),  # 76 of 152 days
        ({"available_from": "2023-08-30"}, (503, 503)),
        ({"available_from": "2023-08-31"}, (500, 500)),
        ({"available_from": "", "training_end": "2023-03-17"}, (1000, 1000)),
        ({"available_from": "", "training_end": "2023-06-16"}, (750, 750)),
        ({"available_from": "", "training_end": ""}, (500, 1000)),
        ({"passport_until": ""}, (900, 1000)),
        ({"passport_until": "2023-03-31"}, (900, 900)),
        ({"passport_until": "2023-04-02"}, (1000, 1000)),
        ({"medical": ""}, (900, 1000)),
        ({"medical": "pending"}, (900, 900)),
        ({"medical": "unfit"}, (900, 900)),
        ({"family_consent": ""}, (900, 1000)),
        ({"family_consent": "tidak"}, (900, 900)),
        ({"passport_until": "", "medical": "", "family_consent": "tidak"}, (700, 900)),
        (
            {"passport_until": "2023-01-01", "medical": "pending", "available_from": "2023-08-31"},
            (300, 300),
        ),
    ],
)
def test_readiness_in_a_window_of_152_days(cells: Row, expected: Ends) -> None:
    assert ends("readiness", cells) == expected


@pytest.mark.parametrize(("day", "expected"), [("2023-04-30", 1000), ("2023-05-01", 1000)])
def test_readiness_in_a_window_of_one_day(day: str, expected: int) -> None:
    opening = {"entry_from": "2023-05-01", "entry_to": "2023-05-01"}
    assert value("readiness", {"available_from": day}, opening) == expected
    blank = {"available_from": "", "training_end": ""}
    assert ends("readiness", blank, opening) == (500, 1000)


@pytest.mark.parametrize(
    ("jobs", "places", "expected"),
    [
        ("", "", 500),
        ("7-7-2", "", 800),
        ("7-7", "", 800),
        ("6-6-1; 7-7-2", "", 680),
        ("6-6-1; 7-7-1; 7-7-2", "", 560),
        ("6-6-1; 7-7-1", "", 380),
        ("", "Aichi", 700),
        ("", "Osaka; Aichi", 620),
        ("", "Osaka; Gifu; Aichi", 540),
        ("", "Osaka; Gifu", 420),
        ("7-7-2", "Aichi", 1000),
        ("7-7-2", "Osaka", 720),
        ("6-6-1", "愛知", 580),
        ("6-6-1; 7-7", "Osaka; Gifu; Aichi", 720),
        ("6-6-1", "Osaka", 300),
    ],
)
def test_wishes(jobs: str, places: str, expected: int) -> None:
    person = {"wishes_job_types": jobs, "wishes_prefectures": places}
    assert value("wishes", person) == expected


@pytest.mark.parametrize("name", ["Kyoto", "京都府", "東京", "大阪", "北海道"])
def test_prefectures_are_wished_for_by_their_short_names_too(name: str) -> None:
    ends("wishes", {"wishes_prefectures": name})


def test_kyoto_is_wished_for_by_its_short_name() -> None:
    assert value("wishes", {"wishes_prefectures": "京都"}, {"prefecture": "Kyoto"}) == 700


@pytest.mark.parametrize(
    ("places", "expected"), [("", (500, 500)), ("Osaka", (420, 700)), ("Osaka; Gifu", (420, 700))]
)
def test_wishes_for_a_place_that_is_not_known(places: str, expected: Ends) -> None:
    assert ends("wishes", {"wishes_prefectures": places}, {"prefecture": ""}) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, 0), (1, 2), (180, 500), (359, 997), (360, 1000), (361, 1000), (400, 1000)],
)
def test_waiting(days: int, expected: int) -> None:
    since = (ON - timedelta(days)).isoformat()
    assert value("waiting", {"accepted_on": since}) == expected


def test_waiting_that_is_not_known() -> None:
    assert ends("waiting", {"accepted_on": ""}) == (0, 1000)


@pytest.mark.parametrize(
    ("rupiah", "expected"),
    [
        (0, 1000),
        (1, 999),  # the value as a whole rounds down
        (1_250_000, 750),
        (2_500_000, 500),
        (5_000_000, 0),
        (5_000_001, 0),
        (10**12, 0),
    ],
)
def test_cost(rupiah: int, expected: int) -> None:
    assert value("cost", {}, {"cost_to_candidate": str(rupiah)}) == expected


def test_cost_that_is_not_known() -> None:
    assert ends("cost", {}, {"cost_to_candidate": ""}) == (0, 1000)


def test_what_a_person_has_paid_is_not_scored() -> None:
    paid = {"cost_to_candidate": "4000000", "costs": "self:4000000"}
    for criterion in settings.CRITERIA:
        assert ends(criterion, paid) == ends(criterion)
