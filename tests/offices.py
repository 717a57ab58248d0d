"""Random tables of an office with limits of every kind, and those limits counted from the rows as
the office wrote them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.limited_parts import ORDERS
from tests.networks import Places
from tests.oracles import Oracle, places_of
from tests.worlds import OPENING, PERSON, Row, World, decision

JOBS = {"7-7-2": "other", "3-6-1": "construction", "6-4-1": "machinery_metal"}
PAYERS = ("kemnaker", "school", "joe", "host", "person")
# Full-time staff, and the trainees that they give at stage i and at stage ii.
STAFF = {"1": (1, 2), "2": (2, 4), "30": (3, 6), "40": (4, 8), "60": (6, 12), "150": (10, 20)}
CENTRES = ("BLK Contoh Padang", "BLK Contoh Medan", "")
PREFECTURES = ("Aichi", "Osaka", "Gifu")
BYS = (
    "centre",
    "province",
    "school",
    "job_group",
    "job_category",
    "host",
    "prefecture",
    "entry_month",
)
MONTHS = ("2023-05", "2023-07")


@dataclass(frozen=True)
class Held:
    """A sum over pairs within bounds, `weight` by pair (None: 1 each)."""

    pairs: frozenset[int]
    least: int
    most: int
    weight: tuple[int, ...] | None = None

    def of(self, used: frozenset[int]) -> int:
        """Return the sum over the pairs used."""
        return sum(self.weight[pair] if self.weight else 1 for pair in used & self.pairs)


@dataclass(frozen=True)
class Counted:
    """What an office's tables allow, counted row by row: the pairs (candidate and opening), what
    they are worth by name, and all that a plan must keep. The pairs of people on record are among
    them and always used (`recorded`)."""

    pairs: tuple[tuple[str, str], ...]
    columns: dict[str, list[int]]
    names: tuple[str, ...]
    held: tuple[Held, ...]
    starts: tuple[tuple[frozenset[int], int], ...]
    same: tuple[tuple[frozenset[int], frozenset[int]], ...]
    recorded: frozenset[int]

    def keeps(self, used: frozenset[int]) -> bool:
        """Return whether a plan keeps everything."""
        return (
            all(held.least <= held.of(used) <= held.most for held in self.held)
            and all(len(used & pairs) in (0, *range(n, 99)) for pairs, n in self.starts)
            and all(len(used & one) == len(used & two) for one, two in self.same)
        )

    def value(self, used: frozenset[int]) -> Places:
        """Return the tuple by which a plan is compared."""
        places = places_of(self.names, self.columns)
        return tuple(sum(place[pair] for pair in used) for place in places)

    def plans(self) -> Iterator[frozenset[int]]:
        """Yield every plan that keeps everything."""
        whose: dict[str, list[int]] = {}
        for at, (person, _) in enumerate(self.pairs):
            whose.setdefault(person, [-1]).append(at)
        for plan in itertools.product(*whose.values()):
            used = frozenset(pair for pair in plan if pair >= 0)
            if self.keeps(used):
                yield used

    def oracle(self) -> Oracle:
        """Return the model of everything for OR-Tools."""
        oracle = Oracle(len(self.pairs))
        for held in self.held:
            oracle.keep(sorted(held.pairs), held.least, held.most, held.weight)
        for pairs, least in self.starts:
            oracle.start(sorted(pairs), least)
        for one, two in self.same:
            oracle.same(sorted(one), sorted(two))
        return oracle


# -- Counting ------------------------------------------------------------------------------------


def count_office(world: World) -> Counted:
    """Return what the rows of an office's tables come to."""
    people = {row["candidate_id"]: row for row in world.candidates}
    orders = {row["opening_id"]: row for row in world.openings}
    pairs, score = _allowed(world)
    earlier = {(row["candidate_id"], row["opening_id"]) for row in world.beside.get("earlier", ())}
    worth = int(str(world.objective.get("unplaced_worth", 0)))
    seats = {pair: at for at, pair in enumerate(pairs) if pair in _told(world, "place")}

    def where(test: Callable[[Row, Row], bool]) -> frozenset[int]:
        return frozenset(at for at, (c, o) in enumerate(pairs) if test(people[c], orders[o]))

    held = [Held(frozenset([at]), 1, 1) for at in seats.values()]
    held += [
        Held(where(lambda c, _, one=one: c["candidate_id"] == one), 0, 1)  # type: ignore[misc]
        for one in people
    ]
    held += [
        Held(where(lambda _, o, one=one: o["opening_id"] == one), 0, int(row["seats"]))  # type: ignore[misc]
        for one, row in orders.items()
    ]
    same: list[tuple[frozenset[int], frozenset[int]]] = []
    for limit in _limits(world):
        if "by" in limit:
            held += _count_groups(world, limit, where)
        elif "budget" in limit:
            weight = tuple(_amount(str(limit["sum"]), people[c], orders[o]) for c, o in pairs)
            held.append(Held(frozenset(range(len(pairs))), 0, int(str(limit["budget"])), weight))
        else:
            each = list(_count_two(world, limit, where))
            same += each if "together" in limit else []
            held += [Held(one | two, 0, 1) for one, two in each if "apart" in limit]
    return Counted(
        tuple(pairs),
        {
            "placements": [1] * len(pairs),
            "score": [score[pair] - worth for pair in pairs],
            "worst": [score[pair] for pair in pairs],
            "keep": [int(pair in earlier) for pair in pairs],
        },
        tuple(map(str, world.objective["order"])),  # type: ignore[call-overload]
        (*held, *_count_quotas(world, where)),
        tuple(
            (where(lambda _, o, one=one: o["opening_id"] == one), int(row["min_seats"]))  # type: ignore[misc]
            for one, row in orders.items()
            if row.get("min_seats", "")
        ),
        tuple(same),
        frozenset(seats.values()),
    )


