"""The smallest change of facts that is enough: every single change by a full run finds the same."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings

from matcher.check import open_scenario
from matcher.errors import MatcherError
from matcher.explain.winning import Change, Win, Winning, winning_changes
from matcher.explain.winning.changes import changes_of
from matcher.explain.winning.offers import changed_tables
from matcher.explain.winning.work import work_of
from matcher.fit import gather_facts
from matcher.language import words_of
from matcher.pipeline import Result, match
from matcher.problem import CONDITIONS, LEVELS, Problem, Standing
from matcher.report.winning import record_winning, tell_winning
from matcher.rules import RULES
from matcher.settings import FILE
from matcher.vocabulary import load_vocabulary
from tests.conftest import Batch
from tests.limit_worlds import limited_world
from tests.readme import ROOT
from tests.test_next_run import steps
from tests.test_quotas import crossing_world
from tests.worlds import ON, OPENING, PERSON, Row, World, decision, worlds

Fact = tuple[str, str, str]
Total = tuple[object, ...]
EVERY = 10**6
SEEDS = 36
UNTIL = "2025-12-12"
ORDERS = (
    ["placements", "score"],
    ["score", "placements"],
    ["score"],
    ["placements"],
    ["worst", "score"],
    ["placements", "worst"],
    ["placements", "keep", "score"],
)


RIVAL: Row = {**PERSON, "candidate_id": "C2", "japanese_level": "N4"}


def solved(world: World) -> Result:
    """Return the result of a world, its inputs as a batch keeps them."""
    problem = world.problem()
    return match(replace(problem, inputs={FILE: b"", **problem.inputs}))


def unplaced(result: Result) -> Iterator[int]:
    """Yield who takes part and has no seat."""
    for person in result.problem.present.tolist():
        if result.plan.opening[person] < 0:
            yield person


def asked_by(opening: Row) -> set[str]:
    """Return the skills that a job order asks for: those of its job type and its own list."""
    needs = load_vocabulary().job_type_skills[opening["operation_no"]]
    listed_ = {part.split(":")[0].strip() for part in listed(opening.get("skills", ""))}
    return {need.skill_id for need in needs} | listed_


def families(skill: str) -> set[str]:
    """Return the topmost skills that a skill is a kind of."""
    above = load_vocabulary().skills[skill].parents
    return set().union(*map(families, above)) if above else {skill}


def craft_of(opening: Row) -> set[str]:
    """Return what of it is technical and of a family of an essential technical skill."""
    vocabulary = load_vocabulary()
    technical = {name for name, skill in vocabulary.skills.items() if skill.kind == "technical"}
    needs = vocabulary.job_type_skills[opening["operation_no"]]
    essential = {need.skill_id for need in needs if need.importance == 1000} & technical
    core = set().union(*map(families, essential))
    return {skill for skill in asked_by(opening) & technical if families(skill) & core}


def counts(fact: Fact, opening: Row) -> bool:
    """Return whether a seat counts as won by a change: asked for are the same skill, one that it is
    a kind of, or one that is a kind of it; of certificates those of the craft."""
    kind, name, _ = fact
    if kind not in ("skill", "certificate"):
        return True
    vocabulary = load_vocabulary()
    held = {name} if kind == "skill" else set(vocabulary.unit_skills[name])
    needed = asked_by(opening) if kind == "skill" else craft_of(opening)
    return any(vocabulary.graph.closeness(one, need) >= 600 for one in held for need in needed)


def own_work(world: World, place: int) -> tuple[Row, ...]:
    """Return the job orders of a person's own work, by the rule as a run asks it, where no trade
    but the own is accepted."""
    row, rows = world.candidates[place], {row["opening_id"]: row for row in world.openings}
    problem = world.with_person(place, accepts_any_trade="tidak").problem()
    person = problem.candidates.at([problem.candidate_ids.index(row["candidate_id"])]).down()
    rule = next(rule for rule in RULES if rule.name == "trained_for")
    answer = rule.judge(person, problem.openings.across(), gather_facts(problem))
    shape = (1, len(problem.opening_ids))
    fails, unknown = (np.broadcast_to(flags, shape)[0].tolist() for flags in answer)
    answered = list(zip(problem.opening_ids, fails, unknown, strict=True))
    trained = [rows[name] for name, failed, open_ in answered if not failed and not open_]
    silent = [rows[name] for name, _, open_ in answered if open_]
    return tuple(trained or silent or (one for one in world.openings if led_to(row, one)))


def led_to(row: Row, opening: Row) -> bool:
    """Return whether the programme leads to a job order, or an essential skill of it is near."""
    vocabulary = load_vocabulary()
    programme, job = row.get("programme", ""), opening["operation_no"]
    units = [part.partition("@") for part in listed(row.get("certificates", ""))]
    held = {part.split(":")[0] for part in listed(row.get("skills", ""))}
    held |= set(vocabulary.programme_skills.get(programme, {}))
    for unit, _, until in units:
        held |= set(vocabulary.unit_skills[unit]) if (until or "9") >= ON.isoformat() else set()
    essential = [n.skill_id for n in vocabulary.job_type_skills[job] if n.importance == 1000]
    near = any(vocabulary.graph.closeness(one, need) >= 400 for one in held for need in essential)
    return near or (programme, job) in vocabulary.crosswalk


def single_changes(world: World, place: int) -> dict[Fact, Row]:
    """Return every single change of a row by what it changes, as cells, from the tables alone."""
    vocabulary, row, openings = load_vocabulary(), world.candidates[place], world.openings
    own_orders = own_work(world, place)
    asked = set().union(*map(asked_by, own_orders))
    found: dict[Fact, Row] = {}
    stated = row.get("japanese_level", "")
    known = stated in LEVELS
    first = LEVELS.index(stated) + 1 if known else 1
    for level in LEVELS[first : first + 1] if known else LEVELS[1:]:
        found["japanese", "", level] = {"japanese_level": level}
    valid = [
        part.partition("@")[0]
        for part in listed(row.get("certificates", ""))
        if (part.partition("@")[2] or "9999") >= ON.isoformat()
    ]
    own = dict(part.rsplit(":", 1) for part in listed(row.get("skills", "")))
    held = {skill: int(level) for skill, level in own.items()}
    taught = vocabulary.programme_skills.get(row.get("programme", ""), {})
    for given_ in (taught, vocabulary.common_skills):
        for skill, level_ in given_.items():
            held[skill] = max(level_, held.get(skill, 0))
    for unit in valid:
        held |= dict.fromkeys(vocabulary.unit_skills.get(unit, ()), 3)
    for skill in asked:
        if held.get(skill, 0) < 3:
            more = {**own, skill: str(held.get(skill, 0) + 1)}
            cell = "; ".join(f"{name}:{level}" for name, level in more.items())
            found["skill", skill, more[skill]] = {"skills": cell}
    for unit in vocabulary.unit_skills:
        fact = ("certificate", unit, UNTIL)
        if unit not in valid and any(counts(fact, one) for one in own_orders):
            cell = "; ".join([*valid, f"{unit}@{UNTIL}"])
            found[fact] = {"certificates": cell}
    return found | accepting(row, openings)


def accepting(row: Row, openings: tuple[Row, ...]) -> dict[Fact, Row]:
    """Return the conditions that a person refuses and an opening has, accepted."""
    found: dict[Fact, Row] = {}
    for name in CONDITIONS:
        refused = listed(row.get("refuses", ""))
        asked = any(name in listed(opening.get("conditions", "")) for opening in openings)
        pork = name == "pork" and any(opening["operation_no"] == "1-2-1" for opening in openings)
        if name in refused and (asked or pork):
            rest = [part for part in refused if part != name]
            accepts = [*listed(row.get("accepts", "")), name]
            cells = {"refuses": "; ".join(rest), "accepts": "; ".join(dict.fromkeys(accepts))}
            found["condition", name, "accepted"] = cells
    if row.get("accepts_any_trade") == "tidak" and any(
        opening.get("any_trade") == "ya" for opening in openings
    ):
        found["any_trade", "", "accepted"] = {"accepts_any_trade": "ya"}
    return found


def listed(cell: str) -> list[str]:
    """Return the parts of a list in a cell."""
    return [part.strip() for part in cell.split(";") if part.strip()]


def worth_of(result: Result) -> Total:
    """Return what a plan is worth by the names of the objective, seats on record counted too."""
    problem, plan, order = result.problem, result.plan, result.problem.order
    rows = plan.row[plan.row >= 0]
    scores = sorted(result.scores.score[rows].tolist())
    worth = problem.settings.objective.unplaced_worth
    kept = sum(plan.opening[person] == opening for person, opening in problem.earlier)
    by_name: Mapping[str, Total] = {
        "placements": (len(scores),),
        "score": (sum(scores) - worth * len(scores),),
        "worst": (len(scores), tuple(scores)),
        "keep": (kept,),
    }
    return tuple(part for name in order for part in by_name[name])


def every_run(world: World, result: Result, person: int) -> tuple[dict[Fact, str], set[Fact]]:
    """Return by full runs which single changes make a better plan, and where it has the person, and
    which make one as good that has the person where it counts; levels of Japanese only up to the
    lowest."""
    name = result.problem.candidate_ids[person]
    place = next(at for at, row in enumerate(world.candidates) if row["candidate_id"] == name)
    before = worth_of(result)
    rows = {row["opening_id"]: row for row in world.openings}
    winners: dict[Fact, str] = {}
    ties: set[Fact] = set()
    level_with: dict[tuple[bytes, str], bool] = {}
    for fact, cells in single_changes(world, place).items():
        if fact[0] == "japanese" and any(one[0] == "japanese" for one in winners):
            continue
        changed = world.with_person(place, **cells)
        after = changed.result()
        if worth_of(after) > before:
            assert after.plan.opening[person] >= 0
            seat = after.problem.opening_ids[after.plan.opening[person]]
            if counts(fact, rows[seat]):
                winners[fact] = seat
            continue
        own = after.screening.candidate == person
        where = after.screening.opening[own]
        key = where.tobytes() + after.scores.score[own].tobytes()
        for seat in (result.problem.opening_ids[at] for at in where.tolist()):
            if counts(fact, rows[seat]) and (key, seat) not in level_with:
                level_with[key, seat] = as_good(changed, name, seat, before)
            if counts(fact, rows[seat]) and level_with[key, seat]:
                ties.add(fact)
                break
    if any(fact[0] == "japanese" for fact in winners):
        ties = {fact for fact in ties if fact[0] != "japanese"}
    tied = [LEVELS.index(fact[2]) for fact in ties if fact[0] == "japanese"]
    ties = {fact for fact in ties if fact[0] != "japanese" or LEVELS.index(fact[2]) == min(tied)}
    return winners, ties


def as_good(world: World, person: str, opening: str, before: Total) -> bool:
    """Return whether the best plan that has a person at an opening is worth as much."""
    lock = decision("place", person, opening)
    try:
        forced = replace(world, decisions=(*world.decisions, lock)).result()
    except MatcherError:
        return False
    rows = forced.plan.row[forced.plan.row >= 0]
    least = forced.problem.settings.objective.min_score
    return bool((forced.scores.score[rows] >= least).all()) and worth_of(forced) == before


def facts_of(wins: tuple[Win, ...]) -> list[Fact]:
    """Return what was changed, in the order given."""
    return [(win.change.kind, win.change.name, win.change.after) for win in wins]


def crowded(seed: int) -> World:
    """Return a world of people much alike and few seats, under any objective, perhaps with an
    earlier plan: what one change mends often makes equals."""
    draw = random.Random(f"{seed} crowded")
    people = tuple(
        {
            **PERSON,
            "candidate_id": f"C{number}",
            "programme": draw.choice(("las-pelat-gmaw-3g", "las-pelat-gmaw-3g", "kes-caregiver")),
            "japanese_level": draw.choice(("N5", "N5", "none", "belum tes")),
            "refuses": draw.choice(("", "heights", "heights; pork")),
            "certificates": draw.choice(("", "", "C.25LAS01.028.1@2022-12-01")),
            "accepts_any_trade": draw.choice(("", "tidak")),
        }
        for number in range(draw.choice((2, 3)))
    )
    openings = tuple(
        {
            **OPENING,
            "opening_id": f"O{number}",
            "operation_no": draw.choice(("7-7-2", "7-7-2", "7-4-2")),
            "any_trade": draw.choice(("", "ya")),
            "min_japanese": draw.choice(("", "N5", "N4")),
            "conditions": draw.choice(("", "heights")),
        }
        for number in range(draw.choice((1, 2)))
    )
    order = draw.choice(ORDERS)
    world = World(people, openings, objective={"order": order})
    if "keep" in order:
        pairs = [{"candidate_id": p["candidate_id"], "opening_id": "O0"} for p in people]
        world = replace(world, beside={"earlier": (draw.choice(pairs),)})
    return world


def compare(world: World, result: Result, person: int) -> Winning:
    """Assert that what is found for a person is what every single change by a full run finds."""
    found = winning_changes(result, person, EVERY)
    assert found is not None
    winners, ties = every_run(world, result, person)
    assert sorted(facts_of(found.winners)) == sorted(winners)
    assert all(win.confirmed for win in found.winners)
    for win, fact in zip(found.winners, facts_of(found.winners), strict=True):
        assert result.problem.opening_ids[win.opening] == winners[fact]
    if result.plan.method in ("tree", "divided") and "worst" not in result.problem.order:
        assert sorted(facts_of(found.ties)) == sorted(ties)
    assert set(facts_of(found.ties)) <= ties
    assert (found.nearest is None) or not (found.winners or found.ties)
    return found


@settings(max_examples=6, suppress_health_check=list(HealthCheck))
@given(worlds(people=4, openings=2))
def test_the_changes_that_are_enough_are_those_of_every_single_run(world: World) -> None:
    """Of a person without a seat in a random world, where any rule may fail."""
    try:
        result = solved(world)
    except MatcherError:
        assume(False)
    people = list(unplaced(result))
    assume(people)
    compare(world, result, people[0])


@pytest.mark.parametrize("part", range(2))
def test_among_equals_too(part: int) -> None:
    """By any objective; ties are told apart from what is enough."""
    met: set[str] = set()
    for seed in range(part, SEEDS, 2):
        world = crowded(seed)
        result = solved(world)
        for person in list(unplaced(result))[:1]:
            found = compare(world, result, person)
            met |= {"won"} if found.winners else set()
            met |= {"tied"} if found.ties else set()
            met |= {"missed"} if found.nearest else set()
    assert met == {"won", "tied", "missed"}


def limited(seed: int) -> World:
    """Return a world of given scores under limits, in which people also fail rules that a single
    change can mend."""
    draw = random.Random(f"{seed} winning")
    world = limited_world(seed)
    people = tuple(
        {
            **person,
            "japanese_level": draw.choice(("N5", "N5", "N4", "")),
            "refuses": draw.choice(("", "heights", "heights; pork")),
        }
        for person in world.candidates
    )
    openings = tuple(
        {
            **opening,
            "min_japanese": draw.choice(("", "N4", "N4", "N3")),
            "conditions": draw.choice(("", "heights")),
            "operation_no": "7-7-2",
        }
        for opening in world.openings
    )
    limits = [
        limit
        for limit in world.chosen["limits"]  # type: ignore[attr-defined]
        if not str(limit.get("by")).startswith("job")
    ]
    order = draw.choice(ORDERS[:-1])
    return replace(
        world,
        candidates=people,
        openings=openings,
        objective={"order": order},
        chosen={"limits": limits},
    )


@pytest.mark.parametrize("part", range(2))
def test_under_limits_the_changes_are_those_of_every_single_run(part: int) -> None:
    """Sets, budgets, starts and companions: on trees, beside them, divided, and by `milp`."""
    met: set[str] = set()
    won = 0
    for seed in range(part, 48, 2):
        world = limited(seed)
        try:
            result = solved(world)
        except MatcherError:
            continue
        for person in unplaced(result):
            found = compare_quickly(world, result, person)
            won += len(found.winners)
            met |= {result.plan.method} if found.winners else set()
    assert won > 3
    assert len(met) > 1


def compare_quickly(world: World, result: Result, person: int) -> Winning:
    """Assert as `compare` does, of changes of Japanese and conditions alone: given scores are the
    same whatever else is recorded."""
    found = winning_changes(result, person, EVERY)
    assert found is not None
    name = result.problem.candidate_ids[person]
    place = next(at for at, row in enumerate(world.candidates) if row["candidate_id"] == name)
    before = worth_of(result)
    winners: dict[Fact, str] = {}
    for fact, cells in single_changes(world, place).items():
        if fact[0] not in ("japanese", "condition"):
            continue
        if fact[0] == "japanese" and any(one[0] == "japanese" for one in winners):
            continue
        try:
            after = world.with_person(place, **cells).result()
        except MatcherError:
            continue
        if worth_of(after) > before and after.plan.opening[person] >= 0:
            winners[fact] = after.problem.opening_ids[after.plan.opening[person]]
    assert sorted(facts_of(found.winners)) == sorted(winners)
    for win, fact in zip(found.winners, facts_of(found.winners), strict=True):
        assert result.problem.opening_ids[win.opening] == winners[fact]
    return found


def test_one_level_of_japanese_is_enough_where_an_order_asks_for_it() -> None:
    """And the run with that one cell changed has the person there; the nearest comes otherwise."""
    world = World(
        ({**PERSON, "japanese_test_date": "2022-07-03"},), ({**OPENING, "min_japanese": "N4"},)
    )
    result = solved(world)
    found = winning_changes(result, 0)
    assert found is not None
    assert facts_of(found.winners) == [("japanese", "", "N4")]
    win = found.winners[0]
    assert win.change.before == "N5"
    assert dict(win.change.cells) == {"japanese_level": "N4", "japanese_test_date": "2022-12-12"}
    assert win.confirmed
    assert found.exact
    assert found.runs == 1
    told = tell_winning(result, found, words_of("en"))
    assert "Japanese N4 (recorded: N5)" in told
    assert "A test is taken as of December 12, 2022" in told
    assert "in this round this would be enough to be proposed at O1" in told


def test_a_refused_condition_is_the_persons_own() -> None:
    """It is told as what would be enough, with whose answer it is."""
    world = World(
        ({**PERSON, "refuses": "heights; Osaka"},), ({**OPENING, "conditions": "heights"},)
    )
    result = solved(world)
    found = winning_changes(result, 0)
    assert found is not None
    assert facts_of(found.winners) == [("condition", "heights", "accepted")]
    assert dict(found.winners[0].change.cells) == {"refuses": "Osaka", "accepts": "heights"}
    told = tell_winning(result, found, words_of("en"))
    assert "work at heights, where the person accepted it" in told
    assert "the person's own answer" in told


SEWING: Row = {**OPENING, "opening_id": "S1", "operation_no": "5-6-1", "any_trade": "ya"}


def trades(world: World, person: int) -> set[str]:
    """Return the trades of the units of which a certificate is tried."""
    problem = solved(world).problem
    work = work_of(problem, gather_facts(problem), person)
    changes = changes_of(problem, person, world.candidates[person], work)
    units = load_vocabulary().units
    return {units[one.name].trade for one in changes if one.kind == "certificate"}


def test_only_certificates_of_the_own_work_are_tried() -> None:
    """Whoever would accept any trade is a welder still; nothing of another trade is tried, and
    nothing that every trade has. Without a programme the work is not known: any order's counts."""
    orders = (OPENING, SEWING, {**SEWING, "opening_id": "S2", "any_trade": ""})
    for answer in ("", "ya", "tidak"):
        assert trades(World(({**PERSON, "accepts_any_trade": answer},), orders), 0) == {"welding"}
    carer = {**PERSON, "programme": "kes-caregiver", "accepts_any_trade": "tidak"}
    alone = World((carer,), orders[1:])
    assert trades(alone, 0) == set()
    found = winning_changes(solved(alone), 0, EVERY)
    assert found is not None
    assert {one[0] for one in facts_of(found.winners)} == {"any_trade"}
    scores = ({"candidate_id": "C1", "opening_id": "O1", "score": "3"},)
    silent = World(({**PERSON, "programme": ""},), orders, beside={"scores": scores})
    assert trades(silent, 0) == {"welding", "sewing/garment"}


