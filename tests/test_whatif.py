"""What would be if: every effect is that of a run of the inputs really changed, byte for byte; the
table of all pairs says what forcing each of them comes to; nothing is asked in silence."""

from __future__ import annotations

import csv
import json
import random
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
import tomlkit
from click.testing import CliRunner
from click.testing import Result as Called
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from matcher.assign.divisions import MILP
from matcher.batch import run_scenario, write_batch
from matcher.cli import main
from matcher.errors import InputError, MatcherError, UsageError
from matcher.explain.limits import totals_of
from matcher.language import say, words_of
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.report.render import render_csv
from matcher.report.tables import table_placements
from matcher.report.whatif import show_effect, show_losses, table_losses
from matcher.report.whatif.losses import COLUMNS
from matcher.rules import WAIVABLE
from matcher.settings import CRITERIA
from matcher.whatif import Effect, Override, read_overrides, what_if
from matcher.whatif import effect as effect_module
from matcher.whatif.inputs import change_inputs
from matcher.whatif.words import FORMS
from tests.conftest import Batch
from tests.offices import random_office
from tests.readme import ROOT
from tests.worlds import World, one_pair, worlds

SCENARIOS = ROOT / "scenarios"
ENGLISH = words_of("en")
DECISION = ("action", "candidate_id", "opening_id", "reason", "by", "on")


def placements(result: Result) -> bytes:
    """Return the plan as a batch states it."""
    return render_csv(table_placements(result)).encode()


# -- Scenario folders, really changed ------------------------------------------------------------


def written(world: World, folder: Path) -> Path:
    """Write a world as a scenario folder."""
    folder.mkdir(parents=True)
    tables = {"candidates": world.candidates, "openings": world.openings, **world.beside}
    if world.decisions:
        tables["decisions"] = world.decisions
    for name, rows in tables.items():
        columns = list(dict.fromkeys(column for row in rows for column in row))
        write(folder / f"{name}.csv", columns, [dict(row) for row in rows])
    stated = {
        "name": "World",
        **tomlkit.parse("on = 2022-12-12\nentry = [2023-04-01, 2023-08-31]\n").unwrap(),
        "files": {name: f"{name}.csv" for name in tables},
        "objective": dict(world.objective),
        "unknown": dict(world.unknown),
        **world.chosen,
    }
    (folder / "scenario.toml").write_text(tomlkit.dumps(stated), encoding="utf-8")
    return folder


def read(path: Path) -> tuple[list[str], list[dict[str, str]]]:
    """Return the columns and rows of a file that an office wrote."""
    if not path.is_file():
        return [], []
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        return list(reader.fieldnames or ()), list(reader)


