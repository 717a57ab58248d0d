"""What unknowns could change: safe proposals against every plan at every end of every range,
and the answers to questions against a plan found anew."""

from __future__ import annotations

import itertools
import json
import random
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from matcher.assign import Impossible, assign_seats, keeps, pairs_of
from matcher.assign.divisions import EVERY_DIVISION, RELAXED, TREE
from matcher.assign.network import WORST, Network
from matcher.errors import MatcherError
from matcher.language import words_of
from matcher.pipeline import Result
from matcher.problem import Flags, Numbers
from matcher.report.asking import table_centres, table_questions
from matcher.report.ranges import table_ranges
from matcher.report.robustness import UNDRAWN, show_robustness
from matcher.rules import RULES
from matcher.score import Scores, break_down
from matcher.screen import Screening
from matcher.settings import CRITERIA
from matcher.sure import Robustness
from matcher.sure.around import open_network
from matcher.sure.asking import HIGH, LOW, NO, OF_OPENINGS, Question, ask_first
from matcher.sure.centres import count_centres
from matcher.sure.ranges import CAN_CHANGE, ONCE_SHOWN, OTHERS_SHOWN, SAFE, weigh_ranges
from tests.limit_worlds import limited_world, random_caps
from tests.worlds import World, one_pair, worlds

EN = words_of("en")
ORDERS = (["placements", "score"], ["score", "placements"], ["score"], ["placements", "worst"])
EXACT = (TREE, EVERY_DIVISION)
FEWEST = 10  # of what each loop over random worlds is there to see
Value = tuple[object, ...]
Whole = tuple[int, ...]


def ranged_result(seed: int) -> Result | None:
    """Return the result of a world under limits in which scores have random ends and some pairs a
    condition; None where it has no plan."""
    draw = random.Random(f"{seed} ranges")
    floor = draw.choice([0, 0, 2, 4])
    objective = {"order": draw.choice(ORDERS), "min_score": floor, "unplaced_worth": floor}
    world = replace(limited_world(seed), objective=objective)
    if draw.random() < 0.4:
        world = replace(world, chosen={**world.chosen, "limits": []})
    try:
        result = world.result()
        if draw.random() < 0.5 and not (result.problem.locked >= 0).any():
            result = under_caps(result, seed)
    except (MatcherError, Impossible):
        return None
    score = result.scores.score
    below, above = (
        np.array([draw.choice([0, 0, 0, 1, 2]) for _ in score], np.int64) for _ in range(2)
    )
    scores = replace(result.scores, low=np.maximum(score - below, 0), high=score + above)
    bits = np.array([draw.choice([0, 0, 0, 1]) for _ in score], np.uint32)
    return replace(result, scores=scores, screening=replace(result.screening, open_rules=bits))


def under_caps(result: Result, seed: int) -> Result:
    """Return the result under quotas that may cross; `Impossible` where there is none."""
    caps = random_caps(seed, len(result.problem.openings))
    quotas = replace(result.facts.quotas, caps=caps)
    facts = replace(result.facts, quotas=quotas)
    plan = assign_seats(result.problem, result.screening, result.scores, caps, facts.limits)
    return replace(result, facts=facts, plan=plan)


def value_of(network: Network, score: Numbers, plan: Numbers, unplaced: int) -> Value:
    """Return what a plan is worth at scores of the network's pairs, name by name."""
    used = [pair for pair in plan.tolist() if pair >= 0]
    parts: dict[str, object] = {
        "placements": len(used),
        "score": sum(int(score[pair]) - unplaced for pair in used),
        "worst": (len(used), tuple(sorted(int(score[pair]) for pair in used))),
    }
    return tuple(parts[name] for name in network.names)


def turned_out(
    result: Result, network: Network, failing: list[int]
) -> Iterator[tuple[Numbers, Flags]]:
    """Yield every way in which scores turn out at an end, and the pairs that may still be used:
    at or above the floor, and any of the failing ones lost."""
    low, high = result.scores.low[network.row], result.scores.high[network.row]
    least = result.problem.settings.objective.min_score
    ends = [sorted({a, b, max(a, min(b, least))}) for a, b in zip(low, high, strict=True)]
    for score in itertools.product(*ends):
        at = np.array(score, np.int64)
        for lost in itertools.product([False, True], repeat=len(failing)):
            may = at >= least
            may[[pair for pair, gone in zip(failing, lost, strict=True) if gone]] = False
            yield at, may


