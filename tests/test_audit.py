"""The audit by groups: every count by brute force, exact intervals, and a blind test that fails
where it should."""

from __future__ import annotations

import contextlib
import csv
import io
import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial
from math import comb
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

import matcher.score
import matcher.screen
from matcher.audit import Audit, GroupAudit, Waiting, audit_result
from matcher.audit.blind import (
    PEOPLE,
    PROTECTED,
    Trial,
    blind_trials,
    shuffle_people,
    without_wishes,
)
from matcher.audit.drivers import Driver
from matcher.audit.groups import GROUPINGS, band_of
from matcher.audit.rates import Rate, Share, compare, find_reference
from matcher.batch import run_scenario
from matcher.cli import main
from matcher.cli.audit import _rebuilt
from matcher.criteria import CRITERIA
from matcher.errors import InputError
from matcher.explain.enforced import find_enforced
from matcher.explain.pairs import FAILS, view_rules
from matcher.fit import gather_facts
from matcher.language import words_of
from matcher.pipeline import Result
from matcher.problem import NO_DAY, Candidates, Openings, Problem
from matcher.report.audit import show_audit
from matcher.rules import RULES, Answer, Rule
from matcher.score import break_down
from tests.conftest import Batch
from tests.worlds import ON, World, one_pair, worlds

LONG = 180
GROUPS_OF = {
    "sex": st.sampled_from(["L", "P", "P", ""]),
    "province": st.sampled_from(["Banten", "Aceh", ""]),
    "centre": st.sampled_from(["Bekasi", "Medan", ""]),
    "birth_date": st.sampled_from(["2001-05-01", "2004-11-01", "1996-12-12", "2000-12-13"]),
}


@st.composite
def peopled(draw: st.DrawFn) -> World:
    """Draw a world whose people have what they are grouped by."""
    world = draw(worlds(people=6, openings=3))
    rows = [
        {**row, **{column: draw(cells) for column, cells in GROUPS_OF.items()}}
        for row in world.candidates
    ]
    kept = tuple(d for d in world.decisions if d["action"] != "place")
    return replace(world, candidates=tuple(rows), decisions=kept)


def brute_groups(problem: Problem, grouping: str) -> dict[str, list[int]]:
    """Return the places of each group's people."""
    labels = problem.labels
    named = {
        "sex": labels.sexes,
        "age": [band(age) for age in labels.ages],
        "centre": labels.centres,
        "province": labels.provinces,
    }[grouping]
    groups: dict[str, list[int]] = {}
    for person, name in enumerate(named):
        groups.setdefault(name, []).append(person)
    return groups


def band(age: int) -> str:
    """Return the documented band of an age, written out."""
    table = {
        **dict.fromkeys(range(19), "to_18"),
        **dict.fromkeys((19, 20), "19_to_20"),
        **dict.fromkeys((21, 22), "21_to_22"),
        **dict.fromkeys((23, 24, 25), "23_to_25"),
    }
    return "" if age < 0 else table.get(age, "from_26")


def brute_fails(result: Result) -> dict[tuple[int, int], set[str]]:
    """Return the rules that each pair of people taking part fails, one pair at a time."""
    return {
        (person, opening): {
            view.rule.name for view in view_rules(result, person, opening) if view.state == FAILS
        }
        for person in result.problem.present.tolist()
        for opening in range(len(result.problem.opening_ids))
    }


def brute_share(amounts: dict[int, int], sizes: dict[int, int], side: Sequence[int]) -> Share:
    """Return what some people's amounts come to."""
    return Share(sum(amounts[person] for person in side), sum(sizes[person] for person in side))


def is_best(told: Driver | None, drivers: dict[str, tuple[Share, Share]], way: int) -> bool:
    """Return whether no driver goes farther one way than the one told."""
    farthest = Fraction(0)
    for own, rest in drivers.values():
        if own.of and rest.of:
            farthest = max(
                farthest, way * (Fraction(own.count, own.of) - Fraction(rest.count, rest.of))
            )
    if told is None:
        return farthest == 0
    return (told.own, told.rest) == drivers[told.name] and way * told.difference == farthest > 0


