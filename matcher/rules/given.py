"""The rule that goes with given scores."""

from __future__ import annotations

from matcher.fit import Facts
from matcher.problem import Candidates, Openings
from matcher.rules.answer import NEVER, Answer


def given_score(c: Candidates, o: Openings, facts: Facts) -> Answer:
    """The table of given scores lists the pair; where there is no such table nothing is asked."""
    if facts.given is None:
        return NEVER, NEVER
    return facts.given.find(c.index, o.index) < 0, NEVER
