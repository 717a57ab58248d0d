"""How long the best interview lists take: as ratios to one linear program in the same run.

    python tests/benchmarks/shortlist_solve.py

Worlds: 177 people × 118 openings and 1,000 × 300, three on a list, up to four lists a person; the
scores 0..999,999 or 1..3 with many ties; all pairs eligible or 15 %. Ours finds the one plan that
is best by all six aims, the lottery's included. The peer, `scipy.optimize.linprog(method=
"highs")`, finds the greatest total score alone, its sparse matrix built beforehand. Medians,
measured in turn. Wanted: at most 3 times each.

Then reserves behind 1,000 openings: 5,000 people on one list each, hosts' ceilings, and 125,000
pairs; the peer is the same linear program with the ceilings left out.

Reports; asserts nothing but that the totals are the same.
"""

from __future__ import annotations

import resource
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_array

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from matcher.assign.network import Tree  # noqa: E402
from matcher.shortlist.flow import solve_tree  # noqa: E402
from matcher.shortlist.network import ListNetwork  # noqa: E402
from tests.benchmarks.whole_run import call, in_turn  # noqa: E402

LENGTH, LOAD = 3, 4
WORLDS = [
    (177, 118, 1.0, 1_000_000),
    (177, 118, 1.0, 3),
    (1000, 300, 1.0, 1_000_000),
    (1000, 300, 0.15, 1_000_000),
    (1000, 300, 0.15, 3),
]
RESERVES = (5000, 1000, 0.025, 1_000_000)


def main() -> None:
    """Measure and print."""
    for each in WORLDS:
        network = world(*each)
        compare(network, each, network)
    network = world(*RESERVES)
    compare(reserves(network), RESERVES, replace(network, load_max=network.load_max // LOAD))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"most memory of the whole process: {peak} MB")


def compare(network: ListNetwork, size: tuple[int, int, float, int], relaxed: ListNetwork) -> None:
    """Print the seconds of both and their ratio."""
    people, openings, share, scores = size
    totals: dict[str, int] = {}

    def ours() -> None:
        totals["ours"] = int(network.score[solve_tree(network)].sum())

    peer = program(relaxed, totals)
    mine, other = in_turn(lambda: call(ours), lambda: call(peer))
    assert totals["ours"] == totals["peer"] or network is not relaxed
    print(f"{people} × {openings}, {share:.1%} eligible, {scores:,} scores: ", end="")
    print(f"{mine:.2f} s; linprog: {other:.2f} s; ratio {mine / other:.2f} (wanted: at most 3)")


def reserves(network: ListNetwork) -> ListNetwork:
    """Return the network with one list a person, and ceilings of hosts of three openings."""
    openings, people = network.tree.leaves, network.held.size
    hosts = -(-openings // 3)
    host = openings + np.arange(openings) // 3
    parent = np.append(host, np.full(hosts + 1, openings + hosts))
    ceiling = np.concatenate([np.full(openings, LENGTH), np.full(hosts, 2 * LENGTH), [0]])
    return replace(
        network, tree=Tree.without_floors(openings, parent, ceiling), load_max=np.ones(people, int)
    )


def world(people: int, openings: int, share: float, scores: int) -> ListNetwork:
    """Return a made-up network without caps."""
    rng = np.random.default_rng(7)
    person, opening = np.nonzero(rng.random((people, openings)) < share)
    return ListNetwork(
        Tree.without_floors(
            openings, np.full(openings + 1, openings), np.array([LENGTH] * openings + [0])
        ),
        person,
        opening,
        score=rng.integers(1, scores + 1, person.size),
        ticket=rng.integers(0, 2**40, person.size),
        seats=np.full(openings, 1),
        taken=np.full(openings, 0),
        day=np.full(openings, -1),
        waiting=np.zeros(people, bool),
        held=np.full(people, 0),
        load_min=np.full(people, 0),
        load_max=np.full(people, LOAD),
    )


def program(network: ListNetwork, totals: dict[str, int]) -> Callable[[], None]:
    """Return the peer: the greatest total score as one linear program."""
    people, pairs = network.held.size, np.arange(network.person.size)
    row = np.concatenate([network.person, people + network.opening])
    shape = (people + network.tree.leaves, pairs.size)
    ones = np.ones(row.size)
    rows = coo_array((ones, (row, np.concatenate([pairs, pairs]))), shape=shape).tocsr()
    most = np.concatenate([network.load_max, network.tree.ceiling[:-1]])
    gain = -network.score.astype(float)

    def solve() -> None:
        answer = linprog(gain, A_ub=rows, b_ub=most, bounds=(0, 1), method="highs")  # type: ignore[call-overload]
        totals["peer"] = round(-answer.fun)

    return solve


if __name__ == "__main__":
    main()
