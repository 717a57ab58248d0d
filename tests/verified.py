"""Small made-up batches to plant faults in, and what the checker says of changed files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from matcher.batch import INPUTS, MANIFEST, PLACEMENTS, batch_files, run_scenario
from matcher.batch.again import find_differences
from matcher.language import Phrase
from matcher.pipeline import Result
from matcher.problem import Numbers
from matcher.proof import state_proof
from matcher.report.render import render_csv, render_json
from matcher.report.tables import table_placements
from matcher.settings import Read
from matcher.verify import WRONG, Derived, Finding, Report, check_batch, derive
from matcher.verify.findings import CHANGED
from matcher.verify.folder import Folder, find_changed
from matcher.verify.form import PROOF, digest, digests_of, parse_proof, render_proof
from matcher.verify.plan import find_breaches, read_plan
from matcher.verify.proved import check_proof
from tests.worlds import OPENING, PERSON, Row, decision

Files = dict[str, bytes]
OFFICE = """name = "Kantor Contoh"
on = 2022-12-12
entry = [2023-04-01, 2023-08-31]
[files]
candidates = "candidates.csv"
openings = "openings.csv"
hosts = "hosts.csv"
decisions = "decisions.csv"
earlier = "earlier.csv"
[objective]
order = ["placements", "keep", "score"]
min_score = 100_000
[[limits]]
by = "centre"
of = "BLK Contoh Timur"
min = 4
[[limits]]
by = "host"
of = "H3"
max = 3
"""
SHUT = """[[limits]]
by = "host"
of = "H1"
max = 1
"""
NUMBERS = """name = "Angka Contoh"
on = 2022-12-12
entry = [2023-04-01, 2023-08-31]
[files]
candidates = "candidates.csv"
openings = "openings.csv"
scores = "scores.csv"
[scores]
rules = false
[objective]
order = ["{order}"]
min_score = 1
"""
CROSSING = """
[[limits]]
budget = 1_500_000
sum = "cost_to_candidate"
[[limits]]
apart = ["C02", "C03"]
at = "host"
[[limits]]
together = ["C05", "C06"]
at = "host"
"""
DERIVED: dict[Path, Derived | Phrase] = {}


@dataclass(frozen=True)
class Bench:
    """A batch as it was written: its files, what follows from its inputs, and the same batch made
    again."""

    files: Files
    derived: Derived
    folder: Path

    @property
    def manifest(self) -> dict[str, Any]:
        """The manifest, to be changed."""
        return dict(json.loads(self.files[MANIFEST]))

    @property
    def proof(self) -> dict[str, Any]:
        """The proof, to be changed."""
        return parse_proof(self.files[PROOF])

    def rows(self, name: str) -> list[dict[str, str]]:
        """Return the rows of a table."""
        return list(csv.DictReader(io.StringIO(self.files[name].decode())))


def csv_of(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return rows as the bytes of a table."""
    text = io.StringIO()
    columns = list(dict.fromkeys(column for row in rows for column in row))
    writer = csv.DictWriter(text, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def office_tables() -> dict[str, list[Row]]:
    """Return an office's tables: two centres, quotas that bind, ties, seats on record."""
    people: list[Row] = [
        {
            **PERSON,
            "candidate_id": f"C{at:02}",
            "centre": "BLK Contoh Timur" if at % 2 else "BLK Contoh Barat",
            "japanese_level": "N5" if at % 2 else "N4",
            "attendance": str(80 + at // 4 * 5),
        }
        for at in range(16)
    ]
    openings: list[Row] = [
        {**OPENING, "opening_id": f"O{at}", "host_id": host, "seats": str(seats)}
        for at, (host, seats) in enumerate(
            [("H1", 2), ("H1", 2), ("H2", 3), ("H2", 1), ("H3", 2), ("H3", 3)]
        )
    ]
    blank = {name: "0" for name in ("trainees_1", "trainees_2", "trainees_3", "promised")}
    hosts: list[Row] = [
        {"host_id": f"H{at}", "full_time_staff": staff, "excellent": "tidak", **blank}
        for at, staff in ((1, "20"), (2, "45"), (3, "45"))
    ]
    decisions = [
        decision("place", "C01", "O2"),
        decision("forbid", "C04", "O0"),
        decision("withdraw", "C14"),
        decision("hold", "C15"),
    ]
    earlier: list[Row] = [
        {"candidate_id": f"C{at:02}", "opening_id": f"O{at % 6}"} for at in range(3, 13, 3)
    ]
    return {
        "candidates": people,
        "openings": openings,
        "hosts": hosts,
        "decisions": decisions,
        "earlier": earlier,
    }


def crossing_tables() -> dict[str, list[Row]]:
    """Return the same with something still to be paid, and openings for two people or none."""
    tables = number_tables()
    tables["openings"] = [
        {
            **row,
            "seats": "3",
            "cost_to_candidate": str(100_000 * at + 100_000),
            "min_seats": "2" if at % 2 else "",
        }
        for at, row in enumerate(tables["openings"])
    ]
    return tables


def number_tables() -> dict[str, list[Row]]:
    """Return people and seats of whom nothing is known but small scores, often alike."""
    scores: list[Row] = [
        {"candidate_id": f"C{i:02}", "opening_id": f"O{j}", "score": str((i * 7 + j * j * 3) % 5)}
        for i in range(12)
        for j in range(5)
        if (i + 2 * j) % 7
    ]
    return {
        "candidates": [{"candidate_id": f"C{i:02}"} for i in range(12)],
        "openings": [
            {**OPENING, "opening_id": f"O{j}", "host_id": f"H{j // 2}", "seats": str(1 + j % 2)}
            for j in range(5)
        ],
        "scores": scores,
    }


def shut_tables() -> dict[str, list[Row]]:
    """Return the same, where O3 asks for more people than `SHUT` allows at its host."""
    tables = number_tables()
    tables["openings"][3] = {**tables["openings"][3], "min_seats": "2"}
    return tables


def bench_of(folder: Path, settings: str, tables: Mapping[str, Sequence[Row]]) -> Bench:
    """Write a scenario, run it and write its batch."""
    scenario, out = folder / "scenario", folder / "batch"
    scenario.mkdir(parents=True)
    (scenario / "scenario.toml").write_text(settings, encoding="utf-8")
    for name, rows in tables.items():
        (scenario / f"{name}.csv").write_bytes(csv_of(rows))
    files = batch_files(run_scenario(scenario))
    write_files(out, files)
    derived = derive(folder_of(files, out))
    assert isinstance(derived, Derived)
    return Bench(files, derived, out)


def prove(result: Result) -> tuple[Derived, Numbers, dict[str, Any]]:
    """Return of a result what follows from its problem, the plan as its table is read, and its
    proof as its bytes are read; the checker finds nothing in them."""
    placements = render_csv(table_placements(result)).encode()
    proof = parse_proof(render_proof(state_proof(result, placements)))
    derived = Derived.of(result.problem)
    plan, findings = read_plan(derived, placements)
    assert findings == []
    assert list(find_breaches(derived, plan)) == []
    found, names = check_proof(derived, plan, proof)
    assert found == []
    assert [(one.total, one.bound) for one in names] == [
        (stage["total"], stage["bound"]) for stage in proof["stages"] or proof["bounds"]
    ]
    return derived, plan, proof


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write the files of a batch."""
    for name, content in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def folder_of(files: Mapping[str, bytes], path: Path) -> Folder:
    """Return the files as the checker reads them from a folder."""
    rest = {name: content for name, content in files.items() if name != MANIFEST}
    return Folder(path, json.loads(files[MANIFEST]), rest)


def derived_of(bench: Bench, files: Files, place: Path) -> tuple[Derived | Phrase, bool]:
    """Return what follows from the inputs among files, and whether they are the batch's own; those
    that were changed are read from `place`, once."""
    inputs = {name: content for name, content in files.items() if name.startswith(INPUTS)}
    if inputs == {name: bench.files.get(name) for name in bench.files if name.startswith(INPUTS)}:
        return bench.derived, True
    if place not in DERIVED:
        write_files(place, inputs)
        DERIVED.clear()
        DERIVED[place] = derive(folder_of(files, place))
    return DERIVED[place], False


def check_files(bench: Bench, files: Files, place: Path, *, again: bool = True) -> list[Finding]:
    """Return what the checker finds in changed files and, if `again`, the comparison with the batch
    made again; inputs that were changed are read from `place`."""
    derived, same = derived_of(bench, files, place)
    folder = folder_of(files, bench.folder)
    changed = list(find_changed(folder))
    if isinstance(derived, Phrase):
        return [*changed, Finding(WRONG, INPUTS, "", derived)]
    report: Report = check_batch(folder, derived, changed)
    findings = list(report.findings)
    if again and same and files.get(PLACEMENTS) == bench.files[PLACEMENTS]:
        findings += find_differences(folder.files, bench.files)
    return findings


def sealed(bench: Bench, files: Files, place: Path) -> Files:
    """Return changed files with every SHA-256 in proof and manifest taken anew."""
    files = dict(files)
    if PROOF in files and files[PROOF].endswith(b"}\n"):
        derived, _ = derived_of(bench, files, place)
        if isinstance(derived, Derived):
            inputs = {
                name.removeprefix(f"{INPUTS}/"): content
                for name, content in files.items()
                if name.startswith(INPUTS)
            }
            proof = json.loads(files[PROOF])
            plan = files.get(PLACEMENTS, b"")
            proof["digests"] = digests_of(derived.problem, plan, inputs)
            files[PROOF] = render_proof(proof)
    manifest = json.loads(files[MANIFEST])
    manifest["files"] = {n: digest(c) for n, c in files.items() if n != MANIFEST}
    files[MANIFEST] = render_json(manifest).encode()
    return files


__all__ = ["CHANGED", "NUMBERS", "OFFICE", "Bench", "Read", "bench_of", "check_files", "sealed"]
