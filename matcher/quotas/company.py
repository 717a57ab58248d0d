"""TITP limits of the whole company: trainees of each stage (T2), and all in construction (T3)."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.language import Fact, say
from matcher.law import Law
from matcher.problem import YES, Hosts, Problem
from matcher.quotas.caps import Cap
from matcher.quotas.members import Members
from matcher.quotas.present import (
    ALL_TRAINEES,
    STAFF,
    STAGE_NAMES,
    STAGES,
    all_trainees,
    counted,
    trainees,
    trainees_of,
)
from matcher.quotas.sums import Owner, settle

NO_STAFF = say("full-time staff not recorded")


def company_caps(
    problem: Problem, hosts: Hosts, law: Law, host: int, members: Members
) -> Iterator[Cap]:
    """Yield a host's caps by stage, then that of construction.

    Trainees in care count inside the company's number for the other categories (T4): where the
    host has openings of other categories, its openings in care are members of their stage too.
    """
    owner = problem.lists.hosts[host]
    counting = (*members.others, *members.care) if members.others else ()
    for stage, name in enumerate(STAGES, 1):
        own = [place for place in counting if problem.openings.stage[place] == stage]
        if own:
            yield _stage_cap(
                Owner(f"{owner}/titp-{name}", "T2", owner, own), hosts, law, host, stage
            )
    if members.construction:
        whose = Owner(f"{owner}/construction", "T3", owner, members.construction)
        yield _construction_cap(whose, hosts, law, host)


def _stage_cap(whose: Owner, hosts: Hosts, law: Law, host: int, stage: int) -> Cap:
    """Return the cap of a stage; what is promised counts at stage (i)."""
    staff, staff_known = counted(hosts.staff, host)
    present, present_known = trainees(hosts, host, stage)
    promised = counted(hosts.promised, host)[0] if stage == 1 else 0
    excellent = bool(hosts.excellent[host] == YES)
    missing = [STAFF] * (not staff_known) + [trainees_of(stage)] * (not present_known)
    if present_known and not all_trainees(hosts, host)[1]:
        missing.append(ALL_TRAINEES)
    if not staff_known:
        return settle(whose, None, NO_STAFF, present, promised, missing, recorded=present_known)
    limit = law.stage_limit(staff, stage, excellent)
    facts: dict[str, Fact] = {"staff": staff, "limit": limit, "stage": STAGE_NAMES[stage - 1]}
    told = say("{staff} full-time staff give {limit} at {stage}", **facts)
    if excellent:
        told = say("{staff} full-time staff of an excellent host give {limit} at {stage}", **facts)
    return settle(whose, limit, told, present, promised, missing, recorded=present_known)


def _construction_cap(whose: Owner, hosts: Hosts, law: Law, host: int) -> Cap:
    staff, staff_known = counted(hosts.staff, host)
    present, present_known = all_trainees(hosts, host)
    promised, _ = counted(hosts.promised, host)
    if hosts.excellent[host] == YES:
        told = say("an excellent host is exempt in construction")
        return settle(
            whose,
            law.construction_limit(staff, True),
            told,
            present,
            promised,
            recorded=present_known,
        )
    missing = [STAFF] * (not staff_known) + [ALL_TRAINEES] * (not present_known)
    if not staff_known:
        return settle(whose, None, NO_STAFF, present, promised, missing, recorded=present_known)
    limit = law.construction_limit(staff, False)
    told = say(
        "{staff} full-time staff give {limit} in construction, all stages together",
        staff=staff,
        limit=limit or 0,
    )
    return settle(whose, limit, told, present, promised, missing, recorded=present_known)
