"""How many of the stated seats quotas and limits leave open."""

from __future__ import annotations

from matcher.explain.ceilings import ceilings_of
from matcher.pipeline import Result
from matcher.problem import Numbers


def seats_within(result: Result) -> tuple[int, Numbers]:
    """Return how many seats quotas and limits on openings allow to be filled in all, and for each
    opening how many of its empty seats they close: all seats = usable + closed, and none that is
    filled is closed.

    An opening that can never go ahead is closed whole. Starting from the plan, other empty seats
    are opened in the order of the openings while every ceiling above has room. Under a tree of
    ceilings no other choice opens more; where they cross, another plan might.
    """
    ceilings = ceilings_of(result)
    openings = len(result.problem.openings)
    held, most = ceilings.held.copy(), ceilings.stated.copy()
    most[list(result.shut)] = 0
    for above in map(list, ceilings.above):
        held[above] += (most[above] - held[above]).min()
    closed: Numbers = ceilings.stated[:openings] - held[:openings]
    return int(held[:openings].sum()), closed