def write(path: Path, columns: Sequence[str], rows: Sequence[dict[str, str]]) -> None:
    """Write a file as an office does."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(columns), restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def really_changed(folder: Path, overrides: Sequence[Override]) -> None:
    """Change the files of a scenario folder as an officer would for each override."""
    toml = tomlkit.parse((folder / "scenario.toml").read_text(encoding="utf-8")).unwrap()
    for one in overrides:
        if one.kind == "seats":
            change_seats(folder / toml["files"]["openings"], one)
        elif one.kind != "weight":
            decide(folder, toml, one)
    stated = {one.name: one.amount for one in overrides if one.kind == "weight"}
    if stated:
        toml["weights"] = weights_of(toml.get("weights", {}), stated)
    (folder / "scenario.toml").write_text(tomlkit.dumps(toml), encoding="utf-8")


def change_seats(path: Path, one: Override) -> None:
    """Write another number of seats."""
    columns, rows = read(path)
    for row in rows:
        if row["opening_id"] == one.opening_id:
            row["seats"] = str(int(row["seats"]) + one.amount)
    write(path, columns, rows)


def decide(folder: Path, toml: dict[str, Any], one: Override) -> None:
    """Write a decision; whoever withdraws gives up what was decided or recorded before."""
    on = toml["on"].isoformat()
    columns, rows = read(folder / toml["files"].setdefault("decisions", "decisions.csv"))
    if one.kind == "withdraw":
        column = "candidate_id" if one.candidate_id else "opening_id"
        named = one.candidate_id or one.opening_id
        rows = [r for r in rows if r["action"] != "place" or r[column] != named or r["by"] == "X"]
        if one.candidate_id and "outcomes" in toml["files"]:
            give_up(folder / toml["files"]["outcomes"], one.candidate_id, on)
    action = f"waive:{one.name}" if one.name else one.kind
    cells = (action, one.candidate_id, one.opening_id, "because", "X", on)
    rows.append(dict(zip(DECISION, cells, strict=True)))
    write(folder / toml["files"]["decisions"], columns or DECISION, rows)


def give_up(path: Path, person: str, on: str) -> None:
    """Record that a seat is given up."""
    columns, rows = read(path)
    last = {r["opening_id"]: r["state"] for r in rows if r["candidate_id"] == person}
    for opening, state in last.items():
        if state in ("passed", "plan_filed", "certificate", "departed"):
            cells = {"candidate_id": person, "opening_id": opening, "state": "declined"}
            rows.append({**cells, "on": on, "by": "X", "reason_code": "leaves_programme"})
    write(path, columns, rows)


def weights_of(stated: dict[str, int], fixed: dict[str, int]) -> dict[str, int]:
    """Return the weights by largest remainder, in fractions."""
    usual = dict(zip(CRITERIA, (380, 100, 120, 80, 60, 120, 100, 40), strict=True)) | stated
    free = {name: usual[name] for name in CRITERIA if name not in fixed}
    left = 1000 - sum(fixed.values())
    exact = {name: Fraction(weight * left, sum(free.values())) for name, weight in free.items()}
    weights = {name: int(share) for name, share in exact.items()}
    order = sorted(free, key=lambda name: (weights[name] - exact[name], CRITERIA.index(name)))
    for name in order[: left - sum(weights.values())]:
        weights[name] += 1
    return {**weights, **fixed}


def run_changed(folder: Path, overrides: Sequence[Override]) -> Result:
    """Return the result of a copy of a scenario folder, its files really changed; the folders
    beside it are copied too, where it names their tables."""
    with TemporaryDirectory() as place:
        whole = folder.parent if folder.parent.name == "season" else folder
        copied = Path(shutil.copytree(whole, Path(place) / "copy"))
        changed = copied / folder.name if whole != folder else copied
        really_changed(changed, overrides)
        return run_scenario(changed)


def check_equal(folder: Path, result: Result, overrides: Sequence[Override]) -> Effect | None:
    """Check that what if comes to what a run of the changed folder does: the plan, or a refusal."""
    try:
        expected = run_changed(folder, overrides)
    except MatcherError as fault:
        with pytest.raises(type(fault)) as refused:
            what_if(result, overrides)
        check_refused(refused.value, overrides)
        return None
    effect = what_if(result, overrides)
    assert placements(effect.after) == placements(expected)
    check_told(effect)
    return effect


def check_refused(fault: MatcherError, overrides: Sequence[Override]) -> None:
    """Check that a fault says what is asked, nothing of rows that nobody wrote, and that nothing
    was written."""
    told = ENGLISH(fault.phrase)
    assert told.lower().endswith("nothing was written.")
    asked = [str(one) for one in overrides]
    if isinstance(fault, InputError):
        assert fault.issues
        for issue in fault.issues:
            assert issue.severity == "error"
            assert issue.file in (*asked, " + ".join(asked))
            assert (issue.line, issue.column, issue.value) == (0, "", "")
            assert issue.mend is None or issue.code == "SHORTAGE"
            assert not re.search(r"\brows?\b|\.csv|what if", ENGLISH(issue.reason))
    else:
        assert told.startswith(" + ".join(asked))


def check_told(effect: Effect) -> None:
    """Check that the moves and totals are what the two plans differ in."""
    before, after = (
        list(csv.DictReader(placements(one).decode().splitlines()))
        for one in (effect.before, effect.after)
    )
    moved = [
        (
            *(a["candidate_id"], a["opening_id"], b["opening_id"], a["state"], b["state"]),
            *(a["score"], b["score"]),
        )
        for a, b in zip(before, after, strict=True)
        if a["opening_id"] != b["opening_id"]
    ]
    assert moved == [
        (
            *(one.candidate_id, one.before, one.after, one.state_before, one.state_after),
            *("" if n is None else str(n) for n in (one.score_before, one.score_after)),
        )
        for one in effect.moves
    ]
    for side, rows in enumerate((before, after)):
        proposed = [row for row in rows if row["opening_id"]]
        assert effect.totals["proposed"][side] == len(proposed)
        assert effect.totals["score"][side] == sum(int(row["score"]) for row in proposed)
        unplaced = sum(row["state"] == "unplaced" for row in rows)
        assert effect.totals["unplaced"][side] == unplaced
        problem = (effect.before, effect.after)[side].problem
        away = {one.opening_id for one in problem.decisions if one.action in ("withdraw", "hold")}
        of_openings = zip(problem.opening_ids, problem.openings.seats.tolist(), strict=True)
        offered = [seats for name, seats in of_openings if name not in away]
        assert effect.totals["offered"][side] == sum(offered)
        conditional = sum(row["state"] == "conditional" for row in rows)
        assert effect.totals["conditional"][side] == conditional
    for form in ("text", "json", "csv"):
        assert show_effect(effect, form, ENGLISH)


def drawn(draw: random.Random, problem: Problem, kind: str) -> Override:
    """Draw an override of a kind, mostly one that can be carried out."""
    person, opening = draw.choice(problem.candidate_ids), draw.choice(problem.opening_ids)
    if kind == "place":
        return Override(kind, person, opening)
    if kind == "withdraw":
        return Override(kind, person) if draw.random() < 0.7 else Override(kind, "", opening)
    if kind == "seats":
        return Override(kind, "", opening, amount=draw.choice([-1, 1, 1, 2, 3]))
    if kind == "weight":
        return Override(kind, name=draw.choice(CRITERIA), amount=draw.choice([0, 37, 250, 999]))
    name = draw.choice(WAIVABLE) if kind == "waive" else ""
    pair = draw.choice([(person, opening), (person, opening), (person, ""), ("", opening)])
    return Override(kind, *pair, name=name)


def drawn_mix(draw: random.Random, result: Result) -> tuple[Override, ...]:
    """Draw up to three overrides of a result that may be asked together; whom to place mostly
    among the pairs that no rule refuses."""
    problem, pairs = result.problem, result.screening
    kinds = [kind for kind in FORMS if kind != "weight" or problem.given is None]
    found: dict[object, Override] = {}
    for _ in range(draw.choice([1, 1, 2, 3])):
        one = drawn(draw, problem, draw.choice(kinds))
        if one.kind == "place" and pairs.candidate.size and draw.random() < 0.8:
            row = draw.randrange(pairs.candidate.size)
            ids = (
                problem.candidate_ids[pairs.candidate[row]],
                problem.opening_ids[pairs.opening[row]],
            )
            one = Override("place", *ids)
        if one.kind == "seats":
            seats = int(problem.openings.seats[problem.opening_ids.index(one.opening_id)])
            if seats + one.amount < 0:
                continue
        found[one.kind if one.kind == "weight" else (one.kind, one.opening_id, one)] = one
    seats_of = [one for one in found.values() if one.kind == "seats"]
    twice = len({one.opening_id for one in seats_of}) < len(seats_of)
    return tuple(one for one in found.values() if not (twice and one.kind == "seats"))


@pytest.fixture(scope="module")
def pilot_result() -> Result:
    """The pilot's result."""
    return run_scenario(SCENARIOS / "ijc-2023")


