"""Prior experience in the same kind of work (T9): for the first stage of TITP one of four routes.

Experience: 6 months in operations of the same category. Training: at entry at least 320 hours in
2 months, of them 160 hours in 1 month for the trade; what is planned counts where it ends by the
first day of entry, and is a condition where it ends within the window. Course: long enough, but
how long is from memory, so that it is a condition until the scenario confirms it (T9b). Agreement:
claimed once in the scenario, for everybody.

Who is short is a condition while what is missing could still be done before the entry window ends,
and refused only when it no longer could. The law has no number of months of experience: 1 to 5 are
for the supervising organisation to judge. Care has its own list (T16); ESD asks for none (E9).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.fit import Facts, look_up
from matcher.problem import NO_DAY, UNKNOWN, Candidates, Flags, Numbers, Openings
from matcher.rules.answer import NEVER, SAME_TRADE_MONTHS, Answer
from matcher.rules.training import Training, course_suffices, training_of

ROUTES = ("", "experience", "training", "course", "agreement")
LAST_DAY = int(np.iinfo(np.int32).max)
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True)
class _Late:
    """Where training, and the sending organisation's school, end after the day of entry, so that
    only what is done counts."""

    training: Flags
    school: Flags

    @property
    def any(self) -> bool:
        """Whether anything ends too late anywhere."""
        return bool(self.training.any() or self.school.any())


@dataclass(frozen=True)
class _Routes:
    """Which pairs pass on a route. `own`: the lesson hours are for the trade."""

    own: Flags
    late: _Late
    experience: Flags
    training: Flags
    course: Flags

    @property
    def some(self) -> Flags:
        """Which pairs pass on any of them."""
        return self.experience | self.training | self.course


def prior_experience(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """One of the four routes of T9 at entry."""
    asked = facts.orders.prior[o.index]
    if facts.agreement is not None or not asked.any():
        return NEVER, NEVER
    routes = _find_routes(c, o.entry_from, o, facts)
    passes = routes.some
    if routes.late.any:
        routes = _find_routes(c, o.entry_to, o, facts)
    possible = routes.some | (_ready(c, routes.late, facts, own=False) <= o.entry_to)
    if possible.all():
        return NEVER, asked & ~passes
    with_own = _ready(c, routes.late, facts, own=True) <= o.entry_to
    _, course = course_suffices(c, facts.law)
    own = routes.own | (c.programme == UNKNOWN)
    possible = possible | (own & (with_own | (course & ~routes.late.training)))
    if facts.lists.experience.any():
        possible = possible | look_up(facts.lists.experience > 0, c.experience_row, o.category)
    return asked & ~(passes | possible), asked & (possible & ~passes)


def prior_experience_route(c: Candidates, o: Openings, facts: Facts) -> Numbers:
    """Return the route on which pairs pass, as places in `ROUTES`: 0 where on none, or where none
    is asked; the first of the list where on several."""
    routes = _find_routes(c, o.entry_from, o, facts)
    claimed = np.full((1,) * routes.own.ndim, facts.agreement is not None)
    found = np.broadcast_arrays(routes.experience, routes.training, routes.course, claimed)
    route = np.select(list(found), list(range(1, len(ROUTES))), 0)
    return np.where(facts.orders.prior[o.index], route, 0)


def training_at_entry(c: Candidates, o: Openings, facts: Facts) -> Training:
    """Return what the training of one person comes to on the first day of entry of one opening."""
    late = _find_late(c, o.entry_from)
    return training_of(
        c,
        facts.on,
        ends_in_time=not late.training.any(),
        school_in_time=not late.school.any(),
    )


def minutes_at_entry(c: Candidates, o: Openings, facts: Facts) -> tuple[Numbers, Numbers]:
    """Return the clock minutes that are certain on the first day of entry, in all and those for the
    trade, of pairs: one person and one opening at each place."""
    own, late = is_own_trade(c, o, facts), _find_late(c, o.entry_from)
    every = _by_lateness(c, late, facts, lambda training: training.total(0))
    whole = _by_lateness(c, late, facts, lambda training: training.for_trade(0, own=True))
    part = _by_lateness(c, late, facts, lambda training: training.for_trade(0, own=False))
    return every, np.where(own, whole, part)


def is_own_trade(c: Candidates, o: Openings, facts: Facts) -> Flags:
    """Return whether people's lesson hours are for the trade of openings: an essential skill is
    reached and the skill fit is enough."""
    return look_up(facts.reached & (facts.fit >= facts.min_skill_fit), c.profile, o.job)


def _find_routes(c: Candidates, entry: Numbers, o: Openings, facts: Facts) -> _Routes:
    """Return who passes on which route where entry is on a day of each opening."""
    own, late = is_own_trade(c, o, facts), _find_late(c, entry)
    enough = facts.lists.experience >= SAME_TRADE_MONTHS
    experience = np.zeros((1,) * own.ndim, bool)
    if enough.any():
        experience = look_up(enough, c.experience_row, o.category)
    suffices = _by_lateness(c, late, facts, lambda training: training.suffices(facts.law))
    course, _ = course_suffices(c, facts.law)
    return _Routes(own, late, experience, own & suffices, own & (course & ~late.training))


def _ready(c: Candidates, late: _Late, facts: Facts, *, own: bool) -> Numbers:
    """Return the first day on which nothing would be missing any more."""
    return _by_lateness(
        c, late, facts, lambda training: training.ready(facts.law, facts.on, own=own)
    )


def _find_late(c: Candidates, entry: Numbers) -> _Late:
    return _Late(_is_late(c.training_end, entry), _is_late(c.school_end, entry))


def _is_late(end: Numbers, entry: Numbers) -> Flags:
    """Return where what ends on a day ends after the day of entry, so that only what is done
    counts."""
    last, first = end.max(initial=NO_DAY), entry.min(initial=LAST_DAY)
    return end > entry if last > first else np.zeros_like(entry, bool)


def _by_lateness(
    c: Candidates, late: _Late, facts: Facts, of: Callable[[Training], NDArray[T]]
) -> NDArray[T]:
    def value(*, training: bool, school: bool) -> NDArray[T]:
        return of(training_of(c, facts.on, ends_in_time=not training, school_in_time=not school))

    found = value(training=False, school=False)
    if late.school.any():
        found = np.where(late.school, value(training=False, school=True), found)
    if late.training.any():
        without = value(training=True, school=False)
        if late.school.any():
            without = np.where(late.school, value(training=True, school=True), without)
        found = np.where(late.training, without, found)
    return found
