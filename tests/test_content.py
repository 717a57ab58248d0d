"""The people of a batch as values: what rows and cards say, that a card names nobody else, and that
a blind copy tells of nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import astuple, replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.check import open_scenario
from matcher.explain import judge_pairs, view_rules
from matcher.explain.alternatives import alternatives_of
from matcher.explain.pairs import FAILS, OPEN, open_rules
from matcher.language import LANGUAGES, say, words_of
from matcher.pipeline import Result, match
from matcher.problem import Standing, day_of
from matcher.report.content import cards, doubts
from matcher.report.content.blind import BlindWords, show_people
from matcher.report.content.doubts import FEWEST_DRAWS, MOST_DRAWS, PAIRS_IN_ALL, count_draws
from matcher.report.content.people import People, find_people
from matcher.report.content.values import Card, Person
from matcher.report.tables import table_placements
from matcher.report.words import RULE_NAMES, VERDICTS
from matcher.rules import RULES
from matcher.score import break_down
from matcher.sure.queue import line_up
from tests.test_given_scores import scored
from tests.worlds import OPENING, PERSON, Row, World, decision, one_pair, worlds

SCENARIOS = Path(__file__).parent.parent / "scenarios"
EN = words_of("en")
GIVEN = ("given",)
WORLDS = st.one_of(
    worlds(),
    worlds().map(lambda world: replace(world, objective={"mode": "stable"})),
    scored(),
)


def people_of(
    result: Result, *, language: str = "en", blind: bool = False, draws: int = FEWEST_DRAWS
) -> People:
    """Return the people of a result, by at most so many draws of weights."""
    shown = show_people(result.problem, words_of(language), blind=blind)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(doubts, "MOST_DRAWS", draws)
        return find_people(result, shown)


def all_cards(found: People) -> tuple[Card, ...]:
    """Return everybody's card."""
    return tuple(found.card_of(person.place) for person in found.people)


def told(found: People) -> str:
    """Return all that is told of people, as one text."""
    return repr((found.people, found.decisions, all_cards(found)))


@pytest.fixture(scope="module")
def pilot() -> Result:
    """The pilot's result."""
    return match(open_scenario(SCENARIOS / "ijc-2023"))


@settings(max_examples=25)
@given(WORLDS)
def test_rows_say_what_the_tables_say(world: World) -> None:
    result = world.result()
    found, scores = people_of(result), result.scores
    rows = table_placements(result).to_dict("records")
    assert [person.place for person in found.people] == list(range(len(rows)))
    for person, row in zip(found.people, rows, strict=True):
        said = (person.id, person.opening, person.score, person.state)
        assert said == (
            *(row["candidate_id"], row["opening_id"]),
            row["score"] if row["score"] != "" else None,
            row["state"],
        )
        proposed = person.state in ("placed", "conditional")
        assert bool(person.why) != proposed
        assert (
            bool(person.conditions) == (person.due is not None) == (person.state == "conditional")
        )
        if not proposed:
            assert (person.low, person.high, person.fit, person.stays) == (None,) * 4
            continue
        pair = int(result.plan.row[person.place])
        assert (person.low, person.high) == (scores.low[pair], scores.high[pair])
        views = open_rules(result, pair)
        assert person.conditions == tuple(EN(view.rule.label) for view in views)
        assert person.due == min((day_of(view.due) for view in views), default=None)
        parts = (person.fit, person.consideration)
        if result.problem.given is None:
            assert sum(part or 0 for part in parts) == person.score
        else:
            assert parts == (None, None)


