"""The funnel counts what it says: against counting pair by pair, and told in words."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import astuple, replace
from io import StringIO
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn
from rich.cells import cell_len

from matcher.cli import main
from matcher.errors import UsageError
from matcher.explain.funnel import Funnel, count_scope, count_scopes
from matcher.explain.funnel.works import find_centre, find_works, openings_of
from matcher.language import words_of
from matcher.pipeline import Result
from matcher.problem import Flags, Standing
from matcher.report.funnel import show_funnel, table_funnel
from matcher.report.funnel.columns import PAGE, fit_table, fold
from matcher.report.words import KINDS
from matcher.rules import RULES
from matcher.screen import judge
from tests.conftest import Batch
from tests.worlds import OPENING, PERSON, World, decision, one_pair, worlds

EN = words_of("en")
TRADE = next(at for at, rule in enumerate(RULES) if rule.name == "trained_for")
States = dict[tuple[int, int], tuple[set[int], set[int]]]


@st.composite
def spread(draw: DrawFn) -> World:
    """Draw a world whose people come from a few centres."""
    world = draw(worlds(people=6, openings=5))
    centres = st.sampled_from(["", "Medan", "Padang"])
    people = tuple({**row, "centre": draw(centres)} for row in world.candidates)
    return replace(world, candidates=people)


def states_of(result: Result) -> States:
    """Return which rules each pair of a present person fails, and which are unknown, one by one."""
    problem, found = result.problem, {}
    for person in problem.present.tolist():
        for place in range(len(problem.opening_ids)):
            c, o = problem.candidates.at([person]), problem.openings.at([place])
            answers = judge(c, o, result.facts)
            found[person, place] = (
                {at for at, (fails, _) in enumerate(answers) if fails.any()},
                {at for at, (_, unknown) in enumerate(answers) if unknown.any()},
            )
    return found


def counted(states: States, people: set[int], places: set[int]) -> tuple[object, ...]:
    """Return what a funnel of people and places says, counted pair by pair."""
    here = {
        pair: state for pair, state in states.items() if {pair[0]} <= people and pair[1] in places
    }
    kept = {pair: unknown for pair, (fails, unknown) in here.items() if not fails}
    eligible = {person for person, _ in kept}
    rules = []
    for rule in range(len(RULES)):
        fails = {pair for pair, (failed, _) in here.items() if rule in failed}
        alone = {pair for pair, (failed, _) in here.items() if failed == {rule}}
        trained = {pair for pair in fails if TRADE not in here[pair][0]}
        unknown = {pair for pair, still_open in kept.items() if rule in still_open}
        only = {pair for pair, still_open in kept.items() if still_open == {rule}}
        rules.append(
            (
                *(len(found) for found in (fails, alone, trained, unknown, only)),
                *(len({person for person, _ in found}) for found in (fails, unknown)),
                len({person for person, _ in alone} - eligible),
            )
        )
    present = {person for person, _ in states} & people
    conditional = sum(bool(still_open) for still_open in kept.values())
    whole = (len(here) - len(kept), conditional, len(kept) - conditional)
    return (len(present), len(places), *whole, len(present - eligible), tuple(rules))


def numbers(funnel: Funnel) -> tuple[object, ...]:
    """Return what a funnel says, in the order of `counted`."""
    rules = tuple(astuple(count)[1:] for count in (replace(c, rule=None) for c in funnel.rules))  # type: ignore[arg-type]
    whole = (funnel.refused, funnel.conditional, funnel.free, funnel.without)
    return (funnel.people, funnel.openings, *whole, rules)


@given(spread())
def test_every_scope_counts_as_pair_by_pair(world: World) -> None:
    result = world.result()
    problem, states = result.problem, states_of(result)
    everybody, everything = range(len(problem.candidate_ids)), range(len(problem.opening_ids))
    members = {
        "all": lambda name: (set(everybody), set(everything)),
        "centre": lambda name: (
            {p for p in everybody if problem.labels.centres[p] == name},
            set(everything),
        ),
        "operation": lambda name: (
            set(everybody),
            {o for o in everything if problem.lists.operations[problem.openings.job[o]] == name},
        ),
        "category": lambda name: (
            set(everybody),
            {
                o
                for o in everything
                if problem.lists.categories[problem.openings.category[o]] == name
            },
        ),
    }
    funnels = count_scopes(result)
    assert [(f.scope, f.name) for f in funnels] == [
        ("all", ""),
        *(("category", name) for name in problem.lists.categories),
        *(("operation", name) for name in problem.lists.operations),
        *(("centre", name) for name in sorted(set(problem.labels.centres))),
    ]
    for funnel in funnels:
        people, places = members[funnel.scope](funnel.name)
        assert numbers(funnel) == counted(states, people, places)
        proposed = [p for p in people if result.plan.opening[p] in places]
        assert funnel.proposed == len(proposed)
        rows = result.plan.row[proposed]
        assert funnel.proposed_conditional == result.screening.conditional[rows].sum()


@given(spread(), st.data())
def test_a_part_counts_as_pair_by_pair(world: World, data: st.DataObject) -> None:
    result = world.result()
    problem = result.problem
    people, openings = (
        np.array(data.draw(st.lists(st.booleans(), min_size=n, max_size=n)), bool)
        for n in (len(problem.candidate_ids), len(problem.opening_ids))
    )
    funnel = count_scope(result, people, openings)
    inside, places = set(np.flatnonzero(people).tolist()), set(np.flatnonzero(openings).tolist())
    assert numbers(funnel) == counted(states_of(result), inside, places)
    placed = np.flatnonzero(people & (result.plan.opening >= 0))
    outside = ~openings[result.plan.opening[placed]]
    assert (funnel.proposed, funnel.elsewhere) == (int((~outside).sum()), int(outside.sum()))
    away = people & (problem.standing != Standing.PRESENT)
    assert funnel.away == away.sum()


@given(spread())
def test_blocks_of_any_size_count_alike(world: World) -> None:
    result = world.result()
    whole = count_scopes(result)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("matcher.explain.funnel.tally.BLOCK", 1)
        assert count_scopes(result) == whole


@given(spread())
def test_the_parts_add_up_to_the_whole(world: World) -> None:
    funnels = count_scopes(world.result())
    whole = funnels[0]
    assert whole.pairs == whole.refused + whole.conditional + whole.free
    for scope in ("category", "operation", "centre"):
        parts = [funnel for funnel in funnels if funnel.scope == scope]
        for number in ("pairs", "refused", "conditional", "free", "proposed"):
            assert sum(getattr(part, number) for part in parts) == getattr(whole, number)


def test_a_rule_that_alone_empties_somebody_is_named() -> None:
    result = one_pair({"medical": "unfit"}).result()
    funnel = count_scopes(result)[0]
    emptied = {count.rule.name: count.emptied for count in funnel.rules if count.emptied}
    assert emptied == {"medical": 1}
    assert (funnel.without, funnel.proposed) == (1, 0)
    two = one_pair({"medical": "unfit", "wants_abroad": "tidak"}).result()
    assert not any(count.emptied for count in count_scopes(two)[0].rules)


PADANG = {**PERSON, "candidate_id": "C2", "programme": "kes-caregiver", "centre": "Padang"}
MEDAN = {**PERSON, "centre": "Medan"}
TWO = World((MEDAN, PADANG), (OPENING,))


def test_why_nobody_of_a_centre_was_proposed_for_a_work() -> None:
    told = show_funnel(TWO.result(), "padang", "welding", "text", EN)
    flat = " ".join(told.split())
    assert "1 people of Padang take part; 1 job orders with 1 seats; 1 pairs." in flat
    assert "Proposed here 0" in flat
    assert "7-7-2 Semi-automatic welding" in flat
    assert "training for the work: alone it leaves 1 people with nothing here" in flat
    sentences, rules = told.split("\n\n")
    assert "IJC programme" in " ".join(sentences.split())
    assert "programme: people go" not in " ".join(rules.split())
    assert "medical" not in rules
    other = show_funnel(TWO.result(), "Medan", "7-7", "text", EN)
    assert "Proposed here 1" in " ".join(other.split()) and "alone it leaves" not in other


def test_a_work_without_a_job_order_is_said_and_no_error() -> None:
    told = show_funnel(TWO.result(), None, "7-13-1", "text", EN)
    assert "No job order of this batch is for: 7-13-1 Care work." in told
    assert "0 job orders" in told


@pytest.mark.parametrize(
    ("centre", "work", "word"),
    [
        ("Padan", None, "did you mean “Padang”?"),
        ("Zürich", None, "one of: Medan, Padang"),
        (None, "semi-automatik welding", "did you mean"),
        (None, "7-99", "There is no work “7-99”"),
    ],
)
def test_what_is_not_there_is_a_usage_error(
    centre: str | None, work: str | None, word: str
) -> None:
    with pytest.raises(UsageError) as fault:
        show_funnel(TWO.result(), centre, work, "text", EN)
    assert word in EN(fault.value.phrase)


@pytest.mark.parametrize(
    ("text", "some", "none"),
    [
        ("7-7-2", {"7-7-2"}, {"7-7-1"}),
        ("7-7", {"7-7-1", "7-7-2"}, {"7-4-2"}),
        ("welding", {"7-7-1", "7-7-2"}, {"7-4-2"}),
        ("weld", {"7-7-1", "7-7-2"}, {"7-4-2"}),
        ("las", {"7-7-1", "7-7-2"}, {"7-4-2", "7-13-1"}),
        ("pengelasan", {"7-7-1", "7-7-2"}, {"7-4-2"}),
        ("溶接", {"7-7-1", "7-7-2"}, {"7-4-2"}),
        ("介護", {"7-13-1"}, {"7-7-2"}),
    ],
)
def test_works_are_found_by_number_and_word(text: str, some: set[str], none: set[str]) -> None:
    found = set(find_works(TWO.problem(), text))
    assert some <= found
    assert not none & found


def test_a_centre_is_found_whatever_its_case_and_a_wrong_one_is_not() -> None:
    problem = TWO.problem()
    assert find_centre(problem, "PADANG") == find_centre(problem, " padang ") == "Padang"
    assert find_centre(problem, "Pada") is None


def test_openings_of_no_work_are_none() -> None:
    problem = TWO.problem()
    here: Flags = openings_of(problem, ["7-7-2"])
    assert here.tolist() == [True]
    assert openings_of(problem, ["7-13-1"]).tolist() == [False]


@given(spread())
def test_the_table_says_what_the_funnels_say(world: World) -> None:
    result = world.result()
    table = table_funnel(result)
    funnels = {(f.scope, f.name): f for f in count_scopes(result)}
    assert set(zip(table["scope"], table["name"], strict=True)) == set(funnels)
    for row in table.to_dict("records"):
        funnel = funnels[row["scope"], row["name"]]
        assert row["refused"] == funnel.refused
        if row["rule"]:
            count = next(c for c in funnel.rules if c.rule.name == row["rule"])
            assert (row["fails"], row["unknowns"]) == (count.fails, count.unknowns)
    csv = show_funnel(result, None, None, "csv", EN)
    assert pd.read_csv(StringIO(csv), keep_default_na=False).shape == table.shape
    told = json.loads(show_funnel(result, None, None, "json", EN))
    assert [one["pairs"] for one in told] == [funnel.pairs for funnel in funnels.values()]


def test_the_command_answers_from_a_batch_alone(tmp_path: Path) -> None:
    runner, batch = CliRunner(), tmp_path / "b"
    ran = runner.invoke(main, ["run", "scenarios/tiny", "--out", str(batch)])
    assert ran.exit_code == 0, ran.output
    told = runner.invoke(main, ["funnel", str(batch), "--work", "welding", "--lang", "en"])
    assert told.exit_code == 0
    assert "refuses" in told.stdout and "(pairs)" in told.stdout
    wrong = runner.invoke(main, ["funnel", str(batch), "--centre", "Nowhere", "--lang", "en"])
    assert (wrong.exit_code, wrong.stdout) == (2, "")
    assert "There is no centre “Nowhere” here" in wrong.stderr
    for form in ("csv", "json"):
        whole = runner.invoke(main, ["funnel", str(batch), "--format", form])
        assert whole.exit_code == 0 and whole.stdout


def test_a_held_person_is_in_no_pair() -> None:
    world = World((MEDAN, PADANG), (OPENING,), (decision("hold", "C2"),))
    funnel = count_scopes(world.result())[0]
    assert (funnel.people, funnel.away, funnel.pairs) == (1, 1, 1)


@pytest.mark.parametrize("language", ["en", "id", "ja"])
def test_the_text_fits_a_page(batch: Batch, language: str) -> None:
    told = show_funnel(batch.result, None, None, "text", words_of(language))
    assert max(cell_len(line) for line in told.splitlines()) <= PAGE


@pytest.mark.parametrize("language", ["en", "id"])
def test_no_word_is_broken(batch: Batch, language: str) -> None:
    words = words_of(language)
    whole = count_scopes(batch.result)[0]
    table = show_funnel(batch.result, None, None, "text", words).split("\n\n")[1]
    cells = [words(cell) for c in whole.working for cell in (c.rule.label, KINDS[c.rule.kind])]
    assert len(cells) > 30
    found = Counter(table.split())
    needed = Counter(word for cell in cells for word in cell.split())
    assert not needed - found


@pytest.mark.parametrize(("language", "mark"), [("en", ","), ("id", "."), ("ja", ",")])
def test_numbers_have_one_form(batch: Batch, language: str, mark: str) -> None:
    most = count_scopes(batch.result)[0].working[0].fails
    assert most > 1000
    told = show_funnel(batch.result, None, None, "text", words_of(language))
    assert f" {most // 1000}{mark}{most % 1000:03} " in told.split("\n\n")[1]
    assert not re.search(r"(?<!\d)\d{4,}", told)


def test_the_source_stands_in_json_and_not_in_the_table(batch: Batch) -> None:
    told = show_funnel(batch.result, None, None, "text", EN)
    assert "rule kind" in " ".join(told.split("\n\n")[1].split())
    assert not re.search(r"\bsource\b", told)
    whole, *_ = json.loads(show_funnel(batch.result, None, None, "json", EN))
    assert all(rule["source"] for rule in whole["rules"])


ENGLISH = st.lists(st.text("abcdefgh,()", min_size=1, max_size=12), max_size=6).map(" ".join)


@given(st.integers(1, 5).flatmap(lambda n: st.lists(st.lists(ENGLISH, min_size=n, max_size=n))))
def test_a_table_keeps_every_word_and_the_page(rows: list[list[str]]) -> None:
    titles = [f"title {at}" for at in range(len(rows[0]) if rows else 1)]
    told = fit_table(titles, rows)
    words = [word for cell in (*titles, *(c for row in rows for c in row)) for word in cell.split()]
    assert Counter(told.split()) == Counter(words)
    assert max(map(len, told.splitlines())) <= PAGE


def test_a_table_is_as_wide_as_it_needs_and_no_wider() -> None:
    assert fit_table(["a b", "c"], [["one two", "3"]], 12) == "a b      c\none two  3\n"
    assert fit_table(["a b", "c"], [["one two", "3"]], 7) == "a b  c\none  3\ntwo\n"
    assert fit_table(["title"], [["unbroken"]], 3) == "title\nunbroken\n"


@given(st.text("あいう作業 abc。", max_size=60), st.integers(6, 20))
def test_folding_keeps_the_text_and_the_width(text: str, width: int) -> None:
    lines = fold(text, width)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert max(map(cell_len, lines)) <= width
