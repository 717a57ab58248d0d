"""The errors a user can meet, each with its exit code.

MatcherError            1   something failed that is nobody's input
├── UsageError          2   the call itself is off: no such folder, no such id
└── InputError          3   the inputs have faults; carries every one of them
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.language import Phrase, words_of


@dataclass(frozen=True)
class Issue:
    """One thing about the inputs that a person should know.

    `severity` is "error" (nothing is run) or "note" (kept, and told). `line` counts from 1 as an
    editor shows it, 0 where the issue is about the whole file.
    """

    severity: str
    code: str
    file: str
    line: int
    column: str
    value: str
    reason: Phrase
    mend: Phrase | None = None

    @property
    def place(self) -> tuple[str, int, str, str, str]:
        """The order in which issues are listed."""
        return (self.file, self.line, self.column, self.code, self.value)


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
