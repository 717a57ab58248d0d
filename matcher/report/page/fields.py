"""What the lists of the page and the tables of its cards are made of: labels and kinds of cells.

Kinds: "text", "list" (texts), "number", "points" (millionths, two decimals), "day",
"state" (machine name and words), and "people", "openings", "hosts" (links)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from matcher.language import Phrase, Words, say, words_of

Fields = tuple[tuple[Phrase, str], ...]
HELD, REQUIRED, SOURCE = say("recorded"), say("required"), say("source or kind of rule")


@dataclass(frozen=True)
class Form:
    """The form of a list: its title, its fields (the first is the key), the columns of its table
    (a field and those that stand below it) and the fields that people filter by."""

    title: Phrase
    fields: Fields
    columns: tuple[tuple[int, ...], ...]
    filters: tuple[int, ...]

    def told(self, words: Words, points: str) -> dict[str, object]:
        """Return the form in the words of a language; `points` is the kind of scores."""
        return {
            "title": titled(self.title, words),
            "fields": told_fields(self.fields, words, points),
            "columns": self.columns,
            "filters": self.filters,
        }


PEOPLE = Form(
    title=say("candidates"),
    fields=(
        (say("candidate"), "key"),
        (say("name"), "text"),
        (say("state"), "state"),
        (say("by when"), "day"),
        (say("job order"), "openings"),
        (say("work"), "text"),
        (say("host"), "hosts"),
        (say("prefecture"), "text"),
        (say("centre"), "text"),
        (say("sending organisation"), "text"),
        (say("programme"), "text"),
        (say("trade"), "text"),
        (say("score"), "points"),
        (say("fit"), "points"),
        (say("consideration"), "points"),
        (say("still to be shown"), "list"),
        (say("look twice"), "list"),
        (say("why without a host so far"), "text"),
    ),
    columns=((0, 1), (2, 3), (4, 5), (6, 7), (8, 10), (12, 13), (16, 17)),
    filters=(2, 8, 11, 6, 15),
)
OPENINGS = Form(
    title=say("job orders"),
    fields=(
        (say("job order"), "key"),
        (say("seats"), "state"),
        (say("host"), "hosts"),
        (say("prefecture"), "text"),
        (say("work"), "text"),
        (say("job group"), "text"),
        (say("supervising organisation"), "text"),
        (say("regime"), "text"),
        (say("entry from"), "day"),
        (say("entry by"), "day"),
        (say("interview"), "day"),
        (say("closing date of the order"), "day"),
        (say("seats on order"), "number"),
        (say("closed by quota or limit"), "number"),
        (say("proposed"), "number"),
        (say("conditional"), "number"),
        (say("eligible"), "number"),
        (say("one seat more adds: people"), "number"),
        (say("one seat more adds: points"), "points"),
    ),
    columns=((0, 7), (4, 5), (2, 3), (8, 9), (10, 11), (1, 13), (14, 15, 16), (17,)),
    filters=(1, 5, 2, 3, 6),
)
HOSTS = Form(
    title=say("hosts"),
    fields=(
        (say("host"), "key"),
        (say("name"), "text"),
        (say("prefecture"), "text"),
        (say("supervising organisation"), "text"),
        (say("full-time staff"), "number"),
        (say("counted on"), "day"),
        (say("excellent"), "text"),
        (say("trainees present"), "number"),
        (say("seats on order"), "number"),
        (say("closed by quota or limit"), "number"),
        (say("proposed"), "number"),
        (say("conditional"), "number"),
        (say("to be answered"), "list"),
    ),
    columns=((0, 1), (2, 3), (4, 5), (7,), (8, 9), (10, 11), (12,)),
    filters=(2, 3, 6),
)
CENTRES = Form(
    title=say("centres"),
    fields=(
        (say("centre"), "key"),
        (say("people"), "number"),
        (say("taking part"), "number"),
        (say("proposed"), "number"),
        (say("conditional"), "number"),
        (say("without a host so far"), "number"),
        (say("on hold"), "number"),
        (say("withdrew"), "number"),
    ),
    columns=((0,), (1,), (2,), (3,), (4,), (5,), (6,), (7,)),
    filters=(),
)
FORMS: Mapping[str, Form] = {
    "people": PEOPLE,
    "openings": OPENINGS,
    "hosts": HOSTS,
    "centres": CENTRES,
}
TABLES: Mapping[str, Fields] = {
    "rules": (
        (say("rule"), "text"),
        (HELD, "text"),
        (REQUIRED, "text"),
        (say("what happens next"), "text"),
        (say("by when"), "day"),
        (say("shown by"), "text"),
        (SOURCE, "text"),
    ),
    "others": (
        (say("job order"), "openings"),
        (say("work"), "text"),
        (say("host"), "text"),
        (say("score: there"), "points"),
        (say("the plan loses (people)"), "number"),
        (say("the plan loses (points)"), "points"),
        (say("why not"), "text"),
    ),
    "refusals": (
        (say("rule"), "text"),
        (say("state"), "state"),
        (say("job orders"), "number"),
        (say("for instance at"), "openings"),
        (HELD, "text"),
        (REQUIRED, "text"),
        (say("what happens next"), "text"),
        (SOURCE, "text"),
    ),
    "counts": (
        (say("rule"), "text"),
        (say("state"), "state"),
        (say("job orders"), "number"),
    ),
    "proposed": (
        (say("candidate"), "people"),
        (say("state"), "state"),
        (say("score"), "points"),
        (say("fit"), "points"),
        (say("still to be shown"), "list"),
    ),
    "reserves": (
        (say("rank"), "number"),
        (say("candidate"), "people"),
        (say("score: there"), "points"),
        (say("proposed at"), "openings"),
    ),
    "refused": (
        (say("rule"), "text"),
        (say("people who do not meet it"), "number"),
        (say("people who have still to show it"), "number"),
    ),
    "quotas": (
        (say("quota"), "text"),
        (SOURCE, "text"),
        (say("job orders"), "list"),
        (say("limit"), "number"),
        (say("present"), "number"),
        (say("promised"), "number"),
        (say("seats on order"), "number"),
        (say("open under it"), "number"),
        (say("proposed"), "number"),
        (say("how it is reckoned"), "text"),
        (say("state"), "text"),
    ),
    "orders": (
        (say("job order"), "openings"),
        (say("work"), "text"),
        (say("seats on order"), "number"),
        (say("proposed"), "number"),
    ),
    "members": (
        (say("candidate"), "people"),
        (say("state"), "state"),
        (say("job order"), "openings"),
        (say("score"), "points"),
    ),
}


def told_fields(fields: Fields, words: Words, points: str) -> list[list[str]]:
    """Return labels and kinds in the words of a language, scores being of kind `points`."""
    return [[titled(label, words), points if kind == "points" else kind] for label, kind in fields]


def titled(label: Phrase, words: Words) -> str:
    """Return a label in the words of a language, beginning with a capital."""
    return capital(words(label)) if label.facts else _told(label.message, words.language)


def capital(text: str) -> str:
    """Return a text beginning with a capital."""
    return text[:1].upper() + text[1:]


@lru_cache(maxsize=512)
def _told(message: str, language: str) -> str:
    return capital(words_of(language)(Phrase(message)))
