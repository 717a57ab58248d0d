"""Two batches beside each other."""

from __future__ import annotations

import json
import random
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import count, product
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from matcher.cli import main
from matcher.errors import MatcherError
from matcher.explain.compare import GROUPS, Comparison, compare_results
from matcher.explain.compare.groups import Sides
from matcher.language import words_of
from matcher.pipeline import Result as Matched
from matcher.pipeline import match
from matcher.report.compared import GROUP_NAMES, show_comparison
from matcher.settings import FILE
from tests.limit_worlds import limited_world
from tests.readme import ROOT
from tests.worlds import ON, World, decision, one_pair, worlds

TINY = ROOT / "scenarios" / "tiny"
SEASON = ROOT / "scenarios" / "season"
POOL = SEASON / "1-pool"


def call(*words: object) -> Result:
    """Return what a call of the command line comes to."""
    return CliRunner().invoke(main, [str(word) for word in words])


def batch_of(folder: Path, name: str, *changes: tuple[str, str, str], of: Path = TINY) -> Path:
    """Return a batch of a copy of a scenario, with a text of a file changed to another."""
    scenario = folder / f"{name} scenario"
    scenario.mkdir()
    for path in of.iterdir():
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
        "candidate_id,from,to,state_before,state_after,cause,also\n"
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


def kept(world: World) -> Matched:
    """Return the result of a world with the inputs as a batch would keep them."""
    problem = world.problem()
    return match(replace(problem, inputs={FILE: b"", **problem.inputs}))


def seeded(world: World, seed: str) -> World:
    """Return a world with another seed."""
    return replace(world, objective={**world.objective, "seed": seed})


def test_whom_another_seed_moves_was_moved_by_the_lot(tmp_path: Path) -> None:
    one = batch_of(tmp_path, "one", of=POOL)
    two = batch_of(tmp_path, "two", ("scenario.toml", "20221107", "2"), of=POOL)
    found = compared(one, two)
    moved = {row["candidate_id"] for row in found["changes"]}
    assert found["moved"] == len(moved) == 2
    assert found["only_seed"]
    assert [row["cause"] for row in found["changes"]] == [["seed"], ["seed"]]
    for folder in (one, two):
        manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
        assert moved <= set(manifest["by_lottery"])
    told = "Only the lottery number differs: these 2 people were decided by lot."
    assert call("compare", one, two, "--lang", "en").stdout.splitlines()[0] == told


@given(worlds())
def test_whoever_moves_with_the_seed_was_decided_by_lottery(world: World) -> None:
    one, other = kept(seeded(world, "a")), kept(seeded(world, "b"))
    found = compare_results(one, other)
    assert found.only_seed
    ids = one.problem.candidate_ids
    for change in found.changes:
        place = ids.index(change.candidate_id)
        assert change.cause == ("seed",)
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
    one = kept(replace(world, decisions=decisions))
    other = kept(replace(world, candidates=rest, decisions=decisions))
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


# Why people stand elsewhere.


def places(result: Matched) -> dict[str, str]:
    """Return each candidate's opening, "" without a host."""
    ids = (*result.problem.opening_ids, "")
    who = zip(result.problem.candidate_ids, result.plan.opening.tolist(), strict=True)
    return {name: ids[place] for name, place in who}


