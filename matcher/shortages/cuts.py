"""Where floors ask more than people, seats and ceilings can give, from minimum cuts.

People flow from the root through the sets of people, the pairs and the sets of openings back to the
root; a floor is a lower bound of that flow. Where no flow keeps all of them, a cut shows it: the
floors that lead into it ask for more than all that leads out can carry.
"""

from __future__ import annotations

from dataclasses import replace

from matcher.problem import Flags
from matcher.shortages.flow import Cut, Flow, forest_of
from matcher.shortages.required import CEILING, LOCK, Required


def find_cuts(required: Required) -> tuple[tuple[Cut, ...], Required]:
    """Return all that floors and ceilings ask too much, each as a cut, and what would be left to
    keep if no floor asked too much any more."""
    found, required = _overfull(required)
    for first in _firsts(required):
        while cuts := _find(required, first):
            found += cuts
            for cut in cuts:
                required = _lowered(required, cut)
    return tuple(found), required


def leftover_cuts(required: Required) -> list[Cut]:
    """Return some cuts where there are any: those that show at once."""
    found, raised = _overfull(required)
    for first in _firsts(required):
        found += [] if found else _find(raised, first)
    return found


def _firsts(required: Required) -> list[int | None]:
    """Return which set forests take first: none in particular, then each whose floor another such
    set crosses."""
    floored = [at for at, one in enumerate(required.sets) if one.floor > required.taken(one)]
    return [None, *(at for at in floored if not _whole(required, at))]


def try_flow(required: Required) -> Flags:
    """Return the pairs of a plan that keeps floors and ceilings, as far as forests hold them;
    the seats on record are among them."""
    flow = Flow(required, None)
    used = required.on_record.copy()
    used[flow.pairs[flow.used[-flow.pairs.size :] > 0] if flow.pairs.size else []] = True
    return used


def _overfull(required: Required) -> tuple[list[Cut], Required]:
    """Return the ceilings below what is on record, and what is left when these are raised."""
    found, sets = [], list(required.sets)
    for at, one in enumerate(required.sets):
        taken = required.taken(one)
        if one.ceiling is not None and taken > one.ceiling:
            inside = required.on_record & required.inside(one)
            people = required.person[inside & required.liftable[required.person]].tolist()
            eased = {**{(LOCK, person): 1 for person in people}, (CEILING, at): 1}
            found.append(Cut((), (at,), (), (), one.ceiling, taken - one.ceiling, eased))
            sets[at] = replace(one, ceiling=taken)
    return found, replace(required, sets=tuple(sets))


def _lowered(required: Required, cut: Cut) -> Required:
    """Return what is to be kept with the floors of a cut lowered until it can be."""
    sets, short = list(required.sets), cut.short
    for at in cut.floors:
        by = min(short, sets[at].floor - required.taken(sets[at]))
        sets[at] = replace(sets[at], floor=sets[at].floor - by)
        short -= by
    return replace(required, sets=tuple(sets))


def _whole(required: Required, at: int) -> bool:
    """Whether the usual forest holds a set's floor."""
    nodes = forest_of(required, required.sets[at].side, None).nodes
    return any(node.at == at and node.floor for node in nodes)


def _find(required: Required, first: int | None) -> list[Cut]:
    flow = Flow(required, first)
    return flow.cuts() if flow.short else []
