"""The next run honours what became of the last: seats, reserves, endings, `keep`, objections."""

from __future__ import annotations

import csv
import itertools
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from matcher.assign import build_network, find_plan, value_seats, weigh_losses
from matcher.assign.network import Network, Tree
from matcher.batch import open_batch, run_scenario, write_batch
from matcher.calling import NOT_CALLED, call_reserves
from matcher.errors import InputError
from matcher.explain import judge_pairs, summarise
from matcher.explain.reasons import held_and_required
from matcher.fit import gather_facts
from matcher.language import words_of
from matcher.pipeline import Result, match, weigh
from matcher.problem import Given, Problem, Standing
from matcher.report.explained import show_explanation
from matcher.report.listing import list_unplaced
from matcher.report.shortlist import show_shortlist
from matcher.report.shown import show_batch, show_summary
from matcher.rules import ALWAYS, RULES
from matcher.screen import judge
from tests.test_quotas import crossing_worlds, keeps, quota_worlds
from tests.worlds import ON, OPENING, PERSON, Row, World, decision, worlds

EN = words_of("en")
KEEPING = ["placements", "keep", "score"]
ORDERS = [["placements", "score"], ["score"], ["keep", "score"], KEEPING, ["placements"]]
# The steps that lead to a state, each on a day of its own.
WAYS = {
    "proposed": ("proposed",),
    "offered": ("offered",),
    "agreed": ("agreed",),
    "declined": ("offered", "declined"),
    "named": ("agreed", "named"),
    "interviewed": ("agreed", "named", "interviewed"),
    "passed": ("agreed", "named", "passed"),
    "reserve": ("agreed", "named", "reserve"),
    "failed": ("agreed", "named", "failed"),
    "no_show": ("agreed", "named", "no_show"),
    "plan_filed": ("agreed", "named", "passed", "plan_filed"),
    "certificate": ("agreed", "named", "passed", "plan_filed", "certificate"),
    "departed": ("agreed", "named", "passed", "plan_filed", "certificate", "departed"),
}


def steps(state: str, person: str, opening: str, **last: str) -> tuple[Row, ...]:
    """Return the rows that lead a pair to a state; `last` are further cells of the last one."""
    way = WAYS[state]
    rows = [
        {
            "candidate_id": person,
            "opening_id": opening,
            "state": name,
            "on": f"2022-11-{day:02}",
            "by": "Officer",
            "rank": "",
            "reason_code": "",
        }
        for day, name in enumerate(way, 1)
    ]
    return (*rows[:-1], {**rows[-1], **last})


def office(people: int = 3, openings: int = 2, **objective: object) -> World:
    """Return welders C1, C2, … who wait the longer the lower their number, and job orders O1, O2,
    … of one seat each that all of them fit."""
    return World(
        tuple(
            {**PERSON, "candidate_id": f"C{n}", "accepted_on": f"2022-{n + 3:02}-01"}
            for n in range(1, people + 1)
        ),
        tuple({**OPENING, "opening_id": f"O{n}"} for n in range(1, openings + 1)),
        objective={"seed": "7", **objective},
    )


def recorded(world: World, *rows: tuple[Row, ...], **tables: tuple[Row, ...]) -> World:
    """Return the world with outcomes, and other tables beside."""
    outcomes = {"outcomes": tuple(itertools.chain(*rows))} if rows else {}
    return replace(world, beside={**world.beside, **outcomes, **tables})


def seats(result: Result) -> dict[str, str]:
    """Return where each person is proposed."""
    problem = result.problem
    return {
        problem.candidate_ids[person]: problem.opening_ids[place]
        for person, place in enumerate(result.plan.opening.tolist())
        if place >= 0
    }


def scores_of(result: Result) -> dict[tuple[int, int], int]:
    """Return the score of each pair that no rule refuses."""
    screening = result.screening
    pairs = zip(screening.candidate.tolist(), screening.opening.tolist(), strict=True)
    return dict(zip(pairs, result.scores.score.tolist(), strict=True))


