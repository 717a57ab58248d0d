"""The limits of `scenario.toml`, three kinds of `[[limits]]` tables: floors and ceilings on
proposals by a grouping, a budget, two people together or apart."""

from __future__ import annotations

import unicodedata
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, ValidationInfo, field_validator, model_validator

from matcher.settings.faults import seen, value_fault
from matcher.settings.parts import Part

CLASS_SIZE = "class_size"
MOST_PEOPLE, MOST_RUPIAH = 10**7, 10**15
# The groupings whose ceilings openings can keep by choosing (mode "stable").
CHOSEN = ("host", "prefecture", "job_group", "job_category", "entry_month")
Count = Annotated[int, Field(ge=0, le=MOST_PEOPLE)]
Names = str | tuple[str, ...]


def limit_key(entry: int) -> str:
    """Return how the limit at a place (from 0) is called; people count from 1."""
    return f"limits.{entry + 1}"


class _Limit(Part):
    """What every kind has; `reason` is for the record."""

    reason: Annotated[str, Field(max_length=500)] = ""

    @field_validator("reason")
    @classmethod
    def _visible(cls, text: str) -> str:
        return seen(text) if text else text


class Grouping(_Limit):
    """At least `min` and at most `max` proposals with each group that `of` names (None: with every
    group of the grouping `by` itself); `max` may be the schools' class sizes."""

    by: Literal[
        "centre",
        "province",
        "school",
        "job_group",
        "job_category",
        "host",
        "prefecture",
        "entry_month",
    ]
    of: Names | None = None
    min: Count | None = None
    max: int | Literal["class_size"] | None = None

    @field_validator("of", mode="before")
    @classmethod
    def _several(cls, of: object) -> object:
        if of is None or isinstance(of, str):
            return None if of is None else seen(of)
        if not isinstance(of, list) or not all(isinstance(name, str) for name in of):
            raise value_fault("limit_names")
        if not of or len(set(of)) != len(of):
            raise value_fault("limit_names")
        return tuple(map(seen, of))

    @field_validator("max", mode="before")
    @classmethod
    def _most(cls, most: object, given: ValidationInfo) -> object:
        if most == CLASS_SIZE:
            if given.data.get("by", "school") != "school":
                raise value_fault("class_size_by")
        elif isinstance(most, bool) or not isinstance(most, int) or not 0 <= most <= MOST_PEOPLE:
            raise value_fault("limit_max")
        elif most < (least := given.data.get("min") or 0):
            raise value_fault("limit_crossed", least=least, most=most)
        return most

    @model_validator(mode="after")
    def _some(self) -> Grouping:
        if self.min is None and self.max is None:
            raise value_fault("limit_empty")
        return self

    @property
    def named(self) -> tuple[str, ...] | None:
        """The groups that are named, None for every group."""
        return (self.of,) if isinstance(self.of, str) else self.of


class Budget(_Limit):
    """At most `budget` rupiah for the sum of a column over all proposals."""

    budget: Annotated[int, Field(ge=0, le=MOST_RUPIAH)]
    sum: Literal["cost_to_candidate", "paid", "kemnaker", "school", "joe", "host", "person"]


class Companions(_Limit):
    """Two people proposed at the same place or both not at all, or never at the same place."""

    together: tuple[str, str] | None = None
    apart: tuple[str, str] | None = None
    at: Literal["opening", "host", "prefecture"] = "host"

    @field_validator("together", "apart", mode="before")
    @classmethod
    def _two(cls, ids: object) -> object:
        if not isinstance(ids, list) or len(ids) != 2:
            raise value_fault("two_ids")
        two = tuple(
            unicodedata.normalize("NFC", name).strip() if isinstance(name, str) else name
            for name in ids
        )
        if two[0] == two[1]:
            raise value_fault("id_twice")
        return two

    @field_validator("apart")
    @classmethod
    def _either(cls, ids: tuple[str, str] | None, given: ValidationInfo) -> object:
        if given.data.get("together") is not None:
            raise value_fault("both_ways")
        return ids

    @property
    def people(self) -> tuple[str, str]:
        """The ids of the two."""
        two = self.together or self.apart
        assert two is not None  # one of the keys is what makes it a limit of this kind
        return two


KINDS: dict[str, type[_Limit]] = {"group": Grouping, "budget": Budget, "two": Companions}


def _kind(stated: object) -> str | None:
    """Return what kind of limit a table states, by the keys that only one kind has."""
    if isinstance(stated, _Limit):  # when settings are written out again
        return next(name for name, kind in KINDS.items() if isinstance(stated, kind))
    keys = set(stated) if isinstance(stated, dict) else set()
    if keys & {"together", "apart"}:
        return "two"
    if keys & {"budget", "sum"}:
        return "budget"
    return "group" if keys & {"by", "of", "min", "max"} else None


Limit = Annotated[
    Annotated[Grouping, Tag("group")]
    | Annotated[Budget, Tag("budget")]
    | Annotated[Companions, Tag("two")],
    Discriminator(_kind, custom_error_type="limit_kind", custom_error_message="fault"),
]
