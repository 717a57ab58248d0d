"""What page and workbook say beside people: numbers that add up, the same as the tables of a batch,
in every language, and nobody to be known in a blind copy."""

from __future__ import annotations

import csv
import re
import shutil
from collections import Counter
from dataclasses import fields, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.audit import audit_result
from matcher.check import open_scenario
from matcher.explain import summarise
from matcher.explain.routes import find_routes
from matcher.language import LANGUAGES, words_of
from matcher.pipeline import Result, match
from matcher.problem import Standing
from matcher.report.content import Content, gather_content
from matcher.report.content.basis import Basis
from matcher.report.content.blind import show_people
from matcher.report.content.pictures import find_spread
from matcher.report.content.tables import table_audit
from matcher.report.content.values import Bar
from matcher.report.questions import table_questions
from matcher.report.tables import table_openings, table_placements, table_proofs
from matcher.rules import is_own_trade, training_at_entry
from tests.readme import ROOT
from tests.test_given_scores import OUTSIDE, bare, score
from tests.test_next_run import office, recorded, steps
from tests.worlds import OPENING, PERSON, World, decision, one_pair, worlds

SCENARIOS = ROOT / "scenarios"
LOOKED_AT = ("ijc-2023", "tiny", "esd-2027", "season/2-plan", "season/3-back", "as-received")
FEW = settings(max_examples=15)
STABLE = {"mode": "stable"}
DIGESTS = {"placements.csv": "a" * 64, "proof.json": "b" * 64}


@lru_cache(maxsize=len(LOOKED_AT))
def result_of(name: str) -> Result:
    return match(open_scenario(SCENARIOS / name))


@lru_cache(maxsize=2 * len(LOOKED_AT))
def content_of(name: str, language: str = "en", blind: bool = False) -> Content:
    return gather_content(result_of(name), words_of(language), DIGESTS, blind=blind)


def figures(content: Content) -> dict[str, int]:
    return {figure.name: figure.value for figure in content.figures}


def check_sums(result: Result, content: Content) -> None:
    """Everything that counts the same people or seats comes to the same number."""
    of, summary = figures(content), summarise(result)
    openings, hosts, centres = content.openings, content.hosts, content.centres
    for counted in (openings, hosts):
        assert sum(one.seats for one in counted) == of["seats"] == summary.seats
        assert sum(one.closed for one in counted) == of["closed"]
        assert sum(one.filled for one in counted) == of["filled"]
        assert sum(one.conditional for one in counted) == of["conditional"]
    assert of["seats"] == of["closed"] + of["filled"] + of["empty"]
    assert of["people"] == of["present"] + of["held"] + of["withdrawn"]
    assert of["present"] == of["proposed"] + of["unplaced"]
    for name in ("people", "present", "proposed", "conditional", "unplaced", "held", "withdrawn"):
        assert sum(getattr(centre, name) for centre in centres) == of[name]
    proposed = [person for one in openings for person in one.proposed]
    assert len(proposed) == len(set(proposed)) == of["proposed"]
    check_pictures(content)
    assert all(one.filled <= one.seats - one.closed for one in openings)
    assert {name for host in hosts for name in host.openings} == {one.id for one in openings}


def check_pictures(content: Content) -> None:
    of, pictures = figures(content), content.pictures
    steps = [bar.whole for bar in pictures.funnel]
    assert steps == sorted(steps, reverse=True)
    assert (steps[0], steps[1], steps[3]) == (of["people"], of["present"], of["proposed"])
    assert steps[4] == of["proposed"] - of["conditional"]
    assert all(sum(bar.parts) == bar.whole and min(bar.parts) >= 0 for bar in pictures.groups)
    parts = [sum(column) for column in zip(*(bar.parts for bar in pictures.groups), strict=True)]
    firm = of["filled"] - of["conditional"]
    assert parts == [firm, of["conditional"], of["empty"], of["closed"]]
    assert sum(tile.whole for tile in pictures.prefectures) == of["seats"]
    assert sum(tile.filled for tile in pictures.prefectures) == of["filled"]
    assert sum(flow.people for flow in pictures.flow) == of["proposed"]
    if not content.given:
        assert sum(spread.people for spread in pictures.fit) == of["proposed"]
        assert all(one.least >= 0 and one.greatest <= pictures.fit_of for one in pictures.fit)
    if content.draws:
        assert sum(bar.whole for bar in pictures.doubt) == of["proposed"]


