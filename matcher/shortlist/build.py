"""From a problem to its interview lists."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from matcher.fit import Facts
from matcher.problem import Numbers, Problem
from matcher.score import Scores, break_down
from matcher.screen import Screening, find_pair
from matcher.shortlist.basis import Basis, draw_tickets
from matcher.shortlist.lists import Entry, Shortlist
from matcher.shortlist.reasons import Listed, find_left_out, find_why
from matcher.shortlist.solve import solve_lists


def make_shortlist(
    problem: Problem, facts: Facts, screening: Screening, scores: Scores
) -> Shortlist:
    """Return the interview lists of a problem: the best ones in the sense of `ListNetwork`, with
    the pairs that stand on them in any case.

    Of limits they keep the ceilings on job orders, made longer as quotas are; one that crosses
    quotas or other limits only at each job order by itself. Limits on people, budgets, least
    numbers and people together or apart are kept by the plan, not by lists.
    """
    basis = Basis(problem, facts, screening, scores)
    network, rows = basis.network()
    found = solve_lists(network)
    chosen = rows[found.chosen]
    fixed = np.array(basis.recorded.fixed, np.int64).reshape(-1, 2)
    listed = Listed(
        np.concatenate([fixed[:, 0], screening.candidate[chosen]]).astype(np.int64),
        np.concatenate([fixed[:, 1], screening.opening[chosen]]).astype(np.int64),
        len(problem.candidate_ids),
        len(problem.openings),
    )
    return Shortlist(
        entries=_entries(basis, chosen, network.ticket[found.chosen]),
        free=basis.recorded.free,
        asked=basis.asked,
        within=basis.within,
        length=listed.length,
        least=2 * basis.recorded.free,
        why=find_why(basis, listed),
        seated=basis.recorded.seated,
        load=listed.load,
        left_out=find_left_out(basis, listed),
        method=found.method,
        crossing=any(one.crossing for one in basis.nesting.placed),
    )


def _entries(basis: Basis, chosen: Numbers, ticket: Numbers) -> tuple[Entry, ...]:
    """Return the lines of all lists, each ranked by score, then ticket."""
    fixed, screening = basis.recorded.fixed, basis.screening
    entries = [
        _entry(basis, int(screening.candidate[row]), int(screening.opening[row]), int(row))
        for row in chosen
    ]
    entries += [_entry(basis, *pair, find_pair(screening, *pair), fixed=True) for pair in fixed]
    lots = [*ticket.tolist(), *draw_tickets(basis.problem, fixed).tolist()]
    ordered = sorted(
        zip(entries, lots, strict=True),
        key=lambda line: (line[0].opening, -line[0].score, -line[1]),
    )
    ranked: list[Entry] = []
    rank = 0
    for entry, _ in ordered:
        rank = rank + 1 if ranked and ranked[-1].opening == entry.opening else 1
        ranked.append(replace(entry, rank=rank))
    return tuple(ranked)


def _entry(basis: Basis, person: int, opening: int, row: int, fixed: bool = False) -> Entry:
    """Return a line not yet ranked; a pair that a rule refuses by now is scored all the same."""
    state = "conditional" if row >= 0 and basis.screening.open_rules[row] else "proposed"
    state = basis.recorded.state.get((person, opening), state)
    if row >= 0:
        score, fit = int(basis.scores.score[row]), int(basis.scores.fit[row])
    else:
        lines = break_down(basis.problem, basis.facts, person, opening)
        score = sum(line.contribution for line in lines)
        fit = sum(line.contribution for line in lines if line.part == "fit")
    return Entry(opening, 0, person, row, score, fit, state, fixed)
