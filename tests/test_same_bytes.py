"""The same batch, byte for byte: whatever the order of rows, hash seed, time zone, locale, threads,
working folder and Python."""

from __future__ import annotations

import csv
import json
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from matcher.batch.notes import OF_PLACES
from matcher.batch.reports import WORKBOOK
from tests.opened import other_files
from tests.readme import ROOT
from tests.test_batch import files, without_places

PILOT = ROOT / "scenarios" / "ijc-2023"
HERE = {"PYTHONHASHSEED": "1", "TZ": "Asia/Jakarta", "LC_ALL": "C", "OMP_NUM_THREADS": "1"}
THERE = {
    "PYTHONHASHSEED": "77",
    "TZ": "Pacific/Apia",
    "LC_ALL": "C.UTF-8",
    "OMP_NUM_THREADS": "4",
    "OPENBLAS_NUM_THREADS": "3",
    "COLUMNS": "40",
}
LIMITS = """
[[limits]]
by = "centre"
max = 30

[[limits]]
by = "job_group"
of = "construction"
min = 2

[[limits]]
by = "entry_month"
max = 40

[[limits]]
budget = 30_000_000
sum = "cost_to_candidate"

[[limits]]
together = ["C002", "C003"]
at = "prefecture"

[[limits]]
apart = ["C004", "C005"]
"""
CAPPED = """
[[limits]]
by = "host"
max = 2
"""


def as_it_is(text: str) -> str:
    """Return the pilot's settings."""
    return text


def limited(text: str) -> str:
    """Return the pilot's settings with limits of every kind."""
    return text + LIMITS


def fair(text: str) -> str:
    """Return the pilot's settings with the lowest score raised first, under a limit."""
    return text.replace("seed", 'order = ["worst", "score"]\nseed', 1) + CAPPED


def stable(text: str) -> str:
    """Return the pilot's settings in which people and openings choose, under a limit."""
    return text.replace("seed", 'mode = "stable"\nseed', 1) + CAPPED


SETTINGS = [as_it_is, limited, fair, stable]


def scenario(folder: Path, settings: Callable[[str], str]) -> Path:
    """Write the pilot with other settings, and return where."""
    shutil.copytree(PILOT, folder)
    path = folder / "scenario.toml"
    path.write_text(settings(path.read_text(encoding="utf-8")), encoding="utf-8")
    if settings is limited:
        orders = folder / "openings.csv"
        with orders.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        at = {name: place for place, name in enumerate(header)}
        for number, row in enumerate(rows):
            row[at["cost_to_candidate"]] = row[at["cost_to_candidate"]] or "0"
            row[at["min_seats"]] = "2" if int(row[at["seats"]]) > 2 and number % 3 == 0 else ""
        write_rows(orders, [header, *rows])
    return folder


def write_rows(path: Path, rows: list[list[str]]) -> None:
    """Write a table's header and rows."""
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows(rows)


def run(
    folder: Path, out: Path, env: dict[str, str], python: str = sys.executable
) -> dict[str, bytes]:
    """Return the files of a scenario's batch, run by a Python in another process and folder."""
    out.parent.mkdir(parents=True)
    command = [python, "-m", "matcher", "run", str(folder), "--all-pairs", "--out", out.name]
    done = subprocess.run(
        command, env={**os.environ, **env}, cwd=out.parent, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode(errors="replace")
    return files(out)


def shuffle_rows(folder: Path, seed: int) -> None:
    """Shuffle the rows of every table of a scenario."""
    draw = random.Random(seed)
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        draw.shuffle(rows)
        write_rows(path, [header, *rows])


@pytest.mark.parametrize("settings", SETTINGS)
def test_whatever_the_surroundings_and_the_order_of_rows(
    tmp_path: Path, settings: Callable[[str], str]
) -> None:
    one = run(scenario(tmp_path / "one", settings), tmp_path / "here" / "out", HERE)
    other = scenario(tmp_path / "another name", settings)
    two = run(other, tmp_path / "there" / "deep" / "batch", THERE)
    assert {name for name in one if one[name] != two.get(name)} == set()
    assert one.keys() == two.keys()
    shuffle_rows(other, 1)
    check_shuffled(one, run(other, tmp_path / "shuffled" / "out", THERE))


def check_shuffled(one: dict[str, bytes], two: dict[str, bytes]) -> None:
    """Check that two batches differ in nothing but what names the office's files: their SHA-256,
    and the lines at which notes stand."""
    assert one.keys() == two.keys()
    assert other_files(one, two) == set()
    manifests = [json.loads(each["manifest.json"]) for each in (one, two)]
    for manifest in manifests:
        assert manifest.pop("sources")
        for name in (*OF_PLACES, WORKBOOK):
            del manifest["files"][name]
    assert manifests[0] == manifests[1]
    notes = [without_places(each["problems.csv"]) for each in (one, two)]
    assert notes[0] == notes[1]


# -- Another Python ------------------------------------------------------------------------------


def other_pythons() -> Iterator[str]:
    """Yield Pythons newer than 3.11 and of another version than this one, as they are found."""
    if stated := os.environ.get("MATCHER_OTHER_PYTHON"):
        yield stated
    names = [f"python3.{minor}" for minor in (14, 13, 12, 11) if minor != sys.version_info.minor]
    yield from filter(None, map(shutil.which, names))
    root = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    for minor in (14, 13, 12, 11):
        if minor != sys.version_info.minor:
            yield from map(str, sorted(root.glob(f"3.{minor}.*/bin/python")))


def works(python: str) -> bool:
    """Return whether a Python starts, is another version than this one, and makes environments."""
    check = "import ensurepip, sys, venv; print(*sys.version_info[:2])"
    try:
        done = subprocess.run([python, "-c", check], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return False
    version = f"{sys.version_info.major} {sys.version_info.minor}"
    return done.returncode == 0 and done.stdout.decode().strip() not in ("", version)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Another Python with the project installed as an office installs it."""
    python = next(filter(works, other_pythons()), "")
    if not python:
        pytest.skip("NO OTHER PYTHON FOUND: same bytes on a newer one not shown")
    place = tmp_path_factory.mktemp("other") / "venv"
    subprocess.run([python, "-m", "venv", str(place)], check=True)
    own = str(place / ("Scripts/python.exe" if os.name == "nt" else "bin/python"))
    source = shutil.copytree(
        ROOT / "matcher",
        place.parent / "source" / "matcher",
        ignore=shutil.ignore_patterns("__pycache__"),
    ).parent
    for name in ("pyproject.toml", "setup.cfg", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    done = subprocess.run(
        [own, "-m", "pip", "install", "-q", str(source)], capture_output=True, check=False
    )
    if done.returncode:
        pytest.skip(f"NOT INSTALLED ON {python}: {done.stderr.decode(errors='replace')[-500:]}")
    return own


def test_whatever_the_python(tmp_path: Path, other: str) -> None:
    folder = scenario(tmp_path / "one", limited)
    ours = run(folder, tmp_path / "here" / "out", HERE)
    theirs = run(folder, tmp_path / "there" / "out", HERE, other)
    assert {name for name in ours if ours[name] != theirs.get(name)} == set()
    assert ours.keys() == theirs.keys()
