"""`matcher.workbook`: odd and hostile workbooks, built here byte by byte where need be."""

from __future__ import annotations

import datetime
import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
import xlwt  # type: ignore[import-untyped]
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from odf.opendocument import OpenDocumentSpreadsheet  # type: ignore[import-untyped]
from odf.table import Table, TableCell, TableRow  # type: ignore[import-untyped]
from odf.text import P  # type: ignore[import-untyped]
from openpyxl.comments import Comment

from matcher.errors import load_codes
from matcher.grid import LIMITS, Grid, Limits
from matcher.language import Phrase, words_of
from matcher.workbook import Mark, WorkbookFault, mark_workbook, read_workbook, sniff
from matcher.workbook.cells import area_of, date_text, number_text, stored_text
from matcher.workbook.faults import fault_of
from matcher.workbook.styles import kind_of_format

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = {
    MAIN: "http://purl.oclc.org/ooxml/spreadsheetml/main",
    OFFICE: "http://purl.oclc.org/ooxml/officeDocument/relationships",
}
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="3"><numFmt numFmtId="164" formatCode="0000000"/>'
    '<numFmt numFmtId="165" formatCode="[$-411]ggge&quot;年&quot;"/>'
    '<numFmt numFmtId="166" formatCode="[h]:mm"/></numFmts>'
    "<fonts><font/><font><strike/></font></fonts><fills>{fill}</fills><borders><border/></borders>"
    '<cellStyleXfs><xf/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/>'
    '<xf numFmtId="9"/><xf numFmtId="164"/><xf numFmtId="165"/><xf numFmtId="166"/>'
    '<xf numFmtId="0" fontId="1"/></cellXfs></styleSheet>'
)
DATE, PERCENT, PADDED, ERA, ELAPSED, STRUCK = range(1, 7)
SMALL = replace(LIMITS, memory_bytes=1 << 29, seconds=20)


def members_of(
    rows: str, *, shared: str = "", fill: str = "<fill/>", book: str = "", sheet: str = ""
) -> dict[str, bytes]:
    """Return the parts of a small workbook whose one sheet, named S, holds `rows`."""
    kinds = {
        "xl/workbook.xml": f"{TYPE}.sheet.main+xml",
        "xl/worksheets/sheet1.xml": f"{TYPE}.worksheet+xml",
        "xl/styles.xml": f"{TYPE}.styles+xml",
        "xl/sharedStrings.xml": f"{TYPE}.sharedStrings+xml",
    }
    types = "".join(
        f'<Override PartName="/{part}" ContentType="{kind}"/>' for part, kind in kinds.items()
    )
    related = "".join(
        f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for name, kind, target in (
            ("r1", "worksheet", "worksheets/sheet1.xml"),
            ("r2", "styles", "styles.xml"),
            ("r3", "sharedStrings", "sharedStrings.xml"),
        )
    )
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-'
        f'package.relationships+xml"/>{types}</Types>',
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="r1" '
        f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">{book}'
        '<sheets><sheet name="S" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">{related}'
        "</Relationships>",
        "xl/styles.xml": STYLES.format(fill=fill),
        "xl/sharedStrings.xml": f'<sst xmlns="{MAIN}">{shared}</sst>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><dimension ref="A1"/>'
        f"<sheetData>{rows}</sheetData>{sheet}</worksheet>",
    }
    return {name: text.encode() for name, text in parts.items()}


def zipped(members: dict[str, bytes]) -> bytes:
    """Return a zip file of members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def write(path: Path, content: bytes) -> Path:
    """Write a file and return its path."""
    path.write_bytes(content)
    return path


def grid_of(folder: Path, rows: str, **parts: str) -> Grid:
    """Return the grid that is read of a workbook of `rows`."""
    path = write(folder / "made.xlsx", zipped(members_of(rows, **parts)))
    return read_workbook(path).grids[0]


def code_of(path: Path, limits: Limits = SMALL) -> str:
    """Return the code for which a file is refused."""
    with pytest.raises(WorkbookFault) as refused:
        read_workbook(path, limits=limits)
    english = words_of("en")
    assert english(refused.value.reason)
    assert not refused.value.mend or english(refused.value.mend)
    assert refused.value.code in load_codes()
    return refused.value.code


def reason_of(path: Path, limits: Limits) -> str:
    """Return why a file is refused, in English."""
    with pytest.raises(WorkbookFault) as refused:
        read_workbook(path, limits=limits)
    return words_of("en")(refused.value.reason)


def cells_of(grid: Grid) -> list[tuple[str, str]]:
    """Return the texts and marks of a grid's first row."""
    line = grid.lines[0]
    return [(text, grid.marks.get((line, n), "")) for n, text in enumerate(grid.rows[0])]


