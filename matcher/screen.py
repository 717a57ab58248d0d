"""Step 3: every candidate × opening pair against every rule; what is left may be proposed.

Pairs are judged in blocks of candidates. A pair with a failing rule is refused; one without, but
with an unknown rule, is conditional. Only the pairs not refused are kept, with the rules still
open as bits; of the rest only counts by candidate, opening and rule remain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, reduce

import numpy as np
from numpy.typing import NDArray

from matcher.errors import Issue
from matcher.fit import Facts
from matcher.language import Phrase, say
from matcher.limits import find_short_starts, tell_shut
from matcher.personal import mask_numbers
from matcher.problem import Candidates, Flags, Numbers, Openings, Problem, Standing
from matcher.quotas import lock_cells
from matcher.rules import ALWAYS, RULES, Answer
from matcher.rules.answer import NEVER, Rule

BLOCK = 1 << 18
FEWEST_OF_CENTRE = 3
Kept = tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint32]]


@dataclass(frozen=True)
class Screening:
    """The pairs that may be proposed, sorted by candidate and opening, and what rules did.

    `open_rules` holds one bit per rule that is unknown. The counts are of openings by candidate
    and rule, and of candidates by opening and rule; held and withdrawn people are not counted.
    """

    candidate: NDArray[np.int32]
    opening: NDArray[np.int32]
    open_rules: NDArray[np.uint32]
    fails_of_candidates: Numbers
    unknowns_of_candidates: Numbers
    fails_of_openings: Numbers
    unknowns_of_openings: Numbers

    @cached_property
    def conditional(self) -> NDArray[np.bool_]:
        """Which kept pairs have a rule still open."""
        return np.not_equal(self.open_rules, 0)

    def rows_of(self, candidate: int) -> tuple[int, int]:
        """Return where the pairs of a candidate start and stop."""
        return int(self._starts[candidate]), int(self._starts[candidate + 1])

    @cached_property
    def _starts(self) -> Numbers:
        sizes = np.bincount(self.candidate, minlength=len(self.fails_of_candidates))
        return np.concatenate([[0], np.cumsum(sizes)])


def screen_pairs(problem: Problem, facts: Facts) -> Screening:
    """Return the pairs of present candidates and openings that no rule fails."""
    people, openings = problem.present, problem.openings
    of_candidates = np.zeros((2, len(problem.candidate_ids), len(RULES)), np.int32)
    of_openings = np.zeros((2, len(openings), len(RULES)), np.int32)
    kept = [_no_pairs()]
    step = max(1, BLOCK // max(1, len(openings)))
    for start in range(0, people.size, step):
        rows = people[start : start + step]
        block = (rows.size, len(openings))
        answers = judge(problem.candidates.at(rows).down(), openings.across(), facts)
        for rule, answer in enumerate(answers):
            for state, mask in enumerate(answer):
                of_rows, of_columns = _counts(mask, block)
                of_candidates[state, rows, rule] = of_rows
                of_openings[state, :, rule] += of_columns
        kept.append(_kept(rows, answers, block))
    return Screening(
        *(np.concatenate(parts) for parts in zip(*kept, strict=True)), *of_candidates, *of_openings
    )


def find_pair(screening: Screening, candidate: int, opening: int) -> int:
    """Return the place of a pair in the screening, -1 where it was refused."""
    start, stop = screening.rows_of(candidate)
    at = start + np.searchsorted(screening.opening[start:stop], opening)
    found = at < stop and screening.opening[at] == opening
    return int(at) if found else -1


def judge(c: Candidates, o: Openings, facts: Facts) -> list[Answer]:
    """Return each rule's answer, in the order of `RULES`: what was waived is taken as passed, and
    everything where the law has judged already.

    The arrays broadcast to the pairs of `c` and `o`: a block, or one pair.
    """
    answers = [
        rule.judge(c, o, facts) if facts.rules_apply or rule.name in ALWAYS else (NEVER, NEVER)
        for rule in RULES
    ]
    if (facts.settled >= 0).any():
        asked = facts.settled[c.index] != o.index
        if not asked.all():
            answers = [(fails & asked, unknown & asked) for fails, unknown in answers]
    if facts.lists.waived.any():
        waived = facts.lists.waived[c.decision_row, o.index]
        for bit in range(len(RULES)):
            kept = waived & np.uint32(1 << bit) == 0
            if not kept.all():
                fails, unknown = answers[bit]
                answers[bit] = (fails & kept, unknown & kept)
    return answers


def find_impossible_locks(problem: Problem, facts: Facts) -> tuple[Issue, ...]:
    """Return an error for each seat on record that a rule now refuses; nothing is asked of people
    on hold or withdrawn, who keep the seat."""
    issues = []
    for person, cell in lock_cells(problem).items():
        if problem.standing[person] != Standing.PRESENT:
            continue
        place = problem.locked[person]
        c, o = problem.candidates.at([person]), problem.openings.at([place])
        for rule, (fails, _) in zip(RULES, judge(c, o, facts), strict=True):
            if fails.any():
                reason = say(
                    "{person} cannot be set at {opening}: the rule “{rule}” is not met ({source})",
                    person=mask_numbers(problem.candidate_ids[person]),
                    opening=mask_numbers(problem.opening_ids[place]),
                    rule=rule.label,
                    source=rule.source,
                )
                issues.append(cell.issue("LOCK_REFUSED", reason, _lifted_by(rule)))
    return tuple(issues)


def find_alarms(problem: Problem, facts: Facts, screening: Screening) -> tuple[Issue, ...]:
    """Return a note for each centre of which nobody may be proposed anywhere, more often a damaged
    column than the truth; and for each opening that goes ahead with fewer than its `min_seats`, or
    can never have so many."""
    return (
        *_silent_centres(problem, screening),
        *find_short_starts(problem),
        *tell_shut(problem, facts.quotas.caps, facts.limits),
    )


def _silent_centres(problem: Problem, screening: Screening) -> Iterator[Issue]:
    eligible = np.bincount(screening.candidate, minlength=len(problem.candidate_ids)) > 0
    people: dict[str, list[int]] = {}
    for person in problem.present.tolist():
        people.setdefault(problem.labels.centres[person], []).append(person)
    files = ", ".join(problem.settings.files.named["candidates"])
    for centre, rows in sorted(people.items()):
        if centre and len(rows) >= FEWEST_OF_CENTRE and not eligible[rows].any():
            told = say(
                "none of its {n} people may be proposed anywhere; a damaged column?", n=len(rows)
            )
            yield Issue("CENTRE_NOBODY", files, 0, "centre", centre, told)


LIFTED_BY = {
    "law": say("take the row out, or correct the fact"),
    "promise": say("take the row out, or correct the fact"),
    "person": say("take the row out, or record the person's new answer"),
    "order": say("take the row out, or record the host's yes as a waiver"),
    "office": say("take out one of the two decisions"),
}
LIFTED_BY_SCORE = say("take the row out, or give the pair a score")


def _lifted_by(rule: Rule) -> Phrase:
    if rule.name == "given_score":
        return LIFTED_BY_SCORE
    return LIFTED_BY[rule.kind if rule.kind != "order" or rule.waivable else "office"]


def _kept(rows: Numbers, answers: list[Answer], block: tuple[int, int]) -> Kept:
    fails = sorted((fails for fails, _ in answers), key=lambda mask: mask.size)
    refused = np.broadcast_to(reduce(np.logical_or, fails), block)
    down, across = divmod(np.flatnonzero(~refused), block[1])
    open_rules = np.zeros(down.size, np.uint32)
    for bit, (_, unknown) in enumerate(answers):
        if unknown.any():
            wide, high = unknown.shape[1] > 1, unknown.shape[0] > 1
            open_at = unknown[down if high else 0, across if wide else 0]
            open_rules |= open_at.astype(np.uint32) << np.uint32(bit)
    return rows[down].astype(np.int32), across.astype(np.int32), open_rules


def _no_pairs() -> Kept:
    return np.zeros(0, np.int32), np.zeros(0, np.int32), np.zeros(0, np.uint32)


def _counts(mask: Flags, block: tuple[int, int]) -> tuple[Numbers, Numbers]:
    """Return how many pairs of the block the mask marks, by row and by column.

    Sums of ones in float32 are exact: a block has fewer than 2²⁴ pairs.
    """
    if not mask.any():
        return np.zeros(1, np.int32), np.zeros(1, np.int32)
    ones = mask.astype(np.float32)
    with np.errstate(all="ignore"):  # some BLAS raise flags of lanes that they do not use
        by_row = ones @ np.ones(mask.shape[1], np.float32) * (block[1] // mask.shape[1])
        by_column = np.ones(mask.shape[0], np.float32) @ ones * (block[0] // mask.shape[0])
    return by_row.astype(np.int32), by_column.astype(np.int32)
