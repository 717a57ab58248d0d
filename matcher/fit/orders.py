"""What the law means for each opening, found once: its plan, floor of pay, permit, field."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from matcher.fit.plans import Plans, add_months, time_plans
from matcher.law import Law
from matcher.problem import (
    ESD,
    LEVELS,
    NO,
    TITP,
    UNKNOWN,
    YES,
    Flags,
    Numbers,
    Problem,
    day_number,
    day_of,
)
from matcher.vocabulary import CARE, load_vocabulary

ALL = "all"
MONTH = 28  # days; a year's wages are in force for longer


@dataclass(frozen=True)
class OrderFacts:
    """By opening, in the order of `Problem.opening_ids`.

    `care` and `prior` are whether it is care work and whether prior experience is asked (T9: the
    first stage of TITP, but care has its own list, T16). `refusing` is whether too little Japanese
    refuses there, `later_level` the level that may also be reached by studying on (T15). `floor`
    is the lowest yen an hour that the minimum wage may be on the first day of entry, `highest` the
    highest it may be within the window, `UNKNOWN` where that is not known. A recommendation is
    still valid from `recommended_from`. `supervisor` is the opening's supervising organisation,
    else its host's; `listed` whether the permit names the work, `field` whether a field of ESD
    takes people for it: YES, NO or `UNKNOWN`.
    """

    care: Flags
    prior: Flags
    refusing: Flags
    later_level: Numbers
    plans: Plans
    floor: Numbers
    highest: Numbers
    recommended_from: Numbers
    supervisor: Numbers
    listed: Numbers
    field: Numbers


def gather_orders(problem: Problem, law: Law) -> OrderFacts:
    """Return what the law means for the openings of a problem."""
    o, lists = problem.openings, problem.lists
    jobs = [load_vocabulary().job_types[number] for number in lists.operations]
    care = np.array([job.operation_no == CARE for job in jobs], bool)[o.job]
    titp = o.regime == TITP
    later = LEVELS.index(law.text("titp_care_level_ii"))
    floor, highest = _floors(problem, law)
    supervisor = _supervisor(problem)
    fields = np.array([_open_field(job.esd_fields, law) for job in jobs], np.int8)
    years = law.number("titp_recommendation_years")
    return OrderFacts(
        care,
        titp & (o.stage == 1) & ~care,
        care & np.where(titp, law.certain("titp_care_level"), law.certain("esd_care_level")),
        np.where(titp & care & (o.stage > 1), later, 0).astype(np.int8),
        time_plans(
            day_number(problem.settings.on), law, o.plan_filing_on, o.interview_on, o.entry_from
        ),
        floor,
        highest,
        np.array([add_months(int(day), -12 * years) for day in o.entry_from], np.int32),
        supervisor,
        _listed(problem, supervisor),
        np.where(o.regime == ESD, fields[o.job], YES).astype(np.int8),
    )


def _floors(problem: Problem, law: Law) -> tuple[Numbers, Numbers]:
    o, names = problem.openings, problem.lists.prefectures

    @cache
    def ends(place: int, first: int, last: int) -> tuple[int, int]:
        prefecture = None if place == UNKNOWN else names[place]
        days = sorted({*range(first, last, MONTH), first, last})
        between = [law.floors(prefecture, day_of(day)) for day in days]
        highest = [most for _, most in between if most is not None]
        return between[0][0], max(highest) if len(highest) == len(days) else UNKNOWN

    columns = (o.prefecture.tolist(), o.entry_from.tolist(), o.entry_to.tolist())
    found = np.array([ends(*cells) for cells in zip(*columns, strict=True)], np.int64)
    floor, highest = found.reshape(-1, 2).T
    return floor, highest


def _supervisor(problem: Problem) -> Numbers:
    of_order = problem.openings.supervisor
    if problem.hosts is None:
        return of_order
    return np.where(of_order == UNKNOWN, problem.hosts.supervisor[problem.openings.host], of_order)


def _listed(problem: Problem, supervisor: Numbers) -> Numbers:
    o, lists = problem.openings, problem.lists
    if problem.supervisors is None:
        return np.full(len(o), UNKNOWN, np.int8)
    permits = [frozenset(named) for named in problem.supervisors.categories]

    def names(kumiai: int, job: int, category: int) -> int:
        permit = permits[kumiai] if kumiai != UNKNOWN else frozenset()
        if not permit:
            return UNKNOWN
        return YES if permit & {ALL, lists.operations[job], lists.categories[category]} else NO

    columns = (supervisor.tolist(), o.job.tolist(), o.category.tolist())
    return np.array([names(*cells) for cells in zip(*columns, strict=True)], np.int8)


def _open_field(fields: tuple[str, ...], law: Law) -> int:
    """Return whether one of a job type's fields takes people; no field at all is a no, a field
    closed by a figure that is not certain, or not in the book, is not known."""
    states = [law.field_open(field) for field in fields]
    if True in states:
        return YES
    closed = [
        state is False and law.certain(law.book.fields[field].key)
        for field, state in zip(fields, states, strict=True)
    ]
    return NO if all(closed) else UNKNOWN
