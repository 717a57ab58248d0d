"""Plans that `milp` chooses equal brute force at every place; their bounds hold, whatever duals."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from matcher.assign.best import Draw
from matcher.assign.certificate import Bound
from matcher.assign.milp import (
    Claim,
    Impossible,
    ahead,
    bound_names,
    choose_plan,
    climb,
    highs,
    relaxed,
    whole,
)
from matcher.assign.milp.form import chosen_of, form_of
from matcher.assign.milp.places import places_of
from matcher.assign.milp.whole import find_whole
from matcher.assign.network import Network, Row, Tree, Worth
from matcher.problem import Numbers
from tests.limited import best_plans, limited_plans, random_limited
from tests.networks import Seats

SEEDS = range(300)


def world(seed: int) -> Network:
    """Return a network with limits of every kind."""
    return random_limited(seed, divided=seed % 2 == 0, possible=seed % 5 != 0)


def tickets_of(network: Network, seed: int) -> Worth:
    """Return a ticket for each pair."""
    return np.random.default_rng(seed).integers(0, 2**40, network.person.size)


def draw_of(tickets: Worth) -> Draw:
    """Return the lottery that gives the tickets of the pairs asked for, as the product's does."""

    def draw(suffix: str, pairs: Numbers) -> Worth:
        assert not suffix
        given = np.zeros_like(tickets)
        given[pairs] = tickets[pairs]
        return given

    return draw


def won(tickets: Worth, plan: Seats | Numbers) -> int:
    """Return the sum of a plan's tickets."""
    return sum(int(tickets[pair]) for pair in plan if pair >= 0)


