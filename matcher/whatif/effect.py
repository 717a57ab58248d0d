"""The effect of overrides before they are made: the inputs changed and read again, the plan found
anew. So it is what a run of the changed inputs comes to, and nothing is written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np

from matcher.assign.build import kept_pairs
from matcher.check.again import reopen
from matcher.errors import InputError, MatcherError
from matcher.language import say
from matcher.pipeline import Result, match
from matcher.problem import Problem, Standing
from matcher.screen import find_pair
from matcher.whatif.inputs import Changed, change_inputs
from matcher.whatif.refusals import refuse
from matcher.whatif.words import WITHDRAW, Override


@dataclass(frozen=True)
class Move:
    """Somebody whose opening is another ("" without one), with the state before and after, as in
    `placements.csv`, and the scores of both (None without an opening)."""

    candidate_id: str
    before: str
    after: str
    state_before: str
    state_after: str
    score_before: int | None
    score_after: int | None

    @property
    def change(self) -> int | None:
        """The score's change, None where there is none before or none after."""
        if self.score_before is None or self.score_after is None:
            return None
        return self.score_after - self.score_before


@dataclass(frozen=True, eq=False)
class Effect:
    """The result `before` and `after` some overrides, who moves (by id), and the totals of both by
    name: people `present` (who take part), `proposed`, of these `conditional`, `unplaced`, `seats`,
    of these `offered` (at job orders neither on hold nor withdrawn), the sum of the `score`, and
    what the objective names besides: pairs that `keep` keeps, and the `lowest` score of somebody
    proposed (`worst`).

    `stay` counts the people proposed for the same opening before and after. `reweighed` is the sum
    of the scores of the plan before by the weights after; None where these are the same, or where
    a rule refuses a pair of it now. `given_up` are the seats on record (candidate and opening)
    that those who withdraw leave.
    """

    before: Result
    after: Result
    overrides: tuple[Override, ...]
    moves: tuple[Move, ...]
    totals: dict[str, tuple[int, int]]
    stay: int
    reweighed: int | None
    given_up: tuple[tuple[str, str], ...] = ()


def what_if(result: Result, overrides: Sequence[Override]) -> Effect:
    """Return the effect of overrides on a result: that of a run with the inputs so changed.

    Raises `UsageError` for what cannot be asked, `AskedError` where what is asked contradicts what
    is on record, a rule, a quota or a limit (its issues name what is asked), `MatcherError` as
    `match` does.
    """
    changed = change_inputs(result.problem, overrides)
    with _told(result.problem, changed, overrides):
        after = match(reopen(result.problem, changed.tables, changed.settings))
    here, there = result.plan.opening, after.plan.opening
    own, other = _totals(result), _totals(after)
    return Effect(
        result,
        after,
        tuple(overrides),
        tuple(_move(result, after, person) for person in np.flatnonzero(here != there).tolist()),
        {name: (own[name], other[name]) for name in own if name in other},
        int(((here >= 0) & (here == there)).sum()),
        _reweighed(result, after),
        tuple(sorted(changed.given_up)),
    )


@contextmanager
def _told(problem: Problem, changed: Changed, overrides: Sequence[Override]) -> Iterator[None]:
    """Let every fault say what is asked, and that nothing was written."""
    try:
        yield
    except InputError as fault:
        raise refuse(fault, problem, changed, overrides) from fault
    except MatcherError as fault:
        asked = " + ".join(map(str, overrides))
        told = say("{asked}: {fault} Nothing was written.", asked=asked, fault=fault.phrase)
        raise MatcherError(told) from fault


def _move(before: Result, after: Result, person: int) -> Move:
    (here, state, score), (there, state_after, score_after) = (
        _place(side, person) for side in (before, after)
    )
    name = before.problem.candidate_ids[person]
    return Move(name, here, there, state, state_after, score, score_after)


def _place(result: Result, person: int) -> tuple[str, str, int | None]:
    """Return somebody's opening, state and score."""
    at, row = int(result.plan.opening[person]), int(result.plan.row[person])
    opening = result.problem.opening_ids[at] if at >= 0 else ""
    return opening, _state(result, person), int(result.scores.score[row]) if row >= 0 else None


def _state(result: Result, person: int) -> str:
    """Return somebody's state as `placements.csv` has it."""
    standing, row = Standing(int(result.problem.standing[person])), int(result.plan.row[person])
    if standing != Standing.PRESENT:
        return standing.name.lower()
    if row < 0:
        return "unplaced"
    return "conditional" if result.screening.conditional[row] else "placed"


def _totals(result: Result) -> dict[str, int]:
    problem, plan = result.problem, result.plan
    rows = plan.row[plan.row >= 0]
    scores = result.scores.score[rows]
    totals = {
        "present": problem.present.size,
        "proposed": rows.size,
        "conditional": int(result.screening.conditional[rows].sum()),
        "unplaced": int((plan.opening[problem.present] < 0).sum()),
        "seats": int(problem.openings.seats.sum()),
        "offered": _offered(problem),
        "score": int(scores.sum()),
    }
    if "keep" in problem.order:
        totals["keep"] = int(kept_pairs(problem, result.screening)[rows].sum())
    if "worst" in problem.order and rows.size:
        totals["lowest"] = int(scores.min())
    return totals


def _offered(problem: Problem) -> int:
    """Return how many seats the job orders have that no decision holds or withdraws."""
    away = {
        one.opening_id
        for one in problem.decisions
        if one.action in ("hold", WITHDRAW) and not one.candidate_id
    }
    seats = zip(problem.opening_ids, problem.openings.seats.tolist(), strict=True)
    return sum(n for name, n in seats if name not in away)


def _reweighed(before: Result, after: Result) -> int | None:
    if before.problem.settings.weights == after.problem.settings.weights:
        return None
    placed = np.flatnonzero(before.plan.opening >= 0).tolist()
    rows = [find_pair(after.screening, one, int(before.plan.opening[one])) for one in placed]
    return None if -1 in rows else int(after.scores.score[rows].sum())
