"""The workbook: everything of the content is on its sheets, as what it is; hostile texts stay
text; the sheet of decisions is read back as decisions."""

from __future__ import annotations

import io
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.check import open_scenario
from matcher.check.decision_words import ACTION_NAMES
from matcher.grid import column_letters
from matcher.language import LANGUAGES, Words, say, words_of
from matcher.problem import Decision
from matcher.report import book as book_module
from matcher.report.book import make_pages, write_book
from matcher.report.book.decisions import FORM, FREE_ROWS, LISTS
from matcher.report.book.law import EXPERIENCE, QUOTA
from matcher.report.book.tables import table_page
from matcher.report.book.writer import HEAD, clean, without_empty
from matcher.report.content import gather_content
from matcher.report.content.values import (
    Asked,
    Card,
    Centre,
    Content,
    Decided,
    Due,
    Experience,
    Figure,
    Host,
    Line,
    Opening,
    Other,
    Person,
    Pictures,
    Quota,
    Reserve,
    RuleCount,
    Table,
)
from matcher.report.sheets.values import Key
from tests.conftest import Batch

# Where the decimal mark stands in a whole number of a column, and how the cell shows it.
DECIMALS = {"points": 4, "exact": 4, "tenths": 1, "hundredths": 2, "share": 2}
FORMATS = {
    "whole": "#,##0_-",
    "points": "0.00_-",
    "exact": "0.0000_-",
    "tenths": "0.0_-",
    "hundredths": "0.00_-",
    "share": "0%_-",
}
# openpyxl keeps no bars of Excel 2010; that they are there is no fault.
pytestmark = [
    pytest.mark.filterwarnings("ignore:.* extension is not supported:UserWarning"),
    pytest.mark.filterwarnings("ignore:Conditional Formatting extension:UserWarning"),
]
EN = words_of("en")
ON = date(2022, 12, 12)
NO_PICTURES = Pictures((), (), 0, (), (), (), (), (), ())
HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://example.test","x")',
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "{=1+1}",
    "http://example.test/x",
    "mailto:someone@example.test",
    "internal:'Summary'!A1",
    "<r><t>bold</t></r>",
    "<r></r>",
    "<script>alert(1)</script>",
    "]]>&amp;<!--",
    "_x0041_",
    "\u202eabc\u2066",
    "a\x00b\x1b[31m",
    "\ud800",
    "\ufffe\uffff",
    "0012",
    "1e5",
    "TRUE",
    "  two  ",
    "line\nline\ttab",
    "長い" * 20_000,
    "x" * 40_000,
    "😀" * 17_000,
    " ",
    "",
)


def person(place: int, text: str = "", state: str = "placed") -> Person:
    """A made-up person of a state; `text` stands in every column of text."""
    at, number = state in ("placed", "conditional"), f"{place:03}"
    return Person(
        place=place,
        id=f"C{number}",
        name=text or f"Peserta Contoh {number}",
        state=state,
        told=text or state,
        centre=text or "Balai Contoh",
        school=text or "S-01",
        programme=text or "Pengelasan SMAW 3G",
        trade=text or "Las",
        opening="O-1" if at else "",
        work=text or ("7-7-2 Pengelasan semiotomatis" if at else ""),
        host=text or ("H1 Perusahaan Contoh" if at else ""),
        prefecture=text or ("Aichi" if at else ""),
        score=861_234 if at else None,
        low=861_234 if at else None,
        high=900_000 if at else None,
        fit=700_034 if at else None,
        consideration=161_200 if at else None,
        conditions=(text or "training before entry",) if state == "conditional" else (),
        due=date(2023, 6, 1) if state == "conditional" else None,
        doubts=(text or "another host is nearly as good",) if at else (),
        stays=93 if at else None,
        why="" if at else text or "No job order of the trade.",
    )


def card(text: str = "") -> Card:
    """A made-up card with two lines and one other job order."""
    lines = (
        Line("skills", text or "skill fit", "fit", 875, 875, 875, 800, 700_000, (text or "3G",)),
        Line("wishes", text or "wishes", "consideration", 806, 700, 900, 200, 161_200, ()),
    )
    other = Other(1, "O-2", text or "7-7-1", text or "H2", 800_000, 0, 61_234, "outscored", text)
    return Card(lines, (), (other,), (), (), (), (), ())


