"""Laws of the whole line, from tables of text to the plan, on any small world."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import numpy as np
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from matcher.assign.lottery import ticket
from matcher.errors import InputError
from matcher.explain import judge_pairs
from matcher.explain.verdicts import (
    BELOW_FLOOR,
    BETTER_ELSEWHERE,
    CAPPED,
    COSTS_A_PLACE,
    DECIDED,
    OUTSCORED,
    PROPOSED,
    TIED,
)
from matcher.pipeline import Result, match
from matcher.problem import Standing
from matcher.score import break_down
from tests.tables import decision, order, person, problem_of

law = settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
World = dict[str, Any]
Seats = tuple[int, ...]

PEOPLE = {
    "programme": ["las-pelat-gmaw-3g", "las-pelat-smaw-3g", "kes-caregiver"],
    "japanese_level": ["", "none", "N5", "N4", "not tested"],
    "japanese_expected": ["", "", "N4@2023-03-31"],
    "medical": ["fit", "fit", "pending", ""],
    "training_result": ["lulus", "lulus", "dalam proses", "tidak lulus", ""],
    "certificates": ["", "C.25LAS01.001.1"],
    "experience": ["", "7-7-1:3", "7-4-2:12"],
    "skills": ["", "welding.arc.gmaw:3", "welding.arc.smaw:2"],
    "wishes_job_types": ["", "7-7-2", "7-7; 7-13-1"],
    "wishes_prefectures": ["", "Aichi", "Osaka; Aichi"],
    "accepted_on": ["", "2022-06-15", "2022-10-10"],
    "available_from": ["", "2023-03-20", "2023-04-15", "2023-06-01"],
    "refuses": ["", "", "night_shift", "Osaka"],
    "accepts": ["", "night_shift"],
    "accepts_any_trade": ["", "ya", "tidak"],
    "school": ["", "S1", "S2"],
    "deposit": ["", "0", "0", "5000000"],
}
ORDERS = {
    "operation_no": ["7-7-2", "7-7-1", "7-13-1", "7-4-2"],
    "seats": ["0", "1", "1", "2"],
    "prefecture": ["", "Aichi", "Osaka"],
    "min_japanese": ["", "", "N5"],
    "skills": ["", "", "welding.prep:1", "welding.arc.gmaw:2!"],
    "conditions": ["", "", "night_shift"],
    "cost_to_candidate": ["", "0", "2500000"],
    "any_trade": ["", "ya"],
    "senders": ["", "", "S1"],
    "order_closes": ["", "2022-12-12", "2023-01-01"],
}
OBJECTIVES = st.fixed_dictionaries(
    {
        "order": st.sampled_from(
            [["placements", "score"], ["score", "placements"], ["score"], ["placements"]]
        ),
        "seed": st.sampled_from(["s", "20221212"]),
        "min_score": st.sampled_from([0, 0, 0, 450_000]),
        "unplaced_worth": st.sampled_from([0, 0, 500_000]),
    }
)


def _rows(choices: dict[str, list[str]]) -> st.SearchStrategy[dict[str, str]]:
    """Return rows of which most cells are the first, plain choice."""
    cells = {name: st.sampled_from([texts[0], *texts]) for name, texts in choices.items()}
    return st.fixed_dictionaries(cells)


@st.composite
def worlds(draw: st.DrawFn, people: int = 5, orders: int = 4) -> World:
    """Return a world: rows, and settings; people alike are common, so are ties."""
    drawn = draw(st.lists(_rows(PEOPLE), min_size=1, max_size=people))
    if draw(st.booleans()):
        drawn = [drawn[0]] * len(drawn)
    candidates = [person(f"C{at}", **cells) for at, cells in enumerate(drawn)]
    asked = draw(st.lists(_rows(ORDERS), min_size=1, max_size=orders))
    openings = [order(f"O{at}", **cells) for at, cells in enumerate(asked)]
    who = st.sampled_from([row["candidate_id"] for row in candidates])
    what = st.sampled_from([row["opening_id"] for row in openings])
    decisions = [decision("forbid", draw(who), draw(what))] if draw(st.booleans()) else []
    if draw(st.integers(0, 5)) == 0:
        decisions.append(decision(draw(st.sampled_from(["hold", "withdraw"])), draw(who)))
    if draw(st.integers(0, 3)) == 0:
        decisions.append(decision("place", draw(who), draw(what)))
    if draw(st.integers(0, 3)) == 0:
        decisions.append(decision("waive:japanese_order", "", draw(what)))
    unknown = draw(st.sampled_from([{}, {"language": "middle", "training": "middle"}]))
    return {
        "people": candidates,
        "orders": openings,
        "decisions": decisions,
        "objective": draw(OBJECTIVES),
        "unknown": unknown,
    }


def run(world: World) -> Result:
    """Return the result of a world; worlds with an impossible lock are not considered."""
    try:
        return match(problem_of(**world))
    except InputError:
        assume(False)
        raise


def plans(result: Result) -> Iterator[Seats]:
    """Yield each plan that keeps rules, floor, seats, locks and standings."""
    problem, screening = result.problem, result.screening
    floor = problem.settings.objective.min_score
    allowed: list[list[int]] = [[-1] for _ in problem.candidate_ids]
    for row, (i, j) in enumerate(zip(screening.candidate, screening.opening, strict=True)):
        if problem.locked[i] < 0 and result.scores.score[row] >= floor:
            allowed[i].append(int(j))
    for i, j in enumerate(problem.locked.tolist()):
        if j >= 0:
            allowed[i] = [j]
    seats = problem.openings.seats
    for plan in itertools.product(*allowed):
        taken = np.bincount([j for j in plan if j >= 0], minlength=seats.size)
        if (taken <= seats).all():
            yield plan


def value(result: Result, plan: Seats) -> tuple[int, ...]:
    """Return the objective of a plan, without the lottery; locked people count nothing."""
    problem, screening = result.problem, result.screening
    score = {
        (int(i), int(j)): int(s)
        for i, j, s in zip(screening.candidate, screening.opening, result.scores.score, strict=True)
    }
    worth = problem.settings.objective.unplaced_worth
    free = [(i, j) for i, j in enumerate(plan) if j >= 0 and problem.locked[i] < 0]
    parts = {"placements": len(free), "score": sum(score[pair] - worth for pair in free)}
    return tuple(parts[name] for name in problem.settings.objective.order)


def luck(result: Result, plan: Seats) -> int:
    """Return the sum of a plan's tickets."""
    problem = result.problem
    return sum(
        ticket(problem.settings.seed, problem.candidate_ids[i], problem.opening_ids[j])
        for i, j in enumerate(plan)
        if j >= 0
    )


