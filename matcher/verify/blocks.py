"""The plan of `mode = "stable"`: the one in which proposals end, made without any solver."""

from __future__ import annotations

import numpy as np

from matcher.language import say
from matcher.personal import mask_numbers
from matcher.problem import Numbers
from matcher.stable import find_blocking, stable_plan
from matcher.verify.derived import Derived
from matcher.verify.findings import WRONG, Finding
from matcher.verify.plan import PLACEMENTS


def find_blocks(derived: Derived, plan: Numbers) -> list[Finding]:
    """Return what is wrong with a stable plan: the pairs that block one that is not that in which
    proposals end, and who is elsewhere there. (Where ceilings cross a pair may block that, too.)"""
    parts = (derived.problem, derived.facts, derived.screening, derived.scores)
    due = stable_plan(*parts).opening
    if np.array_equal(due, plan):
        return []
    people, openings = derived.problem.candidate_ids, derived.problem.opening_ids
    blocking = say("The pair blocks the plan: both would rather have each other.")
    other = say("The proposals of all do not end here.")
    found = [
        (f"{mask_numbers(people[one.candidate])} {mask_numbers(openings[one.opening])}", blocking)
        for one in find_blocking(*parts, plan)
    ]
    found += [(mask_numbers(people[at]), other) for at in np.flatnonzero(due != plan).tolist()]
    return [Finding(WRONG, PLACEMENTS, place, told) for place, told in found]
