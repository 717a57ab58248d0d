"""What the office chooses: `scenario.toml`, checked whole before anything is read."""

from __future__ import annotations

import hashlib
import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from matcher.errors import InputError, Issue, UsageError
from matcher.language import Fact, Phrase, say
from matcher.law import Ruling, check_rulings, freeze, load_law
from matcher.spelling import did_you_mean, is_unseen

FILE = "scenario.toml"
PerMille = Annotated[int, Field(ge=0, le=1000)]
End = Literal["low", "middle"]
CRITERIA = (
    "skill_fit",
    "extra_needs",
    "training",
    "language",
    "readiness",
    "wishes",
    "waiting",
    "cost",
)


FAULTS = {
    "weights_sum": say("the weights sum to {total}, not to 1000"),
    "not_kept": say("“{name}” is not kept by this version"),
    "paths": say("a file name, or a list of different ones"),
    "name_twice": say("a name stands twice"),
    "lottery_last": say("“lottery” is always last"),
    "no_name": say("at least one of “placements” and “score” is named"),
    "window_form": say("a window is two dates, as [2027-04-01, 2027-08-31]"),
    "ruled_late": say("settled after the day the scenario counts from"),
    "window_crossed": say("the entry window ends before it begins"),
    "int_type": say("a whole number is expected"),
    "string_type": say("text in quotes is expected"),
    "date_type": say("a date is expected, as 2023-04-01"),
    "model_type": say("a table is expected"),
    "dict_type": say("a table is expected"),
    "tuple_type": say("a list in brackets is expected"),
    "name_unseen": say("one line of visible characters is expected"),
    "string_too_short": say("too short"),
    "string_too_long": say("too long"),
    "greater_than": say("out of range"),
    "greater_than_equal": say("out of range"),
    "less_than_equal": say("out of range"),
}


# Keys of the design that a later version keeps; refused, so that nobody relies on them.
LATER = frozenset(
    [
        "limits",
        "shortlist",
        "scores",
        "mode",
        "earlier",
        "outcomes",
    ]
)


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


Paths = str | tuple[str, ...]


class Files(_Part):
    """The tables of the scenario, as paths beside `scenario.toml`: one or several files each, a
    sheet of a workbook behind `#` (`pesanan.xlsx#Lowongan`)."""

    candidates: Paths = "candidates.csv"
    openings: Paths = "openings.csv"
    hosts: Paths | None = None
    establishments: Paths | None = None
    supervisors: Paths | None = None
    schools: Paths | None = None
    decisions: Paths | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _several(cls, paths: object) -> object:
        if not isinstance(paths, list):
            return paths
        if not paths or len(set(map(str, paths))) != len(paths):
            raise _fault("paths")
        return tuple(paths)

    @property
    def named(self) -> dict[str, tuple[str, ...]]:
        """The files of each table that is named."""
        stated = self.model_dump(exclude_none=True)
        return {
            table: (paths,) if isinstance(paths, str) else paths for table, paths in stated.items()
        }


def split_path(folder: Path, named: str) -> tuple[str, str]:
    """Return the file and the sheet that `file` or `file#sheet` names: the first part before a
    `#` that is a file in the folder, else what stands before the first `#`."""
    marks = [place for place, letter in enumerate(named) if letter == "#"]
    for end in (len(named), *marks):
        if end and (folder / named[:end]).is_file():
            return named[:end], named[end + 1 :]
    end = marks[0] if marks else len(named)
    return named[:end], named[end + 1 :]


class Read(_Part):
    """What an office declares about its files, where they do not say it themselves.

    `columns` maps the office's own headers to our columns ("" to leave one out).
    """

    date_order: Literal["dmy", "mdy", "ymd", "serial"] | None = None
    number_style: Literal["id", "en"] | None = None
    encoding: Literal["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp932", "cp1252"] | None = None
    sheet: str | None = None
    hidden: Literal["include", "skip"] | None = None
    columns: dict[str, str] = Field(default_factory=dict)


class Weights(_Part):
    """The weight of each criterion, per mille; together 1000."""

    skill_fit: PerMille = 380
    extra_needs: PerMille = 100
    training: PerMille = 120
    language: PerMille = 80
    readiness: PerMille = 60
    wishes: PerMille = 120
    waiting: PerMille = 100
    cost: PerMille = 40

    @model_validator(mode="after")
    def _sum(self) -> Weights:
        total = sum(getattr(self, name) for name in CRITERIA)
        if total != 1000:
            raise _fault("weights_sum", total=total)
        return self


