"""The change-budget curve against every plan of small worlds, and against all sums of larger ones,
person after person."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from matcher.assign import NoAnswer
from matcher.assign.best import Draw
from matcher.assign.divisions import find_best
from matcher.assign.network import Network, Worth
from matcher.check.again import reopen
from matcher.errors import InputError, MatcherError
from matcher.language import words_of
from matcher.pipeline import Result, match
from matcher.problem import Numbers, Problem
from matcher.report.curve import show_curve
from matcher.settings import FILE
from matcher.whatif import cases
from matcher.whatif.budgets import Held, plans_within
from matcher.whatif.cases import find_gap
from matcher.whatif.curve import Curve, moves_curve, promised_curve, trace_curve
from matcher.whatif.tables import read_rows, write_rows
from tests.limit_worlds import keeps, limited_world
from tests.limited import limited_plans, random_limited, value_of
from tests.networks import Seats
from tests.test_trees import drawing
from tests.worlds import OPENING, World, decision, worlds

EN = words_of("en")
ORDERS = (
    ("placements", "score"),
    ("score", "placements"),
    ("score",),
    ("worst", "score"),
    ("placements", "worst"),
    ("keep", "placements", "score"),
    ("placements", "keep", "score"),
    ("keep",),
)
Places = list[tuple[str, str]]
Total = tuple[int, ...]

# -- Networks: the plans of each budget ----------------------------------------------------------


def random_held(seed: int) -> tuple[Held, list[Seats]]:
    """Return a small network of any kind, with pairs to keep: mostly those of one of its plans;
    and all its plans."""
    draw = random.Random(f"{seed} held")
    network = random_limited(
        seed,
        rows=seed % 2 == 0,
        starts=seed % 3 == 0,
        divided=seed % 5 == 0,
        worst=seed % 7 == 0,
    )
    at = [at for at, name in enumerate(network.names) if name != "keep"]
    network = replace(
        network, names=tuple(network.names[n] for n in at), worth=network.worth[:, at]
    )
    plans = list(limited_plans(network)) if at else []
    kept = np.zeros(network.person.size, bool)
    if plans:
        fullest = max(plans, key=lambda plan: (sum(pair >= 0 for pair in plan), draw.random()))
        chosen = draw.choice([draw.choice(plans), fullest])
        for person, pair in enumerate(chosen):
            own = np.flatnonzero(network.person == person).tolist()
            if pair >= 0 and draw.random() < 0.9:
                kept[pair] = True
            elif own and draw.random() < 0.3:
                kept[draw.choice(own)] = True

    def lots(suffix: str, pairs: Numbers) -> Worth:
        return drawing(network, suffix, pairs)

    return Held(network, kept, draw.choice([0, 0, 1]), lots), plans


def moved_by(held: Held, plan: Iterable[int]) -> int:
    """Return how many people a plan moves, counted person by person."""
    had = {int(held.network.person[pair]) for pair in np.flatnonzero(held.kept)}
    stay = {int(held.network.person[pair]) for pair in plan if pair >= 0 and held.kept[pair]}
    return held.gone + len(had - stay)


@pytest.mark.parametrize("seed", range(160))
def test_every_budget_has_the_very_plan_of_brute_force(seed: int) -> None:
    held, plans = random_held(seed)
    if not plans:
        return
    network = held.network
    valued = [(moved_by(held, plan), value_of(network, plan), plan) for plan in plans]
    whole = max(value for _, value, _ in valued)
    enough = min(moved for moved, value, _ in valued if value == whole)
    found, left_out = plans_within(held, 40)
    assert left_out is None
    assert [one.budget for one in found] == list(
        range(min(moved for moved, _, _ in valued), enough + 1)
    )
    tickets = drawing(network, "", np.arange(network.person.size))
    for one in found:
        within = [each for each in valued if each[0] <= one.budget]
        greatest = max(value for _, value, _ in within)
        fewest = min(moved for moved, value, _ in within if value == greatest)
        equal = [plan for moved, value, plan in within if (moved, value) == (fewest, greatest)]
        winner = max(equal, key=lambda plan: sum(int(tickets[pair]) for pair in plan if pair >= 0))
        assert tuple(one.pair_of.tolist()) == winner
        assert one.proved and one.gap is None


@pytest.mark.parametrize("seed", range(50))
def test_whatever_is_open_is_at_least_what_a_better_plan_has(seed: int) -> None:
    held, plans = random_held(seed)
    network = held.network
    if not plans or "worst" in network.names:
        return
    values = [value_of(network, plan) for plan in plans]
    best = max(values)
    for plan, value in list(zip(plans, values, strict=True))[:: max(1, len(plans) // 12)]:
        gap = find_gap(network, np.array(plan, np.int64), held.kept)
        if value == best:
            assert gap is None
            continue
        first = next(at for at in range(len(best)) if best[at] != value[at])
        assert gap is not None
        assert network.names.index(gap.name) <= first
        if network.names[first] == gap.name:
            assert gap.most >= best[first] - value[first]


# -- Larger worlds: all sums, person after person ------------------------------------------------


def crowd(seed: int) -> tuple[World, dict[tuple[int, int], int], list[int], Places]:
    """Return a world of 12 people and 4 openings with given scores, its scores by pair, its seats
    and the places of a plan."""
    draw = random.Random(f"{seed} crowd")
    seats = [draw.choice([1, 2, 3, 4]) for _ in range(4)]
    most = draw.choice([5, 50, 1_000_000])
    scores = {
        (who, where): draw.randint(0, most)
        for who in range(12)
        for where in range(4)
        if draw.random() < 0.6
    }
    left, places = list(seats), []
    for who in range(12):
        able = [where for where in range(4) if (who, where) in scores and left[where]]
        if able and draw.random() < 0.9:
            where = draw.choice(able)
            left[where] -= 1
            places.append((f"C{who:02}", f"O{where}"))
    world = World(
        tuple({"candidate_id": f"C{who:02}"} for who in range(12)),
        tuple(
            {
                **OPENING,
                "opening_id": f"O{where}",
                "host_id": f"H{where}",
                "seats": str(seats[where]),
            }
            for where in range(4)
        ),
        objective={"order": draw.choice([["placements", "score"], ["score", "placements"]])},
        chosen={"scores": {"rules": False}},
        beside={
            "scores": tuple(
                {"candidate_id": f"C{who:02}", "opening_id": f"O{where}", "score": str(score)}
                for (who, where), score in scores.items()
            )
        },
    )
    return world, scores, seats, places


def greatest_by_moves(
    scores: dict[tuple[int, int], int], seats: list[int], had: dict[str, str], order: list[str]
) -> dict[int, Total]:
    """Return the greatest total by how many people are moved: of all seatings, kept apart by the
    seats left and the moves made, one person after the other."""
    states: dict[tuple[tuple[int, ...], int], Total] = {(tuple(seats), 0): (0, 0)}
    for who in range(12):
        place, following = had.get(f"C{who:02}"), dict[tuple[tuple[int, ...], int], Total]()
        for (left, moved), total in states.items():
            for where in (None, *range(len(seats))):
                now, sum_ = left, total
                if where is not None:
                    if (who, where) not in scores or not left[where]:
                        continue
                    now = (*left[:where], left[where] - 1, *left[where + 1 :])
                    more = {"placements": 1, "score": scores[who, where]}
                    sum_ = (total[0] + more[order[0]], total[1] + more[order[1]])
                moves = moved + (place is not None and place != f"O{where}")
                following[now, moves] = max(following.get((now, moves), sum_), sum_)
        states = following
    best: dict[int, Total] = {}
    for (_, moved), total in states.items():
        best[moved] = max(best.get(moved, total), total)
    return best


@pytest.mark.parametrize("seed", range(12))
def test_a_larger_curve_is_that_of_all_sums(seed: int) -> None:
    world, scores, seats, places = crowd(seed)
    order = world.objective["order"]
    assert isinstance(order, list)
    best = greatest_by_moves(scores, seats, dict(places), order)
    curve = trace_curve(world.result(), places)
    whole = max(best.values())
    assert curve.points[-1].budget == min(k for k, total in best.items() if total == whole)
    for point in curve.points:
        assert point.total == max(total for k, total in best.items() if k <= point.budget)
        assert point.proved
    least, last = curve.points[0], curve.points[-1]
    few = trace_curve(world.result(), places, 3)
    shown = [point.budget for point in few.points]
    if last.budget - least.budget + 1 > 3:
        assert shown == [least.budget, least.budget + 1, last.budget]
        assert few.left_out == (least.budget + 2, last.budget - 1)
        assert f"{least.budget + 2} to {last.budget - 1} people" in show_curve(few, "text", EN)
    whole_curve = {point.budget: point.opening.tolist() for point in curve.points}
    assert all(point.opening.tolist() == whole_curve[point.budget] for point in few.points)


# -- Results: by ids, with seats on record, limits and rules -------------------------------------


def drawn_places(draw: random.Random, result: Result) -> Places:
    """Return places that some people had: somebody's may be two, or one that is no more open."""
    problem = result.problem
    openings = (*problem.opening_ids, "gone")
    found = [(who, draw.choice(openings)) for who in problem.candidate_ids if draw.random() < 0.8]
    found += [(who, draw.choice(openings)) for who in problem.candidate_ids if draw.random() < 0.1]
    return [*found, ("nobody", "gone")]


