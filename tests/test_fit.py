"""Skill fit from its definition, told again in plain Python from the tables, against `fit`."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.fit import Facts, gather_facts
from matcher.problem import Problem
from matcher.vocabulary import TABLES
from tests.worlds import OPENING, PERSON, Row, World

Levels = dict[str, int]


def rows(table: str) -> list[dict[str, str]]:
    """Return the rows of a table of the vocabulary."""
    with (TABLES / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def given_skills() -> dict[str, Levels]:
    """Return the level of each skill that a programme gives, by programme."""
    levels: dict[str, Levels] = defaultdict(dict)
    for row in rows("programme_skills"):
        levels[row["programme_id"]][row["skill_id"]] = int(row["level"])
    return levels


def needed_skills() -> dict[str, list[tuple[str, int, int]]]:
    """Return skill, importance (per mille) and level of what each operation needs."""
    importance = {"1.0": 1000, "0.6": 600, "0.3": 300}
    needs: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
    for row in rows("job_type_skills"):
        need = (row["skill_id"], importance[row["importance"]], int(row["level"]))
        needs[row["operation_no"]].append(need)
    return needs


def unit_skills() -> dict[str, set[str]]:
    """Return what each unit evidences."""
    skills: dict[str, set[str]] = defaultdict(set)
    for row in rows("skill_units"):
        skills[row["unit_code"]].add(row["skill_id"])
    return skills


PARENTS = {row["skill_id"]: set(filter(None, row["parents"].split(";"))) for row in rows("skills")}
COMMON = {row["skill_id"]: int(row["level"]) for row in rows("common_skills")}
GIVEN, NEEDED, EVIDENCED = given_skills(), needed_skills(), unit_skills()


@cache
def ancestors(skill: str) -> frozenset[str]:
    """Return all that a skill is a kind of."""
    return frozenset(PARENTS[skill]).union(*(ancestors(parent) for parent in PARENTS[skill]))


@cache
def closeness(held: str, needed: str) -> int:
    """Return how near a held skill comes to a needed one, per mille."""
    if held == needed or needed in ancestors(held):
        return 1000
    if held in PARENTS[needed]:
        return 600
    shared = PARENTS[held] & PARENTS[needed]
    return 400 if any(PARENTS[parent] for parent in shared) else 0


def credit(held: Levels, needed: str, level: int) -> int:
    """Return the greatest credit that held skills earn for a needed one."""
    return max((closeness(h, needed) * min(have, level) // level for h, have in held.items()))


def merged(*levels: Levels) -> Levels:
    """Return the highest level of each skill."""
    highest: Levels = {}
    for some in levels:
        for skill, level in some.items():
            highest[skill] = max(level, highest.get(skill, 0))
    return highest


def naive_fit(own: Levels, operation: str) -> tuple[int, bool]:
    """Return skill fit, and whether an essential skill is reached, as the design defines them."""
    needs, whole = NEEDED[operation], merged(own, COMMON)
    earned = sum(weight * credit(whole, skill, level) for skill, weight, level in needs)
    fit = earned // sum(weight for _, weight, _ in needs)
    essential = [skill for skill, weight, _ in needs if weight == 1000]
    reached = any(closeness(held, skill) >= 400 for held in own for skill in essential)
    return (fit if reached else min(fit, 300)), reached


@pytest.fixture(scope="module")
def everything() -> tuple[Problem, Facts]:
    """One person of each programme, and one opening of each operation."""
    problem = with_all_operations(
        {**PERSON, "candidate_id": programme, "programme": programme} for programme in GIVEN
    ).problem()
    return problem, gather_facts(problem)


def with_all_operations(people: Iterable[Row]) -> World:
    """Return a world of these people and an opening of each operation."""
    openings = ({**OPENING, "opening_id": job, "operation_no": job} for job in NEEDED)
    return World(tuple(people), tuple(openings))


def found(problem: Problem, facts: Facts) -> dict[tuple[str, str], tuple[int, bool]]:
    """Return fit and reach by ids of candidate and opening."""
    profile, job = problem.candidates.profile, problem.openings.job
    return {
        (person, order): (
            int(facts.fit[profile[i], job[j]]),
            bool(facts.reached[profile[i], job[j]]),
        )
        for i, person in enumerate(problem.candidate_ids)
        for j, order in enumerate(problem.opening_ids)
    }


def test_skill_fit_of_all_programmes_and_operations(everything: tuple[Problem, Facts]) -> None:
    fits = found(*everything)
    assert len(fits) == 193 * 174 == 33_582
    for (programme, operation), fit in fits.items():
        assert fit == naive_fit(GIVEN[programme], operation), (programme, operation)


def test_the_gate_holds_fit_down_where_nothing_essential_is_reached(
    everything: tuple[Problem, Facts],
) -> None:
    fits = found(*everything).values()
    assert max(fit for fit, reached in fits if not reached) == 300
    assert max(fit for fit, reached in fits if reached) == 1000


def test_the_programmes_that_have_an_operation_that_passes(
    everything: tuple[Problem, Facts],
) -> None:
    fits = found(*everything)
    passing = {pair[0] for pair, (fit, reached) in fits.items() if reached and fit >= 400}
    assert len(passing) == 172


def test_the_operations_that_no_programme_reaches_or_passes(
    everything: tuple[Problem, Facts],
) -> None:
    fits = found(*everything)
    reached = {pair[1] for pair, (_, reached) in fits.items() if reached}
    passing = {pair[1] for pair, (fit, reached) in fits.items() if reached and fit >= 400}
    assert len(NEEDED.keys() - reached) == 53
    assert len(NEEDED.keys() - passing) == 66


def test_the_floor_keeps_strong_ties_of_the_crosswalk_and_few_weak_ones(
    everything: tuple[Problem, Facts],
) -> None:
    fits = found(*everything)
    passing = {pair for pair, (fit, reached) in fits.items() if reached and fit >= 400}
    strengths = {
        (row["programme_id"], row["operation_no"]): float(row["strength"])
        for row in rows("crosswalk")
    }
    strong = {pair for pair, strength in strengths.items() if strength >= 0.6}
    weak = {pair for pair, strength in strengths.items() if strength < 0.4}
    assert (len(strong & passing), len(strong)) == (265, 268)
    assert (len(weak & passing), len(weak)) == (17, 62)


def test_common_skills_count_in_the_fit_but_do_not_reach() -> None:
    alone = naive_fit({}, "7-13-1")
    assert alone == (204, False)  # teamwork 600 and ethics 300 of 4400
    for operation, needs in NEEDED.items():
        essential = {skill for skill, weight, _ in needs if weight == 1000}
        if essential & COMMON.keys():
            assert not naive_fit({}, operation)[1]


@settings(max_examples=30)
@given(
    st.sampled_from(sorted(GIVEN)),
    st.dictionaries(st.sampled_from(sorted(PARENTS)), st.integers(1, 3), max_size=5),
    st.lists(st.sampled_from(sorted(EVIDENCED)), max_size=3),
    st.lists(st.sampled_from(sorted(EVIDENCED)), max_size=2),
)
def test_skill_fit_of_people_with_skills_and_certificates(
    programme: str, skills: Levels, units: list[str], expired: list[str]
) -> None:
    cells = {
        "programme": programme,
        "skills": "; ".join(f"{skill}:{level}" for skill, level in skills.items()),
        "certificates": "; ".join([*units, *(f"{unit}@2022-12-11" for unit in expired)]),
    }
    problem = with_all_operations([{**PERSON, **cells}]).problem()
    shown = {skill: 3 for unit in units for skill in EVIDENCED[unit]}
    own = merged(GIVEN[programme], skills, shown)
    for (_, operation), fit in found(problem, gather_facts(problem)).items():
        assert fit == naive_fit(own, operation), operation


@given(
    st.dictionaries(st.sampled_from(sorted(PARENTS)), st.integers(1, 3), min_size=1, max_size=6),
    st.sampled_from(sorted(PARENTS)),
    st.integers(1, 3),
    st.sampled_from(sorted(NEEDED)),
)
def test_more_skill_never_lowers_the_definition(
    held: Levels, skill: str, level: int, operation: str
) -> None:
    less, more = naive_fit(held, operation), naive_fit(merged(held, {skill: level}), operation)
    assert more >= less
