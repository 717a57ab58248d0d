"""What the sheets of every audience say alike."""

from __future__ import annotations

from matcher.language import Name, Phrase, Words, say
from matcher.personal import KEY_TABLE
from matcher.problem import Problem
from matcher.report.given import leaves_rules_out
from matcher.report.sheets.values import Cell, Column

MARK = say("Proposal, not a decision")
OVERVIEW, KEY = "office-only/overview", f"office-only/{KEY_TABLE}"
OFFICE_ONLY = say(
    "For the office only. Give every host or centre its own files, never another's nor this"
    " overview."
)


def as_of(problem: Problem, words: Words, *, named: bool = False) -> tuple[str, Cell]:
    """Return the scenario's day as a line of a sheet's head, with its name for the office."""
    settings = problem.settings
    told = say("{day} ({name})", day=settings.on, name=settings.name)
    return words(say("as of")), words(told if named else settings.on)


def column(words: Words, title: Name | Phrase, width: int, choices: tuple[str, ...] = ()) -> Column:
    """Return a column, its title with a capital."""
    text = words(title)
    return Column(text[:1].upper() + text[1:], width, choices)


def both_files(file: str, words: Words) -> str:
    """Return the names of a sheet's two files."""
    return words((f"{file}.xlsx", f"{file}.html"))


def blind_note(blind: bool) -> tuple[Phrase, ...]:
    """Return the note of a blind copy."""
    if not blind:
        return ()
    return (
        say(
            "Blind copy: names and candidate numbers are hidden. The office alone knows who is"
            " behind the numbers."
        ),
    )


def given_note(problem: Problem) -> tuple[Phrase, ...]:
    """Return the note where scores are given and our own rules were left out."""
    if not leaves_rules_out(problem):
        return ()
    return (say("Made from given scores; law and other rules were not checked."),)
