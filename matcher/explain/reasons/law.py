"""What is held and what is required, for the rules of the law about openings."""

from __future__ import annotations

from matcher.explain.reasons.worded import (
    ANSWERS,
    NOT_RECORDED,
    Held,
    Reason,
    day_or_blank,
    job_name,
)
from matcher.fit import Facts
from matcher.language import Phrase, say
from matcher.problem import ESD, NO, UNKNOWN, YES, Problem, day_number, day_of
from matcher.rules import fee_limit
from matcher.rules.law import regime_dates
from matcher.vocabulary import load_vocabulary


def _stage(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    stages = ("", "i", "ii", "iii")
    return (
        say("the job type reaches stage {stage}", stage=stages[problem.openings.highest_stage[j]]),
        say("stage {stage}", stage=stages[problem.openings.stage[j]]),
    )


def _regime(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    o, law, plans = problem.openings, facts.law, facts.orders.plans
    fails, _ = regime_dates(problem.candidates.at([i]), o.at([j]), facts)
    start = law.day("esd_start")
    window = say(
        "entry {first} to {last}", first=day_of(o.entry_from[j]), last=day_of(o.entry_to[j])
    )
    if o.entry_to[j] < facts.on:
        return window, say("entry not before {day}", day=day_of(facts.on))
    if o.regime[j] == ESD:
        asked = say("ESD: entry from {day}", day=start)
        needs = say("{asked}; this job order would need TITP", asked=asked)
        return window, needs if fails.any() else asked
    filed = (
        say("plan filed {day}", day=day_of(plans.filed[j]))
        if o.plan_filing_on[j] == plans.filed[j]
        else say("plan filed {day} at the earliest", day=day_of(plans.filed[j]))
    )
    shorter, longer = law.numbers("titp_review_months")
    held = say(
        "{window}; {filed}; approved {soonest} to {latest} (review {shorter} to {longer} months)",
        window=window,
        filed=filed,
        soonest=day_of(plans.soonest[j]),
        latest=day_of(plans.latest[j]),
        shorter=shorter,
        longer=longer,
    )
    asked = say(
        "TITP: plan approved before entry, and by {approved} with entry by {entry}, or entry before"
        " {start}",
        approved=law.day("titp_approval_until"),
        entry=law.day("titp_start_until"),
        start=start,
    )
    if int(o.entry_to[j]) < day_number(start):
        return held, asked
    needs = say("{asked}; this job order would need ESD", asked=asked)
    return held, needs if fails.any() else asked


def _stage_iii(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    held = [say("stay at home and test of grade 3 not recorded")]
    if facts.hosts is not None and facts.hosts.excellent[problem.openings.host[j]] != YES:
        held.append(say("the host is not excellent"))
    kumiai = facts.orders.supervisor[j]
    permits = facts.supervisors
    if permits is not None and kumiai != UNKNOWN and permits.general[kumiai] == NO:
        held.append(say("the supervising organisation has no general permit"))
    return say("{facts}", facts=tuple(held)), say(
        "host and supervising organisation excellent, {months} month at home, test of grade 3",
        months=facts.law.number("titp_home_stay_months"),
    )


def _recommendation(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    day = day_or_blank(int(problem.candidates.recommended_on[i]))
    first = day_of(facts.orders.recommended_from[j])
    return (
        say("recommended on {day}", day=day),
        say("not before {day}: valid on the day of entry", day=first),
    )


def _wage(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    o, orders = problem.openings, facts.orders
    wage, hours = int(o.wage[j]), int(o.hours[j])
    held = say(
        "{wage} for {hours}, in {place}",
        wage=say("{n} yen a month", n=wage) if wage >= 0 else say("pay not recorded"),
        hours=say("{n} hours", n=hours) if hours >= 0 else say("hours not recorded"),
        place=_prefecture(problem, j),
    )
    floor, highest = int(orders.floor[j]), int(orders.highest[j])
    asked = _floor(floor, hours)
    if highest == UNKNOWN:
        asked = say("{floor}; what it is at entry is not known yet", floor=asked)
    elif highest != floor:
        asked = say("{floor}; perhaps {more}", floor=asked, more=_floor(highest, hours))
    return held, asked


def _prefecture(problem: Problem, j: int) -> Phrase:
    place = problem.openings.prefecture[j]
    if place == UNKNOWN:
        return say("a prefecture not recorded")
    return say("{name}", name=load_vocabulary().prefectures[problem.lists.prefectures[place]])


def _floor(yen: int, hours: int) -> Phrase:
    if hours < 0:
        return say("{yen} yen an hour", yen=yen)
    return say("{yen} yen × {hours} hours = {pay} yen", yen=yen, hours=hours, pay=yen * hours)


def _permit(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    o, kumiai, permits = problem.openings, int(facts.orders.supervisor[j]), facts.supervisors
    if permits is None or kumiai == UNKNOWN:
        held = say("supervising organisation not recorded")
    elif o.regime[j] == ESD:
        answer = ANSWERS.get(int(permits.esd_permit[kumiai]), NOT_RECORDED)
        held = say("permit for ESD: {answer}", answer=answer)
    else:
        held = say(
            "{name}: permit until {day}, names Indonesia: {country}, names the work: {work}",
            name=problem.lists.supervisors[kumiai],
            day=day_or_blank(int(permits.permit_until[kumiai])),
            country=ANSWERS.get(int(permits.indonesia[kumiai]), NOT_RECORDED),
            work=ANSWERS.get(int(facts.orders.listed[j]), NOT_RECORDED),
        )
    if o.regime[j] == ESD:
        return held, say("a permit for ESD")
    return held, say(
        "a permit for Indonesia and {number} {job}, valid on {day}",
        number=problem.lists.operations[o.job[j]],
        job=job_name(problem, j),
        day=day_of(o.entry_from[j]),
    )


def _field(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    number = problem.lists.operations[problem.openings.job[j]]
    named = load_vocabulary().job_types[number].esd_fields
    fields = facts.law.book.fields
    names = tuple(fields[ja].name if ja in fields else ja for ja in named)
    held = say("closed or not known: {fields}", fields=names) if names else say("no field of ESD")
    return held, say("a field of ESD that takes new people")


def _quota(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    caps = [cap for cap in facts.quotas.at(j) if cap.unsettled]
    return (
        say("{facts}", facts=tuple(cap.arithmetic for cap in caps)),
        say("{facts}", facts=tuple(cap.because for cap in caps if cap.because is not None)),
    )


def _fees(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    o = problem.openings
    paid, cost, wage = int(problem.candidates.paid[i]), int(o.cost[j]), int(o.wage[j])
    held = say(
        "paid: {paid}, still to pay: {cost}",
        paid=_rupiah(paid),
        cost=_rupiah(cost),
    )
    if paid >= 0 and cost >= 0:
        held = say("{held}, together {total}", held=held, total=_rupiah(paid + cost))
    months = facts.law.number("esd_fee_months")
    if wage < 0:
        return held, say("at most {months} months' pay; pay not recorded", months=months)
    limit = say(
        "at most {months} months × {wage} yen × {rate} rupiah = {limit}",
        months=months,
        wage=wage,
        rate=facts.rupiah_per_yen,
        limit=_rupiah(int(fee_limit(o.at([j]), facts)[0])),
    )
    if facts.certain_fees:
        return held, limit
    keys = ("esd_fee_months", "esd_rupiah_per_yen")
    open_keys = tuple(key for key in keys if not facts.law.certain(key))
    return held, say("{limit} (not confirmed: {keys})", limit=limit, keys=open_keys)


def _rupiah(amount: int) -> Phrase:
    return NOT_RECORDED if amount < 0 else say("Rp {amount}", amount=amount)


OF_LAW: dict[str, Reason] = {
    "job_stage": _stage,
    "regime_dates": _regime,
    "stage_iii": _stage_iii,
    "recommendation": _recommendation,
    "minimum_wage": _wage,
    "supervisor_permit": _permit,
    "esd_field": _field,
    "host_quota": _quota,
    "esd_fees": _fees,
}
