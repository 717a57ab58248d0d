"""Step 4: score = Σ weight × value, in whole millionths, for every pair that may be proposed.

The plan is scored on the end of each criterion that the scenario chooses (`[unknown]`): the low
one, or the middle ⌊(low + high) / 2⌋. Where scores are given they stand as they are, instead of
criteria, weights and chosen ends.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.criteria import CRITERIA, Criterion
from matcher.fit import Facts
from matcher.problem import Candidates, Given, Numbers, Openings, Problem
from matcher.screen import Screening
from matcher.settings import Settings

CHUNK = 1 << 14  # pairs whose columns fit a processor's cache
GIVEN = "given"


@dataclass(frozen=True)
class Scores:
    """Of each pair of a `Screening`, in its order: the score the plan uses, its fit part, and
    the lowest and highest score that the unknowns leave possible. A given score has no fit part
    (0) and is known. Own scores are int32, given ones int64."""

    score: Numbers
    fit: Numbers
    low: Numbers
    high: Numbers


@dataclass(frozen=True)
class Contribution:
    """One line of a breakdown: `contribution` = `weight` × `value`. A given score is one line of
    the part `GIVEN`, as it was given."""

    criterion: str
    part: str
    value: int
    low: int
    high: int
    weight: int

    @property
    def contribution(self) -> int:
        """What the line adds to the score: whole millionths, or a given score whole."""
        return self.value * self.weight


@dataclass(frozen=True)
class Breakdowns:
    """The breakdowns of pairs: `criteria`, their `parts` and `weights` by line; `value`, `low` and
    `high` per mille (or a given score) by line and pair. Only pairs that `exist` have one: all,
    but for those without a given score where scores are given."""

    criteria: tuple[str, ...]
    parts: tuple[str, ...]
    weights: tuple[int, ...]
    value: Numbers
    low: Numbers
    high: Numbers
    exists: NDArray[np.bool_]

    def of(self, pair: int) -> tuple[Contribution, ...]:
        """Return the lines of one pair."""
        if not self.exists[pair]:
            return ()
        ends = (self.value[:, pair], self.low[:, pair], self.high[:, pair])
        lines = (self.criteria, self.parts, *(end.tolist() for end in ends), self.weights)
        return tuple(Contribution(*line) for line in zip(*lines, strict=True))


def score_pairs(problem: Problem, facts: Facts, screening: Screening) -> Scores:
    """Return the scores of the screened pairs."""
    if problem.given is not None:
        return _score_given(problem.given, screening)
    size = screening.candidate.size
    sums = np.zeros((4, size), np.int32)
    for start in range(0, size, CHUNK):
        chunk = slice(start, start + CHUNK)
        c = problem.candidates.at(screening.candidate[chunk].astype(np.intp))
        o = problem.openings.at(screening.opening[chunk].astype(np.intp))
        score, fit, lowest, highest = sums[:, chunk]
        for criterion, value, low, high, weight in values_of(c, o, facts, problem.settings):
            score += weight * value
            lowest += weight * low
            highest += weight * high
            if criterion.part == "fit":
                fit += weight * value
    return Scores(*sums)


def _score_given(given: Given, screening: Screening) -> Scores:
    """Return the given scores; a pair that is settled without one counts nothing."""
    at = given.find(screening.candidate, screening.opening)
    score = np.zeros(at.size, np.int64)
    score[at >= 0] = given.score[at[at >= 0]]
    return Scores(score, np.zeros_like(score), score, score)


def break_down_pairs(
    problem: Problem, facts: Facts, candidates: Numbers, openings: Numbers
) -> Breakdowns:
    """Return the breakdowns of pairs, person by opening in their order; refused pairs included."""
    if problem.given is not None:
        return _break_down_given(problem.given, candidates, openings)
    values = np.zeros((3, len(CRITERIA), candidates.size), np.int32)
    for start in range(0, candidates.size, CHUNK):
        chunk = slice(start, start + CHUNK)
        c = problem.candidates.at(candidates[chunk].astype(np.intp))
        o = problem.openings.at(openings[chunk].astype(np.intp))
        for place, (_, *ends, _) in enumerate(values_of(c, o, facts, problem.settings)):
            values[:, place, chunk] = ends
    weights = tuple(getattr(problem.settings.weights, one.name) for one in CRITERIA)
    names, parts = tuple(one.name for one in CRITERIA), tuple(one.part for one in CRITERIA)
    value, low, high = values
    return Breakdowns(names, parts, weights, value, low, high, np.ones(candidates.size, bool))


def _break_down_given(given: Given, candidates: Numbers, openings: Numbers) -> Breakdowns:
    at = given.find(candidates, openings)
    score = np.zeros((1, at.size), np.int64)
    score[0, at >= 0] = given.score[at[at >= 0]]
    return Breakdowns((GIVEN,), (GIVEN,), (1,), score, score, score, at >= 0)


def break_down(
    problem: Problem, facts: Facts, candidate: int, opening: int
) -> tuple[Contribution, ...]:
    """Return the breakdown of one pair; none where it has no given score though scores are
    given."""
    return break_down_pairs(problem, facts, np.array([candidate]), np.array([opening])).of(0)


def values_of(
    c: Candidates, o: Openings, facts: Facts, settings: Settings
) -> Iterator[tuple[Criterion, Numbers, Numbers, Numbers, int]]:
    """Yield each criterion with the value the plan uses, its low and high end, and its weight."""
    for criterion in CRITERIA:
        ends = value_of(criterion, c, o, facts, settings)
        yield criterion, *ends, getattr(settings.weights, criterion.name)


def value_of(
    criterion: Criterion, c: Candidates, o: Openings, facts: Facts, settings: Settings
) -> tuple[Numbers, Numbers, Numbers]:
    """Return the value of one criterion that the plan uses, and its low and high end."""
    low, high = criterion.value(c, o, facts)
    middle = getattr(settings.unknown, criterion.name) == "middle"
    return (low + high) // 2 if middle else low, low, high
