"""Sheets in which something was once read wrongly or lost without a word."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from matcher.check import open_scenario
from matcher.errors import InputError, Issue
from matcher.language import words_of
from matcher.pipeline import check_problem
from matcher.problem import Problem
from tests.conftest import PILOT

TINY = PILOT.parent / "tiny"
HEAD = "candidate_id,name,birth_date,programme,japanese_level,deposit,school\n"
PEOPLE = "".join(
    f"C{n},{name},2001-05-0{n},las-pelat-gmaw-3g,N5,0,S-0{n}\n"
    for n, name in enumerate(("Contoh Satu", "Contoh Dua", "Contoh Tiga"), 1)
)
ORDERS = "opening_id,host_id,operation_no,seats\nO1,H1,7-7-2,1\nO2,H2,7-7-1,1\n"
TOML = (TINY / "scenario.toml").read_text(encoding="utf-8")


def scenario(folder: Path, **files: str) -> Path:
    """Return the tiny scenario with other files."""
    place = folder / "s"
    shutil.copytree(TINY, place)
    (place / "candidates.csv").write_text(HEAD + PEOPLE, encoding="utf-8")
    (place / "openings.csv").write_text(ORDERS, encoding="utf-8")
    for name, content in files.items():
        suffix = "toml" if name == "scenario" else "csv"
        (place / f"{name}.{suffix}").write_text(content, encoding="utf-8")
    return place


def opened(place: Path) -> tuple[Problem | None, list[Issue]]:
    """Return what a scenario gives."""
    try:
        problem = open_scenario(place)
    except InputError as fault:
        return None, list(fault.issues)
    return problem, list(problem.notes)


def codes(issues: list[Issue], *wanted: str) -> list[tuple[str, int]]:
    """Return code and line of the issues of the codes wanted."""
    return [(issue.code, issue.line) for issue in issues if issue.code in wanted]


def kept(problem: Problem | None, table: str) -> str:
    """Return what a batch keeps of a table."""
    assert problem is not None
    return problem.inputs[f"{table}.csv"].decode()


def test_lists_of_senders_split_at_commas_and_all_is_no_school(tmp_path: Path) -> None:
    orders = (
        "opening_id,host_id,operation_no,seats,senders\n"
        'O1,H1,7-7-2,1,"S-01, S-02"\nO2,H2,7-7-1,1,semua\n'
    )
    problem, _ = opened(scenario(tmp_path, openings=orders))
    assert "S-01; S-02" in kept(problem, "openings")
    assert "semua" not in kept(problem, "openings")


@pytest.mark.parametrize(
    ("table", "column", "amount"),
    [("candidates", "deposit", "¥50000"), ("openings", "monthly_wage", "Rp 15.000.000")],
)
def test_another_currency_is_refused(tmp_path: Path, table: str, column: str, amount: str) -> None:
    tables = {
        "candidates": f"candidate_id,birth_date,programme,{column}\n"
        f"C1,2001-05-01,las-pelat-gmaw-3g,{amount}\n",
        "openings": ORDERS.replace("seats\n", f"seats,{column}\n")
        .replace("7-7-2,1\n", f"7-7-2,1,{amount}\n")
        .replace("7-7-1,1\n", "7-7-1,1,\n"),
    }
    _, issues = opened(scenario(tmp_path, **{table: tables[table]}))
    assert codes(issues, "NOT_A_NUMBER") == [("NOT_A_NUMBER", 2)]


def test_hours_that_excel_keeps_as_parts_of_a_day_are_refused(tmp_path: Path) -> None:
    place = scenario(tmp_path, scenario=TOML.replace("candidates.csv", "p.xlsx"))
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.append(["candidate_id", "birth_date", "programme", "school_hours_done"])
    sheet.append(["C1", "2001-05-01", "las-pelat-gmaw-3g", timedelta(hours=48)])
    sheet["D2"].number_format = "[h]:mm"
    book.save(place / "p.xlsx")
    _, issues = opened(place)
    assert codes(issues, "NOT_A_NUMBER") == [("NOT_A_NUMBER", 2)]


def test_a_quotation_mark_that_a_later_row_closes_swallows_nobody(tmp_path: Path) -> None:
    people = HEAD + PEOPLE.replace("Contoh Satu", '"Contoh Satu').replace("Contoh Tiga", 'Tiga"')
    _, issues = opened(scenario(tmp_path, candidates=people))
    assert codes(issues, "QUOTE_OPEN") == [("QUOTE_OPEN", 2)]


def test_what_stands_in_for_a_column_is_settled_file_by_file(tmp_path: Path) -> None:
    several = TOML.replace('"openings.csv"', '["openings.csv", "more.csv"]').replace(
        'hosts = "hosts.csv"\n', ""
    )
    assert several != TOML
    more = "opening_id,Perusahaan,職種,seats\nO3,Contoh Fukushi,普通旋盤作業,2\n"
    problem, issues = opened(scenario(tmp_path, scenario=several, more=more))
    assert "O3,Contoh Fukushi,6-4-1,2" in kept(problem, "openings")
    assert [issue.file for issue in issues if issue.code == "ID_MADE"] == ["more.csv"]


def test_notes_over_several_files_name_the_lines_of_each(tmp_path: Path) -> None:
    several = TOML.replace('"candidates.csv"', '["candidates.csv", "more.csv"]')
    more = "judul\n\ncandidate_id,birth_date,programme,phone\n"
    more += "C9,2001-05-09,las-pelat-gmaw-3g,81200000009\n"
    people = (HEAD.replace("school", "phone") + PEOPLE).replace("S-0", "8120000000")
    _, issues = opened(scenario(tmp_path, scenario=several, candidates=people, more=more))
    told = {(i.file, i.line, i.also) for i in issues if i.code == "PHONE"}
    assert told == {("candidates.csv", 2, (3, 4)), ("more.csv", 4, ())}


@pytest.mark.parametrize("form", ["3299 9905\u00a00802 0003", "3299‑9905‑0802‑0003", "A 1234567"])
def test_personal_numbers_are_masked_however_they_are_written(tmp_path: Path, form: str) -> None:
    people = (HEAD + PEOPLE).replace("N5", form)
    _, issues = opened(scenario(tmp_path, candidates=people))
    assert codes(issues, "NOT_A_LEVEL")
    words = words_of("en")
    for issue in issues:
        for text in (issue.value, issue.became or "", words(issue.reason)):
            assert form not in text
            assert "0802 0003" not in text


SIGNED = [
    ',,,,,"Bekasi, 1 Desember 2022",',
    ",,,,,a.n. Kepala BLK,",
    ",,,,,Kepala Subbag,",
    ",,,,,,",
    ",,,,,Budi S.,",
    ",,,,,NIP. 19700101 200001 1 001,",
]


def test_the_usual_signature_block_is_left_out_whole(tmp_path: Path) -> None:
    people = HEAD + PEOPLE + "\n".join([",,,,,,", *SIGNED]) + "\n"
    problem, issues = opened(scenario(tmp_path, candidates=people))
    assert kept(problem, "candidates").count("Contoh") == 3
    assert [line for _, line in codes(issues, "FOOTER_ROW")] == [6, 7, 8, 10, 11]


@pytest.mark.parametrize(
    "row",
    [
        "NIP-001,Contoh,,las-pelat-gmaw-3g,N5,0,",
        "C7,Contoh,,,,,",
        ",Contoh Sisa,2001-03-04,,,,",
        "Total-7,Contoh,2001-03-04,,,,",
    ],
)
def test_people_below_a_total_are_never_lost(tmp_path: Path, row: str) -> None:
    people = HEAD + PEOPLE + f",JUMLAH,,3,,,\n{row}\n"
    problem, issues = opened(scenario(tmp_path, candidates=people))
    assert problem is None
    assert 6 in [line for _, line in codes(issues, "BLANK")]


def test_a_table_above_the_header_that_was_found_is_told(tmp_path: Path) -> None:
    first = (
        "candidate_id,name,birth_date,programme,,,\nC8,A,2001-05-01,las-pelat-gmaw-3g,,,\n,,,,,,\n"
    )
    _, issues = opened(scenario(tmp_path, candidates=first + HEAD + PEOPLE))
    assert codes(issues, "SECOND_TABLE") == [("SECOND_TABLE", 1)]


def test_hosts_with_names_like_footers_stay(tmp_path: Path) -> None:
    hosts = "host_id,name,prefecture\nH1,a,Aichi\nNIPPON-1,Nippon Kogyo,Aichi\nH2,b,Gifu\n"
    problem, issues = opened(scenario(tmp_path, hosts=hosts))
    assert "NIPPON-1" in kept(problem, "hosts")
    assert codes(issues, "FOOTER_ROW") == []


def test_numbers_of_the_columns_below_the_header_are_no_person(tmp_path: Path) -> None:
    problem, issues = opened(scenario(tmp_path, candidates=HEAD + "1,2,3,4,5,6,7\n" + PEOPLE))
    assert kept(problem, "candidates").count("Contoh") == 3
    assert codes(issues, "HEADER_AGAIN") == [("HEADER_AGAIN", 2)]


def test_a_sheet_may_have_a_number_sign_in_its_name(tmp_path: Path) -> None:
    place = scenario(tmp_path, scenario=TOML.replace("candidates.csv", "p.xlsx#Data #1"))
    book = openpyxl.Workbook()
    book.worksheets[0].title = "Data #1"
    for line in (HEAD + PEOPLE).splitlines():
        book.worksheets[0].append(line.split(","))
    book.create_sheet("Catatan").append(["catatan"])
    book.save(place / "p.xlsx")
    problem, _ = opened(place)
    assert problem is not None
    assert problem.candidate_ids == ("C1", "C2", "C3")


@pytest.mark.parametrize("table", ['"LAS!" = "7-7-2"\n"las" = "7-7-1"', '"7-7" = "7-7-2"'])
def test_an_office_settles_each_word_once_and_no_number(tmp_path: Path, table: str) -> None:
    _, issues = opened(scenario(tmp_path, scenario=f"{TOML}\n[job_types]\n{table}\n"))
    assert [issue.code for issue in issues] == ["SETTINGS"]


def test_many_people_of_one_name_and_date_are_told_once_each(tmp_path: Path) -> None:
    rows = "".join(f"P{n},Contoh,2001-05-01,las-pelat-gmaw-3g,N5,0,\n" for n in range(300))
    _, issues = opened(scenario(tmp_path, candidates=HEAD + rows))
    told = [i for i in issues if i.code == "SAME_PERSON"]
    assert sum(1 + len(issue.also) for issue in told) == 299


def test_a_date_that_does_not_exist_proves_no_order(tmp_path: Path) -> None:
    people = HEAD + PEOPLE.replace("2001-05-01", "31/02/2001").replace("2001-05-02", "05/07/2002")
    _, issues = opened(scenario(tmp_path, candidates=people))
    assert codes(issues, "DATE_IMPOSSIBLE", "DATE_ORDER") == [
        ("DATE_IMPOSSIBLE", 2),
        ("DATE_ORDER", 3),
    ]


def book_of(place: Path, **sheets: str) -> None:
    """Write p.xlsx with sheets of comma-separated lines."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, lines in sheets.items():
        sheet = book.create_sheet(name)
        for line in lines.splitlines():
            sheet.append(line.split(","))
    book.save(place / "p.xlsx")