def moved_of(problem: Problem, places: Places, opening: list[int]) -> set[str]:
    """Return who of those taking part does not keep a place, counted by ids."""
    ids = (*problem.opening_ids, "")
    now = {problem.candidate_ids[who]: ids[opening[who]] for who in problem.present.tolist()}
    had = {who for who, _ in places if who in now}
    return had - {who for who, where in places if now.get(who) == where}


def compared(result: Result) -> Network:
    """Return the whole network of a result, its names without `keep`."""
    whole = result.whole
    columns = {name: whole.worth[:, at] for at, name in enumerate(whole.names) if name != "keep"}
    if not columns:
        floor = result.problem.settings.objective.unplaced_worth
        above = result.scores.score[whole.row].astype(np.int64) - floor
        columns = {"placements": np.ones_like(above), "score": above}
    worth = np.stack(list(columns.values()), axis=1)
    return replace(whole, names=tuple(columns), worth=worth)


def check_curve(result: Result, places: Places, curve: Curve) -> None:
    """Compare a curve with every plan there is, moves counted by ids."""
    network, problem = compared(result), result.problem
    assert curve.names == network.names
    best: dict[int, Total] = {}
    for plan in limited_plans(network):
        opening = result.plan.opening.tolist()
        for person, pair in zip(network.people.tolist(), plan, strict=True):
            opening[person] = int(network.opening[pair]) if pair >= 0 else -1
        moved = len(moved_of(problem, places, opening))
        best[moved] = max(best.get(moved, ()), value_of(network, plan))
    enough = min(moved for moved, total in best.items() if total == max(best.values()))
    assert [point.budget for point in curve.points] == list(range(min(best), enough + 1))
    ids = (*problem.opening_ids, "")
    for point in curve.points:
        opening = point.opening.tolist()
        pair_of = pairs_at(network, opening)
        within = {moved: total for moved, total in best.items() if moved <= point.budget}
        assert value_of(network, pair_of) == max(within.values())
        elsewhere = moved_of(problem, places, opening)
        assert {move.candidate_id for move in point.moves} == elsewhere
        assert len(elsewhere) == min(k for k, v in within.items() if v == max(within.values()))
        for move in point.moves:
            assert (move.candidate_id, move.before) in places
            assert move.after == ids[opening[problem.candidate_ids.index(move.candidate_id)]]
        assert point.placed == sum(at >= 0 for at in opening)
        assert point.proved
        fixed = problem.locked >= 0
        assert (point.opening[fixed] == result.plan.opening[fixed]).all()


