"""The best plan on trees with floors and ceilings on both sides, and what is read off it: against
brute force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest

from matcher.assign import Impossible, certify, find_plan, value_seats, weigh_losses
from matcher.assign.certificate import Stage
from matcher.assign.network import Network, Tree, Worth
from matcher.lottery import ticket
from matcher.problem import Flags, Numbers
from tests.limited import best_plans, limited_plans, random_limited, value_of
from tests.networks import Seats

WORLDS = range(200)


def drawing(network: Network, suffix: str, pairs: Numbers) -> Worth:
    """Return the tickets of some pairs."""
    worth = np.zeros(network.person.size, np.int64)
    for pair in pairs:
        worth[pair] = ticket(f"s{suffix}", f"c{network.person[pair]}", f"o{network.opening[pair]}")
    return worth


def solved(network: Network) -> tuple[Numbers, Flags]:
    """Return the best plan and who was decided by lottery."""
    return find_plan(network, lambda suffix, pairs: drawing(network, suffix, pairs))


def certified(network: Network, plan: Numbers) -> tuple[Stage, ...]:
    """Return the certificate of a plan."""
    return certify(network, plan, lambda suffix, pairs: drawing(network, suffix, pairs))


@pytest.mark.parametrize("possible", [True, False])
@pytest.mark.parametrize("world", WORLDS)
def test_the_very_plan_of_brute_force(world: int, possible: bool) -> None:
    network = random_limited(world, rows=False, starts=False, possible=possible)
    equal = best_plans(network)
    if not equal:
        with pytest.raises(Impossible):
            solved(network)
        return
    tickets = drawing(network, "", np.arange(network.person.size))
    winner = max(equal, key=lambda plan: sum(int(tickets[pair]) for pair in plan if pair >= 0))
    pair_of, by_lottery = solved(network)
    assert tuple(pair_of) == winner
    for person in range(network.people.size):
        assert by_lottery[person] == (len({plan[person] for plan in equal}) > 1)


@pytest.mark.parametrize("world", WORLDS)
def test_the_certificate_adds_up_and_refuses_other_plans(world: int) -> None:
    network = random_limited(world, rows=False, starts=False)
    pair_of, _ = solved(network)
    stages = certified(network, pair_of)
    _check_pairs(network, stages, pair_of)
    bound = _bound(network.tree, np.stack([stage.nodes for stage in stages], axis=1))
    bound += _bound(network.groups, np.stack([stage.groups for stage in stages], axis=1))
    assert bound.tolist() == [stage.total for stage in stages]
    for stage in stages:
        assert (stage.groups[: network.people.size] == stage.people).all()
    for plan in list(limited_plans(network))[:25]:
        if plan != tuple(pair_of):
            with pytest.raises(AssertionError):
                certified(network, np.array(plan))


def _check_pairs(network: Network, stages: tuple[Stage, ...], pair_of: Numbers) -> None:
    """Assert u + v ≥ worth of every pair, as tuples, and equality where it is used."""
    slack = np.stack(
        [
            people[network.person] + nodes[network.opening] - worth
            for people, nodes, worth in _places(network, stages)
        ],
        axis=1,
    )
    for pair, person in enumerate(network.person):
        places = slack[pair].tolist()
        assert places >= [0] * len(places)
        if pair_of[person] == pair:
            assert not any(places)


def _places(network: Network, stages: tuple[Stage, ...]) -> Iterator[tuple[Worth, Worth, Worth]]:
    """Yield every place with the duals of people and nodes and the worth of the pairs; a score
    without a stage has duals of 0."""
    staged = {(stage.name, stage.level): stage for stage in stages}
    for name in (*network.names, *(s.name for s in stages if s.name.startswith("lottery"))):
        stage = staged[name, None]
        column = network.worth[:, network.names.index(name)] if name in network.names else None
        if name == "worst":
            yield stage.people, stage.nodes, np.ones_like(network.worth[:, 0])
            assert column is not None
            for level in np.unique(column).tolist():
                one = staged.get((name, level))
                people = one.people if one else np.zeros_like(stage.people)
                nodes = one.nodes if one else np.zeros_like(stage.nodes)
                yield people, nodes, -(column == level).astype(np.int64)
        elif column is None:
            pairs = np.arange(network.person.size)
            yield stage.people, stage.nodes, drawing(network, name.removeprefix("lottery"), pairs)
        else:
            yield stage.people, stage.nodes, column


def _bound(tree: Tree, duals: Worth) -> Worth:
    own = duals - duals[tree.parent]
    total = np.zeros(own.shape[1], np.int64)
    for node in range(tree.root):
        above_0 = tuple(own[node]) > (0,) * own.shape[1]
        total += own[node] * (tree.ceiling[node] if above_0 else tree.floor[node])
    return total


@pytest.mark.parametrize("world", WORLDS)
def test_losses_and_the_first_name_of_which_something_is_lost(world: int) -> None:
    network = random_limited(world, rows=False, starts=False)
    pair_of, _ = solved(network)
    plans, led = list(limited_plans(network)), network.led
    losses = weigh_losses(network, pair_of)
    best = np.array(_led(network, tuple(pair_of)))
    for pair, person in enumerate(network.person):
        holding = [plan for plan in plans if plan[person] == pair]
        assert losses.exists[pair] == bool(holding)
        if holding:
            least = best - np.array(max(_led(network, plan) for plan in holding))
            assert losses.loss[pair].tolist() == least.tolist()
            other = max(value_of(network, plan) for plan in holding)
            first, counted = _first_place(network, value_of(network, pair_of), other)
            assert (losses.first[pair], losses.counted[pair]) == (first, counted)
    assert losses.loss.shape[1] == led


def _led(network: Network, plan: Seats) -> tuple[int, ...]:
    used = network.worth[[pair for pair in plan if pair >= 0], : network.led]
    return tuple(used.sum(axis=0).tolist())


def _first_place(
    network: Network, best: tuple[int, ...], other: tuple[int, ...]
) -> tuple[int, bool]:
    """Return the name at which two values differ first, and whether it is the count of `worst`."""
    places: list[tuple[int, bool]] = []
    for at, name in enumerate(network.names):
        levels = np.unique(network.worth[:, at]).size if name == "worst" else 0
        places += [(at, name == "worst"), *[(at, False)] * levels]
    for place, one, two in zip(places, best, other, strict=True):
        if one != two:
            return place
    return len(network.names), False


@pytest.mark.parametrize("world", WORLDS)
def test_lowest_is_the_gain_of_one_place(world: int) -> None:
    network = random_limited(world, rows=False, starts=False)
    pair_of, _ = solved(network)
    best = np.array(_led(network, tuple(pair_of)))
    values = value_seats(network, pair_of)
    for opening in range(network.tree.leaves):
        above = network.tree.above(opening)
        more = max(_led(network, plan) for plan in limited_plans(_raised(network, above, 1)))
        assert values.low[opening].tolist() == (np.array(more) - best).tolist()
        fewer = _raised(network, above, -1)
        left = list(limited_plans(fewer)) if (fewer.tree.ceiling[above] >= 0).all() else []
        assert values.exists[opening] == bool(left)
        if left:
            less = best - np.array(max(_led(network, plan) for plan in left))
            assert values.high[opening].tolist() == less.tolist()


def _raised(network: Network, nodes: list[int], change: int) -> Network:
    ceiling = network.tree.ceiling.copy()
    ceiling[nodes] += change
    return replace(network, tree=replace(network.tree, ceiling=ceiling))