def safe_by_trying(
    result: Result, network: Network, pair_of: Numbers, *, fails: bool
) -> dict[int, bool | None]:
    """Return by candidate whether no plan without the proposal is as good as this one, tried out;
    None where this one may turn out to be no plan."""
    free = replace(network, closed=None)
    options = [
        [-1, *np.flatnonzero(network.person == person).tolist()]
        for person in range(network.people.size)
    ]
    plans = [np.array(plan, np.int64) for plan in itertools.product(*options)]
    plans = [plan for plan in plans if keeps(free, plan)]
    conditional = result.screening.conditional[network.row]
    worth = result.problem.settings.objective.unplaced_worth
    safe: dict[int, bool | None] = {}
    for person in np.flatnonzero(pair_of >= 0).tolist():
        others = [pair for pair in pair_of.tolist() if pair >= 0 and conditional[pair]]
        failing = [pair for pair in others if fails and pair != pair_of[person]]
        without = [plan for plan in plans if plan[person] != pair_of[person]]
        ways = [
            (score, may, np.where((pair_of >= 0) & may[pair_of], pair_of, -1))
            for score, may in turned_out(result, network, failing)
        ]
        stands = all(keeps(free, mine) for *_, mine in ways)
        lost = any(mine[person] < 0 for *_, mine in ways)
        held = stands and not any(
            value_of(network, score, plan, worth) >= value_of(network, score, mine, worth)
            for score, may, mine in ways
            for plan in without
            if may[plan[plan >= 0]].all()
        )
        safe[int(network.people[person])] = held if stands or lost else None
    return safe


def small(result: Result) -> bool:
    """Return whether every way to turn out can be gone through."""
    uncertain = int((result.scores.low < result.scores.high).sum())
    return uncertain <= 4 and result.screening.candidate.size <= 9


@pytest.mark.parametrize("first", range(4))
def test_safe_is_what_no_plan_beats_however_scores_turn_out(first: int) -> None:
    known, told = {True: 0, False: 0}, {True: 0, False: 0}
    for seed in range(first, 600, 4):
        result = ranged_result(seed)
        if result is None or not small(result):
            continue
        network = open_network(result)
        pair_of = pairs_of(network, result.plan)
        exact = result.plan.method in EXACT
        ranges = {one.candidate: one for one in weigh_ranges(result) if not one.on_record}
        for fails in (False, True):
            tried = safe_by_trying(result, network, pair_of, fails=fails)
            assert tried.keys() == ranges.keys()
            for person, expected in tried.items():
                found = ranges[person].whatever if fails else ranges[person].once_shown
                if fails and ranges[person].once_shown is False:
                    assert found is False
                elif found is None:
                    assert WORST in network.names or expected is None or not exact
                else:
                    assert found == expected, (seed, person)
                    known[found] += 1
                told[exact] += found is not None
    assert min(*known.values(), *told.values()) >= FEWEST


# -- Questions -----------------------------------------------------------------------------------


@st.composite
def asked_worlds(draw: DrawFn) -> World:
    """Draw a world, perhaps under limits."""
    world = draw(worlds(4, 3))
    limits = draw(
        st.sampled_from(
            [
                [],
                [],
                [{"by": "host", "max": 2}],
                [{"by": "host", "max": 2}, {"by": "prefecture", "max": 1}],
                [{"budget": 3_000_000, "sum": "cost_to_candidate"}],
            ]
        )
    )
    return replace(world, chosen={"limits": limits})


def best_total(result: Result, screening: Screening, scores: Scores) -> Whole | None:
    """Return what the best plan of a screening is worth, found anew; None where there is none."""
    facts = result.facts
    try:
        plan = assign_seats(result.problem, screening, scores, facts.quotas.caps, facts.limits)
    except Impossible:
        return None
    return worth_of(result, scores, free_rows(result, plan.row))


def free_rows(result: Result, rows: Numbers) -> Numbers:
    """Return the rows of those without a seat on record."""
    return rows[(rows >= 0) & (result.problem.locked < 0)]


def worth_of(result: Result, scores: Scores, rows: Numbers) -> Whole:
    """Return what pairs are worth together, name by name."""
    unplaced = result.problem.settings.objective.unplaced_worth
    parts = {
        "placements": rows.size,
        "score": int((scores.score[rows] - unplaced).sum()),
    }
    return tuple(parts[name] for name in result.problem.order)


def concerned(result: Result, question: Question) -> Flags:
    """Return which pairs of the screening a question could be about."""
    screening = result.screening
    if question.candidate >= 0:
        return np.equal(screening.candidate, question.candidate)
    free = np.less(result.problem.locked[screening.candidate], 0)
    return free & np.equal(screening.opening, question.opening)


