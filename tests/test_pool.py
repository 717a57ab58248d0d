"""The pool counts what it says: against counting pair by pair, and every way to seat people."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from io import StringIO
from itertools import pairwise
from pathlib import Path
from random import Random

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from rich.cells import cell_len

from matcher.cli import main
from matcher.errors import UsageError
from matcher.fit import Facts
from matcher.language import Words, words_of
from matcher.pipeline import weigh
from matcher.pool import Coverage, Pool, Waiting, view_pool
from matcher.problem import NO_DAY, Problem, Standing, day_of
from matcher.problem.outcomes import LOCKED, UNDERWAY, current_steps
from matcher.report.pool import TABLES, show_pool
from matcher.rules import RULES
from matcher.score import Scores
from matcher.screen import Screening, judge
from tests.conftest import PILOT, Batch
from tests.test_quotas import crossing_worlds, quota_worlds
from tests.worlds import OPENING, PERSON, Row, World, decision, one_pair, worlds

EN, ID = words_of("en"), words_of("id")
PAGE = 100
Weighed = tuple[Problem, Facts, Screening, Scores]
STEPS: tuple[tuple[str, ...], ...] = (
    ("offered",),
    ("offered", "agreed"),
    ("offered", "declined"),
    ("agreed", "named", "interviewed"),
    ("agreed", "named", "passed"),
    ("agreed", "named", "reserve"),
    ("agreed", "named", "failed"),
)


def step_rows(candidate: str, opening: str, states: Sequence[str]) -> list[Row]:
    """Return the steps of a pair as rows of the outcomes' table, a day each."""
    return [
        {
            **{"candidate_id": candidate, "opening_id": opening, "state": state},
            **{"on": f"2022-12-{at + 1:02}", "by": "Officer", "reason_code": ""},
        }
        for at, state in enumerate(states)
    ]


@st.composite
def seasons(draw: DrawFn) -> World:
    """Draw a world in which some steps are on record, no seat taken twice."""
    world = draw(worlds(people=6, openings=4))
    placed = {row["candidate_id"] for row in world.decisions if row["action"] == "place"}
    rows: list[Row] = []
    for person in world.candidates:
        if person["candidate_id"] in placed or draw(st.booleans()):
            continue
        at = draw(st.sampled_from(world.openings))["opening_id"]
        states = draw(st.sampled_from([steps for steps in STEPS if steps[-1] != "passed"]))
        rows += step_rows(person["candidate_id"], at, states)
    return replace(world, beside={**world.beside, "outcomes": tuple(rows)}) if rows else world


def pool_of(world: World) -> tuple[Weighed, Pool]:
    """Return a world as weighed, and its pool."""
    weighed = weigh(world.problem())
    return weighed, view_pool(*weighed)


def has_room(weighed: Weighed, load: Counter[int], at: int) -> bool:
    """Return whether one more may sit at an opening, by its seats and every quota."""
    problem, facts, _, _ = weighed
    caps = [(cap.openings, cap.ceiling) for cap in facts.quotas.caps if cap.ceiling is not None]
    return bool(load[at] < problem.openings.seats[at]) and all(
        sum(load[o] for o in members) < most for members, most in caps if at in members
    )


def settled(problem: Problem) -> Counter[int]:
    """Return how many are set at each opening."""
    return Counter(at for at in problem.locked.tolist() if at >= 0)


def open_to(weighed: Weighed, person: int) -> dict[int, bool]:
    """Return the openings somebody may be proposed for now, and whether with a condition."""
    problem, facts, screening, scores = weighed
    load, found = settled(problem), {}
    score = {
        (who, at): value
        for who, at, value in zip(
            screening.candidate.tolist(),
            screening.opening.tolist(),
            scores.score.tolist(),
            strict=True,
        )
    }
    for at in range(len(problem.openings)):
        answers = judge(problem.candidates.at([person]), problem.openings.at([at]), facts)
        if any(fails.any() for fails, _ in answers):
            continue
        if problem.locked[person] >= 0:
            can = problem.locked[person] == at
        else:
            can = (
                has_room(weighed, load, at)
                and score[person, at] >= problem.settings.objective.min_score
            )
        if can:
            found[at] = any(unknown.any() for _, unknown in answers)
    return found


