"""What OR-Tools finds best (CP-SAT, one place of the tuple after the other): in a network, and in
sets counted from tables."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from ortools.sat.python import cp_model

from matcher.assign.network import Network, Tree
from matcher.problem import Numbers
from tests.networks import Places, Seats


class Oracle:
    """A model of pairs, each used or not, to which limits are added as sums over pairs."""

    def __init__(self, pairs: int) -> None:
        self.model = cp_model.CpModel()
        self.used = [self.model.new_bool_var(f"pair {pair}") for pair in range(pairs)]

    def keep(
        self, pairs: Iterable[int], least: int, most: int, weight: Sequence[int] | None = None
    ) -> None:
        """Keep the sum over pairs (of `weight`, by pair; 1 where None) within bounds."""
        listed = list(pairs)
        held = [1] * len(listed) if weight is None else [int(weight[pair]) for pair in listed]
        total = cp_model.LinearExpr.weighted_sum([self.used[pair] for pair in listed], held)
        self.model.add_linear_constraint(total, least, most)

    def start(self, pairs: Iterable[int], least: int) -> None:
        """Keep that none or at least so many of the pairs are used."""
        listed = [self.used[pair] for pair in pairs]
        goes = self.model.new_bool_var("goes ahead")
        total = cp_model.LinearExpr.sum(listed)
        self.model.add(total >= least * goes)
        self.model.add(total <= len(listed) * goes)

    def same(self, pairs: Iterable[int], others: Iterable[int]) -> None:
        """Keep that as many of the pairs are used as of the others."""
        one, two = ([self.used[pair] for pair in each] for each in (pairs, others))
        self.model.add(cp_model.LinearExpr.sum(one) == cp_model.LinearExpr.sum(two))

    def best(self, places: Sequence[Sequence[int]]) -> Places | None:
        """Return the greatest tuple of sums of `places` (each by pair); None where no plan keeps
        all limits."""
        found: list[int] = []
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = 0
        for place in places:
            total = cp_model.LinearExpr.weighted_sum(self.used, [int(worth) for worth in place])
            self.model.maximize(total)
            if solver.solve(self.model) != cp_model.OPTIMAL:
                assert not found, "a plan was found before"
                return None
            found.append(int(solver.value(total)))
            self.model.add(total == found[-1])
            self.model.clear_hints()  # type: ignore[no-untyped-call]
            for variable in self.used:
                self.model.add_hint(variable, solver.value(variable))
        return tuple(found)


def places_of(names: Sequence[str], columns: Mapping[str, Sequence[int]]) -> list[list[int]]:
    """Return the places of the tuple by pair: of `worst` the people placed, then less the pairs of
    each score, ascending."""
    places: list[list[int]] = []
    for name in names:
        column = [int(worth) for worth in columns[name]]
        places += [[1] * len(column)] if name == "worst" else [column]
        if name == "worst":
            places += [[-int(own == level) for own in column] for level in sorted(set(column))]
    return places


def oracle_of(network: Network) -> Oracle:
    """Return the model of a network and all its limits."""
    oracle = Oracle(network.person.size)
    for tree, ends in ((network.tree, network.opening), (network.groups, network.person)):
        for node in range(tree.root):
            below = _below(tree, ends, node)
            oracle.keep(below, int(tree.floor[node]), int(tree.ceiling[node]))
    every = range(network.person.size)
    for each in network.divided:
        parts = (_below(network.tree, network.opening, part) for part in each.parts)
        oracle.keep(itertools.chain(*parts), 0, each.ceiling)
    for row in network.rows:
        weight = row.weight.tolist()
        oracle.keep(every, -sum(map(abs, weight)), row.most, weight)
    for start in network.starts:
        oracle.start(np.flatnonzero(network.opening == start.opening).tolist(), start.least)
    return oracle


def best_value(network: Network) -> Places | None:
    """Return the whole tuple of a network's best plans (see `limited.value_of`)."""
    columns = {name: network.worth[:, at].tolist() for at, name in enumerate(network.names)}
    return oracle_of(network).best(places_of(network.names, columns))


def breaches(network: Network, plan: Seats | Numbers) -> list[str]:
    """Return what a plan breaks, counted from the network, each person's pair in it."""
    used = [int(pair) for pair in plan if pair >= 0]
    sides = (("seats", network.tree, network.opening), ("groups", network.groups, network.person))
    found = []
    for side, tree, ends in sides:
        loads = tree.loads(np.bincount(ends[used], minlength=tree.leaves))
        for node in range(tree.root):
            if not tree.floor[node] <= loads[node] <= tree.ceiling[node]:
                found.append(f"{side} {node}")
        if side == "seats":
            held = [sum(int(loads[part]) for part in each.parts) for each in network.divided]
            ceilings = [each.ceiling for each in network.divided]
            found += [
                f"divided {at}"
                for at, (load, most) in enumerate(zip(held, ceilings, strict=True))
                if load > most
            ]
            found += [
                f"start {start.opening}"
                for start in network.starts
                if 0 < loads[start.opening] < start.least
            ]
    found += [row.key for row in network.rows if int(row.weight[used].sum()) > row.most]
    return found


def _below(tree: Tree, ends: Numbers, node: int) -> list[int]:
    leaves = [leaf for leaf in range(tree.leaves) if node in tree.above(leaf)]
    pairs: list[int] = np.flatnonzero(np.isin(ends, leaves)).tolist()
    return pairs
