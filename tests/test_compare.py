"""Two batches beside each other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import strategies as st

from matcher.cli import main
from matcher.explain.compare import compare_results
from tests.readme import ROOT
from tests.worlds import World, worlds

TINY = ROOT / "scenarios" / "tiny"


def call(*words: object) -> Result:
    """Return what a call of the command line comes to."""
    return CliRunner().invoke(main, [str(word) for word in words])


def batch_of(folder: Path, name: str, *changes: tuple[str, str, str]) -> Path:
    """Return a batch of a copy of the tiny scenario, with a text of a file changed to another."""
    scenario = folder / f"{name} scenario"
    scenario.mkdir()
    for path in TINY.iterdir():
        if path.is_file():
            (scenario / path.name).write_bytes(path.read_bytes())
    for file, old, new in changes:
        text = (scenario / file).read_text(encoding="utf-8")
        assert old in text
        (scenario / file).write_text(text.replace(old, new), encoding="utf-8")
    made = call("run", scenario, "--out", folder / name)
    assert made.exit_code == 0, made.output
    return folder / name


def compared(one: Path, other: Path) -> Any:
    """Return the comparison of two batches as JSON."""
    shown = call("compare", one, other, "--format", "json")
    assert shown.exit_code == 0, shown.output
    return json.loads(shown.stdout)


def test_a_batch_beside_itself_differs_in_nothing(tmp_path: Path) -> None:
    one = batch_of(tmp_path, "one")
    found = compared(one, one)
    assert (found["changes"], found["differences"], found["only_seed"]) == ([], [], False)
    text = call("compare", one, one, "--lang", "en").stdout
    assert text.startswith("The two batches were made from the same, and propose the same.\n")
    assert call("compare", one, one, "--format", "csv").stdout == (
        "candidate_id,from,to,state_before,state_after\n"
    )


def test_another_weight_and_another_input_are_named(tmp_path: Path) -> None:
    one = batch_of(tmp_path, "one")
    weights = "[objective]\n", "[weights]\nskill_fit = 400\nextra_needs = 80\n\n[objective]\n"
    two = batch_of(tmp_path, "two", ("scenario.toml", *weights))
    found = compared(one, two)
    assert [(row["kind"], row["name"]) for row in found["differences"]] == [
        ("setting", "weights.extra_needs"),
        ("setting", "weights.skill_fit"),
    ]
    assert not found["only_seed"]
    three = batch_of(tmp_path, "three", ("candidates.csv", "N5", "N4"))
    rows = compared(one, three)["differences"]
    assert [(row["kind"], row["name"]) for row in rows] == [("input", "candidates.csv")]
    assert all(len(row["before"]) == len(row["after"]) == 64 for row in rows)


def test_another_seed_alone_is_said_to_be_the_lot(tmp_path: Path) -> None:
    one = batch_of(tmp_path, "one")
    two = batch_of(tmp_path, "two", ("scenario.toml", 'seed = "1"', 'seed = "another"'))
    found = compared(one, two)
    assert found["only_seed"]
    assert {row["kind"] for row in found["differences"]} == {"setting", "seed"}
    text = call("compare", one, two, "--lang", "en").stdout
    assert found["moved"] == 0
    assert text.splitlines()[0] == "Only the lottery number differs; nobody stands elsewhere."


@pytest.mark.parametrize("folders", [("none", "one"), ("one", "none")])
def test_what_is_no_batch_is_said(tmp_path: Path, folders: tuple[str, str]) -> None:
    batch_of(tmp_path, "one")
    shown = call("compare", *(tmp_path / name for name in folders), "--lang", "en")
    assert shown.exit_code == 2
    assert "There is no batch in" in shown.stderr


def seeded(world: World, seed: str) -> World:
    """Return a world with another seed."""
    return replace(world, objective={**world.objective, "seed": seed})


@given(worlds())
def test_whoever_moves_with_the_seed_was_decided_by_lottery(world: World) -> None:
    one, other = seeded(world, "a").result(), seeded(world, "b").result()
    found = compare_results(one, other)
    assert found.only_seed
    ids = one.problem.candidate_ids
    for change in found.changes:
        place = ids.index(change.candidate_id)
        assert one.plan.by_lottery[place]
        assert other.plan.by_lottery[place]
    for name in ("proposed", "score"):
        if world.objective["order"] == ["placements", "score"]:
            before, after = found.totals[name]
            assert before == after


@given(worlds(), st.data())
def test_changes_are_what_two_plans_differ_in(world: World, data: st.DataObject) -> None:
    gone = data.draw(st.integers(0, len(world.candidates) - 1))
    name = world.candidates[gone]["candidate_id"]
    rest = (*world.candidates[:gone], *world.candidates[gone + 1 :])
    if not rest:
        return
    decisions = tuple(row for row in world.decisions if row["candidate_id"] != name)
    one = replace(world, decisions=decisions).result()
    other = replace(world, candidates=rest, decisions=decisions).result()
    found = {change.candidate_id: change for change in compare_results(one, other).changes}
    assert found[name].after is None
    before, after = (
        dict(zip(each.problem.candidate_ids, each.plan.opening.tolist(), strict=True))
        for each in (one, other)
    )
    ids = one.problem.opening_ids
    for who, place in after.items():
        moved = before[who] != place
        assert (who in found) == moved
        if moved:
            was = found[who].before
            assert was is not None
            assert was.opening_id == (ids[before[who]] if before[who] >= 0 else "")