class Objective(_Part):
    """What "best" means: names in order, first things first; `lottery` is always last."""

    order: tuple[Literal["placements", "score", "lottery"], ...] = ("placements", "score")
    seed: str | None = None
    min_score: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    min_skill_fit: PerMille = 400
    unplaced_worth: Annotated[int, Field(ge=0, le=1_000_000)] = 0

    @field_validator("seed", mode="before")
    @classmethod
    def _digits(cls, seed: object) -> object:
        return str(seed) if isinstance(seed, int) and not isinstance(seed, bool) else seed

    @field_validator("order", mode="before")
    @classmethod
    def _names(cls, order: object) -> object:
        if not isinstance(order, list):
            return order
        for name in order:
            if name in ("worst", "keep"):
                raise _fault("not_kept", name=name)
        if len(set(map(str, order))) != len(order):
            raise _fault("name_twice")
        if "lottery" in order[:-1]:
            raise _fault("lottery_last")
        return tuple(name for name in order if name != "lottery")

    @field_validator("order")
    @classmethod
    def _some(cls, order: tuple[str, ...]) -> tuple[str, ...]:
        if not order:
            raise _fault("no_name")
        return order


class Unknown(_Part):
    """Which end of an unknown the plan is scored on, by criterion."""

    skill_fit: End = "low"
    extra_needs: End = "low"
    training: End = "low"
    language: End = "low"
    readiness: End = "low"
    wishes: End = "low"
    waiting: End = "low"
    cost: End = "low"


class Costs(_Part):
    """`cap`: the rupiah at which the cost still to pay scores nothing, and above which an opening
    is refused; `rupiah_per_yen`: the rate
    by which costs are compared with pay, the book's (`esd_rupiah_per_yen`) if not stated."""

    cap: Annotated[int, Field(gt=0, le=10**12)] = 5_000_000
    rupiah_per_yen: Annotated[int, Field(gt=0, le=10**6)] | None = None


class Promises(_Part):
    """What the programme claims once for all; `prior_experience`: the agreement that stands for
    everybody's prior experience (T9, first route), in its own words."""

    prior_experience: Annotated[str, Field(min_length=1, max_length=500)] | None = None

    @field_validator("prior_experience")
    @classmethod
    def _visible(cls, text: str | None) -> str | None:
        return None if text is None else _seen(text)


class Ruled(_Part):
    """A figure of the book of rules (`matcher rules`) confirmed, or overridden by `value`."""

    value: Any = None
    by: Annotated[str, Field(min_length=1, max_length=200)]
    on: date
    source: Annotated[str, Field(max_length=500)] = ""

    @field_validator("by", "source")
    @classmethod
    def _visible(cls, text: str) -> str:
        return _seen(text) if text else text


class Settings(_Part):
    """A scenario's choices; `on` is the day from which ages, waiting and recency count."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    on: date
    language: Literal["id", "ja", "en"] = "en"
    entry: tuple[date, date] | None = None
    files: Files = Files()
    weights: Weights = Weights()
    objective: Objective = Objective()
    unknown: Unknown = Unknown()
    costs: Costs = Costs()
    promises: Promises = Promises()
    law: dict[str, Ruled] = Field(default_factory=dict)
    read: Read = Read()
    job_types: dict[str, str] = Field(default_factory=dict)

    @field_validator("name")
    @classmethod
    def _visible(cls, name: str) -> str:
        return _seen(name)

    @field_validator("entry", mode="before")
    @classmethod
    def _window(cls, entry: object) -> object:
        if not isinstance(entry, list) or len(entry) != 2:
            raise _fault("window_form")
        return tuple(entry)

    @field_validator("law")
    @classmethod
    def _ruled(cls, law: dict[str, Ruled], given: ValidationInfo) -> dict[str, Ruled]:
        today = given.data.get("on")
        if today is not None and any(ruled.on > today for ruled in law.values()):
            raise _fault("ruled_late")
        return law

    @model_validator(mode="after")
    def _forwards(self) -> Settings:
        if self.entry is not None and self.entry[0] > self.entry[1]:
            raise _fault("window_crossed")
        return self

    @property
    def rulings(self) -> dict[str, Ruling]:
        """What the scenario rules of the law, by the figure's key; for `load_law`."""
        return {
            key: Ruling(key, freeze(ruled.value), ruled.by, ruled.on, ruled.source)
            for key, ruled in self.law.items()
        }

    @property
    def seed(self) -> str:
        """The lottery's seed: the stated one, else SHA-256 over `name` and `on` (hex)."""
        if self.objective.seed is not None:
            return self.objective.seed
        name = unicodedata.normalize("NFC", self.name)
        parts = (name.encode(), self.on.isoformat().encode())
        return hashlib.sha256(b"".join(len(p).to_bytes(4, "big") + p for p in parts)).hexdigest()


