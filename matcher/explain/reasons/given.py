"""What is held and what is required where scores are given."""

from __future__ import annotations

from matcher.explain.reasons.worded import Held, Reason
from matcher.fit import Facts
from matcher.language import Fact, say
from matcher.problem import Problem


def name_scores(problem: Problem) -> Fact:
    """Return the names of the files that the given scores stand in."""
    return problem.settings.files.named.get("scores", ("scores.csv",))


def _given(problem: Problem, facts: Facts, i: int, j: int) -> Held:
    return (
        say("no score is given for the pair"),
        say("a score in {file}", file=name_scores(problem)),
    )


OF_GIVEN: dict[str, Reason] = {"given_score": _given}
