"""Very many pairs, looked at some at a time for want of memory."""

from __future__ import annotations

from collections.abc import Iterator

CHUNK = 1 << 19


def chunks(size: int) -> Iterator[slice]:
    """Yield the places of so many pairs in order, some at a time."""
    for start in range(0, size, CHUNK):
        yield slice(start, min(start + CHUNK, size))
