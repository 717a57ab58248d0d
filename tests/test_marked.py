"""`check --format xlsx`: the officer's own sheets back, mended and handed in again."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from pathlib import Path

import odf.opendocument  # type: ignore[import-untyped]
import odf.table  # type: ignore[import-untyped]
import pytest
from click.testing import CliRunner, Result
from odf.text import P  # type: ignore[import-untyped]
from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from matcher.cli import main
from matcher.grid import Grid
from matcher.marked import _written
from matcher.workbook import Mark

PEOPLE = (
    ("candidate_id", "birth_date", "programme", "Nama"),
    ("C-1", "2001-05-13", "las-pelat-gmaw-3g", "=1+1"),
    ("C-2", "31/02/2001", "las-pelat-gmaw-3g", "Peserta Dua"),
    ("C-3", "2001-05-13", "las-pelat-gmaw-3h", "Peserta Tiga"),
)
ORDERS = (
    ("opening_id", "host_id", "operation_no", "seats"),
    ("O-1", "H-1", "7-7-1", "dua"),
)
MENDED = {"31/02/2001": "2001-02-28", "las-pelat-gmaw-3h": "las-pelat-gmaw-3g", "dua": "2"}
Rows = Sequence[Sequence[str]]


def check(folder: Path, *words: str | Path) -> Result:
    """Run `check` in this process."""
    return CliRunner().invoke(main, ["check", str(folder), *map(str, words)])


def scenario(folder: Path, language: str = "en", **files: str) -> Path:
    """Make a scenario of files; return its folder."""
    folder.mkdir(exist_ok=True)
    named = "".join(f'{table} = "{file}"\n' for table, file in files.items())
    head = f'name = "M"\non = 2022-12-12\nlanguage = "{language}"\n'
    window = "entry = [2023-04-01, 2023-08-31]\n"
    (folder / "scenario.toml").write_text(f"{head}{window}[files]\n{named}", encoding="utf-8")
    return folder


def as_csv(rows: Rows, mark: str = ",") -> bytes:
    """Return rows as CSV."""
    return "".join(mark.join(row) + "\n" for row in rows).encode()


def as_book(**sheets: Rows) -> bytes:
    """Return a workbook of text cells, a sheet for each list of rows."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for line, row in enumerate(rows, 1):
            for place, text in enumerate(row, 1):
                cell = sheet.cell(line, place)
                assert isinstance(cell, Cell)
                cell.value = text
                cell.data_type = "s"
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def marked_cells(path: Path) -> dict[str, str]:
    """Return the comments of a workbook by sheet and cell; each marked cell is coloured."""
    found = {}
    for sheet in load_workbook(path).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment:
                    assert cell.fill.fgColor.rgb in ("FFFFC7CE", "FFFFEB9C")
                    found[f"{sheet.title}!{cell.coordinate}"] = cell.comment.text
    return found


def mend(path: Path) -> None:
    """Put right what is wrong, as an officer does: type over the marked cells."""
    book = load_workbook(path)
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment and isinstance(cell, Cell):
                    cell.value = MENDED[str(cell.value)]
    book.save(path)


def put_back(out: Path, folder: Path, **renamed: str) -> None:
    """Put the mended files in the place of the originals."""
    for path in out.iterdir():
        mend(path)
        (folder / path.name).write_bytes(path.read_bytes())
    toml = folder / "scenario.toml"
    text = toml.read_text(encoding="utf-8")
    for stem, suffix in renamed.items():
        text = text.replace(f"{stem}.{suffix}", f"{stem}.xlsx")
    toml.write_text(text, encoding="utf-8")


def test_a_workbook_comes_back_marked_and_checks_clean_once_mended(tmp_path: Path) -> None:
    folder = scenario(tmp_path / "s", candidates="p.xlsx#Siswa", openings="o.xlsx")
    title = (("DATA PESERTA",), ("BLK Contoh",), ())
    content = as_book(Catatan=(("catatan",),), Siswa=(*title, *PEOPLE))
    (folder / "p.xlsx").write_bytes(content)
    (folder / "o.xlsx").write_bytes(as_book(Order=ORDERS))
    out = tmp_path / "out"
    done = check(folder, "--format", "xlsx", "--out", out)
    assert done.exit_code == 3
    assert "NOT_A_NUMBER" in done.output
    assert set(marked_cells(out / "p.xlsx")) == {"Siswa!B6", "Siswa!C7"}
    assert set(marked_cells(out / "o.xlsx")) == {"Order!D2"}
    assert (folder / "p.xlsx").read_bytes() == content
    sheet = load_workbook(out / "p.xlsx")["Siswa"]
    assert (sheet["D5"].value, sheet["D5"].data_type) == ("=1+1", "s")
    put_back(out, folder)
    assert check(folder).exit_code == 0


