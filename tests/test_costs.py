"""Costs by payer: read in three languages, summed, and never part of a rule or score."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.check.cells import Cell, CellFault
from matcher.check.costs import costs, paid_by_person
from matcher.errors import InputError
from matcher.explain.costs import sum_costs
from matcher.language import words_of
from matcher.problem import PAYERS
from tests.worlds import OPENING, PERSON, Row, World, frozen, one_pair, worlds

EN = words_of("en")


@pytest.mark.parametrize(
    ("text", "paid", "kept"),
    [
        ("person:950000", {"person": 950_000}, "person:950000"),
        (
            "peserta:950000; SO:500000",
            {"school": 500_000, "person": 950_000},
            "person:950000; school:500000",
        ),
        (
            "本人:95万ルピア、送出機関:10",
            {"school": 10, "person": 950_000},
            "person:950000; school:10",
        ),
        (
            "Kemnaker：1.500.000; JOE:Rp 2.000.000",
            {"kemnaker": 1_500_000, "joe": 2_000_000},
            "kemnaker:1500000; joe:2000000",
        ),
        ("pemerintah:1,5 juta", {"kemnaker": 1_500_000}, "kemnaker:1500000"),
        ("peserta:950.000", {"person": 950_000}, "person:950000"),
        ("peserta:950,000", {"person": 950_000}, "person:950000"),
        ("実習実施者:5|監理団体:6", {"joe": 6, "host": 5}, "host:5; joe:6"),
        ("SO:gratis", {"school": 0}, "school:0"),
        ("so:100; LPK:200", {"school": 300}, "school:100; school:200"),
        ("SO:500,peserta:600", {"school": 500, "person": 600}, "school:500; person:600"),
        ("-", {}, ""),
    ],
)
def test_costs_by_payer(text: str, paid: dict[str, int], kept: str) -> None:
    found = costs(Cell(text))
    assert (dict(found.value), found.text) == (paid, kept)
    assert [payer for payer, _ in found.value] == [p for p in PAYERS if p in paid]
    again = costs(Cell(kept)) if kept else found
    assert (again.value, again.text, again.code or "") == (
        found.value,
        kept,
        "" if kept else "NO_DATA_WORD",
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("bank:5", "NOT_A_WORD"),
        ("peserta:abc", "NOT_A_NUMBER"),
        ("peserta:5 yen", "NOT_A_NUMBER"),
        ("peserta:¥500", "NOT_A_NUMBER"),
        ("peserta:-5", "OUT_OF_RANGE"),
        ("peserta:0,5", "LIST_FORM"),
        ("peserta:", "LIST_FORM"),
        ("950000", "LIST_FORM"),
    ],
)
def test_faults_refuse_the_row(text: str, code: str) -> None:
    with pytest.raises(CellFault) as fault:
        costs(Cell(text))
    assert fault.value.code == code
    with pytest.raises(InputError) as refused:
        one_pair({"costs": text}).problem()
    errors = [issue for issue in refused.value.issues if issue.severity == "error"]
    assert [(issue.column, issue.code) for issue in errors] == [("costs", code)]


@given(st.lists(st.tuples(st.sampled_from(PAYERS), st.integers(0, 10**12)), min_size=1, max_size=8))
def test_amounts_of_a_payer_add_up(stated: list[tuple[str, int]]) -> None:
    text = "; ".join(f"{payer}:{amount}" for payer, amount in stated)
    found = costs(Cell(text))
    assert (found.text, found.code) == (text, "")
    assert dict(found.value) == {
        payer: sum(amount for who, amount in stated if who == payer) for payer, _ in stated
    }


def test_the_persons_share_stands_in_for_a_blank_column_and_is_kept() -> None:
    world = one_pair({"costs": "peserta:700; SO:5"})
    problem = world.problem()
    assert problem.labels.costs == ((("school", 5), ("person", 700)),)
    assert problem.labels.cost_so_far == (700,)
    assert problem.candidates.paid.tolist() == [700]
    assert frozen(problem).labels == problem.labels
    assert one_pair({"costs": "SO:5"}).problem().labels.cost_so_far == (-1,)
    assert paid_by_person((("school", 5),)) == -1


@pytest.mark.parametrize(
    ("column", "noted"), [("700", False), ("", False), ("800", True), ("0", True)]
)
def test_two_amounts_that_differ_are_told(column: str, noted: bool) -> None:
    problem = one_pair({"costs": "person:700", "cost_to_candidate": column}).problem()
    notes = [note for note in problem.notes if (note.column, note.code) == ("costs", "UNUSUAL")]
    assert len(notes) == noted
    assert problem.labels.cost_so_far == (int(column or 700),)


def person(number: int, **cells: str) -> Row:
    """Return a welder with costs."""
    return {**PERSON, "candidate_id": f"C{number}", **cells}


def test_sums_over_the_proposed() -> None:
    people = (
        person(1, costs="kemnaker:100; person:7; so:3"),
        person(2, costs="kemnaker:50", cost_to_candidate="20"),
        person(3),
        person(4, costs="kemnaker:10000; person:10000", wants_abroad="tidak"),
    )
    order = {**OPENING, "seats": "4", "cost_to_candidate": "1000"}
    told = sum_costs(World(people, (order,)).result())
    assert told.people == 3
    assert told.paid == (("kemnaker", 150), ("school", 3), ("person", 27))
    assert told.recorded == 2
    assert (told.left, told.greatest, told.whose) == (1007 + 1020 + 1000, 1020, 1)
    assert (told.paid_unknown, told.left_unknown, told.above) == (1, 0, 0)


def test_nothing_recorded_is_not_zero() -> None:
    told = sum_costs(one_pair({}, {"cost_to_candidate": ""}).result())
    assert (told.paid, told.recorded, told.greatest) == ((), 0, None)
    assert (told.paid_unknown, told.left_unknown) == (1, 1)


@pytest.mark.parametrize(("cost", "above"), [("5000000", 0), ("5000001", 1)])
def test_those_above_the_cap_are_counted(cost: str, above: int) -> None:
    told = sum_costs(one_pair({"cost_to_candidate": cost}).result())
    assert (told.cap, told.above) == (5_000_000, above)


@given(
    worlds(),
    st.lists(
        st.sampled_from(["", "person:9000000", "kemnaker:5; peserta:1"]), min_size=5, max_size=5
    ),
)
def test_what_has_been_paid_changes_no_plan_under_the_present_law(
    world: World, paid: list[str]
) -> None:
    people = tuple(
        {**row, "costs": text} for row, text in zip(world.candidates, paid, strict=False)
    )
    one, other = world.result(), replace(world, candidates=people).result()
    assert one.scores.score.tolist() == other.scores.score.tolist()
    assert one.plan.opening.tolist() == other.plan.opening.tolist()
