"""Write a made-up scenario of any size from a shape (a TOML file).

    python scenarios/generate.py scenarios/ijc-2023
    python scenarios/generate.py big --people 2000 --openings 400 --seed 7

Counts of the shape are scaled by largest remainder; at the shape's own size they are met exactly.
"""

import argparse
import csv
import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from columns import (
    CANDIDATE_COLUMNS,
    DECISION_COLUMNS,
    ESTABLISHMENT_COLUMNS,
    HOST_COLUMNS,
    OPENING_COLUMNS,
    SCHOOL_COLUMNS,
    SUPERVISOR_COLUMNS,
)
from demand import make_openings, openings_of
from draw import Dice, Row, Shape, share
from parties import make_establishments, make_schools, make_supervisors
from people import make_candidates, people_of

TABLES = {
    "candidates": CANDIDATE_COLUMNS,
    "openings": OPENING_COLUMNS,
    "hosts": HOST_COLUMNS,
    "establishments": ESTABLISHMENT_COLUMNS,
    "supervisors": SUPERVISOR_COLUMNS,
    "schools": SCHOOL_COLUMNS,
    "decisions": DECISION_COLUMNS,
}
PILOT = Path(__file__).with_name("shapes") / "ijc-2023.toml"


@dataclass(frozen=True)
class Scenario:
    """The tables of a scenario, a list of rows each."""

    candidates: list[Row]
    openings: list[Row]
    hosts: list[Row]
    establishments: list[Row]
    supervisors: list[Row]
    schools: list[Row]
    decisions: list[Row]


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the scenario that the command line asks for."""
    asked = _arguments(arguments)
    shape = tomllib.loads(asked.shape.read_text(encoding="utf-8"))
    people = asked.people or people_of(shape)
    openings = asked.openings or openings_of(shape)
    seed = shape["seed"] if asked.seed is None else asked.seed
    scenario = make_scenario(shape, people, openings, seed)
    whole = (people, openings) == (people_of(shape), openings_of(shape))
    name = asked.name or (shape["name"] if whole else f"{shape['name']}, {people} x {openings}")
    asked.folder.mkdir(parents=True, exist_ok=True)
    _write_tables(asked.folder, scenario)
    _write(asked.folder / "scenario.toml", _settings(shape, name))
    look_for = shape["look_for"] if whole else []
    _write(asked.folder / "README.md", _readme(name, _command(asked), scenario, look_for))


def make_scenario(shape: Shape, people: int, openings: int, seed: int) -> Scenario:
    """Return a scenario of that many people and openings in the mix of the shape."""
    dice = Dice(seed)
    orders, hosts = make_openings(dice, shape, openings)
    candidates = make_candidates(dice, shape, people)
    decisions = _decisions(dice, shape, candidates, orders, hosts)
    establishments = make_establishments(Dice(seed + 1), shape, orders, hosts)
    supervisors = make_supervisors(shape, orders, hosts)
    schools = make_schools(shape)
    return Scenario(candidates, orders, hosts, establishments, supervisors, schools, decisions)


def _arguments(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Write a made-up scenario of any size.")
    parser.add_argument("folder", type=Path, help="where to write; files there are replaced")
    parser.add_argument("--shape", type=Path, default=PILOT, help="the mix (a TOML file)")
    parser.add_argument("--people", type=_count, help="number of candidates")
    parser.add_argument("--openings", type=_count, help="number of openings")
    parser.add_argument("--seed", type=int, help="of the draw; the shape's own if not given")
    parser.add_argument("--name", help="the scenario's name")
    return parser.parse_args(arguments)


def _count(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return int(text)


def _decisions(
    dice: Dice, shape: Shape, people: list[Row], orders: list[Row], hosts: list[Row]
) -> list[Row]:
    """Return places, forbids, withdrawals and holds, each of another person."""
    rules, whole = shape["decisions"], people_of(shape)
    counts = {
        key: share(rules[key], whole, len(people))
        for key in ("places", "forbids", "withdrawals", "holds")
    }
    sound_hosts = {host["host_id"] for host in hosts if _has_room(host)}
    sound = [row for row in orders if row["host_id"] in sound_hosts and _is_plain(shape, row)]
    decisions: list[Row] = []
    pairs = _pairs(dice, shape, [row for row in people if _is_ready(shape, row)], sound)
    for action, key in (("place", "places"), ("forbid", "forbids")):
        for candidate_id, opening_id in pairs[: counts[key]]:
            decisions.append(_decision(rules, action, candidate_id, opening_id))
        pairs = pairs[counts[key] :]
    named = {row["candidate_id"] for row in decisions}
    others = dice.shuffled([row for row in people if row["candidate_id"] not in named])
    for person in [row for row in others if row["deposit"] == "0"][: counts["withdrawals"]]:
        decisions.append(_decision(rules, "withdraw", person["candidate_id"], ""))
        others.remove(person)
    for person in [row for row in others if row["medical"] == "pending"][: counts["holds"]]:
        decisions.append(_decision(rules, "hold", person["candidate_id"], ""))
    return decisions


def _decision(rules: Shape, action: str, candidate_id: str, opening_id: str) -> Row:
    cells = (action, candidate_id, opening_id, rules[f"{action}_reason"], rules["by"], rules["on"])
    return {column: str(cell) for column, cell in zip(DECISION_COLUMNS, cells, strict=True)}


def _pairs(dice: Dice, shape: Shape, people: list[Row], orders: list[Row]) -> list[tuple[str, str]]:
    """Return people with an opening of their trade, nobody and no opening twice."""
    waiting: dict[str, list[Row]] = {}
    for person in dice.shuffled(people):
        waiting.setdefault(person["programme"], []).append(person)
    programmes = {name: rule["operations"][0] for name, rule in sorted(shape["programmes"].items())}
    pairs: list[tuple[str, str]] = []
    for opening in dice.shuffled(orders):
        trained = [name for name, best in programmes.items() if best == opening["operation_no"]]
        able = (
            (name, at)
            for name in trained
            for at, person in enumerate(waiting.get(name, []))
            if _agrees(shape, person, opening)
        )
        name, at = next(able, ("", 0))
        if name:
            person = waiting[name].pop(at)
            pairs.append((person["candidate_id"], opening["opening_id"]))
    return pairs


def _agrees(shape: Shape, person: Row, opening: Row) -> bool:
    refused = person["refuses"].split("; ")
    if opening["operation_no"] in refused or opening["prefecture"] in refused:
        return False
    last = opening["entry_to"] or str(shape["entry"][1])
    return person["available_from"] <= last


def _is_ready(shape: Shape, person: Row) -> bool:
    """Return whether nothing about the person is open that a lock would stumble over."""
    on: date = shape["on"]
    adult = person["birth_date"] <= on.replace(year=on.year - 18).isoformat()
    care = shape["people"]["language"]
    return (
        adult
        and (person["programme"] != care["care_programme"] or person["japanese_level"] == "N4")
        and person["medical"] in ("fit", "")
        and person["training_result"] == "dalam proses"
        and person["former_trainee"] == person["coe_refused"] == "tidak"
        and person["wants_abroad"] == "ya"
        and person["family_consent"] == "ya"
        and person["deposit"] == "0"
        and person["available_from"] != ""
    )


def _is_plain(shape: Shape, opening: Row) -> bool:
    """Return whether the opening is still open and asks nothing special."""
    low = shape["openings"]["low_wage"]["monthly_wage"]
    return (
        not any(opening[key] for key in ("min_japanese", "senders", "conditions"))
        and "!" not in opening["skills"]
        and not "" < opening["order_closes"] < str(shape["on"])
        and opening["monthly_wage"] != str(low)
    )


def _has_room(host: Row) -> bool:
    return host["trainees_1"] != "" and int(host["full_time_staff"]) >= 10


def _write_tables(folder: Path, scenario: Scenario) -> None:
    """Write the tables."""
    for table, columns in TABLES.items():
        write_rows(folder / f"{table}.csv", columns, getattr(scenario, table))


def write_rows(path: Path, columns: Sequence[str], rows: list[Row]) -> None:
    """Write one table."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _settings(shape: Shape, name: str) -> str:
    """Return the text of `scenario.toml`."""
    first, last = shape["entry"]
    files = "".join(f'{table} = "{table}.csv"\n' for table in TABLES)
    return (
        f"name = {json.dumps(name, ensure_ascii=False)}\n"
        f'on = {shape["on"]}\nlanguage = "{shape["language"]}"\nentry = [{first}, {last}]\n\n'
        f'[files]\n{files}\n[objective]\nseed = "{shape["objective_seed"]}"\n'
    )


