"""Steps 3 to 5 in order: from a problem to its result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from matcher.assign import (
    Losses,
    Nesting,
    Plan,
    SeatValues,
    assign_seats,
    build_network,
    find_ties,
    fit_division,
    method_of,
    nest_caps,
    pairs_of,
    value_seats,
    weigh_losses,
)
from matcher.assign.network import Network
from matcher.errors import MatcherError
from matcher.fit import Facts
from matcher.language import say
from matcher.problem import Numbers, Problem
from matcher.score import Scores
from matcher.screen import Screening, find_alarms
from matcher.shortlist import Reserve, Shortlist, find_reserves, make_shortlist
from matcher.weighing import check_problem, weigh

__all__ = ["Result", "check_problem", "find_alarms", "match", "weigh", "with_ties"]


@dataclass(frozen=True)
class Result:
    """A problem, what was made of it step by step, and the plan."""

    problem: Problem
    facts: Facts
    screening: Screening
    scores: Scores
    plan: Plan

    @cached_property
    def whole(self) -> Network:
        """What the plan was the best of, quotas that cross not yet divided."""
        return build_network(self.problem, self.screening, self.scores, self.facts.quotas.caps)

    @cached_property
    def network(self) -> Network:
        """The tree of ceilings that the plan keeps: the whole, or a division of it."""
        return fit_division(self.whole, self.pair_of)

    @cached_property
    def nesting(self) -> Nesting:
        """Where the caps that set a ceiling stand in the tree, in their order."""
        return nest_caps(self.problem, self.facts.quotas.caps)

    @cached_property
    def seats_of(self) -> Numbers:
        """The opening each person is proposed for, or at which a seat is kept for somebody on hold
        or withdrawn; -1: none."""
        return np.where(self.plan.opening >= 0, self.plan.opening, self.problem.locked)

    @cached_property
    def pair_of(self) -> Numbers:
        """Each person's pair of the network, -1: unplaced."""
        return pairs_of(self.whole, self.plan)

    @cached_property
    def seat_values(self) -> SeatValues:
        """What one place more adds and one less costs, at openings and under caps."""
        return value_seats(self.whole, self.pair_of)

    @cached_property
    def losses(self) -> Losses:
        """What each pair would cost the best plan."""
        return weigh_losses(self.whole, self.pair_of)

    @cached_property
    def reserves(self) -> tuple[Reserve, ...]:
        """Who stands behind the proposals of each opening, by opening and rank."""
        quotas = self.facts.quotas
        return find_reserves(self.problem, self.screening, self.scores, self.plan, quotas.caps)

    @cached_property
    def shortlist(self) -> Shortlist:
        """The interview lists, which do not rest on the plan."""
        return make_shortlist(self.problem, self.facts, self.screening, self.scores)


def match(problem: Problem) -> Result:
    """Return the result of a problem, its reserves called up; raises `InputError` for seats on
    record that a rule refuses or a quota does not allow, `MatcherError` where it is too large."""
    problem, facts, screening, scores = weigh(problem)
    try:
        plan = assign_seats(problem, screening, scores, facts.quotas.caps)
        result = Result(problem, facts, screening, scores, plan)
        _ = result.whole.packed  # seat values and losses need it
    except OverflowError as fault:
        raise MatcherError(
            say(
                "The batch is too large to be solved exactly: too many people compete for the same"
                " seats. Divide it, for instance by trade."
            )
        ) from fault
    return result


def with_ties(result: Result) -> Result:
    """Return the result with its plan's ties and method found anew; AssertionError where it is
    not best."""
    people, plan = result.whole.people, result.plan
    by_lottery = np.zeros(plan.opening.size, bool)
    by_lottery[people] = find_ties(result.whole, result.pair_of)
    method = method_of(result.whole)
    return replace(result, plan=replace(plan, by_lottery=by_lottery, method=method))
