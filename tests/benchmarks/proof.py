"""How long the proof of a plan takes: as ratios to finding the plan, in the same run.

    python tests/benchmarks/proof.py

Worlds without limits, 5 % of pairs eligible: 1,000 people × 200 openings and 5,000 × 1,000, aims
placements, score and lottery. The solve is `find_plan`; the proof is `certify` and the lowest and
highest duals; the check of the certificate by `verify`'s own function is told beside it. Wanted:
the proof at most 0.35 of the solve.

Then duals from a plan that `linear_sum_assignment` over single seats found at 5,000 × 1,000: wanted
at most 0.05 of that call. Medians, measured in turn.

Reports; asserts nothing but that the proof holds.
"""

from __future__ import annotations

import statistics
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from matcher.assign.best import find_plan  # noqa: E402
from matcher.assign.certificate import Stage, certify  # noqa: E402
from matcher.assign.duals import highest_duals, lowest_duals, potentials  # noqa: E402
from matcher.assign.network import Face, Network, Worth  # noqa: E402
from matcher.limits import PEOPLE, SEATS  # noqa: E402
from matcher.problem import Numbers  # noqa: E402
from matcher.verify.certificate import Pairs, find_short_pairs, most  # noqa: E402
from matcher.verify.derived import OPENING, PERSON, Bounded  # noqa: E402
from tests.benchmarks.limits import LARGE, SMALL, STAGED, open_world, seat_table  # noqa: E402
from tests.benchmarks.whole_run import call  # noqa: E402

RUNS = 5


def main() -> None:
    """Measure and print."""
    for size in (SMALL, LARGE):
        compare(open_world(*size, STAGED))
    compare_duals(open_world(*LARGE, ("score",)))


def compare(network: Network) -> None:
    """Print the median seconds of solve, proof and check, and the proof's ratio."""
    tickets = np.random.default_rng(3).integers(0, 2**40, network.person.size)

    def draw(_: str, pairs: Numbers) -> Worth:
        return tickets

    pair_of = find_plan(network, draw)[0]
    stages: list[Stage] = []

    def prove() -> None:
        stages[:] = certify(network, pair_of, draw)
        lowest_duals(network, pair_of)
        highest_duals(network, pair_of)

    seconds = measured(
        lambda: find_plan(network, draw), prove, lambda: check(network, stages, tickets)
    )
    solve, proof, checked = seconds
    print(f"{network.people.size:,} × {network.tree.leaves:,}: solve {solve:.3f} s, ", end="")
    print(f"proof {proof:.3f} s, ratio {proof / solve:.2f} (wanted: at most 0.35); ", end="")
    print(f"the checker's part {checked:.3f} s")


def check(network: Network, stages: list[Stage], tickets: Worth) -> None:
    """AssertionError where the checker does not accept the certificate."""
    people, openings = network.people.size, network.tree.leaves
    bounded = [Bounded(PERSON, str(at), PEOPLE, (at,), 0, 1) for at in range(people)]
    seats = network.tree.ceiling.tolist()
    bounded += [Bounded(OPENING, str(at), SEATS, (at,), 0, seats[at]) for at in range(openings)]
    of_people = np.stack([stage.people for stage in stages], axis=1).tolist()
    of_seats = np.stack([stage.nodes for stage in stages], axis=1).tolist()
    duals = {(PERSON, str(at)): tuple(of_people[at]) for at in range(people)}
    duals |= {(OPENING, str(at)): tuple(of_seats[at]) for at in range(openings)}
    pairs = Pairs(
        network.person,
        network.opening,
        network.worth[:, network.names.index("score")],
        np.zeros(network.person.size, bool),
        0,
        (people, openings),
        lambda _, rows: tickets[rows],
    )
    places = [(stage.name, stage.level) for stage in stages]
    assert most(bounded, duals, len(places)) == [stage.total for stage in stages]
    assert not list(find_short_pairs(pairs, bounded, duals, places))


def compare_duals(network: Network) -> None:
    """Print the median seconds of assignment and of duals from its plan, and their ratio."""
    table, pair_at = seat_table(network)
    rows, columns = linear_sum_assignment(table, maximize=True)
    pair_of = np.full(network.people.size, -1, np.int64)
    taken = columns < pair_at.shape[1]
    pair_of[rows[taken]] = pair_at[rows[taken], columns[taken]]
    face, worth = Face.whole(network), network.worth[:, 0]
    solve, duals = measured(
        lambda: linear_sum_assignment(table, maximize=True),
        lambda: potentials(network, face, worth, pair_of),
    )
    print(f"duals from an assignment: {duals:.3f} s of {solve:.3f} s; ", end="")
    print(f"ratio {duals / solve:.3f} (wanted: at most 0.05)")


def measured(*functions: Callable[[], object]) -> list[float]:
    """Return the median seconds of each, measured in turn after a warm-up."""
    for function in functions:
        function()
    turns = [[call(function) for function in functions] for _ in range(RUNS)]
    return [statistics.median(turn) for turn in zip(*turns, strict=True)]


if __name__ == "__main__":
    main()
