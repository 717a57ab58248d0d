"""How long the best plan takes under limits that no tree holds: as ratios in the same run.

    python tests/benchmarks/limits.py

Worlds: 1,000 people × 200 openings and 5,000 × 1,000, 5 % of pairs eligible; ceilings and floors
on the openings of 34 regions, ceilings on 12 classes of people, and a budget. Ours is `choose_plan`
from the network on: bound, plan, and the lottery among equals. The peer is `scipy.optimize.milp`
over all pairs, its rows built beforehand: for the score alone, or for placements and then the
score, each with what was won before as a row. Medians, measured in turn; at 5,000 × 1,000 once,
the peer stopped at 100 s. Wanted: at 1,000 × 200 no slower, at 5,000 × 1,000 at least 10 times
faster.

Reports; asserts nothing but that the totals are the same where the peer came to its end.
"""

from __future__ import annotations

import resource
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import Bounds, LinearConstraint, linear_sum_assignment, milp

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from matcher.assign.milp import choose_plan  # noqa: E402
from matcher.assign.milp.form import NONE, form_of  # noqa: E402
from matcher.assign.network import Network, Row, Tree, Worth  # noqa: E402
from matcher.problem import Numbers  # noqa: E402
from tests.benchmarks.whole_run import call, in_turn  # noqa: E402

SMALL, LARGE = (1000, 200), (5000, 1000)
REGIONS, CLASSES, KINDS = 34, 12, 90
STOPPED_AT, RUNS = 100.0, 3
ALONE, STAGED = ("score",), ("placements", "score")


def main() -> None:
    """Measure and print."""
    for names in (ALONE, STAGED):
        compare(limited_world(*SMALL, names))
    for names in (ALONE, STAGED):
        compare_once(limited_world(*LARGE, names))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(f"most memory of the whole process: {peak} MB")


def compare(network: Network) -> None:
    """Print the median seconds of both and their ratio."""
    totals: dict[str, Worth] = {}

    def ours() -> None:
        totals["ours"] = solve(network)

    peer = Peer(network)
    mine, other = in_turn(lambda: call(ours), lambda: call(peer.solve), RUNS)
    assert totals["ours"].tolist() == peer.totals
    print(f"{told(network)}: {mine:.2f} s; milp of all pairs: {other:.2f} s; ", end="")
    print(f"ratio {mine / other:.2f} (wanted: at most 1)")


def compare_once(network: Network) -> None:
    """Print the seconds of both, the peer stopped, and how many times ours is faster."""
    totals: dict[str, Worth] = {}

    def ours() -> None:
        totals["ours"] = solve(network)

    mine = call(ours)
    peer = Peer(network, STOPPED_AT)
    other = min(call(peer.solve), STOPPED_AT)
    ended = len(peer.totals) == len(network.names)
    assert not ended or totals["ours"].tolist() == peer.totals
    print(f"{told(network)}: {mine:.2f} s; milp of all pairs: {other:.2f} s", end="")
    print("" if ended else " (stopped)", end="; ")
    print(f"{other / mine:.1f} times faster (wanted: at least 10)")


def solve(network: Network) -> Worth:
    """Return what our plan is worth, place by place."""
    tickets = np.random.default_rng(3).integers(0, 2**40, network.person.size)
    pair_of = choose_plan(network, lambda _, pairs: tickets).pair_of
    worth: Worth = network.worth[pair_of[pair_of >= 0]].sum(axis=0)
    return worth


def told(network: Network) -> str:
    """Return the world's size and aims."""
    size = f"{network.people.size:,} × {network.tree.leaves:,}"
    return f"{size}, {network.person.size:,} pairs, {' then '.join(network.names)}"


class Peer:
    """`milp` over all pairs, a name after the other: `totals` are of those it came to the end of.

    Where there is a limit (seconds), all names together take no longer.
    """

    def __init__(self, network: Network, limit: float = 1e9) -> None:
        """Build the rows."""
        form = form_of(network)
        least = np.where(form.least == -NONE, -np.inf, form.least)
        most = np.where(form.most == NONE, np.inf, form.most)
        self.rows = LinearConstraint(
            form.columns(np.arange(form.live.size)).astype(float).tocsr(), least, most
        )
        self.worth, self.limit = network.worth, limit
        self.totals: list[int] = []

    def solve(self) -> None:
        """Solve and note the totals."""
        self.totals, stop = [], time.perf_counter() + self.limit
        rows = [self.rows]
        for worth in self.worth.T:
            answer = milp(
                -worth.astype(float),
                integrality=np.ones(worth.size, np.int8),
                bounds=Bounds(0, 1),
                constraints=rows,
                options={"mip_rel_gap": 0, "time_limit": max(1.0, stop - time.perf_counter())},
            )
            if answer.status:
                return
            self.totals.append(round(-answer.fun))
            rows.append(LinearConstraint(worth[None, :].astype(float), self.totals[-1]))