PILOT_MIXES = (
    "place C049 O-11",
    "forbid C003 O-07",
    "forbid C003",
    "forbid O-11",
    "withdraw C003",
    "withdraw O-11",
    "withdraw C003 withdraw C051 seats O-07 -1",
    "seats O-11 +2",
    "seats O-11 -3",
    "waive entry_window C107",
    "waive japanese_order O-57",
    "waive school_allowed C049 O-02",
    "weight skill_fit=500",
    "weight skill_fit=0 weight waiting=333",
    "weight skill_fit=1000",
    "withdraw C003 seats O-11 +1 weight wishes=200 forbid C001 O-01 place C049 O-04",
)


@pytest.mark.parametrize("asked", PILOT_MIXES)
def test_the_pilots_effects_are_those_of_a_run(pilot_result: Result, asked: str) -> None:
    overrides = read_overrides(asked.split(), pilot_result.problem)
    assert " ".join(map(str, overrides)) == asked
    assert check_equal(SCENARIOS / "ijc-2023", pilot_result, overrides) is not None


@pytest.mark.parametrize(
    ("name", "times"), [("policy", 2), ("tiny", 10), ("season/2-plan", 10), ("season/3-back", 10)]
)
def test_other_scenarios_effects_are_those_of_a_run(name: str, times: int) -> None:
    folder = SCENARIOS / name
    result = run_scenario(folder)
    draw = random.Random(name)
    effects = [check_equal(folder, result, drawn_mix(draw, result)) for _ in range(times)]
    assert sum(effect is not None for effect in effects) >= 2
    assert any(effect.moves for effect in effects if effect is not None)


