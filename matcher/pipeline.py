"""Steps 3 to 5 in order: from a problem to its result."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from matcher.assign import (
    Impossible,
    Losses,
    Nested,
    Nesting,
    NoAnswer,
    Plan,
    SeatValues,
    assign_seats,
    build_network,
    certify,
    draw_of,
    find_ties,
    fit_division,
    nest_limits,
    pairs_of,
    value_seats,
    weigh_losses,
)
from matcher.assign.divisions import RELAXED, TREE
from matcher.assign.network import Network
from matcher.errors import MatcherError
from matcher.fit import Facts
from matcher.language import say
from matcher.limits import SetLimit, find_shut, gather_limits
from matcher.problem import Numbers, Problem
from matcher.quotas import Cap
from matcher.score import Scores
from matcher.screen import Screening, find_alarms
from matcher.shortages import check_possible
from matcher.shortlist import Reserve, Shortlist, find_reserves, make_shortlist
from matcher.stable import STABLE, stable_plan
from matcher.weighing import check_problem as check_weighed
from matcher.weighing import weigh

__all__ = ["Result", "asks_stable", "check_problem", "find_alarms", "match", "weigh", "with_ties"]


@dataclass(frozen=True, eq=False)
class Result:
    """A problem, what was made of it step by step, and the plan."""

    problem: Problem
    facts: Facts
    screening: Screening
    scores: Scores
    plan: Plan

    @property
    def stable(self) -> bool:
        """Whether the plan is one of proposals: the best of no objective, so that it has neither
        seat values nor losses."""
        return self.plan.method == STABLE

    @cached_property
    def whole(self) -> Network:
        """What the plan was the best of, quotas that cross not yet divided."""
        facts = self.facts
        caps, limits = facts.quotas.caps, facts.limits
        return build_network(self.problem, self.screening, self.scores, caps, limits)

    @property
    def judged(self) -> Network:
        """The network that values and losses are read off: the whole, but for what no tree holds
        where the plan keeps it anyway (losses are then the least that can be)."""
        return self.whole.loose if self.plan.method == RELAXED else self.whole

    @cached_property
    def network(self) -> Network:
        """The tree of ceilings that the plan keeps: the whole, or a division of it."""
        return fit_division(self.judged, self.pair_of)

    @cached_property
    def nesting(self) -> Nesting:
        """Where the caps that set a ceiling stand in the tree, in their order."""
        return self.nested.seats

    @cached_property
    def nested(self) -> Nested:
        """The trees of openings and of people, and where each limit stands."""
        return nest_limits(self.problem, self.facts.quotas.caps, self.facts.limits)

    @cached_property
    def seats_of(self) -> Numbers:
        """The opening each person is proposed for, or at which a seat is kept for somebody on hold
        or withdrawn; -1: none."""
        return np.where(self.plan.opening >= 0, self.plan.opening, self.problem.locked)

    @cached_property
    def shut(self) -> dict[int, tuple[Cap | SetLimit, ...]]:
        """The openings that can never go ahead, and what leaves them too few people."""
        return find_shut(self.problem, self.facts.quotas.caps, self.facts.limits)

    @cached_property
    def waiting(self) -> frozenset[int]:
        """The openings without anybody at which one place more is worth something by the duals, of
        one person alone, who would not make them go ahead: what it adds is not known."""
        ceiling, adds = self.network.tree.ceiling, self.seat_values.low
        starts = (start.opening for start in self.facts.limits.starts)
        empty = (at for at in starts if not (self.seats_of == at).any())
        return frozenset(at for at in empty if not ceiling[at] and adds[at].any())

    @cached_property
    def pair_of(self) -> Numbers:
        """Each person's pair of the network, -1: unplaced."""
        return pairs_of(self.whole, self.plan)

    @cached_property
    def seat_values(self) -> SeatValues:
        """What one place more adds and one less costs, at openings and under caps."""
        return value_seats(self.judged, self.pair_of)

    @cached_property
    def losses(self) -> Losses:
        """What each pair would cost the best plan."""
        return weigh_losses(self.judged, self.pair_of)

    @cached_property
    def reserves(self) -> tuple[Reserve, ...]:
        """Who stands behind the proposals of each opening, by opening and rank."""
        caps, limits = self.facts.quotas.caps, self.facts.limits
        return find_reserves(self.problem, self.screening, self.scores, self.plan, caps, limits)

    @cached_property
    def shortlist(self) -> Shortlist:
        """The interview lists, which do not rest on the plan."""
        return make_shortlist(self.problem, self.facts, self.screening, self.scores)


def check_problem(problem: Problem) -> Problem:
    """Return the problem with its reserves called up and the alarms that screening gives among its
    notes; raises `InputError` as `match` does."""
    checked = check_weighed(problem)
    if gather_limits(problem).any and not asks_stable(problem):
        check_possible(*weigh(problem))
    return checked


def match(problem: Problem) -> Result:
    """Return the result of a problem, its reserves called up; raises `InputError` for seats on
    record that a rule refuses or a quota does not allow and for limits that no plan keeps,
    `MatcherError` where it is too large."""
    problem, facts, screening, scores = weigh(problem)
    if asks_stable(problem):
        return Result(
            problem, facts, screening, scores, _propose(problem, facts, screening, scores)
        )
    check_possible(problem, facts, screening, scores, search=False)
    try:
        plan = assign_seats(problem, screening, scores, facts.quotas.caps, facts.limits)
        result = Result(problem, facts, screening, scores, plan)
        _ = result.whole.packed  # seat values and losses need it
    except Impossible as fault:
        check_possible(problem, facts, screening, scores)
        raise MatcherError(say("The solver found no plan that keeps every limit.")) from fault
    except NoAnswer as fault:
        check_possible(problem, facts, screening, scores)
        told = say("The solver stopped before it found a plan that keeps every limit.")
        raise MatcherError(told) from fault
    except OverflowError as fault:
        raise MatcherError(
            say(
                "The batch is too large to be solved exactly: too many people compete for the same"
                " seats. Divide it, for instance by trade."
            )
        ) from fault
    return result


def asks_stable(problem: Problem) -> bool:
    """Return whether the scenario asks for a stable plan instead of the best of an objective."""
    return problem.settings.objective.mode == STABLE


def _propose(problem: Problem, facts: Facts, screening: Screening, scores: Scores) -> Plan:
    found = stable_plan(problem, facts, screening, scores)
    return Plan(found.opening, found.row, found.by_lottery, STABLE)


def with_ties(result: Result) -> Result:
    """Return the result with its plan's ties and method found anew; AssertionError where it is
    not best (on trees, as the lottery decides), or not the stable one."""
    if asks_stable(result.problem):
        plan = _propose(result.problem, result.facts, result.screening, result.scores)
        if not np.array_equal(plan.opening, result.plan.opening):
            raise AssertionError("the plan is not the one in which proposals end")
        return replace(result, plan=plan)
    people, plan = result.whole.people, result.plan
    by_lottery = np.zeros(plan.opening.size, bool)
    by_lottery[people], method = find_ties(result.whole, result.pair_of)
    if method == TREE:
        certify(result.whole, result.pair_of, draw_of(result.problem, result.whole))
    return replace(result, plan=replace(plan, by_lottery=by_lottery, method=method))
