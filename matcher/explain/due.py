"""By when, and by whom, what a rule leaves open is to be shown."""

from __future__ import annotations

from matcher.fit.plans import add_months
from matcher.language import Phrase, say
from matcher.pipeline import Result
from matcher.problem import NO_DAY

ENTRY, INTERVIEW, FILING, LAST = "entry", "interview", "filing", "last"
SCHOOL = say("sending organisation")
PERSON = say("the person")
HOST = say("host")
SUPERVISOR = say("supervising organisation")
# Rules that are not here are about the person, and shown by the sending organisation at entry.
DUE: dict[str, tuple[str, Phrase]] = {
    "conditions": (INTERVIEW, PERSON),
    "refused_work": (INTERVIEW, PERSON),
    "trained_for": (INTERVIEW, PERSON),
    "must_skills": (INTERVIEW, HOST),
    "school_allowed": (INTERVIEW, SUPERVISOR),
    "enforced_wish": (INTERVIEW, SCHOOL),
    "prior_experience": (LAST, SCHOOL),
    "care_experience": (FILING, SCHOOL),
    "recommendation": (FILING, SCHOOL),
    "stage_iii": (FILING, SUPERVISOR),
    "host_quota": (FILING, SUPERVISOR),
    "minimum_wage": (FILING, SUPERVISOR),
    "supervisor_permit": (FILING, SUPERVISOR),
    "regime_dates": (FILING, SUPERVISOR),
    "esd_field": (FILING, SUPERVISOR),
    "esd_fees": (FILING, SCHOOL),
    "cost_cap": (FILING, SCHOOL),
}


def due_of(result: Result, rule: str, opening: int) -> tuple[int, Phrase]:
    """Return the day number by which a rule left open is to be shown at an opening, and who shows
    it.

    What the interview rests on is due on its day; what the plan rests on when it is filed: on the
    day stated, else the months before entry by which plans are in principle filed (E3), or the
    first day on which that is possible. What may still be made up is due at the end of the entry
    window. A day that is not known, or over, is that of entry.
    """
    o, on, law = result.problem.openings, result.facts.on, result.facts.law
    what, who = DUE.get(rule, (ENTRY, SCHOOL))
    entry = int(o.entry_from[opening])
    if what == FILING:
        day = int(result.facts.orders.plans.filed[opening])
        if o.plan_filing_on[opening] == NO_DAY:
            latest = add_months(entry, -law.number("titp_filing_months_latest"))
            day = max(day, latest)
    elif what == LAST:
        day = int(o.entry_to[opening])
    else:
        day = int(o.interview_on[opening]) if what == INTERVIEW else entry
    return (day if day >= on else entry), who
