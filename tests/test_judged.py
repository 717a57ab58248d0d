"""Anybody's plan beside the best one: what it breaks, how far it is, and `verify --plan`."""

from __future__ import annotations

import csv
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from matcher.check.stated import Stated, read_stated
from matcher.cli import main
from matcher.errors import InputError
from matcher.explain.judged import Judged, judge_plan
from matcher.language import words_of
from matcher.pipeline import Result
from matcher.proof import show_best
from matcher.report.judged import record_judged, show_judged
from tests.limit_worlds import limited_world
from tests.pools import HOST, order, person
from tests.worlds import Row, World, decision, worlds

EN = words_of("en")
Plan = Mapping[str, str]


def stated(result: Result, plan: Plan) -> Stated:
    """Return a plan by ids as it would be read; people it does not name have no place."""
    problem = result.problem
    names = [plan.get(name, "") for name in problem.candidate_ids]
    opening = [problem.opening_ids.index(name) if name else -1 for name in names]
    named = np.array([name in plan for name in problem.candidate_ids], bool)
    return Stated("plan.csv", np.array(opening, np.int64), named, ())


def own_plan(result: Result) -> dict[str, str]:
    """Return the product's plan by ids."""
    ids = (*result.problem.opening_ids, "")
    places = zip(result.problem.candidate_ids, result.plan.opening.tolist(), strict=True)
    return {name: ids[at] for name, at in places}


def judged_of(world: World, plan: Plan) -> Judged:
    """Return what there is to say of a plan for a world."""
    result = world.result()
    return judge_plan(result, stated(result, plan))


def kinds(judged: Judged) -> list[tuple[str, str]]:
    """Return the breaches' kinds and names."""
    return [(breach.kind, breach.name) for breach in judged.breaches]


def pool(people: int, *seats: int, **more: object) -> World:
    """Return a world of so many welders, and of openings with so many seats."""
    orders = tuple(order(at, seats=str(n)) for at, n in enumerate(seats, 1))
    return World(tuple(person(n) for n in range(1, people + 1)), orders, **more)  # type: ignore[arg-type]


@given(worlds(5, 4))
def test_the_plan_of_the_product_is_the_best_and_breaks_nothing(world: World) -> None:
    result = world.result()
    judged = judge_plan(result, stated(result, own_plan(result)))
    assert judged.best and not judged.by_lottery and not judged.unnamed
    assert not judged.breaches and not judged.elsewhere
    assert all(distance.difference == 0 for distance in judged.distances)
    rows = result.plan.row[result.plan.row >= 0]
    open_rows = int(result.screening.conditional[rows].sum())
    assert len(judged.open) == open_rows
    assert all(pair.rules for pair in judged.open)


@hypothesis_settings(max_examples=60)
@given(worlds(5, 4), st.randoms(use_true_random=False))
def test_no_plan_that_breaks_nothing_is_ahead(world: World, draw: Random) -> None:
    result = world.result()
    problem, plan = result.problem, result.plan.opening
    for _ in range(10):
        other = plan.copy()
        for who in draw.sample(range(other.size), min(2, other.size)):
            other[who] = draw.choice(range(-1, len(problem.openings)))
        names = dict(
            zip(
                problem.candidate_ids, ((*problem.opening_ids, "")[at] for at in other), strict=True
            )
        )
        judged = judge_plan(result, stated(result, names))
        screened = set(
            zip(result.screening.candidate.tolist(), result.screening.opening.tolist(), strict=True)
        )
        seats = np.bincount(other[other >= 0], minlength=len(problem.openings))
        kept = [(problem.standing[who], problem.locked[who]) for who in range(other.size)]
        legal = all(
            at < 0 or (who, int(at)) in screened for who, at in enumerate(other.tolist())
        ) and all(
            at == own for at, (there, own) in zip(other, kept, strict=True) if own >= 0 == there
        )
        assert not legal or ("rule" not in dict(kinds(judged)))
        if (seats > problem.openings.seats).any():
            assert "seats" in dict(kinds(judged))
        if not judged.breaches:
            assert legal and judged.ahead <= 0
            assert judged.best == all(d.difference == 0 for d in judged.distances)
        assert judged.breaches or judged.best or judged.ahead < 0


def test_an_equal_plan_differs_by_the_lottery_alone() -> None:
    world = pool(2, 1)
    own = own_plan(world.result())
    swapped = {"C1": own["C2"], "C2": own["C1"]}
    judged = judged_of(world, swapped)
    assert judged.best and judged.by_lottery
    assert [one.candidate for one in judged.elsewhere] == [0, 1]


def test_a_worse_plan_is_told_by_how_much() -> None:
    world = pool(2, 1, 1)
    judged = judged_of(world, {"C1": "O1"})
    assert not judged.breaches and not judged.best and judged.ahead < 0
    assert judged.unnamed == (1,)
    placements = judged.distances[0]
    assert (placements.name, placements.plan, placements.best) == ("placements", 1, 2)
    assert [(one.candidate, one.opening) for one in judged.blocking][-1:] == [(1, 1)]


