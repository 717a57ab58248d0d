"""The vocabulary of the field: job types, skills, SKKNI units, BLK programmes and their ties.

The tables are package data (`tables/*.csv`), read when first asked for. Which of them are
confirmed and which are judgement is said in their `source`, `status` and `note` columns.
"""

from __future__ import annotations

import csv
import hashlib
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from matcher.language import Name

if TYPE_CHECKING:
    from matcher.vocabulary.skills import SkillGraph

TABLES = Path(__file__).parent / "tables"
ESSENTIAL = 1000
CARE = "7-13-1"
PORK_CATEGORIES = ("4-6",)
PORK_OPERATIONS = ("1-2-1", "4-7-1")


@dataclass(frozen=True)
class JobType:
    """One official operation (作業) of a job category (職種); `stage` is the highest it reaches."""

    operation_no: str
    category_no: str
    group: str
    category: Name
    operation: Name
    stage: str
    esd_fields: tuple[str, ...]
    source: str

    @property
    def handles_pork(self) -> bool:
        """Whether the work may involve pigs (asked of everybody, never inferred)."""
        return self.operation_no in PORK_OPERATIONS or self.category_no in PORK_CATEGORIES


@dataclass(frozen=True)
class Skill:
    """A node of the skills graph; `parents` are the kinds it is a kind of."""

    skill_id: str
    name: Name
    parents: tuple[str, ...]
    kind: str


@dataclass(frozen=True)
class Programme:
    """A BLK training programme; `hours_jp` counts lesson hours (JP), not clock hours."""

    programme_id: str
    name: str
    kejuruan: str
    sub_kejuruan: str
    hours_jp: int | None
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Unit:
    """A unit of competence of the Indonesian standard SKKNI."""

    unit_code: str
    title: Name
    trade: str


@dataclass(frozen=True)
class Province:
    """A province of Indonesia; `code` is the ministry's, with which a NIK begins."""

    code: str
    name: str
    aliases: tuple[str, ...]


@dataclass(frozen=True)
class Need:
    """What a job type needs of a starting trainee; `importance` per mille, `level` 1..3."""

    skill_id: str
    importance: int
    level: int


class Vocabulary:
    """All tables; each is read when first asked for."""

    @cached_property
    def version(self) -> str:
        """SHA-256 over all tables, names included."""
        digest = hashlib.sha256()
        for table in sorted(TABLES.glob("*.csv")):
            digest.update(table.name.encode() + b"\0" + table.read_bytes())
        return digest.hexdigest()

    @cached_property
    def job_types(self) -> dict[str, JobType]:
        """The official job types by `operation_no`."""
        return {
            row["operation_no"]: JobType(
                row["operation_no"],
                row["category_no"],
                row["group"],
                Name(row["job_category_id"], row["job_category_ja"], row["job_category_en"]),
                Name(row["operation_name_id"], row["operation_ja"], row["operation_en"]),
                row["stage"],
                _split(row["esd_field"]),
                row["source"],
            )
            for row in _rows("job_types")
        }

    @cached_property
    def job_type_skills(self) -> dict[str, tuple[Need, ...]]:
        """What each operation needs, by `operation_no`."""
        needs: dict[str, list[Need]] = defaultdict(list)
        for row in _rows("job_type_skills"):
            importance = round(float(row["importance"]) * 1000)
            needs[row["operation_no"]].append(Need(row["skill_id"], importance, int(row["level"])))
        return {operation: tuple(listed) for operation, listed in needs.items()}

    @cached_property
    def skills(self) -> dict[str, Skill]:
        """The skills by `skill_id`."""
        return {
            row["skill_id"]: Skill(
                row["skill_id"],
                Name(row["name_id"], row["name_ja"], row["name_en"]),
                _split(row["parents"]),
                row["kind"],
            )
            for row in _rows("skills")
        }

    @cached_property
    def graph(self) -> SkillGraph:
        """The skills as a graph: which is a kind of which, and how near two are."""
        from matcher.vocabulary.skills import SkillGraph

        return SkillGraph({skill.skill_id: skill.parents for skill in self.skills.values()})

    @cached_property
    def units(self) -> dict[str, Unit]:
        """The SKKNI units by `unit_code`."""
        return {
            row["unit_code"]: Unit(
                row["unit_code"],
                Name(row["title_id"], row["title_en"], row["title_en"]),
                row["trade"],
            )
            for row in _rows("units")
        }

    @cached_property
    def unit_skills(self) -> dict[str, tuple[str, ...]]:
        """Which skills a unit evidences, by `unit_code`."""
        skills: dict[str, list[str]] = defaultdict(list)
        for row in _rows("skill_units"):
            skills[row["unit_code"]].append(row["skill_id"])
        return {unit: tuple(listed) for unit, listed in skills.items()}

    @cached_property
    def programmes(self) -> dict[str, Programme]:
        """The BLK programmes by `programme_id`."""
        return {
            row["programme_id"]: Programme(
                row["programme_id"],
                row["programme"],
                row["kejuruan"],
                row["sub_kejuruan"],
                int(row["hours_jp"]) if row["hours_jp"] else None,
                _split(row["aliases"]),
            )
            for row in _rows("programmes")
        }

    @cached_property
    def programme_skills(self) -> dict[str, dict[str, int]]:
        """The level (1..3) of each skill that a programme gives, by `programme_id`."""
        levels: dict[str, dict[str, int]] = defaultdict(dict)
        for row in _rows("programme_skills"):
            levels[row["programme_id"]][row["skill_id"]] = int(row["level"])
        return dict(levels)

    @cached_property
    def common_skills(self) -> dict[str, int]:
        """The level of each skill that every BLK programme gives besides its own."""
        return {row["skill_id"]: int(row["level"]) for row in _rows("common_skills")}

    @cached_property
    def crosswalk(self) -> dict[tuple[str, str], int]:
        """An expert's tie of programme and operation, per mille; a second opinion, not used
        in any score."""
        return {
            (row["programme_id"], row["operation_no"]): round(float(row["strength"]) * 1000)
            for row in _rows("crosswalk")
        }

    @cached_property
    def prefectures(self) -> dict[str, Name]:
        """The 47 prefectures by their English name."""
        return {
            row["prefecture"]: Name(row["prefecture"], row["name_ja"], row["prefecture"])
            for row in _rows("prefectures")
        }

    @cached_property
    def prefecture_aliases(self) -> dict[str, tuple[str, ...]]:
        """Other romanisations of the prefectures, by their English name."""
        return {row["prefecture"]: _split(row["aliases"]) for row in _rows("prefectures")}

    @cached_property
    def provinces(self) -> dict[str, Province]:
        """The 38 provinces by their code."""
        return {
            row["code"]: Province(row["code"], row["name"], _split(row["aliases"]))
            for row in _rows("provinces")
        }


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """Return the vocabulary that comes with the package."""
    return Vocabulary()


def _rows(table: str) -> Iterator[dict[str, str]]:
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, strict=True)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in cell.split(";") if part.strip())
