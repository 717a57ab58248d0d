"""The minutes of a meeting: everybody in the list that decides on them, numbers that add up, what
nobody knows yet left to be filled in, and what becomes of hostile texts."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given, settings

from matcher.batch import run_scenario
from matcher.browser import VARIABLE, find_browser
from matcher.cli import main
from matcher.explain import summarise
from matcher.language import LANGUAGES, Words, words_of
from matcher.pipeline import Result
from matcher.problem import Objection
from matcher.report.minutes import Attendee, Meeting, Minutes, make_minutes, write_minutes
from matcher.report.minutes.annexes import (
    CONDITIONAL,
    DECISIONS,
    FILES,
    FREE,
    OBJECTED,
    SUMMARY,
    UNPLACED,
    WITHOUT_PART,
    annexes_of,
)
from matcher.report.minutes.days import spell, tell_day
from matcher.report.minutes.values import BLANK
from matcher.report.sheets.values import visible
from matcher.report.tables import table_placements, table_proofs
from tests.conftest import Batch
from tests.readme import ROOT
from tests.test_given_scores import bare, score
from tests.test_sheets import HOSTILE
from tests.worlds import World, decision, one_pair, worlds

SCENARIOS = ("tiny", "esd-2027", "season/3-back")
EN = words_of("en")
DIGESTS = {"placements.csv": "a" * 64, "proof.json": "b" * 64, "openings.csv": "c" * 64}
MEETING = Meeting(
    "7/BA/XII/2022",
    date(2022, 12, 15),
    "Jakarta",
    (Attendee("Peserta Rapat Contoh", "Kepala Balai Contoh"), Attendee("Notulis Contoh")),
)
TAGS = {
    *("html", "head", "meta", "title", "style", "body", "main", "header", "section", "div", "span"),
    *("p", "h1", "h2", "ol", "ul", "li", "dl", "dt", "dd"),
    *("table", "colgroup", "col", "thead", "tbody", "tr", "th", "td"),
}


class Page(HTMLParser):
    """Collects a page's tags, attributes and text."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


@lru_cache
def result_of(scenario: str) -> Result:
    """Return the result of a scenario of ours."""
    return run_scenario(ROOT / "scenarios" / scenario)


def made(result: Result, words: Words = EN, meeting: Meeting = MEETING) -> Minutes:
    """Return the minutes of a result."""
    return make_minutes(result, words, DIGESTS, meeting)


def ids_in(result: Result, name: str) -> list[str]:
    """Return whose rows an annex holds, in their order; the first word of a cell is the id."""
    annex = annexes_of(result, summarise(result), EN, DIGESTS).get(name)
    if annex is None:
        return []
    at = annex.titles.index("Candidate")
    return [str(row[at]).split()[0] for group in annex.groups for row in group.rows]


def check_people(result: Result) -> None:
    """Check that everybody accepted is in the one list that decides on them."""
    table = table_placements(result)

    def of_state(*states: str) -> list[str]:
        return table.loc[table["state"].isin(states), "candidate_id"].tolist()

    assert sorted(ids_in(result, FREE)) == of_state("placed")
    assert sorted({*ids_in(result, CONDITIONAL)}) == of_state("conditional")
    assert len(ids_in(result, CONDITIONAL)) == len(table_proofs(result, EN))
    assert sorted(ids_in(result, UNPLACED)) == of_state("unplaced")
    assert sorted(ids_in(result, WITHOUT_PART)) == of_state("held", "withdrawn")


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_everybody_is_in_the_one_list_that_decides_on_them(scenario: str) -> None:
    check_people(result_of(scenario))