def test_where_nobody_is_trained_enough_the_programme_says_what_the_work_is() -> None:
    """By the crosswalk, or by an essential skill that is near: and a skill more may be enough."""
    world = World((PERSON,), ({**OPENING, "operation_no": "7-7-1"},))
    for least, enough in ((850, True), (1000, False)):
        world = replace(world, objective={"min_skill_fit": least})
        result = solved(world)
        assert result.plan.opening[0] < 0
        found = compare(world, result, 0)
        assert found.tried > 9
        assert bool(found.winners) == enough


def test_a_seat_at_work_that_does_not_ask_for_it_does_not_count() -> None:
    """A welder's certificate is evidence of training anywhere: where it would only lead to sewing
    it is not told as enough, though a run has the person there."""
    rival = {**PERSON, "accepts_any_trade": "ya"}
    waited = {**rival, "candidate_id": "C2", "accepted_on": "2022-10-01"}
    best = {**RIVAL, "candidate_id": "C3", "japanese_level": "N1"}
    for answer in ("", "tidak"):  # to be moved to sewing, which is as good; and not
        last = {**best, "accepts_any_trade": answer, "certificates": "C.25LAS01.028.1"}
        world = World((rival, waited, last), (OPENING, SEWING))
        result = solved(world)
        assert result.plan.opening[0] < 0
        found = compare(world, result, 0)
        assert found.exact
        assert "certificate" not in {one[0] for one in facts_of(found.winners)}
        unit = world.with_person(0, certificates=f"C.25LAS01.028.1@{UNTIL}").result()
        assert unit.problem.opening_ids[unit.plan.opening[0]] == "S1"
        few = winning_changes(result, 0, 0)
        assert few is not None
        assert facts_of(few.winners) == facts_of(found.winners)
        assert few.exact == (answer == "tidak")


