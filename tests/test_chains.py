"""Chains of moves and the losses of one person, against every plan of small worlds."""

from __future__ import annotations

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.assign import Impossible, find_best, losses_of, weigh_losses
from matcher.assign.divisions import TREE
from matcher.assign.network import Network
from matcher.assign.paths import find_chain, own_pairs
from matcher.errors import MatcherError
from matcher.explain import explain_candidate, explain_pair, judge_pairs
from matcher.explain.chains import Chain, cheapest_chain
from matcher.explain.verdicts import BY_PLACE, TIED
from matcher.language import words_of
from matcher.pipeline import Result
from matcher.problem import Numbers
from matcher.report.explained import show_explanation
from tests.limit_worlds import limited_world
from tests.limited import limited_plans, random_limited, value_of
from tests.networks import Places, Seats
from tests.worlds import OPENING, World, decision

EN = words_of("en")
Valued = list[tuple[Places, Seats]]
ORDERS = (["placements", "score"], ["score", "placements"], ["score"], ["placements", "worst"])


def solved(network: Network) -> Numbers:
    """Return the best plan of a network."""
    tickets = np.random.default_rng(5).integers(0, 2**40, network.person.size)
    return find_best(network, lambda _, pairs: tickets)[0]


def unlike(one: Seats | Numbers, other: Seats | Numbers) -> int:
    """Return how many people stand elsewhere in another plan."""
    return sum(a != b for a, b in zip(one, other, strict=True))


def best_of(valued: Valued, pairs: set[int]) -> Valued:
    """Return the best plans that hold one of some pairs."""
    holding = [(value, plan) for value, plan in valued if pairs & set(plan)]
    most = max((value for value, _ in holding), default=())
    return [(value, plan) for value, plan in holding if value == most]


def check_chain(
    network: Network, pair_of: Numbers, person: int, pairs: Numbers, valued: Valued
) -> None:
    """Check a chain against every plan: none worth more holds one of the pairs, and of those worth
    as much none moves fewer people."""
    unused = pairs[pairs != pair_of[person]]
    wanted = best_of(valued, set(unused.tolist()))
    moves = find_chain(network, pair_of, person, unused)
    assert (moves is None) == (not wanted)
    if moves is None:
        return
    after = pair_of.copy()
    for who, pair in moves:
        after[who] = pair
    assert tuple(after.tolist()) in {plan for _, plan in wanted}
    assert moves[0][0] == person
    assert len({who for who, _ in moves}) == len(moves) == unlike(after, pair_of)
    assert len(moves) == min(unlike(plan, pair_of) for _, plan in wanted)


@pytest.mark.parametrize("first", range(0, 240, 40))
def test_no_plan_with_the_pair_is_better_than_the_chain_or_moves_fewer(first: int) -> None:
    for seed in range(first, first + 40):
        network = random_limited(seed, rows=False, starts=False)
        pair_of = solved(network)
        valued = [(value_of(network, plan), plan) for plan in limited_plans(network)]
        for person in range(network.people.size):
            pairs = own_pairs(network, person)
            for pair in pairs.tolist():
                check_chain(network, pair_of, person, np.array([pair]), valued)
            check_chain(network, pair_of, person, pairs, valued)


@given(st.integers(0, 10**6))
def test_losses_of_one_person_are_those_of_all(seed: int) -> None:
    network = random_limited(seed, divided=seed % 2 == 0)
    try:
        pair_of = solved(network)
    except Impossible:
        return
    every = weigh_losses(network, pair_of)
    for person in range(network.people.size):
        own, wanted = losses_of(network, pair_of, person), every.at(own_pairs(network, person))
        for name in ("row", "loss", "exists", "first", "counted"):
            assert np.array_equal(getattr(own, name), getattr(wanted, name)), name


@pytest.mark.parametrize("first", range(0, 160, 40))
def test_one_person_judged_alone_is_judged_the_same(first: int) -> None:
    for seed in range(first, first + 40):
        try:
            result = limited_world(seed).result()
        except MatcherError:  # limits that no plan keeps
            continue
        alone = [judge_pairs(result, person) for person in range(len(result.problem.candidates))]
        assert "losses" not in vars(result)
        every = judge_pairs(result)
        for person, own in enumerate(alone):
            mine = result.screening.candidate == person
            for name in ("name", "loss", "exists", "impossible", "first"):
                assert np.array_equal(getattr(own, name)[mine], getattr(every, name)[mine]), name
            assert not own.name[~mine].any()


@pytest.mark.parametrize("first", range(0, 240, 40))
def test_a_chain_keeps_every_limit_and_claims_no_more_than_every_plan_bears_out(
    first: int,
) -> None:
    for seed in range(first, first + 40):
        try:
            result = limited_world(seed).result()
        except MatcherError:
            continue
        network = result.whole
        valued = [(value_of(network, plan), plan) for plan in limited_plans(network)]
        kept = {plan: value for value, plan in valued}
        for at, candidate in enumerate(network.people.tolist()):
            pairs = own_pairs(network, at)
            unused = pairs[pairs != result.pair_of[at]].tolist()
            for asked in (*([pair] for pair in unused), unused):
                opening = int(network.opening[asked[0]]) if len(asked) == 1 else None
                chain = cheapest_chain(result, candidate, opening if asked != unused else None)
                wanted = best_of(valued, set(asked))
                if chain is None:
                    assert not wanted or result.plan.method != TREE
                    continue
                after = applied(result, chain)
                assert after in kept
                assert after[at] in asked
                lost = [
                    a - b for a, b in zip(kept[tuple(result.pair_of)], kept[after], strict=True)
                ]
                assert chain.loss == tuple(lost[: network.led])
                assert chain.least or result.plan.method != TREE
                assert not chain.least or kept[after] == wanted[0][0]
                assert chain.people == sum(p >= 0 for p in after) - (result.pair_of >= 0).sum()


