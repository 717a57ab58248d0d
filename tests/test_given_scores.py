"""Given scores: an office's or researcher's own numbers for pairs, in place of our criteria."""

from __future__ import annotations

import csv
import itertools
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from matcher.batch import batch_files, open_batch, run_scenario
from matcher.check import open_scenario
from matcher.check.words import settled_notes
from matcher.cli import main
from matcher.errors import InputError, Issue
from matcher.explain import explain_pair, summarise
from matcher.fit import gather_facts
from matcher.pipeline import match
from matcher.problem import Given, Problem
from matcher.report.summary import tell_summary
from matcher.rules import RULES
from matcher.screen import judge
from tests.worlds import (
    ENTRY,
    ON,
    OPENING,
    PERSON,
    Row,
    World,
    decision,
    frozen,
    one_pair,
    worlds,
)

MOST = 10**9
BITS = {rule.name: bit for bit, rule in enumerate(RULES)}
PLACE = re.compile(r"\d[.,]\d\d\b")  # a score as points of 100 has decimals
OUTSIDE = {"rules": {"rules": False}}


def score(person: str, opening: str, value: object) -> Row:
    """Return a row of the table of scores."""
    return {"candidate_id": person, "opening_id": opening, "score": str(value)}


def bare(people: int, seats: Sequence[int], scores: Sequence[Row], *, rules: bool = False) -> World:
    """Return a world in which nothing but ids is known of the people."""
    return World(
        tuple({"candidate_id": f"C{i}"} for i in range(people)),
        tuple({**OPENING, "opening_id": f"O{j}", "seats": str(n)} for j, n in enumerate(seats)),
        chosen={"scores": {"rules": rules}},
        beside={"scores": tuple(scores)},
    )


@st.composite
def scored(draw: DrawFn) -> World:
    """Draw a small world of given scores, ties among them, and what is best in it."""
    people, seats = (
        draw(st.integers(1, 4)),
        draw(st.lists(st.integers(0, 2), min_size=1, max_size=3)),
    )
    values = st.sampled_from([None, None, 0, 1, 7, 7, MOST - 1, MOST])
    rows = [
        score(f"C{i}", f"O{j}", value)
        for i in range(people)
        for j in range(len(seats))
        if (value := draw(values)) is not None
    ]
    order = draw(st.sampled_from([["placements", "score"], ["score"], ["score", "placements"]]))
    rows = draw(st.permutations(rows)) if rows else [score("C0", "O0", 3)]
    return replace(bare(people, seats, rows), objective={"order": order})


def best(world: World) -> tuple[int, ...]:
    """Return the worth of the best plan, by trying every one."""
    given_to = {
        (r["candidate_id"], r["opening_id"]): int(r["score"]) for r in world.beside["scores"]
    }
    seats = {row["opening_id"]: int(row["seats"]) for row in world.openings}
    names = list(map(str, world.objective["order"]))  # type: ignore[call-overload]
    found = []
    for plan in itertools.product([None, *seats], repeat=len(world.candidates)):
        pairs = [(f"C{i}", place) for i, place in enumerate(plan) if place is not None]
        full = any(plan.count(place) > most for place, most in seats.items())
        if not full and all(pair in given_to for pair in pairs):
            worth = {"placements": len(pairs), "score": sum(given_to[pair] for pair in pairs)}
            found.append(tuple(worth[name] for name in names))
    return max(found)


@given(scored())
def test_the_plan_is_the_best_for_the_given_scores(world: World) -> None:
    result = world.result()
    problem, plan = result.problem, result.plan
    rows = plan.row[plan.row >= 0]
    worth = {"placements": rows.size, "score": int(result.scores.score[rows].sum())}
    assert tuple(worth[name] for name in result.network.names) == best(world)
    assert problem.given is not None
    assert result.screening.candidate.size == problem.given.score.size
    assert result.scores.score.tolist() == problem.given.score.tolist()
    assert result.scores.low is result.scores.high or np.array_equal(
        result.scores.low, result.scores.high
    )
    assert not result.scores.fit.any()


@settings(max_examples=30)
@given(scored())
def test_the_order_of_rows_does_not_matter_and_the_frozen_table_reads_the_same(
    world: World,
) -> None:
    problem = world.problem()
    turned = replace(world, beside={"scores": world.beside["scores"][::-1]}).problem()
    assert problem.inputs == turned.inputs
    for other in (turned, frozen(problem)):
        assert other.inputs["scores.csv"] == problem.inputs["scores.csv"]
        assert _listed(other) == _listed(problem)


