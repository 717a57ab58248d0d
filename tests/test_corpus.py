"""The corpus of damage: every case gives the codes that it must, at the place where it was harmed,
loses no row and shows no personal number; hostile files end in an error within 1 GiB."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from matcher.batch import batch_files, run_scenario
from matcher.check import open_scenario
from matcher.cli import main
from matcher.durable import write_file, write_folder
from matcher.errors import Count, InputError, Issue, MatcherError, load_codes
from matcher.forms import load_form
from matcher.grid import LIMITS
from matcher.language import words_of
from matcher.pipeline import check_problem
from matcher.problem import Problem
from tests.corpus.draft import PEOPLE, begin
from tests.corpus.make import CASES, make
from tests.readme import ROOT

DAMAGE = ROOT / "tests" / "corpus" / "damage.csv"
KINDS = {"A": 15, "B": 7, "C": 19, "D": 11, "E": 16, "F": 17, "G": 19, "H": 8}
ACTIONS = {"file", "row", "ask", "fix", "note"}
PLANTED = (
    *(
        number
        for row in csv.DictReader(PEOPLE.splitlines())
        for number in (row["nik"], row["phone"])
    ),
    *("3299990105010000", "32999901050100", "197001011990031001", "A9990001", "81200000001"),
)
# Issues that are about a whole row or file, or about cells of many columns, name no cell.
WITHOUT_CELL = {
    "BLANKS",
    "HOSTS_FROM_ORDERS",
    "CENTRE_NOBODY",
    "GOES_AHEAD",
    "NOT_AHEAD",
    "SETTINGS",
}
GIBIBYTE = 1 << 30
FAST = [name for name, case in CASES.items() if not case.hostile]
HOSTILE = [name for name, case in CASES.items() if case.hostile]


def damage() -> dict[str, dict[str, str]]:
    """Return the table of damage by row."""
    with DAMAGE.open(encoding="utf-8", newline="") as file:
        return {row["row"]: row for row in csv.DictReader(file)}


def opened(name: str, folder: Path) -> tuple[tuple[Issue, ...], tuple[Count, ...], Problem | None]:
    """Return what opening the scenario of a case tells, and the problem where there is one."""
    case = CASES[name]
    try:
        problem = open_scenario(folder, declared=case.how, skip=case.skip)
        problem = check_problem(problem)
    except InputError as fault:
        return fault.issues, fault.counts, None
    return problem.notes, problem.counts, problem


def canonical(problem: Problem, place: str) -> str:
    """Return a canonical cell by its row's id and its column."""
    key, _, column = place.rpartition(".")
    for table in ("candidates", "openings"):
        for row in csv.DictReader(io.StringIO(problem.inputs[f"{table}.csv"].decode())):
            if key == next(iter(row.values())) and column in row:
                return row[column]
    raise AssertionError(place)


def test_every_row_is_decided_and_every_case_has_a_row() -> None:
    rows = damage()
    assert [row for row in rows if row[0] != "I"] == [
        f"{letter}{number}" for letter, count in KINDS.items() for number in range(1, count + 1)
    ]
    named = Counter(name for row in rows.values() for name in row["case"].split(";"))
    assert named == Counter(list(CASES))
    for name, row in rows.items():
        assert row["damage"]
        codes = {code for case in row["case"].split(";") for code in CASES[case].codes}
        assert all(CASES[case].row == name for case in row["case"].split(";"))
        assert set(filter(None, row["codes"].split(";"))) == codes, name
        actions = {load_codes()[code][0] for code in codes}
        if row["action"] in ACTIONS:
            assert row["action"] in actions, name
        elif row["action"] == "none":
            assert actions <= {"note", "fix"}, name
        else:
            assert row["action"] == "output"


def test_every_code_has_a_case() -> None:
    assert {code for case in CASES.values() for code in case.codes} == set(load_codes())


def test_the_scenario_without_damage_tells_nothing(tmp_path: Path) -> None:
    begin().write(tmp_path)
    problem = check_problem(open_scenario(tmp_path))
    assert problem.notes == ()
    assert [(count.read, count.accepted) for count in problem.counts] == [(2, 2), (2, 2), (3, 3)]


def test_the_corpus_is_the_same_every_time(tmp_path: Path) -> None:
    for name in FAST:
        contents = []
        for turn in ("1", "2"):
            make(name, tmp_path / turn / name)
            contents.append({f.name: f.read_bytes() for f in (tmp_path / turn / name).iterdir()})
        assert contents[0] == contents[1], name


