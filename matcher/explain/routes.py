"""On which route each proposal meets the prior-experience requirement of TITP (T9)."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np

from matcher.pipeline import Result
from matcher.problem import TITP
from matcher.rules import (
    ROUTES,
    RULES,
    is_own_trade,
    prior_experience_route,
    training_at_entry,
)

OPEN, CARE = "open", "care"
CARE_RULE = [rule.name for rule in RULES].index("care_experience")
FORMS = {"experience": "1-28", "training": "1-22, 1-29", "course": "1-33", "agreement": "1-27"}


@dataclass(frozen=True)
class Route:
    """One proposal of the first stage of TITP: `route` is one of `rules.ROUTES`, `CARE` where
    care's own list is met (T16), `OPEN` where none is yet. Hours are clock hours at entry, rounded
    down, as far as they are certain; `form` is the official form that shows it."""

    candidate: int
    opening: int
    route: str
    months: int
    hours: int
    trade_hours: int
    form: str


def find_routes(result: Result) -> tuple[Route, ...]:
    """Return the routes of the proposals, by place of the candidate."""
    problem, facts = result.problem, result.facts
    c, o, plan = problem.candidates, problem.openings, result.plan.opening
    plan_row = result.plan.row
    people = np.flatnonzero(plan >= 0)
    people = people[(o.regime[plan[people]] == TITP) & (o.stage[plan[people]] == 1)]
    pairs = c.at(people), o.at(plan[people]), facts
    routes, own_trade = prior_experience_route(*pairs).tolist(), is_own_trade(*pairs).tolist()
    found = []
    for person, place, number, own in zip(
        people.tolist(), plan[people].tolist(), routes, own_trade, strict=True
    ):
        route = ROUTES[number] or OPEN
        if not facts.orders.prior[place]:
            open_rules = int(result.screening.open_rules[plan_row[person]])
            route = OPEN if open_rules >> CARE_RULE & 1 else CARE
        training = training_at_entry(c.at([person]), o.at([place]), facts)
        months = facts.lists.experience[c.experience_row[person], o.category[place]]
        found.append(
            Route(
                person,
                place,
                route,
                int(months),
                int(training.total(0)[0]) // 60,
                int(training.for_trade(0, own=own)[0]) // 60,
                FORMS.get(route, ""),
            )
        )
    return tuple(found)


def count_routes(result: Result) -> dict[str, int]:
    """Return how many proposals meet the requirement on each route."""
    counts = Counter(route.route for route in find_routes(result))
    return {name: counts[name] for name in (*ROUTES[1:], CARE, OPEN) if counts[name]}
