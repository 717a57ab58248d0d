"""The typed columns that rules and criteria see, one class per table: people, openings and those
around an opening. Nothing that may not be scored is in them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

from matcher.problem.codes import Numbers


@dataclass(frozen=True)
class _Columns:
    index: Numbers

    def __len__(self) -> int:
        return self.index.size

    def at(self, rows: object) -> Self:
        """Return the same columns at `rows` (any numpy index), each taken when first asked for."""
        view = object.__new__(type(self))
        object.__setattr__(view, "_taken_from", (self, rows))
        return view

    def __getattr__(self, name: str) -> Numbers:
        if name.startswith("_") or "_taken_from" not in self.__dict__:
            raise AttributeError(name)
        whole, rows = self.__dict__["_taken_from"]
        column: Numbers = getattr(whole, name)[rows]
        object.__setattr__(self, name, column)
        return column

    def down(self) -> Self:
        """Return the columns as columns of a block of pairs, shape (n, 1)."""
        return self.at((slice(None), None))

    def across(self) -> Self:
        """Return the columns as rows of a block of pairs, shape (1, n)."""
        return self.at((None, slice(None)))


@dataclass(frozen=True)
class Candidates(_Columns):
    """One place per accepted candidate, in the order of `Problem.candidate_ids`.

    `…_row` columns point into the lists of `Lists`; row 0 is "nothing stated". `training_days` are
    the days that training and sending organisation's school take by their dates, shared ones once,
    `course_days` those of the training alone.
    `paid` (rupiah) is for the law on fees alone and is never scored.
    """

    adult_on: Numbers
    profile: Numbers
    programme: Numbers
    training_end: Numbers
    training_jp: Numbers
    minutes_per_jp: Numbers
    jp_done: Numbers
    school_hours_done: Numbers
    school_hours_planned: Numbers
    school_trade_hours: Numbers
    school_end: Numbers
    training_days: Numbers
    course_days: Numbers
    training_result: Numbers
    certificates: Numbers
    experience_row: Numbers
    level: Numbers
    jft: Numbers
    expected_level: Numbers
    expected_on: Numbers
    former_trainee: Numbers
    available_from: Numbers
    passport_until: Numbers
    medical: Numbers
    family_consent: Numbers
    recommended_on: Numbers
    paid: Numbers
    job_wish_row: Numbers
    prefecture_wish_row: Numbers
    refuses: Numbers
    accepts: Numbers
    refusal_row: Numbers
    accepts_any_trade: Numbers
    accepted_on: Numbers
    school: Numbers
    wants_abroad: Numbers
    decision_row: Numbers
    wish_row: Numbers
    outcome_row: Numbers


@dataclass(frozen=True)
class Openings(_Columns):
    """One place per accepted opening, in the order of `Problem.opening_ids`.

    `regime` is `TITP` or `ESD`, settled by the dates where the order does not say. `wage` is in
    whole yen a month, `hours` a month. `min_seats` are the fewest people with whom it goes ahead.
    """

    host: Numbers
    establishment: Numbers
    supervisor: Numbers
    regime: Numbers
    job: Numbers
    category: Numbers
    seats: Numbers
    prefecture: Numbers
    stage: Numbers
    highest_stage: Numbers
    entry_from: Numbers
    entry_to: Numbers
    closes: Numbers
    interview_on: Numbers
    interview_tenths: Numbers
    plan_filing_on: Numbers
    wage: Numbers
    hours: Numbers
    law_level: Numbers
    order_level: Numbers
    needs_row: Numbers
    conditions: Numbers
    senders_row: Numbers
    cost: Numbers
    any_trade: Numbers
    min_seats: Numbers


@dataclass(frozen=True)
class Hosts(_Columns):
    """One place per host that has an opening, in the order of `Lists.hosts`; people by head."""

    staff: Numbers
    excellent: Numbers
    trainees_1: Numbers
    trainees_2: Numbers
    trainees_3: Numbers
    promised: Numbers
    esd_people: Numbers
    designated_area: Numbers
    supervisor: Numbers
    rooms_women: Numbers
    rooms_men: Numbers


@dataclass(frozen=True)
class Establishments(_Columns):
    """One place per establishment, in the order of `Lists.establishments`; people by head."""

    host: Numbers
    care_staff: Numbers
    trainees_1: Numbers
    trainees_2: Numbers
    trainees_3: Numbers


@dataclass(frozen=True)
class Supervisors(_Columns):
    """One place per supervising organisation, in the order of `Lists.supervisors`.

    `general` is YES for a general (excellent) permit; `indonesia` whether the permit names the
    country. `categories` are the job categories and operations on it, or "all"; empty: blank.
    """

    general: Numbers
    permit_until: Numbers
    indonesia: Numbers
    esd_permit: Numbers
    categories: tuple[tuple[str, ...], ...]