# -- Seats that are somebody's already -----------------------------------------------------------


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("state", ["passed", "plan_filed", "certificate", "departed"])
def test_a_seat_on_record_stays_under_any_objective(order: list[str], state: str) -> None:
    world = office(order=order, min_score=999_999)
    assert seats(world.result()) == {}
    assert seats(recorded(world, steps(state, "C3", "O1")).result()) == {"C3": "O1"}


def test_better_scores_do_not_take_a_seat_on_record() -> None:
    world = office(openings=1)
    assert seats(world.result()) == {"C1": "O1"}
    assert seats(recorded(world, steps("passed", "C3", "O1")).result()) == {"C3": "O1"}


def refused_lock(world: World) -> tuple[str, int, str, str]:
    with pytest.raises(InputError) as fault:
        match(world.problem())
    [issue] = [one for one in fault.value.issues if one.severity == "error"]
    assert "record what became of it" in EN(issue.mend or "")
    assert issue.value == world.beside["outcomes"][issue.line - 2]["state"]
    return issue.code, issue.line, issue.file, issue.column


def test_a_seat_on_record_that_a_rule_refuses_is_told_at_its_row() -> None:
    world = recorded(office().with_person(2, medical="unfit"), steps("passed", "C3", "O1"))
    assert refused_lock(world) == ("LOCK_REFUSED", 4, "outcomes.csv", "state")


@pytest.mark.parametrize("state", ["certificate", "departed"])
def test_no_rule_is_asked_again_once_the_certificate_is_there(state: str) -> None:
    world = (
        office()
        .with_person(2, medical="unfit", japanese_level="")
        .with_opening(0, min_japanese="N4", order_closes="2022-01-01")
    )
    result = recorded(world, steps(state, "C3", "O1")).result()
    assert seats(result)["C3"] == "O1"
    assert not result.screening.conditional[result.plan.row[2]]
    assert {where for who, where in scores_of(result) if who == 2} == {0}


def test_seats_on_record_beyond_a_quota_are_told_at_their_rows() -> None:
    host = {"host_id": "H1", "full_time_staff": "1", "excellent": "no", "promised": "0"}
    host |= dict.fromkeys(("trainees_1", "trainees_2", "trainees_3"), "0")
    world = recorded(office(), steps("passed", "C1", "O1"), hosts=(host,))
    assert seats(world.result()) == {"C1": "O1"}
    both = recorded(world, steps("passed", "C1", "O1"), steps("passed", "C2", "O2"))
    with pytest.raises(InputError) as fault:
        match(both.problem())
    told = [(i.code, i.line, i.column) for i in fault.value.issues if i.severity == "error"]
    assert told == [("LOCK_CAPPED", 4, "state"), ("LOCK_CAPPED", 7, "state")]


def test_more_seats_on_record_than_a_job_order_has_are_an_error() -> None:
    problem = recorded(office(), steps("passed", "C1", "O1")).problem()
    [_, _, step] = problem.outcomes
    locked = problem.locked.copy()
    locked[1] = 0
    both = replace(problem, locked=locked, outcomes=(*problem.outcomes, replace(step, candidate=1)))
    with pytest.raises(InputError) as fault:
        match(both)
    assert [issue.code for issue in fault.value.issues if issue.severity == "error"] == ["LOCK"] * 2


def test_a_seat_is_kept_for_somebody_on_hold() -> None:
    problem = recorded(office(), steps("passed", "C3", "O1")).problem()
    standing = problem.standing.copy()
    standing[2] = Standing.HELD
    causes = (*problem.standing_cause[:2], "hold")
    result = match(replace(problem, standing=standing, standing_cause=causes))
    assert seats(result) == {"C1": "O2"}
    summary = summarise(result)
    assert (summary.proposed, summary.filled, summary.empty) == (1, 2, 0)
    verdicts = set(judge_pairs(result).name.tolist())
    assert verdicts == {"proposed", "decided", "outscored"}
    assert show_summary(result, "text", EN)


