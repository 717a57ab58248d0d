"""The quotas of a network of lists, as the divisions of an assignment know them."""

from __future__ import annotations

import numpy as np

from matcher.assign.network import Network, Tree
from matcher.shortlist.network import ListNetwork


def quotas_of(network: ListNetwork) -> Network:
    """Return the ceilings and the pairs' openings alone."""
    return Network(
        people=np.arange(network.held.size),
        tree=network.tree,
        person=network.person,
        opening=network.opening,
        row=np.arange(network.person.size),
        names=(),
        worth=np.zeros((network.person.size, 0), np.int64),
        divided=network.divided,
        groups=Tree.plain(np.ones(network.held.size, np.int64)),
    )
