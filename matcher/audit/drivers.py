"""What drives a gap between a group and everybody else: the rule that refuses it more, the rule
that alone leaves more of it without any job order, the criterion that gives it fewer points.

A driver goes the gap's way: where a group is proposed less often it is refused more or scored
lower than everybody else, where more often the other way round. Being proposed nowhere has a gap
of its own, which may go the other way, and a driver of its own. All are sums of whole numbers.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from matcher.audit.rates import Share
from matcher.criteria import CRITERIA
from matcher.pipeline import Result
from matcher.problem import Flags, Numbers
from matcher.rules import RULES
from matcher.score import CHUNK, GIVEN, values_of
from matcher.screen import BLOCK, judge


@dataclass(frozen=True)
class Driver:
    """A rule or a criterion by its name, with what it comes to for the group and for the rest."""

    name: str
    own: Share
    rest: Share

    @property
    def difference(self) -> Fraction:
        """The group's share less everybody else's; 0 where one side has none."""
        mine, theirs = self.own.exact, self.rest.exact
        return Fraction(0) if mine is None or theirs is None else mine - theirs


@dataclass(frozen=True)
class Drivers:
    """Of a gap, each None where nothing goes its way.

    `refuses` is the rule whose share of refused pairs differs most, `closes` the one whose share
    of people it alone leaves without any job order does, `scores` the criterion whose mean points
    (whole millionths) over the pairs that may be proposed do. These go the way of the gap in
    proposals. `nowhere` is as `closes`, but goes the way of the gap in people who may be proposed
    nowhere.
    """

    refuses: Driver | None
    closes: Driver | None
    scores: Driver | None
    nowhere: Driver | None


@dataclass(frozen=True)
class Traces:
    """What rules and criteria did to each person, by place of the candidate.

    `refused` counts the openings by rule, `closed` marks the rules without which somebody now
    refused everywhere might be proposed, `pairs` counts the openings where a person may be
    proposed and `points` sums each criterion's contributions there, in whole millionths. Where
    scores are given they stand for the `criteria`, as they were given.
    """

    openings: int
    refused: Numbers
    closed: Flags
    pairs: Numbers
    points: Numbers
    criteria: tuple[str, ...]


def trace(result: Result) -> Traces:
    """Return the traces of a result."""
    return Traces(
        len(result.problem.opening_ids),
        result.screening.fails_of_candidates,
        closed_by(result),
        np.bincount(result.screening.candidate, minlength=len(result.problem.candidate_ids)),
        *points_of(result),
    )


def closed_by(result: Result) -> Flags:
    """Return by person and rule whether the rule alone closes the last way: no opening is left,
    and without the rule there would be one."""
    problem = result.problem
    closed = np.zeros((len(problem.candidate_ids), len(RULES)), bool)
    left_out = np.setdiff1d(problem.present, result.screening.candidate)
    openings = problem.openings.across()
    step = max(1, BLOCK // max(1, len(problem.openings)))
    for start in range(0, left_out.size, step):
        rows = left_out[start : start + step]
        answers = judge(problem.candidates.at(rows).down(), openings, result.facts)
        count = np.zeros((rows.size, len(problem.openings)), np.int16)
        for fails, _ in answers:
            count += fails
        for rule, (fails, _) in enumerate(answers):
            closed[rows, rule] = ((count == 1) & fails).any(axis=1)
    return closed


def points_of(result: Result) -> tuple[Numbers, tuple[str, ...]]:
    """Return the sum of each criterion's contributions over a person's pairs that may be
    proposed: people by criteria, whole millionths, on the end that the plan uses; and the names of
    the criteria, or of the given score that stands for them."""
    problem, screening = result.problem, result.screening
    if problem.given is not None:
        sums = np.zeros((len(problem.candidate_ids), 1), np.int64)
        np.add.at(sums[:, 0], screening.candidate, result.scores.score)
        return sums, (GIVEN,)
    points = np.zeros((len(problem.candidate_ids), len(CRITERIA)), np.int64)
    for start in range(0, screening.candidate.size, CHUNK):
        people = screening.candidate[start : start + CHUNK].astype(np.intp)
        openings = screening.opening[start : start + CHUNK].astype(np.intp)
        c, o = problem.candidates.at(people), problem.openings.at(openings)
        valued = values_of(c, o, result.facts, problem.settings)
        for place, (_, value, _, _, weight) in enumerate(valued):
            contribution = np.broadcast_to(value, people.shape).astype(np.int64) * weight
            np.add.at(points[:, place], people, contribution)
    return points, tuple(criterion.name for criterion in CRITERIA)


def find_drivers(traces: Traces, group: Flags, rest: Flags, gap: int, nowhere: int) -> Drivers:
    """Return what drives the gaps of a group (by place of the candidate): `gap` is -1 where it is
    proposed less often than the rest, 1 where more often, 0 where as often; `nowhere` the same of
    its people who may be proposed nowhere."""
    rules = [rule.name for rule in RULES]
    sides = (group, rest)
    people = [int(side.sum()) for side in sides]
    pairs = [count * traces.openings for count in people]
    eligible = [int(traces.pairs[side].sum()) for side in sides]
    closes = _drivers(rules, [traces.closed[side] for side in sides], people)
    return Drivers(
        _most(_drivers(rules, [traces.refused[side] for side in sides], pairs), -gap),
        _most(closes, -gap),
        _most(_drivers(traces.criteria, [traces.points[side] for side in sides], eligible), gap),
        _most(closes, nowhere),
    )


def _drivers(
    names: Iterable[str], sides: Sequence[Numbers | Flags], of: Sequence[int]
) -> list[Driver]:
    sums = [side.sum(axis=0, dtype=np.int64).tolist() for side in sides]
    return [
        Driver(name, Share(own, of[0]), Share(rest, of[1]))
        for name, own, rest in zip(names, *sums, strict=True)
    ]


def _most(drivers: list[Driver], way: int) -> Driver | None:
    """Return the driver whose difference goes farthest one way, the first of equals."""
    best = max(drivers, key=lambda driver: way * driver.difference, default=None)
    return best if best is not None and way * best.difference > 0 else None
