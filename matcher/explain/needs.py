"""Which held skill meets a needed one best, and what that is worth."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from matcher.vocabulary import load_vocabulary


def meet_need(levels: NDArray[np.int8], skill_id: str, level: int) -> tuple[str, int, int, int]:
    """Return the held skill that meets a need best: its id, its level, how near it is and its
    credit (both per mille); "" where none comes near."""
    graph = load_vocabulary().graph
    best = ("", 0, 0, 0)
    for held, place in graph.index.items():
        if levels[place]:
            near = graph.closeness(held, skill_id)
            credit = near * min(int(levels[place]), level) // level
            if (credit, near) > (best[3], best[2]):
                best = (held, int(levels[place]), near, credit)
    return best