def answered(result: Result, question: Question, answer: str) -> tuple[Whole | None, bool]:
    """Return what the best plan is better, or worth less, after an answer; and whether it is the
    latter."""
    pairs = np.flatnonzero(concerned(result, question)).tolist()
    rows = free_rows(result, result.plan.row)
    before = worth_of(result, result.scores, rows)
    if answer == NO:
        bit = [rule.name for rule in RULES].index(question.name)
        screening = result.screening
        gone = concerned(result, question) & (screening.open_rules >> np.uint32(bit) & 1 == 1)
        fewer = replace(
            screening,
            candidate=screening.candidate[~gone],
            opening=screening.opening[~gone],
            open_rules=screening.open_rules[~gone],
        )
        scores = Scores(
            *(
                part[~gone]
                for part in (
                    *(result.scores.score, result.scores.fit),
                    *(result.scores.low, result.scores.high),
                )
            )
        )
        after = best_total(result, fewer, scores)
        return None if after is None else less(before, after), True
    score = result.scores.score.copy()
    for row in pairs:
        who, where = int(result.screening.candidate[row]), int(result.screening.opening[row])
        lines = {one.criterion: one for one in break_down(result.problem, result.facts, who, where)}
        line = lines[question.name]
        score[row] += line.weight * ((line.high if answer == HIGH else line.low) - line.value)
    scores = replace(result.scores, score=score)
    after = best_total(result, result.screening, scores)
    if after is None:
        return None, True
    if (score[rows] < result.problem.settings.objective.min_score).any():
        return less(before, after), True
    return less(after, worth_of(result, scores, rows)), False


def less(one: Whole, other: Whole) -> Whole:
    """Return a difference, place by place."""
    return tuple(a - b for a, b in zip(one, other, strict=True))


def questions_of(result: Result) -> set[tuple[int, int, str]]:
    """Return what is to be asked of values: each criterion that is open at some pair."""
    found = set()
    for row in range(result.screening.candidate.size):
        who, where = int(result.screening.candidate[row]), int(result.screening.opening[row])
        if result.problem.locked[who] >= 0:
            continue
        if result.scores.high[row] < result.problem.settings.objective.min_score:
            continue
        for one in break_down(result.problem, result.facts, who, where):
            if one.low != one.high and one.weight:
                order = one.criterion in OF_OPENINGS
                found.add((-1, where, one.criterion) if order else (who, -1, one.criterion))
    return found


@given(asked_worlds())
@hypothesis_settings(max_examples=60)
def test_an_answer_changes_what_a_plan_found_anew_says(world: World) -> None:
    try:
        result = world.result()
    except MatcherError:
        return
    questions = ask_first(result)
    asked = {(one.candidate, one.opening, one.name) for one in questions if one.answer != NO}
    assert asked == questions_of(result)
    for one in questions:
        answers = (NO,) if one.answer == NO else (HIGH, LOW)
        tried = [answered(result, one, answer) for answer in answers]
        changes = [change for change, _ in tried]
        expected = None if None in changes else max(change for change in changes if change)
        if result.plan.method in EXACT:
            assert one.change == expected, one
        elif result.plan.method == RELAXED and not any(lost for _, lost in tried):
            assert one.change is not None
            assert expected is not None
            assert one.change >= expected
    places = [(one.change is not None, [-part for part in one.change or ()]) for one in questions]
    assert places == sorted(places)


@given(asked_worlds())
@hypothesis_settings(max_examples=40)
def test_every_open_rule_of_a_proposal_is_asked_of_the_person_or_the_order(world: World) -> None:
    try:
        result = world.result()
    except MatcherError:
        return
    questions = [one for one in ask_first(result) if one.answer == NO]
    for person in np.flatnonzero((result.plan.row >= 0) & (result.problem.locked < 0)).tolist():
        bits, opening = (
            int(result.screening.open_rules[result.plan.row[person]]),
            int(result.plan.opening[person]),
        )
        for bit, rule in enumerate(RULES):
            about = [
                one
                for one in questions
                if one.name == rule.name and (one.candidate == person or one.opening == opening)
            ]
            assert len(about) == (bits >> bit & 1)
            assert all(one.proposals >= 1 for one in about)


