"""What stands beside the columns: the lists that they point into, the hosts' wishes, the decisions
of people, and the labels that are reported but never scored."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.problem.codes import Flags


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
    """What the `…_row` and code columns point into.

    `ended` holds, by row and opening, whether the pair ended by the person's own answer
    (`DECLINED`) or by the host's or a missed interview (`FAILED`); row 0 is for everybody else.
    """

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
    ended: NDArray[np.int8]


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
    place of the sending organisation, the regimes it may send under (None: not recorded), and
    `class_sizes` the people in one class of it (-1: not recorded).
    `coe_refused` is YES where a certificate of eligibility or visa was refused before, `consents`
    YES where the person agrees that a host is sent their particulars.
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
    consents: tuple[int, ...] = ()
    class_sizes: tuple[int, ...] = ()
