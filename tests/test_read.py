"""A table read from bytes or a grid: every cell as it was written, every row on its line, every
line counted."""

from __future__ import annotations

import csv
import io
import itertools
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from matcher.batch import batch_files, run_scenario
from matcher.check import open_scenario
from matcher.errors import InputError, Issue
from matcher.forms import load_form
from matcher.grid import LIMITS, Grid
from matcher.language import words_of
from matcher.read import Part, Reader, Table
from matcher.read.body import Body
from matcher.read.header import find_header
from matcher.read.text import TextFault, read_text
from matcher.settings import Read
from tests.conftest import PILOT

HEAD = "host_id,name,excellent"
Sheets = dict[str, list[list[object]]]


def table(folder: Path, content: bytes | str, options: Read | None = None) -> Table:
    """Return bytes as a table of hosts; its lines are all accounted for."""
    (folder / "t.csv").write_bytes(content if isinstance(content, bytes) else content.encode())
    found = Reader(folder, options or Read()).table("hosts", ("t.csv",))
    return counted(found)


def counted(found: Table) -> Table:
    """Return a table whose parts account for every row."""
    for part in found.parts:
        assert part.read == len(part) + part.refused + part.ignored, part
        assert all(len(column) == len(part) for column in part.columns.values())
    return found


def told(issues: Sequence[Issue], *codes: str) -> list[Issue]:
    """Return the issues of these codes."""
    return [issue for issue in issues if issue.code in codes]


def codes(found: Table) -> list[str]:
    """Return the codes of a table's issues."""
    return [issue.code for issue in found.issues]


def cells(part: Part, *columns: str) -> list[tuple[str, ...]]:
    """Return the cells of some columns, row by row."""
    return list(zip(*(list(part.columns[column]) for column in columns), strict=True))


def of_grid(grid: Grid, hidden: str | None = None) -> tuple[Part, list[Issue]]:
    """Return the table of hosts in a grid, and the issues about its rows."""
    form = load_form("hosts")
    header = find_header(grid, form, {})
    assert header is not None
    body = Body("t.xlsx", grid, header, form, hidden)
    part = body.part()
    assert part.read == len(part) + part.refused + part.ignored, part
    return part, body.issues


def grid_of(*rows: list[str], lines: Sequence[int] = (), **more: object) -> Grid:
    """Return rows as a workbook's sheet."""
    stood = list(lines) or list(range(1, len(rows) + 1))
    return Grid("Sheet1", list(rows), stood, **more)  # type: ignore[arg-type]


def save(path: Path, sheets: Sheets) -> None:
    """Write a workbook."""
    book = Workbook(write_only=True)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(path)


# -- Text: separators, encodings, line ends, quotes ----------------------------------------------


def test_rows_know_the_line_they_begin_on(tmp_path: Path) -> None:
    (part,) = table(tmp_path, 'host_id,name\n1,"x\ny"\n\n2,z\n,\n3,w\n').parts
    assert part.lines == (2, 5, 7)
    assert cells(part, "host_id", "name") == [("1", "x\ny"), ("2", "z"), ("3", "w")]
    assert (part.read, len(part), part.refused, part.ignored) == (5, 3, 0, 2)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("last", [True, False])
def test_marks_and_line_ends_do_not_matter(
    tmp_path: Path, mark: bytes, ends: bytes, last: bool
) -> None:
    lines = [b"host_id,name", b"1,2", b"", b"3,4"]
    found = table(tmp_path, mark + ends.join(lines) + (ends if last else b""))
    (part,) = found.parts
    assert cells(part, "host_id", "name") == [("1", "2"), ("3", "4")]
    assert part.lines == (2, 4)
    assert codes(found) == []


@pytest.mark.parametrize("content", ["a\r\nb\nc\n", "a\nb\rc\r", "a\r\nb\rc\r\r"])
def test_line_ends_of_several_kinds_are_told(tmp_path: Path, content: str) -> None:
    found = table(tmp_path, "host_id\n" + content)
    assert codes(found) == ["LINE_ENDS"]
    assert cells(found.parts[0], "host_id") == [("a",), ("b",), ("c",)]
    assert found.parts[0].lines[:2] == (2, 3)


def test_a_line_break_within_quotes_is_no_line_end(tmp_path: Path) -> None:
    found = table(tmp_path, 'host_id,name\r\n1,"a\nb"\r\n2,c\r\n')
    assert codes(found) == []
    assert found.parts[0].lines == (2, 4)


def test_cells_are_as_they_were_written(tmp_path: Path) -> None:
    (part,) = table(tmp_path, "host_id,name\n007,NA\nnan,  u\u0308 \n1e5,\n").parts
    assert cells(part, "host_id", "name") == [("007", "NA"), ("nan", "  u\u0308 "), ("1e5", "")]


