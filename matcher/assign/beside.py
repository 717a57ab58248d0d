"""The tree beside a plan: a division that it keeps, in which every plan keeps the rows and starts
that no tree holds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.assign.duals import seated
from matcher.assign.network import Divided, Face, Network
from matcher.problem import Numbers


def divide(network: Network, shares: tuple[tuple[int, ...], ...]) -> Network:
    """Return the network with each divided ceiling shared out among its parts."""
    if not network.divided:
        return network
    ceiling = network.tree.ceiling.copy()
    for each, share in zip(network.divided, shares, strict=True):
        ceiling[list(each.parts)] = share
    tree = replace(network.tree, ceiling=ceiling)
    return network.bound_by(tree=tree, divided=(), division=True)


def fit_division(network: Network, pair_of: Numbers) -> Network:
    """Return the tree beside a plan: the first division that it keeps, in which every plan keeps
    the rows and starts."""
    loads = network.tree.loads(seated(network, pair_of))
    shares = []
    for each in network.divided:
        share, room = loads[list(each.parts)].tolist(), room_of(network, each)
        for at in range(len(share) - 1, -1, -1):
            share[at] += min(room[at] - share[at], each.ceiling - sum(share))
        shares.append(tuple(share))
    return fit_rows(divide(network, tuple(shares)), pair_of)


def fit_rows(network: Network, pair_of: Numbers) -> Network:
    """Return a network without rows and starts in which every plan keeps those of this one: where
    a row could be broken nobody's part of it grows, and an opening goes ahead exactly where it
    does in the plan."""
    if not network.rows and not network.starts:
        return network
    whole = Face.whole(network)
    closed, bound = ~whole.pairs, whole.must_sit.copy()
    for row in network.rows:
        mine = np.where(pair_of >= 0, np.append(row.weight, 0)[pair_of], 0)
        rise = row.weight - mine[network.person]
        most = np.maximum(-mine, 0)
        np.maximum.at(most, network.person, rise)
        if int(mine.sum()) + int(most.sum()) > row.most:
            closed |= rise > 0
            bound |= (mine < 0) & (pair_of >= 0)
    floor, ceiling = network.tree.floor.copy(), network.tree.ceiling.copy()
    held = network.loads(pair_of)
    for start in network.starts:
        if held[start.opening]:
            floor[start.opening] = max(floor[start.opening], start.least)
        else:
            ceiling[start.opening] = 0
    tree = replace(network.tree, floor=floor, ceiling=ceiling)
    loose = network.loose
    return loose.bound_by(tree=tree, closed=closed, bound=bound, division=True)


def keeps(network: Network, pair_of: Numbers) -> bool:
    """Return whether a plan keeps every ceiling and floor, divided set, row and start."""
    loads, used = network.loads(pair_of), pair_of[pair_of >= 0]
    starting = [(int(loads[start.opening]), start.least) for start in network.starts]
    return (
        Face.whole(network).holds(loads)
        and Face.whole(network).allows(pair_of)
        and all(loads[list(each.parts)].sum() <= each.ceiling for each in network.divided)
        and all(int(row.weight[used].sum()) <= row.most for row in network.rows)
        and all(held == 0 or held >= least for held, least in starting)
    )


def room_of(network: Network, each: Divided) -> list[int]:
    """Return how many each part of a divided set may have."""
    room: list[int] = network.tree.ceiling[list(each.parts)].tolist()
    return room
