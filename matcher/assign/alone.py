"""What one person's move, nobody else moving, would break of the limits that no tree holds."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher.assign.network import Network, Row
from matcher.problem import Flags, Numbers


def broken_rows(network: Network, pair_of: Numbers) -> Iterator[tuple[Row, Flags]]:
    """Yield each row of a network with the pairs whose person, moving there alone, would break it
    under a plan."""
    used = pair_of[pair_of >= 0]
    for row in network.rows:
        mine = np.where(pair_of >= 0, np.append(row.weight, 0)[pair_of], 0)
        after = int(row.weight[used].sum()) + row.weight - mine[network.person]
        yield row, after > row.most


def broken_alone(network: Network, pair_of: Numbers) -> Flags:
    """Return which pairs break a row or a start of a network if their person alone moves there."""
    broken = np.zeros(network.person.size, bool)
    for _, pairs in broken_rows(network, pair_of):
        broken |= pairs
    held = network.loads(pair_of)
    mine = pair_of[network.person]
    at = np.where(mine >= 0, network.opening[mine], -1)
    for start in network.starts:
        there, least = int(held[start.opening]), start.least
        arrives = (network.opening == start.opening) & (at != start.opening)
        leaves = (network.opening != start.opening) & (at == start.opening)
        broken |= arrives & (there + 1 < least)
        broken |= leaves & (0 < there - 1 < least)
    return broken
