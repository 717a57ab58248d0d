"""What is not known of pairs: what each criterion could add at its ends, and whose fact it is."""

from __future__ import annotations

import numpy as np

from matcher.assign.network import Worth
from matcher.criteria import CRITERIA
from matcher.pipeline import Result
from matcher.problem import Numbers
from matcher.rules import RULES
from matcher.score import CHUNK, values_of


def ends_of(result: Result, row: Numbers) -> tuple[Worth, Worth]:
    """Return by how much less (0 or below) and more each criterion could add to the scores of some
    pairs of the screening than the plan uses, at its low and its high end: a row a pair, a column
    a criterion. Given scores are known."""
    below, above = np.zeros((2, row.size, len(CRITERIA)), np.int64)
    if result.problem.given is not None:
        return below, above
    for start in range(0, row.size, CHUNK):
        chunk = slice(start, start + CHUNK)
        c = result.problem.candidates.at(result.screening.candidate[row[chunk]].astype(np.intp))
        o = result.problem.openings.at(result.screening.opening[row[chunk]].astype(np.intp))
        found = values_of(c, o, result.facts, result.problem.settings)
        for at, (_, used, low, high, weight) in enumerate(found):
            below[chunk, at] = weight * (low - used)
            above[chunk, at] = weight * (high - used)
    return below, above


def rules_of_orders(result: Result, asked: int) -> int:
    """Return those of some rules (one bit each) that look at job orders alone: they answer two
    people in one row."""
    problem = result.problem
    for bit, rule in enumerate(RULES):
        if asked >> bit & 1:
            two = problem.candidates.at(problem.present[[0, 0]]).down()
            _, unknown = rule.judge(two, problem.openings.across(), result.facts)
            if unknown.shape[0] > 1:
                asked &= ~(1 << bit)
    return asked
