"""TITP limits in care, by establishment and its full-time care staff (T4)."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher.language import Phrase, say
from matcher.law import Law
from matcher.problem import YES, Establishments, Hosts, Problem
from matcher.quotas.caps import Cap
from matcher.quotas.present import (
    ALL_TRAINEES,
    STAFF,
    all_trainees,
    counted,
    trainees,
    trainees_of,
)
from matcher.quotas.sums import Owner, settle

CARE_STAFF = say("the number of full-time care staff")
NO_STAFF = say("full-time care staff not recorded")
NO_ESTABLISHMENT = say("establishment not recorded")
ESTABLISHMENT = say("the establishment and its full-time care staff")


def care_caps(
    problem: Problem, hosts: Hosts, law: Law, host: int, openings: tuple[int, ...]
) -> Iterator[Cap]:
    """Yield the caps of a host's establishments in care: at stage (i), and in all.

    Openings without a known establishment get a cap without a ceiling.
    """
    owner, places = problem.lists.hosts[host], problem.establishments
    of = {place: int(problem.openings.establishment[place]) for place in openings}
    lost = [place for place in openings if places is None or of[place] < 0]
    for at in sorted({of[place] for place in openings if place not in lost}):
        own = [place for place in openings if of[place] == at]
        first = [place for place in own if problem.openings.stage[place] == 1]
        assert places is not None
        yield from _caps_at(
            problem.lists.establishments[at], own, first, hosts, places, law, host, at
        )
    if lost:
        whose = Owner(f"{owner}/care-without-establishment", "T4", owner, lost)
        present, _ = all_trainees(hosts, host)
        promised, _ = counted(hosts.promised, host)
        yield settle(whose, None, NO_ESTABLISHMENT, present, promised, [ESTABLISHMENT])


def _caps_at(
    name: str,
    own: list[int],
    first: list[int],
    hosts: Hosts,
    places: Establishments,
    law: Law,
    host: int,
    at: int,
) -> Iterator[Cap]:
    staff, staff_known = counted(places.care_staff, at)
    excellent = bool(hosts.excellent[host] == YES)
    at_first, in_all = law.care_limits(staff, excellent)
    kinds = (
        (Owner(f"{name}/care-i", "T4", name, first), at_first, trainees(places, at, 1)),
        (Owner(f"{name}/care", "T4", name, own), in_all, all_trainees(places, at)),
    )
    promised, elsewhere = _promised(hosts, places, host)
    for (whose, limit, (present, known)), stage in zip(kinds, (1, 0), strict=True):
        if not whose.openings:
            continue
        missing = [STAFF] * int(hosts.staff[host] < 0) + [CARE_STAFF] * (not staff_known)
        known = known and all_trainees(hosts, host)[1]
        missing += [trainees_of(1) if stage else ALL_TRAINEES] * (not known)
        counts = None
        if elsewhere:
            missing.append(say("at which establishment {n} are promised", n=elsewhere))
            counts = say(
                "{present} present; at which establishment {n} are promised is not recorded",
                present=present,
                n=elsewhere,
            )
        told = _told(staff, limit, excellent, bool(stage)) if staff_known else NO_STAFF
        known_limit = limit if staff_known else None
        yield settle(
            whose,
            known_limit,
            told,
            present,
            promised,
            missing,
            counts=counts,
            recorded=known,
        )


def _promised(hosts: Hosts, places: Establishments, host: int) -> tuple[int, int]:
    """Return how many are promised at an establishment, and how many at nobody knows which: the
    tables say it of the host, which settles it where that has one establishment."""
    promised, _ = counted(hosts.promised, host)
    single = int(np.count_nonzero(places.host == host)) == 1
    return (promised, 0) if single else (0, promised)


def _told(staff: int, limit: int, excellent: bool, first: bool) -> Phrase:
    facts = {"staff": staff, "limit": limit}
    match excellent, first:
        case False, True:
            return say("{staff} full-time care staff give {limit} at stage i", **facts)
        case False, False:
            return say("{staff} full-time care staff give {limit} in all", **facts)
        case True, True:
            return say(
                "{staff} full-time care staff of an excellent host give {limit} at stage i", **facts
            )
        case _:
            return say(
                "{staff} full-time care staff of an excellent host give {limit} in all", **facts
            )