@pytest.mark.parametrize("name", LOOKED_AT)
def test_the_numbers_add_up(name: str) -> None:
    check_sums(result_of(name), content_of(name))


@given(worlds())
@FEW
def test_the_numbers_of_any_world_add_up(world: World) -> None:
    result = world.result()
    check_sums(result, gather_content(result, words_of("en"), {}))


@given(worlds())
@FEW
def test_the_numbers_of_a_stable_plan_add_up_and_no_seat_has_a_value(world: World) -> None:
    result = replace(world, objective=STABLE).result()
    content = gather_content(result, words_of("en"), {})
    check_sums(result, content)
    assert all(one.more_people is None and one.more_points is None for one in content.openings)
    assert all(one.one_more == "not reckoned" for one in content.openings)
    assert "Proof" not in [table.title for table in content.review]


@pytest.mark.parametrize("name", LOOKED_AT)
def test_it_says_what_the_tables_of_the_batch_say(name: str) -> None:
    result, content = result_of(name), content_of(name)
    words = words_of("en")
    proposed = {(person, opening.id) for opening in content.openings for person in opening.proposed}
    placements = table_placements(result)
    at = placements[placements["opening_id"] != ""][["candidate_id", "opening_id"]]
    assert proposed == set(at.itertuples(index=False, name=None))
    eligible = table_openings(result)[["opening_id", "eligible"]]
    rows = list(eligible.itertuples(index=False, name=None))
    assert [(one.id, one.eligible) for one in content.openings] == rows
    dues = {
        (due.person, due.opening, due.held, due.required, due.due.isoformat(), due.who)
        for due in content.dues
    }
    columns = ["candidate_id", "opening_id", "held", "required", "due", "shown_by"]
    proofs = table_proofs(result, words)
    assert dues == set(proofs[columns].itertuples(index=False, name=None))
    assert len(content.dues) == len(proofs)
    assert [due.due for due in content.dues] == sorted(due.due for due in content.dues)
    asked = {(one.kind, one.host, one.school, one.text) for one in content.questions}
    table = table_questions(result, words)[["kind", "host_id", "school", "question"]]
    assert asked == set(table.itertuples(index=False, name=None))
    behind = {
        (
            result.problem.opening_ids[one.opening],
            one.rank,
            result.problem.candidate_ids[one.candidate],
        )
        for one in result.reserves
    }
    assert behind == {
        (one.id, held.rank, held.person) for one in content.openings for held in one.reserves
    }


@pytest.mark.parametrize("name", ["tiny", "season/2-plan"])
def test_one_seat_more_adds_what_it_says(name: str) -> None:
    """Made again with one seat more, the plan has so many people and points more."""
    result, content = result_of(name), content_of(name)
    own = _totals(result)
    for one in content.openings:
        problem = result.problem
        seats = problem.openings.seats.copy()
        seats[one.place] += 1
        openings = replace(problem.openings, seats=seats)
        more = _totals(match(replace(problem, openings=openings)))
        assert (one.more_people or 0) == more[0] - own[0]
        if "keep" not in problem.order:
            assert (one.more_points or 0) == more[1] - own[1]


def _totals(result: Result) -> tuple[int, int]:
    rows = result.plan.row[result.plan.row >= 0]
    return rows.size, int(result.scores.score[rows].sum())


