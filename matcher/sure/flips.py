"""At which change of one weight, the others in proportion, a person first stands elsewhere.

Each weight goes up and down alone from the chosen one, per mille by per mille: as long as the plan
is seen to be the best one still, nothing is solved. Where plans are not found on one tree, the
weights go in steps of `COARSE`, each plan found anew: a flip may come up to so much earlier.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.problem import Numbers
from matcher.settings import CRITERIA, Weights
from matcher.sure.tree import Standing
from matcher.sure.weighted import Weighted
from matcher.whatif.scaling import WHOLE, scale_weights

COARSE = 50
DOWN, UP = 0, 1
Progress = Callable[[str, int], None]


@dataclass(frozen=True)
class Flip:
    """A change of one weight from the chosen one (per mille) at which somebody first stands
    elsewhere: at the opening `to`, or without one (-1)."""

    criterion: str
    weight: int
    amount: int
    to: int

    @property
    def distance(self) -> int:
        """By how much the weight changes."""
        return abs(self.amount - self.weight)


@dataclass(frozen=True, eq=False)
class Flips:
    """By criterion, direction (`DOWN`, `UP`) and candidate: the `amount` at which the person first
    stands elsewhere (-1: nowhere on the way), and the opening `to` there.

    The weights were changed in steps of `step` per mille.
    """

    weights: Weights
    amount: NDArray[np.int32]
    to: NDArray[np.int32]
    step: int

    def of(self, candidate: int) -> tuple[Flip, ...]:
        """Return the flips of one person, the nearest first (equally near: by criterion, down
        before up)."""
        found = [
            Flip(name, getattr(self.weights, name), int(amount), int(self.to[at, way, candidate]))
            for at, name in enumerate(CRITERIA)
            for way, amount in enumerate(self.amount[at, :, candidate].tolist())
            if amount >= 0
        ]
        return tuple(sorted(found, key=lambda flip: flip.distance))


def find_flips(weighted: Weighted, progress: Progress | None = None) -> Flips:
    """Return the flips of all candidates; `progress` is told the part of the work and its
    percent."""
    result = weighted.result
    weights = result.problem.settings.weights
    step = 1 if weighted.quick else COARSE
    shape = (len(CRITERIA), 2, result.plan.opening.size)
    amount, to = np.full(shape, -1, np.int32), np.full(shape, -1, np.int32)
    for at, name in enumerate(CRITERIA):
        for way in (DOWN, UP):
            for asked, opening in walk(weighted, name, way, step):
                new = (opening != result.plan.opening) & (amount[at, way] < 0)
                amount[at, way, new], to[at, way, new] = asked, opening[new]
            if progress:
                progress("flips", 100 * (2 * at + way + 1) // (2 * len(CRITERIA)))
    return Flips(weights, amount, to, step)


def walk(
    weighted: Weighted, name: str, way: int, step: int = 1
) -> Iterator[tuple[int, NDArray[np.int32]]]:
    """Yield, as one weight goes up or down, each amount from which the plan is another one, and the
    openings of all candidates there (-1 for everybody where no plan keeps every limit)."""
    chosen = weighted.result.problem.settings.weights
    pair_of: Numbers | None = weighted.chosen
    standing = _standing(weighted, pair_of)
    for amount in amounts(getattr(chosen, name), way, step):
        try:
            weights = scale_weights(chosen, name, amount)
        except ValueError:  # no other criterion has a weight
            return
        if standing and standing.is_best(*weighted.worth(weights)):
            continue
        found = weighted.plan(weights, pair_of)
        if not _same(found, pair_of):
            pair_of, standing = found, _standing(weighted, found)
            yield amount, weighted.openings(found)


def amounts(weight: int, way: int, step: int) -> Iterator[int]:
    """Yield the weights from the one after `weight` to the last, which is 0 or 1000."""
    end = WHOLE if way == UP else 0
    while weight != end:
        weight = min(weight + step, end) if way == UP else max(weight - step, end)
        yield weight


def _standing(weighted: Weighted, pair_of: Numbers | None) -> Standing | None:
    if pair_of is None or not weighted.quick:
        return None
    return Standing(weighted.tree, pair_of)


def _same(one: Numbers | None, other: Numbers | None) -> bool:
    if one is None or other is None:
        return one is other
    return np.array_equal(one, other)
