"""`worst`: raise the lowest score first, then the second lowest, and so on (leximin).

First as many people as possible are placed; then, for each score from the lowest on, as few as
possible of them have just that score. A score that the plan does not use needs no stage: its pairs
are left out. Of the scores it uses each is one stage, whose duals show that fewer cannot be.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matcher.assign.duals import narrow
from matcher.assign.improve import improve
from matcher.assign.network import Face, Network, Worth
from matcher.assign.pricing import narrowed
from matcher.assign.solve import solve_face
from matcher.problem import Numbers

STEEP = 36  # steps of the first guess, each weighing twice the one above: exact in floats


@dataclass(frozen=True)
class Level:
    """One stage of `worst`: the count of those placed (`score` None), or of those with a score;
    its duals and the face after it."""

    score: int | None
    worth: Worth
    duals: Worth
    face: Face


def raise_lowest(network: Network, face: Face, score: Worth) -> tuple[Numbers, Face, Face]:
    """Return a best plan of the face, its face, and the face after the count alone."""
    count = np.ones_like(score)
    pair_of = solve_face(network, face, count)
    counted, _ = narrowed(network, face, count, pair_of)
    pair_of = solve_face(network, counted, _steep(counted, score))
    face, done = counted, -1
    while (level := _lowest(score, pair_of, done)) is not None:
        face = _without(face, score, done, level)
        worth = _at(score, level)
        pair_of, duals = improve(network, face, worth, pair_of)
        if (score[pair_of[pair_of >= 0]] == level).any():
            face = narrow(network, face, worth, pair_of, duals)
        else:
            face = _without(face, score, done, level + 1)
        done = level
    return pair_of, _without(face, score, done), counted


def follow_levels(network: Network, face: Face, score: Worth, pair_of: Numbers) -> Iterator[Level]:
    """Yield the stages of a plan that is a best one; AssertionError where it is not."""
    count = np.ones_like(score)
    face, duals = narrowed(network, face, count, pair_of)
    levels = np.unique(score[pair_of[pair_of >= 0]]).tolist()
    yield Level(None, count, duals, face if levels else _without(face, score, -1))
    for below, level in zip([-1, *levels], levels, strict=False):
        worth = _at(score, level)
        face, duals = narrowed(network, _without(face, score, below, level), worth, pair_of)
        if level == levels[-1]:
            face = _without(face, score, level)
        yield Level(level, worth, duals, face)


def _at(score: Worth, level: int) -> Worth:
    worth: Worth = -(score == level).astype(np.int64)
    return worth


def _lowest(score: Worth, pair_of: Numbers, done: int) -> int | None:
    """Return the lowest score above `done` that a plan uses."""
    used = score[pair_of[pair_of >= 0]]
    left = used[used > done]
    return int(left.min()) if left.size else None


def _without(face: Face, score: Worth, above: int, below: int | None = None) -> Face:
    """Return the face without the pairs of scores between two (`below` None: no end), of which
    its plans use none."""
    unused = score > above
    if below is not None:
        unused &= score < below
    return replace(face, pairs=face.pairs & ~unused)


def _steep(face: Face, score: Worth) -> Worth:
    """Return a worth whose best plan has few low scores: each step down weighs twice as much."""
    levels = np.unique(score[face.pairs])
    rank = np.searchsorted(levels, score)
    steps = min(STEEP, levels.size)
    step = (rank * steps) // max(1, levels.size)
    worth: Worth = -(np.int64(1) << (steps - np.clip(step, 0, steps)))
    return worth
