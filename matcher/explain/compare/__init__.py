"""Two batches beside each other: who stands elsewhere and why, what both come to, and what differs
in what they were made from.

The cause of a move is found, not guessed: the differences are applied to the first batch group by
group, in a fixed order, each time with a whole run.
"""

from __future__ import annotations

from collections.abc import Mapping

from matcher.explain.compare.causes import VERSION, Progress, find_causes
from matcher.explain.compare.differences import differ_by_seed_alone, find_differences
from matcher.explain.compare.found import (
    Change,
    Comparison,
    Difference,
    Place,
    Step,
    places_of,
    sums_of,
)
from matcher.explain.compare.groups import GROUPS
from matcher.explain.summary import summarise
from matcher.pipeline import Result

__all__ = [
    "GROUPS",
    "VERSION",
    "Change",
    "Comparison",
    "Difference",
    "Place",
    "Step",
    "compare_results",
]


def compare_results(
    before: Result,
    after: Result,
    versions: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {}),
    progress: Progress | None = None,
) -> Comparison:
    """Return how the second result differs from the first, and why; `versions` are those that
    their manifests state, `progress` is told a word and the percent that is done."""
    causes = find_causes(before, after, progress)
    places = places_of(before), places_of(after)
    changes = tuple(
        Change(name, places[0].get(name), places[1].get(name), *causes.of.get(name, ((), ())))
        for name in sorted({*places[0], *places[1]})
        if _opening(places[0].get(name)) != _opening(places[1].get(name))
    )
    totals = _totals(before), _totals(after)
    names = dict.fromkeys((*totals[0], *totals[1]))
    differences = find_differences(before, after, versions, causes.groups)
    return Comparison(
        changes,
        {name: (totals[0].get(name, 0), totals[1].get(name, 0)) for name in names},
        (before.problem.given is None, after.problem.given is None),
        differences,
        differ_by_seed_alone(differences),
        causes.steps,
    )


def _opening(place: Place | None) -> str | None:
    return place.opening_id if place else None


def _totals(result: Result) -> dict[str, int]:
    summary, sums = summarise(result), sums_of(result)
    keep = {"keep": sums.pop("keep")} if "keep" in sums else {}
    score = sums.pop("score")
    seats = {"seats": summary.seats, "usable": summary.usable, "filled": summary.filled}
    return {"people": summary.people, **sums, **seats, "score": score, **keep}
