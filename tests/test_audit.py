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
from matcher.audit import Audit, GroupAudit, Grouping, Waiting, audit_result
from matcher.audit.blind import (
    PEOPLE,
    PROTECTED,
    Trial,
    blind_trials,
    shuffle_people,
    without_wishes,
)
from matcher.audit.drivers import Driver, Drivers
from matcher.audit.groups import GROUPINGS, band_of
from matcher.audit.rates import Rate, Share, compare, find_reference
from matcher.batch import run_scenario, write_batch
from matcher.check.again import reopen
from matcher.cli import main
from matcher.criteria import CRITERIA
from matcher.errors import InputError
from matcher.explain.enforced import find_enforced
from matcher.explain.pairs import FAILS, view_rules
from matcher.fit import gather_facts
from matcher.language import words_of
from matcher.pipeline import Result
from matcher.problem import NO_DAY, Candidates, Openings, Problem
from matcher.report.audit import show_audit
from matcher.report.audit.answer import answer
from matcher.report.audit.drivers import tell_drivers
from matcher.rules import RULES, Answer, Rule
from matcher.score import break_down
from tests.conftest import Batch
from tests.readme import ROOT
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
    assert way
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
    gap, nowhere = group.proposals.gap, group.refusals.gap
    if not gap and not nowhere:
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
    assert is_best(group.drivers.nowhere, closed, nowhere)


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
    assert (points_of(result)[0].sum(axis=1) == expected).all()


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


def test_rare_things_have_an_exact_chance() -> None:
    """Five of ten nowhere and none of ninety: few are expected, and still it is no chance."""
    rate = Rate(Share(5, 10), Share(0, 90))
    assert rate.few and rate.p is None
    assert rate.exact_p == pytest.approx(comb(10, 5) / comb(100, 5))
    assert Rate(Share(4, 4), Share(0, 90)).exact_p is None
    assert Rate(Share(0, 90), Share(4, 4)).exact_p is None


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
    return partial(reopen, result.problem, settings=result.problem.settings)


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


def test_a_column_that_a_limit_counts_by_is_not_shuffled(tmp_path: Path) -> None:
    folder = tmp_path / "batch"
    result = run_scenario(ROOT / "scenarios" / "policy")
    write_batch(result, folder)
    ended = audited(folder, "--shuffles", "1")
    assert ended.exit_code == 0, ended.output
    assert "Not shuffled, as a limit counts by it: centre." in ended.stdout
    record = json.loads(audited(folder, "--shuffles", "1", "--format", "json").stdout)["blind_test"]
    assert record["passed"] is True
    assert record["counted_by_limits"] == ["centre"]
    assert sorted([*record["columns"], "centre"]) == sorted(PROTECTED)
    [trial] = record["trials"]
    assert "centre" not in trial["cells_changed"]
    assert trial["cells_changed"]["province"] > 20


def look_at_sex(patch: pytest.MonkeyPatch) -> None:
    """Let rules and criteria see the sexes, as a column beside the others."""

    def with_sexes(problem: Problem) -> Any:
        facts = gather_facts(problem)
        women = np.array([sex == "P" for sex in problem.labels.sexes])
        object.__setattr__(facts, "women", women)
        return facts

    patch.setattr("matcher.weighing.gather_facts", with_sexes)


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


def group_of(
    name: str, proposed: tuple[int, int], of: tuple[int, int], nowhere: tuple[int, int] = (0, 0)
) -> GroupAudit:
    """Return a group with its counts and everybody else's, compared with everybody else."""
    mine, theirs = (Share(*pair) for pair in zip(proposed, of, strict=True))
    refusals = Rate(*(Share(*pair) for pair in zip(nowhere, of, strict=True)))
    impact = compare(mine, "rest" if theirs.of else None, {"rest": theirs})
    one = Driver("medical", Share(nowhere[0], of[0]), Share(nowhere[1], of[1]))
    return GroupAudit(
        *(name, of[0], Rate(mine, theirs), refusals, 0, 0, Fraction(981, 10), impact),
        Drivers(None, None, None, one),
        Waiting(0, 0, 0),
    )


def mirrored(
    grouping: str, proposed: tuple[int, int], of: tuple[int, int], nowhere: tuple[int, int] = (0, 0)
) -> Grouping:
    """Return two groups, each everybody else to the other."""
    names = ("L", "P") if grouping == "sex" else ("Bekasi", "Medan")
    first, second = (
        group_of(names[0], proposed, of, nowhere),
        group_of(names[1], proposed[::-1], of[::-1], nowhere[::-1]),
    )
    return Grouping(grouping, (first, second))


def answered(grouping: Grouping) -> str:
    words = words_of("en")
    return " ".join(words(line) for line in answer(grouping, words))


def driven(grouping: Grouping) -> str:
    return " ".join(tell_drivers(one_pair().problem(), grouping, words_of("en")).split())


def test_the_answer_where_women_are_proposed_as_often() -> None:
    told = answered(mirrored("sex", (87, 43), (100, 50), (2, 3)))
    assert told == (
        "Proposed: men 87 of 100 (87.0 of 100), women 43 of 50 (86.0 of 100); no ratio is under"
        " 0.8 where there are enough people to say, which is no proof of equal treatment. May be"
        " proposed nowhere: men 2 of 100 (2.0 of 100), women 3 of 50 (6.0 of 100)."
    )


def test_the_answer_where_women_are_proposed_less() -> None:
    told = answered(mirrored("sex", (90, 30), (100, 50)))
    assert "under 0.8 of the highest rate: women (0.66), which is a signal to look at" in told
    assert "no proof of unequal treatment" in told
    assert "no ratio" not in told and "nowhere" not in told


