"""Why a list is shorter than asked, and why somebody stands on none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from matcher.problem import Flags, Numbers
from matcher.shortlist.basis import Basis
from matcher.shortlist.lengths import Ceilings
from matcher.shortlist.lists import LeftOut

NOBODY, QUOTA, LIMIT, SHARED, CLASH = "nobody", "quota", "limit", "shared", "clash"
REFUSED, FLOOR, CLOSED, FULL = "refused", "floor", "closed", "full"


@dataclass(frozen=True)
class Listed:
    """The pairs on the lists, of so many candidates and openings."""

    person: Numbers
    opening: Numbers
    people: int
    openings: int

    @cached_property
    def length(self) -> Numbers:
        """How many stand on each opening's list."""
        return np.bincount(self.opening, minlength=self.openings)

    @cached_property
    def load(self) -> Numbers:
        """On how many lists each candidate stands."""
        return np.bincount(self.person, minlength=self.people)

    def holds(self, person: Numbers, opening: Numbers) -> Flags:
        """Return which pairs are on the lists."""
        keys = self.person * self.openings + self.opening
        held: Flags = np.isin(person.astype(np.int64) * self.openings + opening, keys)
        return held


def find_why(basis: Basis, listed: Listed) -> tuple[str, ...]:
    """Return, by opening, why its list is shorter than asked ("" where it is not)."""
    screening = basis.screening
    others = basis.allowed & ~listed.holds(screening.candidate, screening.opening)
    loaded = listed.load >= basis.problem.settings.shortlist.load_max
    more = np.bincount(screening.opening[others], minlength=listed.openings) > 0
    shared = others & loaded[screening.candidate]
    shares = np.bincount(screening.opening[shared], minlength=listed.openings) > 0
    capped, limited = (_full(listed, each) for each in (basis.ceilings, basis.limited))
    why = np.select([~more, capped, limited, shares], [NOBODY, QUOTA, LIMIT, SHARED], CLASH)
    short = listed.length < basis.asked
    return tuple(np.where(short, why, "").tolist())


def _full(listed: Listed, ceilings: Ceilings) -> Flags:
    """Return which openings stand under a ceiling that their lists reach."""
    full = np.zeros(listed.openings, bool)
    for openings, ceiling in ceilings:
        own = list(openings)
        full[own] |= bool(listed.length[own].sum() >= ceiling)
    return full


def find_left_out(basis: Basis, listed: Listed) -> tuple[LeftOut, ...]:
    """Return everybody who takes part, has no seat and stands on no list, each with the reason."""
    problem, screening = basis.problem, basis.screening
    none = (listed.load[problem.present] == 0) & ~basis.recorded.seated[problem.present]
    found = []
    for person in problem.present[none].tolist():
        start, stop = screening.rows_of(person)
        own = screening.opening[start:stop]
        enough = own[basis.allowed[start:stop]]
        open_now = enough[basis.within[enough] > 0]
        if not own.size:
            found.append(LeftOut(person, REFUSED, ()))
        elif not enough.size:
            found.append(LeftOut(person, FLOOR, tuple(own.tolist())))
        elif not open_now.size:
            found.append(LeftOut(person, CLOSED, tuple(enough.tolist())))
        else:
            found.append(LeftOut(person, FULL, tuple(open_now.tolist())))
    return tuple(found)
