"""Rules of the law about the opening: regime, stage, pay, permit, field, quota, fees."""

from __future__ import annotations

import numpy as np

from matcher.fit import Facts
from matcher.problem import (
    ESD,
    NO,
    NO_DAY,
    TITP,
    UNKNOWN,
    YES,
    Candidates,
    Numbers,
    Openings,
    day_number,
)
from matcher.rules.answer import NEVER, SAME_TRADE_MONTHS, Answer


def job_stage(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """An official job type that reaches the stage the opening asks for."""
    return o.stage > o.highest_stage, NEVER


def regime_dates(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The opening's regime is in force on its dates (E3), and the entry window is not over.

    TITP: a plan approved before entry; and entry before ESD starts, or the plan approved by the
    last day for that and entry by the last day to start. It fails where that is not possible even
    with the shorter review, and is unknown where only the shorter one makes it or the window
    reaches beyond. ESD: entry from its first day.
    """
    start, approval_until, start_until = (
        day_number(facts.law.day(key))
        for key in ("esd_start", "titp_approval_until", "titp_start_until")
    )
    titp, esd = o.regime == TITP, o.regime == ESD
    soonest, latest = (
        plans[o.index] for plans in (facts.orders.plans.soonest, facts.orders.plans.latest)
    )
    under_esd = (o.entry_from >= start) & (
        (soonest > approval_until) | (o.entry_from > start_until)
    )
    over = o.entry_to < facts.on
    fails = over | (titp & ((soonest > o.entry_to) | under_esd)) | (esd & (o.entry_to < start))
    open_end = (o.entry_to >= start) & ((latest > approval_until) | (o.entry_to > start_until))
    return fails, (
        (titp & ((latest > o.entry_to) | open_end)) | (esd & (o.entry_from < start))
    ) & ~fails


def care_experience(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Care's own list of prior experience under TITP (T16): 6 months of care work, or a
    certificate or record of it; a course in care is to be shown by its certificate."""
    asked = facts.orders.care[o.index] & (o.regime == TITP) & (o.stage == 1)
    if not asked.any():
        return NEVER, NEVER
    job, category = o.job[asked][0], o.category[asked][0]  # care is one operation
    months = facts.lists.experience[c.experience_row, category]
    shown = (months >= SAME_TRADE_MONTHS) | facts.shown[c.profile, job]
    taught = (months > 0) | facts.reached[c.profile, job] | (c.programme == UNKNOWN)
    return asked & ~(shown | taught), asked & (taught & ~shown)


def stage_iii(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Stage iii of TITP: host and supervising organisation excellent (T5; a host's blank is read
    as no); the stay at home and the practical test of grade 3 are always to be shown (T12)."""
    asked = (o.regime == TITP) & (o.stage == 3)
    if not asked.any():
        return NEVER, NEVER
    fails = NEVER
    if facts.hosts is not None:
        fails = asked & (facts.hosts.excellent[o.host] != YES)
    if facts.supervisors is not None:
        kumiai = facts.orders.supervisor[o.index]
        fails = fails | asked & (kumiai != UNKNOWN) & (facts.supervisors.general[kumiai] == NO)
    return fails, asked & ~fails


def recommendation(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """A recommendation on record is valid for a year (T10); older ones are to be renewed. Blank
    is not judged: it is enclosed with each plan. ESD asks for none (E9)."""
    recorded = c.recommended_on != NO_DAY
    if not recorded.any():
        return NEVER, NEVER
    old = c.recommended_on < facts.orders.recommended_from[o.index]
    return NEVER, (o.regime == TITP) & (recorded & old)


def minimum_wage(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Monthly pay is not below the minimum wage of the prefecture for the monthly hours.

    It fails below the lowest that the floor may be on the first day of entry; it is unknown below
    what the floor may become within the window, where that is not known, and where pay or hours
    are blank.
    """
    recorded = (o.wage >= 0) & (o.hours >= 0)
    floor, highest = facts.orders.floor[o.index], facts.orders.highest[o.index]
    wage, hours = o.wage.astype(np.int64), o.hours.astype(np.int64)
    fails = recorded & (wage < floor * hours)
    return fails, ~fails & (~recorded | (highest == UNKNOWN) | (wage < highest * hours))


def supervisor_permit(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The permit of the supervising organisation names Indonesia and the work and is valid; one
    that ends before the entry window does is to be renewed. Under ESD the new permit alone counts.
    Without a table of supervising organisations nothing is judged."""
    permits = facts.supervisors
    if permits is None:
        return NEVER, NEVER
    kumiai = facts.orders.supervisor[o.index]
    named, titp = kumiai != UNKNOWN, o.regime == TITP
    until, listed = permits.permit_until[kumiai], facts.orders.listed[o.index]
    country, granted = permits.indonesia[kumiai], permits.esd_permit[kumiai]
    ended = (until != NO_DAY) & (until < facts.on)
    outside = titp & (ended | (country == NO) | (listed == NO))
    fails = named & (outside | ~titp & (granted == NO))
    blank = titp & ((until < o.entry_to) | (country == UNKNOWN) | (listed == UNKNOWN))
    return fails, ~fails & (~named | blank | ~titp & (granted == UNKNOWN))


def esd_field(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """A field of ESD that the job type belongs to takes new people (E4)."""
    state, esd = facts.orders.field[o.index], o.regime == ESD
    return esd & (state == NO), esd & (state == UNKNOWN)


def host_quota(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The host's quota is known; the ceiling itself is kept by the assignment."""
    return NEVER, facts.quotas.unsettled[o.index]


def esd_fees(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Under ESD a person pays the sending organisation no more than so many months' pay (E11).

    What is paid and still to pay, in rupiah, is compared at the scenario's rate; above the limit,
    or not recorded, it is to be shown. It fails only where what is still to pay alone is above a
    limit that is certain: what a person has paid lowers no chance.
    """
    esd = o.regime == ESD
    if not esd.any():
        return NEVER, NEVER
    cost, limit = o.cost.astype(np.int64), fee_limit(o, facts)
    left = np.where(cost >= 0, limit - cost, UNKNOWN)
    fails = esd & (facts.certain_fees & (o.wage > 0) & (cost > limit))
    return fails, esd & ~((c.paid >= 0) & (c.paid <= left)) & ~fails


def fee_limit(o: Openings, facts: Facts) -> Numbers:
    """Return the most that a person may pay the sending organisation under ESD, in rupiah; 0 where
    the pay is not recorded."""
    wage = np.maximum(o.wage, 0).astype(np.int64)
    return wage * facts.law.number("esd_fee_months") * facts.rupiah_per_yen
