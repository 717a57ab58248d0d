"""The smallest changes of facts that would give somebody a host in this round.

Every single change is screened and scored in one pass and set against what the seats ask, and the
most promising are tried by runs with that one fact changed: what is `confirmed` was found by such a
run. Skills and certificates are tried of the person's own work alone (`work_of`), and count at
openings alone that ask for them.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.assign.divisions import MILP
from matcher.explain.winning.changes import Change, changes_of, counting
from matcher.explain.winning.found import Miss, Win, Winning
from matcher.explain.winning.offers import offers_of, row_of
from matcher.explain.winning.prospects import prospects_of
from matcher.explain.winning.search import Search
from matcher.explain.winning.values import asked_of
from matcher.explain.winning.work import work_of
from matcher.pipeline import Result
from matcher.problem import Standing

__all__ = ["Change", "Miss", "Win", "Winning", "winning_changes"]

LARGE, MOST_OF_LARGE = 20_000, 1  # pairs beyond which a run takes long; with `milp` it always does


def winning_changes(result: Result, candidate: int, most: int | None = None) -> Winning | None:
    """Return which single changes of a candidate's row would be enough for a seat; None for
    whoever has one, is on hold or withdrew. At most `most` runs are made to confirm (by default 4,
    5 where changes of every kind may be enough, 1 in a large batch or where `milp` chose), each for
    all changes of one effect."""
    problem = result.problem
    present = problem.standing[candidate] == Standing.PRESENT
    if not present or result.plan.opening[candidate] >= 0:
        return None
    nothing = Winning(candidate, 0, 0, 0, True, False, (), (), None)
    if not result.facts.rules_apply:
        return replace(nothing, applies=False)
    work = work_of(problem, result.facts, candidate)
    changes = changes_of(problem, candidate, row_of(problem, candidate), work)
    if not changes:
        return nothing
    offers = offers_of(problem, candidate, changes)
    asked = None
    if not result.stable:
        person = int(np.searchsorted(result.judged.people, candidate))
        asked = asked_of(result.judged, result.pair_of, person)
    counts = counting(problem, changes, work)
    prospects = prospects_of(offers, asked, counts)
    large = result.screening.candidate.size > LARGE or result.plan.method == MILP
    if most is None and large:
        most = MOST_OF_LARGE
    return Search(result, candidate, changes, prospects, offers, counts, most).answer()
