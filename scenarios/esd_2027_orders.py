"""The openings of `scenarios/esd-2027` and those around them."""

from collections.abc import Sequence
from typing import NamedTuple

from columns import ESTABLISHMENT_COLUMNS, HOST_COLUMNS, SCHOOL_COLUMNS, SUPERVISOR_COLUMNS
from draw import Row

FLOORS = {  # minimum wage of FY2026, yen an hour
    "Aichi": 1195,
    "Chiba": 1195,
    "Fukuoka": 1114,
    "Gifu": 1121,
    "Gunma": 1120,
    "Hiroshima": 1141,
    "Hokkaido": 1131,
    "Ibaraki": 1136,
    "Kagoshima": 1090,
    "Mie": 1143,
    "Osaka": 1231,
    "Saitama": 1196,
    "Shizuoka": 1154,
}
WORK = {
    "3-8-1": "Memasang perancah",
    "4-4-4": "Mengolah hasil laut siap masak",
    "4-9-1": "Mengolah lauk siap saji",
    "6-6-1": "Perakitan konstruksi baja",
    "7-7-2": "Las semiotomatis rangka kapal dan baja",
    "7-13-1": "Merawat lansia di panti",
}
CONDITIONS = {"3-8-1": "heights", "4-4-4": "cold_store"}
USUAL_HOURS = 164


class Order(NamedTuple):
    """An opening; `above` is what it pays above the minimum wage, in yen a month."""

    host: str
    operation: str
    seats: int
    regime: str
    entry: tuple[str, str]
    above: int = 4100
    filing: str = ""
    stage: str = "i"
    establishment: str = ""
    wishes: tuple[str, str] = ("", "")
    cost: int = 0


ORDERS = (
    # TITP, entry before ESD begins
    Order("H01", "7-7-2", 2, "titp", ("2027-02-22", "2027-03-19"), filing="2026-12-01"),
    Order("H02", "4-4-4", 2, "titp", ("2027-03-01", "2027-03-26"), filing="2026-12-10"),
    Order("H03", "7-7-2", 2, "", ("2027-03-08", "2027-03-31")),
    # TITP, entry in April to June: the plan has to be approved by 2027-03-31
    Order("H04", "7-7-2", 3, "titp", ("2027-04-05", "2027-04-30"), filing="2026-12-15"),
    Order("H05", "4-9-1", 4, "titp", ("2027-05-06", "2027-05-31"), filing="2027-01-20"),
    Order("H05", "4-4-4", 2, "titp", ("2027-06-01", "2027-06-30"), filing="2027-02-15"),
    Order("H06", "7-7-2", 2, "titp", ("2027-06-01", "2027-06-30"), filing="2027-03-10"),
    Order("H07", "3-8-1", 2, "titp", ("2027-04-12", "2027-05-14"), filing="2026-12-20"),
    Order("H07", "3-8-1", 1, "titp", ("2027-05-10", "2027-05-31"), filing="2027-01-08", stage="ii"),
    Order(
        *("H08", "7-13-1", 3, "titp", ("2027-05-10", "2027-06-11")),
        filing="2027-01-15",
        establishment="E-01",
        wishes=("20-30; tidak kidal", "kebiasaan perusahaan"),
    ),
    Order("H08", "4-9-1", 3, "", ("2027-05-10", "2027-06-11"), filing="2027-01-15"),
    # TITP, entry after the last day on which a trainee may start
    Order("H06", "7-7-2", 2, "titp", ("2027-07-05", "2027-07-30"), filing="2027-01-12"),
    # ESD
    Order(
        *("H09", "7-7-2", 4, "esd", ("2027-04-05", "2027-04-30")),
        wishes=("laki-laki; 19-25", "asrama hanya untuk satu kelompok"),
    ),
    Order("H09", "6-6-1", 2, "esd", ("2027-06-01", "2027-06-30"), cost=250_000),
    Order("H10", "7-7-2", 2, "esd", ("2027-03-15", "2027-03-31")),
    Order("H11", "7-13-1", 2, "esd", ("2027-07-05", "2027-07-30"), establishment="E-02"),
    Order("H12", "7-7-2", 2, "esd", ("2027-05-10", "2027-05-31")),
    Order("H13", "4-9-1", 3, "esd", ("2027-06-07", "2027-06-30")),
    Order("H14", "3-8-1", 3, "esd", ("2027-08-02", "2027-08-31"), wishes=("165 cm ke atas", "")),
    Order("H15", "3-8-1", 3, "", ("2027-08-02", "2027-08-31"), cost=500_000),
    Order("H16", "7-7-2", 2, "esd", ("2027-09-06", "2027-09-30")),
    Order("H10", "7-7-2", 2, "esd", ("2027-10-04", "2027-10-29")),
    Order("H17", "7-7-2", 1, "esd", ("2027-05-10", "2027-05-31"), above=-1),
    Order("H17", "7-7-2", 1, "esd", ("2027-05-10", "2027-05-31"), above=0),
    Order(
        *("H11", "7-13-1", 2, "esd", ("2027-08-02", "2027-08-31")),
        establishment="E-02",
        wishes=("perempuan", "bantuan mandi penghuni perempuan"),
    ),
    Order(
        *("H18", "7-13-1", 2, "titp", ("2027-03-01", "2027-03-26")),
        filing="2026-12-05",
        establishment="E-03",
    ),
)


def _rows(columns: Sequence[str], *cells: Sequence[str | int]) -> list[Row]:
    return [dict(zip(columns, map(str, row), strict=True)) for row in cells]


