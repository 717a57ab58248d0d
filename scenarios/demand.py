"""The openings and hosts of a made-up scenario: who asks for whom, where, when and for what pay."""

from itertools import pairwise
from typing import Any

from columns import HOST_COLUMNS, OPENING_COLUMNS
from draw import (
    Dice,
    Row,
    Shape,
    apportion,
    deal,
    deal_cells,
    deal_dates,
    listed,
    numbered,
    share,
)

Orders = list[tuple[Row, dict[str, Any]]]  # an opening with the row of the shape it comes from


def openings_of(shape: Shape) -> int:
    """Return how many openings the shape itself has."""
    return sum(row["openings"] for row in shape["demand"])


def make_openings(dice: Dice, shape: Shape, count: int) -> tuple[list[Row], list[Row]]:
    """Return `count` openings and the hosts they belong to, each in the order of its ids."""
    orders = _orders(dice, shape, count)
    _add_prefectures(dice, shape, orders)
    rows = [row for row, _ in orders]
    _add_windows(dice, shape, rows)
    _add_shares(dice, shape, rows)
    _add_wages(dice, shape, rows)
    _add_needs(dice, shape, orders)
    _add_conditions(dice, shape, orders)
    return rows, _hosts(dice, shape, orders)


def _orders(dice: Dice, shape: Shape, count: int) -> Orders:
    """Return the openings with operation, seats and work; seats an opening as in the shape."""
    orders: Orders = []
    counts = apportion(count, [kind["openings"] for kind in shape["demand"]])
    for kind, openings in zip(shape["demand"], counts, strict=True):
        if not openings:
            continue
        seats = apportion(share(kind["seats"], kind["openings"], openings), [1] * openings)
        if kind["trade"] not in shape["hosts"]["alone"]:
            seats = _uneven(dice, seats, shape["openings"]["most_seats"])
        for number in seats:
            row = dict.fromkeys(OPENING_COLUMNS, "")
            row.update(operation_no=kind["operation_no"], seats=str(number), work=kind["work"])
            row.update(regime="titp", stage="i", any_trade=kind.get("any_trade", ""))
            row["opening_id"] = numbered("O-", len(orders) + 1, count, 2)
            orders.append((row, kind))
    return orders


def _uneven(dice: Dice, seats: list[int], most: int) -> list[int]:
    """Return the seats with some moved from one opening to another; the sum stays."""
    moved = list(seats)
    for _ in range(len(seats)):
        giver, taker = dice.below(len(seats)), dice.below(len(seats))
        if giver != taker and moved[giver] > 1 and moved[taker] < most:
            moved[giver] -= 1
            moved[taker] += 1
    return moved


def _add_prefectures(dice: Dice, shape: Shape, orders: Orders) -> None:
    """Fill in the prefectures: trades bound to a few of them choose first."""
    table = shape["openings"]["prefectures"]
    counts = apportion(len(orders), [openings for _, openings, _ in table])
    left = {name: count for (name, _, _), count in zip(table, counts, strict=True)}
    for row, kind in orders:
        near = [name for name in kind.get("prefectures", []) if left[name]]
        if near:
            row["prefecture"] = max(near, key=left.__getitem__)
            left[row["prefecture"]] -= 1
    rest = dice.shuffled([name for name, count in left.items() for _ in range(count)])
    for row, _ in orders:
        row["prefecture"] = row["prefecture"] or rest.pop()


def _add_windows(dice: Dice, shape: Shape, rows: list[Row]) -> None:
    """Fill in the entry windows so that the seats of each month come near the shape's."""
    openings = shape["openings"]
    months = openings["months"]
    wanted = apportion(sum(int(row["seats"]) for row in rows), [seats for _, _, seats in months])
    order = sorted(dice.shuffled(rows), key=lambda row: -int(row["seats"]))
    for row in order:
        month = wanted.index(max(wanted))
        wanted[month] -= int(row["seats"])
        row["entry_from"], row["entry_to"] = str(months[month][0]), str(months[month][1])
    blank = share(openings["blank_windows"], openings_of(shape), len(rows))
    for row in order[len(order) - blank :]:
        row["entry_from"] = row["entry_to"] = ""


def _add_shares(dice: Dice, shape: Shape, rows: list[Row]) -> None:
    """Fill the columns drawn by a table of shares, and what a few openings ask besides."""
    openings, whole, count = shape["openings"], openings_of(shape), len(rows)
    columns = {key: deal_cells(dice, rule, count) for key, rule in openings["shares"].items()}
    columns |= {key: deal_dates(dice, rule, count) for key, rule in openings["dates"].items()}
    for at, row in enumerate(rows):
        row.update({column: cells[at] for column, cells in columns.items()})
        row["wish_reason"] = row["wish_reason"] if row["wishes"] else ""
        row["any_trade"] = row["any_trade"] or dice.pick(["", "tidak"])
    schools = shape["schools"]["ids"]
    for row in dice.sample(rows, share(openings["senders"], whole, count)):
        row["senders"] = listed(sorted(dice.sample(schools, dice.between(2, 4))))
    several = [row for row in rows if int(row["seats"]) > 1]
    for row in dice.sample(several, share(openings["min_seats"], whole, count)):
        row["min_seats"] = "2"


