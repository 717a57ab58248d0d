"""Verdicts, losses and what stops a pair, under limits that no tree holds, against every plan of
small worlds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
import pytest

from matcher.assign.divisions import EVERY_DIVISION, MILP, RELAXED, TREE
from matcher.errors import MatcherError
from matcher.explain.stops import tell_stops
from matcher.explain.verdicts import (
    BY_PLACE,
    LIMIT,
    PROPOSED,
    TIED,
    UNPROVED,
    Verdicts,
    judge_pairs,
)
from matcher.language import words_of
from matcher.pipeline import Result
from matcher.proof import show_best
from matcher.report.explained import show_explanation
from matcher.report.proved import tell_proof
from matcher.report.tables import table_alternatives
from tests.limit_worlds import limited_world
from tests.limited import limited_plans, value_of
from tests.networks import Places
from tests.worlds import OPENING, Row, World, decision

EN = words_of("en")
WITH_GAP = (346, 430, 642, 752)
Scores = Mapping[tuple[int, int], int]


def given(
    scores: Scores,
    *,
    people: Sequence[Row],
    openings: Sequence[Row],
    limits: Sequence[Mapping[str, object]],
    decisions: tuple[Row, ...] = (),
) -> World:
    """Return a world of given scores, by the numbers of people and openings."""
    return World(
        tuple({"candidate_id": f"C{n}", **row} for n, row in enumerate(people)),
        tuple({**OPENING, "opening_id": f"O{n}", **row} for n, row in enumerate(openings)),
        decisions,
        chosen={"scores": {"rules": False}, "limits": list(limits)},
        beside={
            "scores": tuple(
                {"candidate_id": f"C{i}", "opening_id": f"O{j}", "score": str(score)}
                for (i, j), score in scores.items()
            )
        },
    )


def row_of(result: Result, person: str, opening: str) -> int:
    """Return the place of a pair in the screening."""
    who = result.problem.candidate_ids.index(person)
    where = result.problem.opening_ids.index(opening)
    screening = result.screening
    found = np.flatnonzero((screening.candidate == who) & (screening.opening == where))
    return int(found[0])


@pytest.mark.parametrize("first", range(0, 240, 30))
def test_verdicts_say_no_more_than_every_plan_bears_out(first: int) -> None:
    for seed in range(first, first + 30):
        try:
            result = limited_world(seed).result()
        except MatcherError:  # limits that no plan keeps
            continue
        verdicts = judge_pairs(result)
        network = result.whole
        plans = [(value_of(network, plan), plan) for plan in limited_plans(network)]
        best = max(value for value, _ in plans)
        for pair in range(network.person.size):
            if verdicts.name[network.row[pair]] != PROPOSED:
                holding = [value for value, plan in plans if pair in plan]
                check_pair(result, verdicts, pair, best, max(holding, default=None))


def check_pair(
    result: Result, verdicts: Verdicts, pair: int, best: Places, held: Places | None
) -> None:
    """Check what is said of a pair; `held` is the worth of the best plan that holds it."""
    row, method = int(result.whole.row[pair]), result.plan.method
    name, exists = str(verdicts.name[row]), bool(verdicts.exists[row])
    assert not (exists and held is None)
    assert not (verdicts.impossible[row] and held is not None)
    assert name != TIED or held == best
    if method in (TREE, EVERY_DIVISION):
        assert exists == (held is not None) == (not verdicts.impossible[row])
        assert (name == TIED) == (held == best and name != LIMIT)
    if exists and held is not None and method != MILP:
        loss = tuple(a - b for a, b in zip(best, held, strict=True))
        assert verdicts.loss_of(row) == loss[: result.whole.led]
    if held is None:
        assert name not in (*BY_PLACE.values(), "better_elsewhere") or method == RELAXED
    if name == LIMIT:  # which comes first, even where the lottery alone decided
        assert tell_stops(result, verdicts, row)


def test_nobody_is_tied_who_must_stand_with_somebody_elsewhere() -> None:
    world = given(
        {(0, 0): 3, (0, 1): 3, (0, 2): 3, (1, 0): 7, (1, 1): 3, (1, 2): 7, (2, 1): 7},
        people=({}, {}, {}),
        openings=(
            {"host_id": "H2", "seats": "3"},
            {"host_id": "H1", "seats": "2"},
            {"host_id": "H1"},
        ),
        limits=({"together": ["C1", "C2"]},),
        decisions=(decision("place", "C2", "O1"),),
    )
    for seed in map(str, range(12)):  # the lottery decides whether the plan of the trees keeps it
        result = replace(world, objective={"seed": seed}).result()
        verdicts, row = judge_pairs(result), row_of(result, "C1", "O0")
        assert result.plan.method in (RELAXED, MILP)
        assert (verdicts.name[row], verdicts.loss_of(row)) == (LIMIT, None)
        assert [EN(stop) for stop in tell_stops(result, verdicts, row)] == [
            "at one place with somebody else of this batch, or not at all"
        ]


def test_a_floor_that_holds_the_seat_is_named() -> None:
    world = given(
        {(0, 0): 5, (1, 0): 9, (2, 0): 7},
        people=({"centre": "A"}, {"centre": "B"}, {"centre": "B"}),
        openings=({"seats": "1"},),
        limits=({"by": "centre", "of": "A", "min": 1},),
    )
    told = show_explanation(world.result(), "C1", "O0", "text", EN)
    assert "the least would not be kept: people of A: 1 of at least 1" in told


@pytest.mark.parametrize("seed", WITH_GAP)
def test_across_a_gap_no_verdict_compares_sums(seed: int) -> None:
    result = limited_world(seed).result()
    bounds = show_best(result).bounds
    names = result.problem.order
    gap = min(names.index(bound["name"]) for bound in bounds if bound["gap"])
    verdicts = judge_pairs(result)
    decided = np.isin(verdicts.name, [*BY_PLACE.values()])
    assert result.plan.method == MILP
    assert (verdicts.first[decided] < gap).all()
    assert (verdicts.name == UNPROVED).any()
    assert UNPROVED in set(table_alternatives(result)["verdict"])
    row = int(np.flatnonzero(verdicts.name == UNPROVED)[0])
    person, opening = result.screening.candidate[row], result.screening.opening[row]
    told = show_explanation(
        result,
        result.problem.candidate_ids[person],
        result.problem.opening_ids[opening],
        "text",
        EN,
    )
    assert "no better plan with it was found" in told


def test_beside_a_plan_of_the_solver_nothing_is_said_of_every_plan() -> None:
    for seed in range(100):
        try:
            result = limited_world(seed).result()
        except MatcherError:
            continue
        verdicts = judge_pairs(result)
        if result.plan.method != MILP:
            continue
        for row, name in enumerate(verdicts.name.tolist()):
            if name == PROPOSED or verdicts.loss_of(row) is not None:
                continue
            person, opening = result.screening.candidate[row], result.screening.opening[row]
            ids = result.problem.candidate_ids[person], result.problem.opening_ids[opening]
            told = show_explanation(result, *ids, "text", EN)
            assert ("No plan can hold it." in told) <= bool(verdicts.impossible[row])


def test_lowest_scores_are_proved_below_the_first_level_with_a_gap() -> None:
    result = replace(limited_world(58), objective={"order": ["worst", "score"]}).result()
    levels = [b["level"] for b in show_best(result).bounds if b["gap"]]
    assert levels == [3]
    (told,) = tell_proof(result)
    assert "lowest scores – proved below 3," in EN(told)