def test_the_answer_where_chance_and_no_ratio_speaks() -> None:
    grouping = mirrored("sex", (950, 800), (1000, 1000), (0, 30))
    told = answered(grouping)
    assert "no ratio is under 0.8" in told
    assert told.count("(chance <0.001)") == 2
    assert "men, nowhere" in told and "men, proposals" in told


def test_the_answer_where_there_are_too_few() -> None:
    told = answered(mirrored("sex", (90, 1), (100, 4)))
    assert "there are too few to say whether a ratio is under 0.8" in told
    assert "proof" not in told
    assert driven(mirrored("sex", (90, 1), (100, 4))) == "Too few to say: men, women."


def test_the_answer_of_one_group_and_of_none() -> None:
    alone = Grouping("sex", (group_of("P", (9, 0), (10, 0)),))
    assert answered(alone) == (
        "Everybody who takes part is in one group: there is nothing to compare."
    )
    assert answered(Grouping("sex", (group_of("P", (0, 0), (0, 0)),))) == ""


def test_the_answer_of_many_groups_names_the_ends_that_say_something() -> None:
    counts = {"A": (9, 10), "B": (18, 20), "C": (14, 20), "D": (0, 3), "E": (16, 20)}
    groups = tuple(
        group_of(name, (count, 57 - count), (of, 73 - of)) for name, (count, of) in counts.items()
    )
    told = answered(Grouping("centre", groups))
    assert "between 70.0 of 100 (C: 14 of 20) and 90.0 of 100 (B: 18 of 20); " in told
    assert "D" not in told


def test_of_two_groups_one_side_is_told() -> None:
    sexes = mirrored("sex", (87, 43), (100, 50), (2, 3))
    assert [group.name for group in sexes.sides] == ["P"]
    told = driven(sexes)
    assert told.startswith("women: 43 of 50 proposed (86.0 of 100), everybody else 87 of 100")
    assert "at the rates of their trades 98.1 people" in told
    assert (
        "nowhere: 3 of 50 (6.0 of 100), everybody else 2 of 100 (2.0 of 100), chance 0.334; left"
        " without any by one rule alone: medical check, 6.0 of 100 (3 of 50)" in told
    )
    assert "men:" not in told.replace("women:", "")
    swapped = mirrored("sex", (43, 87), (50, 100))
    assert [group.name for group in swapped.sides] == ["L"]
    same = mirrored("sex", (43, 43), (50, 50))
    assert [group.name for group in same.sides] == ["P"]


def test_the_recorded_of_two_groups_is_told_and_of_three_all() -> None:
    known, unknown = group_of("P", (87, 43), (100, 50)), group_of("", (43, 87), (50, 100))
    assert [group.name for group in Grouping("sex", (known, unknown)).sides] == ["P"]
    third = group_of("L", (9, 90), (10, 140))
    assert len(Grouping("sex", (third, known, unknown)).sides) == 3
    away = group_of("L", (0, 9), (0, 10))
    assert [group.name for group in Grouping("sex", (away, known, unknown)).sides] == ["P"]


def test_a_gap_that_is_not_worth_a_look_is_named_alone() -> None:
    even = mirrored("centre", (87, 43), (100, 50), (2, 3))
    assert driven(even) == "No gap worth a look: Bekasi, Medan."
    gap = driven(mirrored("centre", (90, 30), (100, 50), (2, 3)))
    assert gap.startswith("Medan: 30 of 50") and "nowhere" not in gap and "No gap" not in gap


def test_a_gap_in_nowhere_alone_is_driven_by_the_rule_that_alone_empties() -> None:
    grouping = mirrored("centre", (87, 43), (100, 50), (0, 6))
    assert grouping.sides[0].stranded and not grouping.sides[0].unlikely
    told = driven(grouping)
    assert "nowhere: 6 of 50" in told and "medical check, 12.0 of 100 (6 of 50)" in told
    assert "pairs refused" not in told
    assert "Medan, nowhere (chance" in answered(grouping)


def test_the_pilot_tells_the_gaps_worth_a_look_and_sex(
    shown: tuple[Audit, dict[str, str]],
) -> None:
    audit, forms = shown
    text = forms["text"]
    assert len(text.splitlines()) < 150
    told = {
        (grouping.name, group.name)
        for grouping in audit.groupings
        for group in grouping.sides
        if group.worth_a_look or (grouping.name == "sex" and not group.proposals.few)
    }
    assert ("sex", "P") in told
    assert " ".join(text.split()).count("at the rates of their trades") == len(told)
    record = json.loads(forms["json"])
    for grouping in audit.groupings:
        for group, entry in zip(grouping.groups, record["groupings"][grouping.name], strict=True):
            assert any(entry["worth_a_look"].values()) is group.worth_a_look
            assert (entry["drivers"] is None) is (group.drivers is None)
    women = record["groupings"]["sex"][1]["drivers"]["nowhere"]
    assert women["count"] * women["rest_of"] > women["rest_count"] * women["of"]


def test_long_waits_without_a_proposal_are_shown_by_group(batch: Batch) -> None:
    words, audit = words_of("en"), audit_result(batch.result)
    told = show_audit(batch.result, audit, (), "text", words)
    total = [sum(g.waiting.proposed for g in grouping.groups) for grouping in audit.groupings]
    assert f"Waiting more than 180 days: {total[0]} proposed, 0 not proposed; no date" in told
    sex = audit.groupings[0]
    late = replace(sex.groups[1], waiting=Waiting(0, 3, 0))
    changed = replace(audit, groupings=(replace(sex, groups=(sex.groups[0], late)),))
    told = show_audit(batch.result, changed, (), "text", words)
    assert "3 not proposed" in told
    part = told.split("Waiting more than")[1].split("Wishes of hosts")[0]
    assert "By sex  women" in part and "By sex  men" not in part


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
