"""The chain of moves that would bring a person to a job order, in words and as a record.

In words nobody but the person asked about is named.
"""

from __future__ import annotations

from collections.abc import Iterator

from matcher.explain.chains import Chain, Move
from matcher.language import Fact, Phrase, Words, say
from matcher.pipeline import Result
from matcher.problem import Problem
from matcher.report.words import told_score


def tell_chain(result: Result, chain: Chain, opening: int | None, words: Words) -> str:
    """Return the moves of a chain, line by line under what it would lead to: the person at an
    opening, or (None) at any; and at the end what they change in all."""
    title, *steps, together = map(words, chain_lines(result, chain, opening))
    lines = [title, *(f"  {n}. {line}" for n, line in enumerate(steps, 1)), f"  {together}"]
    return "".join(f"{line}\n" for line in lines)


def chain_lines(result: Result, chain: Chain, opening: int | None) -> tuple[Phrase, ...]:
    """Return the same as sentences: what the moves would lead to, each move, what they change."""
    problem = result.problem
    title = _title(problem, chain, opening)
    return (title, *_steps(problem, chain), _together(result, chain))


def tell_changes(problem: Problem, people: int, kept: int, score: int) -> tuple[Phrase, ...]:
    """Return how many people fewer (above 0) or more a plan proposes and keeps as proposed before,
    and how many points less or more it has; those that change."""
    changes = []
    if people:
        changes.append(say("{n} fewer", n=people) if people > 0 else say("{n} more", n=-people))
    if kept > 0:
        changes.append(say("{n} fewer kept as proposed before", n=kept))
    elif kept:
        changes.append(say("{n} more kept as proposed before", n=-kept))
    if score:
        changes.append(_points(problem, -score))
    return tuple(changes)


def record_chain(result: Result, chain: Chain | None) -> dict[str, object] | None:
    """Return a chain for JSON; None where there is none."""
    if chain is None:
        return None
    people, openings = result.problem.candidate_ids, (*result.problem.opening_ids, "")
    return {
        "steps": [
            {
                "candidate_id": people[step.candidate],
                "from": openings[step.before],
                "to": openings[step.after],
                "score_before": step.score_before if step.before >= 0 else None,
                "score_after": step.score_after if step.after >= 0 else None,
                "change": step.change,
            }
            for step in chain.steps
        ],
        "loss": _by_name(result, chain),
        "people": chain.people,
        "score": chain.score,
        "least": chain.least,
    }


def _title(problem: Problem, chain: Chain, opening: int | None) -> Phrase:
    if opening is None:
        if chain.least:
            return say("What it would take: the moves that find this person a host at least loss:")
        return say("One way to find this person a host; there may be one at less loss:")
    name = problem.opening_ids[opening]
    if chain.least:
        return say("What it would take: the moves to {opening} at least loss:", opening=name)
    return say("One way to {opening}; there may be one at less loss:", opening=name)


def _steps(problem: Problem, chain: Chain) -> Iterator[Phrase]:
    """Yield each move."""
    for n, step in enumerate(chain.steps):
        who: Fact = say("somebody else") if n else problem.candidate_ids[step.candidate]
        yield say(
            "{who}: {before} → {after} ({change})",
            who=who,
            before=_seat(problem, step.before),
            after=_seat(problem, step.after),
            change=_change(problem, step),
        )


def _seat(problem: Problem, opening: int) -> Fact:
    return problem.opening_ids[opening] if opening >= 0 else say("without a host so far")


def _change(problem: Problem, step: Move) -> Phrase:
    if step.change:
        return _points(problem, step.change)
    return say("as many points")


def _points(problem: Problem, change: int) -> Phrase:
    size = told_score(problem, abs(change), 2)
    if change > 0:
        return say("{score} points more", score=size)
    return say("{score} points less", score=size)


def _together(result: Result, chain: Chain) -> Phrase:
    kept = _by_name(result, chain).get("keep", 0)
    changes = tell_changes(result.problem, -chain.people, kept, -chain.score)
    if changes:
        return say("Together, people and points: {changes}.", changes=changes)
    return say("Together: as many people, as many points.")


def _by_name(result: Result, chain: Chain) -> dict[str, int]:
    return dict(zip(result.problem.order, chain.loss, strict=False))
