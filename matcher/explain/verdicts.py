"""Why an eligible pair is not in the plan: one verdict each, the first that applies.

`refused` a rule fails · `below_floor` worth less than the floor, or than staying unplaced ·
`decided` a seat on record stands · `capped` no seat, or a full cap above it · `tied` lost by
the lottery alone · `kept` fewer pairs of the earlier plan would stay · `better_elsewhere` the seat
is free and the person is worth more where placed · `costs_a_place` fewer people would be placed ·
`outscored` the sum of all scores would be lower.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.assign import Losses, Network
from matcher.pipeline import Result
from matcher.problem import Flags, Numbers
from matcher.quotas import Cap

PROPOSED, REFUSED = "proposed", "refused"
BELOW_FLOOR, DECIDED, CAPPED, TIED = "below_floor", "decided", "capped", "tied"
BETTER_ELSEWHERE, COSTS_A_PLACE, OUTSCORED = "better_elsewhere", "costs_a_place", "outscored"
KEPT = "kept"
BY_PLACE = {"placements": COSTS_A_PLACE, "score": OUTSCORED, "keep": KEPT}
SHOWN = 5


@dataclass(frozen=True)
class Verdicts:
    """Of each pair of the screening: its verdict, and what the plan would lose by it (one column
    per name of the objective; `exists` is False where no plan can hold the pair)."""

    name: NDArray[np.str_]
    loss: NDArray[np.int64]
    exists: Flags


@dataclass(frozen=True)
class Alternative:
    """A pair that no rule refuses and that is not proposed; `loss` is None where no plan can hold
    it."""

    candidate: int
    opening: int
    score: int
    loss: tuple[int, ...] | None
    verdict: str


@dataclass(frozen=True)
class Ceilings:
    """Openings, then their caps: for each opening the places of itself and all above it, the
    lowest first; what each may hold, those with a seat on record counted in, and what it holds."""

    above: tuple[tuple[int, ...], ...]
    stated: Numbers
    held: Numbers

    @cached_property
    def full(self) -> Flags:
        """Which hold all they may."""
        return self.held >= self.stated

    def closing(self, opening: int) -> int | None:
        """Return the lowest place at or above an opening that never had room."""
        return next((at for at in self.above[opening] if not self.stated[at]), None)

    def capping(self, opening: int, mine: int) -> int | None:
        """Return the first full cap above an opening that is not above the person's own
        (-1: none)."""
        own = self.above[mine] if mine >= 0 else ()
        full = self.full
        caps = (at for at in self.above[opening][1:] if full[at] and at not in own)
        return next(caps, None)


def judge_pairs(result: Result) -> Verdicts:
    """Return the verdict of each pair that no rule refuses."""
    network, losses, plan = result.network, result.losses, result.plan
    size = result.screening.candidate.size
    name = np.full(size, BELOW_FLOOR, dtype="<U16")
    worth_it = result.scores.score >= result.problem.settings.objective.min_score
    name[worth_it & (result.problem.locked[result.screening.candidate] >= 0)] = DECIDED
    loss = np.zeros((size, len(network.names)), np.int64)
    exists = np.zeros(size, bool)
    loss[losses.row], exists[losses.row] = losses.loss, losses.exists
    name[network.row] = name_verdicts(network, losses, result.pair_of, ceilings_of(result))
    name[plan.row[plan.row >= 0]] = PROPOSED
    return Verdicts(name, loss, exists)


def ceilings_of(result: Result) -> Ceilings:
    """Return the seats and the caps that set a ceiling, as the plan fills them."""
    problem, placed = result.problem, result.seats_of
    count = len(problem.openings)
    filled = np.bincount(placed[placed >= 0], minlength=count)
    caps = [cap for cap in result.facts.quotas.caps if cap.ceiling is not None]
    above: list[list[int]] = [[opening] for opening in range(count)]
    for at in sorted(range(len(caps)), key=lambda at: len(caps[at].openings)):
        for opening in caps[at].openings:
            above[opening].append(count + at)
    return Ceilings(
        tuple(map(tuple, above)),
        np.array([*problem.openings.seats, *(cap.ceiling for cap in caps)], np.int64),
        np.array([*filled, *(filled[list(cap.openings)].sum() for cap in caps)], np.int64),
    )


def find_capping(result: Result, verdicts: Verdicts, row: int) -> Cap | None:
    """Return the quota by which a pair of the screening is `capped`; None where it is not, or
    where the opening itself has no seat."""
    if verdicts.name[row] != CAPPED:
        return None
    ceilings, caps = ceilings_of(result), result.facts.quotas.caps
    person, opening = int(result.screening.candidate[row]), int(result.screening.opening[row])
    if verdicts.exists[row]:
        at = ceilings.capping(opening, int(result.plan.opening[person]))
    else:
        at = ceilings.closing(opening)
    if at is None or at < len(result.problem.openings):
        return None
    return [cap for cap in caps if cap.ceiling is not None][at - len(result.problem.openings)]


def name_verdicts(
    network: Network, losses: Losses, pair_of: Numbers, ceilings: Ceilings
) -> NDArray[np.str_]:
    """Return the verdict of each unused pair of a network."""
    full, openings = ceilings.full, range(network.tree.leaves)
    closed = np.array([ceilings.closing(opening) is not None for opening in openings], bool)
    mine = pair_of[network.person]
    at = np.where(mine >= 0, network.opening[mine], -1)
    capped = np.zeros(at.size, bool)
    if full[network.tree.leaves :].any():
        ends = list(zip(network.opening.tolist(), at.tolist(), strict=True))
        found = {end: ceilings.capping(*end) is not None for end in set(ends)}
        capped[:] = [found[end] for end in ends]
    kinds = np.array([BY_PLACE[place] for place in network.names])
    kind = kinds[np.argmax(losses.loss != 0, axis=1)]
    return np.select(
        [
            ~losses.exists & closed[network.opening],
            ~losses.exists,
            (losses.loss == 0).all(axis=1),
            kind == KEPT,
            ~full[network.opening] & capped,
            ~full[network.opening] & (at < 0),
            ~full[network.opening],
        ],
        [*map(np.array, (CAPPED, DECIDED, TIED, KEPT, CAPPED, BELOW_FLOOR, BETTER_ELSEWHERE))],
        kind,
    )


def alternatives_of(
    result: Result, verdicts: Verdicts, candidate: int, shown: int = SHOWN
) -> tuple[Alternative, ...]:
    """Return a person's eligible openings not proposed, those of least loss first, then those
    that no plan could hold; equal ones by id."""
    start, stop = np.searchsorted(result.screening.candidate, [candidate, candidate + 1])
    return _least_loss(result, verdicts, range(start, stop), shown)


def rivals_of(
    result: Result, verdicts: Verdicts, opening: int, shown: int = SHOWN
) -> tuple[Alternative, ...]:
    """Return the people eligible at an opening but not proposed there, in the same order."""
    rows = np.flatnonzero(result.screening.opening == opening).tolist()
    return _least_loss(result, verdicts, rows, shown)


def _least_loss(
    result: Result, verdicts: Verdicts, rows: Iterable[int], shown: int
) -> tuple[Alternative, ...]:
    found = [
        Alternative(
            int(result.screening.candidate[row]),
            int(result.screening.opening[row]),
            int(result.scores.score[row]),
            tuple(verdicts.loss[row].tolist()) if verdicts.exists[row] else None,
            str(verdicts.name[row]),
        )
        for row in rows
        if verdicts.name[row] != PROPOSED
    ]
    found.sort(key=lambda a: (a.loss is None, a.loss or (), -a.score, a.opening, a.candidate))
    return tuple(found[:shown])
