"""Letters: one page to each candidate, or to each host that has proposals, in plain words; none
names another person to a candidate, nor anybody to a host who has not said yes."""

from __future__ import annotations

from collections.abc import Callable

from matcher.language import Words
from matcher.pipeline import Result
from matcher.report.letters.candidates import letters_to_candidates
from matcher.report.letters.hosts import letters_to_hosts
from matcher.report.letters.page import write_index, write_letter
from matcher.report.letters.values import Letter, Letters

__all__ = ["AUDIENCES", "INDEX", "Letter", "Letters", "letter_pages", "make_letters", "write_index"]

INDEX = "office-only/index.html"
AUDIENCES: dict[str, Callable[[Result, Words], Letters]] = {
    "candidates": letters_to_candidates,
    "hosts": letters_to_hosts,
}


def make_letters(result: Result, audience: str, words: Words) -> Letters:
    """Return the letters to an audience (of `AUDIENCES`) as plain values."""
    return AUDIENCES[audience](result, words)


def letter_pages(letters: Letters) -> dict[str, bytes]:
    """Return the page of each letter, by the path of its files without ending."""
    return {one.file: write_letter(one, letters.language) for one in letters.letters}