@settings(max_examples=40)
@given(worlds())
def test_everybody_is_listed_in_any_world(world: World) -> None:
    result = world.result()
    check_people(result)
    minutes = made(result)
    people, seats = (dict(figures) for figures in minutes.figures)
    standing = people["On hold"] + people["Withdrew"]
    assert people["People"] == people["People who take part"] + standing
    assert (
        people["People who take part"]
        == people["People proposed"] + people["Without a host so far"]
    )
    closed = seats.get("Closed by quota or limit", 0)
    assert seats["Seats on order"] == closed + seats["Seats filled"] + seats["Seats without people"]
    assert [annex.label for annex in minutes.annexes] == [
        f"Annex {n}" for n in range(1, len(minutes.annexes) + 1)
    ]
    assert write_minutes(minutes)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("scenario", SCENARIOS)
def test_each_matter_names_the_annex_that_lists_its_people(scenario: str, lang: str) -> None:
    result, words = result_of(scenario), words_of(lang)
    minutes = made(result, words)
    labels = {annex.label for annex in minutes.annexes}
    listed = [item for item in minutes.items if item.answers]
    assert listed and all(any(label in item.text for label in labels) for item in listed)
    for item in minutes.items:
        assert bool(item.answers) == any(f"{label}" in item.text for label in labels)
        assert len(item.answers) in (0, 2)
    page = Page(write_minutes(minutes))
    told = [minutes.opening, minutes.number, minutes.closing, *minutes.basis]
    told += [item.text for item in minutes.items]
    assert all(text in page.text for text in told)
    assert f'<html lang="{lang}">' in write_minutes(minutes).decode()


def test_what_nobody_stated_is_left_to_be_filled_in() -> None:
    result = one_pair().result()
    blank = made(result, meeting=Meeting())
    assert blank.number.endswith(BLANK) and blank.signed == f"{BLANK}, {BLANK}"
    assert blank.opening.startswith(f"Today, {BLANK}, {BLANK}, at {BLANK},")
    assert len(blank.attendees) == 6 and not any(one.name or one.office for one in blank.attendees)
    filled = made(result)
    assert BLANK not in filled.opening + filled.number + filled.signed
    assert "Thursday, December 15, 2022, at Jakarta" in filled.opening
    assert filled.attendees == MEETING.attendees


def test_who_passed_the_interview_already_is_not_decided_on_anew() -> None:
    result = result_of("season/3-back")
    summary = summarise(result)
    free = annexes_of(result, summary, EN, DIGESTS)[FREE]
    assert summary.settled and len(free.groups) == 2
    new, settled = free.groups
    assert len(settled.rows) == summary.settled
    assert len(new.rows) == summary.proposed - summary.conditional - summary.settled
    assert f"{summary.settled} more passed the interview already" in made(result).items[0].text


def test_decisions_and_objections_on_record_are_told_in_full() -> None:
    world = one_pair()
    second = {**world.candidates[0], "candidate_id": "C2"}
    orders = (*world.openings, {**world.openings[0], "opening_id": "O2"})
    decided = (
        decision("place", "C1", "O1"),
        decision("forbid", "C2", "O2"),
        decision("waive:japanese_order", "", "O2"),
        decision("withdraw", "", "O2"),
        decision("hold", "C2"),
    )
    candidates = (*world.candidates, second)
    result = replace(world, candidates=candidates, openings=orders, decisions=decided).result()
    asked = Objection(1, -1, "Saya keberatan", date(2022, 12, 1), "", None, "", "")
    answered = replace(
        asked, answer="Diperiksa", answered_on=date(2022, 12, 5), outcome="upheld", by="Petugas"
    )
    result = replace(result, problem=replace(result.problem, objections=(asked, answered)))
    annexes = annexes_of(result, summarise(result), EN, DIGESTS)
    decisions, waived = annexes[DECISIONS].groups
    assert waived.caption == "Requirements of job orders waived: 1"
    assert [row[1:4] for row in (*decisions.rows, *waived.rows)] == [
        ("withdrew", "–", "O2"),
        ("set at a job order", "C1", "O1"),
        ("on hold", "C2", "–"),
        ("excluded", "C2", "O2"),
        ("waived: Japanese at entry", "everybody", "O2"),
    ]
    assert all(row[4:] == ("told", "Officer", "December 1, 2022") for row in decisions.rows)
    rows = annexes[OBJECTED].groups[0].rows
    assert [row[1:4] for row in rows] == [("C2", "–", "Saya keberatan")] * 2
    assert str(rows[0][-1]).startswith("waiting for an answer; to be answered by ")
    assert rows[1][-1] == "upheld: Diperiksa (Petugas, December 5, 2022)"
    told = " ".join(item.text for item in made(result).items)
    assert "Objections on record: 2, 1 of them waiting for an answer." in told
    assert "on record: 4; requirements of job orders waived: 1." in told