@law
@given(worlds())
def test_the_very_plan_of_brute_force(world: World) -> None:
    result = run(world)
    listed = list(plans(result))
    best = max(value(result, plan) for plan in listed)
    equal = [plan for plan in listed if value(result, plan) == best]
    chosen = tuple(result.plan.opening.tolist())
    assert chosen == max(equal, key=lambda plan: luck(result, plan))
    for i in range(len(chosen)):
        assert result.plan.by_lottery[i] == (len({plan[i] for plan in equal}) > 1)


@law
@given(worlds(people=9, orders=6))
def test_a_plan_keeps_every_rule_seat_and_decision(world: World) -> None:
    result = run(world)
    problem, screening, plan = result.problem, result.screening, result.plan
    allowed = set(zip(screening.candidate.tolist(), screening.opening.tolist(), strict=True))
    placed = [(i, j) for i, j in enumerate(plan.opening.tolist()) if j >= 0]
    assert allowed.issuperset(placed)
    taken = np.bincount([j for _, j in placed], minlength=len(problem.openings))
    assert (taken <= problem.openings.seats).all()
    for i, standing in enumerate(problem.standing):
        assert standing == Standing.PRESENT or plan.opening[i] < 0
        assert problem.locked[i] < 0 or plan.opening[i] == problem.locked[i]


