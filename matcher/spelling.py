"""Characters that do not show, and words that were nearly right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from matcher.language import Phrase, say

UNSEEN = {"Cc", "Cf", "Cs", "Cn", "Zl", "Zp"}
SEEN_ALL_THE_SAME = "\t\n\r\u200c\u200d"


def is_unseen(character: str) -> bool:
    """Return whether a character shows nothing and may change what is shown: control characters,
    direction marks and the like (joiners inside words and emoji stay)."""
    return unicodedata.category(character) in UNSEEN and character not in SEEN_ALL_THE_SAME


def did_you_mean(word: str, known: Iterable[str], least: float = 0.8) -> Phrase | None:
    """Return the question after the nearest known word, or None where none is as near as `least`
    (of 1)."""
    from rapidfuzz import process, utils
    from rapidfuzz.distance import JaroWinkler

    words = tuple(sorted(known))
    near = process.extractOne(
        utils.default_process(word),
        _processed(words),
        scorer=JaroWinkler.normalized_similarity,
        score_cutoff=least,
    )
    return say("did you mean “{word}”?", word=words[near[2]]) if near else None


@lru_cache(maxsize=64)
def _processed(words: tuple[str, ...]) -> list[str]:
    """Return the words as they are compared; the same lists come again and again."""
    from rapidfuzz import utils

    return list(map(utils.default_process, words))
