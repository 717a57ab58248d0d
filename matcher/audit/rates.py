"""Rates in whole numbers, with exact intervals and tests, and how far one group's lies below
another's.

Interval: Clopper & Pearson 1934, 95 of 100. Test: Fisher's exact, two-sided, a group against
everybody else. Impact ratio and its four fifths: 29 CFR 1607.4 D, a signal and no proof.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

import numpy as np

CONFIDENCE = 0.95
FEWEST = 5
FOUR_FIFTHS = Fraction(4, 5)
UNLIKELY = 0.05


@dataclass(frozen=True)
class Share:
    """`count` of `of`: people of people, pairs of pairs, or points (whole millionths) of pairs."""

    count: int
    of: int

    @property
    def exact(self) -> Fraction | None:
        """The share as a fraction, None of nothing."""
        return Fraction(self.count, self.of) if self.of else None


@dataclass(frozen=True)
class Rate:
    """How many of a group, and how many of everybody else who takes part."""

    own: Share
    rest: Share

    @cached_property
    def interval(self) -> tuple[float, float] | None:
        """The exact interval of the group's rate (Clopper–Pearson), None for an empty group."""
        if not self.own.of:
            return None
        from scipy import stats  # takes long to load

        tested = stats.binomtest(self.own.count, self.own.of)
        low, high = tested.proportion_ci(confidence_level=CONFIDENCE, method="exact")
        return float(low), float(high)

    @property
    def few(self) -> bool:
        """Whether there are too few to say: under five people on a side, or under five expected
        to be counted on a side if both rates were the same.

        The other outcome is not asked for five expected: nobody of fifteen, where all others
        are proposed, is no case of too few.
        """
        smaller = min(self.own.of, self.rest.of)
        counted = self.own.count + self.rest.count
        everybody = self.own.of + self.rest.of
        return smaller < FEWEST or smaller * counted < FEWEST * everybody

    @property
    def p(self) -> float | None:
        """How likely chance alone makes the two rates differ this much or more; None where there
        are too few to say."""
        return None if self.few else self.exact_p

    @cached_property
    def exact_p(self) -> float | None:
        """The same (Fisher's exact test), however few are expected to be counted; None where a
        side has under five people.

        It is exact for rare things too, such as people who may be proposed nowhere.
        """
        if min(self.own.of, self.rest.of) < FEWEST:
            return None
        from scipy import stats

        sides = (self.own, self.rest)
        table = np.array([[side.count, side.of - side.count] for side in sides])
        return float(stats.fisher_exact(table).pvalue)

    @property
    def gap(self) -> int:
        """-1 where the group's rate is the lower, 1 where it is the higher, 0 where they are the
        same or one side has nobody."""
        mine, theirs = self.own.exact, self.rest.exact
        if mine is None or theirs is None:
            return 0
        return (mine > theirs) - (mine < theirs)


@dataclass(frozen=True)
class Impact:
    """A group's rate over that of the group with the highest, and the counts of that one."""

    reference: str
    counts: Share
    ratio: Fraction

    def is_signal(self, rate: Rate) -> bool:
        """Whether the ratio is a signal to look at: below four fifths, and not too few to say."""
        return self.ratio < FOUR_FIFTHS and not rate.few


def find_reference(shares: Mapping[str, Share]) -> str | None:
    """Return the group with the highest rate among the recorded ones of at least five people, the
    larger one of equals; None where nobody of such a group is proposed."""
    fit = [name for name, share in shares.items() if name and share.of >= FEWEST and share.count]
    ranked = sorted(
        fit, key=lambda name: (-Fraction(shares[name].count, shares[name].of), -shares[name].of)
    )
    return ranked[0] if ranked else None


def compare(own: Share, reference: str | None, shares: Mapping[str, Share]) -> Impact | None:
    """Return the impact ratio of a group; None where there is nobody, or nothing to compare
    with."""
    if reference is None or own.exact is None:
        return None
    counts = shares[reference]
    return Impact(reference, counts, own.exact / Fraction(counts.count, counts.of))
