"""How long reading and checking a large CSV takes, beside pandas' own reading of it.

`python tests/benchmarks/reading.py` writes 50,000 made-up people × 25 columns, reads and checks
them, and reads the same file with `pandas.read_csv(dtype=str)`, by turns; it prints the least
processor time of each and their ratio (wanted: 8 at most). Two more files are measured besides:
the same with quoted names, and as an office in Indonesia saves it (`;`, dd/mm/yyyy).
"""

from __future__ import annotations

import csv
import gc
import random
import re
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd

from matcher.check import read_people
from matcher.forms import load_form
from matcher.read import Reader
from matcher.settings import Settings

PILOT = Path(__file__).parents[2] / "scenarios" / "ijc-2023" / "candidates.csv"
PEOPLE, COLUMNS, TURNS = 50_000, 25, 5
LEFT_OUT = ("school_trade_hours", "employment", "costs", "skills", "experience", "school_start")


def write_people(path: Path) -> None:
    """Write the pilot's people over and over, each with an id, a name and a birth date of its
    own, in the first 25 columns that hold anything."""
    with PILOT.open(encoding="utf-8", newline="") as file:
        pilot = list(csv.DictReader(file))
    names = [c.name for c in load_form("candidates").columns if c.kept and c.name not in LEFT_OUT]
    held = [name for name in names if any(row.get(name) for row in pilot)][:COLUMNS]
    draw = random.Random(7)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, held, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        for number in range(PEOPLE):
            person = dict(pilot[number % len(pilot)])
            person["candidate_id"] = f"P{number:06d}"
            person["name"] = "Contoh " + " ".join(_word(draw) for _ in range(2))
            born = date(1998, 1, 1) + timedelta(number * 7 % 2500)
            person["birth_date"] = born.isoformat()
            writer.writerow(person)


def _word(draw: random.Random) -> str:
    """Return a made-up word of three syllables."""
    return "".join(draw.choice("bcdgklmnprstw") + draw.choice("aiueo") for _ in range(3)).title()


def timed(work: Callable[[], object]) -> float:
    """Return the seconds one call takes."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def quoted(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows with a degree behind each name, which has to be quoted."""
    place = rows[0].index("name")
    return [rows[0], *([*r[:place], f"{r[place]}, A.Md.", *r[place + 1 :]] for r in rows[1:])]


def indonesian(rows: list[list[str]]) -> list[list[str]]:
    """Return the rows with day/month/year in every date."""
    dated = re.compile("([0-9]{4})-([0-9]{2})-([0-9]{2})")
    return [[dated.sub(r"\3/\2/\1", cell) for cell in row] for row in quoted(rows)]


def main() -> None:
    """Measure and print."""
    settings = Settings(name="benchmark", on=date(2022, 12, 12))
    with TemporaryDirectory() as place:
        folder = Path(place)
        write_people(folder / "plain.csv")
        with (folder / "plain.csv").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
        for name, mark, changed in (
            ("quoted names", ",", quoted(rows)),
            ("Indonesian", ";", indonesian(rows)),
        ):
            with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
                csv.writer(file, delimiter=mark).writerows(changed)
        for name, mark in (("plain", ","), ("quoted names", ","), ("Indonesian", ";")):
            measure(folder, f"{name}.csv", mark, settings)


def measure(folder: Path, file: str, mark: str, settings: Settings) -> None:
    """Print how long one file takes, and pandas with it."""

    def ours() -> None:
        table = Reader(folder, settings.read).table("candidates", (file,))
        assert len(read_people(table, settings, b"").accepted) == PEOPLE

    def theirs() -> None:
        shape = pd.read_csv(folder / file, sep=mark, dtype=str).shape
        assert shape == (PEOPLE, COLUMNS)

    times = [(timed(ours), timed(theirs)) for _ in range(TURNS)]
    mine, pandas_own = (min(column) for column in zip(*times, strict=True))
    print(f"{file}, {PEOPLE:,} rows × {COLUMNS} columns: read and checked {mine:.2f} s,")
    print(f"  pandas.read_csv {pandas_own:.2f} s: ratio {mine / pandas_own:.2f} (wanted: 8)")


if __name__ == "__main__":
    main()
