"""The solver of interview lists against brute force, linear programs and its own certificate."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from matcher.assign.nesting import nest_ceilings
from matcher.assign.network import Tree
from matcher.problem import Flags, Numbers
from matcher.shortlist import solve
from matcher.shortlist.choose import COARSE, _model, _most_even, choose_plan
from matcher.shortlist.flow import _Growing, solve_tree
from matcher.shortlist.network import ListNetwork
from matcher.shortlist.parts import split
from matcher.shortlist.places import Places
from matcher.shortlist.solve import solve_lists
from matcher.shortlist.words import Words, find_greatest, is_greater
from matcher.shortlist.worth import count_lists, keeps_ceilings, total_of

Sets = list[tuple[frozenset[int], int]]
ROOT = Path(__file__).resolve().parents[1]


def random_world(seed: int, crossing: bool = False, most: int = 1) -> tuple[ListNetwork, Sets]:
    """Return a network of up to 12 pairs, often with ties, and the sets over its openings;
    `most` is the greatest least load."""
    draw = random.Random(seed)
    people, openings = draw.randint(1, 5), draw.randint(1, 5)
    cells = [(i, j) for i in range(people) for j in range(openings)]
    cells = sorted(draw.sample(cells, min(len(cells), draw.randint(1, 12))))
    person, opening = np.array(cells, np.int64).T
    greatest = draw.choice([0, 1, 3, 9, 2**30 - 1])
    whole = [draw.randint(0, greatest) for _ in cells]
    sets = _random_sets(draw, openings, crossing)
    ceilings = np.array([draw.choice([0, 1, 1, 2, 2, 3, 5]) for _ in range(openings)], np.int64)
    nesting = nest_ceilings(ceilings, sets)
    days = draw.choice([[-1], [-1, 0, 1], [0, 1], list(range(9))])
    held = [draw.choice([0, 0, 0, 1, 2]) for _ in range(people)]
    network = ListNetwork(
        nesting.tree,
        person,
        opening,
        np.array(whole, np.int64),
        np.array([draw.randrange(2**40) for _ in cells], np.int64),
        seats=_drawn(draw, [1, 1, 2, 3], openings),
        taken=_drawn(draw, [0, 0, 0, 1, 3], openings),
        day=_drawn(draw, days, openings),
        waiting=np.array([draw.random() < 0.4 for _ in range(people)]),
        held=np.array(held, np.int64),
        load_min=_drawn(draw, range(most + 1), people),
        load_max=_drawn(draw, [0, 1, 2, 2, 3, 4], people),
        divided=nesting.divided,
    )
    return network, sets


def _drawn(draw: random.Random, choices: list[int] | range, size: int) -> Numbers:
    return np.array([draw.choice(choices) for _ in range(size)], np.int64)


def _random_sets(draw: random.Random, openings: int, crossing: bool) -> Sets:
    """Return hosts, regions of hosts, and perhaps one set that crosses them, with ceilings."""
    host = [draw.randrange(3) for _ in range(openings)]
    sets = [
        (frozenset(o for o in range(openings) if host[o] in hosts), draw.randint(0, 4))
        for hosts in ([0], [1], [2], [0, 1])
        if draw.random() < 0.7
    ]
    if crossing:
        cross = frozenset(o for o in range(openings) if draw.random() < 0.6)
        sets.append((cross, draw.randint(0, 3)))
    return [(members, ceiling) for members, ceiling in sets if members]


def brute_force(network: ListNetwork, sets: Sets) -> list[tuple[tuple[int, ...], Flags]]:
    """Return every plan with what it is worth, the best one last."""
    pairs, people = network.person.size, network.held.size
    openings = network.tree.leaves
    plans = (np.arange(2**pairs)[:, None] >> np.arange(pairs)) & 1
    lists = network.held + plans @ (network.person[:, None] == np.arange(people))
    new = plans @ (network.opening[:, None] == np.arange(openings))
    fits = (new <= network.tree.ceiling[:openings]).all(axis=1)
    fits &= ((lists <= network.load_max) | (lists == network.held)).all(axis=1)
    for members, ceiling in sets:
        fits &= new[:, sorted(members)].sum(axis=1) <= ceiling
    day = network.day[network.opening]
    for i in range(people):
        for d in set(day[day >= 0].tolist()):
            fits &= plans[:, (network.person == i) & (day == d)].sum(axis=1) <= 1
    found = []
    for plan, own, n in zip(plans[fits] > 0, lists[fits], (network.taken + new)[fits], strict=True):
        levels = [
            sum(
                min(max(0, int(n[o]) - level * int(s)), int(s)) for o, s in enumerate(network.seats)
            )
            for level in range(12)
        ]
        first = [int((network.waiting & (own > 0)).sum()), int((own >= network.load_min).sum())]
        rest = [
            int(network.score[plan].sum()),
            -int((own**2).sum()),
            int(network.ticket[plan].sum()),
        ]
        found.append(((*first, *levels, *rest), plan))
    return sorted(found, key=lambda one: one[0])


def assert_best(network: ListNetwork, sets: Sets, chosen: Flags) -> None:
    assert np.array_equal(chosen, brute_force(network, sets)[-1][1])
    assert keeps_ceilings(network, chosen)


@pytest.mark.parametrize("world", range(500))
def test_the_very_plan_of_brute_force(world: int) -> None:
    network, sets = random_world(world)
    lists = solve_lists(network)
    assert lists.method == "tree"
    assert_best(network, sets, lists.chosen)
    assert_best(network, sets, solve_tree(network))


@pytest.mark.parametrize("world", range(150))
def test_the_best_of_all_divisions(world: int) -> None:
    network, sets = random_world(world, crossing=True)
    lists = solve_lists(network)
    assert lists.method == ("divided" if network.divided else "tree")
    assert_best(network, sets, lists.chosen)


@pytest.mark.parametrize("world", range(150))
def test_who_reaches_a_least_load_of_two(world: int) -> None:
    network, sets = random_world(world, crossing=world % 3 == 0, most=2)
    assert_best(network, sets, solve_lists(network).chosen)


@pytest.mark.parametrize("world", range(0, 500, 5))
def test_without_tickets_the_plan_is_one_of_the_best(world: int) -> None:
    network, sets = random_world(world)
    network = replace(network, ticket=np.zeros_like(network.ticket))
    chosen = solve_lists(network).chosen
    best = brute_force(network, sets)[-1][0]
    assert total_of(network, chosen)[:2] == best[:2]
    assert total_of(network, chosen)[-3:] == best[-3:]
    assert keeps_ceilings(network, chosen)


PLACE = 2**90


def find_better(network: ListNetwork, chosen: Flags) -> bool:
    """Whether a plan on one tree can be bettered: its residual graph, of source, people, days,
    openings, caps and root, has a circle of a gain. Bellman and Ford on whole numbers without
    bounds; `load_min` counts as in `solve_tree`."""
    arcs = list(_residual(network, chosen))
    gain = {node: 0 for arc in arcs for node in arc[:2]}
    for _ in range(len(gain) + 1):
        improved = False
        for a, b, gained in arcs:
            if gain[a] + gained > gain[b]:
                gain[b] = gain[a] + gained
                improved = True
        if not improved:
            return False
    return True


def _residual(network: ListNetwork, chosen: Flags) -> Iterator[tuple[object, object, int]]:
    tree, lists = network.tree, count_lists(network, chosen)
    new = np.bincount(network.opening[chosen], minlength=tree.leaves)
    loads = tree.loads(new).tolist()
    for i, n in enumerate(lists.tolist()):
        if n < network.load_max[i]:
            yield "source", ("person", i), _slot(network, i, n)
        if n > network.held[i]:
            yield ("person", i), "source", -_slot(network, i, n - 1)
    yield ("node", tree.root), "source", 0
    yield "source", ("node", tree.root), 0
    days = [(i, d) if d >= 0 else (i, -1 - j) for i, j, d in _ends(network)]
    taken = {day for day, listed in zip(days, chosen, strict=True) if listed}
    for day in set(days):
        ends = (("day", *day), ("person", day[0]))
        yield (*(ends if day in taken else ends[::-1]), 0)
    for pair, day in enumerate(days):
        ends = (("day", *day), ("node", int(network.opening[pair])))
        worth = int(network.score[pair]) * PLACE**2 + int(network.ticket[pair])
        yield (*ends[::-1], -worth) if chosen[pair] else (*ends, worth)
    for node in range(tree.root):
        above = ("node", int(tree.parent[node]))
        if loads[node] < tree.ceiling[node]:
            yield ("node", node), above, _unit(network, node, loads[node] + 1)
        if loads[node]:
            yield above, ("node", node), -_unit(network, node, loads[node])


def _ends(network: ListNetwork) -> list[tuple[int, int, int]]:
    day = network.day[network.opening]
    ends = zip(network.person.tolist(), network.opening.tolist(), day.tolist(), strict=True)
    return list(ends)


def _slot(network: ListNetwork, person: int, lists: int) -> int:
    waiting = bool(network.waiting[person]) and not lists
    loaded = bool(lists < network.load_min[person])
    return waiting * PLACE**32 + loaded * PLACE**31 - (2 * lists + 1) * PLACE


def _unit(network: ListNetwork, node: int, number: int) -> int:
    if node >= network.tree.leaves:
        return 0
    level = -(-(int(network.taken[node]) + number) // int(network.seats[node]))
    return int(PLACE ** (31 - level))


def test_the_certificate_refuses_every_other_plan() -> None:
    refused = 0
    for world in range(0, 500, 10):
        network, sets = random_world(world)
        *others, (_, best) = brute_force(network, sets)
        assert not find_better(network, best)
        for _, plan in others[-40:]:
            assert find_better(network, plan)
            refused += 1
    assert refused > 250


def large_world(seed: int, people: int, openings: int) -> ListNetwork:
    """Return a network with two levels of caps, days, ties, and lists of several levels."""
    rng = np.random.default_rng(seed)
    person, opening = np.nonzero(rng.random((people, openings)) < rng.choice([0.1, 0.3, 0.9]))
    hosts, regions = max(1, openings // 3), 3
    parent = [
        *(openings + rng.integers(0, hosts, openings)),
        *(openings + hosts + rng.integers(0, regions + 1, hosts)),
        *[openings + hosts + regions] * (regions + 1),
    ]
    ceiling = [
        *rng.integers(0, 6, openings),
        *rng.integers(2, 9, hosts),
        *rng.integers(openings // 2, openings, regions),
        0,
    ]
    held = rng.choice([0, 0, 0, 1], people)
    return ListNetwork(
        Tree.without_floors(openings, np.array(parent, np.int64), np.array(ceiling, np.int64)),
        person,
        opening,
        score=rng.integers(0, rng.choice([1, 4, 1000]), person.size),
        ticket=rng.integers(0, 1000, person.size),
        seats=rng.choice([1, 1, 2], openings),
        taken=rng.choice([0, 0, 1], openings),
        day=rng.integers(-5, openings // 4, openings),
        waiting=rng.random(people) < 0.3,
        held=held,
        load_min=rng.integers(0, 2, people),
        load_max=rng.integers(0, 5, people),
    )


SIZES = [(30, 20), (20, 30), (60, 40)]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize(("people", "openings"), SIZES)
def test_larger_plans_cannot_be_bettered(seed: int, people: int, openings: int) -> None:
    network = large_world(seed, people, openings)
    chosen = solve_tree(network)
    assert keeps_ceilings(network, chosen)
    assert not find_better(network, chosen)
    for pair in np.flatnonzero(chosen)[:2]:
        worse = chosen.copy()
        worse[pair] = False
        assert find_better(network, worse)


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize(("people", "openings"), SIZES)
def test_larger_plans_are_those_of_linear_programs(seed: int, people: int, openings: int) -> None:
    network = large_world(seed + 100, people, openings)
    network = replace(network, ticket=network.ticket << COARSE)
    model = _model(network)
    *total, tickets = total_of(network, solve_tree(network))
    held: list[LinearConstraint] = []
    for aim, own, before in zip(model.aims, [*total, tickets >> COARSE], model.before, strict=True):
        answer = milp(
            -aim.astype(float),
            bounds=Bounds(0, model.upper),
            constraints=[LinearConstraint(model.rows, ub=model.most), *held],
        )
        assert answer.fun is not None
        assert own == pytest.approx(before - answer.fun, abs=1e-4)
        held.append(LinearConstraint(aim[None], lb=own - before))


def test_plans_tied_to_the_last_place_cannot_be_bettered(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without tickets some best paths go through a person twice, and are cut."""
    shortcut, cuts = _Growing._shortcut, []

    def spy(self: _Growing, nodes: list[int], movers: list[int]) -> tuple[list[int], list[int]]:
        cut = shortcut(self, nodes, movers)
        cuts.append(len(nodes) - len(cut[0]))
        return cut

    monkeypatch.setattr(_Growing, "_shortcut", spy)
    for seed in range(60):
        network = large_world(seed, 20, 30)
        network = replace(network, ticket=0 * network.ticket, score=network.score % 2)
        chosen = solve_tree(network)
        assert keeps_ceilings(network, chosen)
        if any(cuts):
            assert not find_better(network, chosen)
            return
    raise AssertionError("no path was cut")


