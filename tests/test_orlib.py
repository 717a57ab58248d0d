"""OR-Library's assignment problems through the product: costs become given scores, and the known
optimum comes out, with a proof that the checker accepts."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from matcher.check import open_scenario
from matcher.pipeline import match
from matcher.report.render import render_csv
from matcher.report.tables import table_placements
from tests.verified import prove

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "benchmarks"
HIGHEST = 1000  # costs are at most 100
MINIMA = {
    "assign100": 305,
    "assign200": 475,
    "assign300": 626,
    "assign400": 804,
    "assignp800": 2239,
    "assignp1500": 5839,
}
MAXIMA = {"assign100": 9900, "assign200": 19939, "assign300": 29959, "assign400": 39977}
CASES = [
    *((name, "minimum", best) for name, best in MINIMA.items()),
    *((name, "maximum", best) for name, best in MAXIMA.items()),
]
Costs = list[tuple[int, int, int]]


def read_costs(name: str) -> tuple[int, Costs]:
    """Return how many rows and columns an instance has, and its costs by row and column."""
    folder = Path(os.environ.get("MATCHER_BENCHMARKS", BESIDE))
    path = folder / "orlib" / f"{name}.txt"
    if not path.exists():
        pytest.skip(f"OR-Library is not there: {path} (MATCHER_BENCHMARKS names its folder)")
    size, *numbers = map(int, path.read_text(encoding="ascii").split())
    if name.startswith("assignp"):
        assert len(numbers) % 3 == 0
        listed = zip(numbers[::3], numbers[1::3], numbers[2::3], strict=True)
        return size, [(i - 1, j - 1, cost) for i, j, cost in listed]
    assert len(numbers) == size * size
    return size, [(at // size, at % size, cost) for at, cost in enumerate(numbers)]


def write_scenario(folder: Path, size: int, scores: Iterator[tuple[int, int, int]]) -> None:
    """Write people, openings of one seat and given scores as a scenario."""
    rows = {
        "candidates": ["candidate_id", *(f"R{i:04}" for i in range(size))],
        "openings": [
            "opening_id,host_id,operation_no,seats",
            *(f"K{j:04},H{j:04},7-7-2,1" for j in range(size)),
        ],
        "scores": [
            "candidate_id,opening_id,score",
            *(f"R{i:04},K{j:04},{score}" for i, j, score in scores),
        ],
    }
    for name, lines in rows.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    files = "\n".join(f'{name} = "{name}.csv"' for name in rows)
    (folder / "scenario.toml").write_text(
        f'name = "Benchmark"\non = 2022-12-12\nentry = [2023-04-01, 2023-08-31]\n[files]\n{files}\n'
        '[scores]\nrules = false\n[objective]\norder = ["placements", "score"]\n',
        encoding="utf-8",
    )


@pytest.mark.parametrize(("name", "end", "best"), CASES, ids=lambda case: str(case))
def test_the_known_optimum_is_reached_and_proved(
    tmp_path: Path, name: str, end: str, best: int
) -> None:
    size, costs = read_costs(name)
    minimum = end == "minimum"
    write_scenario(
        tmp_path, size, ((i, j, HIGHEST - cost if minimum else cost) for i, j, cost in costs)
    )
    result = match(open_scenario(tmp_path))
    rows = list(csv.DictReader(io.StringIO(render_csv(table_placements(result)))))
    assert len({row["opening_id"] for row in rows}) == size
    cost_of = {(f"R{i:04}", f"K{j:04}"): cost for i, j, cost in costs}
    assert sum(cost_of[row["candidate_id"], row["opening_id"]] for row in rows) == best
    _, _, proof = prove(result)
    stages = {stage["name"]: (stage["total"], stage["gap"]) for stage in proof["stages"]}
    assert stages["placements"] == (size, 0)
    assert stages["score"] == (HIGHEST * size - best if minimum else best, 0)
    assert stages["lottery"][1] == 0
