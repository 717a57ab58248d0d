"""The checker: it accepts what was written, and names every planted fault."""

from __future__ import annotations

import itertools
import json
import random
import shutil
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any
from unittest import mock

import numpy as np
import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from matcher.assign import Impossible
from matcher.assign.milp import bound_names
from matcher.batch import MANIFEST, PLACEMENTS
from matcher.batch.again import find_parts, make_again
from matcher.batch.reports import WORKBOOK
from matcher.cli import main
from matcher.errors import InputError, UsageError
from matcher.language import words_of
from matcher.proof.stages import derived_of
from matcher.report.proved import tell_proof
from matcher.report.verified import show_report
from matcher.screen import find_pair
from matcher.verify import CHANGED, WRONG, check_batch, verify_batch
from matcher.verify.derived import OPENING, PERSON
from matcher.verify.folder import find_changed
from matcher.verify.form import PROOF, parse_proof, render_proof
from matcher.verify.outside import crosses, stands_outside
from matcher.verify.proved import check_proof, pairs_of
from tests.conftest import Batch
from tests.faults import FAULTS, Fault
from tests.limit_worlds import limited_world
from tests.test_quotas import crossing_world, crossing_worlds, quota_worlds
from tests.verified import (
    CROSSING,
    NUMBERS,
    OFFICE,
    SHUT,
    Bench,
    bench_of,
    check_files,
    crossing_tables,
    folder_of,
    number_tables,
    office_tables,
    prove,
    sealed,
    shut_tables,
    write_files,
)
from tests.worlds import OPENING as OPENING_ROW
from tests.worlds import World

TIMES, TRIES = 50, 4000
WORLDS = {
    "office": (OFFICE, office_tables()),
    "numbers": (NUMBERS.format(order='placements", "score'), number_tables()),
    "worst": (NUMBERS.format(order="worst"), number_tables()),
    "crossing": (
        NUMBERS.format(order='placements", "score') + CROSSING,
        crossing_tables(),
    ),
    "shut": (NUMBERS.format(order='placements", "score') + SHUT, shut_tables()),
}


@pytest.fixture(scope="module")
def benches(tmp_path_factory: pytest.TempPathFactory) -> list[Bench]:
    """Return one batch of each of the small worlds."""
    folder = tmp_path_factory.mktemp("benches")
    return [bench_of(folder / name, *world) for name, world in WORLDS.items()]


def test_what_was_written_is_accepted(benches: list[Bench]) -> None:
    for bench in benches:
        report = verify_batch(bench.folder)
        assert report.findings == ()
        assert report.accepted
        assert report.proved
        assert {one.gap for one in report.proved} == {0}
        assert make_again(bench.folder) == ()


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name)
def test_every_planted_fault_is_named(fault: Fault, benches: list[Bench], tmp_path: Path) -> None:
    draw = random.Random(fault.name)
    planted = 0
    for number in range(TRIES):
        bench = draw.choice(benches)
        files = fault.plant(bench, draw)
        if files is None:
            continue
        place = tmp_path / str(number)
        _named_as_it_is(fault, bench, files, place)
        _named_when_sealed(fault, bench, files, place)
        shutil.rmtree(place, ignore_errors=True)
        planted += 1
        if planted == TIMES:
            return
    pytest.fail(f"only {planted} places for {fault.name}")


def _named_as_it_is(fault: Fault, bench: Bench, files: dict[str, bytes], place: Path) -> None:
    """The SHA-256 names the file; nothing has that of the manifest, whose content is wrong."""
    names = (files.keys() | bench.files.keys()) - {MANIFEST}
    other = {name for name in names if files.get(name) != bench.files.get(name)}
    touched = {fault.touched} - {""} or other
    changed = {one.file for one in find_changed(folder_of(files, bench.folder))}
    if fault.touched == MANIFEST:
        assert changed == set()
        assert MANIFEST in {
            one.file for one in check_files(bench, files, place) if one.kind == WRONG
        }
    else:
        assert changed == touched


def _named_when_sealed(fault: Fault, bench: Bench, files: dict[str, bytes], place: Path) -> None:
    """With every SHA-256 taken anew the content names it; a dual may still prove the plan."""
    files = sealed(bench, files, place)
    assert not [one for one in find_changed(folder_of(files, bench.folder)) if one.kind == CHANGED]
    dual = fault.name.startswith("dual_of")
    findings = check_files(bench, files, place, again=not dual)
    assert not [one for one in findings if one.kind == CHANGED], findings
    if dual and not findings:
        proof = parse_proof(files[PROOF])
        assert _proves(bench, proof) if proof["stages"] else _bounds(bench, proof)
    elif not findings and bench.manifest["method"] == "milp":
        write_files(
            place, files
        )  # a tie that the lottery decides otherwise, of which no bound says
        assert fault.touched == PLACEMENTS
        assert make_again(place)
    else:
        assert findings, fault.name