def check_people(weighed: Weighed, pool: Pool) -> None:
    """Check who waits and for what, one by one."""
    problem = weighed[0]
    last = current_steps(problem.outcomes)
    seated = {who for (who, _), step in last.items() if step.state in LOCKED}
    present = set(problem.present.tolist())
    assert {one.candidate for one in pool.waiting} == present - seated
    assert pool.seated == len(seated & present)
    assert len(pool.waiting) + pool.seated + pool.held + pool.withdrawn == len(problem.standing)
    assert pool.withdrawn == (problem.standing == Standing.WITHDRAWN).sum()
    check_each(weighed, pool.waiting)


def check_each(weighed: Weighed, people: Sequence[Waiting]) -> None:
    """Check each of these people, pair by pair."""
    problem, facts, _, _ = weighed
    last = current_steps(problem.outcomes)
    for one in people:
        found = open_to(weighed, one.candidate)
        assert (one.openings, one.conditional) == (len(found), sum(found.values()))
        accepted = problem.candidates.accepted_on[one.candidate]
        assert one.days == (None if accepted == NO_DAY else facts.on - accepted)
        steps = {(step.opening, step.state) for step in one.steps}
        assert steps == {(at, s.state) for (who, at), s in last.items() if who == one.candidate}
        check_cause(weighed, one)


def check_cause(weighed: Weighed, one: Waiting) -> None:
    """Check what somebody with no opening waits for."""
    problem, facts, screening, scores = weighed
    own = scores.score[screening.candidate == one.candidate]
    if one.openings:
        assert one.cause == ("set" if problem.locked[one.candidate] >= 0 else "open")
    elif own.size:
        enough = bool((own >= problem.settings.objective.min_score).any())
        assert one.cause == ("full" if enough else "floor")
    else:
        assert one.cause == "refused"
        fails: Counter[str] = Counter()
        for at in range(len(problem.openings)):
            c, o = problem.candidates.at([one.candidate]), problem.openings.at([at])
            answers = zip(RULES, judge(c, o, facts), strict=True)
            failed = {rule.name for rule, (failing, _) in answers if failing.any()}
            if "trained_for" not in failed:
                fails.update(failed)
        assert (one.rule == "trained_for") == (not fails)
        assert not fails or fails[one.rule] == max(fails.values())


def check_trades(pool: Pool) -> None:
    """Check the trades' numbers against the people's."""
    assert sorted({one.trade for one in pool.waiting}) == [trade.name for trade in pool.trades]
    for trade in pool.trades:
        people = [one for one in pool.waiting if one.trade == trade.name]
        days = sorted(one.days for one in people if one.days is not None)
        assert trade.people == len(people) == trade.free + trade.conditional + trade.nowhere
        assert trade.free == sum(one.openings > one.conditional for one in people)
        assert trade.nowhere == sum(one.openings == 0 for one in people)
        assert trade.undated == len(people) - len(days)
        assert trade.over == sum(day > 180 for day in days)
        assert trade.longest == (days[-1] if days else None)
        assert trade.median == (int(pd.Series(days).median()) if days else None)
        assert sum(trade.months.values()) == len(people)
        underway = [
            max((UNDERWAY.index(s.state) for s in one.steps if s.state in UNDERWAY), default=-1)
            for one in people
        ]
        assert list(trade.underway.values()) == [
            underway.count(at) for at in range(len(UNDERWAY)) if at in underway
        ]


def most_seated(weighed: Weighed, wishes: Sequence[Iterable[int]]) -> int:
    """Return the most people that can sit where they wish, by trying every way."""
    load = settled(weighed[0])

    def go_on(person: int) -> int:
        if person == len(wishes):
            return 0
        best = go_on(person + 1)
        for at in wishes[person]:
            if best < len(wishes) - person and has_room(weighed, load, at):
                load[at] += 1
                best = max(best, 1 + go_on(person + 1))
                load[at] -= 1
        return best

    return go_on(0)