def test_every_kind_of_cell(tmp_path: Path) -> None:
    shared = (
        "<si><t>山田太郎</t><rPh sb='0' eb='2'><t>ヤマダ</t></rPh></si>"
        "<si><r><t>las </t></r><r><t>CNC</t></r></si><si><t>a_x000D_\nb_x005F_x000D_</t></si>"
    )
    row = (
        '<c t="s"><v>0</v></c><c t="s"><v>1</v></c><c t="s"><v>2</v></c>'
        '<c t="inlineStr"><is><t>di sini</t><rPh sb="0" eb="1"><t>x</t></rPh></is></c>'
        '<c t="b"><v>1</v></c><c t="e"><f>1/0</f><v>#SPILL!</v></c><c><f>1+1</f></c>'
        '<c><f>1+1</f><v>2</v></c><c t="str"><f>A1</f><v>007</v></c>'
        f'<c s="{DATE}"><v>45017</v></c><c s="{DATE}"><v>36925.4375</v></c>'
        f'<c s="{DATE}"><v>60</v></c><c s="{DATE}"><v>-5</v></c><c s="{DATE}"><v>2958466</v></c>'
        f'<c s="{ERA}"><v>45017</v></c><c s="{ELAPSED}"><v>1.5</v></c>'
        f'<c s="{PERCENT}"><v>0.875</v></c><c s="{PADDED}"><v>7</v></c>'
        f'<c s="{STRUCK}" t="s"><v>1</v></c><c><v>3.2010112345678899E+15</v></c>'
        "<c><v>3201011234567891</v></c><c><v>3.1999999999999997</v></c><c><v>12345.0</v></c>"
        '<c t="d"><v>2023-04-01T00:00:00</v></c><c t="inlineStr"><is><t>a&#x0B;b_xD800_c</t></is>'
        "</c>"
    )
    assert cells_of(grid_of(tmp_path, f"<row>{row}</row>", shared=shared)) == [
        ("山田太郎", ""),
        ("las CNC", ""),
        ("a\nb_x000D_", ""),
        ("di sini", ""),
        ("TRUE", "bool"),
        ("#SPILL!", "error formula"),
        ("", "formula"),
        ("2", "number formula"),
        ("007", "formula"),
        ("2023-04-01", "date"),
        ("2001-02-03T10:30:00", "date"),
        ("60", "number date"),
        ("-5", "number date"),
        ("2958466", "number date"),
        ("2023-04-01", "date"),
        ("1.5", "number elapsed"),
        ("0.875", "number percent"),
        ("0000007", "number padded"),
        ("las CNC", "struck"),
        ("3201011234567890", "number long"),
        ("3201011234567891", "number long"),
        ("3.2", "number"),
        ("12345", "number"),
        ("2023-04-01", "date"),
        ("a\x0bb\ufffdc", ""),
    ]


def test_the_epoch_of_1904(tmp_path: Path) -> None:
    rows = f'<row><c s="{DATE}"><v>45000</v></c></row>'
    grid = grid_of(tmp_path, rows, book='<workbookPr date1904="1"/>')
    assert (grid.rows, grid.date_1904) == ([["2027-03-16"]], True)


def test_a_formula_that_says_nothing_is_a_blank_cell(tmp_path: Path) -> None:
    grid = grid_of(
        tmp_path,
        '<row r="2"><c r="A2" t="str"><f>IF(1,"")</f><v></v></c></row>'
        '<row r="3"><c r="B3"><f>1+1</f><v/></c></row>',
    )
    assert (grid.rows, grid.lines, grid.marks) == ([[]], [3], {(3, 1): "formula"})


