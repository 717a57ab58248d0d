"""The wishes enforced and the blind test, told."""

from __future__ import annotations

from matcher.audit import Audit
from matcher.audit.blind import PROTECTED, Change, Place, Trial
from matcher.language import Phrase, Words, say
from matcher.report.audit.words import paragraph
from matcher.report.wishes import tell_enforcement
from matcher.report.words import points

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


def tell_blind(audit: Audit, trials: tuple[Trial, ...], words: Words) -> str:
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
    lines += [paragraph(words(line), "  ") for line in _moved(trials)]
    for trial in failed:
        lines += _failure(trial, words)
    return "".join(lines)


def _moved(trials: tuple[Trial, ...]) -> list[Phrase]:
    """Return how many cells got another value, and the columns of which that says nothing."""
    if not trials:
        return []
    counts = {name: [trial.moved.get(name, 0) for trial in trials] for name in PROTECTED}
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
    return lines


def _failure(trial: Trial, words: Words) -> list[str]:
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
    lines += [paragraph(words(_change(change)), "    · ") for change in trial.changes[:SHOWN]]
    if len(trial.changes) > SHOWN:
        more = say("… and {n} more (--format json lists them)", n=len(trial.changes) - SHOWN)
        lines.append(paragraph(words(more), "    "))
    return lines


def _change(change: Change) -> Phrase:
    return say(
        "{person}: {before} → {after}",
        person=change.candidate_id,
        before=_place(change.before),
        after=_place(change.after),
    )


def _place(place: Place) -> Phrase:
    opening, score, conditional = place
    if not opening:
        return say("without a host so far")
    if conditional:
        return say("{opening} ({score}, conditional)", opening=opening, score=points(score, 2))
    return say("{opening} ({score})", opening=opening, score=points(score, 2))
