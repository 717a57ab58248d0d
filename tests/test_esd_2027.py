"""The batch across the change of regime: what its page says to look for is what comes of it."""

from __future__ import annotations

import csv
import shutil
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from matcher.batch import run_scenario
from matcher.pipeline import Result
from matcher.problem import ESD, TITP
from matcher.quotas import Cap
from matcher.rules import RULES
from matcher.screen import judge
from tests.readme import ROOT

FOLDER = ROOT / "scenarios" / "esd-2027"
FAILS, OPEN = "fails", "open"
PROMISE = '\n[promises]\nprior_experience = "kesepakatan contoh"\n'
QUOTA = 'esd_quota = { by = "Petugas Contoh", on = 2026-11-25, source = "contoh" }\n'


@cache
def batch() -> Result:
    return run_scenario(FOLDER)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """A copy of the scenario, to be changed."""
    return Path(shutil.copytree(FOLDER, tmp_path / "esd-2027"))


def changed(folder: Path, file: str, old: str, new: str) -> Result:
    """Return the result with one text of one file replaced."""
    text = (folder / file).read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    (folder / file).write_text(text.replace(old, new), encoding="utf-8")
    return run_scenario(folder)


def without_line(folder: Path, file: str, start: str) -> Result:
    """Return the result without the one line of a file that starts so."""
    lines = (folder / file).read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in lines if not line.startswith(start)]
    assert len(kept) == len(lines) - 1, start
    (folder / file).write_text("".join(kept), encoding="utf-8")
    return run_scenario(folder)


def answers(result: Result, person: str, opening: str) -> dict[str, str]:
    """Return the rules that a pair fails or leaves open."""
    problem = result.problem
    c = problem.candidates.at([problem.candidate_ids.index(person)])
    o = problem.openings.at([problem.opening_ids.index(opening)])
    given = zip(RULES, judge(c, o, result.facts), strict=True)
    states = {
        rule.name: FAILS if fails.any() else OPEN if unknown.any() else ""
        for rule, (fails, unknown) in given
    }
    return {rule: state for rule, state in states.items() if state}


def filled(result: Result, *openings: str) -> int:
    """Return how many people are proposed at these openings."""
    places = [result.problem.opening_ids.index(opening) for opening in openings]
    return sum(int((result.plan.opening == place).sum()) for place in places)


def cap(result: Result, name: str) -> Cap:
    """Return the cap of a name."""
    return next(cap for cap in result.facts.quotas.caps if cap.name == name)


def people(centre: str) -> list[str]:
    """Return the ids of a centre's people."""
    with (FOLDER / "candidates.csv").open(encoding="utf-8", newline="") as file:
        return [row["candidate_id"] for row in csv.DictReader(file) if row["centre"] == centre]


def test_the_tables_are_what_the_script_writes(tmp_path: Path) -> None:
    script = [sys.executable, str(ROOT / "scenarios" / "esd_2027.py"), str(tmp_path)]
    subprocess.run(script, check=True)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert [*names, "README.md"] == sorted(
        (path.name for path in FOLDER.iterdir()), key=lambda name: (name == "README.md", name)
    )
    for name in names:
        assert (tmp_path / name).read_bytes() == (FOLDER / name).read_bytes(), name


def test_everybody_and_everything_is_plainly_made_up() -> None:
    problem = batch().problem
    assert len(problem.candidate_ids) == 60
    assert len(problem.opening_ids) == 26
    assert len(set(problem.labels.centres)) == 4
    named = (*problem.labels.candidate_names, *problem.labels.host_names)
    assert all("Contoh" in name for name in named)


def test_openings_that_do_not_say_their_regime_get_it_by_date() -> None:
    problem = batch().problem
    regimes = dict(zip(problem.opening_ids, problem.openings.regime.tolist(), strict=True))
    assert {"O-03": TITP, "O-11": TITP, "O-20": ESD}.items() <= regimes.items()
    assert sum(regime == TITP for regime in regimes.values()) == 13


@pytest.mark.parametrize(
    ("opening", "state"),
    [
        *((f"O-{number:02}", None) for number in (1, 2, 3, 4, 5, 8, 9, 10, 11, 26)),  # TITP
        *((f"O-{number:02}", None) for number in (13, 14, 16, 17, 18, 19, 20, 21, 22)),  # ESD
        ("O-06", OPEN),  # in time with the shorter review only
        ("O-07", FAILS),  # filed too late
        ("O-12", FAILS),  # TITP after 30 June
        ("O-15", FAILS),  # ESD before 1 April
    ],
)
def test_dates_let_a_regime_through_or_not(opening: str, state: str | None) -> None:
    assert answers(batch(), "C01", opening).get("regime_dates") == state
    if state == FAILS:
        assert filled(batch(), opening) == 0


