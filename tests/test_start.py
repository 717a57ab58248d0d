"""`new` and `add`: the template, an office's own files, next month's people."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

import matcher.cli.office
from matcher.check import cells, decision_words, outcome_words
from matcher.check.cells import Cell, Parse
from matcher.check.costs import costs
from matcher.check.identity import KEY_COLUMNS, key_table, make_id
from matcher.check.named import NamedCells
from matcher.check.openings import REGIME_WORDS, REGIMES, STAGES
from matcher.check.parties import INDONESIA, PERMIT_WORDS, PERMITS
from matcher.check.wishes import read_wishes
from matcher.cli import main
from matcher.errors import InputError, MatcherError, UsageError
from matcher.forms import FILLED_IN, load_form
from matcher.language import LANGUAGES, say
from matcher.personal import KEY_TABLE
from matcher.problem import CONDITIONS
from matcher.settings import FILE, read_settings
from matcher.start.begin import WORKBOOKS, make_toml
from matcher.start.choices import example_of, list_entries, list_of
from matcher.start.months import compare_months, take_month
from matcher.start.template import GUIDE, make_template, sheet_name, shown_columns
from matcher.vocabulary import load_vocabulary
from tests.readme import ROOT

RECEIVED = ROOT / "scenarios" / "as-received"
ON = ("--on", "2022-12-12")
EN = ("--lang", "en")
ORDERS = "opening_id,host_id,operation_no,seats\nO-1,H-1,7-7-1,2\n"
NIK = "3275011402030001"
NAMES = ("name", "centre", "kejuruan")  # proper names, the same in every language
PEOPLE = (
    "Nama;NIK;Tanggal Lahir;Program;Japanese level\n"
    f"Peserta Satu;{NIK};14/02/2003;las-pelat-gmaw-3g;N5\n"
    "Peserta Dua;;13/05/2001;las-pelat-gmaw-3g;\n"
)


def call(*words: str | Path) -> Result:
    """Run a command in this process."""
    return CliRunner().invoke(main, [str(word) for word in words])


def write(path: Path, text: str) -> Path:
    """Write a text file; return its path."""
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def office(tmp_path: Path) -> Path:
    """A folder with people without ids and job orders."""
    write(tmp_path / "people.csv", PEOPLE)
    write(tmp_path / "orders.csv", ORDERS)
    return tmp_path


@pytest.fixture
def begun(office: Path) -> Path:
    """A scenario begun with the office's files."""
    done = begin(office)
    assert done.exit_code == 0, done.output
    return office / "s"


def begin(office: Path, *words: str | Path, people: str = "people.csv") -> Result:
    """Run `new` on the office's files."""
    own = ("--people", office / people, "--orders", office / "orders.csv")
    return call("new", office / "s", *own, *ON, *EN, *words)


def contents(folder: Path) -> dict[str, bytes]:
    """Return the files of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def ids_of(scenario: Path) -> list[str]:
    """Return the ids in the scenario's key table."""
    text = (scenario / KEY_TABLE).read_text(encoding="utf-8")
    return [row["candidate_id"] for row in csv.DictReader(io.StringIO(text))]


# The template


@pytest.mark.parametrize("language", LANGUAGES)
def test_an_empty_scenario_asks_for_rows_and_takes_them(language: str, tmp_path: Path) -> None:
    scenario = tmp_path / "s"
    done = call("new", scenario, "--lang", language, *ON)
    assert done.exit_code == 0, done.output
    assert sorted(contents(scenario)) == sorted([FILE, WORKBOOKS[language]])
    assert len((scenario / FILE).read_text(encoding="utf-8").splitlines()) <= 15
    done = call("check", scenario, *EN)
    assert done.exit_code == 3
    assert done.output.count("the table holds no rows yet") == 2
    fill(scenario / WORKBOOKS[language], language)
    done = call("check", scenario, *EN)
    assert done.exit_code == 0, done.output
    assert "2 rows read = 2 accepted" in done.output
    done = call("run", scenario, "--out", tmp_path / "batch", *EN)
    assert done.exit_code == 0, done.output