@pytest.fixture(params=["all pairs at once", "few pairs first"])
def sizes(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Treat small networks as they are, or as those with many pairs are."""
    if request.param == "few pairs first":
        monkeypatch.setattr(relaxed, "MANY", 1)
        monkeypatch.setattr(climb, "MANY", 1)
        monkeypatch.setattr(ahead, "MANY", 1)
        monkeypatch.setattr(relaxed, "FIRST", 1)
        monkeypatch.setattr(climb, "NEAR", 1)


@pytest.mark.usefixtures("sizes")
@pytest.mark.parametrize("part", range(4))
def test_the_plan_is_the_best_at_every_place(part: int) -> None:
    """It is one of the best plans by all names, and of these the one of the greatest tickets."""
    seen: Counter[str] = Counter()
    for seed in SEEDS[part::4]:
        network = world(seed)
        best, tickets = best_plans(network), tickets_of(network, seed)
        if not best:
            with pytest.raises(Impossible):
                choose_plan(network, draw_of(tickets))
            seen["impossible"] += 1
            continue
        chosen = choose_plan(network, draw_of(tickets))
        assert tuple(chosen.pair_of.tolist()) in best, seed
        assert won(tickets, chosen.pair_of) == max(won(tickets, plan) for plan in best), seed
        assert {claim.said for claim in chosen.claims} == {"optimal"}
        places = [(place.name, place.level) for place in places_of(network, chosen.pair_of)]
        asked = [(claim.name, claim.level) for claim in chosen.claims]
        assert asked in (places, [*places, ("lottery", None)]), seed
        seen["tied"] += len(best) > 1
        seen["worst"] += "worst" in network.names
        seen["rows"] += bool(network.rows)
        seen["starts"] += any(start.least > 1 for start in network.starts)
        seen["divided"] += bool(network.divided)
    assert min(seen[kind] for kind in ("impossible", "tied", "worst", "rows", "starts")) > 5
    assert seen["divided"] > 5 or part % 2


@pytest.mark.usefixtures("sizes")
def test_bounds_hold_and_mostly_prove_the_plan() -> None:
    """No plan as good at the places before has more than the bound; the naive sum agrees."""
    gaps: Counter[bool] = Counter()
    for seed in SEEDS:
        network = world(seed)
        best = best_plans(network)
        if not best:
            continue
        pair_of = np.array(best[0], np.int64)
        bounds = bound_names(network, pair_of, [Claim("score", None, "optimal")])
        for at, bound in enumerate(bounds):
            assert bound.bound == check_bound(network, pair_of, bounds[: at + 1]), seed
            assert bound.bound >= most_of(network, pair_of, at) >= bound.total, seed
            assert bound.claimed == ("optimal" if bound.name == "score" else "unasked")
            gaps[bound.gap == 0] += 1
    assert gaps[True] > 10 * gaps[False] > 0


def test_one_program_mostly_proves_two_places(monkeypatch: pytest.MonkeyPatch) -> None:
    """The multipliers of both bound every plan, and what is won first is not asked again."""
    monkeypatch.setattr(ahead, "MANY", 1)
    proved: Counter[bool] = Counter()
    for seed in range(100):
        network = world(seed)
        plans = list(limited_plans(network))
        if not plans or network.person.size < 2:
            continue
        ones, then = np.ones(network.person.size, np.int64), network.worth[:, 0]
        found = ahead.relax_ahead(form_of(network), ones, None, None, then)
        assert found is not None and found[1] is not None
        most = max(sum(pair >= 0 for pair in plan) for plan in plans)
        assert found[0].whole.bound >= most
        first = climb.climb(form_of(network), ones, None, None, then)
        best = max(won(then, plan) for plan in plans if won(ones, plan) == most)
        assert first.start is not None and int(ones[first.chosen].sum()) == most
        bound = find_whole(first.form, then, first.start.duals).bound
        assert bound >= best
        proved[bound == best] += 1
    assert proved[True] > 2 * proved[False]


@pytest.mark.parametrize("seed", range(60))
def test_any_duals_give_a_bound(seed: int) -> None:
    """However bad the duals are that are made whole."""
    network = world(seed)
    plans = list(limited_plans(network))
    if not plans:
        return
    form, rng = form_of(network), np.random.default_rng(seed)
    for spread in (0.1, 3, 1000):
        worth = network.worth[:, 0]
        found = find_whole(form, worth, rng.normal(0, spread, form.size))
        assert found.bound >= max(int(worth[[p for p in plan if p >= 0]].sum()) for plan in plans)
        assert (found.slack >= 0).all()


def most_of(network: Network, pair_of: Numbers, at: int) -> int:
    """Return the most that a plan has at a place, of those with no less at the places before."""
    places = places_of(network, pair_of)
    sums = []
    for plan in limited_plans(network):
        used = [pair for pair in plan if pair >= 0]
        if places[at].settled[used].any():
            continue
        if all(int(place.worth[used].sum()) >= place.total for place in places[:at]):
            sums.append(int(places[at].worth[used].sum()))
    return max(sums)


def check_bound(network: Network, pair_of: Numbers, bounds: tuple[Bound, ...]) -> int:
    """Return the bound of the last place, added up pair by pair; AssertionError where a pair is
    not covered or a number has a sign that it may not have."""
    bound, places = bounds[-1], places_of(network, pair_of)
    place, before = places[len(bounds) - 1], places[: len(bounds) - 1]
    assert (bound.name, bound.level, bound.total) == (place.name, place.level, place.total)
    assert bound.scale > 0 and all(part.min(initial=0) >= 0 for part in multipliers(bound))
    for pair in np.flatnonzero(~place.settled).tolist():
        opening = int(network.opening[pair])
        gain = bound.scale * int(place.worth[pair])
        for row, times in zip(network.rows, bound.rows.tolist(), strict=True):
            gain -= times * int(row.weight[pair])
        for each, times in zip(network.divided, bound.divided.tolist(), strict=True):
            gain -= times * sum(node in each.parts for node in network.tree.above(opening))
        for earlier, times in zip(before, bound.earlier.tolist(), strict=True):
            gain += times * int(earlier.worth[pair])
        assert gain <= int(bound.people[network.person[pair]]) + int(bound.nodes[opening])
    top = sum(int(t) * row.most for t, row in zip(bound.rows, network.rows, strict=True))
    top += sum(int(t) * one.ceiling for t, one in zip(bound.divided, network.divided, strict=True))
    top -= sum(int(t) * one.total for t, one in zip(bound.earlier, before, strict=True))
    assert np.array_equal(bound.groups[: network.people.size], bound.people)
    top += edges(network.tree, bound.nodes) + edges(network.groups, bound.groups)
    return top // bound.scale


def multipliers(bound: Bound) -> tuple[Worth, Worth, Worth]:
    """Return the numbers that may not be below 0."""
    return bound.rows, bound.divided, bound.earlier


def edges(tree: Tree, duals: Worth) -> int:
    """Return the sum over a tree's nodes of their own parts times ceiling or floor."""
    assert duals[tree.root] == 0
    total = 0
    for node in range(tree.root):
        own = int(duals[node]) - int(duals[tree.parent[node]])
        assert own >= 0 or tree.floor[node] > 0
        total += own * int(tree.ceiling[node] if own > 0 else tree.floor[node])
    return total


def test_an_answer_that_breaks_something_is_never_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """The solver's answer is shut out and it is asked again; at last the plan before stands."""
    network = replace(world(3), names=("score",), rows=(), starts=(), divided=())
    network = replace(network, worth=network.worth[:, :1])
    form = form_of(network)
    everybody = np.ones(network.person.size, bool)
    assert not form.keeps(everybody)
    answers = [highs.Answer(everybody, highs.OPTIMAL)] * highs.TRIES
    monkeypatch.setattr(highs, "_ask", lambda *_: answers.pop())
    found = highs.find_plan(form, network.worth[:, 0], np.arange(network.person.size))
    assert found == highs.Answer(None, highs.REJECTED) and not answers


def test_a_cut_shuts_out_one_answer_alone() -> None:
    """What is asked again is the best of all other plans."""
    for seed in range(0, 60):
        network = world(seed)
        worth, form = network.worth[:, 0], form_of(network)
        if not network.person.size:
            continue
        plans = {
            tuple(chosen_of(network, np.array(plan)).tolist()) for plan in limited_plans(network)
        }
        if len(plans) < 2:
            continue
        pairs = np.arange(network.person.size)
        first = highs.find_plan(form, worth, pairs).chosen
        assert first is not None
        again = highs._ask(form, worth, pairs, [first]).chosen
        assert again is not None and not np.array_equal(again, first)
        others = plans - {tuple(first.tolist())}
        best = max(int(worth[np.array(plan)].sum()) for plan in others)
        assert int(worth[again].sum()) == best, seed


def one_opening(people: int, *rows: Row, seats: int = 1) -> Network:
    """Return people with a pair each at one opening, of scores that fall by one."""
    worth = people - np.arange(people)
    return Network(
        np.arange(people),
        Tree.plain(np.array([seats])),
        np.arange(people),
        np.zeros(people, np.int64),
        np.arange(people),
        ("placements", "score"),
        np.stack([np.ones(people, np.int64), worth], axis=1),
        groups=Tree.plain(np.ones(people, np.int64)),
        rows=rows,
    )


@pytest.mark.parametrize(("weight", "most", "seat"), [(-1, -1, 11), (-3, -2, 11), (3, 2, 0)])
def test_a_row_of_one_weight_keeps_its_direction(weight: int, most: int, seat: int) -> None:
    """Divided by its weight it still says that the last one must sit, or may not."""
    last = np.zeros(12, np.int64)
    last[-1] = weight
    network = one_opening(12, Row("limits.1", last, most))
    part = highs.Slice.of(form_of(network), np.arange(12))
    (at,) = np.flatnonzero(part.row == form_of(network).rows)
    assert part.divisor[at] == abs(weight)
    assert part.matrix.toarray()[at, -1] == np.sign(weight)
    seated = choose_plan(network, draw_of(tickets_of(network, 1))).pair_of
    assert np.flatnonzero(seated >= 0).tolist() == [seat]


@pytest.mark.parametrize("amount", [10**8, 10**12])
def test_great_amounts_bound_as_small_ones_do(amount: int) -> None:
    """A multiplier of some unit of money is small: it is not rounded away."""
    weight = amount + 7 * np.arange(200)
    budget = Row("limits.1", weight, int(weight[:100].sum()) + amount // 2)
    network = one_opening(200, budget, seats=200)
    pair_of = np.where(np.arange(200) < 100, np.arange(200), -1)
    placements = bound_names(network, pair_of, ())[0]
    assert placements.bound == check_bound(network, pair_of, (placements,)) == 100


def test_a_bound_is_never_worse_than_without_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """However little room there is for the multipliers of rows."""
    monkeypatch.setattr(whole, "ROOM", 2**6)
    better = 0
    for seed in SEEDS:
        network = world(seed)
        best = best_plans(network)
        if not best or not network.rows:
            continue
        rows = tuple(replace(r, weight=r.weight * 1001, most=r.most * 1001) for r in network.rows)
        network, pair_of = replace(network, rows=rows), np.array(best[0], np.int64)
        with_rows = bound_names(network, pair_of, ())
        without = bound_names(replace(network, rows=()), pair_of, ())
        for one, other in zip(with_rows, without, strict=True):
            assert one.total <= one.bound <= other.bound, seed
            better += one.bound < other.bound
    assert better
