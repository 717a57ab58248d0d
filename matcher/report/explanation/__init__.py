"""An explanation as text in the reader's language."""

from __future__ import annotations

from matcher.explain import Explanation, PairView, RuleView
from matcher.explain.next import next_of_rule, next_of_verdict
from matcher.explain.pairs import FAILS
from matcher.explain.reasons import job_name
from matcher.language import Fact, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import Decision, Problem, Standing, day_of
from matcher.report.chains import tell_chain
from matcher.report.explanation.tables import (
    tell_alternatives,
    tell_breakdown,
    tell_evidence,
    tell_refusals,
)
from matcher.report.explanation.verdicts import tell_verdict
from matcher.report.ties import tell_tie
from matcher.report.words import (
    CAUSES_OF_STANDING,
    STATES,
    VERDICTS,
    points,
    state_of,
    tell_source,
    told_score,
)
from matcher.rules import Rule

__all__ = ["tell_candidate", "tell_pair"]

STANDINGS = ("held", "withdrawn")


def tell_candidate(result: Result, why: Explanation, words: Words) -> str:
    """Return the explanation of one person as text."""
    problem = result.problem
    person = problem.candidate_ids[why.candidate]
    if why.standing != Standing.PRESENT:
        cause = Phrase(
            CAUSES_OF_STANDING[problem.standing_cause[why.candidate]].message,
            {
                "deposit": problem.labels.deposits[why.candidate],
                "school": (*problem.lists.schools, say("not recorded"))[
                    problem.candidates.school[why.candidate]
                ],
            },
        )
        return words(say("Candidate {person}: {state}", person=person, state=cause)) + "\n"
    if why.placed is not None:
        lines = [tell_pair(result, why.placed, words)]
    else:
        lines = [words(_unplaced(result, why)) + "\n"]
    if why.chain is not None:
        lines.append(tell_chain(result, why.chain, None, words))
    if why.tie is not None:
        lines.append(words(tell_tie(result, why.tie)) + "\n")
    if why.alternatives:
        lines += [words(say("Other job orders this person may be proposed for:")), ""]
        lines.append(tell_alternatives(result, why.alternatives, words))
    if why.refusals:
        lines.append(words(say("Rules, at how many job orders, and for instance at one:")))
        lines.append(tell_refusals(result, why, words))
    return "\n".join(lines)


def tell_pair(result: Result, view: PairView, words: Words) -> str:
    """Return the view of one pair as text: the breakdown, the facts, the rules."""
    lines = [words(_headline(result, view)), ""]
    if view.verdict not in ("proposed", "refused", *STANDINGS):
        lines += [words(tell_verdict(result, view)), ""]
        placed = bool(result.plan.opening[view.candidate] >= 0)
        then = next_of_verdict(view.verdict, placed=placed)
        lines += [words(say("Next: {next}.", next=then)), ""] if then else []
    if view.chain is not None:
        lines.append(tell_chain(result, view.chain, view.opening, words))
    for state, title in (
        (FAILS, say("Rules not met:")),
        ("unknown", say("To be shown before approval:")),
    ):
        told = [words(_rule(rule, state)) for rule in view.rules if rule.state == state]
        lines += [words(title), *(f"  · {line}" for line in told), ""] if told else []
    if view.training_ends:
        due = say(
            "To be shown when training ends ({day}): the certificate.", day=view.training_ends
        )
        lines += [words(due), ""]
    if view.waived:
        told = [words(_waiver(rule, decision)) for rule, decision in view.waived]
        lines += [words(say("Waived by decision:")), *(f"  · {line}" for line in told), ""]
    if result.problem.given is None:
        lines.append(tell_breakdown(view, words))
        lines += tell_evidence(view, words)
    return "\n".join(lines) + "\n"


def _headline(result: Result, view: PairView) -> Phrase:
    problem = result.problem
    facts: dict[str, Fact] = {
        "person": problem.candidate_ids[view.candidate],
        "opening": problem.opening_ids[view.opening],
        "host": problem.lists.hosts[problem.openings.host[view.opening]],
        "number": problem.lists.operations[problem.openings.job[view.opening]],
        "job": job_name(problem, view.opening),
    }
    state = say("not proposed here")
    if view.verdict == "proposed":
        state = STATES[state_of(True, view.conditional)]
    elif view.verdict in STANDINGS:
        state = STATES[view.verdict]
    elif view.verdict == "refused":
        state = VERDICTS["refused"]
    if problem.given is not None:
        return say(
            "{person} – {opening}, host {host}, {number} {job}: {state}. {score}",
            state=state,
            score=_given(problem, view),
            **facts,
        )
    return say(
        "{person} – {opening}, host {host}, {number} {job}: {state}. Score on this job order"
        " {score} of 100 (fit {fit} of {whole}, consideration {consideration} of {rest}).",
        state=state,
        score=points(view.score, 2),
        fit=points(_part(view, "fit"), 2),
        whole=points(_whole(view, "fit"), 0),
        consideration=points(_part(view, "consideration"), 2),
        rest=points(_whole(view, "consideration"), 0),
        **facts,
    )


def _given(problem: Problem, view: PairView) -> Phrase:
    if not view.breakdown:
        return say("No score is given for this job order.")
    score = told_score(problem, view.score)
    return say("Score given for this job order: {score}.", score=score)


def _part(view: PairView, part: str) -> int:
    return sum(line.contribution for line in view.breakdown if line.part == part)


def _whole(view: PairView, part: str) -> int:
    return sum(line.weight * 1000 for line in view.breakdown if line.part == part)


def _unplaced(result: Result, why: Explanation) -> Phrase:
    openings = len(result.problem.opening_ids)
    return say(
        "Candidate {person}: without a host so far. May be proposed for {eligible} of {openings}"
        " job orders. This is no judgement of the person's ability; the waiting time runs on.",
        person=result.problem.candidate_ids[why.candidate],
        eligible=why.eligible,
        openings=openings,
    )


def _rule(view: RuleView, state: str) -> Phrase:
    told = say(
        "{label}: {held}; required {required} ({source})",
        label=view.rule.label,
        source=tell_source(view.rule),
        held=view.held,
        required=view.required,
    )
    if state == FAILS:
        return say("{rule}. Next: {next}.", rule=told, next=next_of_rule(view))
    return say("{rule}; by {day}, {who}", rule=told, day=day_of(view.due), who=view.shown_by)


def _waiver(rule: Rule, decision: Decision) -> Phrase:
    return say(
        "{label}: {reason} ({by}, {day})",
        label=rule.label,
        reason=decision.reason,
        by=decision.by,
        day=decision.on,
    )
