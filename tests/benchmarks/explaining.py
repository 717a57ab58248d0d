"""How long one explanation takes, one override's effect and one chain, and all losses at once: as
ratios to one `linear_sum_assignment` over single seats in the same run.

    python tests/benchmarks/explaining.py

World: that of `limits.py`, placements and then the score: 5,000 people × 1,000 openings, 5 % of
pairs eligible, as given scores. Ours is what is asked of a result that is solved: `judge_pairs` of
one person (the losses and verdicts of all their pairs), `explain_candidate` (with the chain, the
rules and the alternatives), `cheapest_chain` to one opening (what one forced placement changes and
who moves) and to any; of each the median and the most over people with and without a host. The
peer has people by single seats, beside them a column of 0 for each person. Wanted: at most 0.1
each. At 1,000 × 200 the losses of all pairs; wanted: at most 20.

Reports; asserts nothing.
"""

from __future__ import annotations

import resource
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from matcher.assign import weigh_losses  # noqa: E402
from matcher.assign.best import solve_stages  # noqa: E402
from matcher.assign.network import Network  # noqa: E402
from matcher.explain import explain_candidate, judge_pairs  # noqa: E402
from matcher.explain.chains import cheapest_chain  # noqa: E402
from matcher.pipeline import Result  # noqa: E402
from tests.benchmarks.limits import LARGE, SMALL, STAGED, open_world, seat_table  # noqa: E402
from tests.benchmarks.whole_run import call, in_turn  # noqa: E402
from tests.worlds import OPENING, World  # noqa: E402

PEOPLE, RUNS = 6, 3


def main() -> None:
    """Measure and print."""
    all_losses(open_world(*SMALL, STAGED))
    one_person(open_world(*LARGE, STAGED))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"most memory of the whole process: {peak} MB")


def all_losses(network: Network) -> None:
    """Print the median seconds of all losses of a network, of the peer, and their ratio."""
    pair_of, (table, _) = solve_stages(network).pair_of, seat_table(network)
    ours, peer = in_turn(
        lambda: call(lambda: weigh_losses(network, pair_of)),
        lambda: call(lambda: linear_sum_assignment(table, maximize=True)),
        RUNS,
    )
    print(
        f"all losses of {told(network)}: {ours:.3f} s; linear_sum_assignment {peer:.3f} s;", end=""
    )
    print(f" ratio {ours / peer:.2f} (wanted: at most 20)")


def one_person(network: Network) -> None:
    """Print the seconds of the peer, and of what is asked of one person, with the ratios."""
    table, _ = seat_table(network)
    peer = call(lambda: linear_sum_assignment(table, maximize=True))
    print(f"linear_sum_assignment of {told(network)}: {peer:.2f} s")
    result = result_of(network)
    people = some_people(result)
    for name, ask in asked(result).items():
        taken = [call(partial(ask, person)) for person in people]
        usual, most = statistics.median(taken), max(taken)
        print(f"{name}: {usual:.3f} s, at most {most:.3f} s; ", end="")
        print(f"ratio {usual / peer:.3f}, at most {most / peer:.3f} (wanted: at most 0.1)")


def asked(result: Result) -> dict[str, Callable[[int], object]]:
    """Return what is asked of one person, by what it is."""
    return {
        "losses and verdicts of one person": lambda person: judge_pairs(result, person),
        "one override's effect": lambda person: cheapest_chain(
            result, person, opening_for(result, person)
        ),
        "the least chain to any job order": lambda person: cheapest_chain(result, person),
        "one whole explanation": lambda person: explain_candidate(result, person),
    }


def some_people(result: Result) -> list[int]:
    """Return some people without a host and some with one."""
    placed = result.plan.opening >= 0
    return [
        *np.flatnonzero(~placed)[:: max(1, (~placed).sum() // PEOPLE)][:PEOPLE].tolist(),
        *np.flatnonzero(placed)[:: max(1, placed.sum() // PEOPLE)][:PEOPLE].tolist(),
    ]


def opening_for(result: Result, person: int) -> int:
    """Return an opening that a person may be proposed for and is not."""
    eligible = result.screening.opening[result.screening.candidate == person]
    others = eligible[eligible != result.plan.opening[person]]
    return int(others[others.size // 2])


def result_of(network: Network) -> Result:
    """Return the result of a batch of given scores with the pairs of a network."""
    start = time.perf_counter()
    score = network.worth[:, -1]
    rows = zip(network.person.tolist(), network.opening.tolist(), score.tolist(), strict=True)
    world = World(
        tuple({"candidate_id": f"C{person:05}"} for person in range(network.people.size)),
        tuple(
            {**OPENING, "opening_id": f"O{opening:05}", "seats": str(seats)}
            for opening, seats in enumerate(network.tree.ceiling[:-1].tolist())
        ),
        chosen={"scores": {"rules": False}},
        beside={
            "scores": tuple(
                {"candidate_id": f"C{person:05}", "opening_id": f"O{opening:05}", "score": str(one)}
                for person, opening, one in rows
            )
        },
    )
    result = world.result()
    print(f"read and matched in {time.perf_counter() - start:.1f} s, {result.plan.method}")
    return result


def told(network: Network) -> str:
    """Return the world's size."""
    return f"{network.people.size:,} × {network.tree.leaves:,}, {network.person.size:,} pairs"


if __name__ == "__main__":
    main()
