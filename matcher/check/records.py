"""The tables of what happened and is asked for, under check together: an earlier plan, outcomes,
objections, demand without hosts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from matcher.check.demand import check_demand
from matcher.check.earlier import Promised, check_earlier
from matcher.check.follow import Step
from matcher.check.objections import Objected, check_objections
from matcher.check.outcomes import KnownRows, check_outcomes
from matcher.check.sheet import Sheet
from matcher.check.skipping import Naming, leave_out, left_rows
from matcher.errors import Issue
from matcher.problem import Demand, Objection, Outcome
from matcher.read import Table
from matcher.settings import Settings
from matcher.vocabulary import Vocabulary


@dataclass(frozen=True)
class Records:
    """The tables under check, by name, and what their accepted rows say; `seated` is the job order
    at which each person has a seat on record."""

    sheets: dict[str, Sheet] = field(default_factory=dict)
    steps: list[Step] = field(default_factory=list)
    earlier: list[Promised] = field(default_factory=list)
    objections: list[Objected] = field(default_factory=list)
    demand: list[Demand] = field(default_factory=list)
    seated: dict[str, str] = field(default_factory=dict)

    def left(
        self, present: Collection[str], still_open: Collection[str]
    ) -> tuple[Records, list[Issue]]:
        """Return what is left without the rows that name people or job orders which are left out,
        and notes on those."""
        notes: list[Issue] = []

        def of(table: str, rows: list[Naming]) -> list[Naming]:
            left, told = left_rows(rows, present, still_open)
            if told:
                leave_out(self.sheets[table], rows, left)
                notes.extend(told)
            return left

        kept = replace(
            self,
            steps=of("outcomes", self.steps),
            earlier=of("earlier", self.earlier),
            objections=of("objections", self.objections),
        )
        return kept, notes


def check_records(
    tables: dict[str, Table], known: KnownRows, settings: Settings, vocabulary: Vocabulary
) -> Records:
    """Return those of the tables that the scenario names, under check."""
    found = Records()
    sheets = found.sheets
    if "earlier" in tables:
        sheets["earlier"], promised = check_earlier(tables["earlier"], known, settings.read)
        found = replace(found, earlier=promised)
    if "outcomes" in tables:
        outcomes = check_outcomes(tables["outcomes"], known, settings.on, settings.read)
        sheets["outcomes"] = outcomes.sheet
        found = replace(found, steps=outcomes.steps, seated=outcomes.seated)
    if "objections" in tables:
        sheets["objections"], objected = check_objections(tables["objections"], known, settings)
        found = replace(found, objections=objected)
    if "demand" in tables:
        sheets["demand"], demand = check_demand(tables["demand"], settings, vocabulary)
        found = replace(found, demand=demand)
    return found


def placed_outcomes(
    steps: Sequence[Step], candidate_ids: Sequence[str], opening_ids: Sequence[str]
) -> tuple[Outcome, ...]:
    """Return the steps by candidate and opening (their places), those of a pair in order."""
    person, opening = _places(candidate_ids), _places(opening_ids)
    placed = [
        Outcome(
            person[s.candidate_id],
            opening[s.opening_id],
            *(s.state, s.on, s.by, s.rank, s.reason_code, s.file, s.sheet, s.line),
        )
        for s in steps
    ]
    return tuple(sorted(placed, key=lambda outcome: (outcome.candidate, outcome.opening)))


def placed_pairs(
    rows: Sequence[Promised], candidate_ids: Sequence[str], opening_ids: Sequence[str]
) -> tuple[tuple[int, int], ...]:
    """Return the pairs (candidate, opening) of an earlier plan, sorted."""
    person, opening = _places(candidate_ids), _places(opening_ids)
    return tuple(
        sorted((person[r.candidate_id], opening[r.opening_id]) for r in rows if r.opening_id)
    )


def placed_objections(
    rows: Sequence[Objected], candidate_ids: Sequence[str], opening_ids: Sequence[str]
) -> tuple[Objection, ...]:
    """Return the objections by candidate, opening, day and text."""
    person, opening = _places(candidate_ids), {**_places(opening_ids), "": -1}
    placed = [
        Objection(
            person[o.candidate_id],
            opening[o.opening_id],
            *(o.text, o.on, o.answer, o.answered_on, o.outcome, o.by),
        )
        for o in rows
    ]
    return tuple(
        sorted(
            placed,
            key=lambda o: (
                *(o.candidate, o.opening, o.on, o.text, o.answered_on is not None),
                *(o.answered_on or o.on, o.answer, o.outcome, o.by),
            ),
        )
    )


def _places(ids: Sequence[str]) -> dict[str, int]:
    return {name: place for place, name in enumerate(ids)}