def opening(place: int, text: str = "") -> Opening:
    """A made-up job order of two seats."""
    return Opening(
        place=place,
        id=f"O-{place + 1}",
        host=text or f"H{place + 1} Perusahaan Contoh",
        host_id=f"H{place + 1}",
        work=text or "7-7-2 Pengelasan semiotomatis",
        group=text or "machinery and metal",
        prefecture=text or "Aichi",
        supervisor=text or "K-1 Kumiai Contoh",
        regime=text or "TITP",
        entry_from=date(2023, 4, 1),
        entry_to=date(2023, 4, 30),
        interview=date(2022, 12, 12),
        closes=None,
        seats=2,
        closed=0,
        filled=1,
        conditional=0,
        eligible=3,
        proposed=("C000",),
        reserves=(Reserve(1, "C001", text or "Peserta Contoh 001", 700_000, "O-2"),),
        refused=(RuleCount(text or "Japanese", 12, 3),),
        one_more=text or "one more person",
        more_people=1,
        more_points=700_000,
        terms=(),
        record=(),
    )


def host(place: int, text: str = "") -> Host:
    """A made-up host with one quota."""
    quota = Quota(
        f"H{place + 1}/titp-i",
        "T2",
        ("O-1",),
        3,
        1,
        0,
        2,
        2,
        1,
        text or "kept",
        text or "3 - 1 = 2",
    )
    return Host(
        place=place,
        id=f"H{place + 1}",
        name=text or "Perusahaan Contoh",
        prefecture=text or "Aichi",
        supervisor=text or "K-1",
        staff=12,
        counted_on=date(2022, 11, 30) if place else None,
        excellent=text or "no",
        present=(1, 2, None),
        esd_people=None,
        promised=0,
        openings=(f"O-{place + 1}",),
        seats=2,
        closed=0,
        filled=1,
        conditional=0,
        quotas=(quota,) if not place else (),
        questions=(text or "Please confirm the number of full-time staff.",),
        base=3,
    )


def content(words: Words = EN, text: str = "", **changed: Any) -> Content:
    """Made-up content in which every text is `text`, where one is given."""
    states = ("placed", "conditional", "unplaced", "held", "withdrawn")
    table = Table(text or "Problems", text, ("file", "row", "day"), ((text or "a.csv", 3, ON),))
    made = Content(
        words=words,
        name="made-up",
        on=ON,
        title=text or "Made-up 2022",
        mark=text or "Proposal, not a decision",
        blind=False,
        given=False,
        figures=(Figure("people", text or "people", 5), Figure("p", text or "proposed", 2, 5)),
        summary=(text or "Five people, two proposed.",),
        asked=(text or "(1) two proposals.",),
        notes=(text or "A note.",),
        people=tuple(person(place, text, state) for place, state in enumerate(states)),
        openings=(opening(0, text), opening(1, text)),
        hosts=(host(0, text), host(1, text)),
        centres=(Centre(text, 5, 3, 2, 1, 1, 1, 1, ()),),
        dues=(Due(date(2023, 6, 1), text or "SO", "C001", text, "O-1", text, text, text, text),),
        doubtful=(1,),
        questions=(Asked("staff", "H1", "", ("O-1",), (), text or "Please confirm."),),
        decisions=(
            Decided("place", "C000", "O-1", text or "agreed with the host", text or "Officer", ON),
        ),
        experience=(
            Experience(
                "C000", text, "O-1", text, text, text or "training", True, 0, 255, 200, "1-22", text
            ),
        ),
        pictures=NO_PICTURES,
        settings=replace(table, title=text or "Settings"),
        problems=table,
        audit=replace(table, title=text or "Audit"),
        review=(),
        draws=100,
        card_of=lambda place: card(text),
        keys=(),
    )
    return replace(made, **changed)


