"""The book of rules: every figure on both sides of its boundaries, what is certain, what a scenario
rules, and how it is printed."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from matcher.cli import main
from matcher.law import Law, Misruled, Ruling, check_rulings, load_law
from matcher.law.book import load_book, sentences
from matcher.law.figures import Value
from matcher.report.rulebook import rules_table
from matcher.vocabulary import load_vocabulary

LAW = load_law()
RULES = (
    *(f"T{n}" for n in range(1, 17)),
    *("T9b", "T9c", "§2", "§3", "§4"),
    *(f"E{n}" for n in range(1, 19)),
    *(f"L{n}" for n in range(1, 9)),
    *(f"D{n}" for n in range(1, 5)),
    *(f"W{n}" for n in range(1, 4)),
)


def ruled(**values: Value) -> Law:
    """Return the law with figures ruled by JOE."""
    day = date(2026, 11, 20)
    return load_law({key: Ruling(key, value, "JOE", day, "") for key, value in values.items()})


@pytest.mark.parametrize(
    ("staff", "number"),
    [
        (1, 3), (30, 3), (31, 4), (40, 4), (41, 5), (50, 5), (51, 6), (100, 6), (101, 10),
        (200, 10), (201, 15), (300, 15), (301, 15), (319, 15), (320, 16), (339, 16), (340, 17),
    ],
)  # fmt: skip
def test_t1_the_base_number(staff: int, number: int) -> None:
    assert LAW.base_number(staff) == number


@pytest.mark.parametrize(
    ("staff", "ordinary", "excellent"),
    [
        (0, (0, 0, 0), (0, 0, 0)),
        (1, (1, 2, 0), (1, 2, 3)),
        (2, (2, 4, 0), (2, 4, 6)),
        (3, (3, 6, 0), (3, 6, 9)),
        (5, (3, 6, 0), (5, 10, 15)),
        (6, (3, 6, 0), (6, 12, 18)),
        (7, (3, 6, 0), (6, 12, 18)),
        (30, (3, 6, 0), (6, 12, 18)),
        (31, (4, 8, 0), (8, 16, 24)),
        (340, (17, 34, 0), (34, 68, 102)),
    ],
)
def test_t2_the_limits_of_each_stage(
    staff: int, ordinary: tuple[int, ...], excellent: tuple[int, ...]
) -> None:
    stages = (1, 2, 3)
    assert tuple(LAW.stage_limit(staff, stage, False) for stage in stages) == ordinary
    assert tuple(LAW.stage_limit(staff, stage, True) for stage in stages) == excellent


def test_t3_construction_in_all() -> None:
    assert LAW.construction_limit(5, False) == 5
    assert LAW.construction_limit(5, True) is None
    figure = LAW["titp_construction"]
    assert not figure.holds_on(date(2022, 3, 31))
    assert figure.holds_on(date(2022, 4, 1))


@pytest.mark.parametrize(
    ("staff", "ordinary", "excellent"),
    [
        (0, (0, 0), (0, 0)),
        (1, (1, 1), (1, 1)),
        (2, (1, 2), (2, 2)),
        (3, (1, 3), (2, 3)),
        (10, (1, 3), (2, 10)),
        (11, (2, 6), (4, 11)),
        (20, (2, 6), (4, 20)),
        (21, (3, 9), (6, 21)),
        (31, (4, 12), (8, 31)),
        (41, (5, 15), (10, 41)),
        (50, (5, 15), (10, 50)),
        (51, (6, 18), (12, 51)),
        (71, (6, 18), (12, 71)),
        (72, (6, 18), (12, 72)),
        (100, (6, 18), (12, 72)),
        (101, (10, 30), (20, 101)),
        (119, (10, 30), (20, 119)),
        (120, (10, 30), (20, 120)),
        (200, (10, 30), (20, 120)),
        (201, (15, 45), (30, 180)),
        (300, (15, 45), (30, 180)),
        (301, (15, 45), (30, 180)),
        (340, (17, 51), (34, 204)),
    ],
)
def test_t4_care_by_establishment(
    staff: int, ordinary: tuple[int, int], excellent: tuple[int, int]
) -> None:
    assert LAW.care_limits(staff, False) == ordinary
    assert LAW.care_limits(staff, True) == excellent


@pytest.mark.parametrize(
    ("staff", "limits", "certain"),
    [
        (30, (9, 18, 27), False),
        (31, (12, 24, 36), False),
        (41, (15, 30, 45), False),
        (51, (18, 36, 54), False),
        (100, (18, 36, 54), False),
        (101, (30, 60, 90), True),
        (200, (30, 60, 90), True),
        (201, (45, 90, 135), False),
        (300, (45, 90, 135), False),
        (301, (45, 90, 135), False),
        (319, (47, 95, 143), False),
        (340, (51, 102, 153), False),
    ],
)
def test_the_limits_under_esd(staff: int, limits: tuple[int, ...], certain: bool) -> None:
    asked = ((False, False), (True, False), (True, True))
    found = [LAW.esd_limit(staff, excellent, region) for excellent, region in asked]
    assert found == [(limit, certain) for limit in limits]
    assert LAW.esd_limit(staff, False, True) == (limits[0], certain)


def test_an_overridden_quota_holds_and_is_certain() -> None:
    law = ruled(esd_quota=((5, 3), (300, 9)))
    assert law.esd_limit(5, False, False) == (3, True)
    assert law.esd_limit(6, True, False) == (18, True)
    assert law.esd_limit(340, True, True) == (153, True)
    assert ruled(esd_quota=None).esd_limit(30, False, False) == (9, True)


@pytest.mark.parametrize(
    ("day", "tokyo", "all_of_them"),
    [
        (date(2022, 9, 30), (0, None), (0, None)),
        (date(2022, 10, 1), (0, 1072), (0, 1072)),
        (date(2022, 10, 19), (0, 1072), (0, 1072)),
        (date(2022, 10, 20), (1072, 1072), (853, 1072)),
        (date(2023, 9, 30), (1072, 1072), (853, 1072)),
        (date(2023, 10, 1), (1072, None), (853, None)),
        (date(2025, 9, 30), (1072, None), (853, None)),
        (date(2025, 10, 1), (1072, 1226), (853, 1226)),
        (date(2026, 3, 30), (1072, 1226), (853, 1226)),
        (date(2026, 3, 31), (1226, 1226), (1023, 1226)),
        (date(2026, 9, 30), (1226, 1226), (1023, 1226)),
        (date(2026, 10, 1), (1226, 1280), (1023, 1280)),
        (date(2026, 12, 1), (1226, 1280), (1023, 1280)),
        (date(2026, 12, 2), (1280, 1280), (1085, 1280)),
        (date(2027, 9, 30), (1280, 1280), (1085, 1280)),
        (date(2027, 10, 1), (1280, None), (1085, None)),
    ],
)
def test_w1_the_floor_on_a_day(
    day: date, tokyo: tuple[int, int | None], all_of_them: tuple[int, int | None]
) -> None:
    assert LAW.floors("Tokyo", day) == tokyo
    assert LAW.floors(None, day) == all_of_them


def test_w1_every_year_has_every_prefecture() -> None:
    known = set(load_vocabulary().prefectures)
    for year in load_book().years:
        value = LAW[year.key].value
        assert isinstance(value, tuple)
        assert {pair[0] for pair in value if isinstance(pair, tuple)} == known
    with pytest.raises(KeyError):
        LAW.floors("Tokio", date(2026, 1, 1))


def test_w1_single_prefectures_may_be_overridden() -> None:
    law = ruled(wage_2026=(("Tokyo", 1300),))
    day = date(2027, 1, 1)
    assert law.floors("Tokyo", day) == (1300, 1300)
    assert law.floors("Osaka", day) == LAW.floors("Osaka", day) == (1231, 1231)


def test_the_numbers_of_the_page() -> None:
    numbers = {
        "adult_age": 18,
        "titp_hours": 320,
        "titp_trade_hours": 160,
        "titp_months": 2,
        "titp_trade_months": 1,
        "titp_course_hours": 320,
        "titp_course_months": 6,
        "titp_recommendation_years": 1,
        "titp_home_stay_months": 1,
        "titp_filing_months_before": 6,
        "esd_course_hours": 100,
        "esd_fee_months": 2,
        "esd_rupiah_per_yen": 32_500_000 // 248_536,
    }
    assert {key: LAW.number(key) for key in numbers} == numbers
    levels = ("titp_care_level", "titp_care_level_ii", "esd_entry_level", "esd_care_level")
    assert [LAW.text(key) for key in levels] == ["N4", "N3", "N5", "N4"]
    assert LAW.numbers("esd_lecture_hours") == (320, 220)
    assert LAW.numbers("titp_review_months") == (1, 2)
    assert LAW.flag("esd_trainees_count") is False


def test_e3_the_days_of_the_change() -> None:
    assert LAW.day("titp_approval_until") == date(2027, 3, 31)
    assert LAW.day("esd_start") == date(2027, 4, 1)
    assert LAW.day("titp_start_until") == date(2027, 6, 30)


def test_e4_fields_are_open_until_they_are_closed() -> None:
    named = {
        field for job in load_vocabulary().job_types.values() for field in job.esd_fields if field
    }
    assert {field: LAW.field_open(field) for field in named} == dict.fromkeys(named, True)
    assert len(load_book().fields) == 17
    assert LAW.field_open("航空") is None
    law = ruled(esd_field_food_service=False)
    assert law.field_open("外食業") is False
    assert law.field_open("介護") is True


def test_every_rule_of_the_page_is_in_the_book() -> None:
    assert {figure.rule for figure in LAW.entries()} == set(RULES)
    for rule in RULES:
        assert f"\n| {rule} | " in rules_table()


def test_the_book_is_in_order() -> None:
    rules = list(dict.fromkeys(figure.rule for figure in LAW.entries()))
    assert rules[:12] == [*(f"T{n}" for n in range(1, 10)), "T9b", "T9c", "T10"]
    assert rules[-4:] == ["D4", "W1", "W2", "W3"]
    assert {figure.regime for figure in LAW.entries("titp")} == {"", "titp"}


def test_what_is_only_derived_or_remembered_is_certain_once_it_is_ruled() -> None:
    unsure = [figure for figure in LAW.entries() if not set("PS") & set(figure.confidence)]
    assert {"titp_course_hours", "esd_quota", "esd_fee_months"} <= {f.key for f in unsure}
    for figure in unsure:
        assert not LAW.certain(figure.key)
        assert figure.value is None or figure.effect not in ("rule", "quota")
        assert ruled(**{figure.key: None}).certain(figure.key)
    assert ruled(titp_course_hours=None)["titp_course_hours"].effect == "rule"
    seen = [figure for figure in LAW.entries() if set("PS") & set(figure.confidence)]
    assert all(figure.certain for figure in seen)


def test_a_ruling_overrides_and_keeps_what_the_book_says() -> None:
    figure = ruled(titp_course_hours=300)["titp_course_hours"]
    assert (figure.value, figure.stated) == (300, 320)
    assert LAW.number("titp_course_hours") == 320
    assert ruled(titp_course_hours=None).number("titp_course_hours") == 320


def test_every_entry_says_what_is_made_of_it() -> None:
    for figure in LAW.entries():
        assert figure.use in ("rule", "quota", "condition", "shown", "left out")
        assert (figure.why is not None) == (figure.use == "left out"), figure.key
        assert set(figure.confidence) <= set("PSDM")
        assert figure.source or not set("PSD") & set(figure.confidence), figure.key
        assert figure.says.facts or not set("{}%") & set(figure.says.message), figure.key
        assert figure.says.message in sentences()


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("adult_age", 20, ("20", -1, True, 1.5, [20])),
        ("esd_start", date(2027, 10, 1), ("2027-10-01", 2027)),
        ("esd_trainees_count", True, (1, "yes")),
        ("esd_care_level", "N3", ("N6", 3)),
        ("titp_ordinary", [1, 2, 1], ([1, 2], [1, 2, "3"], 1)),
        (
            "esd_quota",
            [[5, 3], [30, 9], [40, 12], [50, 15], [100, 18], [200, 30], [300, 45]],
            (
                *([], [300, 3], [[300, 3, 1]], [[30, 9], [5, 3], [300, 45]], [[300, "W"]]),
                *([[30, 9], [200, 30]], [[30, 9], [300, 8]], [[300, 45]]),
            ),
        ),
        (
            "titp_care",
            None,
            ([["C", 1, 1, 1, 1]], [[1, 1, 1, 1, "C"]], [[300, 1, 1, "C", 1]]),
        ),
        ("wage_2026", {"Tokyo": 1300}, ({"Tokio": 1300}, {"Tokyo": 0}, 1300)),
        ("esd_countries", None, (True, 1)),
    ],
)
def test_values_of_rulings_have_the_shape_of_the_figure(
    key: str, good: object, bad: tuple[object, ...]
) -> None:
    assert check_rulings({key: good}) == check_rulings({key: None}) == []
    for value in bad:
        (fault,) = check_rulings({key: value})
        assert fault.key == key and fault.expected is not None


def test_rulings_of_unknown_keys() -> None:
    assert check_rulings({"titp_hour": 3}) == [Misruled("titp_hour", None)]


# -- The command ----------------------------------------------------------------------------------


def printed(*arguments: str) -> str:
    """Return what `matcher rules` prints."""
    result = CliRunner().invoke(main, ["rules", *arguments])
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """A scenario that rules on two figures."""
    (tmp_path / "scenario.toml").write_text(
        'name = "N"\non = 2026-11-25\n[law]\n'
        'titp_course_hours = { value = 300, by = "JOE Cooperative", on = 2026-11-20 }\n'
        'titp_course_months = { by = "JOE Cooperative", on = 2026-11-20, source = "letter 12" }\n',
        encoding="utf-8",
    )
    return tmp_path


@pytest.mark.parametrize("language", ["id", "ja", "en"])
def test_the_page_is_100_columns_wide(language: str) -> None:
    page = printed("--lang", language, "--on", "2026-11-25")
    assert max(map(cell_len, page.splitlines())) <= 100
    heads = {line.split()[0] for line in page.splitlines() if line[:1].strip()}
    assert set(RULES) <= heads


def test_the_page_of_a_regime_on_a_day() -> None:
    page = printed("--regime", "esd", "--on", "2027-04-01")
    assert "ESD: in force since April 1, 2027." in page
    assert "TITP:" not in page and "titp_hours" not in page
    page = printed("--regime", "titp", "--on", "2027-04-01")
    assert "no new plan is approved any more; who has one starts until June 30, 2027" in page
    assert "the last day was June 30, 2027" in printed("--on", "2027-07-01")
    assert "titp_construction =" not in printed("--on", "2022-03-31")


def test_what_the_scenario_rules_is_on_the_page(scenario: Path) -> None:
    page = " ".join(printed(str(scenario)).split())
    assert "The book of rules on November 25, 2026" in page
    assert "Confirmed or overridden by the scenario: 2." in page
    told = "titp_course_hours = 300 overridden by JOE Cooperative, November 20, 2026"
    assert f"{told}; the book says 320" in page
    assert "confirmed as it stands by JOE Cooperative, November 20, 2026" in page
    assert "source of the scenario: letter 12" in page


def test_the_book_of_a_batch(scenario: Path, tmp_path: Path) -> None:
    batch = tmp_path / "batch"
    (batch / "inputs").mkdir(parents=True)
    (batch / "inputs" / "scenario.toml").write_bytes((scenario / "scenario.toml").read_bytes())
    assert printed(str(batch)) == printed(str(scenario))


def test_the_book_for_machines(scenario: Path) -> None:
    entries = json.loads(printed(str(scenario), "--format", "json"))["entries"]
    hours = next(entry for entry in entries if entry["key"] == "titp_course_hours")
    assert (hours["value"], hours["book_value"], hours["certain"]) == (300, 320, True)
    assert hours["ruling"]["on"] == "2026-11-20"
    rows = list(csv.DictReader(io.StringIO(printed(str(scenario), "--format", "csv"))))
    assert [row["key"] for row in rows] == [entry["key"] for entry in entries]
    quota = next(row for row in rows if row["key"] == "esd_quota")
    assert json.loads(quota["value"])[0] == [30, 9]


def test_a_folder_without_a_scenario_is_told(tmp_path: Path) -> None:
    assert CliRunner().invoke(main, ["rules", str(tmp_path)]).exit_code == 2