@given(asked_worlds())
@hypothesis_settings(max_examples=40)
def test_centres_count_everybody_once_and_whom_their_own_answers_would_place(world: World) -> None:
    try:
        result = world.result()
    except MatcherError:
        return
    (centre,) = count_centres(result) or (None,)
    if centre is None:
        assert not result.problem.present.size
        return
    rows = result.plan.row[result.plan.row >= 0]
    assert centre.present == result.problem.present.size
    assert centre.proposed == rows.size
    assert centre.left_out == int((result.scores.high - result.scores.score)[rows].sum())
    if result.plan.method not in EXACT:
        return
    would = 0
    before = worth_of(result, result.scores, free_rows(result, result.plan.row))
    for person in np.flatnonzero(result.plan.row < 0).tolist():
        score = result.scores.score.copy()
        own = result.screening.candidate == person
        score[own] = result.scores.high[own]
        after = best_total(result, result.screening, replace(result.scores, score=score))
        assert after is not None
        would += after > before
    assert centre.would == would


# -- As an officer reads it ----------------------------------------------------------------------


def rivals(**known: str) -> World:
    """Return a world of two welders and one seat; of one the papers are on record."""
    world = one_pair({**known})
    other = {**world.candidates[0], "candidate_id": "C2", "accepted_on": ""}
    return replace(world, candidates=(*world.candidates, other))


def test_who_may_have_waited_longer_is_asked_first_and_nobody_is_safe_until_then() -> None:
    result = rivals().result()
    (one,) = weigh_ranges(result)
    assert (one.candidate, one.state) == (0, CAN_CHANGE)
    first = ask_first(result)[0]
    assert (first.candidate, first.name, first.answer, first.then) == (1, "waiting", HIGH, 0)
    assert first.change == (0, answered(result, first, HIGH)[0][1])  # type: ignore[index]
    (centre,) = count_centres(result)
    assert (centre.present, centre.proposed, centre.would) == (2, 1, 1)


def test_a_proposal_alone_is_safe_once_what_is_open_is_shown() -> None:
    result = one_pair({"medical": ""}).result()
    (one,) = weigh_ranges(result)
    assert (one.state, one.conditions) == (ONCE_SHOWN, ("medical",))
    asked = {question.name: question for question in ask_first(result)}
    assert asked["medical"].answer == NO
    assert asked["medical"].change == (1, int(result.scores.score[0]))
    assert asked["readiness"].change == (0, 0)
    assert not asked["readiness"].matters


def test_a_condition_of_another_that_fails_may_free_a_better_place() -> None:
    done = {"training_result": "lulus", "training_end": "2022-11-30", "jp_done": "640"}
    stated = {**done, "medical": "", "wishes_prefectures": "Aichi"}
    world = one_pair(stated, {"monthly_wage": "200000"})
    second = {**world.candidates[0], "candidate_id": "C2", "medical": "fit"}
    dear = {**world.openings[0], "opening_id": "O2", "cost_to_candidate": "2000000"}
    world = replace(
        world,
        candidates=(*world.candidates, {**second, "wishes_prefectures": ""}),
        openings=(*world.openings, {**dear, "prefecture": "Osaka"}),
    )
    found = {one.candidate: (one.opening, one.state) for one in weigh_ranges(world.result())}
    assert found == {0: (0, ONCE_SHOWN), 1: (1, OTHERS_SHOWN)}
    known = {
        one.candidate: one.state
        for one in weigh_ranges(world.with_person(0, medical="fit").result())
    }
    assert known == {0: SAFE, 1: SAFE}


@pytest.mark.parametrize("what", sorted(UNDRAWN))
def test_views_say_the_same_in_every_form(what: str) -> None:
    result = rivals(medical="").result()
    found = Robustness(result, None, None, ())
    tables = {"unknown": table_ranges, "ask": table_questions, "centres": table_centres}
    rows = tables[what](result)
    assert len(rows)
    csv_text = show_robustness(found, what, "csv", EN)
    assert csv_text.splitlines()[0] == ",".join(rows.columns)
    assert len(json.loads(show_robustness(found, what, "json", EN))[what]) == len(rows)
    text = show_robustness(found, what, "text", EN)
    wanted = {"unknown": "could change", "ask": "time waited", "centres": "points left out"}
    assert wanted[what] in text


def test_nothing_is_claimed_of_a_stable_plan() -> None:
    world = replace(rivals(), objective={"mode": "stable"})
    result = world.result()
    assert ask_first(result) == ()
    assert {one.once_shown for one in weigh_ranges(result)} == {None}
    for what in UNDRAWN:
        found = Robustness(result, None, None, ())
        assert show_robustness(found, what, "text", EN)
        assert show_robustness(found, what, "csv", EN)


def test_of_given_scores_nothing_is_unknown() -> None:
    for seed in range(40):
        try:
            result = limited_world(seed).result()
        except MatcherError:
            continue
        assert not [one for one in ask_first(result) if one.name in CRITERIA]