@pytest.mark.parametrize("name", ["ijc-2023", "esd-2027", "season/3-back"])
def test_every_language_tells_the_same_numbers(name: str) -> None:
    def plain(content: Content) -> object:
        numbers = [(f.name, f.value, f.of) for f in content.figures]
        rows = [(o.id, o.filled, o.proposed, o.reserves, o.more_points) for o in content.openings]
        sizes = [
            len(getattr(content, field.name))
            for field in fields(Content)
            if isinstance(getattr(content, field.name), tuple)
        ]
        return numbers, rows, sizes, [len(table.rows) for table in content.review]

    told = [plain(content_of(name, language)) for language in LANGUAGES]
    assert told[0] == told[1] == told[2]


@pytest.mark.parametrize("name", LOOKED_AT)
def test_nobody_is_to_be_known_in_a_blind_copy(name: str) -> None:
    problem, content = result_of(name).problem, content_of(name, "id", True)
    shown = {
        field.name: getattr(content, field.name)
        for field in fields(Content)
        if field.name not in ("keys", "words", "card_of", "people")
    }
    text = repr(shown)
    names = set(problem.labels.candidate_names) - {""}
    free = {one.reason for one in problem.decisions} | {one.by for one in problem.decisions}
    free |= {one.text for one in problem.objections} | {one.by for one in problem.outcomes}
    free -= {"mengundurkan diri"}  # our own word too
    free -= {ruled.by for ruled in problem.settings.law.values()}  # who settled the law is told
    assert not [hidden for hidden in names | free - {""} if hidden in text]
    ids = "|".join(map(re.escape, problem.candidate_ids))
    assert not re.findall(rf"(?<![\w-])(?:{ids})(?![\w-])", text)
    assert not content.decisions
    assert not content.audit.rows
    asked = {one.kind for one in content.questions}
    assert not asked & {"alone", "sex_unknown", "rooms_unknown", "rooms_short"}
    told = [line for host in content.hosts for line in host.questions]
    assert len(told) == sum(bool(one.host) for one in content.questions)
    assert len(content.keys) == len(problem.candidate_ids)
    check_sums(result_of(name), content)


@pytest.mark.parametrize("at", ["opening", "host", "prefecture"])
def test_limits_on_two_people_name_numbers_in_a_blind_copy(at: str) -> None:
    people = tuple({**PERSON, "candidate_id": f"XQ{n}"} for n in range(3))
    orders = tuple({**OPENING, "opening_id": f"O{n}"} for n in range(3))
    two = [{"apart": ["XQ0", "XQ1"], "at": at}, {"together": ["XQ1", "XQ2"], "at": "host"}]
    result = World(people, orders, chosen={"limits": two}).result()
    seen, blind = (gather_content(result, words_of("en"), {}, blind=one) for one in (False, True))
    seen_cards, cards = ([one.card_of(place) for place in range(3)] for one in (seen, blind))
    assert "XQ0" in repr(seen.settings)
    assert "XQ" not in repr((blind.settings, blind.summary, blind.people, blind.openings, cards))
    assert len(cards) == len(seen_cards)


def test_an_id_that_other_things_have_too_tells_of_nobody() -> None:
    people = tuple({**PERSON, "candidate_id": name} for name in ("1", "2", "3", "S-01"))
    people = tuple({**row, "school": "S-01"} for row in people)
    orders = tuple({**OPENING, "opening_id": name} for name in ("1", "2"))
    decided = (decision("place", "2", "1"), decision("forbid", "3", "2"))
    result = World(people, orders, decided).result()
    content = gather_content(result, words_of("en"), {}, blind=True)
    numbers = {key.candidate_id: key.number for key in content.keys}
    for person in content.people:
        lines = repr(content.card_of(person.place))
        assert not [n for n in numbers.values() if n in lines and n != person.id], lines
        assert person.school == "S-01"
    own = next(person for person in content.people if person.id == numbers["2"])
    assert content.card_of(own.place).record == ("December 1, 2022: 1 – set at a job order",)
    assert f"{numbers['2']} – set at a job order" in repr(content.openings[0].record)


