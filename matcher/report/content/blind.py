"""How people are shown: by their own ids and names, or in a blind copy by numbers alone."""

from __future__ import annotations

from dataclasses import dataclass

from matcher.language import Fact, Phrase, Words, say
from matcher.personal import mask_numbers
from matcher.problem import Problem
from matcher.report.sheets.blind import blind_seed, number_people
from matcher.report.sheets.values import Key

SHEET = "report"
HIDDEN = say("hidden in a blind copy")
# What a blind copy does not tell of a rule: days that give the birth date away, and what officers
# and hosts wrote.
HIDDEN_OF_RULES = {
    "age": ("held",),
    "decision": ("held",),
    "enforced_wish": ("held", "required"),
}
# The places of messages that people's ids fill. The same text anywhere else is another thing's: a
# number that stood for it there would be wrong, and tell whose id it is.
OF_PEOPLE = frozenset(("person", "people", "who", "one", "other"))


@dataclass(frozen=True)
class Shown:
    """How the people of a batch are shown, and the words in which they are told of.

    `order` are the candidates as they are listed (by their place there), `places` the place in
    that list by candidate, `ids` and `names` what is shown by candidate ("" where a name is hidden
    or not recorded); `keys` are who is behind the numbers of a blind copy.
    """

    words: Words
    blind: bool
    order: tuple[int, ...]
    places: tuple[int, ...]
    ids: tuple[str, ...]
    names: tuple[str, ...]
    keys: tuple[Key, ...]


def tell_of_rule(shown: Shown, rule: str, part: str, told: Fact) -> str:
    """Return what is "held" or "required" by a rule, in words."""
    hides = shown.blind and part in HIDDEN_OF_RULES.get(rule, ())
    return shown.words(HIDDEN if hides else told)


class BlindWords(Words):
    """The words of a language in which numbers stand for the ids of people."""

    def __init__(self, language: str, numbers: dict[str, str]) -> None:
        super().__init__(language)
        masked = {mask_numbers(person): number for person, number in numbers.items()}
        self._numbers = {**masked, **numbers}

    def __call__(self, fact: Fact) -> str:
        """Return `fact` as people of this language write it, ids of people as their numbers."""
        if isinstance(fact, Phrase):
            facts = {place: self._hide(place, value) for place, value in fact.facts.items()}
            return super().__call__(Phrase(fact.message, facts))
        return super().__call__(fact)

    def _hide(self, place: str, fact: Fact) -> Fact:
        """Return a fact of a message with numbers for ids."""
        if isinstance(fact, tuple):
            return tuple(self._hide(place, part) for part in fact)
        if isinstance(fact, str) and place in OF_PEOPLE:
            return self._numbers.get(fact, fact)
        return fact


def show_people(problem: Problem, words: Words, *, blind: bool) -> Shown:
    """Return how the people of a problem are shown: in the order of their ids, or in a blind copy
    by numbers that the lottery number draws, in the order of these."""
    ids, size = problem.candidate_ids, len(problem.candidate_ids)
    if not blind:
        every = tuple(range(size))
        return Shown(words, False, every, every, ids, problem.labels.candidate_names, ())
    numbers = number_people(blind_seed(problem), SHEET, ids)
    order = tuple(sorted(range(size), key=lambda person: numbers[ids[person]]))
    places = [0] * size
    for place, person in enumerate(order):
        places[person] = place
    keys = tuple(Key(SHEET, numbers[ids[person]], ids[person]) for person in order)
    shown = tuple(numbers[person] for person in ids)
    told = BlindWords(words.language, numbers)
    return Shown(told, True, order, tuple(places), shown, ("",) * size, keys)
