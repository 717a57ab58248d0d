"""Laws that hold in every world, over the whole line from tables to plan and verdicts."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random
from unittest import mock

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DataObject

from matcher.errors import InputError, Issue
from matcher.explain import judge_pairs
from matcher.language import words_of
from matcher.lottery import ticket
from matcher.pipeline import Result, weigh
from matcher.problem import LEVELS, Problem, day_number
from matcher.report.content.whys import tell_whys
from matcher.report.issues import tell_issues
from matcher.score import break_down
from matcher.screen import judge
from matcher.vocabulary import load_vocabulary
from tests.worlds import ENTRY, Row, World, frozen, meaning, worlds

Seats = tuple[int, ...]
Places = tuple[int, ...]
Pair = tuple[str, str]
UNITS = sorted(load_vocabulary().unit_skills)
SKILLS = sorted(load_vocabulary().skills)


# -- Brute force, with nothing of the package's but the scores of the pairs ----------------------


@dataclass(frozen=True)
class Space:
    """Every plan of a small world: of each person an opening, -1 for none."""

    result: Result
    scores: dict[tuple[int, int], int]
    plans: tuple[Seats, ...]

    def worth(self, plan: Seats) -> Places:
        """Return the objective's numbers of a plan, the lottery left out."""
        objective = self.result.problem.settings.objective
        used = [self.scores[at] for at in enumerate(plan) if at[1] >= 0]
        numbers = {
            "placements": len(used),
            "score": sum(used) - objective.unplaced_worth * len(used),
        }
        return tuple(numbers[name] for name in objective.order)

    def luck(self, plan: Seats) -> int:
        """Return the sum of a plan's tickets."""
        problem = self.result.problem
        return sum(
            drawn(problem.settings.seed, problem.candidate_ids[i], problem.opening_ids[j])
            for i, j in enumerate(plan)
            if j >= 0
        )


def drawn(*texts: str) -> int:
    """Return a ticket as the rule is published."""
    coded = [unicodedata.normalize("NFC", text).encode() for text in texts]
    whole = b"".join(len(part).to_bytes(4, "big") + part for part in coded)
    return int.from_bytes(hashlib.sha256(whole).digest()[:5], "big")


@given(st.text(max_size=8), st.text(max_size=8), st.text(max_size=8))
def test_tickets_are_those_of_the_published_rule(seed: str, person: str, order: str) -> None:
    assert ticket(seed, person, order) == drawn(seed, person, order)


def space_of(result: Result) -> Space:
    """Return all plans of a world that seats, floor, locks and standings allow."""
    problem, screening = result.problem, result.screening
    pairs = zip(screening.candidate.tolist(), screening.opening.tolist(), strict=True)
    scores = dict(zip(pairs, result.scores.score.tolist(), strict=True))
    options: list[Sequence[int]] = []
    for person, locked in enumerate(problem.locked.tolist()):
        floor = problem.settings.objective.min_score
        able = [j for (i, j), score in scores.items() if i == person and score >= floor]
        options.append([locked] if locked >= 0 else [-1, *able])
    seats = problem.openings.seats.tolist()
    return Space(result, scores, tuple(_within(options, seats)))


def _within(options: Sequence[Sequence[int]], seats: Sequence[int]) -> Iterator[Seats]:
    for plan in itertools.product(*options):
        if all(n <= seats[place] for place, n in Counter(plan).items() if place >= 0):
            yield plan


def plan_of(result: Result) -> Seats:
    """Return the plan as places of openings."""
    return tuple(result.plan.opening.tolist())


def worth_of(result: Result) -> Places:
    """Return the objective's numbers of a result, by the scores of its pairs."""
    objective, rows = result.problem.settings.objective, result.plan.row
    used = result.scores.score[rows[rows >= 0]].tolist()
    total = sum(used) - objective.unplaced_worth * len(used)
    return tuple({"placements": len(used), "score": total}[name] for name in objective.order)


