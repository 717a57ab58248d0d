"""Ceilings on sets that cross: shared out among their parts in every way, each way a tree.

The best plan of all is the best of the divisions: exactly, and with the lottery. Where there are
too many to go through, `scipy.optimize.milp` (HiGHS) chooses one, a name of the objective after
the other, and the plan is the best of that division.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import numpy as np

from matcher.assign.beside import divide, fit_division, keeps, room_of
from matcher.assign.best import (
    ROUNDS,
    Draw,
    Solved,
    Total,
    draw_lots,
    find_face,
    solve_stages,
    suffix_of,
    ties_of,
    total_of,
)
from matcher.assign.improve import Impossible
from matcher.assign.milp import SEARCHED, Chosen, Claim, choose_plan
from matcher.assign.network import Network, Start
from matcher.problem import Flags, Numbers

MOST = 64
TRIES = 400
TREE, EVERY_DIVISION, MILP, RELAXED = "tree", "divided", "milp", "relaxed"


def method_of(network: Network) -> str:
    """Return how the best plan of a network is found: on its tree, as the best of all divisions,
    or next to a plan that `milp` chooses."""
    if network.rows or network.starts:
        return MILP
    if not network.divided:
        return TREE
    return EVERY_DIVISION if count_divisions(network) <= MOST else MILP


def find_best(network: Network, draw: Draw) -> tuple[Numbers, Flags, str, tuple[Claim, ...]]:
    """Return each person's pair in the best plan (-1: unplaced), who was decided by lottery (see
    `find_plan`), the method, and what the solver claims where it chose; `Impossible` where no plan
    keeps every limit.

    What no tree holds is first left out: a plan that is the best without and keeps it is the best
    ("relaxed").
    """
    method = method_of(network)
    if method == MILP:
        kept = _best_kept(network, draw)
        return kept.pair_of, *find_ties(network, kept.pair_of), kept.claims
    equal = _best_of(solve_divisions(network))
    plans = [draw_lots(solved, draw) for solved in equal]
    return _drawn(plans, draw), _ties_among(equal), method, ()


def _best_kept(network: Network, draw: Draw) -> Chosen:
    """Return the best plan of a network that no tree holds: the best without the rest where it
    keeps that; else, where only starts stand outside, by trying each that it breaks both ways; else
    by `milp`."""
    if method_of(network.loose) != MILP:
        pair_of, *_ = find_best(network.loose, draw)
        if keeps(network, pair_of):
            return Chosen(pair_of, ())
    if network.starts and method_of(replace(network, starts=())) != MILP:
        return _best_started(network, draw)
    return _best_beside(network, draw)


def _best_started(network: Network, draw: Draw) -> Chosen:
    """Return the best plan, the lottery included, by trying starts both ways: none there, or at
    least so many. What cannot be better than the best plan known, starts left out, is not gone
    into; beyond so many tries `milp` chooses."""
    best: tuple[tuple[Total, int], Numbers] | None = None
    waiting = [network]
    for _ in range(TRIES):
        if not waiting:
            break
        part = waiting.pop()
        with suppress(Impossible):
            pair_of = _without_starts(part, draw)
            used = pair_of[pair_of >= 0]
            value = (total_of(part, pair_of), int(draw("", used)[used].sum()))
            if best is not None and value <= best[0]:
                continue
            broken = [start for start in part.starts if _breaks(part, start, pair_of)]
            if broken:
                waiting += [_decided(part, broken[0], ahead) for ahead in (False, True)]
            else:
                best = (value, pair_of)
    if waiting:
        return _best_beside(network, draw)
    if best is None:
        raise Impossible
    return Chosen(best[1], (Claim("", None, SEARCHED),))


def _without_starts(network: Network, draw: Draw) -> Numbers:
    pair_of, *_ = find_best(network.bound_by(starts=()), draw)
    return pair_of


def _breaks(network: Network, start: Start, pair_of: Numbers) -> bool:
    held = int(network.loads(pair_of)[start.opening])
    return 0 < held < start.least


def _decided(network: Network, start: Start, ahead: bool) -> Network:
    """Return the network in which an opening goes ahead, or does not."""
    floor, ceiling = network.tree.floor.copy(), network.tree.ceiling.copy()
    if ahead:
        floor[start.opening] = max(floor[start.opening], start.least)
    else:
        ceiling[start.opening] = 0
    rest = tuple(one for one in network.starts if one != start)
    tree = replace(network.tree, floor=floor, ceiling=ceiling)
    return network.bound_by(tree=tree, starts=rest)


def _best_beside(network: Network, draw: Draw) -> Chosen:
    """Return the plan that `milp` chooses, made better as long as the tree beside it has a better
    one, the lottery included; and what the solver claims."""
    chosen = choose_plan(network, draw)
    pair_of = chosen.pair_of
    while True:
        better = draw_lots(solve_stages(fit_division(network, pair_of)), draw)
        if np.array_equal(better, pair_of):
            return Chosen(pair_of, chosen.claims)
        pair_of = better


def find_ties(network: Network, pair_of: Numbers) -> tuple[Flags, str]:
    """Return whom plans as good as this one, before the lottery, would treat otherwise (of the
    tree beside it, where there is no end to them), and the method by which it is the best.

    AssertionError where the plan is not a best one.
    """
    if not keeps(network, pair_of):
        raise AssertionError("the plan breaks a ceiling, a floor or a limit")
    method = method_of(network)
    if method == MILP and method_of(network.loose) != MILP:
        with suppress(AssertionError):
            find_ties(network.loose, pair_of)
            method = RELAXED
    beside = find_face(fit_division(network, pair_of), pair_of)
    if method != EVERY_DIVISION:
        return ties_of(beside), method
    equal = _best_of(solve_divisions(network))
    if equal[0].total != total_of(network, pair_of):
        raise AssertionError("the plan is not the best one")
    return _ties_among(equal), method


def solve_divisions(network: Network) -> list[Solved]:
    """Return every division that has a plan, with a best plan of it; `Impossible` where none
    has."""
    solved = []
    for way in divisions(network):
        with suppress(Impossible):
            solved.append(solve_stages(way))
    if not solved:
        raise Impossible
    return solved


def divisions(network: Network) -> Iterator[Network]:
    """Yield the network of each way to share out the divided ceilings."""
    ways = [list(_shares(each.ceiling, room_of(network, each))) for each in network.divided]
    for way in itertools.product(*ways):
        yield divide(network, way)


def count_divisions(network: Network) -> int:
    """Return how many ways there are to share out the divided ceilings."""
    product = 1
    for each in network.divided:
        ways = [1] + [0] * each.ceiling
        for room in room_of(network, each):
            ways = [sum(ways[max(0, held - room) : held + 1]) for held in range(len(ways))]
        product *= ways[-1]
    return product


def _shares(total: int, room: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield the ways to share out a total among parts with so much room, in order."""
    if not room:
        if total == 0:
            yield ()
        return
    for share in range(max(0, total - sum(room[1:])), min(total, room[0]) + 1):
        for rest in _shares(total - share, room[1:]):
            yield (share, *rest)


