"""Which regime an opening comes under: what it states, else what its dates settle (E3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from matcher.fit.plans import time_plans
from matcher.language import say
from matcher.law import load_law
from matcher.problem import ESD, LEVELS, NO_DAY, TITP, UNKNOWN, Flags, Numbers, day_number
from matcher.settings import Settings

if TYPE_CHECKING:
    from matcher.check.openings import OpeningCells
    from matcher.check.sheet import Sheet


def settle_regimes(orders: OpeningCells, settings: Settings) -> Numbers:
    """Return `TITP` or `ESD` for each order.

    Blank is settled by the entry window: before ESD starts TITP, after the last day to start under
    TITP ESD; between them TITP where the plan would be approved in time even after the longer
    review, else ESD.
    """
    stated, law = orders.codes["regime"], load_law(settings.rulings)
    start, approval_until, start_until = (
        day_number(law.day(key)) for key in ("esd_start", "titp_approval_until", "titp_start_until")
    )
    first, last = orders.days["entry_from"], orders.days["entry_to"]
    plans = time_plans(
        day_number(settings.on),
        law,
        orders.days["plan_filing_on"],
        orders.days["interview_on"],
        first,
    )
    surely = (plans.latest <= approval_until) & (first <= start_until)
    settled = np.where((last < start) | surely, TITP, ESD)
    return np.where(stated == UNKNOWN, settled, stated).astype(np.int8)


def levels_asked(regimes: Numbers, care: Flags, settings: Settings) -> Numbers:
    """Return the level of Japanese (a place in `LEVELS`) that the law asks at entry of each order:
    for care of either regime (T15, E7), and under ESD for all other work (E5)."""
    law = load_law(settings.rulings)
    titp_care, esd_care, esd = (
        LEVELS.index(law.text(key))
        for key in ("titp_care_level", "esd_care_level", "esd_entry_level")
    )
    under_esd = regimes == ESD
    levels = np.where(care, np.where(under_esd, esd_care, titp_care), np.where(under_esd, esd, 0))
    return levels.astype(np.int8)


def note_regimes(sheet: Sheet, orders: OpeningCells, settings: Settings) -> None:
    """Note the orders without a regime whose window reaches beyond the start of ESD, and what
    their dates settle."""
    settled = settle_regimes(orders, settings)
    start = day_number(load_law(settings.rulings).day("esd_start"))
    ends = orders.days["entry_to"]
    told = (orders.codes["regime"] == UNKNOWN) & (ends != NO_DAY) & (ends >= start)
    for regime, reason in (
        (TITP, say("no regime here: TITP, for its plan can still be approved in time")),
        (ESD, say("no regime here: ESD, by the days of entry and of the plan's approval")),
    ):
        rows = np.flatnonzero(told & (settled == regime)).tolist()
        rows = [row for row in rows if row not in sheet.bad]
        if rows:
            sheet.note(rows[0], "regime", "REGIME_SETTLED", reason, rows[1:])
