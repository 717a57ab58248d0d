"""Laws of dirty sheets: whatever stands in a table, no row is lost, no value changes without a
note, nothing but a fault of the inputs is raised, and the order of rows does not matter."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from matcher.check import build_problem, open_scenario
from matcher.check.candidates import check_candidates
from matcher.check.sheet import Sheet
from matcher.errors import InputError, Issue
from matcher.forms import FORMS, load_form
from matcher.read import Reader, Table
from matcher.settings import Read, Settings
from matcher.vocabulary import load_vocabulary
from tests.corpus.draft import begin
from tests.worlds import ON

VOCABULARY = load_vocabulary()
KEY = b"a-key-of-the-tests-only"
# Good cells, and cells as they come, by the kind of their column.
GOOD = {
    "day": ("2001-05-01", "2002-12-31", "2023-03-17"),
    "count": ("640", "45", "0", "160"),
    "share": ("91", "87.5", "100"),
    "money": ("0", "500000"),
    "yes_no": ("ya", "no", "はい", ""),
    "level": ("N5", "N4", "not tested", ""),
    "choice": ("lulus", "in progress", "fit", ""),
    "sex": ("L", "P", ""),
    "text": ("Siti Contoh", "Nur'aini", "BLK Contoh", "NA", "髙橋", "Null"),
    "programme": ("las-pelat-gmaw-3g", "kes-caregiver"),
    "job_types": ("7-7-2", "7-13-1; 7-7-2", ""),
    "prefectures": ("Aichi", "Aichi; Osaka", ""),
    "refusals": ("pork", "night_shift; Osaka", ""),
    "extra": ("3299990105010001", "081200000001", ""),
}
DAMAGED = {
    "day": (
        "1 Mei 2001",
        "H13.5.1",
        "13/05/2001",
        "01/02/2001",
        "31/02/2001",
        "37012",
        "2001",
        "-",
    ),
    "count": ("６４０", "640 JP", "1.200", "1,200", "-5", "inf", "1e3", "640.0", "²"),
    "share": ("87%", "0,5", "0.5", "101", "NaN", "87,55 %"),
    "money": ("Rp 25.000.000,-", "25 juta", "¥180,000", "2.500", "1e9", "gratis"),
    "yes_no": ("○", "×", "TRUE", "v", "mungkin", "◎", "ada", "-"),
    "level": ("Ｎ３", "JLPT N3", "A2", "belum tes", "4級", "N6"),
    "choice": ("BK", "Kompeten", "LULUS", "FIT", "lain"),
    "sex": ("Perempuan", "laki-laki", "男", "X", "p"),
    "text": (
        "  Siti  Contoh ",
        "Siti\nContoh",
        "ﾔﾏﾀﾞ",
        "か\u3099",
        "Siti\u200b",
        "=1+1",
        "-",
        "#N/A",
    ),
    "programme": ("Plate Welder SMAW 3G-UP PF Boarding 1", "Las", "tidak ada", "LAS-PELAT-GMAW-3G"),
    "job_types": ("Las", "7/7/2", "07-Jul-02", "7-7-2、7-13-1", "溶接"),
    "prefectures": ("愛知県", "Aichi, Osaka", "Aichi Osaka", "Jawa Barat", "aichi"),
    "refusals": ("babi, Osaka", "豚", "tidak ada"),
    "extra": ("3,20E+15", "'3299990105010001", "81200000001", "-"),
}
COLUMNS = tuple(
    column
    for column in load_form("candidates").columns
    if column.kind in GOOD and column.name not in ("birth_place_and_date", "family_name")
)
REQUIRED = ("candidate_id", "birth_date", "programme")
# Spaces and marks at the ends of a random text are those the file itself may change.
ANY_TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\r\n\0"), max_size=12)
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16")


@dataclass(frozen=True)
class Grid:
    """A dirty sheet: its header and rows, the id of each row first."""

    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@st.composite
def grids(draw: DrawFn, *, random: bool = True) -> Grid:
    """Return a table of people with some columns, cells good, damaged or any text."""
    extra = [column for column in COLUMNS if column.name not in REQUIRED]
    chosen = draw(st.lists(st.sampled_from(extra), unique_by=lambda c: c.name, max_size=7))
    columns = [column for column in COLUMNS if column.name in REQUIRED] + chosen
    rows = []
    for number in range(draw(st.integers(0, 6))):
        kinds = (draw(cells(column.kind, random=random)) for column in columns)
        rows.append((f"C{number}", *kinds))
    return Grid(("candidate_id", *(column.name for column in columns)), tuple(rows))


def cells(kind: str, *, random: bool) -> st.SearchStrategy[str]:
    """Return cells of a column's kind."""
    known = [st.sampled_from(GOOD[kind]), st.sampled_from(DAMAGED[kind])]
    if kind in ("day", "programme"):  # most rows should get through
        known.insert(0, known[0])
    return st.one_of(*known, ANY_TEXT) if random else st.one_of(*known)