def pairs_at(network: Network, opening: list[int]) -> Numbers:
    """Return each person's pair of the network under a plan."""
    pair_of = np.full(network.people.size, -1, np.int64)
    for pair, (person, at) in enumerate(zip(network.person, network.opening, strict=True)):
        if opening[network.people[person]] == at:
            pair_of[person] = pair
    return pair_of


@pytest.mark.parametrize("seed", range(70))
def test_every_point_is_the_best_plan_of_its_budget_under_limits(seed: int) -> None:
    world, draw = limited_world(seed), random.Random(f"{seed} curve")
    world = replace(world, objective={"order": list(draw.choice(ORDERS))})
    try:
        result = world.result()
    except MatcherError:
        return
    places = drawn_places(draw, result)
    curve = trace_curve(result, places)
    check_curve(result, places, curve)
    for point in curve.points:
        assert keeps(world, (), [at if at >= 0 else None for at in point.opening.tolist()])


def with_drop_outs(problem: Problem, ids: Iterable[str]) -> Problem:
    """Return the problem with some people withdrawn."""
    rows = [decision("withdraw", who) for who in ids]
    held = problem.inputs.get("decisions.csv")
    columns, before = read_rows(held) if held else (list(decision("withdraw")), [])
    written = write_rows(columns, [*before, *(dict(row) for row in rows)])
    frozen = replace(problem, inputs={FILE: b"", **problem.inputs})
    return reopen(frozen, {**frozen.inputs, "decisions.csv": written}, frozen.settings)


