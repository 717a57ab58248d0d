"""The criteria of the score: each a small function on columns, declared in `CRITERIA`.

A criterion returns a low and a high value per mille (0..1000) that broadcast to the pairs; the
two differ where something is unknown. Every division rounds down. Values: the pilot year's
defaults agreed with the programme.

To add a criterion: write the function, add the line to `CRITERIA`, name its weight in `settings`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.fit import Facts, look_up
from matcher.fit.lessons import minutes_of_lesson
from matcher.language import Phrase, say
from matcher.problem import (
    FIT,
    IN_PROGRESS,
    NO_DAY,
    PASSED,
    UNKNOWN,
    YES,
    Candidates,
    Numbers,
    Openings,
)

Ends = tuple[Numbers, Numbers]
FULL_MINUTES = 320 * 60
FULL_MONTHS = 12
RECENT_DAYS, OLD_DAYS = 366, 1096
FULL_WAIT = 360
N3 = 3
LATER_WISH = 3
# Whole numbers of 32 bits, so that products with flags stay as small.
_100, _200, _400 = np.int32(100), np.int32(200), np.int32(400)
LEVEL_VALUES = np.array([200, 500, 800, 1000, 1000, 1000], np.int32)
STEP_VALUES = np.array([600, 800, 1000, 1000, 1000, 1000], np.int32)
# By rank of a wish: none stated, first, second, third or later; then (from the end) not among
# those wished, and not known whether.
WISH_LOW = np.array([500, 1000, 800, 600, 300, 300], np.int32)
WISH_HIGH = np.array([500, 1000, 800, 600, 1000, 300], np.int32)


@dataclass(frozen=True)
class Criterion:
    """`part` is "fit" (what a host may see) or "consideration" (wishes, waiting, cost)."""

    name: str
    label: Phrase
    part: str
    value: Callable[[Candidates, Openings, Facts], Ends]


def skill_fit(c: Candidates, o: Openings, facts: Facts) -> Ends:
    """Skill fit through the graph of skills; a programme in progress counts whole."""
    fit = look_up(facts.fit, c.profile, o.job)
    return fit, fit


def extra_needs(c: Candidates, o: Openings, facts: Facts) -> Ends:
    """The order's own skills, of equal importance; the skill fit where none is stated."""
    extra = look_up(facts.extra, c.profile, o.needs_row)
    value = np.where(extra == UNKNOWN, look_up(facts.fit, c.profile, o.job), extra)
    return value, value


def training(c: Candidates, o: Openings, facts: Facts) -> Ends:
    """Evidence of training: certificate 400, passed 200, hours up to 320: 200, experience in the
    trade up to 12 months: 100, ended at most 12 months ago: 100 (0 at 36 months)."""
    months = look_up(facts.lists.experience, c.experience_row, o.category)
    steady = _400 * (c.certificates > 0) + 100 * np.minimum(months, FULL_MONTHS) // FULL_MONTHS
    done, planned = training_minutes(c)
    ended = np.maximum(facts.on - c.training_end, 0)
    recency = 100 * np.clip(OLD_DAYS - ended, 0, OLD_DAYS - RECENT_DAYS) // (OLD_DAYS - RECENT_DAYS)
    known_end = c.training_end != NO_DAY
    passed, coming = c.training_result == PASSED, c.training_result == IN_PROGRESS
    over = known_end & (c.training_end <= facts.on)
    blank = c.training_result == UNKNOWN
    low = _200 * passed + _hours(done) + np.where(over, recency, 0)
    high = (
        _200 * (passed | coming | blank)
        + _hours(planned)
        + np.where(over, recency, _100 * (coming | blank | passed | ~known_end))
    )
    return steady + low, steady + high


def language(c: Candidates, o: Openings, facts: Facts) -> Ends:
    """Japanese above the minimum that law or order asks, or as it is where none is asked."""
    minimum = np.maximum(o.law_level, o.order_level)
    level = np.maximum(c.level, 0)
    asked, unknown = minimum > 0, c.level < 0
    above = level - minimum
    met = STEP_VALUES[np.clip(above, 0, 5)]
    mended = (c.expected_level >= minimum) & (c.expected_on <= o.entry_from)
    short = np.where(mended, STEP_VALUES[0], LEVEL_VALUES[0])
    value = np.where(asked, np.where(above >= 0, met, short), LEVEL_VALUES[level])
    of_n3 = np.where(minimum <= N3, STEP_VALUES[np.clip(N3 - minimum, 0, 5)], LEVEL_VALUES[0])
    ceiling = np.minimum(800, np.where(asked, of_n3, LEVEL_VALUES[N3]))
    low = np.where(unknown, LEVEL_VALUES[0], value)
    return low, np.where(unknown, np.maximum(ceiling, low), value)