# full-time staff; excellent; trainees of stages i, ii, iii; promised; people under ESD; kumiai;
# designated area; rooms for women and men
HOSTS = _rows(
    HOST_COLUMNS,
    ("H01", "Contoh Zosen 01", "Hiroshima", 80, "tidak", 2, 4, 0, 0, 0, "K-01", "tidak", 0, 8),
    ("H02", "Contoh Suisan 02", "Hokkaido", 40, "tidak", 1, 3, 0, 0, 0, "K-02", "tidak", 6, 2),
    ("H03", "Contoh Kogyo 03", "Aichi", 12, "tidak", 0, 2, 0, 0, 0, "K-01", "tidak", "", ""),
    ("H04", "Contoh Kogyo 04", "Gifu", 2, "tidak", 0, 0, 0, 0, 0, "K-01", "tidak", 0, 3),
    ("H05", "Contoh Shokuhin 05", "Ibaraki", 120, "tidak", 1, 6, 0, 0, 0, "K-02", "tidak", 8, 4),
    ("H06", "Contoh Kogyo 06", "Mie", 60, "tidak", 0, 3, 0, 0, 0, "K-01", "tidak", 0, 6),
    ("H07", "Contoh Kensetsu 07", "Saitama", 5, "tidak", 0, 3, 0, 0, 0, "K-02", "tidak", 0, 6),
    ("H08", "Contoh Fukushi 08", "Osaka", 45, "tidak", 0, 2, 0, 0, 0, "K-01", "tidak", 6, 2),
    ("H09", "Contoh Zosen 09", "Hiroshima", 150, "tidak", 0, 0, 0, 27, 0, "K-01", "tidak", 2, 30),
    ("H10", "Contoh Kogyo 10", "Shizuoka", 180, "tidak", 0, 4, 0, 0, 0, "K-01", "tidak", 0, 8),
    ("H11", "Contoh Fukushi 11", "Chiba", 60, "tidak", 0, 0, 0, 2, 0, "K-01", "tidak", 8, 0),
    ("H12", "Contoh Kogyo 12", "Kagoshima", 110, "ya", 0, 0, 0, 62, 0, "K-01", "ya", 4, 70),
    ("H13", "Contoh Shokuhin 13", "Hokkaido", 130, "tidak", 0, 0, 0, 0, 0, "K-01", "tidak", 4, 4),
    ("H14", "Contoh Kensetsu 14", "Chiba", 25, "tidak", 0, 0, 0, 0, 0, "K-01", "tidak", 0, 6),
    ("H15", "Contoh Kensetsu 15", "Fukuoka", 104, "tidak", 0, 0, 0, 0, 0, "K-01", "tidak", 0, 4),
    ("H16", "Contoh Kogyo 16", "Gunma", 140, "tidak", 0, 0, 0, 0, 0, "K-02", "tidak", 0, 4),
    ("H17", "Contoh Kogyo 17", "Osaka", 101, "tidak", 0, 0, 0, 0, 0, "K-01", "tidak", 0, 2),
    ("H18", "Contoh Fukushi 18", "Saitama", 30, "tidak", 0, 0, 0, 0, 0, "K-01", "tidak", 3, 3),
)
ESTABLISHMENTS = _rows(
    ESTABLISHMENT_COLUMNS,
    ("E-01", "H08", "Contoh Fukushi 08 Home", 22, 0, 2, 0),
    ("E-02", "H11", "Contoh Fukushi 11 Home", 40, 0, 0, 0),
    ("E-03", "H18", "Contoh Fukushi 18 Home", 10, 0, 0, 0),
)
SUPERVISORS = _rows(
    SUPERVISOR_COLUMNS,
    ("K-01", "Contoh Kyodo Kumiai", "general", "2030-03-17", "Indonesia", "all", "ya"),
    (
        *("K-02", "Contoh Shokuhin Kumiai", "specific", "2028-09-30"),
        *("Indonesia; Vietnam", "3-8; 4-4; 4-9; 7-7", "tidak"),
    ),
)
SCHOOLS = _rows(
    SCHOOL_COLUMNS,
    ("S-01", "LPK Contoh 01", "titp; esd", 20, "Jawa Barat"),
    ("S-02", "LPK Contoh 02", "titp", 24, "Jawa Tengah"),
    ("S-03", "LPK Contoh 03", "titp; esd", 20, "Sumatera Utara"),
    ("S-04", "LPK Contoh 04", "", 18, "Sumatera Barat"),
    ("S-05", "LPK Contoh 05", "esd", 20, "Jawa Tengah"),
)


def make_openings(columns: Sequence[str]) -> list[Row]:
    """Return the openings with these columns, in the order of their ids."""
    hosts = {host["host_id"]: host for host in HOSTS}
    rows = []
    for number, order in enumerate(ORDERS, 1):
        row, host = dict.fromkeys(columns, ""), hosts[order.host]
        row["opening_id"], row["host_id"] = f"O-{number:02}", order.host
        row["operation_no"], row["seats"] = order.operation, str(order.seats)
        row["establishment_id"] = order.establishment
        row["supervisor_id"], row["prefecture"] = host["supervisor_id"], host["prefecture"]
        row["regime"], row["stage"] = order.regime, order.stage if order.regime == "titp" else ""
        row["entry_from"], row["entry_to"] = order.entry
        row["plan_filing_on"], row["order_closes"] = order.filing, "2026-12-28"
        wage = FLOORS[host["prefecture"]] * USUAL_HOURS + order.above
        row["monthly_wage"], row["monthly_hours"] = str(wage), str(USUAL_HOURS)
        row["interview_mode"], row["interview_ratio"] = "daring", "3"
        row["contract_months"], row["work"] = "36", WORK[order.operation]
        row["conditions"] = CONDITIONS.get(order.operation, "")
        row["cost_to_candidate"], row["any_trade"] = str(order.cost), "tidak"
        row["wishes"], row["wish_reason"] = order.wishes
        rows.append(row)
    return rows
