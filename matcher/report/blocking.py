"""Pairs that block a plan: the table, what `show` lists, and what the summary says of a stable
plan."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from matcher.explain.blocking import blocking_pairs, weigh_stable
from matcher.language import Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.report.titled import Titles, titled
from matcher.report.words import told_score
from matcher.stable import Blocking

TITLE = say(
    "Pairs of a person and a job order that would both rather have each other (blocking pairs)"
)
COLUMNS = [
    *("candidate_id", "opening_id", "proposed_at", "wish", "wish_at", "score", "score_at"),
    *("fit", "displaces", "displaced_fit"),
]
TITLES: Titles = (
    *(say("candidate"), say("job order"), say("proposed now at")),
    *(say("own wishes (of 1000): there"), say("here"), say("score: there"), say("here")),
    *(say("fit at the job order"), say("who would go"), say("fit of who would go")),
)


def table_blocking(result: Result) -> pd.DataFrame:
    """Return the pairs that block the plan of a result; see `table_pairs`."""
    return table_pairs(result.problem, blocking_pairs(result))


def table_pairs(problem: Problem, pairs: Sequence[Blocking]) -> pd.DataFrame:
    """Return blocking pairs by candidate and opening: where the person is proposed now (empty:
    nowhere), wishes (per mille) and score there and at the own place, the fit by which the opening
    ranks (where scores are given, the score), and who would go, several behind `; `."""
    rows = [
        (
            problem.candidate_ids[one.candidate],
            problem.opening_ids[one.opening],
            problem.opening_ids[one.at] if one.at >= 0 else "",
            *("" if number is None else number for number in _numbers(one)),
            one.fit,
            "; ".join(problem.candidate_ids[other.candidate] for other in one.displaced),
            "; ".join("" if o.fit is None else str(o.fit) for o in one.displaced),
        )
        for one in pairs
    ]
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS), dtype=object)


def list_blocking(result: Result, words: Words) -> str:
    """Return the pairs that block the plan of a result as a table of text."""
    return list_pairs(result.problem, blocking_pairs(result), words)


def list_pairs(problem: Problem, pairs: Sequence[Blocking], words: Words) -> str:
    """Return blocking pairs as a table of text; their number alone where there are none."""

    def points(number: int | None) -> str:
        return "" if number is None else words(told_score(problem, number, 2))

    rows = [
        (
            problem.candidate_ids[one.candidate],
            problem.opening_ids[one.opening],
            problem.opening_ids[one.at] if one.at >= 0 else "",
            *("" if number is None else str(number) for number in (one.wish, one.wish_at)),
            points(one.score),
            points(one.score_at),
            points(one.fit),
            "; ".join(problem.candidate_ids[other.candidate] for other in one.displaced),
            "; ".join(points(other.fit) for other in one.displaced),
        )
        for one in pairs
    ]
    return titled(TITLE, TITLES, rows, words)


def tell_stable(result: Result) -> list[Phrase]:
    """Return what a stable plan gives up beside the best one, and how many pairs block it; of
    another plan nothing."""
    if not result.stable:
        return []
    told, pairs = _tell_forgone(result), blocking_pairs(result)
    if not pairs:
        none = say(
            "Blocking pairs: 0. Every pair was looked at: nowhere would a person and a job order"
            " both rather have each other."
        )
        return [told, none]
    some = say(
        "Blocking pairs: {n} (`matcher show BATCH blocking` lists them): where ceilings cross, a"
        " plan without any need not exist, nor be found where it does.",
        n=len(pairs),
    )
    return [told, some]


def _tell_forgone(result: Result) -> Phrase:
    weighed = weigh_stable(result)
    if weighed is None:
        return say(
            "The best plan cannot be compared: without the mode, no plan that keeps every limit was"
            " found."
        )
    return say(
        "Proposed by these choices: {proposed} people, sum of scores {score}; by most people first,"
        " then the greatest sum of scores, it would be {best} people and {most}: a difference of"
        " {fewer} people and {lower} of score.",
        proposed=weighed.proposed,
        score=told_score(result.problem, weighed.score, 2),
        best=weighed.best_proposed,
        most=told_score(result.problem, weighed.best_score, 2),
        fewer=weighed.best_proposed - weighed.proposed,
        lower=told_score(result.problem, weighed.best_score - weighed.score, 2),
    )


def _numbers(one: Blocking) -> tuple[int | None, ...]:
    return one.wish, one.wish_at, one.score, one.score_at
