"""Faults planted in batches: each changes files of a batch at a random place."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from matcher.batch import INPUTS, MANIFEST, PLACEMENTS
from matcher.problem import Standing
from matcher.report.render import render_json
from matcher.screen import find_pair
from matcher.verify.form import PROOF, render_proof
from matcher.verify.plan import find_breaches, read_plan
from matcher.verify.proved import pairs_of
from tests.verified import Bench, Files, csv_of

Plant = Callable[[Bench, random.Random], Files | None]
Row = dict[str, str]


@dataclass(frozen=True)
class Fault:
    """`plant` returns the batch's files with one fault (None where its place allows none); the file
    `touched` is the one that is no longer as it was ("": several, or the folder)."""

    name: str
    touched: str
    plant: Plant


FAULTS: list[Fault] = []


def fault(touched: str) -> Callable[[Plant], Plant]:
    """Enter a fault of a file in the list."""

    def enter(plant: Plant) -> Plant:
        FAULTS.append(Fault(plant.__name__, touched, plant))
        return plant

    return enter


# The plan.


def _with_plan(bench: Bench, rows: list[Row]) -> Files | None:
    content = csv_of(rows)
    return None if content == bench.files[PLACEMENTS] else {**bench.files, PLACEMENTS: content}


def _rows(bench: Bench, draw: random.Random, *, placed: bool = True) -> tuple[list[Row], Row]:
    """Return the plan's rows, and one of somebody proposed (or not)."""
    rows = bench.rows(PLACEMENTS)
    return rows, draw.choice([row for row in rows if bool(row["opening_id"]) == placed])


def _move(bench: Bench, row: Row, opening: str) -> bool:
    """Propose a person elsewhere with all that belongs to it; False where a rule refuses it."""
    problem, screening = bench.derived.problem, bench.derived.screening
    if not opening:
        row.update(opening_id="", host_id="", operation_no="", score="", state="unplaced")
        return True
    place = problem.opening_ids.index(opening)
    pair = find_pair(screening, problem.candidate_ids.index(row["candidate_id"]), place)
    conditional = pair >= 0 and screening.conditional[pair]
    row.update(
        opening_id=opening,
        host_id=problem.lists.hosts[problem.openings.host[place]],
        operation_no=problem.lists.operations[problem.openings.job[place]],
        score=str(bench.derived.scores.score[pair]) if pair >= 0 else "0",
        state="conditional" if conditional else "placed",
    )
    return pair >= 0


def _free(bench: Bench, row: Row) -> bool:
    """Whether nothing on record stands for a person."""
    problem = bench.derived.problem
    person = problem.candidate_ids.index(row["candidate_id"])
    return bool(problem.locked[person] < 0 and problem.standing[person] == Standing.PRESENT)


def _loads(rows: list[Row]) -> dict[str, int]:
    return {o: sum(r["opening_id"] == o for r in rows) for o in {r["opening_id"] for r in rows}}


@fault(PLACEMENTS)
def swapped_pair(bench: Bench, draw: random.Random) -> Files | None:
    rows, one = _rows(bench, draw)
    other = draw.choice([row for row in rows if row["opening_id"]])
    there, here = other["opening_id"], one["opening_id"]
    if there == here or not (_free(bench, one) and _free(bench, other)):
        return None
    return (
        _with_plan(bench, rows) if _move(bench, one, there) and _move(bench, other, here) else None
    )


@fault(PLACEMENTS)
def given_to_another(bench: Bench, draw: random.Random) -> Files | None:
    """A seat goes to somebody without one, as a tie decided against the lottery or worse."""
    rows, one = _rows(bench, draw)
    other = draw.choice([row for row in rows if not row["opening_id"]])
    if not (_free(bench, one) and _free(bench, other) and _move(bench, other, one["opening_id"])):
        return None
    _move(bench, one, "")
    return _with_plan(bench, rows)


@fault(PLACEMENTS)
def tie_against_the_lottery(bench: Bench, draw: random.Random) -> Files | None:
    rows, one = _rows(bench, draw)
    other = draw.choice([row for row in rows if row is not one])
    here, there, before = one["opening_id"], other["opening_id"], one["score"]
    if here == there or not (_free(bench, one) and _free(bench, other)):
        return None
    scores = sorted([before, other["score"]])
    if not (_move(bench, one, there) and _move(bench, other, here)):
        return None
    return _with_plan(bench, rows) if sorted([one["score"], other["score"]]) == scores else None


