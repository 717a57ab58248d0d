"""How long weights drawn around the chosen ones take: as a ratio to single assignments.

    python tests/benchmarks/draws.py

500 draws of `scenarios/ijc-2023` with the best plan of each, the lottery included, from the result
of a run on; the peer is `linear_sum_assignment` of the pilot's scores over single seats, with a
column of 0 beside them for each person (160 × (161 + 160)). Medians, measured in turn. Wanted: at
most 1,500 calls of the peer. The changes of each weight alone are told beside it.

Reports; asserts nothing but that each draw has a plan.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from matcher.batch import run_scenario  # noqa: E402
from matcher.pipeline import Result  # noqa: E402
from matcher.sure.draws import weigh_draws  # noqa: E402
from matcher.sure.flips import find_flips  # noqa: E402
from matcher.sure.weighted import Weighted  # noqa: E402
from tests.benchmarks.whole_run import call, in_turn  # noqa: E402

DRAWS = 500


def main() -> None:
    """Measure and print."""
    result = run_scenario(ROOT / "scenarios/ijc-2023")
    table = seat_table(result)

    def ours() -> None:
        assert not weigh_draws(Weighted(result), DRAWS).without

    def peer() -> None:
        for _ in range(DRAWS):
            linear_sum_assignment(table, maximize=True)

    mine, other = in_turn(lambda: call(ours), lambda: call(peer))
    single = other / DRAWS
    print(f"{DRAWS} draws: {mine:.2f} s; one assignment of {table.shape}: {single * 1e3:.2f} ms; ")
    print(f"ratio {mine / single:,.0f} (wanted: at most 1,500)")
    flips = call(lambda: find_flips(Weighted(result)))
    print(f"each weight alone: {flips:.2f} s, ratio {flips / single:,.0f}")


def seat_table(result: Result) -> NDArray[np.float64]:
    """Return everybody by single seats: the score, -1 where no pair is, and after the seats a
    column of 0 for each person."""
    problem, screening = result.problem, result.screening
    people = len(problem.candidate_ids)
    score = np.full((people, len(problem.openings)), -1.0)
    score[screening.candidate, screening.opening] = result.scores.score
    seat = np.repeat(np.arange(len(problem.openings)), problem.openings.seats)
    return np.hstack([score[:, seat], np.zeros((people, people))])


if __name__ == "__main__":
    main()