@settings(max_examples=90)
@given(worlds())
def test_the_plan_is_the_very_one_of_brute_force(world: World) -> None:
    result = world.result()
    space = space_of(result)
    best = max(map(space.worth, space.plans))
    equal = [plan for plan in space.plans if space.worth(plan) == best]
    assert space.worth(plan_of(result)) == best == worth_of(result)
    assert plan_of(result) == max(equal, key=space.luck)
    for person, by_lottery in enumerate(result.plan.by_lottery.tolist()):
        assert by_lottery == (len({plan[person] for plan in equal}) > 1)


# -- Verdicts and losses against brute force -----------------------------------------------------


def verdict_of(space: Space, person: int, place: int) -> tuple[str, Places | None]:
    """Return the verdict and loss of an eligible unused pair, as mathematics 18 has them where
    there are no caps above openings."""
    problem, plan = space.result.problem, plan_of(space.result)
    best, holding = space.worth(plan), [p for p in space.plans if p[person] == place]
    loss = None
    if holding:
        most = max(map(space.worth, holding))
        loss = tuple(have - rest for have, rest in zip(best, most, strict=True))
    seats = int(problem.openings.seats[place])
    if space.scores[person, place] < problem.settings.objective.min_score:
        return "below_floor", loss
    if problem.locked[person] >= 0:
        return "decided", loss
    if loss is None:
        return ("capped" if seats == 0 else "decided"), loss
    if not any(loss):
        return "tied", loss
    if plan.count(place) < seats:
        return ("below_floor" if plan[person] < 0 else "better_elsewhere"), loss
    first = next(at for at, number in enumerate(loss) if number)
    kinds = {"placements": "costs_a_place", "score": "outscored"}
    return kinds[problem.settings.objective.order[first]], loss


@settings(max_examples=90)
@given(worlds())
def test_each_unused_pair_has_the_verdict_and_loss_of_brute_force(world: World) -> None:
    result = world.result()
    space, verdicts, plan = space_of(result), judge_pairs(result), plan_of(result)
    assert len(verdicts.name) == len(space.scores)
    for row, (person, place) in enumerate(space.scores):
        if plan[person] == place:
            assert verdicts.name[row] == "proposed"
            continue
        name, loss = verdict_of(space, person, place)
        assert verdicts.name[row] == name
        assert bool(verdicts.exists[row]) == (loss is not None)
        if loss is not None:
            assert tuple(verdicts.loss[row].tolist()) == loss


@settings(max_examples=40)
@given(worlds())
def test_verdicts_and_whys_do_not_rest_on_chunks(world: World) -> None:
    result, again = world.result(), world.result()
    whole = judge_pairs(result)
    whys = tell_whys(result, whole)
    with (
        mock.patch("matcher.assign.chunks.CHUNK", 2),
        mock.patch("matcher.report.content.whys.PEOPLE", 2),
    ):
        parts = judge_pairs(again)
        assert tell_whys(again, parts) == whys
    for name, values in vars(whole).items():
        assert np.array_equal(values, getattr(parts, name))


# -- What every plan keeps -----------------------------------------------------------------------


@given(worlds(people=12, openings=6))
def test_breakdowns_sum_to_the_score_and_parts_to_the_fit(world: World) -> None:
    result = world.result()
    screening, scores = result.screening, result.scores
    for row, (i, j) in enumerate(zip(screening.candidate, screening.opening, strict=True)):
        lines = break_down(result.problem, result.facts, int(i), int(j))
        assert sum(line.contribution for line in lines) == scores.score[row]
        fit = [line.contribution for line in lines if line.part == "fit"]
        assert sum(fit) == scores.fit[row]
        assert sum(line.weight * line.low for line in lines) == scores.low[row]
        assert sum(line.weight * line.high for line in lines) == scores.high[row]
        assert all(0 <= line.low <= line.value <= line.high <= 1000 for line in lines)
        assert 0 <= scores.fit[row] <= scores.score[row] <= 1_000_000


