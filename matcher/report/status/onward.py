"""What comes next for a person at a job order, and why somebody is on hold and until when."""

from __future__ import annotations

from matcher.check.ended import halted_people
from matcher.check.follow import Step
from matcher.check.outcome_words import EFFECTS, REASON_NAMES
from matcher.language import Phrase, say
from matcher.problem import NO, UNKNOWN, YES
from matcher.problem.outcomes import ENDED, HOLD, LOCKED
from matcher.report.status.batches import Across, BatchTables
from matcher.report.words import STEPS

NEXT = {
    "proposed": say("The office offers it to the person."),
    "offered": say("The person's answer."),
    "agreed": say("The office names the person to the host."),
    "named": say("Interview, and the host's result."),
    "interviewed": say("The host's result."),
    "passed": say("The plan is filed."),
    "reserve": say("A seat that falls free here goes to the reserves first."),
    "plan_filed": say("Certificate of eligibility."),
    "certificate": say("Visa and departure."),
    "departed": say("Nothing more here."),
}
AGREED = {
    YES: NEXT["agreed"],
    NO: say(
        "Not named to the host: the person has not agreed that particulars are passed on"
        " (consent_export)."
    ),
    UNKNOWN: say(
        "First ask whether particulars may be passed on, and record the answer (consent_export);"
        " not named to the host before."
    ),
}
HALTED = {
    "held": say("Nothing while the person is on hold."),
    "withdrawn": say("Nothing here: the person withdrew."),
}
CALLED = say("A seat fell free: the host is asked to take the reserve.")


def after(across: Across, step: Step) -> Phrase:
    """Return what comes after a pair's last step, as the newest batch that has the person says."""
    if step.state in ENDED:
        return EFFECTS[step.effect]
    batch = across.newest_of(step.candidate_id)
    state = batch.placement[step.candidate_id]["state"]
    if state in HALTED and step.state not in LOCKED:
        return HALTED[state]
    if step.state == "agreed":
        return AGREED[batch.consents.get(step.candidate_id, UNKNOWN)]
    return _after_reserve(batch, step) if step.state == "reserve" else NEXT[step.state]


def _after_reserve(batch: BatchTables, step: Step) -> Phrase:
    who = step.candidate_id
    called = {one.candidate_id: one for one in batch.called}.get(who)
    at = batch.seated.get(who) or batch.placement[who]["opening_id"]
    if called is not None and called.pair == step.pair:
        return CALLED
    if at in ("", step.opening_id):
        return NEXT["reserve"]
    if who in batch.seated:
        return say("Nothing here: the person has a seat at {opening}.", opening=at)
    if called is not None:
        return say(
            "Nothing here: the person has a seat at {opening} that fell free; the host there is"
            " asked to take the reserve.",
            opening=at,
        )
    return say("Nothing here: the person is proposed at {opening}.", opening=at)


def tell_holds(batch: BatchTables, candidate: str) -> list[tuple[str, Phrase]]:
    """Return each cause on record for which somebody is on hold in a batch, by its name, and the
    reason with what ends it; all have to end."""
    found = []
    if batch.deposits.get(candidate, 0) > 0:
        found.append(("deposit", _by_deposit(batch, candidate)))
    for row in batch.decisions:
        if row["action"] == "hold" and row.get("candidate_id") == candidate:
            told = say(
                "Now: on hold ({batch}), decision of {day}: {reason} ({by}). Next: It ends when the"
                " decision is taken out; the waiting time runs on.",
                batch=batch.folder,
                day=row.get("on") or "–",
                reason=row["reason"],
                by=row.get("by") or "–",
            )
            found.append(("hold", told))
    step = halted_people(batch.steps).get(candidate)
    if step is not None and step.effect == HOLD:
        found.append(("outcome_hold", _by_outcome(batch, step)))
    return found


def _by_deposit(batch: BatchTables, candidate: str) -> Phrase:
    return say(
        "Now: on hold ({batch}), not through any fault of the person: a deposit of Rp {deposit} is"
        " on record, which is forbidden (T13). Next: It ends when the sending organisation has"
        " returned it and shown the proof; the waiting time runs on.",
        batch=batch.folder,
        deposit=batch.deposits[candidate],
    )


def _by_outcome(batch: BatchTables, step: Step) -> Phrase:
    return say(
        "Now: on hold ({batch}), {step} at {opening} on {day}: {reason}. Next: It ends when a yes"
        " (agreed) of a later day is on record; the waiting time runs on.",
        batch=batch.folder,
        step=STEPS[step.state],
        opening=step.opening_id,
        day=step.on,
        reason=REASON_NAMES[step.reason_code],
    )
