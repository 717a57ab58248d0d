"""Where else a person may be proposed, and who else at an opening, those of least loss first."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.explain.verdicts import PROPOSED, Verdicts
from matcher.pipeline import Result
from matcher.problem import Numbers

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
    start, stop = result.screening.rows_of(candidate)
    return _least_loss(result, verdicts, np.arange(start, stop), shown)


def rivals_of(
    result: Result, verdicts: Verdicts, opening: int, shown: int = SHOWN
) -> tuple[Alternative, ...]:
    """Return the people eligible at an opening but not proposed there, in the same order."""
    rows = np.flatnonzero(result.screening.opening == opening)
    return _least_loss(result, verdicts, rows, shown)


def _least_loss(
    result: Result, verdicts: Verdicts, rows: Numbers, shown: int
) -> tuple[Alternative, ...]:
    screening, score = result.screening, result.scores.score
    rows = rows[verdicts.name[rows] != PROPOSED]
    known = verdicts.exists[rows]
    loss = np.where(known[:, None], verdicts.loss[rows], 0)
    order = np.lexsort(
        (
            *(screening.candidate[rows], screening.opening[rows], -score[rows]),
            *(-verdicts.first[rows], *loss.T[::-1], ~known),
        )
    )
    return tuple(
        Alternative(
            int(screening.candidate[row]),
            int(screening.opening[row]),
            int(score[row]),
            verdicts.loss_of(row),
            str(verdicts.name[row]),
        )
        for row in rows[order[:shown]].tolist()
    )
