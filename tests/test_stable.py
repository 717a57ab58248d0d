"""Stable plans: equal to the definition by trying every plan, best for everybody where ceilings
nest, and blocking pairs of any plan found one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject, DrawFn

from matcher.errors import MatcherError
from matcher.explain.blocking import weigh_stable
from matcher.explain.stable_verdicts import judge_stable
from matcher.fit import Facts
from matcher.language import say, words_of
from matcher.limits import SEATS, Limits, SetLimit, StartLimit
from matcher.pipeline import weigh, with_ties
from matcher.problem import Problem, Standing
from matcher.quotas import Quotas
from matcher.report.blocking import table_blocking, tell_stable
from matcher.score import Scores, values_of
from matcher.screen import Screening
from matcher.stable import StablePlan, find_blocking, gather_ceilings, stable_plan
from tests.pools import order, person, pools, ticket_of
from tests.test_given_scores import bare, score, scored
from tests.worlds import World, decision, worlds

Plan = list[int]


class Market:
    """A weighed problem, and its definition written down once more, one pair at a time."""

    def __init__(
        self, problem: Problem, facts: Facts, screening: Screening, scores: Scores
    ) -> None:
        self.problem, self.facts, self.screening, self.scores = problem, facts, screening, scores
        pairs = zip(self.screening.candidate.tolist(), self.screening.opening.tolist(), strict=True)
        self.row = {pair: at for at, pair in enumerate(pairs)}
        floor = problem.settings.objective.min_score
        self.pairs = {
            pair
            for pair, at in self.row.items()
            if problem.locked[pair[0]] < 0 and self.scores.score[at] >= floor
        }
        self.liking = {pair: self._liking(pair) for pair in self.pairs}
        self.fit = {pair: self._fit(pair) for pair in self.pairs}
        seats = problem.openings.seats.tolist()
        self.sets = [({at}, n) for at, n in enumerate(seats)]
        self.sets += [
            (set(c.openings), c.ceiling) for c in self.facts.quotas.caps if c.ceiling is not None
        ]
        self.sets += [
            (set(one.members), one.ceiling)
            for one in self.facts.limits.sets
            if one.ceiling is not None
        ]
        self.seated = problem.locked[problem.locked >= 0].tolist()

    def __repr__(self) -> str:
        fits, ceilings = dict(sorted(self.fit.items())), self.sets
        return f"Market(liking={self.liking}, fit={fits}, ceilings={ceilings})"

    def _liking(self, pair: tuple[int, int]) -> tuple[int, int, int]:
        at, ticket = self.row[pair], ticket_of(self.problem, pair)
        if self.problem.given is not None:
            return (0, int(self.scores.score[at]), ticket)
        c, o = self.problem.candidates.at([pair[0]]), self.problem.openings.at([pair[1]])
        values = values_of(c, o, self.facts, self.problem.settings)
        wish = next(int(value[0]) for criterion, value, *_ in values if criterion.name == "wishes")
        return (wish, int(self.scores.score[at]), ticket)

    def _fit(self, pair: tuple[int, int]) -> tuple[int, int]:
        numbers = self.scores.fit if self.problem.given is None else self.scores.score
        return (int(numbers[self.row[pair]]), ticket_of(self.problem, pair))

    def blocks(self, plan: Plan, who: int, where: int) -> bool:
        """Whether a pair blocks a plan, by the letter of the definition."""
        pair, own = (who, where), (who, plan[who])
        if pair not in self.pairs or plan[who] == where:
            return False
        if own in self.pairs and self.liking[own] > self.liking[pair]:
            return False
        waits = {start.opening for start in self.facts.limits.starts if start.least > 1}
        if where in waits and where not in plan and where not in self.seated:
            return False
        for members, ceiling in self.sets:
            if where in members:
                before = sum(at in members for at in self.seated)
                before += sum(
                    self.problem.locked[other] < 0
                    and at in members
                    and (other, at) in self.pairs
                    and self.fit[other, at] > self.fit[pair]
                    for other, at in enumerate(plan)
                )
                if before >= ceiling:
                    return False
        return True

    def blocking(self, plan: Plan) -> list[tuple[int, int]]:
        """Return every pair that blocks a plan."""
        return [pair for pair in sorted(self.pairs) if self.blocks(plan, *pair)]

    def stable(self, plan: Plan) -> bool:
        """Whether no pair blocks a plan."""
        return not any(self.blocks(plan, *pair) for pair in self.pairs)

    def keeps(self, plan: Plan) -> bool:
        """Whether a plan keeps every ceiling, as far as the seats on record do."""
        held = [at for who, at in enumerate(plan) if at >= 0 and self.problem.locked[who] < 0]
        return all(
            sum(at in members for at in held)
            <= max(0, ceiling - sum(at in members for at in self.seated))
            for members, ceiling in self.sets
        )

    def plans(self) -> Iterator[Plan]:
        """Yield every plan of allowed pairs within the ceilings, seats on record kept."""
        choices = []
        for who in range(len(self.problem.candidate_ids)):
            present = self.problem.standing[who] == Standing.PRESENT
            own = int(self.problem.locked[who]) if present else -1
            free = [at for other, at in sorted(self.pairs) if other == who]
            choices.append([own] if own >= 0 else [-1, *free])
        return (list(plan) for plan in product(*choices) if self.keeps(list(plan)))

    def found(self) -> StablePlan:
        """Return the plan of the product."""
        return stable_plan(self.problem, self.facts, self.screening, self.scores)

    def listed(self, plan: Plan) -> list[tuple[int, int]]:
        """Return the blocking pairs that the product finds."""
        found = find_blocking(
            self.problem, self.facts, self.screening, self.scores, np.array(plan, np.int64)
        )
        return [(one.candidate, one.opening) for one in found]


@st.composite
def markets(draw: DrawFn, nested: bool) -> Market:
    """Draw a market with few different scores and fits, and ceilings on sets of openings."""
    world = draw(worlds(4, 3) | pools(4, 3) | scored())
    problem, facts, screening, scores = weigh(world.problem())
    if problem.given is None:
        numbers = st.lists(
            st.integers(0, 2), min_size=screening.candidate.size, max_size=screening.candidate.size
        )
        fit, more = np.array(draw(numbers), np.int64), np.array(draw(numbers), np.int64)
        at_least = problem.settings.objective.min_score
        scores = replace(scores, fit=fit, score=fit + more + at_least - (fit + more == 4))
    openings = range(len(problem.openings))
    sets: list[frozenset[int]] = []
    for _ in range(draw(st.integers(0, 3))):
        one = frozenset(draw(st.sets(st.sampled_from(openings), min_size=1)))
        if not nested or all(one <= other or other <= one or not one & other for other in sets):
            sets.append(one)
    limits = tuple(
        SetLimit(f"limits.{at}", at, say("limit"), SEATS, tuple(sorted(one)), 0, ceiling)
        for at, one in enumerate(sets)
        for ceiling in [draw(st.integers(0, 3))]
    )
    quotas = Quotas(True, (), facts.quotas.unsettled) if nested else facts.quotas
    facts = replace(facts, limits=Limits(sets=limits), quotas=quotas)
    return Market(problem, facts, screening, scores)


@hypothesis_settings(max_examples=80)
@given(markets(nested=True))
def test_proposals_end_in_the_stable_plan_that_everybody_likes_best(market: Market) -> None:
    found = market.found()
    plan = found.opening.tolist()
    assert gather_ceilings(market.problem, market.facts).nested
    assert not market.listed(plan)
    stable = [other for other in market.plans() if market.stable(other)]
    assert plan in stable
    for other in stable:
        for who, at in enumerate(other):
            if at >= 0 and at != plan[who]:
                assert market.liking[who, plan[who]] > market.liking[who, at]
    for who, at in enumerate(plan):
        assert found.row[who] == (market.row[who, at] if at >= 0 else -1)


@hypothesis_settings(max_examples=80)
@given(markets(nested=False), st.randoms(use_true_random=False))
def test_what_blocks_any_plan_is_what_the_definition_says(market: Market, draw: Random) -> None:
    """Plans of the product, plans at random, and plans that break rules and ceilings."""
    assert market.keeps(market.found().opening.tolist())
    openings = range(-1, len(market.problem.openings))
    at_random = [[draw.choice(openings) for _ in market.problem.candidate_ids] for _ in range(4)]
    some = list(market.plans())
    for plan in (
        market.found().opening.tolist(),
        *draw.sample(some, min(4, len(some))),
        *at_random,
    ):
        assert market.listed(plan) == market.blocking(plan)


@hypothesis_settings(max_examples=80)
@given(markets(nested=False), st.randoms(use_true_random=False))
def test_a_blocking_pair_can_come_in_and_only_lower_ranked_people_go(
    market: Market, draw: Random
) -> None:
    some = list(market.plans())
    nested = gather_ceilings(market.problem, market.facts).nested
    for plan in draw.sample(some, min(6, len(some))):
        for one in find_blocking(
            market.problem, market.facts, market.screening, market.scores, np.array(plan)
        ):
            after = list(plan)
            after[one.candidate] = one.opening
            for other in one.displaced:
                assert other.opening == plan[other.candidate]
                assert market.problem.locked[other.candidate] < 0
                pair = other.candidate, other.opening
                assert market.fit[pair] < market.fit[one.candidate, one.opening]
                assert other.fit == market.fit[pair][0]
                after[other.candidate] = -1
            assert market.keeps(after)
            assert not nested or len(one.displaced) <= 1
            # Nobody goes without need.
            for other in one.displaced:
                back = list(after)
                back[other.candidate] = other.opening
                assert not market.keeps(back)


@hypothesis_settings(max_examples=60)
@given(markets(nested=True))
def test_whom_a_ticket_decided_for_or_against(market: Market) -> None:
    """Who ends without a place that only the ticket denies, who holds one that another is denied
    so, and who has one of two liked equally."""
    found = market.found()
    plan = found.opening.tolist()

    def denied(who: int, where: int) -> bool:
        own, pair = (who, plan[who]), (who, where)
        better = own not in market.pairs or market.liking[pair] > market.liking[own]
        return better and own != pair and all(room_by_fit(pair, *one) for one in market.sets)

    def room_by_fit(pair: tuple[int, int], members: set[int], ceiling: int) -> bool:
        before = sum(at in members for at in market.seated)
        before += sum(
            at in members and market.fit[who, at][0] > market.fit[pair][0]
            for who, at in enumerate(plan)
            if (who, at) in market.pairs
        )
        return pair[1] not in members or before < ceiling

    lost = {pair for pair in market.pairs if denied(*pair)}
    alike = {
        who
        for who, where in market.pairs
        if (who, plan[who]) in market.pairs
        and where != plan[who]
        and market.liking[who, where][:2] == market.liking[who, plan[who]][:2]
    }
    for who, drawn in enumerate(found.by_lottery.tolist()):
        own = (who, plan[who])
        won = own in market.pairs and any(
            market.fit[own][0] == market.fit[pair][0]
            and any({own[1], pair[1]} <= members for members, _ in market.sets)
            for pair in lost
        )
        if any(pair[0] == who for pair in lost):
            assert drawn
        assert not drawn or won or who in alike or any(pair[0] == who for pair in lost)


def test_the_issue_of_a_host_with_one_place_at_two_openings() -> None:
    """With the own departure counted always, no plan would be stable here; see the definition."""
    people = (person(1), person(2))
    orders = (order(1, host_id="H1"), order(2, host_id="H1"))
    problem, facts, screening, scores = weigh(World(people, orders).problem())
    fit = np.array([900, 500, 0, 600])  # C1 at O1, O2; C2 at O1, O2
    score = np.array([1, 2, 0, 1])  # C1 would rather have O2; C2 is below the floor at O1
    objective = problem.settings.objective.model_copy(update={"min_score": 1})
    problem = replace(
        problem, settings=problem.settings.model_copy(update={"objective": objective})
    )
    limit = SetLimit("limits.0:H1", 0, say("host"), SEATS, (0, 1), 0, 1)
    facts = replace(facts, limits=Limits(sets=(limit,)))
    market = Market(problem, facts, screening, replace(scores, fit=fit, score=score))
    assert market.found().opening.tolist() == [0, -1]
    assert not market.blocking([0, -1])


def test_people_with_a_seat_on_record_keep_it_and_people_on_hold_take_no_part() -> None:
    pool = World(
        tuple(person(n) for n in range(1, 5)),
        (order(1), order(2, seats="2")),
        (decision("place", "C3", "O1"), decision("hold", "C4")),
    )
    weighed = weigh(pool.problem())
    plan = stable_plan(*weighed).opening.tolist()
    assert plan == [1, 1, 0, -1]
    assert not find_blocking(*weighed, np.array(plan))
    # Without a place both would rather be at O2; nobody can come in for C3.
    blocking = find_blocking(*weighed, np.array([-1, -1, 0, -1]))
    assert [(one.candidate, one.opening, one.displaced) for one in blocking] == [
        (0, 1, ()),
        (1, 1, ()),
    ]


def test_wishes_come_before_the_score() -> None:
    people = (person(1, wishes_prefectures="Osaka; Aichi"),)
    orders = (order(1, prefecture="Aichi", cost_to_candidate="0"), order(2, prefecture="Osaka"))
    weighed = weigh(World(people, orders).problem())
    assert stable_plan(*weighed).opening.tolist() == [1]
    (one,) = find_blocking(*weighed, np.array([0]))
    assert one.at == 0 and one.wish is not None and one.wish_at is not None
    assert one.wish > one.wish_at


def test_with_given_scores_both_sides_rank_by_them() -> None:
    rows = [
        *(score("C0", "O0", 5), score("C0", "O1", 9)),
        *(score("C1", "O0", 1), score("C1", "O1", 10)),
    ]
    weighed = weigh(bare(2, [1, 1], rows).problem())
    assert stable_plan(*weighed).opening.tolist() == [0, 1]
    (one,) = find_blocking(*weighed, np.array([1, 0]))
    assert (one.candidate, one.opening, one.wish, one.fit, one.score_at) == (1, 1, None, 10, 1)
    assert [(other.candidate, other.fit) for other in one.displaced] == [(0, 9)]


@hypothesis_settings(max_examples=60)
@given(markets(nested=True), st.data())
def test_an_opening_with_min_seats_has_nobody_or_so_many(market: Market, data: DataObject) -> None:
    seats, seated = market.problem.openings.seats.tolist(), set(market.seated)
    starts = tuple(
        StartLimit(f"min_seats:{at}", say("start"), at, data.draw(st.integers(2, most)))
        for at, most in enumerate(seats)
        if most > 1 and at not in seated and data.draw(st.booleans())
    )
    limits = replace(market.facts.limits, starts=starts)
    facts = replace(market.facts, limits=limits)
    market = Market(market.problem, facts, market.screening, market.scores)
    plan = market.found().opening.tolist()
    for start in starts:
        assert plan.count(start.opening) == 0 or plan.count(start.opening) >= start.least
    assert market.keeps(plan)
    assert market.listed(plan) == market.blocking(plan) == []


@hypothesis_settings(max_examples=40)
@given(pools(4, 4))
def test_verdicts_say_who_would_not_have_whom(world: World) -> None:
    result = replace(world, objective={"mode": "stable"}).result()
    market = Market(result.problem, result.facts, result.screening, result.scores)
    plan, names = result.plan.opening.tolist(), judge_stable(result).tolist()
    for pair, at in market.row.items():
        own = (pair[0], plan[pair[0]])
        verdict = names[at]
        assert (verdict == "proposed") == (own == pair)
        if verdict == "better_elsewhere":
            assert market.liking[own] > market.liking[pair]
        elif verdict in ("outscored", "capped", "tied", "decided") and pair in market.pairs:
            alike = own in market.pairs and market.liking[own][:2] == market.liking[pair][:2]
            better = own not in market.pairs or market.liking[own] < market.liking[pair]
            assert better or (alike and verdict == "tied")
        if verdict == "outscored":
            held = [(who, at) for who, at in enumerate(plan) if at == pair[1]]
            assert all(market.fit[one] > market.fit[pair] for one in held if one in market.pairs)
        assert (verdict == "blocks") == market.blocks(plan, *pair)


def test_a_stable_plan_opens_again_and_another_does_not() -> None:
    result = World((person(1), person(2)), (order(1),), objective={"mode": "stable"}).result()
    assert result.stable and with_ties(result).plan.opening.tolist() == result.plan.opening.tolist()
    other = replace(result.plan, opening=result.plan.opening[::-1].copy())
    with pytest.raises(AssertionError):
        with_ties(replace(result, plan=other))


def test_the_summary_says_what_the_choices_give_up_and_that_nothing_blocks() -> None:
    people = (person(1, wishes_prefectures="Osaka; Aichi"), person(2))
    orders = (order(1, prefecture="Aichi"), order(2, prefecture="Osaka"))
    result = World(people, orders, objective={"mode": "stable"}).result()
    told = [words_of("en")(line) for line in tell_stable(result)]
    weighed = weigh_stable(result)
    assert weighed is not None
    assert weighed.best_proposed == weighed.proposed == 2
    assert weighed.best_score >= weighed.score
    assert told[1].startswith("Blocking pairs: 0.")
    assert not tell_stable(replace(result, plan=replace(result.plan, method="tree")))
    assert list(table_blocking(result)["candidate_id"]) == []


def test_a_best_plan_that_cannot_be_had_is_not_compared() -> None:
    """A decision that is kept by choosing, but not by the best plan: the batch is whole."""
    people, orders = (person(1), person(2)), (order(1, seats="3", min_seats="3"), order(2))
    placed = (decision("place", "C1", "O1"),)
    result = World(people, orders, placed, objective={"mode": "stable"}).result()
    assert weigh_stable(result) is None
    told = [words_of("en")(line) for line in tell_stable(result)]
    assert told[0].startswith("The best plan cannot be compared")
    assert told[1].startswith("Blocking pairs: ")


def test_a_solver_that_stops_leaves_the_comparison_out(monkeypatch: pytest.MonkeyPatch) -> None:
    result = World((person(1),), (order(1),), objective={"mode": "stable"}).result()

    def stopped(problem: Problem) -> None:
        raise MatcherError(say("stopped"))

    monkeypatch.setattr("matcher.explain.blocking.match", stopped)
    assert words_of("en")(tell_stable(result)[0]).startswith("The best plan cannot be compared")
