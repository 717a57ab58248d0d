"""Why people stand elsewhere: the differences of two batches applied group by group, each time
with a whole run."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field

from matcher.assign.divisions import TREE
from matcher.explain.compare.found import Step, places_of, sums_of
from matcher.explain.compare.groups import Sides
from matcher.pipeline import Result

# Where the same inputs now come to another plan than a batch holds.
VERSION = "version"

Progress = Callable[[str, int], None]
Groups = tuple[str, ...]
Cause = tuple[Groups, Groups]


@dataclass(frozen=True)
class Stand:
    """Where everybody stands (the opening, "" without a host), by id, and what it comes to."""

    places: dict[str, str]
    totals: dict[str, int]
    own: bool

    def moved_to(self, other: Stand) -> int:
        """Return how many people of both stand elsewhere in the other."""
        both = self.places.keys() & other.places.keys()
        return sum(self.places[name] != other.places[name] for name in both)


Walk = list[tuple[Groups, Stand]]


@dataclass(frozen=True)
class Causes:
    """The groups in which two batches differ, the steps from one to the other, and of each person
    who moved the cause and what would have been one without it (see `Change`)."""

    groups: Groups
    steps: tuple[Step, ...]
    of: dict[str, Cause]


def find_causes(before: Result, after: Result, progress: Progress | None = None) -> Causes:
    """Return why people of both results stand elsewhere in the second.

    The cause is the first step from which the person's last place stands. Where the place still
    stands without that step in the second batch, another cause is found in the same way among the
    steps that are left.
    """
    sides = Sides(before.problem, after.problem)
    groups = sides.differing()
    start, end = _stand(before), _stand(after)
    trials = Trials(sides, start, progress, expected=2 * len(groups) + 2)
    trials.made[frozenset()] = trials.begin = trials.again(before, start, ())
    trials.made[frozenset(groups)] = finish = trials.again(after, end, groups)
    walk = [
        ((), start),
        *_otherwise(start, trials.begin),
        *trials.walk(groups)[1:],
        *_otherwise(finish, end),
    ]
    moved = [name for name, place in start.places.items() if end.places.get(name, place) != place]
    first = {name: _first(walk, name) for name in moved}
    also: dict[str, Groups] = {}
    for cause in dict.fromkeys(first.values()):
        caused = {name: end.places[name] for name, of in first.items() if of == cause}
        also |= _also(trials, tuple(group for group in groups if group not in cause), caused)
    steps = tuple(
        Step(step, was.moved_to(stand), stand.totals, stand.own)
        for (_, was), (step, stand) in itertools.pairwise(walk)
    )
    return Causes(groups, steps, {name: (first[name], also.get(name, ())) for name in moved})


@dataclass
class Trials:
    """Runs with some groups applied to what stood at the `begin`, each made once; None where they
    cannot stand. `expected` is about how many there will be."""

    sides: Sides
    begin: Stand
    progress: Progress | None
    expected: int
    made: dict[frozenset[str], Stand | None] = field(default_factory=dict)

    def at(self, taken: Collection[str]) -> Stand | None:
        """Return where everybody stands with these groups applied."""
        key = frozenset(taken)
        if key not in self.made:
            result = self.sides.run(key)
            self.made[key] = _stand(result) if result else None
            if self.progress:
                self.progress("compare", min(99, 100 * len(self.made) // self.expected))
        return self.made[key]

    def again(self, result: Result, stand: Stand, taken: Collection[str]) -> Stand:
        """Return where everybody stands in a batch made again: as the batch says where opening it
        has shown that, else run anew."""
        if result.stable or result.plan.method == TREE:
            return stand
        return self.at(taken) or stand

    def walk(self, groups: Groups) -> Walk:
        """Return where everybody stands at the beginning and after each of the steps that apply
        these groups in order. One that cannot stand by itself goes together with the first later
        one with which it can, else with as many as it takes; all together can."""
        walk: Walk = [((), self.begin)]
        taken, left = frozenset[str](), groups
        while left:
            tried = ((step, self.at(taken.union(step))) for step in _together(left))
            step, stand = self._least(taken, *next((step, at) for step, at in tried if at))
            walk.append((step, stand))
            taken, left = taken.union(step), tuple(one for one in left if one not in step)
        return walk

    def _least(self, taken: frozenset[str], step: Groups, stand: Stand) -> tuple[Groups, Stand]:
        """Return a step without those of its groups that its first does not need."""
        for other in step[1:]:
            fewer = tuple(group for group in step if group != other)
            if at := self.at(taken.union(fewer)):
                return self._least(taken, fewer, at)
        return step, stand


def _together(left: Groups) -> Iterator[Groups]:
    yield left[:1]
    for other in left[1:]:
        yield (left[0], other)
    for end in range(3, len(left) + 1):
        yield left[:end]


def _stand(result: Result) -> Stand:
    places = {name: place.opening_id for name, place in places_of(result).items()}
    return Stand(places, sums_of(result), result.problem.given is None)


def _otherwise(one: Stand, other: Stand) -> Walk:
    """Return a step of its own between what should be the same and is not."""
    return [((VERSION,), other)] if one.places != other.places else []


def _first(walk: Walk, name: str) -> Groups:
    """Return the first step from which somebody's last place stands; none where it always has."""
    last = walk[-1][1].places.get(name)
    steps = reversed(list(itertools.pairwise(walk)))
    return next((step for (_, was), (step, _) in steps if was.places.get(name) != last), ())


def _also(trials: Trials, left: Groups, caused: Mapping[str, str]) -> dict[str, Groups]:
    """Return what would have brought people of one cause to their last place (`caused`) by the
    groups that are `left` without it; only those whom something would."""
    without = trials.at(left)
    if without is None:
        return {}
    names = [name for name, place in caused.items() if without.places.get(name) == place]
    walk = trials.walk(left) if names else []
    return {name: _first(walk, name) for name in names}