def test_rows_in_any_order_and_hidden_ones(tmp_path: Path) -> None:
    grid = grid_of(
        tmp_path,
        '<row r="9" hidden="1"><c r="B9"><v>9</v></c></row><row r="4"><c r="C4"><v>4</v></c></row>'
        '<row r="5" hidden="1"/><row r="9"><c r="A9"><v>8</v></c></row><row><c><v>1</v></c></row>',
        sheet='<mergeCells><mergeCell ref="A1:XFD1048576"/><mergeCell ref="B2:C3"/></mergeCells>',
    )
    assert grid.lines == [4, 9, 10]
    assert grid.rows == [["", "", "4"], ["8", "9"], ["1"]]
    assert grid.hidden == {9}
    assert grid.merged == ((1, 0, 1_048_576, 16_383), (2, 1, 3, 2))


def test_sheets_hidden_and_charts(tmp_path: Path) -> None:
    path = tmp_path / "sheets.xlsx"
    with xlsxwriter.Workbook(path) as book:
        for name in ("open", "hidden", "very"):
            book.add_worksheet(name).write_string("B3", name)
        book.get_worksheet_by_name("hidden").hide()
        book.get_worksheet_by_name("very").very_hidden()
        chart = book.add_chart({"type": "bar"})
        chart.add_series({"values": "=open!$A$1:$A$3"})
        book.add_chartsheet("chart").set_chart(chart)
    grids = read_workbook(path).grids
    assert [(grid.sheet, grid.visible) for grid in grids] == [
        ("open", True),
        ("hidden", False),
        ("very", False),
    ]
    assert grids[0].rows == [["", "open"]]


def test_strict_and_prefixed_workbooks(tmp_path: Path) -> None:
    members = members_of('<row><c><v>1</v></c><c t="e"><v>#N/A</v></c></row>')
    strict = {}
    for name, content in members.items():
        for usual, other in STRICT.items():
            content = content.replace(usual.encode(), other.encode())
        strict[name] = content
    prefixed = dict(members)
    sheet = members["xl/worksheets/sheet1.xml"]
    for tag in (b"worksheet", b"sheetData", b"row", b"dimension", b"c", b"v"):
        sheet = sheet.replace(b"<%s>" % tag, b"<x:%s>" % tag).replace(
            b"<%s " % tag, b"<x:%s " % tag
        )
        sheet = sheet.replace(b"</%s>" % tag, b"</x:%s>" % tag)
    prefixed["xl/worksheets/sheet1.xml"] = sheet.replace(b"xmlns=", b"xmlns:x=")
    for parts in (strict, prefixed):
        grid = read_workbook(write(tmp_path / "a.xlsx", zipped(parts))).grids[0]
        assert (grid.rows, grid.marks) == ([["1", "#N/A"]], {(1, 0): "number", (1, 1): "error"})


def test_unusual_parts(tmp_path: Path) -> None:
    members = members_of('<row><c t="inlineStr"><is><t>x</t></is></c></row>')
    del members["xl/styles.xml"], members["xl/sharedStrings.xml"]
    members["XL\\Worksheets\\Sheet1.xml"] = members.pop("xl/worksheets/sheet1.xml")
    members["xl/vbaProject.bin"] = b"macro"
    members["xl/externalLinks/externalLink1.xml"] = b"<a/>"
    book = read_workbook(write(tmp_path / "a.csv", zipped(members)))
    assert (book.grids[0].rows, book.macros, book.external_links) == ([["x"]], True, True)


def test_another_reader_where_the_first_fails(tmp_path: Path) -> None:
    path = write(tmp_path / "a.xlsx", zipped(members_of('<row><c s="x"><v>5</v></c></row>')))
    assert read_workbook(path).grids[0].rows == [["5"]]


def test_a_million_formatted_rows_cost_nothing(tmp_path: Path) -> None:
    rows = "".join(
        f'<row r="{line}" ht="9"><c r="A{line}" s="1"/></row>' for line in range(2, 10**6)
    )
    grid = grid_of(tmp_path, f'<row r="1"><c r="A1"><v>1</v></c></row>{rows}')
    assert grid.rows == [["1"]]