# -- Pairs that ended ----------------------------------------------------------------------------


@given(worlds(people=6, openings=4), st.data())
def test_ended_pairs_are_never_proposed_again_and_nothing_else_changes(
    world: World, data: DataObject
) -> None:
    world = replace(world, decisions=tuple(d for d in world.decisions if d["action"] != "place"))
    before = world.result()
    problem = before.problem
    pairs = list(itertools.product(range(len(world.candidates)), range(len(world.openings))))
    ended = data.draw(st.lists(st.sampled_from(pairs), max_size=4, unique=True))
    rows = [
        steps(
            data.draw(st.sampled_from(["declined", "failed", "no_show"])),
            problem.candidate_ids[person],
            problem.opening_ids[opening],
            reason_code=data.draw(st.sampled_from(["unknown", ""])),
        )
        for person, opening in ended
    ]
    after = recorded(world, *rows).result()
    had, has = scores_of(before), scores_of(after)
    assert has == {pair: score for pair, score in had.items() if pair not in ended}
    assert not {*enumerate(after.plan.opening.tolist())} & {*ended}
    assert after.problem.candidates.accepted_on.tolist() == problem.candidates.accepted_on.tolist()
    waited = [list_unplaced(one, EN) for one in (before, after)]
    if before.plan.opening.tolist() == after.plan.opening.tolist() and not ended:
        assert waited[0] == waited[1]


def test_a_missed_interview_that_closes_nothing_leaves_the_pair() -> None:
    world = recorded(office(1, 1), steps("no_show", "C1", "O1", reason_code="travel"))
    assert seats(world.result()) == {"C1": "O1"}


@pytest.mark.parametrize(
    ("state", "code", "kind"),
    [("declined", "terms", "person"), ("failed", "skill", "order"), ("no_show", "", "order")],
)
def test_who_answered_is_told_with_day_and_reason(state: str, code: str, kind: str) -> None:
    result = recorded(office(1), steps(state, "C1", "O1", reason_code=code)).result()
    rule = "declined" if state == "declined" else "interview"
    assert {one.name: one.kind for one in RULES}[rule] == kind
    held, required = held_and_required(result.problem, result.facts, rule, 0, 0)
    told = EN(held)
    assert "November" in told
    assert "O1" in told
    assert ("the person declined" in told) == (state == "declined")
    assert ("by the host" in told) == (state == "failed")
    assert EN(required)
    shown = show_explanation(result, "C1", "O1", "text", EN)
    assert told in shown
    record = json.loads(show_explanation(result, "C1", "O1", "json", EN))
    assert record["verdict"] == "refused"
    assert [rule["rule"] for rule in record["rules"]] == [rule]
    assert [step["state"] for step in record["outcomes"]] == list(WAYS[state])


def test_an_ending_that_reaches_further_says_where_it_was() -> None:
    world = office(1, 3).with_opening(2, host_id="H2")
    result = recorded(world, steps("failed", "C1", "O1", reason_code="host_wide")).result()
    assert seats(result) == {"C1": "O3"}
    held, _ = held_and_required(result.problem, result.facts, "interview", 0, 1)
    assert "O1" in EN(held)


def test_an_ending_that_closes_nothing_is_not_the_reason() -> None:
    rows = (
        steps("declined", "C1", "O1", reason_code="date", on="2022-11-20"),
        steps("declined", "C1", "O2", reason_code="not_this_host"),
    )
    result = recorded(office(1, 2), *rows).result()
    assert seats(result) == {}
    held, _ = held_and_required(result.problem, result.facts, "declined", 0, 0)
    assert "O2" in EN(held) and "O1" not in EN(held)


