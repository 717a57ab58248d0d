"""What bounds the openings' choice: their own seats, and every ceiling above them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from matcher.fit import Facts
from matcher.limits import SEATS, SetLimit
from matcher.problem import Numbers, Problem
from matcher.quotas import Cap


@dataclass(frozen=True)
class Ceilings:
    """Sets of openings, the openings themselves first, and what each may hold in all (`stated`)
    and beside the seats on record (`room`, never below 0). `behind` is the quota or limit of each
    set behind the openings."""

    members: tuple[tuple[int, ...], ...]
    stated: Numbers
    room: Numbers
    behind: tuple[Cap | SetLimit, ...]

    @cached_property
    def above(self) -> tuple[tuple[int, ...], ...]:
        """By opening, the places of the sets that hold it: itself, then by size."""
        above: list[list[int]] = [[] for _ in range(len(self.members) - len(self.behind))]
        for place in sorted(range(len(self.members)), key=lambda at: (len(self.members[at]), at)):
            for opening in self.members[place]:
                above[opening].append(place)
        # Its own seats stand first, whatever single opening a cap has.
        return tuple(tuple(sorted(sets, key=lambda at: at >= len(above))) for sets in above)

    @cached_property
    def nested(self) -> bool:
        """Whether no two sets cross: then proposals end in a stable plan."""
        sets = [set(members) for members in self.members[len(self.above) :]]
        return all(
            a <= b or b <= a or not a & b for place, a in enumerate(sets) for b in sets[:place]
        )

    def closing(self, openings: Collection[int]) -> Ceilings:
        """Return the ceilings with no room at some openings."""
        room = self.room.copy()
        room[list(openings)] = 0
        return replace(self, room=room)

    def loads(self, per_opening: Numbers) -> Numbers:
        """Return how many each set holds, from those of each opening."""
        sums = [int(per_opening[list(members)].sum()) for members in self.members]
        return np.array(sums, np.int64)


def gather_ceilings(problem: Problem, facts: Facts) -> Ceilings:
    """Return the ceilings of a problem: seats, quotas, and limits on openings with a `max`."""
    behind: list[Cap | SetLimit] = [cap for cap in facts.quotas.caps if cap.ceiling is not None]
    behind += [one for one in facts.limits.sets if one.side == SEATS and one.ceiling is not None]
    openings = len(problem.openings)
    members = (*((opening,) for opening in range(openings)), *map(_members, behind))
    stated = np.array([*problem.openings.seats.tolist(), *map(_ceiling, behind)], np.int64)
    taken = np.bincount(problem.locked[problem.locked >= 0], minlength=openings)
    on_record = Ceilings(members, stated, stated, tuple(behind)).loads(taken)
    return Ceilings(members, stated, np.maximum(stated - on_record, 0), tuple(behind))


def highest_lowest(sets: Sequence[int], lowest: dict[int, int]) -> int:
    """Return the set whose lowest-ranked pair (`lowest`, by set) is ranked highest of all: going
    down the ranking, the first place where a choice under all ceilings finds no room."""
    return min(sets, key=lambda at: (lowest[at], at))


def _members(behind: Cap | SetLimit) -> tuple[int, ...]:
    return behind.openings if isinstance(behind, Cap) else behind.members


def _ceiling(behind: Cap | SetLimit) -> int:
    assert behind.ceiling is not None
    return behind.ceiling
