"""Step 6: why this place, why not that one: reasons as phrases with their facts.

Nothing here decides anything. Breakdowns and rules are recomputed by the functions that scored and
screened, verdicts are read off the duals of the plan.
"""

from __future__ import annotations

from matcher.explain.alternatives import Alternative, alternatives_of, rivals_of
from matcher.explain.pairs import (
    Explanation,
    PairView,
    RuleView,
    explain_candidate,
    explain_pair,
    view_rules,
)
from matcher.explain.summary import Summary, summarise
from matcher.explain.verdicts import Verdicts, judge_pairs

__all__ = [
    "Alternative",
    "Explanation",
    "PairView",
    "RuleView",
    "Summary",
    "Verdicts",
    "alternatives_of",
    "explain_candidate",
    "explain_pair",
    "judge_pairs",
    "rivals_of",
    "summarise",
    "view_rules",
]