def test_two_tables_in_one_workbook_are_marked_in_one_file(tmp_path: Path) -> None:
    folder = scenario(tmp_path / "s", candidates="b.xlsx#Siswa", openings="b.xlsx#Order")
    (folder / "b.xlsx").write_bytes(as_book(Siswa=PEOPLE, Order=ORDERS))
    out = tmp_path / "out"
    assert check(folder, "--format", "xlsx", "--out", out).exit_code == 3
    assert set(marked_cells(out / "b.xlsx")) == {"Siswa!B3", "Siswa!C4", "Order!D2"}
    put_back(out, folder)
    assert check(folder).exit_code == 0


@pytest.mark.parametrize("mark", [",", ";"])
def test_a_text_file_comes_back_as_a_workbook(mark: str, tmp_path: Path) -> None:
    folder = scenario(tmp_path / "s", "id", candidates="p.csv", openings="o.csv")
    rows = (("DATA PESERTA", "", "", ""), *PEOPLE)
    (folder / "p.csv").write_bytes(as_csv(rows, mark))
    (folder / "o.csv").write_bytes(as_csv(ORDERS, mark))
    out = tmp_path / "out"
    done = check(folder, "--format", "xlsx", "--out", out)
    assert done.exit_code == 3
    assert "p.csv → p.xlsx" in done.output
    assert set(marked_cells(out / "p.xlsx")) == {"Peserta!B4", "Peserta!C5"}
    sheet = load_workbook(out / "p.xlsx")["Peserta"]
    assert [cell.value for cell in sheet[3]] == list(PEOPLE[1])
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    put_back(out, folder, p="csv", o="csv")
    assert check(folder).exit_code == 0


def test_lines_of_a_text_file_and_rows_of_the_sheet_are_told_apart(tmp_path: Path) -> None:
    folder = scenario(tmp_path / "s", candidates="p.csv", openings="o.csv")
    text = as_csv(PEOPLE).replace(b"=1+1", b'"two\nlines"')
    (folder / "p.csv").write_bytes(text)
    (folder / "o.csv").write_bytes(as_csv(ORDERS))
    out = tmp_path / "out"
    check(folder, "--format", "xlsx", "--out", out)
    assert set(marked_cells(out / "p.xlsx")) == {"Candidates!B3", "Candidates!C4"}


def test_a_text_that_the_writer_would_take_for_its_own_stays_a_text(tmp_path: Path) -> None:
    folder = scenario(tmp_path / "s", candidates="p.csv", openings="o.csv")
    (folder / "p.csv").write_bytes(as_csv(PEOPLE).replace(b"=1+1", b"<r><t>1</x></r>"))
    (folder / "o.csv").write_bytes(as_csv(ORDERS))
    out = tmp_path / "out"
    check(folder, "--format", "xlsx", "--out", out)
    assert load_workbook(out / "p.xlsx").worksheets[0]["D2"].value == "<r><t>1</x></r> "


def test_other_kinds_of_workbook_come_back_as_xlsx(tmp_path: Path) -> None:
    book = odf.opendocument.OpenDocumentSpreadsheet()
    for name, rows in (("Siswa", PEOPLE), ("Order", ORDERS)):
        table = odf.table.Table(name=name)
        for row in rows:
            line = odf.table.TableRow()
            for text in row:
                cell = odf.table.TableCell(valuetype="string")
                cell.addElement(P(text=text))
                line.addElement(cell)
            table.addElement(line)
        book.spreadsheet.addElement(table)
    folder = scenario(tmp_path / "s", candidates="b.ods#Siswa", openings="b.ods#Order")
    book.save(str(folder / "b.ods"))
    out = tmp_path / "out"
    assert check(folder, "--format", "xlsx", "--out", out).exit_code == 3
    assert set(marked_cells(out / "b.xlsx")) == {"Siswa!B3", "Siswa!C4", "Order!D2"}
    put_back(out, folder, b="ods")
    assert check(folder).exit_code == 0


def test_a_long_number_is_still_one_in_a_sheet_made_anew() -> None:
    rows = [["NIK", "", "n"], ["3275011402030010", "", "0.5"], ["", "x"]]
    numbers = {(2, 0): "number long", (2, 2): "number percent"}
    grid = Grid("S", rows, [1, 2, 4], numbers, frozenset({4}), merged=((1, 0, 1, 1),))
    hidden = Grid("H", [["x"]], [1], visible=False)
    marks = [Mark("S", "B2", "ask", "blank?"), Mark("S", "A2", "error", "long")]
    content = _written({"S": grid, "H": hidden}, marks)
    assert content == _written({"S": grid, "H": hidden}, marks)
    book = load_workbook(io.BytesIO(content))
    sheet = book["S"]
    assert isinstance(sheet, Worksheet)
    assert (sheet["A2"].value, sheet["C2"].value) == (3275011402030010, 0.5)
    assert "%" in sheet["C2"].number_format
    assert sheet["B4"].value == "x" and sheet.row_dimensions[4].hidden
    assert [str(area) for area in sheet.merged_cells.ranges] == ["A1:B1"]
    assert sheet["B2"].comment and sheet["B2"].fill.fgColor.rgb == "FFFFEB9C"
    assert book["H"].sheet_state == "hidden"


