"""What stands before any list is made: who has a seat, and whose interview is underway."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.problem import DECLINED, Flags, Numbers, Problem, Standing
from matcher.problem.outcomes import LOCKED, UNDERWAY, current_steps


@dataclass(frozen=True)
class Recorded:
    """`seated` marks the candidates who have a seat or are called to one, `free` counts each
    opening's seats that are nobody's yet. `fixed` are the pairs (candidate, opening) that stand on
    a list in any case, sorted: underway, unless the person declined what they belong to, or placed
    by decision; `state` the last step of pairs with one."""

    seated: Flags
    free: Numbers
    fixed: tuple[tuple[int, int], ...]
    state: dict[tuple[int, int], str]

    def taken(self) -> Numbers:
        """Return how many of the fixed pairs each opening has."""
        return np.bincount([opening for _, opening in self.fixed], minlength=self.free.size)

    def held(self) -> Numbers:
        """Return how many of the fixed pairs each candidate has."""
        return np.bincount([person for person, _ in self.fixed], minlength=self.seated.size)


def find_recorded(problem: Problem) -> Recorded:
    """Return what is settled; whoever takes no part is on no list, and whoever is placed by
    decision only on that one."""
    state = {pair: step.state for pair, step in current_steps(problem.outcomes).items()}
    present = problem.standing == Standing.PRESENT
    seated = np.zeros(present.size, bool)
    fixed = []
    for person in np.flatnonzero(problem.locked >= 0).tolist():
        pair = (person, int(problem.locked[person]))
        if person in problem.called or state.get(pair) in LOCKED:
            seated[person] = True
        elif present[person]:
            fixed.append(pair)
    fixed += [
        pair
        for pair, last in state.items()
        if last in UNDERWAY
        and problem.locked[pair[0]] < 0
        and present[pair[0]]
        and problem.lists.ended[problem.candidates.outcome_row[pair[0]], pair[1]] != DECLINED
    ]
    had = np.bincount(problem.locked[seated], minlength=len(problem.openings))
    free = np.maximum(problem.openings.seats.astype(np.int64) - had, 0)
    return Recorded(seated, free, tuple(sorted(fixed)), state)
