"""Whether a batch has limits that no tree of sets holds, whatever its proof says of itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from matcher.limits import PEOPLE, SEATS
from matcher.quotas.binding import find_binding
from matcher.verify.derived import QUOTA, SET, Bounded, Derived


def stands_outside(derived: Derived) -> bool:
    """Return whether anything stands outside the trees of people and of openings: a sum, two
    people, an opening for none or enough that may be either, or sets that cross."""
    settled = derived.shut.union(derived.problem.locked.tolist())
    starts = (one.opening not in settled for one in derived.facts.limits.starts)
    sides = (crosses(_sets(derived.bounded, side)) for side in (PEOPLE, SEATS))
    return bool(derived.rows) or any(starts) or any(sides)


def crosses(sets: Iterable[frozenset[int]]) -> bool:
    """Return whether two of the sets share members without one holding the other."""
    within: dict[int, int] = {}  # by member the smallest set so far that holds it
    for at, members in enumerate(sorted(sets, key=len, reverse=True)):
        if len({within.get(one) for one in members}) > 1:
            return True
        within.update(dict.fromkeys(members, at))
    return False


def _sets(bounded: Iterable[Bounded], side: str) -> Iterator[frozenset[int]]:
    """Yield the sets of one side that can stop anybody, as far as its people and seats go."""
    own = [one for one in bounded if one.side == side]
    room = {one.members[0]: one.ceiling or 0 for one in own if one.kind != SET}
    quotas = list[tuple[frozenset[int], int]]()
    for one in own:
        members = frozenset(room.keys() & one.members)
        if one.kind == SET and one.key.startswith(QUOTA):
            quotas.append((members, one.ceiling or 0))
        elif one.kind == SET:
            most = sum(room[place] for place in members)
            if one.floor or (one.ceiling is not None and one.ceiling < most):
                yield members
    seats = np.array([room[place] for place in sorted(room)], np.int64)
    yield from (quotas[at][0] for at in find_binding(seats, quotas))
