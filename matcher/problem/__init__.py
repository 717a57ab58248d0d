"""What is given, as typed columns: candidates, openings and the lists they point into.

Nothing that may not be scored is in the columns that rules and criteria see: names, sex and the
like are in `Labels`, which only `report` reads. A column of codes holds `UNKNOWN` where the input
is blank, a column of days (counted from 1970-01-01) holds `NO_DAY`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.errors import Count, Issue
from matcher.problem.codes import (
    CONDITIONS,
    DECLINED,
    ENFORCE,
    ENFORCEABLE,
    ESD,
    FAILED,
    FIT,
    IN_PROGRESS,
    LEVELS,
    NO,
    NO_DAY,
    NOT_PASSED,
    NOT_TESTED,
    OTHER_WISH,
    PASSED,
    PAYERS,
    PENDING,
    PORK,
    TITP,
    UNFIT,
    UNKNOWN,
    UNKNOWN_WISH,
    WAIVE,
    WISH_CUT,
    WISH_UNKNOWN,
    WISHES,
    YES,
    Flags,
    Numbers,
    Standing,
    age_on,
    coming_of_age,
    day_number,
    day_of,
)
from matcher.problem.columns import Candidates, Establishments, Hosts, Openings, Supervisors
from matcher.problem.given import Given
from matcher.problem.lists import Decision, Labels, Lists, OrderNeed, Profiles, Wish
from matcher.problem.outcomes import Demand, Objection, Outcome
from matcher.settings import Settings

__all__ = [
    "CONDITIONS",
    "DECLINED",
    "ENFORCE",
    "ENFORCEABLE",
    "ESD",
    "FAILED",
    "FIT",
    "IN_PROGRESS",
    "LEVELS",
    "NO",
    "NOT_PASSED",
    "NOT_TESTED",
    "NO_DAY",
    "OTHER_WISH",
    "PASSED",
    "PAYERS",
    "PENDING",
    "PORK",
    "TITP",
    "UNFIT",
    "UNKNOWN",
    "UNKNOWN_WISH",
    "WAIVE",
    "WISHES",
    "WISH_CUT",
    "WISH_UNKNOWN",
    "YES",
    "Candidates",
    "Decision",
    "Demand",
    "Establishments",
    "Flags",
    "Given",
    "Hosts",
    "Labels",
    "Lists",
    "Numbers",
    "Objection",
    "Openings",
    "OrderNeed",
    "Outcome",
    "Problem",
    "Profiles",
    "Standing",
    "Supervisors",
    "Wish",
    "age_on",
    "coming_of_age",
    "day_number",
    "day_of",
]


@dataclass(frozen=True)
class Problem:
    """Everything a run is made from; the same whatever the order of the inputs' rows.

    `hosts`, `establishments` and `supervisors` are None where the scenario has no such table.
    `wishes` are what hosts wish and the law restricts. `outcomes` are sorted by candidate, opening
    and step; `earlier` are the pairs (candidate, opening) of an earlier plan; `called` are the
    reserves to whom a free seat falls (they are among the `locked`). `given` scores stand instead
    of our own, None where there is no such table.

    `inputs` holds what a batch keeps of the inputs, by name: `scenario.toml` as it was and the
    accepted rows of each table in canonical spelling. `sources` are the SHA-256 of the files they
    came from; `left_out` names the refused rows that were left out rather than mended, each as
    “id (place)”.
    """

    settings: Settings
    candidate_ids: tuple[str, ...]
    opening_ids: tuple[str, ...]
    candidates: Candidates
    openings: Openings
    lists: Lists
    standing: Numbers
    standing_cause: tuple[str, ...]
    locked: Numbers
    decisions: tuple[Decision, ...]
    labels: Labels
    notes: tuple[Issue, ...]
    counts: tuple[Count, ...]
    inputs: dict[str, bytes]
    sources: dict[str, str]
    left_out: tuple[str, ...] = ()
    hosts: Hosts | None = None
    establishments: Establishments | None = None
    supervisors: Supervisors | None = None
    wishes: tuple[Wish, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    earlier: tuple[tuple[int, int], ...] = ()
    objections: tuple[Objection, ...] = ()
    demand: tuple[Demand, ...] = ()
    given: Given | None = None
    called: tuple[int, ...] = ()

    @property
    def order(self) -> tuple[str, ...]:
        """The names of the objective in order, the lottery left out. Where none is stated and
        something is on record of an earlier plan, few moves come before the score."""
        stated = self.settings.objective
        if (self.earlier or self.outcomes) and "order" not in stated.model_fields_set:
            return ("placements", "keep", "score")
        return stated.order

    @property
    def present(self) -> Numbers:
        """The places of the candidates who take part."""
        return np.flatnonzero(self.standing == Standing.PRESENT)
