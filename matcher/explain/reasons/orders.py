"""What is held and what is required, for the rules about job orders."""

from __future__ import annotations

from matcher.explain.reasons.worded import NOT_RECORDED, Held, Reason
from matcher.fit import Facts
from matcher.language import say
from matcher.problem import ENFORCE, UNKNOWN, WISH_UNKNOWN, Problem, day_of


def _available(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    return (
        say("available from {day}", day=day_of(problem.candidates.available_from[i])),
        say("by {day}", day=day_of(problem.openings.entry_to[j])),
    )


def _order_open(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    return (
        say("the order closed on {day}", day=day_of(problem.openings.closes[j])),
        say("open on {day}", day=day_of(facts.on)),
    )


def _school(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    school, lists = int(problem.candidates.school[i]), problem.lists
    allowed = lists.senders[:, problem.openings.senders_row[j]]
    names = tuple(name for name, open_to in zip(lists.schools, allowed, strict=False) if open_to)
    held = (
        say("sending organisation {school}", school=lists.schools[school])
        if school >= 0
        else NOT_RECORDED
    )
    return held, say("one of the sending organisations {schools}", schools=names)


def _decision(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    person, opening = problem.candidate_ids[i], problem.opening_ids[j]
    for decision in problem.decisions:
        barring = decision.action in ("forbid", "hold", "withdraw")
        if (
            barring
            and decision.candidate_id in ("", person)
            and decision.opening_id in ("", opening)
        ):
            return (
                say(
                    "{reason} ({by}, {day})",
                    reason=decision.reason,
                    by=decision.by,
                    day=decision.on,
                ),
                say("no decision against it"),
            )
    return NOT_RECORDED, say("no decision against it")


def _cost(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    cost = int(problem.openings.cost[j])
    held = NOT_RECORDED if cost == UNKNOWN else say("Rp {cost} still to pay", cost=cost)
    return held, say("at most Rp {cap}", cap=facts.cost_cap)


def _enforced(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    opening = problem.opening_ids[j]
    required = tuple(
        say(
            "“{wish}”: {reason} ({by}, {day})",
            wish=wish.text,
            reason=decision.reason,
            by=decision.by,
            day=decision.on,
        )
        for decision in problem.decisions
        if decision.action.startswith(ENFORCE) and decision.opening_id == opening
        for wish in problem.wishes
        if wish.opening == j and decision.action == ENFORCE + wish.kind
    )
    held = (
        say("not recorded for the wish of the host")
        if facts.lists.wish_cut[problem.candidates.wish_row[i], j] == WISH_UNKNOWN
        else say("does not meet the wish of the host")
    )
    return held, say("{wishes}", wishes=required)


OF_ORDERS: dict[str, Reason] = {
    "entry_window": _available,
    "order_open": _order_open,
    "school_allowed": _school,
    "cost_cap": _cost,
    "enforced_wish": _enforced,
    "decision": _decision,
}
