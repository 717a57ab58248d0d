"""The pilot as offices send it: the same plan as from the clean tables, nothing lost on the way."""

from __future__ import annotations

import re
import subprocess
import sys
import zipfile
from collections import Counter
from dataclasses import fields
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from matcher.batch import TABLES, run_scenario
from matcher.pipeline import Result
from matcher.report.render import render_csv
from tests.readme import ROOT

SCENARIOS = ROOT / "scenarios"
CLEAN, RECEIVED = SCENARIOS / "ijc-2023", SCENARIOS / "as-received"
AS_WRITTEN = ("problems.csv", "wishes.csv")  # they tell cells as they were written
PLAN = sorted(name for name in TABLES if name not in AS_WRITTEN)
WORKBOOKS = (".xlsx", ".ods")
CODES = {
    "bpvp-bekasi.xlsx": "FOOTER_ROW HEADER_ROW SHEET_CHOSEN ID_MADE PERCENT_SCALED DATE_FORM "
    "READ_AS LIST_MARKS COLUMN_UNUSED",
    "lpk-makassar.xlsx": "HEADER_ROW ID_MADE DATE_FORM ANSWER_FORM NO_DATA_WORD NUMBER_FORM "
    "WORD_FORM LEVEL_FORM READ_AS LIST_MARKS COLUMN_UNUSED",
    "blk-medan.xlsx": "NUMBER_FORM WORD_FORM LEVEL_FORM READ_AS LIST_MARKS COLUMN_UNKNOWN",
    "padang-semarang.csv": "FILE_READ_AS FOOTER_ROW DATE_FORM NUMBER_FORM READ_AS ANSWER_FORM",
    "kyujin.csv": "FILE_READ_AS HEADER_ROW FOOTER_ROW ERA DATE_FORM NUMBER_FORM WORD_FORM READ_AS "
    "LEVEL_FORM LIST_MARKS ANSWER_FORM SEATS_SUMMED",
    "kumiai.ods": "ANSWER_FORM NUMBER_FORM READ_AS WIDTH",
    "kanri-dantai.csv": "FILE_READ_AS HEADER_ROW ERA WORD_FORM READ_AS LIST_MARKS",
    "daftar-so.csv": "FILE_READ_AS COLUMN_UNUSED READ_AS NUMBER_FORM",
}
ROWS = {
    "bpvp-bekasi.xlsx": 48,
    "lpk-makassar.xlsx": 32,
    "blk-medan.xlsx": 32,
    "padang-semarang.csv": 48,
    "kyujin.csv": 62,
    "kumiai.ods": 45 + 5,
    "kanri-dantai.csv": 2,
    "daftar-so.csv": 5,
    "decisions.csv": 8,
}


@cache
def result_of(folder: Path) -> Result:
    return run_scenario(folder)


def content(path: Path) -> object:
    """Return a file's bytes, those of its members where it is a workbook: how they are packed
    depends on the machine."""
    if path.suffix not in WORKBOOKS:
        return path.read_bytes()
    with zipfile.ZipFile(path) as book:
        return {name: book.read(name) for name in book.namelist()}


def test_the_files_are_what_the_script_writes(tmp_path: Path) -> None:
    script = [sys.executable, str(SCENARIOS / "as_received.py"), str(tmp_path)]
    subprocess.run(script, check=True)
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == sorted(path.name for path in RECEIVED.iterdir())
    for name in names:
        assert content(tmp_path / name) == content(RECEIVED / name), name


@pytest.mark.parametrize("table", PLAN)
def test_the_plan_is_that_of_the_clean_tables(table: str) -> None:
    clean, received = (render_csv(TABLES[table](result_of(folder))) for folder in (CLEAN, RECEIVED))
    assert received == clean


def test_wishes_are_of_the_same_kinds() -> None:
    clean, received = (
        {(wish.opening, wish.kind, wish.sex, wish.low, wish.high) for wish in wishes}
        for wishes in (result_of(folder).problem.wishes for folder in (CLEAN, RECEIVED))
    )
    assert received == clean != set()


@pytest.mark.parametrize(
    "part", ["candidates", "openings", "hosts", "establishments", "supervisors"]
)
def test_every_value_that_rules_and_scores_use_is_the_same(part: str) -> None:
    clean, received = (getattr(result_of(folder).problem, part) for folder in (CLEAN, RECEIVED))
    assert len(clean) == len(received) > 0
    for field in fields(clean):
        ours, theirs = getattr(clean, field.name), getattr(received, field.name)
        same = ours == theirs if isinstance(ours, tuple) else np.array_equal(ours, theirs)
        assert same, field.name


def test_ids_people_and_decisions_are_the_same() -> None:
    clean, received = (result_of(folder).problem for folder in (CLEAN, RECEIVED))
    assert received.candidate_ids == clean.candidate_ids
    assert received.opening_ids == clean.opening_ids
    assert received.decisions == clean.decisions
    assert received.labels.centres == clean.labels.centres
    assert received.labels.licences == clean.labels.licences
    assert received.lists.establishments == clean.lists.establishments
    assert received.lists.supervisors == clean.lists.supervisors
    assert received.settings.seed == clean.settings.seed


def test_no_row_is_lost_and_none_refused() -> None:
    counts = result_of(RECEIVED).problem.counts
    accepted: Counter[str] = Counter()
    for count in counts:
        accepted[count.file.partition(" › ")[0]] += count.accepted
    assert accepted == ROWS
    for count in counts:
        assert count.read == count.accepted + count.refused + count.ignored, count.file
        assert count.refused == 0, count.file


@pytest.mark.parametrize("file", CODES)
def test_what_was_mended_is_told(file: str) -> None:
    issues = [issue for issue in result_of(RECEIVED).problem.notes if issue.file == file]
    assert set(CODES[file].split()) <= {issue.code for issue in issues}
    for issue in issues:
        assert issue.severity == "note"
        if issue.action == "fix" and issue.became is not None:
            assert issue.value != issue.became


def test_no_personal_number_is_told() -> None:
    told = " ".join(f"{note.value} {note.became}" for note in result_of(RECEIVED).problem.notes)
    assert not re.search("329999[0-9]|0812-0000", told)


def test_the_settings_are_short() -> None:
    text = (RECEIVED / "scenario.toml").read_text(encoding="utf-8")
    assert len([line for line in text.splitlines() if line]) <= 20
