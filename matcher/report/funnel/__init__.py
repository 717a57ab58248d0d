"""The funnel as people and machines read it: which rule empties which trade and centre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np
import pandas as pd

from matcher.errors import UsageError
from matcher.explain import judge_pairs
from matcher.explain.funnel import Funnel, count_scope, count_scopes
from matcher.explain.funnel.works import find_centre, find_works, openings_of
from matcher.language import Words, say
from matcher.pipeline import Result
from matcher.problem import Flags
from matcher.report.funnel.records import record_of, table_of
from matcher.report.funnel.telling import (
    headline,
    tell_batch,
    tell_left,
    tell_lines,
    tell_rules,
    tell_works,
)
from matcher.report.promises import tell_settled
from matcher.report.render import render_csv, render_json
from matcher.spelling import did_you_mean
from matcher.vocabulary import load_vocabulary
from matcher.vocabulary.jobs import jobs_of


def table_funnel(result: Result) -> pd.DataFrame:
    """Return the funnels of the whole batch, of each category, operation and centre: one row per
    scope and rule that does something there; the rule is blank where none does."""
    table = table_of(count_scopes(result))
    return table.sort_values(["scope", "name"], kind="stable", ignore_index=True)


def show_funnel(
    result: Result, centre: str | None, work: str | None, form: str, words: Words
) -> str:
    """Return the funnel of a centre's people, of a work's job orders, of both, or of the batch.

    Raises `UsageError` where there is no such centre or work.
    """
    if centre is None and work is None:
        funnels = count_scopes(result)
        match form:
            case "json":
                return render_json([record_of(funnel, words) for funnel in funnels])
            case "csv":
                return render_csv(table_of(funnels))
            case _:
                return _whole(result, funnels, words)
    people, named = _people(result, centre)
    openings, works = _openings(result, work)
    name = " × ".join(part for part in (named, work) if part is not None)
    funnel = count_scope(result, people, openings, name)
    verdicts = _verdicts(result, people, openings)
    match form:
        case "json":
            settled = [words(line) for line in tell_settled(result.problem)]
            more = {"operations": list(works), "verdicts": verdicts, "settled": settled}
            return render_json({**record_of(funnel, words), **more})
        case "csv":
            return render_csv(table_of([funnel]))
        case _:
            lines = tell_works(result, works, openings) if work is not None else []
            lines = [headline(funnel, named), *lines, *tell_left(funnel, verdicts)]
            return tell_lines(lines, words) + "\n" + tell_rules(funnel, words)


def _whole(result: Result, funnels: Sequence[Funnel], words: Words) -> str:
    people = np.ones(len(result.problem.candidate_ids), bool)
    openings = np.ones(len(result.problem.openings), bool)
    return tell_batch(funnels, _verdicts(result, people, openings), words)


def _people(result: Result, centre: str | None) -> tuple[Flags, str | None]:
    """Return who belongs to a centre, and how it is spelt."""
    labels = result.problem.labels
    if centre is None:
        return np.ones(len(labels.centres), bool), None
    found = find_centre(result.problem, centre)
    if found is None:
        known = sorted(filter(None, set(labels.centres)))
        mend = did_you_mean(centre, known) or say("one of: {words}", words=tuple(known))
        raise UsageError(say("There is no centre “{name}” here: {mend}", name=centre, mend=mend))
    return np.array(labels.centres, dtype=object) == found, found


def _openings(result: Result, work: str | None) -> tuple[Flags, tuple[str, ...]]:
    """Return which openings are for a work, and the operations it names."""
    if work is None:
        return np.ones(len(result.problem.openings), bool), ()
    works = find_works(result.problem, work)
    if not works:
        spellings = jobs_of(load_vocabulary()).spellings
        mend = did_you_mean(work, spellings) or say("`matcher vocabulary job-types` lists them")
        raise UsageError(say("There is no work “{name}”: {mend}", name=work, mend=mend))
    return openings_of(result.problem, works), works


def _verdicts(result: Result, people: Flags, openings: Flags) -> dict[str, int]:
    """Return how the pairs of a scope that no rule refuses ended, most first."""
    screening = result.screening
    here = people[screening.candidate] & openings[screening.opening]
    if not here.any():
        return {}
    return dict(Counter(judge_pairs(result).name[here].tolist()).most_common())
