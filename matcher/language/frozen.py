"""Phrases as plain values, to be kept in a file and told in another language later."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from matcher.language import Fact, Name, Phrase


def freeze_fact(fact: Fact) -> object:
    """Return a fact as what JSON holds; `thaw_fact` gives it back."""
    match fact:
        case Phrase():
            facts = {name: freeze_fact(value) for name, value in fact.facts.items()}
            return {"message": fact.message, "facts": facts}
        case Name():
            return {"id": fact.id, "ja": fact.ja, "en": fact.en}
        case date():
            return {"day": fact.isoformat()}
        case Decimal():
            return {"decimal": str(fact)}
        case tuple():
            return [freeze_fact(value) for value in fact]
        case _:
            return fact


def thaw_fact(frozen: object) -> Fact:
    """Return the fact that `freeze_fact` made plain; raises `ValueError` where it is none."""
    match frozen:
        case {"message": str(message), "facts": dict(facts)}:
            return Phrase(message, {str(name): thaw_fact(value) for name, value in facts.items()})
        case {"id": str(indonesian), "ja": str(japanese), "en": str(english)}:
            return Name(indonesian, japanese, english)
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case {"decimal": str(number)}:
            return Decimal(number)
        case list():
            return tuple(map(thaw_fact, frozen))
        case str() | int():
            return frozen
    raise ValueError("no fact")


def thaw_phrase(frozen: object) -> Phrase:
    """Return the phrase that `freeze_fact` made plain; raises `ValueError` where it is none."""
    phrase = thaw_fact(frozen)
    if not isinstance(phrase, Phrase):
        raise ValueError("no phrase")
    return phrase