@given(world=peopled())
def test_every_number_by_brute_force(world: World) -> None:
    result = world.result()
    problem, plan = result.problem, result.plan
    fails = brute_fails(result)
    openings = range(len(problem.opening_ids))
    taking = [int(person) for person in problem.present]
    free = {person: [o for o in openings if not fails[person, o]] for person in taking}
    waited = problem.candidates.accepted_on
    audit = audit_result(result)
    assert [grouping.name for grouping in audit.groupings] == list(GROUPINGS)
    for grouping in audit.groupings:
        groups = brute_groups(problem, grouping.name)
        unrecorded = [not group.name for group in grouping.groups]
        assert unrecorded == sorted(unrecorded)
        assert {group.name for group in grouping.groups} == groups.keys()
        for group in grouping.groups:
            own = [person for person in groups[group.name] if person in taking]
            rest = [person for person in taking if person not in own]
            placed = [p for p in own if plan.opening[p] >= 0]
            assert group.people == len(groups[group.name])
            assert group.proposals == Rate(
                Share(len(placed), len(own)),
                Share(sum(plan.opening[p] >= 0 for p in rest), len(rest)),
            )
            assert group.refusals == Rate(
                Share(sum(not free[p] for p in own), len(own)),
                Share(sum(not free[p] for p in rest), len(rest)),
            )
            assert group.conditional == sum(
                bool(view_rules(result, p, int(plan.opening[p]))) for p in placed
            )
            assert group.score == sum(
                line.contribution
                for p in placed
                for line in break_down(problem, result.facts, p, int(plan.opening[p]))
            )
            long = [p for p in own if waited[p] != NO_DAY and result.facts.on - waited[p] > LONG]
            assert group.waiting.proposed == len([p for p in long if p in placed])
            assert group.waiting.unplaced == len([p for p in long if p not in placed])
            assert group.waiting.unknown == len([p for p in own if waited[p] == NO_DAY])
            assert_drivers(result, group, own, rest, fails, free)


def assert_drivers(
    result: Result,
    group: GroupAudit,
    own: list[int],
    rest: list[int],
    fails: dict[tuple[int, int], set[str]],
    free: dict[int, list[int]],
) -> None:
    """Assert a group's drivers, each sum taken pair by pair."""
    gap = group.proposals.gap
    if not gap:
        assert group.drivers is None
        return
    assert group.drivers is not None
    people, openings = [*own, *rest], range(len(result.problem.opening_ids))

    def sides(amounts: dict[int, int], sizes: dict[int, int]) -> tuple[Share, Share]:
        return brute_share(amounts, sizes, own), brute_share(amounts, sizes, rest)

    refused, closed = {}, {}
    for rule in RULES:
        count = {p: sum(rule.name in fails[p, o] for o in openings) for p in people}
        refused[rule.name] = sides(count, dict.fromkeys(people, len(openings)))
        alone = {
            p: int(not free[p] and any(fails[p, o] == {rule.name} for o in openings))
            for p in people
        }
        closed[rule.name] = sides(alone, dict.fromkeys(people, 1))
    points: dict[str, dict[int, int]] = {c.name: dict.fromkeys(people, 0) for c in CRITERIA}
    for person in people:
        for opening in free[person]:
            for line in break_down(result.problem, result.facts, person, opening):
                points[line.criterion][person] += line.contribution
    pairs = {p: len(free[p]) for p in people}
    scored = {name: sides(amounts, pairs) for name, amounts in points.items()}
    assert is_best(group.drivers.refuses, refused, -gap)
    assert is_best(group.drivers.closes, closed, -gap)
    assert is_best(group.drivers.scores, scored, gap)


