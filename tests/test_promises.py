"""What a batch tells of law and promises: quotas, routes, figures that the scenario settles."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result

from matcher.batch import MANIFEST, open_batch, run_scenario, write_batch
from matcher.check import open_scenario
from matcher.cli import main
from matcher.errors import MatcherError
from matcher.explain import judge_pairs, summarise
from matcher.explain.routes import count_routes, find_routes
from matcher.explain.seats import seats_within
from matcher.language import words_of
from matcher.problem import TITP
from matcher.report.summary import tell_summary
from tests.readme import ROOT

SCENARIOS = ROOT / "scenarios"
CLAIM = "made-up agreement of 1 October 2026"


def call(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words])


def copy(folder: Path, name: str = "esd-2027") -> Path:
    """Return a copy of a scenario that may be changed."""
    return shutil.copytree(SCENARIOS / name, folder / name)


def claimed(folder: Path) -> Path:
    """Return a scenario that claims the agreement of T9 (a)."""
    place = copy(folder)
    toml = place / "scenario.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(f'{text}\n[promises]\nprior_experience = "{CLAIM}"\n', encoding="utf-8")
    return place


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("law") / "batch"
    assert call("run", SCENARIOS / "esd-2027", "--out", out).exit_code == 0
    return out


@pytest.mark.parametrize(
    "words",
    [
        ("explain", "C51"),
        ("explain", "C51", "O-09"),
        ("show",),
        *(("show", name) for name in ("placements", "caps", "routes", "questions", "wishes")),
        ("show", "O-09"),
    ],
)
def test_what_the_scenario_settles_is_in_every_output(batch: Path, words: tuple[str, ...]) -> None:
    command, *more = words
    done = call(command, batch, *more, "--lang", "en")
    assert done.exit_code == 0, done.stderr
    for told in (
        "esd_field_food = closed to new people (E4",
        "esd_care_level = N4 (E7",
        "Petugas Contoh",
    ):
        assert told in done.stdout
    if command == "explain":
        asked = json.loads(call(command, batch, *more, "--lang", "en", "--format", "json").stdout)
        assert any("esd_field_food" in line for line in asked["settled"])


def test_the_summary_and_the_manifest_hold_what_is_settled(tmp_path: Path) -> None:
    place, out = claimed(tmp_path), tmp_path / "batch"
    done = call("run", place, "--out", out, "--lang", "en")
    assert CLAIM in done.stdout
    assert "esd_field_food = closed" in done.stdout
    told = json.loads(call("run", place, "--out", tmp_path / "b", "--format", "json").stdout)
    assert any(CLAIM in line for line in told["settled"])
    manifest = json.loads((out / MANIFEST).read_text(encoding="utf-8"))
    assert manifest["settings"]["promises"]["prior_experience"] == CLAIM
    assert manifest["settings"]["law"]["esd_field_food"]["by"] == "Petugas Contoh"
    assert CLAIM in call("explain", out, "C51", "--lang", "en").stdout


def test_the_agreement_is_the_last_route(tmp_path: Path) -> None:
    without = count_routes(run_scenario(SCENARIOS / "esd-2027"))
    result = run_scenario(claimed(tmp_path))
    routes = count_routes(result)
    assert "agreement" not in without
    assert routes["training"] > 0 < routes["agreement"]
    for route in find_routes(result):
        short = route.hours < 320 or route.trade_hours < 160
        assert route.route != "training" or not short
        assert route.route != "agreement" or short
        assert result.problem.openings.regime[route.opening] == TITP


def test_every_proposal_of_the_first_stage_has_a_route(batch: Path) -> None:
    result = open_batch(batch)
    text = (batch / "routes.csv").read_text(encoding="utf-8")
    listed = {row["candidate_id"]: row for row in csv.DictReader(io.StringIO(text))}
    o, plan = result.problem.openings, result.plan.opening
    first = [
        name
        for name, at in zip(result.problem.candidate_ids, plan, strict=True)
        if at >= 0 and o.regime[at] == TITP and o.stage[at] == 1
    ]
    assert set(listed) == set(first) != set()
    assert sum(summarise(result).routes.values()) == len(first)
    opened = {name for name, row in listed.items() if row["route"] == "open"}
    assert opened
    placements = csv.DictReader(io.StringIO((batch / "placements.csv").read_text("utf-8")))
    states = {row["candidate_id"]: row["state"] for row in placements}
    assert {states[name] for name in opened} == {"conditional"}


@pytest.mark.parametrize("name", ["ijc-2023", "esd-2027", "tiny"])
def test_seats_and_their_causes_add_up(name: str) -> None:
    result = run_scenario(SCENARIOS / name)
    told = summarise(result)
    usable, closed = seats_within(result)
    assert told.quotas_checked
    assert told.seats == usable + int(closed.sum())
    assert told.usable == usable == told.filled + told.empty
    assert sum(told.empty_causes.values()) == told.empty
    assert sum(told.unplaced_causes.values()) == told.unplaced
    assert told.proposed == sum(told.regimes.values())


def test_without_a_table_of_hosts_no_quota_is_judged(tmp_path: Path) -> None:
    place = copy(tmp_path)
    toml = place / "scenario.toml"
    text = toml.read_text(encoding="utf-8")
    kept = re.sub(r"(?m)^(hosts|establishments) = .*\n", "", text)
    toml.write_text(kept, encoding="utf-8")
    out = tmp_path / "batch"
    done = call("run", place, "--out", out, "--lang", "en")
    assert done.exit_code == 0, done.stderr
    assert "quotas not checked" in done.stdout
    assert "quota of the host" not in done.stdout
    assert json.loads((out / MANIFEST).read_text("utf-8"))["quotas"] == "not checked"
    assert (out / "caps.csv").read_text("utf-8").count("\n") == 1
    assert "not checked" in call("show", out, "caps", "--lang", "en").stdout


def test_a_batch_of_another_book_of_rules_is_not_opened(tmp_path: Path) -> None:
    out = tmp_path / "batch"
    write_batch(run_scenario(SCENARIOS / "tiny"), out)
    path = out / MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    path.write_text(json.dumps({**manifest, "law": "0" * 64}), "utf-8")
    with pytest.raises(MatcherError):
        open_batch(out)
    path.write_text(json.dumps({**manifest, "schema": 2}), "utf-8")
    with pytest.raises(MatcherError):
        open_batch(out)


def test_a_quota_that_closes_seats_is_named_everywhere(batch: Path) -> None:
    arithmetic = "T2: 2 full-time staff give 2 at stage i; 0 present, 0 promised, so 2 more"
    for what in ("O-04", "H04", "caps", "questions"):
        shown = call("show", batch, what, "--lang", "en").stdout
        assert arithmetic in " ".join(shown.split()), what
    assert "nothing while H04/titp-i is full" in call("show", batch, "O-04", "--lang", "en").stdout
    result = open_batch(batch)
    verdicts = judge_pairs(result)
    place = result.problem.opening_ids.index("O-04")
    rows = np.flatnonzero((result.screening.opening == place) & (verdicts.name == "capped"))
    for row in rows[:1]:
        person = result.problem.candidate_ids[result.screening.candidate[row]]
        assert arithmetic in call("explain", batch, person, "O-04", "--lang", "en").stdout
    caps = json.loads(call("show", batch, "H04", "--format", "json").stdout)
    assert [(cap["cap"], cap["asked"], cap["ceiling"]) for cap in caps] == [("H04/titp-i", 3, 2)]


def test_what_is_to_be_shown_has_a_day_and_somebody(batch: Path) -> None:
    asked = json.loads(call("show", batch, "proofs", "--format", "json", "--lang", "en").stdout)
    assert asked
    for proof in asked:
        assert date(2026, 11, 26) <= date.fromisoformat(proof["due"]) <= date(2027, 12, 31)
        assert proof["shown_by"] and proof["source"] and proof["required"]
    stated = {proof["due"] for proof in asked if proof["rule"] == "japanese_law"}
    assert stated


def test_a_hosts_prefecture_stands_in_and_it_is_told(tmp_path: Path) -> None:
    place = copy(tmp_path, "ijc-2023")
    path = place / "openings.csv"
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    at = header.index("prefecture")
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [header, *([*row[:at], "", *row[at + 1 :]] for row in rows)]
    )
    path.write_text(text.getvalue(), "utf-8")
    problem = open_scenario(place)
    hosts = csv.DictReader(io.StringIO((place / "hosts.csv").read_text("utf-8")))
    of_hosts = {row["host_id"]: row["prefecture"] for row in hosts}
    for host, code in zip(problem.openings.host, problem.openings.prefecture, strict=True):
        assert problem.lists.prefectures[code] == of_hosts[problem.lists.hosts[host]]
    assert [issue for issue in problem.notes if issue.column == "prefecture"]


@pytest.mark.parametrize("text", [" ", "a\\nb", "a\u202eb"])
@pytest.mark.parametrize(
    "line",
    [
        '[promises]\nprior_experience = "{}"',
        '[law]\ntitp_hours = {{ by = "{}", on = 2022-12-01 }}',
    ],
)
def test_text_that_cannot_be_read_out_is_refused(tmp_path: Path, line: str, text: str) -> None:
    place = copy(tmp_path, "tiny")
    toml = place / "scenario.toml"
    toml.write_text(toml.read_text("utf-8") + "\n" + line.format(text) + "\n", "utf-8")
    done = call("check", place)
    assert (done.exit_code, "SETTINGS" in done.stdout) == (3, True), done.output


def test_rows_left_out_take_what_names_them_along(tmp_path: Path) -> None:
    place, out = copy(tmp_path), tmp_path / "batch"
    path = place / "hosts.csv"
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    for row in rows:
        if row[0] == "H08":
            row[header.index("full_time_staff")] = "abc"
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([header, *rows])
    path.write_text(text.getvalue(), "utf-8")
    assert call("run", place, "--out", out).exit_code == 3
    assert call("run", place, "--out", out, "--skip-bad-rows").exit_code == 0
    problem = open_batch(out).problem
    assert "H08" not in problem.lists.hosts
    assert "E-01" not in problem.lists.establishments
    assert any("E-01" in row for row in problem.left_out)
    for count in problem.counts:
        assert count.read == count.accepted + count.refused + count.ignored


def test_a_wish_is_enforced_by_one_row_only(tmp_path: Path) -> None:
    place = copy(tmp_path)
    path = place / "decisions.csv"
    text = path.read_text("utf-8")
    (line,) = [line for line in text.splitlines() if line.startswith("enforce:")]
    path.write_text(f"{text}{line.replace('Kepala Petugas Contoh', 'Petugas Lain')}\n", "utf-8")
    done = call("check", place, "--lang", "en")
    assert (done.exit_code, "earlier row" in done.stdout) == (3, True), done.output


def test_where_a_solver_divided_the_quotas_no_more_is_promised() -> None:
    result = run_scenario(SCENARIOS / "tiny")
    words, told = words_of("en"), summarise(result)
    said = [words(line) for line in tell_summary(result, replace(told, method="milp"))]
    assert any("what is proved of it is said below" in line for line in said)
    assert not any("no other plan proposes more" in line for line in said)
    assert any("no other plan" in words(line) for line in tell_summary(result, told))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("inputs/hosts.csv", lambda text: text.replace("H03,Contoh Kogyo 03", "H03,Lain")),
        ("placements.csv", lambda text: text.replace("O-04", "O-99", 1)),
        ("placements.csv", lambda text: text.replace("candidate_id", "x", 1)),
        ("caps.csv", lambda text: text.replace("kept", "unsettled", 1)),
        ("questions.csv", lambda text: text + "alone,H99,,,,x\n"),
    ],
)
def test_what_was_changed_with_its_digest_is_told(
    batch: Path, tmp_path: Path, name: str, change: Callable[[str], str]
) -> None:
    copied = shutil.copytree(batch, tmp_path / "batch")
    path, manifest = copied / name, json.loads((copied / MANIFEST).read_text("utf-8"))
    text = change(path.read_text("utf-8"))
    assert text != path.read_text("utf-8")
    path.write_text(text, "utf-8")
    manifest["files"][name] = hashlib.sha256(text.encode()).hexdigest()
    (copied / MANIFEST).write_text(json.dumps(manifest), "utf-8")
    if name == "inputs/hosts.csv":
        open_batch(copied)  # a name decides nothing, and stands nowhere else
    else:
        done = call("show", copied, "--lang", "en")
        assert (done.exit_code, "was changed" in done.stderr) == (1, True), done.stderr


@pytest.mark.parametrize("key", ["sources", "rows", "files"])
@pytest.mark.parametrize("value", [5, [], {}, None, ["a"]])
def test_a_manifest_of_another_shape_is_told(
    batch: Path, tmp_path: Path, key: str, value: object
) -> None:
    copied = shutil.copytree(batch, tmp_path / "batch")
    manifest = json.loads((copied / MANIFEST).read_text("utf-8"))
    (copied / MANIFEST).write_text(json.dumps({**manifest, key: value}), "utf-8")
    done = call("show", copied, "--lang", "en")
    told_only = (key, value) == ("sources", {})  # no file of the batch can gainsay it
    assert done.exit_code in ((0,) if told_only else (1, 2)), done.output
    assert "Something failed" not in done.stderr


def test_a_penalty_holds_the_case_as_a_deposit_does(tmp_path: Path) -> None:
    place = copy(tmp_path, "tiny")
    path = place / "candidates.csv"
    header, *rows = csv.reader(io.StringIO(path.read_text("utf-8")))
    text = io.StringIO()
    table = [[*header, "Jaminan", "Denda"], *([*row, "1000", "2000"] for row in rows)]
    if "deposit" in header:
        at = header.index("deposit")
        table = [[*row[:at], *row[at + 1 :]] for row in table]
    csv.writer(text, lineterminator="\n").writerows(table)
    path.write_text(text.getvalue(), "utf-8")
    problem = open_scenario(place)
    assert set(problem.standing_cause) == {"deposit"}
    assert set(problem.labels.deposits) == {3000}


def test_one_rule_of_the_book() -> None:
    shown = call("rules", "--rule", "t9", "--on", "2026-11-26", "--format", "json").stdout
    assert {entry["rule"] for entry in json.loads(shown)["entries"]} == {"T9"}
    wrong = call("rules", "--rule", "T99")
    assert (wrong.exit_code, "T99" in wrong.stderr) == (2, True)
