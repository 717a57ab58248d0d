"""Every scenario folder: what it must write, and what made it."""

from __future__ import annotations

import csv
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest

from matcher.batch import batch_files, run_scenario
from matcher.check import open_scenario
from matcher.forms import FORMS, load_form
from tests.readme import ROOT
from tests.worlds import frozen, meaning

SCENARIOS = ROOT / "scenarios"
TINY, PILOT = SCENARIOS / "tiny", SCENARIOS / "ijc-2023"
RECEIVED, ESD = SCENARIOS / "as-received", SCENARIOS / "esd-2027"
POLICY = SCENARIOS / "policy"
KEPT = [TINY, PILOT, RECEIVED, ESD, POLICY]
GENERATE = [sys.executable, str(SCENARIOS / "generate.py")]


def rows(folder: Path, table: str) -> list[dict[str, str]]:
    """Return the rows of a scenario's table."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_tiny_writes_what_was_worked_out_by_hand() -> None:
    files = batch_files(run_scenario(TINY))
    expected = sorted((TINY / "expected").iterdir())
    assert len(expected) == 5
    for path in expected:
        assert files[path.name] == path.read_bytes(), path.name


@pytest.mark.parametrize("folder", [TINY, PILOT, ESD], ids=lambda folder: folder.name)
def test_scenarios_are_short_and_have_no_errors(folder: Path) -> None:
    text = (folder / "scenario.toml").read_text(encoding="utf-8").partition("[law]")[0]
    assert len([line for line in text.splitlines() if line and line[0] != "#"]) <= 15
    assert all(issue.severity == "note" for issue in open_scenario(folder).notes)
    assert (folder / "README.md").is_file()


@pytest.mark.parametrize("folder", KEPT, ids=lambda folder: folder.name)
def test_what_a_batch_keeps_is_the_same_problem_and_needs_no_repair(folder: Path) -> None:
    problem = open_scenario(folder)
    again = frozen(problem)
    assert [issue for issue in again.notes if issue.action == "fix"] == []
    assert meaning(again) == meaning(problem)
    assert {"scenario.toml": problem.inputs["scenario.toml"], **again.inputs} == problem.inputs


@pytest.mark.parametrize("folder", KEPT, ids=lambda folder: folder.name)
def test_a_batch_keeps_no_column_that_may_not_leave_the_office(folder: Path) -> None:
    problem = open_scenario(folder)
    for table, form in ((name, load_form(name)) for name in FORMS):
        if f"{table}.csv" in problem.inputs:
            kept = problem.inputs[f"{table}.csv"].decode().splitlines()[0].split(",")
            assert set(form.required) <= set(kept) <= set(form.kept)
            assert not {"nik", "phone", "participant_no"} & set(kept)


def test_the_pilot_is_what_the_generator_writes(tmp_path: Path) -> None:
    subprocess.run([*GENERATE, str(tmp_path / "ijc-2023")], check=True)
    names = sorted(path.name for path in (tmp_path / "ijc-2023").iterdir())
    assert names == sorted(path.name for path in PILOT.iterdir())
    for name in names:
        if name != "README.md":
            made = (tmp_path / "ijc-2023" / name).read_bytes()
            assert made == (PILOT / name).read_bytes(), name


def test_the_pilot_has_the_shape_of_the_pilot_year() -> None:
    people, openings, hosts = (rows(PILOT, name) for name in ("candidates", "openings", "hosts"))
    assert (len(people), len(openings), len(hosts)) == (160, 62, 45)
    assert sum(int(opening["seats"]) for opening in openings) == 161
    assert len({opening["operation_no"] for opening in openings}) == 25
    assert Counter(person["sex"] for person in people)["P"] == 44
    classes = Counter((person["centre"], person["programme"]) for person in people)
    assert len(classes) == 10
    assert set(classes.values()) == {16}
    assert Counter(opening["prefecture"] for opening in openings)["Aichi"] == 10
    assert Counter(d["action"] for d in rows(PILOT, "decisions")) == {
        "place": 4,
        "forbid": 2,
        "withdraw": 1,
        "hold": 1,
    }
    assert sum(int(person["deposit"] or 0) > 0 for person in people) == 2
    assert all("contoh" in person["name"].casefold() for person in people)


def test_the_pilots_care_establishments_have_the_staff_of_the_pilot_year() -> None:
    places, hosts = rows(PILOT, "establishments"), rows(PILOT, "hosts")
    staff = {host["host_id"]: int(host["full_time_staff"]) for host in hosts}
    assert sorted((int(place["care_staff"]) for place in places), reverse=True) == [
        *(24, 22, 18, 15, 14),
    ]
    assert all(int(place["care_staff"]) <= staff[place["host_id"]] for place in places)
    bands = ((2, 9), (10, 30), (31, 50), (51, 100), (101, 200), (201, 300), (301, 999))
    sizes = [sum(low <= number <= high for number in staff.values()) for low, high in bands]
    assert sizes == [9, 14, 8, 7, 4, 2, 1]
    own = {place["establishment_id"]: place["host_id"] for place in places}
    for opening in rows(PILOT, "openings"):
        care = opening["operation_no"] == "7-13-1"
        assert own.get(opening["establishment_id"]) == (opening["host_id"] if care else None)


def test_one_supervisor_of_the_pilot_lacks_one_category_of_its_orders() -> None:
    permits = {
        supervisor["supervisor_id"]: supervisor["categories"].split("; ")
        for supervisor in rows(PILOT, "supervisors")
    }
    hosts = {host["host_id"]: host["supervisor_id"] for host in rows(PILOT, "hosts")}
    outside = []
    for opening in rows(PILOT, "openings"):
        assert opening["supervisor_id"] == hosts[opening["host_id"]]
        category = opening["operation_no"].rpartition("-")[0]
        if category not in permits[opening["supervisor_id"]]:
            outside.append((opening["operation_no"], opening["supervisor_id"]))
    assert outside == [("4-8-1", "K-02")]


def test_the_pilots_schools_are_listed_and_one_does_not_say_its_licence() -> None:
    licences = {school["school"]: school["licence"] for school in rows(PILOT, "schools")}
    assert {person["school"] for person in rows(PILOT, "candidates")} == set(licences)
    assert sorted(licences.values()) == ["", "titp", "titp", "titp", "titp"]


@pytest.mark.parametrize(("people", "openings"), [(1, 1), (7, 3), (300, 90)])
def test_any_size_and_seed_runs(tmp_path: Path, people: int, openings: int) -> None:
    size = ["--people", str(people), "--openings", str(openings), "--seed", "5"]
    subprocess.run([*GENERATE, str(tmp_path), *size], check=True)
    result = run_scenario(tmp_path)
    assert len(result.problem.candidate_ids) == people
    assert len(result.problem.opening_ids) == openings
    assert result.problem.hosts is not None
    assert result.problem.supervisors is not None


def test_the_pilots_settings_are_the_shapes() -> None:
    stated = tomllib.loads((PILOT / "scenario.toml").read_text(encoding="utf-8"))
    assert stated["name"] == "IJC 2023"
    assert stated["on"].isoformat() == "2022-12-12"
    assert stated["language"] == "id"
