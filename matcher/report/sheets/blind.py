"""The numbers people are listed by: their own, or in a blind copy others that stand for them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from matcher.lottery import ticket
from matcher.problem import Problem
from matcher.report.sheets.values import Key


def list_numbers(
    problem: Problem, sheet: str, people: Iterable[int], *, blind: bool
) -> tuple[dict[int, str], list[Key]]:
    """Return the number of each person of a sheet, and of a blind copy who is behind them."""
    ids = {person: problem.candidate_ids[person] for person in people}
    if not blind:
        return ids, []
    drawn = number_people(blind_seed(problem), sheet, ids.values())
    keys = [Key(sheet, number, person) for person, number in drawn.items()]
    return {person: drawn[name] for person, name in ids.items()}, keys


def blind_seed(problem: Problem) -> str:
    """Return what blind numbers are drawn by: the whole list of people as it was accepted. The
    lottery's seed is published; by that alone whoever has people's ids could draw them again."""
    listed = problem.inputs.get("candidates.csv", b"")
    return hashlib.sha256(b"blind:" + listed + problem.settings.seed.encode()).hexdigest()


def number_people(seed: str, sheet: str, candidate_ids: Iterable[str]) -> dict[str, str]:
    """Return a number (“No. 01” …, unlike any id) for each person of a sheet: drawn by the seed, so
    that neither the order of ids nor that of scores shows, and another one on each sheet."""
    drawn = sorted(candidate_ids, key=lambda person: (ticket(seed, person, f"⟨{sheet}⟩"), person))
    digits = max(2, len(str(len(drawn))))
    return {person: f"No. {place:0{digits}}" for place, person in enumerate(drawn, 1)}