def _add_wages(dice: Dice, shape: Shape, rows: list[Row]) -> None:
    """Fill in wages an hour above the minimum wage; one order may lie below it."""
    openings, count = shape["openings"], len(rows)
    floors = {name: floor for name, _, floor in openings["prefectures"]}
    low_wage = openings["low_wage"]
    there = [row for row in rows if row["prefecture"] == low_wage["prefecture"]]
    orders = share(low_wage["orders"], openings_of(shape), count)
    for row in dice.sample(there, orders):
        row["monthly_wage"] = str(low_wage["monthly_wage"])
        row["monthly_hours"] = str(low_wage["monthly_hours"])
    lawful = [row for row in rows if not row["monthly_wage"]]
    for row, (low, high) in zip(lawful, deal(dice, openings["wages"], len(lawful)), strict=True):
        hours = dice.between(*openings["hours"])
        hourly = floors[row["prefecture"]] + dice.between(low, high)
        row["monthly_hours"], row["monthly_wage"] = str(hours), str(hourly * hours)
    blank = share(openings["blank_deductions"], openings_of(shape), count)
    for row in dice.shuffled(rows)[blank:]:
        deductions = dice.between(*openings["deductions"])
        row["deductions"] = str(deductions)
        row["net_pay"] = str(int(row["monthly_wage"]) - deductions)


def _add_needs(dice: Dice, shape: Shape, orders: Orders) -> None:
    """Fill in extra skills, some a must, and the least Japanese outside care."""
    openings, whole, count = shape["openings"], openings_of(shape), len(orders)
    musts = share(openings["musts"], whole, count)
    for row, kind in dice.sample(orders, share(openings["extra_needs"], whole, count)):
        needs = dice.sample(kind["extras"], dice.between(1, 3))
        if musts and "must" in kind:
            musts -= 1
            needs = [kind["must"] + "!", *needs[:2]]
        row["skills"] = listed(needs)
    level, often = openings["level_minimum"]
    others = [row for row, kind in orders if kind["trade"] != "care"]
    for row in dice.sample(others, min(len(others), share(often, whole, count))):
        row["min_japanese"] = level


def _add_conditions(dice: Dice, shape: Shape, orders: Orders) -> None:
    """Fill in the conditions of the place: those of the work, then those dealt to a few."""
    tables = shape["openings"]["conditions"].values()
    dealt = [deal_cells(dice, shares, len(orders)) for shares in tables]
    for at, (row, kind) in enumerate(orders):
        held = [*kind.get("conditions", []), *(cells[at] for cells in dealt)]
        row["conditions"] = listed([condition for condition in held if condition])


def _hosts(dice: Dice, shape: Shape, orders: Orders) -> list[Row]:
    """Return the hosts, and fill the host of each opening in."""
    groups = _groups(dice, shape, orders)
    staff = _staff(dice, shape, groups)
    hosts: list[Row] = []
    for at, group in enumerate(groups):
        host = dict.fromkeys(HOST_COLUMNS, "")
        first, kind = group[0]
        host["host_id"] = numbered("H", at + 1, len(groups), 3)
        word = shape["hosts"]["names"][kind["trade"]]
        host["name"] = numbered(f"{word} ", at + 1, len(groups), 2)
        host["prefecture"] = first["prefecture"]
        host["full_time_staff"] = str(staff[at])
        for row, _ in group:
            row["host_id"] = host["host_id"]
        hosts.append(host)
    _add_excellent(dice, shape["hosts"], hosts)
    _add_trainees(dice, shape, hosts, groups)
    return hosts


def _add_excellent(dice: Dice, rules: Shape, hosts: list[Row]) -> None:
    """Fill in which hosts are excellent: larger ones, and none whose staff is marked."""
    sizes = [int(host["full_time_staff"]) for host in hosts]
    large = [at for at, staff in enumerate(sizes) if staff > 30 and staff not in _marked(rules)]
    excellent = set(dice.sample(large, share(rules["excellent"], rules["hosts"], len(hosts))))
    for at, host in enumerate(hosts):
        host["excellent"] = "ya" if at in excellent else "tidak"


