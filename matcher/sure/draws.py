"""How often each proposal stays when the weights are drawn anew around the chosen ones.

A draw takes each weight times a whole per cent from 50 to 150, every one as likely, and scales all
of them to 1000 together, by largest remainder. The per cents come from SHA-256 over the scenario's
lottery number, so that anybody can draw them again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from matcher.problem import Numbers
from matcher.settings import CRITERIA, Weights
from matcher.sure.weighted import Weighted
from matcher.whatif.scaling import WHOLE, share_out

LEAST, MOST = 50, 150
SEED = "weights"
Progress = Callable[[str, int], None]


@dataclass(frozen=True, eq=False)
class Draws:
    """The weights drawn, and what became of each candidate under them, by place: in how many draws
    the opening is that of the plan (`stays`), and in how many there is one (`hosted`).

    In `without` of the draws no plan keeps every limit: nobody has an opening there.
    """

    weights: tuple[Weights, ...]
    stays: Numbers
    hosted: Numbers
    without: int


def weigh_draws(weighted: Weighted, draws: int, progress: Progress | None = None) -> Draws:
    """Return what becomes of each candidate when the weights are drawn so many times, each time by
    the best plan, the lottery included. `progress` is told the part of the work and its percent."""
    settings, own = weighted.result.problem.settings, weighted.result.plan.opening
    stays, hosted = np.zeros((2, own.size), np.int64)
    drawn, without = [], 0
    for number in range(draws):
        weights = draw_weights(settings.weights, settings.seed, number)
        drawn.append(weights)
        pair_of = weighted.plan(weights)
        opening = weighted.openings(pair_of)
        stays += (opening == own) & (pair_of is not None)
        hosted += opening >= 0
        without += pair_of is None
        if progress:
            progress("draws", 100 * (number + 1) // draws)
    return Draws(tuple(drawn), stays, hosted, without)


def draw_weights(weights: Weights, seed: str, number: int) -> Weights:
    """Return the weights of a draw, counted from 0."""
    parts = {
        name: getattr(weights, name) * (LEAST + _number(seed, number, name) % (MOST - LEAST + 1))
        for name in CRITERIA
    }
    return Weights(**share_out(parts, WHOLE))


def _number(seed: str, number: int, name: str) -> int:
    """Return the first 8 bytes (big-endian) of SHA-256 over seed, “weights”, the number of the draw
    and the criterion, each as UTF-8 preceded by its length in 4 bytes."""
    digest = hashlib.sha256()
    for text in (seed, SEED, str(number), name):
        coded = text.encode()
        digest.update(len(coded).to_bytes(4, "big") + coded)
    return int.from_bytes(digest.digest()[:8], "big")