@fault(PLACEMENTS)
def seat_too_many(bench: Bench, draw: random.Random) -> Files | None:
    rows, one = _rows(bench, draw, placed=draw.random() < 0.5)
    problem = bench.derived.problem
    loads = _loads(rows)
    full = [
        key
        for key, seats in zip(problem.opening_ids, problem.openings.seats.tolist(), strict=True)
        if loads.get(key, 0) >= seats and key != one["opening_id"]
    ]
    if not full or not _free(bench, one) or not _move(bench, one, draw.choice(full)):
        return None
    return _with_plan(bench, rows)


@fault(PLACEMENTS)
def cap_broken(bench: Bench, draw: random.Random) -> Files | None:
    """Somebody more at a host whose quota, or the office's limit, is full, where a seat is left."""
    rows, one = _rows(bench, draw, placed=False)
    problem, loads = bench.derived.problem, _loads(rows)
    free = [
        key
        for key, seats in zip(problem.opening_ids, problem.openings.seats.tolist(), strict=True)
        if loads.get(key, 0) < seats
    ]
    if not free or not _free(bench, one) or not _move(bench, one, draw.choice(free)):
        return None
    return _with_plan(bench, rows)


@fault(PLACEMENTS)
def floor_broken(bench: Bench, draw: random.Random) -> Files | None:
    """Members of a set lose their seats until it holds less than its floor."""
    floors = [one for one in bench.derived.facts.limits.sets if one.floor]
    if not floors:
        return None
    limit = draw.choice(floors)
    names = {bench.derived.problem.candidate_ids[member] for member in limit.members}
    rows = bench.rows(PLACEMENTS)
    seated = [row for row in rows if row["candidate_id"] in names and row["opening_id"]]
    leave = [row for row in seated if _free(bench, row)]
    for row in draw.sample(leave, min(len(leave), len(seated) - limit.floor + 1)):
        _move(bench, row, "")
    return _with_plan(bench, rows)


@fault(PLACEMENTS)
def refused_pair(bench: Bench, draw: random.Random) -> Files | None:
    rows, one = _rows(bench, draw, placed=draw.random() < 0.5)
    opening = draw.choice(bench.derived.problem.opening_ids)
    return None if _move(bench, one, opening) else _with_plan(bench, rows)


@fault(PLACEMENTS)
def person_dropped(bench: Bench, draw: random.Random) -> Files | None:
    rows = bench.rows(PLACEMENTS)
    rows.pop(draw.randrange(len(rows)))
    return _with_plan(bench, rows)


@fault(PLACEMENTS)
def person_twice(bench: Bench, draw: random.Random) -> Files | None:
    rows, one = _rows(bench, draw)
    rows.insert(rows.index(one), dict(one))
    return _with_plan(bench, rows)


@fault(PLACEMENTS)
def stranger(bench: Bench, draw: random.Random) -> Files | None:
    rows, one = _rows(bench, draw)
    rows.append({**one, "candidate_id": f"Z{draw.randrange(99):02}"})
    return _with_plan(bench, rows)


@fault(PLACEMENTS)
def unplaced(bench: Bench, draw: random.Random) -> Files | None:
    rows, one = _rows(bench, draw)
    _move(bench, one, "")
    return _with_plan(bench, rows)


@fault(PLACEMENTS)
def lock_dropped(bench: Bench, draw: random.Random) -> Files | None:
    rows, one = _rows(bench, draw)
    if _free(bench, one):
        return None
    _move(bench, one, draw.choice(["", *bench.derived.problem.opening_ids]))
    return _with_plan(bench, rows)


@fault(PLACEMENTS)
def withdrawn_placed(bench: Bench, draw: random.Random) -> Files | None:
    rows, one = _rows(bench, draw, placed=False)
    if one["state"] == "unplaced":
        return None
    state = one["state"]
    _move(bench, one, draw.choice(bench.derived.problem.opening_ids))
    one["state"] = draw.choice([state, "placed"])
    return _with_plan(bench, rows)


def _other_cell(column: str, values: list[str]) -> Plant:
    def plant(bench: Bench, draw: random.Random) -> Files | None:
        rows, one = _rows(bench, draw)
        one[column] = draw.choice([value for value in values if value != one[column]])
        return _with_plan(bench, rows)

    plant.__name__ = f"{column}_changed"
    return plant