@given(st.integers(0, 499), st.randoms(use_true_random=False))
def test_the_order_of_people_and_openings_does_not_matter(world: int, draw: random.Random) -> None:
    network, _ = random_world(world)
    assert_same_plan(network, draw)


@pytest.mark.parametrize("seed", range(6))
def test_the_order_does_not_matter_in_larger_worlds(seed: int) -> None:
    network = large_world(seed, 40, 25)
    ticket = np.random.default_rng(seed).integers(0, 2**40, network.person.size)
    assert_same_plan(replace(network, ticket=ticket), random.Random(seed))


def assert_same_plan(network: ListNetwork, draw: random.Random) -> None:
    """Solve with people and openings in another order, and compare."""
    tree = network.tree
    people = np.array(draw.sample(range(network.held.size), network.held.size))
    openings = np.array(draw.sample(range(tree.leaves), tree.leaves))
    whole = np.append(openings, np.arange(tree.leaves, tree.parent.size))
    place = np.argsort(openings)
    person, opening = np.argsort(people)[network.person], place[network.opening]
    order = np.lexsort([opening, person])
    other = replace(
        network,
        tree=Tree.without_floors(tree.leaves, tree.parent[whole], tree.ceiling[whole]),
        person=person[order],
        opening=opening[order],
        score=network.score[order],
        ticket=network.ticket[order],
        **{name: getattr(network, name)[openings] for name in ("seats", "taken", "day")},
        **{
            name: getattr(network, name)[people]
            for name in ("waiting", "held", "load_min", "load_max")
        },
    )
    assert np.array_equal(solve_tree(other), solve_tree(network)[order])


