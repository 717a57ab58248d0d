"""Anybody's plan: a table of people and the job orders they are proposed for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from matcher.check import cells
from matcher.check.sheet import Sheet
from matcher.errors import InputError, Issue
from matcher.forms import load_form
from matcher.language import say
from matcher.problem import Flags, Numbers, Problem
from matcher.read import Reader


@dataclass(frozen=True)
class Stated:
    """A plan as it is stated: by candidate the opening (-1: none), whether the plan names the
    candidate at all, and what there is to tell of the file."""

    file: str
    opening: Numbers
    named: Flags
    notes: tuple[Issue, ...]


def read_stated(path: Path, problem: Problem) -> Stated:
    """Return the plan in a file with the columns of the table `earlier` (a batch's placements.csv
    among them), for the people and job orders of a problem; people it does not name have no place.

    Raises `InputError` with every fault: people or job orders that are not in the problem, people
    that stand in rows that differ, cells that are no ids.
    """
    options = problem.settings.read
    table = Reader(path.parent, options).table("earlier", (path.name,))
    sheet = Sheet(table, load_form("earlier"), options)
    people = sheet.values(
        "candidate_id",
        cells.known_id(problem.candidate_ids, say("candidate")),
        "",
        required=True,
    )
    sheet.check_ids("candidate_id", people)
    openings = sheet.values("opening_id", cells.known_id(problem.opening_ids, say("job order")), "")
    issues = tuple(sorted(sheet.issues, key=lambda issue: issue.place))
    if any(issue.severity == "error" for issue in issues):
        raise InputError(
            say("The plan has faults; nothing was judged."), issues, tuple(sheet.tallies)
        )
    person_at = {name: at for at, name in enumerate(problem.candidate_ids)}
    opening_at = {name: at for at, name in enumerate(problem.opening_ids)} | {"": -1}
    opening = np.full(len(person_at), -1, np.int64)
    named = np.zeros(len(person_at), bool)
    for row in sheet.accepted:
        person = person_at[people[row]]
        opening[person], named[person] = opening_at[openings[row]], True
    return Stated(path.name, opening, named, issues)
