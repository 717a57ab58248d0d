"""Spellings of job types: numbers, names of operations and categories, words within them."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from functools import cached_property, lru_cache
from itertools import product

from matcher.language import LANGUAGES
from matcher.vocabulary import JobType, Vocabulary
from matcher.vocabulary.names import LONGEST, folded

DASH = r"\s*[-‐‑‒–—―−ー]\s*"
OPERATION_NO = re.compile(rf"([0-9]{{1,2}}){DASH}([0-9]{{1,2}}){DASH}([0-9]{{1,2}})\.?")
CATEGORY_NO = re.compile(rf"([0-9]{{1,2}}){DASH}([0-9]{{1,2}})\.?")
BRACKETS = re.compile(r"\([^()]*\)")
# Words that stand before a trade and tell nothing of which.
GENERAL = {"teknik", "tukang", "juru", "operator", "kejuruan", "bidang", "jurusan", "kerja"}
SMALL = {"dan", "dengan", "and", "of", "the"}
BEFORE = ["penge", "peng", "pem", "pen", "per", "pe", "menge", "meng", "mem", "men", "me", "ber"]
BEHIND = ("kan", "an", "i")


class Jobs:
    """The spellings of the job types; each index is built when first asked for."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary

    def operation_no(self, text: str) -> str | None:
        """Return the number of an operation as it is written in the list, if it is one."""
        found = OPERATION_NO.fullmatch(_plain(text))
        number = "-".join(found.groups()) if found else ""
        return number if number in self.vocabulary.job_types else None

    def category_no(self, text: str) -> str | None:
        """Return the number of a category as it is written in the list, if it is one."""
        found = CATEGORY_NO.fullmatch(_plain(text))
        number = "-".join(found.groups()) if found else ""
        return number if number in self._members else None

    def operations(self, text: str) -> tuple[str, ...]:
        """Return the operations that `text` names in full, the category before or behind, or
        behind their number."""
        plain = _plain(text)
        number = OPERATION_NO.match(plain)
        if number and len(plain) > number.end():
            operation = self.operation_no(number[0])
            name = plain[number.end() :]
            meant = self.operations(name) + self.members(self.category(name))
            return (operation,) if operation in meant and operation else ()
        return self._operations.get(_key(plain), ())

    def category(self, text: str) -> str | None:
        """Return the number of the category that `text` names in full."""
        return self._categories.get(_key(_plain(text)))

    def members(self, category: str | None) -> tuple[str, ...]:
        """Return the operations of a category."""
        return self._members.get(category or "", ())

    def holding(self, text: str) -> tuple[str, ...]:
        """Return the operations whose names hold every word of `text`: las in pengelasan."""
        plain = _plain(text)
        words = [word for word in re.findall(r"[^\W_]+", plain) if word not in SMALL]
        words = [word for word in words if word not in GENERAL] or words
        if not words or len(words) > 12:
            return ()
        return tuple(
            number
            for number, (japanese, stems) in self._words.items()
            if all(_within(word, japanese, stems) for word in words)
        )

    @cached_property
    def spellings(self) -> tuple[str, ...]:
        """The names of operations and categories in the three languages."""
        jobs = self.vocabulary.job_types.values()
        names = [name for job in jobs for name in (job.operation, job.category)]
        return tuple(dict.fromkeys(text for name in names for text in (name.id, name.ja, name.en)))

    @cached_property
    def _members(self) -> dict[str, tuple[str, ...]]:
        members: dict[str, list[str]] = defaultdict(list)
        for number, job in self.vocabulary.job_types.items():
            members[job.category_no].append(number)
        return {category: tuple(numbers) for category, numbers in members.items()}

    @cached_property
    def _operations(self) -> dict[str, tuple[str, ...]]:
        index: dict[str, dict[str, None]] = defaultdict(dict)
        for number, job in self.vocabulary.job_types.items():
            for category, operation in _names(job):
                for one in _variants(operation):
                    index[_key(one)][number] = None
                    for other in _variants(category):
                        index[_key(other + one)][number] = None
                        index[_key(one + other)][number] = None
        return {key: tuple(numbers) for key, numbers in index.items()}

    @cached_property
    def _categories(self) -> dict[str, str]:
        return {
            _key(variant): job.category_no
            for job in self.vocabulary.job_types.values()
            for category, _ in _names(job)
            for variant in _variants(category)
        }

    @cached_property
    def _words(self) -> dict[str, tuple[str, set[str]]]:
        words = {}
        for number, job in self.vocabulary.job_types.items():
            latin = _plain(" ".join((job.category.id, job.operation.id)))
            english = _plain(" ".join((job.category.en, job.operation.en)))
            tokens = re.findall(r"[a-z0-9]+", f"{latin} {english}")
            stems = {stem for token in tokens for stem in _stems(token)}
            words[number] = (_key(f"{job.category.ja}|{job.operation.ja}"), stems)
        return words


@lru_cache(maxsize=4)
def jobs_of(vocabulary: Vocabulary) -> Jobs:
    """Return the spellings of a vocabulary's job types, built once."""
    return Jobs(vocabulary)


def _plain(text: str) -> str:
    if len(text) > LONGEST:
        return ""
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _key(text: str) -> str:
    return re.sub("作業|職種", "", folded(text))


def _names(job: JobType) -> Iterable[tuple[str, str]]:
    for language in LANGUAGES:
        yield job.category.within(language), job.operation.within(language)


def _variants(name: str) -> set[str]:
    """Return a name with and without what its brackets explain."""
    plain = _plain(name)
    return {plain, BRACKETS.sub("", plain)}


def _stems(word: str) -> set[str]:
    """Return a word and what is left of it without what Indonesian puts around it."""
    stems = {word}
    for before, behind in product(("", *BEFORE), ("", *BEHIND)):
        if word.startswith(before) and word.endswith(behind):
            stem = word[len(before) : len(word) - len(behind)]
            if len(stem) > 2:
                stems.add(stem)
    return stems


def _within(word: str, japanese: str, stems: set[str]) -> bool:
    if not word.isascii():
        return bool(_key(word)) and _key(word) in japanese
    return bool(_stems(word) & stems)