def test_a_sheet_whose_headers_are_misspelt_is_asked_about(tmp_path: Path) -> None:
    place = scenario(tmp_path, scenario=TOML.replace("candidates.csv", "p.xlsx"))
    misspelt = "KODE PESRTA,NAMA LENGKAP,TANGAL LAHIR,PROGRAM PELATIHN\nC8,A,2001-01-01,x\n"
    book_of(place, A=HEAD + PEOPLE, B=misspelt, Catatan="Nama,isi\nx,y\n")
    _, issues = opened(place)
    assert [(i.code, i.action) for i in issues if i.file == "p.xlsx"] == [("SHEET", "ask")]


def test_one_sheet_named_twice_is_read_once(tmp_path: Path) -> None:
    named = TOML.replace('"candidates.csv"', '["p.xlsx", "p.xlsx#A"]')
    place = scenario(tmp_path, scenario=named)
    book_of(place, A=HEAD + PEOPLE)
    _, issues = opened(place)
    assert [issue.code for issue in issues if issue.severity == "error"] == ["SHEET"]


def test_a_declared_sheet_counts_where_a_workbook_has_it(tmp_path: Path) -> None:
    declared = TOML.replace("candidates.csv", "p.xlsx") + '\n[read]\nsheet = "B"\n'
    place = scenario(tmp_path, scenario=declared)
    book_of(place, A=HEAD + PEOPLE, B=HEAD + PEOPLE.replace("C1", "X1"))
    problem, _ = opened(place)
    assert problem is not None
    assert problem.candidate_ids == ("C2", "C3", "X1")


