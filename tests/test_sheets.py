"""The sheets for the day: who is on them, what is not, and what becomes of hostile texts."""

from __future__ import annotations

import csv
import io
import os
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from itertools import cycle, islice
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from matcher.cli import main
from matcher.durable import check_new, write_folder
from matcher.language import LANGUAGES, words_of
from matcher.pipeline import Result
from matcher.problem import NO, UNKNOWN, YES, Labels
from matcher.problem.outcomes import SAID_YES, STATES
from matcher.report.sheets import KEY, OVERVIEW, make_sheets, sheet_files
from matcher.report.sheets.named import find_named
from matcher.report.sheets.names import DEVICES, file_names
from matcher.report.sheets.texts import TITLES
from matcher.report.sheets.values import BLANK, Column, Group, Sheet, visible
from matcher.report.sheets.widths import (
    EDGES,
    WHOLE,
    count_lines,
    fit_columns,
    share_page,
    text_width,
)
from matcher.report.sheets.workbook import sheet_name
from matcher.settings.parts import HOST_COLUMNS, HostColumn
from matcher.shortlist import Entry, LeftOut, Shortlist
from matcher.spelling import is_unseen
from tests.worlds import OPENING, PERSON, Row, World

SEASON = Path(__file__).parent.parent / "scenarios" / "season"
POOL, PLAN = SEASON / "1-pool", SEASON / "2-plan"
AUDIENCES = ("hosts", "centres")
EN = words_of("en")
# What must not be on any sheet: each is in the rows of the people below, spelt so that it cannot
# be there by chance.
SECRET = {
    "sex": "P",
    "birth_date": "1999-09-27",
    "province": "Papua Pegunungan",
    "cost_to_candidate": "7654321",
    "wishes_prefectures": "Okinawa",
    "wishes_job_types": "5-7-1",
    "accepted_on": "2021-02-03",
    "refuses": "no_prayer_place",
    "passport_until": "2031-07-08",
    "employment": "Rahasia Kerja",
}
HOSTILE = (
    "=cmd|'/C calc'!A0",
    "+1+1",
    "@SUM(A1)",
    "{=1+1}",
    "<script>alert(1)</script>",
    "</style><img src=x onerror=alert(1)>",
    "\"' onmouseover=alert(1)",
    "{{ 7 * 7 }}{% raw %}",
    "abc\u202egnp.exe",
    "_x0041_",
    "http://example.org/",
    "N" * 300,
    "名" * 300,
    "",
)
# Ids that no file system should be handed, each with one that it could be taken for.
ODD_IDS = (
    ("a/b", "a-b"),
    ("A:b", "a-B"),
    ("CON", "con"),
    ("_con", "CON"),
    ("aux.txt", "aux txt"),
    ("COM¹", "ＣＯＭ１"),
    ("../x", "x"),
    ("..", "."),
    ("C:\\Windows\\x", "/etc/passwd"),
    ("overview", "office-only/overview"),
    ("office-only", "office-only/key_table.csv"),
    ("H" * 300, "H" * 301),
    ("名" * 300, "名" * 20),
    ("-rf", "rf"),
    ("x\u202e", "x\x00"),
)


def person(place: int, **cells: str) -> Row:
    """Return a made-up person's row."""
    given_cells = {"candidate_id": f"C{place:02}", "name": f"Peserta Contoh {place:03}"}
    return {**PERSON, **SECRET, **given_cells, "centre": f"Balai {place % 2}", **cells}


def order(name: str, host: str, **cells: str) -> Row:
    """Return a job order's row."""
    return {**OPENING, "opening_id": name, "host_id": host, "seats": "2", **cells}


def world(people: int = 8, **cells: str) -> World:
    """Return a world of two hosts with three orders, of different days."""
    orders = (
        order("O1", "H1", interview_on="2023-01-22", interview_mode="daring", prefecture="Gifu"),
        order("O2", "H1", interview_on="", interview_mode="", prefecture="Gifu"),
        order("O3", "H2", interview_on="2023-01-20", interview_mode="tatap muka"),
    )
    return World(tuple(person(place, **cells) for place in range(people)), orders)


def listed(
    result: Result,
    states: Iterable[str],
    consents: Iterable[int],
    openings: Iterable[int] = (0, 1, 2, 0),
) -> tuple[Result, Shortlist]:
    """Return the result with these consents, and hand-made lists: person by person an opening and
    a state, taken in turn; the last person is left out."""
    count = len(result.problem.candidate_ids)
    held = list(zip(range(count - 1), cycle(states), cycle(openings), strict=False))
    labels = replace(result.problem.labels, consents=tuple(islice(cycle(consents), count)))
    result = replace(result, problem=replace(result.problem, labels=labels))
    entries = []
    for candidate, state, opening in held:
        pairs = result.screening
        at = np.flatnonzero((pairs.candidate == candidate) & (pairs.opening == opening))
        row = int(at[0]) if at.size else -1
        score, fit = 876_543 - candidate, 612_345 - 11_000 * candidate
        entries.append(Entry(opening, candidate + 1, candidate, row, score, fit, state, False))
    left = (LeftOut(count - 1, "full", ()),)
    return result, replace(result.shortlist, entries=tuple(entries), left_out=left)


