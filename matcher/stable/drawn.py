"""Whom a ticket decided for or against in a plan by proposals: as the plan stands, not on the way
to it, where other tickets could have led elsewhere."""

from __future__ import annotations

import numpy as np

from matcher.problem import Flags
from matcher.screen import Screening
from matcher.stable.filling import Filling


def lost_by_ticket(screening: Screening, filling: Filling) -> Flags:
    """Return which screened pairs, liked better than what the person has, the ticket alone keeps
    out: the last whom the ceiling holds ranks equal but for it."""
    return filling.preferred(screening) & ~filling.wanted(screening) & _equal(screening, filling)


def find_drawn(screening: Screening, filling: Filling) -> Flags:
    """Return by candidate whom a ticket decided for or against: who lost a place by it, who holds
    such a place, and who has one of two places liked equally."""
    drawn = np.zeros(filling.row.size, bool)
    lost = lost_by_ticket(screening, filling)
    drawn[screening.candidate[lost]] = True
    for opening in np.unique(screening.opening[lost]).tolist():
        people = filling.people[filling.binding[opening]]
        fits = filling.ranking.fit[filling.row[people]]
        drawn[people[fits == _bar_fit(filling, opening)]] = True
    drawn[screening.candidate[tied_at_home(screening, filling)]] = True
    return drawn


def tied_at_home(screening: Screening, filling: Filling) -> Flags:
    """Return which pairs would be taken and are liked as much as the person's own one, but for the
    ticket."""
    ranking, row = filling.ranking, filling.row[screening.candidate]
    alike = (ranking.wish == ranking.wish[row]) & (ranking.score == ranking.score[row])
    other: Flags = (row >= 0) & (row != np.arange(row.size)) & alike & ranking.allowed
    return other & filling.wanted(screening)


def _equal(screening: Screening, filling: Filling) -> Flags:
    """Return which pairs rank as the last whom the least bar above their opening holds, but for
    the ticket."""
    fits = [_bar_fit(filling, opening) for opening in range(filling.binding.size)]
    equal: Flags = np.array(fits, np.int64)[screening.opening] == filling.ranking.fit
    return equal


def _bar_fit(filling: Filling, opening: int) -> int:
    """Return the fit of the last whom the least bar above an opening holds, -1 where nobody."""
    at = int(filling.binding[opening])
    people, room = filling.people[at], int(filling.ceilings.room[at])
    if not room or people.size < room or filling.row[people[room - 1]] < 0:
        return -1
    return int(filling.ranking.fit[filling.row[people[room - 1]]])