def fill(path: Path, language: str) -> None:
    """Type rows into the template: what its drop-downs offer, real dates, numbers."""
    book = load_workbook(path)
    entries = list_entries(language)
    for table, count in {"candidates": 2, "openings": 2, "hosts": 1}.items():
        sheet = book[sheet_name(table, language)]
        for place, column in enumerate(shown_columns(table), 1):
            for row in range(2, 2 + count):
                offered = entries.get(list_of(column))
                sheet.cell(row, place).value = typed(column.name, row, offered, column)
    sheet = book[sheet_name("decisions", language)]
    sheet.append(["forbid", "C-2", "O-2", "alasan", "Petugas", date(2022, 12, 9)])
    book.save(path)


def typed(name: str, row: int, offered: tuple[str, ...] | None, column: Any) -> Any:
    """Return what a person types into a cell."""
    own = {
        "candidate_id": f"C-{row}",
        "opening_id": f"O-{row}",
        "host_id": "H-1",
    }
    if name in own:
        return own[name]
    if offered:
        return offered[row - 2]
    if column.kind == "day":
        return date.fromisoformat(column.example)
    if column.kind in ("count", "money", "share", "hours"):
        return int(column.example)
    return column.example


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_entry_of_every_drop_down_is_understood(language: str) -> None:
    named = NamedCells(load_vocabulary(), {})
    readers: dict[str, Parse[Any]] = {
        "programme": named.programme,
        "job_type": named.job_type,
        "prefecture": named.prefecture,
        "province": named.province,
        "sex": cells.sex,
        "level": cells.level,
        "level asked": cells.tested_level,
        "yes_no": cells.yes_no,
        "training_result": cells.result,
        "medical": cells.medical,
        "conditions": named.conditions,
        "stage": cells.choice(STAGES),
        "regime": cells.choice(REGIMES, aliases=REGIME_WORDS),
        "permit": cells.choice(PERMITS, aliases=PERMIT_WORDS),
        "action": decision_words.action,
        "state": outcome_words.state,
        "reason_code": outcome_words.reason_code,
        "outcome": outcome_words.answer,
    }
    entries = list_entries(language)
    assert set(entries) == set(readers)
    for name, parse in readers.items():
        values = [parse(Cell(entry)) for entry in entries[name]]
        assert all(found.text for found in values), name
        assert len({found.text for found in values}) == len(values), name
    assert [named.conditions(Cell(c)).text for c in entries["conditions"]] == list(CONDITIONS)
    provinces = {entry.name for entry in load_vocabulary().provinces.values()}
    assert {named.province(Cell(entry)).text for entry in entries["province"]} == provinces
    for kind, parse in (("job_type", named.job_wishes), ("prefecture", named.prefecture_wishes)):
        assert all(len(parse(Cell(entry)).value) == 1 for entry in entries[kind])


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_template_is_the_same_every_time_and_holds_no_formula(language: str) -> None:
    content = make_template(language)
    assert content == make_template(language)
    book = load_workbook(io.BytesIO(content))
    assert book.sheetnames[: len(FILLED_IN)] == [sheet_name(table, language) for table in FILLED_IN]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("table", FILLED_IN)
def test_the_template_shows_every_column_that_is_kept(table: str, language: str) -> None:
    sheet = load_workbook(io.BytesIO(make_template(language)))[sheet_name(table, language)]
    form = load_form(table)
    found = [form.find(str(cell.value)) for cell in sheet[1]]
    assert sorted(column.name for column in found if column) == sorted(form.kept)
    shown_at = {
        place: shown
        for shown in sheet.column_dimensions.values()
        for place in range(shown.min or 0, (shown.max or 0) + 1)
    }
    for cell, column in zip(sheet[1], found, strict=True):
        assert column
        assert str(cell.value).endswith("*") == column.required
        assert cell.alignment.wrap_text and cell.comment and len(cell.comment.text) < 200
        shown = shown_at[cell.column or 0]
        assert 13 <= shown.width <= 32
        text = column.kind in ("identifier", "reference", "job_type", "skills", "text")
        if column.kind == "day":
            assert shown.number_format == "yyyy-mm-dd"
        elif text:
            assert shown.number_format == "@"
    assert sheet.freeze_panes in ("B2", "C2")
    assert sheet.auto_filter.ref is None  # a filter hides rows, and hidden rows are asked about
    offered = {str(rule.sqref).partition(":")[0] for rule in sheet.data_validations.dataValidation}
    for cell, column in zip(sheet[1], found, strict=True):
        assert column
        listed = list_of(column) or column.kind == "day"
        assert (cell.coordinate.replace("1", "2") in offered) == bool(listed)