@pytest.mark.parametrize("seed", range(3))
def test_made_up_scenarios_effects_are_those_of_a_run(tmp_path: Path, seed: int) -> None:
    size = ["--people", "30", "--openings", "12", "--seed", str(seed)]
    command = [sys.executable, str(SCENARIOS / "generate.py"), str(tmp_path / "s"), *size]
    subprocess.run(command, check=True, capture_output=True)
    result = run_scenario(tmp_path / "s")
    draw = random.Random(seed)
    effects = [check_equal(tmp_path / "s", result, drawn_mix(draw, result)) for _ in range(8)]
    assert any(effect is not None for effect in effects)


@given(worlds(), st.randoms(use_true_random=False))
@hypothesis_settings(max_examples=25)
def test_the_effect_in_a_world_is_that_of_a_run(world: World, draw: random.Random) -> None:
    with TemporaryDirectory() as place:
        folder = written(world, Path(place) / "s")
        result = run_scenario(folder)
        check_equal(folder, result, drawn_mix(draw, result))


def office_results(seeds: Sequence[int]) -> Iterator[tuple[int, Path, Result]]:
    """Yield the folders and results of small offices that a plan can keep."""
    for seed in seeds:
        with TemporaryDirectory() as place:
            folder = written(random_office(seed, 5, 4), Path(place) / "s")
            try:
                result = run_scenario(folder)
            except MatcherError:
                continue
            yield seed, folder, result


def test_the_effect_in_offices_with_limits_is_that_of_a_run() -> None:
    effects = [
        check_equal(folder, result, drawn_mix(random.Random(seed), result))
        for seed, folder, result in office_results(range(24))
    ]
    assert sum(effect is not None for effect in effects) >= 6


# -- What an override means ----------------------------------------------------------------------


def test_the_others_weights_keep_their_proportions(pilot_result: Result) -> None:
    asked = [Override("weight", name="cost", amount=41)]
    settings = change_inputs(pilot_result.problem, asked).settings
    weights = settings.weights.model_dump()
    assert weights["cost"] == 41
    assert weights == weights_of({}, {"cost": 41})
    assert sum(weights.values()) == 1000


def test_the_plan_before_is_told_by_the_new_weights(pilot_result: Result) -> None:
    kept = what_if(pilot_result, [Override("seats", "", "O-11", amount=1)])
    assert kept.reweighed is None
    effect = what_if(pilot_result, [Override("weight", name="wishes", amount=700)])
    assert effect.reweighed is not None
    assert effect.reweighed <= effect.totals["score"][1]
    assert "By these weights the sum of scores of the present plan is" in show_effect(
        effect, "text", ENGLISH
    )


def test_nothing_asked_changes_nothing(pilot_result: Result) -> None:
    effect = what_if(pilot_result, [])
    assert placements(effect.after) == placements(pilot_result)
    assert (effect.moves, effect.reweighed) == ((), None)
    assert {before - after for before, after in effect.totals.values()} == {0}
    assert dict(change_inputs(pilot_result.problem, []).tables) == dict(pilot_result.problem.inputs)


