"""Two batches beside each other: who stands elsewhere, what both come to, and what differs in what
they were made from."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from matcher.explain.limits import totals_of
from matcher.explain.summary import summarise
from matcher.pipeline import Result
from matcher.problem import Standing
from matcher.settings import FILE

# What a plan does not rest on. The scenario's name is in the lottery's seed, where none is stated.
BESIDE = ("name", "language", "files", "read", "objections", "shortlist")
SEED = "objective.seed"


@dataclass(frozen=True)
class Place:
    """What became of somebody in one batch: the opening ("" without a host) and the state, as in
    `placements.csv`."""

    opening_id: str
    state: str


@dataclass(frozen=True)
class Change:
    """A candidate whose opening is another, or who is in one batch alone (the other None)."""

    candidate_id: str
    before: Place | None
    after: Place | None


@dataclass(frozen=True)
class Difference:
    """Something the two batches were made from and that is not the same: `kind` is input, setting,
    seed or version; `name` the table, the key or the version; the values as text, "" where there is
    none (of inputs the SHA-256)."""

    kind: str
    name: str
    before: str
    after: str


@dataclass(frozen=True)
class Comparison:
    """What two batches differ in. `totals` are by name those of the first and of the second;
    `only_seed` says that nothing a plan rests on differs but the lottery's seed, so that whoever
    moved was moved by lot."""

    changes: tuple[Change, ...]
    totals: dict[str, tuple[int, int]]
    differences: tuple[Difference, ...]
    only_seed: bool

    @property
    def moved(self) -> tuple[Change, ...]:
        """The people of both batches whose opening is another."""
        return tuple(change for change in self.changes if change.before and change.after)


def compare_results(
    before: Result,
    after: Result,
    versions: tuple[Mapping[str, str], Mapping[str, str]] = ({}, {}),
) -> Comparison:
    """Return how the second result differs from the first; `versions` are those that their
    manifests state."""
    places = _places(before), _places(after)
    changes = tuple(
        Change(name, places[0].get(name), places[1].get(name))
        for name in sorted({*places[0], *places[1]})
        if _opening(places[0].get(name)) != _opening(places[1].get(name))
    )
    totals = _totals(before), _totals(after)
    names = dict.fromkeys((*totals[0], *totals[1]))
    differences = (
        *_between("input", _digests(before), _digests(after)),
        *_between("setting", _settings(before), _settings(after)),
        *_between("seed", _seed(before), _seed(after)),
        *_between("version", *versions),
    )
    return Comparison(
        changes,
        {name: (totals[0].get(name, 0), totals[1].get(name, 0)) for name in names},
        differences,
        bool(_between("seed", _seed(before), _seed(after)))
        and all(map(_spares_the_plan, differences)),
    )


def _places(result: Result) -> dict[str, Place]:
    problem, plan = result.problem, result.plan
    places = {}
    for person, name in enumerate(problem.candidate_ids):
        at, row = int(plan.opening[person]), int(plan.row[person])
        state = "unplaced"
        if problem.standing[person] != Standing.PRESENT:
            state = Standing(int(problem.standing[person])).name.lower()
        elif at >= 0:
            state = "conditional" if result.screening.conditional[row] else "placed"
        places[name] = Place(problem.opening_ids[at] if at >= 0 else "", state)
    return places


def _opening(place: Place | None) -> str | None:
    return place.opening_id if place else None


def _totals(result: Result) -> dict[str, int]:
    summary, totals = summarise(result), totals_of(result)
    rows = result.plan.row[result.plan.row >= 0]
    return {
        "people": summary.people,
        "present": summary.present,
        "proposed": summary.proposed,
        "conditional": summary.conditional,
        "unplaced": summary.unplaced,
        "seats": summary.seats,
        "usable": summary.usable,
        "filled": summary.filled,
        "score": int(result.scores.score[rows].sum()),
        **({"keep": totals["keep"]} if "keep" in totals else {}),
    }


def _digests(result: Result) -> dict[str, str]:
    """Return the SHA-256 of each frozen table; `scenario.toml` counts by its settings."""
    inputs = result.problem.inputs.items()
    return {name: hashlib.sha256(text).hexdigest() for name, text in inputs if name != FILE}


def _settings(result: Result) -> dict[str, str]:
    flat: dict[str, str] = {}
    _flatten(result.problem.settings.model_dump(mode="json"), "", flat)
    flat["objective.order"] = ", ".join((*result.problem.order, "lottery"))
    return flat


def _seed(result: Result) -> dict[str, str]:
    return {"seed": result.problem.settings.seed}


def _flatten(value: object, key: str, flat: dict[str, str]) -> None:
    """Write the single values of a table under their dotted keys; of several tables of one key
    people count from 1."""
    if isinstance(value, dict):
        for name, inner in value.items():
            _flatten(inner, f"{key}.{name}" if key else name, flat)
    elif isinstance(value, list) and any(isinstance(one, dict) for one in value):
        for place, inner in enumerate(value, 1):
            _flatten(inner, f"{key}.{place}", flat)
    elif isinstance(value, list):
        flat[key] = ", ".join(map(str, value))
    elif value is not None:
        flat[key] = str(value)


def _between(
    kind: str, before: Mapping[str, str], after: Mapping[str, str]
) -> tuple[Difference, ...]:
    return tuple(
        Difference(kind, name, before.get(name, ""), after.get(name, ""))
        for name in sorted({*before, *after})
        if before.get(name, "") != after.get(name, "")
    )


def _spares_the_plan(difference: Difference) -> bool:
    """Return whether a difference leaves the plan as it is but for the lottery."""
    if difference.kind == "setting":
        return difference.name == SEED or difference.name.split(".")[0] in BESIDE
    return difference.kind == "seed"
