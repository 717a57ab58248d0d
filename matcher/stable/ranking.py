"""How people rank openings, and openings people, over the pairs of a screening."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.criteria import CRITERIA
from matcher.fit import Facts
from matcher.lottery import tickets
from matcher.problem import Flags, Numbers, Problem
from matcher.score import CHUNK, Scores, value_of
from matcher.screen import Screening

WISHES = next(criterion for criterion in CRITERIA if criterion.name == "wishes")


@dataclass(frozen=True)
class Ranking:
    """Both sides' rankings, by place of the pair in the screening.

    `allowed` marks the pairs that may be in a stable plan: not below `min_score`, of people
    without a seat on record. `wish` is the value of the wishes (per mille; 0 where scores are
    given), `fit` the number openings rank by. `liking` and `rank` are the places of the pairs, from
    0, in the order of all people's and of all openings' rankings, the better ones first, no two
    alike: of one person's pairs the one with the least `liking` is liked best.
    """

    allowed: Flags
    wish: Numbers
    score: Numbers
    fit: Numbers
    liking: Numbers
    rank: Numbers

    def places(self, screening: Screening, opening_of: Numbers) -> Numbers:
        """Return by candidate the place in the screening of the pair that each holds (`opening_of`,
        -1: none); -1 where there is none that is allowed."""
        held = self.allowed & (opening_of[screening.candidate] == screening.opening)
        row = np.full(opening_of.size, -1, np.int64)
        row[screening.candidate[held]] = np.flatnonzero(held)
        return row


def rank_pairs(problem: Problem, facts: Facts, screening: Screening, scores: Scores) -> Ranking:
    """Return how both sides rank the pairs of a screening."""
    given = problem.given is not None
    free = problem.locked < 0
    allowed = free[screening.candidate] & (scores.score >= problem.settings.objective.min_score)
    wish = np.zeros_like(scores.score) if given else wishes_of(problem, facts, screening)
    fit = scores.score if given else scores.fit
    ticket = _draw(problem, screening, allowed)
    return Ranking(
        allowed,
        wish,
        scores.score,
        fit,
        _places(-ticket, -scores.score, -wish),
        _places(-ticket, -fit),
    )


def wishes_of(problem: Problem, facts: Facts, screening: Screening) -> Numbers:
    """Return the value of the wishes (per mille) that the plan uses, of each screened pair."""
    wish = np.zeros(screening.candidate.size, np.int64)
    for start in range(0, wish.size, CHUNK):
        chunk = slice(start, start + CHUNK)
        c = problem.candidates.at(screening.candidate[chunk].astype(np.intp))
        o = problem.openings.at(screening.opening[chunk].astype(np.intp))
        wish[chunk] = value_of(WISHES, c, o, facts, problem.settings)[0]
    return wish


def _draw(problem: Problem, screening: Screening, allowed: Flags) -> Numbers:
    """Return the tickets of the allowed pairs, 0 of the others."""
    ticket = np.zeros(allowed.size, np.int64)
    people, openings = problem.candidate_ids, problem.opening_ids
    ends = zip(
        screening.candidate[allowed].tolist(), screening.opening[allowed].tolist(), strict=True
    )
    ids = ((people[person], openings[opening]) for person, opening in ends)
    ticket[allowed] = tickets(problem.settings.seed, ids)
    return ticket


def _places(*keys: Numbers) -> Numbers:
    """Return each pair's place when sorted by the last key, then the one before, then by row."""
    place = np.empty(keys[0].size, np.int64)
    place[np.lexsort(keys)] = np.arange(place.size)
    return place
