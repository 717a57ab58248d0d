"""What is given, as typed columns: candidates, openings and the lists they point into.

Nothing that may not be scored is in the columns that rules and criteria see: names, sex and the
like are in `Labels`, which only `report` reads. A column of codes holds `UNKNOWN` where the input
is blank, a column of days (counted from 1970-01-01) holds `NO_DAY`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Self

import numpy as np
from numpy.typing import NDArray

from matcher.errors import Count, Issue
from matcher.settings import Settings

Numbers = NDArray[np.integer]
Flags = NDArray[np.bool_]

UNKNOWN = -1
NOT_TESTED = -2
NO, YES = 0, 1
UNFIT, FIT, PENDING = 0, 1, 2
NOT_PASSED, PASSED, IN_PROGRESS = 0, 1, 2
NO_DAY = int(np.iinfo(np.int32).min)
LEVELS = ("none", "N5", "N4", "N3", "N2", "N1")
CONDITIONS = (
    "pork",
    "alcohol",
    "night_shift",
    "heights",
    "cold_store",
    "no_prayer_place",
    "no_headscarf",
)
WAIVE = "waive:"
ENFORCE = "enforce:"
WISHES = (
    *("sex", "age", "height", "weight", "strength", "handedness", "sight", "marital"),
    *("religion", "headscarf", "tattoo", "other"),
)
ENFORCEABLE = ("sex", "age")
WISH_CUT, WISH_UNKNOWN = 1, 2
PAYERS = ("kemnaker", "school", "joe", "host", "person")
TITP, ESD = 0, 1
PORK = 1 << CONDITIONS.index("pork")
OTHER_WISH, UNKNOWN_WISH = -1, -2
EPOCH = date(1970, 1, 1).toordinal()
ADULT = 18


class Standing(IntEnum):
    """Whether a candidate takes part in the run."""

    PRESENT = 0
    HELD = 1
    WITHDRAWN = 2


def day_number(day: date) -> int:
    """Return the days from 1970-01-01 to `day`."""
    return day.toordinal() - EPOCH


def day_of(number: int) -> date:
    """Return the date that is `number` days after 1970-01-01."""
    return date.fromordinal(int(number) + EPOCH)


def coming_of_age(birth: int, years: int = ADULT) -> int:
    """Return the day number of the birthday on which somebody is of age, by default the 18th (1
    March for those born on 29 February)."""
    born = day_of(birth)
    try:
        return day_number(born.replace(year=born.year + years))
    except ValueError:
        return day_number(born.replace(year=born.year + years, month=3, day=1))


def age_on(birth: int, on: date) -> int:
    """Return the whole years of somebody born on a day number, -1 where it is `NO_DAY`."""
    if birth == NO_DAY:
        return -1
    born = day_of(birth)
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


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


@dataclass(frozen=True)
class Openings(_Columns):
    """One place per accepted opening, in the order of `Problem.opening_ids`.

    `regime` is `TITP` or `ESD`, settled by the dates where the order does not say. `wage` is in
    whole yen a month, `hours` a month.
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


@dataclass(frozen=True)
class Wish:
    """A wish of the host that the law restricts, kept apart from what the order requires.

    `kind` is one of `WISHES`. `sex` is "L", "P" or "" and `count` the people of that sex (-1: not
    said); `low` and `high` are ages (-1: open).
    """

    opening: int
    kind: str
    text: str
    reason: str
    sex: str = ""
    count: int = -1
    low: int = -1
    high: int = -1


@dataclass(frozen=True)
class OrderNeed:
    """A skill an order asks for beyond its job type; `must` makes it a rule."""

    skill_id: str
    level: int
    must: bool


@dataclass(frozen=True)
class Profiles:
    """Distinct sets of skill levels (0..3): profiles down, skills of the graph across.

    `whole` is everything held, `own` leaves out what every programme gives, `shown` is only what
    a valid certificate or a record evidences.
    """

    whole: NDArray[np.int8]
    own: NDArray[np.int8]
    shown: NDArray[np.int8]


@dataclass(frozen=True)
class Lists:
    """What the `…_row` and code columns point into."""

    operations: tuple[str, ...]
    categories: tuple[str, ...]
    prefectures: tuple[str, ...]
    schools: tuple[str, ...]
    hosts: tuple[str, ...]
    establishments: tuple[str, ...]
    supervisors: tuple[str, ...]
    programmes: tuple[str, ...]
    profiles: Profiles
    needs: tuple[tuple[OrderNeed, ...], ...]
    experience: NDArray[np.int32]
    job_wishes: NDArray[np.int16]
    prefecture_wishes: NDArray[np.int16]
    refused_jobs: Flags
    refused_prefectures: Flags
    senders: Flags
    forbidden: Flags
    waived: NDArray[np.uint32]
    wish_cut: NDArray[np.int8]


@dataclass(frozen=True)
class Decision:
    """What a person decided, with reason, name and date; ids are "" where not named."""

    action: str
    candidate_id: str
    opening_id: str
    reason: str
    by: str
    on: date
    file: str
    sheet: str
    line: int


@dataclass(frozen=True)
class Labels:
    """What is reported but never scored or screened, by place of candidate or opening; money in
    whole rupiah, -1 where not recorded.

    `sexes` are "L", "P" or "", `ages` whole years on the scenario's day (-1: blank), `provinces`
    codes or "". `costs` are what each payer of `PAYERS` has paid for a person. `licences` are, by
    place of the sending organisation, the regimes it may send under (None: not recorded).
    `coe_refused` is YES where a certificate of eligibility or visa was refused before.
    """

    candidate_names: tuple[str, ...]
    centres: tuple[str, ...]
    kejuruan: tuple[str, ...]
    host_names: tuple[str, ...]
    cost_so_far: tuple[int, ...]
    deposits: tuple[int, ...]
    sexes: tuple[str, ...] = ()
    ages: tuple[int, ...] = ()
    provinces: tuple[str, ...] = ()
    costs: tuple[tuple[tuple[str, int], ...], ...] = ()
    licences: tuple[tuple[str, ...] | None, ...] = ()
    coe_refused: tuple[int, ...] = ()


@dataclass(frozen=True)
class Problem:
    """Everything a run is made from; the same whatever the order of the inputs' rows.

    `hosts`, `establishments` and `supervisors` are None where the scenario has no such table.
    `wishes` are what hosts wish and the law restricts.

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

    @property
    def present(self) -> Numbers:
        """The places of the candidates who take part."""
        return np.flatnonzero(self.standing == Standing.PRESENT)