def test_a_placement_on_record_goes_with_whoever_withdraws() -> None:
    folder = SCENARIOS / "ijc-2023"
    with TemporaryDirectory() as place:
        copied = Path(shutil.copytree(folder, Path(place) / "s"))
        locked = run_scenario(copied)
        person, opening = int(np.flatnonzero(locked.plan.opening >= 0)[0]), 0
        opening = int(locked.plan.opening[person])
        ids = locked.problem.candidate_ids[person], locked.problem.opening_ids[opening]
        really_changed(copied, [Override("place", *ids)])
        columns, rows = read(copied / "decisions.csv")
        write(copied / "decisions.csv", columns, [{**row, "by": "Officer"} for row in rows])
        result = run_scenario(copied)
        for asked in (Override("withdraw", ids[0]), Override("withdraw", "", ids[1])):
            effect = check_equal(copied, result, [asked])
            assert effect is not None
            assert ids[0] in [move.candidate_id for move in effect.moves]
            assert ids in effect.given_up
        with pytest.raises(InputError) as refused:
            what_if(result, [Override("place", ids[0], "O-01" if ids[1] != "O-01" else "O-02")])
        [issue] = refused.value.issues
        assert issue.file == f"place {ids[0]} {'O-01' if ids[1] != 'O-01' else 'O-02'}"


def test_a_seat_on_record_ends_with_whoever_withdraws() -> None:
    result = run_scenario(SCENARIOS / "season" / "3-back")
    problem = result.problem
    called = set(problem.called)
    seated = [one for one in np.flatnonzero(problem.locked >= 0).tolist() if one not in called]
    assert seated
    for person in seated:
        asked = [Override("withdraw", problem.candidate_ids[person])]
        effect = check_equal(SCENARIOS / "season" / "3-back", result, asked)
        assert effect is not None
        assert effect.after.plan.opening[person] < 0
        ids = problem.candidate_ids[person], problem.opening_ids[problem.locked[person]]
        assert effect.given_up == (ids,)
        assert f"given up: {ids[0]} at {ids[1]}." in show_effect(effect, "text", ENGLISH)


def test_a_given_score_takes_no_weight() -> None:
    for _, _, result in office_results(range(4)):
        with pytest.raises(UsageError, match="scores of this batch are given"):
            read_overrides(["weight", "skill_fit=500"], result.problem)
        break


# -- All pairs -----------------------------------------------------------------------------------


def check_losses(result: Result) -> list[str]:
    """Check each pair of the table against forcing it; return what was known of each."""
    table = table_losses(result).to_dict("records")
    own, known = totals_of(result), []
    names = [name for name in result.problem.order if name in COLUMNS]
    led = names[: next((at for at, name in enumerate(result.problem.order) if name == "worst"), 9)]
    for row in table:
        known.append(str(row["known"]))
        asked = [Override("place", str(row["candidate_id"]), str(row["opening_id"]))]
        if row["known"] == "impossible":
            with pytest.raises(MatcherError):
                what_if(result, asked)
        elif row["known"] != "unknown":
            forced = totals_of(what_if(result, asked).after)
            true = tuple(own[name] - forced[name] for name in led)
            told = tuple(row[COLUMNS[name]] for name in led)
            assert told == true if row["known"] == "exact" else told >= true
    return known


@given(worlds(people=4, openings=3))
@hypothesis_settings(max_examples=20)
def test_the_table_of_pairs_is_what_forcing_each_comes_to(world: World) -> None:
    with TemporaryDirectory() as place:
        check_losses(run_scenario(written(world, Path(place) / "s")))


def test_the_table_of_pairs_in_offices_with_limits() -> None:
    known: list[str] = []
    methods = set()
    for _, _, result in office_results(range(16)):
        known += check_losses(result)
        methods.add(result.plan.method)
    assert {"exact", "at_most", "impossible"} <= set(known)
    assert {MILP, "tree"} <= methods


def test_the_table_of_pairs_is_the_same_in_every_form(batch: Batch) -> None:
    table = table_losses(batch.result)
    used = batch.result.plan.row[batch.result.plan.row >= 0].size
    assert len(table) == batch.result.screening.candidate.size - used
    told = json.loads(show_losses(batch.result, "json", ENGLISH))["pairs"]
    lines = list(csv.DictReader(show_losses(batch.result, "csv", ENGLISH).splitlines()))
    assert len(told) == len(lines) == len(table)
    for line, row in zip(lines, told, strict=True):
        assert line == {name: "" if value is None else str(value) for name, value in row.items()}
    text = show_losses(batch.result, "text", ENGLISH)
    assert text.startswith("Pairs that are not proposed, and what the plan would lose by each")


