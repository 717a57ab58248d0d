"""Quotas as exact caps: what the law leaves of each host, and the best plan that keeps them all."""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from random import Random
from unittest import mock

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from matcher.assign import find_best, find_ties, method_of, value_seats, weigh_losses
from matcher.assign.best import total_of
from matcher.assign.divisions import count_divisions, divisions
from matcher.assign.nesting import nest_ceilings
from matcher.assign.network import Network, Worth
from matcher.errors import InputError
from matcher.explain.ceilings import Ceilings
from matcher.explain.seats import seats_within
from matcher.explain.stops import find_capping
from matcher.explain.verdicts import CAPPED, judge_pairs, name_verdicts
from matcher.language import words_of
from matcher.law import load_law
from matcher.lottery import ticket
from matcher.pipeline import Result, weigh, with_ties
from matcher.problem import Flags, Numbers, Problem
from matcher.quotas import Cap, Quotas, gather_quotas
from matcher.report.caps import table_caps
from matcher.screen import find_pair
from tests.networks import (
    Seats,
    Sets,
    quota_plans,
    raised,
    random_quotas,
    total,
)
from tests.worlds import OPENING, PERSON, Row, World, decision, openings_of, people_of

WELDING, BUILDING, OTHER, CARE = "7-7-2", "3-6-1", "6-4-1", "7-13-1"


# -- What the law leaves of a host ---------------------------------------------------------------


def quotas(
    *orders: Mapping[str, str],
    host: Mapping[str, str] | None = None,
    homes: tuple[Row, ...] = (),
    organisations: tuple[Row, ...] = (),
    law: Mapping[str, object] | None = None,
) -> Quotas:
    """Return the quotas of a host with orders like the usual one but for the cells given."""
    rows = tuple({**OPENING, "opening_id": f"O{n}", **cells} for n, cells in enumerate(orders, 1))
    hosts: Row = {**HOST, **(host or {})}
    beside = {"hosts": (hosts,), "establishments": homes, "supervisors": organisations}
    chosen = {"law": law} if law else {}
    world = World((PERSON,), rows, beside={k: v for k, v in beside.items() if v}, chosen=chosen)
    problem = world.problem()
    return gather_quotas(problem, load_law(problem.settings.rulings))


HOST: Row = {
    "host_id": "H1",
    "full_time_staff": "25",
    "excellent": "no",
    "trainees_1": "0",
    "trainees_2": "0",
    "trainees_3": "0",
    "promised": "0",
    "esd_people": "0",
    "designated_area": "no",
}
HOME: Row = {
    "establishment_id": "E1",
    "host_id": "H1",
    "care_staff": "22",
    "trainees_1": "0",
    "trainees_2": "0",
    "trainees_3": "0",
}


def cap_of(found: Quotas, name: str) -> Cap:
    """Return the cap of a name."""
    (cap,) = (cap for cap in found.caps if cap.name == name)
    return cap


def told(cap: Cap) -> str:
    """Return the sum of a cap in English."""
    return words_of("en")(cap.arithmetic)


@pytest.mark.parametrize(
    ("staff", "excellent", "stage", "limit"),
    [
        *((30, "no", "i", 3), (31, "no", "i", 4), (40, "no", "i", 4), (41, "no", "i", 5)),
        *((50, "no", "i", 5), (51, "no", "i", 6), (100, "no", "i", 6), (101, "no", "i", 10)),
        *((200, "no", "i", 10), (201, "no", "i", 15), (300, "no", "i", 15)),
        *((301, "no", "i", 15), (319, "no", "i", 15), (320, "no", "i", 16)),
        *((0, "no", "i", 0), (1, "no", "i", 1), (2, "no", "i", 2), (3, "no", "i", 3)),
        *((4, "no", "i", 3), (1, "no", "ii", 2), (2, "no", "ii", 4), (3, "no", "ii", 6)),
        *((4, "no", "ii", 6), (1000, "no", "iii", 0), (30, "yes", "i", 6), (31, "yes", "i", 8)),
        *((5, "yes", "i", 5), (6, "yes", "i", 6), (7, "yes", "i", 6), (5, "yes", "ii", 10)),
        *((6, "yes", "ii", 12), (7, "yes", "ii", 12), (5, "yes", "iii", 15)),
        *((6, "yes", "iii", 18), (7, "yes", "iii", 18), (400, "yes", "iii", 120)),
    ],
)
def test_t1_t2_by_staff_stage_and_excellence(
    staff: int, excellent: str, stage: str, limit: int
) -> None:
    found = quotas({"stage": stage}, host={"full_time_staff": str(staff), "excellent": excellent})
    cap = cap_of(found, f"H1/titp-{stage}")
    assert (cap.rule, cap.limit, cap.ceiling, cap.unsettled) == ("T2", limit, limit, False)
    assert found.checked
    assert not found.unsettled.any()