def all_named(world: World | None = None) -> tuple[Result, Shortlist]:
    """Return lists of which everybody may be named, of the usual world where none is given."""
    return listed(world.result() if world else RESULT, ["agreed"], [YES])


def cells_of(sheets: Iterable[Sheet]) -> list[str]:
    """Return every text of the sheets' tables."""
    return [
        visible(str(cell))
        for sheet in sheets
        for group in sheet.groups
        for row in group.rows
        for cell in row
    ]


def opened(content: bytes) -> Any:
    """Return a workbook's one sheet, as openpyxl reads it."""
    (sheet,) = openpyxl.load_workbook(io.BytesIO(content)).worksheets
    return sheet


def files_of(sheet: Sheet, files: dict[str, bytes]) -> dict[str, bytes]:
    """Return the two files of one sheet."""
    return {end: files[sheet.file + end] for end in (".xlsx", ".html")}


def everything(files: dict[str, bytes]) -> str:
    """Return all text of all files but the key, workbooks unpacked."""
    parts = []
    for name, content in files.items():
        if name.endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(content)) as packed:
                parts += [packed.read(one).decode() for one in packed.namelist()]
        elif name != KEY:
            parts.append(content.decode())
    return "\n".join(parts)


# Who is named


@given(
    st.lists(st.sampled_from([*STATES, "conditional"]), min_size=1, max_size=7),
    st.lists(st.sampled_from([YES, NO, UNKNOWN]), min_size=1, max_size=7),
)
def test_only_who_agreed_to_the_order_and_to_be_named_is_named(
    states: list[str], consents: list[int]
) -> None:
    result, shortlist = listed(RESULT, states, consents)
    sheets = make_sheets(result, shortlist, "hosts", EN)
    told, hosts = cells_of(sheets.all), cells_of(sheets.sheets)
    for entry in shortlist.entries:
        consent = result.problem.labels.consents[entry.candidate]
        may = entry.state in SAID_YES and consent == YES
        assert (result.problem.candidate_ids[entry.candidate] in hosts) == may
        assert (result.problem.labels.candidate_names[entry.candidate] in told) == may
    named = find_named(result.problem, shortlist.entries)
    counts = tuple(map(len, (named.entries, named.awaited, named.unasked, named.withheld)))
    assert sum(counts) == len(shortlist.entries)
    overview = [list(map(int, row[3:7])) for row in sheets.overview.groups[0].rows]
    assert tuple(np.sum(overview, axis=0)) == counts
    assert len(sheets.told) == sum(count > 0 for count in counts[1:])


def test_nobody_is_named_whose_consent_is_not_in_the_table() -> None:
    result, shortlist = all_named()
    labels = replace(result.problem.labels, consents=())
    result = replace(result, problem=replace(result.problem, labels=labels))
    assert "Peserta Contoh" not in everything(
        sheet_files(make_sheets(result, shortlist, "hosts", EN))
    )


def test_states_before_the_yes_are_no_states_to_be_named_in() -> None:
    before = {"proposed", "conditional", "offered", "declined", "failed"}
    assert before.isdisjoint(SAID_YES)
    assert before | set(SAID_YES) == {*STATES, "conditional"}


def test_a_host_is_told_how_many_follow_but_not_who_is_withheld() -> None:
    result, shortlist = listed(RESULT, ["agreed", "offered"], [YES, YES, YES, NO], [0])
    (sheet,) = make_sheets(result, shortlist, "hosts", EN).sheets
    assert "people: 4 · 2 more to follow" in sheet.groups[0].caption
    assert len(sheet.groups[0].rows) == 4
    assert "withheld" not in str(sheet) and "not agreed to be named" not in str(sheet)


def test_a_host_list_stands_by_fit_with_its_own_numbers() -> None:
    result, shortlist = all_named()
    shuffled = tuple(replace(entry, rank=9 - entry.rank) for entry in shortlist.entries)
    for lists in (shortlist, replace(shortlist, entries=shuffled)):
        for sheet in make_sheets(result, lists, "hosts", EN).sheets:
            for group in sheet.groups:
                fits = [row[-3] for row in group.rows]
                assert fits == sorted(fits, reverse=True)
                assert [row[0] for row in group.rows] == list(range(1, len(fits) + 1))