def _listed(problem: Problem) -> list[list[int]]:
    found = problem.given
    assert found is not None
    return [found.candidate.tolist(), found.opening.tolist(), found.score.tolist()]


@settings(max_examples=30)
@given(scored())
def test_a_pair_not_listed_is_refused_by_name(world: World) -> None:
    result = world.result()
    found = result.problem.given
    assert found is not None
    listed = set(zip(found.candidate.tolist(), found.opening.tolist(), strict=True))
    for person in range(len(result.problem.candidate_ids)):
        for opening in range(len(result.problem.opening_ids)):
            view = explain_pair(result, person, opening)
            named = [(rule.rule.name, rule.state) for rule in view.rules]
            if (person, opening) in listed:
                assert not named and len(view.breakdown) == 1
                at = int(found.find(np.array(person), np.array(opening)))
                assert view.score == found.score[at]
            else:
                assert view.verdict == "refused" and named == [("given_score", "fail")]
                assert view.breakdown == ()


def test_find_tells_the_places_of_listed_pairs() -> None:
    listed = Given(
        np.array([0, 0, 2], np.int32), np.array([1, 3, 0], np.int32), np.array([5, 6, 7]), 4
    )
    block = listed.find(np.arange(3)[:, None], np.arange(4)[None])
    assert block.tolist() == [[-1, 0, -1, 1], [-1, -1, -1, -1], [2, -1, -1, -1]]
    nothing = Given(np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.int64), 4)
    assert nothing.find(np.arange(3), np.arange(3)).tolist() == [-1, -1, -1]


@pytest.mark.parametrize("rules", [True, False])
def test_our_rules_stay_or_go_as_the_office_says(rules: bool) -> None:
    young, listed = {"birth_date": "2006-01-01"}, (score("C1", "O1", 5),)
    world = replace(one_pair(young), chosen={"scores": {"rules": rules}}, beside={"scores": listed})
    result = world.result()
    fails = [v.rule.name for v in explain_pair(result, 0, 0).rules if v.state == "fail"]
    assert fails == (["age"] if rules else [])
    assert (result.plan.opening[0] >= 0) is np.bool_(not rules)


@pytest.mark.parametrize("rules", [True, False])
@pytest.mark.parametrize("action", ["forbid", "hold", "withdraw"])
def test_decisions_hold_whatever_the_rules(rules: bool, action: str) -> None:
    told = decision(action, "C1", "O1" if action == "forbid" else "")
    world = replace(
        one_pair(),
        decisions=(told,),
        chosen={"scores": {"rules": rules}},
        beside={"scores": (score("C1", "O1", 5),)},
    )
    assert world.result().plan.opening.tolist() == [-1]


@settings(max_examples=30)
@given(worlds(people=4, openings=3))
def test_what_is_absent_is_never_a_fail(world: World) -> None:
    """Without birth dates and programmes no rule fails a pair that it did not fail with them."""
    ids = [
        (person["candidate_id"], order["opening_id"])
        for person in world.candidates
        for order in world.openings
    ]
    listed = tuple(score(*pair, 9) for pair in ids)
    whole = replace(world, decisions=(), beside={"scores": listed})
    people = tuple({**row, "birth_date": "", "programme": ""} for row in world.candidates)
    blank = replace(whole, candidates=people)
    absent = replace(
        whole,
        candidates=tuple(
            {name: cell for name, cell in row.items() if name not in ("birth_date", "programme")}
            for row in world.candidates
        ),
    )
    (with_them, _), (without, unknown), (gone, _) = map(_answers, (whole, blank, absent))
    assert not (without & ~with_them).any()
    assert (without == gone).all()
    assert unknown[BITS["age"]].all() and not without[BITS["trained_for"]].any()


def _answers(world: World) -> tuple[np.ndarray, np.ndarray]:
    """Return what each rule says of each pair: where it fails, where it is unknown."""
    problem = world.problem()
    shape = (len(problem.candidate_ids), len(problem.opening_ids))
    answers = judge(problem.candidates.down(), problem.openings.across(), gather_facts(problem))
    fails, unknown = zip(*answers, strict=True)
    return tuple(  # type: ignore[return-value]
        np.array([np.broadcast_to(mask, shape) for mask in masks]) for masks in (fails, unknown)
    )