def test_the_hosts_new_yes_waives_the_result_and_nothing_waives_the_persons_no() -> None:
    failed = recorded(office(1, 1), steps("failed", "C1", "O1", reason_code="skill"))
    assert seats(failed.result()) == {}
    waived = replace(failed, decisions=(decision("waive:interview", "C1", "O1"),))
    assert seats(waived.result()) == {"C1": "O1"}
    assert "not taken further" in show_shortlist(waived.result(), "text", EN)
    declined = recorded(office(1, 1), steps("declined", "C1", "O1", reason_code="terms"))
    with pytest.raises(InputError):
        replace(declined, decisions=(decision("waive:declined", "C1", "O1"),)).problem()
    assert seats(replace(declined, decisions=waived.decisions).result()) == {}


@pytest.mark.parametrize(
    ("code", "standing", "cause"),
    [("family", Standing.HELD, "outcome_hold"), ("other_work", 2, "outcome_withdraw")],
)
def test_people_whom_an_outcome_holds_are_told_so(code: str, standing: int, cause: str) -> None:
    result = recorded(office(1), steps("declined", "C1", "O1", reason_code=code)).result()
    assert result.problem.standing.tolist() == [standing]
    assert result.problem.standing_cause == (cause,)
    assert seats(result) == {}
    assert "C1" in list_unplaced(result, EN)
    assert "with an earlier proposal" in show_explanation(result, "C1", None, "text", EN)


# -- Reserves ------------------------------------------------------------------------------------


def test_reserves_come_before_better_scores_in_rank_order() -> None:
    rows = (steps("reserve", "C3", "O1", rank="1"), steps("reserve", "C2", "O1", rank="2"))
    result = recorded(office(openings=1), *rows).result()
    assert seats(result) == {"C3": "O1"}
    assert result.problem.called == (2,)
    two = recorded(office(openings=1).with_opening(0, seats="2"), *rows).result()
    assert seats(two) == {"C2": "O1", "C3": "O1"}
    none = recorded(office(openings=1), *rows, steps("passed", "C1", "O1")).result()
    assert seats(none) == {"C1": "O1"}
    assert none.problem.called == ()
    assert not [note for note in none.problem.notes if note.code == NOT_CALLED]


def test_a_reserve_without_a_rank_comes_last_and_the_earlier_day_first() -> None:
    rows = (steps("reserve", "C1", "O1"), steps("reserve", "C2", "O1", rank="9"))
    assert seats(recorded(office(openings=1), *rows).result()) == {"C2": "O1"}
    rows = (steps("reserve", "C1", "O1"), steps("reserve", "C2", "O1", on="2022-11-02"))
    assert seats(recorded(office(openings=1), *rows).result()) == {"C2": "O1"}


def test_who_cannot_be_called_is_told_why() -> None:
    world = office(4, 2).with_person(0, medical="unfit")
    rows = (
        steps("reserve", "C1", "O1", rank="1"),
        steps("reserve", "C2", "O1", rank="2"),
        steps("passed", "C2", "O2"),
    )
    result = recorded(world, *rows).result()
    notes = [note for note in result.problem.notes if note.code == NOT_CALLED]
    assert [(note.line, note.column, note.severity) for note in notes] == [
        (4, "state", "note"),
        (7, "state", "note"),
    ]
    told = [EN(note.reason) for note in notes]
    assert "medical check" in told[0]
    assert "O2" in told[1]
    held = replace(recorded(office(), rows[0]), decisions=(decision("hold", "C1"),)).result()
    assert [EN(n.reason) for n in held.problem.notes if "on hold" in EN(n.reason)]


@st.composite
def with_reserves(draw: st.DrawFn) -> World:
    """Draw a world under quotas with reserves on record."""
    world = draw(quota_worlds() | crossing_worlds())
    people = [row["candidate_id"] for row in world.candidates]
    orders = [row["opening_id"] for row in world.openings]
    pairs = list(itertools.product(people, orders))
    chosen = draw(st.lists(st.sampled_from(pairs), max_size=6, unique=True))
    rows = [
        steps("reserve", person, order, on=f"2022-11-{draw(st.integers(2, 4)):02}")
        for person, order in chosen
    ]
    ranks: dict[str, int] = {}
    ranked = []
    for row in rows:
        order = row[-1]["opening_id"]
        ranks[order] = ranks.get(order, 0) + 1
        rank = draw(st.sampled_from([str(ranks[order]), ""]))
        ranked.append((*row[:-1], {**row[-1], "on": "2022-11-04", "rank": rank}))
    return recorded(world, *ranked) if ranked else world