def _command(asked: argparse.Namespace) -> str:
    """Return the command that writes this folder again."""
    words = [f"python scenarios/generate.py scenarios/{asked.folder.resolve().name}"]
    if asked.shape != PILOT:
        words.append(f"--shape {asked.shape.as_posix()}")
    for option in ("people", "openings", "seed"):
        if (value := getattr(asked, option)) is not None:
            words.append(f"--{option} {value}")
    if asked.name:
        words.append(f"--name {json.dumps(asked.name, ensure_ascii=False)}")
    return " ".join(words)


def _readme(name: str, command: str, scenario: Scenario, look_for: list[str]) -> str:
    """Return the text of `README.md`."""
    seats = sum(int(row["seats"]) for row in scenario.openings)
    lines = [
        f"# {name}",
        "",
        f"{len(scenario.candidates)} candidates, {len(scenario.openings)} openings with {seats} "
        f"seats, {len(scenario.hosts)} hosts, {len(scenario.establishments)} care establishments, "
        f"{len(scenario.supervisors)} supervising organisations, {len(scenario.schools)} sending "
        f"schools, {len(scenario.decisions)} decisions.",
        "All people and hosts are made up; only the shape is that of a real year. Written by",
        "",
        f"    {command}",
    ]
    if look_for:
        lines += ["", "What to look for:", "", *(f"- {line}" for line in look_for)]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
