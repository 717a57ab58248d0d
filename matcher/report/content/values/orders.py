"""Job orders, hosts and training centres: the rows of their lists, with what their cards show."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Reserve:
    """Who stands behind the proposals of an opening; `proposed_at` "" where without a host."""

    rank: int
    person: str
    name: str
    score: int
    proposed_at: str


@dataclass(frozen=True)
class RuleCount:
    """How many people one rule refuses, or leaves open, at an opening."""

    label: str
    fails: int
    unknown: int


@dataclass(frozen=True)
class Opening:
    """A job order: `proposed` and `reserves` by shown id; `refused` the rules; `one_more` what one
    seat more adds, in a sentence, `more_people` and `more_points` as numbers (None: not known).
    `closed` seats are closed by quotas or limits."""

    place: int
    id: str
    host: str
    host_id: str
    work: str
    group: str
    prefecture: str
    supervisor: str
    regime: str
    entry_from: date | None
    entry_to: date | None
    interview: date | None
    closes: date | None
    seats: int
    closed: int
    filled: int
    conditional: int
    eligible: int
    proposed: tuple[str, ...]
    reserves: tuple[Reserve, ...]
    refused: tuple[RuleCount, ...]
    one_more: str
    more_people: int | None
    more_points: int | None
    terms: tuple[tuple[str, str], ...]
    record: tuple[str, ...]


@dataclass(frozen=True)
class Quota:
    """One ceiling at a host and how it is reckoned, in a sentence; None where it sets none or is
    not recorded. `requested` are the seats asked for under it, `filled` those proposed."""

    name: str
    rule: str
    openings: tuple[str, ...]
    limit: int | None
    present: int
    promised: int
    requested: int
    ceiling: int | None
    filled: int
    state: str
    arithmetic: str


@dataclass(frozen=True)
class Host:
    """A host with its people, quotas and questions; numbers None where not recorded. `base` is the
    law's base number for its staff (T1), which the quotas are reckoned from."""

    place: int
    id: str
    name: str
    prefecture: str
    supervisor: str
    staff: int | None
    counted_on: date | None
    excellent: str
    present: tuple[int | None, int | None, int | None]
    esd_people: int | None
    promised: int | None
    openings: tuple[str, ...]
    seats: int
    closed: int
    filled: int
    conditional: int
    quotas: tuple[Quota, ...]
    questions: tuple[str, ...]
    base: int | None = None


@dataclass(frozen=True)
class Centre:
    """A training centre ("" told as not recorded): its people and what is to be shown of them."""

    name: str
    people: int
    present: int
    proposed: int
    conditional: int
    unplaced: int
    held: int
    withdrawn: int
    people_ids: tuple[str, ...]
