"""The chain of moves that brings one person to an opening and takes the least from the plan: a
shortest path in the plan's residual graph.

The distances are found by arrays, of each place of the objective in turn and then of the people
moved, and only the arcs that lie on shortest paths are kept; in the small graph left the
path is found with networkx, the first by the order of people, then of openings, along the way.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace

import networkx as nx
import numpy as np

from matcher.assign.arcs import LEAST, LEAVES, STAYS, Arcs, Links, dual_arcs, find_links, longest
from matcher.assign.network import WORST, Face, Network, Worth
from matcher.problem import Flags, Numbers

Moves = tuple[tuple[int, int], ...]


def own_pairs(network: Network, person: int) -> Numbers:
    """Return the places of a person's pairs in the network."""
    first, end = np.searchsorted(network.person, [person, person + 1])
    return np.arange(first, end)


def seat_of(network: Network, pair_of: Numbers, person: int) -> tuple[int, int]:
    """Return the node where a person is in a plan (their group or the root: without a seat), and
    the packed worth of their pair."""
    mine = int(pair_of[person])
    if mine < 0:
        return int(network.top[person]), 0
    return int(network.opening[mine]), int(network.packed[mine])


def best_to(reversed_arcs: Arcs | Links, end: int, nodes: int) -> Worth:
    """Return the most that a path from each node to one of them adds, `LEAST` where none is."""
    start = np.full(nodes, LEAST)
    start[end] = 0
    gain: Worth = longest(reversed_arcs, start)
    return gain


def find_chain(network: Network, pair_of: Numbers, person: int, pairs: Numbers) -> Moves | None:
    """Return the moves (person and new pair, `LEAVES`: no seat) that give the person one of some
    of their unused `pairs`, theirs first, and lead to the best plan that holds one of these; None
    where none can be held. Nobody moves twice.

    The network is a tree (no divided sets, rows or starts), the plan a best one.
    """
    end, here = seat_of(network, pair_of, person)
    face, worth = Face.whole(network), network.packed
    pairs = pairs[face.pairs[pairs] & (pairs != pair_of[person])]
    gain = best_to(find_links(network, face, worth, pair_of).reversed(), end, network.nodes)
    rest = dual_arcs(network, face, worth, pair_of, gain)
    kept = rest.tail != end
    size = pairs.size
    arcs = Arcs(
        np.concatenate([np.full(size, network.nodes), rest.tail[kept]]),
        np.concatenate([network.opening[pairs], rest.head[kept]]),
        np.concatenate([network.packed[pairs] - here, rest.weight[kept]]),
        np.concatenate([np.full(size, person), rest.person[kept]]),
        np.concatenate([pairs, rest.pair[kept]]),
    )
    back = arcs.reversed()
    ways = _Ways(network.nodes, end, network.nodes + 1, back).best(back.weight)
    if not ways.back.head.size:
        return None
    for at in range(network.led, len(network.names)):
        column = network.worth[:, at]
        if network.names[at] == WORST:
            ways = ways.best(_change(ways, pair_of, np.ones_like(column)))
            ways = _raise_lowest(ways, pair_of, column)
        else:
            ways = ways.best(_change(ways, pair_of, column))
    return _first(ways.best(-(ways.back.pair != STAYS).astype(np.int64)))


@dataclass(frozen=True)
class _Ways:
    """The arcs `back` (the other way round: from their heads to their tails) of the paths from a
    start to an end that are left, among so many nodes."""

    start: int
    end: int
    nodes: int
    back: Arcs

    def best(self, weight: Worth) -> _Ways:
        """Return the paths of greatest weight."""
        gain = best_to(replace(self.back, weight=weight), self.end, self.nodes)
        through = gain[self.back.tail]
        return self.of((through != LEAST) & (through + weight == gain[self.back.head]))

    def of(self, kept: Flags) -> _Ways:
        """Return the paths along some of the arcs alone; arcs on no such path are left out."""
        back = self.back
        tail, head = back.tail[kept], back.head[kept]
        on_path = _reached(head, tail, self.start, self.nodes)
        on_path &= _reached(tail, head, self.end, self.nodes)
        inside = on_path[tail] & on_path[head]
        on = np.flatnonzero(kept)[inside]
        parts = (back.weight[on], back.person[on], back.pair[on])
        return replace(self, back=Arcs(tail[inside], head[inside], *parts))

    @property
    def single(self) -> bool:
        """Whether one path is left, or none."""
        return bool(np.unique(self.back.head).size == self.back.head.size)