def test_t2_counts_who_is_present_or_promised() -> None:
    host = {"trainees_1": "1", "trainees_2": "4", "promised": "1"}
    found = quotas({"stage": "i"}, {"stage": "ii"}, host=host)
    first, second = cap_of(found, "H1/titp-i"), cap_of(found, "H1/titp-ii")
    assert (first.openings, first.ceiling, second.openings, second.ceiling) == ((0,), 1, (1,), 2)
    assert told(first) == (
        "T2: 25 full-time staff give 3 at stage i; 1 present, 1 promised, so 1 more"
    )
    over = quotas({}, host={"trainees_1": "3", "promised": "2"})
    assert cap_of(over, "H1/titp-i").ceiling == 0


def test_t3_all_trainees_in_construction_together() -> None:
    built = {"operation_no": BUILDING}
    host = {"full_time_staff": "5", "trainees_2": "3"}
    found = quotas(built, {**built, "stage": "ii"}, {}, host=host)
    cap = cap_of(found, "H1/construction")
    assert (cap.rule, cap.openings, cap.limit, cap.present, cap.ceiling) == ("T3", (0, 1), 5, 3, 2)
    assert told(cap) == (
        "T3: 5 full-time staff give 5 in construction, all stages together;"
        " 3 present, 0 promised, so 2 more"
    )
    exempt = cap_of(quotas(built, host={**host, "excellent": "yes"}), "H1/construction")
    assert (exempt.limit, exempt.ceiling, exempt.unsettled) == (None, None, False)


@pytest.mark.parametrize(
    ("operations", "members"),
    [
        (("7-6-1", "7-6-3"), (0, 1)),  # painting of buildings and bridges
        (("7-6-2", WELDING), None),
        (("6-6-1",), None),  # steel work of a host that is not seen to be in construction
        (("6-6-1", BUILDING, OTHER), (0, 1)),
    ],
)
def test_t3_members(operations: tuple[str, ...], members: tuple[int, ...] | None) -> None:
    found = quotas(*({"operation_no": number} for number in operations))
    caps = [cap.openings for cap in found.caps if cap.rule == "T3"]
    assert caps == ([] if members is None else [members])


@pytest.mark.parametrize(
    ("care_staff", "excellent", "first", "in_all"),
    [
        *((0, "no", 0, 0), (1, "no", 1, 1), (2, "no", 1, 2), (3, "no", 1, 3), (10, "no", 1, 3)),
        *((11, "no", 2, 6), (20, "no", 2, 6), (21, "no", 3, 9), (30, "no", 3, 9)),
        *((31, "no", 4, 12), (40, "no", 4, 12), (41, "no", 5, 15), (50, "no", 5, 15)),
        *((51, "no", 6, 18), (71, "no", 6, 18), (72, "no", 6, 18), (100, "no", 6, 18)),
        *((101, "no", 10, 30), (200, "no", 10, 30), (201, "no", 15, 45), (300, "no", 15, 45)),
        *((301, "no", 15, 45), (320, "no", 16, 48), (1, "yes", 1, 1), (2, "yes", 2, 2)),
        *((3, "yes", 2, 3), (10, "yes", 2, 10), (11, "yes", 4, 11), (20, "yes", 4, 20)),
        *((71, "yes", 12, 71), (72, "yes", 12, 72), (100, "yes", 12, 72), (101, "yes", 20, 101)),
        *((119, "yes", 20, 119), (120, "yes", 20, 120), (200, "yes", 20, 120)),
        *((201, "yes", 30, 180), (300, "yes", 30, 180), (301, "yes", 30, 180)),
    ],
)
def test_t4_care_by_establishment(care_staff: int, excellent: str, first: int, in_all: int) -> None:
    order = {"operation_no": CARE, "establishment_id": "E1"}
    home = {**HOME, "care_staff": str(care_staff)}
    found = quotas(order, {**order, "stage": "ii"}, host={"excellent": excellent}, homes=(home,))
    caps = [(cap.name, cap.owner, cap.openings, cap.ceiling) for cap in found.caps]
    assert caps == [("E1/care-i", "E1", (0,), first), ("E1/care", "E1", (0, 1), in_all)]