@pytest.mark.parametrize(
    ("mark", "name"), [(",", ""), (";", "semicolon"), ("\t", "tab"), ("|", "bar")]
)
@pytest.mark.parametrize("quoted", [True, False])
def test_the_separator_is_the_one_that_gives_known_headers(
    tmp_path: Path, mark: str, name: str, quoted: bool
) -> None:
    cell = f'"a{mark}b"' if quoted else "a.b"
    found = table(tmp_path, f"host_id{mark}name\nH1{mark}{cell}\n")
    assert cells(found.parts[0], "host_id", "name") == [("H1", cell.strip('"'))]
    assert codes(found) == (["FILE_READ_AS"] if name else [])
    assert all(name in words_of("en")(issue.reason) for issue in found.issues)


def test_decimal_commas_do_not_split_a_file_of_semicolons(tmp_path: Path) -> None:
    found = table(tmp_path, "host_id;name;rooms_men\nH1;PT A, B, C, D;1,5\n")
    assert cells(found.parts[0], "name", "rooms_men") == [("PT A, B, C, D", "1,5")]


def test_a_header_that_two_marks_split_alike_is_asked_about(tmp_path: Path) -> None:
    found = table(tmp_path, "host_id,name,x|host_id|name\n")
    assert [(issue.code, issue.action) for issue in found.issues] == [("SEPARATOR", "ask")]
    assert found.parts == (Part("t.csv"),)


@pytest.mark.parametrize("first", ["sep=;", '"sep=;"', "sep=;\r"])
def test_a_stated_separator_is_taken_and_its_line_counted_as_a_line(
    tmp_path: Path, first: str
) -> None:
    found = table(tmp_path, f"{first}\nhost_id;name\nH1;a,b\n")
    (part,) = found.parts
    assert (part.header_line, part.lines) == (2, (3,))
    assert cells(part, "host_id", "name") == [("H1", "a,b")]
    assert told(found.issues, "FILE_READ_AS")


