"""Who is compared with whom: people by sex, age band, centre and province.

What is not recorded is a group of its own (""), reported and never what others are compared with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from matcher.problem import Flags, Labels, Problem

GROUPINGS = ("sex", "age", "centre", "province")
SEXES = ("L", "P")
# The last whole year of each band; the programme takes people from 18 on, most are 18 to 22.
BANDS = ((18, "to_18"), (20, "19_to_20"), (22, "21_to_22"), (25, "23_to_25"))
OLDEST = "from_26"


@dataclass(frozen=True)
class Members:
    """A group of a grouping ("" where it is not recorded) and who is in it, by place of the
    candidate."""

    name: str
    rows: Flags


def divide(problem: Problem, grouping: str) -> tuple[Members, ...]:
    """Return the groups of one of `GROUPINGS`, in their order, the unrecorded last."""
    names = group_names(problem.labels, grouping)
    named = np.array(names or ("",) * len(problem.candidate_ids), dtype=object)
    found = sorted(set(named.tolist()), key=lambda name: _order(grouping, name))
    return tuple(Members(name, named == name) for name in found)


def group_names(labels: Labels, grouping: str) -> Sequence[str]:
    """Return each person's group in a grouping; empty where nobody's is held."""
    match grouping:
        case "sex":
            return labels.sexes
        case "age":
            return [band_of(age) for age in labels.ages]
        case "centre":
            return labels.centres
        case "province":
            return labels.provinces
        case _:
            raise ValueError(f"no such grouping: {grouping}")


def band_of(age: int) -> str:
    """Return the band of an age in whole years, "" where it is not recorded (-1)."""
    if age < 0:
        return ""
    return next((band for last, band in BANDS if age <= last), OLDEST)


def _order(grouping: str, name: str) -> tuple[bool, int, str]:
    bands = (*(band for _, band in BANDS), OLDEST)
    known = bands if grouping == "age" else SEXES if grouping == "sex" else ()
    return not name, known.index(name) if name in known else len(known), name
