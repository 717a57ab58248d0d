"""A table read from bytes: every cell as it was written, every row on its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from matcher.batch import batch_files, run_scenario
from matcher.check import open_scenario
from matcher.read import Table, read_table
from tests.conftest import PILOT


def table(folder: Path, content: bytes) -> Table:
    """Return bytes as a table."""
    (folder / "t.csv").write_bytes(content)
    return read_table(folder, "t", "t.csv")


def test_rows_know_the_line_they_begin_on(tmp_path: Path) -> None:
    found = table(tmp_path, b'a,b\n1,"x\ny"\n\n2,z\n,\n3,w\n')
    assert found.lines == (2, 5, 7)
    assert found.frame.to_numpy().tolist() == [["1", "x\ny"], ["2", "z"], ["3", "w"]]
    assert (found.rows_read, found.rows_refused, found.rows_ignored) == (5, 0, 2)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("ends", [b"\n", b"\r\n", b"\r"])
def test_marks_and_line_ends_do_not_matter(tmp_path: Path, mark: bytes, ends: bytes) -> None:
    found = table(tmp_path, mark + ends.join([b"a,b", b"1,2", b"", b"3,4"]))
    assert found.frame.to_numpy().tolist() == [["1", "2"], ["3", "4"]]
    assert list(found.frame.columns) == ["a", "b"]
    assert found.lines == (2, 4)


def test_cells_are_text_and_composed(tmp_path: Path) -> None:
    found = table(tmp_path, "a,b\n007,NA\nnan,  u\u0308 \n1e5,\n".encode())
    assert found.frame.to_numpy().tolist() == [["007", "NA"], ["nan", "ü"], ["1e5", ""]]


@pytest.mark.parametrize("row", [b"1", b"1,2,3"])
def test_a_row_of_another_length_is_refused_alone(tmp_path: Path, row: bytes) -> None:
    found = table(tmp_path, b"a,b\n1,2\n" + row + b"\n3,4\n")
    assert [(i.code, i.line) for i in found.issues] == [("ROW_LENGTH", 3)]
    assert (found.rows_read, found.rows_refused, len(found.frame)) == (3, 1, 2)


@pytest.mark.parametrize("mark", ["\x00", "\x1b", "\x7f", "\x85", "\u200b", "\u200f", "\u202e"])
def test_unseen_characters_are_refused(tmp_path: Path, mark: str) -> None:
    found = table(tmp_path, f"a,b\n1,x{mark}y\n".encode())
    assert [(i.code, i.line, i.column) for i in found.issues] == [("UNSEEN_CHARACTER", 2, "b")]
    assert mark not in found.issues[0].value


@pytest.mark.parametrize("mark", ["\u061c", "\u2028", "\u2029", "\u00ad", "\u180e", "\U000e0041"])
def test_other_unseen_characters_are_refused(tmp_path: Path, mark: str) -> None:
    assert table(tmp_path, f"a,b\n1,x{mark}y\n".encode()).issues


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "EMPTY_FILE"),
        (b"\xef\xbb\xbf", "EMPTY_FILE"),
        (b"\n\n", "EMPTY_FILE"),
        (b"a,b\n1,\xff\n", "ENCODING"),
        ("a,b\n1,2\n".encode("utf-16"), "ENCODING"),
        (b'a,b\n1,"2\n', "NOT_CSV"),
        (b"a,b\n1," + b"x" * 200_000 + b"\n", "NOT_CSV"),
        (b"a,a\n1,2\n", "COLUMN_TWICE"),
    ],
)
def test_a_file_that_is_no_table_is_one_issue(tmp_path: Path, content: bytes, code: str) -> None:
    assert [issue.code for issue in table(tmp_path, content).issues] == [code]


@pytest.mark.parametrize(
    ("name", "code"),
    [("none.csv", "NO_FILE"), ("folder.csv", "FILE_OPEN"), ("t.txt", "FILE_KIND")],
)
def test_a_path_that_is_no_table_is_one_issue(tmp_path: Path, name: str, code: str) -> None:
    (tmp_path / "folder.csv").mkdir()
    assert [issue.code for issue in read_table(tmp_path, "t", name).issues] == [code]


def test_a_path_with_a_nul_is_one_issue(tmp_path: Path) -> None:
    assert read_table(tmp_path, "t", "a\0.csv").issues


@pytest.mark.parametrize("empty", [("candidates",), ("openings",), ("candidates", "openings")])
def test_tables_without_rows_run(pilot: Path, empty: tuple[str, ...]) -> None:
    for name in (*empty, "decisions"):
        path = pilot / f"{name}.csv"
        path.write_bytes(path.read_bytes().splitlines(keepends=True)[0])
    result = run_scenario(pilot)
    assert (result.plan.opening < 0).all()
    assert batch_files(result)["placements.csv"].startswith(b"candidate_id,")


@pytest.mark.parametrize("ends", [b"\r\n", b"\r"])
def test_another_program_may_have_saved_the_pilot(pilot: Path, ends: bytes) -> None:
    for path in pilot.glob("*.csv"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", ends))
    problem, as_written = open_scenario(pilot), open_scenario(PILOT)
    assert problem.candidate_ids == as_written.candidate_ids
    assert problem.notes == as_written.notes
    assert problem.counts == as_written.counts


@pytest.mark.parametrize("name", ["=1+1", "<script>alert(1)</script>", "{x} %s", "a  b", "../C/1"])
def test_any_visible_text_is_a_name_and_an_id(pilot: Path, name: str) -> None:
    path = pilot / "candidates.csv"
    path.write_text(
        path.read_text(encoding="utf-8").replace("C001,Peserta Contoh 001", f"{name},{name}"),
        encoding="utf-8",
    )
    problem = open_scenario(pilot)
    assert problem.labels.candidate_names[problem.candidate_ids.index(name)] == name
