"""Openings that ask for a least number of people and have seats on record already."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from matcher.errors import InputError
from matcher.explain.ceilings import ceilings_of
from matcher.explain.limits import weigh_limits
from matcher.explain.seats import seats_within
from matcher.explain.stops import tell_stops
from matcher.explain.verdicts import judge_pairs
from matcher.language import words_of
from matcher.limits import SetLimit, gather_limits
from matcher.pipeline import check_problem, weigh
from matcher.proof import show_best
from matcher.report.listing import tell_one_more
from matcher.report.tables import table_openings
from matcher.shortages import find_shortages
from matcher.verify.derived import OPENING as OPENINGS
from matcher.verify.derived import Derived
from matcher.verify.outside import stands_outside
from matcher.verify.plan import find_breaches
from tests.worlds import OPENING, PERSON, Row, World, decision

EN = words_of("en")
ON_THE_WAY = ("agreed", "named", "passed", "plan_filed", "certificate", "departed")


def started_world(**more: Any) -> World:
    """Return two welders, of whom C1 alone fits O1, which asks three people, and O2."""
    people = ({**PERSON, "refuses": "Osaka"}, {**PERSON, "candidate_id": "C2", "refuses": "Aichi"})
    orders = (
        {**OPENING, "seats": "3", "min_seats": "3"},
        {
            **OPENING,
            "opening_id": "O2",
            "host_id": "H2",
            "prefecture": "Osaka",
            "monthly_wage": "200000",
        },
    )
    return World(people, orders, **more)


def outcomes_to(state: str) -> tuple[Row, ...]:
    """Return the steps of C1 at O1 up to a state."""
    states = ON_THE_WAY[: ON_THE_WAY.index(state) + 1]
    at = {"candidate_id": "C1", "opening_id": "O1", "by": "Officer"}
    return tuple({**at, "state": one, "on": f"2022-11-1{day}"} for day, one in enumerate(states))


@pytest.mark.parametrize("state", ["passed", "departed"])
def test_an_opening_with_a_seat_by_outcome_goes_ahead(state: str) -> None:
    """Outcomes are facts: fewer than `min_seats` of them stop nothing, and it is told."""
    world = started_world(beside={"outcomes": outcomes_to(state)})
    result = world.result()
    assert result.facts.limits.starts == ()
    assert result.plan.opening.tolist()[1] == 1
    assert result.seats_of.tolist() == [0, 1]
    assert (result.whole.tree.floor == 0).all()
    derived = Derived.of(result.problem)
    assert all(one.floor == 0 for one in derived.bounded)
    assert find_shortages(*weigh(world.problem())) is None
    (note,) = (one for one in check_problem(world.problem()).notes if one.code == "GOES_AHEAD")
    assert (note.severity, note.file, note.column) == ("note", "openings.csv", "min_seats")
    assert EN(note.reason) == "O1 goes ahead with 1 people on record, fewer than min_seats"


def test_an_opening_with_enough_on_record_is_not_told() -> None:
    world = started_world(beside={"outcomes": outcomes_to("passed")})
    world = world.with_opening(0, min_seats="")
    assert not [one for one in check_problem(world.problem()).notes if one.code == "GOES_AHEAD"]


def test_a_decision_at_an_opening_that_asks_more_is_named_and_may_be_taken_out() -> None:
    world = started_world(decisions=(decision("place", "C1", "O1"),))
    (start,) = gather_limits(world.problem()).starts
    assert (start.opening, start.least) == (0, 3)
    with pytest.raises(InputError) as caught:
        world.result()
    (issue,) = (one for one in caught.value.issues if one.severity == "error")
    assert "O1 with at least 3 people or none (set there by decision: C1)" in EN(issue.reason)
    mend = EN(issue.mend or "")
    assert "(1): without “O1 with at least 3 people or none”" in mend
    assert "this does it as well: the decision that sets C1 at O1 taken out" in mend


def test_a_decision_is_not_said_to_be_the_mend_where_taking_it_out_does_not_do() -> None:
    """Somebody of the centre must be proposed, and is nowhere but at O1."""
    world = started_world(
        decisions=(decision("place", "C1", "O1"),),
        chosen={"limits": [{"by": "centre", "of": "A", "min": 1}]},
    ).with_person(0, centre="A")
    with pytest.raises(InputError) as caught:
        world.result()
    told = " ".join(EN(one.mend) for one in caught.value.issues if one.mend)
    assert "without “O1 with at least 3 people or none”" in told
    assert "this does it as well" not in told


def test_with_mode_stable_a_decision_goes_ahead_too() -> None:
    """People choose: nobody can be asked to join, and the plan is what `verify` takes."""
    placed = (decision("place", "C1", "O1"),)
    world = started_world(decisions=placed, objective={"mode": "stable"})
    result = world.result()
    assert result.facts.limits.starts == ()
    assert result.seats_of.tolist() == [0, 1]
    assert list(find_breaches(Derived.of(result.problem), result.plan.opening)) == []


def shut_world(**more: Any) -> World:
    """Return two welders who fit O1, which asks two people where a limit lets one in, and O2."""
    people = ({**PERSON}, {**PERSON, "candidate_id": "C2"})
    orders = (
        {**OPENING, "seats": "3", "min_seats": "2", "monthly_wage": "300000"},
        {**OPENING, "opening_id": "O2", "host_id": "H2"},
    )
    chosen = {"limits": [{"by": "host", "of": "H1", "max": 1}]}
    return World(people, orders, chosen=chosen, **more)


def test_an_opening_that_can_never_go_ahead_has_no_room() -> None:
    """Nothing is left that no tree holds: the plan is proved by its duals, and the checker, which
    works out by itself that nobody can be there, agrees."""
    result = shut_world().result()
    assert result.plan.method == "tree"
    assert sorted(result.plan.opening.tolist()) == [-1, 1]
    assert result.whole.tree.ceiling[:2].tolist() == [0, 1]
    assert not result.whole.starts
    ((opening, (limit,)),) = result.shut.items()
    assert isinstance(limit, SetLimit) and (opening, limit.key) == (0, "limits.1:H1")
    derived = Derived.of(result.problem)
    assert not stands_outside(derived)
    proof = show_best(result)
    assert proof.stages and not proof.bounds
    assert {one.key: one.ceiling for one in derived.bounded if one.kind == OPENINGS} == {
        "O1": 0,
        "O2": 1,
    }


def test_it_is_told_why_an_opening_cannot_go_ahead() -> None:
    result = shut_world().result()
    (note,) = (
        one for one in check_problem(shut_world().problem()).notes if one.code == "NOT_AHEAD"
    )
    assert (note.severity, note.file, note.column) == ("note", "openings.csv", "min_seats")
    assert EN(note.reason) == (
        "O1 cannot go ahead: it needs 2 people, and fewer may be there"
        " (job orders of the host H1: at most 1)"
    )
    verdicts = judge_pairs(result)
    at_first = np.flatnonzero(result.screening.opening == 0).tolist()
    assert len(at_first) == 2
    for row in at_first:
        assert (verdicts.name[row], verdicts.impossible[row]) == ("limit", True)
        assert [EN(one) for one in tell_stops(result, verdicts, row)] == [
            "O1 with at least 2 people or none: 0",
            "job orders of the host H1: 0 of at most 1",
        ]


def test_its_seats_count_as_closed_and_have_no_value() -> None:
    result = shut_world().result()
    usable, closed = seats_within(result)
    assert (usable, closed.tolist()) == (1, [3, 0])
    ceilings = ceilings_of(result)
    told = [EN(tell_one_more(result, at, ceilings)) for at in (0, 1)]
    assert told[0] == "nothing: fewer may be there than it needs (job orders of the host H1)"
    assert told[1].startswith("1 more proposed")
    values = table_openings(result)[["value_places", "value_places_high"]].to_numpy().tolist()
    assert values == [["", ""], [1, 1]]


def test_what_keeps_it_from_going_ahead_is_what_the_plan_loses_by_it() -> None:
    """A limit with room left costs something all the same, and so does the least number: without
    one of them both people have a place."""
    result = shut_world().result()
    effects = weigh_limits(result)
    assert [(one.entry, one.holdings[0].state) for one in effects] == [(0, "within"), (-1, "empty")]
    lost = [one.loss["placements"] if one.loss else None for one in effects]
    assert lost == [1, 1]
    assert [one.binds for one in effects] == [True, True]


def test_nobody_stands_behind_it() -> None:
    result = shut_world().result()
    assert [(one.opening, one.rank) for one in result.reserves] == [(1, 1)]


def test_an_opening_with_people_on_record_is_not_shut() -> None:
    """Whoever sits there has it go ahead; a decision that cannot be kept is told as such."""
    result = shut_world(beside={"outcomes": outcomes_to("passed")}).result()
    assert not result.shut
    with pytest.raises(InputError):
        shut_world(decisions=(decision("place", "C1", "O1"),)).result()
