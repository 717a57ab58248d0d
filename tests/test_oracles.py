"""The product against others: brute force on small networks and tables under limits, OR-Tools on
those of up to 300 people, with every order of the objective and every kind of limit."""

from __future__ import annotations

import random

import numpy as np
import pytest

from matcher.assign import find_best, find_ties, fit_division
from matcher.assign.network import Network, Worth
from matcher.errors import InputError
from matcher.lottery import ticket
from matcher.pipeline import Result
from matcher.problem import Flags, Numbers
from tests.limited import best_plans, limited_plans, random_limited, value_of
from tests.limited_parts import ORDERS
from tests.markets import random_market
from tests.networks import Seats
from tests.offices import BYS, PAYERS, Counted, count_office, random_office
from tests.oracles import best_value, breaches, places_of

PLAIN, LIMITED, CROSSING, OFFICES = range(500), range(400), range(200), range(240)
MARKETS, LARGE = range(10), range(4, 18)


def drawing(network: Network, suffix: str, pairs: Numbers) -> Worth:
    """Return the tickets of pairs, 0 for others."""
    worth = np.zeros(network.person.size, np.int64)
    for pair in pairs:
        worth[pair] = ticket(f"s{suffix}", f"c{network.person[pair]}", f"o{network.opening[pair]}")
    return worth


def solved(network: Network) -> tuple[Numbers, Flags, str]:
    """Return the best plan, who was decided by lottery and the method."""
    return find_best(network, lambda suffix, pairs: drawing(network, suffix, pairs))[:3]


def drawn(network: Network, equal: list[Seats]) -> Seats:
    """Return the plan of several that the lottery is for."""
    tickets = drawing(network, "", np.arange(network.person.size)).tolist()
    return max(equal, key=lambda plan: sum(tickets[pair] for pair in plan if pair >= 0))


def between(network: Network, plan: Seats | Numbers) -> frozenset[tuple[int, int]]:
    """Return the pairs of a plan by person and opening."""
    return frozenset(
        (int(network.person[pair]), int(network.opening[pair])) for pair in plan if pair >= 0
    )


def test_the_worlds_hold_every_order_and_every_kind_of_limit() -> None:
    plain = [random_limited(seed, rows=False, starts=False) for seed in PLAIN]
    limited = [random_limited(seed) for seed in LIMITED]
    for worlds in (plain, limited):
        assert {network.names for network in worlds} == set(ORDERS)
        for side in ("tree", "groups"):
            trees = [getattr(network, side) for network in worlds]
            assert sum(tree.floor[tree.leaves :].any() for tree in trees) > 100
    assert sum(bool(network.rows) for network in limited) > 100
    assert sum(bool(network.starts) for network in limited) > 100
    tied = sum(len(best_plans(network)) > 1 for network in limited)
    assert 100 < tied < 400


# -- Small networks, by trying every plan --------------------------------------------------------


@pytest.mark.parametrize("world", PLAIN)
def test_the_very_plan_under_floors_and_ceilings_of_both_sides(world: int) -> None:
    network = random_limited(world, rows=False, starts=False)
    equal = best_plans(network)
    pair_of, by_lottery, method = solved(network)
    assert method == "tree"
    assert tuple(pair_of) == drawn(network, equal)
    for person in range(network.people.size):
        assert by_lottery[person] == (len({plan[person] for plan in equal}) > 1)
    again, named = find_ties(network, pair_of)
    assert named == method
    assert np.array_equal(again, by_lottery)


@pytest.mark.parametrize("world", CROSSING)
def test_the_very_plan_where_quotas_cross_too(world: int) -> None:
    network = random_limited(world, rows=False, starts=False, divided=True)
    pair_of, _, _ = solved(network)
    assert tuple(pair_of) == drawn(network, best_plans(network))


@pytest.mark.parametrize("world", LIMITED)
def test_as_good_a_plan_under_every_kind_of_limit(world: int) -> None:
    network = random_limited(world, divided=world % 3 == 0)
    check_limited(network)


def check_limited(network: Network) -> None:
    """Check the plan of a network against all others, and the tree next to it."""
    equal = best_plans(network)
    pair_of, _, _ = solved(network)
    assert not breaches(network, pair_of)
    assert value_of(network, pair_of) == value_of(network, equal[0])
    near = fit_division(network, pair_of)
    assert not (near.rows or near.starts or near.divided)
    allowed = {between(network, plan) for plan in limited_plans(network)}
    held = {between(near, plan) for plan in limited_plans(near)}
    assert between(network, pair_of) in held
    assert held <= allowed


