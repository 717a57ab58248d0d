"""Where the tables of a scenario stand and how their files are read: `[files]` and `[read]`."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator

from matcher.settings.faults import value_fault
from matcher.settings.parts import Part

FILE = "scenario.toml"
Paths = str | tuple[str, ...]


class Files(Part):
    """The tables of the scenario, as paths beside `scenario.toml`: one or several files each, a
    sheet of a workbook behind `#` (`pesanan.xlsx#Lowongan`)."""

    candidates: Paths = "candidates.csv"
    openings: Paths = "openings.csv"
    hosts: Paths | None = None
    establishments: Paths | None = None
    supervisors: Paths | None = None
    schools: Paths | None = None
    decisions: Paths | None = None
    earlier: Paths | None = None
    outcomes: Paths | None = None
    objections: Paths | None = None
    demand: Paths | None = None
    scores: Paths | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _several(cls, paths: object) -> object:
        if not isinstance(paths, list):
            return paths
        if not paths or len(set(map(str, paths))) != len(paths):
            raise value_fault("paths")
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


class Read(Part):
    """What an office declares about its files, where they do not say it themselves.

    `columns` maps the office's own headers to our columns ("" to leave one out).
    """

    date_order: Literal["dmy", "mdy", "ymd", "serial"] | None = None
    number_style: Literal["id", "en"] | None = None
    encoding: Literal["utf-8", "utf-16", "utf-16-le", "utf-16-be", "cp932", "cp1252"] | None = None
    sheet: str | None = None
    hidden: Literal["include", "skip"] | None = None
    columns: dict[str, str] = Field(default_factory=dict)