def test_limits_are_named(tmp_path: Path) -> None:
    rows = "".join(f"<row>{'<c><v>1</v></c>' * 10}</row>" for _ in range(12))
    path = write(tmp_path / "a.xlsx", zipped(members_of(rows)))
    for limits, code, value in (
        (replace(SMALL, cells=100), "SHEET_TOO_LARGE", "100 cells"),
        (replace(SMALL, columns=9), "TOO_WIDE", "9 columns"),
        (replace(SMALL, members=5), "FILE_TOO_LARGE", "5 parts"),
        (replace(SMALL, inflated_bytes=1000), "FILE_TOO_LARGE", "0 MiB"),
        (replace(SMALL, file_bytes=100), "FILE_TOO_LARGE", "0 MiB"),
    ):
        assert code_of(path, limits) == code
        assert value in reason_of(path, limits)
    wide = zipped(members_of('<row r="1"><c r="A1"><v>1</v></c><c r="ZZ1" s="1"/></row>'))
    assert read_workbook(write(path, wide)).grids[0].rows == [["1"]]


def test_sparse_far_and_outside_cells(tmp_path: Path) -> None:
    far = '<row r="1"><c r="A1"><v>1</v></c></row>'
    for more, code in (
        ('<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>', "TOO_WIDE"),
        ('<row r="2"><c r="XFE2"><v>1</v></c></row>', "CELL_OUTSIDE"),
        ('<row r="2"><c r="AAAAAAAAAAAAAAAA2"><v>1</v></c></row>', "CELL_OUTSIDE"),
        ('<row r="1048577"><c r="A1048577"><v>1</v></c></row>', "CELL_OUTSIDE"),
        ('<row r="0"><c r="A0"><v>1</v></c></row>', "CELL_OUTSIDE"),
        ('<row r="2"><c r="A99999999999999999999"><v>1</v></c></row>', "CELL_OUTSIDE"),
    ):
        path = write(tmp_path / "a.xlsx", zipped(members_of(far + more)))
        assert code_of(path) == code, more
    last = '<row r="1048576"><c r="SR1048576"><v>1</v></c></row>'
    assert grid_of(tmp_path, far + last).lines == [1, 1_048_576]


def test_sparse_workbooks_that_end_the_other_reader(tmp_path: Path) -> None:
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    rows = f'<row r="1"><c s="x"><v>1</v></c></row>{far}'
    assert code_of(write(tmp_path / "a.xlsx", zipped(members_of(rows)))) == "WORKBOOK_TOO_HARD"


def test_bombs(tmp_path: Path) -> None:
    members = members_of("")
    members["xl/media/image.bin"] = bytes(3 << 20)
    path = write(tmp_path / "a.xlsx", zipped(members))
    assert code_of(path, replace(SMALL, inflated_bytes=2 << 20)) == "FILE_TOO_LARGE"
    shared = f"<si><t>{'x' * 30_000}</t></si>"
    rows = "<row>" + '<c t="s"><v>0</v></c>' * 500 + "</row>"
    path = write(path, zipped(members_of(rows * 20, shared=shared)))
    assert code_of(path, replace(SMALL, inflated_bytes=1 << 26)) == "FILE_TOO_LARGE"
    one_row = "<row>" + "<c/>" * 3_000_000 + "</row>"
    path = write(path, zipped(members_of(one_row)))
    hard = replace(SMALL, memory_bytes=200 << 20)
    assert code_of(path, hard) in ("WORKBOOK_TOO_HARD", "CELL_OUTSIDE")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/workbook.xml", "x.rels"])
def test_entities_are_refused(tmp_path: Path, encoding: str, part: str) -> None:
    members = members_of("<row><c><v>1</v></c></row>")
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    outside = '<!ENTITY x SYSTEM "file:///etc/hostname">'
    for declared in (f'<!ENTITY l0 "ha">{laughs}', outside, ""):
        text = members.get(part, b"<a/>").decode()
        doctype = f"<!--\x0b--><!DOCTYPE a [{declared}]>" if encoding == "utf-8" else ""
        doctype = doctype or f"<!DOCTYPE a [{declared}]>"
        evil = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{text}'
        path = write(tmp_path / "a.xlsx", zipped(members | {part: evil.encode(encoding)}))
        assert code_of(path) == "XML_DOCTYPE"


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_parts_of_one_name(tmp_path: Path) -> None:
    for name in ("xl/worksheets/sheet1.xml", "xl/Worksheets/SHEET1.xml"):
        file = io.BytesIO(zipped(members_of("")))
        with zipfile.ZipFile(file, "a") as archive:
            archive.writestr(name, b"<a/>")
        assert code_of(write(tmp_path / "a.xlsx", file.getvalue())) == "ZIP_DUPLICATE"


