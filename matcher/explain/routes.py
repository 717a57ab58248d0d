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
    minutes_at_entry,
    prior_experience_route,
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
    people = np.flatnonzero(plan >= 0)
    people = people[(o.regime[plan[people]] == TITP) & (o.stage[plan[people]] == 1)]
    places = plan[people]
    pairs = c.at(people), o.at(places), facts
    every, in_trade = minutes_at_entry(*pairs)
    months = facts.lists.experience[c.experience_row[people], o.category[places]]
    open_rules = result.screening.open_rules[result.plan.row[people]]
    in_care = np.where(open_rules >> np.uint32(CARE_RULE) & np.uint32(1), OPEN, CARE)
    names = np.array([OPEN, *ROUTES[1:]], object)[prior_experience_route(*pairs)]
    routes = np.where(facts.orders.prior[places], names, in_care)
    columns = (people, places, routes, months, every // 60, in_trade // 60)
    return tuple(
        Route(person, place, route, own_months, hours, trade_hours, FORMS.get(route, ""))
        for person, place, route, own_months, hours, trade_hours in zip(
            *(column.tolist() for column in columns), strict=True
        )
    )


def count_routes(result: Result) -> dict[str, int]:
    """Return how many proposals meet the requirement on each route."""
    counts = Counter(route.route for route in find_routes(result))
    return {name: counts[name] for name in (*ROUTES[1:], CARE, OPEN) if counts[name]}
