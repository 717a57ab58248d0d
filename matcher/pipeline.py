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
from matcher.assign.alone import broken_rows
from matcher.assign.divisions import RELAXED, TREE
from matcher.assign.network import Face, Network
from matcher.calling import names_limit
from matcher.errors import MatcherError
from matcher.fit import Facts
from matcher.language import say
from matcher.limits import PEOPLE, SEATS, SetLimit, find_shut, gather_limits
from matcher.limits.holding import WITHIN, hold_limits, without_entry
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


ON_TREES = (PEOPLE, SEATS, "min_seats")
TRIED_ALL = 2_000  # pairs up to which every table of limits is tried where `milp` chose


@dataclass(frozen=True)
class Tables:
    """The places of `[[limits]]` tables (-1: `min_seats`) without which the plan is sought anew,
    and of those that may cost something and are left `untried`."""

    tried: frozenset[int]
    untried: frozenset[int] = frozenset()


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
        """The openings without anybody at which one place more is no answer: a person alone would
        not make them go ahead. Their seat values are nobody's business but the proof's."""
        closed = self.network.tree.ceiling == 0
        starts = (start.opening for start in self.facts.limits.starts)
        return frozenset(at for at in starts if closed[at] and not (self.seats_of == at).any())

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
    def near_losses(self) -> Losses:
        """What each pair would cost in the tree beside the plan, in which every plan keeps what no
        tree holds: at least what it costs the best plan."""
        near = fit_division(self.whole, self.pair_of)
        if not self.whole.divided and Face.whole(near).same(Face.whole(self.network)):
            return self.losses
        return weigh_losses(near, self.pair_of)

    @cached_property
    def reserves(self) -> tuple[Reserve, ...]:
        """Who stands behind the proposals of each opening, by opening and rank."""
        caps, limits = self.facts.quotas.caps, self.facts.limits
        return find_reserves(self.problem, self.screening, self.scores, self.plan, caps, limits)

    @cached_property
    def tables(self) -> Tables:
        """The `[[limits]]` tables that may cost the plan something, those tried and those not."""
        return _tables_of(self)

    @cached_property
    def without_limits(self) -> dict[int, Result | None]:
        """The result without one `[[limits]]` table (-1: without `min_seats`), for each of
        `tables` that is tried; None where no plan was found."""
        return {entry: _without(self.problem, entry) for entry in sorted(self.tables.tried)}

    @cached_property
    def shortlist(self) -> Shortlist:
        """The interview lists, which do not rest on the plan."""
        return make_shortlist(self.problem, self.facts, self.screening, self.scores)


def _tables_of(result: Result) -> Tables:
    """Return the tables of a result that are tried and those that are not.

    On trees a set with room left costs nothing, and what no tree holds costs nothing where the
    best plan without it keeps it: such tables are in neither. Elsewhere every table is tried, but
    of many pairs only the tight ones: those with a set without room, or a limit that one person's
    move alone would break. While a limit keeps a reserve waiting every table is tried.
    """
    holdings = hold_limits(result.facts.limits, result.seats_of)
    every = frozenset(holding.entry for holding in holdings)
    if names_limit(result.problem.notes):
        return Tables(every)
    full = {holding.entry for holding in holdings if holding.state != WITHIN}
    if result.plan.method in (TREE, RELAXED):
        on_trees = {holding.entry for holding in holdings if holding.kind in ON_TREES}
        return Tables(frozenset(on_trees if result.whole.divided else on_trees & full))
    if result.whole.person.size <= TRIED_ALL:
        return Tables(every)
    rows = broken_rows(result.whole, result.pair_of)
    keys = [f"{row.key}:" for row, broken in rows if broken.any()]
    full |= {one.entry for one in holdings if any(key.startswith(f"{one.key}:") for key in keys)}
    return Tables(frozenset(full), every - full)


def _without(problem: Problem, entry: int) -> Result | None:
    try:
        return match(without_entry(problem, entry))
    except MatcherError:
        return None


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