# Whose is whose


def told_by(files: dict[str, bytes]) -> str:
    """Return every byte of text and every cell of a sheet's files."""
    sheet = opened(files[".xlsx"])
    cells = [str(cell.value) for row in sheet.iter_rows() for cell in row]
    return "\n".join((everything({"x.xlsx": files[".xlsx"], "x.html": files[".html"]}), *cells))


def apart() -> tuple[Result, Shortlist]:
    """Return lists of three hosts whose names and orders are nobody else's."""
    orders = tuple(order(f"ORD-{n}", f"HOST-{n}") for n in "ABC")
    result, shortlist = listed(
        World(tuple(map(person, range(10))), orders).result(),
        ["agreed", "agreed", "offered"],
        [YES],
    )
    names = tuple(f"Perusahaan Contoh {n}" for n in "ABC")
    labels = replace(result.problem.labels, host_names=names)
    return replace(result, problem=replace(result.problem, labels=labels)), shortlist


@pytest.mark.parametrize("blind", [False, True])
@pytest.mark.parametrize("audience", AUDIENCES)
def test_nobody_is_handed_anothers_people(audience: str, blind: bool) -> None:
    result, shortlist = apart()
    problem, hosts = result.problem, audience == "hosts"
    sheets = make_sheets(result, shortlist, audience, EN, blind=blind)
    files = sheet_files(sheets)
    groups: dict[str, set[int]] = {}
    for person, centre in enumerate(problem.labels.centres):
        if not hosts:
            groups.setdefault(file_names([centre])[centre], set()).add(person)
    for entry in shortlist.entries:
        host = problem.lists.hosts[problem.openings.host[entry.opening]]
        if hosts and entry.state == "agreed":
            groups.setdefault(host, set()).add(entry.candidate)
    assert {sheet.file for sheet in sheets.sheets} == set(groups) and len(groups) > 1
    for sheet in sheets.sheets:
        told = told_by(files_of(sheet, files))
        for person, own in (
            (p, p in groups[sheet.file]) for p in range(len(problem.candidate_ids))
        ):
            name, ident = problem.labels.candidate_names[person], problem.candidate_ids[person]
            assert (name in told) == (own and not blind), (sheet.file, name)
            assert bool(re.search(rf"\b{ident}\b", told)) == (own and not blind)
        if hosts:
            letter = sheet.file[-1]
            for text in ("HOST-", "ORD-", "Perusahaan Contoh "):
                assert set(re.findall(rf"{text}([ABC])", told)) == {letter}
        else:
            assert set(re.findall(r"Balai \d", told)) == {sheet.title}
        assert "office-only" not in told and sheets.overview.title not in told


@given(
    st.lists(st.sampled_from(["agreed", "named", "offered", "declined"]), min_size=7, max_size=7),
    st.lists(st.sampled_from([YES, NO, UNKNOWN]), min_size=7, max_size=7),
    st.booleans(),
)
@settings(max_examples=25)
def test_a_hosts_files_hang_on_nothing_of_others_nor_on_what_the_office_alone_knows(
    states: list[str], consents: list[int], blind: bool
) -> None:
    result, shortlist = listed(RESULT, states, consents)
    own = [entry for entry in shortlist.entries if entry.opening < 2]
    kept, labels = [], result.problem.labels
    names, consents = list(labels.candidate_names), list(labels.consents)
    for person in set(range(len(names))) - {entry.candidate for entry in own}:
        names[person] = "Orang Lain"
    for entry in own:
        if consents[entry.candidate] == NO:
            continue
        follows = entry.state not in SAID_YES or consents[entry.candidate] == UNKNOWN
        if follows:
            consents[entry.candidate] = YES
        kept.append(replace(entry, state="proposed") if follows else entry)
    changed = replace(
        labels,
        candidate_names=tuple(names),
        consents=tuple(consents),
        host_names=(labels.host_names[0], "Perusahaan Lain"),
    )
    other = replace(result, problem=replace(result.problem, labels=changed))
    lists = replace(shortlist, entries=tuple(kept), left_out=())
    found = [
        sheet_files(make_sheets(*made, "hosts", EN, blind=blind))
        for made in ((result, shortlist), (other, lists))
    ]
    for end in ("xlsx", "html"):
        before, after = (files.get(f"H1.{end}") for files in found)
        assert before == after and (before is None) == (not kept)


# What is on a sheet, and what is not


