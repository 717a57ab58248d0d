"""What `new` and `add` say."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from matcher.language import Words, say
from matcher.report.issues import tell_counts, tell_issues
from matcher.report.render import render_table
from matcher.settings import FILE
from matcher.start.begin import Begun
from matcher.start.months import Month

SHOWN_PEOPLE, SHOWN_CHANGES = 20, 40
FOUND = ("HEADER_READ_AS", "COLUMN_UNUSED")


def tell_empty(folder: Path, files: dict[str, bytes], words: Words) -> str:
    """Return what an empty scenario consists of and what to do with it."""
    workbook = next(name for name in files if name != FILE)
    lines = (
        words(say("Written: {folder} with {files}.", folder=str(folder), files=(workbook, FILE))),
        words(say("Fill in the workbook, set `on` and `entry` in scenario.toml, then:")),
        f"  matcher check {folder}",
        f"  matcher run {folder}",
    )
    return "".join(f"{line}\n" for line in lines)


def tell_begun(folder: Path, begun: Begun, words: Words) -> str:
    """Return the headers found, what is still to be answered, and what to do next."""
    lines = [
        words(say("Written: {folder} with {files}.", folder=str(folder), files=tuple(begun.files)))
    ]
    for file, found in begun.found.items():
        rows = [(header, column) for column, header in found.items()]
        titles = (words(say("header in {file}", file=file)), words(say("read as")))
        lines += ["", render_table(titles, rows).rstrip("\n")]
    issues = [issue for issue in begun.issues if issue.code not in FOUND]
    questions = sum(issue.severity == "error" for issue in issues)
    lines += ["", tell_issues(issues, words) + tell_counts(begun.counts, words).rstrip("\n"), ""]
    if questions:
        lines.append(
            words(say("{n} things are to be answered or mended first (above).", n=questions))
        )
    else:
        lines.append(words(say("Nothing is left to answer.")))
    lines += [f"  matcher check {folder}", f"  matcher run {folder}"]
    return "\n".join(lines) + "\n"


def tell_month(month: Month, words: Words) -> str:
    """Return who is new, gone or changed."""
    lines = [
        say("New: {n}. {people}", n=len(month.new), people=_some(month.new)),
        say("Gone: {n}. {people}", n=len(month.gone), people=_some(month.gone)),
        say(
            "Changed: {n} of {all} who stay.",
            n=len({change.candidate_id for change in month.changes}),
            all=month.kept,
        ),
    ]
    told = [words(line).rstrip() for line in lines]
    for change in month.changes[:SHOWN_CHANGES]:
        blank = words(say("blank"))
        told.append(
            f"  {change.candidate_id} {change.column}: {change.before or blank}"
            f" → {change.after or blank}"
        )
    if len(month.changes) > SHOWN_CHANGES:
        told.append(words(say("… and {n} more changes", n=len(month.changes) - SHOWN_CHANGES)))
    columns = Counter(change.column for change in month.changes)
    if columns:
        counted = tuple(f"{column} {count}" for column, count in sorted(columns.items()))
        told.append(words(say("Changes by column: {columns}", columns=counted)))
    for gone, new in month.perhaps_same:
        same = say(
            "Perhaps one person under two ids: {gone} (gone) and {new} (new) have the same name"
            " and birth date. A person decides.",
            gone=gone,
            new=new,
        )
        told.append(words(same))
    return "\n".join(told) + "\n" + tell_counts(month.counts, words)


def tell_taken(taken: bool | None, words: Words) -> str:
    """Return the question whether to take it (None), or what became of it."""
    if taken is None:
        return words(say("Take it?"))
    if taken:
        return words(
            say("Taken. The old file stays in the folder; scenario.toml names the new one.")
        )
    return words(say("Nothing was taken; run again with --yes to take it."))


def _some(people: tuple[str, ...]) -> tuple[str, ...]:
    rest = len(people) - SHOWN_PEOPLE
    return people if rest <= 0 else (*people[:SHOWN_PEOPLE], f"… +{rest}")
