"""The end of the summary, as the meeting hears it: what officers decided, what the plan promises,
and what the meeting is asked to decide."""

from __future__ import annotations

from matcher.explain import Summary
from matcher.language import Fact, Phrase, say
from matcher.problem import Problem
from matcher.report.given import leaves_rules_out

SPOKEN = 12  # letters of a seed that are read out, cases that are named


def tell_decided(summary: Summary, seed: str) -> list[Phrase]:
    """Return what officers decided, and how many proposals the lottery chose."""
    lines = [
        say(
            "Decisions of officers: {placed} set, {forbidden} excluded, {waivers} requirements of"
            " job orders waived.",
            placed=summary.placed_by_decision,
            forbidden=summary.forbidden,
            waivers=summary.waivers,
        )
    ]
    spoken = seed if len(seed) <= SPOKEN else f"{seed[:SPOKEN]}…"
    if summary.by_lottery:
        told = say(
            "For {lottery} people equally good proposals existed; lottery number {seed} chose.",
            seed=spoken,
            lottery=summary.by_lottery,
        )
        return [*lines, told]
    return [*lines, say("The lottery (number {seed}) decided nothing.", seed=spoken)]


def tell_promise(problem: Problem, method: str) -> Phrase:
    """Return what the plan promises of rules and of other plans."""
    settings = problem.settings
    if leaves_rules_out(problem):
        return say("Rules and quotas were not checked; decisions and outcomes on record were kept.")
    first = problem.order[0] == "placements" and not settings.objective.min_score
    if method in ("milp", "stable") or not first:
        return say("No proposal breaks a rule that was checked.")
    if settings.limits or (problem.openings.min_seats > 1).any():
        return say(
            "No proposal breaks a rule that was checked, nor a limit; no other plan that keeps them"
            " and the decisions on record proposes more people."
        )
    if problem.outcomes:
        return say(
            "No proposal breaks a rule that was checked; no other plan proposes more people under"
            " these rules and the decisions and outcomes on record."
        )
    if problem.decisions:
        return say(
            "No proposal breaks a rule that was checked; no other plan proposes more people under"
            " these rules and the decisions on record."
        )
    return say(
        "No proposal breaks a rule that was checked; no other plan proposes more people under these"
        " rules."
    )


def tell_asked(summary: Summary) -> Phrase:
    """Return what the meeting is asked to decide; whoever passed has a seat already."""
    facts: dict[str, Fact] = {
        "free": summary.proposed - summary.conditional - summary.settled,
        "conditional": summary.conditional,
        "unplaced": summary.unplaced,
    }
    if summary.settled:
        return say(
            "Please decide: (1) the {free} new proposals without conditions ({settled} more passed"
            " the interview already); (2) the dates of proof for {conditional}; (3) what follows"
            " for {unplaced} people.",
            **facts,
            settled=summary.settled,
        )
    return say(
        "Please decide: (1) the {free} proposals without conditions; (2) the dates of proof for"
        " {conditional}; (3) what follows for {unplaced} people.",
        **facts,
    )