def limited_world(people: int, openings: int, names: tuple[str, ...]) -> Network:
    """Return a made-up network whose limits bind: they ask for other than the plan of greatest
    score without them."""
    rng = np.random.default_rng(11)
    network = open_world(people, openings, names)
    pair_of = assigned(network)
    used = pair_of[pair_of >= 0]
    region, group = rng.integers(0, REGIONS, openings), rng.integers(-1, CLASSES, people)
    held = np.bincount(region[network.opening[used]], minlength=REGIONS)
    seats = np.bincount(region, network.tree.ceiling[:-1], minlength=REGIONS).astype(np.int64)
    lowered = np.where(rng.random(REGIONS) < 0.3, held * 4 // 5, seats)
    raised = (rng.random(REGIONS) < 0.2) & (lowered == seats)
    floor = np.where(raised, np.minimum(held * 21 // 20, seats), 0)
    inside = group[network.person[used]]
    classes = np.bincount(inside[inside >= 0], minlength=CLASSES) * 17 // 20
    to_pay = 1000 * rng.integers(50, 300, openings)[network.opening]
    budget = Row("budget", to_pay, int(to_pay[used].sum()) * 93 // 100)
    free = np.zeros(CLASSES, np.int64)
    return replace(
        network,
        tree=grouped(network.tree.ceiling[:-1], region, floor, lowered),
        groups=grouped(np.ones(people, np.int64), group, free, classes),
        rows=(budget,),
    )


def open_world(people: int, openings: int, names: tuple[str, ...]) -> Network:
    """Return a made-up network without limits: openings of 90 kinds and up to 10 seats, people
    who can do up to five kinds."""
    rng = np.random.default_rng(7)
    share = np.arange(1, KINDS + 1) ** -0.5 / (np.arange(1, KINDS + 1) ** -0.5).sum()
    kind = rng.choice(KINDS, openings, p=share)
    able = np.zeros((people, KINDS), bool)
    for own in able:
        own[rng.choice(KINDS, rng.integers(1, 6), replace=False, p=share)] = True
    person, opening = np.nonzero(able[:, kind])
    fit = rng.random((people, 8)) @ rng.dirichlet(np.full(8, 0.3), openings).T
    score = (800_000 * fit[person, opening]).astype(np.int64) + rng.integers(
        0, 200_000, person.size
    )
    worth = {"placements": np.ones(person.size, np.int64), "score": score}
    return Network(
        np.arange(people),
        Tree.plain(rng.integers(1, 11, openings)),
        person,
        opening,
        np.arange(person.size),
        names,
        np.stack([worth[name] for name in names], axis=1),
        groups=Tree.plain(np.ones(people, np.int64)),
    )


def grouped(leaves: Numbers, group: Numbers, floor: Numbers, ceiling: Numbers) -> Tree:
    """Return the tree of leaves with those ceilings, each below its group's node (-1: none)."""
    size, groups = leaves.size, floor.size
    root = size + groups
    parent = np.concatenate([np.where(group < 0, root, size + group), np.full(groups + 1, root)])
    held = np.concatenate([np.zeros(size, np.int64), floor, [0]])
    return Tree(size, parent, np.concatenate([leaves, ceiling, [0]]), held)


def assigned(network: Network) -> Numbers:
    """Return each person's pair (-1: unplaced) in the plan of greatest score without limits, by
    `linear_sum_assignment`."""
    table, pair_at = seat_table(network)
    rows, columns = linear_sum_assignment(table, maximize=True)
    taken = columns < pair_at.shape[1]
    pair_of = np.full(network.people.size, -1, np.int64)
    pair_of[rows[taken]] = pair_at[rows[taken], columns[taken]]
    return pair_of


def seat_table(network: Network) -> tuple[NDArray[np.float64], Numbers]:
    """Return people by single seats: the score, -1 where no pair is, and after the seats a column
    of 0 for each person; and the pair behind each seat."""
    people = network.people.size
    seat = np.repeat(np.arange(network.tree.leaves), network.tree.ceiling[:-1])
    score = np.full((people, network.tree.leaves), -1.0)
    pair_at = np.full(score.shape, -1, np.int64)
    score[network.person, network.opening] = network.worth[:, -1]
    pair_at[network.person, network.opening] = np.arange(network.person.size)
    return np.hstack([score[:, seat], np.zeros((people, people))]), pair_at[:, seat]


if __name__ == "__main__":
    main()
