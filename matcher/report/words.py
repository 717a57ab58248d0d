"""The names people read for machine names: states, verdicts, causes, criteria."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from matcher.check.outcome_words import STATE_NAMES
from matcher.criteria import CRITERIA
from matcher.language import Phrase, say
from matcher.problem import Problem
from matcher.rules import ANSWER, ORDER, RULES, Rule
from matcher.score import GIVEN

STATES = {
    "placed": say("proposed"),
    "conditional": say("proposed, conditional"),
    "unplaced": say("without a host so far"),
    "held": say("on hold"),
    "withdrawn": say("withdrew"),
}
STEPS = STATE_NAMES
CAUSES_OF_STANDING = {
    "deposit": say(
        "on hold, not through any fault of the person: a deposit of Rp {deposit} is recorded at the"
        " sending organisation {school}, which is forbidden (T13). The sending organisation returns"
        " it and shows the proof; the waiting time runs on."
    ),
    "hold": say("on hold by a decision on record; the waiting time runs on."),
    "withdraw": say("withdrew, as recorded by decision."),
    "outcome_hold": say(
        "on hold for a reason on record with an earlier proposal; the waiting time runs on."
    ),
    "outcome_withdraw": say("withdrew, as recorded with an earlier proposal."),
}
VERDICTS = {
    "proposed": say("proposed"),
    "refused": say("does not meet the requirements of this job order"),
    "below_floor": say("worth less than the floor set for this batch"),
    "limit": say("a limit of this batch is reached"),
    "decided": say("a decision or a seat on record stands"),
    "capped": say("no seat is open here"),
    "tied": say("equally good; the lottery decided"),
    "blocks": say("person and job order would both rather have each other"),
    "kept": say("more people would be moved away from what was proposed to them before"),
    "better_elsewhere": say("a seat is free; the person's own proposal is worth more"),
    "costs_a_place": say("one person fewer could be proposed in all"),
    "lowers_the_lowest": say("the lowest scores among those proposed would be lower"),
    "outranked": say("the job order ranks those before who have its seats"),
    "outscored": say(
        "in the proposal with the greatest sum of scores this seat goes to another candidate"
    ),
    "unproved": say("no better plan with it was found"),
}
EMPTY_CAUSES = {
    "trade": say("{n} without alumni of that trade"),
    "language": say("{n} waiting for Japanese"),
    "elsewhere": say("{n} whose eligible people are all proposed already"),
    "limit": say("{n} whose eligible people are kept out by limits of this batch"),
    "floor": say("{n} whose eligible people are below the floor of this batch"),
    "law": say("{n} at job orders that law or programme do not allow as they stand"),
    "given": say("{n} with no score given"),
    "other": say("{n} other requirements of the order"),
}
UNPLACED_CAUSES = {
    "full": say("fitting seats all filled {n}"),
    "quota": say("fitting seats closed by quotas {n}"),
    "limit": say("limits of this batch reached {n}"),
    "floor": say("below the floor of this batch {n}"),
    "law": say("job orders that law or programme do not allow as they stand {n}"),
    "trade": say("no job order of the trade {n}"),
    "language": say("Japanese level required {n}"),
    "given": say("no score given {n}"),
    "other": say("other requirements {n}"),
}
# What the last step means for the next run, beside the effects of reasons.
NEXT_RUN = {
    "seat": say("the seat is this person's"),
    "called": say("called up: a free seat is this person's"),
    "reserve": say("comes first when a seat is free"),
    "elsewhere": say("has a seat at another job order"),
    "keep": say("kept where it can be"),
}
OBJECTIONS = {
    "open": say("waiting for an answer"),
    "late": say("waiting for an answer, late"),
    "answered": say("answered"),
    "upheld": say("upheld"),
    "not_upheld": say("not upheld"),
    "withdrawn": say("taken back"),
}
CRITERION_NAMES = {
    **{criterion.name: criterion.label for criterion in CRITERIA},
    GIVEN: say("given score"),
}
RULE_NAMES = {rule.name: rule.label for rule in RULES}
KINDS = {
    "law": say("law"),
    "promise": say("promise of the programme"),
    "person": say("the person's own answer"),
    "order": say("job order"),
    "office": say("office"),
}
ROUTE_NAMES = {
    "experience": say("experience"),
    "training": say("training before entry"),
    "course": say("course"),
    "agreement": say("agreement claimed by the scenario"),
    "care": say("care's own list (T16)"),
    "open": say("still to be shown"),
}
PAYER_NAMES = {
    "kemnaker": say("Kemnaker"),
    "school": say("sending organisation"),
    "joe": say("supervising organisation"),
    "host": say("host"),
    "person": say("the people themselves"),
}
LOSSES = (say("the plan loses (people)"), say("the plan loses (points)"))
PARTS = {"fit": say("fit"), "consideration": say("consideration"), GIVEN: say("given")}


def state_of(placed: bool, conditional: bool) -> str:
    """Return the machine name of a present candidate's state."""
    return "unplaced" if not placed else "conditional" if conditional else "placed"


def points(millionths: int, places: int = 4) -> Decimal:
    """Return a score, or a part of one, as points of 100 with `places` decimals, rounded half up;
    four decimals are exact."""
    exact = Decimal(millionths).scaleb(-4)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def told_score(problem: Problem, score: int, places: int = 4) -> Decimal:
    """Return a score, or a sum or difference of scores, as people read it: ours as points of 100
    with `places` decimals, a given one whole, as it was given."""
    return points(score, places) if problem.given is None else Decimal(score)


def tell_source(rule: Rule) -> Phrase:
    """Return the kind of a rule and its source, where that says more than the kind."""
    if rule.kind in ("order", "person") and rule.source in (ORDER, ANSWER):
        return KINDS[rule.kind]
    return say("{kind}; {source}", kind=KINDS[rule.kind], source=rule.source)
