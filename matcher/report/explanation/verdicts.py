"""Why a pair that no rule refuses is not proposed, in words."""

from __future__ import annotations

from typing import Protocol

from matcher.assign.divisions import MILP
from matcher.explain.verdicts import LIMIT, LOWERS_THE_LOWEST
from matcher.language import Phrase, say
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.report.chains import tell_changes
from matcher.report.records import loss_by_name
from matcher.report.words import VERDICTS, told_score


class Judged(Protocol):
    """A pair with its verdict: see `explain.PairView` and `explain.why_not.WhyNot`."""

    @property
    def verdict(self) -> str:
        """One of `explain.verdicts`."""

    @property
    def loss(self) -> tuple[int, ...] | None:
        """What the best plan would lose by the pair."""

    @property
    def impossible(self) -> bool:
        """Whether no plan can hold it."""

    @property
    def stops(self) -> tuple[Phrase, ...]:
        """The quota or the limits that stand against it."""


def tell_verdict(result: Result, view: Judged) -> Phrase:
    """Return why a pair that no rule refuses is not proposed, with what the plan would lose."""
    problem = result.problem
    told = VERDICTS[view.verdict]
    if view.stops:
        told = say("{verdict} ({quota})", verdict=told, quota=view.stops)
    if result.stable:
        return say("Why not proposed here: {verdict}.", verdict=told)
    loss = _loss(problem, loss_by_name(result, view.loss))
    beside = result.plan.method == MILP and not view.impossible
    if beside and view.loss is None and view.verdict != LIMIT:
        loss = say("None of them holds it.")
    unknown = view.loss is None and not (view.impossible or beside)
    unsaid = view.verdict == LOWERS_THE_LOWEST or view.loss == () or unknown
    if unsaid or (view.verdict == LIMIT and view.loss is None):
        return say("Why not proposed here: {verdict}.", verdict=told)
    if beside:
        return say(
            "Why not proposed here, among the plans next to the one that was chosen: {verdict}."
            " {loss}",
            verdict=told,
            loss=loss,
        )
    return say("Why not proposed here: {verdict}. {loss}", verdict=told, loss=loss)


def _loss(problem: Problem, named: dict[str, int] | None) -> Phrase:
    """Return what the best plan with a pair has less, or more, than the best plan."""
    if named is None:
        return say("No plan can hold it.")
    changes = tell_changes(
        problem, named.get("placements", 0), named.get("keep", 0), named.get("score", 0)
    )
    if not changes:
        return say("The best plan with it is as good.")
    worth = problem.settings.objective.unplaced_worth
    if not worth:
        return say("The best plan with it, people and points: {changes}.", changes=changes)
    return say(
        "The best plan with it, people and points above {worth} each: {changes}.",
        worth=told_score(problem, worth, 2),
        changes=changes,
    )
