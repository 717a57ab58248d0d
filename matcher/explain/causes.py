"""Why seats stay empty and people without a host, in numbers that add up."""

from __future__ import annotations

from collections import Counter

import numpy as np

from matcher.explain.verdicts import BELOW_FLOOR, CAPPED, LIMIT, judge_pairs
from matcher.pipeline import Result
from matcher.problem import Numbers
from matcher.rules import RULES, Answer
from matcher.screen import judge

TRADE, LANGUAGE, OTHER, LAW, GIVEN = "trade", "language", "other", "law", "given"
ELSEWHERE, FULL, FLOOR, QUOTA, LIMITED = "elsewhere", "full", "floor", "quota", "limit"
LANGUAGE_RULES = ("japanese_law", "japanese_order")
# Rules of law and programme that look at the job order alone, and so refuse everybody there.
ORDER_RULES = (
    *("job_stage", "regime_dates", "stage_iii", "minimum_wage", "supervisor_permit", "esd_field"),
    "cost_cap",
)
PLACE_OF = {rule.name: place for place, rule in enumerate(RULES)}


def empty_causes(result: Result, empty: Numbers) -> dict[str, int]:
    """Return the empty seats by cause: everybody eligible is proposed already, is kept out by a
    limit, or is worth less than the floor; nobody of the trade, none of the trade with the
    Japanese asked, or else."""
    causes: Counter[str] = Counter()
    problem, screening, verdicts = result.problem, result.screening, judge_pairs(result)
    people = problem.candidates.at(problem.present).down()
    for opening in np.flatnonzero(empty):
        rows = np.flatnonzero(screening.opening == opening)
        if rows.size:
            placed = result.plan.opening[screening.candidate[rows]] >= 0
            limited = (verdicts.name[rows[~placed]] == LIMIT).any()
            cause = ELSEWHERE if placed.all() else LIMITED if limited else FLOOR
        else:
            cause = _refusal(judge(people, problem.openings.at([opening]).across(), result.facts))
        causes[cause] += int(empty[opening])
    return dict(causes)


def unplaced_causes(result: Result, unplaced: Numbers) -> dict[str, int]:
    """Return the unplaced people by cause (see `cause_of_each`)."""
    return dict(Counter(cause_of_each(result, unplaced).values()))


def cause_of_each(result: Result, unplaced: Numbers) -> dict[int, str]:
    """Return the cause of each of the unplaced people, by place: every fitting seat is taken or
    closed, a limit is reached, or they are worth less than the floor; no opening of the trade, none
    of the trade without the Japanese they lack, or else."""
    causes: dict[int, str] = {}
    problem, screening, verdicts = result.problem, result.screening, judge_pairs(result)
    openings = problem.openings.across()
    for person in unplaced.tolist():
        names = verdicts.name[slice(*screening.rows_of(person))]
        if names.size:
            cause = _kept_out({*names.tolist()})
        else:
            cause = _refusal(judge(problem.candidates.at([person]).down(), openings, result.facts))
        causes[person] = cause
    return causes


def _kept_out(verdicts: set[str]) -> str:
    """Return why somebody with these verdicts, whom a rule lets through, has no host."""
    if verdicts == {BELOW_FLOOR}:
        return FLOOR
    if verdicts == {CAPPED}:
        return QUOTA
    return LIMITED if LIMIT in verdicts <= {LIMIT, CAPPED, BELOW_FLOOR} else FULL


def _refusal(answers: list[Answer]) -> str:
    """Return why all pairs of a block are refused: no score is given, the job orders themselves, or
    what those trained for the work fail."""
    fails = np.broadcast_arrays(*(fails for fails, _ in answers))
    if fails[PLACE_OF["given_score"]].all():
        return GIVEN
    if np.logical_or.reduce([fails[PLACE_OF[rule]] for rule in ORDER_RULES]).all():
        return LAW
    trained = ~fails[PLACE_OF["trained_for"]]
    lingual = np.logical_or.reduce([fails[PLACE_OF[rule]] for rule in LANGUAGE_RULES])
    if not trained.any():
        return TRADE
    return LANGUAGE if lingual[trained].all() else OTHER
