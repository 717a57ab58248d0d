"""All that no plan can keep of what is required, and the least that would have to change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np

from matcher.shortages.cases import count_cases
from matcher.shortages.cuts import find_cuts, try_flow
from matcher.shortages.flow import Cut
from matcher.shortages.repair import Repair, find_repair, repairable
from matcher.shortages.required import (
    LOCK,
    START,
    Change,
    Required,
    Thing,
    begun,
    changed,
    needed,
)

CUTS, CASES = "cuts", "cases"


@dataclass(frozen=True)
class Shortages:
    """What no plan of `required` can keep: each of the `cuts`; the `others`, limits that cannot be
    kept beside the rest even if the cuts' floors asked less; and the least changes.

    `cases` are how many prove that fewer changes do not do; 0 where cuts do, and where neither
    does. `fewest` is False where the solver, asked once more, then says that fewer changes do: that
    those of `repair` do is known all the same.
    """

    required: Required
    cuts: tuple[Cut, ...]
    others: tuple[Thing, ...]
    repair: Repair
    cases: int = 0
    fewest: bool = True

    @cached_property
    def bound(self) -> int:
        """How many units must change in any case, as whole numbers show: the sum over cuts that no
        change eases two at a time."""
        eased: set[Thing] = set()
        bound = 0
        for cut in self.cuts:
            alone = eased.isdisjoint(cut.eased) and all(by <= 1 for by in cut.eased.values())
            if alone:
                eased.update(cut.eased)
                bound += cut.short
        return bound

    @cached_property
    def instead(self) -> tuple[Change, ...]:
        """The least changes with decisions taken out where those leave out the least number of an
        opening at which only decisions set people; none where that does not do."""
        changes = dict.fromkeys(_lifted(self.required, self.repair.changes))
        if set(changes) == set(self.repair.changes):
            return ()
        left = look_for_shortages(changed(self.required, changes))
        return () if left else tuple(changes)

    @property
    def added_up(self) -> bool:
        """Whether that sum is what the least changes come to."""
        return self.bound == self.repair.units

    @property
    def proof(self) -> str:
        """What proves in whole numbers that fewer changes do not do: `CUTS`, `CASES` or "", where
        only the solver says so."""
        if self.added_up:
            return CUTS
        return CASES if self.cases else ""


def look_for_shortages(required: Required, search: bool = True) -> Shortages | None:
    """Return what no plan can keep, None where some plan keeps everything.

    Without `search` None also where cuts show nothing, least numbers that must be kept counted
    in, and only a solver could tell. Only the pairs that something asks for are looked at (see
    `needed`): what these cannot keep, all cannot.
    """
    required = needed(required)
    if required.keeps(required.on_record) or required.keeps(try_flow(begun(required))):
        return None
    cuts, lowered = find_cuts(required)
    if not (cuts or search or find_cuts(begun(required))[0]):
        return None
    others = _others(lowered)
    if not cuts and not others:
        return None
    return _shortages(required, cuts, others)


def _others(lowered: Required) -> tuple[Thing, ...]:
    if lowered.keeps(try_flow(begun(lowered))):
        return ()
    return tuple(change.thing for change in find_repair(needed(lowered)).changes)


def _lifted(required: Required, changes: Iterable[Change]) -> Iterator[Change]:
    for change in changes:
        people = decided_at(required, change.thing)
        yield from (Change((LOCK, person), 1) for person in people) if people else (change,)


def decided_at(required: Required, thing: Thing) -> list[int]:
    """Return the people whom decisions set at an opening whose least number a thing is."""
    kind, at = thing
    if kind != START:
        return []
    opening = next(one.opening for one in required.starts if one.at == at)
    found: list[int] = np.flatnonzero((required.held == opening) & required.liftable).tolist()
    return found


def _shortages(required: Required, cuts: tuple[Cut, ...], others: tuple[Thing, ...]) -> Shortages:
    repair = find_repair(required, cuts)
    found = Shortages(required, cuts, others, repair)
    if found.added_up:
        return found
    if cases := count_cases(required, repair.units - 1):
        return replace(found, cases=cases)
    return replace(found, fewest=not repairable(required, repair.cuts, repair.units - 1))