def test_the_summary_is_that_which_was_read_out_but_for_what_is_asked() -> None:
    from matcher.report.shown import show_summary

    result = result_of("tiny")
    told = annexes_of(result, summarise(result), EN, DIGESTS)[SUMMARY].lines
    read_out = show_summary(result, "text", EN).splitlines()
    missing = [line for line in read_out if line not in told]
    assert [line for line in read_out if line in told] == list(told)
    assert len(missing) == 1 and missing[0].startswith("Please decide:")


def test_the_batch_is_known_by_its_plan_and_proof() -> None:
    rows = annexes_of(one_pair().result(), summarise(one_pair().result()), EN, DIGESTS)[FILES]
    told = {str(row[1]): str(row[2]) for row in rows.groups[0].rows}
    assert {name: told.get(name) for name in DIGESTS} == {**DIGESTS, "openings.csv": None}


# Batches of other kinds


def test_given_scores_have_no_weights_and_rules_left_out_are_told() -> None:
    world = bare(3, (1, 1), [score("C0", "O0", 5), score("C1", "O1", 1000000)])
    minutes = made(world.result())
    told = " ".join(minutes.basis)
    assert "weights of the score" not in told and "were left out at the office's choice" in told
    assert "Quotas were not checked" in told
    free = next(annex for annex in minutes.annexes if annex.title == "Proposals without conditions")
    assert [row[-1] for row in free.groups[0].rows] == ["5", "1000000"]


def test_a_stable_plan_has_no_order_of_aims() -> None:
    world = replace(one_pair(), objective={"mode": "stable"})
    told = " ".join(made(world.result()).basis)
    assert "chose each other" in told and "comes first" not in told


def test_the_order_of_aims_the_weights_and_the_lottery_are_told() -> None:
    result = one_pair().result()
    told = " ".join(made(result).basis)
    assert "in this order: people proposed, sum of scores, lottery." in told
    assert "skill fit 38, " in told and "cost still to pay 4." in told
    assert f"Lottery number {result.problem.settings.seed}, which follows from the name" in told
    drawn = replace(one_pair(), objective={"seed": "7"}).result()
    assert f"Lottery number 7, announced before matching on {BLANK}" in " ".join(made(drawn).basis)


@pytest.mark.parametrize("who", ["hold", "withdraw"])
def test_a_batch_in_which_nobody_is_proposed_has_nothing_to_approve(who: str) -> None:
    result = replace(one_pair(), decisions=(decision(who, "C1"),)).result()
    minutes = made(result)
    assert [item.text for item in minutes.items if not item.answers] == [
        "Proposals without conditions: 0.",
        "Conditional proposals: 0. Each is approved only once what is still open has been shown, by"
        " the day and by whom it is listed.",
        "People without a host so far: 0. They stay registered and are matched again in the next"
        " batch; the waiting time counts on. This is no judgement of anybody's ability.",
    ]
    assert ids_in(result, WITHOUT_PART) == ["C1"]


# Days


WORTH = {
    name: value
    for value, name in enumerate(
        ["satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"], 1
    )
}


def heard(spelled: str) -> int:
    """Return the number that Indonesian words stand for."""
    total, last = 0, 0
    for word in re.sub(r"\bse(?=belas|puluh|ratus|ribu)", "satu ", spelled).split():
        if word == "ribu":
            total, last = (total + last) * 1000, 0
        elif word in ("puluh", "ratus"):
            total, last = total + last * (10 if word == "puluh" else 100), 0
        elif word == "belas":
            total, last = total + 10 + last, 0
        else:
            last = WORTH[word]
    return total + last