# -- Called from the command line ----------------------------------------------------------------


def call(*words: object) -> Called:
    """Return what a call of `whatif` in English comes to."""
    return CliRunner().invoke(main, ["whatif", *map(str, words), "--lang", "en"])


def test_an_effect_in_every_form(batch: Batch) -> None:
    before = {path: path.read_bytes() for path in batch.folder.rglob("*") if path.is_file()}
    asked = ["withdraw", "C003", "seats", "O-11", "-1"]
    text, record, table = (
        call(batch.folder, *asked, "--format", f) for f in ("text", "json", "csv")
    )
    assert (text.exit_code, record.exit_code, table.exit_code) == (0, 0, 0), text.output
    found = json.loads(record.stdout)
    assert found["overrides"] == ["withdraw C003", "seats O-11 -1"]
    rows = list(csv.DictReader(table.stdout.splitlines()))
    assert len(rows) == found["moved"] == len(found["moves"])
    assert found["stay"] == found["totals"]["proposed"]["before"] - sum(
        bool(row["from"]) for row in rows
    )
    assert "C003 withdraws" in text.stdout
    assert "seats of O-11: -1" in text.stdout
    assert "Nothing was written" in text.stdout
    assert all(row["candidate_id"] in text.stdout for row in rows)
    assert before == {p: p.read_bytes() for p in batch.folder.rglob("*") if p.is_file()}


def test_the_table_of_the_new_plan(batch: Batch) -> None:
    asked = ["withdraw", "C003", "--pairs"]
    record = json.loads(call(batch.folder, *asked, "--format", "json").stdout)
    lines = list(csv.DictReader(call(batch.folder, *asked, "--format", "csv").stdout.splitlines()))
    assert len(record["pairs"]) == len(lines)
    assert "C003" not in {line["candidate_id"] for line in lines}
    text = call(batch.folder, *asked).stdout
    assert text.index("People who move") < text.index("Pairs that are not proposed")


