"""What people open of a batch: how long it takes to write, and how much memory.

    python tests/benchmarks/pages.py [PART …]

1. `written`: page and workbook of the pilot, against plain `xlsxwriter` writing the cells of the
   same workbook (the same texts and numbers, no formats) to memory in the same run, told with and
   without gathering what they show. Wanted: at most 2 times.
2. `whole`: `matcher run scenarios/ijc-2023` as a whole process, everything written, against a
   process that only imports pandas, scipy.optimize and networkx. Wanted: at most 4 times.
3. `large`: `matcher run` of 20,000 made-up people and 3,000 job orders: seconds, the most memory
   held at once, how large the files are. Wanted: at most 1.5 GiB.
4. `plain`: the same without the least numbers of job orders, which no tree of sets holds.

The two of a ratio are measured in turn; medians are compared. Without a PART all are measured.
Reports; asserts nothing.
"""

from __future__ import annotations

import gc
import io
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pandas
import xlsxwriter
from python_calamine import CalamineWorkbook

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from matcher.batch import run_scenario  # noqa: E402
from matcher.cli import RARELY  # noqa: E402
from matcher.language import words_of  # noqa: E402
from matcher.report.book import write_book  # noqa: E402
from matcher.report.content import gather_content  # noqa: E402
from matcher.report.page import write_report  # noqa: E402
from tests.benchmarks.whole_run import IMPORTS, call, in_turn, process  # noqa: E402

PILOT = ROOT / "scenarios" / "ijc-2023"
PEOPLE, OPENINGS, SEED = 20_000, 3_000, 7
TURNS = 31  # short calls: a busy machine moves them more than what they are
DIGESTS = {"placements.csv": "0" * 64, "proof.json": "0" * 64}
Cells = dict[str, list[tuple[int, int, str | float]]]


def main() -> None:
    """Measure the parts asked for and print."""
    parts: dict[str, Callable[[Path], None]] = {
        "written": written,
        "whole": whole,
        "large": large,
        "plain": plain,
    }
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or parts:
            parts[name](Path(folder))


def written(_: Path) -> None:
    """Print the ratios of page and workbook to plain cells, both with memory looked through as
    rarely as in a command."""
    gc.set_threshold(*RARELY)
    result, words = run_scenario(PILOT), words_of("id")
    content = gather_content(result, words, DIGESTS)
    book = write_book(content)
    cells = cells_of(book)
    count = sum(map(len, cells.values()))
    page = sum(map(len, write_report(content).values()))
    print(f"pilot: page {page:,} bytes; workbook {len(book):,} bytes, {count:,} cells", end="")
    print(f" on {len(cells)} sheets")

    def gathered() -> None:
        content = gather_content(result, words, DIGESTS)
        write_report(content)
        write_book(content)

    measure("workbook", lambda: write_book(content), cells)
    measure("page", lambda: write_report(content), cells)
    measure("page and workbook", lambda: (write_report(content), write_book(content)), cells)
    measure("gathered, page and workbook", gathered, cells)


def measure(name: str, ours: Callable[[], object], cells: Cells) -> None:
    """Print how long a call takes, and its ratio to writing cells plain."""
    mine, plain = in_turn(lambda: call(ours), lambda: call(lambda: write_plain(cells)), TURNS)
    ratio = f"ratio {mine / plain:.2f} (wanted: at most 2)"
    print(f"{name}: {mine:.3f} s; the same cells plain: {plain:.3f} s; {ratio}")


def cells_of(book: bytes) -> Cells:
    """Return the texts and numbers of each sheet of a workbook, with their rows and columns."""
    opened = CalamineWorkbook.from_filelike(io.BytesIO(book))
    found: Cells = {}
    for name in opened.sheet_names:
        rows = opened.get_sheet_by_name(name).to_python(skip_empty_area=False)
        found[name] = [
            (row, column, cell if isinstance(cell, int | float) else str(cell))
            for row, line in enumerate(rows)
            for column, cell in enumerate(line)
            if cell != ""
        ]
    return found


def write_plain(cells: Cells) -> None:
    """Write cells to a workbook in memory, texts as texts, without a format."""
    book = xlsxwriter.Workbook(io.BytesIO(), {"in_memory": True})
    for name, held in cells.items():
        sheet = book.add_worksheet(name)
        for row, column, cell in held:
            if isinstance(cell, str):
                sheet.write_string(row, column, cell)
            else:
                sheet.write_number(row, column, cell)
    book.close()


def whole(folder: Path) -> None:
    """Print the ratio of a whole run to the imports alone."""
    run = [sys.executable, "-m", "matcher", "run", str(PILOT), "--replace"]
    run += ["--out", str(folder / "batch")]
    imports, code = [sys.executable, "-c", IMPORTS], folder / "code"
    ours, theirs = in_turn(lambda: process(run, code), lambda: process(imports, code))
    print(f"matcher run scenarios/ijc-2023: {ours:.2f} s; {IMPORTS}: {theirs:.2f} s")
    print(f"ratio {ours / theirs:.2f} (wanted: at most 4)")


def large(folder: Path) -> None:
    """Print the seconds, memory and files of a large run."""
    run_large(generate(folder / "large"), folder / "large-batch")


def plain(folder: Path) -> None:
    """Print those of a large run without least numbers."""
    scenario = generate(folder / "plain")
    openings = pandas.read_csv(scenario / "openings.csv", dtype=str, keep_default_na=False)
    openings.assign(min_seats="").to_csv(scenario / "openings.csv", index=False)
    run_large(scenario, folder / "plain-batch")


def generate(scenario: Path) -> Path:
    """Write a large scenario, and return its folder."""
    size = ["--people", str(PEOPLE), "--openings", str(OPENINGS), "--seed", str(SEED)]
    command = [sys.executable, str(ROOT / "scenarios/generate.py"), str(scenario), *size]
    subprocess.run(command, check=True, capture_output=True)
    return scenario


def run_large(scenario: Path, batch: Path) -> None:
    """Print the seconds, memory and files of the run of a scenario."""
    run = [sys.executable, "-m", "matcher", "run", str(scenario), "--out", str(batch)]
    start = time.perf_counter()
    with subprocess.Popen(run, stdout=subprocess.DEVNULL, cwd=ROOT) as child:
        _, status, used = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
    seconds = time.perf_counter() - start
    memory = used.ru_maxrss / 2**20  # KiB, on Linux
    print(f"matcher run, {PEOPLE:,} people and {OPENINGS:,} job orders: {seconds:.1f} s", end="")
    print(f", {memory:.2f} GiB (wanted: at most 1.5), exit {child.returncode}")
    details = sorted((batch / "details").glob("*.html"))
    for path in (batch / "report.html", batch / "workbook.xlsx", *details[:1]):
        if path.is_file():
            print(f"{path.relative_to(batch)}: {path.stat().st_size:,} bytes")
    print(f"pages with details: {len(details)}")


if __name__ == "__main__":
    main()