def test_seats_and_quotas() -> None:
    quotas = {"hosts": ({**HOST, "full_time_staff": "1"},)}
    orders = (order(1, host_id="H1", seats="1"), order(2, host_id="H1", seats="1"))
    world = World((person(1), person(2), person(3)), orders, beside=quotas)
    judged = judged_of(world, {"C1": "O1", "C2": "O1", "C3": "O2"})
    told = [(breach.kind, breach.held) for breach in judged.breaches]
    assert ("seats", 2) in told and ("quota", 3) in told
    assert not judged.best
    fits = judged_of(world, {"C1": "O2"})
    assert not fits.breaches


def test_a_refused_pair_tells_the_rules_with_what_is_held_and_required() -> None:
    world = World((person(1, refuses="Osaka"),), (order(1, prefecture="Osaka"),))
    judged = judged_of(world, {"C1": "O1"})
    (breach,) = judged.breaches
    assert (breach.kind, breach.candidate, breach.opening) == ("rule", 0, 0)
    assert EN(breach.held) and EN(breach.required)
    assert judged.distances[0].plan == 0  # what is refused is not compared


def test_seats_on_record_and_people_on_hold() -> None:
    decided = (decision("place", "C1", "O1"), decision("hold", "C3"))
    world = pool(3, 1, 1, decisions=decided)
    assert kinds(judged_of(world, {"C1": "O1", "C2": "O2"})) == []
    assert kinds(judged_of(world, {"C1": "O2", "C2": "O1"})) == [("on_record", "on_record")]
    assert kinds(judged_of(world, {"C2": "O2"})) == [("on_record", "on_record")]
    held = judged_of(world, {"C1": "O1", "C3": "O2"})
    assert kinds(held) == [("on_hold", "on_hold")]
    assert held.distances[0].plan == 1


def test_below_the_floor() -> None:
    world = pool(1, 1, objective={"min_score": 999_999})
    judged = judged_of(world, {"C1": "O1"})
    assert kinds(judged) == [("below_floor", "min_score")]
    assert "99.9999" in show_judged(world.result(), judged, "text", EN) or "100.00" in show_judged(
        world.result(), judged, "text", EN
    )


LIMITS: tuple[tuple[dict[str, object], Plan, Plan], ...] = (
    ({"by": "host", "of": "H1", "min": 1}, {"C1": "O1"}, {"C1": "O2"}),
    ({"by": "host", "of": "H1", "max": 1}, {"C1": "O1"}, {"C1": "O1", "C2": "O1"}),
    ({"by": "centre", "of": "BLK Contoh", "max": 1}, {"C1": "O1"}, {"C1": "O1", "C2": "O2"}),
    ({"budget": 1_000, "sum": "cost_to_candidate"}, {"C1": "O1"}, {"C1": "O2"}),
    ({"together": ["C1", "C2"]}, {"C1": "O1", "C2": "O1"}, {"C1": "O1", "C2": "O2"}),
    ({"together": ["C1", "C2"]}, {"C3": "O1"}, {"C1": "O1"}),
    ({"apart": ["C1", "C2"]}, {"C1": "O1"}, {"C1": "O1", "C2": "O1"}),
)


@pytest.mark.parametrize(("limit", "kept", "broken"), LIMITS)
def test_limits(limit: Mapping[str, object], kept: Plan, broken: Plan) -> None:
    people = tuple(person(n, centre="BLK Contoh") for n in range(1, 4))
    orders = (order(1, seats="2"), order(2, seats="2", cost_to_candidate="2500"))
    world = World(people, orders, chosen={"limits": [limit]})
    result = world.result()
    assert not judge_plan(result, stated(result, kept)).breaches
    judged = judge_plan(result, stated(result, broken))
    assert [breach.kind for breach in judged.breaches] == ["limit"]
    assert judged.breaches[0].name.startswith("limits")
    assert not judged.best


def test_an_opening_that_goes_ahead_with_two() -> None:
    world = World((person(1), person(2)), (order(1, seats="2", min_seats="2"), order(2)))
    result = world.result()
    assert not judge_plan(result, stated(result, {"C1": "O1", "C2": "O1"})).breaches
    assert not judge_plan(result, stated(result, {"C1": "O2"})).breaches
    judged = judge_plan(result, stated(result, {"C1": "O1"}))
    assert [breach.kind for breach in judged.breaches] == ["limit"]


def test_worst_is_compared_by_the_lowest_scores() -> None:
    world = pool(2, 1, 1, objective={"order": ["worst"]})
    result = world.result()
    judged = judge_plan(result, stated(result, {"C1": "O1"}))
    assert [(d.name, d.plan, d.best) for d in judged.distances] == [("worst_placed", 1, 2)]
    same = judge_plan(result, stated(result, own_plan(result)))
    assert [d.name for d in same.distances] == ["worst_placed", "worst"]
    assert same.best


