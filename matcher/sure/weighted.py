"""A batch under other weights: the same pairs, other scores, the best plan of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from matcher.assign import (
    Impossible,
    NoAnswer,
    build_network,
    draw_of,
    find_best,
    keeps,
)
from matcher.assign.network import Network, Worth
from matcher.criteria import CRITERIA
from matcher.errors import MatcherError
from matcher.language import say
from matcher.pipeline import Result
from matcher.problem import Flags, Numbers, Problem, Standing
from matcher.score import CHUNK, Scores, values_of
from matcher.settings import Weights
from matcher.stable import stable_plan
from matcher.sure.tree import Tree

FIT = np.array([criterion.part == "fit" for criterion in CRITERIA])


@dataclass(frozen=True, eq=False)
class Weighted:
    """A result whose scores are made of criteria, ready to be planned under other weights.

    Rules, quotas and limits do not ask for weights: pairs and networks are made once.
    """

    result: Result

    @cached_property
    def values(self) -> NDArray[np.int32]:
        """The value of each criterion (a column each) that the plan uses, by pair of the
        screening."""
        result, screening = self.result, self.result.screening
        values = np.zeros((screening.candidate.size, len(CRITERIA)), np.int32)
        for start in range(0, screening.candidate.size, CHUNK):
            chunk = slice(start, start + CHUNK)
            c = result.problem.candidates.at(screening.candidate[chunk].astype(np.intp))
            o = result.problem.openings.at(screening.opening[chunk].astype(np.intp))
            found = values_of(c, o, result.facts, result.problem.settings)
            for at, (_, value, _, _, _) in enumerate(found):
                values[chunk, at] = value
        return values

    def scores(self, weights: Weights) -> Scores:
        """Return the scores of the screened pairs; their low and high ends are left at the
        score."""
        each = _columns(weights)
        score = (self.values @ each).astype(np.int64)
        fit = (self.values[:, FIT] @ each[FIT]).astype(np.int64)
        return Scores(score, fit, score, score)

    @cached_property
    def base(self) -> Network:
        """The network of all pairs that no rule refuses, whatever their score."""
        problem = self.result.problem
        objective = problem.settings.objective.model_copy(update={"min_score": 0})
        settings = problem.settings.model_copy(update={"objective": objective})
        return self._network(replace(problem, settings=settings), self.result.scores)

    @cached_property
    def tree(self) -> Tree:
        """The network without what no tree holds."""
        worth = self.result.problem.settings.objective.unplaced_worth
        return Tree(self.base.loose, worth, self._tickets)

    def plan(self, weights: Weights, near: Numbers | None = None) -> Numbers | None:
        """Return each person's pair of `base` (-1: unplaced) in the plan that `match` finds under
        other weights, None where no plan keeps every limit; `near` is a plan to begin with."""
        scores = self.scores(weights)
        try:
            if self.quick:
                pair_of = self.tree.best(*self._of_pairs(scores), near)
                if keeps(self.base, pair_of):
                    return pair_of
            return self._at_length(scores)
        except (Impossible, NoAnswer):
            return None
        except OverflowError as fault:
            told = say("The batch is too large to be solved exactly under other weights.")
            raise MatcherError(told) from fault

    @property
    def quick(self) -> bool:
        """Whether plans are sought on one tree first."""
        return not self.result.stable and self.tree.quick

    @property
    def chosen(self) -> Numbers:
        """Each person's pair of `base` in the plan of the result."""
        return self._pairs(self.result.plan.row[self.base.people])

    def worth(self, weights: Weights) -> tuple[Worth, Flags]:
        """Return the packed worth of the pairs of `base` under other weights, where the network is
        `quick`, and which of them are not below the floor."""
        score, allowed = self._of_pairs(self.scores(weights))
        return self.tree.worth(score), allowed

    def openings(self, pair_of: Numbers | None) -> NDArray[np.int32]:
        """Return the opening of each candidate under a plan, as `Plan.opening`; without a plan
        nobody has one."""
        problem = self.result.problem
        if pair_of is None:
            return np.full(problem.standing.size, -1, np.int32)
        present = problem.standing == Standing.PRESENT
        opening = np.where(present, problem.locked, -1).astype(np.int32)
        placed = pair_of >= 0
        opening[self.base.people[placed]] = self.base.opening[pair_of[placed]]
        return opening

    def _of_pairs(self, scores: Scores) -> tuple[Worth, Flags]:
        score = scores.score[self.base.row].astype(np.int64)
        return score, score >= self.result.problem.settings.objective.min_score

    def _at_length(self, scores: Scores) -> Numbers:
        """Return a plan found as `match` finds it."""
        result = self.result
        if result.stable:
            row = stable_plan(result.problem, result.facts, result.screening, scores).row
            return self._pairs(row[self.base.people])
        network = self._network(result.problem, scores)
        every = np.searchsorted(self.base.row, network.row)

        def draw(suffix: str, pairs: Numbers) -> Worth:
            worth = np.zeros(network.person.size, np.int64)
            worth[pairs] = self._tickets(suffix)[every[pairs]]
            return worth

        pair_of = find_best(network, draw)[0]
        return self._pairs(np.append(network.row, -1)[pair_of])

    def _pairs(self, row: Numbers) -> Numbers:
        """Return the pairs of `base` of rows of the screening (-1: none)."""
        return np.where(row >= 0, np.searchsorted(self.base.row, row), -1)

    def _network(self, problem: Problem, scores: Scores) -> Network:
        facts = self.result.facts
        return build_network(
            problem, self.result.screening, scores, facts.quotas.caps, facts.limits
        )

    def _tickets(self, suffix: str) -> Worth:
        """Return the tickets of the pairs of `base`, drawn once."""
        if suffix not in self._drawn:
            drawn = draw_of(self.result.problem, self.base)
            self._drawn[suffix] = drawn(suffix, np.arange(self.base.person.size))
        return self._drawn[suffix]

    @cached_property
    def _drawn(self) -> dict[str, Worth]:
        return {}


def _columns(weights: Weights) -> NDArray[np.int32]:
    return np.array([getattr(weights, criterion.name) for criterion in CRITERIA], np.int32)