def check_coverage(weighed: Weighed, pool: Pool) -> None:
    """Check the coverage of each trade and month against every way to seat its people, and the
    orders that nobody fits."""
    problem, facts, _, _ = weighed
    begins = [
        day_of(max(int(day), facts.on)).isoformat()[:7] for day in problem.openings.entry_from
    ]
    free = [one for one in pool.waiting if problem.locked[one.candidate] < 0]
    trades = (None, *sorted({one.trade for one in free}))
    months = (*sorted(set(begins)), "")
    problem, _, screening, scores = weighed
    floor = problem.settings.objective.min_score
    free_people = {one.candidate for one in pool.waiting if problem.locked[one.candidate] < 0}
    fitting = {
        int(opening)
        for person, opening, score in zip(
            screening.candidate.tolist(), screening.opening, scores.score.tolist(), strict=True
        )
        if person in free_people and score >= floor
    }
    taken = np.bincount(problem.locked[problem.locked >= 0], minlength=len(problem.opening_ids))
    left = problem.openings.seats - taken
    gaps = {gap.opening: gap.seats for gap in pool.gaps}
    assert not set(gaps) & fitting
    assert all(left[opening] == seats > 0 for opening, seats in gaps.items())
    nobody = {at for at in range(len(left)) if left[at] > 0 and at not in fitting}
    assert set(gaps) <= nobody
    if not any(cap.ceiling is not None for cap in weighed[1].quotas.caps):
        assert set(gaps) == nobody
    assert [(row.trade, row.month) for row in pool.coverage] == [
        (trade, month) for trade in trades for month in months
    ]
    for row in pool.coverage:
        people = [one for one in free if row.trade in (None, one.trade)]
        begun = {at for at, month in enumerate(begins) if not row.month or month <= row.month}
        can = {one.candidate: begun & open_to(weighed, one.candidate).keys() for one in people}
        openings = set().union(*can.values())
        able = [
            one
            for one in people
            if can[one.candidate] or not row.month or (one.month and one.month <= row.month)
        ]
        assert row.people == len(able)
        assert row.openings == len(openings)
        assert row.most == most_seated(weighed, list(can.values()))
        seats = [[at] for at in sorted(openings) for _ in range(int(problem.openings.seats[at]))]
        assert row.seats == most_seated(weighed, seats)


@given(seasons())
@settings(max_examples=50)
def test_who_waits_for_what(world: World) -> None:
    weighed, pool = pool_of(world)
    check_people(weighed, pool)
    check_trades(pool)


@given(worlds())
@settings(max_examples=30)
def test_coverage_is_the_most_of_all_ways(world: World) -> None:
    check_coverage(*pool_of(world))


@given(quota_worlds() | crossing_worlds())
@settings(max_examples=40)
def test_coverage_keeps_the_quotas(world: World) -> None:
    check_coverage(*pool_of(world))


@given(worlds(), st.randoms())
@settings(max_examples=15)
def test_the_same_whatever_the_order_of_rows(world: World, draw: Random) -> None:
    people, openings = list(world.candidates), list(world.openings)
    draw.shuffle(people)
    draw.shuffle(openings)
    other = replace(world, candidates=tuple(people), openings=tuple(openings))
    for form in ("text", "json", "csv"):
        shown = [
            show_pool(weighed[0], pool, None, form, EN)
            for weighed, pool in (pool_of(world), pool_of(other))
        ]
        assert shown[0] == shown[1]


