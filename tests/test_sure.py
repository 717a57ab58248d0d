"""How sure a plan is: each draw is a run with its weights, each flip the first of all weights on
the way, and the queue says what is on record."""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from matcher.assign import find_plan
from matcher.assign.network import Face, Network, Worth
from matcher.batch import run_scenario
from matcher.cli import main
from matcher.errors import MatcherError, UsageError
from matcher.explain import view_rules
from matcher.language import words_of
from matcher.pipeline import Result, match
from matcher.problem import Numbers, Problem
from matcher.report.robustness import UNDRAWN, VIEWS, show_robustness
from matcher.score import break_down
from matcher.settings import CRITERIA, Weights
from matcher.sure import Robustness, robustness
from matcher.sure.draws import draw_weights, weigh_draws
from matcher.sure.flips import COARSE, DOWN, UP, amounts, walk
from matcher.sure.tree import Standing, Tree
from matcher.sure.weighted import Weighted
from matcher.whatif.scaling import WHOLE, scale_weights, share_out
from tests.conftest import Batch
from tests.networks import random_network
from tests.readme import ROOT
from tests.test_given_scores import bare, score
from tests.worlds import OPENING, PERSON, World, worlds

ORDERS = (
    *(["placements", "score"], ["score", "placements"], ["score"], ["placements"]),
    *(["placements", "keep", "score"], ["worst", "score"], ["placements", "worst", "keep"]),
)
LIMITS = (
    *({"by": "host", "max": 1}, {"by": "job_group", "max": 2}, {"by": "prefecture", "max": 1}),
    *({"by": "centre", "max": 2}, {"by": "host", "of": "H1", "min": 1}),
    {"budget": 3_000_000, "sum": "cost_to_candidate"},
)


@pytest.fixture(scope="module")
def found(batch: Batch) -> Robustness:
    """How sure the pilot's plan is, by a few draws; not to be changed."""
    return robustness(batch.result, 40)


def reweighed(problem: Problem, weights: Weights) -> Problem:
    """Return the problem with other weights."""
    return replace(problem, settings=problem.settings.model_copy(update={"weights": weights}))


def rerun(problem: Problem, weights: Weights) -> list[int] | None:
    """Return the openings of a whole run with other weights, None where it finds no plan."""
    try:
        openings: list[int] = match(reweighed(problem, weights)).plan.opening.tolist()
    except MatcherError:
        return None
    return openings


def planned(weighted: Weighted, weights: Weights, near: Numbers | None = None) -> list[int] | None:
    """Return the openings of our plan with other weights."""
    pair_of = weighted.plan(weights, near)
    return None if pair_of is None else weighted.openings(pair_of).tolist()


def random_weights(draw: random.Random, few: bool = False) -> Weights:
    """Return weights of random sizes; of few of the criteria, or of all."""
    parts = {name: draw.choice([0, 1, 3] if few else [1, 2, 5, 9]) for name in CRITERIA}
    return Weights(**share_out({**parts, draw.choice(CRITERIA): 4}, WHOLE))


@st.composite
def weighed_worlds(draw: DrawFn) -> World:
    """Draw a world with its own weights, any order of the objective, and perhaps limits, an
    earlier plan or job orders that need some to start."""
    world, own = draw(worlds()), draw(st.randoms(use_true_random=False))
    order = own.choice(ORDERS)
    ids = [row["candidate_id"] for row in world.candidates]
    places = [row["opening_id"] for row in world.openings]
    earlier = tuple(
        {"candidate_id": person, "opening_id": own.choice(places)} for person in ids[::2]
    )
    limits = own.sample(LIMITS, own.choice([0, 0, 1, 2]))
    openings = tuple(
        {**row, "min_seats": "2" if row["seats"] in "23" and own.random() < 0.3 else ""}
        for row in world.openings
    )
    return replace(
        world,
        openings=openings,
        objective={**world.objective, "order": order},
        chosen={"weights": random_weights(own, own.random() < 0.5).model_dump(), "limits": limits},
        beside={"earlier": earlier} if "keep" in order else {},
    )


def opened(world: World) -> Result | None:
    """Return the result of a world, None where it has no plan."""
    try:
        return world.result()
    except MatcherError:
        return None


# -- Each draw is a run --------------------------------------------------------------------------


