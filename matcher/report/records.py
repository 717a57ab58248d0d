"""An explanation as rows and records for machines."""

from __future__ import annotations

import pandas as pd

from matcher.explain import Explanation, PairView, RuleView
from matcher.explain.next import next_of_rule, next_of_verdict
from matcher.language import Words
from matcher.pipeline import Result
from matcher.problem import day_of
from matcher.report.chains import record_chain
from matcher.report.ties import record_tie
from matcher.score import Contribution


def table_pair(result: Result, view: PairView) -> pd.DataFrame:
    """Return the breakdown of one pair as machine rows."""
    problem = result.problem
    rows = [
        (
            problem.candidate_ids[view.candidate],
            problem.opening_ids[view.opening],
            line.criterion,
            line.value,
            line.low,
            line.high,
            line.weight,
            line.contribution,
        )
        for line in view.breakdown
    ]
    columns = ["candidate_id", "opening_id", "criterion", "value", "low", "high", "weight"]
    return pd.DataFrame(rows, columns=[*columns, "contribution"], dtype=object)


def record_pair(result: Result, view: PairView, words: Words) -> dict[str, object]:
    """Return the view of one pair for JSON; facts in the reader's language."""
    problem = result.problem
    placed = bool(result.plan.opening[view.candidate] >= 0)
    then = next_of_verdict(view.verdict, placed=placed)
    return {
        "candidate_id": problem.candidate_ids[view.candidate],
        "opening_id": problem.opening_ids[view.opening],
        "verdict": view.verdict,
        "conditional": view.conditional,
        "score": view.score if view.breakdown else None,
        "stops": [words(stop) for stop in view.stops],
        "loss": loss_by_name(result, view.loss),
        "next": None if then is None else words(then),
        "chain": record_chain(result, view.chain),
        "breakdown": [_line(line, view, words) for line in view.breakdown],
        "rules": [_rule(rule, words) for rule in view.rules],
        "waived": [
            {
                "rule": rule.name,
                "reason": decision.reason,
                "by": decision.by,
                "on": decision.on.isoformat(),
            }
            for rule, decision in view.waived
        ],
    }


def _line(line: Contribution, view: PairView, words: Words) -> dict[str, object]:
    return {
        "criterion": line.criterion,
        "part": line.part,
        "value": line.value,
        "low": line.low,
        "high": line.high,
        "weight": line.weight,
        "contribution": line.contribution,
        "facts": [words(fact) for fact in view.evidence[line.criterion]],
    }


def _rule(view: RuleView, words: Words) -> dict[str, object]:
    return {
        "rule": view.rule.name,
        "kind": view.rule.kind,
        "state": view.state,
        "source": words(view.rule.source),
        "held": words(view.held),
        "required": words(view.required),
        "next": words(next_of_rule(view)),
        "by": day_of(view.due).isoformat(),
        "who": words(view.shown_by),
    }


def record_candidate(result: Result, why: Explanation, words: Words) -> dict[str, object]:
    """Return the explanation of one person for JSON."""
    problem = result.problem
    return {
        "candidate_id": problem.candidate_ids[why.candidate],
        "standing": why.standing.name.lower(),
        "placed": record_pair(result, why.placed, words) if why.placed else None,
        "eligible": why.eligible,
        "tie": record_tie(result, why.tie) if why.tie else None,
        "chain": record_chain(result, why.chain),
        "alternatives": [
            {
                "opening_id": problem.opening_ids[other.opening],
                "score": other.score,
                "loss": loss_by_name(result, other.loss),
                "verdict": other.verdict,
            }
            for other in why.alternatives
        ],
        "refusals": [
            {
                **_rule(refusal.first, words),
                "openings": refusal.openings,
                "opening_id": problem.opening_ids[refusal.opening],
            }
            for refusal in why.refusals
        ],
    }


def loss_by_name(result: Result, loss: tuple[int, ...] | None) -> dict[str, int] | None:
    """Return a loss by the names of the objective, those up to `worst`."""
    return None if loss is None else dict(zip(result.problem.order, loss, strict=False))
