"""Letters: what a candidate and a host are told, whom no letter names, and hostile texts."""

from __future__ import annotations

import html
import random
import re
import shutil
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.batch import run_scenario
from matcher.cli import main
from matcher.explain.winning import winning_changes
from matcher.explain.winning.changes import KINDS
from matcher.language import LANGUAGES, words_of
from matcher.pipeline import Result
from matcher.problem import NO, UNKNOWN, YES, Standing
from matcher.problem.outcomes import LOCKED, SAID_YES, current_steps
from matcher.report.letters import (
    AUDIENCES,
    INDEX,
    Letter,
    Letters,
    letter_pages,
    make_letters,
    write_index,
)
from matcher.report.letters.candidates import TITLES
from matcher.report.letters.terms import ASK
from matcher.report.letters.values import LONGEST, shortened
from matcher.report.sheets.texts import label
from matcher.spelling import is_unseen
from tests.conftest import Batch
from tests.test_sheets import HOSTILE, SECRET, order, person
from tests.worlds import ON, OPENING, Row, World, decision, worlds

SCENARIOS = Path(__file__).parent.parent / "scenarios"
EN = words_of("en")
TOLD = {name: EN(title) for name, title in TITLES.items()}
SCORE = re.compile(r"\d[.,]\d{1,2}(?!\d)")  # thousands have three digits behind their mark


@cache
def season() -> Result:
    """Return the season's last result, of people with every kind of step behind them."""
    return run_scenario(SCENARIOS / "season" / "3-back")


def text_of(page: bytes) -> str:
    """Return what is read on a page, in one line."""
    body = page.decode().partition("<main>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", body)).split())


def letters_of(result: Result, audience: str = "candidates") -> dict[str, Letter]:
    """Return the letters in English, by whom they are to."""
    return {one.id: one for one in make_letters(result, audience, EN).letters}


def texts_of(result: Result, audience: str = "candidates", language: str = "en") -> dict[str, str]:
    """Return what stands in each letter, by whom it is to."""
    return read(make_letters(result, audience, words_of(language)))


def read(made: Letters) -> dict[str, str]:
    """Return what stands in each letter, by whom it is to."""
    pages = letter_pages(made)
    return {one.id: text_of(pages[one.file]) for one in made.letters}


def lines_of(letter: Letter) -> dict[str, str]:
    """Return the lines of a letter by their label."""
    return {title: fact for section in letter.sections for title, fact in section.lines}


def step(who: str, opening: str, state: str, on: date, **cells: str) -> Row:
    """Return a row of outcomes."""
    own = {"candidate_id": who, "opening_id": opening, "state": state, "on": on.isoformat()}
    return {**own, "by": "Petugas Contoh", **cells}


def standing(outcomes: Iterable[Row] = (), people: Iterable[Row] = ()) -> World:
    """Return a world of one job order with two seats; more people fit than it has seats."""
    rows = tuple(people) or tuple(person(place) for place in range(4))
    beside = {"outcomes": tuple(outcomes)} if outcomes else {}
    return World(rows, (order("O1", "H1", interview_on="2023-01-22"),), beside=beside)


def names_nobody_else(result: Result, texts: Mapping[str, str]) -> None:
    """Assert that no letter holds another candidate's number or name."""
    problem = result.problem
    names = problem.labels.candidate_names
    for own, text in texts.items():
        for other, name in zip(problem.candidate_ids, names, strict=True):
            if other != own:
                assert not re.search(rf"(?<!\w){re.escape(other)}(?!\w)", text), (own, other)
                assert not name or not re.search(rf"{re.escape(name)}(?!\w)", text), (own, name)


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_has_one_letter_that_names_nobody_else(language: str) -> None:
    result = season()
    made = make_letters(result, "candidates", words_of(language))
    ids = [one.id for one in made.letters] + [who for who, _ in made.without]
    assert sorted(ids) == sorted(result.problem.candidate_ids)
    assert len({one.file.casefold() for one in made.letters}) == len(made.letters)
    texts = read(made)
    names_nobody_else(result, texts)
    for text in texts.values():
        assert not SCORE.search(text)
        assert result.problem.settings.seed not in text
        assert "1000" not in text  # no per mille


