"""Faces of many pairs by few of them: the best pairs first, then those that would still improve.

A plan and duals of a face with some of its pairs are those of the whole face as soon as no pair
left out has a reduced cost above 0: the plan is then a best one of all, and the duals, the lowest
that the pairs let in allow, are the lowest that all of them allow.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from matcher.assign.chunks import chunks
from matcher.assign.duals import narrow, peoples_duals, potentials
from matcher.assign.improve import Impossible
from matcher.assign.network import Face, Network, Worth
from matcher.problem import Flags, Numbers

MOST_PAIRS = 1 << 20
FEW = 8

Solve = Callable[[Network, Face, Worth], Numbers]


def solve_priced(network: Network, face: Face, worth: Worth, solve: Solve) -> Numbers:
    """Return a plan as good as that which `solve` returns for the face, but from faces of fewer
    pairs where there are many; `Impossible` where the face holds no plan."""
    if np.count_nonzero(face.pairs) <= MOST_PAIRS:
        return solve(network, face, worth)
    held = _best_of(network, face.pairs, worth)
    while True:
        part = _holding(face, held)
        try:
            pair_of = solve(network, part, worth)
        except Impossible:
            more = _best_of(network, face.pairs & ~part.pairs, worth)
            if not more.size:
                raise
        else:
            duals = potentials(network, part, worth, pair_of)
            more = _improving(network, face, part, worth, pair_of, duals)
            if not more.size:
                return pair_of
        held = np.concatenate([held, more])


def narrowed(network: Network, face: Face, worth: Worth, pair_of: Numbers) -> tuple[Face, Worth]:
    """Return the face of the plans as good as this one, and the duals that show it."""
    many = np.count_nonzero(face.pairs) > MOST_PAIRS
    duals = (_price if many else potentials)(network, face, worth, pair_of)
    return narrow(network, face, worth, pair_of, duals), duals


def _price(network: Network, face: Face, worth: Worth, pair_of: Numbers) -> Worth:
    """Return the duals that `potentials` gives, from faces of fewer pairs."""
    best = _best_of(network, face.pairs, worth)
    held = np.union1d(pair_of[pair_of >= 0], best)
    while True:
        part = _holding(face, held)
        duals = potentials(network, part, worth, pair_of)
        more = _improving(network, face, part, worth, pair_of, duals)
        if not more.size:
            return duals
        held = np.concatenate([held, more])


def _holding(face: Face, held: Numbers) -> Face:
    pairs = np.zeros_like(face.pairs)
    pairs[held] = True
    return replace(face, pairs=pairs)


def _best_of(network: Network, among: Flags, worth: Worth) -> Numbers:
    """Return the best of some pairs of a network; see `_best_pairs`. All of them need no copy."""
    pairs = slice(None) if among.all() else np.flatnonzero(among)
    return _best_pairs(network, pairs, worth[pairs])


def _best_pairs(network: Network, pairs: Numbers | slice, worth: Worth) -> Numbers:
    """Return of these pairs, which are worth so much, the best of each person, and of each opening
    as many as it may hold and some more."""
    seats = network.tree.ceiling[: network.tree.leaves]
    of_people = first_of_ends(network.person[pairs], worth, np.full(network.people.size, FEW))
    of_openings = first_of_ends(network.opening[pairs], worth, 2 * seats + FEW)
    best = np.flatnonzero(of_people | of_openings)
    return best if isinstance(pairs, slice) else pairs[best]


def first_of_ends(end: Numbers, worth: Numbers | NDArray[np.float64], most: Numbers) -> Flags:
    """Return which pairs are among the best of their end, so many of each; of so many ends at a
    time as have about a chunk of pairs."""
    first = np.zeros(end.size, bool)
    parts = max(1, sum(1 for _ in chunks(end.size)))
    bounds = np.arange(parts + 1) * most.size // parts
    for low, high in pairwise(bounds.tolist()):
        own = np.flatnonzero((end >= low) & (end < high))
        order = own[np.lexsort((-worth[own], end[own]))]
        ends = end[order]
        rank = np.arange(ends.size) - np.searchsorted(ends, ends)
        first[order] = rank < most[ends]
    return first


def _improving(
    network: Network, face: Face, part: Face, worth: Worth, pair_of: Numbers, duals: Worth
) -> Numbers:
    """Return the best of the pairs left out that have a reduced cost above 0."""
    people = peoples_duals(network, worth, pair_of, duals)
    found, gains = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for chunk in chunks(worth.size):
        left = chunk.start + np.flatnonzero(face.pairs[chunk] & ~part.pairs[chunk])
        reduced = worth[left] - duals[network.opening[left]] - people[network.person[left]]
        found.append(left[reduced > 0])
        gains.append(reduced[reduced > 0])
    return _best_pairs(network, np.concatenate(found), np.concatenate(gains))
