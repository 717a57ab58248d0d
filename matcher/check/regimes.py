"""Which regime an opening comes under: what it states, else what its dates settle."""

from __future__ import annotations

import numpy as np

from matcher.check.openings import OpeningCells
from matcher.problem import TITP, UNKNOWN, Numbers
from matcher.settings import Settings


def settle_regimes(orders: OpeningCells, settings: Settings) -> Numbers:
    """Return `TITP` or `ESD` for each order."""
    return np.where(orders.codes["regime"] == UNKNOWN, TITP, orders.codes["regime"]).astype(np.int8)
