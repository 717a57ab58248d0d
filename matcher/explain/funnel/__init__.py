"""Which rule empties which trade: how many people and pairs each rule refuses or leaves
conditional, alone and together, in a scope of people and job orders."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.explain.funnel.tally import FAILS, OPEN, Tallies, Tally
from matcher.pipeline import Result
from matcher.problem import Flags, Standing
from matcher.rules import RULES, Rule

ALL, CENTRE, CATEGORY, OPERATION, PART = "all", "centre", "category", "operation", "part"


@dataclass(frozen=True)
class RuleCount:
    """What one rule does in a scope.

    `fails` are pairs it refuses, `alone` those that no other rule refuses too, `trained` those of
    people trained for the work (which the rule on training does not refuse). `unknowns` are
    pairs that no rule refuses and it leaves conditional, `unknowns_alone` those with nothing else
    to show. `people_failing` and `people_unknown` have at least one such pair; `emptied` have no
    pair left and would have one without this rule.
    """

    rule: Rule
    fails: int
    alone: int
    trained: int
    unknowns: int
    unknowns_alone: int
    people_failing: int
    people_unknown: int
    emptied: int


@dataclass(frozen=True)
class Funnel:
    """One scope: pairs = people × openings = refused + conditional + free.

    People held or withdrawn (`away`) take no part and are in no pair. `without` have no pair left;
    `proposed` are proposed at an opening of the scope, `elsewhere` at one outside it.
    """

    scope: str
    name: str
    people: int
    away: int
    openings: int
    seats: int
    refused: int
    conditional: int
    free: int
    without: int
    proposed: int
    proposed_conditional: int
    elsewhere: int
    rules: tuple[RuleCount, ...]

    @property
    def pairs(self) -> int:
        """All pairs of the scope."""
        return self.people * self.openings

    @property
    def working(self) -> tuple[RuleCount, ...]:
        """The rules that refuse a pair or leave one conditional, those that refuse most first,
        those that refuse as many by how many they refuse alone."""
        found = [count for count in self.rules if count.fails or count.unknowns]
        found.sort(key=lambda c: (-c.fails, -c.alone, -c.unknowns, -c.unknowns_alone))
        return tuple(found)


def count_scope(result: Result, people: Flags, openings: Flags, name: str = "") -> Funnel:
    """Return the funnel of some people (by candidate) at some openings (by opening)."""
    tally = Tallies(result, people, openings).whole
    return _funnel(result, (PART, name), people, openings, (tally, 0))


def count_scopes(result: Result) -> tuple[Funnel, ...]:
    """Return the funnels of the whole batch, of each job category, operation and centre."""
    problem = result.problem
    lists, o = problem.lists, problem.openings
    everybody = np.ones(len(problem.candidate_ids), bool)
    everything = np.ones(len(o), bool)
    tallies = Tallies(result, everybody, everything)
    found = [_funnel(result, (ALL, ""), everybody, everything, (tallies.whole, 0))]
    for scope, names, codes, tally in (
        (CATEGORY, lists.categories, o.category, tallies.categories),
        (OPERATION, lists.operations, o.job, tallies.operations),
    ):
        found += [
            _funnel(result, (scope, number), everybody, codes == code, (tally, code))
            for code, number in enumerate(names)
        ]
    centres = np.array(problem.labels.centres, dtype=object)
    found += [
        _funnel(result, (CENTRE, centre), centres == centre, everything, (tallies.centres[at], 0))
        for at, centre in enumerate(tallies.centre_names)
    ]
    return tuple(found)


def _funnel(
    result: Result,
    scope: tuple[str, str],
    people: Flags,
    openings: Flags,
    counted: tuple[Tally, int],
) -> Funnel:
    """Return one group of a tally with what stands around it."""
    tally, at = counted
    problem, plan = result.problem, result.plan
    present = people & (problem.standing == Standing.PRESENT)
    placed = np.flatnonzero(present & (plan.opening >= 0))
    here = placed[openings[plan.opening[placed]]]
    conditional = result.screening.conditional[plan.row[here]]
    n = int(present.sum())
    counts = zip(*tally.pairs[at], *tally.people[at, [FAILS, OPEN]], tally.emptied[at], strict=True)
    return Funnel(
        *scope,
        n,
        int(people.sum()) - n,
        int(openings.sum()),
        int(problem.openings.seats[openings].sum()),
        int(tally.refused[at]),
        int(tally.conditional[at]),
        int(tally.free[at]),
        int(tally.without[at]) if openings.any() else n,
        here.size,
        int(conditional.sum()),
        placed.size - here.size,
        tuple(
            RuleCount(rule, *map(int, numbers)) for rule, numbers in zip(RULES, counts, strict=True)
        ),
    )