def test_comments_speak_the_scenarios_language_and_mask_nothing_of_the_sheet(
    tmp_path: Path,
) -> None:
    folder = scenario(tmp_path / "s", "ja", candidates="p.xlsx", openings="o.xlsx")
    nik = "3275011402030001"
    people = (*PEOPLE[:1], (nik, *PEOPLE[2][1:3], nik))
    (folder / "p.xlsx").write_bytes(as_book(Siswa=people))
    (folder / "o.xlsx").write_bytes(as_book(Order=(*ORDERS[:1], ("O-1", "H-1", "7-7-1", "2"))))
    out = tmp_path / "out"
    done = check(folder, "--format", "xlsx", "--out", out)
    assert nik not in done.output
    assert load_workbook(out / "p.xlsx")["Siswa"]["A2"].value == nik
    (told,) = marked_cells(out / "p.xlsx").values()
    assert len(told) < 200 and told.endswith("]") and nik not in told
    english = check(folder, "--lang", "en", "--format", "xlsx", "--out", tmp_path / "en")
    assert english.exit_code == 3
    (other,) = marked_cells(tmp_path / "en" / "p.xlsx").values()
    assert told != other


def test_faults_without_a_cell_are_told_and_marked_at_the_header(tmp_path: Path) -> None:
    folder = scenario(tmp_path / "s", candidates="p.xlsx", openings="o.xlsx", hosts="h.xlsx")
    (folder / "p.xlsx").write_bytes(as_book(Siswa=(("judul",), *[row[:2] for row in PEOPLE])))
    (folder / "o.xlsx").write_bytes(b"PK\x03\x04 cut off")
    out = tmp_path / "out"
    done = check(folder, "--format", "xlsx", "--out", out)
    assert done.exit_code == 3
    assert [path.name for path in out.iterdir()] == ["p.xlsx"]
    assert "COLUMN_MISSING" in marked_cells(out / "p.xlsx")["Siswa!A2"]
    assert "NO_FILE" in done.output and "o.xlsx" in done.output


def test_decisions_in_a_workbook_are_marked(tmp_path: Path) -> None:
    folder = scenario(
        tmp_path / "s", candidates="p.csv", openings="o.csv", decisions="d.xlsx#Keputusan"
    )
    (folder / "p.csv").write_bytes(as_csv(PEOPLE[:2]))
    (folder / "o.csv").write_bytes(as_csv((ORDERS[0], ("O-1", "H-1", "7-13-1", "2"))))
    rows = (
        ("action", "candidate_id", "opening_id", "reason", "by", "on"),
        ("place", "C-1", "O-1", "alasan", "Petugas", date(2022, 12, 9).isoformat()),
    )
    (folder / "d.xlsx").write_bytes(as_book(Keputusan=rows))
    out = tmp_path / "out"
    done = check(folder, "--format", "xlsx", "--out", out)
    assert done.exit_code == 3 and "LOCK_REFUSED" in done.output
    assert set(marked_cells(out / "d.xlsx")) == {"Keputusan!A2"}


def test_nothing_to_mend_and_nothing_overwritten(tmp_path: Path) -> None:
    folder = scenario(tmp_path / "s", candidates="p.csv", openings="o.csv")
    (folder / "p.csv").write_bytes(as_csv(PEOPLE[:2]))
    (folder / "o.csv").write_bytes(as_csv((ORDERS[0], ("O-1", "H-1", "7-7-1", "2"))))
    out = tmp_path / "out"
    done = check(folder, "--format", "xlsx", "--out", out)
    assert done.exit_code == 0
    assert "No sheet has anything to mend." in done.output
    assert not out.exists()
    out.mkdir()
    (out / "mended.xlsx").write_bytes(b"kept")
    done = check(folder, "--format", "xlsx", "--out", out)
    assert done.exit_code == 2
    assert "exists already" in done.output
    assert (out / "mended.xlsx").read_bytes() == b"kept"


def test_files_of_one_stem_keep_apart(tmp_path: Path) -> None:
    folder = scenario(tmp_path / "s", candidates="a.csv", openings="a.xlsx")
    (folder / "a.csv").write_bytes(as_csv(PEOPLE))
    (folder / "a.xlsx").write_bytes(as_book(Order=ORDERS))
    out = tmp_path / "out"
    assert check(folder, "--format", "xlsx", "--out", out).exit_code == 3
    assert set(marked_cells(out / "a.xlsx")) == {"Order!D2"}
    assert set(marked_cells(out / "a-2.xlsx")) == {"Candidates!B3", "Candidates!C4"}
