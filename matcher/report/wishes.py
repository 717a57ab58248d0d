"""The wishes of hosts that the law restricts: kept apart, applied only where enforced."""

from __future__ import annotations

import pandas as pd

from matcher.explain.enforced import WISH_LAWS, WISH_NAMES, Enforced, find_enforced
from matcher.language import Phrase, Words, say
from matcher.pipeline import Result
from matcher.report.render import render_table

COLUMNS = [
    "opening_id",
    "kind",
    "wish",
    "reason",
    "law",
    "enforced",
    "by",
    "on",
    "cut",
    "unknown",
    "whom",
]


def table_wishes(result: Result, words: Words) -> pd.DataFrame:
    """Return one row per wish, told in the reader's language; `cut` counts the people whom nothing
    else refuses there and whom an enforced wish leaves out, `whom` names them."""
    ids = result.problem.opening_ids
    enforced = {(wish.opening, wish.kind): wish for wish in find_enforced(result)}
    rows = [
        (
            ids[wish.opening],
            wish.kind,
            wish.text,
            wish.reason,
            words(WISH_LAWS[wish.kind]),
            *_enforcement(result, enforced.get((wish.opening, wish.kind))),
        )
        for wish in result.problem.wishes
    ]
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS), dtype=object).sort_values(
        ["opening_id", "kind", "wish"], ignore_index=True
    )


def list_wishes(result: Result, words: Words) -> str:
    """Return the wishes as a table of text."""
    table = table_wishes(result, words)
    head = words(
        say("Wishes that the law restricts, applied only where enforced: {n}", n=len(table))
    )
    if table.empty:
        return f"{head}\n"
    rows = [
        (opening, words(WISH_NAMES[kind]), wish, law, enforced, f"{cut}: {whom}" if whom else cut)
        for opening, kind, wish, _, law, enforced, _, _, cut, _, whom in table.to_numpy(
            str
        ).tolist()
    ]
    titles = (say("job order"), say("kind"), say("wish"), say("law"), say("enforced"))
    named = [words(title) for title in (*titles, say("leaves out"))]
    return f"{head}\n\n" + render_table(named, rows)


def tell_enforcement(wish: Enforced) -> Phrase:
    """Return what one enforced wish does, with the law it touches and who decided it."""
    return say(
        "Enforced at {opening}: {meaning} ({law}). Reason: {reason} ({by}, {day}). It leaves out"
        " {n} people who could otherwise be proposed there.",
        opening=wish.decision.opening_id,
        meaning=wish.meaning,
        law=wish.law,
        reason=wish.decision.reason,
        by=wish.decision.by,
        day=wish.decision.on,
        n=len(wish.cut),
    )


def _enforcement(result: Result, enforced: Enforced | None) -> tuple[int | str, ...]:
    if enforced is None:
        return "", "", "", "", "", ""
    decision, ids = enforced.decision, result.problem.candidate_ids
    counts = (len(enforced.cut), len(enforced.unknown))
    whom = "; ".join(ids[person] for person in enforced.cut)
    return decision.reason, decision.by, decision.on.isoformat(), *counts, whom
