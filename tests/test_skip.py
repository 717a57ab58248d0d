"""`run --skip-bad-rows`: refused rows are left out, said everywhere, and the batch opens again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import openpyxl
import pytest
from click.testing import CliRunner, Result

from matcher import batch as batch_module
from matcher.batch import batch_files, open_batch, run_scenario, write_batch
from matcher.check import open_scenario
from matcher.cli import main
from matcher.errors import InputError, Issue
from matcher.problem import Problem
from tests.test_faults import Harm, add_rows, all_of, cell, decide, drop, read, text, write


@pytest.fixture(autouse=True)
def tables_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches without page and workbook: what is told here stands in the tables."""
    monkeypatch.setattr(batch_module, "report_files", lambda *_, **__: {})


TABLES = ("candidates", "openings", "hosts", "decisions")
UNKNOWN = "tidak dikenal"


def call(*words: str | Path) -> Result:
    """Run a command in this process, in English."""
    return CliRunner().invoke(main, [*map(str, words), "--lang", "en"])


def skipped(problem: Problem) -> list[tuple[str, int]]:
    """Return the file and line of the notes on what was left out."""
    return [(note.file, note.line) for note in problem.notes if note.code == "SKIPPED"]


def errors(folder: Path, *, skip: bool = True) -> list[Issue]:
    """Return the errors for which a scenario is not run."""
    with pytest.raises(InputError) as caught:
        open_scenario(folder, skip=skip)
    return [issue for issue in caught.value.issues if issue.severity == "error"]


