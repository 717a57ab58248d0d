"""Everything that a plan must keep, limits, quotas, seats and seats on record alike, and the things
that an office may change of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from matcher.fit import Facts
from matcher.limits import PEOPLE, SEATS, Limits, rows_over
from matcher.problem import Flags, Numbers, Problem
from matcher.quotas import lock_cells
from matcher.score import Scores
from matcher.screen import Screening

# What may be changed, in the order in which equally small changes are preferred.
FLOOR, CEILING, BUDGET, PAIR, START, SEAT, LOCK = range(7)
Thing = tuple[int, int]


@dataclass(frozen=True)
class Bounded:
    """At least `floor` and at most `ceiling` (None: no ceiling) people proposed, of a set of
    people or at a set of openings (`members`, by `side`). Nobody changes what is `law`."""

    side: str
    members: tuple[int, ...]
    floor: int
    ceiling: int | None
    law: bool = False


@dataclass(frozen=True)
class Row:
    """The sum of `weight` over the pairs used is at most `most`. Rows of one `thing` are one limit:
    a budget, or two people together or apart."""

    thing: Thing
    weight: NDArray[np.int64]
    most: int


@dataclass(frozen=True)
class Opened:
    """An opening that holds none or at least `least`; `at` is the limit's place."""

    at: int
    opening: int
    least: int


@dataclass(frozen=True)
class Required:
    """The pairs that may be proposed (`person`, `opening`) and what a plan of them must keep.

    `held` is by person the opening of a seat on record (-1: none), that pair is among the pairs;
    `liftable` says which of them a decision holds. Weights are over the pairs.
    """

    person: Numbers
    opening: Numbers
    seats: Numbers
    held: Numbers
    liftable: Flags
    sets: tuple[Bounded, ...] = ()
    rows: tuple[Row, ...] = ()
    starts: tuple[Opened, ...] = ()

    @property
    def on_record(self) -> Flags:
        """Which pairs are seats on record."""
        on_record: Flags = self.held[self.person] == self.opening
        return on_record

    def inside(self, one: Bounded) -> Flags:
        """Return which pairs lie in a set."""
        size, ends = (
            (self.held.size, self.person) if one.side == PEOPLE else (self.seats.size, self.opening)
        )
        member = np.zeros(size, bool)
        member[list(one.members)] = True
        return member[ends]

    def taken(self, one: Bounded) -> int:
        """Return how many seats on record lie in a set."""
        members = list(one.members)
        if one.side == PEOPLE:
            return int((self.held[members] >= 0).sum())
        return int(np.isin(self.held, members).sum())

    def keeps(self, used: Flags) -> bool:
        """Whether the pairs used are a plan that keeps everything."""
        person, opening = self.person[used], self.opening[used]
        at = np.bincount(opening, minlength=self.seats.size)
        people = np.bincount(person, minlength=self.held.size)
        if (people > 1).any() or (at > self.seats).any() or not used[self.on_record].all():
            return False
        for one in self.sets:
            members = list(one.members)
            load = int((people if one.side == PEOPLE else at)[members].sum())
            if load < one.floor or (one.ceiling is not None and load > one.ceiling):
                return False
        if any(int(row.weight[used].sum()) > row.most for row in self.rows):
            return False
        return all(not at[one.opening] or at[one.opening] >= one.least for one in self.starts)


@dataclass(frozen=True)
class Change:
    """A thing changed: a floor lowered, a ceiling, budget or the seats of an opening raised `by` so
    much; a pair's limit or a least number to start left out, a seat on record taken back (1)."""

    thing: Thing
    by: int

    @property
    def units(self) -> int:
        """What it counts: a budget 1, for an amount cannot be compared with people."""
        return 1 if self.thing[0] == BUDGET else self.by