@pytest.mark.parametrize(
    ("name", "limit", "ceiling", "openings", "asked"),
    [
        ("H04/titp-i", 2, 2, ("O-04",), 3),  # small host
        ("H09/esd", 30, 3, ("O-13", "O-14"), 6),  # 27 are promised
        ("H12/esd", 90, 28, ("O-17",), 2),  # designated area, excellent host and organisation
        ("H07/construction", 5, 2, ("O-08", "O-09"), 3),
        ("H08/titp-i", 5, 5, ("O-10", "O-11"), 6),  # care counts inside the company's number
        ("E-01/care-i", 3, 3, ("O-10",), 3),
        ("E-03/care-i", 1, 1, ("O-26",), 2),
    ],
)
def test_quotas_leave_this_many_places_and_they_are_used(
    name: str, limit: int, ceiling: int, openings: tuple[str, ...], asked: int
) -> None:
    result, found = batch(), cap(batch(), name)
    ids, seats = result.problem.opening_ids, result.problem.openings.seats
    assert tuple(ids[place] for place in found.openings) == openings
    assert sum(int(seats[place]) for place in found.openings) == asked
    assert (found.limit, found.ceiling, found.unsettled) == (limit, ceiling, False)
    assert filled(result, *openings) == min(ceiling, asked)


def test_no_cap_is_broken() -> None:
    result = batch()
    for found in result.facts.quotas.caps:
        taken = filled(result, *(result.problem.opening_ids[place] for place in found.openings))
        assert found.ceiling is None or taken <= found.ceiling, found.name


def test_one_more_of_the_care_staff_is_another_place(copied: Path) -> None:
    result = changed(copied, "establishments.csv", "18 Home,10,", "18 Home,11,")
    assert cap(result, "E-03/care-i").ceiling == 2
    assert filled(result, "O-26") == 2


def test_a_place_outside_the_designated_area_has_twice_the_base(copied: Path) -> None:
    result = changed(copied, "hosts.csv", "0,62,0,K-01,ya,", "0,62,0,K-01,tidak,")
    assert (cap(result, "H12/esd").limit, filled(result, "O-17")) == (60, 0)


@pytest.mark.parametrize(("opening", "person"), [("O-16", "C21"), ("O-19", "C50")])
def test_derived_numbers_make_a_condition_until_confirmed(
    copied: Path, opening: str, person: str
) -> None:
    assert answers(batch(), person, opening).get("host_quota") == OPEN
    result = changed(copied, "scenario.toml", "[law]\n", f"[law]\n{QUOTA}")
    assert "host_quota" not in answers(result, person, opening)
    assert result.facts.law["esd_quota"].ruling is not None


def test_numbers_that_were_seen_make_no_condition() -> None:
    assert "host_quota" not in answers(batch(), "C01", "O-13")


def test_an_order_under_esd_needs_a_permit_for_that() -> None:
    assert answers(batch(), "C01", "O-21")["supervisor_permit"] == FAILS
    assert "supervisor_permit" not in answers(batch(), "C47", "O-08")  # the same, under TITP
    assert filled(batch(), "O-21") == 0


def test_prior_experience_is_asked_under_titp_alone(copied: Path) -> None:
    assert answers(batch(), "C50", "O-08")["prior_experience"] == OPEN  # 255 hours
    assert answers(batch(), "C59", "O-08")["prior_experience"] == OPEN  # 319
    assert "prior_experience" not in answers(batch(), "C60", "O-08")  # 320
    assert "prior_experience" not in answers(batch(), "C50", "O-19")  # ESD
    (copied / "scenario.toml").write_text(
        (copied / "scenario.toml").read_text(encoding="utf-8") + PROMISE, encoding="utf-8"
    )
    assert "prior_experience" not in answers(run_scenario(copied), "C50", "O-08")


def test_former_trainees_may_return_at_a_later_stage_only() -> None:
    for person in ("C47", "C48"):
        assert answers(batch(), person, "O-08")["former_trainee"] == FAILS
        assert answers(batch(), person, "O-09")["former_trainee"] == OPEN


