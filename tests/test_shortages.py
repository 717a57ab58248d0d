"""What no plan can keep: found exactly when no plan keeps everything, all of it at once; and the
least changes, against brute force on small random worlds with limits of every kind."""

from __future__ import annotations

import itertools
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from matcher.assign import Impossible, NoAnswer, assign_seats
from matcher.assign.milp import Impossible as Unsolvable
from matcher.assign.network import Network, Tree
from matcher.errors import InputError, MatcherError
from matcher.language import words_of
from matcher.limits import PEOPLE, SEATS
from matcher.pipeline import check_problem, weigh
from matcher.problem import Numbers
from matcher.shortages import find_shortages, look_for_shortages
from matcher.shortages.cases import Floats, count_cases, state_claim
from matcher.shortages.cuts import find_cuts, leftover_cuts
from matcher.shortages.found import CASES, CUTS
from matcher.shortages.model import Model
from matcher.shortages.required import (
    BUDGET,
    CEILING,
    FLOOR,
    LOCK,
    PAIR,
    SEAT,
    START,
    Bounded,
    Opened,
    Required,
    Row,
    Thing,
    changed,
    needed,
)
from matcher.shortages.telling import tell_shortages
from tests.limit_worlds import limited_world
from tests.limited import limited_plans, random_limited
from tests.worlds import OPENING, PERSON, World, decision

WORLDS = 180


def required_of(network: Network) -> Required:
    """Return what a plan of a network must keep."""
    return Required(
        network.person,
        network.opening,
        network.tree.ceiling[: network.tree.leaves],
        np.full(network.people.size, -1, np.int64),
        np.zeros(network.people.size, bool),
        (
            *_nodes(network.groups, PEOPLE),
            *_nodes(network.tree, SEATS),
            *(
                Bounded(SEATS, _below(network.tree, each.parts), 0, each.ceiling)
                for each in network.divided
            ),
        ),
        tuple(
            Row(_thing(network, row.key), row.weight.astype(np.int64), row.most)
            for row in network.rows
        ),
        tuple(Opened(at, one.opening, one.least) for at, one in enumerate(network.starts)),
    )


def _nodes(tree: Tree, side: str) -> list[Bounded]:
    """Return the sets of a tree; of its leaves only those with a floor, which have no ceiling."""
    found = []
    for node in range(tree.root):
        ceiling = int(tree.ceiling[node]) if node >= tree.leaves else None
        if ceiling is not None or tree.floor[node]:
            found.append(Bounded(side, _below(tree, (node,)), int(tree.floor[node]), ceiling))
    return found


