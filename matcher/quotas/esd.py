"""The limit under ESD: one number of a host's people for all three years together (§4)."""

from __future__ import annotations

from collections.abc import Iterator

from matcher.language import Phrase, say
from matcher.law import Law
from matcher.problem import YES, Hosts, Problem
from matcher.quotas.caps import Cap
from matcher.quotas.company import NO_STAFF
from matcher.quotas.present import ALL_TRAINEES, STAFF, all_trainees, counted
from matcher.quotas.sums import Owner, settle

RULE = "§4"
PEOPLE = say("the people present under ESD")
TRAINEES_COUNT = say("whether trainees under TITP count under ESD (esd_trainees_count)")


def esd_caps(
    problem: Problem, hosts: Hosts, law: Law, host: int, openings: tuple[int, ...]
) -> Iterator[Cap]:
    """Yield the cap of a host's openings under ESD.

    A limit that was only derived sets no ceiling until the scenario's `[law]` confirms it: the
    proposals are conditional.
    """
    if not openings:
        return
    owner = problem.lists.hosts[host]
    whose = Owner(f"{owner}/esd", RULE, owner, openings)
    staff, staff_known = counted(hosts.staff, host)
    promised, _ = counted(hosts.promised, host)
    present, missing = _present(hosts, law, host)
    recorded = PEOPLE not in missing
    if not staff_known:
        missing = [STAFF, *missing]
        yield settle(whose, None, NO_STAFF, present, promised, missing, recorded=recorded)
        return
    excellent = bool(hosts.excellent[host] == YES)
    region = excellent and _in_region(problem, hosts, host, openings)
    limit, certain = law.esd_limit(staff, excellent, region)
    told = _told(staff, limit, excellent, region)
    if not certain:
        told = say("{limit} (derived, not confirmed)", limit=told)
        used = ["esd_quota"] + ["esd_excellent_region" if region else "esd_excellent"] * excellent
        keys = tuple(key for key in used if not law.certain(key))
        missing.append(say("the limit under ESD ({keys})", keys=keys))
    yield settle(whose, limit, told, present, promised, missing, recorded=recorded, binds=certain)


def _present(hosts: Hosts, law: Law, host: int) -> tuple[int, list[Phrase]]:
    """Return how many people count as present, and what of them is still to be shown."""
    present, known = counted(hosts.esd_people, host)
    trainees, all_known = all_trainees(hosts, host)
    missing = [PEOPLE] * (not known)
    if not law.certain("esd_trainees_count"):
        return present, missing + [TRAINEES_COUNT] * (trainees > 0 or not all_known)
    if not law.flag("esd_trainees_count"):
        return present, missing
    return present + trainees, missing + [ALL_TRAINEES] * (not all_known)


def _in_region(problem: Problem, hosts: Hosts, host: int, openings: tuple[int, ...]) -> bool:
    """Return whether a host is in a designated area and every organisation named for it, or for
    its openings, is general (excellent): at least the host's own, or each opening's."""
    if problem.supervisors is None or hosts.designated_area[host] != YES:
        return False
    own, general = int(hosts.supervisor[host]), problem.supervisors.general
    named = [own, *problem.openings.supervisor[list(openings)].tolist()]
    if own >= 0:
        named = [organisation for organisation in named if organisation >= 0]
    else:
        named.remove(own)
    return all(organisation >= 0 and general[organisation] == YES for organisation in named)


def _told(staff: int, limit: int, excellent: bool, region: bool) -> Phrase:
    facts = {"staff": staff, "limit": limit}
    if region:
        return say(
            "{staff} full-time staff of an excellent host in a designated area, with an excellent"
            " organisation, give {limit} under ESD",
            **facts,
        )
    if excellent:
        return say("{staff} full-time staff of an excellent host give {limit} under ESD", **facts)
    return say("{staff} full-time staff give {limit} under ESD", **facts)
