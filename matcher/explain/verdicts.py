"""Why an eligible pair is not in the plan: one verdict each, the first that applies.

`refused` a rule fails · `below_floor` worth less than the floor, or than staying unplaced ·
`limit` a limit on people, a budget or the like stands · `decided` a seat on record stands ·
`capped` no seat, or a full quota or limit above it · `tied` lost by the lottery alone · `kept`
fewer pairs of the earlier plan would stay · `better_elsewhere` the seat is free and the person is
worth more where placed · `costs_a_place` fewer people would be placed · `lowers_the_lowest` the
lowest scores of the plan would be lower · `outscored` the sum of all scores would be lower ·
`unproved` no better plan with it was found, but none is ruled out.

Where `milp` chose the plan, verdicts by a name of the objective compare the plans beside it, and
are `unproved` across a gap. Where the best plan of the trees keeps what no tree holds, verdicts
are those without such limits; a pair that the tree beside the plan does not hold as well is `limit`
where its person's move alone would break one, never `tied`, and has no loss.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from matcher.assign import Losses, Network, fit_division, losses_of, weigh_losses
from matcher.assign.alone import broken_alone
from matcher.assign.chunks import chunks
from matcher.assign.divisions import MILP, RELAXED
from matcher.assign.network import Face
from matcher.assign.paths import own_pairs
from matcher.explain.ceilings import Ceilings, ceilings_of
from matcher.explain.stable_verdicts import judge_stable
from matcher.pipeline import Result
from matcher.problem import Flags, Numbers
from matcher.proof import show_best

Names = NDArray[np.object_]  # of very many pairs, which share the few strings

PROPOSED, REFUSED = "proposed", "refused"
BELOW_FLOOR, LIMIT, DECIDED, CAPPED, TIED = "below_floor", "limit", "decided", "capped", "tied"
UNPROVED = "unproved"
BETTER_ELSEWHERE, COSTS_A_PLACE, OUTSCORED = "better_elsewhere", "costs_a_place", "outscored"
KEPT, LOWERS_THE_LOWEST = "kept", "lowers_the_lowest"
BY_PLACE = {
    "placements": COSTS_A_PLACE,
    "score": OUTSCORED,
    "worst": LOWERS_THE_LOWEST,
    "keep": KEPT,
}


@dataclass(frozen=True)
class Verdicts:
    """Of each pair of the screening: its verdict, and what the plan would lose by it (one column
    per name of the objective up to `worst`, which is no number).

    `exists` is False where no loss is known: no plan can hold the pair (`impossible`), or none
    beside this plan does, where limits are none of the trees. `first` is the first name in which
    it loses (its place in the objective; int8). `loss` has the type of `Losses.loss`.
    """

    name: Names
    loss: Numbers
    exists: Flags
    impossible: Flags
    first: Numbers

    def loss_of(self, row: int) -> tuple[int, ...] | None:
        """Return what the plan would lose by a pair, None where that is not known, or no plan can
        hold it."""
        return tuple(self.loss[row].tolist()) if self.exists[row] else None


def judge_pairs(result: Result, candidate: int | None = None) -> Verdicts:
    """Return the verdict of each pair that no rule refuses; of one candidate's pairs alone, which
    takes one search of the residual graph, the others' names empty."""
    if result.stable:
        return _judge_stable(result)
    return _judge_all(result) if candidate is None else _judge(result, candidate)


@lru_cache(maxsize=1)
def _judge_all(result: Result) -> Verdicts:
    """Return the verdicts of all pairs, which take as much room as the pairs themselves: those of
    the latest result asked for are kept, and no second ones made."""
    return _judge(result, None)


