"""Single changes of what is recorded of one person: one level of Japanese, one skill a level
higher, one certificate, one condition of the work accepted.

Tried are only skills that the person's own work asks for, units that evidence one of its craft
(`work`), and conditions that an order has and the person refuses: what is not answered refuses
nothing, and nothing is gained by accepting it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from matcher.explain.winning.work import Work
from matcher.problem import CONDITIONS, LEVELS, NO, NO_DAY, YES, Flags, Problem, day_number
from matcher.vocabulary import Vocabulary, load_vocabulary

JAPANESE, SKILL, CERTIFICATE = "japanese", "skill", "certificate"
CONDITION, ANY_TRADE = "condition", "any_trade"
KINDS = (JAPANESE, SKILL, CERTIFICATE, CONDITION, ANY_TRADE)
HIGHEST = 3
YEARS = 3  # for so long a certificate of today is taken to be valid
ACCEPTED, REFUSED = "accepted", "refused"


@dataclass(frozen=True)
class Change:
    """One fact otherwise than recorded: `before` and `after` are levels of `LEVELS` (or "not
    tested", ""), levels of a skill ("0" to "3"), the day until which a certificate is valid, or
    `REFUSED` and `ACCEPTED`. `cells` are what the row of the candidates' table then holds. `steps`
    say how small it is: the levels of Japanese it is up; 1 for a skill, or a certificate of one,
    that anything on record gives already, else 2."""

    kind: str
    name: str
    before: str
    after: str
    cells: tuple[tuple[str, str], ...]
    steps: int = 1

    @property
    def place(self) -> tuple[int, int, str]:
        """The order of changes: the smallest first, then by kind and name."""
        return self.steps, KINDS.index(self.kind), self.name


def changes_of(
    problem: Problem, candidate: int, row: Mapping[str, str], work: Work
) -> tuple[Change, ...]:
    """Return the changes of a candidate, in order; `row` is the person's row as a batch keeps
    it."""
    vocabulary = load_vocabulary()
    found = [
        *_japanese(problem, candidate, row),
        *_skills(problem, candidate, row, work.own_skills(), vocabulary),
        *_certificates(problem, candidate, row, work, vocabulary),
        *_conditions(problem, candidate, row),
        *_any_trade(problem, candidate),
    ]
    return tuple(sorted(found, key=lambda change: change.place))


def counting(problem: Problem, changes: Sequence[Change], work: Work) -> Flags:
    """Return where a seat counts as won by a change (changes by openings): for a skill where the
    opening asks for it, for a certificate where for one of the craft that it evidences, or for one
    so near that one is a kind of the other; for all else everywhere."""
    vocabulary = load_vocabulary()
    counts = np.ones((len(changes), len(problem.openings)), bool)
    for place, change in enumerate(changes):
        if change.kind == SKILL:
            counts[place] = work.counts_for((change.name,), certified=False)
        elif change.kind == CERTIFICATE:
            counts[place] = work.counts_for(vocabulary.unit_skills[change.name], certified=True)
    return counts


def _japanese(problem: Problem, candidate: int, row: Mapping[str, str]) -> Iterator[Change]:
    """Yield the next level, every level for whoever has none on record; a test on the day of the
    batch, where days of tests are kept."""
    level = int(problem.candidates.level[candidate])
    ends = (level + 1, level + 2) if level >= 0 else (1, len(LEVELS))
    tested = "japanese_test_date" in row
    for at in range(ends[0], min(ends[1], len(LEVELS))):
        cells = [("japanese_level", LEVELS[at])]
        if tested:
            cells.append(("japanese_test_date", problem.settings.on.isoformat()))
        before = row.get("japanese_level", "")
        yield Change(JAPANESE, "", before, LEVELS[at], tuple(cells), at - max(level, 0))


def _skills(
    problem: Problem,
    candidate: int,
    row: Mapping[str, str],
    asked: list[str],
    vocabulary: Vocabulary,
) -> Iterator[Change]:
    """Yield each skill a level above the highest that anything on record gives."""
    profile = int(problem.candidates.profile[candidate])
    held = problem.lists.profiles.whole[profile]
    for skill in asked:
        level = int(held[vocabulary.graph.index[skill]])
        if level < HIGHEST:
            cell = _with_part(row.get("skills", ""), ":", skill, f"{skill}:{level + 1}")
            levels = (str(level), str(level + 1))
            yield Change(SKILL, skill, *levels, (("skills", cell),), 1 if level else 2)


def _certificates(
    problem: Problem,
    candidate: int,
    row: Mapping[str, str],
    work: Work,
    vocabulary: Vocabulary,
) -> Iterator[Change]:
    """Yield each unit of the own craft of which no valid certificate is held, valid from now."""
    on = problem.settings.on
    until = valid_until(on).isoformat()
    profile = problem.lists.profiles.own[int(problem.candidates.profile[candidate])]
    held = dict(_halves(part, "@") for part in _parts(row.get("certificates", "")))
    for unit, skills in sorted(vocabulary.unit_skills.items()):
        ended = held.get(unit, "")
        if unit in held and (not ended or _day(ended) >= day_number(on)):
            continue
        if (work.counts_for(skills, certified=True) & work.own).any():
            cell = _with_part(row.get("certificates", ""), "@", unit, f"{unit}@{until}")
            known = any(profile[vocabulary.graph.index[skill]] for skill in skills)
            steps = 1 if known else 2
            yield Change(CERTIFICATE, unit, ended, until, (("certificates", cell),), steps)


def valid_until(on: date) -> date:
    """Return the day until which a certificate of a day is taken to be valid."""
    return date(on.year + YEARS, on.month, min(on.day, 28))


def _conditions(problem: Problem, candidate: int, row: Mapping[str, str]) -> Iterator[Change]:
    asked = 0
    for bits in problem.openings.conditions.tolist():
        asked |= bits
    refused = int(problem.candidates.refuses[candidate]) & asked
    for at, name in enumerate(CONDITIONS):
        if refused >> at & 1:
            refuses = [part for part in _parts(row["refuses"]) if part != name]
            accepts = _with_part(row.get("accepts", ""), "", name, name)
            cells = (("refuses", "; ".join(refuses)), ("accepts", accepts))
            yield Change(CONDITION, name, REFUSED, ACCEPTED, cells)


def _any_trade(problem: Problem, candidate: int) -> Iterator[Change]:
    offered = (problem.openings.any_trade == YES).any()
    if offered and problem.candidates.accepts_any_trade[candidate] == NO:
        yield Change(ANY_TRADE, "", REFUSED, ACCEPTED, (("accepts_any_trade", "ya"),))


def _parts(cell: str) -> list[str]:
    return [part.strip() for part in cell.split(";") if part.strip()]


def _halves(part: str, mark: str) -> tuple[str, str]:
    name, _, rest = part.partition(mark)
    return name, rest


def _with_part(cell: str, mark: str, name: str, part: str) -> str:
    """Return a list with one more part, instead of those of the same name."""
    others = [one for one in _parts(cell) if (_halves(one, mark)[0] if mark else one) != name]
    return "; ".join([*others, part])


def _day(text: str) -> int:
    return day_number(date.fromisoformat(text)) if text else NO_DAY