@given(with_reserves())
def test_reserves_are_called_in_order_within_seats_and_quotas(world: World) -> None:
    base = world.problem()
    problem, facts, screening, _ = weigh(base)
    allowed = set(zip(screening.candidate.tolist(), screening.opening.tolist(), strict=True))
    locked = {person: int(at) for person, at in enumerate(base.locked.tolist()) if at >= 0}
    reserves = sorted(
        (step for step in base.outcomes if step.state == "reserve"),
        key=lambda s: (
            s.rank == 0,
            s.rank,
            s.on,
            base.opening_ids[s.opening],
            base.candidate_ids[s.candidate],
        ),
    )
    called = set()
    for step in reserves:
        pair = (step.candidate, step.opening)
        free = keeps(base, facts.quotas, [*locked.values(), step.opening])
        if free and pair in allowed and step.candidate not in locked:
            locked[step.candidate] = step.opening
            called.add(step.candidate)
    assert set(problem.called) == called
    assert {p: int(at) for p, at in enumerate(problem.locked.tolist()) if at >= 0} == locked
    assert weigh(problem)[0].locked.tolist() == problem.locked.tolist()
    once, again = (call_reserves(one, facts, screening).notes for one in (base, problem))
    assert once == again
    result = match(base)
    assert all(result.plan.opening[person] == at for person, at in locked.items())


# -- Keep ----------------------------------------------------------------------------------------


def earlier_rows(problem: Problem, pairs: Sequence[tuple[int, int]]) -> tuple[Row, ...]:
    return tuple(
        {
            "candidate_id": problem.candidate_ids[person],
            "opening_id": problem.opening_ids[opening],
        }
        for person, opening in pairs
    )


def plans_of(result: Result) -> list[tuple[int, ...]]:
    """Return every plan that seats, quotas and locks allow (each candidate's opening, -1: none)."""
    problem, able = result.problem, scores_of(result)
    options = []
    for person, at in enumerate(problem.locked.tolist()):
        free = [-1, *(place for whose, place in able if whose == person)]
        options.append([at] if at >= 0 else free)
    return [
        plan
        for plan in itertools.product(*options)
        if keeps(problem, result.facts.quotas, [place for place in plan if place >= 0])
    ]


def worth(result: Result, kept: set[tuple[int, int]], plan: Sequence[int]) -> tuple[int, ...]:
    """Return a plan's worth, the pairs of locked people left out."""
    scores, problem = scores_of(result), result.problem
    pairs = [(i, j) for i, j in enumerate(plan) if j >= 0 and problem.locked[i] < 0]
    numbers = {
        "placements": len(pairs),
        "keep": len(kept & {*pairs}),
        "score": sum(scores[pair] for pair in pairs),
    }
    return tuple(numbers[name] for name in problem.order)


