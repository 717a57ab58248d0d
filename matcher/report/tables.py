"""The tables of a batch: for machines, never translated, sorted by id."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from matcher.errors import Issue
from matcher.explain import alternatives_of, judge_pairs, view_rules
from matcher.language import Words, words_of
from matcher.pipeline import Result
from matcher.problem import Standing, day_of
from matcher.report.words import state_of
from matcher.rules import RULES
from matcher.score import break_down_pairs


def table_placements(result: Result) -> pd.DataFrame:
    """Return one row per accepted candidate, whatever became of them."""
    problem, plan = result.problem, result.plan
    states = {Standing.HELD: "held", Standing.WITHDRAWN: "withdrawn"}
    rows = []
    for person, candidate_id in enumerate(problem.candidate_ids):
        at, row = int(plan.opening[person]), int(plan.row[person])
        conditional = row >= 0 and bool(result.screening.conditional[row])
        state = states.get(Standing(int(problem.standing[person])), state_of(at >= 0, conditional))
        rows.append(
            (
                candidate_id,
                *(_opening(result, at) if at >= 0 else ("", "", "")),
                int(result.scores.score[row]) if row >= 0 else "",
                state,
            )
        )
    columns = ["candidate_id", "opening_id", "host_id", "operation_no", "score", "state"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def table_alternatives(result: Result, candidate: int | None = None) -> pd.DataFrame:
    """Return each person's five eligible openings with least loss that are not proposed; one
    candidate's alone, if there is one."""
    verdicts, problem = judge_pairs(result, candidate), result.problem
    rows = [
        (
            problem.candidate_ids[person],
            rank,
            problem.opening_ids[other.opening],
            other.score,
            *_by_place(result, other.loss),
            other.verdict,
        )
        for person in problem.present.tolist()
        if candidate in (None, person)
        for rank, other in enumerate(alternatives_of(result, verdicts, person), 1)
    ]
    columns = [
        "candidate_id",
        "rank",
        "opening_id",
        "score",
        "loss_places",
        "loss_score",
        "verdict",
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def table_breakdown(result: Result) -> pd.DataFrame:
    """Return the breakdown of every proposal, one row per criterion."""
    problem = result.problem
    people = np.flatnonzero(result.plan.opening >= 0)
    openings = result.plan.opening[people]
    parts = break_down_pairs(problem, result.facts, people, openings)
    known, lines = parts.exists, len(parts.criteria)
    value, weight = parts.value.T[known], np.array(parts.weights)
    candidate_ids = np.array(problem.candidate_ids, object)[people[known]]
    opening_ids = np.array(problem.opening_ids, object)[openings[known]]
    return pd.DataFrame(
        {
            "candidate_id": np.repeat(candidate_ids, lines),
            "opening_id": np.repeat(opening_ids, lines),
            "criterion": parts.criteria * len(value),
            "value": value.ravel(),
            "weight": np.tile(weight, len(value)),
            "contribution": (value * weight).ravel(),
        },
        dtype=object,
    )


def table_refusals(result: Result) -> pd.DataFrame:
    """Return for each person how many openings each rule fails or leaves unknown; one row for
    people held or withdrawn."""
    problem, screening = result.problem, result.screening
    counts = (
        ("fail", screening.fails_of_candidates),
        ("unknown", screening.unknowns_of_candidates),
    )
    rows: list[tuple[str, str, str, int | str]] = []
    for person, candidate_id in enumerate(problem.candidate_ids):
        cause = problem.standing_cause[person]
        if cause:
            state = "withdrawn" if problem.standing[person] == Standing.WITHDRAWN else "held"
            rows.append((candidate_id, cause, state, ""))
        rows += [
            (candidate_id, rule.name, state, int(count[person, place]))
            for place, rule in enumerate(RULES)
            for state, count in counts
            if count[person, place]
        ]
    return pd.DataFrame(
        rows, columns=["candidate_id", "rule", "state", "openings"], dtype=object
    ).sort_values(["candidate_id", "rule", "state"], ignore_index=True)


def table_openings(result: Result) -> pd.DataFrame:
    """Return each opening's seats, how many are filled, who could sit there, and seat values:
    none of a stable plan."""
    problem = result.problem
    placed = result.plan.opening[result.plan.opening >= 0]
    filled = np.bincount(placed, minlength=len(problem.openings))
    eligible = np.bincount(result.screening.opening, minlength=len(problem.openings))
    rows = [
        (
            opening_id,
            int(problem.openings.seats[place]),
            int(filled[place]),
            int(eligible[place]),
            *_values_at(result, place),
        )
        for place, opening_id in enumerate(problem.opening_ids)
    ]
    columns = ["opening_id", "seats", "filled", "eligible", "value_places", "value_score"]
    columns += ["value_places_high", "value_score_high"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def table_proofs(result: Result, words: Words) -> pd.DataFrame:
    """Return what is still to be shown before each conditional proposal is approved, one row for
    each rule still open, told in the reader's language."""
    problem, plan = result.problem, result.plan
    rows = [
        (
            problem.candidate_ids[person],
            problem.opening_ids[plan.opening[person]],
            view.rule.name,
            words(view.held),
            words(view.required),
            day_of(view.due).isoformat(),
            words(view.shown_by),
            words(view.rule.source),
        )
        for person in np.flatnonzero(plan.opening >= 0).tolist()
        if result.screening.conditional[plan.row[person]]
        for view in view_rules(result, person, int(plan.opening[person]))
    ]
    columns = [
        "candidate_id",
        "opening_id",
        "rule",
        "held",
        "required",
        "due",
        "shown_by",
        "source",
    ]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def table_issues(issues: Iterable[Issue]) -> pd.DataFrame:
    """Return the issues of the inputs, in English; `also` are further lines of the same."""
    words = words_of("en")
    rows = [
        (
            issue.action,
            issue.code,
            issue.file,
            issue.sheet,
            issue.cell,
            issue.line or "",
            " ".join(map(str, issue.also)),
            issue.column,
            issue.header,
            issue.value,
            issue.became or "",
            words(issue.reason),
            words(issue.mend) if issue.mend else "",
        )
        for issue in sorted(issues, key=lambda issue: issue.place)
    ]
    columns = ["action", "code", "file", "sheet", "cell", "line", "also", "column", "header"]
    columns += ["value", "became", "reason", "mend"]
    return pd.DataFrame(rows, columns=pd.Index(columns), dtype=object)


def table_pairs(result: Result) -> pd.DataFrame:
    """Return every pair that no rule refuses, with its score."""
    problem, screening = result.problem, result.screening
    return pd.DataFrame(
        {
            "candidate_id": np.array(problem.candidate_ids, object)[screening.candidate],
            "opening_id": np.array(problem.opening_ids, object)[screening.opening],
            "score": result.scores.score,
        }
    )


def _opening(result: Result, opening: int) -> tuple[str, str, str]:
    problem = result.problem
    return (
        problem.opening_ids[opening],
        problem.lists.hosts[problem.openings.host[opening]],
        problem.lists.operations[problem.openings.job[opening]],
    )


def _values_at(result: Result, opening: int) -> tuple[int | str, ...]:
    """Return the lowest and the highest seat value of an opening; empty where it would not go
    ahead with a person alone."""
    if result.stable or opening in result.waiting:
        return ("",) * 4
    values = result.seat_values
    high = tuple(values.high[opening].tolist()) if values.exists[opening] else None
    return (
        *_by_place(result, tuple(values.low[opening].tolist())),
        *_by_place(result, high),
    )


def _by_place(result: Result, places: tuple[int, ...] | None) -> tuple[int | str, int | str]:
    """Return the places and score of a tuple; empty where the objective does not name them, or
    only behind `worst`."""
    named = dict(zip(result.problem.order, places or (), strict=False))
    return named.get("placements", ""), named.get("score", "")