def test_the_pilot_names_nobody_else(batch: Batch) -> None:
    result = batch.result
    # Letters to people without a host take a run each: a few of them stand for all.
    unplaced = np.flatnonzero(
        (result.plan.opening < 0) & (result.problem.standing == Standing.PRESENT)
    )
    hold = result.problem.standing.copy()
    hold[unplaced[3:]] = Standing.WITHDRAWN
    result = replace(result, problem=replace(result.problem, standing=hold))
    made = make_letters(result, "candidates", EN)
    texts = read(made)
    names_nobody_else(result, texts)
    states = {one.title for one in made.letters}
    assert states >= {TOLD[name] for name in ("placed", "conditional", "unplaced", "held")}
    assert not any(SCORE.search(text) for text in texts.values())


@given(worlds(people=4, openings=3))
@settings(max_examples=25, deadline=None)
def test_each_letter_is_of_the_kind_of_the_plan(drawn: World) -> None:
    result = drawn.result()
    made, problem = make_letters(result, "candidates", EN), result.problem
    letters = {one.id: one for one in made.letters}
    names_nobody_else(result, read(made))
    for place, own in enumerate(problem.candidate_ids):
        opening = int(result.plan.opening[place])
        if problem.standing[place] == Standing.WITHDRAWN:
            assert own not in letters
            continue
        letter = letters[own]
        if problem.standing[place] == Standing.HELD:
            assert (letter.title, letter.answers) == (TOLD["held"], ())
        elif opening < 0:
            assert (letter.title, letter.answers) == (TOLD["unplaced"], ())
            assert letter.mark == ""
        else:
            assert letter.title in (TOLD["placed"], TOLD["conditional"])
            assert len(letter.answers) == 3
            lines = lines_of(letter)
            number = EN(label("openings", "opening_id"))
            assert lines[number] == problem.opening_ids[opening]


def test_the_work_and_the_pay_are_told_as_recorded() -> None:
    told = {
        "monthly_wage": "171234",
        "monthly_hours": "168",
        "deductions": "43210",
        "net_pay": "128024",
        "contract_months": "36",
        "work": "Las rangka",
        "conditions": "night_shift; heights",
        "cost_to_candidate": "250000",
    }
    people = (person(0, accepts="night_shift; heights", refuses="", cost_to_candidate="950000"),)
    result = World(people, (order("O1", "H1", interview_on="2023-01-22", **told),)).result()
    lines = lines_of(letters_of(result)["C00"])
    shown = {name: lines[EN(label("openings", name))] for name in told if name[:4] != "cost"}
    assert shown == {
        "monthly_wage": "171,234",
        "monthly_hours": "168",
        "deductions": "43,210",
        "net_pay": "128,024",
        "contract_months": "36",
        "work": "Las rangka",
        "conditions": "night shift, work at heights",
    }
    assert lines["Still to be paid by you"] == "Rp 250,000"
    assert lines["Paid by you so far"] == "Rp 950,000"
    assert "January 22, 2023" in lines["Interview"]


def test_what_is_not_recorded_is_said_not_guessed() -> None:
    bare = {"monthly_wage": "", "monthly_hours": "", "cost_to_candidate": "", "prefecture": ""}
    result = World((person(0, cost_to_candidate=""),), (order("O1", "H1", **bare),)).result()
    lines, asked = lines_of(letters_of(result)["C00"]), EN(ASK)
    columns = ("monthly_wage", "monthly_hours", "deductions", "net_pay", "contract_months")
    assert {lines[EN(label("openings", name))] for name in columns} == {asked}
    assert lines[EN(label("openings", "prefecture"))] == asked
    assert lines["Still to be paid by you"] == lines["Paid by you so far"] == asked
    nothing = World((person(0, cost_to_candidate="0"),), (order("O1", "H1"),)).result()
    paid = lines_of(letters_of(nothing)["C00"])
    assert paid["Still to be paid by you"] == paid["Paid by you so far"] == "nothing"


def test_what_each_payer_paid_is_told() -> None:
    costs = "kemnaker:7000000; joe:100000; peserta:250000"
    result = World((person(0, costs=costs, cost_to_candidate=""),), (order("O1", "H1"),)).result()
    lines = lines_of(letters_of(result)["C00"])
    others = lines["Paid for you by others so far"]
    assert "Kemnaker Rp 7,000,000" in others
    assert "supervising organisation Rp 100,000" in others
    assert "250,000" not in others
    assert lines["Paid by you so far"] == "Rp 250,000"


@given(st.integers(1, 365))
@settings(max_examples=4, deadline=None)
def test_by_when_to_object_counts_from_the_day_of_the_batch(days: int) -> None:
    result = replace(standing(), chosen={"objections": {"days": days}}).result()
    by = EN(ON + timedelta(days=days))
    for text in texts_of(result).values():
        assert f"by {by}" in text
        assert f"within {days} days" in text


