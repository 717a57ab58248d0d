"""How long a whole run takes, and a pair: as ratios to named peers measured in the same run.

    python tests/benchmarks/whole_run.py

1. `matcher run scenarios/ijc-2023` as a whole process, against a process that only imports
   pandas, scipy.optimize and networkx. Wanted: at most 2.5 times. Both have their modules as byte
   code, as an installed package has, even where the environment writes none.
2. Screening and scoring of 2,000 × 400 made-up pairs (all rules, all criteria, both ends, counts
   by rule), against five criteria of the same size as one plain numpy float32 broadcast: coverage
   of 64 skills, language, experience, a table of regions, distance of wages. Wanted: at most 3
   times. The two are measured in turn; medians are compared.

Reports; asserts nothing.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parents[2]
RUNS = 7
PEOPLE, OPENINGS, SKILLS, REGIONS = 2000, 400, 64, 47
IMPORTS = "import pandas, scipy.optimize, networkx"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as folder:
        whole_process(Path(folder))
        each_pair(Path(folder))


def whole_process(folder: Path) -> None:
    """Print the ratio of a whole run to the imports alone."""
    run = [sys.executable, "-m", "matcher", "run", str(ROOT / "scenarios/ijc-2023"), "--replace"]
    run += ["--out", str(folder / "batch")]
    imports = [sys.executable, "-c", IMPORTS]
    code = folder / "code"
    ours, theirs = in_turn(lambda: process(run, code), lambda: process(imports, code))
    print(f"matcher run scenarios/ijc-2023: {ours:.2f} s; {IMPORTS}: {theirs:.2f} s")
    print(f"ratio {ours / theirs:.2f} (wanted: at most 2.5)")


def each_pair(folder: Path) -> None:
    """Print the nanoseconds a pair and the ratio to the broadcast."""
    from matcher.check import open_scenario
    from matcher.fit import gather_facts
    from matcher.score import score_pairs
    from matcher.screen import screen_pairs

    scenario = folder / "scenario"
    size = ["--people", str(PEOPLE), "--openings", str(OPENINGS), "--seed", "7"]
    script = str(ROOT / "scenarios/generate.py")
    subprocess.run([sys.executable, script, str(scenario), *size], check=True)
    problem = open_scenario(scenario)
    shares = []

    def ours() -> None:
        facts = gather_facts(problem)
        screening = screen_pairs(problem, facts)
        score_pairs(problem, facts, screening)
        shares.append(screening.candidate.size)

    pairs = problem.present.size * OPENINGS
    mine, theirs = in_turn(lambda: call(ours), lambda: call(broadcast()))
    a, b = mine / pairs * 1e9, theirs / (PEOPLE * OPENINGS) * 1e9
    print(f"screening and scoring {problem.present.size} × {OPENINGS}: {a:.1f} ns a pair", end="")
    print(f" ({shares[0] / pairs:.1%} of pairs not refused); broadcast: {b:.1f} ns")
    print(f"ratio {a / b:.2f} (wanted: at most 3)")


def broadcast() -> Callable[[], NDArray[np.float32]]:
    """Return the peer: five criteria of all pairs as a numpy float32 broadcast."""
    rng = np.random.default_rng(7)
    held = (rng.random((PEOPLE, SKILLS)) < 0.2).astype(np.float32)
    needed = (rng.random((OPENINGS, SKILLS)) < 0.1).astype(np.float32)
    level, minimum = (rng.random(n).astype(np.float32) * 5 for n in (PEOPLE, OPENINGS))
    months, asked = (rng.random(n).astype(np.float32) * 60 for n in (PEOPLE, OPENINGS))
    home, place = (rng.integers(0, REGIONS, n) for n in (PEOPLE, OPENINGS))
    near = rng.random((REGIONS, REGIONS)).astype(np.float32)
    hoped, wage = (rng.random(n).astype(np.float32) * 100 for n in (PEOPLE, OPENINGS))

    def score() -> NDArray[np.float32]:
        coverage = held @ needed.T / np.maximum(needed.sum(axis=1), 1)
        language = np.clip((level[:, None] - minimum + 2) / 4, 0, 1)
        experience = np.clip(months[:, None] / np.maximum(asked, 1), 0, 1)
        region = near[home[:, None], place]
        distance = 1 - np.abs(hoped[:, None] - wage) / 100
        total: NDArray[np.float32] = (
            np.float32(0.4) * coverage
            + np.float32(0.2) * language
            + np.float32(0.2) * experience
            + np.float32(0.1) * region
            + np.float32(0.1) * distance
        )
        return total

    assert score().dtype == np.float32
    return score


def in_turn(
    ours: Callable[[], float], theirs: Callable[[], float], runs: int = RUNS
) -> tuple[float, float]:
    """Return the median seconds of both, measured in turn after one warm-up each."""
    ours(), theirs()
    seconds = [(ours(), theirs()) for _ in range(runs)]
    mine, other = zip(*seconds, strict=True)
    return statistics.median(mine), statistics.median(other)


def process(command: list[str], code: Path) -> float:
    """Return the seconds a process takes that keeps its byte code in a folder."""
    kept = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(code)}
    environment = os.environ | kept
    return call(lambda: subprocess.run(command, check=True, capture_output=True, env=environment))


def call(function: Callable[[], object]) -> float:
    """Return the seconds a call takes."""
    start = time.perf_counter()
    function()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