def test_the_groups_of_a_grouping_add_up_to_the_batch(batch: Batch) -> None:
    audit = audit_result(batch.result)
    for grouping in audit.groupings:
        groups = grouping.groups
        assert sum(group.people for group in groups) == audit.people
        assert sum(group.proposals.own.of for group in groups) == audit.present
        assert sum(group.proposals.own.count for group in groups) == audit.proposed
        assert sum(group.refusals.own.count for group in groups) == audit.refused
        assert sum(group.conditional for group in groups) == audit.conditional
        assert sum((group.by_trade for group in groups), Fraction(0)) == audit.proposed


def test_points_of_criteria_add_up_to_the_scores(batch: Batch) -> None:
    from matcher.audit.drivers import points_of

    result = batch.result
    expected = np.zeros(len(result.problem.candidate_ids), np.int64)
    np.add.at(expected, result.screening.candidate, result.scores.score)
    assert (points_of(result).sum(axis=1) == expected).all()


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (-1, ""),
        (17, "to_18"),
        (18, "to_18"),
        (19, "19_to_20"),
        (20, "19_to_20"),
        (21, "21_to_22"),
        (22, "21_to_22"),
        (23, "23_to_25"),
        (25, "23_to_25"),
        (26, "from_26"),
        (40, "from_26"),
    ],
)
def test_age_bands(age: int, expected: str) -> None:
    assert band_of(age) == expected


def test_bands_count_from_the_scenarios_day() -> None:
    born = {"2003-12-12": "19_to_20", "2003-12-13": "to_18"}
    for birth, expected in born.items():
        assert ON.isoformat() == "2022-12-12"
        audit = audit_result(one_pair({"birth_date": birth}).result())
        ages = next(grouping for grouping in audit.groupings if grouping.name == "age")
        assert [group.name for group in ages.groups] == [expected]


def test_the_unrecorded_come_last_and_are_never_compared_with() -> None:
    shares = {"": Share(50, 50), "L": Share(40, 50), "P": Share(9, 10), "X": Share(4, 4)}
    assert find_reference(shares) == "P"
    assert find_reference({"": Share(50, 50), "L": Share(4, 4)}) is None
    assert find_reference({"L": Share(0, 50)}) is None
    world = one_pair()
    people = tuple({**world.candidates[0], "candidate_id": f"C{n}"} for n in range(3))
    sexes = [{"sex": ""}, {"sex": "P"}, {"sex": "L"}]
    world = replace(world, candidates=tuple(p | s for p, s in zip(people, sexes, strict=True)))
    assert [g.name for g in audit_result(world.result()).groupings[0].groups] == ["L", "P", ""]


def test_four_are_never_compared_with_and_five_are() -> None:
    assert find_reference({"A": Share(4, 4), "B": Share(1, 9)}) == "B"
    assert find_reference({"A": Share(5, 5), "B": Share(1, 9)}) == "A"


def test_of_equal_rates_the_larger_group_is_compared_with() -> None:
    assert find_reference({"A": Share(5, 6), "B": Share(10, 12)}) == "B"


@pytest.mark.parametrize(
    ("own", "rest", "few"),
    [
        ((4, 4), (90, 90), True),
        ((5, 5), (90, 90), False),
        ((90, 90), (4, 4), True),
        ((90, 90), (5, 5), False),
        ((5, 5), (89, 90), True),  # 5 × 94 / 95 expected
        ((0, 15), (143, 143), False),  # 13.6 expected, none proposed
        ((2, 10), (48, 90), False),  # exactly 5 expected
        ((2, 10), (47, 90), True),
        ((0, 10), (0, 90), True),
        ((0, 0), (9, 9), True),
    ],
)
def test_where_there_are_too_few_to_say(
    own: tuple[int, int], rest: tuple[int, int], few: bool
) -> None:
    rate = Rate(Share(*own), Share(*rest))
    assert rate.few is few
    assert (rate.p is None) is few


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [
        (0, 5, 0.0, 1 - 0.025 ** (1 / 5)),
        (5, 5, 0.025 ** (1 / 5), 1.0),
        (1, 1, 0.025, 1.0),
        (3, 10, 0.0667395, 0.6524529),
        (5, 10, 0.1870860, 0.8129140),
    ],
)
def test_intervals_of_hand_cases(count: int, of: int, low: float, high: float) -> None:
    interval = Rate(Share(count, of), Share(0, 0)).interval
    assert interval is not None
    assert interval == pytest.approx((low, high), abs=5e-8)


