"""Openings that ask for a least number of people and have seats on record already."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.errors import InputError
from matcher.language import words_of
from matcher.limits import gather_limits
from matcher.pipeline import check_problem, weigh
from matcher.shortages import find_shortages
from matcher.verify.derived import Derived
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
