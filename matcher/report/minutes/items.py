"""What the meeting decides, each matter with its number of people and the annex that lists them."""

from __future__ import annotations

from collections.abc import Mapping

from matcher.explain import Summary
from matcher.language import Phrase, Words, say
from matcher.problem import WAIVE, Problem
from matcher.report.minutes.annexes import (
    CONDITIONAL,
    DECISIONS,
    FREE,
    OBJECTED,
    UNPLACED,
    WITHOUT_PART,
)
from matcher.report.minutes.values import Annex, Item

APPROVED = (say("approved"), say("approved, except for:"))
NOTED = (say("noted"), say("decided besides:"))
ANSWERS = {FREE: APPROVED, CONDITIONAL: APPROVED, DECISIONS: APPROVED}


def items_of(
    problem: Problem, summary: Summary, annexes: Mapping[str, Annex], words: Words
) -> tuple[Item, ...]:
    """Return the matters for decision; what concerns nobody has no answers to be ticked."""
    told = {
        FREE: _free(summary),
        CONDITIONAL: say(
            "Conditional proposals: {n}. Each is approved only once what is still open has been"
            " shown, by the day and by whom it is listed.",
            n=summary.conditional,
        ),
        UNPLACED: say(
            "People without a host so far: {n}. They stay registered and are matched again in the"
            " next batch; the waiting time counts on. This is no judgement of anybody's ability.",
            n=summary.unplaced,
        ),
    }
    items = [_item(name, phrase, annexes.get(name), words) for name, phrase in told.items()]
    recorded = _recorded(problem, summary)
    items += [
        _item(name, phrase, annexes[name], words)
        for name, phrase in recorded.items()
        if name in annexes
    ]
    return tuple(items)


def _item(name: str, told: Phrase, annex: Annex | None, words: Words) -> Item:
    if annex is None:
        return Item(words(told))
    text = words(say("{text} See {annex}.", text=told, annex=annex.label))
    return Item(text, tuple(map(words, ANSWERS.get(name, NOTED))))


def _free(summary: Summary) -> Phrase:
    free = summary.proposed - summary.conditional - summary.settled
    if not summary.settled:
        return say("Proposals without conditions: {n}.", n=free)
    return say(
        "New proposals without conditions: {n}; {settled} more passed the interview already.",
        n=free,
        settled=summary.settled,
    )


def _recorded(problem: Problem, summary: Summary) -> dict[str, Phrase]:
    """Return what is on record beside the plan, by annex."""
    waivers = sum(decision.action.startswith(WAIVE) for decision in problem.decisions)
    return {
        WITHOUT_PART: say(
            "On hold: {held}; withdrew: {withdrawn}. The waiting time of people on hold counts on.",
            held=summary.held,
            withdrawn=summary.withdrawn,
        ),
        DECISIONS: say(
            "Decisions of officers on record: {n}; requirements of job orders waived: {waivers}.",
            n=len(problem.decisions) - waivers,
            waivers=waivers,
        ),
        OBJECTED: say(
            "Objections on record: {n}, {open} of them waiting for an answer.",
            n=len(problem.objections),
            open=sum(one.open for one in problem.objections),
        ),
    }