def test_t4_counts_the_establishments_own_and_the_promised_of_a_single_one() -> None:
    order = {"operation_no": CARE, "establishment_id": "E1"}
    home = {**HOME, "trainees_1": "1", "trainees_2": "2"}
    host = {"promised": "1", "trainees_1": "9", "trainees_2": "9"}
    found = quotas(order, host=host, homes=(home,))
    assert cap_of(found, "E1/care-i").ceiling == 3 - 1 - 1
    assert cap_of(found, "E1/care").ceiling == 9 - 3 - 1
    assert not found.unsettled.any()
    other = {**HOME, "establishment_id": "E2"}
    found = quotas(order, host=host, homes=(home, other))
    assert cap_of(found, "E1/care-i").ceiling == 3 - 1
    assert cap_of(found, "E1/care").unsettled
    assert "at which establishment 1 are promised" in told(cap_of(found, "E1/care"))
    found = quotas(order, host={**host, "promised": ""}, homes=(home, other))
    assert not found.unsettled.any()


def test_t4_care_counts_inside_the_companys_number_beside_other_work() -> None:
    care = {"operation_no": CARE, "establishment_id": "E1"}
    found = quotas(care, {}, {**care, "stage": "ii"}, homes=(HOME,))
    assert cap_of(found, "H1/titp-i").openings == (0, 1)
    assert cap_of(found, "H1/titp-ii").openings == (2,)
    alone = quotas(care, homes=(HOME,))
    assert {cap.rule for cap in alone.caps} == {"T4"}


@pytest.mark.parametrize("lost", ["no table", "blank", "no care staff"])
def test_t4_without_establishment_or_care_staff_no_cap_but_a_condition(lost: str) -> None:
    care = {"operation_no": CARE, "establishment_id": "" if lost != "no care staff" else "E1"}
    homes = () if lost == "no table" else ({**HOME, "care_staff": ""},)
    found = quotas(care, {}, homes=homes)
    assert found.unsettled.tolist() == [True, False]
    for cap in found.caps:
        if cap.rule == "T4":
            assert (cap.limit, cap.ceiling, cap.unsettled) == (None, None, True)
            assert cap.because is not None
            assert "care staff" in words_of("en")(cap.because)


ESD_ORDER = {"regime": "esd", "entry_from": "2027-06-01", "entry_to": "2027-06-30"}
RULED = {"by": "Officer", "on": date(2022, 12, 1), "source": "the ordinance"}


@pytest.mark.parametrize(
    ("staff", "excellent", "area", "permit", "limit"),
    [
        *(("101", "no", "no", "general", 30), ("200", "no", "yes", "general", 30)),
        *(("101", "yes", "no", "general", 60), ("101", "yes", "yes", "general", 90)),
        *(("101", "yes", "yes", "specific", 60), ("101", "no", "yes", "general", 30)),
        ("101", "yes", "yes", "", 60),
    ],
)
def test_esd_one_number_for_all_years(
    staff: str, excellent: str, area: str, permit: str, limit: int
) -> None:
    host = {"full_time_staff": staff, "excellent": excellent, "designated_area": area}
    host |= {"esd_people": "4", "promised": "1", "supervisor_id": "K1"}
    organisation: Row = {"supervisor_id": "K1", "permit": permit}
    found = quotas(ESD_ORDER, ESD_ORDER, {}, host=host, organisations=(organisation,))
    cap = cap_of(found, "H1/esd")
    assert (cap.openings, cap.limit, cap.ceiling) == ((0, 1), limit, limit - 5)
    assert not found.unsettled.any()
    assert cap_of(found, "H1/titp-i").openings == (2,)


@pytest.mark.parametrize(("staff", "limit"), [("30", 9), ("31", 12), ("300", 45), ("301", 45)])
def test_esd_a_derived_number_stops_nobody_until_confirmed(staff: str, limit: int) -> None:
    host = {"full_time_staff": staff, "esd_people": "2"}
    cap = cap_of(quotas(ESD_ORDER, host=host), "H1/esd")
    assert (cap.limit, cap.ceiling, cap.unsettled) == (limit, None, True)
    assert f"give {limit} under ESD (derived, not confirmed)" in told(cap)
    cap = cap_of(quotas(ESD_ORDER, host=host, law={"esd_quota": RULED}), "H1/esd")
    assert (cap.limit, cap.ceiling, cap.unsettled) == (limit, limit - 2, False)


def test_esd_whether_trainees_count_is_open_until_ruled() -> None:
    host = {"full_time_staff": "150", "trainees_1": "2", "trainees_3": "1"}
    cap = cap_of(quotas(ESD_ORDER, host=host), "H1/esd")
    assert (cap.ceiling, cap.unsettled) == (30, True)
    nobody = cap_of(quotas(ESD_ORDER, host={"full_time_staff": "150"}), "H1/esd")
    assert not nobody.unsettled
    for value, left in ((True, 27), (False, 30)):
        ruled = {"esd_trainees_count": {**RULED, "value": value}}
        cap = cap_of(quotas(ESD_ORDER, host=host, law=ruled), "H1/esd")
        assert (cap.ceiling, cap.unsettled) == (left, False)