@given(weighed_worlds(), st.randoms(use_true_random=False))
@hypothesis_settings(max_examples=60)
def test_a_plan_under_other_weights_is_that_of_a_run(world: World, draw: random.Random) -> None:
    result = opened(world)
    if result is None:
        return
    weighted = Weighted(result)
    chosen = result.problem.settings.weights
    assert planned(weighted, chosen) == result.plan.opening.tolist()
    near: Numbers | None = weighted.chosen
    for weights in (draw_weights(chosen, "7", 0), random_weights(draw), random_weights(draw, True)):
        expected = rerun(result.problem, weights)
        assert planned(weighted, weights) == expected
        assert planned(weighted, weights, near) == expected
        near = weighted.plan(weights, near)


def changed(text: str) -> Callable[[Path], Result]:
    """Return how the pilot is run with a line put before its seed."""

    def run(pilot: Path) -> Result:
        settings = pilot / "scenario.toml"
        stated = settings.read_text(encoding="utf-8")
        settings.write_text(stated.replace("seed", f"{text}\nseed", 1), encoding="utf-8")
        return run_scenario(pilot)

    return run


@pytest.mark.parametrize(
    ("text", "draws"),
    [
        ("", 30),
        ('order = ["score", "placements"]', 10),
        ('order = ["worst", "score"]', 3),
        ("min_score = 600000", 10),
        ("unplaced_worth = 650000\nmin_score = 500000", 10),
        ('mode = "stable"', 5),
    ],
)
def test_each_draw_of_the_pilot_is_a_run(pilot: Path, text: str, draws: int) -> None:
    check_draws(changed(text)(pilot), draws)


@pytest.mark.parametrize(
    ("name", "draws"), [("esd-2027", 10), ("season/2-plan", 10), ("season/3-back", 10), ("tiny", 9)]
)
def test_each_draw_of_a_scenario_is_a_run(name: str, draws: int) -> None:
    check_draws(run_scenario(ROOT / "scenarios" / name), draws)


def test_a_draw_of_a_scenario_that_the_solver_chose_is_a_run() -> None:
    check_draws(run_scenario(ROOT / "scenarios" / "policy"), 1)


