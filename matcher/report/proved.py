"""What is proved of a plan that no tree of ceilings holds, name by name, for the meeting."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from matcher.language import Phrase, say
from matcher.pipeline import Result
from matcher.proof import show_best
from matcher.report.words import told_score
from matcher.verify.certificate import LOTTERY
from matcher.verify.terms import TREE

NAMES = {
    "placements": say("people proposed"),
    "score": say("sum of scores"),
    "worst": say("lowest scores"),
    "keep": say("kept as proposed before"),
}
CERTIFICATE = say(
    "Proved the best in whole numbers; `matcher verify BATCH` checks the proof without a solver."
)
BUT_FOR_THE_LOTTERY = say(
    "Proved the best in whole numbers, the lottery left out; `matcher verify BATCH` checks the"
    " proof without a solver."
)


def tell_proof(result: Result) -> list[Phrase]:
    """Return what is proved of a plan: that it is the best on trees, else name by name how far,
    told apart from what the solver says of it; nothing of a stable plan."""
    if result.stable:
        return []
    if result.plan.method == TREE:
        return [CERTIFICATE]
    shown = show_best(result)
    if shown.stages:
        drawn = any(stage["name"] == LOTTERY for stage in shown.stages)
        return [CERTIFICATE if drawn else BUT_FOR_THE_LOTTERY]
    named = groupby(shown.bounds, key=lambda bound: str(bound["name"]))
    told = tuple(_tell_name(result, name, list(levels)) for name, levels in named)
    return [say("Proved in whole numbers: {names}.", names=told)]


def _tell_name(result: Result, name: str, levels: list[dict[str, Any]]) -> Phrase:
    open_levels = [level for level in levels if level["gap"]]
    if not open_levels:
        return say("{name} – proved best (bound = plan)", name=NAMES[name])
    first = open_levels[0]
    if first["level"] is not None:
        lowest = told_score(result.problem, first["level"], 2)
        return say("{name} – proved below {score}", name=NAMES[name], score=lowest)
    gap = first["gap"] if name != "score" else told_score(result.problem, first["gap"], 2)
    if first["claim"] == "optimal":
        return say(
            "{name} – proved within {gap}; the solver reports gap 0, which is not proved here",
            name=NAMES[name],
            gap=gap,
        )
    if first["claim"] == "searched":
        return say(
            "{name} – proved within {gap}; every way of the job orders with a least number was"
            " tried, which is not proved here",
            name=NAMES[name],
            gap=gap,
        )
    return say("{name} – proved within {gap}", name=NAMES[name], gap=gap)