@pytest.mark.parametrize("world", range(150))
def test_words_as_many_as_the_tuples_need(world: int, monkeypatch: pytest.MonkeyPatch) -> None:
    network, sets = random_world(world)
    monkeypatch.setattr("matcher.shortlist.words.ROOM", 2**45)
    words = [Places.of(part).words.count for _, part in split(network)]
    assert all(count >= 2 for count in words)
    assert_best(network, sets, solve_tree(network))


def test_great_scores_and_many_levels_take_more_words() -> None:
    network = large_world(3, 40, 25)
    rng = np.random.default_rng(3)
    size = network.person.size
    network = replace(
        network,
        score=2**30 - 1 - rng.integers(0, 3, size),
        ticket=2**40 - 1 - rng.integers(0, 3, size),
        seats=np.ones_like(network.seats),
        taken=np.arange(25) % 7,
    )
    assert max(Places.of(part).words.count for _, part in split(network)) >= 3
    chosen = solve_tree(network)
    assert keeps_ceilings(network, chosen)
    assert not find_better(network, chosen)


BOUNDS = st.lists(st.sampled_from([1, 2, 50, 2**20, 2**41, 2**58]), min_size=1, max_size=9)


@given(BOUNDS.flatmap(lambda bounds: st.tuples(st.just(bounds), st.lists(
    st.tuples(*(st.sampled_from([-b, -1, 0, 1, b]) for b in bounds)), min_size=1, max_size=6
))))  # fmt: skip
def test_packed_tuples_compare_as_tuples(case: tuple[list[int], list[tuple[int, ...]]]) -> None:
    bounds, tuples = case
    words = Words.of(bounds)
    packed = words.pack(
        {at: [one[at] for one in tuples] for at in range(len(bounds))}, (len(tuples),)
    )
    assert np.abs(packed).max() < 2**59
    assert find_greatest(packed[:, None])[0] == tuples.index(max(tuples))
    lines = np.arange(len(tuples))[::-1]
    lines = np.stack([lines, np.roll(lines, 1)])
    assert find_greatest(packed, lines).tolist() == find_greatest(packed[:, lines]).tolist()
    for at, one in enumerate(tuples):
        assert is_greater(packed, packed[:, at : at + 1]).tolist() == [x > one for x in tuples]


