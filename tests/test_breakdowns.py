"""Breakdowns of many pairs at once: those of each alone, and they add up to the scores."""

from __future__ import annotations

from pathlib import Path
from unittest import mock

import numpy as np
import pytest

from matcher.check import open_scenario
from matcher.pipeline import match
from matcher.report.tables import table_breakdown
from matcher.score import break_down, break_down_pairs

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.parametrize("name", ["tiny", "season/3-back"])
def test_many_at_once_are_each_alone_and_add_up(name: str) -> None:
    result = match(open_scenario(ROOT / "scenarios" / name))
    screening, scores = result.screening, result.scores
    with mock.patch("matcher.score.CHUNK", 7):
        parts = break_down_pairs(
            result.problem, result.facts, screening.candidate, screening.opening
        )
    weights = np.array(parts.weights)
    assert np.array_equal(weights @ parts.value, scores.score)
    assert np.array_equal(weights @ parts.low, scores.low)
    assert np.array_equal(weights @ parts.high, scores.high)
    for row in range(0, screening.candidate.size, 53):
        pair = int(screening.candidate[row]), int(screening.opening[row])
        assert parts.of(row) == break_down(result.problem, result.facts, *pair)


def test_the_table_has_each_line_of_each_proposal() -> None:
    result = match(open_scenario(ROOT / "scenarios/tiny"))
    table = table_breakdown(result)
    expected = [
        (
            result.problem.candidate_ids[person],
            result.problem.opening_ids[result.plan.opening[person]],
            *(line.criterion, line.value, line.weight, line.contribution),
        )
        for person in np.flatnonzero(result.plan.opening >= 0).tolist()
        for line in break_down(
            result.problem, result.facts, person, int(result.plan.opening[person])
        )
    ]
    assert [*table.itertuples(index=False, name=None)] == expected