def test_a_proposal_may_be_declined_at_no_cost_and_a_yes_comes_before_the_name() -> None:
    steps = [step("C00", "O1", state, ON) for state in ("offered", "agreed")]
    texts = texts_of(standing(steps).result())
    proposed = [text for text in texts.values() if "You are proposed" in text]
    assert len(proposed) == 2
    assert all("costs you nothing: no money" in text for text in proposed)
    waiting = [text for text in proposed if "only after you have said yes" in text]
    assert len(waiting) == 1
    assert "your yes of December 12, 2022 is on record" in texts["C00"]
    assert texts["C00"] not in waiting


@pytest.mark.parametrize("state", ["passed", "plan_filed", "departed"])
def test_a_seat_on_record_is_no_proposal(state: str) -> None:
    before = ("agreed", "named", "passed", "plan_filed", "certificate", "departed")
    path = before[: before.index(state) + 1]
    result = standing([step("C00", "O1", one, ON) for one in path]).result()
    letters = letters_of(result)
    if state == "departed":
        assert "C00" not in letters
        return
    assert letters["C00"].title == TOLD["seat"]
    assert letters["C00"].answers == ()
    assert letters["C00"].mark == ""


def test_why_somebody_is_on_hold() -> None:
    people = [person(0, deposit="5000000", school="S-4"), person(1), person(2), person(3)]
    steps = [
        step("C02", "O1", "agreed", ON),
        step("C02", "O1", "declined", ON, reason_code="family"),
    ]
    secret = "karena C03 sakit"
    held = {**decision("hold", "C01"), "reason": secret, "by": "Petugas Rahasia"}
    result = replace(standing(steps, people), decisions=(held,)).result()
    texts = texts_of(result)
    assert "Rp 5,000,000" in texts["C00"]
    assert "S-4" in texts["C00"]
    assert "not your fault" in texts["C00"]
    assert "by a decision of the office" in texts["C01"]
    assert "family reasons" in texts["C02"]
    assert not any(secret in text or "Petugas Rahasia" in text for text in texts.values())
    assert all(letters_of(result)[who].title == TOLD["held"] for who in ("C00", "C01", "C02"))


def test_without_a_host_the_reason_is_told_and_no_judgement() -> None:
    full = texts_of(standing().result())
    without = [text for text in full.values() if "no host for you so far" in text]
    assert len(without) == 2
    for text in without:
        assert "no judgement of you" in text
        assert "these seats are proposed for other candidates" in text
        assert "Your waiting time counts on, from February 3, 2021." in text
    other = World((person(0, programme="gar-operator-sewing"),), (order("O1", "H1"),)).result()
    assert "no job order asks for the work that you were trained for" in texts_of(other)["C00"]
    order_n2 = order("O1", "H1", min_japanese="N2")
    low = World((person(0, japanese_level="N5"),), (order_n2,)).result()
    assert "N2 or equal" in texts_of(low)["C00"]
    unknown = World((person(0, accepted_on="", japanese_level="N5"),), (order_n2,)).result()
    assert "is not recorded. Tell the office" in texts_of(unknown)["C00"]


def test_what_would_have_been_enough_is_found_by_a_run_and_never_promised() -> None:
    order_n4 = order("O1", "H1", min_japanese="N4")
    result = World((person(0, japanese_level="N5"),), (order_n4,)).result()
    found = winning_changes(result, 0)
    assert found is not None and found.winners
    assert {one.change.kind for one in found.winners} <= set(KINDS)
    text = texts_of(result)["C00"]
    assert "Japanese N4 on record (so far: N5)" in text
    assert "This is no promise" in text
    assert "Pay nobody for a course or a test" in text
    assert "O1" not in text.partition("What would have been enough")[2].partition("Who pays")[0]
    placed = texts_of(World((person(0),), (order("O1", "H1"),)).result())["C00"]
    assert "enough" not in placed


def test_an_own_answer_stays_the_persons_own() -> None:
    cold = order("O1", "H1", conditions="cold_store")
    result = World((person(0, refuses="cold_store"),), (cold,)).result()
    text = texts_of(result)["C00"]
    assert "work in a cold store, if you accept it" in text
    assert "nobody may press you" in text


