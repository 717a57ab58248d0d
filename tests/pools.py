"""Small worlds of people and lists, with interviews underway, and their best lists by trying every
plan: the aims in order, written down once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, product

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from matcher.errors import InputError
from matcher.limits import SEATS
from matcher.lottery import ticket
from matcher.pipeline import Result
from matcher.problem import NO_DAY, Problem, Standing
from matcher.problem.outcomes import LOCKED, UNDERWAY
from tests.worlds import OPENING, PERSON, Row, World, decision

Pair = tuple[int, int]
HOST: Row = {
    "host_id": "H1",
    "full_time_staff": "2",
    "excellent": "no",
    "trainees_1": "0",
    "trainees_2": "0",
    "trainees_3": "0",
    "promised": "0",
    "esd_people": "0",
    "designated_area": "no",
}
LONG_AGO, LATELY = "2022-01-10", "2022-10-13"
WAY = {
    "offered": ("offered",),
    "agreed": ("agreed",),
    "named": ("agreed", "named"),
    "interviewed": ("agreed", "named", "interviewed"),
    "reserve": ("agreed", "named", "reserve"),
    "passed": ("agreed", "named", "passed"),
}


def person(number: int, **cells: str) -> Row:
    """Return a welder."""
    return {**PERSON, "candidate_id": f"C{number}", **cells}


def order(number: int, **cells: str) -> Row:
    """Return a job order for welders, each of a host of its own unless one is given."""
    own = {"opening_id": f"O{number}", "host_id": f"H{number}", "monthly_wage": "200000"}
    return {**OPENING, **own, **cells}


def steps(candidate: str, opening: str, state: str, rank: str = "") -> tuple[Row, ...]:
    """Return the outcomes' rows that lead a pair to a state."""
    return tuple(
        {
            "candidate_id": candidate,
            "opening_id": opening,
            "state": step,
            "on": f"2022-12-0{day}",
            "by": "Petugas Contoh",
            "rank": rank if step == "reserve" else "",
        }
        for day, step in enumerate(WAY[state], 1)
    )


@st.composite
def pools(draw: DrawFn, people: int = 4, openings: int = 3) -> World:
    """Draw a world whose people mostly may stand on every list, with hosts' quotas, days that
    clash, decisions and outcomes."""
    waits = st.sampled_from([LATELY, LATELY, LONG_AGO, ""])
    wishes = st.sampled_from(["", "Aichi", "Osaka; Aichi"])
    candidates = tuple(
        person(
            number,
            accepted_on=draw(waits),
            wishes_prefectures=draw(wishes),
            refuses=draw(st.sampled_from(["", "", "", "Osaka"])),
        )
        for number in range(1, draw(st.integers(1, people)) + 1)
    )
    orders = tuple(
        order(
            number,
            host_id=draw(st.sampled_from(["H1", "H2"])),
            seats=draw(st.sampled_from(["0", "1", "1", "2", "3"])),
            prefecture=draw(st.sampled_from(["Aichi", "Osaka"])),
            interview_on=draw(st.sampled_from(["", "2023-01-22", "2023-01-22", "2023-02-01"])),
            interview_ratio=draw(st.sampled_from(["", "", "1", "2"])),
        )
        for number in range(1, draw(st.integers(1, openings)) + 1)
    )
    least = draw(st.sampled_from([0, 1, 1, 2]))
    shortlist = {
        "per_seat": draw(st.integers(1, 2)),
        "plus": draw(st.integers(0, 1)),
        "load_min": least,
        "load_max": draw(st.integers(max(1, least), 3)),
    }
    beside: dict[str, tuple[Row, ...]] = {}
    if draw(st.booleans()):
        staff = st.sampled_from(["1", "2", "3", "40"])
        beside["hosts"] = tuple(
            {**HOST, "host_id": h, "full_time_staff": draw(staff)} for h in ("H1", "H2")
        )
    world = World(candidates, orders, chosen={"shortlist": shortlist}, beside=beside)
    return draw(followed(world))