@settings(max_examples=60)
@given(quota_worlds() | crossing_worlds(), st.sampled_from(ORDERS[2:4]), st.data())
def test_keep_is_that_of_brute_force_with_losses_and_verdicts(
    world: World, order: list[str], data: DataObject
) -> None:
    world = replace(world, objective={**world.objective, "order": order})
    problem = world.problem()
    pairs = itertools.product(range(len(world.candidates)), range(len(world.openings)))
    kept = set(data.draw(st.lists(st.sampled_from(list(pairs)), max_size=5, unique=True)))
    result = match(replace(problem, earlier=tuple(sorted(kept))))
    plans = plans_of(result)
    values = [worth(result, kept, plan) for plan in plans]
    best = max(values)
    mine = tuple(result.plan.opening.tolist())
    assert worth(result, kept, mine) == best
    counts = summarise(result).outcomes
    assert counts.earlier == len(kept)
    assert counts.kept == len(kept & {*enumerate(mine)})
    verdicts = judge_pairs(result)
    for row, (person, place) in enumerate(scores_of(result)):
        if problem.locked[person] >= 0 or mine[person] == place:
            continue
        holding = [v for v, plan in zip(values, plans, strict=True) if plan[person] == place]
        assert bool(verdicts.exists[row]) == bool(holding)
        if not holding:
            continue
        loss = tuple(a - b for a, b in zip(best, max(holding), strict=True))
        assert tuple(verdicts.loss[row].tolist()) == loss
        first = next((name for name, n in zip(order, loss, strict=True) if n), "")
        assert (verdicts.name[row] == "kept") == (first == "keep")


@given(quota_worlds() | crossing_worlds() | worlds(people=6, openings=4))
def test_with_nothing_changed_the_next_run_is_the_same_plan(world: World) -> None:
    before = world.result()
    pairs = [(i, j) for i, j in enumerate(before.plan.opening.tolist()) if j >= 0]
    names = before.problem.order
    keeping = [names[0], "keep", *names[1:]]
    rows = earlier_rows(before.problem, pairs)
    again = replace(
        world,
        objective={**world.objective, "order": keeping},
        beside={**world.beside, "earlier": rows} if rows else world.beside,
    ).result()
    assert again.plan.opening.tolist() == before.plan.opening.tolist()
    assert summarise(again).outcomes.kept == len(pairs)


@pytest.mark.parametrize("state", ["proposed", "offered", "agreed", "named", "interviewed"])
def test_a_pair_on_its_way_is_kept(state: str) -> None:
    world = office(openings=1, order=KEEPING)
    assert seats(world.result()) == {"C1": "O1"}
    result = recorded(world, steps(state, "C3", "O1")).result()
    assert seats(result) == {"C3": "O1"}
    assert set(judge_pairs(result).name.tolist()) == {"proposed", "kept"}
    for form in ("text", "json", "csv"):
        assert show_explanation(result, "C1", "O1", form, EN)
        assert show_batch(result, "openings", form, EN)
    told = show_explanation(result, "C1", "O1", "text", EN)
    assert "1 fewer kept as proposed before" in told
    told = show_summary(result, "text", EN)
    assert "Proposed or underway before: 1; there again now 1, no" in told


def test_earlier_or_outcomes_make_keep_the_second_name() -> None:
    world = office(openings=1)
    assert world.problem().order == ("placements", "score")
    later = recorded(world, steps("offered", "C3", "O1"))
    assert later.problem().order == ("placements", "keep", "score")
    own = recorded(office(openings=1, order=["score"]), steps("offered", "C3", "O1"))
    assert own.problem().order == ("score",)


@given(st.randoms(use_true_random=False))
def test_many_people_at_few_openings_are_read_off_exactly(random: object) -> None:
    """Where whole plans do not fit into 60 bits, paths do: losses and seat values grow with the
    scores and nothing else changes."""
    draw = np.random.default_rng(getattr(random, "randint")(0, 10**6))  # noqa: B009
    people, openings, factor = 40, 2, 10**9
    tree = Tree.without_floors(openings, np.array([2, 2, 2]), np.array([7, 5, 0]))
    person, opening = np.divmod(np.arange(people * openings), openings)
    score = draw.integers(0, 1000, person.size)
    kept = draw.integers(0, 2, person.size)

    def network(scale: int) -> Network:
        columns = [np.ones(person.size, np.int64), kept, score * scale]
        rows = np.arange(person.size)
        worths = np.stack(columns, axis=1)
        return Network(
            np.arange(people),
            tree,
            person,
            opening,
            rows,
            tuple(KEEPING),
            worths,
            groups=Tree.plain(np.ones(people, int)),
        )

    small, large = network(1), network(factor)
    assert small.packing.terms > large.packing.terms
    tickets = draw.permutation(person.size)

    def lots(suffix: str, pairs: np.ndarray) -> np.ndarray:
        return np.where(np.isin(np.arange(person.size), pairs), tickets, 0)

    plan, tied = find_plan(small, lots)
    other, also = find_plan(large, lots)
    assert plan.tolist() == other.tolist()
    assert tied.tolist() == also.tolist()
    up = np.array([1, 1, factor])
    assert np.array_equal(weigh_losses(small, plan).loss * up, weigh_losses(large, plan).loss)
    for part in ("low", "high"):
        mine, theirs = (getattr(value_seats(one, plan), part) for one in (small, large))
        assert np.array_equal(mine * up, theirs)


