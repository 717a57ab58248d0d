"""Tables of text in memory, and the problem they state, through the real reading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from matcher.check import build_problem
from matcher.problem import Problem
from matcher.read import Table
from matcher.settings import Settings
from matcher.vocabulary import load_vocabulary

Row = Mapping[str, str]
CANDIDATE = {
    "candidate_id": "",
    "birth_date": "2001-05-01",
    "programme": "las-pelat-gmaw-3g",
    "training_end": "2022-10-01",
    "training_result": "lulus",
    "japanese_level": "N5",
    "former_trainee": "tidak",
    "medical": "fit",
}
OPENING = {
    "opening_id": "",
    "host_id": "H1",
    "operation_no": "7-7-2",
    "seats": "1",
    "prefecture": "Aichi",
    "entry_from": "2023-04-01",
    "entry_to": "2023-04-30",
}
DECISION = {"action": "", "candidate_id": "", "opening_id": "", "reason": "r", "by": "b"}
DECISION["on"] = "2022-12-01"


def person(name: str, **cells: str) -> dict[str, str]:
    """Return a welder's row who passes every rule at `order`, with some cells changed."""
    return {**CANDIDATE, "candidate_id": name, **cells}


def order(name: str, **cells: str) -> dict[str, str]:
    """Return a welding order's row, with some cells changed."""
    return {**OPENING, "opening_id": name, **cells}


def decision(action: str, candidate: str = "", opening: str = "") -> dict[str, str]:
    """Return a row of the decisions' table."""
    return {**DECISION, "action": action, "candidate_id": candidate, "opening_id": opening}


def problem_of(
    people: Sequence[Row],
    orders: Sequence[Row],
    decisions: Sequence[Row] = (),
    **settings: Any,
) -> Problem:
    """Return the problem that the rows state."""
    stated = {"name": "w", "on": "2022-12-12", "objective": {"seed": "s"}, **settings}
    tables = {"candidates": people, "openings": orders}
    if decisions:
        tables["decisions"] = decisions
    return build_problem(
        {name: _table(name, rows) for name, rows in tables.items()},
        Settings.model_validate(stated, strict=False),
        load_vocabulary(),
    )


def _table(name: str, rows: Sequence[Row]) -> Table:
    columns = sorted({column for row in rows for column in row})
    frame = pd.DataFrame([[row.get(c, "") for c in columns] for row in rows], dtype=object)
    frame = frame.set_axis(columns, axis="columns") if rows else pd.DataFrame()
    lines = tuple(range(2, len(rows) + 2))
    return Table(name, f"{name}.csv", frame, lines, len(rows), 0, 0, ())
