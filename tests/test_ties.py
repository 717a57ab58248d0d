"""Ties in the open, against every plan of small worlds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from hypothesis import given, settings

from matcher.explain.ties import Tie, find_ties_of
from matcher.language import words_of
from matcher.pipeline import Result
from matcher.report.shown import show_batch, show_explanation
from matcher.report.ties import MOST, list_ties, table_ties, tell_tie
from tests.test_properties import Seats, Space, plan_of, space_of
from tests.worlds import OPENING, PERSON, World, decision, worlds

ROOT = "unplaced"
Vertex = tuple[str, int]


def equal_plans(space: Space) -> list[Seats]:
    """Return the best plans before the lottery."""
    best = max(map(space.worth, space.plans))
    return [plan for plan in space.plans if space.worth(plan) == best]


class Joined:
    """Vertices joined into groups."""

    def __init__(self) -> None:
        self.above: dict[Vertex, Vertex] = {}

    def top(self, vertex: Vertex) -> Vertex:
        """Return what stands for the group of a vertex."""
        while vertex in self.above:
            vertex = self.above[vertex]
        return vertex

    def join(self, one: Vertex, other: Vertex) -> None:
        """Put two vertices into one group."""
        one, other = self.top(one), self.top(other)
        if one != other:
            self.above[one] = other


def joined(result: Result, equal: Sequence[Seats]) -> Joined:
    """Return people, openings and having no host joined wherever equally good plans differ: a
    person with each place held in some of them but not in all, and an opening with having no host
    where it holds more in some than in others, or could hold one more and one fewer anyway."""
    groups, root = Joined(), (ROOT, 0)
    for person in range(len(result.problem.candidate_ids)):
        held = {plan[person] for plan in equal}
        for place in held if len(held) > 1 else ():
            groups.join(("person", person), ("opening", place) if place >= 0 else root)
    locked = result.problem.locked
    for opening, seats in enumerate(result.problem.openings.seats.tolist()):
        fixed = int((locked == opening).sum())
        held = {sum(place == opening for place in plan) for plan in equal}
        present = int(((locked == opening) & (result.problem.standing == 0)).sum())
        loads = {number - present for number in held}
        if len(loads) > 1 or any(0 < load < seats - fixed for load in loads):
            groups.join(("opening", opening), root)
    return groups


def others_of(result: Result, equal: Sequence[Seats], groups: Joined, person: int) -> list[int]:
    """Return the other people of a person's group whom equally good plans treat otherwise."""
    tied = [at for at in range(len(equal[0])) if len({plan[at] for plan in equal}) > 1]
    own = groups.top(("person", person))
    return [at for at in tied if at != person and groups.top(("person", at)) == own]


@settings(max_examples=150)
@given(worlds())
def test_ties_are_those_of_brute_force(world: World) -> None:
    result = world.result()
    equal = equal_plans(space_of(result))
    groups = joined(result, equal)
    ties = {tie.candidate: tie for tie in find_ties_of(result)}
    assert sorted(ties) == result.problem.present.tolist()
    filled = np.bincount(result.seats_of[result.seats_of >= 0], minlength=len(world.openings))
    for person, tie in ties.items():
        assert tie.opening == plan_of(result)[person]
        assert tie.in_every == (len({plan[person] for plan in equal}) == 1)
        if tie.in_every:
            assert (tie.others, tie.free) == ((), ())
            continue
        assert list(tie.others or ()) == others_of(result, equal, groups, person)
        own = groups.top(("person", person))
        free = [
            at
            for at, seats in enumerate(result.problem.openings.seats.tolist())
            if filled[at] < seats and groups.top(("opening", at)) == own
        ]
        assert list(tie.free or ()) == free
        assert tie.others or tie.free


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
    assert [tie.others for tie in ties[1:]] == [(2, 3), (1, 3), (1, 2)]
    shown = show_explanation(result, "C01", None, "text", words_of("en"))
    assert "interchangeable with C02, C03" in shown


def test_long_lists_are_cut_and_counted() -> None:
    result = alike(MOST + 12, 3)
    table = table_ties(result)
    assert (table["people"] == MOST + 11).all()
    assert {len(cell.split("; ")) for cell in table["interchangeable"]} == {MOST}
    assert "… +" in list_ties(result, words_of("en"))