def applied(result: Result, chain: Chain) -> Seats:
    """Return the plan after a chain: each person's pair of the network, -1: none."""
    network, pair_of = result.whole, result.pair_of.copy()
    for step in chain.steps:
        at = int(np.flatnonzero(network.people == step.candidate)[0])
        assert step.before == int(result.plan.opening[step.candidate])
        pair = np.flatnonzero((network.person == at) & (network.opening == step.after))
        pair_of[at] = pair[0] if step.after >= 0 else -1
        scores = [
            int(result.scores.score[network.row[one]]) if one >= 0 else 0
            for one in (result.pair_of[at], pair_of[at])
        ]
        assert [step.score_before, step.score_after] == scores
    return tuple(pair_of.tolist())


def world_of_three(**objective: object) -> World:
    """Return a world in which C2 stands without a host: C0 and C1 would have to move."""
    scores = {("C0", "O0"): 9, ("C0", "O1"): 8, ("C1", "O1"): 5, ("C2", "O0"): 4}
    return World(
        tuple({"candidate_id": f"C{n}"} for n in range(3)),
        tuple({**OPENING, "opening_id": f"O{n}"} for n in range(2)),
        objective=objective,
        chosen={"scores": {"rules": False}},
        beside={
            "scores": tuple(
                {"candidate_id": person, "opening_id": opening, "score": str(score)}
                for (person, opening), score in scores.items()
            )
        },
    )


def test_what_it_would_take_names_nobody_else_in_words() -> None:
    result = world_of_three().result()
    told = show_explanation(result, "C2", None, "text", EN)
    assert (
        "What it would take: the moves that find this person a host at least loss:\n"
        "  1. C2: without a host so far → O0 (4 points more)\n"
        "  2. somebody else: O0 → O1 (1 points less)\n"
        "  3. somebody else: O1 → without a host so far (5 points less)\n"
        "  Together, people and points: 2 points less.\n"
    ) in told
    assert "C0" not in told
    assert "C1" not in told
    told = show_explanation(result, "C2", "O0", "text", EN)
    assert "What it would take: the moves to O0 at least loss:" in told
    chain = json.loads(show_explanation(result, "C2", "O0", "json", EN))["chain"]
    assert [(step["candidate_id"], step["from"], step["to"]) for step in chain["steps"]] == [
        ("C2", "", "O0"),
        ("C0", "O0", "O1"),
        ("C1", "O1", ""),
    ]
    assert (chain["loss"], chain["least"]) == ({"placements": 0, "score": 2}, True)


def test_nobody_is_led_anywhere_who_takes_no_part_or_has_a_seat_on_record() -> None:
    world = world_of_three()
    held = replace(world, decisions=(decision("hold", "C2"), decision("place", "C0", "O0")))
    result = held.result()
    assert [cheapest_chain(result, person) for person in (0, 2)] == [None, None]
    assert explain_candidate(result, 2).chain is None
    assert explain_pair(result, 0, 1).chain is None
    stable = world_of_three(mode="stable").result()
    assert cheapest_chain(stable, 2) is None
    assert show_explanation(stable, "C2", "O0", "text", EN)


def test_of_chains_alike_the_first_by_candidate_and_opening_is_taken() -> None:
    world = World(
        tuple({"candidate_id": f"C{n}"} for n in range(4)),
        ({**OPENING, "opening_id": "O0", "seats": "2"}, {**OPENING, "opening_id": "O1"}),
        chosen={"scores": {"rules": False}},
        beside={
            "scores": tuple(
                {"candidate_id": f"C{n}", "opening_id": f"O{at}", "score": "1" if n == 3 else "2"}
                for n in range(4)
                for at in range(2)
            )
        },
    )
    result = world.result()
    chain = cheapest_chain(result, 3)
    assert chain is not None
    here = np.flatnonzero(result.plan.opening == 0).tolist()
    assert [(step.candidate, step.after) for step in chain.steps] == [(3, 0), (min(here), -1)]


@pytest.mark.parametrize("first", range(0, 240, 80))
def test_the_verdict_is_that_of_the_first_place_in_which_every_plan_with_the_pair_loses(
    first: int,
) -> None:
    judged = 0
    for seed in range(first, first + 80):
        world = limited_world(seed)
        openings = tuple({**row, "min_seats": ""} for row in world.openings)
        chosen = {**world.chosen, "limits": []}
        objective = {"order": ORDERS[seed % len(ORDERS)]}
        world = replace(world, openings=openings, chosen=chosen, objective=objective)
        result = world.result()
        assert result.plan.method == TREE
        network, verdicts = result.whole, judge_pairs(result)
        valued = [(value_of(network, plan), plan) for plan in limited_plans(network)]
        best, last = max(value for value, _ in valued), len(network.names) - 1
        for pair in np.setdiff1d(np.arange(network.person.size), result.pair_of).tolist():
            row = int(network.row[pair])
            held, loss = best_of(valued, {pair}), verdicts.loss_of(row)
            assert (loss is None) == (not held)
            if loss is None:
                continue
            lost = [a - b for a, b in zip(best, held[0][0], strict=True)]
            at = next((at for at, one in enumerate(lost) if one), None)
            assert at is None or lost[at] > 0
            assert loss == tuple(lost[: network.led]) >= (0,) * network.led
            name = str(verdicts.name[row])
            if name in (*BY_PLACE.values(), TIED):
                assert name == (TIED if at is None else BY_PLACE[network.names[min(at, last)]])
                judged += 1
    assert judged > 50
