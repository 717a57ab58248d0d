"""The tables of an explanation as text: how the points of a pair come about and the facts behind
them, other job orders for a person, and the rules that refuse job orders."""

from __future__ import annotations

from matcher.explain import Alternative, Explanation, PairView
from matcher.explain.next import next_of_rule
from matcher.explain.pairs import FAILS, OPEN, Refusal
from matcher.explain.reasons import job_name
from matcher.language import Phrase, Words, say
from matcher.pipeline import Result
from matcher.report.records import loss_by_name
from matcher.report.render import bar, render_table
from matcher.report.words import (
    CRITERION_NAMES,
    LOSSES,
    PARTS,
    VERDICTS,
    points,
    tell_source,
    told_score,
)


def tell_breakdown(view: PairView, words: Words) -> str:
    """Return the points of a pair, one row per criterion and one for all together."""
    rows = [
        (
            words(CRITERION_NAMES[line.criterion]),
            words(PARTS[line.part]),
            f"{line.value}",
            words(points(line.weight * 1000, 1)),
            words(points(line.contribution)),
            bar(line.value),
            "" if line.low == line.high else f"{line.low}–{line.high}",
        )
        for line in view.breakdown
    ]
    rows.append(
        (
            words(say("together")),
            "",
            "",
            words(points(1_000_000, 1)),
            words(points(view.score)),
            "",
            "",
        )
    )
    titles = (
        say("criterion"),
        say("part"),
        say("value of 1000"),
        say("weight of 100"),
        say("points"),
        Phrase(""),
        say("could be"),
    )
    return render_table([words(title) if title.message else "" for title in titles], rows)


def tell_evidence(view: PairView, words: Words) -> list[str]:
    """Return the facts behind the values of a pair, line by line."""
    lines = [words(say("The facts behind the values:"))]
    for line in view.breakdown:
        lines.append(f"  {words(CRITERION_NAMES[line.criterion])}")
        lines += [f"    · {words(fact)}" for fact in view.evidence[line.criterion]]
    return lines


def tell_alternatives(result: Result, others: tuple[Alternative, ...], words: Words) -> str:
    """Return the other job orders that a person may be proposed for, one row each."""
    problem = result.problem
    rows = []
    for other in others:
        named = loss_by_name(result, other.loss)
        number = problem.lists.operations[problem.openings.job[other.opening]]
        rows.append(
            (
                problem.opening_ids[other.opening],
                f"{number} {words(job_name(problem, other.opening))}",
                words(told_score(problem, other.score, 2)),
                "" if named is None else str(named.get("placements", "")),
                ""
                if named is None or "score" not in named
                else words(told_score(problem, named["score"], 2)),
                words(VERDICTS[other.verdict]),
            )
        )
    titles = (
        say("job order"),
        say("work"),
        say("score"),
        *LOSSES,
        say("why not"),
    )
    return render_table([words(title) for title in titles], rows)


def tell_refusals(result: Result, why: Explanation, words: Words) -> str:
    """Return the rules that refuse a person or leave something to show, one line each."""
    return "".join(f"  · {words(_refusal(result, refusal))}\n" for refusal in why.refusals)


def _refusal(result: Result, refusal: Refusal) -> Phrase:
    view = refusal.first
    states = {FAILS: say("not met"), OPEN: say("to be shown")}
    return say(
        "{label}: {state} at {n} (at {opening} {held}; required {required}; {source})."
        " Next: {next}.",
        label=view.rule.label,
        state=states[view.state],
        n=refusal.openings,
        opening=result.problem.opening_ids[refusal.opening],
        held=view.held,
        required=view.required,
        source=tell_source(view.rule),
        next=next_of_rule(view),
    )
