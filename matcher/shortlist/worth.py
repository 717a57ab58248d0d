"""What a plan of lists is worth, aim by aim, and whether it keeps all ceilings."""

from __future__ import annotations

import numpy as np

from matcher.problem import Flags, Numbers
from matcher.shortlist.network import ListNetwork


def total_of(network: ListNetwork, chosen: Flags) -> tuple[int, ...]:
    """Return the plan's place in the order of plans, the greater the better: waiting people on a
    list, people on `load_min` lists, seats with one person listed, with two, …, the sum of
    scores, minus the squares of numbers of lists, the sum of tickets."""
    listed = count_listed(network, chosen)
    lists = count_lists(network, chosen)
    return (
        int((network.waiting & (lists > 0)).sum()),
        int((lists >= network.load_min).sum()),
        *(
            int(np.clip(listed - level * network.seats, 0, network.seats).sum())
            for level in range(count_levels(network))
        ),
        int(network.score[chosen].sum()),
        -int((lists**2).sum()),
        int(network.ticket[chosen].sum()),
    )


def count_levels(network: ListNetwork) -> int:
    """Return the highest level that a list could have if as many as may came onto it."""
    openings = network.tree.leaves
    asked = np.bincount(network.opening, minlength=openings)
    most = network.taken + np.minimum(asked, network.tree.ceiling[:openings])
    return int((-(-most // network.seats)).max(initial=0))


def count_listed(network: ListNetwork, chosen: Flags) -> Numbers:
    """Return how many are on each opening's list, those taken counted in."""
    new = np.bincount(network.opening[chosen], minlength=network.tree.leaves)
    return network.taken + new


def count_lists(network: ListNetwork, chosen: Flags) -> Numbers:
    """Return how many lists each person stands on, those held counted in."""
    return network.held + np.bincount(network.person[chosen], minlength=network.held.size)


def keeps_ceilings(network: ListNetwork, chosen: Flags) -> bool:
    """Whether a plan keeps the ceilings of the tree and of divided sets, `load_max` and days."""
    tree = network.tree
    loads = tree.loads(np.bincount(network.opening[chosen], minlength=tree.leaves))
    lists = count_lists(network, chosen)
    day = network.day[network.opening[chosen]]
    dated = np.stack([network.person[chosen], day])[:, day >= 0]
    return bool(
        (loads[:-1] <= tree.ceiling[:-1]).all()
        and all(loads[list(each.parts)].sum() <= each.ceiling for each in network.divided)
        and ((lists <= network.load_max) | (lists == network.held)).all()
        and np.unique(dated, axis=1).shape == dated.shape
    )