@pytest.mark.parametrize(
    ("blank", "unsettled"),
    [
        ("full_time_staff", ["H1/titp-i", "H1/titp-ii", "H1/construction", "H1/esd"]),
        ("trainees_1", ["H1/titp-i", "H1/titp-ii", "H1/construction", "H1/esd"]),
        ("trainees_2", ["H1/titp-i", "H1/titp-ii", "H1/construction", "H1/esd"]),
        ("trainees_3", ["H1/titp-i", "H1/titp-ii", "H1/construction", "H1/esd"]),
        ("esd_people", ["H1/esd"]),
        *(("promised", []), ("excellent", []), ("designated_area", [])),
    ],
)
def test_blanks_count_nobody_and_leave_a_condition(blank: str, unsettled: list[str]) -> None:
    orders = [{"operation_no": BUILDING}, {"stage": "ii"}, ESD_ORDER]
    host = {"full_time_staff": "150"}
    whole, found = quotas(*orders, host=host), quotas(*orders, host={**host, blank: ""})
    assert [cap.name for cap in found.caps if cap.unsettled] == unsettled
    for cap in found.caps:
        none = blank == "full_time_staff"
        assert cap.ceiling == (None if none else cap_of(whole, cap.name).ceiling)
        assert (cap.because is not None) == cap.unsettled
    marked = {place for cap in found.caps if cap.unsettled for place in cap.openings}
    assert np.flatnonzero(found.unsettled).tolist() == sorted(marked)


def test_without_a_table_of_hosts_nothing_is_judged() -> None:
    problem = World((PERSON,), (OPENING,)).problem()
    found = gather_quotas(problem, load_law())
    assert not found.checked
    assert not found.caps
    assert not found.unsettled.any()


# -- Sets of openings as trees -------------------------------------------------------------------


WORLDS = [
    *(seed for seed in range(700) if random_quotas(seed)[0].divided),
    *range(50),
]


@pytest.mark.parametrize("world", range(300))
def test_divisions_together_allow_what_the_sets_allow(world: int) -> None:
    network, nesting, sets = random_quotas(world)
    seats = network.tree.ceiling[: network.tree.leaves]
    trees = [way.tree for way in divisions(network)]
    assert len(trees) == count_divisions(network)
    for filled in itertools.product(*(range(int(count) + 1) for count in seats)):
        allowed = all(sum(filled[o] for o in members) <= most for members, most in sets)
        held = [
            bool((tree.loads(np.array(filled))[:-1] <= tree.ceiling[:-1]).all()) for tree in trees
        ]
        assert any(held) == allowed
    assert [at for at in nesting.divided_at if at >= 0] == list(range(len(network.divided)))


def test_a_set_that_cannot_bind_is_no_node() -> None:
    seats = np.array([2, 2], np.int64)
    both, one = frozenset({0, 1}), frozenset({0})
    assert nest_ceilings(seats, [(both, 4), (one, 2)]).tree.root == 2
    assert nest_ceilings(seats, [(both, 3), (one, 1)]).tree.root == 3  # 1 + 2 fit under 3
    assert nest_ceilings(seats, [(both, 3)]).node == (2,)


# -- The best plan among all that keep them ------------------------------------------------------


def drawing(network: Network, suffix: str, pairs: Numbers) -> Worth:
    """Return the tickets of pairs, 0 for others."""
    worth = np.zeros(network.person.size, np.int64)
    for pair in pairs:
        worth[pair] = ticket(f"s{suffix}", f"c{network.person[pair]}", f"o{network.opening[pair]}")
    return worth


def solved(network: Network) -> tuple[Numbers, Flags]:
    """Return the best plan and who was decided by lottery."""
    return find_best(network, lambda suffix, pairs: drawing(network, suffix, pairs))[:2]


def best_of(network: Network, listed: list[Seats]) -> tuple[int, ...]:
    """Return what the best of some plans is worth."""
    return max(total(network.worth, plan) for plan in listed)


@pytest.mark.parametrize("world", WORLDS)
def test_the_very_plan_of_brute_force_under_quotas(world: int) -> None:
    network, _, sets = random_quotas(world)
    listed = quota_plans(network, sets)
    best = best_of(network, listed)
    equal = [plan for plan in listed if total(network.worth, plan) == best]
    tickets = drawing(network, "", np.arange(network.person.size))
    winner = max(equal, key=lambda plan: sum(int(tickets[pair]) for pair in plan if pair >= 0))
    pair_of, by_lottery = solved(network)
    assert tuple(pair_of) == winner
    for person in range(network.people.size):
        assert by_lottery[person] == (len({plan[person] for plan in equal}) > 1)
    assert np.array_equal(find_ties(network, pair_of)[0], by_lottery)