def test_the_months_of_the_pilot_add_up_to_the_plan(batch: Batch) -> None:
    result = batch.result
    pool = view_pool(result.problem, result.facts, result.screening, result.scores)
    weighed = (result.problem, result.facts, result.screening, result.scores)
    check_each(weighed, pool.waiting[::13])
    check_trades(pool)
    whole = covered(pool, None, "")
    locked = int((result.problem.locked >= 0).sum())
    assert whole.most + locked == int((result.plan.opening >= 0).sum())
    for trade in {row.trade for row in pool.coverage}:
        rows = [row for row in pool.coverage if row.trade == trade]
        for before, after in pairwise(rows):
            assert before.seats <= after.seats and before.most <= after.most
            assert before.people <= after.people
        assert all(0 <= row.most <= min(row.seats, row.people) for row in rows)
    assert [one.days for one in pool.waiting[:2]] == [249, 248]
    assert max(one.days or 0 for one in pool.waiting) == 249


def covered(pool: Pool, trade: str | None, month: str) -> Coverage:
    """Return one row of the coverage."""
    (row,) = (row for row in pool.coverage if (row.trade, row.month) == (trade, month))
    return row


def demanded(world: World, *rows: Row) -> World:
    """Return the world with a table of demand."""
    return replace(world, beside={**world.beside, "demand": rows})


def test_demand_beside_people_and_seats() -> None:
    people = tuple({**PERSON, "candidate_id": f"C{at}"} for at in range(5))
    world = demanded(
        World(people, ({**OPENING, "seats": "2", "entry_from": "2023-05-01"},)),
        {"kejuruan": "Teknik Las", "people": "4", "entry_from": "2023-04-01"},
        {"kejuruan": "Teknik Las", "people": "6", "entry_from": "2023-06-15"},
        {"kejuruan": "Teknik Manufaktur", "people": "48", "wishes": "laki-laki"},
    )
    weighed, pool = pool_of(world)
    numbers = [
        (one.kejuruan, one.month, one.people, one.by_then, one.waiting, one.seats, one.left)
        for one in pool.asked
    ]
    assert numbers == [
        ("Teknik Las", "2023-04", 4, 4, 5, 0, 5),
        ("Teknik Las", "2023-06", 6, 10, 5, 2, 3),
        ("Teknik Manufaktur", "", 48, 48, 0, 0, 0),
    ]
    assert [one.missing for one in pool.asked] == [0, 7, 48]
    assert [one.wishes for one in pool.asked] == [(), (), ("laki-laki",)]
    told = show_pool(weighed[0], pool, None, "text", EN)
    assert "Wish stated with Teknik Manufaktur, not used: laki-laki." in told


def test_a_wish_in_the_demand_changes_nothing() -> None:
    asked = {"kejuruan": "Teknik Las", "people": "4"}
    _, plain = pool_of(demanded(one_pair(), asked))
    _, wished = pool_of(demanded(one_pair(), {**asked, "wishes": "perempuan"}))
    assert [replace(one, wishes=()) for one in wished.asked] == list(plain.asked)
    assert replace(wished, asked=()) == replace(plain, asked=())


def test_passed_and_reserve_and_set() -> None:
    people = tuple({**PERSON, "candidate_id": f"C{at}"} for at in range(1, 6))
    openings = (
        {**OPENING, "seats": "1"},
        {**OPENING, "opening_id": "O2", "seats": "2"},
        {**OPENING, "opening_id": "O3", "operation_no": "7-13-1"},
    )
    rows = [
        *step_rows("C1", "O1", ("agreed", "named", "passed")),
        *step_rows("C2", "O1", ("agreed", "named", "reserve")),
        *step_rows("C3", "O2", ("offered",)),
    ]
    world = World(
        people, openings, (decision("place", "C4", "O2"),), beside={"outcomes": tuple(rows)}
    )
    weighed, pool = pool_of(world)
    check_people(weighed, pool)
    check_coverage(weighed, pool)
    ids = weighed[0].candidate_ids
    causes = {ids[one.candidate]: (one.cause, one.openings) for one in pool.waiting}
    assert causes == {"C2": ("open", 1), "C3": ("open", 1), "C4": ("set", 1), "C5": ("open", 1)}
    assert pool.seated == 1
    assert pool.trades[0].underway == {"offered": 1, "reserve": 1}
    assert covered(pool, None, "") == Coverage(None, "", 3, 1, 1, 1)
    told = show_pool(weighed[0], pool, None, "text", EN)
    flat = " ".join(told.split())
    assert "set at a job order" in flat and "O2: offered, 2022-12-01" in flat