@given(worlds(people=12, openings=6))
def test_the_plan_keeps_rules_seats_standings_and_locks(world: World) -> None:
    result = world.result()
    problem, plan = result.problem, plan_of(result)
    for person, place in enumerate(plan):
        if place >= 0:
            c, o = problem.candidates.at([person]), problem.openings.at([place])
            assert not any(fails.any() for fails, _ in judge(c, o, result.facts))
    taken = Counter(place for place in plan if place >= 0)
    assert all(n <= problem.openings.seats[place] for place, n in taken.items())
    seat = dict(zip(problem.candidate_ids, plan, strict=True))
    for row in world.candidates:
        if int(row["deposit"] or 0) > 0:
            assert seat[row["candidate_id"]] == -1
    for row in world.decisions:
        if row["action"] in ("hold", "withdraw") and row["candidate_id"]:
            assert seat[row["candidate_id"]] == -1
        elif row["action"] in ("hold", "withdraw"):
            assert problem.opening_ids.index(row["opening_id"]) not in taken
        elif row["action"] == "forbid":
            assert seat[row["candidate_id"]] != problem.opening_ids.index(row["opening_id"])
        elif row["action"] == "place":
            assert problem.opening_ids[seat[row["candidate_id"]]] == row["opening_id"]


@given(worlds(people=12, openings=6), st.data())
def test_one_more_seat_never_makes_the_plan_worse(world: World, data: DataObject) -> None:
    place = data.draw(st.integers(0, len(world.openings) - 1))
    seats = str(int(world.openings[place]["seats"]) + 1)
    assert worth_of(world.with_opening(place, seats=seats).result()) >= worth_of(world.result())