@pytest.mark.parametrize("world", WORLDS)
def test_values_and_losses_under_quotas(world: int) -> None:
    network, nesting, sets = random_quotas(world)
    pair_of, _ = solved(network)
    best = np.array(total(network.worth, pair_of))
    values, losses = value_seats(network, pair_of), weigh_losses(network, pair_of)
    for opening in range(network.tree.leaves):
        own = frozenset({opening})
        more = best_of(network, raised(network, sets, own, 1, opening))
        assert tuple(values.low[opening]) == tuple(np.array(more) - best)
        held = [most for members, most in sets if own <= members]
        assert values.exists[opening] == (min([*held, int(network.tree.ceiling[opening])]) > 0)
        if values.exists[opening]:
            less = best_of(network, raised(network, sets, own, -1, opening))
            assert tuple(values.high[opening]) == tuple(best - np.array(less))
    for at, (members, _) in enumerate(sets):
        more = best_of(network, raised(network, sets, members, 1))
        divided = nesting.divided_at[at]
        value = values.nodes[nesting.node[at]] if divided < 0 else values.divided[divided]
        assert tuple(value) == tuple(np.array(more) - best)
    listed = quota_plans(network, sets)
    for pair, person in enumerate(network.person):
        holding = [plan for plan in listed if plan[person] == pair]
        assert losses.exists[pair] == bool(holding)
        if holding:
            lost = best - np.array(best_of(network, holding))
            assert tuple(losses.loss[pair]) == tuple(lost)


@pytest.mark.parametrize("world", WORLDS)
def test_milp_chooses_a_division_as_good(world: int) -> None:
    network, _, sets = random_quotas(world)
    pair_of, _ = solved(network)
    with mock.patch("matcher.assign.divisions.MOST", 0):
        chosen, _ = solved(network)
        assert method_of(network) == ("milp" if network.divided else "tree")
        assert total_of(network, chosen) == total_of(network, pair_of)
        assert tuple(chosen) in quota_plans(network, sets)
        losses, values = weigh_losses(network, chosen), value_seats(network, chosen)
    exact, known = weigh_losses(network, pair_of), value_seats(network, pair_of)
    for pair in np.flatnonzero(losses.exists):
        assert exact.exists[pair]
        assert tuple(exact.loss[pair]) <= tuple(losses.loss[pair])
    for low, true in zip(values.low, known.low, strict=True):
        assert tuple(low) <= tuple(true)


def verdict_of(
    network: Network, sets: Sets, pair_of: Numbers, loss: tuple[int, ...] | None, pair: int
) -> str:
    """Return the verdict of an unused pair as mathematics 18 has it, without locks."""
    opening, mine = int(network.opening[pair]), int(pair_of[network.person[pair]])
    seats = network.tree.ceiling
    own = int(network.opening[mine]) if mine >= 0 else -1
    seated = [int(network.opening[used]) for used in pair_of if used >= 0]
    if loss is None:
        above = [int(seats[opening]), *(most for members, most in sets if opening in members)]
        return "capped" if 0 in above else "decided"
    if not any(loss):
        return "tied"
    if seated.count(opening) < seats[opening]:
        for members, most in sets:
            full = sum(place in members for place in seated) == most
            if opening in members and own not in members and full:
                return "capped"
        return "better_elsewhere" if mine >= 0 else "below_floor"
    place = next(name for name, lost in zip(network.names, loss, strict=True) if lost)
    return {"placements": "costs_a_place", "score": "outscored"}[place]


@pytest.mark.parametrize("world", WORLDS)
def test_verdicts_under_quotas(world: int) -> None:
    network, _, sets = random_quotas(world)
    pair_of, _ = solved(network)
    best, listed = np.array(total(network.worth, pair_of)), quota_plans(network, sets)
    openings = network.tree.leaves
    order = sorted(range(len(sets)), key=lambda at: len(sets[at][0]))
    above = tuple(
        (opening, *(openings + at for at in order if opening in sets[at][0]))
        for opening in range(openings)
    )
    seated = np.bincount(network.opening[pair_of[pair_of >= 0]], minlength=openings)
    stated = np.array([*network.tree.ceiling[:openings], *(most for _, most in sets)])
    held = np.array([*seated, *(seated[list(members)].sum() for members, _ in sets)])
    losses = weigh_losses(network, pair_of)
    names = name_verdicts(network, losses, pair_of, Ceilings(above, stated, held))
    for pair, person in enumerate(network.person):
        if pair_of[person] == pair:
            continue
        holding = [plan for plan in listed if plan[person] == pair]
        loss = tuple((best - np.array(best_of(network, holding))).tolist()) if holding else None
        assert names[pair] == verdict_of(network, sets, pair_of, loss, pair)


# -- Whole worlds, through the tables ------------------------------------------------------------