@given(worlds(), st.data())
@settings(max_examples=30)
def test_after_a_drop_out_the_reference_is_the_plan_before(world: World, data: DataObject) -> None:
    order = list(data.draw(st.sampled_from(ORDERS)))
    before = replace(world, objective={**world.objective, "order": order}).result()
    problem = before.problem
    placed = np.flatnonzero((before.plan.opening >= 0) & (problem.locked < 0)).tolist()
    if not placed:
        return
    gone = problem.candidate_ids[data.draw(st.sampled_from(placed))]
    try:
        after = with_drop_outs(problem, [gone])
    except InputError:
        return
    curve = moves_curve(before, after)
    places = [
        (who, problem.opening_ids[at])
        for who, at in zip(problem.candidate_ids, before.plan.opening.tolist(), strict=True)
        if at >= 0
    ]
    assert curve.people == len(places) - 1
    assert curve.points[0].budget == 0
    check_curve(match(after), places, curve)


def test_without_anybody_to_keep_there_is_one_row_and_a_stable_batch_has_none() -> None:
    world, *_, places = crowd(1)
    curve = trace_curve(world.result(), [])
    (point,) = curve.points
    assert (curve.people, point.moves, curve.knee) == (0, (), None)
    assert "Nobody who takes part had a place" in show_curve(curve, "text", EN)
    assert promised_curve(world.result()).people == 0
    stable = replace(world, objective={"mode": "stable"}).result()
    none = trace_curve(stable, places)
    assert (none.points, none.knee, none.people) == ((), None, len(places))
    assert "stable" in show_curve(none, "text", EN)
    assert json.loads(show_curve(none, "json", EN))["points"] == []
    assert show_curve(none, "csv", EN).startswith("budget,")


def test_promises_are_kept_whoever_has_them() -> None:
    world, *_, places = crowd(3)
    rows = tuple({"candidate_id": who, "opening_id": where} for who, where in places)
    promised = replace(world, beside={**world.beside, "earlier": rows}).result()
    curve, same = promised_curve(promised), trace_curve(world.result(), places)
    assert [(point.budget, point.total) for point in curve.points] == [
        (point.budget, point.total) for point in same.points
    ]


