"""An audit for machines: counts as they are, intervals and probabilities in whole millionths."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd

from matcher.audit import Audit, GroupAudit
from matcher.audit.blind import Place, Trial, counted_columns, shuffled_columns
from matcher.audit.drivers import Driver
from matcher.audit.groups import BANDS
from matcher.audit.rates import FEWEST, FOUR_FIFTHS, Rate
from matcher.language import Words
from matcher.pipeline import Result
from matcher.report.audit.ranked import record_ranked
from matcher.report.audit.words import group_name
from matcher.report.promises import tell_settled
from matcher.shortlist.basis import LONG_WAIT

MILLION = 1_000_000
DRIVERS = ("refuses", "closes", "scores", "nowhere")
IMPACT = ("reference", "reference_count", "reference_of", "numerator", "denominator", "signal")
DRIVER = ("name", "count", "of", "rest_count", "rest_of")


def record_audit(
    result: Result, audit: Audit, trials: tuple[Trial, ...], words: Words
) -> dict[str, object]:
    """Return the audit for JSON; names of groups and reasons in the reader's language."""
    settings = result.problem.settings
    scores = ("score", "scores") if result.problem.given is None else ()
    return {
        "name": settings.name,
        "on": settings.on.isoformat(),
        "settled": [words(line) for line in tell_settled(result.problem)],
        "people": audit.people,
        "present": audit.present,
        "proposed": audit.proposed,
        "conditional": audit.conditional,
        "not_eligible": audit.refused,
        "fewest": FEWEST,
        "signal_below": _fraction(FOUR_FIFTHS),
        "age_bands_end": [last for last, _ in BANDS],
        "long_wait_days": LONG_WAIT,
        "millionths": ["low", "high", "p", "nowhere_p", *scores],
        "groupings": {
            grouping.name: [
                {"label": words(group_name(grouping.name, group.name)), **_group(group)}
                for group in grouping.groups
            ]
            for grouping in audit.groupings
        },
        "enforced": [
            {
                "opening_id": wish.decision.opening_id,
                "kind": wish.kind,
                "wish": wish.wish,
                "meaning": words(wish.meaning),
                "law": words(wish.law),
                "reason": wish.decision.reason,
                "by": wish.decision.by,
                "on": wish.decision.on.isoformat(),
                "cut": len(wish.cut),
                "unknown": len(wish.unknown),
            }
            for wish in audit.enforced
        ],
        "blind_test": {
            "passed": all(trial.passed for trial in trials),
            "without_enforced_wishes": len(audit.enforced),
            "columns": list(shuffled_columns(settings)),
            "counted_by_limits": list(counted_columns(settings)),
            "trials": [_trial(trial, words) for trial in trials],
        },
        "outcomes": record_ranked(result),
    }


def table_audit(audit: Audit) -> pd.DataFrame:
    """Return one row per group of each grouping; cells are empty where there is nothing to say."""
    rows = [
        {"grouping": grouping.name, **_flat(group)}
        for grouping in audit.groupings
        for group in grouping.groups
    ]
    return pd.DataFrame(rows, dtype=object)


def _group(group: GroupAudit) -> dict[str, object]:
    impact = group.impact
    return {
        "group": group.name,
        "people": group.people,
        "proposals": _rate(group.proposals),
        "conditional": group.conditional,
        "refusals": _rate(group.refusals),
        "score": group.score,
        "by_trade": _fraction(group.by_trade),
        "impact": impact
        and {
            "reference": impact.reference,
            "reference_count": impact.counts.count,
            "reference_of": impact.counts.of,
            "numerator": impact.ratio.numerator,
            "denominator": impact.ratio.denominator,
            "signal": group.signal,
        },
        "too_few_to_say": group.proposals.few,
        "p": _millionths(group.proposals.p),
        "nowhere_p": _millionths(group.refusals.exact_p),
        "worth_a_look": {
            "ratio": group.signal,
            "chance": group.unlikely,
            "nowhere": group.stranded,
        },
        "drivers": group.drivers
        and {name: _driver(getattr(group.drivers, name)) for name in DRIVERS},
        "waiting": {
            "proposed": group.waiting.proposed,
            "not_proposed": group.waiting.unplaced,
            "not_recorded": group.waiting.unknown,
        },
    }


def _rate(rate: Rate) -> dict[str, object]:
    low, high = rate.interval or (None, None)
    return {
        "count": rate.own.count,
        "of": rate.own.of,
        "rest_count": rate.rest.count,
        "rest_of": rate.rest.of,
        "low": _millionths(low),
        "high": _millionths(high),
    }


def _driver(driver: Driver | None) -> dict[str, object] | None:
    if driver is None:
        return None
    return {
        "name": driver.name,
        "count": driver.own.count,
        "of": driver.own.of,
        "rest_count": driver.rest.count,
        "rest_of": driver.rest.of,
    }


def _flat(group: GroupAudit) -> dict[str, object]:
    """Return a group as one row: the parts of its record behind their names."""
    record = _group(group)
    drivers = {name: _driver(getattr(group.drivers, name, None)) for name in DRIVERS}
    parts = {**record, **drivers}
    del parts["drivers"]
    empty = {"impact": IMPACT, **dict.fromkeys(DRIVERS, DRIVER)}
    row: dict[str, object] = {}
    for name, part in parts.items():
        held = dict.fromkeys(empty[name]) if part is None and name in empty else part
        if isinstance(held, dict):
            row |= {f"{name}_{key}": value for key, value in held.items()}
        else:
            row[name] = held
    return {column: _cell(value) for column, value in row.items()}


def _cell(value: object) -> object:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case _:
            return value


def _trial(trial: Trial, words: Words) -> dict[str, object]:
    return {
        "shuffle": trial.number,
        "cells_changed": trial.moved,
        "passed": trial.passed,
        "pairs_changed": trial.pairs,
        "people_changed": [
            {
                "candidate_id": change.candidate_id,
                "before": _place(change.before),
                "after": _place(change.after),
            }
            for change in trial.changes
        ],
        "stopped": [words(reason) for reason in trial.stopped],
    }


def _place(place: Place) -> dict[str, object]:
    opening, score, conditional = place
    return {"opening_id": opening, "score": score, "conditional": conditional}


def _fraction(value: Fraction) -> dict[str, int]:
    return {"numerator": value.numerator, "denominator": value.denominator}


def _millionths(share: float | None) -> int | None:
    return None if share is None else round(share * MILLION)