def test_what_is_recorded_is_told_in_words() -> None:
    """Not as the cells of the table, and once where nothing is recorded."""
    asked = {**OPENING, "min_japanese": "N5"}
    for cell, told in (
        ("", "Japanese N5 (not recorded so far)"),
        ("belum tes", "Japanese N5 (recorded: not tested)"),
        ("none", "Japanese N5 (recorded: none)"),
    ):
        result = solved(World(({**PERSON, "japanese_level": cell},), (asked,)))
        if result.plan.opening[0] >= 0:  # what is not known is still to be shown
            won = Winning(0, 1, 1, 1, True, False, (), (), None)
            change = Change("japanese", "", cell, "N5", ())
            found = replace(won, winners=(Win(change, 0, False, True),))
        else:
            found_ = winning_changes(result, 0)
            assert found_ is not None
            found = found_
        assert told in tell_winning(result, found, words_of("en"))


def test_where_nothing_is_enough_the_nearest_is_told() -> None:
    """Somebody else has the only seat, by far; by how much is what the best plan would lose."""
    strong = {**RIVAL, "experience": "7-7-2:60", "japanese_level": "N1"}
    weak = {**PERSON, "accepted_on": "2022-12-12", "jp_done": "0", "medical": "pending"}
    certified = {"certificates": "C.25LAS01.028.1", "former_trainee": "tidak"}
    result = solved(World((weak, {**strong, **certified}), (OPENING,)))
    found = winning_changes(result, 0, EVERY)
    assert found is not None
    assert not found.winners
    assert not found.ties
    assert found.nearest is not None
    problem = result.problem
    tables = changed_tables(problem, 0, found.nearest.change)
    after = reopened(problem, tables)
    ours, theirs = after.scores.score.tolist()
    assert found.nearest.short == (0, theirs - ours)
    told = tell_winning(result, found, words_of("en"))
    assert "No single change of these facts would be enough." in told
    assert "Nearest: " in told
    record = record_winning(result, found)
    assert record is not None
    assert record["winners"] == []


