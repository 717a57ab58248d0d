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
from matcher.errors import InputError, MatcherError
from matcher.fit import Facts, gather_facts
from matcher.language import say
from matcher.problem import Numbers, Problem
from matcher.quotas import find_capped_locks
from matcher.score import Scores, score_pairs
from matcher.screen import Screening, find_alarms, find_impossible_locks, screen_pairs

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


def match(problem: Problem) -> Result:
    """Return the result of a problem; raises `InputError` for placements on record that a rule
    refuses or a quota does not allow, `MatcherError` where it is too large."""
    facts, screening, scores = weigh(problem)
    try:
        plan = assign_seats(problem, screening, scores, facts.quotas.caps)
    except OverflowError as fault:
        raise MatcherError(
            say(
                "The batch is too large to be solved exactly: too many people compete for the same"
                " seats. Divide it, for instance by trade."
            )
        ) from fault
    return Result(problem, facts, screening, scores, plan)


def with_ties(result: Result) -> Result:
    """Return the result with its plan's ties and method found anew; AssertionError where it is
    not best."""
    people, plan = result.whole.people, result.plan
    by_lottery = np.zeros(plan.opening.size, bool)
    by_lottery[people] = find_ties(result.whole, result.pair_of)
    method = method_of(result.whole)
    return replace(result, plan=replace(plan, by_lottery=by_lottery, method=method))


def weigh(problem: Problem) -> tuple[Facts, Screening, Scores]:
    """Return what rules and criteria say of a problem."""
    facts = check_locks(problem)
    screening = screen_pairs(problem, facts)
    return facts, screening, score_pairs(problem, facts, screening)


def check_problem(problem: Problem) -> Problem:
    """Return the problem with the alarms that screening gives among its notes; raises `InputError`
    as `match` does."""
    screening = screen_pairs(problem, check_locks(problem))
    return replace(problem, notes=(*problem.notes, *find_alarms(problem, screening)))


def check_locks(problem: Problem) -> Facts:
    """Return the facts of a problem; raises `InputError` for placements on record that a rule
    refuses or a quota does not allow."""
    facts = gather_facts(problem)
    impossible = find_impossible_locks(problem, facts)
    impossible += find_capped_locks(problem, facts.quotas)
    if impossible:
        told = say("A proposal set by an officer cannot be kept; nothing was run.")
        raise InputError(told, (*problem.notes, *impossible), problem.counts)
    return facts