def test_sums_too_large_for_a_word_are_refused() -> None:
    with pytest.raises(OverflowError):
        Words.of([1, 2**60])


def test_a_path_goes_through_a_person_once() -> None:
    """Such paths are rare, so what is cut from them is tried on its own."""
    tree = Tree.without_floors(5, np.array([5] * 6), np.array([1] * 5 + [0]))
    person, opening = np.divmod(np.arange(15), 5)
    zeros = np.zeros(15, np.int64)
    network = ListNetwork(
        tree, person, opening, zeros, zeros, np.full(5, 1), np.full(5, 0),
        np.array([0, 0, 1, 2, -1]), np.zeros(3, bool), np.full(3, 0), np.full(3, 0), np.full(3, 3),
    )  # fmt: skip
    cut = _Growing(network)._shortcut
    # From the source: person 0 comes to opening 0 and later changes from 2 to 3.
    assert cut([0, 2, 3, 5], [0, 1, 0, -1]) == ([3, 5], [0, -1])
    # On the way: person 1 changes from 0 to 2, later from 3 to 4.
    assert cut([0, 2, 3, 4, 5], [0, 1, 2, 1, -1]) == ([0, 4, 5], [0, 1, -1])
    # A change on one day does not pass through the person.
    assert cut([0, 1, 3, 5], [0, 0, 2, -1]) == ([0, 1, 3, 5], [0, 0, 2, -1])
    assert cut([2, 0, 1, 5], [0, 1, 0, -1]) == ([2, 0, 1, 5], [0, 1, 0, -1])