def as_csv(grid: Grid, encoding: str, separator: str) -> bytes:
    """Return a grid as a text file."""
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([grid.header, *grid.rows])
    return out.getvalue().encode(encoding)


def as_xlsx(grid: Grid) -> bytes:
    """Return a grid as a workbook of texts; what XML cannot hold is left out of it."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line, row in enumerate([grid.header, *grid.rows], 1):
        for column, text in enumerate(row, 1):
            if text:
                cell = sheet.cell(line, column)
                cell.value, cell.data_type = text, "s"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def checked(content: bytes, name: str, options: Read | None = None) -> Sheet:
    """Return the people's table of a file, checked."""
    read = options or Read()
    stated = Settings(name="dirty", on=ON, read=read)
    with TemporaryDirectory() as folder:
        (Path(folder) / name).write_bytes(content)
        table = Reader(Path(folder), read).table("candidates", (name,))
    return check_candidates(table, stated, VOCABULARY, KEY)[0]


def lines_of(grid: Grid, *, text: bool) -> list[int]:
    """Return the line that each row of the grid begins on: in text a cell may have several."""
    lines, line = [], 2
    for row in grid.rows:
        lines.append(line)
        breaks = sum(len(re.findall("\r\n|\r|\n", cell)) for cell in row)
        line += 1 + (breaks if text else 0)
    return lines


def check_rows(sheet: Sheet, grid: Grid, starts: list[int]) -> None:
    """Check that each row is accepted, refused or ignored, and told of unless it is accepted."""
    (count,) = sheet.tallies
    assert count.read == count.accepted + count.refused + count.ignored
    whole = [issue for issue in sheet.issues if issue.action == "file" and not issue.column]
    if whole and not count.read:
        return
    assert count.read == len(grid.rows)
    told = {line for issue in sheet.issues for line in (issue.line, *issue.also)}
    kept = sheet.kept["candidate_id"]
    lines = {sheet.line(row): row for row in range(len(sheet))}
    for line, written in zip(starts, grid.rows, strict=True):
        if line in lines and lines[line] in sheet.accepted:
            assert kept[lines[line]] == written[0]
        else:
            assert line in told or any(issue.action == "file" for issue in sheet.issues)


APART = {"given_name", "family_name"}


def check_values(sheet: Sheet, grid: Grid, starts: list[int]) -> None:
    """Check that each cell is what was written, or is told to have become something; a cell that
    is refused or asked about has no value. A blank name is filled from its parts."""
    became: dict[tuple[int, str], Issue] = {}
    faulty: set[tuple[int, str]] = set()
    for issue in sheet.issues:
        places = [(line, issue.column) for line in (issue.line, *issue.also)]
        if issue.became is not None:
            became |= dict.fromkeys(places, issue)
        elif issue.severity == "error":
            faulty |= set(places)
    for row in range(len(sheet)):
        line = sheet.line(row)
        for name, written in zip(grid.header, grid.rows[starts.index(line)], strict=True):
            if name not in sheet.form.kept or name not in sheet.kept:
                continue
            kept, told = sheet.kept[name][row], became.get((line, name))
            blank = (line, name) in faulty or not (told.became if told else written.strip())
            if name == "name" and blank and APART & set(grid.header):
                continue  # the given and family name stand in
            if kept != written and (line, name) in became:
                check_became(became[line, name], kept)
            elif kept != written:
                assert (line, name) in faulty, (name, written, kept)
                assert row in sheet.bad
                assert not kept


def check_became(issue: Issue, kept: str) -> None:
    """Check that an issue tells what a cell was read as (a personal number is masked there)."""
    assert issue.action == "fix"
    assert issue.became is not None
    assert len(issue.became) == len(kept)
    assert issue.became == kept or "*" in issue.became


@given(grids(), st.sampled_from(ENCODINGS), st.sampled_from(",;\t|"))
@settings(max_examples=150)
def test_text_files_lose_no_row_and_change_no_value_unsaid(
    grid: Grid, encoding: str, separator: str
) -> None:
    sheet = checked(as_csv(grid, encoding, separator), "people.csv")
    starts = lines_of(grid, text=True)
    check_rows(sheet, grid, starts)
    check_values(sheet, grid, starts)


