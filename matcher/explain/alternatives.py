"""Where else a person may be proposed, and who else at an opening, those of least loss first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from matcher.explain.verdicts import PROPOSED, Verdicts
from matcher.pipeline import Result

SHOWN = 5


@dataclass(frozen=True)
class Alternative:
    """A pair that no rule refuses and that is not proposed; `loss` is None where no plan can hold
    it, or none beside this plan does (see `Verdicts`)."""

    candidate: int
    opening: int
    score: int
    loss: tuple[int, ...] | None
    verdict: str


def alternatives_of(
    result: Result, verdicts: Verdicts, candidate: int, shown: int = SHOWN
) -> tuple[Alternative, ...]:
    """Return a person's eligible openings not proposed, those of least loss first, then those
    without a loss; equal ones by id."""
    start, stop = np.searchsorted(result.screening.candidate, [candidate, candidate + 1])
    return _least_loss(result, verdicts, range(start, stop), shown)


def rivals_of(
    result: Result, verdicts: Verdicts, opening: int, shown: int = SHOWN
) -> tuple[Alternative, ...]:
    """Return the people eligible at an opening but not proposed there, in the same order."""
    rows = np.flatnonzero(result.screening.opening == opening).tolist()
    return _least_loss(result, verdicts, rows, shown)


def _least_loss(
    result: Result, verdicts: Verdicts, rows: Iterable[int], shown: int
) -> tuple[Alternative, ...]:
    others = [row for row in rows if verdicts.name[row] != PROPOSED]
    found = [
        (
            Alternative(
                int(result.screening.candidate[row]),
                int(result.screening.opening[row]),
                int(result.scores.score[row]),
                verdicts.loss_of(row),
                str(verdicts.name[row]),
            ),
            int(verdicts.first[row]),
        )
        for row in others
    ]
    found.sort(
        key=lambda one: (
            *(one[0].loss is None, one[0].loss or (), -one[1]),
            *(-one[0].score, one[0].opening, one[0].candidate),
        )
    )
    return tuple(alternative for alternative, _ in found[:shown])
