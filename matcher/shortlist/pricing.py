"""Lists of many pairs by few of them: the best pairs first, then those that would still improve.

Of lists of which each person stands on one, on no known day: with prices of the places a plan of
some of the pairs is the best of all as soon as no pair left out is worth more than its opening's
place and its person's together. What plans are compared by is one whole number here, of any size
(arrays of objects): levels first, then scores, numbers of lists and tickets.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from matcher.assign.pricing import first_of_ends
from matcher.problem import Flags, Numbers
from matcher.shortlist.network import ListNetwork

MOST_PAIRS = 1 << 20
CHUNK = 1 << 17  # pairs looked at together, for want of memory
FEW, MORE = 8, 256  # first pairs of each person, and of each opening
LIST, SCORE, LEVEL = 1 << 72, 1 << 104, 1 << 200  # sums of what stands below stay below each
LEVELS_BITS = 20
MOST_TICKET = 1 << 40

Whole = NDArray[np.object_]


@dataclass(frozen=True)
class Prices:
    """What a place more is worth at each node of a plan's tree (`node`), and what each person is
    worth where they are less the price of that place (`person`): Python's whole numbers."""

    node: Whole
    person: Whole

    def least(self, person: Numbers, opening: Numbers) -> Whole:
        """Return what pairs must be worth more than, so that the plan is not the best one."""
        least: Whole = self.node[opening] + self.person[person]
        return least


def best_pairs(person: Numbers, opening: Numbers, score: Numbers) -> Numbers:
    """Return the places of some of the best pairs of each person and of each opening."""
    chosen = [
        first_of_ends(end, score, np.full(int(end.max(initial=-1)) + 1, most, np.int64))
        for end, most in ((person, FEW), (opening, MORE))
    ]
    return np.flatnonzero(chosen[0] | chosen[1])


def find_missed(
    prices: Prices, person: Numbers, opening: Numbers, score: Numbers, ticket: Numbers | None
) -> Flags:
    """Return which pairs would make a plan better, were they among its pairs; without tickets
    those that some ticket would let do so."""
    missed = np.zeros(person.size, bool)
    for start in range(0, person.size, CHUNK):
        chunk = slice(start, start + CHUNK)
        own = MOST_TICKET if ticket is None else ticket[chunk].astype(object)
        worth = score[chunk].astype(object) * SCORE + own - LIST
        missed[chunk] = worth > prices.least(person[chunk], opening[chunk])
    return missed


def price_plan(network: ListNetwork, chosen: Flags) -> Prices:
    """Return the prices of a best plan: longest ways from the root, which is the source too, over
    what could be changed; see `matcher.shortlist.flow`."""
    tree, people = network.tree, network.held.size
    worth = network.score.astype(object) * SCORE + network.ticket.astype(object) - LIST
    at, own = np.full(people, tree.root), np.zeros(people, object)
    at[network.person[chosen]] = network.opening[chosen]
    own[network.person[chosen]] = worth[chosen]
    load = tree.loads(np.bincount(network.opening[chosen], minlength=tree.leaves))[:-1]
    nodes, above = np.arange(tree.root), tree.parent[:-1]
    up, down = load < tree.ceiling[:-1], load > 0
    left = network.opening[chosen]
    weight = np.concatenate(
        [
            worth[~chosen] - own[network.person[~chosen]],
            -worth[chosen],
            _units(network, load + 1)[up],
            -_units(network, load)[down],
        ]
    )
    tail = [at[network.person[~chosen]], left, nodes[up], above[down]]
    head = [network.opening[~chosen], np.full(left.size, tree.root), above[up], nodes[down]]
    price = _longest(np.concatenate(tail), np.concatenate(head), weight, tree.root)
    return Prices(price, own - price[at])


def _units(network: ListNetwork, numbers: Numbers) -> Whole:
    """Return what the units of these numbers are worth, by node but the root: of an opening its
    level, the lower the more."""
    leaves = network.tree.leaves
    most = network.taken + network.tree.ceiling[:leaves]
    level = -(-(network.taken + numbers[:leaves]) // network.seats)
    top = int((-(-(most + 1) // network.seats)).max(initial=0))
    units = np.zeros(numbers.size, object)
    units[:leaves] = [LEVEL << LEVELS_BITS * (top - each) for each in level.tolist()]
    return units


def _longest(tail: Numbers, head: Numbers, weight: Whole, root: int) -> Whole:
    """Return the longest distances from the root; AssertionError where a cycle gains."""
    order = np.lexsort((tail, head))
    tail, head, weight = tail[order], head[order], weight[order]
    first = np.flatnonzero(np.diff(head, prepend=-1) | np.diff(tail, prepend=-1))
    tail, head = tail[first], head[first]
    weight = np.maximum.reduceat(weight, first)
    starts = np.flatnonzero(np.diff(head, prepend=-1))
    heads = head[starts]
    nowhere = -4 * (int(np.abs(weight).sum()) + 1)  # further than any way is long
    distance = np.full(root + 1, nowhere, object)
    distance[root] = 0
    for _ in range(root + 2):
        through = np.maximum.reduceat(distance[tail] + weight, starts)
        better = through > np.maximum(distance[heads], nowhere // 2)
        if not better.any():
            return distance
        distance[heads[better]] = through[better]
    raise AssertionError("the lists are not the best ones")
