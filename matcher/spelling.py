"""Characters that do not show, and words that were nearly right."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

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

    near = process.extractOne(
        word,
        sorted(known),
        scorer=JaroWinkler.normalized_similarity,
        processor=utils.default_process,
        score_cutoff=least,
    )
    return say("did you mean “{word}”?", word=near[0]) if near else None
