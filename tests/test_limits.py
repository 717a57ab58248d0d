"""Limits of the scenario: what is read of them, what the tables say to them, and that trees, rows
and starts hold just the plans that keep them."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.assign.build import build_network, nest_limits
from matcher.assign.nesting import Between, Placed, nest_ceilings
from matcher.assign.network import Network
from matcher.check import open_scenario
from matcher.errors import InputError, Issue
from matcher.language import words_of
from matcher.limits import (
    APART,
    PEOPLE,
    SEATS,
    TOGETHER,
    Limits,
    RowOver,
    SetLimit,
    find_limited_locks,
    find_obstacle,
    find_shut,
    gather_limits,
    may_join,
    rows_over,
)
from matcher.problem import Numbers, Problem
from matcher.quotas import Cap
from matcher.settings import parse_settings
from matcher.weighing import weigh
from tests.limit_worlds import keeps, limited_world, random_caps
from tests.worlds import OPENING, PERSON, Row, World, decision, frozen, meaning

EN = words_of("en")
WORLDS = 340

# -- What scenario.toml may state ----------------------------------------------------------------


def faults(more: str) -> list[tuple[str, str]]:
    """Return where the faults of settings with more lines are, and what they say."""
    with pytest.raises(InputError) as caught:
        parse_settings(f'name = "N"\non = 2022-12-12\n{more}\n'.encode())
    assert {issue.code for issue in caught.value.issues} == {"SETTINGS"}
    return [(issue.column, EN(issue.reason)) for issue in caught.value.issues]


@pytest.mark.parametrize(
    ("lines", "where", "word"),
    [
        ('by = "centre"\nmax = 3\nmost = 4', "most", "unknown key"),
        ('by = "centre"\nmin = 4\nmax = 3', "max", "`min` 4 is above `max` 3"),
        ('by = "centre"', "", "at least one of"),
        ('by = "center"\nmax = 3', "by", "one of"),
        ("max = 3", "by", "missing"),
        ('by = "centre"\nmax = -1', "max", "whole number"),
        ('by = "centre"\nmax = true', "max", "whole number"),
        ('by = "centre"\nmax = 2.5', "max", "whole number"),
        ('by = "centre"\nmin = -1', "min", "out of range"),
        ('by = "centre"\nmin = "2"', "min", "whole number"),
        ('by = "centre"\nmax = "class_size"', "max", "only schools"),
        ('by = "school"\nmax = "class"', "max", "whole number"),
        ('by = "centre"\nmax = 3\nof = []', "of", "list of different"),
        ('by = "centre"\nmax = 3\nof = ["A", "A"]', "of", "list of different"),
        ('by = "centre"\nmax = 3\nof = [1]', "of", "list of different"),
        ('by = "centre"\nmax = 3\nof = " "', "of", "visible"),
        ('budget = -1\nsum = "paid"', "budget", "out of range"),
        ('budget = 5\nsum = "wage"', "sum", "one of"),
        ("budget = 5", "sum", "missing"),
        ('budget = 5\nsum = "paid"\nby = "centre"', "by", "unknown key"),
        ('together = ["A"]', "together", "exactly two"),
        ('together = ["A", "B", "C"]', "together", "exactly two"),
        ('apart = ["A", "A"]', "apart", "same id"),
        ('together = ["A", "B"]\napart = ["A", "C"]', "apart", "not both"),
        ('together = ["A", "B"]\nat = "centre"', "at", "one of"),
        ('reason = "because"', "", "a limit states"),
    ],
)
def test_a_limit_that_cannot_be_meant_is_told_where_it_stands(
    lines: str, where: str, word: str
) -> None:
    fine = '[[limits]]\nby = "host"\nmax = 3\n'
    ((key, reason),) = faults(f"{fine}[[limits]]\n{lines}")
    assert key == f"limits.2.{where}".rstrip(".")
    assert word in reason


def test_all_faults_of_limits_are_told_at_once() -> None:
    lines = '[[limits]]\nby = "centre"\n[[limits]]\nbudget = -1\nsum = "x"\n[[limits]]\napart = []'
    assert [key for key, _ in faults(lines)] == [
        "limits.1",
        "limits.2.budget",
        "limits.2.sum",
        "limits.3.apart",
    ]
    assert faults('[limits]\nby = "host"')[0][0] == "limits"
    assert faults("limits = 3")[0][0] == "limits"
    assert faults("limits = [3]")[0][0] == "limits.1"


def test_an_order_and_a_mode_exclude_each_other() -> None:
    objective = '[objective]\nmode = "stable"\n'
    assert [key for key, _ in faults(f'{objective}order = ["score"]')] == ["objective"]
    kept = '[[limits]]\nby = "host"\nmax = 3\n'
    refused = (
        '[[limits]]\nby = "centre"\nmax = 3\n[[limits]]\nby = "host"\nmin = 1\nmax = 2\n'
        '[[limits]]\nbudget = 1\nsum = "paid"\n[[limits]]\napart = ["A", "B"]'
    )
    parse_settings(f'name = "N"\non = 2022-12-12\n{objective}{kept}'.encode())
    told = faults(f"{objective}{kept}{refused}")
    assert [key for key, _ in told] == [
        "limits.2.by",
        "limits.3.min",
        "limits.4.budget",
        "limits.5.apart",
    ]
    assert all("choose" in reason for _, reason in told)
    assert parse_settings(
        b'name = "N"\non = 2022-12-12\n[objective]\norder = ["worst", "keep"]'
    ).objective.order == ("worst", "keep")


# -- What the tables say to it -------------------------------------------------------------------

ONE: Row = {
    **PERSON,
    "candidate_id": "C1",
    "centre": "BLK Contoh A",
    "province": "Bali",
    "school": "S1",
}
TWO: Row = {**ONE, "candidate_id": "C2", "centre": "BLK Contoh B", "school": "S2"}
SHOP: Row = {**OPENING, "opening_id": "O1", "seats": "3"}
SITE: Row = {**SHOP, "opening_id": "O2", "host_id": "H2", "operation_no": "3-6-1", "prefecture": ""}


def world_of(
    *limits: dict[str, object], people: Sequence[Row] = (ONE, TWO), **more: object
) -> World:
    """Return a world of two people and two job orders under limits."""
    given = {"openings": (SHOP, SITE), **more}
    return World(tuple(people), chosen={"limits": list(limits)}, **given)  # type: ignore[arg-type]


def told(world: World, kind: str = "error") -> list[tuple[str, str, str]]:
    """Return where the issues about limits are, their codes and their words."""
    try:
        issues: Sequence[Issue] = world.problem().notes
    except InputError as fault:
        issues = fault.issues
    return [
        (f"{one.file}:{one.line}:{one.column}", one.code, EN(one.reason))
        for one in issues
        if one.severity == kind and (kind == "error" or one.column.startswith("limits"))
    ]


@pytest.mark.parametrize(
    ("limit", "key"),
    [
        ({"by": "centre", "of": "BLK Contoh C", "max": 1}, "of"),
        ({"by": "province", "of": "Aceh", "max": 1}, "of"),
        ({"by": "school", "of": "S3", "max": 1}, "of"),
        ({"by": "job_group", "of": "welding", "max": 1}, "of"),
        ({"by": "job_group", "of": "fishery", "max": 1}, "of"),
        ({"by": "host", "of": ["H1", "H3"], "max": 1}, "of"),
        ({"by": "prefecture", "of": "Osaka", "max": 1}, "of"),
        ({"by": "entry_month", "of": "2023-05", "max": 1}, "of"),
        ({"together": ["C1", "C3"]}, "together"),
        ({"apart": ["C3", "C1"]}, "apart"),
    ],
)
def test_a_name_that_nobody_has_is_unknown(limit: dict[str, object], key: str) -> None:
    ((where, code, _),) = told(world_of(limit))
    assert (where, code) == (f"scenario.toml:0:limits.1.{key}", "SETTINGS")


def test_names_are_read_in_any_spelling_of_the_vocabulary() -> None:
    world = world_of(
        {"by": "province", "of": "BALI", "max": 1}, {"by": "prefecture", "of": "愛知県", "max": 1}
    )
    province, prefecture = gather_limits(world.problem()).sets
    assert (province.key, province.members) == ("limits.1:Bali", (0, 1))
    assert (prefecture.key, prefecture.members) == ("limits.2:Aichi", (0,))


def test_a_near_name_is_asked_after() -> None:
    with pytest.raises(InputError) as caught:
        world_of({"by": "centre", "of": "BLK Contho A", "max": 1}).problem()
    (mend,) = (one.mend for one in caught.value.issues if one.column == "limits.1.of")
    assert mend is not None
    assert "BLK Contoh A" in EN(mend)


def test_one_end_is_stated_once_for_a_group() -> None:
    every: dict[str, object] = {"by": "centre", "max": 5}
    assert told(world_of(every, {"by": "centre", "of": "BLK Contoh A", "min": 1})) == []
    ((where, _, reason),) = told(world_of(every, {"by": "centre", "of": "BLK Contoh A", "max": 1}))
    assert where.endswith("limits.2.max")
    assert "limits.1" in reason
    ((where, _, _),) = told(world_of({"by": "prefecture", "of": ["Aichi", "愛知県"], "max": 1}))
    assert where.endswith("limits.1.max")


def test_rows_without_a_group_are_noted_once() -> None:
    world = world_of({"by": "prefecture", "max": 1}, {"by": "centre", "max": 1})
    ((where, code, reason),) = told(world.with_opening(1, prefecture=""), "note")
    assert (where, code) == ("scenario.toml:0:limits.1.by", "BLANKS")
    assert "blank for 1 job orders" in reason


def test_a_least_number_of_0_alone_is_noted() -> None:
    world = world_of({"by": "host", "of": "H1", "min": 0}, {"by": "centre", "min": 0, "max": 1})
    ((where, code, reason),) = told(world, "note")
    assert (where, code) == ("scenario.toml:0:limits.1.min", "UNUSUAL")
    assert reason == "a least number of 0 asks nothing: this limit has no effect"


def test_class_sizes_are_ceilings_and_a_blank_one_is_none() -> None:
    sized: dict[str, object] = {"by": "school", "max": "class_size", "min": 1}
    schools: tuple[Row, ...] = (
        {"school": "S1", "class_size": "16"},
        {"school": "S2", "class_size": ""},
    )
    world = world_of(sized, beside={"schools": schools})
    problem = world.problem()
    assert problem.labels.class_sizes == (16, -1)
    assert [(one.members, one.floor, one.ceiling) for one in gather_limits(problem).sets] == [
        ((0,), 1, 16),
        ((1,), 1, None),
    ]
    ((where, code, reason),) = told(world, "note")
    assert (where, code) == ("scenario.toml:0:limits.1.max", "BLANKS")
    assert "S2" in reason
    assert told(world_of(sized))[0][0] == "scenario.toml:0:limits.1.max"
    bare = world_of({"by": "school", "max": "class_size"}, beside={"schools": schools})
    assert [one.key for one in gather_limits(bare.problem()).sets] == ["limits.1:S1"]


@pytest.mark.parametrize(
    ("summed", "column", "cells"),
    [
        ("paid", "cost_to_candidate", {"cost_to_candidate": "2"}),
        ("kemnaker", "costs", {"costs": "kemnaker:2; person:1"}),
        ("person", "costs", {"costs": "kemnaker:2; person:1"}),
    ],
)
def test_a_blank_amount_is_not_nothing(summed: str, column: str, cells: Row) -> None:
    budget: dict[str, object] = {"budget": 5, "sum": summed}
    whole = world_of(budget, people=({**ONE, **cells}, {**TWO, **cells}))
    assert told(whole) == []
    blank = whole.with_person(1, **dict.fromkeys(cells, ""))
    ((where, code, reason),) = told(blank)
    assert (where, code) == (f"candidates.csv:3:{column}", "BLANK")
    assert "limits.1" in reason
    held = replace(blank, decisions=(decision("hold", "C2"),))
    assert told(held) == []
    kept = replace(blank, decisions=(decision("place", "C2", "O1"),))
    assert len(told(kept)) == 1
    none = world_of(budget)
    assert {(where, code) for where, code, _ in told(none)} == {
        (f"candidates.csv:1:{column}", "COLUMN_MISSING")
    }


def test_a_blank_cost_of_a_job_order_is_not_nothing() -> None:
    world = world_of({"budget": 5, "sum": "cost_to_candidate"}).with_opening(
        1, cost_to_candidate=""
    )
    ((where, code, _),) = told(world)
    assert (where, code) == ("openings.csv:3:cost_to_candidate", "BLANK")
    assert told(world.with_opening(1, cost_to_candidate="", seats="0")) == []
    assert told(replace(world, decisions=(decision("withdraw", "", "O2"),))) == []


def test_the_fewest_seats_start_an_opening_or_refuse_its_row() -> None:
    problem = world_of().with_opening(0, min_seats="3").problem()
    assert problem.openings.min_seats.tolist() == [3, -1]
    (start,) = gather_limits(problem).starts
    assert (start.key, start.opening, start.least, start.entry) == ("min_seats:O1", 0, 3, -1)
    assert gather_limits(world_of().with_opening(0, min_seats="1").problem()).starts == ()
    ((where, code, _),) = told(world_of().with_opening(0, min_seats="4"))
    assert (where, code) == ("openings.csv:2:min_seats", "OUT_OF_RANGE")
    assert told(world_of().with_opening(0, min_seats="4", seats="0")) == []
    assert told(world_of().with_opening(0, min_seats="4", seats="x")) != []


SCENARIO = """name = "N"
on = 2022-12-12
entry = [2023-04-01, 2023-08-31]
[[limits]]
by = "centre"
of = "BLK Contoh B"
min = 1
[[limits]]
apart = ["C1", "C2"]
"""


def test_with_rows_left_out_a_group_must_have_somebody_left(tmp_path: Path) -> None:
    birth = re.sub("2001-05-01", "1880-01-01", _csv((TWO,)))
    (tmp_path / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
    (tmp_path / "openings.csv").write_text(_csv((SHOP, SITE)), encoding="utf-8")
    rows = _csv((ONE,)) + birth.split("\n", 1)[1]
    (tmp_path / "candidates.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(InputError) as caught:
        open_scenario(tmp_path, skip=True)
    keys = [one.column for one in caught.value.issues if one.code == "SETTINGS"]
    assert keys == ["limits.1.of", "limits.2.apart"]
    with pytest.raises(InputError) as caught:
        open_scenario(tmp_path)
    assert [one.code for one in caught.value.issues if one.severity == "error"] == ["BIRTH_DATE"]


def _csv(rows: Sequence[Row]) -> str:
    lines = [",".join(rows[0]), *(",".join(row.values()) for row in rows)]
    return "\n".join(lines) + "\n"


# -- Limits of made-up scenarios -----------------------------------------------------------------


def test_limits_come_in_the_order_of_their_tables_then_of_names() -> None:
    world = world_of(
        {"by": "host", "max": 2},
        {"by": "centre", "of": ["BLK Contoh B", "BLK Contoh A"], "min": 1},
        {"by": "job_group", "max": 4},
        {"by": "entry_month", "min": 0, "max": 0},
        {"budget": 7, "sum": "cost_to_candidate"},
        {"together": ["C2", "C1"]},
        {"apart": ["C1", "C2"], "at": "prefecture"},
    ).with_opening(1, cost_to_candidate="3")
    limits = gather_limits(world.problem())
    assert [(s.key, s.entry, s.side, s.members, s.floor, s.ceiling) for s in limits.sets] == [
        ("limits.1:H1", 0, SEATS, (0,), 0, 2),
        ("limits.1:H2", 0, SEATS, (1,), 0, 2),
        ("limits.2:BLK Contoh B", 1, PEOPLE, (1,), 1, None),
        ("limits.2:BLK Contoh A", 1, PEOPLE, (0,), 1, None),
        ("limits.3:construction", 2, SEATS, (1,), 0, 4),
        ("limits.3:other", 2, SEATS, (0,), 0, 4),
        ("limits.4:2023-04", 3, SEATS, (0, 1), 0, 0),
    ]
    (budget,) = limits.sums
    assert (budget.key, budget.most, budget.of_people.tolist(), budget.of_openings.tolist()) == (
        *("limits.5", 7),
        [0, 0],
        [0, 3],
    )
    two, parted = limits.pairs
    assert (two.key, two.kind, two.candidates) == ("limits.6", TOGETHER, (1, 0))
    assert two.place_of.tolist() == world.problem().openings.host.tolist()
    assert (parted.key, parted.kind) == ("limits.7", APART)
    assert len(set(parted.place_of.tolist())) == 2
    assert limits.any
    assert not gather_limits(world_of().problem()).any


@pytest.mark.parametrize("seed", range(40))
def test_frozen_inputs_have_the_same_limits(seed: int) -> None:
    problem = limited_world(seed).problem()
    again = frozen(problem)
    assert again.given is not None
    assert problem.given is not None
    assert again.given.score.tolist() == problem.given.score.tolist()
    again, problem = replace(again, given=None), replace(problem, given=None)
    assert meaning(again) == meaning(problem)
    assert _plain(gather_limits(again)) == _plain(gather_limits(problem))


def test_the_inputs_of_a_batch_open_with_their_limits(tmp_path: Path) -> None:
    begun, batch = tmp_path / "begun", tmp_path / "batch"
    for folder in (begun, batch):
        folder.mkdir()
    (begun / "scenario.toml").write_text(SCENARIO, encoding="utf-8")
    (begun / "openings.csv").write_text(_csv((SHOP, SITE)), encoding="utf-8")
    (begun / "candidates.csv").write_text(_csv((ONE, TWO)), encoding="utf-8")
    problem = open_scenario(begun)
    for name, content in problem.inputs.items():
        (batch / name).write_bytes(content)
    again = open_scenario(batch, frozen=True)
    assert _plain(gather_limits(again)) == _plain(gather_limits(problem))
    assert gather_limits(again).any


def _plain(limits: Limits) -> str:
    with np.printoptions(threshold=10**6):
        return repr(limits)


# -- Rows, trees and starts ----------------------------------------------------------------------


@pytest.fixture(scope="module")
def possible() -> list[tuple[int, World, Problem]]:
    """The random worlds whose seats on record break no limit."""
    found = []
    for seed in range(WORLDS):
        world = limited_world(seed)
        problem = world.problem()
        if not find_limited_locks(problem, gather_limits(problem)):
            found.append((seed, world, problem))
    assert len(found) > WORLDS * 2 // 3
    return found


def caps_of(seed: int, problem: Problem) -> tuple[Cap, ...]:
    """Return random ceilings that the seats on record keep."""
    return tuple(
        cap
        for cap in random_caps(seed, len(problem.openings))
        if cap.ceiling is not None and np.isin(problem.locked, cap.openings).sum() <= cap.ceiling
    )


def network_of(problem: Problem, caps: Sequence[Cap]) -> Network:
    """Return the network of a problem under its limits."""
    problem, facts, screening, scores = weigh(problem)
    return build_network(problem, screening, scores, caps, facts.limits)


def plans_of(network: Network) -> Iterator[tuple[int, ...]]:
    """Yield every choice of pairs, one a person at most: each person's pair, -1 for none."""
    options = [
        [-1, *np.flatnonzero(network.person == person).tolist()]
        for person in range(network.people.size)
    ]
    yield from itertools.product(*options)


