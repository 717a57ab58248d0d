"""How scores ranked what happened: against plain counting, and what too few people say."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import product
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from matcher.audit.ranked import (
    FEWEST,
    Ranking,
    _finished,
    _interviewed,
    _rank,
    is_same_kejuruan,
    rank_outcomes,
)
from matcher.check import open_scenario
from matcher.language import words_of
from matcher.pipeline import Result, match
from matcher.problem.outcomes import Outcome
from matcher.report.audit.ranked import record_ranked, tell_ranked
from matcher.score import break_down

SCENARIOS = Path(__file__).parents[1] / "scenarios"
numbers = st.dictionaries(
    st.tuples(st.integers(0, 40), st.integers(0, 3)), st.integers(0, 4), max_size=24
)


def step(state: str, reason: str = "") -> Outcome:
    return Outcome(0, 0, state, date(2023, 1, 1), "Petugas Contoh", 0, reason, "", "", 0)


@given(numbers, numbers)
def test_pairs_are_counted_within_job_orders(
    well: dict[tuple[int, int], int], other: dict[tuple[int, int], int]
) -> None:
    of = {**well, **other}
    found = _rank("score", of.__getitem__, well, other)
    compared = [(of[a], of[b]) for a, b in product(well, other) if a[1] == b[1]]
    assert found.higher == sum(a > b for a, b in compared)
    assert found.equal == sum(a == b for a, b in compared)
    assert found.lower == sum(a < b for a, b in compared)
    assert found.pairs == len(compared)
    if found.share is not None and found.interval is not None:
        low, high = found.interval
        assert 0 <= low <= found.share <= high <= 1
        assert low < high


@given(st.lists(st.integers(0, 9), min_size=1), st.lists(st.integers(0, 9), min_size=1))
def test_the_share_of_one_order_is_the_area_under_the_curve(
    well: list[int], other: list[int]
) -> None:
    of = {(at, 0): n for at, n in enumerate([*well, *other])}
    pairs = list(of)
    found = _rank("score", of.__getitem__, pairs[: len(well)], pairs[len(well) :])
    u = stats.mannwhitneyu(well, other).statistic
    assert found.share == Fraction(u) / (len(well) * len(other))


def test_an_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    rng, within = np.random.default_rng(5), 0
    truth = stats.norm.cdf(1 / np.sqrt(2))
    for _ in range(400):
        own, rest = rng.normal(1, 1, 20), rng.normal(0, 1, 25)
        higher = int((own[:, None] > rest).sum())
        ranking = Ranking("score", 20, 25, higher, 0, 500 - higher, Fraction(45))
        assert ranking.interval is not None
        within += ranking.interval[0] <= truth <= ranking.interval[1]
    assert 0.92 <= within / 400 <= 0.99


def test_few_people_say_nothing() -> None:
    few = Ranking("score", FEWEST - 1, 50, 400, 0, 50, Fraction(59))
    assert few.few and few.interval is None
    enough = dataclasses.replace(few, well=FEWEST)
    assert not enough.few and enough.interval is not None


@pytest.mark.parametrize(
    ("steps", "interview", "finished"),
    [
        ([step("agreed")], "", ""),
        ([step("agreed"), step("declined", "terms")], "", ""),
        ([step("agreed"), step("named")], "open", ""),
        ([step("named"), step("failed", "skill")], "other", ""),
        ([step("named"), step("failed", "order_ended")], "left_out", ""),
        ([step("named"), step("no_show", "family")], "left_out", ""),
        ([step("named"), step("reserve")], "other", ""),
        ([step("named"), step("reserve"), step("passed")], "well", "open"),
        ([step("named"), step("passed"), step("declined", "family")], "well", "other"),
        ([step("named"), step("passed"), step("plan_filed"), step("departed")], "well", "well"),
    ],
)
def test_what_steps_come_to(steps: list[Outcome], interview: str, finished: str) -> None:
    assert _interviewed(steps) == interview
    assert _finished(steps) == finished


@pytest.fixture(scope="module")
def season() -> Result:
    return match(open_scenario(SCENARIOS / "season/3-back"))


def test_a_season_counts_who_passed_and_says_that_they_are_too_few(season: Result) -> None:
    interviews, finished = rank_outcomes(season)
    passed = {
        (one.candidate, one.opening) for one in season.problem.outcomes if one.state == "passed"
    }
    assert interviews.well == len(passed) and interviews.other > 0
    assert finished.well == 0
    for ranking in interviews.rankings:
        assert ranking.few
    told = tell_ranked(season, words_of("en"))
    assert "too few to say" in told and f"{len(passed)} passed" in told
    (record, _) = record_ranked(season)
    assert record["well"] == len(passed)


def test_the_numbers_are_those_of_the_batch(season: Result) -> None:
    many = _many(season, FEWEST + 2)
    interviews = rank_outcomes(many)[0]
    fit, score, kejuruan = interviews.rankings
    assert (fit.number, score.number, kejuruan.number) == ("fit", "score", "kejuruan")
    said = {(one.candidate, one.opening): one.state for one in many.problem.outcomes}
    scores = {
        pair: sum(line.contribution for line in break_down(many.problem, many.facts, *pair))
        for pair in said
    }
    compared = [
        (scores[a], scores[b])
        for a, b in product(said, said)
        if a[1] == b[1] and said[a] == "passed" and said[b] == "failed"
    ]
    assert score.higher == sum(a > b for a, b in compared)
    assert score.lower == sum(a < b for a, b in compared)
    own = [is_same_kejuruan(many.problem, *pair) for pair in said]
    assert any(own) and not all(own)
    assert "too few" not in tell_ranked(many, words_of("en")).split("departed")[0]


def _many(result: Result, each: int) -> Result:
    """Return a result on whose record so many people passed and failed at its first order."""
    people: Sequence[int] = result.problem.present.tolist()
    steps = [
        Outcome(person, 0, state, date(2022, 12, 1), "Petugas Contoh", 0, "", "", "", 0)
        for person, state in zip(people, ["passed", "failed"] * each, strict=False)
    ]
    problem = dataclasses.replace(result.problem, outcomes=tuple(steps))
    return dataclasses.replace(result, problem=problem)


def test_without_outcomes_it_says_so() -> None:
    result = match(open_scenario(SCENARIOS / "tiny"))
    assert rank_outcomes(result) == () and record_ranked(result) == []
    assert "No outcomes are on record" in tell_ranked(result, words_of("en"))
