"""Small random worlds of given scores under limits of every kind, seats on record among them; and
whether a plan keeps the limits, counted from the rows themselves."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np

from matcher.language import say
from matcher.quotas import Cap
from tests.worlds import OPENING, Row, World, decision

CENTRES = ("BLK Contoh A", "BLK Contoh B", "")
PROVINCES = ("Jawa Barat", "Bali", "")
SCHOOLS = ("S1", "S2", "")
JOBS = ("7-7-2", "3-6-1", "6-4-1", "7-13-1")
GROUP_OF = {
    "7-7-2": "other",
    "7-13-1": "other",
    "3-6-1": "construction",
    "6-4-1": "machinery_metal",
}
PREFECTURES = ("Aichi", "Osaka", "")
MONTHS = ("2023-04", "2023-05")
PEOPLE_BY = ("centre", "province", "school")
SEATS_BY = ("job_group", "job_category", "host", "prefecture", "entry_month")
PAYERS = ("kemnaker", "school", "joe", "host", "person")
SIZES = {"S1": 1, "S2": 2}

Stated = Mapping[str, object]
Seats = Sequence[int | None]


def limited_world(seed: int, *, locks: bool = True) -> World:
    """Return a world of up to 4 people and 4 openings under up to 4 limits."""
    draw = random.Random(f"{seed} limits")
    people = tuple(_person(draw, number) for number in range(draw.randint(1, 4)))
    openings = tuple(_opening(draw, number) for number in range(draw.randint(1, 4)))
    rows = [
        {
            "candidate_id": p["candidate_id"],
            "opening_id": o["opening_id"],
            "score": draw.choice("1337"),
        }
        for p in people
        for o in openings
        if draw.random() < 0.8
    ] or [{"candidate_id": "C0", "opening_id": "O0", "score": "3"}]
    limits = _limits(draw, people, openings)
    world = World(
        people,
        openings,
        chosen={"scores": {"rules": False}, "limits": limits},
        beside={
            "scores": tuple(rows),
            "schools": tuple({"school": s, "class_size": str(n)} for s, n in SIZES.items()),
        },
    )
    if not locks or draw.random() < 0.5:
        return world
    left = {str(row["opening_id"]): int(row["seats"]) for row in openings}
    decided: list[Row] = []
    for row in draw.sample(rows, min(len(rows), draw.choice([1, 1, 2]))):
        person, place = row["candidate_id"], row["opening_id"]
        if left[place] and all(person != one["candidate_id"] for one in decided):
            left[place] -= 1
            decided.append(decision("place", person, place))
    return replace(world, decisions=tuple(decided))


def _person(draw: random.Random, number: int) -> Row:
    return {
        "candidate_id": f"C{number}",
        "centre": draw.choice(CENTRES),
        "province": draw.choice(PROVINCES),
        "school": draw.choice(SCHOOLS),
        "cost_to_candidate": draw.choice(("0", "2", "5")),
        "costs": "; ".join(f"{payer}:{draw.choice('025')}" for payer in PAYERS),
    }


def _opening(draw: random.Random, number: int) -> Row:
    seats = draw.choice((1, 1, 2, 3))
    month = draw.choice(MONTHS)
    return {
        **OPENING,
        "opening_id": f"O{number}",
        "host_id": draw.choice(("H1", "H2")),
        "operation_no": draw.choice(JOBS),
        "seats": str(seats),
        "prefecture": draw.choice(PREFECTURES),
        "entry_from": f"{month}-10",
        "entry_to": f"{month}-28",
        "cost_to_candidate": draw.choice(("0", "2", "5")),
        "min_seats": draw.choice(("", "", "", str(min(2, seats)), str(min(3, seats)))),
    }


def _limits(
    draw: random.Random, people: Sequence[Row], openings: Sequence[Row]
) -> list[dict[str, object]]:
    limits: list[dict[str, object]] = []
    bys = draw.sample(PEOPLE_BY, draw.choice((0, 0, 1, 2)))
    bys += draw.sample(SEATS_BY, draw.choice((0, 1, 1, 2)))
    for by in bys:
        rows = people if by in PEOPLE_BY else openings
        groups = sorted({group_of(row, by) for row in rows} - {""})
        limit: dict[str, object] = {"by": by}
        if groups and draw.random() < 0.5:
            limit["of"] = draw.choice((groups[0], groups))
        least = draw.choice((0, 0, 1, 2))
        if draw.random() < 0.5:
            limit["min"] = least
        if "min" not in limit or draw.random() < 0.5:
            limit["max"] = draw.choice((least, least + 1, 2 + least))
            if by == "school" and draw.random() < 0.5:
                limit["max"] = "class_size"
        limits.append(limit)
    if draw.random() < 0.3:
        summed = draw.choice(("cost_to_candidate", "paid", *PAYERS))
        limits.append({"budget": draw.choice((0, 4, 7, 12)), "sum": summed})
    if len(people) > 1 and draw.random() < 0.5:
        two = draw.sample([str(row["candidate_id"]) for row in people], 2)
        at = draw.choice(("opening", "host", "prefecture"))
        limits.append({draw.choice(("together", "apart")): two, "at": at})
    draw.shuffle(limits)
    return limits


def group_of(row: Row, by: str) -> str:
    """Return the group of a row, by the words of the scenario."""
    if by == "job_group":
        return GROUP_OF[row["operation_no"]]
    if by == "job_category":
        return row["operation_no"].rpartition("-")[0]
    if by == "host":
        return row["host_id"]
    if by == "entry_month":
        return row["entry_from"][:7]
    return row[by]


def random_caps(seed: int, openings: int) -> tuple[Cap, ...]:
    """Return ceilings on sets of openings as hosts have them: stages that do not meet, and perhaps
    a total that crosses them."""
    draw = random.Random(f"{seed} caps")
    if draw.random() < 0.2:
        return ()
    stage = [draw.randint(0, 1) for _ in range(openings)]
    sets = [tuple(np.flatnonzero(np.array(stage) == number).tolist()) for number in (0, 1)]
    if draw.random() < 0.8:
        sets.append(tuple(o for o in range(openings) if draw.random() < 0.6))
    return tuple(cap(f"cap{n}", own, draw.randint(0, 3)) for n, own in enumerate(sets) if own)


def cap(name: str, openings: tuple[int, ...], ceiling: int) -> Cap:
    """Return a ceiling on a set of openings."""
    return Cap(name, "T1", name, openings, ceiling, 0, 0, ceiling, False, say("as drawn"), None)


def keeps(world: World, caps: Sequence[Cap], seats: Seats) -> bool:
    """Return whether the people (by their rows) may sit at the openings (rows; None: nowhere),
    counted row by row."""
    stated = world.chosen["limits"]
    assert isinstance(stated, list)
    return _keeps_seats(world, caps, seats) and all(_keeps(world, limit, seats) for limit in stated)


def _keeps_seats(world: World, caps: Sequence[Cap], seats: Seats) -> bool:
    for place, row in enumerate(world.openings):
        held = sum(seat == place for seat in seats)
        least = int(row["min_seats"] or 0)
        if held > int(row["seats"]) or (0 < held < least and least > 1):
            return False
    return all(
        cap.ceiling is None or sum(seat in cap.openings for seat in seats) <= cap.ceiling
        for cap in caps
    )


def _keeps(world: World, limit: Stated, seats: Seats) -> bool:
    placed = [
        (p, world.openings[s])
        for p, s in zip(world.candidates, seats, strict=True)
        if s is not None
    ]
    if "by" in limit:
        return _keeps_groups(world, limit, placed)
    if "budget" in limit:
        return sum(_brought(str(limit["sum"]), *pair) for pair in placed) <= int(
            str(limit["budget"])
        )
    key = "together" if "together" in limit else "apart"
    two = limit[key]
    assert isinstance(two, list)
    one, other = (next((o for p, o in placed if p["candidate_id"] == w), None) for w in two)
    if one is None or other is None:
        return key == "apart" or (one is None and other is None)
    return _same(str(limit["at"]), one, other) == (key == "together")


def _same(at: str, one: Row, other: Row) -> bool:
    if one is other or at == "opening":
        return one is other
    column = "host_id" if at == "host" else "prefecture"
    return one[column] == other[column] != ""


def _brought(summed: str, person: Row, opening: Row) -> int:
    if summed == "cost_to_candidate":
        return int(opening["cost_to_candidate"])
    if summed == "paid":
        return int(person["cost_to_candidate"])
    return int(dict(part.split(":") for part in person["costs"].split("; "))[summed])


def _keeps_groups(world: World, limit: Stated, placed: Sequence[tuple[Row, Row]]) -> bool:
    by = str(limit["by"])
    side = 0 if by in PEOPLE_BY else 1
    rows = world.openings if side else world.candidates
    groups = {group_of(row, by) for row in rows} - {""}
    if "of" in limit:
        named = limit["of"]
        groups = {named} if isinstance(named, str) else set(named)  # type: ignore[call-overload]
    for group in groups:
        held = sum(group_of(pair[side], by) == group for pair in placed)
        most = limit.get("max", len(placed))
        most = SIZES[group] if most == "class_size" else most
        if not int(str(limit.get("min", 0))) <= held <= int(str(most)):
            return False
    return True
