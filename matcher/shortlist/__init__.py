"""After the plan's question, who sits where, the host's: whom do we interview? Interview lists,
and reserves behind the proposals, found exactly on a flow of people to lists."""

from __future__ import annotations

from matcher.shortlist.basis import find_waiting
from matcher.shortlist.build import make_shortlist
from matcher.shortlist.lists import Entry, LeftOut, Shortlist
from matcher.shortlist.reserves import Reserve, find_reserves

__all__ = [
    "Entry",
    "LeftOut",
    "Reserve",
    "Shortlist",
    "find_reserves",
    "find_waiting",
    "make_shortlist",
]