def test_in_mode_stable_only_the_stable_plan_is_good() -> None:
    people = (person(1, wishes_prefectures="Osaka; Aichi"), person(2))
    orders = (order(1, prefecture="Aichi"), order(2, prefecture="Osaka"))
    world = World(people, orders, objective={"mode": "stable"})
    assert judged_of(world, {"C1": "O2", "C2": "O1"}).best
    other = judged_of(world, {"C1": "O1", "C2": "O2"})
    assert not other.best and not other.breaches
    assert (other.blocking[0].candidate, other.blocking[0].opening) == (0, 1)
    text = show_judged(world.result(), other, "text", EN)
    assert f"It is not stable: {len(other.blocking)} pairs block it." in text


@pytest.mark.parametrize("seed", [346, 642])
def test_a_plan_beside_one_that_is_not_proved_is_called_no_best_plan(seed: int) -> None:
    result = limited_world(seed).result()
    assert any(bound["gap"] for bound in show_best(result).bounds)
    judged = judge_plan(result, stated(result, own_plan(result)))
    assert judged.best and not judged.proved
    text = show_judged(result, judged, "text", EN)
    assert "as good as the plan that `matcher run` finds, which is not proved to be the" in text
    assert "the best plan" not in text and "a best plan" not in text
    assert record_judged(result, judged, EN)["proved"] is False


# The file and the command.


def scenario(folder: Path, world: World) -> Path:
    """Write a world as a scenario's folder."""
    place = folder / "scenario"
    place.mkdir()
    tables = {"candidates": world.candidates, "openings": world.openings}
    if world.decisions:
        tables["decisions"] = world.decisions
    lines = ['name = "Contoh"', "on = 2022-12-12", "entry = [2023-04-01, 2023-08-31]", "[files]"]
    for name, rows in tables.items():
        lines.append(f'{name} = "{name}.csv"')
        write(place / f"{name}.csv", rows)
    (place / "scenario.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return place


def write(path: Path, rows: Sequence[Row]) -> Path:
    """Write rows as a CSV file."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def pairs(plan: Plan) -> list[Row]:
    """Return a plan as rows of a table."""
    return [{"candidate_id": who, "opening_id": where} for who, where in plan.items()]


def verify(place: Path, plan: Path, *more: str) -> tuple[int, str, str]:
    """Return exit code, stdout and stderr of `verify --plan`."""
    told = CliRunner().invoke(main, ["verify", str(place), "--plan", str(plan), *more])
    return told.exit_code, told.stdout, told.stderr


def test_the_command_takes_the_products_own_placements(tmp_path: Path) -> None:
    place, batch = scenario(tmp_path, pool(3, 1, 1)), tmp_path / "batch"
    assert CliRunner().invoke(main, ["run", str(place), "--out", str(batch)]).exit_code == 0
    code, out, _ = verify(place, batch / "placements.csv", "--format", "json")
    record = json.loads(out)
    assert code == 0 and record["best"] and not record["differs_by_lottery_alone"]
    assert verify(batch, batch / "placements.csv")[0] == 0


def test_the_command_tells_breaches_with_1_and_faults_of_the_file_with_3(tmp_path: Path) -> None:
    place = scenario(tmp_path, pool(3, 1, 1))
    crowded = write(tmp_path / "plan.csv", pairs({"C1": "O1", "C2": "O1"}))
    code, out, _ = verify(place, crowded, "--lang", "en")
    assert code == 1 and "Breaches: 1" in out and "at most 1" in out
    rows = [*pairs({"C1": "O1", "C9": "O1", "C2": "O-9", "C3": "O1"}), *pairs({"C3": "O2"})]
    code, out, err = verify(place, write(tmp_path / "faulty.csv", rows), "--lang", "en")
    assert code == 3 and not out
    for cell in ("faulty.csv:3:candidate_id", "faulty.csv:4:opening_id", "faulty.csv:5", "C9"):
        assert cell in err
    assert verify(place, tmp_path / "none.csv")[0] == 2


def test_headers_are_known_by_their_other_names(tmp_path: Path) -> None:
    world = pool(2, 1)
    problem = world.problem()
    path = write(tmp_path / "usulan.csv", [{"Kode peserta": "C1", "Kode job order": "O1"}])
    found = read_stated(path, problem)
    assert found.opening.tolist() == [0, -1] and found.named.tolist() == [True, False]
    with pytest.raises(InputError):
        read_stated(write(tmp_path / "other.csv", [{"a": "C1", "b": "O1"}]), problem)


def test_the_record_holds_every_finding() -> None:
    world = replace(pool(2, 1), decisions=(decision("hold", "C2"),))
    result = world.result()
    judged = judge_plan(result, stated(result, {"C1": "O1", "C2": "O1"}))
    record = record_judged(result, judged, EN)
    assert [row["kind"] for row in record["breaches"]] == ["on_hold", "seats"]  # type: ignore[attr-defined]
    assert json.loads(show_judged(result, judged, "json", EN)) == json.loads(json.dumps(record))
