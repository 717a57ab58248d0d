"""What became of proposals: the state machine over its whole matrix, every fault at its cell, what
each ending means for the next run, and the same again out of a batch."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from matcher.check import cells, decision_words, outcome_words
from matcher.check.cells import Cell, CellFault
from matcher.check.decisions import SEAT_ACTIONS
from matcher.check.follow import Step, in_order, refused_steps
from matcher.cli import main
from matcher.errors import InputError, Issue
from matcher.language import LANGUAGES, words_of
from matcher.problem import (
    DECLINED,
    ENFORCE,
    ENFORCEABLE,
    FAILED,
    NO_DAY,
    WAIVE,
    Problem,
    Standing,
    day_number,
)
from matcher.problem.outcomes import (
    AT_HOST,
    EFFECTS,
    ENDED,
    FOLLOWING,
    LOCKED,
    REASON_OF,
    REASONS,
    STATES,
    current_steps,
)
from matcher.rules import RULES, WAIVABLE
from tests.worlds import OPENING, PERSON, Row, World, decision, frozen, meaning

START = date(2022, 11, 1)
# The shortest way to each state, the person's yes first.
WAY: dict[str, tuple[str, ...]] = {
    "": (),
    **{state: (state,) for state in ("proposed", "offered", "agreed", "declined")},
    "named": ("agreed", "named"),
    "interviewed": ("agreed", "named", "interviewed"),
    **{state: ("agreed", "named", state) for state in ("passed", "reserve", "failed", "no_show")},
    "plan_filed": ("agreed", "named", "passed", "plan_filed"),
    "certificate": ("agreed", "named", "passed", "plan_filed", "certificate"),
    "departed": ("agreed", "named", "passed", "plan_filed", "certificate", "departed"),
}
ORDERS = (
    {"opening_id": "O1", "host_id": "H1", "operation_no": "7-7-2", "prefecture": "Aichi"},
    {"opening_id": "O2", "host_id": "H2", "operation_no": "7-7-2", "prefecture": "Osaka"},
    {"opening_id": "O3", "host_id": "H1", "operation_no": "7-7-1", "prefecture": "Gifu"},
    {"opening_id": "O4", "host_id": "H3", "operation_no": "7-7-1", "prefecture": "Aichi"},
)


def world(*outcomes: Row, **tables: tuple[Row, ...]) -> World:
    """Return three welders and four job orders of two seats, and what became of them."""
    people = tuple({**PERSON, "candidate_id": f"C{n}", "consent_export": ""} for n in (1, 2, 3))
    orders = tuple({**OPENING, **order, "seats": "2"} for order in ORDERS)
    beside = {"outcomes": outcomes, **tables} if outcomes else tables
    return World(people, orders, beside=beside)


def row(person: str, opening: str, state: str, day: int, **cells: str) -> Row:
    """Return a row of the outcomes' table, so many days after the first."""
    on = (START + timedelta(day)).isoformat()
    told = {"candidate_id": person, "opening_id": opening, "state": state, "on": on, "by": "P"}
    return {**told, "rank": "", "reason_code": "", **cells}


def way(person: str, opening: str, state: str, day: int = 0, **cells: str) -> tuple[Row, ...]:
    """Return the rows of the shortest way to a state, the last with these cells."""
    steps = [row(person, opening, step, day + at) for at, step in enumerate(WAY[state])]
    return (*steps[:-1], {**steps[-1], **cells})


def faults(made: World) -> list[tuple[str, int, str, str]]:
    """Return the errors of a world: file, line, column, code."""
    with pytest.raises(InputError) as caught:
        made.problem()
    errors = [issue for issue in caught.value.issues if issue.severity == "error"]
    return [(issue.file, issue.line, issue.column, issue.code) for issue in errors]


def told(made: World, code: str) -> list[Issue]:
    """Return what is told under a code, in error or not."""
    try:
        return [issue for issue in made.problem().notes if issue.code == code]
    except InputError as fault:
        return [issue for issue in fault.issues if issue.code == code]


def english(issue: Issue) -> str:
    """Return the reason and the mend of an issue in English."""
    words = words_of("en")
    return f"{words(issue.reason)} | {words(issue.mend) if issue.mend else ''}"


