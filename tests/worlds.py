"""Whole worlds, as the tables of text an office keeps: strategies, and how they become problems.

Importing this module loads the hypothesis profile `ci`, so that every run draws the same worlds.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass, field, fields, replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from matcher.check import build_problem
from matcher.pipeline import Result, match, weigh
from matcher.problem import Problem, Profiles
from matcher.read import FROZEN, Part, Table, read_tables
from matcher.read.texts import Texts
from matcher.settings import FILE, Files, Settings
from matcher.vocabulary import load_vocabulary

hypothesis_settings.register_profile(
    "ci", max_examples=80, derandomize=True, deadline=None, print_blob=True
)
hypothesis_settings.load_profile("ci")

Row = Mapping[str, str]
Meaning = tuple[dict[str, object], list[tuple[object, ...]]]
ON = date(2022, 12, 12)
ENTRY = (date(2023, 4, 1), date(2023, 8, 31))


@dataclass(frozen=True)
class World:
    """Tables of text and the choices of `scenario.toml`; `chosen` are further keys of it, `beside`
    the tables of hosts, establishments, supervisors and schools."""

    candidates: tuple[Row, ...]
    openings: tuple[Row, ...]
    decisions: tuple[Row, ...] = ()
    objective: Mapping[str, object] = field(default_factory=dict)
    unknown: Mapping[str, str] = field(default_factory=dict)
    chosen: Mapping[str, object] = field(default_factory=dict)
    beside: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)

    def problem(self) -> Problem:
        """Return the problem, read and checked as any other."""
        stated = {
            "name": "World",
            "on": ON,
            "entry": list(ENTRY),
            "objective": dict(self.objective),
            "unknown": dict(self.unknown),
            **self.chosen,
        }
        rows = {"candidates": self.candidates, "openings": self.openings, **self.beside}
        if self.decisions:
            rows["decisions"] = self.decisions
        tables = {name: table_of(name, table) for name, table in rows.items()}
        return build_problem(tables, Settings.model_validate(stated), load_vocabulary())

    def result(self) -> Result:
        """Return the result of the world."""
        return match(self.problem())

    def with_person(self, place: int, **cells: str) -> World:
        """Return the world with some cells of one candidate's row changed."""
        return replace(self, candidates=_changed(self.candidates, place, cells))

    def with_opening(self, place: int, **cells: str) -> World:
        """Return the world with some cells of one opening's row changed."""
        return replace(self, openings=_changed(self.openings, place, cells))


PERSON: Row = {
    "candidate_id": "C1",
    "birth_date": "2001-05-01",
    "programme": "las-pelat-gmaw-3g",
    "training_start": "2022-08-15",
    "training_end": "2023-03-17",
    "training_jp": "640",
    "minutes_per_jp": "45",
    "jp_done": "160",
    "training_result": "dalam proses",
    "japanese_level": "N5",
    "former_trainee": "tidak",
    "available_from": "2023-03-20",
    "passport_until": "2030-01-01",
    "medical": "fit",
    "family_consent": "ya",
    "accepted_on": "2022-10-13",
    "wants_abroad": "ya",
}
OPENING: Row = {
    "opening_id": "O1",
    "host_id": "H1",
    "operation_no": "7-7-2",
    "seats": "1",
    "prefecture": "Aichi",
    "stage": "i",
    "monthly_wage": "170000",
    "monthly_hours": "168",
    "cost_to_candidate": "0",
}


def one_pair(person: Row | None = None, opening: Row | None = None) -> World:
    """Return a world of one welder and one job order that fit, with some cells changed."""
    return World(({**PERSON, **(person or {})},), ({**OPENING, **(opening or {})},))


def decision(action: str, candidate_id: str = "", opening_id: str = "") -> Row:
    """Return a row of the decisions' table."""
    who = {"candidate_id": candidate_id, "opening_id": opening_id}
    return {"action": action, **who, "reason": "told", "by": "Officer", "on": "2022-12-01"}


def table_of(name: str, rows: Sequence[Row]) -> Table:
    """Return rows as the table that `read` would make of them."""
    columns = list(dict.fromkeys(column for row in rows for column in row))
    part = Part(
        file=f"{name}.csv",
        header_line=1,
        columns={column: Texts([row.get(column, "") for row in rows]) for column in columns},
        lines=tuple(range(2, len(rows) + 2)),
        places={column: place for place, column in enumerate(columns)},
        headers={column: column for column in columns},
        read=len(rows),
    )
    return Table(name, (part,))


