"""A scenario or a batch, whichever a folder holds, opened for a command."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from matcher.cli.options import DECLARED, progress_shown, read_options

if TYPE_CHECKING:
    from matcher.fit import Facts
    from matcher.pipeline import Result
    from matcher.problem import Problem
    from matcher.score import Scores
    from matcher.screen import Screening

    Weighed = tuple[Problem, Facts, Screening, Scores]

Stated = dict[str, str | None]


def open_result(folder: Path, stated: Stated) -> Result:
    """Return the result of a scenario, read as `stated` (see `options.declared`), or the one that
    a batch holds; raises `UsageError` where a batch is to be read otherwise than it was."""
    from matcher.batch import open_batch, run_scenario

    if _is_batch(folder, stated):
        return open_batch(folder)
    with progress_shown() as progress:
        return run_scenario(folder, declared=read_options(stated), progress=progress)


def open_weighed(folder: Path, stated: Stated) -> Weighed:
    """Return the problem of a scenario or a batch with its facts, pairs and scores: what
    `open_result` has, without a plan made for a scenario."""
    from matcher.batch import open_batch
    from matcher.check import open_scenario
    from matcher.pipeline import weigh

    if _is_batch(folder, stated):
        result = open_batch(folder)
        return result.problem, result.facts, result.screening, result.scores
    with progress_shown() as progress:
        problem = open_scenario(folder, declared=read_options(stated), progress=progress)
    return weigh(problem)


def _is_batch(folder: Path, stated: Stated) -> bool:
    from matcher.batch import MANIFEST
    from matcher.errors import UsageError
    from matcher.language import say

    if not (folder / MANIFEST).is_file():
        return False
    options = tuple(f"--{name.replace('_', '-')}" for name in DECLARED if stated.get(name))
    if options:
        told = say("A batch is read as it was written, without {options}.", options=options)
        raise UsageError(told)
    return True
