"""A name that is in no batch: what may be meant, or the faulty row that was left out."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.language import Phrase, say
from matcher.problem import Problem
from matcher.spelling import did_you_mean


def name_unknown(problem: Problem, name: str, known: Iterable[str]) -> Phrase:
    """Return what is told of a name that is none of those known."""
    for row in problem.left_out:
        if row.startswith(f"{name} ("):
            return say(
                "Left out of this batch, its row has faults (see problems.csv): {row}", row=row
            )
    near = did_you_mean(name, known)
    if near:
        return say("There is no “{name}” in this batch: {near}", name=name, near=near)
    return say("There is no “{name}” in this batch.", name=name)
