"""What the summary says is so: causes, costs, deposits, lottery and the promise."""

from __future__ import annotations

from typing import Any

import pytest

from matcher.explain import Summary, explain_candidate, explain_pair, summarise
from matcher.language import words_of
from matcher.pipeline import Result
from matcher.report.explanation import tell_candidate, tell_pair
from matcher.report.summary import tell_summary
from matcher.report.words import points
from tests.worlds import World

WELDER = {
    "candidate_id": "C1",
    "birth_date": "2001-05-01",
    "programme": "las-pelat-gmaw-3g",
    "training_start": "2022-06-01",
    "training_end": "2022-10-01",
    "training_jp": "480",
    "minutes_per_jp": "45",
    "jp_done": "480",
    "training_result": "lulus",
    "japanese_level": "N5",
    "former_trainee": "tidak",
    "medical": "fit",
    "cost_to_candidate": "0",
}
WELDING = {
    "opening_id": "O1",
    "host_id": "H1",
    "operation_no": "7-7-2",
    "seats": "1",
    "prefecture": "Aichi",
    "entry_from": "2023-04-01",
    "entry_to": "2023-04-30",
    "monthly_wage": "181000",
    "monthly_hours": "168",
    "cost_to_candidate": "0",
}
CARE = {"opening_id": "O2", "operation_no": "7-13-1"}
LOCK = {"action": "place", "candidate_id": "C1", "opening_id": "O1"}
SIGNED = {"reason": "r", "by": "b", "on": "2022-12-01"}
Cells = dict[str, str]


def result(
    people: list[Cells],
    orders: list[Cells],
    decisions: tuple[Cells, ...] = (),
    **objective: Any,
) -> Result:
    """Return the result of welders and welding orders with some cells changed."""
    candidates = tuple({**WELDER, **cells} for cells in people)
    openings = tuple({**WELDING, **cells} for cells in orders)
    signed = tuple({**SIGNED, **cells} for cells in decisions)
    return World(candidates, openings, signed, {"seed": "s", **objective}).result()


def summary(*world: Any, **objective: Any) -> Summary:
    """Return the summary of a world."""
    return summarise(result(*world, **objective))


def test_a_seat_that_only_lacks_japanese_waits_for_japanese() -> None:
    carer = {"candidate_id": "C2", "programme": "kes-caregiver"}
    told = summary([{"japanese_level": "N4"}, carer], [{}, CARE])
    assert told.empty_causes == {"language": 1}
    assert told.unplaced_causes == {"language": 1}


def test_japanese_at_orders_of_another_trade_is_no_cause() -> None:
    told = summary([{}], [{"order_closes": "2022-12-01"}, CARE])
    assert told.unplaced_causes == {"other": 1}
    assert told.empty_causes == {"other": 1, "trade": 1}


def test_below_the_floor_is_a_cause_of_its_own() -> None:
    told = summary([{}], [{}], min_score=990_000)
    assert told.unplaced_causes == {"floor": 1}
    assert told.empty_causes == {"floor": 1}


def test_taken_seats_and_proposed_people() -> None:
    told = summary([{}, {"candidate_id": "C2"}], [{}])
    assert told.unplaced_causes == {"full": 1}
    assert told.by_lottery == 2
    assert summary([{}], [{"seats": "2"}]).empty_causes == {"elsewhere": 1}


def test_a_deposit_stays_a_deposit_under_a_hold() -> None:
    held = ({"action": "hold", "candidate_id": "C1", "opening_id": ""},)
    world = result([{"deposit": "500000", "school": "S-04"}], [{}], held)
    told = summarise(world)
    assert (told.held, told.deposits) == (1, {"S-04": 1})
    text = tell_candidate(world, explain_candidate(world, 0), words_of("en"))
    assert "Rp 500,000" in text
    assert "S-04" in text


@pytest.mark.parametrize(
    ("paid", "to_pay", "greatest", "unknown"),
    [
        ("0", "0", 0, 0),
        ("9000000", "", 9_000_000, 1),
        ("", "250000", 250_000, 1),
        ("", "", None, 1),
        ("1000", "2000", 3000, 0),
    ],
)
def test_the_greatest_cost(paid: str, to_pay: str, greatest: int | None, unknown: int) -> None:
    told = summary([{"cost_to_candidate": paid}], [{"cost_to_candidate": to_pay}])
    silent = told.costs.paid_unknown | told.costs.left_unknown
    assert (told.costs.greatest, silent) == (greatest, unknown)


def test_the_promise_names_decisions_on_record() -> None:
    people = [{}, {"candidate_id": "C2", "refuses": "Osaka"}]
    orders = [{}, {"opening_id": "O2", "prefecture": "Osaka"}]
    for decisions, said in (((), False), ((LOCK,), True)):
        world = result(people, orders, decisions)
        lines = [words_of("en")(line) for line in tell_summary(world, summarise(world))]
        assert any("decisions on record." in line for line in lines) == said
        assert summarise(world).proposed == (1 if said else 2)


def test_a_gain_is_not_told_as_a_loss() -> None:
    order = ["score", "placements"]
    people = [{}, {"candidate_id": "C2", "japanese_level": "none"}]
    world = result(people, [{}, CARE | {"seats": "0"}], order=order, unplaced_worth=100_000)
    text = tell_pair(world, explain_pair(world, 1, 0), words_of("en"))
    assert "-" not in text.split("Why not proposed here")[1].split("\n")[0]


def test_points_round_half_up_and_four_decimals_are_exact() -> None:
    assert [str(points(1_234_567, n)) for n in (4, 2, 1, 0)] == [
        "123.4567",
        "123.46",
        "123.5",
        "123",
    ]
    assert str(points(-50, 2)) == "-0.01"


def test_a_certificate_is_due_when_training_ends() -> None:
    coming = {"training_result": "dalam proses", "training_end": "2023-03-17"}
    world = result([coming], [{}])
    view = explain_pair(world, 0, 0)
    assert not view.conditional
    assert "March 17, 2023): the certificate" in tell_pair(world, view, words_of("en"))


def test_a_far_end_of_the_window_does_not_overflow() -> None:
    world = result([{"available_from": "2024-06-01"}], [{"entry_to": "9999-12-31"}])
    (ready,) = [
        line for line in explain_pair(world, 0, 0).breakdown if line.criterion == "readiness"
    ]
    assert ready.value == 999 - 200