@given(worlds(people=12, openings=6), st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(world: World, random: Random) -> None:
    def shuffled(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        return tuple(random.sample(rows, len(rows)))

    other = replace(
        world,
        candidates=shuffled(world.candidates),
        openings=shuffled(world.openings),
        decisions=shuffled(world.decisions),
    ).result()
    assert told(other) == told(world.result())


def told(result: Result) -> tuple[object, ...]:
    """Return everything a result says that rests on ids only."""
    verdicts = judge_pairs(result)
    arrays = (
        result.screening.candidate,
        result.screening.opening,
        result.screening.open_rules,
        result.screening.fails_of_candidates,
        result.screening.unknowns_of_openings,
        *(result.scores.score, result.scores.fit, result.scores.low, result.scores.high),
        *(result.plan.opening, result.plan.row, result.plan.by_lottery),
        *(verdicts.name, verdicts.loss, verdicts.exists),
        *(result.seat_values.low, result.seat_values.high, result.seat_values.exists),
    )
    ids = (result.problem.candidate_ids, result.problem.opening_ids)
    return (*ids, *(array.tolist() for array in arrays))


@given(worlds(people=12, openings=6), st.data())
def test_other_ids_change_only_how_ties_fall(world: World, data: DataObject) -> None:
    names = {
        row[column]: f"{column[0]}{number}"
        for table, column in ((world.candidates, "candidate_id"), (world.openings, "opening_id"))
        for row, number in zip(table, data.draw(st.permutations(range(len(table)))), strict=True)
    }
    result, other = world.result(), renamed(world, names).result()
    assert worth_of(other) == worth_of(result)
    if not result.plan.by_lottery.any():
        assert {tuple(names[name] for name in pair) for pair in placed(result)} == placed(other)


def renamed(world: World, names: dict[str, str]) -> World:
    """Return the world with other ids."""

    def rows(table: tuple[Row, ...]) -> tuple[Row, ...]:
        ids = ("candidate_id", "opening_id")
        return tuple(
            {key: names.get(cell, cell) if key in ids else cell for key, cell in row.items()}
            for row in table
        )

    return replace(
        world,
        candidates=rows(world.candidates),
        openings=rows(world.openings),
        decisions=rows(world.decisions),
    )


def placed(result: Result) -> set[Pair]:
    """Return the placements as pairs of ids."""
    problem = result.problem
    return {
        (problem.candidate_ids[person], problem.opening_ids[place])
        for person, place in enumerate(plan_of(result))
        if place >= 0
    }


# -- More of a good thing, and facts that become known -------------------------------------------


def ends_of(world: World) -> dict[Pair, tuple[int, int, int]]:
    """Return the score and its low and high end of each pair that no rule refuses."""
    problem = world.problem()
    _, _, screening, scores = weigh(problem)
    rows = zip(
        [problem.candidate_ids[i] for i in screening.candidate],
        [problem.opening_ids[j] for j in screening.opening],
        zip(scores.score.tolist(), scores.low.tolist(), scores.high.tolist(), strict=True),
        strict=True,
    )
    return {(person, order): ends for person, order, ends in rows}


def assert_none_lower(before: World, after: World) -> None:
    """No pair is newly refused, and no pair's score or end is lower."""
    had, has = ends_of(before), ends_of(after)
    for pair, ends in had.items():
        assert pair in has, pair
        assert all(new >= old for new, old in zip(has[pair], ends, strict=True)), pair


@given(worlds(people=4, openings=6), st.data())
def test_more_skill_never_lowers_a_score(world: World, data: DataObject) -> None:
    place = data.draw(st.integers(0, len(world.candidates) - 1))
    row = world.candidates[place]
    if data.draw(st.booleans()):
        more = {"certificates": f"{row['certificates']}; {data.draw(st.sampled_from(UNITS))}"}
    else:
        near = ["welding.cutting", "food.cut.fish", "process.run", "polymer.mould.injection"]
        skill = data.draw(st.sampled_from(near) | st.sampled_from(SKILLS))
        more = {"skills": f"{row['skills']}; {skill}:{data.draw(st.integers(1, 3))}"}
    assert_none_lower(world, world.with_person(place, **more))


@given(worlds(people=4, openings=6), st.data())
def test_a_higher_level_of_japanese_never_lowers_a_score(world: World, data: DataObject) -> None:
    place = data.draw(st.integers(0, len(world.candidates) - 1))
    low, high = sorted(data.draw(st.tuples(*[st.integers(0, len(LEVELS) - 1)] * 2)))
    assert_none_lower(
        world.with_person(place, japanese_level=LEVELS[low]),
        world.with_person(place, japanese_level=LEVELS[high]),
    )


# What may become known, by column of the person, and which of it is bad news. Not here: columns
# in which blank is a fact of its own (no wish, no experience, no school hours) and values that the
# definition leaves out of the high end (a level above N4, more lessons than were planned, lessons
# of other than 40 to 45 minutes).
KNOWN = {
    "training_result": ["lulus", "dalam proses", "tidak lulus"],
    "training_end": ["2021-09-01", "2022-12-12", "2023-03-17", "2023-08-31", "2023-09-01"],
    "available_from": ["2023-03-20", "2023-05-02", "2023-08-31", "2023-09-01"],
    "passport_until": ["2023-01-01", "2023-04-02", "2030-01-01"],
    "medical": ["fit", "pending", "unfit"],
    "family_consent": ["ya", "tidak"],
    "former_trainee": ["tidak", "ya"],
    "japanese_level": ["none", "N5", "N4"],
    "japanese_expected": ["N5@2023-01-01", "N4@2023-04-01", "N3@2023-08-01"],
    "accepts": ["pork; night_shift; heights", "heights"],
    "accepts_any_trade": ["ya", "tidak"],
    "accepted_on": ["2020-01-01", "2022-06-15", "2022-12-12"],
    "school": ["S1", "S2", "S3"],
    "minutes_per_jp": ["40", "43", "45"],
    "jp_done": ["0", "160", "340"],
    "deposit": ["0", "500000"],
    "wants_abroad": ["ya", "tidak"],
}
ALWAYS_BAD = {
    ("training_result", "tidak lulus"),
    ("medical", "unfit"),
    ("former_trainee", "ya"),
    ("accepts_any_trade", "tidak"),
    ("deposit", "500000"),
    ("wants_abroad", "tidak"),
}


def is_bad_news(column: str, value: str, opening: Row) -> bool:
    """Return whether a person's fact is bad news for an opening."""
    ends = date.fromisoformat(opening["entry_to"] or ENTRY[1].isoformat())
    if column in ("training_end", "available_from"):
        return day_number(date.fromisoformat(value)) > day_number(ends)
    if column == "school":
        senders = opening["senders"]
        return bool(senders) and value not in senders.split("; ")
    if column == "japanese_level":
        care = "N4" if opening["operation_no"] == "7-13-1" else "none"
        asked = max(LEVELS.index(opening["min_japanese"] or "none"), LEVELS.index(care))
        return LEVELS.index(value) < asked
    return (column, value) in ALWAYS_BAD


@settings(max_examples=120)
@given(worlds(people=4, openings=6), st.data())
def test_a_fact_that_becomes_known_stays_between_the_ends(world: World, data: DataObject) -> None:
    column, values = data.draw(st.sampled_from(sorted(KNOWN.items())))
    value = data.draw(st.sampled_from(values))
    place = data.draw(st.integers(0, len(world.candidates) - 1))
    blanks = {column: ""}
    if column == "available_from":
        blanks["training_end"] = ""  # else the end of the training stands in for it
    if column == "jp_done":
        blanks["training_jp"] = "640"
    world = without_locks(world).with_person(place, **blanks)
    had, has = ends_of(world), ends_of(world.with_person(place, **{column: value}))
    orders = {row["opening_id"]: row for row in world.openings}
    for pair, (_, low, high) in had.items():
        if pair in has:
            assert low <= has[pair][1] <= has[pair][0] <= has[pair][2] <= high, pair
        else:
            assert pair[0] == world.candidates[place]["candidate_id"]
            assert is_bad_news(column, value, orders[pair[1]]), pair


KNOWN_OF_OPENINGS = {
    "cost_to_candidate": ["0", "1", "2500000", "9000000"],
    "prefecture": ["Aichi", "Gifu", "Osaka"],
    "order_closes": ["2022-12-12", "2022-12-11"],
    "any_trade": ["ya", "tidak"],
    "senders": ["S1", "S1; S2"],
    "min_japanese": ["N5", "N4"],
}
BAD_OF_OPENINGS = {("order_closes", "2022-12-11")}
REQUIREMENTS = ("senders", "min_japanese")  # blank asks nothing: any answer may be bad news


@given(worlds(people=6, openings=3), st.data())
def test_a_fact_of_an_opening_that_becomes_known(world: World, data: DataObject) -> None:
    column, values = data.draw(st.sampled_from(sorted(KNOWN_OF_OPENINGS.items())))
    value = data.draw(st.sampled_from(values))
    place = data.draw(st.integers(0, len(world.openings) - 1))
    world = without_locks(world).with_opening(place, **{column: ""})
    had, has = ends_of(world), ends_of(world.with_opening(place, **{column: value}))
    for pair, (_, low, high) in had.items():
        if pair not in has:
            assert pair[1] == world.openings[place]["opening_id"]
            refused = {row["candidate_id"]: row["refuses"] for row in world.candidates}[pair[0]]
            bad = column in REQUIREMENTS or (column, value) in BAD_OF_OPENINGS
            assert bad or (column == "prefecture" and value == refused)
        elif column not in REQUIREMENTS:
            assert low <= has[pair][1] <= has[pair][0] <= has[pair][2] <= high, pair


def without_locks(world: World) -> World:
    """Return the world without placements on record, which a new fact could make impossible."""
    return replace(
        world, decisions=tuple(row for row in world.decisions if row["action"] != "place")
    )


# -- Spreadsheets as they come: what is read, kept, and read again -------------------------------


@given(worlds(people=12, openings=6))
def test_frozen_inputs_are_read_as_the_same_problem(world: World) -> None:
    problem = world.problem()
    again = frozen(problem)
    assert [issue for issue in again.notes if issue.action == "fix"] == []
    assert meaning(again) == meaning(problem)
    assert again.inputs == problem.inputs


@given(worlds(people=12, openings=6), st.randoms(use_true_random=False))
def test_frozen_inputs_do_not_depend_on_the_order_of_rows(world: World, random: Random) -> None:
    def shuffled(rows: tuple[Row, ...]) -> tuple[Row, ...]:
        columns = list(rows[0]) if rows else []
        random.shuffle(columns)
        return tuple(
            {column: row[column] for column in columns} for row in random.sample(rows, len(rows))
        )

    other = replace(
        world,
        candidates=shuffled(world.candidates),
        openings=shuffled(world.openings),
        decisions=shuffled(world.decisions),
    ).problem()
    assert other.inputs == world.problem().inputs


def full_width(cell: str) -> str:
    """Return a cell as a Japanese keyboard writes it."""
    return cell.translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})