def test_what_is_absent_is_to_be_shown() -> None:
    person = {
        name: cell for name, cell in PERSON.items() if name not in ("birth_date", "programme")
    }
    world = World((person,), (OPENING,), beside={"scores": (score("C1", "O1", 5),)})
    result = world.result()
    view = explain_pair(result, 0, 0)
    told = {rule.rule.name: rule.held.message for rule in view.rules}
    assert view.conditional and view.verdict == "proposed"
    assert told["age"] == "not recorded" and "trained_for" in told
    assert result.problem.labels.kejuruan == ("",) and result.problem.labels.ages == (-1,)


@pytest.mark.parametrize("column", ["birth_date", "programme"])
@pytest.mark.parametrize("absent", [True, False])
def test_without_given_scores_both_are_required(column: str, absent: bool) -> None:
    cells = {name: cell for name, cell in PERSON.items() if name != column}
    people = ({**cells, **({} if absent else {column: ""})},)
    code = _codes(World(people, (OPENING,)))
    assert code == [("COLUMN_MISSING", 1, column)] if absent else [("BLANK", 2, column)]


def _codes(world: World) -> list[tuple[str, int, str]]:
    with pytest.raises(InputError) as caught:
        world.problem()
    return [(i.code, i.line, i.column) for i in _errors(caught.value.issues)]


def _errors(issues: Sequence[Issue]) -> list[Issue]:
    return [issue for issue in issues if issue.severity == "error"]


def test_faults_are_told_by_line() -> None:
    rows = (
        score("C0", "O0", 5),
        score("c0", "O0", 5),
        score("C0", "Q1", 5),
        score("C1", "O0", -1),
        score("C1", "O1", MOST + 1),
        score("C2", "O1", "1.5"),
        score("", "O1", 5),
        score("C2", "", 5),
        score("C2", "O0", ""),
        score("C0", "O1", 8),
        score("C0", "O1", 9),
        score("C2", "O0", "banyak"),
    )
    world = bare(3, [1, 1], rows)
    with pytest.raises(InputError) as caught:
        world.problem()
    told = {(i.line, i.column): i for i in _errors(caught.value.issues)}
    assert {place: issue.code for place, issue in told.items()} == {
        (3, "candidate_id"): "UNKNOWN_NAME",
        (4, "opening_id"): "UNKNOWN_NAME",
        (5, "score"): "OUT_OF_RANGE",
        (6, "score"): "OUT_OF_RANGE",
        (7, "score"): "NOT_A_NUMBER",
        (8, "candidate_id"): "BLANK",
        (9, "opening_id"): "BLANK",
        (10, "score"): "BLANK",
        (11, "score"): "ID_TWICE",
        (12, "score"): "ID_TWICE",
        (13, "score"): "NOT_A_NUMBER",
    }
    near = told[3, "candidate_id"].mend
    assert near is not None and "did you mean" in near.message
    places = told[11, "score"].reason.facts["places"]
    assert places == ("11", "12")


def test_the_same_pair_and_score_again_is_left_out_and_told_once() -> None:
    rows = (score("C0", "O0", 5), score("C1", "O0", 5), score("C0", "O0", 5), score("C0", "O0", 5))
    problem = bare(2, [1], rows).problem()
    assert problem.given is not None and problem.given.score.tolist() == [5, 5]
    notes = [note for note in problem.notes if note.code == "ROW_TWICE"]
    assert [(note.line, note.also) for note in notes] == [(4, (5,))]
    counts = [count for count in problem.counts if count.file == "scores.csv"]
    assert [(c.read, c.accepted, c.refused, c.ignored) for c in counts] == [(4, 2, 0, 2)]


# -- a scenario on disk --------------------------------------------------------------------------

SCENARIO = f"""name = "Nilai"
on = {ON}
entry = [{ENTRY[0]}, {ENTRY[1]}]
[files]
candidates = "peserta.csv"
openings = "openings.csv"
scores = "nilai.csv"
"""
WORTH = 700_000_001