@pytest.mark.parametrize("columns", [(), tuple(reversed(TITLES)), HOST_COLUMNS])
def test_a_host_sees_the_columns_agreed_in_their_order(columns: tuple[HostColumn, ...]) -> None:
    chosen = {"shortlist": {"host_columns": list(columns)}}
    result, shortlist = all_named(replace(world(), chosen=chosen))
    for sheet in make_sheets(result, shortlist, "hosts", EN).sheets:
        titles = [column.title for column in sheet.columns]
        shown = [EN(TITLES[name][0]).capitalize() for name in columns]
        assert titles[:2] == ["No.", "Candidate number"] and titles[2 : 2 + len(shown)] == shown
        assert titles[2 + len(shown)] == "Fit, of 74" and len(titles) == 5 + len(shown)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("blind", [False, True])
def test_no_host_sheet_holds_a_score_or_what_is_not_agreed(lang: str, blind: bool) -> None:
    chosen = {"shortlist": {"host_columns": list(TITLES)}}
    result, shortlist = all_named(replace(world(), chosen=chosen))
    made = make_sheets(result, shortlist, "hosts", words_of(lang), blind=blind)
    told = everything(sheet_files(made))
    for column, secret in SECRET.items():
        if column != "sex":
            assert secret not in told, column
    for entry in shortlist.entries:
        score = str(entry.score)
        for form in (score, f"{score[:2]}.{score[2:]}", f"{score[:2]}.{score[2]}", "87,7", "87.7"):
            assert not re.search(rf"(?<![\w#.]){re.escape(form)}(?![\w.])", told), form
    assert {"L", "P", "perempuan", "laki-laki", "female"}.isdisjoint(cells_of(made.all))
    assert ("61.2" in told or "61,2" in told) and "2023-03-17" not in told
    assert words_of(lang).day(date(2023, 3, 17)) in told


def test_there_is_no_fit_with_given_scores() -> None:
    result, shortlist = all_named()
    given_scores: Any = object()
    result = replace(result, problem=replace(result.problem, given=given_scores))
    for sheet in make_sheets(result, shortlist, "hosts", EN).sheets:
        assert not any("fit" in column.title for column in sheet.columns)
        assert not any("fit" in note.casefold() for note in sheet.notes)


def test_what_a_person_has_is_told_in_words() -> None:
    cells: dict[str, Any] = {
        "certificates": "C.25LAS01.028.1@2024-06-28; C.25LAS01.026.1@2022-12-11",
        "experience": "7-7-1:6",
        "japanese_level": "JFT-Basic A2",
    }
    chosen = {"shortlist": {"host_columns": list(TITLES)}}
    result, shortlist = all_named(replace(world(**cells), chosen=chosen))
    row = make_sheets(result, shortlist, "hosts", EN).sheets[0].groups[0].rows[0]
    text = " | ".join(map(str, row))
    assert "C.25LAS01.028.1), until June 28, 2024" in text
    assert "C.25LAS01.026.1" not in text  # over by the scenario's day
    assert re.search(r"7-7-1 .+: 6 months", text) and "(JFT)" in text


def test_a_centre_is_told_who_goes_where_the_day_not_set_last() -> None:
    result, shortlist = listed(RESULT, ["agreed", "conditional", "offered"], [NO])
    sheets = make_sheets(result, shortlist, "centres", EN)
    assert [sheet.title for sheet in sheets.sheets] == ["Balai 0", "Balai 1"]
    for sheet in sheets.sheets:
        captions = [group.caption.rpartition(", ")[0] for group in sheet.groups]
        days = ["January 20, 2023", "January 22, 2023", "day not yet set"]
        none = "no interview this round; waiting time runs on"
        assert captions == [day for day in (*days, none) if day in captions]
        for group in sheet.groups:
            assert [row[0] for row in group.rows] == sorted(str(row[0]) for row in group.rows)
    people = {str(row[0]) for s in sheets.sheets for g in s.groups for row in g.rows}
    assert people == set(result.problem.candidate_ids)
    assert sheets.sheets[1].groups[-1].rows[0][:2] == ("C07", "Peserta Contoh 007")
    assert sheets.told == ("People without an interview this round: 1.",)
    assert sum(int(row[1]) for row in sheets.overview.groups[0].rows) == 7


def test_what_is_still_to_show_is_what_the_person_or_their_school_shows() -> None:
    result, shortlist = all_named(world(medical="pending", training_jp="340", jp_done="0"))
    told = make_sheets(result, shortlist, "centres", EN).sheets[0].groups[0].rows[0][-1]
    assert re.search(r"medical check \(\w+ \d+, 2023\)", str(told)) and "host" not in str(told)


