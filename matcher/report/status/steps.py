"""Steps on record in words and rows."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from matcher.check.follow import Step
from matcher.check.outcome_words import REASON_NAMES
from matcher.language import Fact, Words, say
from matcher.report.funnel.columns import fit_filled
from matcher.report.words import STEPS

COLUMNS = ("on", "candidate_id", "opening_id", "state", "by", "rank", "reason_code")


def table_steps(steps: Sequence[Step]) -> pd.DataFrame:
    """Return one row per step."""
    rows = [
        (
            *(step.on.isoformat(), step.candidate_id, step.opening_id, step.state, step.by),
            *(step.rank or "", step.reason_code),
        )
        for step in steps
    ]
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS), dtype=object)


def tell_steps(steps: Sequence[Step], who: bool, words: Words) -> str:
    """Return the steps as a table of text, by candidate where `who`, else by job order."""
    head = words(say("Steps on record: {n}", n=len(steps)))
    if not steps:
        return f"{head}\n"
    rows = [
        (
            step.on.isoformat(),
            step.candidate_id if who else step.opening_id,
            words(name_step(step)),
            words(REASON_NAMES[step.reason_code]) if step.reason_code else "",
            step.by,
        )
        for step in steps
    ]
    whose = say("candidate") if who else say("job order")
    titles = (say("day"), whose, say("step"), say("reason"), say("recorded by"))
    return f"{head}\n\n" + fit_filled([words(title) for title in titles], rows)


def name_step(step: Step) -> Fact:
    """Return a step's name, a reserve's with its rank."""
    if step.state == "reserve" and step.rank:
        return say("{step} {rank}", step=STEPS[step.state], rank=step.rank)
    return STEPS[step.state]