def _below(tree: Tree, nodes: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(leaf for leaf in range(tree.leaves) if set(tree.above(leaf)) & set(nodes))


def _thing(network: Network, key: str) -> Thing:
    """Return the thing of a row: a budget where the limit is one sum of positive weights."""
    limit = key.split(":")[0]
    own = [row for row in network.rows if row.key.split(":")[0] == limit]
    at = int(limit.removeprefix("limits."))
    return (BUDGET if len(own) == 1 and (own[0].weight >= 0).all() else PAIR, at)


def random_required(seed: int) -> Required:
    """Return what a plan of a random network must keep, with seats on record, sets that cross and
    ceilings that are the law's."""
    draw = random.Random(f"{seed} shortages")
    required = required_of(random_limited(seed, possible=draw.random() < 0.2, divided=True))
    sets = [replace(one, law=one.floor == 0 and draw.random() < 0.3) for one in required.sets]
    for _ in range(draw.choice([0, 0, 1, 2])):
        sets.append(_any_set(draw, required))
    held, liftable = required.held.copy(), required.liftable.copy()
    for pair in draw.sample(range(required.person.size), min(2, required.person.size)):
        person, opening = int(required.person[pair]), int(required.opening[pair])
        room = np.count_nonzero(held == opening) < required.seats[opening]
        if held[person] < 0 and room and draw.random() < 0.5:
            held[person], liftable[person] = opening, draw.random() < 0.7
    after = replace(required, held=held, liftable=liftable)
    kept = [replace(one, law=one.law and after.taken(one) <= (one.ceiling or 0)) for one in sets]
    return replace(after, sets=tuple(kept))


def _any_set(draw: random.Random, required: Required) -> Bounded:
    side = draw.choice([PEOPLE, SEATS])
    size = required.held.size if side == PEOPLE else required.seats.size
    members = tuple(at for at in range(size) if draw.random() < 0.6)
    ceiling = draw.choice([None, 1, 2, 3])
    return Bounded(side, members, draw.randint(0, 3), ceiling)


def all_needs(required: Required) -> tuple[list[Thing], Numbers]:
    """Return things, and by plan (every choice of a pair or none by each person) how many units of
    each must change for it; plans that break a law or a seat that stays are left out."""
    options = [
        [-1, *np.flatnonzero(required.person == person).tolist()]
        for person in range(required.held.size)
    ]
    plans = np.array(list(itertools.product(*options)), np.int64)
    used = (plans[:, :, None] == np.arange(required.person.size)).any(axis=1)
    needs: dict[Thing, Numbers] = {}
    legal = np.ones(len(plans), bool)
    for opening, seats in enumerate(required.seats.tolist()):
        load = used[:, required.opening == opening].sum(axis=1)
        needs[SEAT, opening] = np.maximum(load - seats, 0)
    for at, one in enumerate(required.sets):
        load = used[:, required.inside(one)].sum(axis=1)
        needs[FLOOR, at] = np.maximum(one.floor - load, 0)
        if one.ceiling is not None:
            needs[CEILING, at] = np.maximum(load - one.ceiling, 0)
            legal &= (load <= one.ceiling) | (not one.law)
    for row in required.rows:
        broken = (used @ row.weight > row.most).astype(np.int64)
        needs[row.thing] = np.maximum(needs.get(row.thing, 0), broken)
    for start in required.starts:
        load = used[:, required.opening == start.opening].sum(axis=1)
        needs[START, start.at] = ((load > 0) & (load < start.least)).astype(np.int64)
    for pair in np.flatnonzero(required.on_record).tolist():
        person = int(required.person[pair])
        needs[LOCK, person] = (~used[:, pair]).astype(np.int64)
        legal &= used[:, pair] | required.liftable[person]
    things = sorted(needs)
    return things, np.stack([needs[thing] for thing in things], axis=1)[legal]


def least_changes(required: Required) -> list[tuple[Thing, int]]:
    """Return the least changes by brute force, budgets raised by 1: fewest units, then things, then
    the first things, each by as much as it can."""
    things, needs = all_needs(required)
    ranked = np.stack([needs.sum(axis=1), (needs > 0).sum(axis=1)], axis=1)
    best = min(map(tuple, ranked.tolist()))
    rows = {tuple(row) for row in needs[(ranked == best).all(axis=1)].tolist()}
    changes = [[(at, -by) for at, by in enumerate(row) if by] for row in rows]
    return [(things[at], -by) for at, by in min(changes)]


@pytest.mark.parametrize("part", range(6))
def test_they_are_what_brute_force_finds(part: int) -> None:
    proofs: Counter[str] = Counter()
    for seed in range(part * WORLDS // 6, (part + 1) * WORLDS // 6):
        required = random_required(seed)
        expected = least_changes(required)
        found = look_for_shortages(required)
        assert (found is None) == (not expected), seed
        if found is None:
            continue
        changes = found.repair.changes
        counted = [(one.thing, one.units) for one in changes]
        assert counted == expected, seed
        assert all(one.by > 0 for one in changes)
        after = changed(required, changes)
        pairs = zip(after.person.tolist(), after.opening.tolist(), strict=True)
        assert after.keeps(np.array([pair in found.repair.plan for pair in pairs], bool)), seed
        assert found.bound <= found.repair.units, seed
        assert found.cuts or found.others
        assert bool(found.cases) == (found.proof == CASES), seed
        proofs[found.proof] += 1
    assert min(proofs[CUTS], proofs[CASES]) > WORLDS // 40
    assert set(proofs) == {CUTS, CASES}


def impossible_worlds(seeds: Iterable[int]) -> Iterator[tuple[int, Required, int]]:
    """Yield what no plan keeps, by seed, with the fewest units that milp finds."""
    for seed in seeds:
        required = random_required(seed)
        model = Model(required)
        answer = model.solve(model.units)
        assert answer is not None
        if units := int(answer[model.units].sum()):
            yield seed, required, units


def test_that_fewer_do_not_do_is_proved_by_cases_and_nothing_else_is() -> None:
    """Whatever cuts add up to. That as many do not do is false, and never proved."""
    cases: Counter[int] = Counter()
    for seed, required, units in impossible_worlds(range(240)):
        cases[count_cases(required, units - 1)] += 1
        assert not count_cases(required, units), seed
    assert not cases[0]
    assert cases[1] > 60
    assert sum(cases.values()) - cases[1] > 12


def rubbish(draw: random.Random, size: int) -> Floats:
    """Return what a broken solver may say."""
    some = [draw.choice([0, 0, 1, 1, 0.5, -1, draw.random() * 9, 1e-9, 1e30]) for _ in range(size)]
    odd = [draw.choice([np.nan, np.inf, -np.inf]) if draw.random() < 0.02 else one for one in some]
    return np.array(odd, float)


def test_no_duals_prove_what_is_false(monkeypatch: pytest.MonkeyPatch) -> None:
    draw = random.Random("rubbish")
    monkeypatch.setattr("matcher.shortages.cases.MOST_BOXES", 60)
    monkeypatch.setattr(
        "matcher.shortages.cases.propose",
        lambda claim, _: tuple(rubbish(draw, size) for size in claim.matrix.shape),
    )
    proved = 0
    for seed, required, units in impossible_worlds(range(80)):
        claim = state_claim(required, units)
        for _ in range(20):
            assert not claim.refuted(claim.box, rubbish(draw, claim.edges.size)), seed
        assert not count_cases(required, units), seed
        proved += bool(count_cases(required, units - 1))
    assert proved > 10


def paid(*amounts: int, most: int) -> Required:
    """Return as many people as amounts, of whom all are to go to one opening, and a budget."""
    people = np.arange(len(amounts))
    none, nobody = np.zeros_like(people), np.full(people.size, -1)
    return Required(
        people,
        none,
        np.array([people.size]),
        nobody,
        nobody > 0,
        (Bounded(SEATS, (0,), people.size, None),),
        (Row((BUDGET, 0), np.array(amounts), most),),
    )


def test_a_rupiah_of_billions_is_counted() -> None:
    """Which is less than what a solver's floats see."""
    amounts = (1_000_000_000_000, 1_000_000_000_001, 999_999_999_999)
    assert count_cases(paid(*amounts, most=sum(amounts) - 1), 0)
    assert not count_cases(paid(*amounts, most=sum(amounts)), 0)
    assert not count_cases(paid(*amounts, most=sum(amounts) - 1), 1)


def test_nothing_is_proved_of_sums_beyond_64_bits() -> None:
    assert count_cases(paid(2**50, 2**50 + 1, most=1), 0)
    assert not count_cases(paid(2**60, 2**60 + 1, most=1), 0)


@pytest.mark.parametrize("part", range(2))
def test_impossible_is_what_no_plan_of_a_network_keeps(part: int) -> None:
    for seed in range(1000 + 100 * part, 1100 + 100 * part):
        network = random_limited(seed, possible=False, divided=True)
        found = look_for_shortages(required_of(network))
        assert (found is None) == any(True for _ in limited_plans(network)), seed


def without_other_floors(required: Required, floors: tuple[int, ...]) -> Required:
    """Return what is required with no floors but these, and no rows and starts."""
    sets = [one if at in floors else replace(one, floor=0) for at, one in enumerate(required.sets)]
    return replace(required, sets=tuple(sets), rows=(), starts=())


def test_no_plan_has_more_than_a_cut_says() -> None:
    """Of any plan that keeps ceilings, seats and seats on record, whatever it does for floors."""
    seen = 0
    for seed in range(300):
        required = random_required(seed)
        cuts, lowered = find_cuts(needed(required) if seed % 2 else required)
        assert not find_cuts(lowered)[0]
        for cut in cuts:
            assert cut.short > 0
            if cut.floors:
                met = floors_met(without_other_floors(required, cut.floors), cut.floors)
                assert all(most <= cut.most for most in met), seed
                assert cut.most < sum(required.sets[at].floor for at in cut.floors)
                seen += bool(met)
    assert seen > 100


def test_some_plan_has_as_many_as_the_cut_of_the_only_floor_says() -> None:
    seen = 0
    for seed in range(300):
        network = random_limited(seed, rows=False, starts=False, possible=False)
        whole = required_of(network)
        for at, one in enumerate(whole.sets):
            required = without_other_floors(whole, (at,))
            for cut in leftover_cuts(required) if one.floor else ():
                assert cut.floors == (at,)
                assert max(floors_met(required, (at,))) == cut.most, seed
                seen += 1
    assert seen > 50


def floors_met(required: Required, floors: tuple[int, ...]) -> list[int]:
    """Return by plan that keeps all but floors, how many people the floors get of what they ask."""
    things, needs = all_needs(required)
    others = [at for at, thing in enumerate(things) if thing[0] != FLOOR]
    own = [at for at, thing in enumerate(things) if thing[0] == FLOOR and thing[1] in floors]
    asked = sum(required.sets[at].floor for at in floors)
    kept = needs[(needs[:, others] == 0).all(axis=1)]
    return [asked - int(row[own].sum()) for row in kept]


CARER = {**PERSON, "programme": "kes-caregiver"}
CARE = {"opening_id": "O1", "host_id": "H2", "operation_no": "7-13-1", "monthly_wage": "200000"}


def care_world(*limits: dict[str, object], **more: Any) -> World:
    """Return nine carers, of whom four have N4, three welders, seven seats in care and two for
    welders."""
    carers = [
        {**CARER, "candidate_id": f"C{n}", "japanese_level": "N4" if n < 4 else "N5"}
        for n in range(9)
    ]
    welders = [{**PERSON, "candidate_id": f"W{n}"} for n in range(3)]
    orders = ({**OPENING, **CARE, "seats": "7"}, {**OPENING, "opening_id": "O2", "seats": "2"})
    return World((*carers, *welders), orders, chosen={"limits": list(limits)}, **more)


def told(world: World) -> list[tuple[str, str, str]]:
    """Return where the shortages of a world are, what is told of them and how they are mended."""
    words = words_of("en")
    with pytest.raises(InputError) as fault:
        world.result()
    with pytest.raises(InputError) as checked:
        check_problem(world.problem())
    assert checked.value.issues == fault.value.issues
    issues = [issue for issue in fault.value.issues if issue.severity == "error"]
    assert {(issue.code, issue.file) for issue in issues} == {("SHORTAGE", "scenario.toml")}
    return [
        (issue.column, words(issue.reason), words(issue.mend) if issue.mend else "")
        for issue in issues
    ]


SIX: dict[str, object] = {"by": "host", "of": "H2", "min": 6}
THREE: dict[str, object] = {"by": "host", "of": "H1", "min": 3}


def test_six_in_care_of_whom_four_have_n4() -> None:
    ((where, reason, mend),) = told(care_world(SIX))
    assert where == "limits.1"
    assert reason == (
        "at least 6 at job orders of the host H2: no plan has more than 4 of these 6; 4 people may"
        " be proposed there, 5 more lack only “Japanese at entry (law)” (T15 care, E5 and E7 under"
        " ESD)"
    )
    assert mend == (
        "the least that makes the batch possible (2): `min` 4 instead of 6 at job orders of the"
        " host H2 (fewer do not do: the shortages add up to as many)"
    )


def test_two_shortages_are_both_told_and_mended_at_once() -> None:
    first, second = told(care_world(SIX, THREE))
    assert (first[0], second[0]) == ("limits.1", "limits.2")
    assert "no plan has more than 2 of these 3; the job orders have 2 free seats" in second[1]
    assert second[2] == "as said at limits.1"
    assert "(3): `min` 4 instead of 6" in first[2]
    assert "`min` 2 instead of 3" in first[2]


def test_a_floor_that_is_reached_is_no_shortage() -> None:
    world = care_world({**SIX, "min": 4}, {**THREE, "min": 2})
    assert np.count_nonzero(world.result().plan.opening >= 0) == 6
    assert check_problem(world.problem()).notes is not None


def test_seats_on_record_count_and_a_decision_may_be_taken_out() -> None:
    """Two seats for welders, of which two others are to go: the seat on record is one of them."""
    locked = care_world(
        {**THREE, "min": 2},
        {"apart": ["W0", "W1"], "at": "host"},
        {"apart": ["W0", "W2"], "at": "host"},
        decisions=(decision("place", "W0", "O2"),),
    )
    ((where, reason, mend),) = told(locked)
    assert where == "limits.1"
    assert "no plan keeps it together with the other limits" in reason
    assert "(1): `min` 1 instead of 2" in mend
    assert "(fewer do not do: proved in whole numbers, cases: 1)" in mend


def test_what_takes_too_many_cases_is_what_the_solver_says(monkeypatch: pytest.MonkeyPatch) -> None:
    proofs = []
    for most in (1_000, 1):
        monkeypatch.setattr("matcher.shortages.cases.MOST_BOXES", most)
        found = look_for_shortages(random_required(10))
        assert found is not None
        assert found.fewest
        proofs.append(found.proof)
    assert proofs == [CASES, ""]
    monkeypatch.setattr("matcher.shortages.found.count_cases", lambda *_: 0)
    world = care_world({**THREE, "min": 2}, BROKE).with_opening(1, cost_to_candidate="500000")
    ((_, _, mend),) = told(world)
    assert mend.endswith("(fewer do not do, as far as the solver says)")


def test_what_a_cut_holds_adds_up() -> None:
    """What is on record, people and seats left, and what ceilings let in beside those on record."""
    seen = 0
    for seed in range(200):
        required = random_required(seed)
        for cut in find_cuts(required)[0]:
            if not cut.floors:
                continue
            on_record = sum(required.taken(required.sets[at]) for at in cut.floors)
            held = np.isin(required.held, cut.openings).sum()
            free = sum(required.seats[at] for at in cut.openings) - held
            rooms = sum(cut.rooms[at] for at in cut.ceilings)
            assert on_record + len(cut.people) + free + rooms == cut.most, seed
            seen += bool(on_record and rooms)
    assert seen > 5


def test_a_ceiling_says_how_many_are_on_record_under_it() -> None:
    crossing: dict[str, object] = {"by": "job_category", "of": "7-13", "max": 3}
    ((_, reason, _),) = told(care_world(SIX, crossing, decisions=(decision("place", "C0", "O1"),)))
    assert reason == (
        "at least 6 at job orders of the host H2: no plan has more than 3 of these 6; 1 seats are"
        " on record there, at most 3 at job orders of 7-13 Care work (kaigo) (1 of them on record)"
    )


def test_a_budget_below_what_a_floor_needs() -> None:
    world = care_world(
        {**THREE, "min": 2}, {"budget": 900_000, "sum": "cost_to_candidate"}
    ).with_opening(1, cost_to_candidate="500000")
    ((where, reason, mend),) = told(world)
    assert where == "limits.1"
    assert reason.startswith("at least 2 at job orders of the host H1: no plan keeps it together")
    assert "(1): `min` 1 instead of 2" in mend
    world = world.with_opening(1, cost_to_candidate="1000000")
    ((where, _, mend),) = told(world)
    assert where == "limits.2"
    assert "a budget of Rp 2,000,000 instead of Rp 900,000" in mend


BROKE: dict[str, object] = {"budget": 900_000, "sum": "cost_to_candidate"}


def test_what_is_known_is_told_where_the_solver_is_at_odds_with_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """That the changes do is known, whatever it says of fewer."""
    monkeypatch.setattr("matcher.shortages.found.repairable", lambda *_: True)
    monkeypatch.setattr("matcher.shortages.found.count_cases", lambda *_: 0)
    world = care_world({**THREE, "min": 2}, BROKE).with_opening(1, cost_to_candidate="500000")
    ((where, _, mend),) = told(world)
    assert where == "limits.1"
    assert mend == (
        "these changes make the batch possible (1): `min` 1 instead of 2 at job orders of the host"
        " H1 (whether fewer do is not known)"
    )
    ((_, _, mend),) = told(care_world(SIX))
    assert "fewer do not do: the shortages add up" in mend


def test_a_row_of_one_weight_below_zero_asks_for_its_pair() -> None:
    """Somebody must sit where there is no seat: something must change, parts of people or not."""
    one = np.array([0])
    row = Row((PAIR, 0), np.array([-1]), -1)
    required = Required(one, one, one, one - 1, one > 0, rows=(row,))
    for integral in (False, True):
        model = Model(required, integral=integral)
        answer = model.solve(model.units)
        assert answer is not None
        assert answer[model.units].sum() == 1


def test_shortages_are_told_where_the_solver_found_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    def give_up(*_: object) -> None:
        raise NoAnswer

    with pytest.raises(InputError) as fault:
        limited_world(369).result()
    assert [one.code for one in fault.value.issues if one.severity == "error"] == ["SHORTAGE"]
    monkeypatch.setattr("matcher.pipeline.assign_seats", give_up)
    world = care_world({**THREE, "min": 2}, BROKE).with_opening(1, cost_to_candidate="500000")
    assert len(told(world)) == 1
    with pytest.raises(MatcherError, match="stopped before it found a plan"):
        care_world({**THREE, "min": 2}).result()


def random_limits(draw: random.Random) -> list[dict[str, object]]:
    limits: list[dict[str, object]] = []
    for host in ("H1", "H2"):
        if draw.random() < 0.7:
            least = draw.randint(0, 3 if host == "H1" else 6)
            limits.append({"by": "host", "of": host, "min": least, "max": draw.randint(least, 7)})
    if draw.random() < 0.5:
        one, other = draw.sample(["W0", "W1", "W2", "C0", "C1", "C5"], 2)
        limits.append({draw.choice(["together", "apart"]): [one, other], "at": "host"})
    if draw.random() < 0.5:
        budget = draw.choice([0, 1_000_000, 2_000_000])
        limits.append({"budget": budget, "sum": "cost_to_candidate"})
    return limits


def test_the_solver_finds_a_plan_exactly_where_there_is_no_shortage() -> None:
    impossible = 0
    for seed in range(40):
        draw = random.Random(f"{seed} solver")
        locks = [decision("place", "W0", "O2"), decision("place", "C0", "O1")]
        world = care_world(*random_limits(draw), decisions=tuple(locks[: draw.randint(0, 2)]))
        world = world.with_opening(0, cost_to_candidate="500000")
        try:
            problem, facts, screening, scores = weigh(world.problem())
        except InputError:  # a seat on record breaks a limit by itself
            continue
        found = find_shortages(problem, facts, screening, scores)
        try:
            assign_seats(problem, screening, scores, facts.quotas.caps, facts.limits)
        except (Impossible, Unsolvable):
            impossible += 1
            assert found is not None, seed
            assert tell_shortages(problem, facts, found)
        else:
            assert found is None, seed
    assert 5 < impossible < 35
