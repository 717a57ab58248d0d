"""Which proposals are safe whatever the unknowns turn out to be.

A proposal is safe where no plan without it is as good as this plan, each pair's score anywhere
between its low and its high end by itself. Pairs that two plans share count alike in both, so this
plan stands worst against every other with its own pairs at their low ends and all others at their
high ones: the best plan there without the proposal decides, found for all of them in one pass.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

import numpy as np

from matcher.assign import Impossible, fit_division, keeps, method_of, pairs_of
from matcher.assign.best import Total, solve_stages, total_of
from matcher.assign.divisions import EVERY_DIVISION, MILP, TREE
from matcher.assign.network import WORST, Face, Network, Worth
from matcher.assign.paths import own_pairs
from matcher.pipeline import Result
from matcher.problem import Flags, Numbers
from matcher.rules import RULES
from matcher.sure.around import Beside, at_scores, led_total, open_network, trees_of
from matcher.sure.draws import Progress

SAFE, ONCE_SHOWN, OTHERS_SHOWN = "safe", "once_shown", "others_shown"
CAN_CHANGE, NOT_KNOWN = "can_change", "not_known"
Tell = Callable[[int], None]
STATES = (CAN_CHANGE, ONCE_SHOWN, OTHERS_SHOWN, NOT_KNOWN, SAFE)


@dataclass(frozen=True)
class Range:
    """How a proposal stands against the unknowns, by places: its score, the ends of it, and the
    rules still open (`conditions`).

    `once_shown`: safe whatever the scores, every condition of the plan shown. `whatever`: so too
    where conditions of other proposals fail, its own shown; seats on record stay. None: not known.
    """

    candidate: int
    opening: int
    score: int
    low: int
    high: int
    conditions: tuple[str, ...]
    once_shown: bool | None
    whatever: bool | None
    on_record: bool

    @property
    def state(self) -> str:
        """Whether it is safe, and if so once what is shown."""
        if self.once_shown is None:
            return NOT_KNOWN
        if not self.once_shown:
            return CAN_CHANGE
        if self.conditions:
            return ONCE_SHOWN
        return SAFE if self.whatever else OTHERS_SHOWN


def weigh_ranges(result: Result, progress: Progress | None = None) -> tuple[Range, ...]:
    """Return how each proposal stands against the unknowns, in the order of `STATES`, then by id;
    nothing is known of a stable plan, which is the best of no objective. `progress` is told the
    part of the work and its percent."""
    none = np.zeros(result.plan.row.size, bool)
    conditional = none.copy()
    placed = result.plan.row >= 0
    conditional[placed] = result.screening.conditional[result.plan.row[placed]]
    passes = 1 + int(conditional.any())

    def tell(share: int) -> None:
        if progress:
            progress("ranges", share // passes)

    once = find_safe(result, none, tell)
    whatever = once
    if conditional.any():
        whatever = find_safe(result, conditional, lambda share: tell(100 + share))
    ranges = (
        _range(result, person, once.get(person), whatever.get(person))
        for person in np.flatnonzero(placed).tolist()
    )
    ids = result.problem.candidate_ids
    return tuple(sorted(ranges, key=lambda one: (STATES.index(one.state), ids[one.candidate])))


def _range(result: Result, person: int, once: bool | None, whatever: bool | None) -> Range:
    row, scores = int(result.plan.row[person]), result.scores
    bits = int(result.screening.open_rules[row])
    on_record = bool(result.problem.locked[person] >= 0)
    return Range(
        candidate=person,
        opening=int(result.plan.opening[person]),
        score=int(scores.score[row]),
        low=int(scores.low[row]),
        high=int(scores.high[row]),
        conditions=tuple(rule.name for bit, rule in enumerate(RULES) if bits >> bit & 1),
        once_shown=on_record or once,
        whatever=on_record or (False if once is False else whatever),
        on_record=on_record,
    )


def find_safe(result: Result, failing: Flags, tell: Tell | None = None) -> dict[int, bool | None]:
    """Return by candidate proposed (seats on record left out) whether no plan without the proposal
    is as good as this one, whatever the scores, where proposals that are `failing` (by candidate)
    may be lost too, but for the one asked about. None: not known. `tell` is told the percent."""
    if result.stable:
        return {}
    network = open_network(result)
    pair_of = pairs_of(network, result.plan)
    placed = np.flatnonzero(pair_of >= 0)
    scores, row = result.scores, network.row
    least = result.problem.settings.objective.min_score
    falling = np.zeros(pair_of.size, bool)
    falling[placed] = scores.low[row[pair_of[placed]]] < least
    lost = (falling | failing[network.people]) & (pair_of >= 0)
    told = _stands(network, pair_of, lost)
    score = scores.high[row].copy()
    score[pair_of[placed]] = np.maximum(scores.low[row[pair_of[placed]]], least)
    shown = at_scores(result, network, score)
    worst = replace(shown, worth=_or_nothing(shown.worth, pair_of[lost]))
    exact = result.plan.method in (TREE, EVERY_DIVISION)
    compare = _without_each if WORST in network.names else _without
    most = compare(list(_covering(worst)), pair_of, tell)
    near = most if exact else compare([fit_division(worst, pair_of)], pair_of, None)
    safe: dict[int, bool | None] = {}
    for person in placed.tolist():
        pair = int(pair_of[person])
        own = _value(worst, pair_of, shown.worth[pair] - worst.worth[pair])
        holds, above = (each is None or own > each for each in (most[person], near[person]))
        known = (True if holds else None if above else False) if told[person] else None
        safe[int(network.people[person])] = False if falling[person] else known
    return safe


def _value(network: Network, pair_of: Numbers, more: Worth) -> Total:
    """Return what a plan is worth, so much more in it."""
    if WORST in network.names:
        return total_of(network, pair_of)
    return tuple((np.array(led_total(network, pair_of), np.int64) + more).tolist())


def _or_nothing(worth: Worth, pairs: Numbers) -> Worth:
    """Return the worth of the pairs, of some of them no more than nothing."""
    worth = worth.copy()
    for pair in pairs.tolist():
        worth[pair] = min(tuple(worth[pair].tolist()), (0,) * worth.shape[1])
    return worth


def _covering(network: Network) -> Iterator[Network]:
    """Yield trees that together hold every plan of the network, and others where it is none."""
    loose = network.loose
    if method_of(loose) == MILP:
        loose = replace(loose, divided=())
    yield from trees_of(loose, np.full(network.people.size, -1))


def _people(
    trees: Sequence[Network], pair_of: Numbers, tell: Tell | None
) -> Iterator[tuple[Network, Iterable[int]]]:
    """Yield each tree with the people of a plan, and tell the percent gone through."""
    people = np.flatnonzero(pair_of >= 0).tolist()

    def each(before: int) -> Iterator[int]:
        for n, person in enumerate(people, before * len(people) + 1):
            yield person
            if tell:
                tell(100 * n // (len(trees) * len(people)))

    for before, tree in enumerate(trees):
        yield tree, each(before)


def _without(trees: Sequence[Network], pair_of: Numbers, tell: Tell | None) -> list[Total | None]:
    """Return by person of a plan the most that a plan of some trees is worth without their pair,
    None where there is none (and for people without a pair)."""
    best: list[Total | None] = [None] * pair_of.size
    for tree, people in _people(trees, pair_of, tell):
        with suppress(Impossible):
            beside = Beside(tree, solve_stages(tree).pair_of)
            for person in people:
                value: Total | None = beside.total
                if beside.pair_of[person] == pair_of[person]:
                    pairs = own_pairs(tree, person)
                    pairs = pairs[beside.face.pairs[pairs] & (pairs != pair_of[person])]
                    found = beside.best(person, pairs, tree.worth[pairs])
                    value = found[0] if found else None
                best[person] = _greater(best[person], value)
    return best


def _without_each(
    trees: Sequence[Network], pair_of: Numbers, tell: Tell | None
) -> list[Total | None]:
    """Return the same plan by plan: of `worst`, which is no number."""
    best: list[Total | None] = [None] * pair_of.size
    for tree, people in _people(trees, pair_of, tell):
        with suppress(Impossible):
            whole = solve_stages(tree)
            for person in people:
                value: Total | None = whole.total
                if whole.pair_of[person] == pair_of[person]:
                    value = _best_barred(tree, int(pair_of[person]))
                best[person] = _greater(best[person], value)
    return best


def _best_barred(tree: Network, pair: int) -> Total | None:
    closed = ~Face.whole(tree).pairs
    closed[pair] = True
    with suppress(Impossible):
        return solve_stages(replace(tree, closed=closed)).total
    return None


def _greater(one: Total | None, other: Total | None) -> Total | None:
    return max((each for each in (one, other) if each is not None), default=None)


def _stands(network: Network, pair_of: Numbers, lost: Flags) -> list[bool]:
    """Return by person whether the plan stays one, whichever others of some people are lost; of
    `worst`, which has no number for people lost, only where nobody is."""
    if WORST in network.names or not lost.any() or _stands_without(network, pair_of, lost):
        return [WORST not in network.names or not lost.any()] * lost.size
    each = np.eye(lost.size, dtype=bool)
    return [_stands_without(network, pair_of, lost & ~own) for own in each]


def _stands_without(network: Network, pair_of: Numbers, lost: Flags) -> bool:
    """Whether a plan keeps every floor and limit, whichever of some of its people are lost."""
    gone, rest = pair_of[lost], np.where(lost, -1, pair_of)
    used = rest[rest >= 0]
    starts = [start.opening for start in network.starts]
    return (
        keeps(replace(network, closed=None), rest)
        and not np.isin(starts, network.opening[gone]).any()
        and all(
            int(row.weight[used].sum() + np.maximum(row.weight[gone], 0).sum()) <= row.most
            for row in network.rows
        )
    )
