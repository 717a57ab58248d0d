"""The two calls of HiGHS: the linear program for duals, the integer program for plans.

Both see some of a form's pairs. Nothing of what comes back is trusted: duals are made whole and
bound whatever they are (`whole`); a plan is rounded and checked in whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, linprog, milp
from scipy.sparse import coo_array, csr_array, hstack, vstack

from matcher.assign.milp.form import NONE, Floats, Form
from matcher.assign.network import Worth
from matcher.problem import Flags, Numbers

OPTIMAL, STOPPED, IMPOSSIBLE, REJECTED = "optimal", "stopped", "impossible", "rejected"
NODES = 100_000
TRIES = 8
LARGE = 2**20
METHODS = ("highs-ds", "highs-ipm")
NO_SOLUTION = 2  # the status of scipy.optimize.linprog
MANY = 30_000


@dataclass(frozen=True)
class Answer:
    """A plan that keeps the form (None: none was found), and what the solver says of it."""

    chosen: Flags | None
    said: str


@dataclass(frozen=True)
class Slice:
    """Those rows of a form, over some of its live pairs, that could be broken, each divided by
    the greatest common divisor of its weights."""

    row: Numbers
    divisor: Worth
    matrix: csr_array
    least: Floats
    most: Floats

    @staticmethod
    def of(form: Form, pairs: Numbers) -> Slice:
        """Return the rows over the given pairs."""
        part = csr_array(form.columns(pairs))
        above = np.asarray(part.maximum(0).sum(axis=1)).ravel()
        below = np.asarray(part.minimum(0).sum(axis=1)).ravel()
        row = np.flatnonzero((above > form.most) | (below < form.least))
        part = part[row]
        filled = np.flatnonzero(np.diff(part.indptr))
        divisor = np.ones(row.size, np.int64)
        if filled.size:
            divisor[filled] = np.gcd.reduceat(np.abs(part.data), part.indptr[filled])
        matrix = part.astype(float)
        matrix.data /= np.repeat(divisor, np.diff(part.indptr))
        least, most = form.least[row], form.most[row]
        return Slice(
            row,
            divisor,
            matrix,
            np.where(least == -NONE, -np.inf, -(-least // divisor)),
            np.where(most == NONE, np.inf, most // divisor),
        )


@dataclass(frozen=True)
class Divisible:
    """A plan that may divide people: its value, how much of each pair it uses, and the duals of
    the form's rows."""

    value: float
    shares: Floats
    duals: Floats


def find_duals(form: Form, worth: Worth, pairs: Numbers, penalty: float = 0) -> Divisible | None:
    """Return the linear program solved over the given pairs, without starts; None where it has no
    solution.

    With a penalty, rows that the plan of nobody breaks may be broken at so much a unit, and
    there always is one.
    """
    part = Slice.of(form, pairs)
    duals, shares = np.zeros(form.size), np.zeros(form.live.size)
    down, up = np.flatnonzero(part.most < np.inf), np.flatnonzero(part.least > -np.inf)
    unit = _unit(worth[pairs])
    edges = np.concatenate([part.most[down], -part.least[up]])
    below = np.flatnonzero(edges < 0) if penalty else np.zeros(0, np.int64)
    missed = coo_array(
        (-np.ones(below.size), (below, np.arange(below.size))), shape=(edges.size, below.size)
    )
    cost = np.append(-worth[pairs] / unit, np.full(below.size, penalty / unit))
    if not cost.size:
        return Divisible(0, shares, duals) if (edges >= 0).all() else None
    most = np.append(np.ones(pairs.size), np.full(below.size, np.inf))
    matrix = csr_array(hstack([vstack([part.matrix[down], -part.matrix[up]]), missed]))
    for method in METHODS[:: -1 if pairs.size > MANY else 1]:
        answer = linprog(  # type: ignore[call-overload]
            cost,
            A_ub=matrix,
            b_ub=edges,
            bounds=np.stack([np.zeros(most.size), most], axis=1),
            method=method,
        )
        if answer.status == NO_SOLUTION:
            return None
        if answer.x is not None:
            break
    else:  # numbers too far apart for HiGHS: duals of 0 are valid, and bound little
        return Divisible(-np.inf, shares, duals)
    found = -answer.ineqlin.marginals * unit
    np.add.at(duals, part.row[down], found[: down.size] / part.divisor[down])
    np.subtract.at(duals, part.row[up], found[down.size :] / part.divisor[up])
    shares[pairs] = answer.x[: pairs.size]
    return Divisible(-answer.fun * unit, shares, duals)