@st.composite
def limited_pools(draw: DrawFn, people: int = 4, openings: int = 3) -> World:
    """Draw such a world under limits: ceilings on hosts and a centre, a budget, two people apart or
    together; those that the seats on record break are not drawn."""
    pool = draw(pools(people, openings))
    centre, cost = st.sampled_from(["A", "B"]), st.sampled_from(["0", "2"])
    pool = replace(
        pool,
        candidates=tuple({**row, "centre": draw(centre)} for row in pool.candidates),
        openings=tuple({**row, "cost_to_candidate": draw(cost)} for row in pool.openings),
    )
    hosts = sorted({row["host_id"] for row in pool.openings})
    ids = [row["candidate_id"] for row in pool.candidates]
    limits: list[dict[str, object]] = [
        {"by": "host", "of": host, "max": draw(st.integers(0, 2))}
        for host in draw(st.lists(st.sampled_from(hosts), unique=True))
    ]
    if any(row["centre"] == "A" for row in pool.candidates) and draw(st.booleans()):
        limits.append({"by": "centre", "of": "A", "max": draw(st.integers(0, 1))})
    if draw(st.booleans()):
        limits.append({"sum": "cost_to_candidate", "budget": draw(st.integers(0, 3))})
    if len(ids) > 1 and draw(st.booleans()):
        limits.append({draw(st.sampled_from(["apart", "together"])): ids[:2]})
    pool = replace(pool, chosen={**pool.chosen, "limits": limits})
    try:
        pool.result()
    except InputError:
        assume(False)
    return pool


@st.composite
def followed(draw: DrawFn, world: World) -> World:
    """Draw what has happened since: a few pairs underway, and perhaps a seat that is somebody's or
    a placement by decision, where rules, seats and quotas allow."""
    rows: list[Row] = []
    for candidate, opening in draw(_some_pairs(world)):
        rows += steps(candidate, opening, draw(st.sampled_from(UNDERWAY)))
    who, where = world.candidates[0], world.openings[0]
    fits = where["seats"] != "0" and who["refuses"] != where["prefecture"]
    settled = draw(st.sampled_from(["", "", "place", "passed"])) if fits else ""
    if settled == "passed":
        rows = [row for row in rows if row["candidate_id"] != "C1"]
        rows += steps("C1", "O1", "passed")
    beside = {**world.beside, "outcomes": tuple(rows)} if rows else world.beside
    decided = (decision("place", "C1", "O1"),) if settled == "place" else ()
    return World(world.candidates, world.openings, decided, chosen=world.chosen, beside=beside)


def _some_pairs(world: World) -> st.SearchStrategy[list[tuple[str, str]]]:
    pairs = [
        (one["candidate_id"], other["opening_id"])
        for one, other in product(world.candidates, world.openings)
    ]
    return st.lists(st.sampled_from(pairs), max_size=2, unique=True)


