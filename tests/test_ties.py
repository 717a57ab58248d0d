"""Ties in the open, against every plan of small worlds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from hypothesis import given, settings

from matcher.explain.ties import Tie, find_ties_of
from matcher.language import words_of
from matcher.pipeline import Result
from matcher.report.explained import show_explanation
from matcher.report.shown import show_batch
from matcher.report.ties import MOST, list_ties, table_ties, tell_tie
from tests.test_properties import Seats, Space, plan_of, space_of
from tests.worlds import OPENING, PERSON, World, decision, worlds


def equal_plans(space: Space) -> list[Seats]:
    """Return the best plans before the lottery."""
    best = max(map(space.worth, space.plans))
    return [plan for plan in space.plans if space.worth(plan) == best]


def others_of(equal: Sequence[Seats], plan: Seats, person: int) -> list[int]:
    """Return whose place an equally good plan gives to a person, and who has the person's."""
    mine = {one[person] for one in equal} - {plan[person], -1}
    own = plan[person]
    return [
        other
        for other in range(len(plan))
        if other != person
        and (own < 0 or plan[other] != own)
        and (plan[other] in mine or (own >= 0 and any(one[other] == own for one in equal)))
    ]


@settings(max_examples=150)
@given(worlds())
def test_ties_are_those_of_brute_force(world: World) -> None:
    result = world.result()
    equal = equal_plans(space_of(result))
    ties = {tie.candidate: tie for tie in find_ties_of(result)}
    assert sorted(ties) == result.problem.present.tolist()
    filled = np.bincount(result.seats_of[result.seats_of >= 0], minlength=len(world.openings))
    for person, tie in ties.items():
        assert tie.opening == plan_of(result)[person]
        assert tie.in_every == (len({plan[person] for plan in equal}) == 1)
        if tie.in_every:
            assert (tie.others, tie.free) == ((), ())
            continue
        locked = set(np.flatnonzero(result.problem.locked >= 0).tolist())
        others = others_of(equal, plan_of(result), person)
        assert list(tie.others or ()) == [other for other in others if other not in locked]
        mine = {plan[person] for plan in equal} - {tie.opening, -1}
        seats = result.problem.openings.seats
        assert list(tie.free or ()) == sorted(at for at in mine if filled[at] < seats[at])


@given(worlds())
def test_a_tie_is_told_with_its_seed(world: World) -> None:
    result, words = world.result(), words_of("en")
    for tie in find_ties_of(result):
        told = words(tell_tie(result, tie))
        assert (f"lottery number {result.problem.settings.seed} " in told) != tie.in_every
    assert f"Lottery number: {result.problem.settings.seed}." in list_ties(result, words)
    assert show_batch(result, "ties", "csv", words).startswith("candidate_id,opening_id,in_every,")


def alike(people: int, seats: int, decisions: Iterable[dict[str, str]] = ()) -> Result:
    """Return the result of so many people alike at one opening."""
    persons = [{**PERSON, "candidate_id": f"C{place:02}"} for place in range(people)]
    opening = {**OPENING, "seats": str(seats)}
    return World(tuple(persons), (opening,), tuple(decisions)).result()


def test_people_alike_are_interchangeable_and_locked_ones_are_not() -> None:
    result = alike(4, 2, [dict(decision("place", "C00", "O1"))])
    ties = find_ties_of(result)
    assert ties[0] == Tie(0, 0, True, (), ())
    assert [tie.in_every for tie in ties] == [True, False, False, False]
    assert [tie.others for tie in ties[1:]] == [(3,), (3,), (1, 2)]
    shown = show_explanation(result, "C01", None, "text", words_of("en"))
    assert "interchangeable with others (1);" in shown


def test_long_lists_are_cut_and_counted() -> None:
    result = alike(MOST + 12, 1)
    table = table_ties(result).set_index("opening_id")
    placed, others = table.loc["O1"], table.loc[""]
    assert placed["interchangeable_count"] == MOST + 11
    assert len(placed["interchangeable"].split("; ")) == MOST
    assert (others["interchangeable_count"] == 1).all()
    assert "… +" in list_ties(result, words_of("en"))
