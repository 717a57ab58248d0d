"""Bounds, where limits leave the form that a certificate has: budgets, pairs of people, sets that
cross, openings with none or enough.

For one place of the tuple, multipliers y ≥ 0 of the rows (Σ weight ≤ most), z ≥ 0 of the places
before it and numbers d_F as in `certificate` show: where for every pair
    scale × worth + Σ z × worth there ≤ Σ d_F + Σ y × weight,
any plan that has at least as much as the plan of every place before has of this one at most
    (Σ ceiling·d⁺ + Σ floor·d⁻ + Σ y × most − Σ z × what the plan has there) / scale,
rounded down. Openings with none or enough only make the plans fewer, and so need no multiplier.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.limits import RowOver
from matcher.problem import Numbers
from matcher.verify.certificate import WORST, Duals, Pairs, gathered, most
from matcher.verify.derived import Bounded

Place = tuple[str, int | None]


@dataclass(frozen=True)
class Multipliers:
    """The numbers behind a bound: `duals` (one place each), `rows` by key, `earlier` by place."""

    scale: int
    duals: Duals
    rows: Mapping[str, int]
    earlier: tuple[int, ...]


def find_bound(
    pairs: Pairs,
    bounded: Sequence[Bounded],
    rows: Sequence[RowOver],
    places: Sequence[Place],
    totals: Sequence[int],
    given: Multipliers,
) -> tuple[int, Numbers]:
    """Return the bound of the last of `places` and the pairs for which the numbers do not hold;
    `totals` are the plan's, of the places before. ValueError where a multiplier is below 0,
    stands at what has no ceiling, or where there is not one for each place before."""
    if given.scale < 1 or min((*given.rows.values(), *given.earlier), default=0) < 0:
        raise ValueError("a multiplier is below 0")
    here = _allowed(pairs, places)
    left = given.scale * pairs.worth(places[-1], here).astype(object)
    for number, place in zip(given.earlier, places[:-1], strict=True):
        if number:
            left += number * pairs.worth(place, here).astype(object)
    sums = gathered(bounded, given.duals, pairs.sizes, 0)
    right = sums[pairs.candidate[here]] + sums[pairs.sizes[0] + pairs.opening[here]]
    bound = most(bounded, given.duals, 1)[0]
    for row in rows:
        number = given.rows.get(row.key, 0)
        if number:
            right += number * row.weight[here].astype(object)
            bound += number * int(row.most)
    for number, total in zip(given.earlier, totals, strict=True):
        bound -= number * total
    return bound // given.scale, here[left > right]


def _allowed(pairs: Pairs, places: Sequence[Place]) -> Numbers:
    """Return the pairs of plans that have as much of every place before: where places of `worst`
    are before, none of a score between or below them that the plan does not use."""
    here = np.arange(pairs.candidate.size)
    levels = [level for _, level in places if level is not None]
    names = [name for name, _ in places]
    if WORST in names and names[-1] != WORST:  # all scores the plan does not use have a place
        return here[np.isin(pairs.score, levels)]
    if levels:
        return here[(pairs.score >= levels[-1]) | np.isin(pairs.score, levels)]
    return here
