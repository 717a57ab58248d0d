"""Why not, complete: every job order, every rule, what happens next; nobody else is named."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from matcher.check import open_scenario
from matcher.explain.next import OF_RULES, next_of_rule, next_of_verdict
from matcher.explain.pairs import view_rules
from matcher.explain.verdicts import REFUSED, judge_pairs
from matcher.explain.why_not import unplaced_people, why_not
from matcher.language import words_of
from matcher.pipeline import Result, match
from matcher.problem import Standing
from matcher.report.explained import show_every_opening, show_explanation
from matcher.report.why_not import list_reasons, table_reasons
from matcher.rules import RULES
from matcher.screen import find_pair, judge

SCENARIOS = Path(__file__).parents[1] / "scenarios"
NAMES = ("tiny", "ijc-2023", "policy", "season/2-plan", "season/3-back", "esd-2027")


@cache
def result_of(name: str) -> Result:
    return match(open_scenario(SCENARIOS / name))


@pytest.mark.parametrize("name", NAMES)
def test_every_job_order_is_accounted_for(name: str) -> None:
    result = result_of(name)
    openings = len(result.problem.opening_ids)
    people = [*unplaced_people(result), *result.problem.present[:3].tolist()]
    verdicts = judge_pairs(result)
    found = list(why_not(result, people))
    for person in set(people):
        own = [one for one in found if one.candidate == person]
        at = {one.opening for one in own}
        assert at | {int(result.plan.opening[person])} - {-1} == set(range(openings))
        for one in own:
            row = find_pair(result.screening, person, one.opening)
            assert one.verdict == (REFUSED if row < 0 else verdicts.name[row])
            assert one.loss == (None if row < 0 else verdicts.loss_of(row))
            assert (one.next is None) == (row < 0)


@pytest.mark.parametrize("name", NAMES)
def test_all_rules_are_told_with_source_and_what_happens_next(name: str) -> None:
    result, words = result_of(name), words_of("en")
    people = unplaced_people(result)[:4] or result.problem.present[:2].tolist()
    table = table_reasons(result, words, people)
    for person in people:
        c = result.problem.candidates.at([person]).down()
        answers = judge(c, result.problem.openings.across(), result.facts)
        shape = (1, len(result.problem.opening_ids))
        for rule, (fails, unknown) in zip(RULES, answers, strict=True):
            for state, mask in (("fail", fails), ("unknown", unknown & ~fails)):
                at = np.flatnonzero(np.broadcast_to(mask, shape)).tolist()
                own = table[
                    (table["candidate_id"] == result.problem.candidate_ids[person])
                    & (table["rule"] == rule.name)
                    & (table["state"] == state)
                ]
                placed = int(result.plan.opening[person])
                expected = [result.problem.opening_ids[place] for place in at if place != placed]
                assert own["opening_id"].tolist() == expected
                for column in ("held", "required", "source", "next", "by", "who"):
                    assert own[column].map(len).gt(0).all()


def test_what_happens_next_is_said_of_every_rule_and_verdict() -> None:
    assert set(OF_RULES) <= {rule.name for rule in RULES}
    result, words = result_of("ijc-2023"), words_of("en")
    seen = set()
    for person in result.problem.present[:40].tolist():
        for opening in range(0, len(result.problem.opening_ids), 3):
            for view in view_rules(result, person, opening):
                told = words(next_of_rule(view))
                seen.add(view.rule.name)
                assert "{" not in told
                if view.state != "fail":
                    assert told.startswith("to be shown by")
    assert len(seen) > 8
    waits = next_of_verdict("outscored", placed=False)
    assert waits is not None and "waiting time counts on" in words(waits)
    elsewhere = next_of_verdict("outscored", placed=True)
    assert elsewhere is not None and "own proposal stands" in words(elsewhere)
    assert next_of_verdict("proposed", placed=True) is None


@pytest.mark.parametrize("language", ["id", "ja", "en"])
@pytest.mark.parametrize("name", ["policy", "ijc-2023"])
def test_an_explanation_names_nobody_else(name: str, language: str) -> None:
    result, words = result_of(name), words_of(language)
    problem = result.problem
    ids = re.compile("|".join(sorted(map(re.escape, problem.candidate_ids), key=len, reverse=True)))
    for person in problem.present[::23].tolist():
        own = problem.candidate_ids[person]
        told = show_explanation(result, own, None, "text", words)
        told += show_every_opening(result, own, "text", words)
        for opening in problem.opening_ids[::7]:
            told += show_explanation(result, own, opening, "text", words)
        assert set(ids.findall(told)) <= {own}


def test_two_people_kept_apart_are_not_named_to_each_other() -> None:
    result, words = result_of("policy"), words_of("en")
    for one, other in (("C001", "C002"), ("C002", "C001")):
        told = "".join(
            show_explanation(result, one, opening, "text", words)
            for opening in result.problem.opening_ids
        )
        assert other not in told


def test_everybody_without_a_host_is_listed() -> None:
    result, words = result_of("ijc-2023"), words_of("en")
    told = list_reasons(result, words)
    for person in unplaced_people(result):
        assert f"{result.problem.candidate_ids[person]}: may be proposed for" in told
    held = np.flatnonzero(result.problem.standing != Standing.PRESENT).tolist()
    for person in held:
        assert f"{result.problem.candidate_ids[person]}:" not in told
