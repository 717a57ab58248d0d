"""The chain of moves that brings one person to a job order, or to any, and takes the least from
the plan: what it would take."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.assign import fit_division
from matcher.assign.divisions import EVERY_DIVISION, RELAXED, TREE
from matcher.assign.network import WORST, Network
from matcher.assign.paths import Moves, find_chain, own_pairs
from matcher.explain.verdicts import Verdicts, judge_pairs
from matcher.pipeline import Result
from matcher.problem import Numbers


@dataclass(frozen=True)
class Move:
    """One person's move: their places among candidates and openings (-1: without a host), and the
    scores there, whole millionths (or as given), 0 without a host."""

    candidate: int
    before: int
    after: int
    score_before: int
    score_after: int

    @property
    def change(self) -> int:
        """What the move adds to the sum of scores."""
        return self.score_after - self.score_before


@dataclass(frozen=True)
class Chain:
    """Moves that make of the plan another that keeps every limit: the person's own first, then
    each by somebody who makes room, nobody twice.

    `loss` is what the plan loses by them, one number per name of the objective before `worst`.
    `least`: no plan with the person there (or, of no certain opening, at an opening that is not
    theirs) loses less, by all names of the objective; and of the chains in the tree of limits
    beside the plan that lose as little none moves fewer people. Where it is False the first part
    is not known.
    """

    steps: tuple[Move, ...]
    loss: tuple[int, ...]
    least: bool

    @property
    def people(self) -> int:
        """How many more people the plan proposes after the moves."""
        return sum((step.after >= 0) - (step.before >= 0) for step in self.steps)

    @property
    def score(self) -> int:
        """What the moves add to the sum of scores."""
        return sum(step.change for step in self.steps)


def cheapest_chain(
    result: Result, candidate: int, opening: int | None = None, verdicts: Verdicts | None = None
) -> Chain | None:
    """Return the chain that brings a candidate (a place of `Problem.candidate_ids`) to an opening,
    or to whichever of all but their own takes the least.

    Least: by the names of the objective in order, the lottery left out; then the fewest people
    moved; then the first by candidates and openings along the chain. None where there is none: of
    whoever takes no part or has a seat on record, where a rule or the floor stands against it,
    where no plan in the tree of limits beside this one holds it, and where no objective is
    followed. `verdicts` are the candidate's, where they are known.
    """
    if result.stable:
        return None
    person = np.flatnonzero(result.whole.people == candidate)
    if not person.size:
        return None
    near = fit_division(result.whole, result.pair_of)
    pairs = own_pairs(near, int(person[0]))
    if opening is not None:
        pairs = pairs[near.opening[pairs] == opening]
    pairs = pairs[pairs != result.pair_of[person[0]]]
    moves = find_chain(near, result.pair_of, int(person[0]), pairs) if pairs.size else None
    if moves is None:
        return None
    loss = _loss_of(near, result.pair_of, moves)
    least = _is_least(result, candidate, near.row[pairs], loss, verdicts)
    return Chain(tuple(_step(result, near, *move) for move in moves), loss, least)


def _loss_of(network: Network, pair_of: Numbers, moves: Moves) -> tuple[int, ...]:
    people, pairs = np.array(moves).T
    worth = np.vstack([network.worth, np.zeros_like(network.worth[:1])])[:, : network.led]
    return tuple((worth[pair_of[people]] - worth[pairs]).sum(axis=0).tolist())


def _is_least(
    result: Result,
    candidate: int,
    rows: Numbers,
    loss: tuple[int, ...],
    verdicts: Verdicts | None,
) -> bool:
    """Return whether no plan with one of these pairs loses less than this, as far as is known: on
    trees always, elsewhere where the loss is the least over all divisions, or without what no tree
    holds, and `worst` does not decide."""
    method = result.plan.method
    if method == TREE:
        return True
    if method not in (EVERY_DIVISION, RELAXED) or WORST in result.problem.order:
        return False
    verdicts = verdicts or judge_pairs(result, candidate)
    possible = rows[~verdicts.impossible[rows]]
    return loss == min((tuple(row) for row in verdicts.loss[possible].tolist()), default=None)


def _step(result: Result, network: Network, person: int, pair: int) -> Move:
    mine = int(result.pair_of[person])
    (before, was), (after, will) = (_seat(result, network, one) for one in (mine, pair))
    return Move(int(network.people[person]), before, after, was, will)


def _seat(result: Result, network: Network, pair: int) -> tuple[int, int]:
    """Return the opening of a pair and the score there."""
    if pair < 0:
        return -1, 0
    return int(network.opening[pair]), int(result.scores.score[network.row[pair]])
