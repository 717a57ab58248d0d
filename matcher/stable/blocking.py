"""What blocks a plan: pairs of a person and an opening that both would rather have each other."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np

from matcher.fit import Facts
from matcher.problem import Numbers, Problem
from matcher.score import Scores
from matcher.screen import Screening
from matcher.stable.filling import Filling, fill
from matcher.stable.ranking import rank_pairs


@dataclass(frozen=True)
class Displaced:
    """Somebody who would go: the candidate, the opening, and how it ranks the person there (fit,
    or given score; None where the place is none that may be held)."""

    candidate: int
    opening: int
    fit: int | None


@dataclass(frozen=True)
class Blocking:
    """A pair (`candidate`, `opening`) that blocks a plan, `row` its place in the screening.

    `at` is where the plan has the person, -1: nowhere. `wish` (per mille; None where scores are
    given) and `score` are the person's at the opening, `wish_at` and `score_at` those of the own
    place (None where there is none that may be held). `fit` is what the opening ranks by;
    `displaced` are those who would go for the person, nobody where there is room.
    """

    candidate: int
    opening: int
    row: int
    at: int
    wish: int | None
    wish_at: int | None
    score: int
    score_at: int | None
    fit: int
    displaced: tuple[Displaced, ...]


def find_blocking(
    problem: Problem,
    facts: Facts,
    screening: Screening,
    scores: Scores,
    opening_of: Numbers,
) -> tuple[Blocking, ...]:
    """Return the pairs that block a plan, as `matcher.stable` defines them, by candidate and
    opening. `opening_of` is the plan: by candidate the opening, -1: none; it may be anybody's and
    break rules. People with a seat on record are taken to be there."""
    ranking = rank_pairs(problem, facts, screening, scores)
    filling = fill(problem, facts, screening, ranking, opening_of)
    rows = np.flatnonzero(filling.preferred(screening) & filling.wanted(screening))
    displaced = cache(filling.displaced)
    given = problem.given is not None

    def told(row: int) -> Blocking:
        person, opening = int(screening.candidate[row]), int(screening.opening[row])
        own, at = int(filling.row[person]), int(filling.opening_of[person])
        return Blocking(
            person,
            opening,
            row,
            at,
            None if given else int(ranking.wish[row]),
            None if given or own < 0 else int(ranking.wish[own]),
            int(ranking.score[row]),
            None if own < 0 else int(ranking.score[own]),
            int(ranking.fit[row]),
            tuple(_displaced(filling, other) for other in displaced(opening, at)),
        )

    return tuple(map(told, rows.tolist()))


def _displaced(filling: Filling, person: int) -> Displaced:
    row = int(filling.row[person])
    fit = int(filling.ranking.fit[row]) if row >= 0 else None
    return Displaced(person, int(filling.opening_of[person]), fit)