def test_across_quotas_that_cross_the_same_holds() -> None:
    """The best of all divisions: what a seat asks is the least that any of them does."""
    crossing = crossing_world()
    late: Row = {**crossing.candidates[0], "candidate_id": "D1", "refuses": "heights"}
    orders = tuple({**row, "conditions": "heights"} for row in crossing.openings)
    accepting_ = tuple({**row, "accepts": "heights"} for row in crossing.candidates)
    more = tuple({**row, "candidate_id": f"E{n}"} for n, row in enumerate(accepting_[:2]))
    for waited, count in (("2022-01-01", 1), ("2022-12-11", 0)):
        people = (*accepting_, {**late, "accepted_on": waited}, *more)
        world = replace(crossing, candidates=people, openings=orders)
        result = solved(world)
        assert result.plan.method == "divided"
        assert result.plan.opening[6] < 0
        found = compare(world, result, 6)
        assert len([one for one in facts_of(found.winners) if one[0] == "condition"]) == count


def test_earlier_steps_of_the_person_count_on() -> None:
    """A reserve whom a refused condition keeps from a free seat is called once it is accepted; an
    opening that the person declined stays closed."""
    weak: Row = {**PERSON, "accepted_on": "2022-12-12", "refuses": "heights"}
    orders = tuple({**OPENING, "opening_id": f"O{n}", "conditions": "heights"} for n in (1, 2))
    others = tuple({**RIVAL, "candidate_id": f"C{n}", "accepts": "heights"} for n in (2, 3))
    ranked = steps("reserve", "C1", "O2", rank="1")
    for rows, where in ((ranked, ["O2"]), (steps("declined", "C1", "O2"), [])):
        world = World((weak, *others), orders, beside={"outcomes": rows})
        result = solved(world)
        assert result.plan.opening[0] < 0
        found = winning_changes(result, 0, EVERY)
        assert found is not None
        accepted = [win for win in found.winners if win.change.kind == "condition"]
        assert [result.problem.opening_ids[win.opening] for win in accepted] == where
        assert found.exact or rows == ranked


