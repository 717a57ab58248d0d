"""Proofs and manifests made to mislead the checker: each is refused with a finding that can be
told, never accepted, never a traceback."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from matcher.batch import MANIFEST
from matcher.errors import UsageError
from matcher.language import words_of
from matcher.report.verified import show_report
from matcher.verify import WRONG, check_batch, verify_batch
from matcher.verify.form import PROOF, parse_proof, render_proof
from tests.verified import (
    CROSSING,
    NUMBERS,
    Bench,
    bench_of,
    crossing_tables,
    folder_of,
    number_tables,
    write_files,
)

Attack = Callable[[dict[str, Any]], object]
HUGE = 1 << 62


@pytest.fixture(scope="module")
def certified(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return a batch whose proof is a certificate."""
    order = 'worst", "score'
    return bench_of(
        tmp_path_factory.mktemp("certified"), NUMBERS.format(order=order), number_tables()
    )


@pytest.fixture(scope="module")
def bounded(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    """Return a batch whose proof is bounds."""
    settings = NUMBERS.format(order='placements", "score') + CROSSING
    bench = bench_of(tmp_path_factory.mktemp("bounded"), settings, crossing_tables())
    assert any(stage["rows"] for stage in bench.proof["bounds"])
    return bench


def refused(bench: Bench, proof: bytes) -> None:
    """Check that a batch with another proof is refused, its SHA-256 left aside."""
    folder = folder_of({**bench.files, PROOF: proof}, bench.folder)
    report = check_batch(folder, bench.derived, [])
    assert (WRONG, PROOF) in {(one.kind, one.file) for one in report.findings}
    for form in ("text", "json"):
        assert show_report(report, None, form, words_of("en"))


def _first(stage: dict[str, Any], kind: str) -> str:
    return min(str(key) for key in stage[kind])


def _each_of_two(proof: dict[str, Any], number: int) -> None:
    """Put a number at two duals of which both count one pair."""
    stage = proof["stages"][0]
    stage["people"]["C01"] = stage["openings"]["O2"] = number


def _swap(stages: list[object]) -> None:
    stages[0], stages[1] = stages[1], stages[0]


def _level(proof: dict[str, Any], level: int) -> None:
    last = max(at for at, stage in enumerate(proof["stages"]) if stage["level"] is not None)
    stage = {**proof["stages"][last], "level": level, "total": 0, "bound": 0}
    proof["stages"].insert(last + 1, {**stage, "people": {}, "openings": {}, "sets": {}})


CERTIFICATES: dict[str, Attack] = {
    "two duals of 2^62": lambda p: _each_of_two(p, HUGE),
    "two duals of -2^62": lambda p: _each_of_two(p, -HUGE),
    "two duals of 2^63": lambda p: _each_of_two(p, HUGE * 2),
    "a dual of 4200 digits": lambda p: _each_of_two(p, 10**4200),
    "a total of 4200 digits": lambda p: p["stages"][0].update(total=10**4200),
    "a dual that is true": lambda p: _each_of_two(p, True),
    "a gap that is false": lambda p: p["stages"][0].update(gap=False),
    "a dual of 0": lambda p: p["stages"][-1]["people"].update(C00=0),
    "a stage left out": lambda p: p["stages"].pop(0),
    "the last stage left out": lambda p: p["stages"].pop(),
    "no stage": lambda p: p["stages"].clear(),
    "stages in another order": lambda p: _swap(p["stages"]),
    "a stage twice": lambda p: p["stages"].insert(0, p["stages"][0]),
    "a level that the plan does not use": lambda p: _level(p, 77),
    "a level that is no number": lambda p: p["stages"][1].update(level="1"),
    "an unknown key": lambda p: p.update(note=1),
    "an unknown key of a stage": lambda p: p["stages"][0].update(note=1),
    "a stage without a key": lambda p: p["stages"][0].pop("sets"),
    "an unknown kind of parents": lambda p: p["parents"].update(hosts={}),
    "a parent that there is not": lambda p: p["parents"]["people"].update(C00="limits.9:max"),
    "an unknown key of a seat": lambda p: p["seats"]["O0"].update(note=1),
    "a seat value that is no number": lambda p: p["seats"]["O0"].update(low=["1", "2"]),
    "a method that there is not": lambda p: p.update(method="best"),
    "a method that is none": lambda p: p.update(method=["tree"]),
    "a method without certificate": lambda p: p.update(method="milp"),
    "bounds beside the stages": lambda p: p.update(bounds=p["stages"]),
    "stages as bounds": lambda p: p.update(bounds=p["stages"], stages=[], method="milp"),
}


@pytest.mark.parametrize("name", CERTIFICATES)
def test_a_certificate_that_misleads(certified: Bench, name: str) -> None:
    proof = certified.proof
    CERTIFICATES[name](proof)
    content = render_proof(proof)
    assert content != certified.files[PROOF]
    refused(certified, content)


def _rows(proof: dict[str, Any]) -> dict[str, int]:
    rows: dict[str, int] = next(stage["rows"] for stage in proof["bounds"] if stage["rows"])
    return rows


def _all(proof: dict[str, Any], change: Callable[[dict[str, Any]], object]) -> None:
    for stage in proof["bounds"]:
        change(stage)


BOUNDS: dict[str, Attack] = {
    "a multiplier below 0": lambda p: _rows(p).update({_first(p["bounds"][0], "rows"): -1}),
    "a multiplier of 2^62": lambda p: _rows(p).update({_first(p["bounds"][0], "rows"): HUGE}),
    "a multiplier of 0": lambda p: _rows(p).update({_first(p["bounds"][0], "rows"): 0}),
    "a row that there is not": lambda p: _rows(p).update({"limits.9": 1}),
    "a scale of 0": lambda p: _all(p, lambda stage: stage.update(scale=0)),
    "a scale below 0": lambda p: _all(p, lambda stage: stage.update(scale=-stage["scale"])),
    "a scale that is true": lambda p: _all(p, lambda stage: stage.update(scale=True)),
    "an earlier place below 0": lambda p: p["bounds"][1].update(earlier=[-1]),
    "no earlier place": lambda p: p["bounds"][1].update(earlier=[]),
    "an earlier place too many": lambda p: p["bounds"][1]["earlier"].append(0),
    "an earlier place of the first": lambda p: p["bounds"][0].update(earlier=[0]),
    "an earlier place that is none": lambda p: p["bounds"][1].update(earlier=["0"]),
    "a claim that is no word": lambda p: p["bounds"][0].update(claim=1),
    "sets above": lambda p: p["parents"]["people"].update(C00="limits.0"),
    "no bound": lambda p: p["bounds"].clear(),
    "bounds in another order": lambda p: _swap(p["bounds"]),
    "an unknown key of a bound": lambda p: p["bounds"][0].update(note=1),
    "a seat value that is no number": lambda p: p["seats"]["O0"].update(low=["1", "2"]),
    "the lottery claimed": lambda p: p["bounds"].append({**p["bounds"][1], "name": "lottery"}),
    "said to be on trees": lambda p: p.update(method="tree"),
}


@pytest.mark.parametrize("name", BOUNDS)
def test_bounds_that_mislead(bounded: Bench, name: str) -> None:
    proof = bounded.proof
    BOUNDS[name](proof)
    content = render_proof(proof)
    assert content != bounded.files[PROOF]
    refused(bounded, content)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (b'"version":1', b'"version":1,"version":1'),
        (b'"gap":0', b'"gap":7,"gap":0'),
        (b'"gap":0', b'"gap":0.0'),
        (b'"gap":0', b'"gap":-0'),
        (b'"gap":0', b'"gap":0e0'),
        (b'"gap":0', b'"gap":NaN'),
        (b'"gap":0', b'"gap":' + b"9" * 5000),
        (b'"bounds":[]', b'"bounds":' + b"[" * 100_000 + b"]" * 100_000),
    ],
)
def test_a_text_that_is_read_in_two_ways(certified: Bench, before: bytes, after: bytes) -> None:
    content = certified.files[PROOF].replace(before, after, 1)
    assert content != certified.files[PROOF]
    refused(certified, content)