def _best_of(solved: list[Solved]) -> list[Solved]:
    best = max(one.total for one in solved)
    return [one for one in solved if one.total == best]


def _drawn(plans: list[Numbers], draw: Draw) -> Numbers:
    """Return the plan with the greatest sum of tickets, round by round."""
    for draws in range(1, ROUNDS):
        if all(np.array_equal(plan, plans[0]) for plan in plans):
            return plans[0]
        used = np.unique(np.concatenate([plan[plan >= 0] for plan in plans]))
        worth = draw(suffix_of(draws), used)
        sums = [int(worth[plan[plan >= 0]].sum()) for plan in plans]
        plans = [plan for plan, held in zip(plans, sums, strict=True) if held == max(sums)]
    raise AssertionError("the lottery did not decide")


def _ties_among(equal: list[Solved]) -> Flags:
    """Return whom the best plans of all divisions together treat otherwise."""
    tied = np.logical_or.reduce([ties_of(solved) for solved in equal])
    plans = np.stack([solved.pair_of for solved in equal])
    others: Flags = tied | (plans != plans[0]).any(axis=0)
    return others


def choose_division(network: Network, draw: Draw) -> Network:
    """Return the tree beside the plan that HiGHS finds best: of each name of the objective in
    order, then of the tickets."""
    return fit_division(network, choose_plan(network, draw).pair_of)
