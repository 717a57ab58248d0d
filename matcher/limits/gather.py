"""From the scenario's tables and `min_seats` to limits on people and openings by their places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from matcher.language import Phrase, say
from matcher.limits.groups import OF_PEOPLE, groups_of, label_of, spell
from matcher.limits.kinds import (
    APART,
    PEOPLE,
    SEATS,
    TOGETHER,
    Limits,
    PairLimit,
    SetLimit,
    SumLimit,
)
from matcher.limits.starts import gather_starts
from matcher.personal import mask_numbers
from matcher.problem import UNKNOWN, Numbers, Problem
from matcher.settings import CLASS_SIZE, Budget, Companions, Grouping, limit_key

SUMS = {
    "cost_to_candidate": say("what people have still to pay themselves"),
    "paid": say("what people have paid themselves so far"),
    "kemnaker": say("what Kemnaker has paid"),
    "school": say("what sending organisations have paid"),
    "joe": say("what JOE has paid"),
    "host": say("what hosts have paid"),
    "person": say("what people have paid, of the costs by payer"),
}


def gather_limits(problem: Problem) -> Limits:
    """Return the limits of a problem; a group that nobody is in has no members."""
    sets: list[SetLimit] = []
    sums: list[SumLimit] = []
    pairs: list[PairLimit] = []
    for entry, stated in enumerate(problem.settings.limits):
        match stated:
            case Grouping():
                sets += _sets(problem, entry, stated)
            case Budget():
                sums.append(_sum(problem, entry, stated))
            case Companions():
                pairs.append(_pair(problem, entry, stated))
    return Limits(tuple(sets), tuple(sums), tuple(pairs), tuple(gather_starts(problem)))


def _sets(problem: Problem, entry: int, stated: Grouping) -> Iterator[SetLimit]:
    members: dict[str, list[int]] = defaultdict(list)
    for place, group in enumerate(groups_of(problem, stated.by)):
        if group:
            members[group].append(place)
    named = sorted(members)
    if stated.named is not None:
        named = [spell(stated.by, name) for name in stated.named]
    for group in named:
        ceiling = class_size(problem, group) if stated.max == CLASS_SIZE else stated.max
        if ceiling is None and not stated.min:
            continue
        yield SetLimit(
            f"{limit_key(entry)}:{group}",
            entry,
            label_of(stated.by, group),
            PEOPLE if stated.by in OF_PEOPLE else SEATS,
            tuple(members.get(group, ())),
            stated.min or 0,
            ceiling if ceiling is None else int(ceiling),
        )


def class_size(problem: Problem, school: str) -> int | None:
    """Return how many people are in one class of a school, None where it is not recorded."""
    schools, sizes = problem.lists.schools, problem.labels.class_sizes
    size = sizes[schools.index(school)] if school in schools else UNKNOWN
    return None if size == UNKNOWN else size


def _sum(problem: Problem, entry: int, stated: Budget) -> SumLimit:
    people = np.zeros(len(problem.candidate_ids), np.int64)
    openings = np.zeros(len(problem.openings), np.int64)
    if stated.sum == "cost_to_candidate":
        openings = _counted(problem.openings.cost)
    else:
        people = _counted(np.array(paid_by(problem, stated.sum), np.int64))
    return SumLimit(limit_key(entry), entry, SUMS[stated.sum], people, openings, stated.budget)


def _counted(amounts: Numbers) -> NDArray[np.int64]:
    """Return amounts, nothing for those that are blank: `check` asks for all that could count."""
    return amounts.astype(np.int64).clip(min=0)


def paid_by(problem: Problem, whose: str) -> list[int]:
    """Return what has been paid for each candidate, by themselves or by a payer; -1: blank."""
    if whose == "paid":
        return list(problem.labels.cost_so_far)
    return [dict(costs).get(whose, UNKNOWN) for costs in problem.labels.costs]


def _pair(problem: Problem, entry: int, stated: Companions) -> PairLimit:
    one, other = (problem.candidate_ids.index(person) for person in stated.people)
    kind = TOGETHER if stated.together else APART
    return PairLimit(
        limit_key(entry),
        entry,
        _pair_label(kind, stated.at, stated.people),
        kind,
        (one, other),
        _places(problem, stated.at),
    )


def _pair_label(kind: str, at: str, ids: tuple[str, str]) -> Phrase:
    where = {
        "opening": say("one job order"),
        "host": say("one host"),
        "prefecture": say("one prefecture"),
    }[at]
    one, other = map(mask_numbers, ids)
    if kind == TOGETHER:
        return say("{one} and {other} together at {where}", one=one, other=other, where=where)
    return say("{one} and {other} not at {where}", one=one, other=other, where=where)


def _places(problem: Problem, at: str) -> Numbers:
    openings = problem.openings
    own = np.arange(len(openings), dtype=np.int64)
    if at == "opening":
        return own
    places = openings.host if at == "host" else openings.prefecture
    return np.where(places == UNKNOWN, own + places.max(initial=0) + 1, places)
