"""From a problem to what the solver sees."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.assign.nesting import Between, Nesting, Placed, nest_ceilings
from matcher.assign.network import Network, Row, Start, Tree
from matcher.limits import PEOPLE, SEATS, Limits, SetLimit, find_shut, rows_over
from matcher.limits.locks import count_held
from matcher.problem import Flags, Numbers, Problem
from matcher.problem.outcomes import KEPT, current_steps
from matcher.quotas import Cap
from matcher.score import Scores
from matcher.screen import Screening

NO_LIMITS = Limits()


@dataclass(frozen=True)
class Nested:
    """The trees of openings (`seats`) and of people, and by place in `Limits.sets` where each
    limit stands: in the tree of its side, in none (`crossing`: as rows), or nowhere."""

    seats: Nesting
    people: Tree
    placed: tuple[Placed, ...]


def build_network(
    problem: Problem,
    screening: Screening,
    scores: Scores,
    caps: Sequence[Cap] = (),
    limits: Limits = NO_LIMITS,
) -> Network:
    """Return the network of a problem under caps and limits: pairs below `min_score` and locked
    people left out, the places of the locked counted off their openings and everything above."""
    objective, names = problem.settings.objective, problem.order
    locked = problem.locked >= 0
    allowed = ~locked[screening.candidate] & (scores.score >= objective.min_score)
    row = np.flatnonzero(allowed).astype(np.int32)
    people = free_people(problem)
    place = np.full(len(problem.candidate_ids), -1, np.int32)
    place[people] = np.arange(people.size)
    worth = np.ones((row.size, len(names)), np.int64)  # the ones are those of placements
    for at, name in enumerate(names):
        if name == "keep":
            worth[:, at] = kept_pairs(problem, screening)[row]
        elif name != "placements":
            worth[:, at] = scores.score[row]
        if name == "score":
            worth[:, at] -= objective.unplaced_worth
    pairs = Network(
        people,
        Tree.plain(problem.openings.seats.astype(np.int64)),
        place[screening.candidate[row]],
        screening.opening[row],
        row,
        names,
        worth,
        groups=Tree.plain(np.ones(people.size, np.int64)),
    )
    return bind_limits(pairs, problem, caps, limits)


def bind_limits(network: Network, problem: Problem, caps: Sequence[Cap], limits: Limits) -> Network:
    """Return the pairs of a network of the problem under these caps and limits instead of its
    own."""
    nested = nest_limits(problem, caps, limits)
    candidate, opening = network.people.astype(np.int32)[network.person], network.opening
    crossing = _crossing_rows(problem, limits, nested.placed, candidate, opening)
    over = rows_over(limits, candidate, opening, problem.locked)
    return network.bound_by(
        tree=nested.seats.tree,
        divided=nested.seats.divided,
        groups=nested.people,
        rows=(*crossing, *(Row(one.key, one.tight.weight, one.tight.most) for one in over)),
        starts=_starts(problem, caps, limits),
    )


def free_people(problem: Problem) -> Numbers:
    """Return the places of the candidates who take part and have no seat on record."""
    return problem.present[problem.locked[problem.present] < 0]


def kept_pairs(problem: Problem, screening: Screening) -> Flags:
    """Return which pairs of the screening `keep` keeps."""
    width = len(problem.openings)
    kept = pairs_to_keep(problem)
    keys = np.array([person * width + opening for person, opening in kept], np.int64)
    return np.isin(screening.candidate.astype(np.int64) * width + screening.opening, keys)


def pairs_to_keep(problem: Problem) -> set[tuple[int, int]]:
    """Return the pairs of the earlier plan, and those on their way: what `keep` keeps."""
    steps = current_steps(problem.outcomes)
    return {*problem.earlier, *(pair for pair, step in steps.items() if step.state in KEPT)}


def nest_limits(problem: Problem, caps: Sequence[Cap], limits: Limits = NO_LIMITS) -> Nested:
    """Return the trees of a problem: its openings under the caps that set a ceiling and the limits
    on sets of them, each in their order, and its people under the limits on sets of them: what is
    left of all after the people whose seat it is already, nothing of an opening that can never go
    ahead."""
    taken = _taken(problem)
    fewest = np.zeros_like(taken)
    for start in limits.starts:
        if taken[start.opening]:
            fewest[start.opening] = max(start.least - int(taken[start.opening]), 0)
    ceilings = [
        (frozenset(cap.openings), cap.ceiling - int(taken[list(cap.openings)].sum()))
        for cap in caps
        if cap.ceiling is not None
    ]
    openings = {opening: opening for opening in range(len(problem.openings))}
    on_seats = [one for one in limits.sets if one.side == SEATS]
    left = problem.openings.seats - taken
    left[list(find_shut(problem, caps, limits))] = 0
    seats = nest_ceilings(
        left,
        ceilings,
        [_between(one, problem.locked, taken, openings) for one in on_seats],
        fewest,
    )
    people = free_people(problem)
    place = {person: at for at, person in enumerate(people.tolist())}
    on_people = [one for one in limits.sets if one.side == PEOPLE]
    groups, placed = Tree.plain(np.ones(people.size, np.int64)), iter(seats.placed)
    if on_people:
        between = [_between(one, problem.locked, taken, place) for one in on_people]
        nesting = nest_ceilings(np.ones(people.size, np.int64), [], between)
        groups, of_people = nesting.tree, iter(nesting.placed)
    return Nested(
        seats,
        groups,
        tuple(next(placed if one.side == SEATS else of_people) for one in limits.sets),
    )


def _taken(problem: Problem) -> NDArray[np.int64]:
    """Return by opening how many seats are on record."""
    seats = problem.locked[problem.locked >= 0]
    return np.bincount(seats, minlength=len(problem.openings)).astype(np.int64)


def _between(limit: SetLimit, locked: Numbers, taken: Numbers, place: Mapping[int, int]) -> Between:
    """Return what the seats on record leave of a limit, over the leaves at the places given."""
    held = count_held(limit, locked, taken)
    members = frozenset(place[one] for one in limit.members if one in place)
    ceiling = None if limit.ceiling is None else limit.ceiling - held
    return Between(members, max(limit.floor - held, 0), ceiling)


def _crossing_rows(
    problem: Problem,
    limits: Limits,
    placed: Sequence[Placed],
    candidate: Numbers,
    opening: Numbers,
) -> Iterator[Row]:
    """Yield the rows of the limits on sets that stand in no tree, over pairs."""
    for limit, where in zip(limits.sets, placed, strict=True):
        if not where.crossing:
            continue
        ends = candidate if limit.side == PEOPLE else opening
        inside = np.isin(ends, limit.members).astype(np.int64)
        held = count_held(limit, problem.locked, _taken(problem))
        if limit.ceiling is not None:
            yield Row(f"{limit.key}:max", inside, limit.ceiling - held)
        if limit.floor > held:
            yield Row(f"{limit.key}:min", -inside, held - limit.floor)


def _starts(problem: Problem, caps: Sequence[Cap], limits: Limits) -> tuple[Start, ...]:
    """Return the openings that may stay empty or go ahead: not one with a seat on record, which
    goes ahead, nor one that never can, which has no room."""
    settled = {*np.flatnonzero(_taken(problem)).tolist(), *find_shut(problem, caps, limits)}
    return tuple(
        Start(one.opening, one.least) for one in limits.starts if one.opening not in settled
    )