def host_of(name: str, few: DrawFn) -> Row:
    """Draw a row of the hosts' table with little room."""
    staff = few(st.sampled_from(["1", "2", "3", "5", "25", ""]))
    counts = st.sampled_from(["0", "0", "1", "2", ""])
    return {
        "host_id": name,
        "full_time_staff": staff,
        "excellent": few(st.sampled_from(["no", "no", "yes"])),
        **{column: few(counts) for column in ("trainees_1", "trainees_2", "trainees_3")},
        "promised": few(st.sampled_from(["0", "0", "1"])),
    }


@st.composite
def quota_worlds(draw: DrawFn) -> World:
    """Draw a world of two hosts with few places, of trades that anybody may take up."""
    people = tuple(
        {**row, "accepts_any_trade": "ya", "japanese_level": "N4", "wants_abroad": "ya"}
        for row in draw(people_of(4))
    )
    orders = []
    for row in draw(openings_of(4)):
        number = draw(st.sampled_from([WELDING, BUILDING, BUILDING, OTHER, CARE]))
        own = {"operation_no": number, "any_trade": "ya", "conditions": "", "min_japanese": ""}
        own |= {"host_id": draw(st.sampled_from(["H1", "H1", "H2"])), "skills": ""}
        if number == CARE:
            own["establishment_id"] = {"H1": "E1", "H2": "E2"}[own["host_id"]]
        orders.append({**row, **own})
    homes = tuple(
        {
            "establishment_id": f"E{n}",
            "host_id": f"H{n}",
            "care_staff": draw(st.sampled_from(["1", "2", "11", ""])),
            "trainees_1": "0",
            "trainees_2": draw(st.sampled_from(["0", "1"])),
            "trainees_3": "0",
        }
        for n in (1, 2)
    )
    hosts = tuple(host_of(name, draw) for name in ("H1", "H2"))
    beside = {"hosts": hosts, "establishments": homes}
    world = World(people, tuple(orders), beside=beside, objective={"seed": "7"})
    return replace(world, decisions=draw(quota_locks(world)))


@st.composite
def quota_locks(draw: DrawFn, world: World) -> tuple[Row, ...]:
    """Draw placements on record that rules, seats and quotas allow."""
    if draw(st.integers(0, 2)):
        return ()
    problem = world.problem()
    _, facts, screening, _ = weigh(problem)
    pairs = list(zip(screening.candidate.tolist(), screening.opening.tolist(), strict=True))
    locks: dict[int, int] = {}
    for person, opening in draw(st.permutations(pairs)) if pairs else []:
        if len(locks) < 2 and person not in locks:
            locks[person] = opening
            if not keeps(problem, facts.quotas, list(locks.values())):
                del locks[person]
    return tuple(
        decision("place", problem.candidate_ids[person], problem.opening_ids[opening])
        for person, opening in locks.items()
    )


def keeps(problem: Problem, found: Quotas, placed: list[int]) -> bool:
    """Return whether seats and caps allow people at these openings."""
    seats = all(placed.count(place) <= problem.openings.seats[place] for place in set(placed))
    return seats and all(
        cap.ceiling is None or sum(place in cap.openings for place in placed) <= cap.ceiling
        for cap in found.caps
    )


def best_plans(result: Result) -> tuple[list[int], int]:
    """Return the best plan by trying all (each candidate's opening, -1: none), and the most seats
    that anybody could fill."""
    problem, screening = result.problem, result.screening
    score = {
        (person, place): int(points)
        for person, place, points in zip(
            screening.candidate.tolist(),
            screening.opening.tolist(),
            result.scores.score,
            strict=True,
        )
    }
    options = []
    for person in range(len(problem.candidate_ids)):
        locked = int(problem.locked[person])
        free = [-1, *(place for whose, place in score if whose == person)]
        options.append([locked] if locked >= 0 else free)
    best: tuple[int, ...] = ()
    plan: list[int] = []
    for tried in itertools.product(*options):
        pairs = [(person, place) for person, place in enumerate(tried) if place >= 0]
        if not keeps(problem, result.facts.quotas, [place for _, place in pairs]):
            continue
        tickets = [
            ticket("7", problem.candidate_ids[person], problem.opening_ids[place])
            for person, place in pairs
            if problem.locked[person] < 0
        ]
        worth = (len(pairs), sum(score[pair] for pair in pairs), sum(tickets))
        if worth > best:
            best, plan = worth, list(tried)
    return plan, most_seats(problem, result.facts.quotas)


def most_seats(problem: Problem, found: Quotas) -> int:
    """Return how many seats the caps leave at most, by trying all."""
    most = 0
    for filled in itertools.product(*(range(int(n) + 1) for n in problem.openings.seats)):
        placed = [place for place, count in enumerate(filled) for _ in range(count)]
        if len(placed) > most and keeps(problem, found, placed):
            most = len(placed)
    return most