def meaning(problem: Problem) -> Meaning:
    """Return all of a problem that a run rests on, and the decisions without their places."""
    decided = [astuple(replace(decision, file="", line=0)) for decision in problem.decisions]
    values: dict[str, object] = {}
    parts = ("candidates", "openings", "lists", "labels", "hosts", "establishments", "supervisors")
    given = [getattr(problem, name) for name in parts]
    for part in (problem, *(part for part in given if part is not None)):
        for one in fields(part):
            value = getattr(part, one.name)
            if isinstance(value, np.ndarray):
                value = (value.dtype.str, value.tolist())
            if one.name == "outcomes":
                value = tuple(replace(step, file="", line=0) for step in problem.outcomes)
            if one.name not in ("decisions", "notes", "counts", "inputs", "sources", "settings"):
                values[f"{type(part).__name__}.{one.name}"] = value
    profiles = {
        one.name: getattr(problem.lists.profiles, one.name).tolist() for one in fields(Profiles)
    }
    values = {name: value for name, value in values.items() if name != "Lists.profiles"}
    for name in parts:
        del values[f"Problem.{name}"]
    return {**values, **profiles}, decided


def frozen(problem: Problem) -> Problem:
    """Return what the batch's frozen inputs of a problem are read as."""
    with TemporaryDirectory() as place:
        for name, content in problem.inputs.items():
            (Path(place) / name).write_bytes(content)
        named = {name.removesuffix(".csv"): name for name in problem.inputs if name != FILE}
        settings = problem.settings.model_copy(update={"files": Files(**named), "read": FROZEN})
        tables = read_tables(Path(place), settings, frozen=True)
        return build_problem(tables, settings, load_vocabulary())


def _changed(rows: tuple[Row, ...], place: int, cells: Row) -> tuple[Row, ...]:
    return (*rows[:place], {**rows[place], **cells}, *rows[place + 1 :])


def often(usual: str, *others: str) -> SearchStrategy[str]:
    """Draw `usual` about half of the time."""
    return st.sampled_from([usual] * max(1, len(others)) + list(others))


def nearly(usual: str, *others: str) -> SearchStrategy[str]:
    """Draw `usual` nearly always: for what refuses many pairs at once."""
    return st.sampled_from([usual] * 9 * len(others) + list(others))


# Programmes and operations from a handful that fit each other; welding is the most usual, so that
# people compete, and moulding takes any trade.
PEOPLE: SearchStrategy[Row] = st.fixed_dictionaries(
    {
        "programme": often("las-pelat-gmaw-3g", "las-pelat-smaw-3g")
        | often("las-pelat-gmaw-3g", "las-pelat-smaw-3g")
        | often("kes-caregiver", "mfg-operator-cnc", "gar-operator-sewing", "prc-hasil-perikanan"),
        "birth_date": nearly("2001-05-01", "2005-04-01", "2005-06-15", "2005-09-01"),
        "school": often("", "S1", "S2"),
        "training_end": often("2023-03-17", "", "2021-09-01", "2022-11-30")
        | nearly("", "2023-05-31"),
        "training_jp": often("640", "", "340"),
        "minutes_per_jp": often("45", "", "40"),
        "jp_done": often("160", "", "0", "340"),
        "training_result": often("dalam proses", "lulus", "", "lulus") | nearly("", "tidak lulus"),
        "certificates": often("", "C.25LAS01.001.1", "C.25LAS01.026.1@2022-12-11"),
        "skills": often("", "welding.cutting:2", "food.cut.fish:1; process.run:1"),
        "experience": often("", "7-7-1:6", "4-4-4:5; 7-4-2:12"),
        "japanese_level": often("N5", "", "belum tes", "none", "N4", "N3"),
        "japanese_expected": often("", "N4@2023-04-01", "N4@2023-05-02", "N3@2023-03-31"),
        "former_trainee": often("tidak", "") | nearly("tidak", "ya"),
        "available_from": often("2023-03-20", "")
        | nearly("2023-03-20", "2023-06-01", "2023-08-31", "2023-09-01"),
        "passport_until": often("", "2030-01-01", "2023-01-01"),
        "medical": often("fit", "", "pending") | nearly("fit", "unfit"),
        "family_consent": often("ya", "", "tidak"),
        "wishes_job_types": often("", "7-7; 6-6-1", "7-13-1", "7-4-2; 5-6; 4-4-4; 7-7-2"),
        "wishes_prefectures": often("", "Aichi", "Osaka; Gifu; Hokkaido; Aichi"),
        "refuses": nearly("", "night_shift", "Osaka", "7-7-1"),
        "accepts": often("pork; night_shift; heights", "", "pork"),
        "accepts_any_trade": often("ya", "", "tidak"),
        "accepted_on": often("2022-10-13", "", "2021-12-17", "2021-12-01", "2022-12-12"),
        "deposit": nearly("", "0", "500000"),
        "wants_abroad": often("ya", "") | nearly("ya", "tidak"),
    }
)
OPENINGS: SearchStrategy[Row] = st.fixed_dictionaries(
    {
        "host_id": st.sampled_from(["H1", "H2"]),
        "operation_no": often("7-7-2", "7-7-1", "6-6-1")
        | often("7-7-2", "7-7-1")
        | often("7-13-1", "6-4-1", "5-6-1", "5-7-1", "4-4-4", "4-7-1"),
        "seats": often("1", "2", "3") | nearly("1", "0"),
        "senders": nearly("", "S1", "S1; S2"),
        "prefecture": often("Aichi", "", "Osaka", "Hokkaido"),
        "stage": often("", "i", "ii"),
        "window": st.sampled_from(["", "", "", "2023-05-01 2023-05-31", "2023-07-01 2023-07-01"]),
        "order_closes": often("", "2023-01-13", "2022-12-12") | nearly("", "2022-12-11"),
        "min_japanese": nearly("", "N5", "N4", "N3"),
        "skills": nearly("", "welding.cutting:1!", "welding.cutting:2; process.run:1"),
        "conditions": often("", "night_shift", "heights; pork"),
        "monthly_wage": nearly("200000", "", "140000"),
        "monthly_hours": nearly("168", "", "176"),
        "cost_to_candidate": often("0", "", "2500000", "6000000"),
        "any_trade": often("", "ya", "tidak"),
    }
)
ANY_TRADE: Row = {"operation_no": "7-4-2", "any_trade": "ya"}
OBJECTIVES: SearchStrategy[Mapping[str, object]] = st.fixed_dictionaries(
    {
        "order": st.sampled_from(
            [["placements", "score"], ["score", "placements"], ["score"], ["placements"]]
        ),
        "min_score": st.sampled_from([0, 0, 0, 0, 450_000, 550_000]),
        "unplaced_worth": st.sampled_from([0, 0, 0, 500_000, 600_000]),
        "min_skill_fit": st.sampled_from([400, 400, 0, 700]),
        "seed": st.sampled_from(["20221212", "7", "biji 種"]),
    }
)
UNKNOWNS: SearchStrategy[Mapping[str, str]] = st.dictionaries(
    st.sampled_from(["training", "language", "readiness", "wishes", "waiting", "cost"]),
    st.sampled_from(["low", "middle"]),
)
WAIVERS = ("japanese_order", "must_skills", "entry_window", "order_open", "school_allowed")