@settings(max_examples=25)
@given(WORLDS)
def test_a_card_adds_up_and_says_what_explanations_say(world: World) -> None:
    result = world.result()
    found, verdicts = people_of(result), judge_pairs(result)
    for person, card in zip(found.people, all_cards(found), strict=True):
        place, opening = person.place, int(result.plan.opening[person.place])
        if opening >= 0:
            lines = break_down(result.problem, result.facts, place, opening)
            assert [astuple(line)[:1] for line in card.lines] == [(one.criterion,) for one in lines]
            assert sum(line.contribution for line in card.lines) == person.score
            for part, whole in (("fit", person.fit), ("consideration", person.consideration)):
                assert whole in (
                    None,
                    sum(one.contribution for one in card.lines if one.part == part),
                )
            assert all(one.contribution == one.value * one.weight for one in card.lines)
            assert all(one.low <= one.value <= one.high and one.facts for one in card.lines)
        else:
            assert card.lines == () == card.open_rules
        assert tuple(one.label for one in card.open_rules) == person.conditions
        others = alternatives_of(result, verdicts, place)
        assert [(one.opening, one.score, one.verdict) for one in card.others] == [
            (result.problem.opening_ids[one.opening], one.score, one.verdict) for one in others
        ]
        assert [one.rank for one in card.others] == list(range(1, len(others) + 1))
        assert bool(card.sure) == (result.problem.standing[place] == Standing.PRESENT)


@settings(max_examples=20)
@given(WORLDS)
def test_rules_are_counted_of_everybody_and_told_of_who_has_no_host(world: World) -> None:
    result = world.result()
    found = people_of(result)
    for person, card in zip(found.people, all_cards(found), strict=True):
        counted = {
            (rule.name, state): int(count[person.place, at])
            for state, count in (
                (FAILS, result.screening.fails_of_candidates),
                (OPEN, result.screening.unknowns_of_candidates),
            )
            for at, rule in enumerate(RULES)
            if count[person.place, at]
        }
        assert {(one.rule, one.state): one.openings for one in card.rules} == counted
        assert len(card.rules) == len(counted)
        for one in card.rules:
            assert bool(one.opening) == bool(one.held) == (person.state == "unplaced")


@settings(max_examples=20)
@given(worlds())
def test_open_rules_and_unknown_criteria_are_those_of_the_one_pair(world: World) -> None:
    result = world.result()
    for doubt in line_up(result, None, None):
        if doubt.opening >= 0:
            pair = (doubt.candidate, doubt.opening)
            row = int(result.plan.row[doubt.candidate])
            assert open_rules(result, row) == view_rules(result, *pair)
            lines = break_down(result.problem, result.facts, *pair)
            names = [one.criterion for one in lines if one.low != one.high and one.weight]
            low, high = (int(ends[row]) for ends in (result.scores.low, result.scores.high))
            assert doubt.unknown == (tuple(names) if low != high else ())
        else:
            assert doubt.unknown == ()


@settings(max_examples=20)
@given(WORLDS)
def test_why_names_the_nearest_job_order_or_a_rule_that_fails(world: World) -> None:
    result = world.result()
    verdicts = judge_pairs(result)
    for person in people_of(result).people:
        if person.state != "unplaced":
            continue
        nearest = next(iter(alternatives_of(result, verdicts, person.place)), None)
        if nearest is not None:
            assert f" {result.problem.opening_ids[nearest.opening]}: " in person.why
            assert EN(VERDICTS[nearest.verdict]) in person.why
            continue
        failed = result.screening.fails_of_candidates[person.place]
        names = [EN(RULE_NAMES[rule.name]) for rule, n in zip(RULES, failed, strict=True) if n]
        assert any(f": {name} (" in person.why for name in names)


