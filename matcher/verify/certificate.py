"""The certificate: whole numbers that show that no plan is better than the one that is checked.

Every floor and ceiling F on the pairs used (people, seats, quotas, limits; derived from the inputs)
gets a number d_F, here a tuple with a place for each name of the objective, as `places` list them.
Tuples add place by place and compare lexicographically. Suppose that for every pair that a plan may
use the d_F of all F that count it add up to at least what it is worth. Then any plan's worth is
at most Σ_pairs used Σ_F d_F = Σ_F n_F·d_F, n_F being how many of them F counts, and that is at most
Σ_F (ceiling of F where d_F > 0, floor of F where d_F < 0) · d_F. Where this sum is what the plan
has, place by place, no plan has more. How the d_F were found does not matter.

Of `worst` the proof has places only for the scores that the plan uses. Another score s would have
-1 for pairs of that score, and for the plan, for all d_F and for other pairs 0: its sums agree, and
a pair of score s that is equal so far has 0 > -1 there and is settled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.language import Phrase, say
from matcher.limits import PEOPLE, SEATS
from matcher.problem import Flags, Numbers
from matcher.verify.derived import Bounded

WORST, LOTTERY = "worst", "lottery"
Duals = Mapping[tuple[str, str], tuple[int, ...]]


@dataclass(frozen=True)
class Pairs:
    """The pairs that a plan may use: their two ends, score and whether `keep` keeps them, and the
    number of people and openings. `tickets` gives those of some pairs, by the lottery's name."""

    candidate: Numbers
    opening: Numbers
    score: Numbers
    kept: Flags
    unplaced_worth: int
    sizes: tuple[int, int]
    tickets: Callable[[str, Numbers], Numbers]

    def worth(self, place: tuple[str, int | None], rows: Numbers) -> Numbers:
        """Return what the pairs `rows` are worth at a place (its name, and level of `worst`)."""
        name, level = place
        if name == "score":
            return np.asarray(self.score[rows] - self.unplaced_worth)
        if name == "keep":
            return self.kept[rows].astype(np.int64)
        if name.startswith(LOTTERY):
            return self.tickets(name, rows)
        if level is not None:
            return np.asarray(-(self.score[rows] == level).astype(np.int64))
        return np.ones(rows.size, np.int64)


def most(bounded: Sequence[Bounded], duals: Duals, places: int) -> list[int]:
    """Return what a plan has at most, place by place; ValueError where a number above 0 stands at
    what has no ceiling."""
    sums = [0] * places
    for one in bounded:
        own = duals.get((one.kind, one.key), ())
        edge = one.ceiling if own > (0,) * len(own) else one.floor
        if edge is None:
            raise ValueError(one.key)
        for at, number in enumerate(own):
            sums[at] += edge * number
    return sums


def gathered(bounded: Sequence[Bounded], duals: Duals, sizes: tuple[int, int], at: int) -> Numbers:
    """Return by candidate, and after them by opening, the sum of one place over all that counts
    them; whole numbers of any size."""
    sums = np.zeros(sum(sizes), object)
    first = {PEOPLE: 0, SEATS: sizes[0]}
    for one in bounded:
        own = duals.get((one.kind, one.key))
        if own is not None and own[at]:
            sums[first[one.side] + np.array(one.members, np.int64)] += own[at]
    return sums


def find_short_pairs(
    pairs: Pairs, bounded: Sequence[Bounded], duals: Duals, places: Sequence[tuple[str, int | None]]
) -> Iterator[tuple[int, Phrase]]:
    """Yield the pairs that are worth more than the duals allow, and the words for it."""
    equal, passed, below = np.arange(pairs.candidate.size), -1, False
    for at, (name, level) in enumerate(places):
        if level is not None:  # the scores between two levels are settled
            equal, passed = (
                equal[(pairs.score[equal] <= passed) | (pairs.score[equal] >= level)],
                level,
            )
        elif below:  # and those above the last
            equal = equal[pairs.score[equal] <= passed]
        below = name == WORST
        sums = gathered(bounded, duals, pairs.sizes, at)
        have = sums[pairs.candidate[equal]] + sums[pairs.sizes[0] + pairs.opening[equal]]
        worth = pairs.worth((name, level), equal).astype(object)
        for row in np.flatnonzero(have < worth).tolist():
            told = say(
                "the duals allow {have} of {name}; the pair is worth {worth}",
                have=int(have[row]),
                name=name,
                worth=int(worth[row]),
            )
            yield int(equal[row]), told
        equal = equal[have == worth]