@pytest.mark.parametrize("seed", range(6))
def test_places_behind_each_opening_are_given_to_one_list_a_person(seed: int) -> None:
    """Lists that all ask for the same few people, as reserves do: places are given up again."""
    rng = np.random.default_rng(seed)
    network = large_world(seed, 40, 30)
    common = rng.integers(0, 50, 40)[network.person] + rng.integers(0, 3, network.person.size)
    network = replace(
        network,
        score=common,
        ticket=rng.integers(0, 2**40, network.person.size),
        seats=np.ones_like(network.seats),
        day=np.full_like(network.day, -1),
        load_max=np.ones_like(network.load_max),
    )
    chosen = solve_tree(network)
    assert keeps_ceilings(network, chosen)
    assert not find_better(network, chosen)


@pytest.mark.parametrize("world", range(60))
def test_no_plan_is_more_even_than_the_bound(world: int) -> None:
    network, sets = random_world(world, most=3)
    best, plan = brute_force(network, sets)[-1]
    model = _model(network)
    most = _most_even(network, model, plan, best[1])
    assert best[-2] <= model.before[-2] + most <= model.before[-2]


@pytest.mark.parametrize("world", range(40))
def test_the_chooser_alone_finds_what_brute_force_finds(world: int) -> None:
    network, sets = random_world(world, crossing=world % 2 == 0, most=3)
    found = choose_plan(network, np.zeros(network.person.size, bool))
    best = brute_force(network, sets)[-1][0]
    assert total_of(network, found)[:2] == best[:2]
    assert total_of(network, found)[-3:-1] == best[-3:-1]


