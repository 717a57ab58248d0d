"""A problem made again from tables as a batch keeps them, some of them changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from matcher.check import build_problem
from matcher.check.words import settled_notes
from matcher.problem import Problem
from matcher.read import FROZEN, read_tables
from matcher.settings import FILE, Settings
from matcher.vocabulary import load_vocabulary


def reopen(problem: Problem, tables: Mapping[str, bytes], settings: Settings) -> Problem:
    """Return the problem that `tables` (by file name, as in `Problem.inputs`; `scenario.toml` is
    left aside) state under `settings`; with its own inputs and settings it is `problem` again.

    Raises `InputError` with every fault, by the file's name in a batch.
    """
    names = {name.removesuffix(".csv") for name in tables if name != FILE}
    stated = {name: f"{name}.csv" for name in sorted(names)}
    files = settings.files.model_copy(update=stated)
    reading = settings.model_copy(update={"read": FROZEN, "job_types": {}, "files": files})
    with TemporaryDirectory(prefix="matcher-") as place:
        for name, content in tables.items():
            (Path(place) / name).write_bytes(content)
        read = read_tables(Path(place), reading, frozen=True)
    made = build_problem(read, reading, load_vocabulary())
    return replace(
        made,
        settings=settings.model_copy(update={"files": files}),
        notes=(*settled_notes(settings), *made.notes),
        inputs={**_settings_of(problem), **made.inputs},
        left_out=problem.left_out,
    )


def _settings_of(problem: Problem) -> dict[str, bytes]:
    return {FILE: problem.inputs[FILE]} if FILE in problem.inputs else {}