def test_numbers_are_spelled_so_that_they_are_heard_again() -> None:
    assert [heard(spell(number)) for number in range(1, 10_000)] == list(range(1, 10_000))
    assert spell(11) == "sebelas" and spell(2022) == "dua ribu dua puluh dua"
    assert spell(1945) == "seribu sembilan ratus empat puluh lima"


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("id", "Senin, dua belas bulan Desember tahun dua ribu dua puluh dua (12-12-2022)"),
        ("en", "Monday, December 12, 2022"),
    ],
)
def test_a_day_is_told_with_its_weekday(lang: str, told: str) -> None:
    day = tell_day(date(2022, 12, 12), words_of(lang))
    assert ", ".join(str(fact) for fact in day.facts.values()) == told


def test_a_day_in_japanese_has_its_weekday() -> None:
    facts = tell_day(date(2022, 12, 12), words_of("ja")).facts
    assert facts == {"weekday": "月曜日", "date": "2022年12月12日"}


# Hostile texts, the same bytes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_hostile_texts_stay_texts(lang: str) -> None:
    count = len(HOSTILE)
    rows = [{**one_pair().candidates[0], "candidate_id": f"C{place:02}"} for place in range(count)]
    decided = tuple(decision("forbid", row["candidate_id"], "O1") for row in rows[1:4])
    result = replace(one_pair(), candidates=tuple(rows), decisions=decided).result()
    problem = result.problem
    labels = replace(
        problem.labels,
        candidate_names=HOSTILE,
        centres=HOSTILE,
        kejuruan=HOSTILE,
        host_names=(HOSTILE[5],),
    )
    decisions = tuple(replace(one, reason=HOSTILE[4], by=HOSTILE[8]) for one in problem.decisions)
    chosen = problem.settings.model_copy(update={"name": HOSTILE[4]})
    objections = tuple(
        Objection(0, 0, text, date(2022, 12, 1), text, date(2022, 12, 2), "", text)
        for text in HOSTILE
    )
    problem = replace(
        problem, labels=labels, decisions=decisions, settings=chosen, objections=objections
    )
    meeting = Meeting(
        HOSTILE[4], None, HOSTILE[5], tuple(Attendee(text, text) for text in HOSTILE[:-1])
    )
    content = write_minutes(made(replace(result, problem=problem), words_of(lang), meeting))
    page = Page(content)
    assert page.tags == TAGS
    assert not any(name.startswith("on") or name in ("src", "href") for name in page.attributes)
    assert all(visible(text) in page.text for text in HOSTILE)
    assert "\u202e" not in content.decode()
    assert b"default-src 'none'" in content and b"unsafe" not in content


@settings(max_examples=25)
@given(worlds())
def test_the_same_bytes_whatever_the_order_of_rows(world: World) -> None:
    turned = replace(
        world,
        candidates=world.candidates[::-1],
        openings=world.openings[::-1],
        decisions=world.decisions[::-1],
    )
    assert write_minutes(made(world.result())) == write_minutes(made(turned.result()))


# The command


def call(*asked: str | Path) -> tuple[int, str]:
    """Return the exit code of a call of the command, and all it printed."""
    done = CliRunner().invoke(main, ["minutes", *map(str, asked)])
    return done.exit_code, done.output


def test_the_command_writes_a_new_file_once(batch: Batch, tmp_path: Path) -> None:
    out = tmp_path / "minutes.html"
    asked = [str(batch.folder), "--out", str(out), "--number", "7/2022", "--date", "2022-12-15"]
    asked += ["--place", "Jakarta", "--lang", "id"]
    asked += [
        "--attendee",
        "Peserta Rapat Contoh; Kepala, Balai Contoh",
        "--attendee",
        "山田、課長",
    ]
    code, told = call(*asked)
    assert code == 0 and told.endswith(f"{out}\n"), told
    text = out.read_text(encoding="utf-8")
    page = Page(out.read_bytes())
    assert '<html lang="id">' in text and "7/2022" in page.text
    for cell in ("Peserta Rapat Contoh", "Kepala, Balai Contoh", "山田", "課長"):
        assert f"<td>{cell}</td>" in text
    code, told = call(*asked)
    assert code == 2 and str(out) in told and text == out.read_text(encoding="utf-8")