# -- Objections, lists and batches ---------------------------------------------------------------


def objection(person: str, on: str, **cells: str) -> Row:
    row = {"candidate_id": person, "opening_id": "", "text": "Mohon dijelaskan", "on": on}
    return {**row, "answer": "", "answered_on": "", "outcome": "", "by": "Keluarga", **cells}


ANSWERED = {"answer": "Sudah dijelaskan", "answered_on": "2022-12-05", "outcome": "not_upheld"}


def test_an_objection_is_shown_until_it_is_answered() -> None:
    rows = (
        objection("C1", "2022-12-01"),
        objection("C2", "2022-11-01", opening_id="O2"),
        objection("C3", "2022-12-01", **ANSWERED),
    )
    result = recorded(office(), objections=rows).result()
    told = show_summary(result, "text", EN)
    waiting = "C2 (by November 15, 2022, late), C1 (by December 15, 2022)"
    assert f"wait for an answer: 2: {waiting}." in told
    listed = json.loads(show_batch(result, "objections", "json", EN))
    assert [(row["candidate_id"], row["state"], row["due"]) for row in listed] == [
        ("C2", "late", "2022-11-15"),
        ("C1", "open", "2022-12-15"),
        ("C3", "not_upheld", "2022-12-15"),
    ]
    for person, waits in (("C1", True), ("C2", True), ("C3", False)):
        text = show_explanation(result, person, None, "text", EN)
        assert ("Mohon dijelaskan" in text) == waits
        record = json.loads(show_explanation(result, person, None, "json", EN))
        assert bool(record["objections"]) == waits
    assert "late" in show_batch(result, "O2", "text", EN)
    assert "Mohon" not in show_batch(result, "O1", "text", EN)
    assert "Mohon" in show_explanation(result, "C1", "O1", "text", EN)
    assert "Mohon" not in show_explanation(result, "C2", "O1", "text", EN)
    for form in ("text", "csv"):
        assert "Mohon dijelaskan" in show_batch(result, "objections", form, EN)


def test_days_to_answer_are_the_scenarios() -> None:
    world = recorded(office(), objections=(objection("C1", "2022-12-01"),))
    short = replace(world, chosen={"objections": {"days": 3}}).result()
    assert "(by December 4, 2022, late)" in show_summary(short, "text", EN)


def test_the_summary_tells_what_is_on_record() -> None:
    rows = (
        steps("passed", "C1", "O1"),
        steps("reserve", "C2", "O2"),
        steps("declined", "C3", "O1", reason_code="terms"),
        steps("failed", "C3", "O2", reason_code="skill"),
        steps("offered", "C3", "O3"),
    )
    result = recorded(office(3, 3), *rows).result()
    told = show_summary(result, "text", EN)
    for sentence in (
        "Seats that are somebody's already: passed the interview 1.",
        "Reserves called up to a free seat: 1.",
        "Earlier proposals that ended: 1 declined by the person, 1 not taken further by the host,",
        "the decisions and outcomes on record.",
    ):
        assert sentence in told
    table = json.loads(show_batch(result, "outcomes", "json", EN))
    assert {(row["candidate_id"], row["opening_id"]): row["next_run"] for row in table} == {
        ("C1", "O1"): "seat",
        ("C2", "O2"): "called",
        ("C3", "O1"): "pair",
        ("C3", "O2"): "pair",
        ("C3", "O3"): "keep",
    }
    for language in ("id", "ja", "en"):
        assert "C2" in show_batch(result, "outcomes", "text", words_of(language))


