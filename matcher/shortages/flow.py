"""The greatest flow of people that floors and ceilings allow, and the minimum cut beside it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components, maximum_flow

from matcher.limits import PEOPLE, SEATS
from matcher.problem import Flags, Numbers
from matcher.shortages.forest import Forest, grow_forest
from matcher.shortages.required import CEILING, FLOOR, LOCK, SEAT, Required, Thing

ENDLESS = -1


@dataclass(frozen=True)
class Cut:
    """`floors` (places of sets) that together ask for `short` people more than the `most` there can
    be, and what holds these back: `ceilings` (places of sets), the seats of `openings`, or that
    there are no more `people`. Where there are no floors, seats on record are above a ceiling.

    `eased` is by thing what one unit of its change eases at most, `rooms` by ceiling how many more
    than those on record it lets in there.
    """

    floors: tuple[int, ...]
    ceilings: tuple[int, ...]
    openings: tuple[int, ...]
    people: tuple[int, ...]
    most: int
    short: int
    eased: Mapping[Thing, int]
    rooms: Mapping[int, int] = field(default_factory=dict)


def forest_of(required: Required, side: str, first: int | None) -> Forest:
    """Return the forest of a side's sets, the set at `first` taken first."""
    size = required.held.size if side == PEOPLE else required.seats.size
    places = [at for at in _order(required, first) if required.sets[at].side == side]
    return grow_forest(size, [(at, required.sets[at]) for at in places])


def _order(required: Required, first: int | None) -> list[int]:
    """Return the places of the sets as forests take them: floors before quotas before ceilings."""
    return sorted(
        range(len(required.sets)),
        key=lambda at: (
            at != first,
            required.sets[at].floor == 0,
            not required.sets[at].law,
            at,
        ),
    )