def test_an_interval_holds_the_rates_that_make_the_count_likely_enough() -> None:
    """Its ends are where the tail of the binomial reaches one part in forty."""
    for of in range(1, 15):
        for count in range(of + 1):
            low, high = Rate(Share(count, of), Share(0, 0)).interval or (0, 0)
            above = sum(comb(of, k) * low**k * (1 - low) ** (of - k) for k in range(count, of + 1))
            below = sum(comb(of, k) * high**k * (1 - high) ** (of - k) for k in range(count + 1))
            assert count == 0 or above == pytest.approx(0.025)
            assert count == of or below == pytest.approx(0.025)


@given(st.integers(5, 12), st.integers(5, 12), st.data())
def test_chance_is_fishers_sum(own: int, rest: int, data: st.DataObject) -> None:
    count, others = data.draw(st.integers(0, own)), data.draw(st.integers(0, rest))
    rate = Rate(Share(count, own), Share(others, rest))
    ways = {
        k: comb(own, k) * comb(rest, count + others - k)
        for k in range(max(0, count + others - rest), min(own, count + others) + 1)
    }
    expected = Fraction(sum(way for way in ways.values() if way <= ways[count]), sum(ways.values()))
    assert rate.p is None if rate.few else rate.p == pytest.approx(float(expected))


@pytest.mark.parametrize(
    ("own", "ratio", "signal"),
    [
        ((32, 50), Fraction(4, 5), False),
        ((31, 50), Fraction(31, 40), True),
        ((40, 50), Fraction(1), False),
        ((0, 15), Fraction(0), True),
        ((0, 4), Fraction(0), False),
    ],
)
def test_under_four_fifths_is_a_signal(own: tuple[int, int], ratio: Fraction, signal: bool) -> None:
    shares = {"A": Share(*own), "B": Share(40, 50)}
    impact = compare(shares["A"], "B", shares)
    assert impact is not None
    assert (impact.reference, impact.counts, impact.ratio) == ("B", Share(40, 50), ratio)
    assert impact.is_signal(Rate(shares["A"], shares["B"])) is signal


def test_nothing_is_compared_with_nothing() -> None:
    shares = {"A": Share(0, 0), "B": Share(5, 5)}
    assert compare(shares["A"], "B", shares) is None
    assert compare(shares["B"], None, shares) is None


def test_people_on_hold_do_not_take_part_and_are_counted() -> None:
    world = one_pair({"sex": "P", "deposit": "500000"})
    [group] = audit_result(world.result()).groupings[0].groups
    assert (group.people, group.proposals.own) == (1, Share(0, 0))
    assert group.proposals.interval is None


@pytest.mark.parametrize(("accepted", "waiting"), [("2022-06-15", 0), ("2022-06-14", 1), ("", 0)])
def test_a_long_wait_is_more_than_180_days(accepted: str, waiting: int) -> None:
    [group] = audit_result(one_pair({"accepted_on": accepted}).result()).groupings[0].groups
    assert group.waiting == Waiting(waiting, 0, int(not accepted))


def rebuild_of(result: Result) -> Any:
    """Return what makes a problem of a batch's tables, as the command does."""
    return partial(_rebuilt, declared=result.problem.settings.read)


def trials_of(result: Result, shuffles: int = 3) -> tuple[Trial, ...]:
    problem = result.problem
    return blind_trials(problem.inputs, problem.settings.seed, rebuild_of(result), shuffles)


