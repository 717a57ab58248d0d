"""`scenario.toml`: names and the seed that follows from them."""

from __future__ import annotations

import unicodedata

import pytest

from matcher.check.words import check_words
from matcher.errors import InputError
from matcher.settings import Read, Settings, declare, parse_settings
from matcher.vocabulary import load_vocabulary


def named(name: str) -> Settings:
    """Return settings of that name."""
    return parse_settings(f'name = "{name}"\non = 2022-12-12\n'.encode())


def test_the_seed_is_the_same_however_the_name_is_composed() -> None:
    composed, apart = (unicodedata.normalize(form, "Café") for form in ("NFC", "NFD"))
    assert composed != apart
    assert named(composed).seed == named(apart).seed
    assert len(named(composed).seed) == 64


@pytest.mark.parametrize("name", ["第12期　候補者", "Angkatan 12", "Angkatan\u00a012"])
def test_names_may_hold_any_space_people_write(name: str) -> None:
    assert named(name).name == name


@pytest.mark.parametrize("name", ["", "   ", "a\\nb", "a\u202eb", "a\u200bb"])
def test_names_that_do_not_show_are_refused(name: str) -> None:
    with pytest.raises(InputError):
        named(name)


def stated(more: str) -> Settings:
    """Return settings with more lines."""
    return parse_settings(f'name = "N"\non = 2022-12-12\n{more}\n'.encode())


def faults(more: str) -> list[tuple[str, str]]:
    """Return the keys and codes of the faults of settings."""
    with pytest.raises(InputError) as caught:
        check_words(stated(more), load_vocabulary())
    return [(issue.column, issue.code) for issue in caught.value.issues]


def test_a_table_is_one_file_or_several() -> None:
    files = stated('[files]\ncandidates = ["a.xlsx#Peserta", "b.csv"]\nhosts = "h.ods"').files
    assert files.named == {
        "candidates": ("a.xlsx#Peserta", "b.csv"),
        "openings": ("openings.csv",),
        "hosts": ("h.ods",),
    }


@pytest.mark.parametrize("paths", ["[]", '["a.csv", "a.csv"]', "3", "[3]", "true"])
def test_files_that_are_no_names_are_refused(paths: str) -> None:
    found = faults(f"[files]\ncandidates = {paths}")
    assert {code for _, code in found} == {"SETTINGS"}
    assert all(key.startswith("files.candidates") for key, _ in found)


@pytest.mark.parametrize(
    ("key", "good", "bad"),
    [
        ("date_order", "dmy", "dym"),
        ("number_style", "id", "de"),
        ("encoding", "cp932", "latin-1"),
        ("hidden", "include", "ask"),
    ],
)
def test_what_may_be_declared_of_files(key: str, good: str, bad: str) -> None:
    assert getattr(stated(f'[read]\n{key} = "{good}"').read, key) == good
    assert faults(f'[read]\n{key} = "{bad}"') == [(f"read.{key}", "SETTINGS")]


def test_the_command_line_comes_before_the_file() -> None:
    settings = stated('[read]\ndate_order = "dmy"\nhidden = "skip"\n[read.columns]\nKode = "name"')
    declared = declare(settings, Read(date_order="mdy", sheet="Data"))
    assert declared.read == Read(
        date_order="mdy", hidden="skip", sheet="Data", columns={"Kode": "name"}
    )
    assert declare(settings, None) == declare(settings, Read()) == settings


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ('[read.columns]\n"Kode X" = "candidate_if"', "read.columns.Kode X"),
        ('[job_types]\nlas = "99-99-9"', "job_types.las"),
    ],
)
def test_the_offices_own_words_must_name_something(more: str, key: str) -> None:
    assert faults(more) == [(key, "SETTINGS")]


def test_the_offices_own_words_that_name_something_are_fine() -> None:
    more = '[read.columns]\n"Kode X" = "candidate_id"\nNama = ""\n[job_types]\nlas = "7-7-2"'
    check_words(stated(more), load_vocabulary())
