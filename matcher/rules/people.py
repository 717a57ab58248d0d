"""Rules about the person: age, training, Japanese, health, and what the person accepts."""

from __future__ import annotations

import numpy as np

from matcher.fit import MUST_MET, MUST_MISSING, Facts, look_up
from matcher.problem import (
    FIT,
    IN_PROGRESS,
    NO,
    NO_DAY,
    NOT_PASSED,
    PASSED,
    TITP,
    UNFIT,
    UNKNOWN,
    YES,
    Candidates,
    Numbers,
    Openings,
)
from matcher.rules.answer import NEVER, SAME_TRADE_MONTHS, Answer


def age(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Of age (18) at entry: fails where not by `entry_to`, unknown where only inside the
    window, or without a birth date."""
    fails = c.adult_on > o.entry_to
    return fails, ((c.adult_on > o.entry_from) | (c.adult_on == NO_DAY)) & ~fails


def trained_for(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """An essential skill reached and skill fit of `min_skill_fit`, or 6 months in the same job
    category, or any trade asked and accepted; without a programme it is to be shown."""
    fits = facts.reached & (facts.fit >= facts.min_skill_fit)
    trained = look_up(fits, c.profile, o.job)
    if (facts.lists.experience >= SAME_TRADE_MONTHS).any():
        enough = facts.lists.experience >= SAME_TRADE_MONTHS
        trained = trained | look_up(enough, c.experience_row, o.category)
    any_trade = o.any_trade == YES
    trained = trained | (any_trade & (c.accepts_any_trade == YES))
    silent = (any_trade & (c.accepts_any_trade == UNKNOWN)) | (c.programme == UNKNOWN)
    unknown = ~trained & silent
    return ~(trained | unknown), unknown


def former_trainee(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Never before done the same stage of TITP (T11). A later stage follows on the one before:
    it fails for who was never a trainee, and which stage a former one did is to be shown. Under
    ESD no such rule is known."""
    titp, first, former = o.regime == TITP, o.stage == 1, c.former_trainee
    if (titp & first).all():
        return former == YES, former == UNKNOWN
    fails = titp & np.where(first, former == YES, former == NO)
    return fails, (titp & (former == UNKNOWN)) | ((titp & ~first) & (former == YES))


def japanese_law(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The level the law asks at entry.

    Care N4 by JLPT, J.TEST or NAT-TEST (T15); a level shown by JFT-Basic is to be shown again by
    one of them; for stage ii N3, or going on with studies until the end of year 3. Under ESD A1
    (N5), or a course instead, so that less is never refused (E5); care's level there is from
    memory and refuses only once confirmed (E7).
    """
    if not (o.law_level > 0).any():
        return NEVER, NEVER
    fails, unknown = _language(c, o, o.law_level)
    refusing, later = facts.orders.refusing[o.index], facts.orders.later_level[o.index]
    unknown = unknown | (fails & ~refusing)
    fails = fails & refusing
    by_jft = facts.orders.care[o.index] & (c.jft == YES)
    studying = (later > 0) & (c.level < later)
    return fails, (unknown | by_jft | studying) & ~fails


def japanese_order(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The level the order asks at entry."""
    return _language(c, o, o.order_level)


def must_skills(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The order's must-haves: evidenced passes, only taught by the programme is unknown, and so
    is what a programme not recorded may have taught."""
    if not facts.must.any():
        return NEVER, NEVER
    state = look_up(facts.must, c.profile, o.needs_row)
    fails = (state == MUST_MISSING) & (c.programme != UNKNOWN)
    return fails, (state != MUST_MET) & ~fails


def conditions(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """What the work brings with it, against what the person accepts; never inferred."""
    fails = (o.conditions & c.refuses) != 0
    return fails, ((o.conditions & ~c.accepts) != 0) & ~fails


def refused_work(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Job types and prefectures the person does not accept; unknown where the order names no
    prefecture and the person refuses some."""
    jobs, places = facts.lists.refused_jobs, facts.lists.refused_prefectures
    refused = look_up(jobs, c.refusal_row, o.job) if jobs.any() else NEVER
    if not places.any():
        return refused, NEVER
    refused = refused | look_up(places, c.refusal_row, o.prefecture)
    choosy = np.asarray(places.any(axis=1))[c.refusal_row]
    return refused, choosy & (o.prefecture == UNKNOWN) & ~refused


def training_result(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Training passed, or in progress and ending before the entry window does."""
    result, ends = c.training_result, c.training_end
    late = (result != PASSED) & (ends > o.entry_to)
    fails = late | (result == NOT_PASSED)
    open_end = (result == IN_PROGRESS) & (ends == NO_DAY)
    return fails, ((result == UNKNOWN) | open_end) & ~fails


def medical(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Fit in the medical check; pending or blank is to be shown."""
    return c.medical == UNFIT, (c.medical != FIT) & (c.medical != UNFIT)


def wants_abroad(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The person wants to go; blank is a note."""
    return c.wants_abroad == NO, NEVER


def _language(c: Candidates, o: Openings, minimum: Numbers) -> Answer:
    asked = minimum > 0
    if not asked.any():
        return NEVER, NEVER
    below = asked & (c.level < minimum)
    mended = (c.expected_level >= minimum) & (c.expected_on <= o.entry_from)
    unknown = below & ((c.level < 0) | mended)
    return below & ~unknown, unknown
