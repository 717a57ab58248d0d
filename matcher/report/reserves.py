"""Who stands behind the proposals: the table of a batch, and what `show` lists."""

from __future__ import annotations

import pandas as pd

from matcher.language import Words, say
from matcher.pipeline import Result
from matcher.report.titled import Titles, titled, work_of
from matcher.report.words import told_score
from matcher.shortlist import Reserve

TITLE = say("Reserves behind the proposals, nobody behind two job orders")
COLUMNS: Titles = (
    *(say("rank"), say("candidate"), say("name"), say("score")),
    say("proposed now at"),
)


def table_reserves(result: Result) -> pd.DataFrame:
    """Return the reserves of each opening by rank; `proposed_at` is where the person is proposed
    now, empty where nowhere."""
    problem = result.problem
    rows = [
        (
            problem.opening_ids[reserve.opening],
            reserve.rank,
            problem.candidate_ids[reserve.candidate],
            int(result.scores.score[reserve.row]),
            problem.opening_ids[reserve.proposed_at] if reserve.proposed_at >= 0 else "",
        )
        for reserve in result.reserves
    ]
    columns = ["opening_id", "rank", "candidate_id", "score", "proposed_at"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def list_reserves(result: Result, words: Words) -> str:
    """Return the reserves of all openings as a table of text."""
    problem = result.problem
    rows = [
        (
            problem.opening_ids[reserve.opening],
            *work_of(problem, reserve.opening, words),
            *_cells(result, reserve, words),
        )
        for reserve in result.reserves
    ]
    titles = (say("job order"), say("host"), say("work"), *COLUMNS)
    return titled(TITLE, titles, rows, words)


def list_reserves_of(result: Result, opening: int, words: Words) -> str:
    """Return the reserves of one opening as a table of text."""
    own = [reserve for reserve in result.reserves if reserve.opening == opening]
    rows = [_cells(result, reserve, words) for reserve in own]
    return titled(say("Reserves"), COLUMNS, rows, words)


def _cells(result: Result, reserve: Reserve, words: Words) -> tuple[str, ...]:
    problem, at = result.problem, reserve.proposed_at
    return (
        str(reserve.rank),
        problem.candidate_ids[reserve.candidate],
        problem.labels.candidate_names[reserve.candidate],
        words(told_score(result.problem, int(result.scores.score[reserve.row]), 2)),
        problem.opening_ids[at] if at >= 0 else "",
    )