@law
@given(worlds(people=6, orders=5))
def test_the_breakdown_is_the_score(world: World) -> None:
    result = run(world)
    scores, screening = result.scores, result.screening
    for row in range(screening.candidate.size):
        pair = int(screening.candidate[row]), int(screening.opening[row])
        lines = break_down(result.problem, result.facts, *pair)
        assert sum(line.contribution for line in lines) == scores.score[row]
        fit = sum(line.contribution for line in lines if line.part == "fit")
        assert fit == scores.fit[row]
        assert all(0 <= line.low <= line.value <= line.high <= 1000 for line in lines)
        assert sum(line.low * line.weight for line in lines) == scores.low[row]
        assert sum(line.high * line.weight for line in lines) == scores.high[row]


@law
@given(worlds(), st.integers(0, 3))
def test_one_more_seat_never_makes_it_worse(world: World, at: int) -> None:
    before = run(world)
    opening = world["orders"][at % len(world["orders"])]
    opening["seats"] = str(int(opening["seats"]) + 1)
    after = run(world)
    assert _value(after) >= _value(before)


@law
@given(worlds(people=8, orders=5), st.randoms(use_true_random=False))
def test_shuffled_rows_change_nothing(world: World, draw: Any) -> None:
    before = run(world)
    for rows in (world["people"], world["orders"]):
        draw.shuffle(rows)
    after = run(world)
    assert after.plan.opening.tolist() == before.plan.opening.tolist()
    assert after.scores.score.tolist() == before.scores.score.tolist()
    assert after.plan.by_lottery.tolist() == before.plan.by_lottery.tolist()


@law
@given(worlds(people=8, orders=5))
def test_renamed_ids_change_only_how_ties_fall(world: World) -> None:
    before = run(world)
    for row in (*world["people"], *world["orders"], *world["decisions"]):
        for column in ("candidate_id", "opening_id"):
            if row.get(column):
                row[column] = f"Z{9 - int(row[column][1:])}"
    after = run(world)
    assert _value(after) == _value(before)
    renamed = after.plan.by_lottery[::-1]
    assert renamed.tolist() == before.plan.by_lottery.tolist()
    places = len(before.problem.opening_ids)
    mirrored = [places - 1 - j if j >= 0 else -1 for j in after.plan.opening[::-1]]
    for i in np.flatnonzero(~before.plan.by_lottery):
        assert mirrored[i] == before.plan.opening[i]


@law
@given(worlds())
def test_losses_and_verdicts_are_those_of_brute_force(world: World) -> None:
    result = run(world)
    problem, screening, verdicts = result.problem, result.screening, judge_pairs(result)
    listed = list(plans(result))
    best = max(value(result, plan) for plan in listed)
    chosen = tuple(result.plan.opening.tolist())
    taken = np.bincount([j for j in chosen if j >= 0], minlength=len(problem.openings))
    for row, (i, j) in enumerate(zip(screening.candidate, screening.opening, strict=True)):
        holding = [value(result, plan) for plan in listed if plan[i] == j]
        loss = np.array(best) - max(holding) if holding else None
        places = dict(
            zip(problem.settings.objective.order, [] if loss is None else loss, strict=False)
        )
        if chosen[i] == j:
            expected = PROPOSED
        elif result.scores.score[row] < problem.settings.objective.min_score:
            expected = BELOW_FLOOR
        elif problem.locked[i] >= 0:
            expected = DECIDED
        elif loss is None:
            expected = CAPPED if problem.openings.seats[j] == 0 else DECIDED
        elif not loss.any():
            expected = TIED
        elif taken[j] < problem.openings.seats[j]:
            expected = BETTER_ELSEWHERE if chosen[i] >= 0 else BELOW_FLOOR
        else:
            first = next(name for name, lost in places.items() if lost)
            expected = COSTS_A_PLACE if first == "placements" else OUTSCORED
        assert verdicts.name[row] == expected
        if expected not in (PROPOSED, BELOW_FLOOR) and loss is not None:
            assert problem.locked[i] >= 0 or verdicts.loss[row].tolist() == loss.tolist()


def _value(result: Result) -> tuple[int, ...]:
    return value(result, tuple(result.plan.opening.tolist()))
