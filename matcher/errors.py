"""What a user is told about inputs, and the errors a user can meet, each with its exit code.

MatcherError            1   something failed that is nobody's input
├── UsageError          2   the call itself is off: no such folder, no such id
└── InputError          3   the inputs have faults; carries every one of them
    └── AskedError      3   what is asked cannot stand beside the inputs
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from matcher.language import Phrase, words_of

CODES = Path(__file__).parent / "codes.csv"
REFUSALS = ("file", "ask", "row")


@lru_cache(maxsize=1)
def load_codes() -> dict[str, tuple[str, str]]:
    """Return each issue's code with its action and what it means.

    The actions: `file` (nothing is run), `ask` (nothing is run until the officer declares it),
    `row` (the row is refused), `fix` (read otherwise than written), `note` (kept as it is).
    """
    with CODES.open(encoding="utf-8", newline="") as file:
        return {row["code"]: (row["action"], row["meaning"]) for row in csv.DictReader(file)}


@dataclass(frozen=True)
class Issue:
    """One thing about the inputs that a person should know.

    `line` counts from 1 as an editor or Excel shows it, 0 where the issue is about the whole
    file; `also` are further lines of which the same is true. `column` is our name of the column,
    `header` the file's own. `sheet` and `cell` (as C17) are given for workbooks. `became` is what
    the value was read as, where that differs.
    """

    code: str
    file: str
    line: int
    column: str
    value: str
    reason: Phrase
    mend: Phrase | None = None
    sheet: str = ""
    cell: str = ""
    header: str = ""
    became: str | None = None
    also: tuple[int, ...] = ()

    @property
    def action(self) -> str:
        """What is done about it; see `load_codes`."""
        return load_codes()[self.code][0]

    @property
    def severity(self) -> str:
        """Return "error" (refused) or "note" (kept, and told)."""
        return "error" if self.action in REFUSALS else "note"

    @property
    def place(self) -> tuple[str, str, int, str, str, str]:
        """The order in which issues are listed."""
        return (self.file, self.sheet, self.line, self.column, self.code, self.value)


@dataclass(frozen=True)
class Count:
    """Rows of one file: `read` = accepted + refused + ignored."""

    file: str
    read: int
    accepted: int
    refused: int
    ignored: int


class MatcherError(Exception):
    """A failure, told in a phrase."""

    exit_code = 1

    def __init__(self, phrase: Phrase) -> None:
        super().__init__(words_of("en")(phrase))
        self.phrase = phrase


class UsageError(MatcherError):
    """The call cannot be carried out as it was written."""

    exit_code = 2


class InputError(MatcherError):
    """The inputs have faults: `issues` holds all of them, the notes among them; `counts` the rows
    of each file that was read."""

    exit_code = 3

    def __init__(
        self, phrase: Phrase, issues: tuple[Issue, ...], counts: tuple[Count, ...] = ()
    ) -> None:
        super().__init__(phrase)
        self.issues = issues
        self.counts = counts


class AskedError(InputError):
    """What is asked cannot be done beside what is on record: each issue's `file` is what is
    asked."""
