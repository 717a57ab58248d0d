"""What the office chooses: `scenario.toml`, checked whole before anything is read."""

from __future__ import annotations

import hashlib
import tomllib
import unicodedata
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, ValidationError, ValidationInfo, field_validator, model_validator

from matcher.errors import UsageError
from matcher.language import say
from matcher.law import Ruling, freeze
from matcher.settings.faults import seen, value_fault
from matcher.settings.files import FILE, Files, Read, split_path
from matcher.settings.limits import CLASS_SIZE, Budget, Companions, Grouping, Limit, limit_key
from matcher.settings.parts import (
    CRITERIA,
    MOST_GIVEN,
    MOST_OWN,
    Costs,
    GivenScores,
    Objections,
    Objective,
    Part,
    Promises,
    Ruled,
    Shortlist,
    Unknown,
    Weights,
)
from matcher.settings.telling import find_misruled, find_unstable, issue, refusal, tell_fault

__all__ = [
    "CLASS_SIZE",
    "CRITERIA",
    "FILE",
    "MOST_GIVEN",
    "Budget",
    "Companions",
    "Costs",
    "Files",
    "GivenScores",
    "Grouping",
    "Limit",
    "Objections",
    "Objective",
    "Promises",
    "Read",
    "Ruled",
    "Settings",
    "Shortlist",
    "Unknown",
    "Weights",
    "declare",
    "issue",
    "limit_key",
    "parse_settings",
    "read_settings",
    "read_settings_file",
    "split_path",
]


FIRST_ON, LAST_ON = date(1990, 1, 1), date(2199, 12, 31)


class Settings(Part):
    """A scenario's choices; `on` is the day from which ages, waiting and recency count."""

    name: Annotated[str, Field(min_length=1, max_length=80)]
    on: Annotated[date, Field(ge=FIRST_ON, le=LAST_ON)]
    language: Literal["id", "ja", "en"] = "en"
    entry: tuple[date, date] | None = None
    files: Files = Files()
    weights: Weights = Weights()
    objective: Objective = Objective()
    limits: tuple[Limit, ...] = ()
    unknown: Unknown = Unknown()
    costs: Costs = Costs()
    promises: Promises = Promises()
    law: dict[str, Ruled] = Field(default_factory=dict)
    shortlist: Shortlist = Shortlist()
    scores: GivenScores = GivenScores()
    objections: Objections = Objections()
    read: Read = Read()
    job_types: dict[str, str] = Field(default_factory=dict)

    @field_validator("name")
    @classmethod
    def _visible(cls, name: str) -> str:
        return seen(name)

    @field_validator("entry", mode="before")
    @classmethod
    def _window(cls, entry: object) -> object:
        if not isinstance(entry, list) or len(entry) != 2:
            raise value_fault("window_form")
        return tuple(entry)

    @field_validator("limits", mode="before")
    @classmethod
    def _several(cls, limits: object) -> object:
        if isinstance(limits, dict):
            raise value_fault("limits_form")
        return tuple(limits) if isinstance(limits, list) else limits

    @field_validator("law")
    @classmethod
    def _ruled(cls, law: dict[str, Ruled], given: ValidationInfo) -> dict[str, Ruled]:
        today = given.data.get("on")
        if today is not None and any(ruled.on > today for ruled in law.values()):
            raise value_fault("ruled_late")
        return law

    @model_validator(mode="after")
    def _within(self) -> Settings:
        limits = (self.objective.min_score, self.objective.unplaced_worth)
        if self.files.scores is None and max(limits) > MOST_OWN:
            raise value_fault("own_scores", most=MOST_OWN)
        return self

    @model_validator(mode="after")
    def _forwards(self) -> Settings:
        if self.entry is not None and self.entry[0] > self.entry[1]:
            raise value_fault("window_crossed")
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
        raise refusal([issue("", "", say("the file is not UTF-8 text"))]) from fault
    except (ValueError, RecursionError) as fault:
        raise refusal([issue("", "", say("not TOML: {fault}", fault=str(fault)))]) from fault
    misruled = find_misruled(stated.get("law"))
    try:
        settings = Settings.model_validate(stated)
    except ValidationError as fault:
        told = [tell_fault(error, Settings) for error in fault.errors()]
        raise refusal([*told, *misruled]) from fault
    told = [*misruled, *find_unstable(settings.objective, settings.limits)]
    if told:
        raise refusal(told)
    return settings


def declare(settings: Settings, declared: Read | None) -> Settings:
    """Return the settings with what was declared at the command line put over their `[read]`."""
    if declared is None:
        return settings
    stated = {**settings.read.model_dump(), **declared.model_dump(exclude_defaults=True)}
    return settings.model_copy(update={"read": Read(**stated)})
