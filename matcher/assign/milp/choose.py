"""The best plan of a network with divided sets, rows and starts: place after place of the tuple.

What is won at a place is kept: pairs that no plan as good uses are left out, rows that all of them
fill are filled, and where the bound is not exactly the plan's the sum stays as a row. So every
answer is checked, in whole numbers, against all limits and all that was won before.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matcher.assign.best import Draw
from matcher.assign.milp.climb import Won, climb
from matcher.assign.milp.form import NONE, form_of, plan_of
from matcher.assign.milp.highs import OPTIMAL
from matcher.assign.network import WORST, Network, Worth
from matcher.problem import Flags, Numbers

LOTTERY = "lottery"


@dataclass(frozen=True)
class Claim:
    """What the solver says of a place of the tuple (`level`: the score, of `worst`): "optimal",
    or how it stopped."""

    name: str
    level: int | None
    said: str


@dataclass(frozen=True)
class Chosen:
    """Each person's pair of the network (-1: unplaced), and the claims in the order of places."""

    pair_of: Numbers
    claims: tuple[Claim, ...]


def choose_plan(network: Network, draw: Draw) -> Chosen:
    """Return the best plan that `scipy.optimize.milp` finds: of each name of the objective in
    order, then of the tickets of the pairs still tied.

    It keeps every limit. Raises `Impossible` where no plan does, `NoAnswer` where HiGHS stopped
    before it found one.
    """
    won: Won | None = None
    claims = []
    columns = list(zip(network.names, network.worth.T, strict=True))
    after = [*(_first_place(*one) for one in columns[1:]), None]
    for (name, column), then in zip(columns, after, strict=True):
        for level, reached in _climb_name(network, name, column, then, won):
            claims.append(Claim(name, level, reached.said))
            won = reached
    assert won is not None
    if not np.array_equal(won.form.live, won.chosen):
        won = climb(won.form, draw("", np.flatnonzero(won.form.live)), won.chosen)
        claims.append(Claim(LOTTERY, None, won.said))
    return Chosen(plan_of(network, won.chosen), tuple(claims))


def _climb_name(
    network: Network, name: str, column: Worth, then: Worth | None, won: Won | None
) -> Iterator[tuple[int | None, Won]]:
    """Yield the places of a name (their levels) and what is won there; `then` is the place after
    them."""
    worth, then = _first_place(name, column), column if name == WORST else then
    if won is None:
        won = climb(form_of(network), worth, None, None, then)
    else:
        won = climb(won.form, worth, won.chosen, won.start, then)
    yield None, won
    if name == WORST:
        yield from _raise_lowest(replace(won, start=None), column)


def _first_place(name: str, column: Worth) -> Worth:
    """Return what each pair is worth at the first place of a name: at that of `worst` one person
    placed."""
    return np.ones_like(column) if name == WORST else column


def _raise_lowest(won: Won, scores: Worth) -> Iterator[tuple[int, Won]]:
    """Yield each score that the best plan uses, ascending, and the plans with the fewest pairs of
    it; at the last one the pairs of all other scores are left out."""
    decided = np.zeros(scores.size, bool)
    while (won.chosen & ~decided).any():
        level, won = _find_level(won, scores, decided)
        decided |= scores == level
        if not (won.chosen & ~decided).any():
            won = replace(won, form=won.form.without(~decided))
        yield level, won


def _find_level(won: Won, scores: Worth, decided: Flags) -> tuple[int, Won]:
    """Return the lowest score that the best plan must use of those not decided, and the plans with
    the fewest pairs of it.

    Asked is how few pairs up to a score can be: for the lowest in use, then farther and farther
    up, then between, until it is the lowest in use that cannot be left out.
    """
    step, refused, said = 1, NONE, OPTIMAL
    while True:
        lowest = int(scores[won.chosen & ~decided].min())
        won = replace(won, form=won.form.without(~decided & (scores < lowest)))
        levels = np.unique(scores[won.form.live & ~decided & (scores < max(refused, lowest + 1))])
        place = min(step, levels.size) - 1 if refused == NONE else (levels.size - 1) // 2
        asked = int(levels[place])
        upto = ~decided & (scores <= asked)
        found = climb(won.form, -upto.astype(np.int64), won.chosen)
        said = found.said if said == OPTIMAL else said
        if not found.chosen[upto].any():
            won = replace(won, form=won.form.without(upto), chosen=found.chosen)
            step *= 2
        elif asked == lowest:
            return asked, replace(found, said=said)
        else:
            won, refused = replace(won, chosen=found.chosen), asked
