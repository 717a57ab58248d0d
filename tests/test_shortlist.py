"""Interview lists: the best by trying every plan, what they keep, whom they leave out and why."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from itertools import groupby, product
from pathlib import Path
from random import Random

import numpy as np
import pytest
from click.testing import CliRunner
from click.testing import Result as Done
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from matcher.cli import main
from matcher.errors import UsageError
from matcher.language import words_of
from matcher.pipeline import Result, match
from matcher.problem import NO_DAY
from matcher.report.shortlist import show_shortlist
from matcher.report.shortlist.counts import count_lists
from matcher.report.shortlist.words import LEFT_OUT, LIST_METHODS, NEXT, SHORTER
from matcher.shortlist.lengths import asked_length
from tests.conftest import PILOT, Batch
from tests.pools import (
    HOST,
    LATELY,
    LONG_AGO,
    Trial,
    in_order,
    limited_pools,
    listed,
    order,
    person,
    pools,
    steps,
)
from tests.worlds import Row, World, decision, worlds

EN = words_of("en")


def world(
    people: int = 3,
    orders: int = 1,
    *,
    beside: dict[str, tuple[Row, ...]] | None = None,
    decisions: tuple[Row, ...] = (),
    **shortlist: int,
) -> World:
    """Return a world of equal welders and equal orders of one seat."""
    return World(
        tuple(person(number) for number in range(1, people + 1)),
        tuple(order(number) for number in range(1, orders + 1)),
        decisions,
        chosen={"shortlist": shortlist} if shortlist else {},
        beside=beside or {},
    )


def call(*words: object) -> Done:
    return CliRunner().invoke(main, [str(word) for word in words])


# -- The best lists ------------------------------------------------------------------------------


@hypothesis_settings(max_examples=80)
@given(pools() | limited_pools())
def test_the_lists_are_the_best_of_all_plans(pool: World) -> None:
    result = pool.result()
    trial = Trial(result)
    found = listed(result)
    assert trial.fixed <= found
    assert trial.worth(found) == trial.worth(trial.best())
    if result.shortlist.method != "milp":
        assert found == trial.best()
    assert result.shortlist.asked.tolist() == trial.asked
    assert result.shortlist.free.tolist() == trial.free


@given(worlds(6, 5) | pools(7, 5) | limited_pools(7, 5))
def test_what_lists_keep(pool: World) -> None:
    result = pool.result()
    problem, lists = result.problem, result.shortlist
    trial = Trial(result)
    found = listed(result)
    assert len(found) == len(lists.entries)
    chosen = {(one.candidate, one.opening) for one in lists.entries if not one.fixed}
    assert found - chosen == trial.fixed
    for pair in chosen:
        assert trial.may_join(found - {pair}, pair)
        assert problem.locked[pair[0]] < 0
    assert not {one for one, _ in found} & trial.seated
    for _, entries in groupby(lists.entries, lambda entry: entry.opening):
        own = list(entries)
        assert in_order([entry.rank for entry in own])
        assert [entry.score for entry in own] == sorted(
            (entry.score for entry in own), reverse=True
        )
    for entry in lists.entries:
        if entry.row >= 0:
            assert result.screening.candidate[entry.row] == entry.candidate
            assert result.screening.opening[entry.row] == entry.opening
            assert result.scores.score[entry.row] == entry.score
            assert result.scores.fit[entry.row] == entry.fit


@given(worlds(6, 5) | pools(7, 5))
def test_the_numbers_add_up_and_each_person_is_told_once(pool: World) -> None:
    result = pool.result()
    lists, counts = result.shortlist, count_lists(result)
    assert counts.listed == counts.asked - counts.short + counts.beyond == lists.length.sum()
    assert counts.present == counts.on_list + counts.seated + counts.on_none
    left_out = [one.candidate for one in lists.left_out]
    assert len(left_out) == len(set(left_out))
    on_lists = {entry.candidate for entry in lists.entries}
    seated = set(np.flatnonzero(lists.seated).tolist())
    assert set(left_out) == set(result.problem.present.tolist()) - on_lists - seated
    assert {one.reason for one in lists.left_out} <= set(LEFT_OUT) == set(NEXT)
    assert lists.method in LIST_METHODS
    for opening, why in enumerate(lists.why):
        assert (why != "") == (lists.length[opening] < lists.asked[opening])
        assert why in ("", *SHORTER)
    for form in ("text", "json", "csv"):
        assert show_shortlist(result, form, EN)


@given(pools(6, 4), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(pool: World, draw: Random) -> None:
    def shuffled(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(draw.sample(rows, len(rows)))

    other = replace(
        pool,
        candidates=shuffled(pool.candidates),
        openings=shuffled(pool.openings),
        beside={name: shuffled(rows) for name, rows in pool.beside.items()},
    )
    a, b = pool.result(), other.result()
    for form in ("csv", "json"):
        assert show_shortlist(a, form, EN) == show_shortlist(b, form, EN)
    for result in (a, b):
        assert show_shortlist(result, "csv", EN).startswith(
            "opening_id,rank,candidate_id,score,state\n"
        )


# -- Lengths -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("seats", "tenths", "length"),
    [(0, -1, 0), (1, -1, 3), (2, -1, 5), (3, 15, 5), (2, 15, 3), (1, 15, 2), (0, 15, 0)],
)
def test_the_length_asked(seats: int, tenths: int, length: int) -> None:
    chosen = world().problem().settings.shortlist
    assert asked_length(chosen, tenths, seats) == length


def test_an_orders_own_ratio_stands_instead_of_the_rule() -> None:
    pool = world(6).with_opening(0, seats="3", interview_ratio="1.5")
    lists = pool.result().shortlist
    assert (lists.asked[0], lists.length[0], lists.least[0]) == (5, 5, 6)
    told = show_shortlist(pool.result(), "text", EN)
    assert "Fewer than two people a seat (1 lists, 0 of them empty): O1 5 of 6." in told


def test_a_seat_that_is_somebodys_is_not_interviewed_for() -> None:
    passed = {"outcomes": steps("C1", "O1", "passed")}
    result = world(4, beside=passed).with_opening(0, seats="2").result()
    lists = result.shortlist
    assert (lists.free[0], lists.asked[0], lists.length[0]) == (1, 3, 3)
    assert 0 not in {entry.candidate for entry in lists.entries}
    assert not lists.left_out
    assert "with a seat already 1" in show_shortlist(result, "text", EN)


def test_lists_under_a_quota_hold_what_its_seats_would_ask_for() -> None:
    orders = tuple(order(number, host_id="H1") for number in (1, 2, 3))
    pool = World(
        world(9).candidates,
        orders,
        beside={"hosts": (HOST,)},
        chosen={"shortlist": {"load_max": 1}},
    )
    result = pool.result()
    (cap,) = result.facts.quotas.caps
    assert cap.ceiling == 2
    assert result.shortlist.length.sum() == 6
    assert result.shortlist.length.min() == 2
    assert set(result.shortlist.why) == {"quota"}


def test_too_small_a_pool_is_spread_evenly_and_told() -> None:
    result = world(4, 3, load_max=1).result()
    assert sorted(result.shortlist.length.tolist()) == [1, 1, 2]
    assert set(result.shortlist.why) == {"shared"}
    told = show_shortlist(result, "text", EN)
    assert "Places asked 9, listed 4: 5 fewer than asked" in told
    assert "3 lists are shorter than asked, by 5 places" in told
    assert "everybody else who may stand there is on as many lists as allowed: O1 " in told
    lengths = json.loads(show_shortlist(result, "json", EN))["openings"]
    assert [(one["asked"], one["why"]) for one in lengths] == [(3, "shared")] * 3


def test_nobody_more_may_stand_there() -> None:
    result = world(2).result()
    assert result.shortlist.why == ("nobody",)
    told = show_shortlist(result, "text", EN)
    assert f"{EN(SHORTER['nobody'])}: O1 2 of 3" in told


# -- Who comes first -----------------------------------------------------------------------------


def test_people_who_wait_long_come_first() -> None:
    people = tuple(
        person(
            number,
            accepted_on=LONG_AGO if number > 3 else LATELY,
            wishes_prefectures="Aichi" if number <= 3 else "Osaka",
        )
        for number in range(1, 7)
    )
    result = World(people, (order(1),), objective={}, chosen={"weights": {}}).result()
    assert {entry.candidate for entry in result.shortlist.entries} == {3, 4, 5}
    assert {one.candidate for one in result.shortlist.left_out} == {0, 1, 2}
    assert "Waiting more than 180 days: 3 of 3 on a list." in show_shortlist(result, "text", EN)


def test_the_180th_day_does_not_count_as_waiting_longer() -> None:
    people = (person(1, accepted_on="2022-06-15"), person(2, accepted_on="2022-06-14"))
    result = World(people, (order(1),)).result()
    assert count_lists(result).waiting == 1


def test_two_lists_each_where_two_are_asked_for() -> None:
    result = world(3, 2, load_min=2, load_max=2).result()
    assert result.shortlist.load.tolist() == [2, 2, 2]
    scarce = world(6, 2, load_min=2, load_max=2).result()
    assert sorted(scarce.shortlist.load.tolist()) == [0, 0, 0, 2, 2, 2]
    assert "On fewer than 2 lists: 3 people." in show_shortlist(scarce, "text", EN)


def test_nobody_is_interviewed_twice_a_day() -> None:
    pool = world(3, 2)
    for place in (0, 1):
        pool = pool.with_opening(place, interview_on="2023-01-22")
    result = pool.result()
    assert result.shortlist.load.tolist() == [1, 1, 1]
    assert set(result.shortlist.why) == {"clash"}
    assert "interviewed at another job order that day" in show_shortlist(result, "text", EN)


def test_without_a_day_no_clash_is_seen_and_that_is_told() -> None:
    result = world(3, 2).result()
    assert result.problem.openings.interview_on.tolist() == [NO_DAY, NO_DAY]
    assert result.shortlist.load.tolist() == [2, 2, 2]
    assert "No day of interview recorded (2 lists)" in show_shortlist(result, "text", EN)


def test_a_day_of_interview_in_the_past_is_told() -> None:
    for day, told in (("2022-12-11", True), ("2022-12-12", False)):
        result = world(1).with_opening(0, interview_on=day).result()
        text = show_shortlist(result, "text", EN)
        assert ("The day of interview is past (1 lists): O1." in text) == told


# -- What is on record ---------------------------------------------------------------------------


@pytest.mark.parametrize("state", ["offered", "agreed", "named", "interviewed"])
def test_whoever_is_underway_stays_on_the_list(state: str) -> None:
    plain = world(5).result()
    (last, *_) = (one.candidate for one in plain.shortlist.left_out)
    outcomes = {"outcomes": steps(plain.problem.candidate_ids[last], "O1", state)}
    result = world(5, beside=outcomes).result()
    (entry,) = (entry for entry in result.shortlist.entries if entry.fixed)
    assert (entry.candidate, entry.state) == (last, state)
    assert result.shortlist.length.tolist() == [3]


def test_whoever_is_underway_counts_even_where_a_rule_now_refuses() -> None:
    outcomes = {"outcomes": steps("C1", "O1", "agreed")}
    pool = world(2, beside=outcomes).with_person(0, refuses="Aichi")
    result = pool.result()
    (entry,) = (entry for entry in result.shortlist.entries if entry.fixed)
    assert (entry.row, entry.candidate) == (-1, 0)
    assert entry.score > 0
    told = show_shortlist(result, "text", EN)
    assert "Underway, though a rule does not allow it by now: C1 at O1." in told


def test_whoever_is_underway_is_not_listed_elsewhere_that_day() -> None:
    pool = world(1, 3, beside={"outcomes": steps("C1", "O1", "agreed")})
    for place in (0, 1):
        pool = pool.with_opening(place, interview_on="2023-01-22")
    assert listed(pool.result()) == {(0, 0), (0, 2)}


def test_whoever_an_officer_placed_stands_there_and_nowhere_else() -> None:
    pool = world(3, 2, decisions=(decision("place", "C1", "O2"),))
    result = pool.result()
    assert {pair for pair in listed(result) if pair[0] == 0} == {(0, 1)}
    assert "listed, set by an officer" in show_shortlist(result, "text", EN)


def test_no_name_goes_out_before_the_yes() -> None:
    outcomes = {"outcomes": (*steps("C1", "O1", "agreed"), *steps("C2", "O1", "offered"))}
    told = show_shortlist(world(3, beside=outcomes).result(), "text", EN)
    assert (
        "No name goes to a host before the person agreed: 2 of 3 names still wait for the person's"
        " answer." in told
    )


def test_people_on_hold_are_on_no_list() -> None:
    pool = world(
        2,
        decisions=(decision("hold", "C1"),),
        beside={"outcomes": steps("C1", "O1", "agreed")},
    )
    result = pool.result()
    assert listed(result) == {(1, 0)}
    assert not result.shortlist.left_out


# -- Who is left out -----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("pool", "reason", "openings"),
    [
        (world(1).with_person(0, refuses="Aichi"), "refused", ()),
        (replace(world(1), objective={"min_score": 1_000_000}), "floor", (0,)),
        (world(1).with_opening(0, seats="0"), "closed", (0,)),
        (
            world(1, beside={"hosts": ({**HOST, "full_time_staff": "0"},)}),
            "closed",
            (0,),
        ),
    ],
)
def test_why_somebody_is_on_no_list(pool: World, reason: str, openings: tuple[int, ...]) -> None:
    result = pool.result()
    (one,) = result.shortlist.left_out
    assert (one.candidate, one.reason, one.openings) == (0, reason, openings)
    told = show_shortlist(result, "text", EN)
    assert EN(LEFT_OUT[reason]) in told
    assert EN(NEXT[reason]) in told


def test_full_lists_leave_people_out() -> None:
    result = world(5).result()
    assert {one.reason for one in result.shortlist.left_out} == {"full"}
    assert {one.openings for one in result.shortlist.left_out} == {(0,)}


# -- The command ---------------------------------------------------------------------------------


def test_a_scenario_and_its_batch_give_the_same(batch: Batch) -> None:
    for form in ("csv", "json", "text"):
        a = call("shortlist", PILOT, "--format", form, "--lang", "en")
        b = call("shortlist", batch.folder, "--format", form, "--lang", "en")
        assert (a.exit_code, b.exit_code) == (0, 0)
        assert a.stdout == b.stdout


def test_the_json_holds_all_of_it(batch: Batch) -> None:
    told = json.loads(call("shortlist", batch.folder, "--format", "json").stdout)
    problem = batch.result.problem
    assert {"lists", "openings", "left_out", "method", "settings", "counts"} <= told.keys()
    assert [one["opening_id"] for one in told["openings"]] == list(problem.opening_ids)
    assert sum(len(one["entries"]) for one in told["lists"]) == told["counts"]["listed"]


def test_it_is_written_to_a_new_file_only(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "lists.csv"
    done = call("shortlist", batch.folder, "--format", "csv", "--out", out)
    assert (done.exit_code, done.stdout) == (0, "")
    assert out.read_text(encoding="utf-8") == show_shortlist(batch.result, "csv", EN)
    assert call("shortlist", batch.folder, "--out", out).exit_code == 2


def test_faults_end_as_a_run_does(pilot: Path, tmp_path: Path) -> None:
    assert call("shortlist", tmp_path).exit_code == call("run", tmp_path).exit_code
    path = pilot / "candidates.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2002-", "20O2-"), encoding="utf-8")
    done = call("shortlist", pilot)
    assert done.exit_code == call("run", pilot).exit_code == 3
    assert not done.stdout


def test_the_milp_promises_less(batch: Batch) -> None:
    result = batch.result
    told = show_shortlist(result, "text", EN)
    assert EN(LIST_METHODS["tree"]) in told
    other = match(result.problem)
    other.__dict__["shortlist"] = replace(result.shortlist, method="milp")
    told = show_shortlist(other, "text", EN)
    assert "rests on a solver" in told
    assert "No other lists are better" not in told


def test_a_result_makes_its_lists_once(batch: Batch) -> None:
    result: Result = batch.result
    assert result.shortlist is result.shortlist


def test_one_order_host_or_candidate_shows_its_lines_alone() -> None:
    result = world(3).result()
    whole = list(csv.DictReader(io.StringIO(show_shortlist(result, "csv", EN))))
    problem = result.problem
    for name, column in ((problem.opening_ids[0], "opening_id"), ("C1", "candidate_id")):
        told = list(csv.DictReader(io.StringIO(show_shortlist(result, "csv", EN, name))))
        assert told == [row for row in whole if row[column] == name] != []
        assert name in show_shortlist(result, "text", EN, name)
    host = show_shortlist(result, "csv", EN, problem.lists.hosts[0])
    assert list(csv.DictReader(io.StringIO(host))) == [
        row
        for row in whole
        if problem.openings.host[problem.opening_ids.index(row["opening_id"])] == 0
    ]
    with pytest.raises(UsageError, match="There is no"):
        show_shortlist(result, "text", EN, "C99")


def test_a_limit_on_a_host_shortens_its_lists_and_the_rest_is_said_to_be_the_plans() -> None:
    people = tuple(person(number, centre="A") for number in range(1, 5))
    limits = [
        {"by": "host", "of": "H1", "max": 0},
        {"by": "host", "of": "H2", "max": 1},
    ]
    orders = (order(1), order(2, seats="3"))
    result = World(people, orders, chosen={"limits": limits}).result()
    lists = result.shortlist
    assert lists.asked.tolist() == [3, 7]
    assert lists.within.tolist() == lists.length.tolist() == [0, 3]
    assert lists.why == ("limit", "limit")
    assert not lists.crossing
    told = show_shortlist(result, "text", EN)
    assert f"{EN(SHORTER['limit'])}: O1 0 of 3, O2 3 of 7" in told
    assert "are kept by the plan" not in told
    more = [*limits, {"by": "centre", "of": "A", "max": 2}]
    told = show_shortlist(World(people, orders, chosen={"limits": more}).result(), "text", EN)
    assert "Limits on people, budgets and floors are kept by the plan, not by the lists" in told


def test_a_limit_that_crosses_others_is_kept_by_each_list() -> None:
    people = tuple(person(number) for number in range(1, 9))
    limits = [{"by": "host", "of": "H1", "max": 1}, {"by": "prefecture", "of": "Osaka", "max": 0}]
    orders = tuple(
        order(n, host_id=host, prefecture=place)
        for n, (host, place) in enumerate(product(("H1", "H2"), ("Aichi", "Osaka")), 1)
    )
    result = World(people, orders, chosen={"limits": limits}).result()
    assert result.shortlist.within.tolist() == [3, 0, 3, 0]
    limits[1]["max"] = 1
    result = World(people, orders, chosen={"limits": limits}).result()
    assert result.shortlist.crossing
    notes = json.loads(show_shortlist(result, "json", EN))["notes"]
    assert [note.split(" is kept")[0] for note in notes] == [
        "A limit on job orders that crosses quotas or other limits"
    ]
