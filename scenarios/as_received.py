"""Write `scenarios/as-received`: the people, orders and hosts of IJC 2023 as offices send them.

    python scenarios/as_received.py

The same plan must come of it as of `scenarios/ijc-2023`, whose tables it is made from.
"""

import argparse
import csv
import shutil
from collections.abc import Sequence
from pathlib import Path

from draw import Row
from received_book import ESTABLISHMENTS_SHEET, HOSTS_SHEET, write_hosts
from received_texts import write_orders, write_register, write_schools, write_supervisors
from received_workbooks import write_bekasi, write_makassar, write_medan

HERE = Path(__file__).parent
CLEAN, FOLDER = HERE / "ijc-2023", HERE / "as-received"
SETTINGS = f"""\
name = "IJC 2023"
on = 2022-12-12
language = "id"
entry = [2023-04-01, 2023-08-31]

[files]
candidates = [
    "bpvp-bekasi.xlsx", "lpk-makassar.xlsx", "blk-medan.xlsx", "padang-semarang.csv",
]
openings = "kyujin.csv"
hosts = "kumiai.ods#{HOSTS_SHEET}"
establishments = "kumiai.ods#{ESTABLISHMENTS_SHEET}"
supervisors = "kanri-dantai.csv"
schools = "daftar-so.csv"
decisions = "decisions.csv"

[objective]
seed = "20221212"

[job_types]
"Las" = "7-7-1"
"Las CO2" = "7-7-2"
"""
README = """\
# As received

IJC 2023 as its offices would really send it. All people, hosts and numbers are made up: no
district begins with the digits of these NIK. Written from `scenarios/ijc-2023` by

    python scenarios/as_received.py

`matcher run scenarios/as-received` gives the plan of `scenarios/ijc-2023`: all its tables but
`problems.csv`, which tells what was mended here, are equal byte for byte.

- `bpvp-bekasi.xlsx`: an export of SIAPkerja. Its 33 columns and the office's own behind them,
  titles above, total and signature below, real dates, shares as percentages, the transaction code
  as the only id, courses with tails of classes, a sheet of notes and a hidden one.
- `lpk-makassar.xlsx`: the form of a private school. Merged titles, place and date of birth in one
  cell, ✓ ○ ×, a dash where nothing is known, lists with line breaks, numbers and money as text.
- `blk-medan.xlsx`: a register in English. Everything text, columns in no order, units behind
  numbers, lists with 、, a filter, columns that nobody needs.
- `padang-semarang.csv`: a web application's file for Excel in Indonesia. `sep=;`, decimal commas,
  thousands points, dd/mm/yyyy, a byte order mark.
- `kyujin.csv`: orders from Japan in Shift-JIS. Years of Reiwa, full-width digits, yen, men and
  women counted apart.
- `kumiai.ods`: the supervising organisation's list of hosts behind a cover sheet, and on a sheet
  of its own the establishments where care is given.
- `kanri-dantai.csv`: the supervising organisations from Japan in Shift-JIS, with their permits.
- `daftar-so.csv`: the sending schools from an office in Indonesia.
- `decisions.csv`: as it is, the office wrote it itself.

What the office had to say itself is in `scenario.toml`: which files, which sheet, and what it means
by “Las” and “Las CO2”.
"""


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the folder that the command line names."""
    parser = argparse.ArgumentParser(description="Write IJC 2023 as offices send it.")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER, help="where to write")
    folder: Path = parser.parse_args(arguments).folder
    folder.mkdir(parents=True, exist_ok=True)
    people = _read("candidates")
    write_bekasi(folder / "bpvp-bekasi.xlsx", _of(people, "Bekasi"))
    write_makassar(folder / "lpk-makassar.xlsx", _of(people, "Makassar"))
    write_medan(folder / "blk-medan.xlsx", _of(people, "Medan"))
    write_register(folder / "padang-semarang.csv", _of(people, "Padang", "Semarang"))
    write_orders(folder / "kyujin.csv", _read("openings"))
    write_hosts(folder / "kumiai.ods", _read("hosts"), _read("establishments"))
    write_supervisors(folder / "kanri-dantai.csv", _read("supervisors"))
    write_schools(folder / "daftar-so.csv", _read("schools"))
    shutil.copyfile(CLEAN / "decisions.csv", folder / "decisions.csv")
    for name, text in (("scenario.toml", SETTINGS), ("README.md", README)):
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


def _read(table: str) -> list[Row]:
    with (CLEAN / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _of(people: Sequence[Row], *centres: str) -> list[Row]:
    return [person for person in people if person["centre"] in centres]


if __name__ == "__main__":
    main()
