"""What people read: phrases that know their own facts, and the words of one language.

A step never writes a sentence. It returns a `Phrase`: an English message with named
places and the facts for them. Only `report` and `cli` turn phrases into text, with `Words`.
"""

from __future__ import annotations

import gettext
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("id", "ja", "en")
LOCALE_FOLDER = Path(__file__).parent / "locale"


@dataclass(frozen=True)
class Name:
    """One thing's name in the three languages."""

    id: str
    ja: str
    en: str

    def within(self, language: str) -> str:
        """Return the name in `language`."""
        return str(getattr(self, language))


@dataclass(frozen=True)
class Phrase:
    """A message (its English text is its key) and the facts that fill its places."""

    message: str
    facts: dict[str, Fact] = field(default_factory=dict)


Fact = str | int | date | Decimal | Name | Phrase | tuple["Fact", ...]


def say(message: str, /, **facts: Fact) -> Phrase:
    """Return `message` as a phrase; the mark by which messages are found for translation."""
    return Phrase(message, facts) if facts else _without_facts(message)


@lru_cache(maxsize=4096)
def _without_facts(message: str) -> Phrase:
    return Phrase(message)


class Words:
    """The words of one language: turns phrases, dates and whole numbers into its text."""

    def __init__(self, language: str) -> None:
        if language not in LANGUAGES:
            raise ValueError(f"no such language: {language}")
        self.language = language
        self._catalogue: gettext.NullTranslations = (
            gettext.NullTranslations()
            if language == "en"
            else gettext.translation("matcher", LOCALE_FOLDER, [language])
        )

    def __call__(self, fact: Fact) -> str:
        """Return `fact` as people of this language write it."""
        match fact:
            case Phrase():
                message = self._catalogue.gettext(fact.message)
                return message.format(**{name: self(value) for name, value in fact.facts.items()})
            case Name():
                return fact.within(self.language)
            case date():
                return self.day(fact)
            case Decimal():
                return str(fact).replace(".", "," if self.language == "id" else ".")
            case int():
                return self.number(fact)
            case tuple():
                return ("、" if self.language == "ja" else ", ").join(map(self, fact))
            case _:
                return fact

    def number(self, value: int) -> str:
        """Return a whole number with the language's marks between thousands."""
        if -1000 < value < 1000:
            return str(value)
        if abs(value) >= 10**18:  # beyond what decimals hold exactly
            return f"{value:,}".replace(",", "." if self.language == "id" else ",")
        return _grouped(value, self.language)

    def day(self, value: date) -> str:
        """Return a date in the language's long form."""
        return _long_form(value, self.language)


@lru_cache(maxsize=4096)
def _grouped(value: int, language: str) -> str:
    from babel.numbers import format_decimal

    return str(format_decimal(value, locale=language))


@lru_cache(maxsize=4096)
def _long_form(value: date, language: str) -> str:
    from babel.dates import format_date

    return str(format_date(value, "long", locale=language))


@lru_cache(maxsize=len(LANGUAGES))
def words_of(language: str) -> Words:
    """Return the words of `language`, read once."""
    return Words(language)