fault(PLACEMENTS)(_other_cell("state", ["placed", "conditional", "unplaced", "held", "withdrawn"]))
fault(PLACEMENTS)(_other_cell("host_id", ["H0", "H1", "H2", "H3", "H9", ""]))
fault(PLACEMENTS)(_other_cell("operation_no", ["7-7-1", "7-13-1", "1-1-1", ""]))


@fault(PLACEMENTS)
def score_changed(bench: Bench, draw: random.Random) -> Files | None:
    rows, one = _rows(bench, draw)
    one["score"] = str(int(one["score"]) + draw.choice([-1, 1, 10, 1000]))
    return _with_plan(bench, rows)


# The inputs.


def _input_row(name: str, change: Callable[[Bench, random.Random, list[Row]], bool]) -> Plant:
    file = f"{INPUTS}/{name}.csv"

    def plant(bench: Bench, draw: random.Random) -> Files | None:
        if file not in bench.files:
            return None
        rows = bench.rows(file)
        return {**bench.files, file: csv_of(rows)} if change(bench, draw, rows) else None

    plant.__name__ = change.__name__
    return fault(file)(plant)


def seats_in_the_inputs(bench: Bench, draw: random.Random, rows: list[Row]) -> bool:
    row = draw.choice(rows)
    row["seats"] = str(int(row["seats"]) + draw.choice([1, 2]))
    return True


def person_out_of_the_inputs(bench: Bench, draw: random.Random, rows: list[Row]) -> bool:
    rows.pop(draw.randrange(len(rows)))
    return True


def level_in_the_inputs(bench: Bench, draw: random.Random, rows: list[Row]) -> bool:
    placed = {row["candidate_id"] for row in bench.rows(PLACEMENTS) if row["opening_id"]}
    row = draw.choice([row for row in rows if row["candidate_id"] in placed])
    if "japanese_level" not in row:
        return False
    row["japanese_level"] = draw.choice(
        [n for n in ("N3", "N4", "N5") if n != row["japanese_level"]]
    )
    return True


def score_in_the_inputs(bench: Bench, draw: random.Random, rows: list[Row]) -> bool:
    plan = {row["candidate_id"]: row["opening_id"] for row in bench.rows(PLACEMENTS)}
    row = draw.choice([row for row in rows if plan.get(row["candidate_id"]) == row["opening_id"]])
    row["score"] = str(int(row["score"]) + draw.choice([1, 5, 100]))
    return True


def decision_out_of_the_inputs(bench: Bench, draw: random.Random, rows: list[Row]) -> bool:
    row = rows.pop(draw.randrange(len(rows)))
    return row["action"] != "forbid"  # one that changes nothing is another, sound batch


def staff_in_the_inputs(bench: Bench, draw: random.Random, rows: list[Row]) -> bool:
    row = draw.choice([row for row in rows if row["host_id"] == "H1"])
    row["full_time_staff"] = str(draw.choice([45, 150, 350]))
    return True


for table, changed in (
    ("openings", seats_in_the_inputs),
    ("candidates", person_out_of_the_inputs),
    ("candidates", level_in_the_inputs),
    ("scores", score_in_the_inputs),
    ("decisions", decision_out_of_the_inputs),
    ("hosts", staff_in_the_inputs),
):
    _input_row(table, changed)
SETTINGS = f"{INPUTS}/scenario.toml"


def _in_settings(bench: Bench, before: str, after: str) -> Files | None:
    text = bench.files[SETTINGS].decode()
    if before not in text:
        return None
    return {**bench.files, SETTINGS: text.replace(before, after, 1).encode()}


@fault(SETTINGS)
def limit_loosened(bench: Bench, draw: random.Random) -> Files | None:
    before = draw.choice(["max = 3", "min = 4"])
    after = (
        f"max = {draw.randint(4, 9)}" if before.startswith("max") else f"min = {draw.randint(1, 3)}"
    )
    return _in_settings(bench, before, after)


@fault(SETTINGS)
def weights_in_the_inputs(bench: Bench, draw: random.Random) -> Files | None:
    shift = draw.randint(1, 50)
    weights = f"[weights]\nskill_fit = {400 + shift}\nlanguage = {200 - shift}\n[objective]"
    return _in_settings(bench, "[objective]", weights)