def _proves(bench: Bench, proof: Mapping[str, Any]) -> bool:
    """Whether duals prove a plan, by the conditions as they are written in textbooks: nothing of
    the checker but its list of pairs, ceilings and floors."""
    derived, pairs = bench.derived, pairs_of(bench.derived)
    stages = proof["stages"]
    zero = (0,) * len(stages)
    ids = {PERSON: derived.problem.candidate_ids, OPENING: derived.problem.opening_ids}
    u, v = (
        [tuple(stage[kind].get(key, 0) for stage in stages) for key in ids[kind]]
        for kind in (PERSON, OPENING)
    )
    rows = range(pairs.candidate.size)
    places = [(stage["name"], stage["level"]) for stage in stages]
    columns = [pairs.worth(place, np.array(rows, np.int64)).tolist() for place in places]
    used = {level for _, level in places if level is not None}
    worst = "worst" in {name for name, _ in places}
    for row, worth in zip(rows, zip(*columns, strict=True), strict=True):
        ends = zip(u[pairs.candidate[row]], v[pairs.opening[row]], strict=True)
        have = tuple(a + b for a, b in ends)
        if have < worth and not (worst and int(pairs.score[row]) not in used):
            return False
    sums = list(zero)
    for one in derived.bounded:
        own = _own(proof, one.kind, one.key)
        edge = (one.ceiling or 0) if own > zero else one.floor
        sums = [total + edge * number for total, number in zip(sums, own, strict=True)]
    return sums == [stage["total"] for stage in stages]


def _bounds(bench: Bench, proof: Mapping[str, Any]) -> bool:
    """Whether multipliers prove the bounds that are stated, pair by pair."""
    derived, pairs = bench.derived, pairs_of(bench.derived)
    rows = np.arange(pairs.candidate.size)
    before: list[tuple[list[int], int]] = []
    for bound in proof["bounds"]:
        worth = pairs.worth((bound["name"], bound["level"]), rows).tolist()
        right, left = 0, [bound["scale"] * own for own in worth]
        allowed = [0] * rows.size
        for one in derived.bounded:
            own = bound[one.kind].get(one.key, 0)
            right += own * ((one.ceiling or 0) if own > 0 else one.floor)
            ends = pairs.candidate if one.side == "people" else pairs.opening
            allowed = [
                a + own * (int(e) in one.members) for a, e in zip(allowed, ends, strict=True)
            ]
        for row in derived.rows:
            own = bound["rows"].get(row.key, 0)
            right += own * row.most
            allowed = [a + own * int(n) for a, n in zip(allowed, row.weight, strict=True)]
        for own, (earlier, total) in zip(bound["earlier"], before, strict=True):
            right -= own * total
            left = [a + own * n for a, n in zip(left, earlier, strict=True)]
        if any(a > b for a, b in zip(left, allowed, strict=True)):
            return False
        if right // bound["scale"] != bound["bound"]:
            return False
        before.append((worth, bound["total"]))
    return True


def _own(proof: Mapping[str, Any], kind: str, key: str) -> tuple[int, ...]:
    above = proof["parents"][kind].get(key)
    return tuple(s[kind].get(key, 0) - s["sets"].get(above, 0) for s in proof["stages"])


def test_there_are_faults_of_many_kinds() -> None:
    assert len({fault.name for fault in FAULTS}) == len(FAULTS) >= 20


def test_a_worse_plan_has_no_proof_at_all(benches: list[Bench]) -> None:
    """Whatever numbers stand in the proof: a plan that is not the best is never accepted."""
    bench = benches[1]
    draw = random.Random(3)
    fault = next(fault for fault in FAULTS if fault.name == "unplaced")
    files = fault.plant(bench, draw)
    assert files is not None
    for _ in range(50):
        proof = bench.proof
        for stage in proof["stages"]:
            stage["total"] -= draw.choice([0, 1, 4])
            for kind in ("people", "openings"):
                for key in stage[kind]:
                    stage[kind][key] += draw.choice([-1, 0, 0, 1])
        given = sealed(bench, {**files, PROOF: render_proof(proof)}, bench.folder)
        assert check_batch(folder_of(given, bench.folder), bench.derived, []).findings