def rows(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a batch's table."""
    return list(csv.DictReader(io.StringIO(content.decode())))


def opens_again(folder: Path, out: Path) -> Problem:
    """Run a scenario with rows left out, write its batch and open it; return the problem."""
    result = run_scenario(folder, skip=True)
    write_batch(result, out)
    opened = open_batch(out)
    assert opened.problem.candidate_ids == result.problem.candidate_ids
    assert opened.problem.opening_ids == result.problem.opening_ids
    decided, kept = (
        [replace(decision, file="", sheet="", line=0) for decision in problem.decisions]
        for problem in (result.problem, opened.problem)
    )
    assert decided == kept
    assert (opened.plan.opening == result.plan.opening).all()
    assert (opened.scores.score == result.scores.score).all()
    assert opened.problem.left_out == result.problem.left_out != ()
    for count in result.problem.counts:
        assert count.read == count.accepted + count.refused + count.ignored
    assert opened.problem.counts == result.problem.counts
    return result.problem


BAD_ROWS: list[tuple[str, Harm, dict[str, int]]] = [
    ("an unknown programme", cell("candidates", 2, "programme", UNKNOWN), {"candidates": 1}),
    ("a blank id", cell("candidates", 2, "candidate_id", ""), {"candidates": 1}),
    ("an id twice", cell("candidates", 3, "candidate_id", "C001"), {"candidates": 2}),
    ("a cell too many", add_rows("candidates", ["x"] * 60), {"candidates": 1}),
    ("bad seats", cell("openings", 40, "seats", "-1"), {"openings": 1}),
    ("an unknown host", cell("openings", 40, "host_id", "H999"), {"openings": 1}),
    ("a window without an end", cell("openings", 40, "entry_to", ""), {"openings": 1}),
    (
        "several at once",
        all_of(
            cell("candidates", 2, "programme", UNKNOWN),
            cell("candidates", 2, "birth_date", "x"),
            cell("candidates", 4, "birth_date", "2023-02-30"),
            cell("openings", 40, "seats", "empat"),
        ),
        {"candidates": 2, "openings": 1},
    ),
]


@pytest.mark.parametrize(
    ("harm", "refused"), [bad[1:] for bad in BAD_ROWS], ids=[b[0] for b in BAD_ROWS]
)
def test_refused_rows_are_left_out_and_said(
    pilot: Path, harm: Harm, refused: dict[str, int]
) -> None:
    clean = {count.file: count.accepted for count in open_scenario(pilot).counts}
    harm(pilot)
    assert errors(pilot, skip=False)
    problem = opens_again(pilot, pilot.parent / "out")
    assert {c.file: c.refused for c in problem.counts if c.refused} == {
        f"{name}.csv": n for name, n in refused.items()
    }
    for count in problem.counts:
        own = sum(count.file == file for file, _ in skipped(problem))
        assert own == bool(count.refused)
        added = count.read - clean[count.file]
        assert count.accepted == clean[count.file] + added - count.refused
    people, orders = (problem.counts[place].accepted for place in (2, 1))
    assert (len(problem.candidate_ids), len(problem.opening_ids)) == (people, orders)


def test_the_people_left_out_are_those_of_the_refused_rows(pilot: Path) -> None:
    all_of(cell("candidates", 2, "programme", UNKNOWN), cell("candidates", 5, "birth_date", "x"))(
        pilot
    )
    problem = open_scenario(pilot, skip=True)
    everybody = {row[0] for row in read(pilot / "candidates.csv")[1:]}
    assert everybody - set(problem.candidate_ids) == {"C001", "C004"}
    kept = {row["candidate_id"] for row in rows(problem.inputs["candidates.csv"])}
    assert kept == set(problem.candidate_ids)


def test_without_refused_rows_nothing_is_skipped(pilot: Path) -> None:
    problem = open_scenario(pilot, skip=True)
    assert problem.left_out == ()
    assert skipped(problem) == []
    assert problem.notes == open_scenario(pilot).notes


def test_skipping_gives_the_plan_of_the_tables_without_the_rows(pilot: Path) -> None:
    cell("candidates", 2, "programme", UNKNOWN)(pilot)
    result = run_scenario(pilot, skip=True)
    table = read(pilot / "candidates.csv")
    write(pilot / "candidates.csv", [table[0], *table[2:]])
    without = run_scenario(pilot)
    assert result.problem.inputs == without.problem.inputs
    assert (result.plan.opening == without.plan.opening).all()
    assert (result.scores.score == without.scores.score).all()


def test_everything_that_is_written_says_so(pilot: Path) -> None:
    all_of(cell("candidates", 2, "programme", UNKNOWN), cell("openings", 40, "seats", "-1"))(pilot)
    out = pilot.parent / "out"
    refused = call("run", pilot, "--out", out)
    assert refused.exit_code == 3
    assert not out.exists()
    done = call("run", pilot, "--out", out, "--skip-bad-rows")
    assert done.exit_code == 0, done.stderr
    assert "2 rows" in done.stdout
    assert "C001 (candidates.csv:2)" in done.stdout
    assert "O-39 (openings.csv:40)" in done.stdout
    asked = call("explain", out, "C001")
    assert asked.exit_code == 2
    assert "C001 (candidates.csv:2)" in asked.stderr
    manifest = json.loads((out / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["rows_left_out"]
    assert {row["file"]: row["refused"] for row in manifest["rows"]} == {
        "hosts.csv": 0,
        "openings.csv": 1,
        "candidates.csv": 1,
        "decisions.csv": 0,
        "establishments.csv": 0,
        "schools.csv": 0,
        "supervisors.csv": 0,
    }
    for row in manifest["rows"]:
        assert row["read"] == row["accepted"] + row["refused"] + row["ignored"]
    problems = rows((out / "problems.csv").read_bytes())
    refusals = {(p["code"], p["file"], p["line"]) for p in problems if p["action"] == "row"}
    assert refusals == {
        ("UNKNOWN_NAME", "candidates.csv", "2"),
        ("OUT_OF_RANGE", "openings.csv", "40"),
    }
    assert {p["file"] for p in problems if p["code"] == "SKIPPED"} == {
        "candidates.csv",
        "openings.csv",
    }
    assert manifest["people"] == 159
    placed = rows((out / "placements.csv").read_bytes())
    assert "C001" not in {row["candidate_id"] for row in placed}
    assert len(placed) == 159


def test_a_batch_with_rows_left_out_is_shown_and_explained(pilot: Path) -> None:
    cell("candidates", 2, "programme", UNKNOWN)(pilot)
    out = pilot.parent / "out"
    assert call("run", pilot, "--out", out, "--skip-bad-rows").exit_code == 0
    assert call("show", out).exit_code == 0
    shown = call("show", out, "--format", "csv")
    assert rows(shown.stdout.encode()) == rows((out / "placements.csv").read_bytes())
    assert call("explain", out, "C010").exit_code == 0
    assert call("explain", out, "C010", "O-02").exit_code == 0
    gone = call("explain", out, "C001")
    assert gone.exit_code == 2
    again = call("run", pilot, "--out", out, "--skip-bad-rows", "--replace")
    assert again.exit_code == 0


def test_the_same_rows_left_out_give_the_same_bytes(pilot: Path) -> None:
    cell("candidates", 2, "programme", UNKNOWN)(pilot)
    first, second = (batch_files(run_scenario(pilot, skip=True)) for _ in range(2))
    assert first == second


def with_sheets(folder: Path) -> None:
    """Put the four tables into one workbook."""
    book = openpyxl.Workbook()
    for name in TABLES:
        sheet = book.create_sheet(name)
        for row in read(folder / f"{name}.csv"):
            sheet.append(row)
        text("scenario.toml", f'"{name}.csv"', f'"all.xlsx#{name}"')(folder)
    book.save(folder / "all.xlsx")


NEVER: list[tuple[str, Harm, str]] = [
    ("a column missing", drop("candidates", "programme"), "COLUMN_MISSING"),
    ("no ids", drop("candidates", "candidate_id"), "KEY_MISSING"),
    ("a header twice", text("candidates.csv", "centre", "name"), "HEADER_TWICE"),
    ("an open quote", text("candidates.csv", "Peserta", '"Peserta'), "QUOTE_OPEN"),
    ("no file", text("scenario.toml", "openings.csv", "none.csv"), "NO_FILE"),
    ("a date to ask about", cell("candidates", 2, "birth_date", "03/04/2001"), "DATE_ORDER"),
    (
        "a second table",
        add_rows("hosts", ["host_id", "promised", "excellent"], ["H1", "2", "ya"]),
        "SECOND_TABLE",
    ),
    ("a decision without a reason", cell("decisions", 6, "reason", ""), "BLANK"),
    ("a decision about nobody", decide("forbid", "C999", "O-03"), "UNKNOWN_NAME"),
    ("a decision with a cell too many", add_rows("decisions", ["x"] * 9), "TOO_MANY_CELLS"),
    ("two placements of one person", decide("place", "C010", "O-02"), "LOCK"),
    ("a law to be waived", decide("waive:medical", "C030"), "DECISION"),
]


@pytest.mark.parametrize("harm_and_code", [n[1:] for n in NEVER], ids=[n[0] for n in NEVER])
@pytest.mark.parametrize("also", [False, True], ids=["alone", "beside a refused row"])
def test_other_faults_are_never_skipped(
    pilot: Path, harm_and_code: tuple[Harm, str], also: bool
) -> None:
    harm, code = harm_and_code
    if also:
        cell("openings", 40, "seats", "-1")(pilot)
    harm(pilot)
    found = errors(pilot)
    assert code in {issue.code for issue in found}
    assert {issue.code for issue in found} == {issue.code for issue in errors(pilot, skip=False)}
    done = call("run", pilot, "--out", pilot.parent / "out", "--skip-bad-rows")
    assert done.exit_code == 3
    assert f"[{code}]" in done.stderr
    assert not (pilot.parent / "out").exists()


def test_a_faulty_decision_beside_other_sheets_is_never_skipped(pilot: Path) -> None:
    cell("decisions", 6, "reason", "")(pilot)
    with_sheets(pilot)
    assert [issue.code for issue in errors(pilot)] == ["BLANK"]


def test_a_refused_row_of_a_sheet_is_left_out(pilot: Path) -> None:
    cell("candidates", 2, "programme", UNKNOWN)(pilot)
    with_sheets(pilot)
    problem = opens_again(pilot, pilot.parent / "out")
    assert skipped(problem) == [("all.xlsx › candidates", 0)]
    assert len(problem.candidate_ids) == 159


def test_a_placement_that_a_rule_refuses_is_never_skipped(pilot: Path) -> None:
    decide("place", "C079", "O-02")(pilot)
    with pytest.raises(InputError) as caught:
        run_scenario(pilot, skip=True)
    assert [i.code for i in caught.value.issues if i.severity == "error"] == ["LOCK_REFUSED"]


NAMED: list[tuple[str, Harm, list[int]]] = [
    ("a person withdrawn", cell("candidates", 6, "programme", UNKNOWN), [8]),
    ("a person placed", cell("candidates", 11, "programme", UNKNOWN), [2]),
    ("a person of a pair forbidden", cell("candidates", 15, "programme", UNKNOWN), [6]),
    ("an order placed at", cell("openings", 2, "seats", "-1"), [2]),
    ("an order forbidden", cell("openings", 7, "seats", "-1"), [6]),
    (
        "both of a pair",
        all_of(cell("candidates", 11, "programme", UNKNOWN), cell("openings", 2, "seats", "-1")),
        [2],
    ),
]


@pytest.mark.parametrize(("harm", "lines"), [n[1:] for n in NAMED], ids=[n[0] for n in NAMED])
def test_decisions_about_what_is_left_out_are_left_out_with_a_note(
    pilot: Path, harm: Harm, lines: Sequence[int]
) -> None:
    before = open_scenario(pilot).decisions
    harm(pilot)
    problem = opens_again(pilot, pilot.parent / "out")
    told = [line for file, line in skipped(problem) if file == "decisions.csv"]
    assert told == list(lines)
    assert {decision.line for decision in problem.decisions} == {
        decision.line for decision in before
    } - set(lines)
    kept = rows(problem.inputs["decisions.csv"])
    assert len(kept) == len(problem.decisions)
    (count,) = [count for count in problem.counts if count.file == "decisions.csv"]
    assert (count.read, count.accepted, count.refused) == (8, 8 - len(lines), 0)


def test_the_note_on_a_decision_stands_in_problems(pilot: Path) -> None:
    cell("candidates", 6, "programme", UNKNOWN)(pilot)
    problems = rows(batch_files(run_scenario(pilot, skip=True))["problems.csv"])
    (note,) = [p for p in problems if p["file"] == "decisions.csv" and p["code"] == "SKIPPED"]
    assert (note["action"], note["line"], note["value"]) == ("note", "8", "withdraw")


def test_a_hold_is_lost_with_its_person_only(pilot: Path) -> None:
    cell("candidates", 6, "programme", UNKNOWN)(pilot)
    problem = open_scenario(pilot, skip=True)
    held = problem.candidate_ids.index("C138")
    assert problem.standing[held] == 1
    assert np.flatnonzero(problem.locked >= 0).size == 4


@pytest.mark.parametrize(
    "harm",
    [
        cell("hosts", 2, "full_time_staff", "banyak"),
        cell("hosts", 2, "host_id", ""),
        cell("hosts", 3, "host_id", "H001"),
    ],
)
def test_a_host_left_out_takes_its_orders_along(pilot: Path, harm: Harm) -> None:
    harm(pilot)
    problem = opens_again(pilot, pilot.parent / "out")
    hosts = {row["host_id"] for row in rows(problem.inputs["hosts.csv"])}
    assert set(problem.lists.hosts) <= hosts
    assert {row["host_id"] for row in rows(problem.inputs["openings.csv"])} <= hosts


@pytest.mark.parametrize(("table", "column"), [("openings", "seats"), ("candidates", "programme")])
def test_a_table_of_which_every_row_is_refused_is_not_run(
    pilot: Path, table: str, column: str
) -> None:
    head, *found = read(pilot / f"{table}.csv")
    at = head.index(column)
    write(pilot / f"{table}.csv", [head, *([*row[:at], "x", *row[at + 1 :]] for row in found)])
    write(pilot / "decisions.csv", read(pilot / "decisions.csv")[:1])
    done = call("run", pilot, "--out", pilot.parent / "out", "--skip-bad-rows")
    assert done.exit_code == 3
    assert not (pilot.parent / "out").exists()


@pytest.mark.parametrize(("least", "told"), [("min = 1", ["Z"]), ("max = 9", [])])
def test_a_floor_of_a_group_that_is_left_out_is_told(
    pilot: Path, least: str, told: list[str]
) -> None:
    head, first, *rest = read(pilot / "candidates.csv")
    for column, value in (("centre", "Z"), ("birth_date", "x")):
        first[head.index(column)] = value
    write(pilot / "candidates.csv", [head, first, *rest])
    stated = (pilot / "scenario.toml").read_text(encoding="utf-8")
    limits = f'\n[[limits]]\nby = "centre"\n{least}\n'
    (pilot / "scenario.toml").write_text(stated + limits, encoding="utf-8")
    notes = [n for n in open_scenario(pilot, skip=True).notes if n.column.startswith("limits")]
    assert [name for note in notes for name in note.reason.facts["names"]] == told  # type: ignore[union-attr]