@fault(SETTINGS)
def seed_in_the_inputs(bench: Bench, draw: random.Random) -> Files | None:
    return _in_settings(bench, "[objective]", f'[objective]\nseed = "{draw.randrange(10**6)}"')


@fault(SETTINGS)
def order_in_the_inputs(bench: Bench, draw: random.Random) -> Files | None:
    text = bench.files[SETTINGS].decode()
    line = next(line for line in text.splitlines() if line.startswith("order"))
    orders = ('["score"]', '["score", "placements"]', '["keep", "score"]')
    return _in_settings(bench, line, f"order = {draw.choice(orders)}")


# The manifest.


def _with_manifest(bench: Bench, change: Callable[[dict[str, Any]], object]) -> Files | None:
    manifest = bench.manifest
    change(manifest)
    content = render_json(manifest).encode()
    return None if content == bench.files[MANIFEST] else {**bench.files, MANIFEST: content}


@fault(MANIFEST)
def count_changed(bench: Bench, draw: random.Random) -> Files | None:
    name = draw.choice(["people", "present", "proposed", "conditional", "seats", "score"])
    return _with_manifest(bench, lambda m: m.update({name: m[name] + draw.choice([-1, 1, 7])}))


@fault(MANIFEST)
def proved_gap_changed(bench: Bench, draw: random.Random) -> Files | None:
    def change(manifest: dict[str, Any]) -> None:
        stated = manifest["proved"][draw.choice(sorted(manifest["proved"]))]
        stated[draw.choice(sorted(stated))] += draw.choice([-1, 1])

    return _with_manifest(bench, change)


@fault(MANIFEST)
def seed_changed(bench: Bench, draw: random.Random) -> Files | None:
    return _with_manifest(bench, lambda m: m.update(seed=str(draw.randrange(10**9))))


@fault(MANIFEST)
def objective_changed(bench: Bench, draw: random.Random) -> Files | None:
    def change(manifest: dict[str, Any]) -> None:
        draw.shuffle(manifest["objective"])
        if draw.random() < 0.5:
            manifest["objective"].pop()

    return _with_manifest(bench, change)


@fault(MANIFEST)
def weight_changed(bench: Bench, draw: random.Random) -> Files | None:
    def change(manifest: dict[str, Any]) -> None:
        weights = manifest["settings"]["weights"]
        name = draw.choice(sorted(weights))
        weights[name] += draw.choice([-1, 1, 50])

    return _with_manifest(bench, change)


# The proof.


def _with_proof(bench: Bench, change: Callable[[dict[str, Any]], object]) -> Files | None:
    proof = bench.proof
    change(proof)
    content = render_proof(proof)
    return None if content == bench.files[PROOF] else {**bench.files, PROOF: content}


def _dual(kind: str) -> Plant:
    def plant(bench: Bench, draw: random.Random) -> Files | None:
        def change(proof: dict[str, Any]) -> None:
            stage = draw.choice(proof["stages"] or proof["bounds"])
            if stage[kind]:
                key = draw.choice(sorted(stage[kind]))
                stage[kind][key] += draw.choice([-1, 1, -1000, 1000])
                if not stage[kind][key]:
                    del stage[kind][key]

        return _with_proof(bench, change)

    plant.__name__ = f"dual_of_{kind}"
    return plant


for kind in ("people", "openings", "sets"):
    fault(PROOF)(_dual(kind))


def _number(name: str) -> Plant:
    def plant(bench: Bench, draw: random.Random) -> Files | None:
        def change(proof: dict[str, Any]) -> None:
            stage = draw.choice(proof["stages"] or proof["bounds"])
            stage[name] += draw.choice([-1, 1, 5])

        return _with_proof(bench, change)

    plant.__name__ = f"{name}_changed"
    return plant


for number in ("total", "bound", "gap"):
    fault(PROOF)(_number(number))


def _drop(stages: list[object], draw: random.Random) -> None:
    stages.pop(draw.randrange(len(stages)))


@fault(PROOF)
def stage_dropped(bench: Bench, draw: random.Random) -> Files | None:
    return _with_proof(bench, lambda p: _drop(p["stages"] or p["bounds"], draw))


