"""Bad and hostile input around plans, outcomes and lists: each ends in a sentence at its place,
and none in silence, a crash or a wait."""

from __future__ import annotations

import csv
import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from matcher.cli import main
from tests.readme import ROOT

SEASON = ROOT / "scenarios" / "season"
BACK = "3-back"
NIK = "3201011505990003"
Rows = list[list[str]]


@pytest.fixture
def season(tmp_path: Path) -> Path:
    """The last step of a copy of the season."""
    return Path(shutil.copytree(SEASON, tmp_path / "season")) / BACK


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The batch of the season's last step; not to be changed."""
    out = tmp_path_factory.mktemp("season") / "back"
    assert call("run", SEASON / BACK, "--out", out).exit_code == 0
    return out


def call(*words: object) -> Result:
    """Return how a call ended; it never fails inside."""
    ended = CliRunner().invoke(main, [str(word) for word in words])
    assert "inside matcher" not in ended.output, ended.output
    return ended


def change(path: Path, how: Callable[[Rows], object]) -> None:
    """Change the rows of a table in place."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    how(rows)
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


def issues(folder: Path) -> list[dict[str, object]]:
    """Return what `check` finds."""
    found: list[dict[str, object]] = json.loads(call("check", folder, "--format", "json").stdout)
    return found


@pytest.mark.parametrize("column", ["candidate_id", "opening_id", "state", "on", "by"])
def test_outcomes_without_a_column_are_refused_whole_and_nothing_else_is_said(
    season: Path, column: str
) -> None:
    def drop(rows: Rows) -> None:
        place = rows[0].index(column)
        for row in rows:
            del row[place]

    change(season / "outcomes.csv", drop)
    told = [(one["code"], one["column"]) for one in issues(season) if one["file"] == "outcomes.csv"]
    assert told == [("COLUMN_MISSING", column)]


@pytest.mark.parametrize(
    ("state", "column", "written", "note"),
    [("reserve", "rank", "0", "RANK_MISSING"), ("failed", "reason_code", "zzz", "REASON_MISSING")],
)
def test_a_faulty_cell_is_not_told_as_a_blank_one_too(
    season: Path, state: str, column: str, written: str, note: str
) -> None:
    def damage(rows: Rows) -> None:
        row = next(row for row in rows if row[2] == state)
        row[rows[0].index(column)] = written

    change(season / "outcomes.csv", damage)
    found = [one for one in issues(season) if one["column"] == column]
    assert [one["value"] for one in found if one["severity"] == "error"] == [written]
    assert note not in {one["code"] for one in found}


def test_a_row_of_demand_that_stands_twice_is_told_and_unknown_trades_once(season: Path) -> None:
    def damage(rows: Rows) -> None:
        rows.append(rows[1])
        rows.extend([f"Trade {n}", "1", "", "", ""] for n in range(50))

    change(season.parent / "1-pool" / "demand.csv", damage)
    found = [one for one in issues(season) if one["column"] == "kejuruan"]
    assert sorted((one["line"], len(str(one["also"])) > 2) for one in found) == [
        (5, False),
        (6, True),
    ]


def test_personal_numbers_in_objections_are_masked_wherever_they_are_shown(season: Path) -> None:
    def damage(rows: Rows) -> None:
        rows[1][2] = f"NIK saya {NIK}"
        rows[2][4] = f"nomor {NIK} sudah diperbaiki"

    change(season / "objections.csv", damage)
    out = season.parent / "batch"
    assert call("run", season, "--out", out).exit_code == 0
    for form in ("text", "json", "csv"):
        for words in (
            ("show", out, "objections"),
            ("show", out, "C08"),
            ("status", "C08", "--in", out),
            ("status", "C09", "--in", out),
            ("status", "--in", out),
        ):
            shown = call(*words, "--format", form).output
            assert NIK not in shown.replace("\n", "")
    assert "3201********0003" in call("show", out, "objections").output
    assert NIK in (out / "inputs" / "objections.csv").read_text(encoding="utf-8")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_a_pipe_or_device_is_no_table(season: Path) -> None:
    os.mkfifo(season / "pipe")
    toml = season / "scenario.toml"
    for named in ("pipe", "/dev/zero"):
        stated = (SEASON / BACK / "scenario.toml").read_text(encoding="utf-8")
        toml.write_text(stated.replace('"outcomes.csv"', f'"{named}"'), encoding="utf-8")
        found = [one for one in issues(season) if one["file"] == named]
        assert [one["code"] for one in found] == ["FILE_OPEN"]
        assert found[0]["mend"]


@pytest.mark.parametrize(
    ("stated", "mend"),
    [("per_seat = 0", "at least 1"), ("load_max = 51", "at most 50"), ("plus = -1", "at least 0")],
)
def test_a_setting_out_of_range_says_the_range(season: Path, stated: str, mend: str) -> None:
    with (season / "scenario.toml").open("a", encoding="utf-8") as file:
        file.write(f"\n[shortlist]\n{stated}\n")
    ended = call("check", season)
    assert ended.exit_code == 3
    assert f"→ {mend}" in ended.output


def test_a_yes_or_no_setting_says_what_it_takes(season: Path) -> None:
    with (season / "scenario.toml").open("a", encoding="utf-8") as file:
        file.write('\n[scores]\nrules = "no"\n')
    assert "true or false is expected" in call("check", season).output


@pytest.mark.parametrize("day", ["9999-12-20", "0001-01-01", "1899-12-31"])
@pytest.mark.parametrize("command", ["check", "pool", "shortlist"])
def test_a_scenario_counts_from_a_day_of_our_times(season: Path, day: str, command: str) -> None:
    toml = season / "scenario.toml"
    toml.write_text(toml.read_text(encoding="utf-8").replace("2022-12-15", day), encoding="utf-8")
    assert call(command, season).exit_code == 3


def test_an_objection_of_the_last_day_there_is_is_refused_at_its_cell(season: Path) -> None:
    change(season / "objections.csv", lambda rows: rows[1].__setitem__(3, "9999-12-31"))
    found = [one for one in issues(season) if one["file"] == "objections.csv"]
    assert [(one["code"], one["column"], one["line"]) for one in found] == [("AFTER_ON", "on", 2)]


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
@pytest.mark.parametrize("column", ["interview_on", "order_closes", "entry_to", "entry_from"])
def test_a_day_at_either_end_of_the_calendar_is_read_or_refused(
    tmp_path: Path, column: str, day: str
) -> None:
    """Some offices write the last day there is where none is set."""
    scenario = Path(shutil.copytree(ROOT / "scenarios" / "tiny", tmp_path / "tiny"))

    def put(rows: Rows) -> None:
        if column not in rows[0]:
            rows[0].append(column)
        at = rows[0].index(column)
        for row in rows[1:]:
            row[at : at + 1] = [day]

    change(scenario / "openings.csv", put)
    ended = call("run", scenario, "--out", tmp_path / "batch")
    assert ended.exit_code in (0, 3)
    if ended.exit_code == 0:
        assert call("verify", tmp_path / "batch").exit_code == 0


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        ("inputs/outcomes.csv", ",reserve,", f",reserve{'9' * 5000},"),
        ("inputs/outcomes.csv", ",1,", f",{'9' * 5000},"),
        ("openings.csv", "O-02,1,", f"O-02,{'9' * 5000},"),
        ("inputs/objections.csv", "2022-12-05", "9999-12-31"),
        ("inputs/objections.csv", "2022-12-05", "5/12/2022"),
    ],
)
def test_a_batch_signed_again_is_told_or_read_but_stops_nothing(
    batch: Path, tmp_path: Path, name: str, before: str, after: str
) -> None:
    folder = Path(shutil.copytree(batch, tmp_path / "batches" / "harmed"))
    shutil.copytree(batch, tmp_path / "batches" / "whole")
    file = folder / name
    text = file.read_text(encoding="utf-8")
    assert before in text
    file.write_text(text.replace(before, after), encoding="utf-8")
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    manifest["files"][name] = hashlib.sha256(file.read_bytes()).hexdigest()
    (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
    ended = call("status", "--in", tmp_path / "batches")
    assert "whole" in ended.stdout
    assert ended.exit_code in (0, 1)
    assert call("show", folder, "objections").exit_code in (0, 1, 3)


def test_a_batch_behind_a_link_counts_once(batch: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(batch, tmp_path / "batches" / "back"))
    before = call("status", "--in", folder.parent).stdout
    (folder.parent / "again").symlink_to(folder)
    (folder.parent / "loop").symlink_to(folder.parent)
    assert call("status", "--in", folder.parent).stdout == before


def test_lists_go_into_a_new_file_of_a_folder_that_is_there(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(tmp_path / "nowhere")
    for out in (tmp_path / "link", tmp_path / "no" / "lists.csv"):
        assert call("shortlist", SEASON / "1-pool", "--out", out).exit_code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["link"]


def test_without_a_place_to_write_to_the_call_says_so() -> None:
    words = [sys.executable, "-m", "matcher", "vocabulary", "reasons"]
    shell = ["sh", "-c", '"$@" >&-', "sh", *words]
    ended = subprocess.run(shell, capture_output=True, text=True, cwd=ROOT, check=False)
    assert ended.returncode == 1
    assert "cannot be read or written" in ended.stderr
    assert "inside matcher" not in ended.stderr
