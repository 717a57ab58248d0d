"""The command line: exit codes, streams and forms, and what the batch's files say as well."""

from __future__ import annotations

import csv
import io
import itertools
import json
import os
import random
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

from matcher.cli import main
from matcher.explain import explain_pair
from matcher.explain.verdicts import judge_pairs
from matcher.language import words_of
from matcher.report.records import record_pair
from matcher.screen import find_pair
from tests.conftest import PILOT, Batch

PYTHON = [sys.executable, "-m", "matcher"]
HEAVY = {"numpy", "pandas", "scipy", "networkx", "pydantic", "babel", "rich", "rapidfuzz"}
Row = dict[str, str]


def call(*words: str | Path) -> Result:
    """Run a command in this process, in English where it takes a language."""
    return CliRunner().invoke(main, [str(word) for word in words])


def spawn(*words: str | Path, **env: str) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a process of its own."""
    command = [*PYTHON, *map(str, words)]
    return subprocess.run(command, capture_output=True, env={**os.environ, **env}, check=False)


def rows(text: str) -> list[Row]:
    """Return the rows of a CSV text."""
    return list(csv.DictReader(io.StringIO(text)))


def table(batch: Batch, name: str) -> list[Row]:
    """Return the rows of a batch's file."""
    return rows((batch.folder / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("words", [["--help"], ["--version"], ["run", "--help"], ["nothing"]])
def test_nothing_heavy_is_imported_for_help(words: list[str]) -> None:
    code = (
        "import sys\nfrom matcher.cli import main\n"
        f"try: main({words})\nexcept SystemExit: print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    modules = done.stdout.splitlines()[-1].split()
    assert "click" in modules
    assert not HEAVY & {name.partition(".")[0] for name in modules}


def test_help_names_the_officers_commands_first() -> None:
    done = call("--help")
    assert done.exit_code == 0
    assert done.output.index("  run") < done.output.index("For reviewers")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing"], "No such command"),
        (["run"], "Missing argument"),
        (["run", PILOT, "--nothing"], "No such option"),
        (["run", PILOT, "--format", "xml"], "xml"),
        (["check", PILOT, "--lang", "fr"], "fr"),
        (["check", PILOT / "none"], "There is no scenario.toml in"),
        (["check", PILOT.parent], "There is no scenario.toml in"),
        (["run", PILOT.parent, "--out", "/nowhere/x"], "There is no scenario.toml in"),
        (["show", PILOT, "--lang", "en"], "There is no batch in"),
        (["explain", PILOT, "C001", "--lang", "en"], "There is no batch in"),
    ],
)
def test_usage_errors_end_with_2(words: list[str | Path], told: str) -> None:
    done = call(*words)
    assert done.exit_code == 2
    assert not done.stdout
    assert told in done.stderr


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show", "C0O1"], "did you mean “C001”?"),
        (["show", "placement"], "did you mean “placements”?"),
        (["explain", "C0O1"], "did you mean “C001”?"),
        (["explain", "C001", "O-O1"], "did you mean “O-01”?"),
    ],
)
def test_an_unknown_id_ends_with_2_and_a_suggestion(
    batch: Batch, words: list[str], told: str
) -> None:
    done = call(words[0], batch.folder, *words[1:], "--lang", "en")
    assert done.exit_code == 2
    assert not done.stdout
    assert told in done.stderr


def test_an_existing_folder_is_kept_without_replace(tmp_path: Path) -> None:
    out = tmp_path / "out"
    out.mkdir()
    (out / "mine.txt").write_text("x")
    assert call("run", PILOT, "--out", out).exit_code == 2
    done = call("run", PILOT, "--out", out, "--replace", "--lang", "en")
    assert done.exit_code == 2
    assert "There is no batch in" in done.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["out", "mine.txt"]


