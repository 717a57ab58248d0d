"""From a problem to what the solver sees."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from matcher.assign.nesting import Nesting, nest_ceilings
from matcher.assign.network import Network, Tree
from matcher.problem import Flags, Problem
from matcher.problem.outcomes import KEPT, current_steps
from matcher.quotas import Cap
from matcher.score import Scores
from matcher.screen import Screening


def build_network(
    problem: Problem, screening: Screening, scores: Scores, caps: Sequence[Cap] = ()
) -> Network:
    """Return the network of a problem under caps: pairs below `min_score` and locked people left
    out, the places of the locked taken from their openings and from every cap above."""
    objective, names = problem.settings.objective, problem.order
    locked = problem.locked >= 0
    allowed = ~locked[screening.candidate] & (scores.score >= objective.min_score)
    row = np.flatnonzero(allowed)
    people = problem.present[~locked[problem.present]]
    place = np.full(len(problem.candidate_ids), -1, np.int64)
    place[people] = np.arange(people.size)
    worth = {
        "placements": np.ones(row.size, np.int64),
        "score": scores.score[row] - objective.unplaced_worth,
    }
    if "keep" in names:
        worth["keep"] = kept_pairs(problem, screening)[row].astype(np.int64)
    nesting = nest_caps(problem, caps)
    return Network(
        people,
        nesting.tree,
        place[screening.candidate[row]],
        screening.opening[row].astype(np.int64),
        row,
        names,
        np.stack([worth[name] for name in names], axis=1),
        nesting.divided,
        groups=Tree.plain(np.ones(people.size, np.int64)),
    )


def kept_pairs(problem: Problem, screening: Screening) -> Flags:
    """Return which pairs of the screening `keep` keeps."""
    width = len(problem.openings)
    kept = pairs_to_keep(problem)
    keys = np.array([person * width + opening for person, opening in kept], np.int64)
    return np.isin(screening.candidate.astype(np.int64) * width + screening.opening, keys)


def pairs_to_keep(problem: Problem) -> set[tuple[int, int]]:
    """Return the pairs of the earlier plan, and those on their way: what `keep` keeps."""
    steps = current_steps(problem.outcomes)
    return {*problem.earlier, *(pair for pair, step in steps.items() if step.state in KEPT)}


def nest_caps(problem: Problem, caps: Sequence[Cap]) -> Nesting:
    """Return the tree of a problem's openings under the caps that set a ceiling, in their order:
    what is left of both after the people whose seat it is already."""
    openings = len(problem.openings)
    taken = np.bincount(problem.locked[problem.locked >= 0], minlength=openings)
    seats = (problem.openings.seats - taken).astype(np.int64)
    return nest_ceilings(
        seats,
        [
            (frozenset(cap.openings), cap.ceiling - int(taken[list(cap.openings)].sum()))
            for cap in caps
            if cap.ceiling is not None
        ],
    )