# The state machine


@pytest.mark.parametrize("before", FOLLOWING)
@pytest.mark.parametrize("state", STATES)
def test_every_step_of_the_matrix(before: str, state: str) -> None:
    steps = [row("C1", "O1", one, day) for day, one in enumerate((*WAY[before], state))]
    made = world(*steps)
    if state in FOLLOWING[before]:
        found = current_steps(made.problem().outcomes)
        assert [step.state for step in found.values()] == [state]
        return
    assert faults(made) == [("outcomes.csv", len(steps) + 1, "state", "STEP")]
    text = english(told(made, "STEP")[0])
    assert outcome_words.STATE_NAMES[state].en in text
    if before and (state not in AT_HOST or "agreed" in WAY[before]):
        assert outcome_words.STATE_NAMES[before].en in text
        assert f"({len(steps)})" in text  # where the step before stands
        for word in FOLLOWING[before]:
            assert outcome_words.STATE_NAMES[word].en in text


@pytest.mark.parametrize("state", AT_HOST)
@pytest.mark.parametrize("before", ["", "proposed", "offered", "declined"])
def test_no_name_goes_to_a_host_before_the_person_agreed(before: str, state: str) -> None:
    steps = [row("C1", "O1", one, day) for day, one in enumerate((*WAY[before], state))]
    found = told(world(*steps), "STEP")
    assert len(found) == 1
    assert "no name goes to a host before the person agreed" in english(found[0])


@st.composite
def walks(draw: DrawFn, longest: int = 10) -> list[str]:
    """Draw a walk of the machine."""
    states: list[str] = []
    for _ in range(draw(st.integers(1, longest))):
        following = FOLLOWING[states[-1] if states else ""]
        if not following:
            break
        states.append(draw(st.sampled_from(following)))
    return states


def steps_of(states: Sequence[str], days: Sequence[int], person: str = "C1") -> list[Step]:
    """Return the steps of a pair at days."""
    return [
        Step(person, "O1", state, START + timedelta(day), "P", 0, "", "f", "", line)
        for line, (state, day) in enumerate(zip(states, days, strict=True), 2)
    ]


@given(walks(), st.data())
def test_a_walk_is_accepted_whatever_the_order_of_its_rows(
    walk: list[str], data: st.DataObject
) -> None:
    days = sorted(data.draw(st.lists(st.integers(0, 5), min_size=len(walk), max_size=len(walk))))
    steps = steps_of(walk, days)
    shuffled = data.draw(st.permutations(steps))
    ordered = in_order(shuffled)
    assert refused_steps(ordered) == []
    assert [(s.state, s.on) for s in in_order(steps)] == [(s.state, s.on) for s in ordered]


@given(walks(), st.data())
def test_one_step_amiss_is_refused_at_its_row(walk: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(walk)))
    before = walk[at - 1] if at else ""
    amiss = data.draw(st.sampled_from([one for one in STATES if one not in FOLLOWING[before]]))
    states = [*walk[:at], amiss, *walk[at:]]
    steps = steps_of(states, range(len(states)))
    refused = refused_steps(in_order(data.draw(st.permutations(steps))))
    assert [step for step, _ in refused] == [steps[at]]