@pytest.fixture(scope="module")
def of_pilot(batch: Batch) -> dict[str, Content]:
    """The pilot's content in each language."""
    return {name: gather_content(batch.result, words_of(name), {}) for name in LANGUAGES}


def unzipped(book: bytes) -> dict[str, bytes]:
    """Return the parts of a workbook by name."""
    with zipfile.ZipFile(io.BytesIO(book)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def opened(book: bytes) -> Any:
    """Return a workbook as another reader sees it."""
    return openpyxl.load_workbook(io.BytesIO(book))


def read_back(value: Any) -> Any:
    """Return what another reader got from a cell, in the kinds of the content."""
    return value.date() if isinstance(value, datetime) else value


def check_pages(made: Content, book: bytes) -> int:
    """Check that each page's cells stand on its sheet as what they are; return how many do."""
    checked, read = 0, opened(book)
    for page, sheet in zip(make_pages(made), read.worksheets[1:], strict=False):
        shown = without_empty(page)
        heads = [sheet.cell(HEAD + 1, place).value for place in range(1, sheet.max_column + 1)]
        assert heads == [clean_head(column.title) for column in shown.columns]
        for row, cells in enumerate(shown.rows, HEAD + 2):
            for place, cell in enumerate(cells, 1):
                found = sheet.cell(row, place)
                assert found.data_type in "snd"
                value = read_back(found.value)
                match cell:
                    case None | "":
                        assert value is None
                    case str():
                        assert isinstance(value, str)
                        assert value == clean(cell) or value in openpyxl_reads(clean(cell))
                    case date():
                        assert value in (cell, made.words(cell))
                    case _:
                        kind = shown.columns[place - 1].kind
                        assert value == float(Decimal(cell).scaleb(-DECIMALS.get(kind, 0)))
                        assert_format(found.number_format, kind)
                checked += 1
    return checked


def assert_format(number_format: str, kind: str) -> None:
    """Check that a number is shown as its column has it, whatever the language's own code."""
    assert number_format.rpartition("]")[2] == FORMATS.get(kind, "General")


def clean_head(title: str) -> str | None:
    """Return a title as the head of its column holds it."""
    return "\n".join(map(clean, title.split("\n"))) or None


def openpyxl_reads(text: str) -> tuple[str, ...]:
    """Return what openpyxl makes of a text: it does not undo the escape of “_x0041_”."""
    return (re.sub(r"_(x[0-9a-fA-F]{4}_)", r"_x005F_\1", text),)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_cell_stands_on_its_sheet_as_what_it_is(
    language: str, of_pilot: dict[str, Content]
) -> None:
    made = of_pilot[language]
    assert check_pages(made, write_book(made)) > 10_000


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_text_stays_a_text(text: str) -> None:
    made = content(EN, text)
    book = write_book(made)
    for name, part in unzipped(book).items():
        if name.endswith((".xml", ".rels", ".vml")):
            ElementTree.fromstring(part)
            assert b"<f>" not in part and b"<f " not in part, name
            assert b'TargetMode="External"' not in part, name
            assert "\u202e".encode() not in part and b"\x1b" not in part, name
    assert check_pages(made, book) > 100


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.text(max_size=60))
def test_any_text_is_read_back_as_it_was(text: str) -> None:
    made = content(EN, text)
    assert check_pages(made, write_book(made)) > 100


@settings(max_examples=12, deadline=None, derandomize=True)
@given(st.text(max_size=50), st.text(max_size=50), st.sampled_from(LANGUAGES))
def test_sheets_have_names_that_a_workbook_takes(one: str, other: str, language: str) -> None:
    made = content(words_of(language))
    made = replace(
        made,
        problems=replace(made.problems, title=one),
        audit=replace(made.audit, title=other),
        settings=replace(made.settings, title=one.swapcase()),
    )
    names = opened(write_book(made)).sheetnames
    assert len({name.casefold() for name in names}) == len(names) == 15
    assert all(0 < len(name.encode("utf-16-le")) <= 62 for name in names)
    assert not any(set("[]:*?/\\") & set(name) for name in names)