def read_settings(folder: Path) -> Settings:
    """Return the settings of a scenario folder.

    Raises `UsageError` where there is no scenario, `InputError` with every fault of its file.
    """
    return parse_settings(read_settings_file(folder))


def read_settings_file(folder: Path) -> bytes:
    """Return `scenario.toml` as it is; raises `UsageError` where there is none."""
    try:
        return (folder / FILE).read_bytes()
    except OSError as fault:
        told = say("There is no {file} in {folder}.", file=FILE, folder=str(folder))
        raise UsageError(told) from fault


def parse_settings(content: bytes) -> Settings:
    """Return the settings that the bytes of `scenario.toml` state; raises `InputError`."""
    try:
        stated = tomllib.loads(content.decode("utf-8-sig"))
    except UnicodeDecodeError as fault:
        raise _refusal([_issue("", "", say("the file is not UTF-8 text"))]) from fault
    except (ValueError, RecursionError) as fault:
        raise _refusal([_issue("", "", say("not TOML: {fault}", fault=str(fault)))]) from fault
    misruled = _misruled(stated.get("law"))
    try:
        settings = Settings.model_validate(stated)
    except ValidationError as fault:
        raise _refusal([*map(_told, fault.errors()), *misruled]) from fault
    if misruled:
        raise _refusal(misruled)
    return settings


def declare(settings: Settings, declared: Read | None) -> Settings:
    """Return the settings with what was declared at the command line put over their `[read]`."""
    if declared is None:
        return settings
    stated = {**settings.read.model_dump(), **declared.model_dump(exclude_defaults=True)}
    return settings.model_copy(update={"read": Read(**stated)})


def _misruled(stated: object) -> list[Issue]:
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
            issues.append(_issue(where, "", say("unknown key"), known))
        else:
            issues.append(_issue(where, _shown(values[fault.key]), fault.expected))
    return issues


def _told(error: Any) -> Issue:
    where = ".".join(str(part) for part in error["loc"])
    value = _shown(error["input"])
    match error["type"]:
        case "extra_forbidden":
            keys = _fields(error["loc"][:-1])
            if error["loc"][-1] in LATER:
                return _issue(where, "", Phrase(FAULTS["not_kept"].message, {"name": where}))
            mend = did_you_mean(str(error["loc"][-1]), keys)
            return _issue(
                where,
                "",
                say("unknown key"),
                mend or say("known here: {keys}", keys=tuple(sorted(keys))),
            )
        case "missing":
            return _issue(where, "", say("the key is missing"), say("write it"))
        case "literal_error":
            return _issue(where, value, say("one of: {words}", words=error["ctx"]["expected"]))
        case _:
            facts: dict[str, Fact] = {
                name: str(fact) for name, fact in error.get("ctx", {}).items()
            }
            known = FAULTS.get(error["type"])
            if known:
                return _issue(where, value, Phrase(known.message, facts))
            return _issue(where, value, say("not a value of this key: {fault}", fault=error["msg"]))


def _shown(value: object) -> str:
    if isinstance(value, list | tuple):
        return ", ".join(map(str, value))
    return "" if isinstance(value, dict) else str(value)


def _seen(text: str) -> str:
    """Return a text of one line of visible characters; a fault where it is not one."""
    if any(is_unseen(letter) or letter in "\t\n\r" for letter in text) or not text.strip():
        raise _fault("name_unseen")
    return text


def _fault(kind: str, **facts: str | int) -> PydanticCustomError:
    """Return the fault of a value, told by `FAULTS`."""
    return PydanticCustomError(kind, "fault", facts)


def _fields(path: tuple[str | int, ...]) -> set[str]:
    if path[:1] == ("law",):
        return set(Ruled.model_fields)
    part: type[BaseModel] = Settings
    for key in path:
        kind = part.model_fields[str(key)].annotation
        assert isinstance(kind, type)
        part = kind
    return set(part.model_fields)


def _issue(where: str, value: str, reason: Phrase, mend: Phrase | None = None) -> Issue:
    return Issue("SETTINGS", FILE, 0, where, value, reason, mend)


def _refusal(issues: list[Issue]) -> InputError:
    return InputError(say("The scenario has faults."), tuple(issues))
