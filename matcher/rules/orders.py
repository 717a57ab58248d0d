"""Rules about the job order: its dates, senders, cost, what is decided about it, and what became
of it before."""

from __future__ import annotations

from matcher.fit import Facts, look_up
from matcher.problem import (
    DECLINED,
    FAILED,
    NO_DAY,
    UNKNOWN,
    WISH_CUT,
    WISH_UNKNOWN,
    Candidates,
    Openings,
)
from matcher.rules.answer import NEVER, Answer


def entry_window(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """Available before the entry window ends; blank is a note, not a condition."""
    return c.available_from > o.entry_to, NEVER


def order_open(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The order still takes people on the day of the batch."""
    return (o.closes != NO_DAY) & (o.closes < facts.on), NEVER


def school_allowed(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The person's school is among those the order is open to."""
    closed = ~look_up(facts.lists.senders, c.school, o.senders_row) & (o.senders_row > 0)
    known = c.school != UNKNOWN
    return closed & known, closed & ~known


def cost_cap(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """What a person would still have to pay at the opening is within the scenario's cap; blank is
    to be shown. What a person has paid already is not looked at."""
    return o.cost > facts.cost_cap, o.cost == UNKNOWN


def enforced_wish(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """A wish of the host that an officer enforces by a decision on record; what the person's row
    does not say is to be shown."""
    if not facts.lists.wish_cut.any():
        return NEVER, NEVER
    state = look_up(facts.lists.wish_cut, c.wish_row, o.index)
    return state == WISH_CUT, state == WISH_UNKNOWN


def decision(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """No decision on record forbids the pair, holds the opening or withdraws it."""
    if not facts.lists.forbidden.any():
        return NEVER, NEVER
    return look_up(facts.lists.forbidden, c.decision_row, o.index), NEVER


def declined(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The person has not said no to the job order, its work, host or prefecture."""
    return _ended(c, o, facts, DECLINED)


def interview(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """No earlier interview there ended without a seat, or was missed."""
    return _ended(c, o, facts, FAILED)


def _ended(c: Candidates, o: Openings, facts: Facts, how: int) -> Answer:
    if not facts.lists.ended.any():
        return NEVER, NEVER
    return look_up(facts.lists.ended, c.outcome_row, o.index) == how, NEVER