def test_heads_stay_filter_and_are_printed_on_every_page(of_pilot: dict[str, Content]) -> None:
    made = of_pilot["id"]
    read = opened(write_book(made))
    for page, sheet in zip(make_pages(made), read.worksheets[1:], strict=False):
        assert int(sheet.freeze_panes.lstrip("ABCDEFGH")) == HEAD + 2
        assert sheet.auto_filter.ref == f"A{HEAD + 1}:{last_cell(sheet)}"
        assert sheet.print_title_rows == f"${HEAD + 1}:${HEAD + 1}"
        assert sheet.print_area and sheet.page_setup.orientation == "landscape"
        assert int(sheet.page_setup.paperSize) == 9 and sheet.page_setup.fitToHeight == 0
        assert sheet.sheet_properties.tabColor.rgb == f"FF{page.colour[1:]}"


def last_cell(sheet: Any) -> str:
    """Return the last cell of a sheet."""
    return f"{column_letters(sheet.max_column - 1)}{sheet.max_row}"


def test_links_lead_to_the_row_they_name(of_pilot: dict[str, Content]) -> None:
    read = opened(write_book(of_pilot["ja"]))
    led = 0
    for sheet in read.worksheets[1:-2]:
        for row in sheet.iter_rows(min_row=HEAD + 2):
            for cell in row:
                if cell.hyperlink:
                    name, _, place = cell.hyperlink.location.rpartition("!")
                    there = read[name.strip("'").replace("''", "'")]
                    line = next(iter(there[place[1:]]))
                    assert cell.value in [one.value for one in there[line.row]]
                    led += 1
    assert led > 500
    summary = read.worksheets[0]
    named = [cell.hyperlink.location for row in summary for cell in row if cell.hyperlink]
    assert named == [f"'{name}'!A1" for name in read.sheetnames[1:-1]]


def test_sheets_of_the_supervising_organisation_are_headed_in_japanese_first(
    of_pilot: dict[str, Content],
) -> None:
    for language, made in of_pilot.items():
        read, beside = opened(write_book(made)), "id" if language == "ja" else language
        for name in (QUOTA, EXPERIENCE):
            sheet = next(one for one in read if one.title.startswith(name.ja))
            heads = [cell.value.split("\n") for cell in sheet[HEAD + 1]]
            assert all(len(head) == 2 and not head[0].isascii() for head in heads)
            assert [beside, len(heads)] == [beside, len({head[0] for head in heads})]
    quotas = next(sheet for sheet in read if sheet.title.startswith(QUOTA.ja))
    asked = {cell.value for cell in quotas["A"][HEAD + 1 :]}
    assert asked == {host.id for host in of_pilot["id"].hosts}


def test_a_blind_copy_has_no_decisions_and_says_so() -> None:
    key = Key("batch", "No. 01", "C-SECRET")
    made = content(blind=True, decisions=(), keys=(key,))
    book = write_book(made)
    read = opened(book)
    assert len(read.sheetnames) == 13 and "Decisions" not in read.sheetnames
    told = [cell.value for cell in read.worksheets[0]["A"] if cell.value]
    assert any("blind copy" in line for line in told)
    assert not any(b"C-SECRET" in part for part in unzipped(book).values())


def test_given_scores_are_whole_and_have_no_parts() -> None:
    people = tuple(replace(one, fit=None, consideration=None) for one in content().people)
    made = content(given=True, people=people)
    pages = {page.name: without_empty(page) for page in make_pages(made)}
    assert "points" not in pages
    titles = [column.title for column in pages["proposals"].columns]
    assert "score" in titles and not {"fit", "consideration"} & set(titles)
    assert pages["proposals"].rows[0][titles.index("score")] == 861_234
    assert check_pages(made, write_book(made)) > 100


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("score", [9, 999_999, 1_000_000, 1_000_000_000])
def test_numbers_have_room_in_their_columns(language: str, score: int) -> None:
    """With marks between thousands and the gap behind: a number that has no room shows as ###."""
    people = tuple(
        replace(one, score=score, fit=None, consideration=None) for one in content().people
    )
    made = content(words_of(language), given=True, people=people)
    sheet = opened(write_book(made)).worksheets[1]
    titles = [column.title for column in without_empty(next(iter(make_pages(made)))).columns]
    at = titles.index(made.words(say("score"))) + 1
    assert sheet.cell(HEAD + 2, at).value == score
    assert sheet.column_dimensions[column_letters(at - 1)].width > len(f"{score:,}-")


