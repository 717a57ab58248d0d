"""All that no plan can keep of what is required, and the least that would have to change."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from matcher.shortages.cuts import find_cuts, try_flow
from matcher.shortages.flow import Cut
from matcher.shortages.repair import Repair, find_repair, repairable
from matcher.shortages.required import Required, Thing


@dataclass(frozen=True)
class Shortages:
    """What no plan of `required` can keep: each of the `cuts`; the `others`, limits that cannot be
    kept beside the rest even if the cuts' floors asked less; and the least changes."""

    required: Required
    cuts: tuple[Cut, ...]
    others: tuple[Thing, ...]
    repair: Repair

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

    @property
    def added_up(self) -> bool:
        """Whether that sum is what the least changes come to; otherwise that fewer do not is what
        the solver says."""
        return self.bound == self.repair.units


def look_for_shortages(required: Required, search: bool = True) -> Shortages | None:
    """Return what no plan can keep, None where some plan keeps everything.

    Without `search` None also where cuts show nothing and only a solver could tell.
    """
    if required.keeps(required.on_record):
        return None
    cuts, lowered = find_cuts(required)
    if not cuts and (not search or required.keeps(try_flow(required))):
        return None
    others = _others(lowered)
    if not cuts and not others:
        return None
    return _shortages(required, cuts, others)


def _others(lowered: Required) -> tuple[Thing, ...]:
    if lowered.keeps(try_flow(lowered)):
        return ()
    return tuple(change.thing for change in find_repair(lowered).changes)


def _shortages(required: Required, cuts: tuple[Cut, ...], others: tuple[Thing, ...]) -> Shortages:
    repair = find_repair(required, cuts)
    found = Shortages(required, cuts, others, repair)
    if not found.added_up and repairable(required, repair.cuts, repair.units - 1):
        raise AssertionError("fewer changes do")
    return found
