"""PrefLib's conference through the command: bidders as candidates, papers as openings of one seat,
and the bids as the table of given scores."""

from __future__ import annotations

import csv
import io
import os
import re
from collections import Counter
from pathlib import Path

import pytest
from click.testing import CliRunner

from matcher.cli import main

INSTANCE = Path("preflib", "csconf_MD-00002-00000003.toi")
BESIDE = Path(__file__).resolve().parents[2] / "shared" / "benchmarks"
Bids = dict[tuple[str, str], int]


@pytest.fixture(scope="module")
def bids() -> Bids:
    """Return the score of each bidder and paper: 3 for yes, 2 for maybe, 1 for no response; a paper
    that a bidder does not list is a conflict."""
    path = Path(os.environ.get("MATCHER_BENCHMARKS", BESIDE)) / INSTANCE
    if not path.exists():
        pytest.skip(f"PrefLib is not there: {path} (MATCHER_BENCHMARKS names its folder)")
    lines = path.read_text(encoding="utf-8").splitlines()
    found = {
        (f"B{bidder:03}", f"P{int(paper):03}"): score
        for bidder, line in enumerate(lines[int(lines[0]) + 2 :])
        for score, level in zip(
            (3, 2, 1), re.findall(r"\{(.*?)\}", line.split(",", 1)[1]), strict=True
        )
        for paper in level.split(",")
        if paper
    }
    assert len({bidder for bidder, _ in found}) == 146
    assert len({paper for _, paper in found}) == 176
    return found


def write_scenario(folder: Path, bids: Bids, shortlist: str) -> None:
    """Write the instance as a scenario with these lines of `[shortlist]`."""
    papers = sorted({paper for _, paper in bids})
    rows = {
        "candidates": ["candidate_id", *sorted({bidder for bidder, _ in bids})],
        "openings": [
            "opening_id,host_id,operation_no,seats",
            *(f"{paper},H-{paper},7-7-2,1" for paper in papers),
        ],
        "scores": [
            "candidate_id,opening_id,score",
            *(f"{bidder},{paper},{score}" for (bidder, paper), score in sorted(bids.items())),
        ],
    }
    for name, lines in rows.items():
        (folder / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    files = "\n".join(f'{name} = "{name}.csv"' for name in rows)
    (folder / "scenario.toml").write_text(
        'name = "Conference"\non = 2022-12-12\nentry = [2023-04-01, 2023-08-31]\n'
        f"[files]\n{files}\n[scores]\nrules = false\n[shortlist]\n{shortlist}\n",
        encoding="utf-8",
    )


@pytest.mark.parametrize(
    ("per_seat", "least", "most", "total"), [(3, 0, 5, 1406), (1, 0, 3, 506), (1, 1, 3, 502)]
)
def test_the_known_best_of_a_conference(
    tmp_path: Path, bids: Bids, per_seat: int, least: int, most: int, total: int
) -> None:
    shortlist = f"per_seat = {per_seat}\nplus = 0\nload_min = {least}\nload_max = {most}"
    write_scenario(tmp_path, bids, shortlist)
    answer = CliRunner().invoke(main, ["shortlist", str(tmp_path), "--format", "csv"])
    assert answer.exit_code == 0, answer.output
    rows = list(csv.DictReader(io.StringIO(answer.stdout)))
    pairs = [(row["candidate_id"], row["opening_id"]) for row in rows]
    assert len(set(pairs)) == len(pairs)
    assert [int(row["score"]) for row in rows] == [bids[pair] for pair in pairs]
    assert sum(bids[pair] for pair in pairs) == total
    lists, loads = Counter(paper for _, paper in pairs), Counter(bidder for bidder, _ in pairs)
    assert len(lists) == 176
    assert set(lists.values()) == {per_seat}
    assert max(loads.values()) <= most
    assert not least or len(loads) == 146