def test_the_default_file_is_beside_and_in_the_scenarios_language(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert call(batch.folder.resolve())[0] == 0
    assert [path.name for path in tmp_path.iterdir()] == ["IJC-2023-2022-12-12-minutes.html"]
    assert '<html lang="id">' in next(tmp_path.iterdir()).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "more", [["--attendee", " ; x"], ["--date", "15-12-2022"], ["--out", "x.pdf"]]
)
def test_what_is_stated_wrongly_is_refused_before_anything_is_read(
    more: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    code, told = call(tmp_path, *more)
    assert code == 2 and more[0] in told and not [*tmp_path.iterdir()]


def test_without_a_browser_the_page_is_there_and_the_lack_is_told(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(VARIABLE, str(tmp_path / "none"))
    out = tmp_path / "minutes.html"
    code, told = call(batch.folder, "--out", out, "--pdf", "--lang", "en")
    assert code == 0 and out.is_file() and "No PDF was made" in told and VARIABLE in told
    assert not out.with_suffix(".pdf").exists()


def test_the_minutes_print_on_a4(batch: Batch, tmp_path: Path) -> None:
    if not (find_browser() and shutil.which("pdftotext")):
        pytest.skip("no browser or no pdftotext: the MINUTES ARE NOT PRINTED in this run")
    out = tmp_path / "minutes.html"
    code, told = call(batch.folder, "--out", out, "--pdf", "--lang", "en", "--number", "7/2022")
    assert code == 0, told
    pdf = tmp_path / "minutes.pdf"
    asked = ["pdftotext", "-layout", str(pdf), "-"]
    printed = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=60).stdout
    pages = printed.rstrip("\f").split("\f")
    plan = batch.result.plan
    named = {int(number) for number in re.findall(r"\bC(\d{3})\b", printed)}
    assert named == {int(name[1:]) for name in batch.result.problem.candidate_ids}
    assert "MINUTES OF THE MEETING" in pages[0] and "Chair of the meeting" not in pages[0]
    proposed = np.count_nonzero(plan.opening >= 0)
    assert re.search(rf"People proposed\s+{proposed}\b", "".join(pages[:2]))
    starts = [page for page in pages if re.search(r"Annex \d+ · Minutes, number 7/2022", page)]
    assert len(starts) == len(made(batch.result).annexes)


def test_the_same_bytes_in_another_process(batch: Batch, tmp_path: Path) -> None:
    files = []
    for seed in ("0", "4711"):
        files.append(tmp_path / f"{seed}.html")
        asked = [sys.executable, "-m", "matcher", "minutes", str(batch.folder)]
        asked += ["--out", str(files[-1])]
        own = {"PYTHONHASHSEED": seed, "TZ": "Asia/Tokyo", "LC_ALL": "C", "PATH": "/usr/bin"}
        subprocess.run(asked, check=True, capture_output=True, env=own, timeout=120, cwd=ROOT)
    assert files[0].read_bytes() == files[1].read_bytes()


@pytest.mark.skipif(os.name == "nt", reason="a script stands in for the browser")
def test_a_browser_that_fails_leaves_no_page_behind(
    batch: Batch, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    browser = tmp_path / "browser"
    browser.write_text("#!/bin/sh\nexit 3\n")
    browser.chmod(0o755)
    monkeypatch.setenv(VARIABLE, str(browser))
    out = tmp_path / "out" / "minutes.html"
    out.parent.mkdir()
    code, told = call(batch.folder, "--out", out, "--pdf", "--lang", "en")
    assert code == 1 and "did not print" in told
    assert not list(out.parent.iterdir())
