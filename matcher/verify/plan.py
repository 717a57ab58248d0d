"""The plan as `placements.csv` states it, against everything that may not be broken."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

import numpy as np

from matcher.language import Fact, Phrase, say
from matcher.limits import PEOPLE, TOGETHER, PairLimit, SetLimit
from matcher.personal import mask_numbers
from matcher.problem import Numbers, Standing
from matcher.rules import RULES
from matcher.screen import find_pair, judge
from matcher.verify.derived import QUOTA, Derived
from matcher.verify.findings import WRONG, Finding

PLACEMENTS = "placements.csv"
HEADER = ["candidate_id", "opening_id", "host_id", "operation_no", "score", "state"]
STATES = {Standing.HELD: "held", Standing.WITHDRAWN: "withdrawn"}
Told = Callable[[str, Phrase], None]


def read_plan(derived: Derived, content: bytes) -> tuple[Numbers, list[Finding]]:
    """Return the opening each candidate is proposed for (-1: none), as far as the table says, and
    what is wrong in it."""
    problem, findings = derived.problem, list[Finding]()
    plan = np.full(len(problem.candidate_ids), -1, np.int64)

    def wrong(place: str, told: Phrase) -> None:
        findings.append(Finding(WRONG, PLACEMENTS, mask_numbers(place), told))

    try:
        header, *rows = csv.reader(io.StringIO(content.decode(), newline=""), strict=True)
        if header != HEADER or any(len(row) != len(HEADER) for row in rows):
            raise ValueError("not the columns of the table")
    except (ValueError, csv.Error):
        wrong("", say("This is not a table of placements."))
        return plan, findings
    people = {key: place for place, key in enumerate(problem.candidate_ids)}
    openings = {key: place for place, key in enumerate(problem.opening_ids)}
    seen: set[str] = set()
    for row in rows:
        key, at = row[0], row[1]
        if key in seen:
            wrong(key, say("The candidate stands in the table twice."))
        elif key not in people:
            wrong(key, say("No such candidate is among the inputs."))
        elif at and at not in openings:
            wrong(key, say("No such job order is among the inputs: “{value}”", value=at))
            seen.add(key)
        else:
            plan[people[key]] = openings.get(at, -1)
            _check_row(derived, people[key], openings.get(at, -1), row, wrong)
            seen.add(key)
    for key in people.keys() - seen:
        wrong(key, say("The candidate is missing from the table."))
    if [row[0] for row in rows] != sorted(row[0] for row in rows):
        wrong("", say("The rows are not in order of the candidates."))
    return plan, findings


def _check_row(derived: Derived, person: int, opening: int, row: list[str], wrong: Told) -> None:
    """Tell what is wrong in one row; refused pairs and seats on record left aside."""
    problem, score = derived.problem, derived.scores.score
    expected = [row[0], row[1], "", "", "", "unplaced"]
    pair = find_pair(derived.screening, person, opening) if opening >= 0 else -1
    standing = Standing(int(problem.standing[person]))
    if opening >= 0:
        expected[2] = problem.lists.hosts[problem.openings.host[opening]]
        expected[3] = problem.lists.operations[problem.openings.job[opening]]
        conditional = pair >= 0 and bool(derived.screening.conditional[pair])
        expected[4] = str(score[pair]) if pair >= 0 else row[4]
        expected[5] = "conditional" if conditional else "placed"
    expected[5] = STATES.get(standing, expected[5])
    for name, stated, due in zip(HEADER, row, expected, strict=True):
        if stated != due:
            told = say(
                "{column}: “{stated}”, it should be “{due}”", column=name, stated=stated, due=due
            )
            wrong(row[0], told)
    if opening < 0:
        return
    where = {"opening": mask_numbers(row[1])}
    if standing != Standing.PRESENT:
        wrong(row[0], say("Somebody who takes no part is proposed for {opening}.", **where))
    elif pair < 0:
        labels = _failing(derived, person, opening)
        wrong(row[0], say("Refused at {opening}; not met: {rules}", rules=labels, **where))
    elif score[pair] < derived.least and problem.locked[person] != opening:
        facts = {"score": int(score[pair]), "least": derived.least}
        wrong(
            row[0],
            say("Below the floor of this batch at {opening}: {score} < {least}", **where, **facts),
        )


def _failing(derived: Derived, person: int, opening: int) -> tuple[Phrase, ...]:
    c = derived.problem.candidates.at([person])
    answers = judge(c, derived.problem.openings.at([opening]), derived.facts)
    return tuple(rule.label for rule, (fails, _) in zip(RULES, answers, strict=True) if fails.any())


def find_breaches(derived: Derived, plan: Numbers) -> Iterator[Finding]:
    """Yield every seat on record that a plan does not keep, and every ceiling, floor and limit that
    it breaks; seats on record of people who take no part count with the rest."""
    problem = derived.problem
    for person in np.flatnonzero(problem.locked >= 0).tolist():
        due = int(problem.locked[person])
        if problem.standing[person] == Standing.PRESENT and plan[person] != due:
            opening = mask_numbers(problem.opening_ids[due])
            told = say("The seat at {opening} is on record as this person's.", opening=opening)
            yield _wrong(problem.candidate_ids[person], told)
    seats_of = np.where(plan >= 0, plan, problem.locked)
    loads = np.bincount(seats_of[seats_of >= 0], minlength=len(problem.openings))
    for place, load in enumerate(loads.tolist()):
        if load > problem.openings.seats[place]:
            seats = int(problem.openings.seats[place])
            told = say("{n} people for {seats} seats", n=load, seats=seats)
            yield _wrong(problem.opening_ids[place], told)
    for cap in derived.facts.quotas.caps:
        held = int(loads[list(cap.openings)].sum())
        if cap.ceiling is not None and held > cap.ceiling:
            told = say(
                "{n} people under the quota; it holds {most} ({arithmetic})",
                n=held,
                most=cap.ceiling,
                arithmetic=cap.arithmetic,
            )
            yield _wrong(QUOTA + cap.name, told)
    yield from _over_limits(derived, seats_of, loads)


def _over_limits(derived: Derived, seats_of: Numbers, loads: Numbers) -> Iterator[Finding]:
    """Yield every limit of the scenario that is broken."""
    limits = derived.facts.limits
    for one in limits.sets:
        yield from _outside_set(one, seats_of, loads)
    seated = np.flatnonzero(seats_of >= 0)
    for total in limits.sums:
        held = int(total.of_people[seated].sum() + total.of_openings[seats_of[seated]].sum())
        if held > total.most:
            facts: dict[str, Fact] = {"limit": total.label, "n": held, "most": total.most}
            yield _wrong(total.key, say("{limit}: {n}, at most {most} is allowed", **facts))
    for pair in limits.pairs:
        if _parted(pair, seats_of):
            yield _wrong(pair.key, say("{limit}: not kept", limit=pair.label))
    for start in limits.starts:
        held = int(loads[start.opening])
        if 0 < held < start.least:
            facts = {"limit": start.label, "n": held, "least": start.least}
            told = say("{limit}: {n} people, none or at least {least} are asked", **facts)
            yield _wrong(start.key, told)


def _outside_set(one: SetLimit, seats_of: Numbers, loads: Numbers) -> Iterator[Finding]:
    """Yield where a set holds less than its floor or more than its ceiling."""
    here = list(one.members)
    held = int((seats_of[here] >= 0).sum() if one.side == PEOPLE else loads[here].sum())
    facts: dict[str, Fact] = {"limit": one.label, "n": held}
    if held < one.floor:
        told = say("{limit}: {n} people, at least {least} are asked", **facts, least=one.floor)
        yield _wrong(one.key, told)
    if one.ceiling is not None and held > one.ceiling:
        told = say("{limit}: {n} people, at most {most} are allowed", **facts, most=one.ceiling)
        yield _wrong(one.key, told)


def _parted(pair: PairLimit, seats_of: Numbers) -> bool:
    """Whether two people are apart who are to be together, or together who are to be apart."""
    first, second = seats_of[list(pair.candidates)].tolist()
    if first < 0 or second < 0:
        return pair.kind == TOGETHER and first != second
    return bool((pair.place_of[first] == pair.place_of[second]) != (pair.kind == TOGETHER))


def _wrong(place: str, told: Phrase) -> Finding:
    return Finding(WRONG, PLACEMENTS, mask_numbers(place), told)