# -- Larger networks, by OR-Tools ----------------------------------------------------------------


@pytest.mark.parametrize("world", range(60))
def test_or_tools_agrees_with_brute_force(world: int) -> None:
    network = random_limited(world, divided=True, possible=world % 2 == 0)
    equal = best_plans(network)
    assert best_value(network) == (value_of(network, equal[0]) if equal else None)


@pytest.mark.parametrize("world", MARKETS)
def test_or_tools_finds_nothing_better(world: int) -> None:
    free = world % 4 != 0  # every fourth has trees alone
    names = random.Random(world).choice(ORDERS)
    network = random_market(world, names, rows=free, starts=free, divided=world % 4 == 1)
    pair_of, _, _ = solved(network)
    assert not breaches(network, pair_of)
    assert value_of(network, pair_of) == best_value(network)


# -- Whole offices, counted from their tables ----------------------------------------------------


def pairs_used(counted: Counted, result: Result) -> frozenset[int]:
    """Return the pairs of a result's plan."""
    problem = result.problem
    return frozenset(
        counted.pairs.index((problem.candidate_ids[person], problem.opening_ids[opening]))
        for person, opening in enumerate(result.plan.opening.tolist())
        if opening >= 0
    )


def tickets_of(counted: Counted, used: frozenset[int], seed: str) -> int:
    """Return the sum of the tickets of a plan's pairs, those on record left out."""
    return sum(ticket(seed, *counted.pairs[pair]) for pair in used - counted.recorded)


@pytest.mark.parametrize("seed", OFFICES)
def test_the_best_of_all_plans_of_an_office(seed: int) -> None:
    world = random_office(seed, 5, 4)
    counted = count_office(world)
    plans = list(counted.plans())
    if not plans:
        with pytest.raises(InputError):
            world.result()
        return
    best = max(map(counted.value, plans))
    result = world.result()
    used = pairs_used(counted, result)
    assert counted.keeps(used)
    assert counted.value(used) == best
    equal = [plan for plan in plans if counted.value(plan) == best]
    if result.plan.method != "milp":
        assert used == max(equal, key=lambda plan: tickets_of(counted, plan, str(seed)))
    check_lots(counted, result, equal)


def check_lots(counted: Counted, result: Result, equal: list[frozenset[int]]) -> None:
    """Check who is said to be decided by lottery: on trees exactly those whom plans as good treat
    otherwise, beside a plan of `milp` no others."""
    seats = [{counted.pairs[pair][0]: pair for pair in plan} for plan in equal]
    for person, name in enumerate(result.problem.candidate_ids):
        differs = len({each.get(name) for each in seats}) > 1
        said = bool(result.plan.by_lottery[person])
        if result.plan.method in ("tree", "divided"):
            assert said == differs
        elif result.plan.method == "milp":
            assert differs or not said


def test_offices_hold_every_kind_of_limit_and_most_can_be_kept() -> None:
    worlds = [random_office(seed, 5, 4) for seed in OFFICES]
    limits = [limit for world in worlds for limit in world.chosen["limits"]]  # type: ignore[attr-defined]
    named = {
        str(limit.get("by") or limit.get("sum") or limit.get("at", "host")) for limit in limits
    }
    kinds = {*BYS, *PAYERS, "cost_to_candidate", "paid", "opening"}
    assert named == kinds
    assert {"min", "max", "budget", "together", "apart"} <= {
        key for limit in limits for key in limit
    }
    assert any(limit.get("max") == "class_size" for limit in limits)
    assert sum(any(count_office(world).plans()) for world in worlds) > len(worlds) // 2


@pytest.mark.parametrize("seed", LARGE)
def test_or_tools_finds_nothing_better_for_an_office(seed: int) -> None:
    people = [60, 120, 200, 300][seed % 4]
    world = random_office(seed, people, people // 6, 0.1)
    counted = count_office(world)
    best = counted.oracle().best(places_of(counted.names, counted.columns))
    if best is None:
        with pytest.raises(InputError):
            world.result()
        return
    used = pairs_used(counted, world.result())
    assert counted.keeps(used)
    assert counted.value(used) == best