def test_objections_that_wait_are_told_to_whom_they_are_of() -> None:
    objections = (
        {"candidate_id": "C00", "text": "Rahasia Keberatan", "on": "2022-12-05"},
        {"candidate_id": "C01", "text": "Rahasia Lama", "on": "2022-11-05"},
    )
    texts = texts_of(replace(standing(), beside={"objections": objections}).result())
    assert "Your objection of December 5, 2022 is on record" in texts["C00"]
    assert "should have been answered by November 19, 2022" in texts["C01"]
    assert not any("Your objection of" in texts[who] for who in ("C02", "C03"))


def test_given_scores_and_stable_plans_have_letters_too() -> None:
    scores = tuple(
        {"candidate_id": f"C{place:02}", "opening_id": "O1", "score": str(7 + place)}
        for place in range(3)
    )
    given_world = replace(
        standing(), chosen={"scores": {"rules": False}}, beside={"scores": scores}
    )
    texts = texts_of(given_world.result())
    assert len(texts) == 4
    assert all("rules were not checked" in text for text in texts.values())
    assert "No score was given for you" in texts["C03"]
    stable = replace(standing(), objective={"mode": "stable"}).result()
    assert sum("You are proposed" in text for text in texts_of(stable).values()) == 2


def named_world() -> Result:
    """Return a result of three people at one host: one has said yes and may be named, one has not
    said yes, and one has said yes but not to particulars being passed on."""
    people = [person(place, consent_export="ya") for place in range(2)]
    people.append(person(2, consent_export="tidak"))
    steps = [step(who, "O1", "agreed", ON) for who in ("C00", "C02")]
    orders = (order("O1", "H1", seats="3", interview_on="2023-01-22"),)
    return World(tuple(people), orders, beside={"outcomes": tuple(steps)}).result()


def test_a_host_is_told_only_of_people_who_may_be_named() -> None:
    result = named_world()
    texts = texts_of(result, "hosts")
    assert "C00" in texts["H1"] and "Peserta Contoh 000" in texts["H1"]
    for hidden in ("C01", "C02", "Peserta Contoh 001", "Peserta Contoh 002"):
        assert not any(hidden in text for text in texts.values())
    assert result.plan.opening.tolist() == [0, 0, 0]
    assert "once their yes is on record: 1." in texts["H1"]


def test_a_host_is_not_told_of_somebody_who_is_withheld() -> None:
    people = (person(0, consent_export="tidak"),)
    steps = (step("C00", "O1", "agreed", ON),)
    result = World(people, (order("O1", "H1"),), beside={"outcomes": steps}).result()
    made = make_letters(result, "hosts", EN)
    assert made.letters == ()
    assert [host for host, _ in made.without] == ["H1"]
    assert any("C00" in line for line in made.told)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_offices_list_says_who_they_are(audience: str) -> None:
    result = season()
    made = make_letters(result, audience, EN)
    lines = text_of(write_index(made, printed=False))
    labels, lists = result.problem.labels, result.problem.lists
    names = (
        dict(zip(lists.hosts, labels.host_names, strict=True))
        if audience == "hosts"
        else dict(zip(result.problem.candidate_ids, labels.candidate_names, strict=True))
    )
    assert made.letters
    for one in made.letters:
        assert f"{one.id} {names[one.id]} " in lines


@pytest.mark.parametrize("consent", [YES, NO, UNKNOWN])
def test_letters_to_hosts_hold_agreed_columns_and_fit_alone(consent: int) -> None:
    result = season()
    count = len(result.problem.candidate_ids)
    labels = replace(result.problem.labels, consents=(consent,) * count)
    result = replace(result, problem=replace(result.problem, labels=labels))
    problem, steps = result.problem, current_steps(result.problem.outcomes)
    said_yes = {
        (problem.lists.hosts[problem.openings.host[opening]], problem.candidate_ids[place]): state
        for place, opening in enumerate(result.plan.opening.tolist())
        if (place, opening) in steps and (state := steps[place, opening].state) in SAID_YES
    }
    named = {pair for pair, state in said_yes.items() if state not in LOCKED}
    settled = said_yes.keys() - named
    assert named and settled
    found = {
        (one.id, row[0])
        for one in make_letters(result, "hosts", EN).letters
        for section in one.sections
        for row in section.rows
    }
    assert found == (named if consent == YES else set())
    only = {host for host, _ in settled} - {host for host, _ in named}
    assert only <= dict(make_letters(result, "hosts", EN).without).keys()


