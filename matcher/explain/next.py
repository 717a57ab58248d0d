"""What happens next where somebody is not proposed at a job order: by rule, and by verdict."""

from __future__ import annotations

from matcher.explain.due import SUPERVISOR
from matcher.explain.pairs import FAILS, RuleView
from matcher.explain.verdicts import (
    BELOW_FLOOR,
    BETTER_ELSEWHERE,
    CAPPED,
    DECIDED,
    LIMIT,
    PROPOSED,
    REFUSED,
)
from matcher.language import Phrase, say
from matcher.problem import day_of

PROOF = say("matched here again once proof of it is on record ({who}, by {day})")
ANSWERED = say("matched here again once the person answers otherwise, of their own will, by {day}")
MENDED = say("nothing for the person to do: {who} looks at the job order, by {day}")
WAIVED = say("stands unless the host's yes is recorded as a waiver, by {day}")
LATER = say("matched for an entry on a later day")
OTHER_STAGE = say("stands for this stage, which is done once; matched for another stage")
OTHER_ORDERS = say("matched with every new job order of the trade")
TAKEN_OUT = say("stands until the office takes the decision out")
SCORED = say("matched once the pair has a score")
# Rules that are not here are about a fact of the person, of which proof may still come.
OF_RULES: dict[str, Phrase] = {
    "age": LATER,
    "former_trainee": OTHER_STAGE,
    "trained_for": OTHER_ORDERS,
    "job_stage": MENDED,
    "regime_dates": MENDED,
    "minimum_wage": MENDED,
    "supervisor_permit": MENDED,
    "esd_field": MENDED,
    "host_quota": MENDED,
    "esd_fees": MENDED,
    "cost_cap": MENDED,
    "conditions": ANSWERED,
    "refused_work": ANSWERED,
    "wants_abroad": ANSWERED,
    "declined": ANSWERED,
    "entry_window": WAIVED,
    "order_open": WAIVED,
    "school_allowed": WAIVED,
    "interview": WAIVED,
    "enforced_wish": TAKEN_OUT,
    "decision": TAKEN_OUT,
    "given_score": SCORED,
}
WAITS = say("stays registered and is matched again in the next batch; the waiting time counts on")
OF_VERDICTS: dict[str, Phrase] = {
    BETTER_ELSEWHERE: say("the person's own proposal stands"),
    DECIDED: say("the decision or the outcome on record stands until the office changes it"),
    CAPPED: say("matched here again once there is room; the supervising organisation can say when"),
    LIMIT: say("stands with the limits of this batch, which the office sets; matched again then"),
    BELOW_FLOOR: say("matched here again where the floor is lower or the score higher"),
}
STANDINGS = ("held", "withdrawn")


def next_of_rule(view: RuleView) -> Phrase:
    """Return what happens next about a rule that a pair fails or leaves open."""
    if view.state != FAILS:
        return say("to be shown by {day} ({who})", day=day_of(view.due), who=view.shown_by)
    told = OF_RULES.get(view.rule.name, PROOF)
    who = SUPERVISOR if told is MENDED else view.shown_by
    return Phrase(told.message, {"day": day_of(view.due), "who": who})


def next_of_verdict(verdict: str, *, placed: bool) -> Phrase | None:
    """Return what happens next with somebody of whom no rule says no but who is not proposed here;
    `placed` is whether the person is proposed elsewhere.

    None of whoever is proposed here, of a pair that rules refuse, and of people on hold or
    withdrawn.
    """
    if verdict in (PROPOSED, REFUSED, *STANDINGS):
        return None
    stands = OF_VERDICTS[BETTER_ELSEWHERE] if placed else WAITS
    return OF_VERDICTS.get(verdict, stands)