def test_care_under_both_regimes_and_what_the_ruling_does(copied: Path) -> None:
    rule = "japanese_law"
    for opening in ("O-10", "O-16"):
        assert rule not in answers(batch(), "C21", opening)  # N4
        assert answers(batch(), "C22", opening)[rule] == OPEN  # N4 expected in time
        assert answers(batch(), "C24", opening)[rule] == OPEN  # not tested
        assert answers(batch(), "C26", opening)[rule] == FAILS  # N4 expected too late
        assert answers(batch(), "C28", opening)[rule] == FAILS  # N5
    unruled = without_line(copied, "scenario.toml", "esd_care_level")
    assert answers(unruled, "C28", "O-16")[rule] == OPEN
    assert answers(unruled, "C28", "O-10")[rule] == FAILS


def test_who_turns_18_inside_the_window_is_conditional() -> None:
    assert answers(batch(), "C46", "O-02")["age"] == FAILS
    assert answers(batch(), "C46", "O-05")["age"] == OPEN
    assert "age" not in answers(batch(), "C46", "O-06")


def test_what_was_paid_is_a_condition_under_esd_and_a_deposit_holds_the_case() -> None:
    result = batch()
    assert answers(result, "C15", "O-13")["esd_fees"] == OPEN
    assert "esd_fees" not in answers(result, "C14", "O-13")
    assert "esd_fees" not in answers(result, "C15", "O-01")
    held = result.problem.candidate_ids.index("C10")
    assert result.problem.standing_cause[held] == "deposit"
    assert result.plan.opening[held] < 0


def test_costs_are_kept_by_payer() -> None:
    costs = batch().problem.labels.costs
    assert dict(costs[1]) == {
        "kemnaker": 9_000_000,
        "school": 1_000_000,
        "joe": 10_500_000,
        "person": 500_000,
    }


def test_wages_around_the_minimum_wage() -> None:
    assert answers(batch(), "C01", "O-23")["minimum_wage"] == FAILS  # 1 yen below
    assert "minimum_wage" not in answers(batch(), "C01", "O-24")
    assert answers(batch(), "C01", "O-22")["minimum_wage"] == OPEN  # a rate not known yet


def test_a_closed_field_refuses_until_the_ruling_is_taken_out(copied: Path) -> None:
    assert answers(batch(), "C34", "O-18")["esd_field"] == FAILS
    unruled = without_line(copied, "scenario.toml", "esd_field_food")
    assert "esd_field" not in answers(unruled, "C34", "O-18")


def test_wishes_are_kept_apart_and_one_is_enforced(copied: Path) -> None:
    result = batch()
    ids = result.problem.opening_ids
    wished: dict[str, set[str]] = {}
    for wish in result.problem.wishes:
        wished.setdefault(ids[wish.opening], set()).add(wish.kind)
    assert wished == {
        "O-10": {"age", "handedness"},
        "O-13": {"sex", "age"},
        "O-19": {"height"},
        "O-25": {"sex"},
    }
    assert answers(result, "C23", "O-25")["enforced_wish"] == FAILS  # a man with N4
    assert "enforced_wish" not in answers(result, "C21", "O-25")
    assert "enforced_wish" not in answers(result, "C05", "O-13")  # a woman
    free = without_line(copied, "decisions.csv", "enforce:sex")
    assert "enforced_wish" not in answers(free, "C23", "O-25")


def test_licences_of_schools_are_kept_by_regime() -> None:
    problem = batch().problem
    licences = dict(zip(problem.lists.schools, problem.labels.licences, strict=True))
    assert licences == {
        "S-01": ("esd", "titp"),
        "S-02": ("titp",),
        "S-03": ("esd", "titp"),
        "S-04": None,
        "S-05": ("esd",),
    }


def test_people_of_every_centre_are_proposed_and_some_without_a_condition() -> None:
    result = batch()
    opening = dict(zip(result.problem.candidate_ids, result.plan.opening.tolist(), strict=True))
    for centre in ("Bekasi", "Medan", "Padang", "Semarang"):
        assert any(opening[person] >= 0 for person in people(centre)), centre
    pairs = zip(
        result.screening.candidate.tolist(),
        result.screening.opening.tolist(),
        result.screening.conditional.tolist(),
        strict=True,
    )
    proposed = [
        conditional for person, place, conditional in pairs if result.plan.opening[person] == place
    ]
    assert True in proposed
    assert False in proposed