def test_a_centre_is_told_whom_a_host_does_not_expect() -> None:
    result, shortlist = listed(RESULT, ["agreed", "offered"], [YES, NO, UNKNOWN])
    consents = dict(zip(result.problem.candidate_ids, result.problem.labels.consents, strict=True))
    unlisted = ": not on the list given to the host"
    telling = {
        NO: f" – has not agreed that particulars are passed on{unlisted}",
        UNKNOWN: f" – consent to pass particulars on not recorded{unlisted}",
        YES: "",
    }
    sheets = make_sheets(result, shortlist, "centres", EN).sheets
    rows = [row for sheet in sheets for group in sheet.groups for row in group.rows]
    states = {str(row[0]): str(row[-2]) for row in rows if row[3] != BLANK}
    assert len(states) == len(shortlist.entries)
    for ident, state in states.items():
        assert state in {f"{word}{telling[consents[ident]]}" for word in ("agreed", "offered")}
    for sheet in sheets:
        missing = any(" – " in str(row[-2]) for group in sheet.groups for row in group.rows)
        assert any("not expected there" in note for note in sheet.notes) == missing


def test_the_office_alone_is_told_the_scenarios_name() -> None:
    result, shortlist = all_named()
    model = result.problem.settings.model_copy(update={"name": "Nama Kasus"})
    result = replace(result, problem=replace(result.problem, settings=model))
    for audience in AUDIENCES:
        made = make_sheets(result, shortlist, audience, EN)
        day = EN.day(model.on)
        assert ("as of", f"{day} (Nama Kasus)") in made.overview.head
        for sheet in made.sheets:
            assert ("as of", day) in sheet.head and "Nama Kasus" not in str(sheet)


@pytest.mark.parametrize("blind", [False, True])
@given(st.lists(st.sampled_from([YES, NO, UNKNOWN]), min_size=1, max_size=12))
@settings(max_examples=20)
def test_the_office_is_told_whom_to_ask(blind: bool, consents: list[int]) -> None:
    result, shortlist = listed(MANY, ["agreed"], consents)
    made = make_sheets(result, shortlist, "hosts", EN, blind=blind)
    place = dict(zip(result.problem.candidate_ids, result.problem.labels.consents, strict=True))
    for column, consent in ((-3, UNKNOWN), (-2, NO)):
        wanted = [one for one in list(place)[:-1] if place[one] == consent]
        told = " ".join(str(row[column]) for row in made.overview.groups[0].rows)
        assert sorted(re.findall(r"C\d\d", told)) == ([] if blind else wanted)
        word = "not recorded" if consent == UNKNOWN else "have not agreed"
        lines = [line for line in made.told if word in line]
        assert len(lines) == bool(wanted)
        for line in lines:
            assert f": {len(wanted)} (" in line and re.findall(r"C\d\d", line) == wanted[:10]
            assert (f"and {len(wanted) - 10} more" in line) == (len(wanted) > 10)


# Widths


@given(
    st.lists(st.lists(st.text("ab 漢", max_size=40), min_size=3, max_size=3), max_size=4),
    st.lists(st.integers(1, 40), min_size=3, max_size=3),
    st.text("ab 漢", min_size=1, max_size=30),
)
def test_words_and_short_texts_have_room(
    rows: list[list[str]], widths: list[int], title: str
) -> None:
    columns = tuple(Column(title, width) for width in widths)
    sheet = Sheet("t", "t", (), columns, (Group("", tuple(map(tuple, rows))),), ())
    for place, width in enumerate(fit_columns(sheet)):
        texts = [row[place] for row in rows]
        for text in texts:
            if text_width(text) <= WHOLE:
                assert count_lines(text, width - EDGES) == 1
        for word in [title, *texts]:
            assert all(min(WHOLE, text_width(one)) <= width - EDGES for one in word.split())
        assert any(texts) or width >= widths[place]
    shares = [float(share) for share in share_page(sheet)]
    assert min(shares) > 0 and 99 <= sum(shares) <= 100


# Blind copies


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_blind_copy_names_nobody_and_its_key_names_everybody(audience: str) -> None:
    result, shortlist = all_named()
    files = sheet_files(make_sheets(result, shortlist, audience, EN, blind=True))
    told = everything(files)
    assert "Blind copy" in told
    for name, ident in zip(
        result.problem.labels.candidate_names, result.problem.candidate_ids, strict=True
    ):
        assert name not in told and not re.search(rf"\b{ident}\b", told)
    key = list(csv.DictReader(io.StringIO(files[KEY].decode())))
    listed_people = {result.problem.candidate_ids[e.candidate] for e in shortlist.entries}
    found = {line["candidate_id"] for line in key}
    assert found >= listed_people
    assert len({(line["sheet"], line["number"]) for line in key}) == len(key)
    assert all(line["number"] in told for line in key)
    assert all(re.fullmatch(r"No\. \d+", line["number"]) for line in key)


