"""The lottery: each pair's ticket, from a seed that is published before the run."""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Iterable

TICKET_BYTES = 5


def ticket(seed: str, candidate_id: str, opening_id: str) -> int:
    """Return the ticket: the first 5 bytes (big-endian) of SHA-256 over seed, candidate and
    opening, each as UTF-8 (NFC) preceded by its length in 4 bytes."""
    digest = hashlib.sha256()
    for text in (seed, candidate_id, opening_id):
        coded = unicodedata.normalize("NFC", text).encode()
        digest.update(len(coded).to_bytes(4, "big") + coded)
    return int.from_bytes(digest.digest()[:TICKET_BYTES], "big")


def tickets(seed: str, pairs: Iterable[tuple[str, str]]) -> list[int]:
    """Return the tickets of pairs of ids."""
    return [ticket(seed, candidate, opening) for candidate, opening in pairs]
