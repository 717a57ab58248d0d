"""How sure a plan is: under other weights, at unknown facts, by lottery.

`draws` draws weights around the chosen ones, `flips` changes each weight alone, `queue` lines
people up by doubt; `weighted` and `tree` find the best plan at other weights. `ranges` says which
proposals are safe whatever the unknowns turn out to be, `asking` what to ask first, `centres` what
they leave out; `around` has the plans at other scores, `unknowns` the ends of criteria.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.pipeline import Result
from matcher.sure.draws import Draws, Progress, weigh_draws
from matcher.sure.flips import Flip, Flips, find_flips
from matcher.sure.queue import Doubt, line_up
from matcher.sure.weighted import Weighted

__all__ = ["DRAWS", "Doubt", "Draws", "Flip", "Flips", "Progress", "Robustness", "robustness"]

DRAWS = 500
NEARLY, HALF = 95, 50  # of 100 draws


@dataclass(frozen=True, eq=False)
class Robustness:
    """How sure a result is: the draws, the flips (both None where scores are given, which have no
    weights), and everybody who takes part, those proposed first, the most doubtful first."""

    result: Result
    draws: Draws | None
    flips: Flips | None
    queue: tuple[Doubt, ...]

    @property
    def proposals(self) -> tuple[Doubt, ...]:
        """Those proposed, the most doubtful first."""
        return tuple(doubt for doubt in self.queue if doubt.opening >= 0)

    @property
    def without_host(self) -> tuple[Doubt, ...]:
        """Those without a host, who have one in the most draws first."""
        return tuple(doubt for doubt in self.queue if doubt.opening < 0)

    @property
    def counts(self) -> dict[str, int]:
        """How many proposals there are, and how many stay in all draws, in at least 95 and in fewer
        than 50 of 100; only the first where there are no draws."""
        counts = {"proposals": len(self.proposals)}
        if self.draws is None:
            return counts
        drawn = len(self.draws.weights)
        stays = [100 * (doubt.stays or 0) for doubt in self.proposals]
        return {
            **counts,
            "stay_in_all": sum(each == 100 * drawn for each in stays),
            "stay_in_95": sum(each >= NEARLY * drawn for each in stays),
            "stay_under_50": sum(each < HALF * drawn for each in stays),
        }


def robustness(result: Result, draws: int = DRAWS, progress: Progress | None = None) -> Robustness:
    """Return how sure a result is, by so many draws of weights and by each weight alone.

    `progress` is told the part of the work (`draws`, `flips`) and its percent. Raises
    `MatcherError` where the batch is too large to be solved under other weights.
    """
    if result.problem.given is not None:
        return Robustness(result, None, None, line_up(result, None, None))
    weighted = Weighted(result)
    drawn = weigh_draws(weighted, draws, progress)
    flips = find_flips(weighted, progress)
    return Robustness(result, drawn, flips, line_up(result, drawn, flips))