@pytest.mark.parametrize("most", [0, 64])
def test_a_plan_of_quotas_that_cross_has_bounds(most: int) -> None:
    with mock.patch("matcher.assign.divisions.MOST", most):
        _, _, proof = prove(crossing_world().result())
    assert proof["method"] == ("divided" if most else "milp")
    assert {bound["gap"] for bound in proof["bounds"]} == {0}


def test_great_amounts_are_proved_as_small_ones_are() -> None:
    """Two seats, and a budget for one of them: no more than one is proved to be the most."""
    orders = [{**OPENING_ROW, "opening_id": f"O{at}", "host_id": "H1"} for at in range(2)]
    world = World(
        tuple({"candidate_id": f"C{at}"} for at in range(3)),
        tuple({**order, "cost_to_candidate": str(10**12 - 1)} for order in orders),
        chosen={
            "scores": {"rules": False},
            "limits": [{"budget": 2 * 10**12 - 3, "sum": "cost_to_candidate"}],
        },
        beside={
            "scores": tuple(
                {"candidate_id": f"C{i}", "opening_id": f"O{j}", "score": str(10**9 - i)}
                for i in range(3)
                for j in range(2)
            )
        },
    )
    _, _, proof = prove(world.result())
    assert [(bound["total"], bound["gap"]) for bound in proof["bounds"]] == [(1, 0), (10**9, 0)]


@pytest.mark.parametrize("seed", range(120))
def test_every_plan_under_limits_is_proved_and_no_worse_one(seed: int) -> None:
    """The same numbers prove no plan that places somebody less or elsewhere."""
    try:
        result = limited_world(seed).result()
    except (InputError, Impossible):
        return
    derived, plan, proof = prove(result)
    assert stands_outside(derived) == (result.plan.method != "tree")
    for person in np.flatnonzero((plan >= 0) & (derived.problem.locked < 0)).tolist():
        for opening in {-1, *range(len(derived.problem.openings))} - {int(plan[person])}:
            other = plan.copy()
            other[person] = opening
            if opening < 0 or find_pair(derived.screening, person, opening) >= 0:
                found, names = check_proof(derived, other, proof)
                assert found or [one.total for one in names] == [
                    stage["total"] for stage in proof["stages"] or proof["bounds"]
                ]
                assert found or result.plan.method != "tree"


@hypothesis_settings(max_examples=60)
@given(quota_worlds() | crossing_worlds())
def test_what_stands_outside_the_trees_is_known_without_the_solver(world: World) -> None:
    result = world.result()
    assert stands_outside(derived_of(result)) == (result.plan.method != "tree")


@given(st.lists(st.frozensets(st.integers(0, 5)), max_size=6))
def test_sets_that_cross(sets: list[frozenset[int]]) -> None:
    pairs = itertools.combinations(sets, 2)
    assert crosses(sets) == any(a & b and not a <= b and not b <= a for a, b in pairs)


def test_a_plan_that_keeps_limits_and_that_crossing_quotas_bind_has_bounds() -> None:
    """What is the best without the limits is so by the quotas that are divided: no certificate."""
    world = crossing_world()
    seats = zip(world.openings, "3311", strict=True)
    limits = [{"apart": ["C0", "C1"], "at": "opening"}]
    world = replace(
        world,
        openings=tuple({**row, "seats": n} for row, n in seats),
        chosen={**world.chosen, "limits": limits},
    )
    result = world.result()
    _, _, proof = prove(result)
    assert result.plan.method == proof["method"] == "relaxed"
    assert proof["stages"] == []
    assert {bound["gap"] for bound in proof["bounds"]} == {0}
    assert words_of("en")(tell_proof(result)[0]).startswith("Proved in whole numbers: ")


def test_bounds_are_found_once_for_a_plan() -> None:
    result = crossing_world().result()
    with mock.patch("matcher.assign.milp.bound_names", wraps=bound_names) as asked:
        prove(result)
        tell_proof(result)
        prove(result)
        assert asked.call_count == 1
        prove(replace(result))
        assert asked.call_count == 2