@pytest.mark.parametrize("language", LANGUAGES)
def test_examples_are_in_the_words_of_the_language(language: str) -> None:
    columns = {(table, c.name): c for table in FILLED_IN for c in shown_columns(table)}
    examples = {key: example_of(column, language) for key, column in columns.items()}
    for key, column in columns.items():
        if column.kind == "yes_no":
            meant, shown = cells.yes_no(Cell(column.example)), cells.yes_no(Cell(examples[key]))
            assert shown.value == meant.value, key
            assert examples[key] in list_entries(language)["yes_no"], key
        elif column.kind == "text" and language == "ja" and column.name not in NAMES:
            assert not examples[key].isascii(), key
    paid = costs(Cell(examples["candidates", "costs"])).value
    assert paid == (("school", 500_000), ("person", 950_000))
    wishes = read_wishes(0, examples["openings", "wishes"], "")
    assert [(w.kind, w.sex, w.low, w.high) for w in wishes] == [
        ("sex", "L", -1, -1),
        ("age", "", 19, 25),
    ]
    first = examples["supervisors", "countries"].split("; ")[0]
    assert cells.folded(first) in INDONESIA


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_guide_tells_the_examples_of_the_tables(language: str) -> None:
    book = load_workbook(io.BytesIO(make_template(language)))
    rows = [[cell.value or "" for cell in row] for row in book[GUIDE.within(language)].iter_rows()]
    told = {(row[0], str(row[1]).removesuffix(" *")): row[4] for row in rows}
    for table in FILLED_IN:
        header = book[sheet_name(table, language)][1]
        for cell, column in zip(header, shown_columns(table), strict=True):
            example = example_of(column, language)
            assert told[sheet_name(table, language), column.label.within(language)] == example
            assert cell.comment and example in cell.comment.text


@pytest.mark.parametrize("table", FILLED_IN)
def test_small_tables_print_on_pages_one_wide(table: str) -> None:
    sheet = load_workbook(io.BytesIO(make_template("id")))[sheet_name(table, "id")]
    assert sheet.page_setup.orientation == "landscape"
    fitted = sheet.sheet_properties.pageSetUpPr
    if table in ("candidates", "openings"):
        assert not (fitted and fitted.fitToPage)
        assert sheet.print_title_cols
    else:
        assert fitted and fitted.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)


def test_a_long_or_odd_folder_name_is_a_name() -> None:
    toml = make_toml("x" * 200 + '"', date(2022, 12, 12), "id", {"candidates": ("a#b.csv",)})
    assert len(tomllib.loads(toml.decode())["name"]) == 80


# An office's own files


def test_an_offices_files_become_a_scenario(office: Path) -> None:
    done = begin(office)
    assert done.exit_code == 0, done.output
    scenario = office / "s"
    files = contents(scenario)
    assert set(files) == {FILE, "people.csv", "orders.csv", "ids.key", KEY_TABLE}
    assert files["people.csv"] == (office / "people.csv").read_bytes()
    stated = tomllib.loads(files[FILE].decode())
    assert len(files[FILE].splitlines()) <= 15
    assert stated["read"]["columns"]["Tanggal Lahir"] == "birth_date"
    assert stated["files"] == {"candidates": "people.csv", "openings": "orders.csv"}
    for told in ("Tanggal Lahir", "birth_date", "Nothing is left to answer", "ID_MADE"):
        assert told in done.output
    assert NIK not in done.output
    assert call("check", scenario).exit_code == 0
    done = call("run", scenario, "--out", office / "batch", *EN)
    assert done.exit_code == 0, done.output
    kept = [path.read_bytes() for path in (office / "batch").rglob("*") if path.is_file()]
    assert not any(NIK.encode() in content for content in kept)
    assert not [path for path in (office / "batch").rglob("*key*")]


