"""What `compare` prints: two batches beside each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict

import pandas as pd

from matcher.explain.compare import VERSION, Change, Comparison, Difference, Place
from matcher.language import Fact, Phrase, Words, say
from matcher.report.render import render_csv, render_json, render_table
from matcher.report.titled import titled
from matcher.report.words import STATES, points

TOTALS = {
    "people": say("people"),
    "present": say("taking part"),
    "proposed": say("proposed"),
    "conditional": say("of these conditional"),
    "unplaced": say("without a host so far"),
    "seats": say("seats"),
    "usable": say("seats open under quotas and limits"),
    "filled": say("seats filled"),
    "score": say("sum of scores"),
    "keep": say("kept as proposed before"),
}
KINDS_OF_DIFFERENCES = {
    "input": say("input"),
    "setting": say("setting"),
    "seed": say("lottery number"),
    "version": say("version"),
}
# How the groups of differences are told, as causes and as steps.
GROUP_NAMES = {
    "on": say("day of the batch"),
    "candidates": say("candidates"),
    "openings": say("job orders"),
    "seats": say("seats"),
    "supervisors": say("supervising organisations"),
    "hosts": say("hosts"),
    "establishments": say("establishments"),
    "schools": say("sending organisations"),
    "entry": say("window of entry"),
    "law": say("figures of the law"),
    "promises": say("promises of the programme"),
    "costs": say("cost still to pay"),
    "min_skill_fit": say("least skill fit"),
    "scores": say("given scores"),
    "limits": say("limits"),
    "weights": say("weights"),
    "unknown": say("what an unknown counts as"),
    "objective": say("objective"),
    "decisions": say("decisions"),
    "earlier": say("earlier plan"),
    "outcomes": say("outcomes"),
    "seed": say("lottery number"),
    VERSION: say("another plan of the same inputs by another version"),
}
LETTERS = 40


def show_comparison(found: Comparison, form: str, words: Words) -> str:
    """Return a comparison in the form asked for."""
    match form:
        case "csv":
            return render_csv(table_changes(found))
        case "json":
            return render_json(_record(found))
        case _:
            return _tell(found, words)


def table_changes(found: Comparison) -> pd.DataFrame:
    """Return one row for each candidate whose opening is another or who is in one batch alone;
    `state_before` and `state_after` are empty where the batch does not have the person, `cause` and
    `also` too; groups that go together are joined by `+`."""
    rows = [
        (
            change.candidate_id,
            change.before.opening_id if change.before else "",
            change.after.opening_id if change.after else "",
            change.before.state if change.before else "",
            change.after.state if change.after else "",
            "+".join(change.cause),
            "+".join(change.also),
        )
        for change in found.changes
    ]
    columns = ["candidate_id", "from", "to", "state_before", "state_after", "cause", "also"]
    return pd.DataFrame(rows, columns=columns, dtype=object)


def _record(found: Comparison) -> dict[str, object]:
    causes = _counted(found)
    return {
        "changes": [
            {**row, "cause": list(change.cause), "also": list(change.also)}
            for row, change in zip(
                table_changes(found).to_dict("records"), found.changes, strict=True
            )
        ],
        "moved": len(found.moved),
        "causes": [{"groups": list(groups), "people": n} for groups, n in causes.items()],
        "only_seed": found.only_seed,
        "own": dict(zip(("before", "after"), found.own, strict=True)),
        "totals": {
            name: {"before": before, "after": after}
            for name, (before, after) in found.totals.items()
        },
        "differences": [asdict(one) for one in found.differences],
        "steps": [asdict(step) for step in found.steps],
    }


def _tell(found: Comparison, words: Words) -> str:
    lines = "".join(f"{words(line)}\n" for line in _headlines(found, words))
    parts = [lines, _tell_totals(found, words)]
    sides = (say("first batch"), say("second batch"))
    moves = [
        (
            change.candidate_id,
            _where(change.before, words),
            _where(change.after, words),
            _named(change.cause, words),
            _named(change.also, words),
        )
        for change in found.changes
    ]
    columns = (say("candidate"), *sides, say("because of"), say("also by"))
    parts.append(titled(say("People who stand elsewhere"), columns, moves, words))
    if found.steps:
        parts.append(_tell_steps(found, words))
    rows = [
        (words(KINDS_OF_DIFFERENCES[one.kind]), one.name, _short(one.before), _short(one.after))
        for one in found.differences
    ]
    titles = (say("what"), say("item"), *sides)
    parts.append(titled(say("Differences in what the batches were made from"), titles, rows, words))
    beside = tuple(one.name for one in found.differences if _moves_nobody(one))
    if beside:
        told = say("These move nobody and are not applied: {names}.", names=beside)
        parts.append(f"{words(told)}\n")
    versions = tuple(one.name for one in found.differences if one.kind == "version")
    if versions:
        told = say("These cannot be applied: {names}.", names=versions)
        parts.append(f"{words(told)}\n")
    return "\n".join(parts)


def _moves_nobody(one: Difference) -> bool:
    """Return whether a difference moves nobody; of files the tables are shown themselves."""
    return one.kind != "version" and not one.groups and not one.name.startswith("files.")


def _headlines(found: Comparison, words: Words) -> list[Phrase]:
    moved, alone = len(found.moved), _alone(found)
    if found.only_seed and not moved:
        return [say("Only the lottery number differs; nobody stands elsewhere.")]
    if found.only_seed:
        told = say(
            "Only the lottery number differs: these {n} people were decided by lot.", n=moved
        )
        return [told]
    if not found.differences and not found.changes:
        return [say("The two batches were made from the same, and propose the same.")]
    if not found.changes:
        return [say("The two batches propose the same; what they were made from differs.")]
    causes = tuple(
        say("{n} because of {cause}", n=n, cause=_named(groups, words))
        for groups, n in _counted(found).items()
    )
    lines = [say("{n} people stand elsewhere: {causes}.", n=moved, causes=causes)]
    if not moved:
        lines = [say("Nobody of both batches stands elsewhere.")]
    new = sum(change.before is None for change in alone)
    if alone:
        lines.append(say("{new} people are new, {gone} are gone.", new=new, gone=len(alone) - new))
    return lines


def _counted(found: Comparison) -> dict[tuple[str, ...], int]:
    """Return how many people stand elsewhere by each cause, in the order of the steps."""
    counts = Counter(change.cause for change in found.moved)
    return {step.groups: counts[step.groups] for step in found.steps if counts[step.groups]}


def _named(groups: tuple[str, ...], words: Words) -> str:
    return " + ".join(words(GROUP_NAMES[group]) for group in groups)


def _alone(found: Comparison) -> tuple[Change, ...]:
    return tuple(change for change in found.changes if not (change.before and change.after))


def _tell_totals(found: Comparison, words: Words) -> str:
    own = found.own
    rows = []
    for name, (before, after) in found.totals.items():
        cells = _amount(name, before, own[0]), _amount(name, after, own[1])
        difference = (
            f"{'+' if after > before else ''}{words(_amount(name, after - before, own[0]))}"
        )
        alike = name != "score" or own[0] == own[1]
        rows.append((words(TOTALS[name]), *map(words, cells), difference if alike else ""))
    sides = (say("first batch"), say("second batch"), say("difference"))
    return render_table(["", *(words(title) for title in sides)], rows)


def _tell_steps(found: Comparison, words: Words) -> str:
    """Return the steps with how many people move, and what the plan then comes to."""
    shown = ("proposed", "conditional", "unplaced", "score")
    rows = [
        (
            _named(step.groups, words),
            words(step.moved),
            *(words(_amount(name, step.totals[name], step.own)) for name in shown),
        )
        for step in found.steps
    ]
    columns = (say("what"), say("people moved"), *(TOTALS[name] for name in shown))
    told = titled(say("Applied to the first batch one after the other"), columns, rows, words)
    if any(len(step.groups) > 1 for step in found.steps):
        joined = say("Of what is joined by + the first cannot be run without the others.")
        told += f"\n{words(joined)}\n"
    return told


def _amount(name: str, amount: int, own: bool) -> Fact:
    """Return a total as people read it: our own scores as points of 100."""
    return points(amount, 2) if name == "score" and own else amount


def _where(place: Place | None, words: Words) -> str:
    if place is None:
        return words(say("not in this batch"))
    state = words(STATES[place.state])
    return f"{place.opening_id} ({state})" if place.opening_id else state


def _short(text: str) -> str:
    return text if len(text) <= LETTERS else f"{text[:12]}…"
