"""`scenario.toml`: names and the seed that follows from them."""

from __future__ import annotations

import unicodedata
from datetime import date

import pytest

from matcher.check.words import check_words
from matcher.errors import InputError
from matcher.language import say
from matcher.law import Ruling
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


def test_figures_of_the_law_are_confirmed_or_overridden() -> None:
    settings = stated(
        '[law]\ntitp_course_hours = { value = 320, by = "JOE", on = 2022-11-20, source = "mail" }\n'
        "esd_quota = { value ="
        " [[5, 3], [30, 9], [40, 9], [50, 9], [100, 9], [200, 9], [300, 9]],"
        ' by = "JOE", on = 2022-11-20 }\n'
        'titp_course_months = { by = "JOE", on = 2022-11-20 }'
    )
    day = date(2022, 11, 20)
    assert settings.rulings == {
        "titp_course_hours": Ruling("titp_course_hours", 320, "JOE", day, "mail"),
        "esd_quota": Ruling(
            "esd_quota",
            ((5, 3), (30, 9), (40, 9), (50, 9), (100, 9), (200, 9), (300, 9)),
            "JOE",
            day,
            "",
        ),
        "titp_course_months": Ruling("titp_course_months", None, "JOE", day, ""),
    }
    assert stated("").rulings == {}


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ('titp_hour = { by = "J", on = 2022-11-20 }', ["law.titp_hour"]),
        ('titp_hours = { value = "3", by = "J", on = 2022-11-20 }', ["law.titp_hours"]),
        ("titp_hours = { value = 3 }", ["law.titp_hours.by", "law.titp_hours.on"]),
        ("titp_hours = 3", ["law.titp_hours"]),
        ('titp_hours = { bye = 1, by = "J", on = 2022-11-20 }', ["law.titp_hours.bye"]),
        ('esd_start = { value = 3, by = "J" }', ["law.esd_start.on", "law.esd_start"]),
    ],
)
def test_rulings_that_cannot_stand_are_told(line: str, keys: list[str]) -> None:
    assert faults(f"[law]\n{line}") == [(key, "SETTINGS") for key in keys]


def test_an_unknown_figure_is_told_with_the_nearest() -> None:
    with pytest.raises(InputError) as caught:
        stated('[law]\ntitp_course_hour = { by = "J", on = 2022-11-20 }')
    (issue,) = caught.value.issues
    assert issue.mend == say("did you mean “{word}”?", word="titp_course_hours")


def test_promises_costs_and_the_tables_beside() -> None:
    settings = stated(
        '[promises]\nprior_experience = "agreement of 2022"\n[costs]\nrupiah_per_yen = 105\n'
        '[files]\nestablishments = "e.csv"\nsupervisors = "s.csv"\nschools = ["a.csv", "b.csv"]'
    )
    assert settings.promises.prior_experience == "agreement of 2022"
    assert settings.costs.rupiah_per_yen == 105
    assert settings.files.named["schools"] == ("a.csv", "b.csv")
    assert stated("").promises.prior_experience is None
    assert stated("").costs.rupiah_per_yen is None
    assert faults("[costs]\nrupiah_per_yen = 0") == [("costs.rupiah_per_yen", "SETTINGS")]
    assert faults('[promises]\nprior_experience = ""') == [
        ("promises.prior_experience", "SETTINGS")
    ]


@pytest.mark.parametrize("key", ["earlier", "outcomes", "objections", "demand", "scores"])
def test_the_tables_of_what_happened_are_named_like_the_others(key: str) -> None:
    assert stated(f'[files]\n{key} = "../x/{key}.csv"').files.named[key] == (f"../x/{key}.csv",)
    assert faults(f'[files]\n{key} = ["x.csv", "x.csv"]') == [(f"files.{key}", "SETTINGS")]