def test_rows_left_out_and_enforced_wishes_are_not_told_in_a_blind_copy() -> None:
    world = one_pair(opening={"wishes": "perempuan", "wish_reason": "asrama perempuan"})
    why = "pekerjaan di asrama perempuan"
    decided = {**decision("enforce:sex", opening_id="O1"), "reason": why}
    world = replace(world, decisions=(decided,))
    problem = replace(world.problem(), left_out=("C999 (candidates.csv:7)",))
    result = match(problem)
    seen = gather_content(result, words_of("id"), {})
    assert "C999" in repr(seen.summary)
    assert "asrama perempuan" in repr(seen.openings)
    blind = gather_content(result, words_of("id"), {}, blind=True)
    told = repr((blind.summary, blind.openings, blind.notes, blind.problems, blind.settings))
    assert "C999" not in told
    assert "asrama perempuan" not in told
    assert "Officer" not in told


@pytest.mark.parametrize(
    ("chosen", "left_out"), [({}, False), ({"scores": OUTSIDE["rules"]}, True)]
)
def test_given_scores(chosen: dict[str, object], left_out: bool) -> None:
    world = bare(2, [1, 1], [score("C0", "O0", 5), score("C1", "O0", 7), score("C1", "O1", 1)])
    result = replace(world, chosen=chosen).result()
    content = gather_content(result, words_of("en"), {})
    check_sums(result, content)
    assert content.given
    assert (content.draws, content.pictures.fit, content.pictures.fit_of) == (0, (), 0)
    assert not content.pictures.doubt
    assert any("Scores as given" in note for note in content.notes)
    assert any("rules of law" in note for note in content.notes) == left_out
    assert not any("weights" in str(row[2]) for row in content.settings.rows)


def test_without_hosts_numbers_are_not_known_and_it_is_said() -> None:
    content = gather_content(one_pair().result(), words_of("en"), {})
    (host,) = content.hosts
    assert (host.staff, host.base, host.counted_on, host.promised) == (None,) * 4
    assert host.present == (None, None, None)
    assert host.excellent == "not recorded"
    assert host.quotas == ()
    assert host.prefecture == "Aichi"
    assert "Quotas not checked: there is no table of hosts." in content.notes


def test_nobody_proposed() -> None:
    result = one_pair(person={"programme": "kes-caregiver"}).result()
    content = gather_content(result, words_of("id"), {})
    check_sums(result, content)
    assert (content.dues, content.experience, content.pictures.flow) == ((), (), ())
    assert content.openings[0].refused[0].fails == 1


def test_hosts_say_when_people_were_counted() -> None:
    def host(day: str) -> Content:
        row = {"host_id": "H1", "name": "Contoh", "full_time_staff": "35", "counted_on": day}
        world = replace(one_pair(), beside={"hosts": (row,)})
        return gather_content(world.result(), words_of("en"), {})

    known = host("2022-12-01")
    assert known.hosts[0].counted_on == date(2022, 12, 1)
    assert (known.hosts[0].staff, known.hosts[0].base) == (35, 4)
    assert not [row for row in known.problems.rows if row[-1] == "UNUSUAL"]
    late = host("2022-12-13")
    assert late.hosts[0].counted_on == date(2022, 12, 13)
    assert [row for row in late.problems.rows if row[-1] == "UNUSUAL"]
    assert host("").hosts[0].counted_on is None


def test_a_decision_on_record_stands_with_its_job_order() -> None:
    world = replace(one_pair(), decisions=(decision("place", "C1", "O1"),))
    content = gather_content(world.result(), words_of("en"), {})
    assert content.openings[0].record == (
        "December 1, 2022: C1 – set at a job order; told (Officer)",
    )
    blind = gather_content(world.result(), words_of("en"), {}, blind=True)
    assert blind.openings[0].record == ("December 1, 2022: No. 01 – set at a job order",)