Where = Callable[[Callable[[Row, Row], bool]], frozenset[int]]


def _told(world: World, action: str) -> set[tuple[str, str]]:
    return {
        (row["candidate_id"], row["opening_id"])
        for row in world.decisions
        if row["action"] == action
    }


def _limits(world: World) -> list[dict[str, object]]:
    limits = world.chosen.get("limits", [])
    assert isinstance(limits, list)
    return limits


def _allowed(world: World) -> tuple[list[tuple[str, str]], dict[tuple[str, str], int]]:
    """Return the pairs that may be used, of people on record their own alone, and all scores."""
    score = {
        (row["candidate_id"], row["opening_id"]): int(row["score"])
        for row in world.beside["scores"]
    }
    placed = _told(world, "place")
    settled = {person for person, _ in placed}
    held = {person for person, _ in _told(world, "hold")}
    least = int(str(world.objective.get("min_score", 0)))
    free = [
        pair
        for pair, points in score.items()
        if pair[0] not in settled | held and pair not in _told(world, "forbid") and points >= least
    ]
    return sorted([*free, *placed]), score


def _group(by: str, person: Row, order: Row) -> str:
    if by == "job_group":
        return JOBS[order["operation_no"]]
    if by == "job_category":
        return order["operation_no"].rpartition("-")[0]
    if by == "entry_month":
        return order["entry_from"][:7]
    return order[f"{by}_id"] if by == "host" else {**order, **person}.get(by, "")


def _count_groups(world: World, limit: dict[str, object], where: Where) -> Iterator[Held]:
    by, of = str(limit["by"]), limit.get("of")
    side = [PERSON] if by in ("centre", "province", "school") else world.openings
    groups = {_group(by, c, o) for c in world.candidates for o in side}
    if of is not None:
        groups = set(of) if isinstance(of, list) else {str(of)}
    sizes = {row["school"]: row["class_size"] for row in world.beside.get("schools", ())}
    for group in groups - {""}:
        most = limit.get("max", len(world.candidates))
        if most == "class_size":
            most = sizes[group]
        members = where(lambda c, o, group=group: _group(by, c, o) == group)  # type: ignore[misc]
        yield Held(members, int(str(limit.get("min", 0))), int(str(most)))


def _amount(column: str, person: Row, order: Row) -> int:
    if column == "cost_to_candidate":
        return int(order[column])
    if column == "paid":
        return int(person["cost_to_candidate"])
    paid = dict(part.split(":") for part in person["costs"].split("; "))
    return int(paid[column])


