"""Seats on record that a limit no longer allows, and what keeps a reserve from a free seat."""

from __future__ import annotations

from collections.abc import Collection, Iterator

import numpy as np

from matcher.errors import Issue
from matcher.language import Phrase, say
from matcher.limits.holding import counted_in
from matcher.limits.kinds import PEOPLE, TOGETHER, Limits, PairLimit, SetLimit, SumLimit
from matcher.limits.rows import spent
from matcher.personal import mask_numbers
from matcher.problem import Flags, Numbers, Problem
from matcher.quotas import lock_cells

MEND = say("take the row out, or raise the limit in scenario.toml")


def find_limited_locks(problem: Problem, limits: Limits) -> tuple[Issue, ...]:
    """Return an error for each seat on record of a limit that they exceed together."""
    cells = lock_cells(problem)
    issues = []
    for people, broken in _broken(limits, problem.locked):
        for person in people:
            if person in cells:
                reason = say(
                    "{person} cannot be set at {opening}: {broken}",
                    person=mask_numbers(problem.candidate_ids[person]),
                    opening=mask_numbers(problem.opening_ids[problem.locked[person]]),
                    broken=broken,
                )
                issues.append(cells[person].issue("LOCK_CAPPED", reason, MEND))
    return tuple(issues)


def find_obstacle(limits: Limits, person: int, opening: int, locked: Numbers) -> Phrase | None:
    """Return which limit does not let a person have one more seat beside those on record, or
    would first need others to have seats; None where none is in the way."""
    after = locked.copy()
    after[person] = opening
    for people, broken in _broken(limits, after):
        if person in people:
            return broken
    for start in limits.starts:
        if start.opening == opening and np.count_nonzero(after == opening) < start.least:
            return say("the limit “{limit}” is not reached", limit=start.label)
    for pair in limits.pairs:
        if pair.kind == TOGETHER and person in pair.candidates and _alone(pair, after):
            return say("the limit “{limit}” is not reached", limit=pair.label)
    return None


def may_join(limits: Limits, candidate: Numbers, opening: Numbers, locked: Numbers) -> Flags:
    """Return which pairs (`candidate`, `opening`) of people without a seat could have one beside
    those on record, which keep the limits, whoever else is proposed."""
    may = np.ones(candidate.size, bool)
    taken = np.bincount(locked[locked >= 0], minlength=_last_opening(limits) + 1)
    for limit in limits.sets:
        if limit.ceiling is not None and count_held(limit, locked, taken) >= limit.ceiling:
            may &= ~np.isin(candidate if limit.side == PEOPLE else opening, limit.members)
    for budget in limits.sums:
        brought = budget.of_people[candidate] + budget.of_openings[opening]
        may &= brought <= budget.most - spent(budget, locked)
    for pair in limits.pairs:
        for person, other in (pair.candidates, pair.candidates[::-1]):
            if locked[other] >= 0:
                there = pair.place_of[opening] == pair.place_of[locked[other]]
                may &= (candidate != person) | (there == (pair.kind == TOGETHER))
    return may


def count_held(limit: SetLimit, locked: Numbers, taken: Numbers) -> int:
    """Return how many seats on record count in a limit on a set; `taken` are those of each
    opening."""
    members = list(limit.members)
    if limit.side == PEOPLE:
        return int((locked[members] >= 0).sum())
    return int(taken[members].sum())


def _broken(limits: Limits, locked: Numbers) -> Iterator[tuple[Collection[int], Phrase]]:
    """Yield the people whose seats break a limit together, and what they break."""
    taken = np.bincount(locked[locked >= 0], minlength=_last_opening(limits) + 1)
    for limit in limits.sets:
        if limit.ceiling is not None and count_held(limit, locked, taken) > limit.ceiling:
            people = np.flatnonzero(counted_in(limit, locked)).tolist()
            told = say(
                "{n} are set under the limit “{limit}”, which allows {most}",
                n=len(people),
                limit=limit.label,
                most=limit.ceiling,
            )
            yield people, told
    for budget in limits.sums:
        total = spent(budget, locked)
        if total > budget.most:
            told = say(
                "those set come to Rp {total} in the limit “{limit}”, which allows Rp {most}",
                total=total,
                limit=budget.label,
                most=budget.most,
            )
            yield [person for person in _seated(locked) if _brings(budget, person, locked)], told
    for pair in limits.pairs:
        if not _alone(pair, locked) and _parted(pair, locked) == (pair.kind == TOGETHER):
            yield pair.candidates, say("it breaks the limit “{limit}”", limit=pair.label)


def _last_opening(limits: Limits) -> int:
    """Return a place that no opening of a limit is behind."""
    return max((max(one.members, default=0) for one in limits.sets), default=0)


def _seated(locked: Numbers) -> list[int]:
    found: list[int] = np.flatnonzero(locked >= 0).tolist()
    return found


def _brings(limit: SumLimit, person: int, locked: Numbers) -> bool:
    return bool(limit.of_people[person] + limit.of_openings[locked[person]] > 0)


def _alone(pair: PairLimit, locked: Numbers) -> bool:
    """Return whether not both of two people have a seat on record."""
    return bool((locked[list(pair.candidates)] < 0).any())


def _parted(pair: PairLimit, locked: Numbers) -> bool:
    """Return whether the seats of two people are at different places."""
    one, other = pair.place_of[locked[list(pair.candidates)]].tolist()
    return bool(one != other)