def test_the_curve_stands_where_something_is_kept() -> None:
    content = content_of("season/3-back")
    steps = content.pictures.curve
    assert steps
    assert [one.moves for one in steps] == sorted({one.moves for one in steps})
    assert [one.people for one in steps] == sorted(one.people for one in steps)
    assert sum(one.knee for one in steps) <= 1
    assert "What moving more people brings" in [table.title for table in content.review]
    assert content_of("ijc-2023").pictures.curve == ()


@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=30))
def test_a_spread_holds_quarters_of_people(fits: list[int]) -> None:
    spread = find_spread("trade", sorted(fits))
    values = (spread.least, spread.first, spread.middle, spread.third, spread.greatest)
    assert set(values) <= set(fits)
    assert (values[0], values[-1]) == (min(fits), max(fits))
    for quarter, value in enumerate(values):
        below, to = sum(fit < value for fit in fits), sum(fit <= value for fit in fits)
        assert 4 * below <= quarter * (len(fits) - 1) + 3
        assert 4 * to > quarter * (len(fits) - 1)


@pytest.mark.parametrize("name", LOOKED_AT)
def test_the_audit_has_the_signals_of_the_whole_audit(name: str) -> None:
    result, content = result_of(name), content_of(name)
    groups = [group for one in audit_result(result).groupings for group in one.groups]
    rows = content.audit.rows
    counts = [(group.proposals.own.of, group.proposals.own.count) for group in groups]
    assert [(row[2], row[3]) for row in rows] == counts
    signals = [group.signal for group in groups]
    assert [row[-1] == "a signal to look at" for row in rows] == signals


def test_the_audit_shows_a_signal() -> None:
    """Of two centres one has nobody proposed."""
    result = result_of("ijc-2023")
    labels, plan = result.problem.labels, result.plan
    centres = tuple("A" if at >= 0 else "B" for at in plan.opening.tolist())
    problem = replace(result.problem, labels=replace(labels, centres=centres))
    basis = Basis(
        replace(result, problem=problem), show_people(problem, words_of("en"), blind=False)
    )
    read = {row[1]: row[-1] for row in table_audit(basis).rows if row[0] == "By training centre"}
    assert read == {"A": "compared with", "B": "a signal to look at"}


@pytest.mark.parametrize("name", LOOKED_AT)
def test_hours_at_entry_are_those_of_each_pair_alone(name: str) -> None:
    """All pairs at once come to the same as one at a time."""
    result = result_of(name)
    problem, facts = result.problem, result.facts
    for route in find_routes(result):
        c, o = problem.candidates.at([route.candidate]), problem.openings.at([route.opening])
        training = training_at_entry(c, o, facts)
        own = bool(is_own_trade(c, o, facts)[0])
        assert route.hours == int(training.total(0)[0]) // 60
        assert route.trade_hours == int(training.for_trade(0, own=own)[0]) // 60
    content = content_of(name)
    shown = {(one.person, one.opening, one.hours) for one in content.experience}
    ids, orders = problem.candidate_ids, problem.opening_ids
    assert shown == {
        (ids[one.candidate], orders[one.opening], one.hours) for one in find_routes(result)
    }


def test_papers_on_file() -> None:
    cells = {"experience": "7-7-2:8", "recommended_on": "2022-11-02"}
    content = gather_content(one_pair(person=cells).result(), words_of("en"), {})
    (one,) = content.experience
    assert (one.open, one.months) == (False, 8)
    assert "8 months" in one.on_file
    assert "November 2, 2022" in one.on_file
    silent = gather_content(one_pair().result(), words_of("en"), {})
    assert silent.experience[0].on_file == ""