# -- What is claimed, and what is shown ----------------------------------------------------------


def test_what_only_the_solver_says_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    world, *_, places = crowd(0)
    full = trace_curve(world.result(), places)
    monkeypatch.setattr(cases, "CASES", 0)
    curve = trace_curve(world.result(), places)
    assert [point.total for point in curve.points] == [point.total for point in full.points]
    told = show_curve(curve, "text", EN)
    unproved = [point for point in curve.points if not point.proved]
    assert unproved and all(point.gap and point.gap.most > 0 for point in unproved)
    assert told.count("the solver found no better plan; proved within") == len(unproved)
    assert "Every row is proved" not in told
    assert "Every row is proved" in show_curve(full, "text", EN)


def test_where_the_solver_stops_the_row_is_what_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    world, *_, places = crowd(0)
    full = trace_curve(world.result(), places)

    def stops(network: Network, draw: Draw) -> object:
        if any(row.key == "moves" for row in network.rows):
            raise NoAnswer
        return find_best(network, draw)

    monkeypatch.setattr("matcher.whatif.budgets.find_best", stops)
    curve = trace_curve(world.result(), places)
    first, *between, last = curve.points
    assert between
    assert first.total == full.points[0].total and last.total == full.points[-1].total
    assert all(point.total == first.total and not point.proved for point in between)
    assert "how much better one could be is not known" in show_curve(curve, "text", EN)


def knee_of(curve: Curve) -> int | None:
    """Return the knee by the rule as it is told."""
    first, last = curve.points[0], curve.points[-1]
    far: dict[int, Total] = {}
    for point in curve.points:
        walked, all_ = point.budget - first.budget, last.budget - first.budget
        far[point.budget] = tuple(
            all_ * (own - low) - walked * (high - low)
            for low, own, high in zip(first.measure, point.measure, last.measure, strict=True)
        )
    above = {budget: own for budget, own in far.items() if own > (0,) * len(own)}
    return min(
        above, key=lambda budget: (tuple(-own for own in above[budget]), budget), default=None
    )


@pytest.mark.parametrize("seed", range(6))
def test_text_json_and_csv_say_the_same(seed: int) -> None:
    world, *_, places = crowd(seed)
    curve = trace_curve(world.result(), places)
    assert curve.knee == knee_of(curve)
    record = json.loads(show_curve(curve, "json", EN))
    rows = list(csv.DictReader(io.StringIO(show_curve(curve, "csv", EN))))
    told = show_curve(curve, "text", EN)
    assert record["knee"] == curve.knee and record["people"] == len(places)
    for point, one, row in zip(curve.points, record["points"], rows, strict=True):
        ids = [move.candidate_id for move in point.moves]
        assert [move["candidate_id"] for move in one["moves"]] == ids
        assert row["moved_ids"] == "; ".join(ids)
        for name, number in (("budget", point.budget), ("moved", len(ids)), ("score", point.score)):
            assert int(row[name]) == one[name] == number
        assert (row["knee"] == "True") == (point.budget == curve.knee)
        line = next(line for line in told.splitlines() if line.split()[:1] == [str(point.budget)])
        assert {str(point.placed), str(point.score)} <= set(line.split())
        assert ("◆" in line) == (point.budget == curve.knee)
    assert sum(int(row["gain_score"]) for row in rows) == (
        curve.points[-1].score - curve.points[0].score
    )


def test_progress_rises_to_the_end() -> None:
    world, *_, places = crowd(0)
    heard: list[tuple[str, int]] = []
    trace_curve(world.result(), places, progress=lambda what, share: heard.append((what, share)))
    shares = [share for _, share in heard]
    assert shares == sorted(shares) and shares[-1] == 100
