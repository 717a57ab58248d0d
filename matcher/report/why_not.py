"""Why somebody is not proposed, at every job order: as machine rows, and as text the nearest."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby

import pandas as pd

from matcher.assign.divisions import MILP
from matcher.explain.next import next_of_rule
from matcher.explain.pairs import FAILS, RuleView
from matcher.explain.reasons import job_name
from matcher.explain.verdicts import REFUSED
from matcher.explain.why_not import WhyNot, unplaced_people, why_not
from matcher.language import Fact, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import day_of
from matcher.report.explanation.verdicts import tell_verdict
from matcher.report.records import loss_by_name
from matcher.report.words import VERDICTS, tell_source

COLUMNS = [
    *("candidate_id", "opening_id", "verdict", "loss_places", "loss_score", "stops"),
    *("rule", "kind", "state", "held", "required", "source", "next", "by", "who"),
]


def table_reasons(
    result: Result, words: Words, people: Iterable[int] | None = None
) -> pd.DataFrame:
    """Return why some people (all without a host, where none are named) are not proposed at each
    opening: a row for every rule that fails or is open, one for the verdict where none fails."""
    rows = [
        row
        for found in why_not(result, unplaced_people(result) if people is None else people)
        for row in _rows(result, found, words)
    ]
    return pd.DataFrame(rows, columns=pd.Index(COLUMNS), dtype=object)


def _rows(result: Result, found: WhyNot, words: Words) -> list[tuple[object, ...]]:
    problem = result.problem
    named = loss_by_name(result, found.loss) or {}
    start = (
        problem.candidate_ids[found.candidate],
        problem.opening_ids[found.opening],
        found.verdict,
        named.get("placements", ""),
        named.get("score", ""),
        words(found.stops),
    )
    rules = [
        (
            *start,
            view.rule.name,
            view.rule.kind,
            view.state,
            words(view.held),
            words(view.required),
            words(view.rule.source),
            words(next_of_rule(view)),
            day_of(view.due).isoformat(),
            words(view.shown_by),
        )
        for view in found.rules
    ]
    told = "" if found.next is None else words(found.next)
    own = [(*start, *[""] * 6, told, "", "")] if found.next is not None or not rules else []
    return [*own, *rules]


def list_reasons(result: Result, words: Words) -> str:
    """Return for everybody without a host the nearest job order: why not, and what happens next."""
    people = unplaced_people(result)
    head = words(say("Without a host so far, and why: {n}", n=len(people))) + "\n"
    found = groupby(why_not(result, people), key=lambda one: one.candidate)
    told = (_tell(result, tuple(own), words) for _, own in found)
    foot = words(
        say(
            "All job orders of one person: `matcher explain … --all`; of everybody: `--format csv`."
            " None of this is a judgement of anybody's ability."
        )
    )
    return "\n".join((head, *told, foot + "\n"))


def _tell(result: Result, own: tuple[WhyNot, ...], words: Words) -> str:
    problem = result.problem
    nearest = min(own, key=_distance)
    eligible = sum(one.verdict != REFUSED for one in own)
    facts: dict[str, Fact] = {
        "person": problem.candidate_ids[nearest.candidate],
        "eligible": eligible,
        "opening": problem.opening_ids[nearest.opening],
        "job": job_name(problem, nearest.opening),
    }
    told = say("nearest {opening}, {job}", **facts)
    near = any(nearest.loss or ()) and result.plan.method != MILP
    if nearest.next is not None and not near:
        told = say("for instance {opening}, {job}", **facts)
    line = say("{person}: may be proposed for {eligible} job orders; {told}", told=told, **facts)
    return "".join(f"{text}\n" for text in (words(line), *_lines(result, nearest, words)))


def _distance(found: WhyNot) -> tuple[object, ...]:
    """Return how far a pair is from being proposed: least loss first, then work of the person's
    trade, then fewest rules."""
    failing = [view.rule.name for view in found.rules if view.state == FAILS]
    far = found.verdict == REFUSED, found.loss is None, found.loss or ()
    return (*far, "trained_for" in failing, len(failing), found.opening)


def _lines(result: Result, found: WhyNot, words: Words) -> list[str]:
    if found.next is None:
        return [
            f"  · {words(tell_rule_and_next(view))}" for view in found.rules if view.state == FAILS
        ]
    told = tell_verdict(result, found)
    return [f"  · {words(told)}", f"  · {words(say('Next: {next}.', next=found.next))}"]


def tell_rule_and_next(view: RuleView) -> Phrase:
    """Return a rule that says no or is open, what is held and required, and what happens next."""
    return say(
        "{label}: {held}; required {required} ({source}). Next: {next}.",
        label=view.rule.label,
        held=view.held,
        required=view.required,
        source=tell_source(view.rule),
        next=next_of_rule(view),
    )


def tell_all(result: Result, candidate: int, words: Words) -> str:
    """Return every job order but their own for one person, with the verdict or the rules."""
    problem = result.problem
    lines = []
    for found in why_not(result, [candidate]):
        job = f"{problem.opening_ids[found.opening]} {words(job_name(problem, found.opening))}"
        verdict = tell_verdict(result, found)
        if found.next is None:
            verdict = say("{verdict}.", verdict=VERDICTS[REFUSED])
        lines.append(f"{job}: {words(verdict)}")
        lines += [f"  · {words(tell_rule_and_next(view))}" for view in found.rules]
        if found.next is not None:
            lines.append(f"  · {words(say('Next: {next}.', next=found.next))}")
    return "".join(f"{line}\n" for line in lines)