def test_a_folder_with_another_manifest_is_not_replaced(tmp_path: Path) -> None:
    out = tmp_path / "extension"
    out.mkdir()
    (out / "manifest.json").write_text('{"name": "an extension of a browser"}')
    (out / "thesis.txt").write_text("x")
    assert call("run", PILOT, "--out", out, "--replace").exit_code == 2
    assert (out / "thesis.txt").is_file()


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_a_workbook_that_somebody_changed_is_not_replaced(tmp_path: Path, batch: Batch) -> None:
    out = tmp_path / "out"
    shutil.copytree(batch.folder, out)
    book = openpyxl.load_workbook(out / "workbook.xlsx")
    book["Keputusan"]["A2"] = "masukkan"
    book.save(out / "workbook.xlsx")
    written = (out / "workbook.xlsx").read_bytes()
    done = call("run", PILOT, "--out", out, "--replace", "--lang", "en")
    assert done.exit_code == 2
    assert "workbook.xlsx was changed after it was written and may hold decisions" in done.stderr
    assert (out / "workbook.xlsx").read_bytes() == written
    (out / "workbook.xlsx").rename(tmp_path / "kept.xlsx")
    assert call("run", PILOT, "--out", out, "--replace").exit_code == 0


def test_replacing_a_link_leaves_nothing(tmp_path: Path, batch: Batch) -> None:
    shutil.copytree(batch.folder, tmp_path / "real")
    (tmp_path / "out").symlink_to(tmp_path / "real")
    assert call("run", PILOT, "--out", tmp_path / "out", "--replace").exit_code == 0
    assert {path.name for path in tmp_path.iterdir()} <= {"out", "real"}


