"""The blind test: what must not matter is shuffled among the people, and the plan must not change.

The birth date stays where it is: the age at entry is law. So does a column by which a limit of the
scenario counts: there the office itself says that it matters. Enforced wishes are taken out on both
sides. The shuffle is drawn by lottery tickets from the batch's seed, so that it can be repeated.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.errors import InputError
from matcher.language import Phrase
from matcher.lottery import ticket
from matcher.pipeline import Result, match
from matcher.problem import ENFORCE, Numbers, Problem
from matcher.settings import Grouping, Settings

PEOPLE, DECISIONS = "candidates.csv", "decisions.csv"
PROTECTED = (
    *("name", "sex", "province", "centre"),
    *("employment", "attendance", "assessment", "consent_export"),
)
SHUFFLES = 3
Tables = Mapping[str, bytes]
Place = tuple[str, int, bool]


@dataclass(frozen=True)
class Change:
    """A person whom the shuffled plan treats otherwise: opening ("" for none), score in whole
    millionths, and whether the proposal is conditional; before and after."""

    candidate_id: str
    before: Place
    after: Place


@dataclass(frozen=True)
class Trial:
    """One shuffle: how many cells of each column got another value, who is treated otherwise, and
    how many pairs are screened or scored otherwise, in the plan or not.

    `stopped` says why nothing could be matched: a placement on record that a rule now refuses.
    """

    number: int
    moved: dict[str, int]
    changes: tuple[Change, ...]
    pairs: int
    stopped: tuple[Phrase, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether nothing changed."""
        return not (self.changes or self.pairs or self.stopped)


def blind_trials(
    inputs: Tables, seed: str, rebuild: Callable[[Tables], Problem], shuffles: int = SHUFFLES
) -> tuple[Trial, ...]:
    """Return the trials of a batch's frozen inputs; `rebuild` makes a problem of such tables as
    the batch was made."""
    tables = without_wishes(inputs)
    before = match(rebuild(tables))
    columns = shuffled_columns(before.problem.settings)
    trials = []
    for number in range(1, shuffles + 1):
        people, moved = shuffle_people(tables[PEOPLE], f"{seed}#blind{number}", columns)
        try:
            after = match(rebuild({**tables, PEOPLE: people}))
        except InputError as fault:
            told = tuple(issue.reason for issue in fault.issues if issue.severity == "error")
            trials.append(Trial(number, moved, (), 0, told or (fault.phrase,)))
            continue
        trials.append(Trial(number, moved, _changes(before, after), _pairs(before, after)))
    return tuple(trials)


def counted_columns(settings: Settings) -> tuple[str, ...]:
    """Return the protected columns that a limit of the scenario counts by."""
    counted = {limit.by for limit in settings.limits if isinstance(limit, Grouping)}
    return tuple(column for column in PROTECTED if column in counted)


def shuffled_columns(settings: Settings) -> tuple[str, ...]:
    """Return the protected columns that are shuffled: those that no limit counts by."""
    counted = counted_columns(settings)
    return tuple(column for column in PROTECTED if column not in counted)


def without_wishes(inputs: Tables) -> dict[str, bytes]:
    """Return the tables without the decisions that enforce a wish."""
    if DECISIONS not in inputs:
        return dict(inputs)
    columns, rows = _read(inputs[DECISIONS])
    kept = [row for row in rows if not row["action"].startswith(ENFORCE)]
    return {**inputs, DECISIONS: _written(columns, kept)}


def shuffle_people(
    table: bytes, seed: str, shuffled: Sequence[str] = PROTECTED
) -> tuple[bytes, dict[str, int]]:
    """Return the people's table with some columns shuffled, each for itself, and how many of their
    cells got another value; a column that is not there is not named."""
    columns, rows = _read(table)
    ids = [row["candidate_id"] for row in rows]
    moved = {}
    for column in shuffled:
        if column in columns:
            drawn = sorted(range(len(rows)), key=lambda row: (ticket(seed, ids[row], column), row))
            before = [row[column] for row in rows]
            for row, source in zip(rows, drawn, strict=True):
                row[column] = before[source]
            moved[column] = sum(row[column] != was for row, was in zip(rows, before, strict=True))
    return _written(columns, rows), moved


def _changes(before: Result, after: Result) -> tuple[Change, ...]:
    was, now = _places(before), _places(after)
    people = sorted(was.keys() | now.keys())
    nowhere = ("", 0, False)
    pairs = ((name, was.get(name, nowhere), now.get(name, nowhere)) for name in people)
    return tuple(Change(name, old, new) for name, old, new in pairs if old != new)


def _places(result: Result) -> dict[str, Place]:
    """Return where each proposed person is proposed."""
    problem, plan = result.problem, result.plan
    return {
        problem.candidate_ids[person]: (
            problem.opening_ids[plan.opening[person]],
            int(result.scores.score[plan.row[person]]),
            bool(result.screening.conditional[plan.row[person]]),
        )
        for person in np.flatnonzero(plan.opening >= 0).tolist()
    }


def _pairs(before: Result, after: Result) -> int:
    """Return how many pairs may be proposed in one result only, or are scored or conditional
    otherwise; both have the same people and openings in the same order."""
    was, now = _keys(before), _keys(after)
    _, old, new = np.intersect1d(was, now, assume_unique=True, return_indices=True)
    differ = before.scores.score[old] != after.scores.score[new]
    differ |= before.screening.open_rules[old] != after.screening.open_rules[new]
    return was.size + now.size - 2 * old.size + int(differ.sum())


def _keys(result: Result) -> Numbers:
    screening = result.screening
    return (
        screening.candidate.astype(np.int64) * len(result.problem.opening_ids) + screening.opening
    )


def _read(table: bytes) -> tuple[list[str], list[dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(table.decode(), newline=""), strict=True)
    rows = list(reader)
    return list(reader.fieldnames or ()), rows


def _written(columns: list[str], rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, columns, lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()
