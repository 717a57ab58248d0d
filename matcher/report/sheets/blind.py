"""Numbers that stand for people in a blind copy."""

from __future__ import annotations

from collections.abc import Iterable

from matcher.assign.lottery import ticket


def number_people(seed: str, sheet: str, candidate_ids: Iterable[str]) -> dict[str, str]:
    """Return a number (P-01 …) for each person of a sheet: drawn by the seed, so that neither the
    order of ids nor that of scores shows, and another one on each sheet."""
    drawn = sorted(candidate_ids, key=lambda person: (ticket(seed, person, f"⟨{sheet}⟩"), person))
    digits = max(2, len(str(len(drawn))))
    return {person: f"P-{place:0{digits}}" for place, person in enumerate(drawn, 1)}
