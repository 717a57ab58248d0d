"""What each limit costs, against every plan of small worlds with and without it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from matcher.assign import Plan
from matcher.assign.divisions import MILP, RELAXED
from matcher.errors import InputError, MatcherError
from matcher.explain import limits, summarise
from matcher.explain.limits import LimitEffect, weigh_limits
from matcher.language import say, words_of
from matcher.limits.holding import MIN_SEATS
from matcher.pipeline import Result
from matcher.report.limits import record_limits, table_limits
from matcher.report.shown import show_batch
from matcher.report.summary import tell_summary
from tests.test_properties import Places, Seats, Space, plan_of, space_of
from tests.worlds import OPENING, PERSON, Row, World, worlds

EN = words_of("en")
Table = Mapping[str, object]
COLUMN = {"school": "school", "prefecture": "prefecture", "host": "host_id"}


@dataclass(frozen=True)
class Limited:
    """A world with `[[limits]]` tables, which `kept` reads off the rows once more."""

    world: World
    tables: tuple[Table, ...]

    def kept(self, plan: Seats, tables: Sequence[Table], starts: bool) -> bool:
        """Return whether a plan keeps these tables, and the openings' `min_seats`."""
        world, counts = self.world, Counter(place for place in plan if place >= 0)
        if starts and any(
            0 < counts[at] < int(row.get("min_seats") or 0) for at, row in enumerate(world.openings)
        ):
            return False
        return all(self._kept(plan, table) for table in tables)

    def _kept(self, plan: Seats, table: Table) -> bool:
        people, orders = self.world.candidates, self.world.openings
        placed = [(people[i], orders[j]) for i, j in enumerate(plan) if j >= 0]
        if "budget" in table:
            spent = sum(int(order["cost_to_candidate"]) for _, order in placed)
            return spent <= int(str(table["budget"]))
        if "by" in table:
            by, name = str(table["by"]), table["of"]
            side = 0 if by == "school" else 1
            held = sum(pair[side][COLUMN[by]] == name for pair in placed)
            return int(str(table.get("min", 0))) <= held <= int(str(table.get("max", 99)))
        kind = "together" if "together" in table else "apart"
        places = {person["candidate_id"]: order["host_id"] for person, order in placed}
        one, other = (places.get(name) for name in table[kind])  # type: ignore[attr-defined]
        return one == other if kind == "together" else one is None or one != other


@st.composite
def tables_of(draw: DrawFn, world: World) -> Table:
    """Draw one `[[limits]]` table."""
    kinds = ["school", "prefecture", "host", "budget"] + ["pair"] * (len(world.candidates) > 1)
    kind = draw(st.sampled_from(kinds))
    if kind == "budget":
        most = draw(st.sampled_from([0, 2_500_000, 5_000_000]))
        return {"budget": most, "sum": "cost_to_candidate"}
    if kind == "pair":
        ids = [row["candidate_id"] for row in world.candidates]
        two = draw(st.permutations(ids))[:2]
        return {draw(st.sampled_from(["together", "apart"])): two}
    rows = world.candidates if kind == "school" else world.openings
    names = sorted({row[COLUMN[kind]] for row in rows} - {""})
    assume(names)
    bounds = draw(st.sampled_from([{"max": 0}, {"max": 1}, {"max": 2}, {"min": 1}, {"min": 2}]))
    return {"by": kind, "of": draw(st.sampled_from(names)), **bounds}


@st.composite
def limited(draw: DrawFn) -> Limited:
    """Draw a small world under one or two limits, and perhaps `min_seats`."""
    world = draw(worlds(people=4, openings=3))
    few = draw(st.sampled_from(["", "", "2"]))
    orders = tuple(
        {**row, "cost_to_candidate": row["cost_to_candidate"] or "0", "min_seats": few}
        for row in world.openings
    )
    orders = tuple({**row, "min_seats": ""} if int(row["seats"]) < 2 else row for row in orders)
    world = replace(world, openings=orders, decisions=())
    tables = tuple(draw(tables_of(world)) for _ in range(draw(st.integers(1, 2))))
    return Limited(world, tables)


def best_of(space: Space, plans: Sequence[Seats]) -> tuple[Places, Seats]:
    """Return the worth of the best of some plans, and the one that the lottery is for."""
    best = max(map(space.worth, plans))
    equal = [plan for plan in plans if space.worth(plan) == best]
    return best, max(equal, key=space.luck)


def numbers(space: Space, plan: Seats) -> dict[str, int]:
    """Return how many people a plan places, and its sum of scores above `unplaced_worth`."""
    used = [space.scores[i, j] for i, j in enumerate(plan) if j >= 0]
    worth = space.result.problem.settings.objective.unplaced_worth
    return {"placements": len(used), "score": sum(used) - worth * len(used)}


@settings(max_examples=80, phases=[Phase.generate])
@given(limited())
def test_effects_are_those_of_brute_force(case: Limited) -> None:
    free = unlimited(case.world)
    space = space_of(free)
    starts = any(row["min_seats"] for row in case.world.openings)
    kept = [plan for plan in space.plans if case.kept(plan, case.tables, starts)]
    assume(kept)
    named = [(table["by"], table["of"]) for table in case.tables if "by" in table]
    assume(len(set(named)) == len(named))  # two tables of one group are refused
    result = replace(case.world, chosen={"limits": list(case.tables)}).result()
    best, chosen = best_of(space, kept)
    assert space.worth(plan_of(result)) == best
    effects = {effect.entry: effect for effect in weigh_limits(result)}
    assert sorted(effects) == [MIN_SEATS] * starts + list(range(len(case.tables)))
    for entry, effect in effects.items():
        rest = [table for at, table in enumerate(case.tables) if at != entry]
        others = [p for p in space.plans if case.kept(p, rest, starts and entry != MIN_SEATS)]
        without = best_of(space, others)[1]
        here, there = numbers(space, plan_of(result)), numbers(space, without)
        assert effect.loss == {name: there[name] - here[name] for name in here}
        if plan_of(result) == chosen:
            check_shifts(effect, chosen, without)
    check_told(result)