def test_cut_and_damaged_files(tmp_path: Path) -> None:
    whole = zipped(members_of("<row><c><v>1</v></c></row>"))
    path = tmp_path / "a.xlsx"
    assert "(700 bytes)" in reason_of(write(path, whole[:700]), SMALL)
    for length in (1, 3, 4, 30, 700, len(whole) // 2, len(whole) - 30, len(whole) - 1):
        code = code_of(write(path, whole[:length]))
        assert code == ("FILE_KIND" if length < 4 else "FILE_CUT"), length
    place = whole.index(b"xl/worksheets/sheet1.xml") + 60
    harmed = whole[:place] + bytes([whole[place] ^ 0xFF]) + whole[place + 1 :]
    assert code_of(write(path, harmed)) == "FILE_CUT"
    members = members_of("<row><c><v>1</v></c>")
    assert code_of(write(path, zipped(members))) == "WORKBOOK_BROKEN"


def test_files_that_are_no_workbooks(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
    encrypted = members_of("")
    file = bytearray(zipped(encrypted))
    file[file.index(b"PK\x01\x02") + 8] |= 1
    ods = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}
    for name, content, code in (
        ("a.xlsx", b"", "FILE_EMPTY"),
        ("~$a.xlsx", b"\x05Siti", "EXCEL_OWNER_FILE"),
        ("a.xls", b"\xef\xbb\xbf \n<TABLE><tr></table>", "FILE_IS_HTML"),
        ("b.xls", "\ufeff<html>".encode("utf-16-le"), "FILE_IS_HTML"),
        ("c.xls", b"MIME-Version: 1.0\r\n", "FILE_IS_HTML"),
        ("b.xlsx", b"nama;nik\nSiti;1\n", "FILE_KIND"),
        ("c.xlsx", b"%PDF-1.4", "FILE_KIND"),
        ("d.xlsx", ole + "EncryptedPackage".encode("utf-16-le"), "PASSWORD"),
        ("e.xlsx", ole + "WordDocument".encode("utf-16-le"), "FILE_KIND"),
        ("f.xls", ole + "Workbook".encode("utf-16-le"), "WORKBOOK_BROKEN"),
        ("g.xlsx", zipped({"a.txt": b"x"}), "FILE_KIND"),
        ("h.xlsx", zipped({}), "FILE_EMPTY"),
        ("i.xlsx", bytes(file), "PASSWORD"),
        ("j.ods", zipped(ods | {"META-INF/manifest.xml": b"<encryption-data/>"}), "PASSWORD"),
        ("k.odt", zipped({"mimetype": b"application/vnd.oasis.opendocument.text"}), "FILE_KIND"),
    ):
        assert code_of(write(tmp_path / name, content)) == code, name
    assert code_of(tmp_path / "none.xlsx") == "NO_FILE"
    assert code_of(tmp_path) == "FILE_OPEN"


def test_a_locked_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise PermissionError(13, "in use")

    path = write(tmp_path / "a.xlsx", zipped(members_of("")))
    monkeypatch.setattr(Path, "open", refuse)
    assert code_of(path) == "FILE_LOCKED"


def test_sniff() -> None:
    assert [sniff(head) for head in (b"", b"PK\x03\x04", b"<?xml", b"a,b", b"\xff\xfea\0")] == [
        "empty",
        "zip",
        "html",
        "text",
        "text",
    ]


def test_old_workbooks(tmp_path: Path) -> None:
    book = xlwt.Workbook()
    sheet = book.add_sheet("Siswa")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for column, value in enumerate(("NIK", 12345, 3.5, True, 3201011234567891)):
        sheet.write(2, column + 1, value)
    sheet.write(2, 6, datetime.date(2001, 2, 3), day)
    sheet.write(2, 7, datetime.datetime(2001, 2, 3, 10, 30), day)
    sheet.write_merge(4, 5, 0, 1, "gabung")
    book.add_sheet("x").visibility = 1
    path = tmp_path / "old.xlsx"
    book.save(str(path))
    read = read_workbook(path)
    grid = read.grids[0]
    assert (read.kind, [g.visible for g in read.grids]) == ("xls", [True, False])
    assert (grid.lines, grid.merged) == ([3, 5], ((5, 0, 6, 1),))
    assert cells_of(grid)[1:] == [
        ("NIK", ""),
        ("12345", "number"),
        ("3.5", "number"),
        ("TRUE", "bool"),
        ("3201011234567890", "number long"),
        ("2001-02-03", "date"),
        ("2001-02-03T10:30:00", "date"),
    ]


def test_open_document_workbooks(tmp_path: Path) -> None:
    path = tmp_path / "a.ods"
    book = OpenDocumentSpreadsheet()
    table, row = Table(name="S"), TableRow()
    for value, facts in (
        ("Siti", {"valuetype": "string"}),
        ("7", {"valuetype": "float", "value": "7"}),
        ("", {"valuetype": "date", "datevalue": "2001-02-03"}),
    ):
        cell = TableCell(**facts)
        cell.addElement(P(text=value))
        row.addElement(cell)
    table.addElement(row)
    book.spreadsheet.addElement(table)
    book.save(str(path))
    read = read_workbook(path)
    assert (read.kind, read.grids[0].rows) == ("ods", [["Siti", "7", "2001-02-03"]])
    assert read.grids[0].marks == {(1, 1): "number", (1, 2): "date"}


def test_counts_that_lie(tmp_path: Path) -> None:
    members = members_of('<row spans="1:9"><c t="s"><v>0</v></c></row>', shared="<si><t>a</t></si>")
    name = "xl/sharedStrings.xml"
    lying = members[name].replace(b"<sst", b'<sst count="1" uniqueCount="4000000000"')
    path = write(tmp_path / "a.xlsx", zipped(members | {name: lying}))
    assert read_workbook(path).grids[0].rows == [["a"]]
    sheet = "xl/worksheets/sheet1.xml"
    unread = members[sheet].replace(b"<c ", b'<c s="x" ')
    path = write(tmp_path / "b.xlsx", zipped(members | {name: lying, sheet: unread}))
    assert code_of(path) == "WORKBOOK_TOO_HARD"


def test_progress_only_grows(tmp_path: Path) -> None:
    rows = "".join(f"<row>{'<c><v>1</v></c>' * 20}</row>" for _ in range(5000))
    path = write(tmp_path / "a.xlsx", zipped(members_of(rows)))
    told: list[int] = []
    read_workbook(path, progress=told.append)
    assert told == sorted(set(told))
    assert told[-1] == 100
    assert len(told) > 10


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("import os; os.abort()", "WORKBOOK_TOO_HARD"),
        ("import time; time.sleep(60)", "WORKBOOK_TOO_HARD"),
        ("print('nonsense')", "WORKBOOK_BROKEN"),
        ("print('[1]')", "WORKBOOK_BROKEN"),
        ("print('[' * 100000)", "WORKBOOK_BROKEN"),
        ("print('{\"rows\": [[1]]}')", "WORKBOOK_BROKEN"),
        ('print(\'{"rows": [[1, ["a"], {}, 0]]}\')', "WORKBOOK_BROKEN"),
        ('print(\'{"fault": "SOMETHING", "facts": {"size": [1]}}\')', "WORKBOOK_BROKEN"),
        ("print('x' * 10**8)", "WORKBOOK_TOO_HARD"),
        ("while True: print('{\"percent\": 1}')", "WORKBOOK_TOO_HARD"),
        ("raise MemoryError", "WORKBOOK_TOO_HARD"),
    ],
)
def test_whatever_the_child_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, body: str, code: str
) -> None:
    start = subprocess.Popen

    def other(command: list[str], **named: Any) -> subprocess.Popen[bytes]:
        assert "matcher.workbook.child" in command
        return start([sys.executable, "-c", body], **named)

    monkeypatch.setattr(subprocess, "Popen", other)
    path = write(tmp_path / "a.xlsx", zipped(members_of("")))
    assert code_of(path, replace(LIMITS, seconds=2, inflated_bytes=1 << 20)) == code