def test_the_curve_of_an_effect_in_every_form(batch: Batch) -> None:
    asked = ["withdraw", "C003", "--curve"]
    record = json.loads(call(batch.folder, *asked, "--format", "json").stdout)
    lines = list(csv.DictReader(call(batch.folder, *asked, "--format", "csv").stdout.splitlines()))
    points = record["curve"]["points"]
    assert [line["budget"] for line in lines] == [str(point["budget"]) for point in points]
    assert points[0]["moved"] == 0
    assert points[-1]["placed"] == record["totals"]["proposed"]["after"]
    assert points[-1]["score"] == record["totals"]["score"]["after"]
    text = call(batch.folder, *asked).stdout
    assert text.index("People who move") < text.index("moved at most")
    both = call(batch.folder, *asked, "--pairs", "--format", "csv")
    assert both.exit_code == 2
    assert "CSV holds one table" in both.stderr


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("", "Say what if"),
        ("plcae C001 O-01", "did you mean “place”?"),
        ("--pair", "“--pair” is nothing that can be asked"),
        ("place C001", "Write place CANDIDATE OPENING."),
        ("place C0O1 O-01", "did you mean “C001”?"),
        ("place C001 O-O1", "did you mean “O-01”?"),
        ("place O-01 C001", "There is no “O-01” in this batch"),
        ("forbid C0O1", "did you mean “C001”?"),
        ("forbid C001 O-O1", "did you mean “O-01”?"),
        ("withdraw X", "There is no “X” in this batch."),
        ("withdraw C001 O-01", "“O-01” is nothing that can be asked"),
        ("seats O-11", "Write seats OPENING +N"),
        ("seats O-11 2", "Write seats OPENING +N"),
        ("seats O-11 +0", "Write seats OPENING +N"),
        ("seats C001 +2", "There is no “C001” in this batch"),
        ("seats O-11 -99", "O-11 has 3 seats, so that 99 fewer cannot be asked."),
        ("seats O-11 +999999", "O-11 has 3 seats, so that 999,999 more cannot be asked"),
        ("seats O-11 +99998", "at most 100,000 in all"),
        ("seats O-11 +1 seats O-11 +1", "“seats O-11 +1” is asked twice."),
        ("waive entry_windw C001", "did you mean “entry_window”?"),
        ("waive nothing C001", "one of: "),
        (
            "waive age C001",
            "a rule of the law is never waived; the fact itself would have to change",
        ),
        ("waive trained_for C001", "a promise of the programme is never waived"),
        ("waive conditions C001", "only the person can lift what the person does not accept"),
        ("waive decision C001", "take out the other decision's row"),
        ("weight skill_fit", "N a whole number from 0 to 1000"),
        ("weight skill_fit=1001", "N a whole number from 0 to 1000"),
        ("weight skill_fit=-1", "N a whole number from 0 to 1000"),
        ("weight skill_ft=1", "did you mean “skill_fit”?"),
        ("weight cost=600 weight wishes=600", "come to 1,200, more than 1000"),
        ("weight cost=600 weight cost=500", "“weight cost=500” is asked twice."),
    ],
)
def test_what_cannot_be_asked_ends_with_2(batch: Batch, asked: str, told: str) -> None:
    done = call(batch.folder, *asked.split())
    assert done.exit_code == 2, done.output
    assert not done.stdout
    assert told in done.stderr


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("place C003 O-07 place C003 O-06", "O-06: against it stands “place C003 O-07”, asked as"),
        ("place C003 O-07 forbid C003 O-07", "stands “forbid C003 O-07”, asked as well"),
        ("place C003 O-07 withdraw C003", "O-07: against it stands “withdraw C003”, asked as well"),
        ("place C003 O-07 withdraw O-07", "O-07: against it stands “withdraw O-07”, asked as well"),
        (
            "seats O-11 -3 place C062 O-11",
            "against it stands the number of seats of O-11: 3, “seats O-11 -3”",
        ),
        ("place C003 O-45", "place C003 O-45: C003 cannot be set at O-45: the rule “training"),
        ("seats O-01 -4", "seats O-01 -4: against it stands “place C010 O-01” on record (Petugas"),
        ("forbid O-01", "forbid O-01: against it stands “place C010 O-01” on record (Petugas"),
        ("forbid C003 forbid C010", "  forbid C010: against it stands “place C010 O-01” on record"),
        ("place C010 O-06", "against it stands “place C010 O-01” on record (Petugas Contoh"),
        ("place C059 O-01", "against it stands a deposit of C059 on record: on hold until it is"),
        ("place C138 O-01", "against it stands “hold C138” on record (Petugas Contoh"),
        ("place C005 O-01", "against it stands “withdraw C005” on record (Petugas Contoh"),
        ("place C014 O-06", "against it stands “forbid C014 O-06” on record (Petugas Contoh"),
    ],
)
def test_what_contradicts_ends_with_3_and_names_it(batch: Batch, asked: str, told: str) -> None:
    done = call(batch.folder, *asked.split())
    assert done.exit_code == 3, done.output
    assert not done.stdout
    assert told in done.stderr
    lines = done.stderr.splitlines()
    assert len(lines) == 3
    assert lines[0] == "Asked, and why it cannot be:"
    assert lines[-1].startswith("What is asked cannot be done beside what is on record")
    assert lines[-1].endswith("nothing was written.")
    assert ".csv" not in done.stderr
    assert "→" not in done.stderr
    assert not re.search(r"\brows?\b", done.stderr)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("withdraw O-03", "the seat of C01 at O-03 on record (plan filed, December 14, 2022), the"),
        ("forbid C01 O-03", "the seat of C01 at O-03 on record (plan filed, December 14, 2022)"),
        ("place C01 O-01", "the seat of C01 at O-03 on record (plan filed, December 14, 2022)"),
        ("place C03 O-01", "an outcome on record, by which C03 is on hold"),
    ],
)
def test_what_contradicts_an_outcome_names_it(back: Path, asked: str, told: str) -> None:
    done = call(back, *asked.split())
    assert done.exit_code == 3, done.output
    assert f"{asked}: against it stands {told}" in done.stderr
    assert done.stderr.endswith("nothing was written.\n")