def _count_two(
    world: World, limit: dict[str, object], where: Where
) -> Iterator[tuple[frozenset[int], frozenset[int]]]:
    """Yield the pairs of one and of the other person at each place."""
    two = limit["together"] if "together" in limit else limit["apart"]
    at = str(limit.get("at", "host"))
    column = {"opening": "opening_id", "host": "host_id", "prefecture": "prefecture"}[at]
    assert isinstance(two, list)
    for place in {row[column] for row in world.openings}:
        there = where(lambda _, o, place=place: o[column] == place)  # type: ignore[misc]
        one, other = (
            there & where(lambda c, _, who=who: c["candidate_id"] == who)  # type: ignore[misc]
            for who in two
        )
        yield one, other


def _count_quotas(world: World, where: Where) -> Iterator[Held]:
    """Yield the basic quotas of hosts by stage, and the totals of those that build."""
    for host in world.beside.get("hosts", ()):
        name, staff, promised = host["host_id"], host["full_time_staff"], int(host["promised"])
        present = [int(host[f"trainees_{stage}"]) for stage in (1, 2, 3)]
        first, second = STAFF[staff]

        def here(stage: str, built: bool = False, name: str = name) -> frozenset[int]:
            return where(
                lambda _, o: (
                    o["host_id"] == name
                    and o["stage"] in (stage or "i ii").split()
                    and (not built or JOBS[o["operation_no"]] == "construction")
                )
            )

        yield Held(here("i"), 0, max(0, first - present[0] - promised))
        yield Held(here("ii"), 0, max(0, second - present[1]))
        yield Held(here("", True), 0, max(0, int(staff) - sum(present) - promised))


# -- Drawing -------------------------------------------------------------------------------------


