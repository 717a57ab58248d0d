"""The change-budget curve: the best plan with at most k people moved, for k = 0, 1, 2 …, and the
knee after which more moves bring little."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np

from matcher.assign import draw_of
from matcher.assign.best import Total, total_of
from matcher.assign.build import pairs_to_keep
from matcher.assign.network import Network
from matcher.pipeline import Result, match
from matcher.problem import Numbers, Problem
from matcher.whatif.budgets import Held, Progress, Within, plans_within
from matcher.whatif.cases import Gap
from matcher.whatif.hull import KEEP

PLAIN = ("placements", "score")  # where the objective names nothing but `keep`
MOST, FEW, MANY = 40, 12, 20_000


@dataclass(frozen=True)
class Moved:
    """Somebody who does not keep a place: the opening before, and that of the plan ("": none)."""

    candidate_id: str
    before: str
    after: str


@dataclass(frozen=True, eq=False)
class Point:
    """The best plan with at most `budget` people moved; of all as good, one with the fewest moves.

    `placed` people are proposed, their scores sum to `score`; `total` is what plans are compared
    by (`Curve.names`), seats on record left out. `opening` is by place of the candidate (-1: none).
    `proved`: no plan within the budget has a greater total. Otherwise `gap` is how much more one
    could have at the first name that is open, None where that is not known.
    """

    budget: int
    moves: tuple[Moved, ...]
    placed: int
    score: int
    total: Total
    opening: Numbers
    proved: bool
    gap: Gap | None

    @property
    def measure(self) -> tuple[int, ...]:
        """The places of the total that are plain numbers (of `worst`: the people placed)."""
        return tuple(place for place in self.total if isinstance(place, int))


@dataclass(frozen=True, eq=False)
class Curve:
    """The points by budget: from the fewest moves of any plan to those beyond which more bring
    nothing. `people` had a place and still take part.

    `names` are those of the objective, `keep` left out; `left_out` the first and the last budget
    that were not gone into (None: all were). `knee` is the budget whose point lies farthest above
    the straight line between first and last: (last - first budget) × (its measure - the first's)
    - (budget - first) × (the last's - the first's), place after place of the tuple, the smallest
    budget of equal ones; None where no point lies above. No points where the scenario asks for a
    stable plan: that is the best of nothing.
    """

    problem: Problem
    people: int
    names: tuple[str, ...]
    points: tuple[Point, ...]
    left_out: tuple[int, int] | None = None

    @property
    def knee(self) -> int | None:
        """The budget of the knee."""
        if not self.points:
            return None
        first, last = self.points[0], self.points[-1]
        wide, whole = last.budget - first.budget, _less(last.measure, first.measure)
        none = tuple(0 for _ in whole)
        above = {
            point.budget: tuple(
                wide * own - (point.budget - first.budget) * all_
                for own, all_ in zip(_less(point.measure, first.measure), whole, strict=True)
            )
            for point in self.points
        }
        highest = max(above.values())
        return min(k for k, own in above.items() if own == highest) if highest > none else None


def moves_curve(
    before: Result,
    after_problem: Problem,
    most: int | None = None,
    progress: Progress | None = None,
) -> Curve:
    """Return the curve of a problem against the places that people had in the plan before.

    At most `most` points are made (None: 40; 12 where more than 20,000 pairs may be proposed).
    Raises as `match` does.
    """
    ids = before.problem.opening_ids
    had = zip(before.problem.candidate_ids, before.plan.opening.tolist(), strict=True)
    places = [(who, ids[at]) for who, at in had if at >= 0]
    return trace_curve(match(after_problem), places, most, progress)


def promised_curve(
    result: Result, most: int | None = None, progress: Progress | None = None
) -> Curve:
    """Return the curve of a result's own problem against what `keep` keeps: the earlier plan, and
    proposals on their way."""
    problem = result.problem
    pairs = sorted(pairs_to_keep(problem))
    places = [(problem.candidate_ids[who], problem.opening_ids[at]) for who, at in pairs]
    return trace_curve(result, places, most, progress)


def trace_curve(
    after: Result,
    places: Iterable[tuple[str, str]],
    most: int | None = None,
    progress: Progress | None = None,
) -> Curve:
    """Return the curve of a result's problem against places (candidate and opening, by id); who
    has several keeps any of them."""
    problem = after.problem
    present = {problem.candidate_ids[who] for who in problem.present.tolist()}
    had: dict[str, set[str]] = {}
    for who, where in places:
        if who in present:
            had.setdefault(who, set()).add(where)
    if after.stable:
        return Curve(problem, len(had), (), ())
    held = _held_of(after, had)
    network = held.network
    most = most or (FEW if network.person.size > MANY else MOST)
    plans, left_out = plans_within(held, most, progress)
    points = tuple(_point(after, had, network, plan) for plan in plans)
    return Curve(problem, len(had), network.names, points, left_out)


def _held_of(after: Result, had: dict[str, set[str]]) -> Held:
    """Return the network of a result, and which of its pairs keep somebody's place. People with a
    seat on record do not move: who has it elsewhere, or no pair to keep, is `gone` at once."""
    problem, network = after.problem, _without_keep(after)
    ids, openings = problem.candidate_ids, problem.opening_ids
    ends = zip(network.people[network.person].tolist(), network.opening.tolist(), strict=True)
    kept = np.array([openings[at] in had.get(ids[who], ()) for who, at in ends], bool)
    able = {ids[who] for who in network.people[network.person[kept]].tolist()}
    seats = enumerate(problem.locked.tolist())
    able |= {ids[who] for who, at in seats if at >= 0 and openings[at] in had.get(ids[who], ())}
    return Held(network, kept, len(had.keys() - able), draw_of(problem, network))


def _without_keep(result: Result) -> Network:
    """Return the whole network of a result, compared by all that its objective names but `keep`."""
    whole = result.whole
    at = [at for at, name in enumerate(whole.names) if name != KEEP]
    if at:
        return replace(whole, names=tuple(whole.names[n] for n in at), worth=whole.worth[:, at])
    above = result.scores.score[whole.row].astype(np.int64)
    above -= result.problem.settings.objective.unplaced_worth
    worth = np.stack([np.ones(above.size), above], axis=1).astype(np.int64)
    return replace(whole, names=PLAIN, worth=worth)


def _point(after: Result, had: dict[str, set[str]], network: Network, found: Within) -> Point:
    """Return a plan as a point."""
    problem = after.problem
    opening, row = after.plan.opening.astype(np.int64), after.plan.row.copy()
    opening[network.people], row[network.people] = -1, -1
    seated = np.flatnonzero(found.pair_of >= 0)
    people, pairs = network.people[seated], found.pair_of[seated]
    opening[people], row[people] = network.opening[pairs], network.row[pairs]
    names = (*problem.opening_ids, "")
    now = {who: names[at] for who, at in zip(problem.candidate_ids, opening, strict=True)}
    return Point(
        found.budget,
        tuple(
            Moved(who, min(had[who]), now[who]) for who in sorted(had) if now[who] not in had[who]
        ),
        int((opening >= 0).sum()),
        int(after.scores.score[row[row >= 0]].sum()),
        total_of(network, found.pair_of),
        opening,
        found.proved,
        found.gap,
    )


def _less(one: tuple[int, ...], other: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(a - b for a, b in zip(one, other, strict=True))