@st.composite
def crossing_worlds(draw: DrawFn) -> World:
    """Draw a world of one host whose totals in construction or care may cross its stages."""
    number = draw(st.sampled_from([BUILDING, CARE]))
    people = [
        {
            **PERSON,
            "candidate_id": f"C{n}",
            "accepts_any_trade": "ya",
            "former_trainee": "",  # so that both stages are open, with a condition
            "japanese_level": "N3",
            "accepted_on": f"2022-{draw(st.integers(4, 12)):02}-01",
        }
        for n in range(draw(st.integers(3, 5)))
    ]
    orders = [
        {
            **OPENING,
            "opening_id": f"O{n}",
            "operation_no": operation,
            "establishment_id": "E1" if operation == CARE else "",
            "stage": stage,
            "seats": draw(st.sampled_from(["1", "2", "2", "3"])),
            "any_trade": "ya",
        }
        for n, (operation, stage) in enumerate(itertools.product((number, OTHER), ("i", "ii")))
    ]
    counts = st.sampled_from(["0", "1", "2", "4"])
    host = {**HOST, "full_time_staff": draw(st.sampled_from(["2", "3", "5", "6"]))}
    host |= {"trainees_1": draw(st.sampled_from(["0", "1", "2"])), "trainees_2": draw(counts)}
    home = {**HOME, "care_staff": draw(st.sampled_from(["2", "10"]))}
    beside: dict[str, tuple[Row, ...]] = {"hosts": (host,), "establishments": (home,)}
    world = World(tuple(people), tuple(orders), beside=beside, objective={"seed": "7"})
    return replace(world, decisions=draw(quota_locks(world)))


@hypothesis_settings(max_examples=100)
@given(quota_worlds() | crossing_worlds())
def test_the_best_of_all_plans_that_keep_the_quotas(world: World) -> None:
    result = world.result()
    plan, usable = best_plans(result)
    assert result.plan.opening.tolist() == plan
    again = with_ties(replace(result, plan=replace(result.plan, method="tree")))
    assert np.array_equal(again.plan.by_lottery, result.plan.by_lottery)
    assert again.plan.method == result.plan.method
    check_seats(result, usable)
    check_caps(result)
    check_capping(result)


def check_seats(result: Result, most: int) -> None:
    """Check that usable and closed seats add up and keep the quotas."""
    usable, closed = seats_within(result)
    seats = result.problem.openings.seats
    placed = result.plan.opening[result.plan.opening >= 0]
    filled = np.bincount(placed, minlength=seats.size)
    assert usable + closed.sum() == seats.sum()
    assert (closed >= 0).all()
    assert (filled + closed <= seats).all()
    left = [place for place, n in enumerate(seats - closed) for _ in range(int(n))]
    assert keeps(result.problem, result.facts.quotas, left)
    assert usable <= most
    if result.plan.method == "tree":
        assert usable == most


def check_caps(result: Result) -> None:
    """Check the table of caps against the plan."""
    table = table_caps(result)
    found = {cap.name: cap for cap in result.facts.quotas.caps}
    assert table["cap"].tolist() == sorted(found)
    for row in table.to_dict("records"):
        cap = found[row["cap"]]
        members = [result.problem.opening_ids[place] for place in cap.openings]
        assert row["members"].split("; ") == members
        assert row["filled"] == np.isin(result.plan.opening, cap.openings).sum()
        if row["ceiling"] == "":
            assert (row["value_places"], row["value_score"]) == (0, 0)
            assert row["state"] in ("unsettled", "sets none")
        else:
            assert row["filled"] <= row["ceiling"]
            assert row["state"] == ("unsettled" if cap.unsettled else "kept")
            slack = [
                above.ceiling is None
                or np.isin(result.plan.opening, above.openings).sum() < above.ceiling
                for above in found.values()
                if set(cap.openings) <= set(above.openings)
            ]
            if all(slack):
                assert (row["value_places"], row["value_score"]) == (0, 0)


def check_capping(result: Result) -> None:
    """Check that the quota named for a capped pair holds its opening and is full."""
    verdicts = judge_pairs(result)
    for row, name in enumerate(verdicts.name):
        cap = find_capping(result, verdicts, row)
        if cap is None:
            opening = result.screening.opening[row]
            assert name != CAPPED or not result.problem.openings.seats[opening]
            continue
        assert name == CAPPED
        assert isinstance(cap, Cap)
        assert result.screening.opening[row] in cap.openings
        assert np.isin(result.plan.opening, cap.openings).sum() == cap.ceiling