def test_a_file_that_cannot_be_read_makes_no_unknown_people(tmp_path: Path) -> None:
    several = TOML.replace('"candidates.csv"', '["candidates.csv", "none.csv"]').replace(
        "[files]", '[files]\ndecisions = "decisions.csv"'
    )
    decisions = "action,candidate_id,reason,by,on\nhold,C9,x,y,2022-12-01\n"
    _, issues = opened(scenario(tmp_path, scenario=several, decisions=decisions))
    assert [issue.code for issue in issues if issue.severity == "error"] == ["NO_FILE"]


def test_night_shifts_and_counts_are_told_where_they_go(tmp_path: Path) -> None:
    orders = (
        "opening_id,host_id,operation_no,seats,男,女,夜勤,conditions\n"
        "O1,H1,7-7-2,3,1,2,有,\nO2,H2,7-7-1,1,1,0,無,night_shift\n"
    )
    problem, issues = opened(scenario(tmp_path, openings=orders))
    kept_orders = kept(problem, "openings")
    assert "laki-laki 1; perempuan 2" in kept_orders
    assert "perempuan 0" not in kept_orders
    assert kept_orders.count("night_shift") == 2  # the column of its own is not kept
    told = {(issue.code, issue.column, issue.line) for issue in issues}
    assert {
        ("READ_AS", "night_shift", 2),
        ("UNUSUAL", "night_shift", 3),
        ("SEATS_SUMMED", "seats_men", 2),
    } <= told