def test_the_pilot_passes_the_blind_test(batch: Batch) -> None:
    trials = trials_of(batch.result)
    assert [trial.number for trial in trials] == [1, 2, 3]
    for trial in trials:
        assert trial.passed
        assert trial.moved["sex"] > 20
        assert trial.moved["name"] > 100
        assert trial.moved["province"] > 100
    assert trials[0].moved != trials[1].moved


def look_at_sex(patch: pytest.MonkeyPatch) -> None:
    """Let rules and criteria see the sexes, as a column beside the others."""

    def with_sexes(problem: Problem) -> Any:
        facts = gather_facts(problem)
        women = np.array([sex == "P" for sex in problem.labels.sexes])
        object.__setattr__(facts, "women", women)
        return facts

    patch.setattr("matcher.pipeline.gather_facts", with_sexes)


def test_the_blind_test_fails_where_a_criterion_looks_at_sex(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    def value(c: Candidates, o: Openings, facts: Any) -> tuple[Any, Any]:
        points = np.where(facts.women[c.index], 0, 1000) + 0 * o.index
        return points, points

    biased = [
        replace(criterion, value=value) if criterion.name == "waiting" else criterion
        for criterion in CRITERIA
    ]
    audit = audit_result(batch.result)
    look_at_sex(monkeypatch)
    monkeypatch.setattr(matcher.score, "CRITERIA", tuple(biased))
    [trial] = trials_of(batch.result, 1)
    assert not trial.passed
    assert trial.pairs > 100
    changed = {change.candidate_id for change in trial.changes}
    assert changed <= set(batch.result.problem.candidate_ids)
    assert any(change.before[1] != change.after[1] for change in trial.changes)
    told = show_audit(batch.result, audit, (trial,), "text", words_of("en"))
    assert "It FAILS" in told
    assert sorted(changed)[0] in told
    record = json.loads(show_audit(batch.result, audit, (trial,), "json", words_of("en")))
    assert record["blind_test"]["passed"] is False
    people = record["blind_test"]["trials"][0]["people_changed"]
    assert {person["candidate_id"] for person in people} == changed


def biased_rules(women_only: bool) -> tuple[Rule, ...]:
    """Return the rules with one that refuses women, or men."""

    def judge(c: Candidates, o: Openings, facts: Any) -> Answer:
        refused = facts.women[c.index] != women_only
        return refused & (o.index >= 0), np.zeros((1, 1), bool)

    return tuple(
        replace(rule, judge=judge) if rule.name == "wants_abroad" else rule for rule in RULES
    )


def test_the_blind_test_fails_where_a_rule_looks_at_sex(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    look_at_sex(monkeypatch)
    monkeypatch.setattr(matcher.screen, "RULES", biased_rules(women_only=True))
    inputs = {n: c for n, c in batch.result.problem.inputs.items() if n != "decisions.csv"}
    inputs["decisions.csv"] = b"action,candidate_id,opening_id,reason,by,on\n"
    settings = batch.result.problem.settings
    [trial] = blind_trials(inputs, settings.seed, rebuild_of(batch.result), 1)
    assert not trial.passed
    gone = [change for change in trial.changes if not change.after[0]]
    come = [change for change in trial.changes if not change.before[0]]
    assert gone
    assert come


def test_a_placement_on_record_that_a_shuffled_label_forbids_is_a_failure(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit = audit_result(batch.result)
    look_at_sex(monkeypatch)
    monkeypatch.setattr(matcher.screen, "RULES", biased_rules(women_only=False))
    problem = batch.result.problem
    head, *rows = problem.inputs["decisions.csv"].decode().splitlines()
    locked = [row for row in rows if row.startswith("place")]
    men = {
        person
        for person, sex in zip(problem.candidate_ids, problem.labels.sexes, strict=True)
        if sex == "L"
    }
    kept = [row for row in locked if row.split(",")[1] in men]
    assert kept
    inputs = {**problem.inputs, "decisions.csv": "\n".join([head, *kept, ""]).encode()}
    trials = blind_trials(inputs, problem.settings.seed, rebuild_of(batch.result), 6)
    stopped = [trial for trial in trials if trial.stopped]
    assert stopped
    assert not any(trial.passed for trial in stopped)
    told = show_audit(batch.result, audit, trials, "text", words_of("en"))
    assert "nothing could be matched" in told


def test_a_shuffle_moves_cells_within_their_column_alone(batch: Batch) -> None:
    before = batch.result.problem.inputs[PEOPLE]
    after, moved = shuffle_people(before, "seed")
    was, now = (list(csv.DictReader(io.StringIO(table.decode()))) for table in (before, after))
    columns = list(was[0])
    assert list(moved) == [column for column in PROTECTED if column in columns]
    for column in columns:
        cells = [row[column] for row in was], [row[column] for row in now]
        if column in PROTECTED:
            assert sorted(cells[0]) == sorted(cells[1])
            assert sum(a != b for a, b in zip(*cells, strict=True)) == moved[column]
        else:
            assert cells[0] == cells[1], column
    assert "birth_date" not in moved
    assert shuffle_people(before, "seed") == (after, moved)
    assert shuffle_people(before, "other") != (after, moved)


def test_enforced_wishes_are_taken_out() -> None:
    head = b"action,candidate_id,opening_id,reason,by,on\n"
    other = b"place,C1,O1,x,y,2022-12-01\n"
    wish = b"enforce:sex,,O1,x,y,2022-12-01\n"
    assert without_wishes({"decisions.csv": head + wish + other}) == {"decisions.csv": head + other}
    assert without_wishes({"decisions.csv": head + wish}) == {"decisions.csv": head}
    assert without_wishes({"hosts.csv": b"x"}) == {"hosts.csv": b"x"}


def test_a_batch_whose_only_decisions_were_wishes_is_rebuilt(batch: Batch) -> None:
    inputs = {
        **batch.result.problem.inputs,
        "decisions.csv": b"action,candidate_id,opening_id,reason,by,on\n"
        b"enforce:sex,,O-01,x,y,2022-12-01\n",
    }
    settings = batch.result.problem.settings
    [trial] = blind_trials(inputs, settings.seed, rebuild_of(batch.result), 1)
    assert trial.passed


REASON = "the dormitory has rooms for one group alone, as the host has shown"


@pytest.fixture
def wished(pilot: Path) -> Result:
    """The pilot with one wish for a sex enforced that cuts somebody."""
    path = pilot / "decisions.csv"
    before, plain = path.read_text(encoding="utf-8"), run_scenario(pilot)
    for wish in plain.problem.wishes:
        if wish.kind == "sex" and wish.sex and wish.count == -1:
            opening = plain.problem.opening_ids[wish.opening]
            row = f"enforce:sex,,{opening},{REASON.replace(',', ';')},An Officer,2022-12-09\n"
            path.write_text(before + row, encoding="utf-8")
            with contextlib.suppress(InputError):
                result = run_scenario(pilot)
                if any(wish.cut for wish in find_enforced(result)):
                    return result
    raise AssertionError("no wish of the pilot cuts anybody")


def test_enforced_wishes_are_told_and_left_out_of_the_blind_test(
    wished: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    audit, trials = audit_result(wished), trials_of(wished, 2)
    [wish] = audit.enforced
    assert wish.cut
    assert all(trial.passed for trial in trials)
    told = " ".join(show_audit(wished, audit, trials, "text", words_of("en")).split())
    assert f"Enforced at {wish.decision.opening_id}: only" in told
    assert "rooms for one group alone" in told
    assert "An Officer, December 9, 2022" in told
    assert "the blind test is without them" in told
    [record] = json.loads(show_audit(wished, audit, trials, "json", words_of("en")))["enforced"]
    assert (record["kind"], record["by"], record["cut"]) == ("sex", "An Officer", len(wish.cut))
    monkeypatch.setattr("matcher.audit.blind.without_wishes", dict)
    assert not any(trial.passed for trial in trials_of(wished, 2))


@pytest.fixture(scope="module")
def shown(batch: Batch) -> tuple[Audit, dict[str, str]]:
    """The pilot's audit in every form."""
    audit, trials = audit_result(batch.result), trials_of(batch.result, 1)
    words = words_of("en")
    forms = ("text", "json", "csv")
    return audit, {f: show_audit(batch.result, audit, trials, f, words) for f in forms}


def test_the_text_fits_100_columns(shown: tuple[Audit, dict[str, str]]) -> None:
    text = shown[1]["text"]
    assert max(cell_len(line) for line in text.splitlines()) <= 100


def test_the_text_says_what_the_numbers_are_not(shown: tuple[Audit, dict[str, str]]) -> None:
    text = " ".join(shown[1]["text"].split())
    for said in (
        "The numbers describe this batch and nothing else.",
        "It is no proof of unequal treatment",
        "Neither sex nor name nor province is scored",
        "Gaps come from who is in which class",
        "Nothing changes, in the plan or in any pair's rules and score.",
    ):
        assert said in text
    assert not set("✓✔☑✅") & set(text)


def test_nobody_is_named(batch: Batch, shown: tuple[Audit, dict[str, str]]) -> None:
    problem = batch.result.problem
    for text in shown[1].values():
        assert not [name for name in problem.candidate_ids if name in text]
        assert not [name for name in problem.labels.candidate_names if name and name in text]


def test_json_and_csv_hold_the_same_exact_counts(shown: tuple[Audit, dict[str, str]]) -> None:
    audit, forms = shown
    record = json.loads(forms["json"])
    rows = list(csv.DictReader(io.StringIO(forms["csv"])))
    groups = [(grouping.name, group) for grouping in audit.groupings for group in grouping.groups]
    assert [(row["grouping"], row["group"]) for row in rows] == [(n, g.name) for n, g in groups]
    listed = [entry for name in GROUPINGS for entry in record["groupings"][name]]
    for row, entry, (_, group) in zip(rows, listed, groups, strict=True):
        own = group.proposals.own
        assert (int(row["proposals_count"]), int(row["proposals_of"])) == (own.count, own.of)
        assert (entry["proposals"]["count"], entry["proposals"]["of"]) == (own.count, own.of)
        assert int(row["score"]) == entry["score"] == group.score
        assert row["too_few_to_say"] == ("yes" if group.proposals.few else "no")
        by_trade = Fraction(int(row["by_trade_numerator"]), int(row["by_trade_denominator"]))
        assert by_trade == group.by_trade
        driver = group.drivers and group.drivers.scores
        assert row["scores_name"] == (driver.name if driver else "")


def test_too_few_stand_in_the_text_without_a_chance(shown: tuple[Audit, dict[str, str]]) -> None:
    text = shown[1]["text"].split("How to read this")[0]
    few = [
        group for grouping in shown[0].groupings for group in grouping.groups if group.proposals.few
    ]
    assert few
    assert text.count("too few to") == len(few)


def audited(folder: Path, *words: str) -> Any:
    return CliRunner().invoke(main, ["audit", str(folder), "--lang", "en", *words])


def test_the_command_ends_in_0_and_is_the_same_again(batch: Batch) -> None:
    first, second = (audited(batch.folder, "--shuffles", "1") for _ in range(2))
    assert first.exit_code == 0
    assert first.stderr == ""
    assert first.stdout == second.stdout
    assert "Blind test. 1 times" in first.stdout


def test_the_command_ends_in_1_where_the_blind_test_fails(
    batch: Batch, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed = Trial(1, {"sex": 3}, (), 7)
    monkeypatch.setattr("matcher.audit.blind.blind_trials", lambda *_: (failed,))
    ended = audited(batch.folder, "--format", "csv")
    assert ended.exit_code == 1
    assert ended.stderr == "The blind test failed.\n"
    assert ended.stdout.startswith("grouping,group,people,")


def test_no_batch_is_usage(tmp_path: Path) -> None:
    assert audited(tmp_path).exit_code == 2