def slashes(cell: str) -> str:
    """Return a date as day/month/year where no other order is possible."""
    year, month, day = cell.split("-")
    return f"{day}/{month}/{year}" if int(day) > 12 else cell


def japanese(cell: str) -> str:
    """Return a date in the words of Japan."""
    year, month, day = map(int, cell.split("-"))
    return f"{year}年{month}月{day}日"


# What people do to a cell without changing what it means, by column; "" for any column.
DIRT: dict[str, list[Callable[[str], str]]] = {
    "": [
        lambda cell: f" {cell}",
        lambda cell: f"{cell}\u00a0",
        lambda cell: f"\u200b{cell}",
        lambda cell: f"{cell}\ufeff",
        lambda cell: f"{cell}\t",
        lambda cell: f"{cell}\n",
        lambda cell: unicodedata.normalize("NFD", cell),
    ],
    "candidate_id": [lambda cell: f"'{cell}"],
    "programme": [str.upper, lambda cell: cell.replace("-", " ")],
    "birth_date": [slashes, full_width, japanese],
    "training_end": [slashes, japanese],
    "passport_until": [slashes, japanese],
    "training_jp": [lambda cell: f"{cell} JP", full_width],
    "minutes_per_jp": [lambda cell: f"{cell} menit", full_width],
    "jp_done": [full_width],
    "training_result": [str.upper, str.title],
    "japanese_level": [str.lower, full_width],
    "former_trainee": [
        str.upper,
        lambda cell: {"tidak": "Belum pernah", "ya": "はい"}.get(cell, cell),
    ],
    "medical": [str.upper, str.title],
    "family_consent": [lambda cell: {"ya": "Yes", "tidak": "No"}.get(cell, cell)],
    "wants_abroad": [lambda cell: {"ya": "○", "tidak": "×"}.get(cell, cell)],
    "wishes_job_types": [
        lambda cell: cell.replace("; ", "、"),
        lambda cell: cell.replace("; ", "\n"),
    ],
    "wishes_prefectures": [str.upper, lambda cell: cell.replace("; ", " | ")],
    "deposit": [lambda cell: f"Rp {cell}" if cell else cell],
    "operation_no": [full_width],
    "seats": [lambda cell: f"{cell} orang", full_width],
    "prefecture": [str.upper, lambda cell: f"{cell} Prefecture" if cell else cell],
    "entry_from": [slashes, japanese],
    "entry_to": [slashes, japanese],
}


