"""Interview lists as rows and records for machines, never translated."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from itertools import groupby

import pandas as pd

from matcher.pipeline import Result
from matcher.problem import NO_DAY, day_of
from matcher.report.shortlist.counts import count_lists
from matcher.shortlist import Entry


def table_shortlist(result: Result, entries: Sequence[Entry]) -> pd.DataFrame:
    """Return lines of the lists, by opening and rank."""
    problem = result.problem
    rows = [
        (
            problem.opening_ids[entry.opening],
            entry.rank,
            problem.candidate_ids[entry.candidate],
            entry.score,
            entry.state,
        )
        for entry in entries
    ]
    columns = ["opening_id", "rank", "candidate_id", "score", "state"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def record_shortlist(result: Result, listed: Sequence[Entry]) -> dict[str, object]:
    """Return lines of the lists for JSON, with each opening's lengths, who is left out, the
    counts and the settings used."""
    problem, shortlist = result.problem, result.shortlist
    settings = problem.settings
    return {
        "name": settings.name,
        "on": settings.on.isoformat(),
        "method": shortlist.method,
        "settings": {
            **settings.shortlist.model_dump(
                mode="json", include={"per_seat", "plus", "load_min", "load_max"}
            ),
            "min_score": settings.objective.min_score,
            "seed": settings.seed,
        },
        "quotas": "checked" if result.facts.quotas.checked else "not checked",
        "counts": asdict(count_lists(result)),
        "lists": [
            {
                "opening_id": problem.opening_ids[opening],
                "entries": [_entry(result, entry) for entry in entries],
            }
            for opening, entries in groupby(listed, lambda entry: entry.opening)
        ],
        "openings": [_opening(result, opening) for opening in range(len(problem.opening_ids))],
        "left_out": [
            {
                "candidate_id": problem.candidate_ids[one.candidate],
                "reason": one.reason,
                "openings": [problem.opening_ids[opening] for opening in one.openings],
            }
            for one in shortlist.left_out
        ],
    }


def _entry(result: Result, entry: Entry) -> dict[str, object]:
    return {
        "rank": entry.rank,
        "candidate_id": result.problem.candidate_ids[entry.candidate],
        "score": entry.score,
        "fit": entry.fit,
        "state": entry.state,
        "fixed": entry.fixed,
        "refused_now": entry.row < 0,
    }


def _opening(result: Result, opening: int) -> dict[str, object]:
    problem, lists = result.problem, result.shortlist
    day = int(problem.openings.interview_on[opening])
    return {
        "opening_id": problem.opening_ids[opening],
        "interview_on": "" if day == NO_DAY else day_of(day).isoformat(),
        "free": int(lists.free[opening]),
        "asked": int(lists.asked[opening]),
        "within": int(lists.within[opening]),
        "length": int(lists.length[opening]),
        "least": int(lists.least[opening]),
        "why": lists.why[opening],
    }