def causes(found: Comparison) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the cause of each move, and what else would have been one."""
    return {change.candidate_id: (change.cause, change.also) for change in found.moved}


def check_causes(one: Matched, other: Matched) -> Comparison:
    """Return a comparison, every step and every cause of it checked against runs of its own."""
    found, sides = compare_results(one, other), Sides(one.problem, other.problem)
    differing = sides.differing()
    applied = [group for step in found.steps for group in step.groups]
    assert sorted(applied) == sorted(differing)
    assert [step.groups[0] for step in found.steps] == sorted(
        (step.groups[0] for step in found.steps), key=GROUPS.index
    )
    stands, taken = [places(one)], set[str]()
    for step in found.steps:
        taken.update(step.groups)
        result = sides.run(taken)
        assert result is not None
        stands.append(places(result))
        both = stands[-2].keys() & stands[-1].keys()
        assert step.moved == sum(stands[-2][name] != stands[-1][name] for name in both)
        assert step.totals["proposed"] == sum(map(bool, stands[-1].values()))
        for group in step.groups[1:]:
            assert sides.run(taken - {group}) is None
    last = places(other)
    assert stands[-1] == last
    for change in found.changes:
        name = change.candidate_id
        if name not in last or name not in stands[0]:
            assert (change.cause, change.also) == ((), ())
            continue
        at = [step.groups for step in found.steps].index(change.cause)
        assert stands[at].get(name) != last[name]
        assert all(stand.get(name) == last[name] for stand in stands[at + 1 :])
        without = sides.run(set(differing) - set(change.cause))
        shared = without is not None and places(without).get(name) == last[name]
        assert bool(change.also) == shared
        assert set(change.also) <= set(differing) - set(change.cause)
    shown = [show_comparison(found, form, words_of("en")) for form in ("text", "json", "csv")]
    assert "solver" not in "".join(shown)
    return found


@hypothesis_settings(max_examples=25)
@given(worlds(), worlds(), st.data())
def test_every_cause_is_what_a_run_without_it_shows(
    one: World, other: World, data: st.DataObject
) -> None:
    """Some parts of a world are those of another; decisions about nobody there are left out."""
    taken = data.draw(
        st.sets(st.sampled_from(["candidates", "openings", "decisions", "objective", "unknown"]))
    )
    mixed = replace(one, **{name: getattr(other, name) for name in taken})
    people = {row["candidate_id"] for row in mixed.candidates} | {""}
    orders = {row["opening_id"] for row in mixed.openings} | {""}
    known = tuple(
        row
        for row in mixed.decisions
        if row["candidate_id"] in people and row["opening_id"] in orders
    )
    waived = tuple(row for row in known if row["action"] != "place")
    check_causes(kept(one), kept(replace(mixed, decisions=waived)))


@pytest.mark.parametrize("seed", range(16))
def test_causes_are_found_under_limits_of_every_kind(seed: int) -> None:
    one = limited_world(seed, locks=False)
    other = replace(limited_world(seed + 100, locks=False), beside=one.beside)
    ids = {(row["candidate_id"], row["opening_id"]) for row in one.beside["scores"]}
    people = {row["candidate_id"] for row in other.candidates}
    orders = {row["opening_id"] for row in other.openings}
    rows = tuple(
        {"candidate_id": person, "opening_id": order, "score": "2"}
        for person, order in sorted(ids)
        if person in people and order in orders
    )
    other = replace(other, beside={**other.beside, "scores": rows})
    try:
        results = kept(one), kept(other)
    except MatcherError:
        return
    check_causes(*results)


def crowded(draw: random.Random, parts: dict[str, Any]) -> World:
    """Return a world in which many want the same seats; `parts` keep what is drawn of each part,
    and a part that is there already is not drawn again."""
    pair = one_pair()
    ids = [f"C{n}" for n in range(4)], [f"O{n}" for n in range(3)]
    parts.setdefault("people", [name for name in ids[0] if draw.random() < 0.9])
    parts.setdefault("seats", [draw.choice("0112") for _ in ids[1]])
    parts.setdefault("worth", {pair: draw.choice("1123") for pair in product(*ids)})
    forbidden = [pair for pair in product(*ids) if draw.random() < 0.15]
    parts.setdefault("decisions", tuple(decision("forbid", *pair) for pair in forbidden))
    parts.setdefault("objective", {"min_score": draw.choice([0, 0, 2])})
    parts.setdefault("name", draw.choice("ABC"))
    people = parts["people"]
    chosen = {"scores": {"rules": False}, "name": parts["name"]}
    scores = tuple(
        {"candidate_id": person, "opening_id": order, "score": score}
        for (person, order), score in parts["worth"].items()
        if person in people
    )
    return World(
        tuple({**pair.candidates[0], "candidate_id": name} for name in people),
        tuple(
            {**pair.openings[0], "opening_id": name, "seats": seats}
            for name, seats in zip(ids[1], parts["seats"], strict=True)
        ),
        tuple(row for row in parts["decisions"] if row["candidate_id"] in people),
        parts["objective"],
        chosen=chosen,
        beside={"scores": scores},
    )


def test_causes_are_found_where_much_differs_at_once() -> None:
    seen: Counter[str] = Counter()
    for seed in range(24):
        draw, parts = random.Random(f"{seed} crowded"), dict[str, Any]()
        one = crowded(draw, parts)
        again = {name: part for name, part in parts.items() if draw.random() < 0.5}
        found = check_causes(kept(one), kept(crowded(draw, again)))
        seen["moved"] += len(found.moved)
        seen["also"] += sum(bool(change.also) for change in found.moved)
        seen["joined"] += sum(len(step.groups) > 1 for step in found.steps)
    assert min(seen[what] for what in ("moved", "also", "joined")) > 1


def of_worlds(one: World, other: World) -> Comparison:
    return compare_results(kept(one), kept(other))


def test_a_cause_is_shared_where_another_would_have_done() -> None:
    one = one_pair()
    other = replace(one.with_opening(0, seats="0"), decisions=(decision("forbid", "C1", "O1"),))
    assert causes(of_worlds(one, other)) == {"C1": (("seats",), ("decisions",))}
    without = replace(one, decisions=other.decisions)
    assert causes(of_worlds(one, without)) == {"C1": (("decisions",), ())}
    assert causes(of_worlds(one, one.with_opening(0, seats="0"))) == {"C1": (("seats",), ())}


def test_what_cannot_stand_apart_goes_together() -> None:
    """Somebody else is gone, and with them the decision that gave them the seat."""
    pair = one_pair()
    another = {**pair.candidates[0], "candidate_id": "C2"}
    one = replace(
        pair,
        candidates=(*pair.candidates, another),
        decisions=(decision("place", "C2", "O1"),),
    )
    found = of_worlds(one, replace(pair, unknown={"wishes": "middle"}))
    assert causes(found) == {"C1": (("candidates", "decisions"), ())}
    assert [step.groups for step in found.steps] == [("candidates", "decisions"), ("unknown",)]
    told = show_comparison(found, "text", words_of("en"))
    assert told.splitlines()[:2] == [
        "1 people stand elsewhere: 1 because of candidates + decisions.",
        "0 people are new, 1 are gone.",
    ]
    assert "Of what is joined by + the first cannot be run without the others.\n" in told
    assert "C1,,O1,unplaced,placed,candidates+decisions,\n" in show_comparison(
        found, "csv", words_of("en")
    ).replace("conditional", "placed")


def twins(**chosen: object) -> World:
    """Return a world in which the lottery gives one seat to one of two equal people."""
    pair = one_pair()
    rows = tuple({**pair.candidates[0], "candidate_id": name} for name in ("C1", "C2"))
    return replace(pair, candidates=rows, chosen=chosen)


@pytest.mark.parametrize(
    "chosen", [lambda n: {"name": f"World {n}"}, lambda n: {"on": date(2022, 12, n % 12 + 1)}]
)
def test_another_name_or_day_that_moves_by_lot_is_told_as_the_lottery(
    chosen: Callable[[int], dict[str, object]],
) -> None:
    one = twins(name="World", on=ON)
    others = (twins(**{"name": "World", "on": ON, **chosen(n)}) for n in count(1))
    found = next(found for other in others if (found := of_worlds(one, other)).moved)
    assert causes(found) == {"C1": (("seed",), ()), "C2": (("seed",), ())}
    assert found.only_seed == ("on" not in chosen(1))


def test_the_stable_plan_and_the_best_are_told_apart_by_the_objective() -> None:
    one = limited_world(3, locks=False)
    one = replace(one, chosen={"scores": {"rules": False}})
    found = of_worlds(one, replace(one, objective={"mode": "stable"}))
    assert [step.groups for step in found.steps] == [("objective",)]
    check_causes(kept(one), kept(replace(one, objective={"mode": "stable"})))


def test_sums_of_given_scores_and_of_our_own_are_not_subtracted() -> None:
    given_scores = {"scores": ({"candidate_id": "C1", "opening_id": "O1", "score": "7"},)}
    found = of_worlds(one_pair(), replace(one_pair(), beside=given_scores))
    assert found.own == (True, False)
    told = show_comparison(found, "text", words_of("en"))
    line = next(line for line in told.splitlines() if line.startswith("sum of scores"))
    assert line.split()[3:] == ["70.56", "7"]


def test_the_seasons_drop_outs_are_told_by_their_outcomes(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder, batch in ((SEASON / "2-plan", one), (SEASON / "3-back", two)):
        assert call("run", folder, "--out", batch).exit_code == 0
    found = compared(one, two)
    assert [(row["candidate_id"], *row["cause"]) for row in found["changes"]] == [
        (person, "outcomes") for person in ("C03", "C04", "C18", "C19")
    ]
    assert [(step["groups"], step["moved"]) for step in found["steps"]] == [
        (["on"], 0),
        (["earlier"], 0),
        (["outcomes"], 4),
    ]
    last = found["steps"][-1]["totals"]
    assert all(found["totals"][name]["after"] == total for name, total in last.items())
    groups = {row["name"]: row["groups"] for row in found["differences"]}
    assert groups["objections.csv"] == []
    assert groups["outcomes.csv"] == ["outcomes"]
    text = call("compare", one, two, "--lang", "en").stdout
    assert text.splitlines()[0] == "4 people stand elsewhere: 4 because of outcomes."
    assert "These move nobody and are not applied: objections.csv, name.\n" in text


def test_every_group_has_a_name() -> None:
    assert list(GROUP_NAMES) == [*GROUPS, "version"]


def test_another_version_is_named_and_not_applied() -> None:
    result = kept(one_pair())
    found = compare_results(result, result, ({"matcher": "1"}, {"matcher": "2"}))
    told = show_comparison(found, "text", words_of("en"))
    assert "These cannot be applied: matcher.\n" in told
    assert not found.steps


def test_another_plan_of_the_same_inputs_is_told_as_such() -> None:
    """Where a batch's plan is not shown to be the only best one, it is made again."""
    one = kept(twins(name="World"))
    others = (kept(twins(name=f"World {n}")) for n in count(1))
    lot = next(other for other in others if places(other) != places(one))
    other = replace(one, plan=replace(lot.plan, method="milp"))
    found = compare_results(one, other)
    assert causes(found) == dict.fromkeys(("C1", "C2"), (("version",), ()))
    assert [step.groups for step in found.steps] == [("version",)]


def test_progress_is_told_on_the_way() -> None:
    told: list[tuple[str, int]] = []
    one, other = one_pair(), one_pair({"japanese_level": "N3"}, {"seats": "2"})
    compare_results(kept(one), kept(other), progress=lambda word, share: told.append((word, share)))
    assert told
    assert all(word == "compare" and 0 < share < 100 for word, share in told)
    assert told == sorted(told)
