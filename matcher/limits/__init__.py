"""What the scenario's `[[limits]]` come to: floors and ceilings on sets of people and of openings,
sums that a budget bounds, pairs of people, and openings that go ahead only with enough people.

Limits are the office's policy. People and seats on record count in all of them.
"""

from __future__ import annotations

from matcher.limits.gather import gather_limits
from matcher.limits.kinds import (
    APART,
    PEOPLE,
    SEATS,
    TOGETHER,
    Limits,
    PairLimit,
    SetLimit,
    StartLimit,
    SumLimit,
)
from matcher.limits.locks import find_limited_locks, find_obstacle, may_join
from matcher.limits.rows import RowOver, rows_over
from matcher.limits.starts import find_short_starts, find_shut, tell_shut

__all__ = [
    "APART",
    "PEOPLE",
    "SEATS",
    "TOGETHER",
    "Limits",
    "PairLimit",
    "RowOver",
    "SetLimit",
    "StartLimit",
    "SumLimit",
    "find_limited_locks",
    "find_obstacle",
    "find_short_starts",
    "find_shut",
    "gather_limits",
    "may_join",
    "rows_over",
    "tell_shut",
]
