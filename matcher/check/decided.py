"""What decisions on record mean for people and pairs."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from matcher.problem import WAIVE, Decision, Flags, Numbers, Standing
from matcher.rules import RULES


def decision_order(decision: Decision) -> tuple[str, str, str, str, str, str]:
    """Return the order in which decisions stand, whatever the order of their rows."""
    return (
        decision.candidate_id,
        decision.opening_id,
        decision.action,
        decision.on.isoformat(),
        decision.by,
        decision.reason,
    )


def decided_rows(
    decisions: Sequence[Decision], candidate_ids: Sequence[str]
) -> tuple[dict[str, int], Numbers]:
    """Return the row of each person with forbids or waivers (row 0: everybody else)."""
    bound = {
        decision.candidate_id
        for decision in decisions
        if decision.candidate_id and decision.action.startswith(("forbid", WAIVE))
    }
    rows = {person: row for row, person in enumerate(sorted(bound), 1)}
    return rows, np.array([rows.get(person, 0) for person in candidate_ids], np.int32)


def forbidden_cells(
    decisions: Sequence[Decision], rows: dict[str, int], opening_ids: Sequence[str]
) -> Flags:
    """Return which openings are forbidden to the people of each row, or withdrawn or held."""
    forbidden = np.zeros((len(rows) + 1, len(opening_ids)), bool)
    for decision in decisions:
        whole = decision.action in ("withdraw", "hold") and not decision.candidate_id
        if whole or decision.action == "forbid":
            forbidden[_cells(decision, rows, opening_ids)] = True
    return forbidden


def waived_cells(
    decisions: Sequence[Decision], rows: dict[str, int], opening_ids: Sequence[str]
) -> NDArray[np.uint32]:
    """Return the waived rules as bits, for the people of each row at each opening."""
    waived = np.zeros((len(rows) + 1, len(opening_ids)), np.uint32)
    names = [rule.name for rule in RULES]
    for decision in decisions:
        if decision.action.startswith(WAIVE):
            bit = np.uint32(1 << names.index(decision.action.removeprefix(WAIVE)))
            waived[_cells(decision, rows, opening_ids)] |= bit
    return waived


def _cells(
    decision: Decision, rows: dict[str, int], opening_ids: Sequence[str]
) -> tuple[int | slice, int | slice]:
    everything = slice(None)
    person = rows[decision.candidate_id] if decision.candidate_id else everything
    opening = opening_ids.index(decision.opening_id) if decision.opening_id else everything
    return person, opening


def locked_seats(
    decisions: Sequence[Decision], candidate_ids: Sequence[str], opening_ids: Sequence[str]
) -> Numbers:
    """Return the opening each person is placed at by decision, -1 for none."""
    locked = np.full(len(candidate_ids), -1, np.int32)
    for decision in decisions:
        if decision.action == "place":
            person = candidate_ids.index(decision.candidate_id)
            locked[person] = opening_ids.index(decision.opening_id)
    return locked


def standing_of(
    decisions: Sequence[Decision], candidate_ids: Sequence[str], deposits: Numbers
) -> tuple[Numbers, tuple[str, ...]]:
    """Return each person's standing and its cause: "", "deposit", "hold" or "withdraw"; a deposit
    stays the cause where a hold is recorded too."""
    standing = np.zeros(len(candidate_ids), np.int8)
    causes = [""] * len(candidate_ids)
    for person in np.flatnonzero(deposits > 0).tolist():
        standing[person], causes[person] = Standing.HELD, "deposit"
    for action, state in (("hold", Standing.HELD), ("withdraw", Standing.WITHDRAWN)):
        for decision in decisions:
            if decision.action == action and decision.candidate_id:
                person = candidate_ids.index(decision.candidate_id)
                standing[person] = state
                if state == Standing.WITHDRAWN or not causes[person]:
                    causes[person] = action
    return standing, tuple(causes)
