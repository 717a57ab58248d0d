"""Questions after the plan: asked where they must be, and never a filter."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from matcher.check import build_problem
from matcher.explain.questions import ask_questions, count_questions
from matcher.language import words_of
from matcher.pipeline import Result, match
from matcher.report.questions import list_questions, table_questions
from matcher.settings import Settings
from matcher.vocabulary import load_vocabulary
from tests.worlds import ENTRY, ON, OPENING, PERSON, Row, table_of

EN = words_of("en")


def result(
    sexes: str,
    host: Row | None = None,
    licence: str | None = None,
    order: Row | None = None,
) -> Result:
    """Return the result of welders of these sexes (? for blank) who all get the one order's seats;
    `host` are the rooms of its host, `licence` that of the sending organisation."""
    people: Sequence[Row] = [
        {
            **PERSON,
            "candidate_id": f"C{at}",
            "sex": sex.replace("?", ""),
            "school": "S1",
            "recommended_on": "2022-12-01",
        }
        for at, sex in enumerate(sexes)
    ]
    tables: dict[str, Sequence[Row]] = {
        "candidates": people,
        "openings": [{**OPENING, "seats": str(len(sexes)), **(order or {})}],
    }
    if host is not None:
        full = {"full_time_staff": "500", "trainees_1": "0", "trainees_2": "0", "trainees_3": "0"}
        tables["hosts"] = [{"host_id": "H1", **full, **host}]
    if licence is not None:
        tables["schools"] = [{"school": "S1", "licence": licence}]
    settings = Settings.model_validate({"name": "World", "on": ON, "entry": list(ENTRY)})
    read = {name: table_of(name, rows) for name, rows in tables.items()}
    found = match(build_problem(read, settings, load_vocabulary()))
    assert (found.plan.opening == 0).all()
    return found


def kinds(found: Result) -> list[str]:
    """Return the kinds of the questions in their order."""
    return [question.kind for question in ask_questions(found)]


ROOMS = {"rooms_women": "10", "rooms_men": "10"}


@pytest.mark.parametrize(
    ("sexes", "expected"),
    [
        ("L", ["alone"]),
        ("P", ["alone"]),
        ("LL", []),
        ("PP", []),
        ("LP", ["alone", "alone"]),
        ("LLP", ["alone"]),
        ("LPP", ["alone"]),
        ("LLPP", []),
        ("LL?", ["sex_unknown"]),
        ("LLP?", ["alone", "sex_unknown"]),
    ],
)
def test_one_woman_or_one_man(sexes: str, expected: list[str]) -> None:
    found = result(sexes, ROOMS)
    assert kinds(found) == expected
    alone = [question for question in ask_questions(found) if question.kind == "alone"]
    for question in alone:
        assert [sexes.count(sexes[person]) for person in question.people] == [1]
        assert ("not recorded" in EN(question.text)) == ("?" in sexes)


@pytest.mark.parametrize(
    ("sexes", "rooms", "expected"),
    [
        ("PP", {"rooms_women": "2"}, []),
        ("PP", {"rooms_women": "1"}, ["rooms_short"]),
        ("PP", {"rooms_women": "0", "rooms_men": "9"}, ["rooms_short"]),
        ("PP", {"rooms_men": "9"}, ["rooms_unknown"]),
        ("LL", {"rooms_women": "9"}, ["rooms_unknown"]),
        ("LLPP", {}, ["rooms_unknown", "rooms_unknown"]),
        ("LLPP", {"rooms_women": "1", "rooms_men": "1"}, ["rooms_short", "rooms_short"]),
    ],
)
def test_rooms(sexes: str, rooms: Row, expected: list[str]) -> None:
    assert kinds(result(sexes, rooms)) == expected


def test_without_a_table_of_hosts_rooms_are_unknown_once() -> None:
    found = result("LLPP")
    assert kinds(found) == ["rooms_unknown"]
    (question,) = ask_questions(found)
    assert (question.host, question.people) == ("", (0, 1, 2, 3))


@pytest.mark.parametrize(
    ("licence", "expected"),
    [(None, 0), ("", 0), ("titp", 0), ("titp; esd", 0), ("none", 1), ("esd", 1)],
)
def test_the_licence_of_the_sending_organisation(licence: str | None, expected: int) -> None:
    found = result("LL", ROOMS, licence)
    asked = [question for question in ask_questions(found) if question.kind == "licence"]
    assert len(asked) == expected
    for question in asked:
        assert (question.school, question.people) == ("S1", (0, 1))
        assert "2 people" in EN(question.text)


def test_questions_leave_nobody_out() -> None:
    plain, asked = result("LP", ROOMS, "titp"), result("LP", {"rooms_women": "0"}, "none")
    assert plain.plan.opening.tolist() == asked.plan.opening.tolist()
    assert plain.screening.open_rules.tolist() == asked.screening.open_rules.tolist()
    assert count_questions(ask_questions(asked)) == {
        **{"alone": 2, "rooms_short": 1, "rooms_unknown": 1, "licence": 1}
    }


def test_rows_and_lines_of_the_questions() -> None:
    found = result("LP", {"rooms_women": "0", "rooms_men": "5"}, "none")
    table = table_questions(found, EN)
    assert table["kind"].tolist() == ["alone", "alone", "licence", "rooms_short"]
    assert table["host_id"].tolist() == ["H1", "H1", "", "H1"]
    assert table["school"].tolist() == ["", "", "S1", ""]
    assert table["candidates"].tolist() == ["C0", "C1", "C0; C1", "C1"]
    assert set(table["openings"]) == {"O1"}
    told = list_questions(found, EN).splitlines()
    assert told[0] == "Questions after the plan, which leave nobody out: 4"
    assert told[1].startswith("  · H1 (O1): one woman among the 2 people proposed here")
    assert len(told) == 5
    assert "all hosts" in list_questions(result("LL"), EN)


def test_papers_to_enclose_and_to_declare() -> None:
    people = [
        {**PERSON, "candidate_id": "C0", "coe_refused": "ya", "recommended_on": "2022-12-01"},
        {**PERSON, "candidate_id": "C1", "coe_refused": "tidak"},
    ]
    settings = Settings.model_validate({"name": "World", "on": ON, "entry": list(ENTRY)})
    tables = {"candidates": people, "openings": [{**OPENING, "seats": "2"}]}
    read = {name: table_of(name, rows) for name, rows in tables.items()}
    found = match(build_problem(read, settings, load_vocabulary()))
    asked = {question.kind: question.people for question in ask_questions(found)}
    assert (asked["declared"], asked["recommended"]) == ((0,), (1,))


def test_seats_above_a_quota_are_asked_about() -> None:
    few = {**ROOMS, "full_time_staff": "2"}
    tables = {
        "candidates": [{**PERSON, "candidate_id": f"C{at}"} for at in range(3)],
        "openings": [{**OPENING, "seats": "3"}],
        "hosts": [
            {"host_id": "H1", "trainees_1": "0", "trainees_2": "0", "trainees_3": "0", **few}
        ],
    }
    settings = Settings.model_validate({"name": "World", "on": ON, "entry": list(ENTRY)})
    read = {name: table_of(name, rows) for name, rows in tables.items()}
    found = match(build_problem(read, settings, load_vocabulary()))
    (asked,) = [question for question in ask_questions(found) if question.kind == "quota"]
    assert (asked.host, asked.openings, len(asked.people)) == ("H1", (0,), 2)
    assert "T2: 2 full-time staff give 2 at stage i" in EN(asked.text)