def readiness(c: Candidates, o: Openings, facts: Facts) -> Ends:
    """Available by the start of the entry window 1000, at its end 500; passport, medical check
    and family consent that are not yes cost 100 each (blank: in the low end only)."""
    begins = np.where(c.available_from != NO_DAY, c.available_from, c.training_end)
    window = np.maximum(o.entry_to.astype(np.int64) - o.entry_from, 1)
    late = np.clip(begins - o.entry_from, 0, window)
    prompt = (1000 * window - 500 * late) // window
    unknown = begins == NO_DAY
    papers = (
        (c.passport_until > o.entry_from, c.passport_until == NO_DAY),
        (c.medical == FIT, c.medical == UNKNOWN),
        (c.family_consent == YES, c.family_consent == UNKNOWN),
    )
    in_low = sum((_100 * ~ready for ready, _ in papers), start=np.int32(0))
    in_high = sum((_100 * (~ready & ~blank) for ready, blank in papers), start=np.int32(0))
    low = np.maximum(np.where(unknown, 500, prompt) - in_low, 0)
    return low, np.maximum(np.where(unknown, 1000, prompt) - in_high, 0)


def wishes(c: Candidates, o: Openings, facts: Facts) -> Ends:
    """The person's own wishes: job type 60 %, prefecture 40 %."""
    ranks = np.minimum(facts.lists.prefecture_wishes, LATER_WISH)
    jobs = WISH_LOW[np.minimum(facts.lists.job_wishes, LATER_WISH)]
    job = 60 * look_up(jobs, c.job_wish_row, o.job)
    low = (job + 40 * look_up(WISH_LOW[ranks], c.prefecture_wish_row, o.prefecture)) // 100
    if not (o.prefecture == UNKNOWN).any():
        return low, low
    high = job + 40 * look_up(WISH_HIGH[ranks], c.prefecture_wish_row, o.prefecture)
    return low, high // 100


def waiting(c: Candidates, o: Openings, facts: Facts) -> Ends:
    """Days since the person was accepted, up to 360."""
    days = np.clip(facts.on - c.accepted_on, 0, FULL_WAIT)
    value = days * 1000 // FULL_WAIT
    unknown = c.accepted_on == NO_DAY
    return np.where(unknown, 0, value), np.where(unknown, 1000, value)


def cost(c: Candidates, o: Openings, facts: Facts) -> Ends:
    """What the person would still have to pay at this opening; the less the better."""
    left = facts.cost_cap - np.clip(o.cost, 0, facts.cost_cap)
    value = 1000 * left // facts.cost_cap
    unknown = o.cost == UNKNOWN
    return np.where(unknown, 0, value), np.where(unknown, 1000, value)


def training_minutes(c: Candidates) -> Ends:
    """Return the clock minutes of training done by the day of the batch, and with what is
    planned: lesson hours × minutes per lesson hour, and the school's hours."""
    school, planned = np.maximum(c.school_hours_done, 0), np.maximum(c.school_hours_planned, 0)
    lessons = np.maximum(c.jp_done, 0)
    coming = (c.training_result == IN_PROGRESS) | (c.training_result == UNKNOWN)
    whole = np.where(coming | (c.jp_done == UNKNOWN), np.maximum(c.training_jp, lessons), lessons)
    shortest, longest = minutes_of_lesson(c)
    return lessons * shortest + 60 * school, whole * longest + 60 * (school + planned)


def _hours(minutes: Numbers) -> Numbers:
    return 200 * np.minimum(minutes, FULL_MINUTES) // FULL_MINUTES


CRITERIA = (
    Criterion("skill_fit", say("skill fit"), "fit", skill_fit),
    Criterion("extra_needs", say("what the order needs besides"), "fit", extra_needs),
    Criterion("training", say("evidence of training"), "fit", training),
    Criterion("language", say("Japanese"), "fit", language),
    Criterion("readiness", say("ready to leave"), "fit", readiness),
    Criterion("wishes", say("the person's wishes"), "consideration", wishes),
    Criterion("waiting", say("time waited"), "consideration", waiting),
    Criterion("cost", say("cost still to pay"), "consideration", cost),
)
