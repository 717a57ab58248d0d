"""Those around the openings of a made-up scenario: care establishments, supervising organisations
and sending schools."""

from columns import ESTABLISHMENT_COLUMNS, SCHOOL_COLUMNS, SUPERVISOR_COLUMNS
from draw import Dice, Row, Shape, listed, numbered

TRAINEES = ("trainees_1", "trainees_2", "trainees_3")


def make_establishments(
    dice: Dice, shape: Shape, openings: list[Row], hosts: list[Row]
) -> list[Row]:
    """Return the establishments where care is given, one a host, and fill them in at the openings.

    The staff drawn for a care host are those who give care; the host gets as many or more in all,
    within the same band of sizes.
    """
    rules, made = shape["hosts"], list[Row]()
    trades = _trades(shape)
    care = [row for row in openings if trades[row["operation_no"]] in rules["alone"]]
    for opening in care:
        host = next(host for host in hosts if host["host_id"] == opening["host_id"])
        row = dict.fromkeys(ESTABLISHMENT_COLUMNS, "")
        row["establishment_id"] = numbered("E-", len(made) + 1, len(care), 2)
        row["host_id"], row["name"] = host["host_id"], f"{host['name']} Home"
        row["care_staff"] = host["full_time_staff"]
        row.update({column: host[column] for column in TRAINEES})
        host["full_time_staff"] = str(_all_staff(dice, rules, int(row["care_staff"])))
        opening["establishment_id"] = row["establishment_id"]
        made.append(row)
    return made


def make_supervisors(shape: Shape, openings: list[Row], hosts: list[Row]) -> list[Row]:
    """Return the supervising organisations, and fill in who looks after which host and opening.

    The first looks after every trade that is not another's; a permit names the job categories of
    its own trades, the first's those of all, but for what the shape leaves out.
    """
    trades, rows = _trades(shape), []
    first, *others = shape["supervisors"]
    owner = {trade: rule["id"] for rule in others for trade in rule["trades"]}
    for rule in (first, *others):
        row = dict.fromkeys(SUPERVISOR_COLUMNS, "")
        row["supervisor_id"] = rule["id"]
        for column in ("name", "permit", "permit_until", "countries"):
            row[column] = str(rule[column])
        own = [number for number, trade in trades.items() if trade in rule.get("trades", [trade])]
        categories = {number.rpartition("-")[0] for number in own} - set(rule.get("without", []))
        row["categories"] = listed(sorted(categories, key=_by_number))
        rows.append(row)
    for opening in openings:
        opening["supervisor_id"] = owner.get(trades[opening["operation_no"]], first["id"])
    by_host = {opening["host_id"]: opening["supervisor_id"] for opening in openings}
    for host in hosts:
        host["supervisor_id"] = by_host[host["host_id"]]
    return rows


def make_schools(shape: Shape) -> list[Row]:
    """Return the sending schools."""
    rows = []
    for at, (school, province, licence, size) in enumerate(shape["schools"]["table"], 1):
        cells = (school, f"LPK Contoh {at:02}", licence, str(size), province)
        rows.append(dict(zip(SCHOOL_COLUMNS, cells, strict=True)))
    return rows


def _trades(shape: Shape) -> dict[str, str]:
    return {kind["operation_no"]: kind["trade"] for kind in shape["demand"]}


def _all_staff(dice: Dice, rules: Shape, care_staff: int) -> int:
    """Return a number of staff of the same band, more than those who give care where it can."""
    high = next(high for low, high, _ in rules["staff"] if low <= care_staff <= high)
    marked = {staff for staff, _, _ in rules["marked"]}
    larger = [staff for staff in range(care_staff + 1, high + 1) if staff not in marked]
    return dice.pick(larger) if larger else care_staff


def _by_number(category: str) -> list[int]:
    return [int(part) for part in category.split("-")]
