"""An explanation as text in the reader's language."""

from __future__ import annotations

from matcher.assign.divisions import MILP
from matcher.explain import Explanation, PairView, RuleView
from matcher.explain.pairs import FAILS
from matcher.explain.reasons import job_name
from matcher.explain.verdicts import LIMIT, LOWERS_THE_LOWEST
from matcher.language import Fact, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import Decision, Problem, Standing, day_of
from matcher.report.explanation.tables import (
    tell_alternatives,
    tell_breakdown,
    tell_evidence,
    tell_refusals,
)
from matcher.report.records import loss_by_name
from matcher.report.ties import tell_tie
from matcher.report.words import (
    CAUSES_OF_STANDING,
    KINDS,
    STATES,
    VERDICTS,
    points,
    state_of,
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
    if why.tie is not None:
        lines.append(words(tell_tie(result, why.tie)) + "\n")
    if why.alternatives:
        lines += [words(say("Other job orders this person may be proposed for:")), ""]
        lines.append(tell_alternatives(result, why.alternatives, words))
    if why.refusals:
        lines += [words(say("Rules, and at how many of the job orders:")), ""]
        lines.append(tell_refusals(why, words))
    return "\n".join(lines)


def tell_pair(result: Result, view: PairView, words: Words) -> str:
    """Return the view of one pair as text: the breakdown, the facts, the rules."""
    lines = [words(_headline(result, view)), ""]
    if view.verdict not in ("proposed", "refused", *STANDINGS):
        lines += [words(_verdict(result, view)), ""]
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


def _verdict(result: Result, view: PairView) -> Phrase:
    problem = result.problem
    told = VERDICTS[view.verdict]
    if view.stops:
        told = say("{verdict} ({quota})", verdict=told, quota=view.stops)
    if result.stable:
        return say("Why not proposed here: {verdict}.", verdict=told)
    loss = _loss(problem, loss_by_name(result, view.loss))
    beside = result.plan.method == MILP and not view.impossible
    if beside and view.loss is None and view.verdict != LIMIT:
        loss = say("None of them holds it.")
    unknown = view.loss is None and not (view.impossible or beside)
    unsaid = view.verdict == LOWERS_THE_LOWEST or view.loss == () or unknown
    if unsaid or (view.verdict == LIMIT and view.loss is None):
        return say("Why not proposed here: {verdict}.", verdict=told)
    if beside:
        return say(
            "Why not proposed here, among the plans next to the one that was chosen: {verdict}."
            " {loss}",
            verdict=told,
            loss=loss,
        )
    return say("Why not proposed here: {verdict}. {loss}", verdict=told, loss=loss)


def _loss(problem: Problem, named: dict[str, int] | None) -> Phrase:
    """Return what the best plan with a pair has less, or more, than the best plan."""
    if named is None:
        return say("No plan can hold it.")
    people, score = named.get("placements", 0), named.get("score", 0)
    kept = named.get("keep", 0)
    changes = []
    if people:
        changes.append(say("{n} fewer", n=people) if people > 0 else say("{n} more", n=-people))
    if kept > 0:
        changes.append(say("{n} fewer kept as proposed before", n=kept))
    elif kept:
        changes.append(say("{n} more kept as proposed before", n=-kept))
    if score:
        size = told_score(problem, abs(score), 2)
        less, more = say("{score} points less", score=size), say("{score} points more", score=size)
        changes.append(less if score > 0 else more)
    if not changes:
        return say("The best plan with it is as good.")
    worth = problem.settings.objective.unplaced_worth
    if not worth:
        return say("The best plan with it, people and points: {changes}.", changes=tuple(changes))
    return say(
        "The best plan with it, people and points above {worth} each: {changes}.",
        worth=told_score(problem, worth, 2),
        changes=tuple(changes),
    )


def _rule(view: RuleView, state: str) -> Phrase:
    told = say(
        "{label}: {held}; required {required} ({kind}; {source})",
        label=view.rule.label,
        kind=KINDS[view.rule.kind],
        source=view.rule.source,
        held=view.held,
        required=view.required,
    )
    if state == FAILS:
        return told
    return say("{rule}; by {day}, {who}", rule=told, day=day_of(view.due), who=view.shown_by)


def _waiver(rule: Rule, decision: Decision) -> Phrase:
    return say(
        "{label}: {reason} ({by}, {day})",
        label=rule.label,
        reason=decision.reason,
        by=decision.by,
        day=decision.on,
    )