@st.composite
def openings_of(draw: DrawFn, most: int) -> tuple[Row, ...]:
    """Draw the openings' table: a few kinds of order, each perhaps more than once."""
    kinds = draw(st.lists(OPENINGS, min_size=2, max_size=4))
    rows = []
    for place in range(draw(st.integers(1, most) | st.just(most))):
        row = dict(draw(st.sampled_from(kinds)))
        if draw(st.integers(0, 4)) == 0:
            row |= ANY_TRADE
        start, _, end = row.pop("window").partition(" ")
        rows.append({"opening_id": f"O{place}", **row, "entry_from": start, "entry_to": end})
    return tuple(rows)


@st.composite
def people_of(draw: DrawFn, most: int) -> tuple[Row, ...]:
    """Draw the candidates' table: a few kinds of people, each perhaps more than once."""
    kinds = draw(st.lists(PEOPLE, min_size=2, max_size=4))
    return tuple(
        {"candidate_id": f"種{place}", **draw(st.sampled_from(kinds))}
        for place in range(draw(st.integers(1, most) | st.just(most)))
    )


@st.composite
def decisions_of(draw: DrawFn, world: World) -> tuple[Row, ...]:
    """Draw decisions about a world, locks left out."""
    person = st.sampled_from([row["candidate_id"] for row in world.candidates])
    order = st.sampled_from([row["opening_id"] for row in world.openings])
    rows = []
    for _ in range(draw(st.sampled_from([0, 0, 1, 2, 4]))):
        action = draw(st.sampled_from(["forbid", "hold", "withdraw", "waive", "waive", "waive"]))
        if action == "waive":
            action = "waive:" + draw(st.sampled_from(WAIVERS))
        whose, where = draw(person), draw(order)
        if action in ("hold", "withdraw"):
            whose, where = (whose, "") if draw(st.integers(0, 3)) else ("", where)
        rows.append(decision(action, whose, where))
    return tuple(rows)


@st.composite
def locks_of(draw: DrawFn, world: World) -> tuple[Row, ...]:
    """Draw placements on record that no rule refuses and the seats allow."""
    wanted = draw(st.sampled_from([0, 0, 0, 1, 2]))
    if not wanted:
        return ()
    problem = world.problem()
    _, _, screening, _ = weigh(problem)
    pairs = list(zip(screening.candidate.tolist(), screening.opening.tolist(), strict=True))
    seats = dict(enumerate(problem.openings.seats.tolist()))
    locks: dict[int, int] = {}
    for person, place in draw(st.permutations(pairs)) if pairs else []:
        if len(locks) < wanted and person not in locks and seats[place]:
            locks[person] = place
            seats[place] -= 1
    return tuple(
        decision("place", problem.candidate_ids[person], problem.opening_ids[place])
        for person, place in locks.items()
    )


@st.composite
def worlds(draw: DrawFn, people: int = 5, openings: int = 4) -> World:
    """Draw a whole world of up to so many people and openings, its locks possible."""
    world = World(
        draw(people_of(people)),
        draw(openings_of(openings)),
        (),
        draw(OBJECTIVES),
        draw(UNKNOWNS),
    )
    world = replace(world, decisions=draw(decisions_of(world)))
    return replace(world, decisions=(*world.decisions, *draw(locks_of(world))))
