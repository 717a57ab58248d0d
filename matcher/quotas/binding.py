"""Which ceilings on sets of openings can stop anybody."""

from __future__ import annotations

from collections.abc import Sequence

from matcher.problem import Numbers

Openings = frozenset[int]


class Index:
    """Finds the sets that share an opening with another, in the order they were added."""

    def __init__(self) -> None:
        self.holding: dict[int, list[int]] = {}

    def add(self, openings: Openings, at: int) -> None:
        """Add a set under its number, which is greater than those before."""
        for opening in openings:
            self.holding.setdefault(opening, []).append(at)

    def touching(self, openings: Openings) -> list[int]:
        """Return the numbers of the sets that hold any of the openings."""
        return sorted({at for opening in openings for at in self.holding.get(opening, ())})


def find_binding(seats: Numbers, sets: Sequence[tuple[Openings, int]]) -> list[int]:
    """Return the sets that can stop anybody, in their order: those that hold less than lies below
    them. Only sets within a set are looked at, which rise and fall with it."""
    kept = Index()
    rank: list[int] = []
    for place in sorted(range(len(sets)), key=lambda at: (len(sets[at][0]), at)):
        openings, ceiling = sets[place]
        near = [sets[rank[at]] for at in reversed(kept.touching(openings))]
        if ceiling < _most(seats, openings, [one for one in near if one[0] <= openings]):
            kept.add(openings, len(rank))
            rank.append(place)
    return sorted(rank)


def _most(seats: Numbers, openings: Openings, within: Sequence[tuple[Openings, int]]) -> int:
    """Return how many the openings hold at most, as far as the sets within them say."""
    rest, held = openings, 0
    for place, (inner, ceiling) in enumerate(within):
        piece = inner & rest
        if piece:
            held += min(ceiling, _most(seats, piece, within[place + 1 :]))
            rest -= piece
    return held + int(seats[list(rest)].sum())