def random_office(seed: int, people: int, openings: int, share: float = 0.75) -> World:
    """Return the tables of an office with so many people and job orders, scores for a share of the
    pairs, and limits; perhaps nothing keeps them all. Every other office has hosts with quotas,
    every third job orders that need some people to start."""
    draw = random.Random(f"{seed} office")
    large = people > 10
    hosts = [f"H{n}" for n in range(1, max(2, openings // 3) + 1)]
    quotas = seed % 2 == 0
    candidates = tuple(_person(draw, f"C{n:03}") for n in range(people))
    orders = tuple(_order(draw, f"O{n:02}", hosts, seed, large) for n in range(openings))
    few = draw.choice([[5], [0, 1, 7], [0, 3, 8, 12 if large else 900]])
    scores = tuple(
        {"candidate_id": c["candidate_id"], "opening_id": o["opening_id"], "score": points}
        for c in candidates
        for o in orders
        if (points := str(draw.choice(few))) and draw.random() < share
    )
    beside: dict[str, tuple[Row, ...]] = {"scores": scores, "schools": _schools(draw, large)}
    if quotas:
        beside["hosts"] = tuple(_host(draw, name) for name in hosts)
    listed = [(row["candidate_id"], row["opening_id"]) for row in scores]
    if listed and draw.random() < 0.5:
        kept = draw.sample(listed, min(len(listed), people // 2 + 1))
        beside["earlier"] = tuple(
            {"candidate_id": c, "opening_id": o} for c, o in dict(kept).items()
        )
    objective = {
        "order": list(draw.choice(ORDERS)),
        "min_score": draw.choice([0, 0, 1]),
        "unplaced_worth": draw.choice([0, 0, 2]),
        "seed": str(seed),
    }
    return World(
        candidates,
        orders,
        _decisions(draw, listed, orders),
        objective,
        chosen={
            "scores": {"rules": quotas},
            "limits": list(_random_limits(draw, candidates, orders)),
        },
        beside=beside,
    )


def _person(draw: random.Random, name: str) -> Row:
    costs = "; ".join(f"{payer}:{draw.choice([0, 100_000, 300_000])}" for payer in PAYERS)
    return {
        **PERSON,
        "candidate_id": name,
        "former_trainee": "",  # so that both stages are open, with a condition
        "accepts_any_trade": "ya",
        "centre": draw.choice(CENTRES),
        "province": draw.choice(["Banten", "Jawa Barat", ""]),
        "school": draw.choice(["S1", "S2", ""]),
        "cost_to_candidate": str(draw.choice([0, 100_000, 200_000])),
        "costs": costs,
    }


def _order(draw: random.Random, name: str, hosts: list[str], seed: int, large: bool) -> Row:
    seats = draw.randint(2, 9) if large else draw.choice([0, 1, 2, 2, 3])
    month = draw.choice(MONTHS)
    starts = seats > 1 and seed % 3 == 0 and draw.random() < 0.5
    return {
        **OPENING,
        "opening_id": name,
        "host_id": draw.choice(hosts),
        "operation_no": draw.choice(list(JOBS)),
        "seats": str(seats),
        "min_seats": str(draw.randint(1, seats)) if starts else "",
        "prefecture": draw.choice(PREFECTURES),
        "stage": draw.choice(["i", "ii"]) if seed % 2 == 0 else "i",
        "entry_from": f"{month}-01",
        "entry_to": f"{month}-28",
        "any_trade": "ya",
        "monthly_wage": "240000",
        "cost_to_candidate": str(draw.choice([0, 100_000, 300_000])),
    }


def _host(draw: random.Random, name: str) -> Row:
    return {
        "host_id": name,
        "full_time_staff": draw.choice(["1", "2", "2", *STAFF]),
        "excellent": "no",
        "trainees_1": str(draw.choice([0, 0, 1])),
        "trainees_2": str(draw.choice([0, 0, 1])),
        "trainees_3": "0",
        "promised": str(draw.choice([0, 0, 1])),
    }


def _schools(draw: random.Random, large: bool) -> tuple[Row, ...]:
    sizes = [20, 40] if large else [1, 2]
    return tuple({"school": name, "class_size": str(draw.choice(sizes))} for name in ("S1", "S2"))


def _random_limits(
    draw: random.Random, people: tuple[Row, ...], orders: tuple[Row, ...]
) -> Iterator[dict[str, object]]:
    """Yield `[[limits]]` tables, no grouping twice."""
    bys = list(BYS)
    for _ in range(draw.randint(1, 3)):
        limit = _limit(draw, people, orders, draw.choice(bys))
        bys = [by for by in bys if by != limit.get("by")]
        yield limit


def _limit(
    draw: random.Random, people: tuple[Row, ...], orders: tuple[Row, ...], by: str
) -> dict[str, object]:
    """Return a `[[limits]]` table; of `by`, if by a grouping."""
    size = len(people)
    kind = draw.choice(["by", "by", "by", "budget", "two"])
    groups = sorted({_group(by, c, o) for c in people for o in orders} - {""})
    if kind == "by" and not groups:
        kind = "budget"
    if kind == "budget":
        most = draw.randint(0, size) * 100_000
        return {"budget": most, "sum": draw.choice(["cost_to_candidate", "paid", *PAYERS])}
    if kind == "two":
        two = draw.sample([row["candidate_id"] for row in people], 2)
        at: dict[str, object] = {"at": draw.choice(["opening", "host", "prefecture"])}
        return {draw.choice(["together", "apart"]): two, **(at if draw.random() < 0.8 else {})}
    limit: dict[str, object] = {"by": by}
    if draw.random() < 0.7:
        of = draw.sample(groups, draw.randint(1, len(groups)))
        limit["of"] = of[0] if len(of) == 1 and draw.random() < 0.5 else of
    if by == "school" and draw.random() < 0.4:
        return {**limit, "max": "class_size"}
    least = draw.choice([0, 1, 1, 2]) if size < 10 else draw.randint(0, size // 20)
    if draw.random() < 0.6:
        limit["min"] = least
    if "min" not in limit or draw.random() < 0.5:
        limit["max"] = draw.randint(least, max(least, size // 2))
    return limit


def _decisions(
    draw: random.Random, listed: list[tuple[str, str]], orders: tuple[Row, ...]
) -> tuple[Row, ...]:
    """Return placements on record within the seats, pairs forbidden and people on hold."""
    seats = {row["opening_id"]: int(row["seats"]) for row in orders}
    rows: list[Row] = []
    told: set[str] = set()
    for person, opening in draw.sample(listed, min(len(listed), draw.choice([0, 0, 1, 2, 3]))):
        action = draw.choice(["place", "place", "forbid", "forbid", "hold"])
        if person in told or (action == "place" and not seats[opening]):
            continue
        told.add(person)
        seats[opening] -= action == "place"
        rows.append(decision(action, person, "" if action == "hold" else opening))
    return tuple(rows)