def scenario(
    folder: Path, rows: Sequence[Row], *, people: int = 4, rules: bool = False, more: str = ""
) -> Path:
    """Write a scenario of given scores into a new folder."""
    folder.mkdir()
    stated = f"{SCENARIO}{more}\n[scores]\nrules = {str(rules).lower()}\n"
    (folder / "scenario.toml").write_text(stated)
    orders = [{**OPENING, "opening_id": f"O{j}"} for j in range(3)]
    names = [{"candidate_id": f"C{i}", "name": f"Peserta Contoh {i:03}"} for i in range(people)]
    header = ["candidate_id", "opening_id", "score"]
    tables: Mapping[str, tuple[list[str], Sequence[Row]]] = {
        "peserta.csv": (["candidate_id", "name"], names),
        "openings.csv": (list(orders[0]), orders),
        "nilai.csv": (header, rows),
    }
    for name, (columns, cells) in tables.items():
        with (folder / name).open("w", newline="") as file:
            writer = csv.DictWriter(file, columns)
            writer.writeheader()
            writer.writerows(cells)
    return folder


ROWS = [
    score("C0", "O0", WORTH),
    score("C0", "O1", WORTH - 2),
    score("C1", "O0", WORTH - 1),
    score("C1", "O2", 12),
    score("C2", "O1", 3),
]


def call(*words: str | Path, code: int = 0) -> str:
    """Return what a command prints, once it has ended as it should."""
    told = CliRunner().invoke(main, [*map(str, words)])
    assert told.exit_code == code, told.output
    return told.stdout


def test_a_header_alone_says_so(tmp_path: Path) -> None:
    result = run_scenario(scenario(tmp_path / "s", []))
    assert (result.plan.opening == -1).all()
    assert [n.file for n in result.problem.notes if n.code == "NO_SCORES"] == ["nilai.csv"]
    assert summarise(result).unplaced_causes == {"given": 4}
    assert summarise(result).empty_causes == {"given": 3}


def test_a_batch_reads_as_it_was_written(tmp_path: Path) -> None:
    folder = scenario(tmp_path / "s", ROWS)
    call("run", folder, "--out", tmp_path / "b")
    again = open_batch(tmp_path / "b")
    once, twice = batch_files(run_scenario(folder)), batch_files(again)
    told = {"problems.csv", "manifest.json"}  # notes on the files as they came
    assert {n: c for n, c in once.items() if n not in told} == {
        n: c for n, c in twice.items() if n not in told
    }
    call("run", folder, "--out", tmp_path / "d")
    for path in (tmp_path / "b").rglob("*.*"):
        other = tmp_path / "d" / path.relative_to(tmp_path / "b")
        assert path.read_bytes() == other.read_bytes()
    manifest = json.loads((tmp_path / "b" / "manifest.json").read_text())
    assert (manifest["scores"], manifest["rules"]) == ("given", "left out")


def outputs(batch: Path, form: str) -> dict[str, str]:
    """Return what the commands that show a plan print of a batch."""
    commands: dict[str, list[str]] = {
        "show": ["show"],
        "person": ["show", "C0"],
        "opening": ["show", "O0"],
        "explain": ["explain", "C1"],
        "unplaced": ["explain", "C3"],
        "pair": ["explain", "C0", "O1"],
        "unlisted": ["explain", "C3", "O1"],
    }
    return {
        name: call(words[0], batch, *words[1:], "--format", form, "--lang", "en")
        for name, words in commands.items()
    }


@pytest.mark.parametrize("rules", [True, False])
def test_every_output_has_the_scores_as_given_and_says_what_was_left_out(
    tmp_path: Path, rules: bool
) -> None:
    folder = scenario(tmp_path / "s", ROWS, rules=rules)
    said = call("run", folder, "--out", tmp_path / "b", "--lang", "en")
    told = {"run": said, **outputs(tmp_path / "b", "text")}
    for name, text in told.items():
        assert text.count("Scores as given in nilai.csv") == 1, name
        assert ("nothing here says that anybody may be sent" in text) is not rules, name
        assert not re.search(r"of 100\b", text) and "What weighs" not in text, name
        assert not PLACE.search(text), name
    assert str(WORTH) in told["show"] and str(WORTH) in told["opening"]
    assert "No score is given for this job order." in told["unlisted"]
    for name, text in outputs(tmp_path / "b", "json").items():
        if name != "opening":
            settled = json.loads(text)["settled"]
            assert len(settled) == (1 if rules else 2), name
    manifest = json.loads((tmp_path / "b" / "manifest.json").read_text())
    assert manifest["rules"] == ("checked" if rules else "left out")