def test_a_batch_with_every_table_is_read_in_variants() -> None:
    """Outcomes, objections and an earlier plan beside the people's table are no hindrance."""
    result = match(open_scenario(ROOT / "scenarios" / "season" / "3-back"))
    names = {name.removesuffix(".csv") for name in result.problem.inputs}
    assert {"outcomes", "objections"} <= names
    people = list(unplaced(result))
    assert people
    for person in people:
        found = winning_changes(result, person, 0)
        assert found is not None
        assert found.tried > found.runs == 0


def reopened(problem: Problem, tables: dict[str, bytes]) -> Result:
    """Return the result of changed tables."""
    from matcher.check.again import reopen

    return match(reopen(problem, tables, problem.settings))


def test_stable_plans_and_given_scores_without_rules() -> None:
    """A plan of proposals has no values: runs alone say. Without rules no fact of a row counts."""
    world = World(
        (PERSON, RIVAL),
        ({**OPENING, "min_japanese": "N4", "seats": "2"},),
        objective={"mode": "stable"},
    )
    found = winning_changes(solved(world), 0, EVERY)
    assert found is not None
    assert ("japanese", "", "N4") in facts_of(found.winners)
    scores = ({"candidate_id": "C2", "opening_id": "O1", "score": "3"},)
    bare = replace(
        world, objective={}, beside={"scores": scores}, chosen={"scores": {"rules": False}}
    )
    result = solved(bare)
    found = winning_changes(result, 0)
    assert found is not None
    assert not found.applies
    assert "no fact of the person's row counts" in tell_winning(result, found, words_of("en"))


def test_whoever_has_a_seat_or_takes_no_part_is_not_asked() -> None:
    """Nothing is said to them."""
    world = World((PERSON, {**RIVAL, "deposit": "5"}), (OPENING,))
    result = solved(world)
    assert result.problem.standing[1] == Standing.HELD
    for person in (0, 1):
        assert winning_changes(result, person) is None
    assert tell_winning(result, None, words_of("en")) == ""


def test_of_the_pilot_every_confirmed_change_is_a_run(batch: Batch) -> None:
    """A run with the one fact changed has the person where it is said; few runs are made."""
    result = batch.result
    told = 0
    for person in list(unplaced(result))[:3]:
        found = winning_changes(result, person)
        assert found is not None
        assert found.runs <= 5
        for win in found.winners[:2]:
            after = reopened(result.problem, changed_tables(result.problem, person, win.change))
            assert after.plan.opening[person] == win.opening
            told += 1
        assert "somebody" not in tell_winning(result, found, words_of("en"))
        for other in result.problem.candidate_ids:
            assert f"{other} " not in tell_winning(result, found, words_of("en"))
    assert told > 1
