"""One parser per kind of cell: text in, value out, or a `CellFault` that says how to mend it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import date

from matcher.language import Phrase, say
from matcher.problem import CONDITIONS, LEVELS, NO, NOT_TESTED, YES, day_number
from matcher.spelling import did_you_mean

WORDS_OF_YES_AND_NO = {
    "ya": YES,
    "yes": YES,
    "はい": YES,
    "tidak": NO,
    "no": NO,
    "いいえ": NO,
}
LEVEL_WORDS = {
    **{level.casefold(): place for place, level in enumerate(LEVELS)},
    **{f"nat-test {5 - place + 1}q": place for place in range(1, 6)},
    "tidak ada": 0,
    "なし": 0,
    "not tested": NOT_TESTED,
    "belum tes": NOT_TESTED,
    "未受験": NOT_TESTED,
}
LARGEST = 10**12


class CellFault(Exception):
    """A cell that cannot be understood: why, and how to mend it."""

    def __init__(self, reason: Phrase, mend: Phrase | None) -> None:
        super().__init__(reason.message)
        self.reason = reason
        self.mend = mend


def folded(text: str) -> str:
    """Return the letters and digits of `text` without case and width: the key names match by."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFKC", text).casefold())


def identifier(cell: str) -> str:
    """Return an id: up to 64 characters on one line."""
    if len(cell) > 64 or "\n" in cell:
        raise CellFault(say("too long for an id"), say("use at most 64 characters on one line"))
    return cell


def day(cell: str) -> int:
    """Return an ISO date as its day number."""
    mend = say("write year-month-day, as 2023-04-01")
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", cell):
        raise CellFault(say("not a date"), mend)
    try:
        return day_number(date.fromisoformat(cell))
    except ValueError:
        raise CellFault(say("there is no such day"), mend) from None


def whole(low: int, high: int = LARGEST) -> Callable[[str], int]:
    """Return the parser of whole numbers between `low` and `high`, both allowed."""

    def parse(cell: str) -> int:
        if not re.fullmatch(r"-?[0-9]{1,15}", cell):
            raise CellFault(say("not a whole number"), say("write digits only, as 640"))
        value = int(cell)
        if not low <= value <= high:
            raise CellFault(
                say("out of range"), say("between {low} and {high}", low=str(low), high=str(high))
            )
        return value

    return parse


def choice(words: Mapping[str, int], shown: Sequence[str] = ()) -> Callable[[str], int]:
    """Return the parser of a closed list of words; `shown` are those told in a fault."""

    def parse(cell: str) -> int:
        try:
            return words[cell.casefold()]
        except KeyError:
            raise CellFault(
                say("not a word of this column"),
                say("one of: {words}", words=tuple(shown or words)),
            ) from None

    return parse


yes_no = choice(WORDS_OF_YES_AND_NO, ("ya", "tidak"))
level = choice(LEVEL_WORDS, (*LEVELS, "not tested"))
tested_level = choice({word: code for word, code in LEVEL_WORDS.items() if code >= 0}, LEVELS)


def reference(known: Mapping[str, int], what: Phrase) -> Callable[[str], int]:
    """Return the parser of names that must be known, to the letter.

    `known` maps each spelling to its place; a near spelling is suggested, never taken.
    """

    def parse(cell: str) -> int:
        if cell not in known:
            raise CellFault(say("unknown {what}", what=what), did_you_mean(cell, known))
        return known[cell]

    return parse


def programme(known: Mapping[str, int]) -> Callable[[str], int]:
    """Return the parser of programmes: by a known spelling, whatever its case and punctuation
    (courses are spelt in many ways; the caller tells what each was read as)."""
    exact = reference(known, say("programme"))
    by_fold = {folded(name): place for name, place in known.items()}

    def parse(cell: str) -> int:
        place = by_fold.get(folded(cell))
        return exact(cell) if place is None else place

    return parse


def known_id(known: Collection[str] | None, what: Phrase) -> Callable[[str], str]:
    """Return the parser of ids that another table must hold, to the letter (None: any)."""

    def parse(cell: str) -> str:
        if known is not None and cell not in known:
            mend = did_you_mean(cell, known) or say("correct the id, or add or mend its row")
            raise CellFault(say("unknown {what}", what=what), mend)
        return cell

    return parse


def parts(cell: str) -> list[str]:
    """Return the parts of a `;` list, blank ones left out."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def pair(part: str, mark: str, form: str) -> tuple[str, str]:
    """Return the two halves of `part` around `mark`; `form` shows how it is written."""
    left, found, right = part.partition(mark)
    if not found or not left.strip() or not right.strip():
        raise CellFault(
            say("“{part}” is not of the form {form}", part=part, form=form),
            say("write {form}", form=form),
        )
    return left.strip(), right.strip()


def conditions(cell: str) -> int:
    """Return conditions of the closed list as bits, in the order of `CONDITIONS`."""
    bits = 0
    for part in parts(cell):
        if part.casefold() not in CONDITIONS:
            raise CellFault(
                say("“{part}” is not a condition of the closed list", part=part),
                did_you_mean(part, CONDITIONS) or say("one of: {words}", words=CONDITIONS),
            )
        bits |= 1 << CONDITIONS.index(part.casefold())
    return bits