def test_one_nik_twice_is_told_at_the_nik(tmp_path: Path) -> None:
    people = "name,birth_date,programme,NIK\n" + "".join(
        f"Contoh {name},2001-05-0{n},las-pelat-gmaw-3g,3299990508020003\n"
        for n, name in ((1, "Satu"), (2, "Dua"))
    )
    place = scenario(tmp_path, candidates=people)
    (place / "ids.key").write_text("k" * 40, encoding="utf-8")
    _, issues = opened(place)
    twice = [issue for issue in issues if issue.code == "ID_TWICE"]
    assert [(issue.column, issue.header) for issue in twice] == [("nik", "NIK")] * 2


def test_two_birth_dates_in_one_row_are_told(tmp_path: Path) -> None:
    people = "candidate_id,birth_date,TTL,programme\n"
    people += 'C1,2001-05-01,"Bandung, 2003-05-01",las-pelat-gmaw-3g\n'
    problem, issues = opened(scenario(tmp_path, candidates=people))
    assert "2001-05-01" in kept(problem, "candidates")
    assert codes(issues, "UNUSUAL") == [("UNUSUAL", 2)]


def test_a_decision_in_a_workbook_is_told_at_its_sheet(tmp_path: Path) -> None:
    place = scenario(
        tmp_path,
        scenario=TOML.replace("[files]", '[files]\ndecisions = "p.xlsx#D"'),
    )
    book_of(
        place,
        D="action,candidate_id,opening_id,reason,by,on\nplace,C1,O2,sebab,Petugas,2022-12-01\n",
    )
    people = (place / "candidates.csv").read_text(encoding="utf-8")
    text = people.replace("school\n", "refuses\n").replace("S-01", "7-7-1")
    (place / "candidates.csv").write_text(
        text.replace("S-02", "").replace("S-03", ""), encoding="utf-8"
    )
    with pytest.raises(InputError) as raised:
        check_problem(open_scenario(place))
    locks = [issue for issue in raised.value.issues if issue.code == "LOCK_REFUSED"]
    assert {(issue.file, issue.sheet, issue.line) for issue in locks} == {("p.xlsx", "D", 2)}