@pytest.mark.parametrize(
    ("encoding", "mark", "said"),
    [
        ("utf-8", b"", ""),
        ("utf-8-sig", b"", ""),
        ("cp932", b"", "cp932"),
        ("utf-16", b"", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
    ],
)
def test_an_encoding_that_is_plain_is_read_and_told(
    tmp_path: Path, encoding: str, mark: bytes, said: str
) -> None:
    found = table(tmp_path, mark + "host_id,会社名\nH1,広島工業㈱\n".encode(encoding))
    assert cells(found.parts[0], "host_id", "name") == [("H1", "広島工業㈱")]
    (*notes,) = told(found.issues, "FILE_READ_AS")
    assert bool(notes) == bool(said)
    assert all(said in words_of("en")(note.reason) for note in notes)


@pytest.mark.parametrize(
    ("content", "declared"),
    [
        ("host_id,name\nH1,ü\n".encode("utf-16-le"), "utf-16-le"),
        ("host_id,name\nH1,ü\n".encode("utf-16-be"), "utf-16-be"),
        (b"host_id,name\nH1,\xfc\n", "cp1252"),
    ],
)
def test_an_encoding_that_is_not_plain_is_asked_about_until_declared(
    tmp_path: Path, content: bytes, declared: str
) -> None:
    found = table(tmp_path, content)
    assert [(i.code, i.action) for i in found.issues] == [("ENCODING", "ask")]
    assert found.parts == (Part("t.csv"),)
    options = Read.model_validate({"encoding": declared})
    assert cells(table(tmp_path, content, options).parts[0], "name") == [("ü",)]


def test_a_declared_encoding_that_is_wrong_is_asked_about(tmp_path: Path) -> None:
    found = table(tmp_path, b"host_id,name\nH1,\xff\n", Read(encoding="utf-8"))
    assert codes(found) == ["ENCODING"]


@pytest.mark.parametrize(
    ("content", "code", "line"),
    [
        ('host_id,name\n1,"2\n3,4\n', "QUOTE_OPEN", 2),
        ('host_id,name\n1,2\n3,"4\n5,6\n7,8\n', "QUOTE_OPEN", 3),
        ('sep=,\nhost_id,name\n1,2\n3,"4\n5,6\n', "QUOTE_OPEN", 4),
        ('host_id,name\n1,"2"\n' + '3,"4\n' + "5,6\n" * 30 + '7,"8"\n', "QUOTE_OPEN", 3),
        ('host_id,name\n1,"a "b" c"\n', "NOT_CSV", 2),
        ('host_id,name\n1,x\n\n2,"a" b\n', "NOT_CSV", 4),
    ],
)
def test_quotes_that_do_not_close_are_named_by_their_line(
    tmp_path: Path, content: str, code: str, line: int
) -> None:
    found = table(tmp_path, content)
    assert [(i.code, i.action, i.line) for i in found.issues] == [(code, "file", line)]
    assert found.parts == (Part("t.csv"),)


def test_a_quote_inside_a_plain_cell_is_text(tmp_path: Path) -> None:
    found = table(tmp_path, 'host_id,name\nH1,Pipa 3" dan 4"\nH2,"a ""b"" c"\n')
    assert cells(found.parts[0], "name") == [('Pipa 3" dan 4"',), ('a "b" c',)]


def test_long_cells_are_read(tmp_path: Path) -> None:
    (part,) = table(tmp_path, "host_id,name\n1," + "x" * 200_000 + "\n").parts
    assert [len(text) for (text,) in cells(part, "name")] == [200_000]


BROKEN = [
    (b"", "FILE_EMPTY"),
    (b"\xef\xbb\xbf", "HEADER_NOT_FOUND"),
    (b"\n\n", "HEADER_NOT_FOUND"),
    (b"a,b\n1,2\n", "HEADER_NOT_FOUND"),
    (b"<html><table><tr><td>host_id</td></tr></table></html>", "FILE_IS_HTML"),
    (b"PK\x03\x04 cut", "FILE_CUT"),
    (b"host_id,name\n1,\x00\n", "ENCODING"),
]


@pytest.mark.parametrize(("content", "code"), BROKEN)
def test_a_file_that_is_no_table_is_one_issue(tmp_path: Path, content: bytes, code: str) -> None:
    found = table(tmp_path, content)
    assert codes(found) == [code]
    assert found.issues[0].severity == "error"
    assert (len(found), found.columns) == (0, [])


@pytest.mark.parametrize(
    ("name", "code"),
    [("none.csv", "NO_FILE"), ("folder.csv", "FILE_OPEN"), ("a\0.csv", "FILE_OPEN")],
)
def test_a_path_that_is_no_table_is_one_issue(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    found = Reader(tmp_path, Read()).table("hosts", (name,))
    assert codes(found) == [code]


def test_a_file_too_large_names_the_limit(tmp_path: Path) -> None:
    with (tmp_path / "t.csv").open("wb") as file:
        file.truncate(LIMITS.file_bytes + 1)
    (issue,) = Reader(tmp_path, Read()).table("hosts", ("t.csv",)).issues
    assert issue.code == "FILE_TOO_LARGE"
    assert str(LIMITS.file_bytes >> 20) in words_of("en")(issue.reason)


def test_text_under_the_name_of_a_workbook_is_read_and_told(tmp_path: Path) -> None:
    (tmp_path / "t.xlsx").write_bytes(b"host_id,name\nH1,a\n")
    found = counted(Reader(tmp_path, Read()).table("hosts", ("t.xlsx",)))
    assert codes(found) == ["FILE_READ_AS"]
    assert cells(found.parts[0], "host_id") == [("H1",)]


PLAIN = st.text(st.sampled_from("ab ,;\t|\n\r.1é種\u2028\x0b\x1a'\\#\""), max_size=40)
# Mostly whole quoted cells, so that the quick way is taken with quotation marks too.
QUOTED = st.lists(
    st.sampled_from(['"a"', '"a,b"', '"x""y"', '""', '"é;"', "b", "", ' "c"', '"d" ', 'e"f']),
    min_size=2,
    max_size=2,
).map(",".join)


@given(PLAIN | st.lists(QUOTED, max_size=4).map("\n".join), st.sampled_from([",", ";"]))
def test_the_quick_way_gives_the_rows_that_csv_gives(text: str, mark: str) -> None:
    content = f"host_id{mark}name\n{text}"
    reader = csv.reader(io.StringIO(content, newline=""), delimiter=mark, strict=True)
    try:
        records = list(reader)
    except csv.Error:
        with pytest.raises(TextFault):
            _grid(content.encode(), mark)
        return
    found, _ = _grid(content.encode(), mark)
    assert [list(row) for row in found.rows] == records
    assert len(found.lines) == len(found.rows)


@given(st.lists(st.tuples(*[st.text(st.sampled_from('ab ,"\n種'), max_size=5)] * 2), max_size=6))
def test_what_csv_writes_is_read_back(rows: list[tuple[str, str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([("host_id", "name"), *rows])
    found, _ = _grid(text.getvalue().encode(), ",")
    kept = [tuple(row) for row in found.rows[1:]]
    assert kept == rows
    starts = itertools.accumulate((1 + "".join(row).count("\n") for row in rows), initial=2)
    assert list(found.lines[1:]) == list(starts)[: len(rows)]


def _grid(content: bytes, mark: str) -> tuple[Grid, list[Issue]]:
    stated = f"sep={mark}\n".encode()
    found, notes = read_text("t.csv", stated + content, load_form("hosts"), Read(), ours=True)
    return Grid("", found.rows, [line - 1 for line in found.lines]), notes


@given(st.binary(max_size=60))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    for start in (b"", b"host_id,name\n", b"\xff\xfe"):
        try:
            found, _ = read_text("t.csv", start + content, load_form("hosts"), Read())
        except TextFault as fault:
            assert fault.issue.severity == "error"
        else:
            assert len(found.rows) == len(found.lines)


# -- Headers -------------------------------------------------------------------------------------


def test_titles_above_the_header_are_left_out_and_counted(tmp_path: Path) -> None:
    found = table(tmp_path, f"DAFTAR PERUSAHAAN\nTahun 2022,,\n\n{HEAD}\nH1,a,ya\n")
    (part,) = found.parts
    assert (part.header_line, part.lines) == (4, (5,))
    assert (part.read, part.ignored) == (4, 3)
    (note,) = told(found.issues, "HEADER_ROW")
    assert (note.line, note.severity) == (4, "note")


@pytest.mark.parametrize(("above", "found"), [(29, True), (30, False)])
def test_the_header_is_looked_for_in_thirty_rows(tmp_path: Path, above: int, found: bool) -> None:
    read = table(tmp_path, "x,y\n" * above + f"{HEAD}\nH1,a,ya\n")
    assert (codes(read) == ["HEADER_NOT_FOUND"]) is not found
    assert len(read) == found


def test_headers_are_matched_whole_and_in_three_languages(tmp_path: Path) -> None:
    for header in ("HOST ID,Nama", "Host_Id ,Name", "ｈｏｓｔ＿ｉｄ,会社名", "Host.ID*,NAMA"):
        found = table(tmp_path, f"{header}\nH1,a\n")
        assert cells(found.parts[0], "host_id", "name") == [("H1", "a")], header
        (note,) = told(found.issues, "HEADER_READ_AS")
        assert note.line == 1
    found = table(tmp_path, "host_id,Nama Ibu\nH1,a\n")
    assert found.columns == ["host_id"]


def test_unknown_columns_are_listed_each_and_near_ones_suggested(tmp_path: Path) -> None:
    found = table(tmp_path, "host_id,excelent,zzz\nH1,ya,1\n")
    first, second = told(found.issues, "COLUMN_UNKNOWN")
    assert (first.line, first.header, second.header) == (1, "excelent", "zzz")
    assert first.mend is not None
    assert "excellent" in words_of("en")(first.mend)
    assert second.mend is None
    assert found.columns == ["host_id"]
    assert found.parts[0].unknown == ("excelent", "zzz")


def test_two_headers_of_one_column_are_refused_each(tmp_path: Path) -> None:
    found = table(tmp_path, "host_id,name,Nama\nH1,a,b\n")
    twice = told(found.issues, "HEADER_TWICE")
    assert [(i.action, i.line, i.column, i.header) for i in twice] == [
        ("file", 1, "name", "name"),
        ("file", 1, "name", "Nama"),
    ]


def test_declared_headers_come_first_and_may_be_left_out(tmp_path: Path) -> None:
    options = Read(columns={"Kode X": "host_id", "nama": "", "Judul": "name"})
    found = table(tmp_path, "kode-x,Nama,judul\nH1,b,a\n", options)
    assert cells(found.parts[0], "host_id", "name") == [("H1", "a")]
    assert not told(found.issues, "HEADER_TWICE", "COLUMN_UNKNOWN")
    (unused,) = told(found.issues, "COLUMN_UNUSED")
    assert "Nama" in words_of("en")(unused.reason)


def test_a_header_of_two_rows_under_merged_cells_is_read_as_one() -> None:
    rows = [
        ["host_id", "Jumlah", "", "name"],
        ["", "trainees_1", "trainees_2", ""],
        ["H1", "3", "4"],
    ]
    grid = grid_of(*rows, merged=((1, 2 - 1, 1, 2), (1, 0, 2, 0), (1, 3, 2, 3)))
    part, issues = of_grid(grid)
    assert cells(part, "host_id", "trainees_1", "trainees_2", "name") == [("H1", "3", "4", "")]
    assert (part.header_line, part.lines, part.read, part.ignored) == (1, (3,), 1, 0)
    assert issues == []


def test_a_merged_title_above_is_a_title_and_no_header() -> None:
    grid = grid_of(["Perusahaan 2022"], ["host_id", "name"], ["H1", "a"], merged=((1, 0, 1, 1),))
    part, _ = of_grid(grid)
    assert (part.header_line, part.lines, part.ignored) == (2, (3,), 1)
    assert part.headers == {"host_id": "host_id", "name": "name"}


def test_two_rows_of_headers_in_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Data")
    for row in [["host_id", "Peserta", None, "name"], [None, "trainees_1", "trainees_2", None]]:
        sheet.append(row)
    sheet.append(["H1", 3, 4, "a"])
    for area in ("A1:A2", "B1:C1", "D1:D2"):
        sheet.merge_cells(area)
    book.save(tmp_path / "t.xlsx")
    found = counted(Reader(tmp_path, Read()).table("hosts", ("t.xlsx",)))
    assert told(found.issues, "HEADER_JOINED")
    assert cells(found.parts[0], "host_id", "trainees_2", "name") == [("H1", "4", "a")]
    assert found.parts[0].cell(3, "trainees_2") == "C3"


# -- Rows ----------------------------------------------------------------------------------------


def test_a_row_with_more_cells_is_refused_alone(tmp_path: Path) -> None:
    found = table(tmp_path, f"{HEAD}\nH1,a,ya\nH2,PT A, B,ya\nH3,c,ya\n")
    (part,) = found.parts
    assert [(i.code, i.line, i.action) for i in found.issues] == [("TOO_MANY_CELLS", 3, "row")]
    assert (part.lines, part.read, part.refused) == ((2, 4), 3, 1)


def test_curly_quotes_are_told_beside_the_cell_too_many(tmp_path: Path) -> None:
    found = table(tmp_path, f"{HEAD}\nH2,“A, B”,ya\n")
    assert codes(found) == ["TOO_MANY_CELLS", "CURLY_QUOTES"]


def test_empty_cells_behind_the_header_are_left_out(tmp_path: Path) -> None:
    found = table(tmp_path, f"{HEAD}\nH1,a,ya,,\nH2,b,ya\nH3,c,ya, \n")
    assert [(i.code, i.action, i.line, i.also) for i in found.issues] == [
        ("EMPTY_CELLS", "fix", 2, (4,))
    ]
    assert found.parts[0].lines == (2, 3, 4)


def test_a_row_that_ends_early_is_blank_behind(tmp_path: Path) -> None:
    found = table(tmp_path, f"{HEAD}\nH1\nH2,b\n")
    assert [(i.code, i.line, i.also) for i in found.issues] == [("SHORT_ROW", 2, (3,))]
    assert cells(found.parts[0], "host_id", "name", "excellent") == [
        ("H1", "", ""),
        ("H2", "b", ""),
    ]


def test_a_row_that_ends_before_a_required_cell_is_refused(tmp_path: Path) -> None:
    found = table(tmp_path, "name,host_id\na,H1\nb\n")
    assert [(i.code, i.line, i.action) for i in found.issues] == [("TOO_FEW_CELLS", 3, "row")]
    assert found.parts[0].refused == 1


FOOTERS = [
    ["JUMLAH", "2"],
    ["Total", "2", ""],
    ["合計", "2"],
    ["小計"],
    ["Mengetahui,", "", ""],
    ["", "Mengetahui Kepala Balai"],
    ["Keterangan: data sementara"],
    ["以上"],
]


@pytest.mark.parametrize("row", FOOTERS, ids=lambda row: "".join(row))
@pytest.mark.parametrize("mark", [",", ";"])
def test_totals_and_signatures_are_left_out_and_told(
    tmp_path: Path, row: list[str], mark: str
) -> None:
    lines = [HEAD.split(","), ["H1", "a", "ya"], ["H2", "b", "ya"], [], row, ["", "( Budi )"]]
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(lines)
    found = table(tmp_path, text.getvalue())
    (part,) = found.parts
    assert part.lines == (2, 3)
    assert (part.read, part.refused, part.ignored) == (5, 0, 3)
    footers = told(found.issues, "FOOTER_ROW")
    assert [note.line for note in footers] == [5, 6]
    assert all(note.severity == "note" for note in footers)


def test_a_place_and_date_above_the_signature_belong_to_it(tmp_path: Path) -> None:
    text = "name,host_id\na,H1\n\nBekasi 1 Desember 2022,\nMengetahui,\n"
    found = table(tmp_path, text)
    assert [note.line for note in told(found.issues, "FOOTER_ROW")] == [4, 5]
    assert found.parts[0].lines == (2,)


@pytest.mark.parametrize(
    "name",
    ["Totalindo", "Kepala Burung Logistik", "Jumlah Makmur", "計画工業", "注文住宅", "Notes"],
)
def test_a_company_named_like_a_footer_is_a_row(tmp_path: Path, name: str) -> None:
    found = table(tmp_path, f"name,host_id,excellent\n{name},H1,ya\nB,H2,ya\n")
    assert found.parts[0].lines == (2, 3)
    assert codes(found) == []


def test_personal_numbers_in_a_footer_are_masked(tmp_path: Path) -> None:
    found = table(tmp_path, f"{HEAD}\nH1,a,ya\nMengetahui\nNIP. 198001012005011001\n")
    assert not any("198001012005011001" in issue.value for issue in found.issues)
    assert found.parts[0].lines == (2,)


def test_the_header_repeated_is_left_out_each_time(tmp_path: Path) -> None:
    found = table(tmp_path, f"{HEAD}\nH1,a,ya\n{HEAD}\nH2,b,ya\n{HEAD}\n")
    (part,) = found.parts
    assert (part.lines, part.ignored) == ((2, 4), 2)
    assert [i.line for i in told(found.issues, "HEADER_AGAIN")] == [3, 5]
    assert all(issue.severity == "note" for issue in found.issues)


def test_a_second_table_below_is_refused_whole(tmp_path: Path) -> None:
    found = table(tmp_path, f"{HEAD}\nH1,a,ya\n\nhost_id,promised,prefecture\nH2,3,Aichi\n")
    (issue,) = told(found.issues, "SECOND_TABLE")
    assert (issue.line, issue.action) == (4, "file")
    (part,) = found.parts
    assert (part.lines, part.read, part.refused, part.ignored) == ((2,), 4, 2, 1)


def test_cells_under_no_header_are_told_by_their_column(tmp_path: Path) -> None:
    found = table(tmp_path, "host_id,,name\nH1,x,a\nH2,,b\nH3,y,c\n")
    (note,) = told(found.issues, "COLUMN_UNNAMED")
    assert (note.line, note.also) == (2, (4,))
    assert "column B" in words_of("en")(note.reason)
    assert cells(found.parts[0], "host_id", "name") == [("H1", "a"), ("H2", "b"), ("H3", "c")]


def test_cells_behind_the_header_of_a_sheet_are_told_and_not_refused() -> None:
    part, issues = of_grid(grid_of(["host_id", "name"], ["H1", "a", "", "x"]))
    assert part.lines == (2,)
    (note,) = told(issues, "COLUMN_UNNAMED")
    assert "column D" in words_of("en")(note.reason)


def test_blank_lines_of_a_sheet_are_counted() -> None:
    part, _ = of_grid(
        grid_of(["Judul"], ["host_id", "name"], ["H1", "a"], ["H2"], lines=[2, 4, 7, 9])
    )
    assert (part.header_line, part.lines) == (4, (7, 9))
    assert (part.read, len(part), part.ignored) == (8, 2, 6)


def test_merged_cells_cover_their_neighbours() -> None:
    grid = grid_of(["host_id", "name"], ["H1", "a"], ["H2"], ["H3", "b"], merged=((2, 1, 3, 1),))
    part, _ = of_grid(grid)
    assert part.marks == {"name": {1: "merged"}}


def test_marks_follow_their_rows() -> None:
    grid = grid_of(
        ["Judul"],
        ["host_id", "name"],
        ["H1", "a"],
        ["H2", "b"],
        lines=[1, 3, 5, 6],
        marks={(6, 0): "number long", (5, 1): "struck", (1, 0): "struck", (5, 9): "struck"},
    )
    part, _ = of_grid(grid)
    assert part.marks == {"host_id": {1: "number long"}, "name": {0: "struck"}}


HIDDEN = (["host_id", "name"], ["H1", "a"], ["H2", "b"], ["H3", "c"], ["H4", "d"])


def test_hidden_rows_are_asked_about() -> None:
    part, (issue,) = of_grid(grid_of(*HIDDEN, hidden=frozenset([3, 5])))
    assert (issue.code, issue.action, issue.line, issue.also) == ("HIDDEN_ROWS", "ask", 3, (5,))
    assert (len(part), part.ignored) == (4, 0)


@pytest.mark.parametrize(("hidden", "lines"), [("include", (2, 3, 4, 5)), ("skip", (2, 4))])
def test_hidden_rows_are_read_or_left_out_as_declared(hidden: str, lines: tuple[int, ...]) -> None:
    part, (issue,) = of_grid(grid_of(*HIDDEN, hidden=frozenset([3, 5])), hidden)
    assert part.lines == lines
    assert part.ignored == 4 - len(lines)
    assert (issue.code, issue.action, issue.line, issue.also) == ("HIDDEN_READ", "note", 3, (5,))


@pytest.mark.parametrize("line", [1, 6])
def test_a_hidden_title_or_footer_is_nobodys_question(line: int) -> None:
    rows = (["Judul"], ["host_id", "name"], ["H1", "a"], ["H2", "b"], ["H3", "c"], ["Jumlah"])
    part, issues = of_grid(grid_of(*rows, hidden=frozenset([line])))
    assert part.lines == (3, 4, 5)
    assert not told(issues, "HIDDEN_ROWS")


@pytest.mark.parametrize(("last", "cut"), [(65_535, False), (65_536, True), (65_537, False)])
def test_exactly_as_many_lines_as_old_excel_keeps(tmp_path: Path, last: int, cut: bool) -> None:
    rows = "".join(f"H{number},a\n" for number in range(2, last + 1))
    found = table(tmp_path, "host_id,name\n" + rows)
    assert len(found) == last - 1
    assert [(i.code, i.line) for i in found.issues] == ([("MAYBE_TRUNCATED", last)] if cut else [])


@pytest.mark.parametrize(("last", "cut"), [(1_048_576, True), (1_048_575, False)])
def test_exactly_as_many_lines_as_new_excel_keeps(last: int, cut: bool) -> None:
    _, issues = of_grid(grid_of(["host_id"], ["H1"], ["H2"], lines=[1, 2, last]))
    assert bool(told(issues, "MAYBE_TRUNCATED")) == cut


ROWS = st.lists(
    st.sampled_from(
        [
            "H1,a,ya",
            "H2,b",
            "H3",
            ",,",
            "",
            "  ",
            "H4,c,ya,,",
            "H5,d,ya,x",
            HEAD,
            "JUMLAH,2",
            "Mengetahui",
            "( Budi )",
            '"H6","e\nf",ya',
        ]
    ),
    max_size=9,
)


@given(ROWS, st.lists(st.sampled_from(["Judul", "", "a,b,c"]), max_size=3))
def test_every_line_is_accepted_refused_or_ignored(rows: list[str], above: list[str]) -> None:
    text = "\n".join([*above, HEAD, *rows]) + "\n"
    grid, _ = read_text("t.csv", text.encode(), load_form("hosts"), Read())
    header = find_header(grid, load_form("hosts"), {})
    assert header is not None
    body = Body("t.csv", grid, header, load_form("hosts"), None)
    part = body.part()
    assert part.read == len(above) + len(rows)
    assert part.read == len(part) + part.refused + part.ignored
    assert sorted(set(part.lines)) == list(part.lines)
    refused = told(body.issues, "TOO_MANY_CELLS", "TOO_FEW_CELLS")
    assert part.refused == len(refused)
    assert {"H1", "H2", "H3", "H4"}.issuperset(
        set(part.columns["host_id"]) - {"H6", "( Budi )", "host_id", "a"} - {"Judul", ""}
    )
    for name in ("H1", "H4", "H6"):
        wanted = sum(row.strip('"').startswith(name) for row in rows)
        assert list(part.columns["host_id"]).count(name) == wanted


# -- Files and sheets ----------------------------------------------------------------------------


def test_several_files_are_one_table(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("host_id,name\nH1,a\n", encoding="utf-8")
    (tmp_path / "b.csv").write_text("Judul\n\nNama;host_id\nb;H2\nc;H3\n", encoding="utf-8")
    found = counted(Reader(tmp_path, Read()).table("hosts", ("a.csv", "b.csv")))
    assert [part.name for part in found.parts] == ["a.csv", "b.csv"]
    assert len(found) == 3
    assert found.columns == ["host_id", "name"]
    assert [cells(part, "host_id", "name") for part in found.parts] == [
        [("H1", "a")],
        [("H2", "b"), ("H3", "c")],
    ]
    assert sorted(found.digests) == ["a.csv", "b.csv"]


def test_one_of_several_files_that_is_missing_is_one_issue(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("host_id,name\nH1,a\n", encoding="utf-8")
    found = Reader(tmp_path, Read()).table("hosts", ("a.csv", "b.csv"))
    assert [(issue.code, issue.file) for issue in found.issues] == [("NO_FILE", "b.csv")]
    assert len(found) == 1


HOSTS: list[list[object]] = [["host_id", "name"], ["H1", "a"]]


@pytest.mark.parametrize("named", ["t.xlsx#Mitra", "t.xlsx#mitra ", "t.xlsx#ＭＩＴＲＡ"])
def test_a_sheet_is_named_behind_the_file(tmp_path: Path, named: str) -> None:
    save(tmp_path / "t.xlsx", {"Lain": [["host_id"], ["X"]], "Mitra": HOSTS})
    found = counted(Reader(tmp_path, Read()).table("hosts", (named,)))
    (part,) = found.parts
    assert (part.file, part.sheet, part.name) == ("t.xlsx", "Mitra", "t.xlsx › Mitra")
    assert part.cell(2, "name") == "B2"
    assert found.issues == ()
    assert list(found.digests) == ["t.xlsx"]


def test_a_file_whose_name_holds_the_mark_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "a#b.csv").write_text("host_id\nH1\n", encoding="utf-8")
    found = Reader(tmp_path, Read()).table("hosts", ("a#b.csv",))
    assert (found.issues, len(found)) == ((), 1)


def test_a_sheet_that_is_not_there_is_asked_about_with_the_choices(tmp_path: Path) -> None:
    save(tmp_path / "t.xlsx", {"Satu": HOSTS, "Dua": HOSTS})
    (issue,) = Reader(tmp_path, Read()).table("hosts", ("t.xlsx#Tiga",)).issues
    assert (issue.code, issue.action) == ("SHEET", "ask")
    assert issue.mend is not None
    assert all(name in words_of("en")(issue.mend) for name in ("Satu", "Dua"))


def test_the_one_sheet_that_fits_is_taken_and_told(tmp_path: Path) -> None:
    save(tmp_path / "t.xlsx", {"Petunjuk": [["Isi semua kolom"]], "Data": HOSTS, "Kosong": []})
    found = counted(Reader(tmp_path, Read()).table("hosts", ("t.xlsx",)))
    assert codes(found) == ["SHEET_CHOSEN"]
    assert found.parts[0].sheet == "Data"


def test_two_sheets_that_fit_are_asked_about_until_one_is_declared(tmp_path: Path) -> None:
    save(tmp_path / "t.xlsx", {"Satu": HOSTS, "Dua": [*HOSTS, ["H2", "b"]]})
    found = Reader(tmp_path, Read()).table("hosts", ("t.xlsx",))
    assert [(issue.code, issue.action) for issue in found.issues] == [("SHEET", "ask")]
    assert "Dua (3)" in words_of("en")(found.issues[0].reason)
    chosen = Reader(tmp_path, Read(sheet="Dua")).table("hosts", ("t.xlsx",))
    assert (chosen.issues, len(chosen)) == ((), 2)


def test_a_hidden_sheet_is_not_chosen_beside_one_that_shows(tmp_path: Path) -> None:
    book = Workbook()
    for title in ("Lama", "Baru"):
        sheet = book.create_sheet(title)
        for row in HOSTS:
            sheet.append([*row, title])
    book["Lama"].sheet_state = "hidden"
    book.save(tmp_path / "t.xlsx")
    found = Reader(tmp_path, Read()).table("hosts", ("t.xlsx",))
    assert found.parts[0].sheet == "Baru"
    assert told(found.issues, "SHEET_CHOSEN")


@pytest.mark.parametrize(("named", "code"), [("t.xlsx", "FILE_EMPTY"), ("t.xlsx#A", "FILE_EMPTY")])
def test_an_empty_workbook_is_one_issue(tmp_path: Path, named: str, code: str) -> None:
    save(tmp_path / "t.xlsx", {"A": [], "B": []})
    assert codes(Reader(tmp_path, Read()).table("hosts", (named,))) == [code]


def test_a_workbook_is_opened_once_and_its_progress_told(tmp_path: Path) -> None:
    save(tmp_path / "t.xlsx", {"Satu": HOSTS, "Dua": HOSTS})
    seen: list[tuple[str, int]] = []
    reader = Reader(tmp_path, Read(), lambda file, share: seen.append((file, share)))
    assert len(reader.table("hosts", ("t.xlsx#Satu", "t.xlsx#Dua"))) == 2
    assert list(reader.workbooks) == [tmp_path / "t.xlsx"]
    shares = [share for _, share in seen]
    assert {file for file, _ in seen} == {"t.xlsx"}
    assert shares == sorted(shares)


def test_hidden_rows_of_a_workbook(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.create_sheet("Data")
    for row in [*HOSTS, ["H2", "b"]]:
        sheet.append(row)
    sheet.row_dimensions[3].hidden = True
    book.save(tmp_path / "t.xlsx")
    for hidden, rows, code in [
        (None, 2, "HIDDEN_ROWS"),
        ("include", 2, "HIDDEN_READ"),
        ("skip", 1, "HIDDEN_READ"),
    ]:
        options = Read.model_validate({"hidden": hidden})
        found = counted(Reader(tmp_path, options).table("hosts", ("t.xlsx",)))
        assert (codes(found), len(found)) == ([code], rows)


# -- The pilot, otherwise saved ------------------------------------------------------------------


@pytest.mark.parametrize("empty", ["candidates", "openings"])
def test_people_and_orders_without_rows_are_one_fault(pilot: Path, empty: str) -> None:
    for name in (empty, "decisions"):
        path = pilot / f"{name}.csv"
        path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    with pytest.raises(InputError) as caught:
        open_scenario(pilot)
    errors = [issue for issue in caught.value.issues if issue.severity == "error"]
    assert [(issue.code, issue.file) for issue in errors] == [("FILE_EMPTY", f"{empty}.csv")]


def test_hosts_and_decisions_without_rows_run(pilot: Path) -> None:
    for name in ("hosts", "decisions"):
        path = pilot / f"{name}.csv"
        path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    result = run_scenario(pilot)
    assert batch_files(result)["placements.csv"].startswith(b"candidate_id,")
    assert not result.problem.decisions
    assert (result.problem.locked < 0).all()


@pytest.mark.parametrize("ends", [b"\r\n", b"\r"])
def test_another_program_may_have_saved_the_pilot(pilot: Path, ends: bytes) -> None:
    for path in pilot.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", ends))
    problem, as_written = open_scenario(pilot), open_scenario(PILOT)
    assert problem.candidate_ids == as_written.candidate_ids
    assert problem.notes == as_written.notes
    assert problem.counts == as_written.counts
    assert problem.inputs == as_written.inputs


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "{x} %s", "a b", "../C/1"])
def test_any_visible_text_is_a_name_and_an_id(pilot: Path, name: str) -> None:
    path = pilot / "candidates.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("C001,Peserta Contoh 001", f"{name},{name}"),
        encoding="utf-8",
    )
    problem = open_scenario(pilot)
    assert problem.labels.candidate_names[problem.candidate_ids.index(name)] == name
