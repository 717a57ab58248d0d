"""Job types in a cell: by number or name, a word of a trade only as the office settled it."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterable, Mapping

from matcher.check.cells import Cell, CellFault
from matcher.language import Name, Phrase, say
from matcher.spelling import did_you_mean
from matcher.vocabulary import Vocabulary
from matcher.vocabulary.jobs import Jobs, jobs_of
from matcher.vocabulary.names import LONGEST, folded

SHOWN = 8  # choices listed in one message
_MONTH = "(?:jan|feb|mar|apr|may|mei|jun|jul|aug|agu|ags|agt|sep|oct|okt|nov|nop|dec|des)[a-z]*"
DATE = re.compile(
    r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?:[ t].*)?"
    r"|[0-9]{1,2}[-.][0-9]{1,2}[-.][0-9]{4}|0[0-9]-[0-9]{1,2}-[0-9]{1,2}"
    r"|[0-9]{1,2}/[0-9]{1,2}(?:/[0-9]{1,4})?"
    rf"|[0-9]{{1,2}}[-/. ]{_MONTH}(?:[-/. ][0-9]{{2,4}})?|{_MONTH}[-/. ][0-9]{{1,4}}"
    r"|(?:[0-9]{2,4}年)?[0-9]{1,2}月[0-9]{1,2}日"
)


class JobCells:
    """Operations and job categories as cells write them; `settled` maps the office's own words
    to the numbers of operations."""

    def __init__(self, vocabulary: Vocabulary, settled: Mapping[str, str]) -> None:
        self.vocabulary = vocabulary
        self.jobs: Jobs = jobs_of(vocabulary)
        numbers = {folded(word): self.jobs.operation_no(no) for word, no in settled.items()}
        self.settled = {word: number for word, number in numbers.items() if word and number}

    def operation(self, text: str) -> str:
        """Return the number of the one operation that `text` names."""
        found = self.jobs.operation_no(text) or self.settled.get(folded(text))
        if found:
            return found
        refuse_date(text)
        named = self.jobs.operations(text) + self.jobs.members(self.jobs.category(text))
        return self._only(text, dict.fromkeys(named))

    def wish(self, text: str) -> str:
        """Return the number of the operation or of the whole category that `text` names."""
        category = self.jobs.category(text)
        several = len(self.jobs.members(category)) > 1
        if folded(text) not in self.settled and not self.jobs.operation_no(text):
            number = self.jobs.category_no(text)
            if number or (category and several and not self.jobs.operations(text)):
                return str(number or category)
        return self.operation(text)

    def _only(self, text: str, named: Iterable[str]) -> str:
        named = tuple(named)
        if len(named) == 1:
            return named[0]
        choices = named or self.jobs.holding(text)
        if not choices:
            line = f'{json.dumps(text, ensure_ascii=False)} = "…"'
            settle = say("settle it in scenario.toml under [job_types], as {line}", line=line)
            mend = self._near(text) or settle
            raise CellFault("UNKNOWN_NAME", unknown(say("job type"), text), mend)
        reason = say("“{name}” does not settle which job type is meant", name=text)
        raise CellFault("JOB_TYPE", reason, self._choose(text, choices))

    def _choose(self, text: str, choices: tuple[str, ...]) -> Phrase:
        names = tuple(self._choice(number) for number in choices[:SHOWN])
        line = f"{json.dumps(text, ensure_ascii=False)} = {json.dumps(choices[0])}"
        if len(choices) > SHOWN:
            return say(
                "one of: {choices} and {n} more; settle it in scenario.toml under [job_types], "
                "as {line}",
                choices=names,
                n=len(choices) - SHOWN,
                line=line,
            )
        return say(
            "one of: {choices}; settle it in scenario.toml under [job_types], as {line}",
            choices=names,
            line=line,
        )

    def _choice(self, number: str) -> Name:
        name = self.vocabulary.job_types[number].operation
        return Name(f"{number} {name.id}", f"{number} {name.ja}", f"{number} {name.en}")

    def _near(self, text: str) -> Phrase | None:
        numbers = self.vocabulary.job_types
        return near(text, numbers if text[:1].isdigit() else self.jobs.spellings)


def check_settled(settled: Mapping[str, str], vocabulary: Vocabulary) -> list[str]:
    """Return the words of `[job_types]` whose number is no operation."""
    jobs = jobs_of(vocabulary)
    return [word for word, number in settled.items() if not jobs.operation_no(number)]


def refuse_date(text: str, cell: Cell | None = None) -> None:
    """Raise where Excel made a date of a number such as 7-7-1."""
    plain = unicodedata.normalize("NFKC", text[:LONGEST]).strip().casefold()
    if (cell and cell.has("date")) or DATE.fullmatch(plain):
        reason = say("a date stands where the number of a job type is expected")
        mend = say("Excel changed it: write the number again as text, as 7-7-1")
        raise CellFault("CODE_IS_DATE", reason, mend)


def unknown(what: Phrase, name: str) -> Phrase:
    """Return what is told of a name that nothing holds."""
    return say("unknown {what}: {name}", what=what, name=name)


def near(text: str, words: Iterable[str]) -> Phrase | None:
    """Return the question after the nearest known word (none is near to a text beyond names)."""
    return did_you_mean(text, words) if len(text) <= LONGEST else None