def find_plan(form: Form, worth: Worth, pairs: Numbers) -> Answer:
    """Return the plan of the given pairs with the greatest sum of `worth`.

    An answer that breaks something once it is rounded is shut out, and the solver asked again.
    """
    if not pairs.size:
        nobody = np.zeros(form.live.size, bool)
        return Answer(nobody, OPTIMAL) if form.keeps(nobody) else Answer(None, IMPOSSIBLE)
    cuts: list[Flags] = []
    for _ in range(TRIES):
        answer = _ask(form, worth, pairs, cuts)
        if answer.chosen is None or form.keeps(answer.chosen):
            return answer
        cuts.append(answer.chosen)
    return Answer(None, REJECTED)


def _ask(form: Form, worth: Worth, pairs: Numbers, cuts: list[Flags]) -> Answer:
    """Return the solver's answer, rounded."""
    part = Slice.of(form, pairs)
    starts, go_ahead = _starts(form, pairs)
    limits = hstack([part.matrix, csr_array((part.row.size, go_ahead))])
    rows = [LinearConstraint(limits, part.least, part.most)]
    rows += starts
    for cut in cuts:
        used = cut[pairs]
        same = np.append(np.where(used, 1.0, -1.0), np.zeros(go_ahead))
        rows.append(LinearConstraint(same[None, :], ub=int(used.sum()) - 1))
    gain = np.append(-worth[pairs] / _unit(worth[pairs]), np.zeros(go_ahead))
    answer = milp(
        gain,
        integrality=np.ones(gain.size, np.int8),
        bounds=Bounds(0, 1),
        constraints=rows,
        options={"mip_rel_gap": 0, "node_limit": NODES},
    )
    said = {0: OPTIMAL, 2: IMPOSSIBLE}.get(answer.status, STOPPED)
    if answer.x is None:
        return Answer(None, said)
    chosen = np.zeros(form.live.size, bool)
    chosen[pairs[np.asarray(answer.x[: pairs.size]) > 0.5]] = True
    return Answer(chosen, said)


def _starts(form: Form, pairs: Numbers) -> tuple[list[LinearConstraint], int]:
    """Return the rows that let an opening hold none or enough, and how many variables they add:
    whether each of these openings goes ahead."""
    network = form.network
    starts = [start for start in network.starts if start.least > 1]
    if not starts:
        return [], 0
    held = csr_array(form.columns(pairs))[[form.nodes + start.opening for start in starts]]
    sums = np.asarray(held.sum(axis=1)).ravel()
    most = np.array([network.tree.ceiling[start.opening] for start in starts])
    for_most = csr_array(np.diag(np.minimum(most, sums).astype(float)))
    for_least = csr_array(np.diag(np.array([float(start.least) for start in starts])))
    return [
        LinearConstraint(hstack([held, -for_most]), ub=0),
        LinearConstraint(hstack([held, -for_least]), lb=0),
    ], len(starts)


def _unit(worth: Worth) -> float:
    """Return the power of two by which numbers are divided for HiGHS: its tolerances are fixed."""
    unit = 1.0
    largest = float(np.abs(worth).max(initial=0))
    while largest / unit > LARGE:
        unit *= 2
    return unit