def _reached(tail: Numbers, head: Numbers, start: int, nodes: int) -> Flags:
    """Return which nodes are reached from one of them."""
    reached = np.zeros(nodes, bool)
    reached[start], held = True, 0
    while held != (held := int(reached.sum())):
        reached[head[reached[tail]]] = True
    return reached


def _change(ways: _Ways, pair_of: Numbers, column: Worth) -> Worth:
    """Return what each arc's move adds of one place of the objective."""
    new, old = _pairs(ways, pair_of)
    worth = np.append(column, 0)
    change: Worth = worth[new] - worth[old]
    return change


def _pairs(ways: _Ways, pair_of: Numbers) -> tuple[Numbers, Numbers]:
    """Return the pair that each arc's move takes up and the one it gives up, -1: none."""
    back = ways.back
    moving = back.pair != STAYS
    new = np.where(moving & (back.pair != LEAVES), back.pair, -1)
    return new, np.where(moving, pair_of[np.where(moving, back.person, 0)], -1)


def _raise_lowest(ways: _Ways, pair_of: Numbers, score: Worth) -> _Ways:
    """Return the paths that take up the fewest of the lowest score (those given up counted off),
    of these the fewest of the next, and so on. Up to the next score that somebody gives up, as
    many scores as can be left out altogether are left out together."""
    done = -1
    while not ways.single:
        new, old = _scores(ways, pair_of, score)
        given_up = old[old > done]
        level = int(given_up.min()) if given_up.size else None
        before = new.size > 0 if level is None else new < level
        taken_up = np.unique(new[(new > done) & before])
        few, most = 0, taken_up.size
        while few < most:
            half = (few + most + 1) // 2
            left = ways.of((new <= done) | (new > taken_up[half - 1]))
            few, most = (half, most) if left.back.head.size else (few, half - 1)
        if few:
            ways = ways.of((new <= done) | (new > taken_up[few - 1]))
        if few < taken_up.size:
            level = int(taken_up[few])
        if level is None:
            break
        new, old = _scores(ways, pair_of, score)
        ways = ways.best((old == level).astype(np.int64) - (new == level))
        done = level
    return ways


def _scores(ways: _Ways, pair_of: Numbers, score: Worth) -> tuple[Worth, Worth]:
    """Return the score that each arc's move takes up and the one it gives up, -1 where it has
    none or both are the same."""
    new, old = (np.append(score, -1)[pairs] for pairs in _pairs(ways, pair_of))
    return np.where(new == old, -1, new), np.where(new == old, -1, old)


def _first(ways: _Ways) -> Moves:
    """Return the moves of the first path by people and pairs in the order of the path; all move
    as many people."""
    back = ways.back
    resting: nx.DiGraph[int] = nx.DiGraph()
    leaving: dict[int, list[tuple[int, int, int]]] = defaultdict(list)
    resting.add_nodes_from(range(ways.nodes))
    arcs = np.column_stack([back.head, back.tail, back.person, back.pair])
    for tail, head, person, pair in arcs.tolist():
        if pair == STAYS:
            resting.add_edge(tail, head)
        else:
            leaving[tail].append((person, pair, head))
    moves, at = [], ways.start
    while ways.end not in (near := {at, *nx.descendants(resting, at)}):
        person, pair, at = min(move for node in near for move in leaving[node])
        moves.append((person, pair))
    return tuple(moves)