def unlimited(world: World) -> Result:
    """Return the result of a world without limits and without `min_seats`."""
    return replace(
        world, openings=tuple({**row, "min_seats": ""} for row in world.openings)
    ).result()


def check_shifts(effect: LimitEffect, chosen: Seats, without: Seats) -> None:
    """Check who stands elsewhere without a limit."""
    moved = [
        (person, here, there)
        for person, (here, there) in enumerate(zip(chosen, without, strict=True))
        if here != there
    ]
    found = [(shift.candidate, shift.opening, shift.without) for shift in effect.shifts]
    assert found == moved
    assert effect.binds == bool(moved)


def check_told(result: Result) -> None:
    """Check that table, record and summary tell the same."""
    words, effects = words_of("en"), weigh_limits(result)
    table, records = table_limits(result), record_limits(result, words)
    assert len(table) == sum(len(effect.holdings) for effect in effects)
    assert [record["binds"] for record in records] == [effect.binds for effect in effects]
    told = [words(line) for line in tell_summary(result, summarise(result))]
    assert sum(line.startswith("Limit – ") for line in told) == len(effects)
    assert show_batch(result, "limits", "text", words).startswith("Limits of this scenario: ")


def test_a_limit_that_keeps_a_reserve_waiting_is_tried() -> None:
    steps = ("proposed", "offered", "agreed", "named", "interviewed", "reserve")
    outcomes: list[Row] = [
        {
            "candidate_id": "C1",
            "opening_id": "O1",
            "state": state,
            "on": f"2022-11-{day}",
            "by": "Officer",
            **({"rank": "1"} if state == "reserve" else {}),
        }
        for day, state in enumerate(steps, 10)
    ]
    people = (
        {**PERSON, "candidate_id": "C1", "cost_to_candidate": "500000", "japanese_level": "none"},
        {**PERSON, "candidate_id": "C2", "cost_to_candidate": "0", "japanese_level": "N3"},
    )
    world = World(
        people,
        (OPENING,),
        chosen={"limits": [{"sum": "paid", "budget": 400_000}]},
        beside={"outcomes": tuple(outcomes)},
    )
    result = world.result()
    assert result.plan.method == RELAXED and result.problem.called == ()
    (effect,) = weigh_limits(result)
    assert [(one.candidate, one.opening, one.without) for one in effect.shifts] == [
        (0, -1, 0),
        (1, 0, -1),
    ]
    assert effect.binds
    check_told(result)


def crossing() -> World:
    """Return a world for `milp`: a budget that binds, a pair of people, a set with room left."""
    people = tuple({**PERSON, "candidate_id": f"C{n}", "school": "S1"} for n in range(1, 4))
    orders = tuple(
        {**OPENING, "opening_id": f"O{n}", "host_id": "H1", "seats": "2", "cost_to_candidate": cost}
        for n, cost in enumerate(("400", "600"), 1)
    )
    limits: list[Table] = [
        {"budget": 1_000, "sum": "cost_to_candidate"},
        {"by": "school", "of": "S1", "max": 3},
        {"apart": ["C1", "C2"], "at": "opening"},
    ]
    return World(people, orders, chosen={"limits": limits})


def test_of_many_pairs_only_tight_tables_are_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    result = crossing().result()
    assert result.plan.method == MILP
    assert limits.tables_of(result).untried == frozenset()
    monkeypatch.setattr(limits, "TRIED_ALL", 0)
    result = crossing().result()
    tables = limits.tables_of(result)
    assert tables.untried == {1} and 0 in tables.tried
    effects = {effect.entry: effect for effect in weigh_limits(result)}
    assert effects[1].loss is None and effects[1].binds is None and not effects[1].tried
    assert effects[0].loss is not None and effects[0].binds
    rows = {row["entry"]: row for row in table_limits(result).to_dict("records")}
    assert [rows["2"][name] for name in ("loss_places", "loss_score", "moved")] == ["", "", ""]
    assert record_limits(result, EN)[1]["tried"] is False
    assert "It has room left; the plan without it was not sought." in shown(result)


@pytest.mark.parametrize("fault", [MatcherError, InputError])
def test_a_what_if_that_fails_loses_no_plan(
    monkeypatch: pytest.MonkeyPatch, fault: type[MatcherError]
) -> None:
    result = crossing().result()

    def fail(*_: object) -> Plan:
        raise fault(say("no"), ()) if fault is InputError else fault(say("no"))

    monkeypatch.setattr(limits, "assign_network", fail)
    effects = weigh_limits(result)
    assert [effect.loss for effect in effects] == [None] * 3
    assert all(effect.tried for effect in effects)
    assert (table_limits(result)["loss_score"] == "").all()
    assert "What the plan loses by it is not known: no plan without it was found." in shown(result)
    check_told(result)


def shown(result: Result) -> str:
    """Return what is listed of the limits."""
    return show_batch(result, "limits", "text", EN)