@pytest.fixture(scope="module")
def back(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch with seats that outcomes record; not to be changed."""
    folder = tmp_path_factory.mktemp("back") / "b"
    write_batch(run_scenario(SCENARIOS / "season" / "3-back"), folder)
    return folder


def test_what_no_plan_can_keep_says_what_is_asked() -> None:
    world = replace(one_pair(), chosen={"limits": [{"by": "host", "of": "H1", "min": 1}]})
    result = world.result()
    with pytest.raises(InputError) as refused:
        what_if(result, [Override("forbid", "C1"), Override("seats", "", "O1", amount=1)])
    [issue] = refused.value.issues
    assert (issue.code, issue.file) == ("SHORTAGE", "forbid C1 + seats O1 +1")
    assert issue.mend is not None
    assert ENGLISH(refused.value.phrase) == (
        "With what is asked no plan can keep every limit of the scenario; nothing was written."
    )


def test_the_seats_of_a_withdrawn_job_order_are_offered_no_more(batch: Batch) -> None:
    effect = what_if(batch.result, [Override("withdraw", "", "O-01")])
    here, there = effect.totals["offered"]
    at = batch.result.problem.opening_ids.index("O-01")
    assert here - there == batch.result.problem.openings.seats[at] > 0
    assert len(set(effect.totals["seats"])) == 1
    text = call(batch.folder, "withdraw", "O-01").stdout
    assert re.search(rf"job orders taking part +{here} +{there} +-{here - there}\n", text)


def test_a_failure_of_the_plan_says_what_is_asked(
    pilot_result: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Problem) -> Result:
        raise MatcherError(say("The solver found no plan that keeps every limit."))

    monkeypatch.setattr(effect_module, "match", fail)
    with pytest.raises(MatcherError) as refused:
        what_if(pilot_result, [Override("withdraw", "C003")])
    assert ENGLISH(refused.value.phrase) == (
        "withdraw C003: The solver found no plan that keeps every limit. Nothing was written."
    )


def test_fewer_seats_than_are_on_record_is_refused(tmp_path: Path) -> None:
    result = run_scenario(SCENARIOS / "season" / "3-back")
    write_batch(result, tmp_path / "b")
    problem = result.problem
    called = set(problem.called)
    person = next(p for p in np.flatnonzero(problem.locked >= 0).tolist() if p not in called)
    opening = int(problem.locked[person])
    seats = int(problem.openings.seats[opening])
    done = call(tmp_path / "b", "seats", problem.opening_ids[opening], f"-{seats}")
    assert done.exit_code == 3, done.output
    name = problem.opening_ids[opening]
    seat = f"the seat of {problem.candidate_ids[person]} at {name} on record"
    assert f"seats {name} -{seats}: against it stands " in done.stderr
    assert seat in done.stderr


def test_a_stable_plan_has_effects_but_no_losses(tmp_path: Path) -> None:
    world = one_pair()
    folder = written(world, tmp_path / "s")
    toml = tomlkit.parse((folder / "scenario.toml").read_text(encoding="utf-8"))
    toml["objective"] = {"mode": "stable"}
    (folder / "scenario.toml").write_text(tomlkit.dumps(toml), encoding="utf-8")
    write_batch(run_scenario(folder), tmp_path / "b")
    done = call(tmp_path / "b", "withdraw", "C1")
    assert done.exit_code == 0, done.output
    assert "C1         O1 (proposed)  withdrew" in done.stdout
    for asked in (["--pairs"], ["withdraw", "C1", "--pairs"]):
        done = call(tmp_path / "b", *asked)
        assert done.exit_code == 2
        assert "A stable plan is the best of no objective" in done.stderr


def test_given_scores_are_told_as_they_were_given(tmp_path: Path) -> None:
    for _, _, result in office_results(range(1, 20)):
        if result.plan.row.max() < 0:
            continue
        write_batch(result, tmp_path / "b")
        person = int(np.flatnonzero(result.plan.opening >= 0)[0])
        name = result.problem.candidate_ids[person]
        done = call(tmp_path / "b", "withdraw", name)
        score = int(result.scores.score[result.plan.row[person]])
        line = next(line for line in done.stdout.splitlines() if line.startswith(f"{name} "))
        assert line.split()[-1] == str(score)
        done = call(tmp_path / "b", "weight", "skill_fit=500")
        assert done.exit_code == 2
        assert "given" in done.stderr
        break
