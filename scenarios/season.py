"""Write `scenarios/season`: one season, from the pool to the reserves, as three scenarios.

    python scenarios/season.py

1-pool looks for orders and makes the interview lists; 2-plan has the interviews behind it; in
3-back two people have dropped out. Who stood on which list is asked of `matcher` itself; what the
people and the hosts then say follows from the tables here. Nothing is drawn. The folder's README.md
is written by hand.
"""

import argparse
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from columns import HOST_COLUMNS
from draw import Row
from generate import write_rows

from matcher.batch import run_scenario
from matcher.pipeline import Result

FOLDER = Path(__file__).parent / "season"
POOL, PLAN, BACK = "1-pool", "2-plan", "3-back"
SETTINGS = """\
name = "{name}"
on = {on}
language = "en"
entry = [2023-06-01, 2023-08-31]

[files]
candidates = "{beside}candidates.csv"
openings = "{beside}openings.csv"
hosts = "{beside}hosts.csv"
demand = "{beside}demand.csv"
{more}
[objective]
seed = "20221107"
"""
TOLD = {
    POOL: ("Season, pool", date(2022, 11, 7), ""),
    PLAN: ("Season, plan", date(2022, 12, 1), 'outcomes = "outcomes.csv"\n'),
    BACK: (
        "Season, back",
        date(2022, 12, 15),
        'outcomes = "outcomes.csv"\nearlier = "earlier.csv"\nobjections = "objections.csv"\n',
    ),
}
CANDIDATE_COLUMNS = [
    *("candidate_id", "name", "sex", "birth_date", "province", "centre", "programme"),
    *("training_start", "training_end", "training_jp", "minutes_per_jp", "jp_done"),
    *("training_result", "certificates", "experience", "japanese_level", "former_trainee"),
    *("coe_refused", "available_from", "passport_until", "medical", "family_consent"),
    *("wishes_job_types", "wishes_prefectures", "accepts", "accepted_on", "deposit"),
    *("cost_to_candidate", "consent_export", "wants_abroad"),
]
OPENING_COLUMNS = [
    *("opening_id", "host_id", "operation_no", "seats", "prefecture", "regime", "stage"),
    *("entry_from", "entry_to", "interview_on", "interview_mode", "interview_ratio"),
    *("monthly_wage", "monthly_hours", "work", "cost_to_candidate"),
]
DEMAND_COLUMNS = ["kejuruan", "people", "entry_from", "entry_to", "source"]
OUTCOME_COLUMNS = ["candidate_id", "opening_id", "state", "on", "by", "rank", "reason_code"]
EARLIER_COLUMNS = ["candidate_id", "opening_id"]
OBJECTION_COLUMNS = ["candidate_id", "opening_id", "text", "on", "answer", "answered_on", "outcome"]
OFFICE, KUMIAI = "Petugas Contoh", "Kumiai Contoh"
# Centre, province, programme, people; the training's start and end.
CLASSES = (
    ("Bekasi", "Jawa Barat", "las-pelat-gmaw-3g", 8, "2022-06-06", "2022-09-30"),
    ("Medan", "Sumatera Utara", "las-pelat-smaw-3g", 6, "2022-06-13", "2022-10-07"),
    ("Semarang", "Jawa Tengah", "gar-lockstitch", 8, "2022-07-04", "2022-10-21"),
    ("Padang", "Sumatera Barat", "ref-ac-residential", 2, "2022-07-04", "2022-10-21"),
)
LEVELS = ("N5", "N4", "N5", "N5", "none", "N5", "N4")
WISHES = {
    "las-pelat-gmaw-3g": ("7-7-2", "", "7-7-2; 7-7-1"),
    "las-pelat-smaw-3g": ("7-7-1", "7-7-1; 7-7-2", ""),
    "gar-lockstitch": ("5-6-1", ""),
    "ref-ac-residential": ("3-3-1",),
}
PLACES = ("Aichi", "", "Osaka; Aichi", "Hiroshima", "")
# Order, host, work, seats, prefecture, day of the interview, ratio, pay, hours, what the work is.
ORDERS = (
    ("O-01", "H01", "7-7-2", 2, "Aichi", "2022-11-21", "", 176000, 168, "Las rangka mesin"),
    ("O-02", "H01", "7-7-1", 1, "Aichi", "2022-11-21", "", 174000, 168, "Las busur rangka"),
    ("O-03", "H02", "7-7-2", 2, "Osaka", "2022-11-22", "", 184000, 168, "Las pipa"),
    ("O-04", "H03", "7-7-1", 2, "Hiroshima", "2022-11-24", "", 170000, 168, "Las kapal"),
    ("O-05", "H04", "5-6-1", 2, "Gifu", "2022-11-22", "", 165000, 168, "Menjahit pakaian"),
    ("O-06", "H05", "5-6-1", 1, "Aichi", "", "3", 174000, 168, "Menjahit pakaian anak"),
    ("O-07", "H06", "4-9-1", 2, "Ibaraki", "2022-11-25", "", 166000, 168, "Mengolah lauk"),
)
# Host, prefecture, staff, trainees at stages i and ii.
STAFF = (
    *(("H01", "Aichi", 24, 1, 1), ("H02", "Osaka", 60, 2, 2), ("H03", "Hiroshima", 12, 1, 0)),
    *(("H04", "Gifu", 9, 0, 0), ("H05", "Aichi", 18, 0, 1), ("H06", "Ibaraki", 45, 1, 2)),
)
DEMAND = (
    ("Teknik Las", 12, "2023-06-01", "2023-08-31"),
    ("Refrigerasi dan Tata Udara", 4, "2023-07-01", "2023-08-31"),
    ("Teknik Manufaktur", 6, "2023-06-01", "2023-07-31"),
)
# What became of the lists. Who declined, and why; whom the office has not yet named to the host.
OFFERED, AGREED, NAMED = "2022-11-09", "2022-11-12", "2022-11-14"
DECLINED = {("C05", "O-01"): "not_this_prefecture", ("C14", "O-04"): "not_this_work"}
NOT_NAMED = {("C16", "O-05"): "agreed", ("C20", "O-06"): "offered"}
# Day of the interview; who passed, the reserves in their order, who failed and did not come.
HELD = {
    "O-01": ("2022-11-21", ("C03",), ("C04", "C01"), {}, {}),
    "O-02": ("2022-11-21", ("C12",), ("C10",), {}, {}),
    "O-03": ("2022-11-22", ("C01", "C07"), ("C06", "C02"), {"C08": "language"}, {}),
    "O-04": ("2022-11-24", ("C13",), ("C11",), {"C10": "skill"}, {"C09": "date"}),
    "O-05": ("2022-11-22", ("C19", "C17"), ("C18",), {"C21": "others_chosen"}, {}),
    "O-06": ("2022-12-08", ("C15",), ("C22",), {}, {}),
}
# What happened after the plan: the two who drop out, and how it goes on for others.
AFTER = (
    ("C11", "O-04", "passed", "2022-12-05", KUMIAI, "", ""),
    ("C03", "O-01", "declined", "2022-12-12", OFFICE, "", "family"),
    ("C19", "O-05", "failed", "2022-12-13", KUMIAI, "", "papers"),
    ("C01", "O-03", "plan_filed", "2022-12-14", KUMIAI, "", ""),
)
OBJECTIONS = (
    (
        *("C08", "O-03", "Saya dinilai kurang berbahasa Jepang, padahal N4 sudah saya serahkan"),
        *("2022-12-05", "", "", ""),
    ),
    (
        *("C09", "O-04", "Saya sakit pada hari wawancara", "2022-11-26"),
        *("Diterima: wawancara dijadwalkan kembali", "2022-11-29", "upheld"),
    ),
)
FIRST_BIRTH, BETWEEN_BIRTHS, SPREAD = date(1999, 3, 4), 191, 1800  # days
# What sets single people apart.
SINGLE = {
    "C03": {"accepted_on": "2022-04-11"},
    "C11": {"accepted_on": "2022-04-25"},
    "C16": {"consent_export": ""},
    "C20": {"medical": "pending"},
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Write the folders that the command line names."""
    parser = argparse.ArgumentParser(description="Write one season as three scenarios.")
    parser.add_argument("folder", type=Path, nargs="?", default=FOLDER, help="where to write")
    folder: Path = parser.parse_args(arguments).folder
    write_pool(folder / POOL)
    result = run_scenario(folder / POOL)
    problem = result.problem
    named = sorted(
        (problem.candidate_ids[entry.candidate], problem.opening_ids[entry.opening])
        for entry in result.shortlist.entries
    )
    steps = make_steps(named)
    write_after(folder / PLAN, PLAN, steps)
    plan = run_scenario(folder / PLAN)
    write_after(folder / BACK, BACK, steps)
    write_rows(folder / BACK / "earlier.csv", EARLIER_COLUMNS, make_earlier(plan))
    write_rows(folder / BACK / "objections.csv", OBJECTION_COLUMNS, make_objections())


def write_pool(folder: Path) -> None:
    """Write the first scenario: the tables that all three share."""
    write_settings(folder, POOL)
    write_rows(folder / "candidates.csv", CANDIDATE_COLUMNS, make_people())
    write_rows(folder / "openings.csv", OPENING_COLUMNS, make_openings())
    write_rows(folder / "hosts.csv", HOST_COLUMNS, make_hosts())
    demand = (
        dict(zip(DEMAND_COLUMNS, (*map(str, row), "daftar contoh"), strict=True)) for row in DEMAND
    )
    write_rows(folder / "demand.csv", DEMAND_COLUMNS, list(demand))


def write_settings(folder: Path, step: str) -> None:
    """Write a step's `scenario.toml`."""
    folder.mkdir(parents=True, exist_ok=True)
    name, on, more = TOLD[step]
    beside = "" if step == POOL else f"../{POOL}/"
    text = SETTINGS.format(name=name, on=on, beside=beside, more=more)
    (folder / "scenario.toml").write_text(text, encoding="utf-8", newline="\n")


def make_people() -> list[Row]:
    """Return the people, class by class."""
    rows: list[Row] = []
    for centre, province, programme, size, first, last in CLASSES:
        for place in range(size):
            number = len(rows) + 1
            row = {
                **dict.fromkeys(CANDIDATE_COLUMNS, ""),
                "candidate_id": f"C{number:02}",
                "name": f"Peserta Contoh {number:02}",
                "sex": "P" if programme.startswith("gar") or number % 7 == 3 else "L",
                "province": province,
                "centre": centre,
                "programme": programme,
                "training_start": first,
                "training_end": last,
            }
            row.update(_shared(number, place, programme))
            row.update(SINGLE.get(row["candidate_id"], {}))
            rows.append(row)
    return rows


def _shared(number: int, place: int, programme: str) -> Row:
    born = FIRST_BIRTH + timedelta(days=number * BETWEEN_BIRTHS % SPREAD)
    accepted = date(2022, 6, 1) + timedelta(days=13 * number % 120)
    return {
        "birth_date": born.isoformat(),
        "training_jp": "640",
        "minutes_per_jp": "45",
        "jp_done": "640",
        "training_result": "lulus",
        "japanese_level": LEVELS[number % len(LEVELS)],
        "former_trainee": "tidak",
        "coe_refused": "tidak",
        "available_from": "2022-12-01",
        "passport_until": "2031-06-30",
        "medical": "fit",
        "family_consent": "ya",
        "wishes_job_types": WISHES[programme][place % len(WISHES[programme])],
        "wishes_prefectures": PLACES[number % len(PLACES)],
        "accepts": "night_shift; heights; cold_store; no_prayer_place; no_headscarf",
        "accepted_on": accepted.isoformat(),
        "deposit": "0",
        "cost_to_candidate": "0",
        "consent_export": "ya",
        "wants_abroad": "ya",
    }


def make_openings() -> list[Row]:
    """Return the job orders."""
    columns = ("opening_id", "host_id", "operation_no", "seats", "prefecture", "interview_on")
    more = ("interview_ratio", "monthly_wage", "monthly_hours", "work")
    shared = {
        **{"regime": "titp", "stage": "i", "entry_from": "2023-07-01", "entry_to": "2023-07-31"},
        **{"interview_mode": "daring", "cost_to_candidate": "0"},
    }
    return [
        {**shared, **dict(zip((*columns, *more), map(str, order), strict=True))} for order in ORDERS
    ]


def make_hosts() -> list[Row]:
    """Return the hosts."""
    return [
        {
            **dict.fromkeys(HOST_COLUMNS, ""),
            "host_id": host,
            "name": f"Contoh Kogyo {host[1:]}",
            "prefecture": prefecture,
            "full_time_staff": str(staff),
            "excellent": "tidak",
            "trainees_1": str(first),
            "trainees_2": str(second),
            "trainees_3": "0",
            "promised": "0",
            "esd_people": "0",
        }
        for host, prefecture, staff, first, second in STAFF
    ]


def make_steps(named: Iterable[tuple[str, str]]) -> list[Row]:
    """Return what became of the pairs on the lists, step by step, in the order of the days."""
    rows = [row for pair in named for row in _steps_of(*pair)]
    rows += [dict(zip(OUTCOME_COLUMNS, row, strict=True)) for row in AFTER]
    return sorted(rows, key=lambda row: (row["on"], row["opening_id"], row["candidate_id"]))


def _steps_of(person: str, order: str) -> Iterable[Row]:
    pair, day = (person, order), HELD[order][0]
    yield _step(pair, "offered", OFFERED)
    if pair in DECLINED:
        yield _step(pair, "declined", AGREED, reason=DECLINED[pair])
    if pair in DECLINED or NOT_NAMED.get(pair) == "offered":
        return
    yield _step(pair, "agreed", AGREED)
    if pair in NOT_NAMED:
        return
    yield _step(pair, "named", NAMED)
    _, passed, reserves, failed, absent = HELD[order]
    if person in absent:
        yield _step(pair, "no_show", day, KUMIAI, reason=absent[person])
        return
    yield _step(pair, "interviewed", day, KUMIAI)
    if person in passed:
        yield _step(pair, "passed", day, KUMIAI)
    elif person in reserves:
        yield _step(pair, "reserve", day, KUMIAI, rank=str(reserves.index(person) + 1))
    else:
        yield _step(pair, "failed", day, KUMIAI, reason=failed[person])


def _step(
    pair: tuple[str, str], state: str, on: str, by: str = OFFICE, rank: str = "", reason: str = ""
) -> Row:
    return dict(zip(OUTCOME_COLUMNS, (*pair, state, on, by, rank, reason), strict=True))


def write_after(folder: Path, step: str, steps: Sequence[Row]) -> None:
    """Write a later scenario: its settings and what has happened by its day."""
    write_settings(folder, step)
    today = TOLD[step][1].isoformat()
    happened = [row for row in steps if row["on"] <= today]
    write_rows(folder / "outcomes.csv", OUTCOME_COLUMNS, happened)


def make_earlier(plan: Result) -> list[Row]:
    """Return the plan that the last scenario keeps as far as it can."""
    problem = plan.problem
    return [
        {"candidate_id": person, "opening_id": problem.opening_ids[opening] if opening >= 0 else ""}
        for person, opening in zip(problem.candidate_ids, plan.plan.opening.tolist(), strict=True)
    ]


def make_objections() -> list[Row]:
    """Return what people object to, and the answers."""
    return [dict(zip(OBJECTION_COLUMNS, row, strict=True)) for row in OBJECTIONS]


if __name__ == "__main__":
    main()