def allowed(network: Network, plan: Sequence[int]) -> bool:
    """Return whether trees, divided sets, rows and starts let a plan stand."""
    used = [pair for pair in plan if pair >= 0]
    seated = np.bincount(network.opening[used], minlength=network.tree.leaves)
    loads = network.tree.loads(seated)
    groups = network.groups.loads(np.array([pair >= 0 for pair in plan], np.int64))
    within = all(
        ((tree.floor[:-1] <= held[:-1]) & (held[:-1] <= tree.ceiling[:-1])).all()
        for tree, held in ((network.tree, loads), (network.groups, groups))
    )
    return bool(
        within
        and all(loads[list(each.parts)].sum() <= each.ceiling for each in network.divided)
        and all(row.weight[used].sum() <= row.most for row in network.rows)
        and all(seated[s.opening] in (0, *range(s.least, 99)) for s in network.starts)
    )


def test_a_network_allows_just_the_plans_that_keep_every_limit(
    possible: list[tuple[int, World, Problem]],
) -> None:
    seen = Counter[str]()
    for seed, world, problem in possible:
        caps = caps_of(seed, problem)
        network = network_of(problem, caps)
        shut, some = find_shut(problem, caps, gather_limits(problem)), False
        assert not shut.keys() & {start.opening for start in network.starts}
        for plan in plans_of(network):
            seats: list[int | None] = [at if at >= 0 else None for at in problem.locked.tolist()]
            for person, pair in enumerate(plan):
                if pair >= 0:
                    seats[int(network.people[person])] = int(network.opening[pair])
            expected = keeps(world, caps, seats)
            assert allowed(network, plan) == expected, (seed, plan)
            some |= not expected
        seen["tree"] += network.tree.root > network.tree.leaves
        seen["groups"] += network.groups.root > network.groups.leaves
        seen["rows"] += bool(network.rows)
        seen["starts"] += bool(network.starts)
        seen["shut"] += bool(shut)
        seen["divided"] += bool(network.divided)
        seen["locked"] += bool((problem.locked >= 0).any())
        seen["refused"] += some
    assert len(seen) == 8 and min(seen.values()) >= 10, seen


