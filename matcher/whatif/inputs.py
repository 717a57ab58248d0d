"""What is asked, written into the tables that a batch keeps and into its settings.

A decision's row is written for what an officer would decide. What is asked goes beside what is on
record and never over it: where the two contradict each other that is told. But whoever withdraws
leaves what was theirs: the `place` rows of the person, or at the job order, are taken out, and a
seat that the outcomes record as the person's ends with `declined`, as it would be recorded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from matcher.errors import UsageError
from matcher.language import say
from matcher.problem import Problem
from matcher.problem.outcomes import LOCKED, current_steps
from matcher.settings import CRITERIA, Settings, Weights
from matcher.whatif.scaling import WHOLE, share_out
from matcher.whatif.tables import Row, read_rows, write_rows
from matcher.whatif.words import (
    CHANGE_SEATS,
    SET_WEIGHT,
    WAIVE_RULE,
    WITHDRAW,
    Override,
    check_overrides,
)

BY = "what if"
DECISIONS, OPENINGS, OUTCOMES = "decisions.csv", "openings.csv", "outcomes.csv"
COLUMNS = ("action", "candidate_id", "opening_id", "reason", "by", "on")
ENDED = {"state": "declined", "reason_code": "leaves_programme"}


@dataclass
class Changed:
    """Tables by file name, the settings, the override behind each row that was written, by file
    and line, and the seats on record (candidate and opening) that are given up."""

    tables: dict[str, bytes]
    settings: Settings
    rows: dict[tuple[str, int], Override] = field(default_factory=dict)
    given_up: list[tuple[str, str]] = field(default_factory=list)

    def append(
        self, file: str, columns: Sequence[str], rows: Sequence[tuple[Row, Override]]
    ) -> None:
        """Write rows at the end of a table, which need not be there yet."""
        stated, before = read_rows(self.tables.get(file, b""))
        names = list(dict.fromkeys((*stated, *columns)))
        first = write_rows(names, before).count(b"\n") + 1
        self.tables[file] = write_rows(names, [*before, *(row for row, _ in rows)])
        self.rows |= {(file, first + at): override for at, (_, override) in enumerate(rows)}


def change_inputs(problem: Problem, overrides: Sequence[Override]) -> Changed:
    """Return the tables and the settings of a problem with the overrides written into them, for
    `matcher.check.again.reopen`, and what each new row was written for; raises `UsageError` for
    what cannot be asked."""
    check_overrides(problem, overrides)
    weights = _weights(problem.settings.weights, overrides)
    settings = problem.settings.model_copy(update={"weights": weights})
    changed = Changed(dict(problem.inputs), settings)
    _change_seats(changed, problem, overrides)
    _take_out(changed, overrides)
    _end_seats(changed, problem, overrides)
    decided = [one for one in overrides if one.kind not in (CHANGE_SEATS, SET_WEIGHT)]
    if decided:
        rows = [(_decision(problem, one), one) for one in decided]
        changed.append(DECISIONS, COLUMNS, rows)
    return changed


def _decision(problem: Problem, one: Override) -> Row:
    action = f"waive:{one.name}" if one.kind == WAIVE_RULE else one.kind
    day = problem.settings.on.isoformat()
    return dict(zip(COLUMNS, (action, one.candidate_id, one.opening_id, BY, BY, day), strict=True))


def _change_seats(changed: Changed, problem: Problem, overrides: Sequence[Override]) -> None:
    more = {one.opening_id: one.amount for one in overrides if one.kind == CHANGE_SEATS}
    if not more:
        return
    seats = dict(zip(problem.opening_ids, problem.openings.seats.tolist(), strict=True))
    columns, rows = read_rows(changed.tables[OPENINGS])
    for row in rows:
        name = row["opening_id"]
        if name in more:
            row["seats"] = str(seats[name] + more[name])
    changed.tables[OPENINGS] = write_rows(columns, rows)


def _take_out(changed: Changed, overrides: Sequence[Override]) -> None:
    """Take the placements on record out that somebody or a job order withdraws from."""
    people = {one.candidate_id for one in overrides if one.kind == WITHDRAW} - {""}
    openings = {one.opening_id for one in overrides if one.kind == WITHDRAW} - {""}
    if not (people or openings) or DECISIONS not in changed.tables:
        return
    columns, rows = read_rows(changed.tables[DECISIONS])
    kept = []
    for row in rows:
        person, opening = row.get("candidate_id", ""), row.get("opening_id", "")
        if row["action"] == "place" and (person in people or opening in openings):
            changed.given_up.append((person, opening))
        else:
            kept.append(row)
    if len(kept) < len(rows):
        changed.tables[DECISIONS] = write_rows(columns, kept)


def _end_seats(changed: Changed, problem: Problem, overrides: Sequence[Override]) -> None:
    """Record that who withdraws gives up the seat that the outcomes record."""
    leaving = {one.candidate_id: one for one in overrides if one.kind == WITHDRAW}
    rows = []
    for step in current_steps(problem.outcomes).values():
        person, opening = problem.candidate_ids[step.candidate], problem.opening_ids[step.opening]
        if step.state in LOCKED and person in leaving:
            day = problem.settings.on.isoformat()
            row = {"candidate_id": person, "opening_id": opening, "on": day, "by": BY, **ENDED}
            rows.append((row, leaving[person]))
            changed.given_up.append((person, opening))
    if rows:
        changed.append(OUTCOMES, tuple(rows[0][0]), rows)


def _weights(weights: Weights, overrides: Sequence[Override]) -> Weights:
    """Return the weights with those that are set, the others in proportion; see `share_out`."""
    stated = {one.name: one.amount for one in overrides if one.kind == SET_WEIGHT}
    if not stated:
        return weights
    left = WHOLE - sum(stated.values())
    if left < 0:
        told = say("The weights asked for come to {n}, more than 1000.", n=WHOLE - left)
        raise UsageError(told)
    others = {name: getattr(weights, name) for name in CRITERIA if name not in stated}
    try:
        return Weights(**stated, **share_out(others, left))
    except ValueError as fault:
        told = say(
            "The weights come to {n} of 1000: no other criterion has a weight to make larger.",
            n=WHOLE - left,
        )
        raise UsageError(told) from fault