class Trial:
    """Every plan of lists of a result, and what each is worth."""

    def __init__(self, result: Result) -> None:
        problem = self.problem = result.problem
        self.result, self.chosen = result, problem.settings.shortlist
        self.last = {(step.candidate, step.opening): step.state for step in problem.outcomes}
        self.seated = {
            person
            for person, at in enumerate(problem.locked.tolist())
            if at >= 0 and (person in problem.called or self.last.get((person, at)) in LOCKED)
        }
        self.fixed = set(self._fixed())
        openings = range(len(problem.opening_ids))
        had = Counter(int(problem.locked[person]) for person in self.seated)
        self.free = [max(0, int(problem.openings.seats[at]) - had[at]) for at in openings]
        self.asked = [self.length(at, self.free[at]) for at in openings]
        self.caps = [
            (
                set(cap.openings),
                self._most(cap.openings, cap.ceiling - sum(had[at] for at in cap.openings)),
            )
            for cap in result.facts.quotas.caps
            if cap.ceiling is not None
        ]
        self.caps += [
            (
                set(one.members),
                self._most(one.members, one.ceiling - sum(had[at] for at in one.members)),
            )
            for one in result.facts.limits.sets
            if one.side == SEATS and one.ceiling is not None
        ]
        self.score = dict(
            zip(
                zip(
                    result.screening.candidate.tolist(),
                    result.screening.opening.tolist(),
                    strict=True,
                ),
                result.scores.score.tolist(),
                strict=True,
            )
        )
        floor = problem.settings.objective.min_score
        self.pairs = [
            pair
            for pair, score in self.score.items()
            if score >= floor and problem.locked[pair[0]] < 0 and pair not in self.fixed
        ]

    def _fixed(self) -> Iterator[Pair]:
        problem = self.problem
        for person, at in enumerate(problem.locked.tolist()):
            present = problem.standing[person] == Standing.PRESENT
            if at >= 0 and person not in self.seated and present:
                yield person, at
        for pair, state in self.last.items():
            present = problem.standing[pair[0]] == Standing.PRESENT
            if state in UNDERWAY and problem.locked[pair[0]] < 0 and present:
                yield pair

    def length(self, opening: int, seats: int) -> int:
        """Return how many are interviewed for so many seats."""
        tenths = int(self.problem.openings.interview_tenths[opening])
        if not seats:
            return 0
        return (
            -(-tenths * seats // 10)
            if tenths > 0
            else (self.chosen.per_seat * seats + self.chosen.plus)
        )

    def _most(self, openings: tuple[int, ...], seats: int) -> int:
        """Return the greatest lists of so many seats, tried in every way."""
        ways = product(*(range(self.free[at] + 1) for at in openings))
        return max(
            sum(self.length(at, own) for at, own in zip(openings, way, strict=True))
            for way in ways
            if sum(way) <= max(0, seats)
        )

    def plans(self) -> Iterator[set[Pair]]:
        """Yield every plan that keeps lengths, caps, loads and days."""
        yield from self._grown(set(self.fixed), 0)

    def _grown(self, plan: set[Pair], at: int) -> Iterator[set[Pair]]:
        if at == len(self.pairs):
            yield plan
            return
        yield from self._grown(plan, at + 1)
        if self.may_join(plan, self.pairs[at]):
            yield from self._grown({*plan, self.pairs[at]}, at + 1)

    def may_join(self, plan: set[Pair], pair: Pair) -> bool:
        """Whether a pair may be added to a plan."""
        person, opening = pair
        length = Counter(at for _, at in plan)
        own = [at for who, at in plan if who == person]
        days = self.problem.openings.interview_on
        return (
            pair not in plan
            and length[opening] < self.asked[opening]
            and all(
                sum(length[at] for at in members) < most
                for members, most in self.caps
                if opening in members
            )
            and len(own) < self.chosen.load_max
            and not any(days[at] == days[opening] != NO_DAY for at in own)
        )

    def worth(self, plan: set[Pair]) -> tuple[object, ...]:
        """Return what a plan is worth, first things first."""
        load, length = Counter(who for who, _ in plan), Counter(at for _, at in plan)
        levels = [
            sum(
                max(0, min(length[at], level * max(1, free)) - (level - 1) * max(1, free))
                for at, free in enumerate(self.free)
            )
            for level in range(1, 12)
        ]
        added = plan - self.fixed
        return (
            sum(self.waits(person) for person in load),
            sum(count >= self.chosen.load_min for count in load.values()),
            levels,
            sum(self.score[pair] for pair in added),
            -sum(count * count for count in load.values()),
            sum(ticket_of(self.problem, pair) for pair in added),
        )

    def waits(self, person: int) -> bool:
        """Whether somebody waits more than 180 days."""
        accepted = int(self.problem.candidates.accepted_on[person])
        return accepted != NO_DAY and self.result.facts.on - accepted > 180

    def best(self) -> set[Pair]:
        """Return the best plan."""
        return max(self.plans(), key=self.worth)


def ticket_of(problem: Problem, pair: Pair) -> int:
    """Return the lottery ticket of a pair."""
    ids = problem.candidate_ids[pair[0]], problem.opening_ids[pair[1]]
    return ticket(problem.settings.seed, *ids)


def listed(result: Result) -> set[Pair]:
    """Return the pairs on the lists of a result."""
    return {(entry.candidate, entry.opening) for entry in result.shortlist.entries}


def in_order(ranks: list[int]) -> bool:
    """Whether ranks count up from one."""
    return ranks[:1] in ([], [1]) and all(b == a + 1 for a, b in pairwise(ranks))
