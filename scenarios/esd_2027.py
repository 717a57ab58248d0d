"""Write `scenarios/esd-2027`: a small batch across the change of regime on 2027-04-01.

    python scenarios/esd_2027.py

Nothing is drawn: every cell follows from the tables here and in `esd_2027_orders`. The folder's
README.md, which says what to look for, is written by hand.
"""

import argparse
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

from columns import CANDIDATE_COLUMNS, DECISION_COLUMNS, OPENING_COLUMNS
from draw import Row, listed
from esd_2027_orders import ESTABLISHMENTS, HOSTS, SCHOOLS, SUPERVISORS, make_openings
from generate import TABLES, write_rows

FOLDER = Path(__file__).parent / "esd-2027"
MORE_COLUMNS = {
    "candidates": [
        *CANDIDATE_COLUMNS[: CANDIDATE_COLUMNS.index("school_hours_planned") + 1],
        "school_trade_hours",
        *CANDIDATE_COLUMNS[CANDIDATE_COLUMNS.index("school_hours_planned") + 1 :],
        *("recommended_on", "costs"),
    ],
    "openings": [
        *OPENING_COLUMNS[: OPENING_COLUMNS.index("entry_to") + 1],
        "plan_filing_on",
        *OPENING_COLUMNS[OPENING_COLUMNS.index("entry_to") + 1 :],
    ],
}
SETTINGS = """\
# The day of the batch lies in the old regime (TITP), most of the entries in the new one (ESD).
name = "ESD 2027"
on = 2026-11-26
language = "id"

[files]
candidates = "candidates.csv"
openings = "openings.csv"
hosts = "hosts.csv"
establishments = "establishments.csv"
supervisors = "supervisors.csv"
schools = "schools.csv"
decisions = "decisions.csv"

[objective]
seed = "20261126"

# What the office rules about figures of the book (`matcher rules`): one from memory is confirmed,
# one field is closed. Take a line out and the figure counts as the book has it.
[law]
esd_care_level = { by = "Petugas Contoh", on = 2026-11-20, source = "surat contoh dari kumiai" }
esd_field_food = { value = false, by = "Petugas Contoh", on = 2026-11-24, source = "berita contoh" }

# With the programme's agreement claimed, nobody's prior experience (T9) is open any more:
# [promises]
# prior_experience = "kesepakatan contoh antara kementerian dan kumiai"
"""
# Centre, programme, schools, people, and what the whole class shares.
CLASSES = (
    (
        *("Bekasi", "las-pelat-gmaw-3g", ("S-01", "S-02"), 20),
        ("Jawa Barat", "2026-07-06", "2026-10-30", 640, 640, "lulus", "2027-01-04"),
    ),
    (
        *("Medan", "kes-caregiver", ("S-03",), 12),
        ("Sumatera Utara", "2026-09-07", "2027-01-15", 640, 360, "dalam proses", "2027-02-01"),
    ),
    (
        *("Padang", "prc-hasil-perikanan", ("S-04",), 14),
        ("Sumatera Barat", "2026-08-03", "2026-11-20", 640, 640, "lulus", "2027-01-04"),
    ),
    (
        *("Semarang", "bgn-operator-perancah", ("S-02", "S-05"), 14),
        ("Jawa Tengah", "2026-08-03", "2026-10-09", 340, 340, "lulus", "2027-01-04"),
    ),
)
# Each class's levels of Japanese, in turn, and who of it are women (places from 0).
LEVELS = {
    "Bekasi": ("N5", "belum tes", "N5", "", "N5"),
    "Medan": ("N4", "N5", "N4", "belum tes", "N4", "N5"),
    "Padang": ("N5", "belum tes", "N5", "", "none", "N5", "N5"),
    "Semarang": ("N5", "N5", "belum tes", "N5", "none", "N5", "belum tes"),
}
WOMEN = {"Bekasi": {4}, "Medan": set(range(12)) - {2, 5, 9}, "Padang": set(range(10))}
WISHES = {
    "Bekasi": ("7-7-2; 6-6-1", "", "7-7-2"),
    "Medan": ("7-13-1", ""),
    "Padang": ("4-4-4; 4-9-1", "4-9-1", ""),
    "Semarang": ("3-8-1", ""),
}
PLACES = ("Osaka; Aichi", "", "Hiroshima", "Aichi; Saitama", "", "Chiba")
ACCEPTS = "night_shift; heights; cold_store; no_prayer_place"
FIRST_BIRTH, BETWEEN_BIRTHS, SPREAD = date(2000, 2, 11), 173, 2600  # days
AT_SCHOOL = {"school_start": "2026-11-02", "school_end": "2026-12-18"}
# What sets single people apart.
SINGLE = {
    "C10": {"deposit": "3000000"},
    "C15": {"cost_to_candidate": "55000000"},
    "C22": {"japanese_expected": "N4@2027-03-31"},
    "C26": {"japanese_expected": "N4@2027-08-31"},
    "C27": {"recommended_on": "2026-03-02"},
    "C40": {"medical": "pending"},
    "C46": {"birth_date": "2009-05-20"},
    "C47": {"former_trainee": "ya", "experience": "3-8-1:12"},
    "C48": {"former_trainee": "ya", "experience": "3-8-1:12"},
    "C59": {
        **AT_SCHOOL,
        "school_hours_done": "20",
        "school_hours_planned": "44",
        "school_trade_hours": "64",
    },
    "C60": {
        **AT_SCHOOL,
        "school_hours_done": "20",
        "school_hours_planned": "45",
        "school_trade_hours": "65",
    },
}
DECISIONS = (
    (
        *("enforce:sex", "", "O-25"),
        "bantuan mandi penghuni perempuan hanya boleh oleh perempuan",
        *("Kepala Petugas Contoh", "2026-11-23"),
    ),
    ("withdraw", "C58", "", "mengundurkan diri", "Petugas Contoh", "2026-11-20"),
)


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the folder that the command line names."""
    parser = argparse.ArgumentParser(description="Write a batch across the change of regime.")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER, help="where to write")
    folder: Path = parser.parse_args(arguments).folder
    folder.mkdir(parents=True, exist_ok=True)
    rows = {
        "candidates": make_people(),
        "openings": make_openings(MORE_COLUMNS["openings"]),
        "hosts": HOSTS,
        "establishments": ESTABLISHMENTS,
        "supervisors": SUPERVISORS,
        "schools": SCHOOLS,
        "decisions": [dict(zip(DECISION_COLUMNS, row, strict=True)) for row in DECISIONS],
    }
    for table, columns in TABLES.items():
        write_rows(folder / f"{table}.csv", MORE_COLUMNS.get(table, columns), rows[table])
    (folder / "scenario.toml").write_text(SETTINGS, encoding="utf-8", newline="\n")


def make_people() -> list[Row]:
    """Return the people, class by class."""
    rows: list[Row] = []
    for centre, programme, schools, size, shared in CLASSES:
        for place in range(size):
            row = dict.fromkeys(MORE_COLUMNS["candidates"], "")
            number = len(rows) + 1
            row["candidate_id"] = f"C{number:02}"
            row["name"] = f"Peserta Contoh {number:02}"
            row["sex"] = "P" if place in WOMEN.get(centre, ()) else "L"
            row["centre"], row["programme"] = centre, programme
            row["school"] = schools[place % len(schools)]
            _add_training(row, shared)
            _add_person(row, number, place)
            row.update(SINGLE.get(row["candidate_id"], {}))
            _add_costs(row, number)
            rows.append(row)
    return rows


def _add_training(row: Row, shared: Sequence[str | int]) -> None:
    columns = ("province", "training_start", "training_end", "training_jp", "jp_done")
    for column, value in zip((*columns, "training_result", "available_from"), shared, strict=True):
        row[column] = str(value)
    row["minutes_per_jp"] = "45"


def _add_person(row: Row, number: int, place: int) -> None:
    centre = row["centre"]
    born = FIRST_BIRTH + timedelta(days=number * BETWEEN_BIRTHS % SPREAD)
    row["birth_date"] = born.isoformat()
    row["japanese_level"] = _turn(LEVELS[centre], place)
    if row["japanese_level"] in ("N5", "N4"):
        row["japanese_test_date"] = "2026-07-05"
    row["wishes_job_types"], row["wishes_prefectures"] = (
        _turn(WISHES[centre], place),
        _turn(PLACES, number),
    )
    row["accepts"], row["accepts_any_trade"] = ACCEPTS, _turn(("ya", "tidak", ""), number)
    row["accepted_on"] = date(2026, 4 + number % 6, 1 + number % 28).isoformat()
    row["recommended_on"] = "2026-10-15"
    for column in ("family_consent", "consent_export", "wants_abroad"):
        row[column] = "ya"
    row["former_trainee"] = row["coe_refused"] = "tidak"
    row["medical"], row["passport_until"] = "fit", "2031-06-30"
    row["employment"] = _turn(("belum bekerja", "bekerja"), number)
    row["deposit"], row["cost_to_candidate"] = "0", str(250_000 * (number % 4))


def _add_costs(row: Row, number: int) -> None:
    """Fill in who has paid what: the state the course, the organisations a part each."""
    paid = (("kemnaker", 9_000_000), ("school", 500_000 * (number % 3)), ("joe", 10_500_000))
    parts = [f"{payer}:{amount}" for payer, amount in paid if amount]
    row["costs"] = listed([*parts, f"person:{row['cost_to_candidate']}"])


def _turn(cells: Sequence[str], number: int) -> str:
    return cells[number % len(cells)]


if __name__ == "__main__":
    main()