def test_too_many_divisions_are_chosen_from(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("matcher.assign.divisions.MOST", 1)
    methods = set()
    for world in range(40):
        network, sets = random_world(world, crossing=True)
        lists = solve_lists(network)
        methods.add(lists.method)
        assert_best(network, sets, lists.chosen)
    assert methods == {"tree", "divided", "milp"}


def test_no_pairs_and_no_places_give_an_empty_plan() -> None:
    network, _ = random_world(1)
    none = np.zeros(0, np.int64)
    empty = replace(network, person=none, opening=none, score=none, ticket=none, divided=())
    assert solve_lists(empty).chosen.size == 0
    hard = replace(empty, load_min=empty.load_min + 4)
    assert solve_lists(hard).method == "tree"
    full = replace(network, load_max=np.zeros_like(network.load_max), divided=())
    assert not solve_lists(full).chosen.any()


def test_all_who_can_reach_a_least_load_need_no_milp(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(solve, "choose_plan", None)
    tree = Tree.without_floors(3, np.array([3] * 4), np.array([2, 2, 2, 0]))
    person, opening = np.divmod(np.arange(9), 3)
    two = np.full(3, 2)
    network = ListNetwork(
        tree, person, opening, np.arange(9), np.arange(9), two, two * 0, two * 0 - 1,
        two < 0, two * 0, two, two,
    )  # fmt: skip
    lists = solve_lists(network)
    assert lists.method == "tree"
    assert (count_lists(network, lists.chosen) == 2).all()


def conference() -> list[tuple[int, int, int]]:
    """Return (bidder, paper, score) of PrefLib's instance: 3 for yes, 2 for maybe, 1 for no
    response; papers that a bidder does not name are conflicts."""
    folder = Path(os.environ.get("MATCHER_BENCHMARKS", ROOT.parent / "shared" / "benchmarks"))
    path = folder / "preflib" / "csconf_MD-00002-00000003.toi"
    if not path.exists():
        pytest.skip(
            f"PrefLib's instance is not there: {path} (MATCHER_BENCHMARKS names its folder)"
        )
    lines = path.read_text(encoding="utf-8").splitlines()
    papers = int(lines[0])
    bids = []
    for bidder, line in enumerate(lines[papers + 2 :]):
        levels = re.findall(r"\{([\d,]*)\}", line.split(",", 1)[1])
        for score, level in zip((3, 2, 1), levels, strict=True):
            bids += [(bidder, int(paper), score) for paper in level.split(",") if paper]
    return sorted(bids)


@pytest.mark.parametrize(
    ("length", "least", "most", "total"), [(3, 0, 5, 1406), (1, 0, 3, 506), (1, 1, 3, 502)]
)
def test_the_known_best_of_a_conference(length: int, least: int, most: int, total: int) -> None:
    bidder, paper, score = np.array(conference(), np.int64).T
    people, papers = int(bidder.max()) + 1, int(paper.max()) + 1
    tree = Tree.without_floors(
        papers, np.full(papers + 1, papers), np.array([length] * papers + [0])
    )
    network = ListNetwork(
        tree,
        bidder,
        paper,
        score,
        ticket=np.random.default_rng(1).integers(0, 2**40, bidder.size),
        seats=np.full(papers, 1),
        taken=np.full(papers, 0),
        day=np.full(papers, -1),
        waiting=np.zeros(people, bool),
        held=np.full(people, 0),
        load_min=np.full(people, least),
        load_max=np.full(people, most),
    )
    chosen = solve_lists(network).chosen
    assert score[chosen].sum() == total
    assert chosen.sum() == papers * length
    assert count_lists(network, chosen).min() >= least
