"""The funnel as rows and records for machines."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from matcher.explain.funnel import Funnel, RuleCount
from matcher.language import Words

OF_SCOPE = (
    *("scope", "name", "people", "openings", "pairs", "refused", "conditional", "free"),
    *("people_without", "proposed", "proposed_conditional"),
)
OF_RULE = (
    *("rule", "kind", "fails", "fails_alone", "fails_trained", "unknowns", "unknowns_alone"),
    *("people_failing", "people_unknown", "people_emptied"),
)


def table_of(funnels: Sequence[Funnel]) -> pd.DataFrame:
    """Return one row per scope and rule that does something there; the rule is blank where none
    does."""
    rows = [
        (
            *_numbers(funnel).values(),
            *(_rule(count).values() if count else ("",) * len(OF_RULE)),
        )
        for funnel in funnels
        for count in funnel.working or (None,)
    ]
    return pd.DataFrame(rows, columns=pd.Index([*OF_SCOPE, *OF_RULE]), dtype=object)


def record_of(funnel: Funnel, words: Words) -> dict[str, object]:
    """Return a funnel for JSON, its rules' sources in the reader's language."""
    rules = [
        {**_rule(count), "label": words(count.rule.label), "source": words(count.rule.source)}
        for count in funnel.working
    ]
    around = {"away": funnel.away, "seats": funnel.seats, "elsewhere": funnel.elsewhere}
    return {**_numbers(funnel), **around, "rules": rules}


def _numbers(funnel: Funnel) -> dict[str, object]:
    return {
        "scope": funnel.scope,
        "name": funnel.name,
        "people": funnel.people,
        "openings": funnel.openings,
        "pairs": funnel.pairs,
        "refused": funnel.refused,
        "conditional": funnel.conditional,
        "free": funnel.free,
        "people_without": funnel.without,
        "proposed": funnel.proposed,
        "proposed_conditional": funnel.proposed_conditional,
    }


def _rule(count: RuleCount) -> dict[str, object]:
    return {
        "rule": count.rule.name,
        "kind": count.rule.kind,
        "fails": count.fails,
        "fails_alone": count.alone,
        "fails_trained": count.trained,
        "unknowns": count.unknowns,
        "unknowns_alone": count.unknowns_alone,
        "people_failing": count.people_failing,
        "people_unknown": count.people_unknown,
        "people_emptied": count.emptied,
    }