def test_rates_and_ratios_are_numbers_with_the_decimals_they_are_told_with() -> None:
    """Whatever the numbers are; of a group of nobody there is none."""
    rows = (
        ("A", 3, Decimal("100.0"), Decimal("1.00"), Decimal("0.125")),
        ("B", 0, "–", "", ""),
        ("C", 5, Decimal("80.0"), Decimal("0.80"), Decimal("0.500")),
    )
    table = Table("Audit", "", ("group", "people", "rate", "ratio", "thousandths"), rows)
    page = table_page("audit", table, words_of("id"))
    kinds = [column.kind for column in page.columns]
    assert kinds == ["text", "whole", "tenths", "hundredths", "text"]
    assert page.rows[0] == ("A", 3, 1000, 100, "0,125")
    assert page.rows[1:] == (("B", 0, "–", "", ""), ("C", 5, 800, 80, "0,500"))
    made = content(audit=table)
    assert check_pages(made, write_book(made)) > 100


def test_nobody_and_nothing_is_a_workbook_too() -> None:
    empty = replace(content().problems, rows=())
    nothing: dict[str, Any] = dict.fromkeys(
        ("people", "openings", "hosts", "dues", "decisions", "experience"), ()
    )
    of_text: dict[str, Any] = dict.fromkeys(("summary", "asked", "notes", "figures"), ())
    tables: dict[str, Any] = {"problems": empty, "settings": empty, "audit": empty}
    read = opened(write_book(replace(content(), **nothing, **of_text, **tables)))
    assert len(read.sheetnames) == 15
    assert all(sheet.cell(HEAD + 2, 1).value == "–" for sheet in read.worksheets[1:-2])


def test_a_large_batch_is_written_row_by_row_with_the_same_cells(
    monkeypatch: pytest.MonkeyPatch, of_pilot: dict[str, Content]
) -> None:
    made = of_pilot["en"]
    monkeypatch.setattr(book_module, "MANY_CELLS", 1_000)
    assert check_pages(made, write_book(made)) > 10_000
    assert write_book(made) == write_book(made)
    hostile = content(EN, "<r><t>x</t></r>")
    monkeypatch.setattr(book_module, "MANY_CELLS", 10)
    assert check_pages(hostile, write_book(hostile)) > 100
    monkeypatch.setattr(book_module, "MANY_PEOPLE", 4)
    read = opened(write_book(content()))
    assert not {"Other job orders", "Points by criterion"} & set(read.sheetnames)
    assert any("breakdown.csv" in str(cell.value) for cell in read.worksheets[0]["A"])


WRITE = """
import sys, hashlib
from tests.test_book import content, words_of
from matcher.report.book import write_book
print(hashlib.sha256(write_book(content(words_of("id"), "Contoh"))).hexdigest())
"""


def test_the_same_content_gives_the_same_bytes_anywhere() -> None:
    told = set()
    for seed, zone in (("1", "Asia/Tokyo"), ("2", "America/Lima")):
        place = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": "C"}
        asked = [sys.executable, "-c", WRITE]
        root = Path(__file__).parent.parent
        done = subprocess.run(
            asked, check=True, capture_output=True, env=place, cwd=root, timeout=120, text=True
        )
        told.add(done.stdout)
    assert len(told) == 1


def fill_in(book: bytes, target: Path, rows: list[tuple[Any, ...]], language: str) -> str:
    """Write decisions under those on record as an officer would; return the sheet's name."""
    read = opened(book)
    sheet = read[FORM.label.within(language)]
    first = next(line for line in range(2, 500) if sheet.cell(line, 1).value is None)
    for line, row in enumerate(rows, first):
        for place, cell in enumerate(row, 1):
            if cell != "":
                sheet.cell(line, place, cell)
    read.save(target)
    return str(sheet.title)