@pytest.mark.parametrize("name", FAST)
def test_a_case(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = CASES[name]
    harmed = make(name, tmp_path)
    if case.locked:
        lock(monkeypatch, case.locked)
    issues, counts, problem = opened(name, tmp_path)
    assert {issue.code for issue in issues} == set(case.codes)
    assert (problem is None) == any(issue.severity == "error" and not case.skip for issue in issues)
    check_counts(name, counts)
    for issue in issues:
        check_place(issue)
        check_masked(issue)
    check_harmed(harmed, issues)
    if problem is not None:
        assert {place: canonical(problem, place) for place in case.gives} == case.gives
        check_frozen(problem, tmp_path / "again")
    else:
        assert not case.gives


def lock(monkeypatch: pytest.MonkeyPatch, file: str) -> None:
    """Let a file be one that another program holds."""
    read_bytes = Path.read_bytes

    def held(path: Path) -> bytes:
        if path.name == file:
            raise PermissionError(13, "Permission denied")
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", held)


def check_counts(name: str, counts: tuple[Count, ...]) -> None:
    """Check that no row is lost."""
    case = CASES[name]
    if case.codes == ("SETTINGS",):
        assert counts == ()
        return
    for count in counts:
        assert count.read == count.accepted + count.refused + count.ignored
        assert min(count.read, count.accepted, count.refused, count.ignored) >= 0
    known = ["hosts", "openings", "candidates", "decisions"]
    if case.table in known:
        place = known.index(case.table)
        place -= len(counts) < 3 + (case.table == "decisions")
        own = counts[place]
    else:
        own = next(count for count in counts if count.file == f"{case.table}.csv")
    if not {"LOCK_REFUSED", "LOCK_CAPPED"} & set(case.codes):  # found once nothing else is refused
        assert (own.read, own.accepted, own.refused, own.ignored) == case.rows
    others = [count for count in counts if count is not own]
    assert all(count.accepted == count.read for count in others)


def check_place(issue: Issue) -> None:
    """Check that an issue names where it is."""
    assert issue.file
    if issue.code in WITHOUT_CELL or not issue.line:
        assert issue.action in ("file", "ask", "note")
        return
    if issue.column:
        assert bool(issue.cell) == bool(issue.sheet) or issue.code in ("COLUMN_MISSING",)
    if issue.cell:
        assert re.fullmatch(f"[A-Z]+{issue.line}", issue.cell)
    if issue.action == "fix" and issue.became is not None:
        assert issue.became != issue.value or issue.value.count("*")


def check_masked(issue: Issue) -> None:
    """Check that no personal number shows, in any language."""
    told = [issue.value, issue.became or ""]
    for language in ("id", "ja", "en"):
        words = words_of(language)
        told += [words(issue.reason), words(issue.mend) if issue.mend else ""]
    for text in told:
        assert not any(number in text for number in PLANTED), (issue.code, text)


ELSEWHERE = ("LOCK_CAPPED",)  # told at the decision, caused by a host's cell


def check_harmed(harmed: set[tuple[str, int, str]], issues: tuple[Issue, ...]) -> None:
    """Check that cells that are refused or repaired are told where they were harmed."""
    told = {
        (line, issue.column)
        for issue in issues
        for line in (issue.line, *issue.also)
        if issue.action in ("row", "fix") and issue.column and issue.code not in ELSEWHERE
    }
    places = {(line, column) for _, line, column in harmed}
    below = {(line + 1, column) for line, column in places}  # behind a first line “sep=;”
    assert not told or not places or told & (places | below)


def check_frozen(problem: Problem, folder: Path) -> None:
    """Check that the canonical tables read as the same values, and nothing of them is repaired."""
    folder.mkdir()
    for name, content in problem.inputs.items():
        (folder / name).write_bytes(content)
    again = open_scenario(folder, frozen=True)
    assert again.inputs == problem.inputs
    assert not [issue for issue in again.notes if issue.action == "fix"]


@pytest.mark.skipif(sys.platform == "win32", reason="no limit of memory there")
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_within_a_gibibyte(name: str, tmp_path: Path) -> None:
    make(name, tmp_path)
    done = limited("check", str(tmp_path), "--format", "json")
    assert "Traceback" not in done.stderr
    issues = json.loads(done.stdout)
    assert {issue["code"] for issue in issues} == set(CASES[name].codes)
    assert done.returncode == (3 if CASES[name].codes else 0)
    assert all(issue["reason"] for issue in issues)


def limited(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run matcher in a process that may take 1 GiB of address space."""
    import resource

    def bound() -> None:
        resource.setrlimit(resource.RLIMIT_AS, (GIBIBYTE, GIBIBYTE))

    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "MATCHER_TRACEBACK": "1"}
    return subprocess.run(
        [sys.executable, "-m", "matcher", *arguments],
        capture_output=True,
        text=True,
        env=environment,
        preexec_fn=bound,
        timeout=200,
        check=False,
    )


@pytest.mark.parametrize("name", [name for name in FAST if CASES[name].row[0] == "H"])
def test_nothing_becomes_a_formula_on_the_way_out(name: str, tmp_path: Path) -> None:
    make(name, tmp_path / "in")
    for form in ("json", "csv", "xlsx"):
        out = ["--out", str(tmp_path / "out")] if form == "xlsx" else []
        done = CliRunner().invoke(main, ["check", str(tmp_path / "in"), "--format", form, *out])
        assert done.exit_code in (0, 3), done.output
    for path in (tmp_path / "out").glob("*.xlsx"):
        with zipfile.ZipFile(path) as book:
            sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "<f " not in sheet
        assert "<hyperlink" not in sheet


def test_marked_sheets_keep_names_and_ids_as_text(tmp_path: Path) -> None:
    from matcher.workbook import read_workbook

    for name in ("H1.refused", "H7"):
        make(name, tmp_path / name)
        out = tmp_path / f"{name}-out"
        CliRunner().invoke(
            main, ["check", str(tmp_path / name), "--format", "xlsx", "--out", str(out)]
        )
        grid = read_workbook(out / "candidates.xlsx").grids[0]
        with (tmp_path / name / "candidates.csv").open(encoding="utf-8", newline="") as file:
            assert [
                row[: len(cells)] for row, cells in zip(csv.reader(file), grid.rows, strict=True)
            ] == grid.rows
        assert not [mark for mark in grid.marks.values() if "number" in mark or "formula" in mark]


def test_long_texts_and_halves_of_characters_go_out(tmp_path: Path) -> None:
    for name in ("C15.half", "C19.text"):
        make(name, tmp_path / name)
        for form in ("text", "json", "csv", "xlsx"):
            out = ["--out", str(tmp_path / name / form)] if form == "xlsx" else []
            done = CliRunner().invoke(main, ["check", str(tmp_path / name), "--format", form, *out])
            assert done.exit_code == 3, done.output
            done.output.encode()
            assert form in ("json", "csv") or len(done.output) < 10_000
    book = openpyxl.load_workbook(tmp_path / "C19.text" / "xlsx" / "candidates.xlsx")
    text = book.worksheets[0]["B2"].value
    assert text.startswith("xxx")
    assert text.endswith("…")
    assert len(text) <= LIMITS.cell_characters


def test_a_batch_holds_names_as_text(tmp_path: Path) -> None:
    make("H1", tmp_path / "in")
    files = batch_files(run_scenario(tmp_path / "in"))
    placed = {row["candidate_id"]: row for row in read(files["placements.csv"])}
    kept = {row["candidate_id"]: row for row in read(files["inputs/candidates.csv"])}
    assert set(kept) == {"=1+1", "-2", "=3"}
    assert set(placed) <= set(kept)


def read(content: bytes) -> list[dict[str, str]]:
    """Return the rows of a text table."""
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_what_stood_there_stays_when_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_file(tmp_path / "a.csv", b"whole")
    write_folder(tmp_path / "batch", {"a.csv": b"whole"}, lambda place: None)

    def full(handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(MatcherError):
        write_file(tmp_path / "a.csv", b"half")
    with pytest.raises(MatcherError):
        write_folder(tmp_path / "batch", {"a.csv": b"half"}, lambda place: None)
    assert (tmp_path / "a.csv").read_bytes() == b"whole"
    assert (tmp_path / "batch" / "a.csv").read_bytes() == b"whole"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.csv", "batch"]


def test_headers_of_the_corpus_are_our_columns() -> None:
    draft = begin()
    for table, rows in draft.tables.items():
        known = {column.name for column in load_form(table).columns}
        assert set(rows[0]) <= known
