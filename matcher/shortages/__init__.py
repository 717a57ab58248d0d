"""Before solving: what no plan can keep, all of it at once, and the least that would have to
change.

What floors and ceilings of nested sets ask too much is found as minimum cuts, in whole numbers
(`cuts`); what budgets, people together or apart, openings that need some to start and sets that
cross add to it, is what `milp` has to change once no floor asks too much (`repair`). That fewer
changes do not do is proved in whole numbers, by cuts that add up to as many or by `cases`.
"""

from __future__ import annotations

from matcher.errors import InputError
from matcher.fit import Facts
from matcher.language import say
from matcher.problem import Problem
from matcher.score import Scores
from matcher.screen import Screening
from matcher.shortages.found import Shortages, look_for_shortages
from matcher.shortages.required import gather_required
from matcher.shortages.telling import tell_shortages

__all__ = ["Shortages", "check_possible", "find_shortages", "look_for_shortages"]


def check_possible(
    problem: Problem, facts: Facts, screening: Screening, scores: Scores, search: bool = True
) -> None:
    """Raise `InputError` with every shortage where no plan of a problem keeps all that it must."""
    found = find_shortages(problem, facts, screening, scores, search)
    if found is not None:
        issues = tell_shortages(problem, facts, found)
        told = say("No plan can keep every limit of the scenario; nothing was run.")
        raise InputError(told, (*problem.notes, *issues), problem.counts)


def find_shortages(
    problem: Problem, facts: Facts, screening: Screening, scores: Scores, search: bool = True
) -> Shortages | None:
    """Return what no plan of a problem can keep, None where some plan keeps everything.

    Without `search` None also where cuts show nothing and only a solver could tell.
    """
    if not facts.limits.any:
        return None
    return look_for_shortages(gather_required(problem, facts, screening, scores), search)
