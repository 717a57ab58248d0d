"""What rules and criteria look up beside the two columns of a pair: skills that meet needs, the
law, and what it means for each opening."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from matcher.fit.needs import MUST_MET, MUST_MISSING, MUST_TAUGHT, Needs
from matcher.fit.orders import OrderFacts, gather_orders
from matcher.law import Law, load_law
from matcher.limits import Limits, gather_limits
from matcher.problem import Given, Hosts, Lists, Numbers, Problem, Supervisors, day_number
from matcher.problem.outcomes import JUDGED, current_steps
from matcher.quotas import Quotas, gather_quotas
from matcher.vocabulary import load_vocabulary

__all__ = [
    "MUST_MET",
    "MUST_MISSING",
    "MUST_TAUGHT",
    "Facts",
    "Needs",
    "OrderFacts",
    "gather_facts",
    "look_up",
]

T = TypeVar("T", bound=np.generic)


@dataclass(frozen=True)
class Facts:
    """What rules and criteria look up beside the two columns of a pair.

    `fit` (per mille), `reached` and `shown` (whether an essential skill is held, and whether by a
    certificate or a record) are profiles by operations; `extra` (per mille) and `must` (0 met, 1
    only taught, 2 missing) are profiles by the openings' lists of needs. `orders` are by opening.
    `certain_fees`: the cap on fees under ESD and the rate of rupiah to yen are confirmed.
    `agreement` is what the programme claims for everybody's prior experience, None where nothing.
    `given` are scores that stand instead of ours, None where there are none; where not
    `rules_apply`, only the rules of `rules.ALWAYS` are asked. `settled` is by candidate the opening
    for which the certificate of eligibility is there, so that no rule is asked again; -1: none.
    """

    on: int
    law: Law
    quotas: Quotas
    limits: Limits
    min_skill_fit: int
    cost_cap: int
    rupiah_per_yen: int
    certain_fees: bool
    agreement: str | None
    lists: Lists
    hosts: Hosts | None
    supervisors: Supervisors | None
    orders: OrderFacts
    fit: NDArray[np.int32]
    reached: NDArray[np.bool_]
    shown: NDArray[np.bool_]
    extra: NDArray[np.int32]
    must: NDArray[np.int8]
    given: Given | None
    rules_apply: bool
    settled: NDArray[np.int32]


def look_up(table: NDArray[T], rows: Numbers, columns: Numbers) -> NDArray[T]:
    """Return `table[rows, columns]`; for a block of pairs whole rows are taken, not cells."""
    if rows.ndim == 2 and rows.shape[1] == columns.shape[0] == 1:
        return table[:, columns[0]][rows[:, 0]]
    width = table.shape[1]
    cells: NDArray[T] = table.take(rows.astype(np.intp) * width + columns % width)
    return cells


def gather_facts(problem: Problem) -> Facts:
    """Return the facts of a problem."""
    lists, settings = problem.lists, problem.settings
    needs = Needs(load_vocabulary(), lists)
    fit, reached, shown = needs.weigh_jobs()
    extra, must = needs.weigh_orders()
    law = load_law(settings.rulings)
    applied = settings.scores.rules or problem.given is None
    return Facts(
        day_number(settings.on),
        law,
        gather_quotas(problem, law, applied),
        gather_limits(problem),
        settings.objective.min_skill_fit,
        settings.costs.cap,
        settings.costs.rupiah_per_yen or law.number("esd_rupiah_per_yen"),
        law.certain("esd_fee_months")
        and (settings.costs.rupiah_per_yen is not None or law.certain("esd_rupiah_per_yen")),
        settings.promises.prior_experience,
        lists,
        problem.hosts,
        problem.supervisors,
        gather_orders(problem, law),
        fit,
        reached,
        shown,
        extra,
        must,
        problem.given,
        applied,
        _settled(problem),
    )


def _settled(problem: Problem) -> NDArray[np.int32]:
    settled = np.full(len(problem.candidate_ids), -1, np.int32)
    for (person, opening), step in current_steps(problem.outcomes).items():
        if step.state in JUDGED:
            settled[person] = opening
    return settled
