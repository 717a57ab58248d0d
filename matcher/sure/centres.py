"""What the unknowns leave out, by centre."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.assign.network import WORST
from matcher.pipeline import Result
from matcher.sure.asking import Asking
from matcher.sure.draws import Progress


@dataclass(frozen=True)
class Centre:
    """What the unknowns leave out for one centre: of its people `present` how many have a pair
    whose score is not known, how many are proposed, of these with a score not known and with a
    condition; the points that the plan leaves out of these scores (high end less the one used,
    summed over the proposals); and how many without a host would have one if all not known of
    their own pairs, and of nobody else's, turned out at its high end.
    """

    name: str
    present: int
    unknown: int
    proposed: int
    uncertain: int
    conditional: int
    left_out: int
    would: int


def knows_would(result: Result) -> bool:
    """Return whether it is known who would have a host: not where nothing is best (stable plans),
    nor where the lowest scores, which are no numbers of answers, have a part."""
    return not result.stable and WORST not in result.problem.order


def count_centres(result: Result, progress: Progress | None = None) -> tuple[Centre, ...]:
    """Return what the unknowns leave out for each centre, by its name ("" where none is recorded);
    `progress` is told the part of the work and its percent."""
    problem, scores, plan = result.problem, result.scores, result.plan
    screening, size = result.screening, len(problem.candidate_ids)
    left, unknown, conditional, would = np.zeros((4, size), np.int64)
    np.maximum.at(unknown, screening.candidate, (scores.low < scores.high).astype(np.int64))
    placed = plan.row >= 0
    row = plan.row[placed]
    left[placed] = scores.high[row] - scores.score[row]
    uncertain = np.zeros(size, np.int64)
    uncertain[placed] = scores.low[row] < scores.high[row]
    conditional[placed] = screening.conditional[row]
    if knows_would(result):
        asking = Asking(result)
        for person, candidate in enumerate(asking.base.people.tolist()):
            if unknown[candidate] and not placed[candidate]:
                would[candidate] = asking.would(person)
            if progress:
                progress("centres", 100 * (person + 1) // asking.base.people.size)
    people = np.bincount(problem.present, minlength=size)
    counts = np.stack([people, unknown, placed, uncertain, conditional, left, would], axis=1)
    names = np.array(problem.labels.centres, dtype=object)
    return tuple(
        Centre(name, *counts[names == name].sum(axis=0).tolist())
        for name in sorted({problem.labels.centres[one] for one in problem.present.tolist()})
    )
