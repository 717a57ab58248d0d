"""The tables of `scenario.toml`, one class each: weights, objective, what an unknown counts as,
costs, promises, rulings of the law, interview lists, given scores and objections. Each checks its
own values; files and limits stand apart."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from matcher.settings.faults import seen, value_fault

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
# The greatest score of our own, and the greatest that may be given.
MOST_OWN, MOST_GIVEN = 10**6, 10**9
HostColumn = Literal[
    "name",
    "programme",
    "centre",
    "training_end",
    "japanese_level",
    "certificates",
    "experience",
    "available_from",
]
HOST_COLUMNS: tuple[HostColumn, ...] = (
    *("name", "programme", "centre", "training_end", "japanese_level", "certificates"),
)


class Part(BaseModel):
    """A table of the file: its keys are known, their types exact, and it never changes."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Weights(Part):
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
            raise value_fault("weights_sum", total=total)
        return self


class Objective(Part):
    """What "best" means: names in order, first things first; `lottery` is always last. `min_score`
    and `unplaced_worth` are scores: whole millionths, or as they are given. With `mode` "stable"
    people and openings choose instead, and no order is stated."""

    order: tuple[Literal["placements", "score", "worst", "keep", "lottery"], ...] = (
        "placements",
        "score",
    )
    mode: Literal["stable"] | None = None
    seed: Annotated[str, Field(max_length=200)] | None = None
    min_score: Annotated[int, Field(ge=0, le=MOST_GIVEN)] = 0
    min_skill_fit: PerMille = 400
    unplaced_worth: Annotated[int, Field(ge=0, le=MOST_GIVEN)] = 0

    @field_validator("seed", mode="before")
    @classmethod
    def _text(cls, seed: object) -> object:
        if isinstance(seed, int) and not isinstance(seed, bool):
            return str(seed)
        return seen(unicodedata.normalize("NFC", seed)) if isinstance(seed, str) else seed

    @field_validator("order", mode="before")
    @classmethod
    def _names(cls, order: object) -> object:
        if not isinstance(order, list):
            return order
        if len(set(map(str, order))) != len(order):
            raise value_fault("name_twice")
        if "lottery" in order[:-1]:
            raise value_fault("lottery_last")
        return tuple(name for name in order if name != "lottery")

    @field_validator("order")
    @classmethod
    def _some(cls, order: tuple[str, ...]) -> tuple[str, ...]:
        if not order:
            raise value_fault("no_name")
        return order

    @model_validator(mode="after")
    def _one_aim(self) -> Objective:
        if self.mode is not None and "order" in self.model_fields_set:
            raise value_fault("mode_order", mode=self.mode)
        return self


class Unknown(Part):
    """Which end of an unknown the plan is scored on, by criterion."""

    skill_fit: End = "low"
    extra_needs: End = "low"
    training: End = "low"
    language: End = "low"
    readiness: End = "low"
    wishes: End = "low"
    waiting: End = "low"
    cost: End = "low"


class Costs(Part):
    """`cap`: the rupiah at which the cost still to pay scores nothing, and above which an opening
    is refused; `rupiah_per_yen`: the rate
    by which costs are compared with pay, the book's (`esd_rupiah_per_yen`) if not stated."""

    cap: Annotated[int, Field(gt=0, le=10**12)] = 5_000_000
    rupiah_per_yen: Annotated[int, Field(gt=0, le=10**6)] | None = None


class Promises(Part):
    """What the programme claims once for all; `prior_experience`: the agreement that stands for
    everybody's prior experience (T9, first route), in its own words."""

    prior_experience: Annotated[str, Field(min_length=1, max_length=500)] | None = None

    @field_validator("prior_experience")
    @classmethod
    def _visible(cls, text: str | None) -> str | None:
        return None if text is None else seen(text)


class Ruled(Part):
    """A figure of the book of rules (`matcher rules`) confirmed, or overridden by `value`."""

    value: Any = None
    by: Annotated[str, Field(min_length=1, max_length=200)]
    on: date
    source: Annotated[str, Field(max_length=500)] = ""

    @field_validator("by", "source")
    @classmethod
    def _visible(cls, text: str) -> str:
        return seen(text) if text else text


class Shortlist(Part):
    """How many are interviewed: per seat and besides, unless an order states its own ratio; on how
    many lists a person stands at least, if it can be, and at most. `host_columns` are what a host
    is shown of a person besides number and fit, as agreed with the hosts."""

    per_seat: Annotated[int, Field(ge=1, le=20)] = 2
    plus: Annotated[int, Field(ge=0, le=100)] = 1
    load_min: Annotated[int, Field(ge=0, le=50)] = 1
    load_max: Annotated[int, Field(ge=1, le=50)] = 3
    host_columns: tuple[HostColumn, ...] = HOST_COLUMNS

    @field_validator("host_columns", mode="before")
    @classmethod
    def _columns(cls, columns: object) -> object:
        if not isinstance(columns, list):
            return columns
        if len(set(map(str, columns))) != len(columns):
            raise value_fault("name_twice")
        return tuple(columns)

    @model_validator(mode="after")
    def _within(self) -> Shortlist:
        if self.load_min > self.load_max:
            raise value_fault("loads_crossed", least=self.load_min, most=self.load_max)
        return self


class GivenScores(Part):
    """What goes with the table of given scores: whether our own rules screen the pairs too."""

    rules: bool = True


class Objections(Part):
    """Within how many days an objection is to be answered."""

    days: Annotated[int, Field(ge=1, le=365)] = 14