def _judge(result: Result, candidate: int | None) -> Verdicts:
    """Return the verdicts of the pairs of a candidate, or of all, a chunk of them at a time."""
    network, method, size = result.network, result.plan.method, result.screening.candidate.size
    pairs = _pairs_of(network, candidate)
    losses, ceilings = _losses_of(result, pairs, candidate), ceilings_of(result)
    near = _near_losses_of(result, pairs, candidate, losses) if method == RELAXED else None
    alone = broken_alone(result.whole, result.pair_of) if method in (MILP, RELAXED) else None
    name = np.full(size, _shared(BELOW_FLOOR))
    worth_it = result.scores.score >= result.problem.settings.objective.min_score
    name[worth_it & (result.problem.locked >= 0)[result.screening.candidate]] = DECIDED
    loss = np.zeros((size, network.led), losses.loss.dtype)
    first = np.full(size, len(network.names), np.int8)
    exists, impossible = np.zeros(size, bool), np.ones(size, bool)
    for chunk in chunks(len(pairs)):
        own = pairs.start + np.arange(chunk.start, chunk.stop)
        part, row = losses.at(chunk), network.row[own]
        loss[row], exists[row], first[row] = part.loss, part.exists, part.first
        impossible[row] = ~part.exists
        named = name_verdicts(network, part, result.pair_of, ceilings, own)
        if method == MILP and alone is not None:
            impossible[row] &= ~has_room(result.whole)[network.opening[own]]
            left_out = _left_out(result, alone, own) & (named == LIMIT)
            named = np.where(left_out, _shared(UNPROVED), named)
        if near is not None and alone is not None:
            exists[row] &= exact_losses(part, near.at(chunk))
            named = limited_verdicts(part, near.at(chunk), alone[own], named)
        name[row] = named
    if method == MILP:
        decided_by_place = np.isin(name, [*BY_PLACE.values()])
        if decided_by_place.any():
            name[decided_by_place & (first >= first_gap(result))] = UNPROVED
    waiting = [
        start.opening
        for start in result.facts.limits.starts
        if not (result.seats_of == start.opening).any()
    ]
    if waiting:
        at_waiting = np.isin(result.screening.opening, waiting)
        stopped = (name == DECIDED) | (name == CAPPED)
        name[at_waiting & ~exists & stopped] = LIMIT
    name[result.plan.row[result.plan.row >= 0]] = PROPOSED
    if candidate is not None:
        name[result.screening.candidate != candidate] = ""
    return Verdicts(name, loss, exists, impossible, first)


def _left_out(result: Result, alone: Flags, pairs: Numbers) -> Flags:
    """Return which pairs the tree beside a plan of `milp` leaves out though their person's move
    alone would break nothing (`alone`, by pair of the network: it would): of them nothing is known,
    and no limit is said to stop them."""
    network = result.network
    if network.closed is None:
        return np.zeros(pairs.size, bool)
    person = network.person[pairs]
    shut = (result.pair_of[person] < 0) & shut_out(network, result.pair_of)[person]
    left_out: Flags = network.closed[pairs] & ~alone[pairs] & ~shut
    return left_out


def _pairs_of(network: Network, candidate: int | None) -> range:
    """Return the places of the pairs of a candidate in the network, or of all."""
    if candidate is None:
        return range(network.person.size)
    person = np.flatnonzero(network.people == candidate)
    own = own_pairs(network, int(person[0])) if person.size else np.arange(0)
    return range(int(own[0]), int(own[-1]) + 1) if own.size else range(0)


def _losses_of(result: Result, pairs: range, candidate: int | None) -> Losses:
    """Return the losses of some pairs: a candidate's alone, where those of all are not known. Those
    of all are kept by the verdicts, not by the result too."""
    if "losses" in vars(result):
        return result.losses.at(slice(pairs.start, pairs.stop))
    return _weighed(result, result.judged, pairs, candidate)


def _near_losses_of(result: Result, pairs: range, candidate: int | None, losses: Losses) -> Losses:
    """Return the losses of some pairs in the tree beside the plan, in which every plan keeps what
    no tree holds: at least what they cost the best plan, by the `losses` of the trees."""
    near = fit_division(result.whole, result.pair_of)
    if not result.whole.divided and Face.whole(near).same(Face.whole(result.network)):
        return losses
    return _weighed(result, near, pairs, candidate)


def _weighed(result: Result, network: Network, pairs: range, candidate: int | None) -> Losses:
    if candidate is None:
        return weigh_losses(network, result.pair_of)
    if not pairs:
        return Losses.none(network.led)
    return losses_of(network, result.pair_of, int(network.person[pairs[0]]))


