"""What two batches were made from, key by key and table by table."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from matcher.explain.compare.found import Difference
from matcher.explain.compare.groups import GROUPS, OPENINGS
from matcher.pipeline import Result
from matcher.settings import FILE

# What a plan does not rest on. The scenario's name is in the lottery's seed, where none is stated.
BESIDE = ("name", "language", "files", "read", "objections", "shortlist", "job_types")
SEED = "objective.seed"
# Settings that are applied in other groups than that of their table: the order that is not stated
# rests on what is on record of an earlier plan.
BY_SETTING = {
    "name": {"seed"},
    SEED: {"seed"},
    "objective.min_skill_fit": {"min_skill_fit"},
    "objective.order": {"objective", "earlier", "outcomes"},
}

Versions = tuple[Mapping[str, str], Mapping[str, str]]


def find_differences(
    before: Result, after: Result, versions: Versions, groups: tuple[str, ...]
) -> tuple[Difference, ...]:
    """Return the inputs, settings, seeds and versions that are not the same, with those `groups`,
    of all that differ, that each is applied with."""
    return (
        *_between("input", (_digests(before), _digests(after)), groups),
        *_between("setting", (_settings(before), _settings(after)), groups),
        *_between("seed", (_seed(before), _seed(after)), groups),
        *_between("version", versions, groups),
    )


def differ_by_seed_alone(differences: tuple[Difference, ...]) -> bool:
    """Return whether the lottery's seed is another and nothing else a plan rests on."""
    return any(one.kind == "seed" for one in differences) and all(map(_spares, differences))


def _spares(difference: Difference) -> bool:
    """Return whether a difference leaves the plan as it is but for the lottery."""
    if difference.kind == "setting":
        return difference.name == SEED or difference.name.split(".")[0] in BESIDE
    return difference.kind == "seed"


def _between(kind: str, sides: Versions, groups: tuple[str, ...]) -> tuple[Difference, ...]:
    before, after = sides
    return tuple(
        Difference(
            kind, name, before.get(name, ""), after.get(name, ""), _groups_of(kind, name, groups)
        )
        for name in sorted({*before, *after})
        if before.get(name, "") != after.get(name, "")
    )


def _groups_of(kind: str, name: str, differing: tuple[str, ...]) -> tuple[str, ...]:
    """Return the groups that a difference belongs to, of those that differ."""
    groups = {"seed"} if kind == "seed" else set()
    if kind == "input":
        groups = {name.removesuffix(".csv")} | ({"seats"} if name == OPENINGS else set())
    if kind == "setting":
        groups = BY_SETTING.get(name, {name.split(".")[0]})
    return tuple(group for group in GROUPS if group in groups and group in differing)


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
