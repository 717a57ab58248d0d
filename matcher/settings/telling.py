"""The faults of `scenario.toml` as issues in sentences: what pydantic found, what `[law]` rules of
figures that the book does not know or that are of another kind, and limits that choices cannot
keep."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import BaseModel

from matcher.errors import InputError, Issue
from matcher.language import Fact, Phrase, say
from matcher.law import check_rulings, load_law
from matcher.personal import mask_all
from matcher.settings.faults import FAULTS, MENDS
from matcher.settings.files import FILE
from matcher.settings.limits import (
    CHOSEN,
    KINDS,
    Budget,
    Companions,
    Grouping,
    limit_key,
)
from matcher.settings.parts import Objective, Ruled
from matcher.spelling import did_you_mean


def find_misruled(stated: object) -> list[Issue]:
    """Return the faults of `[law]` that its shape does not show: keys that the book does not
    know, values that are not of their figure's kind."""
    if not isinstance(stated, dict):
        return []
    values = {key: ruled.get("value") for key, ruled in stated.items() if isinstance(ruled, dict)}
    issues = []
    for fault in check_rulings(values):
        where = f"law.{fault.key}"
        if fault.expected is None:
            mend = did_you_mean(fault.key, load_law().figures)
            known = mend or say("`matcher rules` prints the keys")
            issues.append(issue(where, "", say("unknown key"), known))
        else:
            issues.append(issue(where, _shown(values[fault.key]), fault.expected))
    return issues


def tell_fault(error: Any, whole: type[BaseModel]) -> Issue:
    """Return a fault that pydantic found as an issue; `whole` is the model of the whole file."""
    where = _where(error["loc"])
    value = _shown(error["input"])
    match error["type"]:
        case "extra_forbidden":
            keys = _fields(whole, error["loc"][:-1])
            mend = did_you_mean(str(error["loc"][-1]), keys)
            return issue(
                where,
                "",
                say("unknown key"),
                mend or say("known here: {keys}", keys=tuple(sorted(keys))),
            )
        case "missing":
            return issue(where, "", say("the key is missing"), say("write it"))
        case "literal_error":
            return issue(where, value, say("one of: {words}", words=error["ctx"]["expected"]))
        case _:
            facts: dict[str, Fact] = {
                name: str(fact) for name, fact in error.get("ctx", {}).items()
            }
            known = FAULTS.get(error["type"])
            if known:
                mend = MENDS.get(error["type"])
                told = Phrase(mend.message, facts) if mend else None
                return issue(where, value, Phrase(known.message, facts), told)
            return issue(where, value, say("not a value of this key: {fault}", fault=error["msg"]))


def find_unstable(
    objective: Objective, limits: Sequence[Grouping | Budget | Companions]
) -> list[Issue]:
    """Return the faults of limits that mode "stable" cannot keep: all but ceilings on openings."""
    if objective.mode is None:
        return []
    reason = say(
        "not kept in mode “stable”: people and job orders choose, and their choices can keep a"
        " ceiling on job orders, but no floor, no sum and no limit on people"
    )
    mend = say("take it out, or state `order` instead of `mode`")
    return [
        issue(f"{limit_key(entry)}.{key}", _shown(getattr(limit, key)), reason, mend)
        for entry, limit in enumerate(limits)
        for key in _never_chosen(limit)
    ]


def _never_chosen(limit: Grouping | Budget | Companions) -> list[str]:
    """Return the keys of a limit by which no choice of people and openings goes."""
    if not isinstance(limit, Grouping):
        kinds = ("budget", "together", "apart")
        return [key for key in kinds if key in limit.model_fields_set]
    return ["by"] * (limit.by not in CHOSEN) + ["min"] * bool(limit.min)


def _where(path: tuple[str | int, ...]) -> str:
    """Return the key of a fault as people look for it: of a limit its number and key."""
    if path[:1] == ("limits",) and len(path) > 1:
        path = (limit_key(int(path[1])), *path[3:4])
    return ".".join(map(str, path))


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(_shown, value))
    if isinstance(value, str):
        return mask_all(value)
    return "" if isinstance(value, dict) else str(value)


def _fields(whole: type[BaseModel], path: tuple[str | int, ...]) -> set[str]:
    if path[:1] == ("law",):
        return set(Ruled.model_fields)
    if path[:1] == ("limits",):
        return set(KINDS[str(path[2])].model_fields)
    part = whole
    for key in path:
        kind = part.model_fields[str(key)].annotation
        assert isinstance(kind, type)
        part = kind
    return set(part.model_fields)


def issue(where: str, value: str, reason: Phrase, mend: Phrase | None = None) -> Issue:
    """Return an issue of `scenario.toml`, at a key; personal numbers masked."""
    return Issue("SETTINGS", FILE, 0, mask_all(where), value, reason, mend)


def refusal(issues: list[Issue]) -> InputError:
    """Return the error that carries every fault of `scenario.toml`."""
    return InputError(say("The scenario has faults."), tuple(issues))