def test_each_limit_is_found_where_it_stands(
    possible: list[tuple[int, World, Problem]],
) -> None:
    kinds = set()
    for seed, _, problem in possible:
        caps = caps_of(seed, problem)
        limits = gather_limits(problem)
        network = network_of(problem, caps)
        nested = nest_limits(problem, caps, limits)
        assert len(nested.placed) == len(limits.sets)
        keys = {row.key.rpartition(":")[0] for row in network.rows}
        for limit, where in zip(limits.sets, nested.placed, strict=True):
            tree = nested.seats.tree if limit.side == SEATS else nested.people
            assert (limit.key in keys) == where.crossing
            kinds.add((limit.side, where.crossing, where.node is None))
            if where.node is None:
                continue
            below = {leaf for leaf in range(tree.leaves) if where.node in tree.above(leaf)}
            places = range(len(problem.openings))
            if limit.side == PEOPLE:
                below, places = (
                    {int(network.people[leaf]) for leaf in below},
                    network.people.tolist(),
                )
            assert below == set(limit.members) & set(places)
    assert kinds >= {(side, cross, True) for side in (PEOPLE, SEATS) for cross in (True, False)}
    assert kinds >= {(side, False, False) for side in (PEOPLE, SEATS)}


def test_rows_over_pairs_count_as_the_rows_themselves(
    possible: list[tuple[int, World, Problem]],
) -> None:
    seen = {True: 0, False: 0}
    for seed, world, problem in possible:
        limits = gather_limits(problem)
        stated = [one for one in world.chosen["limits"] if "by" not in one]  # type: ignore[attr-defined]
        free = replace(world, chosen={**world.chosen, "limits": stated})
        free = replace(
            free, openings=tuple({**row, "min_seats": "", "seats": "9"} for row in free.openings)
        )
        network = network_of(problem, ())
        candidate = network.people[network.person]
        rows = rows_over(limits, candidate, network.opening, problem.locked)
        for plan in plans_of(network):
            used = [pair for pair in plan if pair >= 0]
            seats: list[int | None] = [at if at >= 0 else None for at in problem.locked.tolist()]
            for pair in used:
                seats[int(candidate[pair])] = int(network.opening[pair])
            held = all(row.weight[used].sum() <= row.most for row in rows)
            assert held == keeps(free, (), seats), (seed, plan)
            seen[held] += 1
    assert min(seen.values()) > 100