def test_the_parent_imports_no_reader() -> None:
    script = (
        "import sys, matcher.workbook; "
        "print(sorted({'openpyxl', 'pandas', 'numpy', 'python_calamine'} & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"


@pytest.fixture
def officers(tmp_path: Path) -> Path:
    """A workbook with all that must survive being marked."""
    path = tmp_path / "officers.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("Data siswa")
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet.write_row("A1", ["nama", "NIK", "a_x000D_b", " tepi "])
        sheet.write_formula("A2", "=1+1", None, 2)
        sheet.write_formula("B2", '="a"&"b"', None, "ab")
        sheet.write_formula("C2", "=NA()", None, "#N/A")
        sheet.write_number("D2", 45000, day)
        sheet.write_number("E2", -5, day)
        sheet.write_number("F2", 3201011234567891)
        sheet.write_number("G2", 568883383628111872)
        sheet.write_boolean("H2", True)
        sheet.write_rich_string("A3", "a", book.add_format({"bold": True}), "b_x000D_")
        sheet.write_comment("A1", "tolong periksa", {"author": "Siti"})
        sheet.merge_range("A5:C9", "gabung")
        sheet.set_row(2, None, None, {"hidden": True})
    return path


def test_a_marked_workbook(officers: Path) -> None:
    target = officers.with_name("marked.xlsx")
    marks = [
        Mark("Data siswa", "A1", "note", "tidak dikenal"),
        Mark("Data siswa", "", "error", "kolom kurang"),
        Mark("Data siswa", "E2", "ask", "生年月日を直してください"),
        Mark("Data siswa", "B7", "note", "di bawah sel gabungan"),
    ]
    mark_workbook(officers, target, marks)
    first = target.read_bytes()
    mark_workbook(officers, target, marks)
    assert target.read_bytes() == first
    assert read_workbook(target) == read_workbook(officers)
    assert sorted(path.name for path in target.parent.iterdir()) == ["marked.xlsx", "officers.xlsx"]
    sheet = openpyxl.load_workbook(target)["Data siswa"]
    assert isinstance(sheet["A1"].comment, Comment)
    assert sheet["A1"].comment.text == "tolong periksa\n\ntidak dikenal\n\nkolom kurang"
    assert sheet["A1"].fill.fgColor.rgb == "FFFFC7CE"
    assert sheet["E2"].comment is not None
    assert sheet["E2"].comment.author == "matcher"
    assert sheet["A2"].value == "=1+1"
    assert sheet["A5"].comment is not None


def test_marks_of_an_earlier_round_go(officers: Path) -> None:
    once, twice = officers.with_name("once.xlsx"), officers.with_name("twice.xlsx")
    mark_workbook(officers, once, [Mark("Data siswa", "E2", "error", "lama")])
    mark_workbook(once, twice, [Mark("Data siswa", "D2", "ask", "baru")])
    sheet = openpyxl.load_workbook(twice)["Data siswa"]
    assert sheet["E2"].comment is None
    assert sheet["E2"].fill.fill_type is None
    assert sheet["D2"].comment is not None
    assert isinstance(sheet["A1"].comment, Comment)
    assert sheet["A1"].comment.author == "Siti"


def test_marking_what_cannot_be_marked(officers: Path, tmp_path: Path) -> None:
    target = tmp_path / "target.xlsx"
    xls = tmp_path / "a.xls"
    book = xlwt.Workbook()
    book.add_sheet("S")
    book.save(str(xls))
    for source, marks, code in (
        (xls, [], "FILE_KIND"),
        (tmp_path / "none.xlsx", [], "NO_FILE"),
        (write(tmp_path / "b.xlsx", zipped(members_of("<row>"))), [], "WORKBOOK_BROKEN"),
        (officers, [Mark("none", "A1", "note", "x")], "WORKBOOK_BROKEN"),
    ):
        with pytest.raises(WorkbookFault) as refused:
            mark_workbook(source, target, marks)
        assert refused.value.code == code
        assert not target.exists()
    with pytest.raises(WorkbookFault):
        mark_workbook(officers, tmp_path / "none" / "a.xlsx", [])


def test_marking_a_wholly_merged_sheet(tmp_path: Path) -> None:
    merged = '<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
    members = members_of("<row><c><v>1</v></c></row>", fill="", sheet=merged)
    source = write(tmp_path / "a.xlsx", zipped(members))
    mark_workbook(source, tmp_path / "b.xlsx", [Mark("S", "C3", "note", "x")])
    assert read_workbook(tmp_path / "b.xlsx").grids == read_workbook(source).grids


def test_numbers_as_excel_shows_them() -> None:
    shown = {
        "1": "1",
        "007": "7",
        "-0": "0",
        "1E+20": "100000000000000000000",
        "1.5E-7": "0.00000015",
        "0.1": "0.1",
        "-12.50": "-12.5",
        "3.1999999999999997": "3.2",
        "123456789012345.6": "123456789012346",
    }
    assert {raw: number_text(raw) for raw in shown} == shown
    assert [number_text(raw) for raw in ("", "NaN", "inf", "1_0", "１", "1E999", "0x1")] == [
        None
    ] * 7


def test_formats() -> None:
    kinds = {
        "General": "",
        "0.00E+00": "",
        '0 "hari"': "",
        "#,##0;[Red]-#,##0": "",
        "yyyy-mm-dd;@": "date",
        "[$-411]ge.m.d": "date",
        "[$-409]d-mmm-yy": "date",
        "mm:ss.0": "date",
        "[h]:mm:ss": "elapsed",
        '[=0]"";dd/mm/yyyy': "date",
        "0.0%": "percent",
        "00000": "padded",
        '"dd"0': "",
        r"\d0": "",
    }
    assert {code: kind_of_format(164, {164: code})[0] for code in kinds} == kinds
    assert kind_of_format(31, {}) == ("date", 0)


def test_small_things() -> None:
    assert stored_text("a_x000d__x000A_b\r") == "a\nb\n"
    assert stored_text("_xD83D__xDE00_ _xDE00_") == "😀 \ufffd"
    assert area_of("$B$2") == (2, 1, 2, 1)
    assert [area_of(bad) for bad in ("", "A", "B2:A1", "A0", "A1:XFE2", "A1:B2:C3")] == [None] * 6
    assert date_text(61, False) == "1900-03-01"
    assert date_text(2958465.9999999, False) is None
    assert date_text(44561.999999, False) == "2022-01-01"


def test_every_refusal_has_words() -> None:
    words = words_of("en")
    for code in load_codes():
        for what in ("members", "inflated", "text", "file", "seconds", "memory"):
            fault = fault_of(code, {"what": what, "limit": 5 << 20, "cell": "A1", "size": 7})
            assert isinstance(fault.reason, Phrase)
            assert words(fault.reason)
            assert fault.mend is None or words(fault.mend)


GOOD = zipped(
    members_of('<row r="1"><c r="A1" t="s"><v>0</v></c></row>', shared="<si><t>a</t></si>")
)
Change = Callable[[bytes], bytes]


@st.composite
def harmed(draw: st.DrawFn) -> bytes:
    """A workbook of which some bytes, or some bytes of one part, were changed."""
    members = members_of(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" s="1"><v>45000</v></c></row>',
        shared="<si><t>a</t></si>",
    )
    name = draw(st.sampled_from([*members, ""]))
    content = bytearray(members.get(name, GOOD))
    for _ in range(draw(st.integers(1, 4))):
        place = draw(st.integers(0, len(content) - 1))
        content[place : place + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return zipped(members | {name: bytes(content)}) if name else bytes(content)


@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(content=st.one_of(st.binary(max_size=600), harmed(), harmed(), harmed()))
def test_no_bytes_raise_anything_else(tmp_path: Path, content: bytes) -> None:
    path = write(tmp_path / "a.xlsx", content)
    try:
        book = read_workbook(path, limits=SMALL)
    except WorkbookFault as refused:
        assert refused.code in load_codes()
    else:
        assert all(
            isinstance(text, str) for grid in book.grids for row in grid.rows for text in row
        )
        json.dumps([grid.rows for grid in book.grids]).encode()
