"""Reserves behind the proposals: joint, within quotas, as many as possible, free people first."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import shutil
from collections import Counter
from dataclasses import replace
from itertools import groupby, product
from pathlib import Path
from random import Random
from unittest import mock

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from matcher.batch import batch_files, open_batch
from matcher.cli import main
from matcher.errors import MatcherError
from matcher.language import words_of
from matcher.limits import PEOPLE, SEATS, TOGETHER
from matcher.pipeline import Result
from matcher.problem import Standing
from matcher.report.render import render_json
from matcher.report.reserves import table_reserves
from matcher.report.shown import show_batch
from matcher.shortlist import Reserve
from tests.conftest import Batch
from tests.pools import (
    HOST,
    Pair,
    in_order,
    limited_pools,
    order,
    person,
    pools,
    steps,
    ticket_of,
)
from tests.worlds import Row, World, decision, worlds

EN = words_of("en")
MOST = 3


def pairs_of(reserves: tuple[Reserve, ...]) -> list[Pair]:
    return [(one.candidate, one.opening) for one in reserves]


def scores_of(result: Result) -> dict[Pair, int]:
    """Return the scores of the pairs that rules allow."""
    screening = result.screening
    pairs = zip(screening.candidate.tolist(), screening.opening.tolist(), strict=True)
    return dict(zip(pairs, result.scores.score.tolist(), strict=True))


def fits(result: Result, chosen: list[Pair]) -> bool:
    """Whether so many may stand behind each opening and under each cap."""
    length = Counter(opening for _, opening in chosen)
    seats = result.problem.openings.seats
    return (
        all(number <= (MOST if seats[opening] else 0) for opening, number in length.items())
        and all(
            sum(length[at] for at in cap.openings) <= MOST * cap.ceiling
            for cap in result.facts.quotas.caps
            if cap.ceiling is not None
        )
        and all(
            sum(length[at] for at in limit.members) <= MOST * limit.ceiling
            for limit in result.facts.limits.sets
            if limit.side == SEATS and limit.ceiling is not None
        )
    )


def could_join(result: Result, pair: Pair) -> bool:
    """Whether no limit keeps somebody from a seat beside those on record, whoever else is
    proposed, counted one by one."""
    limits, (who, where) = result.facts.limits, pair
    seats = {at: int(place) for at, place in enumerate(result.problem.locked) if place >= 0}
    seats[who] = where
    for one in limits.sets:
        ends = seats.keys() if one.side == PEOPLE else seats.values()
        inside = pair[0] if one.side == PEOPLE else pair[1]
        held = sum(end in one.members for end in ends)
        if one.ceiling is not None and inside in one.members and held > one.ceiling:
            return False
    for total in limits.sums:
        if sum(int(total.of_people[a] + total.of_openings[b]) for a, b in seats.items()) > (
            total.most
        ):
            return False
    for both in limits.pairs:
        if who in both.candidates and all(one in seats for one in both.candidates):
            places = {int(both.place_of[seats[one]]) for one in both.candidates}
            if (len(places) == 1) != (both.kind == TOGETHER):
                return False
    return True


def named_by_hosts(result: Result) -> list[Pair]:
    """Return the reserves on record who stand behind an opening still, in the order of rank, day
    and ids."""
    problem, known = result.problem, scores_of(result)
    last = {(step.candidate, step.opening): step for step in problem.outcomes}
    recorded = [
        (step.rank or 10**6, step.on, opening, person)
        for (person, opening), step in last.items()
        if step.state == "reserve"
        and (person, opening) in known
        and could_join(result, (person, opening))
        and problem.locked[person] < 0
        and result.plan.opening[person] != opening
        and problem.standing[person] == Standing.PRESENT
    ]
    kept: list[Pair] = []
    for *_, opening, who in sorted(recorded):
        if who not in {one for one, _ in kept} and fits(result, [*kept, (who, opening)]):
            kept.append((who, opening))
    return kept


def best_with(result: Result, before: list[Pair], proposed: bool) -> list[Pair]:
    """Return the best reserves besides those before, by trying all: of people proposed elsewhere,
    or of those who are not proposed."""
    problem, known, plan = result.problem, scores_of(result), result.plan.opening
    taken = {who for who, _ in before}
    floor = problem.settings.objective.min_score
    choices = [
        [
            None,
            *(
                pair
                for pair, score in known.items()
                if pair[0] == who and pair[1] != plan[who] and score >= floor
                if could_join(result, pair)
            ),
        ]
        for who in range(len(problem.candidate_ids))
        if who not in taken and problem.locked[who] < 0 and (plan[who] >= 0) == proposed
    ]
    plans = ([pair for pair in way if pair] for way in product(*choices))

    def worth(chosen: list[Pair]) -> tuple[object, ...]:
        length = Counter(opening for _, opening in [*before, *chosen])
        return (
            [sum(number >= level for number in length.values()) for level in (1, 2, 3)],
            sum(known[pair] for pair in chosen),
            sum(ticket_of(problem, pair) for pair in chosen),
        )

    return max((plan for plan in plans if fits(result, [*before, *plan])), key=worth)


@hypothesis_settings(max_examples=80)
@given(pools(5, 3) | limited_pools(5, 3))
def test_reserves_are_the_best_of_all(pool: World) -> None:
    result = pool.result()
    named = named_by_hosts(result)
    free = best_with(result, named, proposed=False)
    others = best_with(result, [*named, *free], proposed=True)
    assert sorted(pairs_of(result.reserves)) == sorted([*named, *free, *others])


@hypothesis_settings(max_examples=80)
@given(pools(9, 4) | limited_pools(9, 4), st.sampled_from([0, 1, 2]))
def test_few_pairs_give_the_same_reserves(pool: World, few: int) -> None:
    result = pool.result()
    with (
        mock.patch("matcher.shortlist.reserves.MOST_PAIRS", 0),
        mock.patch.multiple("matcher.shortlist.pricing", FEW=few, MORE=few, CHUNK=2),
    ):
        assert pool.result().reserves == result.reserves


@given(worlds(7, 5) | pools(8, 5) | limited_pools(8, 5))
def test_what_reserves_keep(pool: World) -> None:
    result = pool.result()
    problem, known = result.problem, scores_of(result)
    chosen = pairs_of(result.reserves)
    assert all(could_join(result, pair) for pair in chosen)
    people = [who for who, _ in chosen]
    assert len(people) == len(set(people))
    assert fits(result, chosen)
    named = set(named_by_hosts(result))
    for one in result.reserves:
        assert known[one.candidate, one.opening] == result.scores.score[one.row]
        assert problem.locked[one.candidate] < 0
        assert one.proposed_at == result.plan.opening[one.candidate] != one.opening
    for _, behind in groupby(result.reserves, lambda one: one.opening):
        own = list(behind)
        assert in_order([one.rank for one in own])
        kinds = [
            (
                (one.candidate, one.opening) not in named,
                (one.candidate, one.opening) not in named and one.proposed_at >= 0,
            )
            for one in own
        ]
        assert kinds == sorted(kinds)
        for _, same in groupby(zip(kinds, own, strict=True), lambda both: both[0]):
            pairs = [(one.candidate, one.opening) for _, one in same]
            if not named.issuperset(pairs):
                assert pairs == sorted(
                    pairs, key=lambda pair: (-known[pair], -ticket_of(problem, pair))
                )


@given(pools(7, 4), st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(pool: World, draw: Random) -> None:
    def shuffled(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(draw.sample(rows, len(rows)))

    other = replace(
        pool,
        candidates=shuffled(pool.candidates),
        openings=shuffled(pool.openings),
        beside={name: shuffled(rows) for name, rows in pool.beside.items()},
    )
    assert table_reserves(pool.result()).equals(table_reserves(other.result()))


def test_nobody_is_a_reserve_whom_a_limit_could_never_let_in() -> None:
    """H2 takes nobody; of centre A, which may have one person, one has a seat on record."""
    people = tuple(person(n, centre=centre) for n, centre in enumerate("AABB", 1))
    limits = [
        {"by": "host", "of": "H2", "max": 0},
        {"by": "centre", "of": "A", "max": 1},
    ]
    orders = (order(1, seats="2"), order(2))
    settled = (decision("place", "C1", "O1"),)
    result = World(people, orders, settled, chosen={"limits": limits}).result()
    ids, places = result.problem.candidate_ids, result.problem.opening_ids
    behind = [(ids[one.candidate], places[one.opening]) for one in result.reserves]
    assert {place for _, place in behind} == {"O1"}
    assert {who for who, _ in behind} < {"C3", "C4"}


def test_people_without_a_proposal_come_first() -> None:
    people = tuple(person(number) for number in range(1, 5))
    result = World(people, (order(1, seats="1"), order(2, seats="1"))).result()
    assert len(result.reserves) == 4
    for _, behind in groupby(result.reserves, lambda one: one.opening):
        first, second = behind
        assert first.proposed_at < 0 <= second.proposed_at


def test_nobody_stands_behind_ten_hosts() -> None:
    orders = tuple(order(number, seats="1") for number in range(1, 11))
    people = tuple(person(number) for number in range(1, 13))
    result = World(people, orders).result()
    assert len(result.reserves) == 12
    assert len({one.candidate for one in result.reserves}) == 12
    assert {one.opening for one in result.reserves} == set(range(10))


def test_those_whom_the_host_named_stand_first_by_rank() -> None:
    people = tuple(
        person(number, wishes_prefectures="Aichi" if number < 4 else "Osaka")
        for number in range(1, 7)
    )
    outcomes = (
        *steps("C1", "O1", "passed"),
        *steps("C6", "O1", "reserve", "1"),
        *steps("C5", "O1", "reserve", "2"),
    )
    result = World(people, (order(1),), beside={"outcomes": outcomes}).result()
    assert [one.candidate for one in result.reserves][:2] == [5, 4]
    assert len(result.reserves) == 3


def test_a_full_quota_leaves_no_reserve() -> None:
    hosts = ({**HOST, "full_time_staff": "0"},)
    pool = World(tuple(person(n) for n in range(1, 6)), (order(1),), beside={"hosts": hosts})
    assert not pool.result().reserves
    narrow = replace(pool, beside={"hosts": ({**HOST, "full_time_staff": "1"},)})
    wide = replace(narrow, openings=(order(1), order(2, host_id="H1")))
    assert len(wide.result().reserves) == 3


def test_people_on_hold_are_no_reserves() -> None:
    pool = World((person(1), person(2)), (order(1),), (decision("hold", "C2"),))
    assert not pool.result().reserves


def test_the_batch_holds_them_and_show_tells_them(batch: Batch) -> None:
    result = batch.result
    text = (batch.folder / "reserves.csv").read_text(encoding="utf-8")
    assert text == batch_files(result)["reserves.csv"].decode()
    rows = list(csv.DictReader(io.StringIO(text)))
    assert list(rows[0]) == ["opening_id", "rank", "candidate_id", "score", "proposed_at"]
    assert [row["opening_id"] for row in rows] == sorted(row["opening_id"] for row in rows)
    command = ["show", str(batch.folder), "reserves"]
    assert CliRunner().invoke(main, [*command, "--format", "csv"]).stdout == text
    told = CliRunner().invoke(main, [*command, "--lang", "en"]).stdout
    assert told.startswith(
        f"Reserves behind the proposals, nobody behind two job orders: {len(rows)}"
    )
    opening = rows[0]["opening_id"]
    own = [row["candidate_id"] for row in rows if row["opening_id"] == opening]
    assert f"Reserves: {len(own)}\n" in show_batch(result, opening, "text", EN)
    record = json.loads(show_batch(result, opening, "json", EN))
    assert [row["candidate_id"] for row in record["reserves"]] == own


def test_a_batch_with_other_reserves_was_changed(batch: Batch, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(batch.folder, tmp_path / "batch"))
    content = (folder / "reserves.csv").read_bytes()
    other = content[: content.rindex(b"\n", 0, -1) + 1]  # the last one left out
    (folder / "reserves.csv").write_bytes(other)
    path = folder / "manifest.json"
    manifest = json.loads(path.read_text(encoding="utf-8"))
    manifest["files"]["reserves.csv"] = hashlib.sha256(other).hexdigest()
    path.write_text(render_json(manifest), encoding="utf-8")
    with pytest.raises(MatcherError, match=r"reserves\.csv"):
        open_batch(folder)