def test_reviewers_have_proof_files_and_rows() -> None:
    content = content_of("ijc-2023")
    tables = {table.title: table for table in content.review}
    assert [row[3] for row in tables["Proof"].rows][:1] == [0]
    files = {row[1]: row[2] for row in tables["Files and versions"].rows}
    assert DIGESTS.items() <= files.items()
    # The SHA-256 of the office's own files change with the order of their rows.
    assert not set(result_of("ijc-2023").problem.sources.values()) & set(files.values())
    for _, read, accepted, refused, ignored in tables["Rows of the files"].rows:
        assert read == sum(n for n in (accepted, refused, ignored) if isinstance(n, int))
    for table in (*content.review, content.settings, content.problems, content.audit):
        assert {len(row) for row in table.rows} <= {len(table.titles)}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_order_of_rows_changes_nothing(language: str, tmp_path: Path) -> None:
    scenario = Path(shutil.copytree(SCENARIOS / "season", tmp_path / "season")) / "3-back"
    for path in scenario.parent.glob("*/*.csv"):
        if path.stem in ("candidates", "openings", "hosts", "schools", "supervisors"):
            head, *rows = csv.reader(path.read_text(encoding="utf-8").splitlines())
            with path.open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, lineterminator="\n").writerows([head, *reversed(rows)])
    other = gather_content(match(open_scenario(scenario)), words_of(language), DIGESTS)
    own = content_of("season/3-back", language)
    for field in fields(Content):
        if field.name not in ("card_of", "words", "review", "problems"):
            assert getattr(other, field.name) == getattr(own, field.name), field.name


def test_a_seat_kept_for_somebody_on_hold_is_filled_and_proposes_nobody() -> None:
    problem = recorded(office(), steps("passed", "C3", "O1")).problem()
    standing = problem.standing.copy()
    standing[2] = Standing.HELD
    causes = (*problem.standing_cause[:2], "hold")
    result = match(replace(problem, standing=standing, standing_cause=causes))
    content = gather_content(result, words_of("en"), {})
    assert [(one.filled, one.proposed) for one in content.openings] == [(1, ()), (1, ("C1",))]
    assert content.openings[0].record
    check_sums(result, content)


def test_pictures_count_doubt_by_draws() -> None:
    content = content_of("ijc-2023")
    bars: Counter[str] = Counter({bar.label: bar.whole for bar in content.pictures.doubt})
    assert content.draws
    assert bars["every draw"] == sum(
        person.stays == content.draws for person in content.people if person.opening
    )
    half = sum(
        2 * (person.stays or 0) < content.draws for person in content.people if person.opening
    )
    assert bars["fewer than half of the draws"] == half
    assert content.pictures.doubt[0] == Bar("fewer than half of the draws", half, ())
    assert np.all([bar.whole >= 0 for bar in content.pictures.doubt])


def test_other_people_are_left_out_of_reasons_however_they_are_written() -> None:
    people = (
        {**PERSON, "candidate_id": "C1", "name": "Peserta Contoh"},
        {**PERSON, "candidate_id": "C2", "name": "Peserta Contoh 02"},
    )
    reason = "PESERTA  contoh 02 dan c2 lebih dahulu daripada Peserta Contoh, C1"
    held = {**decision("hold", "C1"), "reason": reason}
    world = World(people, (OPENING,), decisions=(held,))
    content = gather_content(world.result(), words_of("en"), {})
    own = next(one for one in content.people if one.id == "C1")
    (told,) = content.card_of(own.place).record
    assert "… dan … lebih dahulu daripada Peserta Contoh, C1" in told


def test_a_blind_copy_numbers_an_id_once_even_where_ids_look_like_its_numbers() -> None:
    ids = ("No. 01", "No. 02", "No. 03")
    people = tuple({**PERSON, "candidate_id": one} for one in ids)
    for own in ids:
        world = World(people, (OPENING,), decisions=(decision("place", own, "O1"),))
        result = world.result()
        blind = gather_content(result, words_of("en"), {}, blind=True)
        shown = show_people(result.problem, words_of("en"), blind=True)
        number = shown.ids[result.problem.candidate_ids.index(own)]
        assert blind.openings[0].record == (f"December 1, 2022: {number} – set at a job order",)
