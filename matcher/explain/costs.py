"""What the proposed people cost, by who paid, and what is left to themselves.

What a person has paid never lowers a chance: nothing here enters a rule or a score.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.pipeline import Result
from matcher.problem import PAYERS

PERSON = "person"


@dataclass(frozen=True)
class CostsByPayer:
    """Whole rupiah over the proposed people.

    `paid` is what each payer has paid so far, in the order of `PAYERS`, of those recorded; for
    the person it is also taken from `cost_to_candidate`. `recorded` counts the proposed people of
    whom anything paid is recorded. What is left to a person is what the person has paid and still
    has to pay at the opening proposed: `left` in all, `greatest` for one person and `whose` that
    is (a place; None where nothing is recorded). `paid_unknown` and `left_unknown` are how many
    people have no record of what they paid, and of what they still have to pay; `above` how many
    are above the cap of the scenario.
    """

    people: int
    paid: tuple[tuple[str, int], ...]
    recorded: int
    left: int
    greatest: int | None
    whose: int | None
    paid_unknown: int
    left_unknown: int
    cap: int
    above: int


def sum_costs(result: Result) -> CostsByPayer:
    """Return what the proposed people cost."""
    problem, plan = result.problem, result.plan
    people = np.flatnonzero(plan.opening >= 0).tolist()
    totals: dict[str, int] = {}
    recorded = paid_unknown = left_unknown = above = left = 0
    greatest: tuple[int, int] | None = None
    for person in people:
        paid = _paid(result, person)
        recorded += bool(paid)
        for payer, amount in paid.items():
            totals[payer] = totals.get(payer, 0) + amount
        to_pay = int(problem.openings.cost[plan.opening[person]])
        own = paid.get(PERSON, -1)
        paid_unknown += own < 0
        left_unknown += to_pay < 0
        if to_pay < 0 and own < 0:
            continue
        cost = max(to_pay, 0) + max(own, 0)
        left += cost
        above += cost > problem.settings.costs.cap
        if greatest is None or cost > greatest[0]:
            greatest = (cost, person)
    return CostsByPayer(
        len(people),
        tuple((payer, totals[payer]) for payer in PAYERS if payer in totals),
        recorded,
        left,
        greatest[0] if greatest else None,
        greatest[1] if greatest else None,
        paid_unknown,
        left_unknown,
        problem.settings.costs.cap,
        above,
    )


def _paid(result: Result, person: int) -> dict[str, int]:
    """Return what each payer has paid for a person, of those recorded."""
    labels = result.problem.labels
    paid = dict(labels.costs[person]) if labels.costs else {}
    if labels.cost_so_far[person] >= 0:
        paid[PERSON] = labels.cost_so_far[person]
    return paid
