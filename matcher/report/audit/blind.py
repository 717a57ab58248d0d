"""The wishes enforced and the blind test, told."""

from __future__ import annotations

from matcher.audit import Audit
from matcher.audit.blind import Change, Place, Trial, counted_columns, shuffled_columns
from matcher.language import Phrase, Words, say
from matcher.problem import Problem
from matcher.report.audit.words import paragraph
from matcher.report.wishes import tell_enforcement
from matcher.report.words import told_score

SHOWN = 20


def tell_wishes(audit: Audit, words: Words) -> str:
    """Return which wishes of hosts officers enforced; the groups' numbers are with them."""
    if not audit.enforced:
        return paragraph(words(say("Wishes of hosts that the law restricts: none is enforced.")))
    told = say(
        "Wishes of hosts that the law restricts, enforced by decision: {n}. The numbers above are"
        " with them, the blind test is without them.",
        n=len(audit.enforced),
    )
    lines = [paragraph(words(told))]
    for wish in audit.enforced:
        lines.append(paragraph(words(tell_enforcement(wish)), "  · "))
    return "".join(lines)


def tell_blind(problem: Problem, audit: Audit, trials: tuple[Trial, ...], words: Words) -> str:
    """Return the blind test: that nothing changes, or who is treated otherwise."""
    failed = [trial for trial in trials if not trial.passed]
    verdict = (
        say("Nothing changes, in the plan or in any pair's rules and score.")
        if not failed
        else say("It FAILS: the plan or the scores depend on what must not matter.")
    )
    told = say(
        "Blind test. {n} times these columns were shuffled among all {people} people, each for"
        " itself, drawn from the batch's seed, and everything was matched again: {columns}. Not"
        " shuffled: the birth date, since the age at entry is law.",
        n=len(trials),
        people=audit.people,
        columns=tuple(trials[0].moved) if trials else (),
    )
    lines = [paragraph(words(told)), paragraph(words(verdict), "→ ")]
    lines += [paragraph(words(line), "  ") for line in _moved(problem, trials)]
    for trial in failed:
        lines += _failure(problem, trial, words)
    return "".join(lines)


def _moved(problem: Problem, trials: tuple[Trial, ...]) -> list[Phrase]:
    """Return how many cells got another value, and the columns of which that says nothing."""
    if not trials:
        return []
    shuffled = shuffled_columns(problem.settings)
    counts = {name: [trial.moved.get(name, 0) for trial in trials] for name in shuffled}
    moved = tuple(
        say("{column} {cells}", column=name, cells="/".join(map(str, cells)))
        for name, cells in counts.items()
        if any(cells)
    )
    still = tuple(name for name, cells in counts.items() if not any(cells))
    lines = [say("Cells that got another value, by shuffle: {moved}.", moved=moved)]
    if still:
        told = say("Nothing is said of columns that are absent or all alike: {still}.", still=still)
        lines.append(told)
    if kept := counted_columns(problem.settings):
        lines.append(say("Not shuffled, as a limit counts by it: {columns}.", columns=kept))
    return lines


def _failure(problem: Problem, trial: Trial, words: Words) -> list[str]:
    if trial.stopped:
        told = say("Shuffle {n}: nothing could be matched:", n=trial.number)
        reasons = [paragraph(words(reason), "    · ") for reason in trial.stopped[:SHOWN]]
        return [paragraph(words(told), "  "), *reasons]
    told = say(
        "Shuffle {n}: {people} people are treated otherwise, {pairs} pairs are screened or scored"
        " otherwise.",
        n=trial.number,
        people=len(trial.changes),
        pairs=trial.pairs,
    )
    lines = [paragraph(words(told), "  ")]
    changes = (_change(problem, change) for change in trial.changes[:SHOWN])
    lines += [paragraph(words(change), "    · ") for change in changes]
    if len(trial.changes) > SHOWN:
        more = say("… and {n} more (--format json lists them)", n=len(trial.changes) - SHOWN)
        lines.append(paragraph(words(more), "    "))
    return lines


def _change(problem: Problem, change: Change) -> Phrase:
    return say(
        "{person}: {before} → {after}",
        person=change.candidate_id,
        before=_place(problem, change.before),
        after=_place(problem, change.after),
    )


def _place(problem: Problem, place: Place) -> Phrase:
    opening, score, conditional = place
    if not opening:
        return say("without a host so far")
    worth = told_score(problem, score, 2)
    if conditional:
        return say("{opening} ({score}, conditional)", opening=opening, score=worth)
    return say("{opening} ({score})", opening=opening, score=worth)