def changed(required: Required, changes: Iterable[Change]) -> Required:
    """Return what must be kept after changes."""
    sets, rows, starts = list(required.sets), list(required.rows), list(required.starts)
    seats, held = required.seats.copy(), required.held.copy()
    kept = np.ones(required.person.size, bool)
    for change in changes:
        kind, at = change.thing
        if kind == FLOOR:
            sets[at] = replace(sets[at], floor=sets[at].floor - change.by)
        elif kind == CEILING:
            sets[at] = replace(sets[at], ceiling=(sets[at].ceiling or 0) + change.by)
        elif kind == BUDGET:
            raised = [replace(row, most=row.most + change.by) for row in rows]
            rows = [
                more if row.thing == change.thing else row
                for row, more in zip(rows, raised, strict=True)
            ]
        elif kind == PAIR:
            rows = [row for row in rows if row.thing != change.thing]
        elif kind == START:
            starts = [one for one in starts if one.at != at]
        elif kind == SEAT:
            seats[at] += change.by
        else:
            kept &= (required.person != at) | (required.opening != held[at])
            held[at] = -1
    after = replace(
        required, seats=seats, held=held, sets=tuple(sets), rows=tuple(rows), starts=tuple(starts)
    )
    return over_pairs(after, kept)


def begun(required: Required) -> Required:
    """Return what must be kept with the least numbers of openings as floors where a seat on record
    has them start: no plan keeps these at nobody."""
    floors = tuple(
        Bounded(SEATS, (one.opening,), one.least, None)
        for one in required.starts
        if (required.held == one.opening).any()
    )
    return replace(required, sets=(*required.sets, *floors))


def needed(required: Required) -> Required:
    """Return what must be kept over those pairs alone that something asks for: seats on record,
    sets with a floor, pairs that lower a sum, and all of an opening to start that has one of them.
    Any plan keeps what it keeps without its other pairs, so as many changes do."""
    kept = required.on_record
    for one in required.sets:
        if one.floor:
            kept |= required.inside(one)
    for row in required.rows:
        kept |= row.weight < 0
    asked = np.zeros(required.seats.size, bool)
    asked[required.opening[kept]] = True
    starting = np.zeros(required.seats.size, bool)
    starting[[one.opening for one in required.starts]] = True
    return over_pairs(required, kept | (asked & starting)[required.opening])


def over_pairs(required: Required, kept: Flags) -> Required:
    """Return what must be kept over some of the pairs."""
    return replace(
        required,
        person=required.person[kept],
        opening=required.opening[kept],
        rows=tuple(replace(row, weight=row.weight[kept]) for row in required.rows),
    )


def gather_required(
    problem: Problem, facts: Facts, screening: Screening, scores: Scores
) -> Required:
    """Return what a plan of a problem must keep: its sets are those of the limits, then quotas."""
    held, width = problem.locked.astype(np.int64), max(1, len(problem.openings))
    liftable = np.zeros(held.size, bool)
    liftable[[person for person, cell in lock_cells(problem).items() if cell.decided]] = True
    allowed = scores.score >= problem.settings.objective.min_score
    allowed &= (held[screening.candidate] < 0) | liftable[screening.candidate]
    recorded = np.flatnonzero(held >= 0)
    keys = screening.candidate[allowed].astype(np.int64) * width + screening.opening[allowed]
    person, opening = np.divmod(np.union1d(keys, recorded * width + held[recorded]), width)
    limits = facts.limits
    sets = [Bounded(one.side, one.members, one.floor, one.ceiling) for one in limits.sets]
    sets += [
        Bounded(SEATS, cap.openings, 0, cap.ceiling, law=True)
        for cap in facts.quotas.caps
        if cap.ceiling is not None
    ]
    return Required(
        person,
        opening,
        problem.openings.seats.astype(np.int64),
        held,
        liftable,
        tuple(sets),
        tuple(_rows(limits, person, opening, np.full_like(held, -1))),
        tuple(Opened(at, one.opening, one.least) for at, one in enumerate(limits.starts)),
    )


def _rows(limits: Limits, person: Numbers, opening: Numbers, nobody: Numbers) -> Iterator[Row]:
    """Yield sums and pairs of people as rows; seats on record are pairs like others."""
    alone = [((BUDGET, at), Limits(sums=(one,))) for at, one in enumerate(limits.sums)]
    alone += [((PAIR, at), Limits(pairs=(one,))) for at, one in enumerate(limits.pairs)]
    for thing, own in alone:
        for row in rows_over(own, person, opening, nobody):
            yield Row(thing, row.weight, row.most)
