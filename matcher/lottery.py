"""The lottery: each pair's ticket, from a seed that is published before the run."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable
from functools import cache

TICKET_BYTES = 5


def ticket(seed: str, candidate_id: str, opening_id: str) -> int:
    """Return the ticket: the first 5 bytes (big-endian) of SHA-256 over seed, candidate and
    opening, each as UTF-8 (NFC) preceded by its length in 4 bytes."""
    return tickets(seed, [(candidate_id, opening_id)])[0]


def tickets(seed: str, pairs: Iterable[tuple[str, str]]) -> list[int]:
    """Return the tickets of pairs of ids."""
    coded = cache(_coded)  # the ids of many pairs are few
    texts = (coded(seed) + coded(candidate) + coded(opening) for candidate, opening in pairs)
    drawn = (hashlib.sha256(text).digest()[:TICKET_BYTES] for text in texts)
    return [int.from_bytes(digest, "big") for digest in drawn]


def _coded(text: str) -> bytes:
    coded = unicodedata.normalize("NFC", text).encode()
    return len(coded).to_bytes(4, "big") + coded