def _groups(dice: Dice, shape: Shape, orders: Orders) -> list[Orders]:
    """Return the openings of each host: one trade in one prefecture, in the order of the first."""
    rules, count = shape["hosts"], len(orders)
    merges = count - max(1, share(rules["hosts"], openings_of(shape), count))
    groups: dict[tuple[str, str], list[Orders]] = {}
    for order in orders:
        groups.setdefault((order[0]["prefecture"], order[1]["trade"]), []).append([order])
    places = [key for key in sorted(groups) for _ in groups[key] if key[1] not in rules["alone"]]
    for key in dice.shuffled(places):
        alike = [group for group in groups[key] if len(group) < rules["most_openings"]]
        fits = [pair for pair in pairwise(alike) if _joinable(rules, *pair)]
        if merges and fits:
            merges -= 1
            first, second = dice.pick(fits)
            groups[key].remove(second)
            first.extend(second)
    hosts = [group for alike in groups.values() for group in alike]
    return sorted(hosts, key=lambda group: group[0][0]["opening_id"])


def _joinable(rules: Shape, first: Orders, second: Orders) -> bool:
    return len(first) + len(second) <= int(rules["most_openings"])


def _asked(group: Orders) -> int:
    return sum(int(row["seats"]) for row, _ in group)


def _staff(dice: Dice, shape: Shape, groups: list[Orders]) -> list[int]:
    """Return the full-time staff of each host: hosts that ask for more people are larger.

    The marked numbers go to hosts that ask exactly what is marked, the rest by size.
    """
    rules = shape["hosts"]
    marks = [tuple(mark) for mark in rules["marked"]]
    chosen: dict[int, int] = {}
    order = dice.shuffled(range(len(groups)))
    numbers: list[int] = []
    for low, high, count in _bands(rules, len(groups)):
        for staff, asks, trade in [mark for mark in marks if low <= mark[0] <= high][:count]:
            fits = [at for at in order if at not in chosen and _asked(groups[at]) == asks]
            suited = [at for at in fits if _suits(rules, groups[at][0][1]["trade"], trade)]
            if suited:
                chosen[suited[0]] = staff
                count -= 1
        plain = [staff for staff in range(low, high + 1) if staff not in _marked(rules)]
        numbers += [dice.pick(plain) for _ in range(count)]
    rest = sorted((at for at in order if at not in chosen), key=lambda at: _asked(groups[at]))
    chosen.update(zip(rest, sorted(numbers), strict=True))
    return [chosen[at] for at in range(len(groups))]


def _bands(rules: Shape, count: int) -> list[tuple[int, int, int]]:
    counts = apportion(count, [often for _, _, often in rules["staff"]])
    return [(low, high, n) for (low, high, _), n in zip(rules["staff"], counts, strict=True)]


def _suits(rules: Shape, trade: str, wanted: str) -> bool:
    return trade == wanted if wanted else trade not in rules["alone"]


def _quota(shape: Shape, host: Row) -> int:
    """Return how many first-year trainees the host may have at one time."""
    staff = int(host["full_time_staff"])
    quotas = shape["hosts"]["quotas"]
    base = next((number for up_to, number in quotas if staff <= up_to), staff // 20)
    return int(min(staff, base * (2 if host["excellent"] == "ya" else 1)))


def _add_trainees(dice: Dice, shape: Shape, hosts: list[Row], groups: list[Orders]) -> None:
    """Fill in trainees present, mostly leaving room for the people asked, and rooms."""
    rules = shape["hosts"]
    for host, group in zip(hosts, groups, strict=True):
        alone = group[0][1]["trade"] in rules["alone"]
        quota, asked, staff = _quota(shape, host), _asked(group), int(host["full_time_staff"])
        room = 0 if alone else max(0, quota - asked)
        present = min(room, dice.below(4))
        promised = min(room - present, dice.below(3) // 2)
        seconds = min(max(0, staff - asked - present), dice.below(2 if alone else quota + 1))
        thirds = dice.below(4) if host["excellent"] == "ya" else 0
        host["trainees_1"], host["promised"] = str(present), str(promised)
        host["trainees_2"], host["trainees_3"] = str(seconds), str(thirds)
        host["esd_people"] = "0"
        host["rooms_women"] = host["rooms_men"] = str(asked + dice.below(4))
    unmarked = [host for host in hosts if int(host["full_time_staff"]) not in _marked(rules)]
    for host in dice.sample(unmarked, share(rules["blank_trainees"], rules["hosts"], len(hosts))):
        host["trainees_1"] = host["trainees_2"] = host["trainees_3"] = ""
    for host in dice.sample(hosts, share(rules["blank_rooms"], rules["hosts"], len(hosts))):
        host["rooms_women"] = host["rooms_men"] = ""


def _marked(rules: Shape) -> set[int]:
    return {staff for staff, _, _ in rules["marked"]}