@pytest.mark.parametrize(
    ("change", "waits_for"),
    [
        ({"programme": "kes-caregiver"}, "a job order of the trade"),
        ({"former_trainee": "ya"}, "no job order allowed: "),
        ({}, "1 job orders, 0 conditional"),
    ],
)
def test_what_somebody_waits_for_is_told(change: dict[str, str], waits_for: str) -> None:
    weighed, pool = pool_of(one_pair(person=change))
    assert waits_for in " ".join(show_pool(weighed[0], pool, "people", "text", EN).split())


def test_a_trade_not_recorded_is_a_group_of_its_own() -> None:
    problem = one_pair().problem()
    problem = replace(problem, labels=replace(problem.labels, kejuruan=("",)))
    pool = view_pool(*weigh(problem))
    assert [trade.name for trade in pool.trades] == [""]
    assert "not recorded" in show_pool(problem, pool, "trades", "text", EN)


def test_everybody_stands_in_csv_and_json(batch: Batch) -> None:
    runner = CliRunner()
    shown = runner.invoke(main, ["pool", str(PILOT), "--format", "csv"])
    table = pd.read_csv(StringIO(shown.stdout), dtype=str, keep_default_na=False)
    whole = json.loads(runner.invoke(main, ["pool", str(PILOT), "--format", "json"]).stdout)
    assert len(table) == whole["waiting"] == len(whole["people"]) == 156
    assert table["candidate_id"].is_unique
    assert [row["days"] for row in whole["people"]] == [int(day) for day in table["days"]]
    assert set(whole) >= set(TABLES)
    of_batch = runner.invoke(main, ["pool", str(batch.folder), "--format", "csv"])
    assert of_batch.stdout == shown.stdout


@pytest.mark.parametrize("words", [EN, ID, words_of("ja")])
def test_the_text_fits_a_page(batch: Batch, words: Words) -> None:
    result = batch.result
    pool = view_pool(result.problem, result.facts, result.screening, result.scores)
    for what in (None, *TABLES):
        told = show_pool(result.problem, pool, what, "text", words)
        assert max(cell_len(line) for line in told.splitlines()) <= PAGE


def test_an_unknown_list_is_a_usage_error(tmp_path: Path) -> None:
    weighed, pool = pool_of(one_pair())
    with pytest.raises(UsageError, match="coverage"):
        show_pool(weighed[0], pool, "coverag", "text", EN)
    asked = CliRunner().invoke(main, ["pool", str(PILOT), "seats", "--lang", "en"])
    assert asked.exit_code == 2
    assert CliRunner().invoke(main, ["pool", str(tmp_path)]).exit_code == 2


def test_given_scores_without_a_programme() -> None:
    people: tuple[Row, ...] = (
        {"candidate_id": "C1", "accepted_on": "2022-10-13"},
        {"candidate_id": "C2", "accepted_on": "2022-01-10"},
        {"candidate_id": "C3"},
    )
    scores = tuple({"candidate_id": who, "opening_id": "O1", "score": "7"} for who in ("C1", "C2"))
    world = World(
        people,
        ({**OPENING, "seats": "1"},),
        chosen={"scores": {"rules": False}},
        beside={"scores": scores},
    )
    weighed, pool = pool_of(world)
    check_people(weighed, pool)
    check_trades(pool)
    check_coverage(weighed, pool)
    (trade,) = pool.trades
    assert (trade.name, trade.people, trade.nowhere, trade.over) == ("", 3, 1, 1)
    assert covered(pool, "", "") == Coverage("", "", 3, 1, 1, 1)
    told = " ".join(show_pool(weighed[0], pool, None, "text", EN).split())
    assert "no job order allowed: a score is given for the pair" in told
    assert "left out at the office's choice" in told
