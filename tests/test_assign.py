"""The assignment against brute force, on small worlds with ties and nested caps."""

from __future__ import annotations

from unittest import mock

import numpy as np
import pytest

from matcher.assign import find_plan, seated, value_seats, weigh_losses
from matcher.assign.network import Network, Packing, Worth
from matcher.assign.solve import EXACT
from matcher.explain.ceilings import Ceilings
from matcher.explain.verdicts import name_verdicts
from matcher.lottery import ticket
from matcher.problem import Flags, Numbers
from tests.networks import plans, random_network, total, with_ceilings

WORLDS = range(400)


def drawn(network: Network, seed: str) -> Worth:
    """Return the tickets of all pairs."""
    pairs = zip(network.person, network.opening, strict=True)
    return np.array([ticket(seed, f"c{i}", f"o{j}") for i, j in pairs], np.int64)


def solved(network: Network, seed: str = "s") -> tuple[Numbers, Flags]:
    """Return the plan and who was decided by lottery."""

    def draw(suffix: str, pairs: Numbers) -> Worth:
        worth = np.zeros(network.person.size, np.int64)
        worth[pairs] = drawn(network, seed + suffix)[pairs]
        return worth

    return find_plan(network, draw)


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("world", WORLDS)
def test_the_very_plan_of_brute_force(world: int, packed: bool) -> None:
    network = random_network(world)
    tickets = drawn(network, "s")
    listed = list(plans(network))
    best = max(total(network.worth, plan) for plan in listed)
    equal = [plan for plan in listed if total(network.worth, plan) == best]
    winner = max(equal, key=lambda plan: sum(int(tickets[pair]) for pair in plan if pair >= 0))
    with mock.patch("matcher.assign.best.EXACT", EXACT if packed else 0):
        pair_of, by_lottery = solved(network)
    assert tuple(pair_of) == winner
    for person in range(network.people.size):
        assert by_lottery[person] == (len({plan[person] for plan in equal}) > 1)


@pytest.mark.parametrize("world", WORLDS)
def test_lowest_is_the_gain_and_highest_the_loss_of_one_place(world: int) -> None:
    network = random_network(world)
    pair_of, _ = solved(network)
    best = np.array(total(network.worth, pair_of))
    values = value_seats(network, pair_of)
    for opening in range(network.tree.leaves):
        above = network.tree.above(opening)
        more = max(total(network.worth, p) for p in plans(with_ceilings(network, above, 1)))
        assert tuple(values.low[opening]) == tuple(np.array(more) - best)
        if (network.tree.ceiling[above] == 0).any():
            assert not values.exists[opening]
            continue
        less = max(total(network.worth, p) for p in plans(with_ceilings(network, above, -1)))
        assert values.exists[opening]
        assert tuple(values.high[opening]) == tuple(best - np.array(less))


@pytest.mark.parametrize("world", WORLDS)
def test_loss_is_what_the_best_plan_with_the_pair_lacks(world: int) -> None:
    network = random_network(world)
    pair_of, _ = solved(network)
    best = np.array(total(network.worth, pair_of))
    losses = weigh_losses(network, pair_of)
    listed = list(plans(network))
    for pair, person in enumerate(network.person):
        holding = [total(network.worth, plan) for plan in listed if plan[person] == pair]
        assert losses.exists[pair] == bool(holding)
        if holding:
            assert tuple(losses.loss[pair]) == tuple(best - np.array(max(holding)))


def verdict(network: Network, pair_of: Numbers, loss: tuple[int, ...] | None, pair: int) -> str:
    """Return the verdict of an unused pair as mathematics 18 has it, without locks."""
    tree, opening = network.tree, int(network.opening[pair])
    mine = int(pair_of[network.person[pair]])
    loads, above = tree.loads(seated(network, pair_of)), tree.above(opening)
    if loss is None:
        return "capped" if any(tree.ceiling[node] == 0 for node in above) else "decided"
    if not any(loss):
        return "tied"
    if loads[opening] < tree.ceiling[opening]:
        own = tree.above(int(network.opening[mine])) if mine >= 0 else []
        if any(loads[cap] == tree.ceiling[cap] for cap in above[1:] if cap not in own):
            return "capped"
        return "better_elsewhere" if mine >= 0 else "below_floor"
    place = next(name for name, lost in zip(network.names, loss, strict=True) if lost)
    return {"placements": "costs_a_place", "score": "outscored"}[place]


@pytest.mark.parametrize("world", WORLDS)
def test_verdicts_under_trees_of_caps(world: int) -> None:
    network = random_network(world)
    pair_of, _ = solved(network)
    best, listed = np.array(total(network.worth, pair_of)), list(plans(network))
    losses = weigh_losses(network, pair_of)
    tree = network.tree
    above = tuple(tuple(tree.above(opening)) for opening in range(tree.leaves))
    held = tree.loads(seated(network, pair_of))[:-1]
    names = name_verdicts(network, losses, pair_of, Ceilings(above, tree.ceiling[:-1], held))
    assert len(set(map(id, names))) == len(set(names))  # a string a pair would fill the memory
    for pair, person in enumerate(network.person):
        if pair_of[person] == pair:
            continue
        holding = [total(network.worth, plan) for plan in listed if plan[person] == pair]
        loss = tuple((best - np.array(max(holding))).tolist()) if holding else None
        assert names[pair] == verdict(network, pair_of, loss, pair)


def test_packing_round_trips_negative_places() -> None:
    packing = Packing.of(np.array([1, 1_000_000]), 1000)
    tuples = np.array([[0, 0], [3, -999_999], [-2, 1_000_000], [1, -5]], np.int64)
    assert np.array_equal(packing.unpack(packing.pack(tuples)), tuples)
    assert packing.pack(tuples)[1] > packing.pack(tuples)[3]


def test_a_ticket_is_what_the_published_rule_says() -> None:
    # SHA-256 of 0001 "s" 0001 "c" 0001 "o" with 4-byte lengths, first five bytes.
    import hashlib

    text = b"\0\0\0\1s\0\0\0\1c\0\0\0\1o"
    assert ticket("s", "c", "o") == int(hashlib.sha256(text).hexdigest()[:10], 16)