@settings(max_examples=90)
@given(worlds(people=8, openings=5), st.data())
def test_dirt_changes_no_meaning_and_each_cell_of_it_is_told(
    world: World, data: DataObject
) -> None:
    world = replace(world, decisions=())
    tables = {"candidates": list(world.candidates), "openings": list(world.openings)}
    done: dict[tuple[str, int, str], str] = {}
    for _ in range(data.draw(st.integers(1, 8))):
        table = data.draw(st.sampled_from(sorted(tables)))
        place = data.draw(st.integers(0, len(tables[table]) - 1))
        row = tables[table][place]
        column = data.draw(st.sampled_from(sorted(name for name in row if row[name])))
        if (table, place, column) in done:
            continue
        soil = data.draw(st.sampled_from([*DIRT[""], *DIRT.get(column, [])]))
        written = soil(row[column])
        if written != row[column]:
            tables[table][place] = {**row, column: written}
            done[table, place, column] = written
    dirty = replace(
        world, candidates=tuple(tables["candidates"]), openings=tuple(tables["openings"])
    ).problem()
    clean = world.problem()
    assert meaning(dirty) == meaning(clean)
    told = {
        (issue.file.removesuffix(".csv"), line - 2, issue.column)
        for issue in dirty.notes
        if issue.action == "fix"
        for line in (issue.line, *issue.also)
    }
    kept = {
        (table, place, column): cell
        for table, rows in kept_rows(dirty).items()
        for place, row in enumerate(rows)
        for column, cell in row.items()
    }
    assert {at for at, written in done.items() if kept[at] != written} <= told