class Flow:
    """The greatest flow that what must be kept allows, floors as far as they can be.

    Its nodes are people, openings, the sets of people, the sets of openings, the root. Its arcs are
    those above people, above openings, above sets and last the pairs; `pairs` are their places.
    """

    def __init__(self, required: Required, first: int | None) -> None:
        self.required = required
        self.groups = forest_of(required, PEOPLE, first)
        self.tree = forest_of(required, SEATS, first)
        self.people, self.openings = required.held.size, required.seats.size
        self.sets = [*self.groups.nodes, *self.tree.nodes]
        self.first = self.people + self.openings
        self.root = self.first + len(self.sets)
        self.pairs = np.flatnonzero(required.held[required.person] < 0)
        self._set_arcs()
        self._solve()

    def _set_arcs(self) -> None:
        required, groups, tree = self.required, self.groups, self.tree
        second = self.first + len(groups.nodes)
        own, other = np.arange(self.people), self.people + np.arange(self.openings)
        over = self._at(groups.over, self.first)
        over_sets = self._at(np.array(groups.above, np.int64), self.first)
        above = self._at(tree.over, second)
        above_sets = self._at(np.array(tree.above, np.int64), second)
        person, opening = required.person[self.pairs], required.opening[self.pairs]
        nodes = np.arange(self.first, self.root)
        self.tail = np.concatenate([over, other, over_sets, nodes[len(groups.nodes) :], person])
        self.head = np.concatenate(
            [own, above, nodes[: len(groups.nodes)], above_sets, self.people + opening]
        )
        locked = np.flatnonzero(required.held >= 0)
        on_record = np.bincount(required.held[locked], minlength=self.openings)
        counted = [*[required.held >= 0] * len(groups.nodes), *[on_record] * len(tree.nodes)]
        taken = [
            int(held[list(node.members)].sum())
            for held, node in zip(counted, self.sets, strict=True)
        ]
        floors = [max(0, node.floor - held) for node, held in zip(self.sets, taken, strict=True)]
        leaves = np.zeros(self.first, np.int64)
        self.least = np.concatenate([leaves, floors, np.zeros(self.pairs.size, np.int64)]).astype(
            np.int64
        )
        ones = np.ones(self.people, np.int64)
        ones[locked] = 0
        ceilings = [
            ENDLESS if node.ceiling is None else max(0, node.ceiling - held)
            for node, held in zip(self.sets, taken, strict=True)
        ]
        endless = np.full(self.pairs.size, ENDLESS, np.int64)
        seats = np.maximum(required.seats - on_record, 0)
        self.most = np.concatenate([ones, seats, ceilings, endless]).astype(np.int64)

    def _at(self, places: Numbers, first: int) -> Numbers:
        at: Numbers = np.where(places < 0, self.root, first + places)
        return at

    def _solve(self) -> None:
        asked = int(self.least.sum())
        most = np.where(self.most == ENDLESS, self.people + asked + 1, self.most)
        most = np.maximum(most, self.least)
        source, sink, size = self.root + 1, self.root + 2, self.root + 3
        given = np.bincount(self.head, self.least, size).astype(np.int64)
        needed = np.bincount(self.tail, self.least, size).astype(np.int64)
        nodes = np.arange(size)
        tail = np.concatenate([self.tail, np.full(size, source), nodes])
        head = np.concatenate([self.head, nodes, np.full(size, sink)])
        room = np.concatenate([most - self.least, given, needed]).astype(np.int32)
        keep = room > 0
        shape = (size, size)
        graph = csr_array(coo_array((room[keep], (tail[keep], head[keep])), shape=shape))
        found = maximum_flow(graph, source, sink)
        self.short = asked - int(found.flow_value)
        self.used = np.asarray(found.flow[self.tail, self.head]).ravel() + self.least
        residual = csr_array(graph - found.flow)
        residual.data = np.maximum(residual.data, 0)
        residual.eliminate_zeros()
        self.reached = _reach(residual, source)[: self.root + 1]
        self.reaching = _reach(csr_array(residual.T), sink)[: self.root + 1]

    def cuts(self) -> list[Cut]:
        """Return the parts of a minimum cut that have nothing to do with each other."""
        narrow, wide = self.reached, ~self.reaching
        within = narrow if not narrow[self.root] else ~wide
        size = self.root + 1
        inner = within[self.tail] & within[self.head]
        tail, head = self.tail[inner], self.head[inner]
        links = coo_array((np.ones(tail.size), (tail, head)), shape=(size, size))
        _, part = connected_components(csr_array(links), directed=False)
        entering = np.flatnonzero((within[self.tail] != within[self.head]) & (self.least > 0))
        ends = np.where(within[self.tail[entering]], self.tail[entering], self.head[entering])
        found = [self._cut(part == one, narrow[self.root]) for one in np.unique(part[ends])]
        return sorted((cut for cut in found if cut.short > 0), key=lambda cut: cut.floors)

    def _cut(self, part: Flags, outside: bool) -> Cut:
        """Return what a part of the cut shows; `outside`: the root is not on the part's side, so
        that what enters is what leaves the part."""
        side = ~part if outside else part
        entering = np.flatnonzero(~side[self.tail] & side[self.head] & (self.least > 0))
        leaving = np.flatnonzero(side[self.tail] & ~side[self.head])
        short = int(self.least[entering].sum() - self.most[leaving].sum())
        floors = [self.sets[arc - self.first].at for arc in entering.tolist()]
        rooms: Counter[int] = Counter()
        for arc in leaving[leaving >= self.first].tolist():
            rooms[self.sets[arc - self.first].at] += int(self.most[arc])
        openings = [at for at in (leaving - self.people).tolist() if 0 <= at < self.openings]
        return Cut(
            tuple(sorted(floors)),
            tuple(sorted(rooms)),
            tuple(openings),
            tuple(arc for arc in leaving.tolist() if arc < self.people and self.most[arc]),
            sum(self.required.sets[at].floor for at in floors) - short,
            short,
            self._eased(side, entering),
            rooms,
        )

    def _eased(self, side: Flags, entering: NDArray[np.int64]) -> dict[Thing, int]:
        required = self.required
        eased: Counter[Thing] = Counter(
            (FLOOR, self.sets[arc - self.first].at) for arc in entering.tolist()
        )
        leaving = side[self.tail] & ~side[self.head]
        for opening in np.flatnonzero(leaving[self.people : self.first]).tolist():
            eased[SEAT, opening] += 1
        out = [node for at, node in enumerate(self.sets) if leaving[self.first + at]]
        for node in out:
            if not required.sets[node.at].law:
                eased[CEILING, node.at] += 1
        for person in np.flatnonzero(required.liftable & (required.held >= 0)).tolist():
            place = int(required.held[person])
            by = int(leaving[self.people + place])
            by += sum(
                (person if required.sets[node.at].side == PEOPLE else place) in node.members
                for node in out
            )
            goes = required.opening[required.person == person]
            stays = side[self.people + goes].all()
            by += int(side[self.tail[person]] and not stays)
            if by:
                eased[LOCK, person] = by
        return dict(eased)


def _reach(graph: csr_array, start: int) -> Flags:
    reached = np.zeros(graph.shape[0], bool)
    reached[breadth_first_order(graph, start, return_predecessors=False)] = True
    return reached