def test_the_key_table_says_who_is_behind_each_id(begun: Path) -> None:
    key = (begun / "ids.key").read_bytes()
    assert ids_of(begun) == [
        make_id(key, "nik", NIK),
        make_id(key, "name", "peserta dua", "2001-05-13"),
    ]
    row = (begun / KEY_TABLE).read_text(encoding="utf-8").splitlines()[1]
    assert row.split(",")[1:] == ["Peserta Satu", "2003-02-14", NIK, "people.csv", "2"]


def test_the_key_table_keeps_earlier_people_and_holds_no_formula() -> None:
    first = key_table(
        [["K-1", "=cmd()", "", "", "a.csv", "2"], ["K-2", "Dua", "", "", "a.csv", "3"]]
    )
    again = key_table([["K-2", "Dua", "", "", "b.csv", "2"]], first)
    rows = list(csv.reader(io.StringIO(again.decode())))
    assert rows[0] == KEY_COLUMNS
    assert [row[0] for row in rows[1:]] == ["K-2", "K-1"]
    assert rows[2][1] == "'=cmd()"
    with pytest.raises(UsageError):
        key_table([], b"something;else\n")


def test_numbers_of_the_office_serve_as_ids_next_month_too(office: Path) -> None:
    lines = PEOPLE.replace("Nama;", "No Peserta;Nama;").splitlines()
    rows = [lines[0], *(f"P-{n};{line}" for n, line in enumerate(lines[1:], 1))]
    write(office / "people.csv", "\n".join(rows))
    assert begin(office).exit_code == 0
    scenario = office / "s"
    assert not (scenario / KEY_TABLE).exists()
    assert read_settings(scenario).read.columns["No Peserta"] == "candidate_id"
    rows[2] = rows[2].replace("P-2;", ";")
    write(office / "next.csv", "\n".join(rows))
    with pytest.raises(InputError) as fault:
        compare_months(scenario, [str(office / "next.csv")])
    assert {i.code for i in fault.value.issues if i.severity == "error"} == {"BLANK"}


def test_numbers_that_two_centres_share_are_no_ids(office: Path) -> None:
    head = "No Peserta;Nama;Tanggal Lahir;Program\n"
    for name, person in (("a.csv", "Satu"), ("b.csv", "Dua")):
        write(office / name, f"{head}1;Peserta {person};13/05/2001;las-pelat-gmaw-3g\n")
    done = begin(office, "--people", office / "b.csv", people="a.csv")
    assert done.exit_code == 0, done.output
    assert len(set(ids_of(office / "s"))) == 2
    assert all(name.startswith("K-") for name in ids_of(office / "s"))


def test_ruined_niks_say_how_to_go_on_without(office: Path) -> None:
    write(office / "people.csv", PEOPLE.replace(NIK, "3,27501E+15"))
    done = begin(office)
    assert done.exit_code == 3
    assert '"NIK" = ""' in done.output
    toml = office / "s" / FILE
    toml.write_text(toml.read_text(encoding="utf-8").replace('"NIK" = "nik"', '"NIK" = ""'))
    assert call("check", office / "s").exit_code == 0


def test_the_batch_of_three_centres_ends_in_a_list_of_questions(tmp_path: Path) -> None:
    people = ("bpvp-bekasi.xlsx", "lpk-makassar.xlsx", "blk-medan.xlsx", "padang-semarang.csv")
    words = [word for name in people for word in ("--people", RECEIVED / name)]
    hosts = f"{RECEIVED / 'kumiai.ods'}#実習実施者"
    own = ("--orders", RECEIVED / "kyujin.csv", "--hosts", hosts)
    done = call("new", tmp_path / "s", *words, *own, *ON, *EN)
    assert done.exit_code == 3
    assert 'under [job_types], as "Las" = "7-7-1"' in done.output
    assert 'under [job_types], as "Las CO2' in done.output
    toml = tmp_path / "s" / FILE
    text = toml.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 15
    assert "bpvp-bekasi.xlsx#Data Peserta" in text
    toml.write_text(text + '[job_types]\n"Las" = "7-7-1"\n"Las CO2" = "7-7-2"\n', encoding="utf-8")
    assert call("check", tmp_path / "s").exit_code == 0