def check_draws(result: Result, draws: int) -> None:
    """Check the first draws of a result: plans and counts are those of whole runs."""
    told: list[tuple[str, int]] = []
    found = weigh_draws(Weighted(result), draws, lambda part, share: told.append((part, share)))
    assert [share for _, share in told] == [100 * (n + 1) // draws for n in range(draws)]
    runs = [rerun(result.problem, weights) for weights in found.weights]
    own = result.plan.opening.tolist()
    assert found.stays.tolist() == [
        sum(run[p] == at for run in runs if run) for p, at in enumerate(own)
    ]
    assert found.hosted.tolist() == [
        sum(run[p] >= 0 for run in runs if run) for p in range(len(own))
    ]
    assert found.without == runs.count(None)


def test_draws_without_a_plan_are_counted_and_nobody_stays_there() -> None:
    world = World(
        (PERSON,),
        (OPENING,),
        chosen={"limits": [{"by": "host", "of": "H1", "min": 1}]},
    )
    at = int(world.result().scores.score[0])
    world = replace(world, objective={"min_score": at})
    result = world.result()
    found = robustness(result, 40)
    assert found.draws is not None
    runs = [rerun(result.problem, weights) for weights in found.draws.weights]
    assert 0 < runs.count(None) == found.draws.without < 40
    assert found.proposals[0].stays == 40 - found.draws.without
    assert f"In {found.draws.without} draws no plan" in show_robustness(
        found, None, "text", words_of("en")
    )


# -- How weights are drawn -----------------------------------------------------------------------


def test_drawn_weights_are_the_same_everywhere() -> None:
    drawn = [draw_weights(Weights(), "20221212", n).model_dump() for n in (0, 499)]
    assert [tuple(weights[name] for name in CRITERIA) for weights in drawn] == [
        (478, 107, 69, 43, 36, 128, 113, 26),
        (308, 133, 95, 50, 77, 171, 134, 32),
    ]


@given(st.randoms(use_true_random=False), st.text(max_size=5))
def test_drawn_weights_lie_around_the_chosen_ones(draw: random.Random, seed: str) -> None:
    chosen = random_weights(draw, True)
    drawn = [draw_weights(chosen, seed, n).model_dump() for n in range(20)]
    for weights in drawn:
        assert sum(weights.values()) == WHOLE
        for name, weight in chosen.model_dump().items():
            assert weight * 50 // 150 <= weights[name] <= weight * 150 // 50 + 1
            assert weight or not weights[name]
    some = sum(weight > 0 for weight in chosen.model_dump().values())
    assert some == 1 or len({tuple(weights.values()) for weights in drawn}) > 10


# -- Plans of trees, quickly ---------------------------------------------------------------------


def tree_of(seed: int, most: int) -> tuple[Network, Tree, Numbers]:
    """Return a random network, ready for other scores, and tickets from 0 to `most`, often
    alike."""
    network = random_network(seed)
    rng = np.random.default_rng(seed)
    rounds = {suffix: rng.integers(0, most + 1, network.person.size) for suffix in ("", "#2")}
    last = np.arange(network.person.size) ** 2 * 7 + 1

    def draw(suffix: str) -> Worth:
        return rounds.get(suffix, last).astype(np.int64)

    scores = rng.integers(0, 4, (3, network.person.size))
    return network, Tree(network, 0, draw), scores


@pytest.mark.parametrize("most", [1, 2**40 - 1])
def test_plans_of_trees_at_other_scores_are_those_of_the_stages(most: int) -> None:
    seen = 0
    for seed in range(120):
        network, tree, scores = tree_of(seed, most)
        near = None
        for each in scores:
            expected = stages_of(network, tree, each)
            every = np.ones(each.size, bool)
            found = tree.best(each, every)
            assert found.tolist() == expected
            assert tree.best(each, every, near).tolist() == expected
            near = found
            for plan in (found, *(() if near is None else (near,))):
                if Standing(tree, plan).is_best(tree.worth(each), every):
                    assert plan.tolist() == expected
                    seen += 1
    assert seen > 50


def stages_of(network: Network, tree: Tree, score: Numbers) -> list[int]:
    """Return the best plan as `find_plan` finds it."""
    worth = network.worth.copy()
    if "score" in network.names:
        worth[:, network.names.index("score")] = score
    changed = replace(network, worth=worth)
    pair_of: list[int] = find_plan(changed, lambda suffix, _: tree.draw(suffix))[0].tolist()
    return pair_of


def test_a_plan_is_seen_to_be_best_only_where_it_is() -> None:
    """Every plan of small networks, at scores at which another is the best, or as good."""
    refused = 0
    for seed in range(60):
        network, tree, scores = tree_of(seed, 2**40 - 1)
        whole = Face.whole(network)
        every = np.ones(network.person.size, bool)
        best = [stages_of(network, tree, each) for each in scores]
        for plan in best:
            pair_of = np.array(plan, np.int64)
            assert whole.holds(network.loads(pair_of))
            standing = Standing(tree, pair_of)
            for each, expected in zip(scores, best, strict=True):
                if standing.is_best(tree.worth(each), every):
                    assert plan == expected
                else:
                    refused += 1
    assert refused > 20


# -- Flips ---------------------------------------------------------------------------------------


@given(weighed_worlds(), st.sampled_from(CRITERIA), st.sampled_from([DOWN, UP]))
@hypothesis_settings(max_examples=25)
def test_a_flip_is_the_first_weight_at_which_the_plan_is_another(
    world: World, name: str, way: int
) -> None:
    near_the_end = scale_weights(Weights(), name, 930 if way == UP else 70)
    world = replace(world, chosen={**world.chosen, "weights": near_the_end.model_dump()})
    result = opened(world)
    if result is None:
        return
    weighted = Weighted(result)
    step = 1 if weighted.quick else COARSE
    changes = {amount: opening.tolist() for amount, opening in walk(weighted, name, way, step)}
    opening: list[int] = result.plan.opening.tolist()
    nobody = [-1] * len(opening)
    for amount in amounts(getattr(near_the_end, name), way, step):
        found = planned(weighted, scale_weights(near_the_end, name, amount)) or nobody
        assert (amount in changes) == (found != opening)
        opening = changes.get(amount, opening)
        assert found == opening


def test_flips_are_the_first_and_are_told_of_everybody(found: Robustness) -> None:
    result, flips = found.result, found.flips
    assert flips is not None
    assert flips.step == 1
    own = result.plan.opening.tolist()
    chosen = result.problem.settings.weights
    drawn = random.Random(5).sample([(name, way) for name in CRITERIA for way in (DOWN, UP)], 5)
    for name, way in drawn:
        firsts = flips.amount[CRITERIA.index(name), way].tolist()
        ends = sorted({amount for amount in firsts if amount >= 0})
        end = random.Random(name).choice(ends)
        for amount in (end, end - 1 if way == UP else end + 1):
            run = rerun(result.problem, scale_weights(chosen, name, amount))
            assert run is not None
            for person, first in enumerate(firsts):
                if first == amount:
                    assert run[person] == flips.to[CRITERIA.index(name), way, person]
                    assert run[person] != own[person]
                elif first < 0 or (first > amount if way == UP else first < amount):
                    assert run[person] == own[person]


def test_a_criterion_that_has_all_the_weight_is_not_changed() -> None:
    everything = {name: 1000 * (name == "wishes") for name in CRITERIA}
    world = World((PERSON,), (OPENING,), chosen={"weights": everything})
    found = robustness(world.result(), 3)
    assert found.flips is not None
    assert found.draws is not None
    assert {weights.wishes for weights in found.draws.weights} == {1000}
    assert (found.flips.amount[CRITERIA.index("wishes")] == -1).all()


# -- The queue -----------------------------------------------------------------------------------


def test_the_queue_says_what_is_on_record(found: Robustness) -> None:
    result = found.result
    plan, rows = result.plan, result.plan.row
    assert sorted(doubt.candidate for doubt in found.queue) == result.problem.present.tolist()
    for doubt in found.queue:
        person, opening = doubt.candidate, doubt.opening
        assert opening == plan.opening[person]
        assert doubt.by_lottery == plan.by_lottery[person]
        assert doubt.on_record == (result.problem.locked[person] >= 0)
        if opening < 0:
            assert (doubt.conditions, doubt.unknown) == ((), ())
            continue
        assert {view.rule.name for view in view_rules(result, person, opening)} == {
            *doubt.conditions
        }
        lines = break_down(result.problem, result.facts, person, opening)
        ranges = {line.criterion for line in lines if line.low != line.high}
        assert {*doubt.unknown} == ranges
        assert bool(ranges) == (result.scores.low[rows[person]] < result.scores.high[rows[person]])
    assert any(doubt.unknown for doubt in found.proposals)
    assert any(doubt.conditions for doubt in found.proposals)


def test_the_most_doubtful_come_first(found: Robustness) -> None:
    stays = [doubt.stays or 0 for doubt in found.proposals]
    assert stays == sorted(stays)
    hosted = [doubt.hosted or 0 for doubt in found.without_host]
    assert hosted == sorted(hosted, reverse=True)
    assert (*found.proposals, *found.without_host) == found.queue
    for one, other in zip(found.proposals, found.proposals[1:], strict=False):
        if one.stays == other.stays and other.nearest:
            assert one.nearest
            assert one.nearest.distance <= other.nearest.distance
    assert found.draws is not None
    drawn = len(found.draws.weights)
    assert found.counts == {
        "proposals": len(stays),
        "stay_in_all": sum(n == drawn for n in stays),
        "stay_in_95": sum(n / drawn >= 0.95 for n in stays),
        "stay_under_50": sum(n / drawn < 0.5 for n in stays),
    }


def test_seats_on_record_stay_whatever_the_weights(found: Robustness) -> None:
    locked = [doubt for doubt in found.proposals if doubt.on_record]
    assert locked
    assert all(doubt.stays == 40 and doubt.flips == () for doubt in locked)


# -- What is shown -------------------------------------------------------------------------------


def test_text_json_and_csv_tell_the_same(found: Robustness) -> None:
    words = words_of("en")
    record = json.loads(show_robustness(found, None, "json", words))
    assert record["draws"]["number"] == 40
    assert {name: record[name] for name in found.counts} == found.counts
    for name in VIEWS:
        rows = list(csv.DictReader(io.StringIO(show_robustness(found, name, "csv", words))))
        told = [
            {key: "" if v is None else str(v) for key, v in row.items()} for row in record[name]
        ]
        assert rows == told
        assert json.loads(show_robustness(found, name, "json", words))[name] == record[name]
    text = show_robustness(found, None, "text", words)
    counts = found.counts
    assert f"Of {counts['proposals']} proposals {counts['stay_in_all']} stay in every draw" in text
    first = found.proposals[0]
    assert first.nearest
    nearest = f"from {first.nearest.weight} to {first.nearest.amount}"
    assert nearest in " ".join(show_robustness(found, "flips", "text", words).split())
    ids = found.result.problem.candidate_ids
    for doubt in found.proposals[:20]:
        assert ids[doubt.candidate] in text
    assert ids[found.proposals[20].candidate] not in text.partition("Without a host")[0]


@pytest.mark.parametrize("language", ["id", "ja", "en"])
@pytest.mark.parametrize("what", [None, *VIEWS])
def test_views_are_told_in_each_language(found: Robustness, language: str, what: str) -> None:
    assert show_robustness(found, what, "text", words_of(language))


def test_a_view_that_there_is_not_is_refused(found: Robustness) -> None:
    with pytest.raises(UsageError):
        show_robustness(found, "quene", "text", words_of("en"))


def test_weights_are_shown_with_the_first_flips(found: Robustness) -> None:
    rows = VIEWS["weights"].table(found, None).to_dict("records")
    assert [row["criterion"] for row in rows] == [*CRITERIA]
    people = [doubt.candidate for doubt in found.proposals]
    assert found.flips is not None
    for at, row in enumerate(rows):
        up = [int(n) for n in found.flips.amount[at, UP, people] if n >= 0]
        down = [int(n) for n in found.flips.amount[at, DOWN, people] if n >= 0]
        assert (row["first_up"], row["flips_up"]) == (min(up, default=""), len(up))
        assert (row["first_down"], row["flips_down"]) == (max(down, default=""), len(down))
        assert row["least_drawn"] <= row["weight"] <= row["greatest_drawn"]


def test_given_scores_have_no_weights_to_draw() -> None:
    result = bare(2, [1], [score("C0", "O0", 3), score("C1", "O0", 3)]).result()
    found = robustness(result, 5)
    assert (found.draws, found.flips) == (None, None)
    assert [doubt.by_lottery for doubt in found.queue] == [True, True]
    words = words_of("en")
    assert "scores of this batch are given" in show_robustness(found, None, "text", words)
    record = json.loads(show_robustness(found, None, "json", words))
    assert (record["draws"], record["flips"], record["weights"]) == (None, [], [])
    assert [row["stays"] for row in record["queue"]] == [None, None]
    for what in VIEWS:
        assert show_robustness(found, what, "text", words)


def test_a_stable_plan_has_draws_and_flips_too() -> None:
    world = World(
        (PERSON, {**PERSON, "candidate_id": "C2", "wishes_prefectures": "Aichi"}),
        (OPENING,),
        objective={"mode": "stable"},
    )
    result = world.result()
    found = robustness(result, 20)
    assert found.flips is not None
    assert found.flips.step == COARSE
    for language in ("en", "id", "ja"):
        assert show_robustness(found, None, "text", words_of(language))
    text = show_robustness(found, None, "text", words_of("en"))
    assert "in steps of 50 per mille" in text
    assert "of each draw the stable plan is found, the best of no objective" in text
    assert "best plan" not in text


@pytest.mark.parametrize(
    ("what", "part"), [("unknown", "ranges"), ("ask", "asking"), ("centres", "centres")]
)
def test_views_without_draws_tell_how_far_they_are(found: Robustness, what: str, part: str) -> None:
    words = words_of("en")
    told: list[tuple[str, int]] = []
    for form in ("text", "json", "csv"):
        told.clear()
        shown = show_robustness(found, what, form, words, lambda *step: told.append(step))
        assert {name for name, _ in told} == {part}
        shares = [share for _, share in told]
        assert shares == sorted(shares)
        assert shares[-1] == 100
        assert len(set(shares)) > 10
        assert shown == show_robustness(found, what, form, words)


def test_views_without_draws_have_none(found: Robustness) -> None:
    for what in VIEWS:
        record = json.loads(show_robustness(found, what, "json", words_of("en")))
        assert set(record) == ({what} if what in UNDRAWN else {"draws", what})


def call(*words: object) -> Any:
    """Return what a call of the command line comes to."""
    return CliRunner().invoke(main, [str(word) for word in words])


def test_the_command_says_the_same_twice(tmp_path: Path) -> None:
    made = call("run", ROOT / "scenarios" / "tiny", "--out", tmp_path / "b")
    assert made.exit_code == 0, made.output
    shown = [call("robustness", tmp_path / "b", "--draws", 9, "--lang", "en") for _ in range(2)]
    assert shown[0].exit_code == 0, shown[0].output
    assert shown[0].stdout == shown[1].stdout
    assert "Weights drawn 9 times" in shown[0].stdout
    for what in VIEWS:
        assert call("robustness", tmp_path / "b", what, "--draws", 2).exit_code == 0
    wrong = call("robustness", tmp_path / "b", "quene", "--lang", "en")
    assert (wrong.exit_code, "queue" in wrong.stderr) == (2, True)
    assert call("robustness", tmp_path / "b", "--draws", 0).exit_code == 2