@hypothesis_settings(max_examples=40)
@given(quota_worlds() | crossing_worlds(), st.randoms(use_true_random=False))
def test_quotas_and_plan_whatever_the_order_of_rows(world: World, draw: Random) -> None:
    def shuffled(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(draw.sample(rows, len(rows)))

    other = replace(
        world,
        candidates=shuffled(world.candidates),
        openings=shuffled(world.openings),
        decisions=shuffled(world.decisions),
        beside={name: shuffled(rows) for name, rows in world.beside.items()},
    )
    one, two = world.result(), other.result()
    assert np.array_equal(one.plan.opening, two.plan.opening)
    assert np.array_equal(one.plan.by_lottery, two.plan.by_lottery)
    assert one.facts.quotas.caps == two.facts.quotas.caps
    assert table_caps(one).equals(table_caps(two))


def crossing_world() -> World:
    """Return a world in which a construction total of 3 crosses stages of 3 and 4 places."""
    people = tuple(
        {
            **PERSON,
            "candidate_id": f"C{n}",
            "accepts_any_trade": "ya",
            "former_trainee": "",
            "accepted_on": f"2022-{n + 3:02}-13",
        }
        for n in range(6)
    )
    kinds = [(BUILDING, "i", "2"), (BUILDING, "ii", "2"), (OTHER, "i", "2"), (OTHER, "ii", "3")]
    orders = tuple(
        {
            **OPENING,
            "opening_id": f"O{n}",
            "operation_no": number,
            "stage": stage,
            "seats": seats,
            "any_trade": "ya",
        }
        for n, (number, stage, seats) in enumerate(kinds)
    )
    host = {**HOST, "full_time_staff": "5", "trainees_2": "2"}
    return World(people, orders, beside={"hosts": (host,)}, objective={"seed": "7"})


def test_a_construction_total_across_two_stages() -> None:
    result = crossing_world().result()
    ceilings = {cap.name: cap.ceiling for cap in result.facts.quotas.caps}
    assert ceilings == {"H1/titp-i": 3, "H1/titp-ii": 4, "H1/construction": 3}
    assert result.plan.method == "divided"
    assert result.plan.opening.tolist() == best_plans(result)[0]
    check_seats(result, 7)
    check_caps(result)
    assert with_ties(result).plan.method == "divided"
    with mock.patch("matcher.assign.divisions.MOST", 0):
        chosen = crossing_world().result()
        assert chosen.plan.method == "milp"
        assert keeps(chosen.problem, chosen.facts.quotas, chosen.plan.opening.tolist())
        again = with_ties(chosen)
        assert np.array_equal(again.plan.by_lottery, chosen.plan.by_lottery)
    points = [one.scores.score[one.plan.row[one.plan.row >= 0]] for one in (result, chosen)]
    assert points[0].size == points[1].size
    assert points[0].sum() == points[1].sum()


def test_a_worse_plan_is_not_opened_as_the_best() -> None:
    result = crossing_world().result()
    opening, row = result.plan.opening.copy(), result.plan.row.copy()
    opening[0] = row[0] = -1
    with pytest.raises(AssertionError, match="not the best"):
        with_ties(replace(result, plan=replace(result.plan, opening=opening, row=row)))
    opening[:], row[:] = 3, [find_pair(result.screening, person, 3) for person in range(6)]
    with pytest.raises(AssertionError, match="breaks a ceiling"):
        with_ties(replace(result, plan=replace(result.plan, opening=opening, row=row)))
    opening[:] = [0, 0, 1, 1, 2, 3]  # four in construction, where three may be
    row[:] = [find_pair(result.screening, person, int(opening[person])) for person in range(6)]
    with pytest.raises(AssertionError, match="breaks a ceiling"):
        with_ties(replace(result, plan=replace(result.plan, opening=opening, row=row)))


def test_placements_on_record_beyond_a_quota_are_an_error() -> None:
    people = tuple({**PERSON, "candidate_id": name} for name in ("C1", "C2", "C3"))
    orders = ({**OPENING, "seats": "2"}, {**OPENING, "opening_id": "O2"})
    host = {**HOST, "trainees_1": "1", "promised": "1"}
    world = World(people, orders, beside={"hosts": (host,)})
    one = replace(world, decisions=(decision("place", "C1", "O1"),)).result()
    assert one.plan.opening.tolist() == [0, -1, -1]
    locks = (decision("place", "C1", "O1"), decision("place", "C3", "O2"))
    with pytest.raises(InputError) as caught:
        replace(world, decisions=locks).result()
    issues = [issue for issue in caught.value.issues if issue.code == "LOCK_CAPPED"]
    assert [(issue.line, issue.action) for issue in issues] == [(2, "row"), (3, "row")]
    assert words_of("en")(issues[1].reason) == (
        "C3 cannot be set at O2: 2 are set under the quota H1/titp-i (T2: 25 full-time staff give 3"
        " at stage i; 1 present, 1 promised, so 1 more)"
    )