def test_what_is_not_agreed_stands_in_no_letter_to_a_host() -> None:
    people = tuple(person(place, consent_export="ya") for place in range(2))
    steps = tuple(step(f"C0{place}", "O1", "agreed", ON) for place in range(2))
    chosen = {"shortlist": {"host_columns": ["programme"]}}
    result = World(people, (order("O1", "H1"),), chosen=chosen, beside={"outcomes": steps}).result()
    text = texts_of(result, "hosts")["H1"]
    assert "C00" in text
    assert not any(secret in text for name, secret in SECRET.items() if name != "sex")
    assert "Peserta Contoh" not in text
    for row in np.unique(result.scores.score):
        assert str(EN(int(row))) not in text


@pytest.mark.parametrize("audience", AUDIENCES)
def test_hostile_texts_are_shown_and_do_nothing(audience: str) -> None:
    people = tuple(
        person(place, name=text, centre=text, school=text, consent_export="ya")
        for place, text in enumerate(HOSTILE)
    )
    orders = tuple(
        order(f"O{place}", f"H{place}", work=text, interview_mode=text, seats="1")
        for place, text in enumerate(HOSTILE)
    )
    hosts = tuple({"host_id": f"H{i}", "name": text} for i, text in enumerate(HOSTILE))
    steps = tuple(step("C00", f"O{i}", "agreed", ON) for i in range(2))
    result = World(people, orders, beside={"hosts": hosts, "outcomes": steps}).result()
    made = make_letters(result, audience, EN)
    pages = [*letter_pages(made).values(), write_index(made, printed=True)]
    assert len(pages) > 5
    for page in pages:
        text = page.decode()
        assert not re.search(r"<(script|img)|onerror=alert\(1\)>|<[^>]*onmouseover", text)
        assert not any(is_unseen(mark) for mark in text if mark not in "\n")
        assert "default-src 'none'" in text
        assert "http://" not in re.sub(r"http://example\.org/", "", text)
    if audience == "candidates":
        assert any("&lt;script&gt;alert(1)&lt;/script&gt;" in page.decode() for page in pages)


@given(st.text(max_size=400), st.integers(0, 300))
def test_a_long_text_is_cut_and_says_so(text: str, longest: int) -> None:
    cut = shortened(text, longest)
    assert len(cut) <= longest + 2
    assert not any(is_unseen(mark) for mark in cut)
    if len(text) <= longest // 12:  # characters that do not show become longer
        assert not cut.endswith(" …") or text.rstrip().endswith("…")


def test_long_texts_do_not_fill_a_letter() -> None:
    long = {"work": "kerja " * 2_000, "interview_mode": "x" * 3_000}
    people = (person(0, name="Peserta Contoh " * 30, centre="Balai " * 60),)
    page = texts_of(World(people, (order("O1", "H1", **long),)).result())["C00"]
    assert len(page) < 5_000
    assert "kerja kerja" in page and "…" in page
    assert LONGEST < 3_000


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_same_bytes_whatever_the_order_of_rows(language: str) -> None:
    drawn = World(
        tuple(person(place) for place in range(6)),
        tuple(order(f"O{place}", f"H{place % 2}", seats="1") for place in range(4)),
    )
    mixed = random.Random(7)
    people, orders = list(drawn.candidates), list(drawn.openings)
    mixed.shuffle(people)
    mixed.shuffle(orders)
    other = replace(drawn, candidates=tuple(people), openings=tuple(orders))
    assert people != list(drawn.candidates)
    for audience in AUDIENCES:
        first, second = (
            make_letters(one.result(), audience, words_of(language)) for one in (drawn, other)
        )
        assert letter_pages(first) == letter_pages(second)
        assert write_index(first, printed=False) == write_index(second, printed=False)


def test_nobody_and_no_proposal() -> None:
    alone = World((person(0, wants_abroad="tidak"),), (OPENING,)).result()
    assert list(letters_of(alone)) == ["C00"]
    assert make_letters(alone, "hosts", EN).letters == ()
    held = World((person(0),), (OPENING,), (decision("withdraw", "C00"),)).result()
    made = make_letters(held, "candidates", EN)
    assert (made.letters, len(made.without), len(made.told)) == ((), 1, 1)
    assert b"C00" in write_index(made, printed=False)