@settings(max_examples=12)
@given(WORLDS, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(world: World, chance: Random) -> None:
    def mixed(rows: Iterable[Row]) -> tuple[Row, ...]:
        listed = list(rows)
        chance.shuffle(listed)
        return tuple(listed)

    other = replace(
        world,
        candidates=mixed(world.candidates),
        openings=mixed(world.openings),
        decisions=mixed(world.decisions),
    )
    for blind in (False, True):
        one, two = (people_of(each.result(), blind=blind) for each in (world, other))
        assert (one.people, one.doubtful) == (two.people, two.doubtful)
        assert all_cards(one) == all_cards(two)


@settings(max_examples=15)
@given(WORLDS)
def test_a_blind_copy_says_the_same_of_numbers_alone(world: World) -> None:
    result = world.result()
    shown = show_people(result.problem, EN, blind=True)
    blind, seen = people_of(result, blind=True), people_of(result)
    own = {person.id: person for person in seen.people}
    assert [key.number for key in shown.keys] == [person.id for person in blind.people]
    assert {key.candidate_id for key in shown.keys} == set(result.problem.candidate_ids)
    for key, person in zip(shown.keys, blind.people, strict=True):
        assert person.id.startswith("No. ") and not person.name
        same = replace(person, place=own[key.candidate_id].place, id=key.candidate_id)
        assert replace(same, name=own[key.candidate_id].name) == own[key.candidate_id]
    assert not blind.decisions
    assert {blind.people[place].id for place in blind.doubtful} == {
        shown.ids[seen.people[place].place] for place in seen.doubtful
    }


SECRET = "Zulkarnaen Rahasia"
WROTE = "rahasia kantor"


def secretive(seed: int = 0) -> World:
    """Return a world in which every text that may tell of somebody holds a word of its own."""
    people = tuple(
        {
            **PERSON,
            "candidate_id": f"XQ-{n}",
            "name": f"{SECRET} {n}",
            "birth_date": "2009-07-06" if n == 2 else "2001-02-03",
            "sex": "P",
            "province": "Aceh",
        }
        for n in range(6)
    )
    orders = (
        {**OPENING, "opening_id": "O1", "seats": "2", "wishes": "sex: L"},
        {**OPENING, "opening_id": "O2", "conditions": "pork"},
    )
    decided = [decision("forbid", "XQ-3", "O1"), decision("forbid", "XQ-3", "O2")]
    decided += [decision("place", "XQ-0", "O2"), decision("hold", "XQ-4")]
    text = f"{WROTE}: XQ-3, {SECRET} 3, XQ-1, {SECRET} 1, XQ-11"
    return World(people, orders, tuple({**one, "reason": text} for one in decided))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_blind_copy_tells_of_nobody(language: str) -> None:
    result = secretive().result()
    seen, blind = (told(people_of(result, language=language, blind=one)) for one in (False, True))
    for secret in ("XQ-", SECRET, "Officer", WROTE):
        assert secret in seen
        assert secret not in blind
    coming_of_age = day_of(int(result.problem.candidates.adult_on[2]))
    assert words_of(language)(coming_of_age) in seen
    assert words_of(language)(coming_of_age) not in blind


def test_a_card_names_nobody_else() -> None:
    result = secretive().result()
    found = people_of(result)
    names = {person.id: person.name for person in found.people}
    for person, card in zip(found.people, all_cards(found), strict=True):
        text = repr(card)
        for other in names.keys() - {person.id}:
            assert f"{other}," not in text
            assert names[other] not in text
    third = repr(found.card_of(3))
    assert "XQ-3, " in third and f"{SECRET} 3" in third and "XQ-11" in third


@pytest.mark.parametrize("name", ["ijc-2023", "season/3-back"])
def test_cards_of_the_scenarios_name_nobody_else(name: str) -> None:
    result = match(open_scenario(SCENARIOS / name))
    found = people_of(result)
    ids, names = set(result.problem.candidate_ids), set(result.problem.labels.candidate_names)
    for person, card in zip(found.people, all_cards(found), strict=True):
        text = repr(card)
        assert not [one for one in ids - {person.id} if one in text]
        assert not [one for one in names - {person.name, ""} if one in text]


def test_words_of_a_blind_copy_hide_ids_and_leave_numbers() -> None:
    words = BlindWords("en", {"400": "No. 01", "C7": "No. 02"})
    assert words(say("{person}: {value} of {n}", person="400", value="400", n=400)) == (
        "No. 01: 400 of 400"
    )
    assert words(say("{a} at {opening}", a=say("{who}", who=("C7", "x")), opening="C7")) == (
        "No. 02, x at C7"
    )
    assert words(say("{one} and {other}", one="C7", other="400")) == "No. 02 and No. 01"
    assert words(say("{level} at {school}", level="C7", school="400")) == "C7 at 400"
    long = BlindWords("en", {"3201010101010001": "No. 03"})
    assert words.language == long.language
    assert long(say("{one}", one="3201********0001")) == "No. 03"


@given(st.integers(0, 10**7), st.integers(0, 10**7))
def test_a_larger_batch_has_no_more_draws_and_never_many_pairs(one: int, other: int) -> None:
    few, many = sorted((one, other))
    assert MOST_DRAWS >= count_draws(few) >= count_draws(many)
    assert count_draws(many) == 0 or count_draws(many) >= FEWEST_DRAWS
    assert count_draws(many) * many <= PAIRS_IN_ALL or count_draws(many) == 0


def test_the_pilot_has_its_draws_and_a_short_queue(pilot: Result) -> None:
    found = people_of(pilot, draws=MOST_DRAWS)
    assert found.draws is not None and len(found.draws.weights) == MOST_DRAWS
    stays = {person.place: person.stays for person in found.people if person.stays is not None}
    assert stays == {place: int(found.draws.stays[place]) for place in stays}
    assert all(found.people[place].opening for place in found.doubtful)
    assert set(found.doubtful) == {place for place, n in stays.items() if n < 95}
    counts = [stays[place] for place in found.doubtful]
    assert counts == sorted(counts)


@pytest.mark.parametrize(("method", "drawn"), [("tree", True), ("relaxed", True), ("milp", False)])
def test_a_run_draws_only_where_plans_are_found_at_once(
    pilot: Result, method: str, drawn: bool
) -> None:
    result = replace(pilot, plan=replace(pilot.plan, method=method))
    assert (doubts._draw(result, thorough=False)[0] is not None) == drawn


def test_whoever_has_no_host_is_told_the_moves_and_nobody_in_them(pilot: Result) -> None:
    found = people_of(pilot)
    told_moves = [
        (person, found.card_of(person.place).takes)
        for person in found.people
        if found.card_of(person.place).takes
    ]
    assert told_moves
    for person, (first, *_) in told_moves:
        assert person.state == "unplaced"
        assert first.startswith(f"{person.id}: ")


def test_a_thorough_copy_says_what_would_be_enough_and_which_weight_decides() -> None:
    result = match(open_scenario(SCENARIOS / "season" / "3-back"))
    shown = show_people(result.problem, EN, blind=False)
    found = find_people(result, shown, thorough=True)
    assert found.draws is not None and len(found.draws.weights) > MOST_DRAWS
    enough = {person.state for person in found.people if found.card_of(person.place).enough}
    assert enough == {"unplaced"}


def test_large_batches_are_told_less_of(monkeypatch: pytest.MonkeyPatch, pilot: Result) -> None:
    at_length = people_of(pilot)
    monkeypatch.setattr(cards, "SMALL", 1)
    monkeypatch.setattr(doubts, "MOST_PAIRS", 1)
    monkeypatch.setattr(doubts, "PAIRS_IN_ALL", 1)
    short = people_of(pilot)
    assert short.draws is None and not short.doubtful
    for person in at_length.people:
        one, two = at_length.card_of(person.place), short.card_of(person.place)
        assert (one.lines, one.open_rules, one.others) == (two.lines, two.open_rules, two.others)
        counts = [
            Counter((each.rule, each.state, each.openings) for each in card.rules)
            for card in (one, two)
        ]
        assert counts[0] == counts[1]
        assert two.takes == () and not any(each.held for each in two.rules)
        if person.opening:
            assert EN(doubts.NOT_RECKONED) in two.sure


def test_a_seat_on_record_is_no_doubt() -> None:
    world = one_pair()
    world = replace(world, decisions=(decision("place", "C1", "O1"),))
    candidate = world.candidates[0]["candidate_id"]
    world = replace(world, decisions=(decision("place", candidate, "O1"),))
    found = people_of(world.result())
    (person,) = found.people
    assert person.doubts == () and not found.doubtful
    card = found.card_of(0)
    assert card.sure[0] == "This seat is on record: it is the person's already."
    assert "told (Officer)" in card.record[0]


@pytest.mark.parametrize("opening", [{}, {"operation_no": "2-2-1"}])
def test_one_person_and_nobody_proposed(opening: Row) -> None:
    found = people_of(one_pair({"japanese_level": ""}, opening).result())
    (person,) = found.people
    assert isinstance(person, Person)
    assert bool(found.card_of(0).lines) == bool(person.opening)
