"""What every report says where scores are given instead of our own."""

from __future__ import annotations

from matcher.explain.reasons.given import name_scores
from matcher.language import Phrase, say
from matcher.problem import Problem


def leaves_rules_out(problem: Problem) -> bool:
    """Return whether our own rules were left out (`[scores] rules = false`)."""
    return problem.given is not None and not problem.settings.scores.rules


def tell_given(problem: Problem) -> list[Phrase]:
    """Return where the scores come from and whether rules were left out; nothing where the scores
    are our own."""
    if problem.given is None:
        return []
    lines = [
        say(
            "Scores as given in {file}; the weights of the scenario have no part.",
            file=name_scores(problem),
        )
    ]
    if leaves_rules_out(problem):
        told = say(
            "The rules of law, programme and orders were left out at the office's choice"
            " ([scores] rules = false): nothing here says that anybody may be sent."
        )
        lines.append(told)
    return lines