def kept_rows(problem: Problem) -> dict[str, list[Row]]:
    """Return the rows that a batch keeps; worlds of up to ten have their ids in order."""
    texts = {name.removesuffix(".csv"): text.decode() for name, text in problem.inputs.items()}
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in texts.items()}


@settings(max_examples=90)
@given(worlds(people=6, openings=4), st.data())
def test_any_text_in_any_cell_loses_no_row_and_never_breaks(world: World, data: DataObject) -> None:
    anything = st.text(max_size=12) | st.sampled_from(ODD)
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(world.candidates) - 1))
        column = data.draw(st.sampled_from(sorted(world.candidates[0])))
        world = world.with_person(place, **{column: data.draw(anything)})
        place = data.draw(st.integers(0, len(world.openings) - 1))
        column = data.draw(st.sampled_from(sorted(world.openings[0])))
        world = world.with_opening(place, **{column: data.draw(anything)})
    try:
        problem = world.problem()
    except InputError as fault:
        counts, issues = fault.counts, fault.issues
        assert any(issue.severity == "error" for issue in issues)
    else:
        counts, issues = problem.counts, problem.notes
        assert all(issue.severity == "note" for issue in issues)
        assert meaning(frozen(problem)) == meaning(problem)
    rows = {"candidates.csv": len(world.candidates), "openings.csv": len(world.openings)}
    for count in counts:
        assert count.read == count.accepted + count.refused + count.ignored
        assert count.read == rows.get(count.file, count.read)
    words_told(issues)


ODD = [
    *("-", "#N/A", "1.234,5", "1,234.5", "1/2/2023", "44927", "3,5E+15", "1e5", "TRUE", "ya/tidak"),
    *(
        "令和5年",
        "H12.4.1",
        "29 Februari 2023",
        "31/12/99",
        "N3 / N4",
        "7-7",
        "Las",
        "愛知",
        "Rp 1,5 jt",
    ),
    *(
        "\x00",
        "\ud800",
        "\u202e",
        "é",
        "Ã©",
        "縺ゅ＞",
        "100%",
        "0,5",
        "²",
        "½",
        "①",
        "a;b|c、d",
        "=1+1",
    ),
]


def words_told(issues: Sequence[Issue]) -> None:
    """Tell issues in each language: none may break the report."""
    for language in ("id", "ja", "en"):
        assert tell_issues(issues, words_of(language)) or not issues
