"""What outcomes mean for people and pairs in the next run: the last step of each pair counts, and
the waiting time is never touched."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

import numpy as np
from numpy.typing import NDArray

from matcher.check.follow import Step
from matcher.problem import DECLINED, FAILED, UNKNOWN, Flags, Numbers, Openings, Standing
from matcher.problem.outcomes import (
    AT_HOST,
    HOLD,
    HOST,
    LOCKED,
    PREFECTURE,
    SAID_YES,
    WITHDRAW,
    WORK,
    closes_pair,
)
from matcher.rules import RULES, WAIVABLE

GOES_ON = ("agreed", *AT_HOST)  # the person's own yes; an offer is only the office's


def last_steps(steps: Iterable[Step]) -> list[Step]:
    """Return the last step of each pair; those of a pair stand in order."""
    return list({step.pair: step for step in steps}.values())


def halted_people(steps: Iterable[Step]) -> dict[str, Step]:
    """Return the step by which each person is on hold or withdrew.

    It is the last of its pair, and no later day has a step by which that person goes on somewhere
    (agreed, at a host); of several a withdrawal counts first, then the latest.
    """
    steps = list(steps)
    goes_on: dict[str, date] = {}
    for step in steps:
        if step.state in GOES_ON:
            goes_on[step.candidate_id] = max(step.on, goes_on.get(step.candidate_id, date.min))
    halted: dict[str, Step] = {}
    ends = [step for step in last_steps(steps) if step.effect in (HOLD, WITHDRAW)]
    for step in sorted(ends, key=lambda s: (s.effect == WITHDRAW, s.on, s.pair)):
        if goes_on.get(step.candidate_id, date.min) <= step.on:
            halted[step.candidate_id] = step
    return halted


def ended_cells(
    steps: Sequence[Step],
    candidate_ids: Sequence[str],
    opening_ids: Sequence[str],
    openings: Openings,
) -> tuple[Numbers, NDArray[np.int8]]:
    """Return the row of each person, and for each row and opening `DECLINED` or `FAILED` where the
    pair has ended, 0 else; row 0 is for people of whom nothing has.

    Where both are true the person's own answer stands. What ends more than one pair leaves those
    alone at which the person agreed on that day or later.
    """
    at = {name: place for place, name in enumerate(opening_ids)}
    last = last_steps(steps)
    by_person: dict[str, list[Step]] = {}
    for step in last:
        by_person.setdefault(step.candidate_id, []).append(step)
    found = {}
    for person, own in by_person.items():
        cells = np.zeros(len(opening_ids), np.int8)
        for step in own:
            if not closes_pair(step.state, step.effect):
                continue
            closed = _closed(step, own, at, openings)
            how = DECLINED if step.state == "declined" else FAILED
            cells[closed & (cells != DECLINED)] = how
        if cells.any():
            found[person] = cells
    rows = np.array([np.zeros(len(opening_ids), np.int8), *found.values()])
    distinct, row_of = np.unique(rows, axis=0, return_inverse=True)
    places = dict(zip(found, row_of.ravel()[1:].tolist(), strict=True))
    return np.array([places.get(name, 0) for name in candidate_ids], np.int32), distinct


def _closed(step: Step, own: Iterable[Step], at: Mapping[str, int], openings: Openings) -> Flags:
    """Return the openings that one step closes to its person."""
    place = at[step.opening_id]
    column = {WORK: openings.job, HOST: openings.host, PREFECTURE: openings.prefecture}.get(
        step.effect
    )
    closed = np.zeros(len(at), bool)
    if column is not None and column[place] != UNKNOWN:
        closed |= column == column[place]
        for other in own:
            if other.state in SAID_YES and other.on >= step.on:
                closed[at[other.opening_id]] = False
    closed[place] = True
    return closed


def halt(
    steps: Sequence[Step],
    candidate_ids: Sequence[str],
    standing: Numbers,
    causes: Sequence[str],
) -> tuple[Numbers, tuple[str, ...]]:
    """Return each person's standing and its cause with those of outcomes: "outcome_hold" or
    "outcome_withdraw"; a cause on record otherwise stays, but a withdrawal counts above a hold."""
    standing, told = standing.copy(), list(causes)
    halted = halted_people(steps)
    for place, person in enumerate(candidate_ids):
        step = halted.get(person)
        if step is None:
            continue
        state = Standing.WITHDRAWN if step.effect == WITHDRAW else Standing.HELD
        if standing[place] < state:
            standing[place], told[place] = state, f"outcome_{step.effect}"
    return standing, tuple(told)


def seat(
    steps: Sequence[Step],
    candidate_ids: Sequence[str],
    opening_ids: Sequence[str],
    locked: Numbers,
) -> Numbers:
    """Return the opening each person is set at, with the seats that outcomes record."""
    locked = locked.copy()
    person = {name: place for place, name in enumerate(candidate_ids)}
    opening = {name: place for place, name in enumerate(opening_ids)}
    for step in last_steps(steps):
        if step.state in LOCKED:
            locked[person[step.candidate_id]] = opening[step.opening_id]
    return locked


def at_hosts(steps: Iterable[Step]) -> list[Step]:
    """Return the last steps of the pairs whose name the host has."""
    return [step for step in last_steps(steps) if step.state in AT_HOST]


def waive_at_hosts(
    waived: NDArray[np.uint32],
    steps: Iterable[Step],
    rows: Mapping[str, int],
    opening_ids: Sequence[str],
) -> NDArray[np.uint32]:
    """Return the waived rules with those that the host's own choice waives: for every pair at the
    host that the order is open, for reserves and whoever passed every rule of the order that can
    be waived."""
    waived = waived.copy()
    at = {name: place for place, name in enumerate(opening_ids)}
    named = chosen = np.uint32(0)
    for bit, rule in enumerate(RULES):
        if rule.name == "order_open":
            named |= np.uint32(1 << bit)
        if rule.kind == "order" and rule.name in WAIVABLE:
            chosen |= np.uint32(1 << bit)
    for step in at_hosts(steps):
        host_chose = step.state == "reserve" or step.state in LOCKED
        waived[rows[step.candidate_id], at[step.opening_id]] |= chosen if host_chose else named
    return waived
