"""Who is kept from a set of openings by one rule alone."""

from __future__ import annotations

from collections import Counter

import numpy as np

from matcher.fit import Facts
from matcher.problem import Numbers, Problem
from matcher.rules import RULES
from matcher.screen import BLOCK, judge

BELOW_FLOOR = -1


def count_misses(
    problem: Problem, facts: Facts, people: Numbers, openings: Numbers
) -> tuple[tuple[int, int], ...]:
    """Return rules (places in `RULES`; `BELOW_FLOOR`: none, the score is too low) with how many of
    the people, by their places, fail it and no other at any of the openings, most first.

    Each counts once: with the first such rule.
    """
    counts: Counter[int] = Counter()
    step = max(1, BLOCK // max(1, openings.size))
    for start in range(0, people.size if openings.size else 0, step):
        rows = people[start : start + step]
        shape = (rows.size, openings.size)
        fails, which = np.zeros(shape, np.int64), np.full(shape, BELOW_FLOOR, np.int64)
        answers = judge(
            problem.candidates.at(rows).down(), problem.openings.at(openings).across(), facts
        )
        for rule, (failing, _) in enumerate(answers):
            fails += failing
            which[np.broadcast_to(failing, shape)] = rule
        first = np.where(fails <= 1, which, len(RULES)).min(axis=1)
        counts.update(first[first < len(RULES)].tolist())
    return tuple(sorted(counts.items(), key=lambda one: (-one[1], one[0])))
