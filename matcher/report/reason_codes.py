"""The reason codes of outcomes as people look them up: states, names, and the effect of each."""

from __future__ import annotations

import pandas as pd

from matcher.check.outcome_words import EFFECTS, REASON_NAMES
from matcher.language import Words
from matcher.problem.outcomes import REASONS
from matcher.report.render import render_csv, render_json, render_table
from matcher.vocabulary.search import Row, holds

COLUMNS = ("code", "states", "effect", "meaning", "indonesian", "japanese", "english")


def find_reasons(text: str, words: Words) -> list[Row]:
    """Return the reason codes that hold every word of `text`, each as a row of texts: what the
    effect means in the words given, the code's name in all languages."""
    rows: list[Row] = []
    for reason in REASONS:
        name = REASON_NAMES[reason.code]
        texts = (
            reason.code,
            "; ".join(reason.states),
            reason.effect,
            words(EFFECTS[reason.effect]),
        )
        rows.append(dict(zip(COLUMNS, (*texts, name.id, name.ja, name.en), strict=True)))
    return [row for row in rows if holds(row, text)]


def show_reasons(search: str, form: str, words: Words) -> str:
    """Return the reason codes that hold `search`, as text, JSON or CSV."""
    rows = find_reasons(search, words)
    if form == "json":
        return render_json(rows)
    if form == "csv":
        return render_csv(pd.DataFrame(rows, columns=list(COLUMNS)))
    if not rows:
        return "0\n"
    return render_table(list(COLUMNS), [[str(cell) for cell in row.values()] for row in rows])