@pytest.mark.parametrize(
    ("orders", "code"),
    [
        ("opening_id,host_id,operation_no,seats\nO-1,H-1,Las,2\n", "JOB_TYPE"),
        ("Kejuruan,Jumlah\nTeknik Las,12\n", "DEMAND_ONLY"),
        ("opening_id,host_id,operation_no,seats\n", "FILE_EMPTY"),
        ("host_id,operation_no,seats\nH-1,7-7-1,2\n", "COLUMN_MISSING"),
        ("a,b\n1,2\n", "HEADER_NOT_FOUND"),
    ],
)
def test_questions_about_orders_leave_a_scenario(office: Path, orders: str, code: str) -> None:
    write(office / "orders.csv", orders)
    done = begin(office)
    assert done.exit_code == 3
    assert f"[{code}]" in done.output
    assert {FILE, "ids.key", KEY_TABLE} <= set(contents(office / "s"))
    assert call("check", office / "s").exit_code == 3


def test_people_that_a_question_keeps_from_being_read_still_get_a_key(office: Path) -> None:
    (office / "people.csv").write_bytes(PEOPLE.replace("Satu", "Sa\x81tu").encode("latin-1"))
    done = begin(office)
    assert done.exit_code == 3
    assert "[ENCODING]" in done.output
    toml = office / "s" / FILE
    toml.write_text(toml.read_text(encoding="utf-8") + '[read]\nencoding = "cp932"\n')
    assert "KEY_MISSING" not in call("check", office / "s").output


def test_a_file_that_is_no_table_leaves_nothing(office: Path) -> None:
    write(office / "people.csv", "<html><body>Masuk</body></html>")
    done = begin(office)
    assert done.exit_code == 3
    assert "FILE_IS_HTML" in done.output and "nothing was written" in done.output
    assert not (office / "s").exists()


def test_what_is_declared_is_written(office: Path) -> None:
    write(office / "people.csv", PEOPLE.replace("14/02", "01/02").replace("13/05", "03/05"))
    done = begin(office)
    assert done.exit_code == 3 and "DATE_ORDER" in done.output
    done = call(
        *("new", office / "t", "--people", office / "people.csv", "--date-order", "dmy"),
        *("--orders", office / "orders.csv", *ON, *EN),
    )
    assert done.exit_code == 0
    assert read_settings(office / "t").read.date_order == "dmy"
    assert call("check", office / "t").exit_code == 0


def test_two_tables_of_one_workbook_are_named_by_their_sheets(office: Path) -> None:
    book = Workbook()
    people, orders = book.active, book.create_sheet("Lowongan")
    assert isinstance(people, Worksheet)
    people.title = "Siswa"
    for sheet, text, mark in ((people, PEOPLE, ";"), (orders, ORDERS, ",")):
        for line in text.splitlines():
            sheet.append(line.split(mark))
    book.save(office / "both.xlsx")
    both = office / "both.xlsx"
    done = call("new", office / "s", "--people", both, "--orders", both, *ON, *EN)
    assert done.exit_code == 0, done.output
    files = read_settings(office / "s").files.named
    assert files["candidates"] == ("both.xlsx#Siswa",)
    assert files["openings"] == ("both.xlsx#Lowongan",)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["--people", "people.csv"], "Name both --people and --orders"),
        (["--people", "none.csv", "--orders", "orders.csv"], "There is no file"),
        (
            ["--people", "people.csv", "--people", "people.csv", "--orders", "orders.csv"],
            "people.csv is named twice",
        ),
        (
            ["--people", "people.csv", "--people", "b/people.csv", "--orders", "orders.csv"],
            "Two different files",
        ),
        (["--people", "scenario.toml", "--orders", "orders.csv"], "rename it"),
    ],
)
def test_calls_that_cannot_be_carried_out(
    office: Path, words: list[str], told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(office)
    (office / "b").mkdir()
    write(office / "b" / "people.csv", PEOPLE + "\n")
    write(office / "scenario.toml", PEOPLE)
    done = call("new", "s", *words, *EN)
    assert done.exit_code == 2
    assert told in done.output
    assert not (office / "s").exists()


def test_nothing_that_stands_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "full").mkdir()
    write(tmp_path / "full" / "kept.txt", "kept")
    write(tmp_path / "file", "kept")
    (tmp_path / "empty").mkdir()
    for name in ("full", "file"):
        done = call("new", tmp_path / name, *EN)
        assert done.exit_code == 2
    assert contents(tmp_path / "full") == {"kept.txt": b"kept"}
    assert call("new", tmp_path / "none" / "s", *EN).exit_code == 2
    assert call("new", tmp_path / "empty", *EN).exit_code == 0