def run(*arguments: str) -> tuple[int, str, str]:
    """Return the exit code of a call and what it printed."""
    done = CliRunner().invoke(main, ["letters", *arguments])
    return done.exit_code, done.stdout, done.stderr


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch of the tiny scenario."""
    out = tmp_path_factory.mktemp("tiny") / "batch"
    done = CliRunner().invoke(main, ["run", str(SCENARIOS / "tiny"), "--out", str(out)])
    assert done.exit_code == 0, done.stderr
    return out


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_command_writes_a_folder_once(
    audience: str, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHER_BROWSER", str(tmp_path / "no-browser"))
    out = tmp_path / "letters"
    arguments = (str(tiny), "--for", audience, "--out", str(out), "--lang", "en", "--pdf")
    code, told, beside = run(*arguments)
    assert code == 0, beside
    assert str(out) in told
    assert "No PDF was made" in beside
    names = {path.relative_to(out).as_posix() for path in out.rglob("*") if path.is_file()}
    ids = ("C1", "C2") if audience == "candidates" else ("H1",)
    assert names >= {INDEX, *(f"{one}.html" for one in ids)}
    assert not any(name.endswith(".pdf") for name in names)
    links = re.findall(r'href="([^"]+)"', (out / INDEX).read_text("utf-8"))
    assert sorted(links) == sorted(f"../{name}" for name in names - {INDEX})
    assert run(*arguments)[0] == 2  # the folder exists


def test_the_command_takes_batches_alone_and_says_for_whom(tiny: Path, tmp_path: Path) -> None:
    assert run(str(tiny))[0] == 2
    code, _, beside = run(str(SCENARIOS / "tiny"), "--for", "hosts", "--out", str(tmp_path / "x"))
    assert (code, (tmp_path / "x").exists()) == (2, False)
    assert "Traceback" not in beside
    changed = Path(shutil.copytree(tiny, tmp_path / "changed"))
    (changed / "placements.csv").write_text("candidate_id\n", "utf-8")
    assert run(str(changed), "--for", "hosts", "--out", str(tmp_path / "y"))[0] == 1


@pytest.mark.parametrize(
    ("closes", "interview", "day"),
    [
        ("2023-01-05", "2023-01-22", "January 5, 2023"),
        ("2023-02-05", "2023-01-22", "January 22, 2023"),
        ("2023-01-05", "", "January 5, 2023"),
        ("", "2023-01-22", "January 22, 2023"),
        ("", "", ""),
    ],
)
def test_the_answer_is_asked_before_the_order_closes_and_before_the_interview(
    closes: str, interview: str, day: str
) -> None:
    orders = (order("O1", "H1", order_closes=closes, interview_on=interview),)
    told = texts_of(World((person(0),), orders).result())
    (text,) = told.values()
    assert re.findall(r"Please answer before ([^.]*)\.", text) == ([day] if day else [])


def test_whoever_has_been_interviewed_is_told_so() -> None:
    rows = [step("C00", "O1", state, date(2022, 12, 1)) for state in ("agreed", "named")]
    rows.append(step("C00", "O1", "interviewed", date(2022, 12, 5)))
    text = texts_of(standing(rows).result())["C00"]
    assert "On record: interviewed, December 5, 2022." in text
    assert "after the interview" not in text


@pytest.mark.parametrize("met", [1, 2])
def test_a_host_is_told_whom_it_has_interviewed_already(met: int) -> None:
    people = tuple(person(place, consent_export="ya") for place in range(2))
    steps = []
    for place in range(2):
        last = ["interviewed"] * (place < met)
        for state in ("agreed", "named", *last):
            day = date(2022, 12, 5 if state == "interviewed" else 1)
            steps.append(step(f"C0{place}", "O1", state, day))
    orders = (order("O1", "H1", seats="2"),)
    result = World(people, orders, beside={"outcomes": tuple(steps)}).result()
    text = texts_of(result, "hosts")["H1"]
    assert "C00" in text and "C01" in text
    assert ("Interviewed already: C00." in text) == (met == 1)
    assert ("Interviewed already: C00, C01." in text) == (met == 2)
    assert ("proposed to you for interviews" in text) == (met == 1)
    assert ("interviewed for your job orders already" in text) == (met == 2)


def test_a_yes_on_record_is_not_asked_for_again() -> None:
    texts = texts_of(standing([step("C00", "O1", "agreed", ON)]).result())
    assert "☐ no, after all" in texts["C00"] and "☐ yes" not in texts["C00"]
    others = [text for who, text in texts.items() if who != "C00" and "You are proposed" in text]
    assert others and all("☐ yes" in text and "after all" not in text for text in others)