def test_blind_numbers_come_from_the_seed_and_are_in_no_order_of_ids() -> None:
    result, shortlist = all_named(world(40))

    def key(seed: str) -> list[tuple[str, str, str]]:
        objective = result.problem.settings.objective.model_copy(update={"seed": seed})
        settings = result.problem.settings.model_copy(update={"objective": objective})
        seeded = replace(result, problem=replace(result.problem, settings=settings))
        made = make_sheets(seeded, shortlist, "hosts", EN, blind=True)
        return [(one.sheet, one.number, one.candidate_id) for one in made.keys]

    assert key("1") == key("1") != key("2")
    ids = [person for sheet, _, person in key("1") if sheet == "H1"]
    assert ids != sorted(ids) and ids != sorted(ids, reverse=True)


def test_only_a_blind_copy_has_a_key() -> None:
    result, shortlist = all_named()
    assert KEY not in sheet_files(make_sheets(result, shortlist, "hosts", EN))


# Hostile texts


class Tags(HTMLParser):
    """Collects a page's tags, attributes and text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def hostile() -> tuple[Result, Shortlist]:
    """Return lists in which every text that an office writes is hostile."""
    result, shortlist = all_named(world(len(HOSTILE)))
    problem = result.problem
    turned = (*HOSTILE[5:], *HOSTILE[:5])
    labels: Labels = replace(
        problem.labels, candidate_names=HOSTILE, centres=turned, host_names=HOSTILE[4:6]
    )
    settings = problem.settings.model_copy(update={"name": HOSTILE[4]})
    return replace(result, problem=replace(problem, labels=labels, settings=settings)), shortlist


@pytest.mark.parametrize("audience", AUDIENCES)
def test_hostile_texts_stay_texts(audience: str) -> None:
    result, shortlist = hostile()
    made = make_sheets(result, shortlist, audience, EN)
    files = sheet_files(made)
    books = [opened(content) for name, content in files.items() if name.endswith(".xlsx")]
    cells = [cell for sheet in books for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type in ("s", "n") and cell.hyperlink is None for cell in cells)
    values = {str(cell.value) for cell in cells if cell.value is not None}
    page = Tags()
    for name, content in files.items():
        if name.endswith(".html"):
            page.feed(content.decode())
    assert page.tags.isdisjoint({"script", "img", "iframe", "object", "link", "a", "form"})
    assert not any(name.startswith("on") for name in page.attributes)
    for name in HOSTILE[:-2]:
        assert visible(name) in values and visible(name) in page.text
    assert "abc⟨U+202E⟩gnp.exe" in values
    assert "\u202e" not in everything(files)


@pytest.mark.parametrize("audience", AUDIENCES)
def test_the_workbook_opens_elsewhere_with_the_same_texts(audience: str) -> None:
    result, shortlist = hostile()
    made = make_sheets(result, shortlist, audience, EN)
    files = sheet_files(made)
    for sheet in made.all:
        content = files[f"{sheet.file}.xlsx"]
        other = CalamineWorkbook.from_filelike(io.BytesIO(content))
        (name,) = other.sheet_names
        assert name == opened(content).title == sheet_name(sheet.title)
        rows = other.get_sheet_by_name(name).to_python()
        assert rows[0][0] == visible(sheet.title)
        assert rows[2] == [visible(column.title) for column in sheet.columns]
        texts = {str(cell) for row in rows for cell in row}
        wanted = [c for g in sheet.groups for r in g.rows for c in r if isinstance(c, str)]
        assert {visible(text) for text in wanted} <= texts


@given(st.text(max_size=40) | st.sampled_from((*HOSTILE, "History", "'", "[]", "😀" * 20)))
def test_names_of_sheets_are_ones_a_workbook_takes(title: str) -> None:
    name = sheet_name(title)
    assert name and len(name.encode("utf-16-le")) <= 62 and not set(name) & set("[]:*?/\\")
    assert not name.startswith("'") and not name.endswith("'") and not any(map(is_unseen, name))
    assert name.casefold() != "history"


# Files


@given(st.lists(st.text(max_size=12) | st.sampled_from([i for two in ODD_IDS for i in two])))
def test_names_of_files_are_ones_every_file_system_takes(ids: list[str]) -> None:
    names = file_names(ids)
    assert set(names) == set(ids) and names == file_names(ids[::-1])
    assert len({name.casefold() for name in names.values()}) == len(names)
    for ident, name in names.items():
        assert re.fullmatch(r"[\w-]+", name) and not name.startswith("-")
        assert len(name.encode()) <= 70 and name.casefold() not in DEVICES
        alike = [one for one in names if one.casefold() == ident.casefold()]
        if file_names([ident])[ident] == ident and len(alike) == 1:
            assert name == ident


def test_ids_that_are_names_of_files_keep_them() -> None:
    ids = ["H01", "H-1", "h_2", "BLK名古屋", "overview"]
    assert file_names(ids) == dict(zip(ids, ids, strict=True))
    odd = file_names(["a/b", "a-b", "CON", "../x", "", "com1.txt", "LPT9"])
    assert odd["a-b"] == "a-b" and odd["a/b"] == "a-b-2" and odd["CON"] == "_CON"
    assert odd["../x"] == "x" and odd[""] == "no-name"
    assert odd["com1.txt"] == "com1-txt" and odd["LPT9"] == "_LPT9"


@pytest.mark.parametrize("ids", ODD_IDS)
def test_hosts_of_odd_ids_have_files_of_their_own_within_the_folder(
    ids: tuple[str, str], tmp_path: Path
) -> None:
    result, shortlist = all_named()
    lists = replace(result.problem.lists, hosts=ids)
    result = replace(result, problem=replace(result.problem, lists=lists))
    made = make_sheets(result, shortlist, "hosts", EN, blind=False)
    write_folder(tmp_path / "out", sheet_files(made), check_new)
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    found = written(tmp_path / "out")
    pages = {name for name in found if name.endswith(".html") and "/" not in name}
    assert len(found) == 6 and len(pages) == 2
    for sheet in made.sheets:
        people = {str(row[1]) for group in sheet.groups for row in group.rows}
        told = found[f"{sheet.file}.html"].decode()
        assert set(re.findall(r"\bC\d\d\b", told)) == people != set()
    files = [str(row[-1]) for row in made.overview.groups[0].rows]
    assert files == [f"{sheet.file}.xlsx, {sheet.file}.html" for sheet in made.sheets]


@pytest.mark.parametrize("audience", AUDIENCES)
@pytest.mark.parametrize("blind", [False, True])
def test_the_same_bytes_twice_and_whatever_the_order_of_rows(audience: str, blind: bool) -> None:
    def files(made: tuple[Result, Shortlist]) -> dict[str, bytes]:
        return sheet_files(make_sheets(*made, audience, EN, blind=blind))

    forth = world()
    back = replace(forth, candidates=forth.candidates[::-1], openings=forth.openings[::-1])
    result, shortlist = all_named(back)
    turned = replace(shortlist, entries=shortlist.entries[::-1])
    assert files(all_named(forth)) == files(all_named(forth)) == files((result, turned))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_asks_for_nothing_and_says_its_language(lang: str) -> None:
    result, shortlist = all_named()
    made = make_sheets(result, shortlist, "hosts", words_of(lang))
    files = sheet_files(made)
    for sheet in made.all:
        page = files[f"{sheet.file}.html"].decode()
        assert f'<html lang="{lang}">' in page
        policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)
        assert policy and policy[1].startswith("default-src 'none'; style-src 'sha256-")
        assert not re.search(r"https?:|url\(|@import|src=|href=|style=", page)
        assert page.count("<main") == page.count("<table") == page.count("<h1") == 1


def test_the_workbook_is_laid_out_for_a4() -> None:
    result, shortlist = all_named()
    made = make_sheets(result, shortlist, "hosts", EN)
    files = sheet_files(made)
    for sheet in (opened(files[f"{one.file}.xlsx"]) for one in made.all):
        assert sheet.page_setup.orientation == "landscape" and sheet.page_setup.paperSize == 9
        assert sheet.sheet_properties.pageSetUpPr.fitToPage and sheet.page_setup.fitToHeight == 0
        assert sheet.print_title_rows == "$1:$3" and sheet.freeze_panes in ("B4", "C4")
        assert "Proposal, not a decision" in sheet.oddHeader.right.text
        assert sheet.oddFooter.right.text == "&P / &N"
    assert opened(files["H1.xlsx"]).data_validations.count == 5


# The command


def written(out: Path) -> dict[str, bytes]:
    """Return all files of a folder by their path within it."""
    found = sorted(path for path in out.rglob("*") if path.is_file())
    return {path.relative_to(out).as_posix(): path.read_bytes() for path in found}


def test_the_command_writes_a_folder_once(tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = ["sheets", str(PLAN), "--for", "hosts", "--blind", "--lang", "en", "--out", str(out)]
    first = CliRunner().invoke(main, asked)
    assert first.exit_code == 0, first.output
    before = written(out)
    hosts = {f"{host}{end}" for host in ("H01", "H02", "H04", "H05") for end in (".xlsx", ".html")}
    assert set(before) == {*hosts, f"{OVERVIEW}.xlsx", f"{OVERVIEW}.html", KEY}
    assert (out / KEY).stat().st_mode & 0o777 == 0o600 or os.name == "nt"
    assert "4 sheets" in first.stdout and str(out / OVERVIEW) in first.stdout
    assert "people whose yes to the job order is awaited: 1." in first.stderr
    assert re.search(r"consent .* is not recorded: 1 \(C\d\d\)", first.stderr)
    assert "Do not pass on" in first.stderr
    again = CliRunner().invoke(main, asked)
    assert again.exit_code == 2 and "exists already" in again.stderr
    assert before == written(out)


def test_there_is_no_key_where_nobody_is_named(tmp_path: Path) -> None:
    out = tmp_path / "out"
    asked = ["sheets", str(POOL), "--for", "hosts", "--blind", "--lang", "en", "--out", str(out)]
    made = CliRunner().invoke(main, asked)
    assert made.exit_code == 0 and "people whose yes to the job order is awaited: " in made.stderr
    assert KEY not in written(out) and "Do not pass on" not in made.stderr


@pytest.mark.parametrize("audience", AUDIENCES)
def test_a_batch_gives_the_sheets_of_its_scenario(audience: str, tmp_path: Path) -> None:
    batch = tmp_path / "batch"
    assert CliRunner().invoke(main, ["run", str(PLAN), "--out", str(batch)]).exit_code == 0
    for place, name in ((PLAN, "a"), (batch, "b")):
        asked = ["sheets", str(place), "--for", audience, "--out", str(tmp_path / name)]
        made = CliRunner().invoke(main, asked)
        assert made.exit_code == 0, made.output
    assert written(tmp_path / "a") == written(tmp_path / "b") != {}


@pytest.mark.parametrize("command", ["sheets --for hosts --out out", "shortlist", "pool"])
def test_a_scenario_is_read_as_the_line_declares_and_a_batch_as_it_was(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(POOL, "scenario")
    orders = Path("scenario/openings.csv")
    text = orders.read_text(encoding="utf-8")
    orders.write_text(re.sub(r"\b2022-11-\d\d\b", "11/12/2022", text), encoding="utf-8")
    name, *more = command.split()
    asked = [name, "scenario", *more]
    assert CliRunner().invoke(main, asked).exit_code == 3
    declared = CliRunner().invoke(main, [*asked, "--date-order", "dmy"])
    assert declared.exit_code == 0, declared.output
    Path("batch").mkdir()
    Path("batch/manifest.json").touch()
    of_batch = CliRunner().invoke(main, [name, "batch", *more, "--date-order", "dmy"])
    assert of_batch.exit_code == 2 and "without --date-order" in of_batch.stderr


# Printing


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sheets of two hosts, the first over more than one page."""
    result, shortlist = all_named(world(60))
    labels = replace(result.problem.labels, host_names=("Contoh Kogyo 01", "Contoh Kogyo 02"))
    result = replace(result, problem=replace(result.problem, labels=labels))
    folder = tmp_path_factory.mktemp("printed")
    files = sheet_files(make_sheets(result, shortlist, "hosts", words_of("ja")))
    write_folder(folder, files, check_new)
    return folder