@given(
    st.lists(st.integers(-5, 9), min_size=0, max_size=5),
    st.integers(-40, 60),
    st.sampled_from([1, 3, 1000, 10**12]),
)
def test_a_tight_row_says_the_same_in_the_smallest_numbers(
    weights: list[int], most: int, unit: int
) -> None:
    row = RowOver("limits.1", unit * np.array(weights, np.int64), unit * most + unit // 2)
    tight = row.tight
    assert tight.key == row.key
    assert math.gcd(*tight.weight.tolist()) <= 1
    for used in itertools.product([False, True], repeat=len(weights)):
        kept = row.weight[list(used)].sum() <= row.most
        assert kept == (tight.weight[list(used)].sum() <= tight.most)


def test_no_limits_leave_the_network_as_it_was() -> None:
    problem, _, screening, scores = weigh(limited_world(3, locks=False).problem())
    bare = build_network(problem, screening, scores)
    assert not bare.rows
    assert not bare.starts
    assert not bare.tree.floor.any()
    assert bare.groups.root == bare.groups.leaves == bare.people.size


def test_equal_sets_have_a_node_each_and_loose_ones_none() -> None:
    both, one = frozenset({0, 1}), frozenset({0})
    nesting = nest_ceilings(
        np.array([2, 2]),
        [(both, 3)],
        [Between(both, 1, None), Between(one, 0, 2), Between(frozenset(), 1, None)],
    )
    assert nesting.placed == (Placed(4), Placed(), Placed(2))
    assert nesting.node == (3,)
    assert nesting.tree.parent.tolist() == [3, 3, 5, 4, 5, 5]
    assert nesting.tree.floor.tolist() == [0, 0, 1, 0, 1, 0]
    assert nesting.tree.ceiling.tolist()[2:5] == [0, 3, 4]


# -- Seats on record -----------------------------------------------------------------------------


def test_seats_on_record_beyond_a_limit_are_named_exactly_where_they_break_it() -> None:
    seen = {True: 0, False: 0}
    for seed in range(WORLDS):
        world = limited_world(seed)
        if not world.decisions:
            continue
        problem = world.problem()
        stated = [
            {k: v for k, v in one.items() if k != "min"}
            for one in world.chosen["limits"]  # type: ignore[attr-defined]
        ]
        stated = [one for one in stated if "by" not in one or "max" in one]
        plain = replace(world, chosen={**world.chosen, "limits": _both_seated(stated, world)})
        plain = replace(plain, openings=tuple({**row, "min_seats": ""} for row in plain.openings))
        seats = [at if at >= 0 else None for at in problem.locked.tolist()]
        issues = find_limited_locks(problem, gather_limits(problem))
        assert bool(issues) != keeps(plain, (), seats), seed
        assert all(one.code == "LOCK_CAPPED" and one.file == "decisions.csv" for one in issues)
        seen[bool(issues)] += 1
    assert min(seen.values()) > 10


def _both_seated(stated: list[dict[str, object]], world: World) -> list[dict[str, object]]:
    """Return the limits without the pairs of whom not both have a seat on record."""
    seated = {row["candidate_id"] for row in world.decisions}
    return [one for one in stated if not ("together" in one and set(one["together"]) - seated)]  # type: ignore[call-overload]


def test_a_limit_broken_by_seats_on_record_stops_the_run() -> None:
    world = world_of({"by": "centre", "of": "BLK Contoh A", "max": 0})
    world = replace(world, decisions=(decision("place", "C1", "O1"),))
    with pytest.raises(InputError) as caught:
        weigh(world.problem())
    (issue,) = (one for one in caught.value.issues if one.code == "LOCK_CAPPED")
    assert issue.file == "decisions.csv"
    assert "C1" in EN(issue.reason)
    assert "people of BLK Contoh A" in EN(issue.reason)


def test_a_reserve_waits_where_a_limit_is_full() -> None:
    problem = world_of(
        {"by": "centre", "of": "BLK Contoh A", "max": 0}, {"together": ["C1", "C2"]}
    ).problem()
    limits = gather_limits(problem)
    nobody = np.full(2, -1)
    assert "people of BLK Contoh A" in EN(find_obstacle(limits, 0, 0, nobody) or "")
    assert "together" in EN(find_obstacle(limits, 1, 0, nobody) or "")
    assert find_obstacle(Limits(pairs=limits.pairs), 1, 0, np.array([0, -1])) is None
    assert find_obstacle(Limits(pairs=limits.pairs), 1, 1, np.array([0, -1])) is not None
    least = gather_limits(world_of().with_opening(0, min_seats="2").problem())
    assert find_obstacle(least, 0, 0, nobody) is not None
    assert find_obstacle(least, 0, 0, np.array([-1, 0])) is None
    sets: tuple[SetLimit, ...] = limits.sets
    assert find_obstacle(Limits(sets=sets), 1, 0, nobody) is None


def test_what_may_join_is_what_breaks_nothing(possible: list[tuple[int, World, Problem]]) -> None:
    """Pair by pair against the limits that seats on record and this one break together."""
    seen = Counter[bool]()
    for seed, _, problem in possible:
        limits, locked = gather_limits(problem), problem.locked
        limits = replace(limits, starts=())
        free = np.flatnonzero(locked < 0).tolist()
        pairs = [(person, at) for person in free for at in range(len(problem.openings))]
        ends = np.array(pairs, np.int64).reshape(-1, 2)
        may = may_join(limits, ends[:, 0], ends[:, 1], locked)
        for (person, opening), joins in zip(pairs, may.tolist(), strict=True):
            after = locked.copy()
            after[person] = opening
            # Who is to be together with somebody without a seat only has to wait.
            both = tuple(
                one for one in limits.pairs if one.kind == APART or _both(one.candidates, after)
            )
            free_of = find_obstacle(replace(limits, pairs=both), person, opening, locked) is None
            assert joins == free_of, seed
            seen[joins] += 1
    assert min(seen.values()) > 100


def _both(people: tuple[int, int], seats: Numbers) -> bool:
    return bool((seats[list(people)] >= 0).all())