def test_a_batch_opens_as_it_was_written(tmp_path: Path) -> None:
    world = recorded(
        office(),
        steps("reserve", "C3", "O1", rank="1"),
        steps("reserve", "C2", "O1", rank="2"),
        steps("passed", "C2", "O2"),
        steps("declined", "C1", "O1", reason_code="terms"),
        earlier=earlier_rows(office().problem(), [(0, 1)]),
        objections=(objection("C1", "2022-12-01"),),
    )
    tables = {"candidates": world.candidates, "openings": world.openings, **world.beside}
    for name, rows in tables.items():
        with (tmp_path / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, list(rows[0]))
            writer.writeheader()
            writer.writerows(rows)
    named = "\n".join(f'{name} = "{name}.csv"' for name in tables)
    text = f'name = "Next"\non = {ON}\nentry = [2023-04-01, 2023-08-31]\n[files]\n{named}\n'
    (tmp_path / "scenario.toml").write_text(text, encoding="utf-8")
    result = run_scenario(tmp_path)
    assert seats(result) == {"C3": "O1", "C2": "O2"}
    write_batch(result, tmp_path / "batch")
    opened = open_batch(tmp_path / "batch")
    assert seats(opened) == seats(result)
    assert opened.problem.called == result.problem.called == (2,)
    assert opened.problem.locked.tolist() == result.problem.locked.tolist()
    for what in ("outcomes", "objections", "C1", "O1", None):
        assert show_batch(opened, what, "text", EN) == show_batch(result, what, "text", EN)


# -- Given scores --------------------------------------------------------------------------------


def test_without_our_rules_only_what_is_on_record_is_asked() -> None:
    host = {"host_id": "H1", "full_time_staff": "1", "excellent": "no", "promised": "0"}
    host |= dict.fromkeys(("trainees_1", "trainees_2", "trainees_3"), "0")
    world = office().with_person(0, medical="unfit").with_person(1, former_trainee="ya")
    problem = recorded(world, steps("failed", "C3", "O1"), hosts=(host,)).problem()
    given = Given(
        np.array([0, 1, 2, 2], np.int32),
        np.array([0, 1, 0, 1], np.int32),
        np.array([5, 6, 7, 8], np.int64),
        2,
    )
    off = problem.settings.model_copy(
        update={"scores": problem.settings.scores.model_copy(update={"rules": False})}
    )
    for chosen, applied in ((problem.settings, True), (off, False)):
        facts = gather_facts(replace(problem, given=given, settings=chosen))
        assert facts.rules_apply == applied
        assert facts.quotas.checked == applied
        c, o = problem.candidates.down(), problem.openings.across()
        answers = dict(zip((rule.name for rule in RULES), judge(c, o, facts), strict=True))
        for name, masks in answers.items():
            if not applied and name not in ALWAYS:
                assert all(mask.shape == (1, 1) and not mask.any() for mask in masks)
        refused = [fails for name, (fails, _) in answers.items() if name in ALWAYS]
        assert np.logical_or.reduce(np.broadcast_arrays(*refused)).tolist() == [
            [False, True],
            [True, False],
            [True, False],
        ]
        assert answers["medical"][0].any() == applied
    assert gather_facts(replace(problem, settings=off)).rules_apply


def test_the_network_has_a_column_for_each_name() -> None:
    world = recorded(office(openings=1, order=KEEPING), steps("agreed", "C3", "O1"))
    result = world.result()
    network = build_network(result.problem, result.screening, result.scores)
    assert network.names == tuple(KEEPING)
    assert network.worth[:, 1].tolist() == [0, 0, 1]