def _check_printed(pdf: Path) -> None:
    """Check that a printed host's sheet holds all its people and says on each page whose it is."""
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed: the PRINTED SHEETS ARE NOT READ AGAIN")
    asked = ["pdftotext", "-layout", str(pdf), "-"]
    told = subprocess.run(asked, check=True, capture_output=True, text=True, timeout=60).stdout
    pages = told.rstrip("\f").split("\f")
    assert len(pages) > 1 and all("H1 Contoh Kogyo 01" in page for page in pages)
    assert "H2" not in told and "Contoh Kogyo 02" not in told
    numbers = {int(number) for number in re.findall(r"Peserta Contoh (\d+)", told)}
    assert numbers == {place for place in range(59) if place % 4 != 2}


def test_the_page_prints_in_a_browser(printed: Path) -> None:
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if not browser:
        pytest.skip("no Chromium: the PAGE IS NOT PRINTED in this run")
    pdf = printed / "page.pdf"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    target = [f"--user-data-dir={printed / 'profile'}", f"--print-to-pdf={pdf}"]
    page = (printed / "H1.html").as_uri()
    subprocess.run([browser, *options, *target, page], check=True, capture_output=True, timeout=120)
    _check_printed(pdf)


def test_the_workbook_prints_in_an_office(printed: Path) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("no LibreOffice: the WORKBOOK IS NOT PRINTED in this run")
    profile = f"-env:UserInstallation={(printed / 'office').as_uri()}"
    options = [profile, "--headless", "--convert-to", "pdf", "--outdir", str(printed)]
    asked = [office, *options, str(printed / "H1.xlsx")]
    subprocess.run(asked, check=True, capture_output=True, timeout=180)
    _check_printed(printed / "H1.pdf")


RESULT = world().result()
MANY = world(26).result()