def test_the_report_says_where_the_lottery_is_not_proved(benches: list[Bench]) -> None:
    for bench in benches:
        report = verify_batch(bench.folder)
        left_out = bench.manifest["method"] != "tree"
        text = show_report(report, None, "text", words_of("en"))
        assert ("the lottery is not proved here" in text) == left_out
        record = json.loads(show_report(report, None, "json", words_of("en")))
        assert record["lottery"] == ("not proved" if left_out else "proved")


def test_the_report_says_how_many_seats_are_on_record(benches: list[Bench]) -> None:
    for bench in benches:
        report = verify_batch(bench.folder)
        placed = next((one.total for one in report.proved if one.name == "placements"), None)
        assert placed in (None, bench.manifest["proposed"] - report.on_record)
        record = json.loads(show_report(report, None, "json", words_of("en")))
        assert record["on_record"] == report.on_record == (bench is benches[0])
        text = show_report(report, None, "text", words_of("en"))
        assert ("(and 1 on record)" in text) == (bench is benches[0])


def test_checker_only_does_not_go_with_a_plan(benches: list[Bench]) -> None:
    folder = benches[1].folder
    given = ["--plan", str(folder / PLACEMENTS), "--checker-only"]
    refused = CliRunner().invoke(main, ["verify", str(folder.parent / "scenario"), *given])
    assert refused.exit_code == 2
    assert "--checker-only" in refused.output


def test_the_command_tells_what_it_found(benches: list[Bench], tmp_path: Path) -> None:
    run = CliRunner().invoke
    fine = run(main, ["verify", str(benches[1].folder), "--lang", "en"])
    assert fine.exit_code == 0, fine.output
    assert "Accepted." in fine.stdout
    assert "proved best" in fine.stdout
    assert "the same bytes" in fine.stdout
    folder = shutil.copytree(benches[1].folder, tmp_path / "batch")
    text = (folder / PLACEMENTS).read_text(encoding="utf-8")
    (folder / PLACEMENTS).write_text(text.replace("C01,O2", "C01,O1"), encoding="utf-8")
    refused = run(main, ["verify", str(folder), "--format", "json"])
    assert refused.exit_code == 1
    record = json.loads(refused.stdout)
    assert not record["accepted"]
    assert {"changed", "wrong"} == {one["kind"] for one in record["findings"]}
    assert record["again"]
    alone = run(main, ["verify", str(folder), "--format", "json", "--checker-only"])
    assert json.loads(alone.stdout)["again"] is None
    assert run(main, ["verify", str(tmp_path)]).exit_code == 2


def test_what_is_no_batch(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        verify_batch(tmp_path)


@pytest.mark.parametrize("content", [b"", b"{}\n", b"[]\n", b"\xff", b'{"a":1}\n', b"[" * 9999])
def test_a_broken_proof_is_a_finding(benches: list[Bench], content: bytes) -> None:
    bench = benches[0]
    files = {**bench.files, PROOF: content}
    findings = check_batch(folder_of(files, bench.folder), bench.derived, []).findings
    assert (WRONG, PROOF) in {(one.kind, one.file) for one in findings}


def test_proofs_of_any_shape_are_findings(benches: list[Bench]) -> None:
    """A part of a proof replaced by something of another kind is told, never a traceback."""
    bench = benches[0]
    draw = random.Random(1)
    for _ in range(300):
        proof = bench.proof
        at: Any = proof
        key = draw.choice(sorted(at))
        while isinstance(at[key], dict | list) and at[key] and draw.random() < 0.8:
            at = at[key]
            key = draw.choice(sorted(at)) if isinstance(at, dict) else draw.randrange(len(at))
        at[key] = draw.choice([None, "x", [], {}, -1, True, [[1]], {"x": "y"}])
        files = {**bench.files, PROOF: render_proof(proof)}
        if files[PROOF] != bench.files[PROOF]:
            report = check_batch(folder_of(files, bench.folder), bench.derived, [])
            assert report.findings, (key, at)


def test_bytes_of_a_proof(benches: list[Bench]) -> None:
    for bench in benches:
        assert render_proof(bench.proof) == bench.files[PROOF]
        assert b"." not in bench.files[PROOF].replace(b".csv", b"").replace(b".toml", b"").replace(
            b"limits.", b""
        )
    with pytest.raises(ValueError, match="normal form C"):
        render_proof({"a": "e\u0301"})


def test_a_workbook_with_bytes_before_or_behind_it_is_another(batch: Batch) -> None:
    book = (batch.folder / WORKBOOK).read_bytes()
    assert find_parts(book, book) == ()
    assert find_parts(b"MZ" + book, book)
    assert find_parts(book + b"more", book)
