"""What `new` and `add` say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from matcher.language import Phrase, Words, say
from matcher.personal import mask_numbers
from matcher.report.issues import tell_counts, tell_issues
from matcher.report.render import render_table
from matcher.settings import FILE
from matcher.start.begin import Begun
from matcher.start.months import Month

SHOWN_PEOPLE, SHOWN_CHANGES = 20, 40
# Codes that say what the table of headers shows better.
SHOWN_AS_TABLE = ("HEADER_READ_AS",)


def tell_empty(folder: Path, files: Sequence[str], words: Words) -> str:
    """Return what an empty scenario consists of and what to do with it."""
    workbook = next(name for name in files if name != FILE)
    return _lines(
        words,
        say("Written: {folder} with {files}.", folder=str(folder), files=(workbook, FILE)),
        say("Fill in the workbook, set `on` and `entry` in scenario.toml, then:"),
        *_commands(folder),
    )


def tell_begun(folder: Path, begun: Begun, words: Words) -> str:
    """Return the headers found, what is still to be answered, and what to do next."""
    tables = []
    for file, found in begun.found.items():
        titles = (words(say("header in {file}", file=file)), words(say("read as")))
        tables.append(render_table(titles, list(found.items())))
    written = say("Written: {folder} with {files}.", folder=str(folder), files=tuple(begun.files))
    notes = [issue for issue in begun.issues if issue.severity == "note"]
    notes = [issue for issue in notes if issue.code not in SHOWN_AS_TABLE]
    questions = [issue for issue in begun.issues if issue.severity == "error"]
    left = (
        say("This is to be answered or mended first (above). Then:")
        if questions
        else say("Nothing is left to answer. Next:")
    )
    told = tell_issues(notes, words) + tell_counts(begun.counts, words)
    last = tell_issues(questions, words) + _lines(words, left, *_commands(folder))
    return "\n".join([*tables, told, _lines(words, written), last])


def tell_month(month: Month, words: Words) -> str:
    """Return who is new, gone or changed."""
    lines: list[Phrase | str] = [
        say("New: {n}", n=len(month.new)),
        *_people(month.new, month),
        say("Gone: {n}", n=len(month.gone)),
        *_people(month.gone, month),
        say(
            "Changed: {n} of {all} who stay",
            n=len({change.candidate_id for change in month.changes}),
            all=month.kept,
        ),
        *_changes(month, words),
    ]
    if month.refused_before:
        lines.append(
            say(
                "{n} rows of last month's list are refused and not compared: their people are new"
                " here.",
                n=month.refused_before,
            )
        )
    if month.unread_before:
        lines.append(
            say(
                "Last month's list cannot be read, and all its people are new here: {files}",
                files=month.unread_before,
            )
        )
    for gone, new in month.perhaps_same:
        told = (_person(person, month) for person in (gone, new))
        lines.append(
            say(
                "{gone} (gone) and {new} (new) have one name and birth date: perhaps one person"
                " under two ids. A person decides.",
                **dict(zip(("gone", "new"), told, strict=True)),
            )
        )
    notes = tell_issues(month.issues, words)
    return _lines(words, *lines) + notes + tell_counts(month.counts, words)


def tell_taken(folder: Path, month: Month, taken: bool, words: Words) -> str:
    """Return what became of the new list."""
    if not taken:
        return _lines(words, say("Nothing was taken; with --yes it is taken without asking."))
    return _lines(
        words,
        say("Taken: {files}. The earlier files stay in the folder.", files=tuple(month.files)),
        *_commands(folder),
    )


def _people(people: Sequence[str], month: Month) -> list[Phrase | str]:
    rest = len(people) - SHOWN_PEOPLE
    lines: list[Phrase | str] = [f"  {_person(person, month)}" for person in people[:SHOWN_PEOPLE]]
    return [*lines, say("  … and {n} more", n=rest)] if rest > 0 else lines


def _changes(month: Month, words: Words) -> list[Phrase | str]:
    lines: list[Phrase | str] = []
    for change in month.changes[:SHOWN_CHANGES]:
        before, after = (
            mask_numbers(text) or words(say("blank")) for text in (change.before, change.after)
        )
        lines.append(
            f"  {_person(change.candidate_id, month)}: {change.column}: {before} → {after}"
        )
    rest = len(month.changes) - SHOWN_CHANGES
    if rest > 0:
        lines.append(say("  … and {n} more", n=rest))
    if len(month.changes) > 1:
        columns = Counter(change.column for change in month.changes)
        counted = tuple(f"{column} {count}" for column, count in columns.most_common())
        lines.append(say("  by column: {columns}", columns=counted))
    return lines


def _person(person: str, month: Month) -> str:
    return mask_numbers(f"{person} {month.names[person]}".strip())


def _commands(folder: Path) -> tuple[str, str]:
    return f"  matcher check {folder}", f"  matcher run {folder}"


def _lines(words: Words, *lines: Phrase | str) -> str:
    return "".join(f"{line if isinstance(line, str) else words(line)}\n" for line in lines)