@given(walks(6), st.data())
def test_whole_tables_read_the_same_whatever_their_rows_order(
    walk: list[str], data: st.DataObject
) -> None:
    rows = [row("C1", "O1", state, day // 2) for day, state in enumerate(walk)]
    rows += [*way("C2", "O1", "interviewed"), *way("C2", "O3", "failed", 3, reason_code="skill")]
    shuffled = data.draw(st.permutations(rows))
    assert meaning(world(*shuffled).problem()) == meaning(world(*rows).problem())


def test_the_steps_of_a_day_stand_in_the_order_that_makes_sense() -> None:
    states = ["agreed", "named", "interviewed", "reserve", "passed", "declined"]
    steps = steps_of(states, [0] * len(states))
    assert [step.state for step in in_order(steps[::-1])] == states


def test_the_same_step_twice_is_left_out_and_told() -> None:
    made = world(*way("C1", "O1", "agreed"), row("C1", "O1", "agreed", 0))
    assert [(n.line, n.column) for n in told(made, "ROW_TWICE")] == [(3, "state")]
    assert len(made.problem().outcomes) == 1
    assert faults(world(*way("C1", "O1", "agreed"), row("C1", "O1", "agreed", 1))) == [
        ("outcomes.csv", 3, "state", "STEP")
    ]


# Faults


CELLS: list[tuple[str, tuple[Row, ...], list[tuple[int, str, str]]]] = [
    ("person", (row("C9", "O1", "agreed", 0),), [(2, "candidate_id", "UNKNOWN_NAME")]),
    ("order", (row("C1", "O9", "agreed", 0),), [(2, "opening_id", "UNKNOWN_NAME")]),
    ("state", (row("C1", "O1", "agred", 0),), [(2, "state", "NOT_A_WORD")]),
    ("blank", (row("C1", "O1", "", 0),), [(2, "state", "BLANK")]),
    ("by", (row("C1", "O1", "agreed", 0, by=""),), [(2, "by", "BLANK")]),
    ("day", (row("C1", "O1", "agreed", 0, on="2022-02-30"),), [(2, "on", "DATE_IMPOSSIBLE")]),
    ("late", (row("C1", "O1", "agreed", 0, on="2022-12-13"),), [(2, "on", "AFTER_ON")]),
    ("rank", (row("C1", "O1", "agreed", 0, rank="1"),), [(2, "rank", "OUTCOME")]),
    ("zero", way("C1", "O1", "reserve", rank="0"), [(4, "rank", "OUT_OF_RANGE")]),
    (
        "ranks",
        (*way("C1", "O1", "reserve", rank="1"), *way("C2", "O1", "reserve", rank="1")),
        [(4, "rank", "OUTCOME"), (7, "rank", "OUTCOME")],
    ),
    ("reason", way("C1", "O1", "agreed", reason_code="terms"), [(2, "reason_code", "OUTCOME")]),
    ("unfit", way("C1", "O1", "failed", reason_code="terms"), [(4, "reason_code", "OUTCOME")]),
    ("word", way("C1", "O1", "failed", reason_code="skil"), [(4, "reason_code", "NOT_A_WORD")]),
    (
        "two seats",
        (*way("C1", "O1", "passed"), *way("C1", "O2", "passed", 1)),
        [(7, "candidate_id", "LOCK")],
    ),
    (
        "too many",
        tuple(one for n in (1, 2, 3) for one in way(f"C{n}", "O1", "passed", n)),
        [(10, "opening_id", "LOCK")],
    ),
    (
        "halted",
        (*way("C1", "O1", "passed"), row("C1", "O2", "declined", 9, reason_code="other_work")),
        [(4, "candidate_id", "LOCK")],
    ),
]


@pytest.mark.parametrize(("rows", "expected"), [c[1:] for c in CELLS], ids=[c[0] for c in CELLS])
def test_a_fault_is_told_at_its_cell(
    rows: tuple[Row, ...], expected: list[tuple[int, str, str]]
) -> None:
    found = faults(world(*rows))
    assert found == [("outcomes.csv", *one) for one in expected]


def test_all_faults_are_told_at_once() -> None:
    made = world(
        row("C9", "O1", "agreed", 0),
        row("C1", "O1", "named", 0, reason_code="terms"),
        row("C2", "O1", "agreed", 60),
        demand=({"kejuruan": "Teknik Las", "people": "many"},),
        objections=({"candidate_id": "C1", "text": "x", "on": "2022-13-01"},),
    )
    assert len(faults(made)) == 6


def test_mends_say_what_to_do() -> None:
    late = told(world(row("C1", "O1", "agreed", 0, on="2022-12-13")), "AFTER_ON")[0]
    assert "move `on` in scenario.toml" in english(late)
    assert "did you mean “skill”?" in english(
        told(world(*way("C1", "O1", "failed", reason_code="skil")), "NOT_A_WORD")[0]
    )
    unfit = english(told(world(*way("C1", "O1", "failed", reason_code="terms")), "OUTCOME")[0])
    assert "not taken further" in unfit


SEATED = way("C1", "O1", "passed")
DECIDED = [
    (decision("place", "C1", "O2"), "candidate_id"),
    (decision("hold", "C1"), "candidate_id"),
    (decision("withdraw", "C1"), "candidate_id"),
    (decision("withdraw", "", "O1"), "opening_id"),
]


@pytest.mark.parametrize(("told_row", "column"), DECIDED)
def test_decisions_against_a_seat_on_record(told_row: Row, column: str) -> None:
    made = replace(world(*SEATED), decisions=(told_row,))
    assert faults(made) == [("decisions.csv", 2, column, "LOCK")]


def test_a_placement_where_the_seat_is_counts_once() -> None:
    made = world(*SEATED, *way("C2", "O1", "passed"))
    problem = replace(made, decisions=(decision("place", "C1", "O1"),)).problem()
    assert problem.locked.tolist() == [0, 0, -1]
    full = replace(made, decisions=(decision("place", "C3", "O1"),))
    assert faults(full) == [("decisions.csv", 2, "opening_id", "LOCK")]


@pytest.mark.parametrize("code", ["family", "other_work"])
def test_nobody_is_placed_whom_an_outcome_holds(code: str) -> None:
    held = row("C1", "O2", "declined", 0, reason_code=code)
    placed = (decision("place", "C1", "O1"),)
    made = replace(world(held), decisions=placed)
    assert faults(made) == [("decisions.csv", 2, "candidate_id", "LOCK")]
    goes_on = replace(world(held, *way("C1", "O3", "agreed", 1)), decisions=placed)
    assert goes_on.problem().locked.tolist() == [0, -1, -1]


def test_a_deposit_and_a_seat() -> None:
    made = world(*SEATED).with_person(0, deposit="1000000")
    assert faults(made) == [("outcomes.csv", 4, "candidate_id", "LOCK")]


def test_what_is_missing_is_told_and_taken() -> None:
    made = world(*way("C1", "O1", "reserve"), row("C2", "O1", "declined", 0))
    assert [note.line for note in told(made, "RANK_MISSING")] == [4]
    assert [note.line for note in told(made, "REASON_MISSING")] == [5]
    lifted = world(row("C2", "O1", "declined", 0), row("C2", "O1", "agreed", 1))
    assert told(lifted, "REASON_MISSING") == []


# What it means for the next run


def ended(problem: Problem) -> dict[tuple[str, str], int]:
    """Return the pairs that ended, and how."""
    cells = problem.lists.ended[problem.candidates.outcome_row]
    return {
        (problem.candidate_ids[person], problem.opening_ids[opening]): int(cells[person, opening])
        for person, opening in zip(*np.nonzero(cells), strict=True)
    }


CLOSES = {"pair": "O1", "work": "O1 O2", "host": "O1 O3", "prefecture": "O1 O4"}


@pytest.mark.parametrize(
    ("state", "code"), [(state, one.code) for one in REASONS for state in one.states]
)
def test_each_reason_closes_what_it_says(state: str, code: str) -> None:
    problem = world(*way("C1", "O1", state, reason_code=code)).problem()
    effect = REASON_OF[code].effect
    how = DECLINED if state == "declined" else FAILED
    closed = CLOSES.get(effect, "O1" if state == "failed" else "")  # failed pairs are out
    assert ended(problem) == {("C1", name): how for name in closed.split()}
    stands = {"hold": Standing.HELD, "withdraw": Standing.WITHDRAWN}
    expected = stands.get(effect, Standing.PRESENT)
    assert problem.standing.tolist() == [expected, 0, 0]
    assert problem.standing_cause[0] == (f"outcome_{effect}" if effect in stands else "")
    assert (problem.locked == -1).all()
    assert (
        problem.candidates.accepted_on.tolist() == world().problem().candidates.accepted_on.tolist()
    )


def test_no_reason_closes_the_pair() -> None:
    assert ended(world(*way("C1", "O1", "failed")).problem()) == {("C1", "O1"): FAILED}


def test_the_persons_own_answer_stands_before_the_hosts() -> None:
    rows = (
        *way("C1", "O1", "failed", reason_code="host_wide"),
        *way("C1", "O3", "declined", reason_code="terms"),
    )
    assert ended(world(*rows).problem()) == {("C1", "O1"): FAILED, ("C1", "O3"): DECLINED}


@pytest.mark.parametrize(("day", "closed"), [(4, {"O1", "O2"}), (5, {"O1"}), (6, {"O1"})])
def test_a_later_yes_is_not_closed_by_an_answer_about_all(day: int, closed: set[str]) -> None:
    rows = (
        row("C1", "O1", "declined", 5, reason_code="not_this_work"),
        row("C1", "O2", "agreed", day),
    )
    assert {opening for _, opening in ended(world(*rows).problem())} == closed


def test_a_later_step_of_the_pair_opens_it_again() -> None:
    rows = (
        row("C1", "O1", "declined", 0, reason_code="leaves_programme"),
        row("C1", "O1", "offered", 1),
    )
    problem = world(*rows).problem()
    assert ended(problem) == {}
    assert problem.standing[0] == Standing.PRESENT


@pytest.mark.parametrize(
    ("state", "day", "standing"),
    [
        ("agreed", 5, Standing.HELD),
        ("agreed", 6, Standing.PRESENT),
        ("offered", 6, Standing.HELD),
        ("proposed", 6, Standing.HELD),
        ("declined", 6, Standing.HELD),
    ],
)
def test_who_goes_on_elsewhere_later_is_no_longer_held(
    state: str, day: int, standing: Standing
) -> None:
    rows = (row("C1", "O1", "declined", 5, reason_code="family"), row("C1", "O2", state, day))
    assert world(*rows).problem().standing[0] == standing


def test_a_cause_of_a_decision_stays_and_a_withdrawal_counts_above_a_hold() -> None:
    held = (row("C1", "O1", "declined", 0, reason_code="family"),)
    left = (row("C1", "O1", "declined", 0, reason_code="other_work"),)
    made = replace(world(*held), decisions=(decision("hold", "C1"),)).problem()
    assert made.standing_cause[0] == "hold"
    made = replace(world(*left), decisions=(decision("hold", "C1"),)).problem()
    assert (made.standing[0], made.standing_cause[0]) == (Standing.WITHDRAWN, "outcome_withdraw")


@pytest.mark.parametrize("state", STATES)
def test_seats_and_what_the_hosts_choice_waives(state: str) -> None:
    problem = world(*way("C1", "O1", state)).problem()
    assert problem.locked.tolist() == [0 if state in LOCKED else -1, -1, -1]
    bits = problem.lists.waived[problem.candidates.decision_row[0], 0]
    waived = {rule.name for bit, rule in enumerate(RULES) if int(bits) >> bit & 1}
    chosen = {r.name for r in RULES if r.kind == "order" and r.name in WAIVABLE}
    expected = chosen if state == "reserve" or state in LOCKED else {"order_open"}
    assert waived == (expected if state in AT_HOST else set())
    other = problem.lists.waived.copy()
    other[problem.candidates.decision_row[0], 0] = 0
    assert not other.any()


def test_outcomes_stand_by_candidate_opening_and_step() -> None:
    rows = (*way("C2", "O1", "passed"), *way("C1", "O2", "interviewed"), *way("C1", "O1", "agreed"))
    found = [(o.candidate, o.opening, o.state) for o in world(*rows).problem().outcomes]
    assert found == [
        (0, 0, "agreed"),
        *((0, 1, state) for state in ("agreed", "named", "interviewed")),
        *((1, 0, state) for state in ("agreed", "named", "passed")),
    ]


# The other tables


def test_an_earlier_plan() -> None:
    rows = (
        {"candidate_id": "C2", "opening_id": "O1"},
        {"candidate_id": "C1", "opening_id": "O2"},
        {"candidate_id": "C3", "opening_id": ""},
        {"candidate_id": "C9", "opening_id": "O1"},
    )
    made = world(earlier=rows)
    problem = made.problem()
    assert problem.earlier == ((0, 1), (1, 0))
    assert [(n.line, n.column) for n in told(made, "EARLIER_GONE")] == [(5, "candidate_id")]
    assert b"C9" not in problem.inputs["earlier.csv"]
    gone = world(earlier=({"candidate_id": "C2", "opening_id": "O9"},))
    assert [(n.line, n.column) for n in told(gone, "EARLIER_GONE")] == [(2, "opening_id")]
    twice = world(earlier=(*rows[:1], {"candidate_id": "C2", "opening_id": "O2"}))
    assert faults(twice) == [("earlier.csv", n, "candidate_id", "ID_TWICE") for n in (2, 3)]


ASKED = {"candidate_id": "C1", "text": "N4 not counted", "on": "2022-11-28", "opening_id": ""}
OBJECTED: list[tuple[dict[str, str], list[tuple[str, str]]]] = [
    ({"answered_on": "2022-12-01"}, [("answer", "OBJECTION")]),
    ({"outcome": "upheld"}, [("answer", "OBJECTION")]),
    ({"outcome": "upheld", "answer": "yes"}, [("answered_on", "OBJECTION")]),
    ({"answer": "yes", "answered_on": "2022-11-27"}, [("answered_on", "DATES_CROSS")]),
    ({"on": "2022-12-13"}, [("on", "AFTER_ON")]),
    ({"answer": "yes", "answered_on": "2022-12-13"}, [("answered_on", "AFTER_ON")]),
    ({"candidate_id": "C9"}, [("candidate_id", "UNKNOWN_NAME")]),
    ({"opening_id": "O9"}, [("opening_id", "UNKNOWN_NAME")]),
    ({"text": ""}, [("text", "BLANK")]),
    ({"outcome": "maybe"}, [("outcome", "NOT_A_WORD")]),
]


@pytest.mark.parametrize(("cells", "expected"), OBJECTED)
def test_an_objection_that_is_not_whole(
    cells: dict[str, str], expected: list[tuple[str, str]]
) -> None:
    found = faults(world(objections=({**ASKED, **cells},)))
    assert found == [("objections.csv", 2, column, code) for column, code in expected]


@pytest.mark.parametrize(
    ("on", "days", "late"),
    [("2022-11-28", 14, False), ("2022-11-27", 14, True), ("2022-11-27", 15, False)],
)
def test_an_objection_is_open_until_its_outcome_and_due(on: str, days: int, late: bool) -> None:
    made = replace(world(objections=({**ASKED, "on": on},)), chosen={"objections": {"days": days}})
    assert bool(told(made, "OVERDUE")) == late
    assert [one.open for one in made.problem().objections] == [True]
    whole = {"answer": "counted", "answered_on": "2022-12-01", "outcome": "認容", "by": "P"}
    answered = world(objections=({**ASKED, "on": on, **whole},))
    assert told(answered, "OVERDUE") == []
    (found,) = answered.problem().objections
    assert (found.open, found.outcome, found.opening) == (False, "upheld", -1)


def test_demand_by_kejuruan() -> None:
    rows = (
        {"kejuruan": "teknik las", "people": "48 orang", "entry_from": "2023-05-01"},
        {"kejuruan": "Contoh", "people": "2", "wishes": "perempuan", "source": "x"},
    )
    made = world(demand=rows)
    first, second = made.problem().demand
    assert (first.kejuruan, first.people, first.wishes) == ("Contoh", 2, "perempuan")
    assert (second.kejuruan, second.people) == ("Teknik Las", 48)
    assert (second.entry_from, second.entry_to) == (day_number(date(2023, 5, 1)), NO_DAY)
    assert [note.line for note in told(made, "UNUSUAL")] == [3]
    crossed = {**rows[0], "entry_to": "2023-04-30"}
    assert faults(world(demand=(crossed,))) == [("demand.csv", 2, "entry_to", "DATES_CROSS")]
    assert faults(world(demand=({**rows[0], "people": "0"},)))[0][2:] == ("people", "OUT_OF_RANGE")


RATIOS = {"2": 20, "1.5": 15, "1,5": 15, "2倍": 20, "2.5x": 25, "3 x": 30, "100": 1000, "": -1}


@pytest.mark.parametrize(("written", "tenths"), RATIOS.items())
def test_the_interview_ratio(written: str, tenths: int) -> None:
    made = world().with_opening(0, interview_ratio=written, interview_mode="daring")
    problem = made.problem()
    assert problem.openings.interview_tenths.tolist() == [tenths, -1, -1, -1]
    few = [note.line for note in told(made, "UNUSUAL")]
    assert few == ([2] if 0 < tenths < 20 else [])
    assert meaning(frozen(problem)) == meaning(problem)


@pytest.mark.parametrize("written", ["0", "0.5", "101", "1.55", "two", "50%"])
def test_an_interview_ratio_that_is_none(written: str) -> None:
    found = faults(world().with_opening(0, interview_ratio=written))
    assert [(line, column) for _, line, column, _ in found] == [(2, "interview_ratio")]


def test_consents_are_told() -> None:
    made = world().with_person(0, consent_export="ya").with_person(1, consent_export="tidak")
    assert made.problem().labels.consents == (1, 0, -1)


# Words


def test_every_word_is_read_and_none_means_two_things() -> None:
    for names, aliases, parse in (
        (outcome_words.STATE_NAMES, outcome_words.STATE_ALIASES, outcome_words.state),
        (outcome_words.REASON_NAMES, outcome_words.REASON_ALIASES, outcome_words.reason_code),
        (outcome_words.ANSWER_NAMES, outcome_words.ANSWER_ALIASES, outcome_words.answer),
        (decision_words.ACTION_NAMES, decision_words.ACTION_ALIASES, decision_words.action),
    ):
        for word, name in names.items():
            for text in (word, *(name.within(language) for language in LANGUAGES)):
                assert parse(Cell(text)) == (word, word, "" if text == word else "WORD_FORM")
            for text in filter(None, aliases.get(word, "").split("; ")):
                assert parse(Cell(text)).value == word, text
        with pytest.raises(CellFault):
            parse(Cell("perhaps"))
    assert set(outcome_words.STATE_NAMES) == set(STATES)
    assert list(outcome_words.REASON_NAMES) == [one.code for one in REASONS]
    waivers, enforced = (map(WAIVE.__add__, WAIVABLE), map(ENFORCE.__add__, ENFORCEABLE))
    assert set(decision_words.ACTION_NAMES) == {*SEAT_ACTIONS, *waivers, *enforced}
    assert set(outcome_words.EFFECTS) == set(EFFECTS) >= {one.effect for one in REASONS}
    assert all(set(one.states) <= set(ENDED) for one in REASONS)


def test_words_that_are_read_and_never_printed() -> None:
    assert outcome_words.state(Cell("不採用")).value == "failed"
    names = (*outcome_words.STATE_NAMES.values(), *outcome_words.REASON_NAMES.values())
    printed = " ".join(name.within(language) for name in names for language in LANGUAGES)
    for never in ("採用", "ditolak", "gagal", "rejected", "hired", "不適格", "応募"):
        assert never not in printed


def test_the_reasons_are_listed_with_their_effect() -> None:
    done = CliRunner().invoke(main, ["vocabulary", "reasons", "--format", "csv"])
    assert done.exit_code == 0, done.output
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert [(r["code"], r["states"], r["effect"]) for r in rows] == [
        (one.code, "; ".join(one.states), one.effect) for one in REASONS
    ]
    assert all(row["meaning"] for row in rows)
    done = CliRunner().invoke(
        main, ["vocabulary", "reasons", "--search", "no such", "--lang", "ja"]
    )
    assert done.output == "0\n"


# A batch


def everything() -> World:
    """Return a world with a row of each kind in every table of what happened."""
    rows = (
        *way("C1", "O1", "passed"),
        *way("C2", "O2", "failed", reason_code="host_wide"),
        *way("C3", "O3", "reserve", rank="2"),
        row("C3", "O1", "declined", 3, reason_code="syarat"),
    )
    return world(
        *rows,
        earlier=(
            {"candidate_id": "C2", "opening_id": "O1"},
            {"candidate_id": "C3", "opening_id": ""},
        ),
        objections=(ASKED, {**ASKED, "candidate_id": "C2", "opening_id": "O2"}),
        demand=({"kejuruan": "Teknik Las", "people": "3", "wishes": "laki-laki"},),
    )


def test_a_batch_keeps_all_of_it_and_reads_the_same() -> None:
    problem = everything().problem()
    again = frozen(problem)
    assert meaning(again) == meaning(problem)
    assert again.inputs == problem.inputs
    assert [note for note in again.notes if note.action == "fix"] == []


def written(made: World, folder: Path, files: Mapping[str, str]) -> Path:
    """Write a world as a scenario folder; `files` names tables that lie elsewhere."""
    folder.mkdir(parents=True)
    tables = {"candidates": made.candidates, "openings": made.openings, **made.beside}
    named = {table: f"{table}.csv" for table in tables} | dict(files)
    for table, rows in tables.items():
        if table not in files:
            text = io.StringIO()
            columns = list(dict.fromkeys(name for one in rows for name in one))
            writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
            (folder / f"{table}.csv").write_text(text.getvalue(), encoding="utf-8")
    lines = ['name = "X"', "on = 2022-12-12", 'language = "en"', "entry = [2023-04-01, 2023-08-31]"]
    lines += ["[files]", *(f'{table} = "{path}"' for table, path in named.items())]
    (folder / "scenario.toml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def contents(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Give the files of a folder by name."""
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield str(path.relative_to(folder)), path.read_bytes()


def test_a_run_and_the_next_from_its_placements(tmp_path: Path) -> None:
    made = everything()
    scenario = written(made, tmp_path / "s", {})
    for out in ("a", "b"):
        done = CliRunner().invoke(main, ["run", str(scenario), "--out", str(tmp_path / out)])
        assert done.exit_code == 0, done.output
    assert dict(contents(tmp_path / "a")) == dict(contents(tmp_path / "b"))
    assert CliRunner().invoke(main, ["show", str(tmp_path / "a")]).exit_code == 0
    again = written(made, tmp_path / "t", {"earlier": "../a/placements.csv"})
    done = CliRunner().invoke(main, ["run", str(again), "--out", str(tmp_path / "c")])
    assert done.exit_code == 0, done.output
    kept = (tmp_path / "c" / "inputs" / "earlier.csv").read_text(encoding="utf-8")
    assert kept.splitlines()[0] == "candidate_id,opening_id"
    assert len(kept.splitlines()) == 4


def test_rows_about_people_left_out_go_with_them(tmp_path: Path) -> None:
    made = everything().with_person(1, birth_date="")
    scenario = written(made, tmp_path / "s", {})
    out = tmp_path / "a"
    assert CliRunner().invoke(main, ["run", str(scenario), "--out", str(out)]).exit_code == 3
    done = CliRunner().invoke(main, ["run", str(scenario), "--out", str(out), "--skip-bad-rows"])
    assert done.exit_code == 0, done.output
    for table in ("earlier", "outcomes", "objections"):
        kept = (out / "inputs" / f"{table}.csv").read_text(encoding="utf-8")
        assert "C2" not in kept
        assert "C3" in kept or table == "objections"


def test_cells_of_tenths() -> None:
    parse = cells.tenths(1, 100)
    assert parse(Cell("2.50", "number")) == (25, "2.5", "NUMBER_FORM")
    assert parse(Cell("tidak ada")).text == ""


def test_nobody_is_named_who_does_not_agree_that_particulars_are_passed_on() -> None:
    made = world(*way("C1", "O1", "named"))
    people = ({**PERSON, "candidate_id": "C1", "consent_export": "tidak"}, *made.candidates[1:])
    assert faults(replace(made, candidates=people)) == [("outcomes.csv", 3, "state", "STEP")]
    agreed = replace(world(*way("C1", "O1", "agreed")), candidates=people).problem()
    assert [step.state for step in agreed.outcomes] == ["agreed"]


def test_the_host_may_be_asked_again_about_whom_it_did_not_take() -> None:
    states = ("agreed", "named", "failed", "offered", "agreed")
    problem = world(*(row("C1", "O1", state, day) for day, state in enumerate(states))).problem()
    assert [step.state for step in problem.outcomes] == list(states)
    assert not problem.lists.ended.any()


def test_a_seat_on_record_is_not_forbidden() -> None:
    made = world(*way("C1", "O1", "passed"))
    for opening in ("O1", ""):
        forbidden = replace(made, decisions=(decision("forbid", "C1", opening),))
        assert [fault[3] for fault in faults(forbidden)] == ["LOCK"]
    elsewhere = replace(made, decisions=(decision("forbid", "C1", "O2"),))
    assert elsewhere.problem().locked[0] == 0
