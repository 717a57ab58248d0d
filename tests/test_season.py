"""One season: the pool, lists, interviews, a plan, two drop-outs and their reserves."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.batch import run_scenario
from matcher.cli import main
from matcher.pipeline import Result
from tests.readme import ROOT

SEASON = ROOT / "scenarios" / "season"
POOL, PLAN, BACK = (SEASON / name for name in ("1-pool", "2-plan", "3-back"))


@cache
def result_of(folder: Path) -> Result:
    return run_scenario(folder)


def proposals(result: Result) -> dict[str, str]:
    """Return the opening of each person proposed."""
    problem, opening = result.problem, result.plan.opening
    return {
        person: problem.opening_ids[opening[place]]
        for place, person in enumerate(problem.candidate_ids)
        if opening[place] >= 0
    }


def called(result: Result) -> dict[str, str]:
    """Return the reserves to whom a free seat falls, with their opening."""
    named = {result.problem.candidate_ids[place] for place in result.problem.called}
    return {person: at for person, at in proposals(result).items() if person in named}


def printed(*arguments: str) -> str:
    answer = CliRunner().invoke(main, list(arguments))
    assert answer.exit_code == 0, answer.output
    return answer.stdout


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def test_the_folders_are_what_the_script_writes(tmp_path: Path) -> None:
    subprocess.run(
        [sys.executable, str(ROOT / "scenarios" / "season.py"), str(tmp_path)], check=True
    )
    made = sorted(path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file())
    assert len(made) == 11
    for path in made:
        assert (tmp_path / path).read_bytes() == (SEASON / path).read_bytes(), path


def test_the_pool_comes_first() -> None:
    told = printed("pool", str(POOL), "--lang", "en")
    assert "24 people, 2 of them over 180 days" in told
    assert "Refrigerasi dan Tata Udara" in told


def test_lists_hold_each_pair_once_and_keep_days_and_quotas_apart() -> None:
    listed = table(printed("shortlist", str(POOL), "--format", "csv"))
    pairs = [(row["candidate_id"], row["opening_id"]) for row in listed]
    assert len(set(pairs)) == len(pairs) == 24
    of_h01 = [person for person, order in pairs if order in ("O-01", "O-02")]
    assert len(of_h01) == len(set(of_h01)) == 6  # one day, and a quota of two
    assert {"C03", "C11"} <= {person for person, _ in pairs}


def test_who_has_a_seat_keeps_it_and_the_reserve_comes_into_the_free_one() -> None:
    plan = result_of(PLAN)
    placed = proposals(plan)
    seats = {"C03": "O-01", "C12": "O-02", "C01": "O-03", "C07": "O-03", "C13": "O-04"}
    assert {**seats, "C19": "O-05", "C17": "O-05"}.items() <= placed.items()
    assert called(plan) == {"C11": "O-04"}
    ended = [("C05", "O-01"), ("C14", "O-04"), ("C08", "O-03"), ("C10", "O-04"), ("C21", "O-05")]
    assert not set(ended) & set(placed.items())


def test_two_drop_out_their_reserves_come_in_and_nobody_else_is_moved() -> None:
    before, after = proposals(result_of(PLAN)), proposals(result_of(BACK))
    assert called(result_of(BACK)) == {"C04": "O-01", "C18": "O-05"}
    gone = {"C03", "C19"}
    assert {person: at for person, at in before.items() if person not in gone}.items() <= (
        after.items()
    )
    assert not gone & set(after)


def test_dropping_out_takes_no_waiting_time_and_no_points() -> None:
    first, last = result_of(POOL).problem, result_of(BACK).problem
    assert (first.candidates.accepted_on == last.candidates.accepted_on).all()
    place = last.candidate_ids.index("C03")
    assert last.standing_cause[place] == "outcome_hold"


@pytest.mark.parametrize("folder", [POOL, PLAN, BACK], ids=lambda folder: folder.name)
def test_reserves_work_together(folder: Path) -> None:
    result = result_of(folder)
    people = [reserve.candidate for reserve in result.reserves]
    assert people
    assert len(set(people)) == len(people)


def test_the_batches_say_where_everything_stands(tmp_path: Path) -> None:
    for folder in (POOL, PLAN, BACK):
        printed("run", str(folder), "--out", str(tmp_path / folder.name))
    told = printed("status", "C03", "--in", str(tmp_path), "--lang", "en")
    assert "O-01" in told
    assert "2022-12-12" in told or "December 12, 2022" in told
    told = printed("show", str(tmp_path / BACK.name), "objections", "--lang", "en")
    assert "C08" in told
    assert "December 19, 2022" in told or "2022-12-19" in told
