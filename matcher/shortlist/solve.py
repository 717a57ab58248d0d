"""The best lists of any network."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from matcher.assign import divisions
from matcher.assign.divisions import MILP
from matcher.problem import Flags
from matcher.shortlist.choose import choose_plan
from matcher.shortlist.flow import solve_tree
from matcher.shortlist.network import ListNetwork
from matcher.shortlist.quotas import quotas_of
from matcher.shortlist.worth import count_lists, total_of


@dataclass(frozen=True)
class Lists:
    """Which pairs of a network are listed, and how the plan was found: "tree" exactly on one tree
    of ceilings, "divided" as the best of all divisions of quotas that cross, "milp" where a solver
    of whole numbers chose the division, or who reaches a least load above one."""

    chosen: Flags
    method: str


def solve_lists(network: ListNetwork) -> Lists:
    """Return the best plan of lists."""
    method = divisions.method_of(quotas_of(network))
    if method == MILP:
        return Lists(choose_plan(network, np.zeros(network.person.size, bool)), MILP)
    loaded = _within_reach(network)
    plans = [solve_tree(way) for way in _divisions(loaded)]
    best = max(plans, key=lambda plan: total_of(network, plan))
    if all(_is_best(loaded, plan) for plan in plans):
        return Lists(best, method)
    return Lists(choose_plan(network, best), MILP)


def _within_reach(network: ListNetwork) -> ListNetwork:
    """Return the network without the least loads of people who cannot reach theirs."""
    day = network.day[network.opening]
    alone = np.where(day < 0, -1 - network.opening, day)
    days = np.unique(np.stack([network.person, alone]), axis=1)[0]
    most = network.held + np.bincount(days, minlength=network.held.size)
    reach = np.minimum(np.maximum(network.load_max, network.held), most)
    return replace(network, load_min=np.where(reach < network.load_min, 0, network.load_min))


def _is_best(network: ListNetwork, plan: Flags) -> bool:
    """Whether the plan of `solve_tree` is surely the best one: nobody needs more than one list
    more to be loaded, or all reach that."""
    several = (network.load_min - network.held >= 2).any()
    return not several or bool((count_lists(network, plan) >= network.load_min).all())


def _divisions(network: ListNetwork) -> Iterator[ListNetwork]:
    """Yield the network of each way to share out the divided ceilings."""
    for way in divisions.divisions(quotas_of(network)):
        yield replace(network, tree=way.tree, divided=())
