"""Prior experience in the same kind of work (T9): for the first stage of TITP one of four routes.

Experience: 6 months in operations of the same category. Training: at entry at least 320 hours in
2 months, of them 160 hours in 1 month for the trade; what is planned counts where training is in
progress and ends before the entry window does. Course: long enough, but how long is from memory,
so that it is a condition until the scenario confirms it (T9b). Agreement: claimed once in the
scenario, for everybody.

Who is short is a condition while what is missing could still be done before the entry window ends,
and refused only when it no longer could. Care has its own list (T16); ESD asks for none (E9).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.fit import Facts, look_up
from matcher.problem import NO_DAY, Candidates, Flags, Numbers, Openings
from matcher.rules.answer import NEVER, SAME_TRADE_MONTHS, Answer
from matcher.rules.training import Training, course_suffices, training_of

ROUTES = ("", "experience", "training", "course", "agreement")
LAST_DAY = int(np.iinfo(np.int32).max)
T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True)
class _Routes:
    """Which pairs pass on a route. `own`: the lesson hours are for the trade; `late`: training ends
    after the entry window, so that only what is done counts."""

    own: Flags
    late: Flags
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
    routes = _find_routes(c, o, facts)
    passes = routes.some
    possible = _ready(c, routes.late, facts, own=False) <= o.entry_to
    if possible.all():
        return NEVER, asked & ~passes
    with_own = _ready(c, routes.late, facts, own=True) <= o.entry_to
    _, course = course_suffices(c, facts.law)
    possible = possible | (routes.own & (with_own | (course & ~routes.late)))
    if facts.lists.experience.any():
        possible = possible | look_up(facts.lists.experience > 0, c.experience_row, o.category)
    return asked & ~(passes | possible), asked & (possible & ~passes)


def prior_experience_route(c: Candidates, o: Openings, facts: Facts) -> Numbers:
    """Return the route on which pairs pass, as places in `ROUTES`: 0 where on none, or where none
    is asked; the first of the list where on several."""
    routes = _find_routes(c, o, facts)
    claimed = np.full((1,) * routes.own.ndim, facts.agreement is not None)
    found = np.broadcast_arrays(routes.experience, routes.training, routes.course, claimed)
    route = np.select(list(found), list(range(1, len(ROUTES))), 0)
    return np.where(facts.orders.prior[o.index], route, 0)


def training_at_entry(c: Candidates, o: Openings, facts: Facts) -> Training:
    """Return what the training of one person comes to at one opening."""
    return training_of(c, facts.on, ends_in_time=not _is_late(c, o).any())


def is_own_trade(c: Candidates, o: Openings, facts: Facts) -> Flags:
    """Return whether people's lesson hours are for the trade of openings: an essential skill is
    reached and the skill fit is enough."""
    return look_up(facts.reached & (facts.fit >= facts.min_skill_fit), c.profile, o.job)


def _find_routes(c: Candidates, o: Openings, facts: Facts) -> _Routes:
    own, late = is_own_trade(c, o, facts), _is_late(c, o)
    enough = facts.lists.experience >= SAME_TRADE_MONTHS
    experience = np.zeros((1,) * own.ndim, bool)
    if enough.any():
        experience = look_up(enough, c.experience_row, o.category)
    suffices = _by_lateness(c, late, facts, lambda training: training.suffices(facts.law))
    course, _ = course_suffices(c, facts.law)
    return _Routes(own, late, experience, own & suffices, own & (course & ~late))


def _ready(c: Candidates, late: Flags, facts: Facts, *, own: bool) -> Numbers:
    """Return the first day on which nothing would be missing any more."""
    return _by_lateness(
        c, late, facts, lambda training: training.ready(facts.law, facts.on, own=own)
    )


def _is_late(c: Candidates, o: Openings) -> Flags:
    """Return where training ends after the entry window, so that only what is done counts."""
    last, first = c.training_end.max(initial=NO_DAY), o.entry_to.min(initial=LAST_DAY)
    return c.training_end > o.entry_to if last > first else np.zeros_like(o.entry_to, bool)


def _by_lateness(
    c: Candidates, late: Flags, facts: Facts, of: Callable[[Training], NDArray[T]]
) -> NDArray[T]:
    whole = of(training_of(c, facts.on, ends_in_time=True))
    if not late.any():
        return whole
    return np.where(late, of(training_of(c, facts.on, ends_in_time=False)), whole)