def name_decisions(scenario: Path, named: str) -> None:
    """Have a scenario read its decisions from a sheet."""
    stated = scenario / "scenario.toml"
    told = stated.read_text().replace('"decisions.csv"', f'"{named}"')
    stated.write_text(told)
    assert tomllib.loads(told)["files"]["decisions"] == named


def bare(decisions: tuple[Decision, ...]) -> set[tuple[Any, ...]]:
    """Return decisions without where they were read."""
    return {(d.action, d.candidate_id, d.opening_id, d.reason, d.by, d.on) for d in decisions}


ADDED: list[tuple[Any, ...]] = [
    ("forbid", "C001", "O-02", "kerabat bekerja di perusahaan ini", "Petugas Contoh", ON),
    ("waive:japanese_order", "C003", "O-07", "disepakati dengan perusahaan", "Petugas Contoh", ON),
    ("hold", "C020", "", "menunggu hasil pemeriksaan kesehatan", "Petugas Contoh", "2022-12-10"),
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_decisions_filled_in_are_read_back(
    language: str, of_pilot: dict[str, Content], batch: Batch, pilot: Path
) -> None:
    book = write_book(of_pilot[language])
    chosen = [(ACTION_NAMES[action].within(language), *rest) for action, *rest in ADDED]
    sheet = fill_in(book, pilot / "workbook.xlsx", chosen, language)
    name_decisions(pilot, f"workbook.xlsx#{sheet}")
    expected = bare(batch.result.problem.decisions)
    expected |= {(*row[:5], date(2022, 12, 10) if row[5] != ON else ON) for row in ADDED}
    assert bare(open_scenario(pilot).decisions) == expected


def test_an_office_opens_it_and_what_it_saves_is_read_back(
    of_pilot: dict[str, Content], batch: Batch, pilot: Path, tmp_path: Path
) -> None:
    office = shutil.which("soffice")
    if not office:
        pytest.skip("no LibreOffice: the WORKBOOK IS NOT OPENED in this run")
    source = tmp_path / "filled" / "workbook.xlsx"
    source.parent.mkdir()
    sheet = fill_in(write_book(of_pilot["id"]), source, ADDED[:1], "id")
    profile = f"-env:UserInstallation={(tmp_path / 'office').as_uri()}"
    options = [profile, "--headless", "--convert-to", "xlsx", "--outdir", str(pilot)]
    asked = [office, *options, str(source)]
    subprocess.run(asked, check=True, capture_output=True, timeout=180)
    saved, before = openpyxl.load_workbook(pilot / "workbook.xlsx"), openpyxl.load_workbook(source)
    assert saved.sheetnames == before.sheetnames
    for name in saved.sheetnames:
        for row in before[name].iter_rows():
            for cell in row:
                other = saved[name][cell.coordinate].value
                assert (
                    other == pytest.approx(cell.value) if is_number(other) else other == cell.value
                )
    name_decisions(pilot, f"workbook.xlsx#{sheet}")
    expected = bare(batch.result.problem.decisions) | {ADDED[0]}
    assert bare(open_scenario(pilot).decisions) == expected


def is_number(value: Any) -> bool:
    """Return whether a cell holds a number."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def test_drop_downs_offer_what_decisions_may_name(of_pilot: dict[str, Content]) -> None:
    made = of_pilot["ja"]
    read = opened(write_book(made))
    sheet, lists = read[FORM.label.ja], read[LISTS.ja]
    assert lists.sheet_state == "hidden"
    offered = {}
    for rule in sheet.data_validations.dataValidation:
        cells = next(iter(rule.sqref.ranges))
        assert cells.max_row == len(made.decisions) + FREE_ROWS + 1
        if rule.type == "list":
            place = rule.formula1.rpartition("!")[2].replace("$", "")
            offered[cells.min_col] = [cell.value for (cell,) in lists[place]]
    people, openings = (one.id for one in made.people), (one.id for one in made.openings)
    assert offered == {
        1: [name.ja for name in ACTION_NAMES.values()],
        2: list(people),
        3: list(openings),
    }
