"""How many of the stated seats quotas and limits leave open."""

from __future__ import annotations

from matcher.explain.ceilings import ceilings_of
from matcher.pipeline import Result
from matcher.problem import Numbers


def seats_within(result: Result) -> tuple[int, Numbers]:
    """Return how many seats quotas and limits on openings allow to be filled in all, and for each
    opening how many of its empty seats they close: all seats = usable + closed, and none that is
    filled is closed.

    Starting from the plan, empty seats are opened in the order of the openings while every ceiling
    above has room. Under a tree of ceilings no other choice opens more; where they cross, another
    plan might.
    """
    ceilings = ceilings_of(result)
    openings = len(result.problem.openings)
    held = ceilings.held.copy()
    for above in map(list, ceilings.above):
        held[above] += (ceilings.stated[above] - held[above]).min()
    closed: Numbers = ceilings.stated[:openings] - held[:openings]
    return int(held[:openings].sum()), closed
