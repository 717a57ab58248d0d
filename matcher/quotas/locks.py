"""Seats that are somebody's already, by decision or by outcome, and those of them that a quota no
longer allows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.errors import Issue
from matcher.language import Phrase, say
from matcher.personal import mask_numbers
from matcher.problem import Problem
from matcher.problem.outcomes import LOCKED, current_steps
from matcher.quotas.caps import Quotas

MEND = say("take the row out, or correct what the table of hosts says")
MEND_SEATS = say("take the row out, or correct the seats of the job order")
MEND_OUTCOME = say("record what became of it, or correct the fact")


@dataclass(frozen=True)
class Cell:
    """Where a seat is recorded as somebody's; `decided`: by decision, else by outcome."""

    file: str
    sheet: str
    line: int
    column: str
    value: str
    decided: bool

    def issue(self, code: str, reason: Phrase, mend: Phrase) -> Issue:
        """Return an error at the cell; what an outcome records is not mended as a decision is."""
        told = mend if self.decided else MEND_OUTCOME
        return Issue(code, self.file, self.line, self.column, self.value, reason, told, self.sheet)


def lock_cells(problem: Problem) -> dict[int, Cell]:
    """Return where the seat of each locked candidate is recorded: in the outcomes, else in the
    decisions; not of reserves called up."""
    steps = current_steps(problem.outcomes)
    placed = {(d.candidate_id, d.opening_id): d for d in problem.decisions if d.action == "place"}
    cells = {}
    for person in np.flatnonzero(problem.locked >= 0).tolist():
        place = int(problem.locked[person])
        step = steps.get((person, place))
        decision = placed.get((problem.candidate_ids[person], problem.opening_ids[place]))
        if step is not None and step.state in LOCKED:
            where = (step.file, step.sheet, step.line)
            cells[person] = Cell(*where, "state", step.state, decided=False)
        elif decision is not None:
            where = (decision.file, decision.sheet, decision.line)
            cells[person] = Cell(*where, "action", decision.action, decided=True)
    return cells


def find_capped_locks(problem: Problem, quotas: Quotas) -> tuple[Issue, ...]:
    """Return an error for each seat on record beyond those of the job order, or under a cap that
    holds fewer than are recorded there."""
    cells = lock_cells(problem)
    issues = _crowded(problem, cells)
    for cap in quotas.caps:
        people = [person for person in cells if int(problem.locked[person]) in cap.openings]
        if cap.ceiling is None or len(people) <= cap.ceiling:
            continue
        for person in people:
            reason = say(
                "{person} cannot be set at {opening}: {n} are set under the quota {cap}"
                " ({arithmetic})",
                person=mask_numbers(problem.candidate_ids[person]),
                opening=mask_numbers(problem.opening_ids[problem.locked[person]]),
                n=len(people),
                cap=mask_numbers(cap.name),
                arithmetic=cap.arithmetic,
            )
            issues.append(cells[person].issue("LOCK_CAPPED", reason, MEND))
    return tuple(issues)


def _crowded(problem: Problem, cells: dict[int, Cell]) -> list[Issue]:
    """Return an error for each seat on record at a job order that has fewer."""
    taken = np.bincount(problem.locked[list(cells)], minlength=len(problem.openings))
    return [
        cell.issue(
            "LOCK",
            say(
                "{person} cannot be set at {opening}: it has {seats} seats, and {n} people are"
                " recorded there",
                person=mask_numbers(problem.candidate_ids[person]),
                opening=mask_numbers(problem.opening_ids[problem.locked[person]]),
                seats=int(problem.openings.seats[problem.locked[person]]),
                n=int(taken[problem.locked[person]]),
            ),
            MEND_SEATS,
        )
        for person, cell in cells.items()
        if taken[problem.locked[person]] > problem.openings.seats[problem.locked[person]]
    ]