@given(grids(random=False), st.sampled_from(",;\t|"))
@settings(max_examples=60)
def test_japanese_text_files_lose_nothing(grid: Grid, separator: str) -> None:
    rows = [tuple(text.encode("cp932", "ignore").decode("cp932") for text in r) for r in grid.rows]
    grid = replace(grid, rows=tuple(rows))
    sheet = checked(as_csv(grid, "cp932", separator), "people.csv", Read(encoding="cp932"))
    starts = lines_of(grid, text=False)
    check_rows(sheet, grid, starts)
    check_values(sheet, grid, starts)


@given(grids())
@settings(max_examples=12)
def test_workbooks_lose_no_row_and_change_no_value_unsaid(grid: Grid) -> None:
    grid = replace(grid, rows=tuple(tuple(map(held_by_xml, row)) for row in grid.rows))
    sheet = checked(as_xlsx(grid), "people.xlsx")
    starts = lines_of(grid, text=False)
    check_rows(sheet, grid, starts)
    check_values(sheet, grid, starts)


def held_by_xml(text: str) -> str:
    """Return a text without the control characters that openpyxl does not write."""
    return "".join(c for c in text if unicodedata.category(c) != "Cc" and c not in "\ufffe\uffff")


@given(grids(), st.randoms(use_true_random=False))
@settings(max_examples=100)
def test_the_order_of_rows_changes_no_value(grid: Grid, random: Random) -> None:
    shuffled = list(grid.rows)
    random.shuffle(shuffled)
    first = checked(as_csv(grid, "utf-8", ","), "people.csv")
    second = checked(as_csv(replace(grid, rows=tuple(shuffled)), "utf-8", ","), "people.csv")
    assert values(first) == values(second)
    assert codes(first.issues) == codes(second.issues)


def values(sheet: Sheet) -> list[dict[str, str]]:
    """Return the canonical cells of the accepted rows, sorted."""
    rows = [{name: held[row] for name, held in sheet.kept.items()} for row in sheet.accepted]
    return sorted(rows, key=lambda row: row["candidate_id"])


def codes(issues: Sequence[Issue]) -> Counter[tuple[str, str]]:
    """Return how many cells each code is told of in each column."""
    told: Counter[tuple[str, str]] = Counter()
    for issue in issues:
        told[issue.code, issue.column] += 1 + len(issue.also)
    return told


@given(grids())
@settings(max_examples=100)
def test_canonical_tables_read_as_the_same_and_need_no_repair(grid: Grid) -> None:
    sheet = checked(as_csv(grid, "utf-8", ","), "people.csv")
    kept = [name for name in sheet.kept if name in sheet.form.kept and sheet.has(name)]
    rows = tuple(tuple(sheet.kept[name][row] for name in kept) for row in sheet.accepted)
    canonical = Grid(tuple(kept), rows)
    frozen = Read(number_style="en", date_order="ymd")
    again = checked(as_csv(canonical, "utf-8", ","), "candidates.csv", frozen)
    assert not [issue for issue in again.issues if issue.action in ("fix", "row", "ask")]
    assert [tuple(again.kept[name][row] for name in kept) for row in again.accepted] == list(rows)


@given(
    st.lists(st.lists(ANY_TEXT, max_size=5), max_size=6),
    st.sampled_from(ENCODINGS),
    st.sampled_from(FORMS),
)
@settings(max_examples=120)
def test_any_grid_of_texts_ends_in_issues(rows: list[list[str]], encoding: str, table: str) -> None:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    check_any(table, out.getvalue().encode(encoding))


@given(st.binary(max_size=200))
@settings(max_examples=100)
def test_any_bytes_end_in_issues(content: bytes) -> None:
    check_any("candidates", content)


def check_any(table: str, content: bytes) -> None:
    """Check that a scenario with any bytes as a table ends in a problem or in issues."""
    with TemporaryDirectory() as place:
        folder = Path(place)
        begin().write(folder)
        named = {"candidates": "candidates.csv", "openings": "openings.csv", "hosts": "hosts.csv"}
        named[table] = "dirty.csv"
        (folder / "dirty.csv").write_bytes(content)
        read = Reader(folder, Read())
        tables = {name: read.table(name, (path,)) for name, path in named.items()}
        check_tables(tables)


def check_tables(tables: dict[str, Table]) -> None:
    """Build a problem of tables; check that faults are told and no row is lost."""
    stated = Settings(name="dirty", on=ON)
    try:
        counts = build_problem(tables, stated, VOCABULARY, key=KEY).counts
    except InputError as fault:
        assert any(issue.severity == "error" for issue in fault.issues)
        counts = fault.counts
    for count in counts:
        assert count.read == count.accepted + count.refused + count.ignored


def test_the_clean_scenario_is_clean() -> None:
    with TemporaryDirectory() as place:
        begin().write(Path(place))
        assert open_scenario(Path(place)).notes == ()