def _judge_stable(result: Result) -> Verdicts:
    """Return the verdicts of a plan of proposals, under which nothing is lost."""
    size = result.screening.candidate.size
    none, no = np.zeros((size, 0), np.int64), np.zeros(size, bool)
    return Verdicts(judge_stable(result), none, no, no, np.zeros(size, np.int64))


def first_gap(result: Result) -> int:
    """Return the place in the objective of the first name of which a better plan is not ruled out
    in whole numbers; the number of names where there is none."""
    names = result.problem.order
    bounds = show_best(result).bounds
    gaps = [names.index(bound["name"]) for bound in bounds if bound["gap"]]
    return min(gaps, default=len(names))


def exact_losses(loose: Losses, near: Losses) -> Flags:
    """Return of which pairs the loss without what no tree holds is the loss with it too: those of
    which the tree beside the plan has the same (`near`)."""
    same: Flags = (loose.loss == near.loss).all(axis=1) & (loose.first == near.first)
    return loose.exists & near.exists & same


def limited_verdicts(loose: Losses, near: Losses, broken: Flags, name: Names) -> Names:
    """Return the verdicts of pairs, given those without what no tree holds and which of them break
    that if their person alone moves there."""
    unsure = loose.exists & ~exact_losses(loose, near)
    kinds = [unsure & broken & ~near.exists, unsure & (name == TIED)]
    return np.select(kinds, [_shared(LIMIT), _shared(UNPROVED)], name)


def name_verdicts(
    network: Network,
    losses: Losses,
    pair_of: Numbers,
    ceilings: Ceilings,
    pairs: Numbers | None = None,
) -> Names:
    """Return the verdict of each unused pair of a network, or of some `pairs`, whose losses are
    given."""
    pairs = np.arange(network.person.size) if pairs is None else pairs
    full, person, opening = ceilings.full, network.person[pairs], network.opening[pairs]
    shut = [ceilings.closing(each) is not None for each in range(network.tree.leaves)]
    closed = np.array(shut, bool)[opening]
    mine = pair_of[person]
    at = np.where(mine >= 0, network.opening[mine], -1)
    capped = ceilings.capped(opening, at)
    kinds = np.array([*(BY_PLACE[place] for place in network.names), TIED], object)
    kind = np.where(losses.counted, _shared(COSTS_A_PLACE), kinds[losses.first])
    barred = np.zeros(at.size, bool) if network.closed is None else network.closed[pairs]
    free = ~full[opening]
    has_seat = has_room(network)[opening]
    return np.select(
        [
            barred | ((at < 0) & shut_out(network, pair_of)[person]),
            ~losses.exists & closed,
            ~losses.exists & has_seat,
            ~losses.exists,
            kind == TIED,
            kind == KEPT,
            free & capped,
            free & (at < 0),
            free,
        ],
        [
            *map(_shared, (LIMIT, CAPPED, LIMIT, DECIDED, TIED, KEPT, CAPPED, BELOW_FLOOR)),
            _shared(BETTER_ELSEWHERE),
        ],
        kind,
    )


def _shared(verdict: str) -> Names:
    return np.array(verdict, object)  # else each pair would get a string of its own


def shut_out(network: Network, pair_of: Numbers) -> Flags:
    """Return which people stand below a full limit on people."""
    groups = network.groups
    loads = groups.loads((pair_of >= 0).astype(np.int64))
    full = loads >= groups.ceiling
    full[: groups.leaves] = full[groups.root] = False
    for node in range(groups.root - 1, -1, -1):
        full[node] |= full[groups.parent[node]]
    return full[: groups.leaves]


def has_room(network: Network) -> Flags:
    """Return which openings could hold anybody, as far as ceilings say."""
    tree = network.tree
    room = tree.ceiling > 0
    room[tree.root] = True
    for node in range(tree.root - 1, -1, -1):
        room[node] &= room[tree.parent[node]]
    return room[: tree.leaves]
