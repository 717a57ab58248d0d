"""What decisions on record mean for people and pairs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.check.wishes import one_range, one_sex
from matcher.problem import (
    ENFORCE,
    NO_DAY,
    WAIVE,
    WISH_CUT,
    WISH_UNKNOWN,
    Decision,
    Flags,
    Numbers,
    Standing,
    Wish,
    day_of,
)
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
    decisions: Sequence[Decision], candidate_ids: Sequence[str], also: Iterable[str] = ()
) -> tuple[dict[str, int], Numbers]:
    """Return the row of each person with forbids or waivers, and of those named `also` (row 0:
    everybody else)."""
    bound = set(also) | {
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


@dataclass(frozen=True)
class Wished:
    """What enforced wishes look at: sex and day of birth by candidate, first day of entry and
    seats by opening."""

    sexes: Sequence[str]
    births: Numbers
    entry_from: Numbers
    seats: Numbers


def wished_cells(
    decisions: Sequence[Decision],
    wishes: Sequence[Wish],
    known: Wished,
    opening_ids: Sequence[str],
) -> tuple[Numbers, NDArray[np.int8]]:
    """Return the row of each person, and for each row and opening `WISH_CUT` where an enforced
    wish leaves the person out, `WISH_UNKNOWN` where what it asks is not recorded, 0 else; row 0 is
    for people that no enforced wish touches."""
    enforced = [d for d in decisions if d.action.startswith(ENFORCE)]
    if not enforced:
        return np.zeros(len(known.sexes), np.int32), np.zeros((1, len(opening_ids)), np.int8)
    sexes = np.array(["LP".find(sex) if sex else -1 for sex in known.sexes], np.int64)
    people, kind_of = np.unique(
        np.stack([sexes, known.births.astype(np.int64)], axis=1), axis=0, return_inverse=True
    )
    cut = np.zeros((len(people) + 1, len(opening_ids)), np.int8)
    for decision in enforced:
        at = opening_ids.index(decision.opening_id)
        stated = [wish for wish in wishes if wish.opening == at]
        if decision.action == f"{ENFORCE}sex":
            asked = "LP".find(one_sex(stated, int(known.seats[at])))
            outside, unknown = (people[:, 0] != asked), people[:, 0] < 0
        else:
            low, high = one_range(stated)
            ages = ages_on(people[:, 1], int(known.entry_from[at]))
            outside, unknown = (ages < low) | ((high >= 0) & (ages > high)), ages < 0
        answer = np.where(unknown, WISH_UNKNOWN, np.where(outside, WISH_CUT, 0))
        before = cut[1:, at]
        cut[1:, at] = np.where(before == WISH_CUT, WISH_CUT, np.where(answer, answer, before))
    rows, row_of = np.unique(cut, axis=0, return_inverse=True)
    return row_of.ravel()[1:][kind_of.ravel()].astype(np.int32), rows


def ages_on(births: Numbers, day: int) -> Numbers:
    """Return the whole years of people born on days on another day, -1 where it is not known;
    the same as `problem.age_on`."""
    on, born = day_of(day), births.astype("datetime64[D]")
    months = born.astype("datetime64[M]")
    date_in_year = (months.astype(np.int64) % 12 + 1) * 100 + (born - months).astype(np.int64) + 1
    years = on.year - 1970 - born.astype("datetime64[Y]").astype(np.int64)
    ages = years - (date_in_year > on.month * 100 + on.day)
    return np.where(births == NO_DAY, -1, ages)


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
