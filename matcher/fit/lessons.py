"""Lesson hours (JP) in clock minutes."""

from __future__ import annotations

import numpy as np

from matcher.problem import UNKNOWN, Candidates, Numbers

SHORTEST_JP, LONGEST_JP = 40, 45


def minutes_of_lesson(c: Candidates) -> tuple[Numbers, Numbers]:
    """Return the least and the most minutes that a lesson hour of each person has."""
    stated = c.minutes_per_jp != UNKNOWN
    return (
        np.where(stated, c.minutes_per_jp, SHORTEST_JP),
        np.where(stated, c.minutes_per_jp, LONGEST_JP),
    )