def test_what_was_written_is_read(certified: Bench, bounded: Bench) -> None:
    for bench in (certified, bounded):
        assert parse_proof(bench.files[PROOF]) == bench.proof
        assert verify_batch(bench.folder).accepted


def test_a_manifest_with_a_key_twice(certified: Bench, tmp_path: Path) -> None:
    text = certified.files[MANIFEST].decode()
    twice = text.replace("{", '{"people": 99,', 1)
    assert json.loads(twice) == json.loads(text)
    write_files(tmp_path, {**certified.files, MANIFEST: twice.encode()})
    with pytest.raises(UsageError):
        verify_batch(tmp_path)


def test_a_manifest_that_says_false_for_0(certified: Bench) -> None:
    manifest = {**certified.manifest, "conditional": False}
    assert certified.manifest["conditional"] == 0
    files = {**certified.files, MANIFEST: json.dumps(manifest).encode()}
    report = check_batch(folder_of(files, certified.folder), certified.derived, [])
    assert [one.place for one in report.findings] == ["conditional"]


def test_a_manifest_of_another_method(certified: Bench) -> None:
    files = {
        **certified.files,
        MANIFEST: json.dumps({**certified.manifest, "method": "milp"}).encode(),
    }
    report = check_batch(folder_of(files, certified.folder), certified.derived, [])
    assert [one.place for one in report.findings] == ["method"]