def test_nothing_is_left_where_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise PermissionError("no")

    monkeypatch.setattr("matcher.durable._sync", fail)
    assert call("new", tmp_path / "s", *EN).exit_code == 1
    assert list(tmp_path.iterdir()) == []


# Next month's people


def test_next_month_is_shown_and_taken(begun: Path, office: Path) -> None:
    old = ids_of(begun)
    lines = PEOPLE.splitlines()
    lines[1] = lines[1].replace(";N5", ";N4")
    lines[2] = "Peserta Tiga;;20/08/2002;las-pelat-gmaw-3g;"
    write(office / "next.csv", "\n".join(lines))
    before = contents(begun)
    words = ("add", begun, "--people", office / "next.csv", *EN)
    done = call(*words)
    assert done.exit_code == 0
    assert contents(begun) == before
    assert "Nothing was taken" in done.output
    for told in ("New: 1", "Gone: 1", "Changed: 1 of 1", f"{old[0]} Peserta Satu: japanese_level"):
        assert told in done.output
    assert "N5 → N4" in done.output
    done = call(*words, "--yes", "--on", "2023-01-12")
    assert done.exit_code == 0
    after = contents(begun)
    assert after["people.csv"] == before["people.csv"]
    assert read_settings(begun).files.named["candidates"] == ("next.csv",)
    assert read_settings(begun).on == date(2023, 1, 12)
    assert "# the day that ages" in after[FILE].decode()
    assert ids_of(begun)[0] == old[0] and set(old) < set(ids_of(begun))
    assert call("check", begun).exit_code == 0


def test_a_list_of_the_same_name_gets_another(begun: Path, office: Path) -> None:
    (office / "new").mkdir()
    write(office / "new" / "people.csv", PEOPLE.replace(";N5", ";N4"))
    assert call("add", begun, "--people", office / "new" / "people.csv", "--yes").exit_code == 0
    assert read_settings(begun).files.named["candidates"] == ("people-2.csv",)
    assert (begun / "people.csv").read_bytes() == PEOPLE.encode()
    done = call("add", begun, "--people", office / "new" / "people.csv", "--yes", *EN)
    assert "Changed: 0 of 2" in done.output
    assert "people-3.csv" not in contents(begun)


def test_a_list_with_faults_is_not_taken(begun: Path, office: Path) -> None:
    before = contents(begun)
    write(office / "next.csv", PEOPLE.replace("14/02/2003", "31/02/2003"))
    done = call("add", begun, "--people", office / "next.csv", "--yes", *EN)
    assert done.exit_code == 3
    assert "31/02/2003" in done.output and "nothing was taken" in done.output
    assert contents(begun) == before


def test_faults_of_last_months_list_are_told(begun: Path, office: Path) -> None:
    write(begun / "people.csv", PEOPLE.replace("14/02/2003", "31/02/2003"))
    done = call("add", begun, "--people", office / "people.csv", *EN)
    assert done.exit_code == 0
    assert "New: 1" in done.output and "1 rows of last month's list are refused" in done.output
    (begun / "people.csv").unlink()
    done = call("add", begun, "--people", office / "people.csv", *EN)
    assert "New: 2" in done.output and "cannot be read" in done.output


