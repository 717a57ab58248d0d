"""How far a plan is from the best one, name by name of the objective."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from matcher.assign import pairs_to_keep
from matcher.pipeline import Result
from matcher.problem import Numbers
from matcher.screen import find_pair

STABLE_NAMES = ("placements", "score")


@dataclass(frozen=True)
class Distance:
    """What a plan and the best one have of one name of the objective: people placed, the sum of
    scores (above `unplaced_worth` each), pairs kept; of `worst` the lowest scores in which the two
    first differ (the lowest of all where in none), and `worst_placed`, the people placed, before
    it."""

    name: str
    plan: int
    best: int

    @property
    def difference(self) -> int:
        """What the best has more."""
        return self.best - self.plan


def measure(result: Result, opening_of: Numbers) -> tuple[Distance, ...]:
    """Return the distances of a plan (by candidate the opening, -1: none) from the result's, over
    the pairs that may be proposed."""
    names = STABLE_NAMES if result.stable else result.problem.order
    rows = np.array(list(_comparable(result, opening_of)), np.int64)
    best = result.plan.row[result.plan.row >= 0]
    found: list[Distance] = []
    for name in names:
        if name == "worst":
            lowest = _lowest(result, rows, best)
            told = "placements" in names[: names.index(name)]
            found += [one for one in lowest if one.name == "worst" or not told]
        else:
            found.append(Distance(name, _total(result, name, rows), _total(result, name, best)))
    return tuple(found)


def _comparable(result: Result, opening_of: Numbers) -> Iterator[int]:
    """Yield the pairs (places in the screening) that may be proposed."""
    problem = result.problem
    for person in problem.present[opening_of[problem.present] >= 0].tolist():
        row = find_pair(result.screening, person, int(opening_of[person]))
        on_record = problem.locked[person] == opening_of[person]
        floor = problem.settings.objective.min_score
        if row >= 0 and (on_record or result.scores.score[row] >= floor):
            yield row


def _total(result: Result, name: str, rows: Numbers) -> int:
    if name == "placements":
        return rows.size
    if name == "keep":
        kept = pairs_to_keep(result.problem)
        screening = result.screening
        ends = zip(
            screening.candidate[rows].tolist(), screening.opening[rows].tolist(), strict=True
        )
        return sum(pair in kept for pair in ends)
    worth = result.problem.settings.objective.unplaced_worth
    return int(result.scores.score[rows].sum()) - worth * rows.size


def _lowest(result: Result, rows: Numbers, best: Numbers) -> Iterator[Distance]:
    yield Distance("worst_placed", rows.size, best.size)
    mine, other = (np.sort(result.scores.score[each]) for each in (rows, best))
    if mine.size and mine.size == other.size:
        at = int(np.argmax(mine != other))
        yield Distance("worst", int(mine[at]), int(other[at]))