@fault(PROOF)
def seed_of_the_proof(bench: Bench, draw: random.Random) -> Files | None:
    return _with_proof(bench, lambda p: p.update(seed=str(draw.randrange(10**9))))


@fault(PROOF)
def parent_dropped(bench: Bench, draw: random.Random) -> Files | None:
    def change(proof: dict[str, Any]) -> None:
        kind = draw.choice(["people", "openings", "sets"])
        if proof["parents"][kind]:
            del proof["parents"][kind][draw.choice(sorted(proof["parents"][kind]))]

    return _with_proof(bench, change)


@fault(PROOF)
def seat_value_changed(bench: Bench, draw: random.Random) -> Files | None:
    def change(proof: dict[str, Any]) -> None:
        value = proof["seats"][draw.choice(sorted(proof["seats"]))]
        end = value[draw.choice(["low", "high"])] or value["low"]
        if end:
            end[draw.randrange(len(end))] += draw.choice([-1, 1])

    return _with_proof(bench, change)


@fault(PROOF)
def not_canonical(bench: Bench, draw: random.Random) -> Files | None:
    proof = bench.proof
    forms = (
        json.dumps(proof, sort_keys=True),
        json.dumps(proof, separators=(",", ":")).replace('"total":', '"total":0.5,"total":', 1),
        json.dumps(dict(reversed(proof.items())), separators=(",", ":")),
    )
    return {**bench.files, PROOF: draw.choice(forms).encode()}


@fault("")
def relabelled_relaxed(bench: Bench, draw: random.Random) -> Files | None:
    """A tie decided otherwise, under a proof that is said to be one of limits which no tree holds,
    so that its lottery may be missing."""
    planted = draw.choice([given_to_another, tie_against_the_lottery])(bench, draw)
    proof, manifest = bench.proof, bench.manifest
    if planted is None or proof["method"] != "tree" or not _as_good(bench, planted[PLACEMENTS]):
        return None
    proof["stages"] = [s for s in proof["stages"] if not s["name"].startswith("lottery")]
    proof["method"] = manifest["method"] = "relaxed"
    manifest["proved"] = {n: s for n, s in manifest["proved"].items() if n != "lottery"}
    return {
        **planted,
        PROOF: render_proof(proof),
        MANIFEST: render_json(manifest).encode(),
    }


def _as_good(bench: Bench, plan: bytes) -> bool:
    """Whether a plan keeps all ceilings and has what the batch's has at each place of the tuple,
    the lottery left out."""
    derived, pairs = bench.derived, pairs_of(bench.derived)
    seats_of, _ = read_plan(derived, plan)
    seated = np.flatnonzero(seats_of >= 0).tolist()
    rows = [find_pair(derived.screening, at, int(seats_of[at])) for at in seated]
    used = np.flatnonzero(np.isin(derived.free, rows))
    stages = [s for s in bench.proof["stages"] if not s["name"].startswith("lottery")]
    return not list(find_breaches(derived, seats_of)) and all(
        int(pairs.worth((stage["name"], stage["level"]), used).sum()) == stage["total"]
        for stage in stages
    )


# The other tables, and the folder.


def _table(name: str) -> Plant:
    def plant(bench: Bench, draw: random.Random) -> Files | None:
        rows = bench.rows(name)
        if not rows:
            return None
        row = draw.choice(rows)
        column = draw.choice(sorted(row))
        row[column] = str(int(row[column]) + 1) if row[column].isdigit() else f"{row[column]}x"
        if draw.random() < 0.2:
            rows.remove(row)
        return {**bench.files, name: csv_of(rows)}

    plant.__name__ = name.removesuffix(".csv") + "_table"
    return plant


for name in ("alternatives.csv", "breakdown.csv", "openings.csv", "reserves.csv", "refusals.csv"):
    fault(name)(_table(name))
fault("caps.csv")(_table("caps.csv"))


@fault("")
def file_missing(bench: Bench, draw: random.Random) -> Files | None:
    gone = draw.choice(
        sorted(name for name in bench.files if name not in (MANIFEST, "problems.csv"))
    )
    return {name: content for name, content in bench.files.items() if name != gone}


@fault("")
def file_added(bench: Bench, draw: random.Random) -> Files | None:
    where = draw.choice(["", "notes/"])
    return {**bench.files, f"{where}extra{draw.randrange(99)}.csv": b"a,b\n"}