def test_machines_get_the_given_score_as_one_line(tmp_path: Path) -> None:
    call("run", scenario(tmp_path / "s", ROWS), "--out", tmp_path / "b")
    pair = json.loads(outputs(tmp_path / "b", "json")["pair"])
    value = WORTH - 2
    assert pair["score"] == value and pair["breakdown"] == [
        {
            **{
                "criterion": "given",
                "part": "given",
                "weight": 1,
                "facts": ["as given in nilai.csv"],
            },
            **dict.fromkeys(("value", "low", "high", "contribution"), value),
        }
    ]
    unlisted = json.loads(outputs(tmp_path / "b", "json")["unlisted"])
    assert unlisted["score"] is None and unlisted["breakdown"] == []
    rows = outputs(tmp_path / "b", "csv")["pair"].splitlines()
    assert rows[1] == f"C0,O1,given,{value},{value},{value},1,{value}"


@pytest.mark.parametrize("what", ["audit", "funnel"])
def test_what_reviewers_ask_is_answered(tmp_path: Path, what: str) -> None:
    call("run", scenario(tmp_path / "s", ROWS, rules=True), "--out", tmp_path / "b")
    for form in ("text", "json", "csv"):
        text = call(what, tmp_path / "b", "--format", form, "--lang", "en")
        assert text
    assert "Scores as given" in call(what, tmp_path / "b", "--lang", "en")


def test_the_audit_has_the_mean_of_given_scores(tmp_path: Path) -> None:
    call("run", scenario(tmp_path / "s", ROWS), "--out", tmp_path / "b")
    result = open_batch(tmp_path / "b")
    rows = result.plan.row[result.plan.row >= 0]
    mean = result.scores.score[rows].sum() / rows.size
    assert f"{mean:.2f}" in call("audit", tmp_path / "b", "--lang", "en")


def test_rows_left_out_take_their_scores_with_them(tmp_path: Path) -> None:
    folder = scenario(tmp_path / "s", [*ROWS, score("C3", "O2", 4)])
    people = (folder / "peserta.csv").read_text()
    (folder / "peserta.csv").write_text(f"{people}C3,Peserta Contoh lain\n")
    with pytest.raises(InputError):
        open_scenario(folder)
    call("run", folder, "--out", tmp_path / "b", "--skip-bad-rows")
    problem = open_batch(tmp_path / "b").problem
    assert "C3" not in problem.candidate_ids
    assert problem.given is not None and problem.given.score.size == len(ROWS)
    counts = {count.file: count for count in problem.counts}
    assert counts["nilai.csv"].ignored == 1 and counts["nilai.csv"].accepted == len(ROWS)


@pytest.mark.parametrize("key", ["min_score", "unplaced_worth"])
def test_limits_of_scores_go_as_far_as_scores_do(tmp_path: Path, key: str) -> None:
    more = f"[objective]\norder = ['score']\n{key} = {WORTH}\n"
    result = run_scenario(scenario(tmp_path / "s", ROWS, more=more))
    assert result.plan.opening.tolist().count(-1) == 3
    stated = (tmp_path / "s" / "scenario.toml").read_text()
    own = stated.replace('scores = "nilai.csv"\n', "").replace("[scores]\nrules = false\n", "")
    (tmp_path / "s" / "scenario.toml").write_text(own)
    with pytest.raises(InputError) as caught:
        open_scenario(tmp_path / "s")
    assert "without given scores" in str(caught.value.issues[0].reason.message)


def test_rules_are_not_left_out_without_given_scores_and_that_is_told() -> None:
    world = replace(one_pair({"birth_date": "2006-01-01"}), chosen={"scores": {"rules": False}})
    result = world.result()
    assert result.plan.opening.tolist() == [-1]
    said = [phrase.message for phrase in tell_summary(result, summarise(result))]
    assert not any("left out at the office's choice" in line for line in said)
    chosen = result.problem.settings
    assert [note.code for note in settled_notes(chosen)] == ["NO_SCORES"]


def test_the_greatest_scores_stay_exact_for_many_people() -> None:
    """300 × 300 with all sums beyond 2³⁸: equal to a sum found another way."""
    size = 300
    values = MOST - (np.arange(size)[:, None] * 7919 + np.arange(size) * 104_729) % 999_983
    rows = [score(f"C{i}", f"O{j}", int(values[i, j])) for i in range(size) for j in range(size)]
    result = match(bare(size, [1] * size, rows).problem())
    from scipy.optimize import linear_sum_assignment

    where = linear_sum_assignment(values, maximize=True)
    chosen = result.plan.row[result.plan.row >= 0]
    assert chosen.size == size
    assert int(result.scores.score[chosen].sum()) == int(values[where].sum())
    assert result.seat_values.low.shape[0] == size
    assert result.reserves