def test_the_day_of_the_new_month_counts(begun: Path, office: Path) -> None:
    text = PEOPLE.replace("Nama;", "Tgl Diterima;Nama;").replace(
        "\nPeserta", "\n20/12/2022;Peserta"
    )
    write(office / "next.csv", text)
    words = ("add", begun, "--people", office / "next.csv", *EN)
    assert call(*words).exit_code == 3
    assert call(*words, "--on", "2023-01-12").exit_code == 0


def test_one_file_of_several_is_replaced(office: Path) -> None:
    head = "candidate_id,birth_date,programme\n"
    for name in ("a.csv", "b.csv"):
        write(office / name, f"{head}{name},2001-05-13,las-pelat-gmaw-3g\n")
    write(office / "c.csv", f"{head}c.csv,2001-05-13,las-pelat-gmaw-3g\n")
    assert begin(office, "--people", office / "b.csv", people="a.csv").exit_code == 0
    scenario = office / "s"
    words = ("add", scenario, "--people", office / "c.csv", *EN, "--yes", "--instead-of")
    assert call(*words, "none.csv").exit_code == 2
    done = call(*words, "b.csv")
    assert "New: 1" in done.output and "Gone: 1" in done.output
    assert read_settings(scenario).files.named["candidates"] == ("a.csv", "c.csv")


def test_a_person_with_a_new_id_is_told(begun: Path, office: Path) -> None:
    write(office / "next.csv", PEOPLE.replace("Dua;;", "Dua;3275015305010002;"))
    month = compare_months(begun, [str(office / "next.csv")])
    assert len(month.perhaps_same) == 1
    done = call("add", begun, "--people", office / "next.csv", *EN)
    assert "perhaps one person" in done.output
    assert "3275015305010002" not in done.output


def test_it_asks_on_a_terminal(begun: Path, office: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(matcher.cli.office, "_at_terminal", lambda: True)
    write(office / "next.csv", PEOPLE.replace(";N5", ";N4"))
    words = ["add", str(begun), "--people", str(office / "next.csv"), *EN]
    for answer, taken in (("\n", False), ("tidak\n", False), ("ya\n", True)):
        done = CliRunner().invoke(main, words, input=answer)
        assert done.exit_code == 0
        assert ("next.csv" in contents(begun)) == taken


def test_nothing_counts_before_the_scenario_names_it(
    begun: Path, office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    month = compare_months(begun, [str(write(office / "next.csv", PEOPLE + "\n"))])
    kept = (begun / FILE).read_bytes()

    def fail(path: Path, content: bytes) -> None:
        if path.name == FILE:
            raise MatcherError(say("no"))
        path.write_bytes(content)

    monkeypatch.setattr("matcher.start.months.write_file", fail)
    with pytest.raises(MatcherError):
        take_month(begun, month)
    assert (begun / FILE).read_bytes() == kept


def test_the_scenarios_own_words_stay(begun: Path, office: Path) -> None:
    toml = begun / FILE
    text = toml.read_text(encoding="utf-8").replace("[files]", "# ours\n[files]  # here")
    toml.write_bytes(text.replace("\n", "\r\n").encode())
    write(office / "next.csv", PEOPLE.replace("14/02", "01/02").replace("13/05", "03/05"))
    words = ("add", begun, "--people", office / "next.csv", "--yes", *EN)
    assert call(*words).exit_code == 3
    assert call(*words, "--date-order", "dmy").exit_code == 0
    now = toml.read_bytes().decode()
    assert "# ours\r\n[files]  # here\r\n" in now
    assert read_settings(begun).read.date_order == "dmy"
    assert read_settings(begun).read.columns["NIK"] == "nik"


def test_help_imports_nothing_of_it() -> None:
    code = (
        "import sys\nfrom matcher.cli import main\n"
        "try: main(['new', '--help'])\nexcept SystemExit: print(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    names = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert not names & {"pandas", "numpy", "xlsxwriter", "openpyxl", "tomlkit"}