def test_run_writes_a_folder_of_the_name_and_day(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call("run", PILOT).exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["IJC-2023-2022-12-12"]
    assert call("run", PILOT).exit_code == 2
    assert call("run", PILOT, "--replace").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["IJC-2023-2022-12-12"]


def test_the_longest_name_makes_a_folder(pilot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pilot / "scenario.toml"
    text = path.read_text(encoding="utf-8").replace("IJC 2023", "実" * 80)
    path.write_text(text, encoding="utf-8")
    monkeypatch.chdir(pilot.parent)
    assert call("run", pilot).exit_code == 0


@pytest.mark.parametrize("seed", ["9" * 5000, "[" * 5000])
def test_settings_that_cannot_be_parsed_are_a_fault(pilot: Path, seed: str) -> None:
    path = pilot / "scenario.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"20221212"', seed), encoding="utf-8")
    assert call("check", pilot).exit_code == 3


def test_a_cap_too_large_is_a_fault(pilot: Path) -> None:
    with (pilot / "scenario.toml").open("a", encoding="utf-8") as file:
        file.write(f"[costs]\ncap = {10**20}\n")
    assert call("run", pilot, "--out", pilot.parent / "out").exit_code == 3


def test_run_prints_the_same_numbers_in_each_form(tmp_path: Path) -> None:
    told: dict[str, str] = {}
    for form in ("text", "json", "csv"):
        done = call("run", PILOT, "--out", tmp_path / form, "--format", form, "--lang", "en")
        assert done.exit_code == 0
        assert "Batch:" in done.stderr
        told[form] = done.stdout
    numbers = json.loads(told["json"])
    for row in rows(told["csv"]):
        assert int(row["value"]) == numbers[row["number"]]
    assert f"People {numbers['people']}: {numbers['present']} take part" in told["text"]
    _numbers_add_up(numbers, rows((tmp_path / "csv" / "placements.csv").read_text()))
    manifest = json.loads((tmp_path / "json" / "manifest.json").read_text(encoding="utf-8"))
    for name in ("people", "present", "proposed", "conditional", "seats"):
        assert manifest[name] == numbers[name]
    assert numbers["by_lottery"] == len(manifest["by_lottery"])


def _numbers_add_up(numbers: dict[str, Any], placements: list[Row]) -> None:
    assert numbers["people"] == numbers["present"] + numbers["held"] + numbers["withdrawn"]
    assert numbers["present"] == numbers["proposed"] + numbers["unplaced"]
    assert numbers["seats"] >= numbers["usable"] == numbers["filled"] + numbers["empty"]
    assert numbers["filled"] == numbers["proposed"]
    assert sum(numbers["empty_causes"].values()) == numbers["empty"]
    assert sum(numbers["unplaced_causes"].values()) == numbers["unplaced"]
    for groups in (numbers["centres"], numbers["trades"]):
        assert sum(group["present"] for group in groups) == numbers["present"]
        assert sum(group["proposed"] for group in groups) == numbers["proposed"]
    states = Counter(row["state"] for row in placements)
    assert states.total() == numbers["people"] == 160
    assert states["placed"] + states["conditional"] == numbers["proposed"]
    for state in ("conditional", "unplaced", "held", "withdrawn"):
        assert states[state] == numbers[state]


def test_check_lists_the_same_in_each_form(batch: Batch) -> None:
    listed = json.loads(call("check", PILOT, "--format", "json", "--lang", "en").stdout)
    as_csv = rows(call("check", PILOT, "--format", "csv").stdout)
    assert as_csv == table(batch, "problems.csv")
    assert [as_text(issue) for issue in listed] == as_csv
    assert {issue["severity"] for issue in listed} == {"note"}


def as_text(issue: dict[str, Any]) -> Row:
    """Return an issue of the JSON list as a row of the table."""
    told = {**issue, "line": issue["line"] or "", "became": issue["became"] or ""}
    told["also"] = " ".join(map(str, issue["also"]))
    del told["severity"]
    return {name: str(value) for name, value in told.items()}


def test_check_tells_every_issue_in_its_section_and_the_rows_of_each_file(pilot: Path) -> None:
    text = (pilot / "candidates.csv").read_text(encoding="utf-8")
    text = text.replace("C001,", " C001,").replace("C002,", ",").replace("C003,", "C003\u200b,")
    (pilot / "candidates.csv").write_text(text.replace(",", "\t"), encoding="utf-8")
    done = call("check", pilot, "--lang", "en")
    listed = json.loads(call("check", pilot, "--format", "json", "--lang", "en").stdout)
    assert done.exit_code == 3
    titles = [
        "Rows refused:",
        "Read otherwise than written (each cell: `matcher check --format csv`):",
        "Notes:",
    ]
    lines = done.stdout.splitlines()
    assert [line for line in lines if not line.startswith(" ") and line.endswith(":")] == titles
    for action, title in zip(("row", "fix", "note"), titles, strict=True):
        own = {issue["code"] for issue in listed if issue["action"] == action}
        section = itertools.takewhile(
            lambda line: line.startswith("  "), lines[lines.index(title) + 1 :]
        )
        assert {line.rpartition("[")[2].rstrip("]") for line in section} == own
    assert "candidates.csv: 160 rows read = 159 accepted + 1 refused + 0 ignored" in lines
    assert "openings.csv: 62 rows read = 62 accepted + 0 refused + 0 ignored" in lines
    assert {issue["action"] for issue in listed} == {"row", "fix", "note"}


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--date-order", "dmy"),
        ("--number-style", "id"),
        ("--encoding", "utf-8"),
        ("--sheet", "Data"),
        ("--hidden", "skip"),
    ],
)
def test_what_is_declared_for_a_run_is_kept_in_its_batch(
    tmp_path: Path, batch: Batch, option: str, value: str
) -> None:
    done = call("run", PILOT, "--out", tmp_path / "out", option, value, "--lang", "en")
    assert done.exit_code == 0, done.stderr
    manifest = json.loads((tmp_path / "out" / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["read"][option[2:].replace("-", "_")] == value
    assert call("show", tmp_path / "out", "--format", "csv").exit_code == 0
    assert table(Batch(tmp_path / "out", batch.result), "placements.csv") == table(
        batch, "placements.csv"
    )


@pytest.mark.parametrize("option", ["--date-order", "--number-style", "--encoding", "--hidden"])
def test_what_cannot_be_declared_is_a_usage_error(option: str) -> None:
    assert call("check", PILOT, option, "perhaps").exit_code == 2


def test_show_agrees_with_the_files(batch: Batch) -> None:
    placements, openings = table(batch, "placements.csv"), table(batch, "openings.csv")
    assert rows(call("show", batch.folder, "--format", "csv").stdout) == placements
    whole = json.loads(call("show", batch.folder, "--format", "json").stdout)
    assert list(whole) == ["openings", "placements", "settled", "unplaced"]
    placed = [row for row in placements if row["opening_id"]]
    for name, expected in (
        ("placements", placed),
        ("unplaced", [row for row in placements if not row["opening_id"]]),
        ("openings", openings),
    ):
        assert rows(call("show", batch.folder, name, "--format", "csv").stdout) == expected
        listed = json.loads(call("show", batch.folder, name, "--format", "json").stdout)
        as_text = [{key: str(value) for key, value in row.items()} for row in listed]
        assert as_text == expected
        assert call("show", batch.folder, name).exit_code == 0
    one = rows(call("show", batch.folder, "O-01", "--format", "csv").stdout)
    assert one == [row for row in openings if row["opening_id"] == "O-01"]
    record = json.loads(call("show", batch.folder, "O-01", "--format", "json").stdout)
    assert {key: str(record[key]) for key in one[0]} == one[0]


def test_placements_keep_seats_people_and_decisions(batch: Batch) -> None:
    placements = {row["candidate_id"]: row for row in table(batch, "placements.csv")}
    assert len(placements) == 160
    taken = Counter(row["opening_id"] for row in placements.values() if row["opening_id"])
    for row in table(batch, "openings.csv"):
        assert int(row["filled"]) == taken[row["opening_id"]] <= int(row["seats"])
    pairs = {(row["candidate_id"], row["opening_id"]): row for row in table(batch, "pairs.csv")}
    for name, row in placements.items():
        assert bool(row["score"]) == (row["state"] in ("placed", "conditional"))
        if row["opening_id"]:
            assert pairs[name, row["opening_id"]]["score"] == row["score"]
    for line in rows((PILOT / "decisions.csv").read_text(encoding="utf-8")):
        person, opening = line["candidate_id"], line["opening_id"]
        if line["action"] == "place":
            assert placements[person]["opening_id"] == opening
        elif line["action"] == "forbid":
            assert (person, opening) not in pairs
        else:
            assert placements[person]["state"] in ("held", "withdrawn")


def test_alternatives_are_five_at_most_and_ranked(batch: Batch) -> None:
    ranks: dict[str, list[int]] = {}
    proposed = {row["candidate_id"]: row["opening_id"] for row in table(batch, "placements.csv")}
    for row in table(batch, "alternatives.csv"):
        ranks.setdefault(row["candidate_id"], []).append(int(row["rank"]))
        assert row["opening_id"] != proposed[row["candidate_id"]]
    assert all(rank == list(range(1, len(rank) + 1)) for rank in ranks.values())
    assert max(map(len, ranks.values())) == 5


def test_explain_gives_the_scores_of_the_pairs(batch: Batch) -> None:
    result, problem = batch.result, batch.result.problem
    verdicts, words = judge_pairs(result), words_of("en")
    scores = {
        (row["candidate_id"], row["opening_id"]): int(row["score"])
        for row in table(batch, "pairs.csv")
    }
    draw, kinds = random.Random(1), Counter[bool]()
    for person, opening in [(draw.randrange(160), draw.randrange(62)) for _ in range(400)]:
        view = record_pair(result, explain_pair(result, person, opening, verdicts), words)
        lines: Any = view["breakdown"]
        rules: Any = view["rules"]
        ids = (problem.candidate_ids[person], problem.opening_ids[opening])
        assert (view["candidate_id"], view["opening_id"]) == ids
        assert view["score"] == sum(line["contribution"] for line in lines)
        assert all(line["contribution"] == line["value"] * line["weight"] for line in lines)
        assert sum(line["weight"] for line in lines) == 1000
        assert all(line["low"] <= line["value"] <= line["high"] for line in lines)
        failing = [rule for rule in rules if rule["state"] == "fail"]
        if ids in scores:
            assert view["score"] == scores[ids]
            assert not failing
            assert view["conditional"] == bool(rules)
        elif problem.standing[person] == 0:
            assert failing
            assert view["verdict"] == "refused"
        assert (find_pair(result.screening, person, opening) >= 0) == (ids in scores)
        kinds[ids in scores] += 1
    assert kinds[True] >= 20 <= kinds[False]


def test_explain_command_is_what_the_functions_say(batch: Batch) -> None:
    for ids in (("C010", "O-01"), ("C079", "O-02")):
        record = json.loads(call("explain", batch.folder, *ids, "--format", "json").stdout)
        lines = rows(call("explain", batch.folder, *ids, "--format", "csv").stdout)
        assert [line["contribution"] for line in lines] == [
            str(line["contribution"]) for line in record["breakdown"]
        ]
        assert call("explain", batch.folder, *ids).exit_code == 0
    person = json.loads(call("explain", batch.folder, "C010", "--format", "json").stdout)
    assert person["placed"]["opening_id"] == "O-01"
    lines = rows(call("explain", batch.folder, "C010", "--format", "csv").stdout)
    assert lines == [r for r in table(batch, "alternatives.csv") if r["candidate_id"] == "C010"]
    assert [line["opening_id"] for line in lines] == [
        other["opening_id"] for other in person["alternatives"]
    ]


def test_breakdown_sums_to_the_placements(batch: Batch) -> None:
    sums: Counter[tuple[str, str]] = Counter()
    for row in table(batch, "breakdown.csv"):
        sums[row["candidate_id"], row["opening_id"]] += int(row["contribution"])
    for row in table(batch, "placements.csv"):
        if row["score"]:
            assert sums[row["candidate_id"], row["opening_id"]] == int(row["score"])


@pytest.mark.parametrize(
    ("kind", "word", "found"),
    [
        ("job-types", "溶接", "7-7-2"),
        ("skills", "welding", "welding.cutting"),
        ("programmes", "las", "las-pelat-gmaw-3g"),
    ],
)
def test_the_vocabulary_is_searched_in_each_form(kind: str, word: str, found: str) -> None:
    listed = json.loads(call("vocabulary", kind, "--search", word, "--format", "json").stdout)
    assert found in {next(iter(row.values())) for row in listed} | {
        value for row in listed for value in row.values()
    }
    as_csv = rows(call("vocabulary", kind, "--search", word, "--format", "csv").stdout)
    assert [list(map(str, row.values())) for row in as_csv] == [
        [str(row[key]) for key in as_csv[0]] for row in listed
    ]
    assert call("vocabulary", kind, "--search", word).stdout
    assert call("vocabulary", kind, "--search", "xyzzy").stdout == "0\n"


@pytest.mark.parametrize("form", ["json", "csv", "text"])
def test_a_search_without_finds_is_no_failure(form: str) -> None:
    done = call("vocabulary", "skills", "--search", "xyzzy", "--format", form)
    assert done.exit_code == 0


@pytest.mark.parametrize("encoding", ["ascii", "cp1252", "utf-8"])
@pytest.mark.parametrize("lang", ["id", "ja", "en"])
def test_no_console_is_too_narrow_for_the_words(
    batch: Batch, monkeypatch: pytest.MonkeyPatch, encoding: str, lang: str
) -> None:
    out = io.TextIOWrapper(io.BytesIO(), encoding=encoding)
    monkeypatch.setattr(sys, "stdout", out)
    with pytest.raises(SystemExit) as done:
        main(["explain", str(batch.folder), "C010", "--lang", lang])
    assert done.value.code == 0


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_a_process_with_a_narrow_console_does_not_crash(encoding: str) -> None:
    done = spawn("vocabulary", "job-types", "--search", "溶接", PYTHONIOENCODING=encoding)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"7-7-2" in done.stdout
    done = spawn("check", PILOT / "実", "--lang", "ja", PYTHONIOENCODING=encoding)
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="POSIX pipes")
@pytest.mark.parametrize("words", [["vocabulary", "job-types"], ["check", str(PILOT)]])
def test_a_broken_pipe_is_quiet(words: list[str]) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    done = subprocess.run([*PYTHON, *words], stdout=theirs, stderr=subprocess.PIPE, check=False)
    os.close(theirs)
    assert done.stderr == b""
    assert done.returncode in (0, 1)


INTERRUPT = """
import os, signal, sys
from matcher import batch
from matcher.cli import main
where, out = sys.argv[1:]
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in a shell's background
owner, name = (os, "fsync") if where.isdigit() else (batch, where)
real, calls = getattr(owner, name), iter(range(1000))
def stopped(*args, **more):
    if next(calls) == int(where if where.isdigit() else 0):
        os.kill(os.getpid(), signal.SIGINT)
    return real(*args, **more)
setattr(owner, name, stopped)
main(["run", PILOT, "--out", out, "--lang", "en"])
"""


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("where", ["run_scenario", "batch_files", "0", "7", "13"])
def test_ctrl_c_leaves_nothing(tmp_path: Path, where: str) -> None:
    code = INTERRUPT.replace("PILOT", repr(str(PILOT)))
    command = [sys.executable, "-c", code, where, str(tmp_path / "out")]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 130, done.stderr
    assert not done.stdout
    assert done.stderr.strip() == "Stopped."
    assert not list(tmp_path.iterdir())


def test_failures_of_our_own_are_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(folder: Path, **more: object) -> None:
        raise ZeroDivisionError("odd")

    monkeypatch.setattr("matcher.check.open_scenario", fail)
    done = call("check", PILOT)
    assert done.exit_code == 1
    assert not done.stdout
    assert "Something failed inside matcher (ZeroDivisionError: odd)" in done.stderr
