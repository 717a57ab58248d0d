"""The plans around a result's plan when scores are other ones: networks at other scores, the trees
that hold their plans, and what the best plan is worth in which one person has another place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from matcher.assign import build_network, fit_division
from matcher.assign.arcs import LEAST, find_links
from matcher.assign.divisions import EVERY_DIVISION, TREE, divisions, method_of
from matcher.assign.network import WORST, Face, Network, Worth
from matcher.assign.paths import best_to, seat_of
from matcher.pipeline import Result
from matcher.problem import Numbers

Tuple = tuple[int, ...]


def open_network(result: Result) -> Network:
    """Return the network of all pairs that some value of the unknowns lets be proposed, at the
    scores that the plan uses."""
    scores, facts = result.scores, result.facts
    highest = replace(scores, score=np.maximum(scores.score, scores.high))
    network = build_network(
        result.problem, result.screening, highest, facts.quotas.caps, facts.limits
    )
    return at_scores(result, network, scores.score[network.row])


def at_scores(result: Result, network: Network, score: Numbers) -> Network:
    """Return the network at other scores of its pairs; those below the floor are closed."""
    objective, worth = result.problem.settings.objective, network.worth.copy()
    for at, name in enumerate(network.names):
        if name == "score":
            worth[:, at] = score.astype(np.int64) - objective.unplaced_worth
        elif name == WORST:
            worth[:, at] = score
    return replace(network, worth=worth, closed=score < objective.min_score)


def trees_of(network: Network, pair_of: Numbers) -> Iterator[Network]:
    """Yield the trees whose plans together are those of the network; the one beside the plan alone
    where there is no end to them."""
    method = method_of(network)
    if method == TREE:
        yield network
    elif method == EVERY_DIVISION:
        yield from divisions(network)
    else:
        yield fit_division(network, pair_of)


class Beside:
    """A best plan of a tree, and what the plans are worth in which a person has another place."""

    def __init__(self, network: Network, pair_of: Numbers) -> None:
        self.network, self.pair_of = network, pair_of
        self.face = Face.whole(network)
        self.total = led_total(network, pair_of)
        self._back = find_links(network, self.face, network.packed, pair_of).reversed()
        self._gains: dict[int, Worth] = {}

    def best(self, person: int, pairs: Numbers, worth: Worth) -> tuple[Tuple, int] | None:
        """Return the most that a plan is worth in which the person has one of some of their pairs
        or, where they may, no seat, and which (-1: none; of equals their own, then the first);
        None where there is no such plan. `worth` has one row a pair, which may be another than
        the network's."""
        network = self.network
        end, here = seat_of(network, self.pair_of, person)
        if end not in self._gains:
            self._gains[end] = best_to(self._back, end, network.nodes)
        gain = self._gains[end]
        nodes = network.opening[pairs]
        if not self.face.must_sit[person]:
            pairs, nodes = np.append(pairs, -1), np.append(nodes, network.top[person])
            worth = np.vstack([worth, np.zeros((1, worth.shape[1]), np.int64)])
        found = gain[nodes] != LEAST
        change = network.packing.unpack(gain[nodes[found]] - here)
        values = change + worth[found][:, : network.led] + np.array(self.total, np.int64)
        own = int(self.pair_of[person])
        each = zip(values.tolist(), pairs[found].tolist(), strict=True)
        options = [(tuple(value), pair == own, -pair) for value, pair in each]
        if not options:
            return None
        value, _, pair = max(options)
        return value, -pair


def led_total(network: Network, pair_of: Numbers) -> Tuple:
    """Return what a plan is worth, name by name of those before `worst`."""
    used = network.worth[pair_of[pair_of >= 0], : network.led]
    return tuple(used.sum(axis=0).tolist())
